//! Subject and preheader: what readers see in their lists.

use super::body::Body;
use super::fix::{Fix, calmed, lowered};
use super::{Finding, Flaw, Mail, PREHEADER_MAX, PREHEADER_MIN, Part, SUBJECT_MAX};
use crate::lint::{Severity, mask};

/// What a subject begins with that answers or forwards, in lower case.
const ANSWERS: [&str; 6] = ["re:", "fw:", "fwd:", "odp:", "odpoveď:", "odpověď:"];
/// How wide a field is taken to be, in characters.
const FIELD: usize = 10;

pub(super) fn check(mail: &Mail<'_>) -> Vec<Finding> {
    let subject = mail.subject.trim();
    let finding = |flaw, severity| Finding::new(flaw, severity, Part::Subject);
    if subject.is_empty() {
        return vec![finding(Flaw::SubjectMissing, Severity::Error)];
    }
    let mut findings = Vec::new();
    let length = length(subject);
    if SUBJECT_MAX < length {
        findings.push(finding(Flaw::SubjectLong(length), Severity::Warning));
    }
    if is_shouting(subject) {
        findings.push(finding(Flaw::SubjectShouting, Severity::Warning).with(Some(Fix::Subject(lowered(subject)))));
    }
    if 1 < subject.matches('!').count() {
        findings.push(finding(Flaw::SubjectExclaims, Severity::Warning).with(Some(Fix::Subject(calmed(subject)))));
    }
    let lower = subject.to_lowercase();
    if let Some(mark) = ANSWERS.iter().find(|it| lower.starts_with(*it)) {
        let rest: String = subject.chars().skip(mark.chars().count()).collect();
        findings.push(finding(Flaw::SubjectPretends, Severity::Warning).with(Some(Fix::Subject(rest.trim().to_owned()))));
    }
    findings
}

pub(super) fn check_preheader(mail: &Mail<'_>, body: &Body) -> Vec<Finding> {
    let preheader = mail.preheader.trim();
    let finding = |flaw, severity| Finding::new(flaw, severity, Part::Preheader);
    let offered = || body.opening(mail.subject).map(Fix::Preheader);
    if preheader.is_empty() {
        return vec![finding(Flaw::PreheaderMissing, Severity::Info).with(offered())];
    }
    if model::fold::fold(preheader) == model::fold::fold(mail.subject.trim()) {
        return vec![finding(Flaw::PreheaderRepeats, Severity::Warning).with(offered())];
    }
    let length = length(preheader);
    if length < PREHEADER_MIN {
        vec![finding(Flaw::PreheaderShort(length), Severity::Info)]
    } else if PREHEADER_MAX < length {
        vec![finding(Flaw::PreheaderLong(length), Severity::Info)]
    } else {
        Vec::new()
    }
}

/// The characters of a text, each field taken as so many.
fn length(text: &str) -> usize {
    let masked = mask::mask(text);
    let fields: usize = masked.values().iter().map(|it| text[it.clone()].chars().count()).sum();
    text.chars().count() - fields + masked.values().len() * FIELD
}

/// Whether nearly all letters of a longer text are capitals.
pub(super) fn is_shouting(text: &str) -> bool {
    let masked = mask::mask(text);
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    for value in masked.values() {
        plain.push_str(&text[at..value.start]);
        at = value.end;
    }
    plain.push_str(&text[at..]);
    let letters = plain.chars().filter(|it| it.is_alphabetic()).count();
    let capitals = plain.chars().filter(|it| it.is_uppercase()).count();
    8 <= letters && letters * 7 <= capitals * 10
}
