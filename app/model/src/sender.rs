//! Senders: addresses that messages may leave under, because somebody who reads them said so or an administrator answers for them.

use serde::{Deserialize, Serialize};

use crate::message::SUBJECT_MAX;
use crate::time::days;
use crate::user::check_email;
use crate::{DkimState, DomainName, EmailAddress, Faults, Language, Moment, QuestionState, Refusal, Required, SenderId};

/// How long the link of a confirmation can be used, in milliseconds.
pub const LINK_MS: i64 = days(7);
/// Greatest length of the text of the mail, in characters.
const TEXT_MAX: u32 = 4_000;

/// Whether messages may leave under an address, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SenderState {
    /// It is the address of the account of that name, which an administrator set.
    OfAccount(String),
    /// An administrator answers for its whole domain.
    Vouched,
    /// Whoever reads it confirmed it then.
    Confirmed(Moment),
    /// A link was sent there; it can be used until then.
    Asked(Moment),
    /// The link was not used in its time.
    Expired,
}

impl SenderState {
    /// Whether messages may leave under it.
    pub fn is_usable(&self) -> bool {
        match self {
            Self::OfAccount(_) | Self::Vouched | Self::Confirmed(_) => true,
            Self::Asked(_) | Self::Expired => false,
        }
    }
}

/// An address as the page of senders shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// Which one; nothing for an account's own address, which is changed with the account.
    pub id: Option<SenderId>,
    /// The address.
    pub address: EmailAddress,
    /// Whether it may be used.
    pub state: SenderState,
    /// When a link was last sent there.
    pub asked_at: Option<Moment>,
}

/// A domain that messages leave under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenderDomain {
    /// The domain.
    pub domain: DomainName,
    /// Since when and by whose word each of its addresses may be used.
    pub vouched: Option<(Moment, String)>,
    /// The state of the key that has come farthest, when there is one.
    pub key: Option<DkimState>,
}

/// All senders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Senders {
    /// The addresses by name.
    pub addresses: Vec<Sender>,
    /// Their domains, and others that an administrator answers for or that have a key, by name.
    pub domains: Vec<SenderDomain>,
}

/// Under which name and address a person's messages leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Identity {
    /// The account's, which stands for the company.
    #[default]
    Account,
    /// The person's own.
    Own,
}

/// How one writes oneself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSender {
    /// Under which name and address one's messages leave.
    pub identity: Identity,
    /// One's own address, the one that one signs in with.
    pub address: String,
    /// Whether messages may leave under it.
    pub is_usable: bool,
}

/// The mail by which an address is asked to confirm itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SenderQuestion {
    /// The address.
    pub address: String,
    /// The language of the page behind the link.
    pub language: Language,
    /// Subject of the mail.
    pub subject: String,
    /// Text of the mail; the link is put under it.
    pub text: String,
}

impl SenderQuestion {
    /// Checks the fields and gives back the address.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<EmailAddress, Refusal> {
        let mut faults = Faults::default();
        let address = check_email(&mut faults, "address", &self.address);
        faults.line("subject", &self.subject, Required::Yes, SUBJECT_MAX);
        faults.text("text", &self.text, Required::Yes, TEXT_MAX);
        faults.finish()?;
        address.ok_or(Refusal::Invalid(Vec::new()))
    }
}

/// What the page behind a link shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenderPage {
    /// The company that would write under the address.
    pub company: String,
    /// The language of the page.
    pub language: Language,
    /// The address.
    pub address: String,
    /// Whether it can be answered.
    pub state: QuestionState,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fault;

    #[test]
    fn only_an_address_that_somebody_answers_for_may_be_used() {
        let moment = Moment(0);
        for (state, usable) in [
            (SenderState::OfAccount("Obchod".to_owned()), true),
            (SenderState::Vouched, true),
            (SenderState::Confirmed(moment), true),
            (SenderState::Asked(moment), false),
            (SenderState::Expired, false),
        ] {
            assert_eq!(state.is_usable(), usable, "{state:?}");
        }
    }

    #[test]
    fn a_question_names_its_wrong_fields() {
        let question = SenderQuestion { address: "eva@firma.sk".to_owned(), ..SenderQuestion::default() };
        let Err(Refusal::Invalid(faults)) = question.check() else { panic!("accepted") };
        assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["subject", "text"]);
        assert!(faults.iter().all(|it| it.fault == Fault::Missing));
        let whole = SenderQuestion { subject: "Potvrďte".to_owned(), text: "Odkaz:".to_owned(), ..question };
        assert_eq!(whole.check().map(|it| it.normalized()), Ok("eva@firma.sk".to_owned()));
    }
}
