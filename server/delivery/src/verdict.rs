//! What an answer or a trouble asks of the sender: one closed list that the queue acts on.

use serde::{Deserialize, Serialize};

use crate::{Phase, Reply, ReplyClass, Trouble, TroubleKind};

/// What to do next. The first half is about the one message, the second about the whole account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// The message is with the relay.
    Accepted,
    /// Nobody knows; a person or evidence decides. Never repeat by yourself.
    Unknown,
    /// Try this message later; it counts as an attempt.
    MessageLater,
    /// Never try this message again.
    MessageNever,
    /// Never try this message again, and do not write to this address: there is no such mailbox.
    AddressBad,
    /// Nothing was attempted: take a fresh connection and try the message again at once. It comes at most twice in a row, if every
    /// connection of an account is opened by the same [`Relay`](crate::Relay) or its clones.
    AtOnce,
    /// Try this message later (an attempt), and send more slowly through this account.
    AccountSlower,
    /// The relay cannot be used now; wait and connect again later. No attempt of the message.
    AccountUnreachable,
    /// Stop the account until a person has looked: repeating cannot help and may lock it. No attempt of the message.
    AccountStopped,
}

/// The sender or the login is refused for every message, whichever phase says so (Gmail and Microsoft 365 say it late).
const ACCOUNT_STOPPED: [(u8, u16, u16); 13] = [
    (5, 1, 8),
    (5, 2, 252),
    (5, 7, 3),
    (5, 7, 8),
    (5, 7, 9),
    (5, 7, 14),
    (5, 7, 30),
    (5, 7, 57),
    (5, 7, 60),
    (5, 7, 139),
    (5, 7, 705),
    (5, 7, 708),
    (5, 7, 750),
];

/// A quota of the account is used up, although the code says never (Gmail daily limit, Microsoft 365 tenant limits).
const ACCOUNT_SLOWER: [(u8, u16, u16); 3] = [(5, 4, 5), (5, 7, 232), (5, 7, 233)];

/// RFC 3463 §3.2 and RFC 7505: the address or its domain does not exist or takes no mail.
const ADDRESS_BAD: [(u8, u16, u16); 6] = [(5, 1, 1), (5, 1, 2), (5, 1, 3), (5, 1, 6), (5, 1, 10), (5, 2, 1)];

/// Words by which relays without enhanced codes say that there is no such mailbox.
const UNKNOWN_MAILBOX: [&str; 10] = [
    "user unknown",
    "unknown user",
    "no such user",
    "no such recipient",
    "no such mailbox",
    "unknown recipient",
    "recipient unknown",
    "invalid recipient",
    "does not exist",
    "mailbox not found",
];

/// Words by which relays say that they do not carry mail for us.
const RELAYING_DENIED: [&str; 5] =
    ["relay access denied", "relaying denied", "relay not permitted", "unable to relay", "rcpthosts"];

impl Verdict {
    /// Reads what an answer in `phase` asks for.
    pub fn of_reply(phase: Phase, reply: &Reply) -> Self {
        match reply.class() {
            ReplyClass::Accepted | ReplyClass::GoOn if phase == Phase::FinalDot => Self::Accepted,
            ReplyClass::Accepted | ReplyClass::GoOn => Self::MessageLater,
            _ if matches!(reply.code, 530 | 535) || reply.has(&ACCOUNT_STOPPED) => Self::AccountStopped,
            _ if reply.code == 421 || reply.has(&ACCOUNT_SLOWER) => Self::AccountSlower,
            ReplyClass::Later => Self::of_later(phase, reply),
            ReplyClass::Never => Self::of_never(phase, reply),
        }
    }

    /// 4xx: what says it decides whether the recipient, the relay or the login is not ready.
    fn of_later(phase: Phase, reply: &Reply) -> Self {
        match phase {
            Phase::StartTls | Phase::Login => Self::AccountUnreachable,
            Phase::Recipient | Phase::Data | Phase::Body | Phase::FinalDot => {
                let greylisted = reply.says("greylist") || reply.says("graylist");
                let crowded = reply.code == 452 && matches!(reply.subject(), None | Some(5));
                let limited = reply.code == 454 || reply.subject() == Some(7) || (phase == Phase::Recipient && crowded);
                if limited && !greylisted { Self::AccountSlower } else { Self::MessageLater }
            }
            _ => Self::AccountSlower,
        }
    }

    /// 5xx: before MAIL it is about us, at MAIL about our sender, later about this message.
    fn of_never(phase: Phase, reply: &Reply) -> Self {
        match phase {
            Phase::Greeting | Phase::StartTls => Self::AccountUnreachable,
            Phase::Sender if reply.code == 552 || matches!(reply.subject(), Some(2 | 3 | 6)) => Self::MessageNever,
            Phase::Recipient | Phase::Data | Phase::Body | Phase::FinalDot => Self::of_refused_message(phase, reply),
            _ => Self::AccountStopped,
        }
    }

    fn of_refused_message(phase: Phase, reply: &Reply) -> Self {
        if reply.has(&ADDRESS_BAD) {
            return Self::AddressBad;
        }
        if phase != Phase::Recipient {
            return Self::MessageNever;
        }
        if RELAYING_DENIED.iter().any(|words| reply.says(words)) {
            return Self::AccountStopped;
        }
        let unknown = reply.enhanced.is_none() && UNKNOWN_MAILBOX.iter().any(|words| reply.says(words));
        if unknown || matches!(reply.code, 551 | 556) { Self::AddressBad } else { Self::MessageNever }
    }

    /// Reads what a trouble asks for.
    pub(crate) fn of_trouble(trouble: &Trouble) -> Self {
        match (trouble.kind, &trouble.reply) {
            (TroubleKind::Answered | TroubleKind::TokenRefused, Some(reply)) => Self::of_reply(trouble.phase, reply),
            (TroubleKind::Stale | TroubleKind::PipeliningBroken, _) => Self::AtOnce,
            (TroubleKind::TooBig | TroubleKind::EightBitNotOffered, _) => Self::MessageNever,
            (TroubleKind::UnsafeSetting, _) if trouble.phase == Phase::Sender => Self::MessageNever,
            (
                TroubleKind::LoginNotOffered
                | TroubleKind::LoginMethodMissing
                | TroubleKind::UnsafeSetting
                | TroubleKind::ConsentEnded,
                _,
            ) => Self::AccountStopped,
            // What breaks off in the middle of a message may be this message's doing: count it, or it would block the queue for ever.
            _ if matches!(trouble.phase, Phase::Recipient | Phase::Data | Phase::Body) => Self::MessageLater,
            // Unreachable, insecure or confused relays may recover without a person, and asking again harms nobody.
            _ => Self::AccountUnreachable,
        }
    }

    /// Whether the verdict is about the account, not about the one message.
    pub fn is_about_account(self) -> bool {
        matches!(self, Self::AccountSlower | Self::AccountUnreachable | Self::AccountStopped)
    }

    /// Whether the message was attempted, so that its attempts are counted.
    pub fn is_attempt(self) -> bool {
        !matches!(self, Self::AtOnce | Self::AccountUnreachable | Self::AccountStopped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(phase: Phase, text: &str) -> Verdict {
        let (code, words) = text.split_once(' ').unwrap();
        Verdict::of_reply(phase, &Reply::new(code.parse().unwrap(), [words]))
    }

    #[test]
    fn answers_ask_for_what_they_mean() {
        use Phase::{Data, FinalDot, Greeting, Hello, Login, Recipient, Sender, StartTls};
        use Verdict::*;
        for (phase, text, expected) in [
            (FinalDot, "250 2.0.0 queued", Accepted),
            (FinalDot, "421 4.3.0 closing", AccountSlower),
            (FinalDot, "451 4.3.0 try again", MessageLater),
            (FinalDot, "451 4.7.1 rate", AccountSlower),
            (FinalDot, "452 4.3.1 no space", MessageLater),
            (FinalDot, "554 5.7.1 spam", MessageNever),
            (FinalDot, "550 5.1.1 gone", AddressBad),
            (FinalDot, "550 5.4.5 Daily user sending limit exceeded", AccountSlower),
            (FinalDot, "554 5.2.252 SendAsDenied", AccountStopped),
            (FinalDot, "550 no such user", MessageNever),
            (Data, "554 no", MessageNever),
            (Recipient, "450 4.2.0 Greylisted", MessageLater),
            (Recipient, "451 4.7.1 Greylisting in action", MessageLater),
            (Recipient, "451 4.7.1 too fast", AccountSlower),
            (Recipient, "452 4.5.3 too many", AccountSlower),
            (Recipient, "452 4.2.2 mailbox full", MessageLater),
            (Recipient, "421 4.7.0 bye", AccountSlower),
            (Recipient, "550 5.1.1 unknown", AddressBad),
            (Recipient, "550 No such user here", AddressBad),
            (Recipient, "550 5.7.1 No such user policy", MessageNever),
            (Recipient, "551 not local", AddressBad),
            (Recipient, "556 5.1.10 null MX", AddressBad),
            (Recipient, "552 5.2.2 full", MessageNever),
            (Recipient, "554 5.7.1 <x>: Relay access denied", AccountStopped),
            (Recipient, "530 5.7.0 Authentication required", AccountStopped),
            (Sender, "530 5.7.0 Must issue STARTTLS", AccountStopped),
            (Sender, "550 5.7.60 not allowed to send as", AccountStopped),
            (Sender, "553 5.7.1 not owned by user", AccountStopped),
            (Sender, "552 5.3.4 too big", MessageNever),
            (Sender, "451 4.3.0 later", AccountSlower),
            (Login, "535 5.7.8 bad", AccountStopped),
            (Login, "454 4.7.0 temporary", AccountUnreachable),
            (Login, "534 5.7.9 app password", AccountStopped),
            (StartTls, "454 TLS not available", AccountUnreachable),
            (Greeting, "554 no service", AccountUnreachable),
            (Greeting, "421 busy", AccountSlower),
            (Hello, "550 bad name", AccountStopped),
        ] {
            assert_eq!(verdict(phase, text), expected, "{phase:?} {text}");
        }
    }

    #[test]
    fn a_drop_inside_a_message_counts_and_a_drop_before_does_not() {
        let drop = |phase| Trouble::new(phase, TroubleKind::Closed, "").verdict();
        assert_eq!(drop(Phase::Body), Verdict::MessageLater);
        assert_eq!(drop(Phase::Sender), Verdict::AccountUnreachable);
        assert!(Verdict::MessageLater.is_attempt() && !Verdict::AccountUnreachable.is_attempt() && !Verdict::AtOnce.is_attempt());
    }

    #[test]
    fn settings_that_cannot_be_sent_stop_the_account_and_envelopes_the_message() {
        let unsafe_at = |phase| Trouble::new(phase, TroubleKind::UnsafeSetting, "").verdict();
        assert_eq!(unsafe_at(Phase::Hello), Verdict::AccountStopped);
        assert_eq!(unsafe_at(Phase::Sender), Verdict::MessageNever);
    }
}
