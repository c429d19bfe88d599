//! Keys by which mails of a domain are signed (DKIM, RFC 6376 and RFC 8463), and the records that make them known.

use serde::{Deserialize, Serialize};

use crate::{DkimKeyId, DomainName, Moment, Noun, Refusal};

/// By which algorithm a key signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DkimAlgorithm {
    /// RSA with 2,048 bits, which every receiver checks.
    #[default]
    Rsa,
    /// Ed25519 of RFC 8463: short, and not yet checked by all; used beside RSA.
    Ed25519,
}

/// How far a key has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DkimState {
    /// Made; its record has to be put into DNS.
    New,
    /// Signs.
    Active,
    /// Signs no more; its record stays as long as mails that it signed may still be under way.
    Retired,
}

/// What can happen to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DkimStep {
    /// It begins to sign.
    Use,
    /// It ends to sign.
    Retire,
    /// It is deleted.
    Delete,
}

impl DkimState {
    /// The state after a step; nothing when the key is gone then.
    ///
    /// # Errors
    /// Refuses a step that this state does not allow: a key that signs is retired before it is deleted.
    pub fn step(self, step: DkimStep) -> Result<Option<Self>, Refusal> {
        match (self, step) {
            (Self::New | Self::Retired, DkimStep::Use) => Ok(Some(Self::Active)),
            (Self::Active, DkimStep::Retire) => Ok(Some(Self::Retired)),
            (Self::New | Self::Retired, DkimStep::Delete) => Ok(None),
            (Self::Active, DkimStep::Use | DkimStep::Delete) | (Self::New | Self::Retired, DkimStep::Retire) => {
                Err(Refusal::IllegalStep(Noun::DkimKey))
            }
        }
    }
}

/// What DNS said about the record of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DkimFound {
    /// The record is there and holds this key.
    Matches,
    /// There is no record at the name.
    Missing,
    /// There is one, with another key.
    Differs,
    /// There is one with an empty key, which takes the key back (RFC 6376 §3.6.1).
    Revoked,
    /// Nobody answered in time.
    NoAnswer,
}

/// A key as its page shows it; the private half never leaves the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DkimKey {
    /// Which key.
    pub id: DkimKeyId,
    /// Whose mails it signs.
    pub domain: DomainName,
    /// The word by which receivers find its record.
    pub selector: String,
    /// By which algorithm it signs.
    pub algorithm: DkimAlgorithm,
    /// How far it has come.
    pub state: DkimState,
    /// What has to stand in DNS.
    pub record: DnsRecord,
    /// When it was made.
    pub created_at: Moment,
    /// What DNS last said, and when.
    pub checked: Option<(DkimFound, Moment)>,
}

/// A TXT record that a person puts into DNS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnsRecord {
    /// Its whole name, without a dot at the end.
    pub name: String,
    /// Its text.
    pub value: String,
}

/// The longest string of a TXT record, in bytes (RFC 1035 §3.3).
const LONGEST_STRING: usize = 255;

impl DnsRecord {
    /// The line of a zone file: a text that is too long for one string is parted into several, which mean the same.
    pub fn zone_line(&self) -> String {
        let bytes: Vec<char> = self.value.chars().collect();
        let strings: Vec<String> =
            bytes.chunks(LONGEST_STRING).map(|it| format!("\"{}\"", it.iter().collect::<String>())).collect();
        let text = if strings.len() == 1 { strings.concat() } else { format!("( {} )", strings.join(" ")) };
        format!("{}. 3600 IN TXT {text}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_used_after_it_was_made_and_retired_before_it_is_deleted() {
        use DkimState as S;
        use DkimStep as T;
        let allowed = [
            (S::New, T::Use, Some(S::Active)),
            (S::Retired, T::Use, Some(S::Active)),
            (S::Active, T::Retire, Some(S::Retired)),
            (S::New, T::Delete, None),
            (S::Retired, T::Delete, None),
        ];
        for state in [S::New, S::Active, S::Retired] {
            for step in [T::Use, T::Retire, T::Delete] {
                let expected = allowed.iter().find(|it| it.0 == state && it.1 == step).map(|it| it.2);
                assert_eq!(state.step(step).ok(), expected, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn a_long_record_is_parted_into_strings_of_at_most_255_bytes() {
        let record = |value: String| DnsRecord { name: "p1._domainkey.firma.sk".to_owned(), value }.zone_line();
        assert_eq!(record("v=DKIM1; p=a".to_owned()), "p1._domainkey.firma.sk. 3600 IN TXT \"v=DKIM1; p=a\"");
        let long = record("a".repeat(300));
        assert_eq!(long, format!("p1._domainkey.firma.sk. 3600 IN TXT ( \"{}\" \"{}\" )", "a".repeat(255), "a".repeat(45)));
    }
}
