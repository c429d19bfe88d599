//! Words for what is found in a mail before it leaves.

use content::html::Stripped;
use content::lint::{Client, Feature, LinkFault, Severity, WIDTH_MAX, What};
use content::quality::{Flaw, Mark, PREHEADER_MAX, Part, SUBJECT_MAX};

use super::{Locale, language, merge, td_string};
use crate::format;

/// What was found in the source, and what to do about it.
pub fn lint(locale: Locale, what: &What) -> String {
    let size = |bytes: usize| format::size(locale, bytes as u64);
    match what {
        What::Merge(fault, _) => merge::fault(locale, fault),
        What::Removed(what) => removed(locale, *what).to_owned(),
        What::TagDropped(name) => td_string!(locale, quality.tag_dropped, name = format!("<{name}>")),
        What::Unsupported(what, clients) => {
            let clients: Vec<&str> = clients.iter().map(|it| client(*it)).collect();
            td_string!(locale, quality.unsupported, clients = clients.join(", "), feature = feature(locale, what))
        }
        What::TooLarge { client: whose, bytes, limit } => {
            td_string!(locale, quality.too_large, client = client(*whose), limit = size(*limit), size = size(*bytes))
        }
        What::TooWide(pixels) => td_string!(locale, quality.too_wide, pixels = *pixels, max = WIDTH_MAX),
        What::MissingAlt => td_string!(locale, quality.missing_alt).to_owned(),
        What::MissingSource => td_string!(locale, quality.missing_source).to_owned(),
        What::Link(fault) => link(locale, *fault).to_owned(),
        What::MissingAnchor(name) => td_string!(locale, quality.missing_anchor, name = name.clone()),
        What::MissingDoctype => td_string!(locale, quality.missing_doctype).to_owned(),
        What::Charset(name) => td_string!(locale, quality.charset, name = name.clone()),
        What::Language(name) => td_string!(locale, quality.language, name = name.clone()),
    }
}

/// What does not leave.
pub fn removed(locale: Locale, what: Stripped) -> &'static str {
    match what {
        Stripped::Script => td_string!(locale, quality.removed_script),
        Stripped::Embedded => td_string!(locale, quality.removed_embedded),
        Stripped::Form => td_string!(locale, quality.removed_form),
        Stripped::RemotePicture | Stripped::MissingPicture => td_string!(locale, quality.removed_picture),
        Stripped::Style => td_string!(locale, quality.removed_style),
        Stripped::Drawing => td_string!(locale, quality.removed_drawing),
        Stripped::Document => td_string!(locale, quality.removed_document),
    }
}

/// What is wrong with a mail, and what to do about it.
pub fn flaw(locale: Locale, flaw: &Flaw) -> String {
    let number = |it: usize| format::number(language(locale), it as u64);
    let words = match flaw {
        Flaw::SubjectMissing => td_string!(locale, quality.subject_missing),
        Flaw::SubjectLong(n) => return td_string!(locale, quality.subject_long, n = number(*n), max = SUBJECT_MAX),
        Flaw::SubjectShouting => td_string!(locale, quality.subject_shouting),
        Flaw::SubjectExclaims => td_string!(locale, quality.subject_exclaims),
        Flaw::SubjectPretends => td_string!(locale, quality.subject_pretends),
        Flaw::PreheaderMissing => td_string!(locale, quality.preheader_missing),
        Flaw::PreheaderShort(n) => return td_string!(locale, quality.preheader_short, n = number(*n)),
        Flaw::PreheaderLong(n) => return td_string!(locale, quality.preheader_long, n = number(*n), max = PREHEADER_MAX),
        Flaw::PreheaderRepeats => td_string!(locale, quality.preheader_repeats),
        Flaw::BodyEmpty => td_string!(locale, quality.body_empty),
        Flaw::MostlyPictures { .. } => td_string!(locale, quality.mostly_pictures),
        Flaw::PlainEmpty => td_string!(locale, quality.plain_empty),
        Flaw::PlainShort => td_string!(locale, quality.plain_short),
        Flaw::ManyLinks(n) => return td_string!(locale, quality.many_links, n = number(*n)),
        Flaw::Shortener(host) => return td_string!(locale, quality.shortener, host = host.clone()),
        Flaw::NumericHost(host) => return td_string!(locale, quality.numeric_host, host = host.clone()),
        Flaw::Disguised { shown, leads } => {
            return td_string!(locale, quality.disguised, shown = shown.clone(), leads = leads.clone());
        }
        Flaw::SpamWord(word) => return td_string!(locale, quality.spam_word, word = word.clone()),
        Flaw::SpamMark(Mark::Exclamations) => td_string!(locale, quality.mark_exclamations),
        Flaw::SpamMark(Mark::Currencies) => td_string!(locale, quality.mark_currencies),
        Flaw::SpamMark(Mark::Shouting) => td_string!(locale, quality.mark_shouting),
        Flaw::UnsubscribeMissing => td_string!(locale, quality.unsubscribe_missing),
        Flaw::IdentificationMissing => td_string!(locale, quality.identification_missing),
    };
    words.to_owned()
}

/// The part of a mail.
pub fn part(locale: Locale, part: Part) -> &'static str {
    match part {
        Part::Subject => td_string!(locale, quality.part_subject),
        Part::Preheader => td_string!(locale, quality.part_preheader),
        Part::Body => td_string!(locale, quality.part_body),
        Part::Plain => td_string!(locale, quality.part_plain),
    }
}

/// How much a finding weighs.
pub fn severity(locale: Locale, severity: Severity) -> &'static str {
    match severity {
        Severity::Error => td_string!(locale, quality.severity_error),
        Severity::Warning => td_string!(locale, quality.severity_warning),
        Severity::Info => td_string!(locale, quality.severity_info),
    }
}

/// The name of a mail program.
fn client(client: Client) -> &'static str {
    match client {
        Client::Outlook => "Outlook",
        Client::Gmail => "Gmail",
        Client::AppleMail => "Apple Mail",
        Client::Seznam => "Seznam.cz",
    }
}

/// What a program does not show, as it stands in the source where it has a name there.
fn feature(locale: Locale, feature: &Feature) -> String {
    match feature {
        Feature::Property(name)
        | Feature::Value(name)
        | Feature::Function(name)
        | Feature::Unit(name)
        | Feature::AtRule(name)
        | Feature::Attribute(name) => name.clone(),
        Feature::PaddingOutsideCells => td_string!(locale, quality.feature_padding).to_owned(),
        Feature::Format(format) => td_string!(locale, quality.feature_format, format = format.to_uppercase()),
        Feature::DataPicture => td_string!(locale, quality.feature_data).to_owned(),
        Feature::LargeStyles => td_string!(locale, quality.feature_large_styles).to_owned(),
        Feature::StyleInBody => td_string!(locale, quality.feature_style_in_body).to_owned(),
    }
}

fn link(locale: Locale, fault: LinkFault) -> &'static str {
    match fault {
        LinkFault::Empty => td_string!(locale, quality.link_empty),
        LinkFault::Relative => td_string!(locale, quality.link_relative),
        LinkFault::Scheme => td_string!(locale, quality.link_scheme),
        LinkFault::Local => td_string!(locale, quality.link_local),
        LinkFault::Malformed => td_string!(locale, quality.link_malformed),
        LinkFault::HalfField => td_string!(locale, quality.link_half_field),
        LinkFault::Blanks => td_string!(locale, quality.link_blanks),
        LinkFault::NotEncoded => td_string!(locale, quality.link_not_encoded),
        LinkFault::Insecure => td_string!(locale, quality.link_insecure),
    }
}
