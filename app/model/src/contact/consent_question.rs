//! Asking a person to confirm a consent by a link that is sent to the address (double opt-in).

use serde::{Deserialize, Serialize};

use crate::message::SUBJECT_MAX;
use crate::time::days;
use crate::{Channel, Faults, Language, Moment, Refusal, Required};

/// How long the link can be used, in milliseconds.
pub const LINK_MS: i64 = days(30);
/// Greatest length of the mail's text and of the words that are agreed to, in characters.
const TEXT_MAX: u32 = 4_000;

/// What a person is sent and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentQuestion {
    /// Which channel they would agree to.
    pub channel: Channel,
    /// The language of the page behind the link.
    pub language: Language,
    /// Subject of the mail.
    pub subject: String,
    /// Text of the mail; the link is put under it.
    pub text: String,
    /// The words that are agreed to: they stand on the page and are kept as the proof.
    pub statement: String,
}

impl ConsentQuestion {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.line("subject", &self.subject, Required::Yes, SUBJECT_MAX);
        faults.text("text", &self.text, Required::Yes, TEXT_MAX);
        faults.text("statement", &self.statement, Required::Yes, TEXT_MAX);
        faults.finish()
    }
}

/// How far a question has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QuestionState {
    /// It can be answered.
    Open,
    /// It was answered with yes at that moment.
    Confirmed(Moment),
    /// Its time is over, another question or answer took its place, or the address is not the contact's any more.
    Closed,
}

/// What the page behind a link shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentPage {
    /// The company that asks.
    pub company: String,
    /// The language of the page.
    pub language: Language,
    /// The words that are agreed to.
    pub statement: String,
    /// The address or number that would be written to.
    pub address: String,
    /// Whether it can be answered.
    pub state: QuestionState,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fault;

    #[test]
    fn nobody_is_asked_to_agree_to_nothing() {
        let question = ConsentQuestion {
            channel: Channel::Email,
            language: Language::Sk,
            subject: "Potvrďte súhlas".into(),
            text: "Dobrý deň".into(),
            statement: " ".into(),
        };
        assert_eq!(question.check(), Err(Refusal::field("statement", Fault::Missing)));
        assert_eq!(ConsentQuestion { statement: "Súhlasím.".into(), ..question }.check(), Ok(()));
    }
}
