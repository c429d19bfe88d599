//! Suppressions: addresses, domains and contacts that we must not write to.

use serde::{Deserialize, Serialize};

use crate::address::parse_list;
use crate::{
    Channel, ContactId, Cursor, DomainName, EmailAddress, Fault, Faults, HomeCountry, MessageId, Moment, PhoneNumber, Refusal,
    Required, SuppressionId, UserId,
};

/// How many addresses and domains can be added at once, and how many can be asked about at once.
pub const SUPPRESSIONS_AT_ONCE: usize = 10_000;
/// The greatest length of a note or of the reason of lifting, in characters.
pub const NOTE_MAX: u32 = 500;

/// Why we must not write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SuppressionReason {
    /// The recipient unsubscribed.
    Unsubscribed,
    /// Mails came back for good.
    Bounced,
    /// The recipient complained about a message as spam.
    Complained,
    /// The recipient asked for it, on the phone for example (Act 110/2019, GDPR Article 21).
    #[default]
    Requested,
    /// We decided so ourselves.
    ByHand,
    /// It stood so in data taken over from elsewhere.
    Imported,
}

impl SuppressionReason {
    /// All reasons, in the order the screens offer them.
    pub const ALL: [Self; 6] =
        [Self::Requested, Self::ByHand, Self::Unsubscribed, Self::Bounced, Self::Complained, Self::Imported];
}

/// What wrote a suppression down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SuppressionSource {
    /// A colleague.
    Person,
    /// An import.
    Import,
    /// The recipient, by the link in a message.
    Recipient,
    /// The program, because of what a relay answered or returned.
    Relay,
}

impl SuppressionSource {
    /// All sources, in the order the screens offer them.
    pub const ALL: [Self; 4] = [Self::Person, Self::Import, Self::Recipient, Self::Relay];
}

/// Which channels a suppression closes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Channels {
    /// E-mail alone.
    Email,
    /// Text messages alone.
    Sms,
    /// Both.
    #[default]
    Both,
}

impl Channels {
    /// All choices, in the order the screens offer them.
    pub const ALL: [Self; 3] = [Self::Both, Self::Email, Self::Sms];

    /// Whether this channel is closed.
    pub fn close(self, channel: Channel) -> bool {
        match self {
            Self::Both => true,
            Self::Email => channel == Channel::Email,
            Self::Sms => channel == Channel::Sms,
        }
    }
}

/// Whom we must not write to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SuppressionTarget {
    /// One e-mail address.
    Email(EmailAddress),
    /// One phone number.
    Phone(PhoneNumber),
    /// Every e-mail address of a domain; those of its subdomains are others.
    Domain(DomainName),
    /// Every address of a contact, also those it gets later; with its name when it was suppressed.
    Contact(ContactId, String),
}

/// What a suppression was found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SuppressionScope {
    /// The address itself.
    Address,
    /// Its domain.
    Domain,
    /// The contact that has it.
    Contact,
}

impl SuppressionTarget {
    /// What kind of thing it is.
    pub fn scope(&self) -> SuppressionScope {
        match self {
            Self::Email(_) | Self::Phone(_) => SuppressionScope::Address,
            Self::Domain(_) => SuppressionScope::Domain,
            Self::Contact(..) => SuppressionScope::Contact,
        }
    }

    /// The form under which it is kept and found again; a contact is found by its id.
    pub fn normalized(&self) -> String {
        match self {
            Self::Email(address) => address.normalized(),
            Self::Phone(number) => number.as_str().to_owned(),
            Self::Domain(name) => name.as_str().to_owned(),
            Self::Contact(..) => String::new(),
        }
    }

    /// The form that people read.
    pub fn shown(&self) -> String {
        match self {
            Self::Email(address) => address.shown(),
            Self::Phone(number) => number.shown(),
            Self::Domain(name) => format!("@{}", name.shown()),
            Self::Contact(_, name) => name.clone(),
        }
    }
}

/// One piece of a field with addresses, numbers and domains: its text as typed, and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedTarget {
    /// The text as typed, trimmed.
    pub text: String,
    /// What it means, or why it means nothing.
    pub target: Result<SuppressionTarget, Fault>,
}

/// Splits a field at commas, semicolons and line breaks and reads each piece as an address, a phone number or a domain
/// (`@firma.sk`). One bad piece never hides the good ones.
pub fn parse_targets(text: &str, home: HomeCountry) -> Vec<ListedTarget> {
    parse_list(text)
        .into_iter()
        .map(|piece| {
            let target = match piece.address {
                Ok(address) => Ok(SuppressionTarget::Email(address)),
                Err(_) if is_numeric(&piece.text) => PhoneNumber::parse(&piece.text, home)
                    .map(SuppressionTarget::Phone)
                    .map_err(|fault| Fault::Phone { text: piece.text.clone(), fault }),
                Err(fault) => DomainName::parse(&piece.text)
                    .map(SuppressionTarget::Domain)
                    .map_err(|_| Fault::Address { text: piece.text.clone(), fault }),
            };
            ListedTarget { text: piece.text, target }
        })
        .collect()
}

/// Whether a piece can only be meant as a phone number.
fn is_numeric(text: &str) -> bool {
    text.chars().any(|it| it.is_ascii_digit()) && text.chars().all(|it| it.is_ascii_digit() || " \u{a0}+-/().".contains(it))
}

/// What is typed to suppress addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuppressionsDraft {
    /// Addresses, phone numbers and domains, separated by comma, semicolon or line break.
    pub targets: String,
    /// Why.
    pub reason: SuppressionReason,
    /// What is worth remembering; may be empty.
    pub note: String,
}

impl SuppressionsDraft {
    /// Checks the fields and reads the targets; bad pieces are kept, to be named.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self, home: HomeCountry) -> Result<Vec<ListedTarget>, Refusal> {
        let mut faults = Faults::default();
        let targets = parse_targets(&self.targets, home);
        if targets.is_empty() {
            faults.add("targets", Fault::Missing);
        } else if SUPPRESSIONS_AT_ONCE < targets.len() {
            faults.add("targets", Fault::OutOfRange { min: 1, max: SUPPRESSIONS_AT_ONCE as i64 });
        }
        faults.text("note", &self.note, Required::No, NOTE_MAX);
        faults.finish()?;
        Ok(targets)
    }
}

/// Why contacts are suppressed and on which channels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactSuppressionDraft {
    /// Which channels are closed.
    pub channels: Channels,
    /// Why.
    pub reason: SuppressionReason,
    /// What is worth remembering; may be empty.
    pub note: String,
}

impl ContactSuppressionDraft {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.text("note", &self.note, Required::No, NOTE_MAX);
        faults.finish()
    }
}

/// What came of adding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuppressionsAdded {
    /// How many are new.
    pub added: u32,
    /// How many were suppressed before.
    pub already: u32,
    /// The pieces that mean nothing; nothing was done about them.
    pub bad: Vec<Fault>,
}

/// Checks why a suppression is lifted: it must be said.
///
/// # Errors
/// Names the field `reason`.
pub fn check_lifting(reason: &str) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    faults.text("reason", reason, Required::Yes, NOTE_MAX);
    faults.finish()
}

/// A suppression as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// Which suppression.
    pub id: SuppressionId,
    /// Whom we must not write to.
    pub target: SuppressionTarget,
    /// On which channels.
    pub channels: Channels,
    /// Why.
    pub reason: SuppressionReason,
    /// What wrote it down.
    pub source: SuppressionSource,
    /// What is worth remembering; may be empty.
    pub note: String,
    /// The message it came from.
    pub message: Option<MessageId>,
    /// Who wrote it down.
    pub author: (UserId, String),
    /// Since when.
    pub created_at: Moment,
    /// How it was lifted, if it was.
    pub lifted: Option<Lifting>,
}

/// How a suppression ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifting {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: (UserId, String),
    /// Why.
    pub reason: String,
}

/// Why one address is suppressed, as compose, lists and deliveries show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuppressedBy {
    /// Which suppression.
    pub id: SuppressionId,
    /// What it was found by.
    pub scope: SuppressionScope,
    /// Why.
    pub reason: SuppressionReason,
    /// Since when.
    pub since: Moment,
    /// What was noted; may be empty.
    pub note: String,
}

/// Which suppressions a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Those that count.
    #[default]
    Active,
    /// Those that were lifted.
    Lifted,
}

/// Which suppressions a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuppressionFilter {
    /// Beginnings of words of the address, the domain, the contact's name or the note.
    pub words: String,
    /// Only those that close this channel.
    pub channel: Option<Channel>,
    /// Only for this reason.
    pub reason: Option<SuppressionReason>,
    /// Only from this source.
    pub source: Option<SuppressionSource>,
    /// Those that count, or those that were lifted.
    pub standing: Standing,
}

/// A question for one page of suppressions, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuppressionQuery {
    /// Which ones.
    pub filter: SuppressionFilter,
    /// Behind which row.
    pub after: Option<Cursor>,
}

/// What is known about one address of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressStanding {
    /// The address or number as the contact has it.
    pub address: String,
    /// Why it is suppressed, if it is.
    pub suppressed: Option<SuppressedBy>,
    /// What the last look at its domain found, if there was one.
    pub domain: Option<DomainCheck>,
}

/// What is known about a contact and its addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactStanding {
    /// Suppressions of the contact itself.
    pub contact: Vec<Suppression>,
    /// Its addresses, e-mail first.
    pub addresses: Vec<AddressStanding>,
}

/// What a look into DNS found about a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainCheck {
    /// What was found.
    pub found: DomainMail,
    /// When.
    pub at: Moment,
}

/// Whether a domain takes mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DomainMail {
    /// It names hosts that take mail (MX), or is such a host itself (RFC 5321 §5.1).
    Takes,
    /// It exists and takes no mail (null MX of RFC 7505, or neither MX nor an address).
    TakesNone,
    /// There is no such domain.
    Missing,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{AddressFault, PhoneFault};

    fn shown(text: &str) -> Vec<String> {
        let read = parse_targets(text, HomeCountry::Slovakia).into_iter();
        read.map(|it| it.target.map_or_else(|fault| format!("{fault:?}"), |it| it.shown())).collect()
    }

    #[test]
    fn a_pasted_list_may_mix_addresses_numbers_and_domains() {
        let text = "Eva Nová <eva@x.sk>; @kôň.sk, firma.cz\n0905 123 456;\t+420 603 123 456";
        assert_eq!(shown(text), ["eva@x.sk", "@kôň.sk", "@firma.cz", "+421 905 123 456", "+420 603 123 456"]);
    }

    #[test]
    fn bad_pieces_are_named_and_the_rest_is_kept() {
        let read = parse_targets("eva@x.sk, eva, 0905, jan @x.sk", HomeCountry::Slovakia);
        let faults: Vec<_> = read.into_iter().filter_map(|it| it.target.err()).collect();
        assert_eq!(
            faults,
            [
                Fault::Address { text: "eva".into(), fault: AddressFault::NoAt },
                Fault::Phone { text: "0905".into(), fault: PhoneFault::Length },
                Fault::Address { text: "jan @x.sk".into(), fault: AddressFault::Space },
            ]
        );
    }

    #[test]
    fn nothing_to_add_and_too_long_a_note_are_refused() {
        let draft = SuppressionsDraft { targets: " ;\n".into(), note: "x".repeat(501), ..SuppressionsDraft::default() };
        let Err(Refusal::Invalid(faults)) = draft.check(HomeCountry::Slovakia) else { panic!("accepted") };
        assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["targets", "note"]);
    }

    #[test]
    fn lifting_needs_a_reason() {
        assert_eq!(check_lifting("  "), Err(Refusal::field("reason", Fault::Missing)));
        assert_eq!(check_lifting("Písomný súhlas z 3. mája"), Ok(()));
    }

    #[test]
    fn a_suppression_closes_its_channels() {
        let closed = |it: Channels| [it.close(Channel::Email), it.close(Channel::Sms)];
        assert_eq!(Channels::ALL.map(closed), [[true, true], [true, false], [false, true]]);
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_as_the_same_target(text in "[a-z]{1,6}@[a-zč]{1,6}\\.(sk|cz)|@?[a-zč]{1,6}\\.sk|\\+42[01][2-9][0-9]{8}|\\PC*") {
            for it in parse_targets(&text, HomeCountry::Czechia) {
                if let Ok(target) = it.target {
                    let again = parse_targets(&target.shown(), HomeCountry::Czechia);
                    prop_assert_eq!(again.into_iter().map(|it| it.target).collect::<Vec<_>>(), vec![Ok(target)]);
                }
            }
        }
    }
}
