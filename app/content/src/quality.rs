//! Whether a mail will be read: subject, preheader, text, links, words of unwanted mail, and what the law asks of commercial mail.
//!
//! Every flaw can be mended by a person; where the mending is mechanical, it comes along as a [`Fix`].

mod body;
mod fix;
mod links;
mod subject;
mod words;

use crate::lint::{Place, Severity};
use crate::merge::Language;

pub(crate) use body::one_blank;
pub use fix::{Edit, Fix, apply, fix_finding};
pub(crate) use fix::{number_words, unsubscribe_words};
pub use words::Mark;

/// Longer subjects are cut off in lists, in characters.
pub const SUBJECT_MAX: usize = 70;
/// Shorter preheaders are filled up by mail programs with whatever stands in the mail, in characters.
pub const PREHEADER_MIN: usize = 35;
/// Longer preheaders are cut off in lists, in characters.
pub const PREHEADER_MAX: usize = 130;
/// More links than this look like an advertisement.
pub const LINKS_MAX: usize = 25;

/// A mail that is being written, with its merge code.
#[derive(Clone, Copy, Debug)]
pub struct Mail<'a> {
    /// The subject.
    pub subject: &'a str,
    /// What mail programs show behind the subject in their lists.
    pub preheader: &'a str,
    /// The body as HTML.
    pub html: &'a str,
    /// The plain text, when it is not made of the HTML.
    pub plain: Option<&'a str>,
    /// Whether it is commercial (Act 480/2004 §7, Act 452/2021 §116).
    pub is_commercial: bool,
    /// The language of the mail.
    pub language: Language,
    /// Name, registration number and seat of the company, as they may stand in the body word by word; empty when not known.
    pub company: [&'a str; 3],
}

/// The parts of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The subject.
    Subject,
    /// The preheader.
    Preheader,
    /// The body.
    Body,
    /// The plain text.
    Plain,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// There is no subject.
    SubjectMissing,
    /// The subject is longer than lists show; its characters.
    SubjectLong(usize),
    /// The subject is written in capital letters.
    SubjectShouting,
    /// The subject has more than one exclamation mark.
    SubjectExclaims,
    /// The subject pretends to answer (`Re:`) or to forward.
    SubjectPretends,
    /// There is no preheader.
    PreheaderMissing,
    /// The preheader is shorter than lists show; its characters.
    PreheaderShort(usize),
    /// The preheader is longer than lists show; its characters.
    PreheaderLong(usize),
    /// The preheader says the same as the subject.
    PreheaderRepeats,
    /// There is neither a text nor a picture.
    BodyEmpty,
    /// There are pictures and hardly a word: without pictures nothing is left.
    MostlyPictures {
        /// Characters of text.
        characters: usize,
        /// Pictures.
        pictures: usize,
    },
    /// The plain text is empty.
    PlainEmpty,
    /// The plain text says much less than the HTML.
    PlainShort,
    /// More links than [`LINKS_MAX`].
    ManyLinks(usize),
    /// A link hides where it leads behind a shortener; its host.
    Shortener(String),
    /// A link leads to a number instead of a name.
    NumericHost(String),
    /// A link shows another host than it leads to.
    Disguised {
        /// The host that is shown.
        shown: String,
        /// The host it leads to.
        leads: String,
    },
    /// A word that unwanted mail likes.
    SpamWord(String),
    /// A way of writing that unwanted mail likes.
    SpamMark(Mark),
    /// Commercial mail without a way to unsubscribe.
    UnsubscribeMissing,
    /// Commercial mail that does not say who sends it.
    IdentificationMissing,
}

/// One flaw with its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub flaw: Flaw,
    /// How much it weighs.
    pub severity: Severity,
    /// In which part.
    pub part: Part,
    /// Where in the body; none when it is about the whole part.
    pub places: Vec<Place>,
    /// What can be done about it by a click.
    pub fix: Option<Fix>,
}

impl Finding {
    fn new(flaw: Flaw, severity: Severity, part: Part) -> Self {
        Self { flaw, severity, part, places: Vec::new(), fix: None }
    }

    fn with(self, fix: Option<Fix>) -> Self {
        Self { fix, ..self }
    }
}

/// Looks over a mail; flaws come part by part, those of the body in the order of their places. Takes linear time.
pub fn check(mail: &Mail<'_>) -> Vec<Finding> {
    let body = body::read(mail.html);
    let mut findings = subject::check(mail);
    findings.extend(subject::check_preheader(mail, &body));
    findings.extend(body::check(mail, &body));
    findings.extend(links::check(&body, mail.html));
    findings.extend(words::check(mail, &body));
    findings.extend(body::check_law(mail, &body));
    findings.sort_by_key(|it| (it.part, it.places.first().map(|it| it.range.start)));
    findings
}

#[cfg(test)]
mod tests;
