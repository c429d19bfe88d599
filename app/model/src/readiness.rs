//! The chain from an account to a mailbox that takes its mails: what is looked at, what was found, and what is missing.

use serde::{Deserialize, Serialize};

use crate::{DkimFound, DnsRecord, MailboxStage, ProbeHint, ProbeStage};

/// A link of the chain, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReadinessCheck {
    /// The account sends, and nothing is held.
    Account,
    /// Messages may leave under its sender.
    Sender,
    /// The relay is reached, signed in to, and takes the sender.
    Relay,
    /// The domain of the return path names the relay (SPF, RFC 7208).
    Spf,
    /// Mails are signed, and the key stands in DNS (DKIM, RFC 6376).
    Dkim,
    /// The sender's domain says what to do with forged mails (DMARC, RFC 7489).
    Dmarc,
    /// The relay's address has a name that leads back to it (PTR).
    ReverseName,
    /// What comes back is read.
    Mailbox,
    /// Recipients can unsubscribe with one click (RFC 8058).
    Unsubscribe,
}

impl ReadinessCheck {
    /// All links from the first to the last.
    pub const ALL: [Self; 9] = [
        Self::Account,
        Self::Sender,
        Self::Relay,
        Self::Spf,
        Self::Dkim,
        Self::Dmarc,
        Self::ReverseName,
        Self::Mailbox,
        Self::Unsubscribe,
    ];
}

/// How good a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    /// As it should be.
    Good,
    /// It cannot be known from here.
    Unknown,
    /// Mails arrive, but not everywhere or not always.
    Warning,
    /// Mails do not leave, or are refused or taken for forged.
    Bad,
}

/// What was found about a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Finding {
    /// The account sends.
    AccountSends,
    /// A person paused it.
    AccountPaused,
    /// It stopped itself.
    AccountInTrouble,
    /// Everything is held, whatever the account.
    EverythingHeld,
    /// Messages may leave under the sender.
    SenderUsable,
    /// The sender is no address that could be used.
    SenderUnusable,
    /// The relay takes mails from this sender.
    RelayTakes,
    /// It does, with a warning.
    RelayWarns(ProbeHint),
    /// It stopped at a step.
    RelayFails(ProbeStage, Option<ProbeHint>),
    /// The record names the relay.
    SpfCovers,
    /// There is no record.
    SpfMissing,
    /// There is one that does not name the address the relay was reached by; it may send from others.
    SpfElsewhere,
    /// There is one that receivers cannot use: two records, a wrong word, or more than ten questions.
    SpfBroken,
    /// Mails are signed, and DNS holds the key.
    DkimSigns,
    /// There is no key; only the relay may sign.
    DkimNone,
    /// There is a key that does not sign yet.
    DkimUnused,
    /// A key signs of which DNS says something else.
    DkimRecord(DkimFound),
    /// Forged mails are refused or set aside.
    DmarcProtects,
    /// Forged mails are only reported.
    DmarcWatches,
    /// There is no record.
    DmarcMissing,
    /// There is one that receivers cannot use.
    DmarcBroken,
    /// Neither the signature nor the return path belongs to the sender's domain, so that our own mails count as forged.
    DmarcUnaligned,
    /// The names of the relay's addresses lead back to them.
    NameMatches,
    /// An address of the relay has no name.
    NameMissing,
    /// The name of an address of the relay leads elsewhere.
    NameDiffers,
    /// The relay is on this machine or in a private network: from where it sends cannot be seen.
    NamePrivate,
    /// The bounce mailbox opens.
    MailboxOpens,
    /// There is none.
    MailboxMissing,
    /// It cannot be opened; where it ended.
    MailboxFails(MailboxStage),
    /// The link leads to a protected page, and mails are signed.
    UnsubscribeReady,
    /// Recipients do not reach the page, because the public address is not one of the internet with `https`.
    UnsubscribeUnreachable,
    /// Large mailboxes offer the button only in signed mails.
    UnsubscribeUnsigned,
    /// DNS did not answer.
    NoAnswer,
}

impl Finding {
    /// How good it is.
    pub fn grade(self) -> Grade {
        match self {
            Self::AccountSends
            | Self::SenderUsable
            | Self::RelayTakes
            | Self::SpfCovers
            | Self::DkimSigns
            | Self::DmarcProtects
            | Self::NameMatches
            | Self::MailboxOpens
            | Self::UnsubscribeReady => Grade::Good,
            Self::NamePrivate | Self::NoAnswer | Self::DkimRecord(DkimFound::NoAnswer) => Grade::Unknown,
            Self::RelayWarns(_)
            | Self::SpfElsewhere
            | Self::DkimNone
            | Self::DkimUnused
            | Self::DmarcWatches
            | Self::DmarcMissing
            | Self::NameMissing
            | Self::NameDiffers
            | Self::MailboxMissing
            | Self::UnsubscribeUnreachable
            | Self::UnsubscribeUnsigned => Grade::Warning,
            Self::AccountPaused
            | Self::AccountInTrouble
            | Self::EverythingHeld
            | Self::SenderUnusable
            | Self::RelayFails(..)
            | Self::SpfMissing
            | Self::SpfBroken
            | Self::DkimRecord(_)
            | Self::DmarcBroken
            | Self::DmarcUnaligned
            | Self::MailboxFails(_) => Grade::Bad,
        }
    }
}

/// What was asked, and what the other side said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The question, such as `firma.sk TXT`.
    pub asked: String,
    /// The literal answer; untrusted text, empty when nothing is there.
    pub answer: String,
}

/// One link as it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readiness {
    /// Which link.
    pub check: ReadinessCheck,
    /// What was found.
    pub finding: Finding,
    /// What it is about: a domain, a host, an address.
    pub about: String,
    /// What was asked and answered.
    pub evidence: Vec<Evidence>,
    /// What to put into DNS, when that would mend it.
    pub record: Option<DnsRecord>,
}

/// The link that is missing: the first that is bad, or else the first that could be better.
pub fn missing_link(found: &[Readiness]) -> Option<&Readiness> {
    let first = |grade: Grade| found.iter().filter(|it| it.finding.grade() == grade).min_by_key(|it| it.check);
    first(Grade::Bad).or_else(|| first(Grade::Warning))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(check: ReadinessCheck, finding: Finding) -> Readiness {
        Readiness { check, finding, about: String::new(), evidence: Vec::new(), record: None }
    }

    #[test]
    fn the_missing_link_is_the_first_bad_one_and_only_then_a_weak_one() {
        let weak = found(ReadinessCheck::Relay, Finding::RelayWarns(ProbeHint::PasswordInClear));
        let bad = found(ReadinessCheck::Dkim, Finding::DkimRecord(DkimFound::Missing));
        let good = found(ReadinessCheck::Account, Finding::AccountSends);
        let later = found(ReadinessCheck::Dmarc, Finding::DmarcBroken);
        let link = |found: &[Readiness]| missing_link(found).map(|it| it.check);
        assert_eq!(link(&[good.clone(), weak.clone(), later, bad]), Some(ReadinessCheck::Dkim));
        assert_eq!(link(&[weak, good.clone()]), Some(ReadinessCheck::Relay));
        assert_eq!(link(&[good, found(ReadinessCheck::ReverseName, Finding::NamePrivate)]), None);
    }

    #[test]
    fn a_silent_dns_condemns_nobody() {
        assert_eq!(Finding::NoAnswer.grade(), Grade::Unknown);
        assert_eq!(Finding::DkimRecord(DkimFound::NoAnswer).grade(), Grade::Unknown);
        assert_eq!(Finding::DkimRecord(DkimFound::Missing).grade(), Grade::Bad);
    }
}
