//! What is found in a mail before it leaves: gathered, ordered, and brought into the form that the editor underlines.

use content::letter;
use content::lint::{self, Place, Severity, What};
use content::quality::{self, Fix, Flaw, Mail, Part, fix_finding};
use model::{Language, MergeField};

use crate::i18n::{Locale, quality as words};
use crate::state::finding;

/// A mail to be looked over, with its merge code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// The subject.
    pub subject: String,
    /// What lists show behind the subject.
    pub preheader: String,
    /// The body as HTML: the source that is edited, or what was made of blocks or MJML.
    pub html: String,
    /// Whether the HTML is what is edited, so that places and changes in it mean something.
    pub is_source: bool,
    /// The plain text, when it is not made of the HTML.
    pub plain: Option<String>,
    /// Whether the mail is commercial.
    pub is_commercial: bool,
    /// Its language.
    pub language: Language,
    /// Name, registration number and seat of the company.
    pub company: [String; 3],
}

/// What a line of the list is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The source.
    Source(What),
    /// The mail.
    Mail(Flaw),
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub about: About,
    /// How much it weighs.
    pub severity: Severity,
    /// In which part.
    pub part: Part,
    /// The places in the source.
    pub places: Vec<Place>,
    /// How often.
    pub count: usize,
    /// What can be done by a click.
    pub fix: Option<Fix>,
}

impl Line {
    /// What was found and what to do, in a sentence or two.
    pub fn words(&self, locale: Locale) -> String {
        match &self.about {
            About::Source(what) => words::lint(locale, what),
            About::Mail(flaw) => words::flaw(locale, flaw),
        }
    }
}

/// Looks over a mail; the heaviest findings come first. Faults of the merge code are left to those who check it where it stands.
pub fn lines(mail: &Checked, fields: &[MergeField]) -> Vec<Line> {
    let catalogue = letter::catalogue(fields);
    let language = mail.language.into();
    let mut lines: Vec<Line> = Vec::new();
    let [name, number, seat] = &mail.company;
    let checked = Mail {
        subject: &mail.subject,
        preheader: &mail.preheader,
        html: &mail.html,
        plain: mail.plain.as_deref(),
        is_commercial: mail.is_commercial,
        language,
        company: [name, number, seat],
    };
    lines.extend(quality::check(&checked).into_iter().map(|it| Line {
        count: it.places.len().max(1),
        about: About::Mail(it.flaw),
        severity: it.severity,
        part: it.part,
        places: it.places,
        fix: it.fix,
    }));
    let found = lint::lint(&mail.html, &catalogue, language);
    lines.extend(found.into_iter().filter(|it| !matches!(it.what, What::Merge(..))).map(|it| Line {
        fix: fix_finding(&mail.html, &it),
        about: About::Source(it.what),
        severity: it.severity,
        part: Part::Body,
        places: it.places,
        count: it.count,
    }));
    if !mail.is_source {
        lines.iter_mut().for_each(as_made);
    }
    lines.sort_by_key(|it| std::cmp::Reverse(it.severity));
    lines
}

/// What was made of blocks or MJML has no places that anybody edits; what is put behind it is put there as a block.
fn as_made(line: &mut Line) {
    line.places.clear();
    if matches!(line.fix, Some(Fix::Edit(_))) {
        line.fix = None;
    }
}

/// The findings with a place, as the editor underlines them.
pub fn diagnostics(lines: &[Line], source: &str, locale: Locale) -> Vec<finding::Finding> {
    let mut found = Vec::new();
    for line in lines.iter().filter(|it| it.severity != Severity::Info) {
        let severity = if line.severity == Severity::Error { finding::Severity::Error } else { finding::Severity::Warning };
        let message = line.words(locale);
        for place in &line.places {
            found.push(finding::Finding {
                line: place.line as u32,
                column: place.column as u32,
                length: (place.length as u32).max(1),
                severity,
                message: message.clone(),
                code: source.get(place.range.clone()).filter(|it| it.contains("{{")).map(str::to_owned),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(html: &str) -> Checked {
        Checked {
            subject: "Pozvánka na deň otvorených dverí".into(),
            preheader: "Príďte sa pozrieť, ako vzniká nábytok z jaseňa.".into(),
            html: html.into(),
            is_source: true,
            ..Checked::default()
        }
    }

    #[test]
    fn the_heaviest_come_first_and_merge_code_is_left_to_others() {
        let html = "<p>{{ unknown }} text</p><a href='/x'>a</a><img src='cid:a'><p style='box-shadow:none'>b</p>";
        let lines = lines(&mail(html), &[]);
        let severities: Vec<Severity> = lines.iter().map(|it| it.severity).collect();
        assert_eq!(severities.first(), Some(&Severity::Error));
        assert!(severities.is_sorted_by(|one, two| one >= two), "{lines:?}");
        assert!(!lines.iter().any(|it| matches!(it.about, About::Source(What::Merge(..)))));
    }

    #[test]
    fn what_was_made_of_blocks_has_no_places_and_no_changes_of_its_source() {
        let html = "<p>Text</p><img src='cid:a'>";
        let source = lines(&mail(html), &[]);
        assert!(source.iter().any(|it| matches!(it.fix, Some(Fix::Edit(_))) && !it.places.is_empty()));
        let made = lines(&Checked { is_source: false, is_commercial: true, ..mail(html) }, &[]);
        assert!(made.iter().all(|it| it.places.is_empty() && !matches!(it.fix, Some(Fix::Edit(_)))));
        assert!(made.iter().any(|it| matches!(it.fix, Some(Fix::Append(_)))));
    }

    #[test]
    fn the_editor_underlines_what_readers_would_notice() {
        let html = "<p>Text</p>\n<img src='cid:a'><p style='box-shadow:none'>b</p>";
        let lines = lines(&mail(html), &[]);
        let found = diagnostics(&lines, html, Locale::sk);
        assert_eq!(found.iter().map(|it| (it.line, it.column, it.length)).collect::<Vec<_>>(), [(2, 1, 17)]);
        assert!(found[0].message.starts_with("Obrázok nemá popis"));
    }
}
