//! How long a text message is for those whom it may go to.

use serde::{Deserialize, Serialize};

use super::TemplateDraft;
use crate::{Chosen, ContactId};

/// What is asked to measure a text message over some contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyOrder {
    /// The text as it is on the screen, saved or not.
    pub draft: TemplateDraft,
    /// Over whom.
    pub chosen: Chosen,
    /// Behind which contact it goes on.
    pub after: Option<ContactId>,
}

/// How long a text message is for the contacts that were looked at so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSurvey {
    /// How many have a number and get a text without a gap.
    pub people: u64,
    /// How many have no number.
    pub without: u64,
    /// How many lack a value that the text shows.
    pub missing: u64,
    /// The parts of all texts together.
    pub parts: u64,
    /// The longest text; of equals the first one.
    pub longest: Option<LongestText>,
    /// Behind which contact it goes on; nothing when all were looked at.
    pub next: Option<ContactId>,
}

/// The longest text among many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LongestText {
    /// Whose it is.
    pub name: String,
    /// How many parts it takes.
    pub parts: u32,
    /// How many units of its alphabet it takes.
    pub units: u32,
}

impl TextSurvey {
    /// Takes one more text in.
    pub fn take(&mut self, text: LongestText) {
        self.people += 1;
        self.parts += u64::from(text.parts);
        self.consider(text);
    }

    /// This one with what came of a later step.
    pub fn and(mut self, step: Self) -> Self {
        self.people += step.people;
        self.without += step.without;
        self.missing += step.missing;
        self.parts += step.parts;
        self.next = step.next;
        if let Some(text) = step.longest {
            self.consider(text);
        }
        self
    }

    /// How many contacts were looked at.
    pub fn seen(&self) -> u64 {
        self.people + self.without + self.missing
    }

    fn consider(&mut self, text: LongestText) {
        let is_longer = |it: &LongestText| (it.parts, it.units) < (text.parts, text.units);
        if self.longest.as_ref().is_none_or(is_longer) {
            self.longest = Some(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str, parts: u32, units: u32) -> LongestText {
        LongestText { name: name.into(), parts, units }
    }

    #[test]
    fn the_longest_of_all_steps_stays_and_the_first_among_equals() {
        let mut first = TextSurvey { next: Some(ContactId(7)), ..TextSurvey::default() };
        first.take(text("Eva", 1, 150));
        first.take(text("Ján", 1, 155));
        let mut second = TextSurvey { without: 1, missing: 2, ..TextSurvey::default() };
        second.take(text("Oľga", 1, 155));
        let both = first.clone().and(second);
        assert_eq!((both.people, both.parts, both.seen(), both.next), (3, 3, 6, None));
        assert_eq!(both.longest, Some(text("Ján", 1, 155)));
        let mut third = TextSurvey::default();
        third.take(text("Žofia", 2, 120));
        assert_eq!(first.and(third).longest, Some(text("Žofia", 2, 120)));
    }
}
