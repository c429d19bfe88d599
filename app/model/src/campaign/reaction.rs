//! How people react to the mails of a campaign: whether the picture in them is loaded and which links are followed.
//!
//! It is measured only where the author asked for it, only in commercial mails, and by name only of those who agreed to be written to;
//! of all others nothing but totals is counted.

use serde::{Deserialize, Serialize};

use super::CampaignKind;
use crate::time::seconds;
use crate::{CampaignId, Channel, ContactId, Cursor, MessageId, Moment};

/// How soon behind the handover a reaction is that of a machine, in milliseconds: programs in front of mailboxes look at once.
pub const HASTE_MS: i64 = seconds(5);
/// Different links of one mail that are followed within so many milliseconds are followed by a machine.
pub const BURST_MS: i64 = seconds(2);
/// The same link followed again within so many milliseconds counts once.
pub const AGAIN_MS: i64 = seconds(10);

/// What is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Measure {
    /// Whether mails are opened.
    pub opens: bool,
    /// Which links are followed.
    pub clicks: bool,
}

/// What somebody did with a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reaction {
    /// Opened it.
    Opened,
    /// Followed a link.
    Clicked,
    /// Neither, as far as was measured.
    Nothing,
}

/// What a prepared message measures, as a review shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// Whether it is known whose reaction it is; otherwise only totals are counted.
    pub by_name: bool,
    /// Whether opening is noticed.
    pub opens: bool,
    /// Where the links lead that are counted.
    pub links: Vec<String>,
}

/// How people reacted to a campaign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reactions {
    /// What was measured.
    pub measure: Measure,
    /// How many got a mail whose reactions are known by name.
    pub named: u64,
    /// How many got one whose reactions are only counted.
    pub unnamed: u64,
    /// How many of the named opened it.
    pub opened: u64,
    /// How many of the named followed a link.
    pub clicked: u64,
    /// How many of the named did neither.
    pub silent: u64,
    /// How often mails were opened, by anybody.
    pub opens: u64,
    /// How often links were followed, by anybody.
    pub clicks: u64,
    /// How often machines did either; counted nowhere else.
    pub machines: u64,
    /// The links, the most followed first.
    pub links: Vec<LinkReactions>,
    /// Width of a point in milliseconds.
    pub step_ms: i64,
    /// What was counted over time, the earliest first; points at which nothing was are left out.
    pub flow: Vec<ReactionPoint>,
}

/// How often a link was followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkReactions {
    /// Where it leads; untrusted text.
    pub target: String,
    /// How many of the named followed it.
    pub people: u64,
    /// How often anybody did.
    pub clicks: u64,
}

/// What was counted within one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionPoint {
    /// When the step began.
    pub at: Moment,
    /// How often mails were opened.
    pub opens: u64,
    /// How often links were followed.
    pub clicks: u64,
}

/// A question for one page of those whose reactions are known by name, in the order of the audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionQuery {
    /// Whose.
    pub campaign: CampaignId,
    /// Who reacted like this.
    pub reaction: Reaction,
    /// Behind which row.
    pub after: Option<Cursor>,
}

/// Somebody whose reactions are known by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionRow {
    /// Place in the audience.
    pub place: i64,
    /// The message.
    pub message: Option<MessageId>,
    /// The contact.
    pub contact: Option<ContactId>,
    /// The name; may be empty.
    pub name: String,
    /// The address.
    pub address: String,
    /// How often the mail was opened.
    pub opens: u64,
    /// How often links were followed.
    pub clicks: u64,
    /// When the first reaction was.
    pub first_at: Option<Moment>,
    /// When the last one was.
    pub last_at: Option<Moment>,
}

impl Measure {
    /// Whether anything is measured.
    pub fn any(self) -> bool {
        self.opens || self.clicks
    }

    /// Whether a campaign may measure at all: only advertising by mail may; whoever must be told something is not watched reading it.
    pub fn is_allowed(kind: CampaignKind, channel: Channel) -> bool {
        kind == CampaignKind::Commercial && channel == Channel::Email
    }
}

impl Reaction {
    /// All of them in the order the screens offer them.
    pub const ALL: [Self; 3] = [Self::Opened, Self::Clicked, Self::Nothing];
}

/// Whether a program that asks for a link or a picture says of itself that no person sits behind it, by its `User-Agent` (RFC 9110
/// §10.1.5). Who asks without one is none either; nor is the bare `Mozilla/5.0` of Apple's mail privacy, which loads every picture.
pub fn is_machine(agent: &str) -> bool {
    const NAMES: [&str; 22] = [
        "axios",
        "barracuda",
        "crawler",
        "curl/",
        "facebookexternalhit",
        "go-http-client",
        "headlesschrome",
        "http-client",
        "java/",
        "libwww-perl",
        "mimecast",
        "monitor",
        "node-fetch",
        "preview",
        "proofpoint",
        "python",
        "safelinks",
        "scanner",
        "spider",
        "urlscan",
        "wget/",
        "whatsapp",
    ];
    let agent = agent.trim().to_ascii_lowercase();
    agent.is_empty() || agent == "mozilla/5.0" || NAMES.iter().any(|it| agent.contains(it)) || names_a_bot(&agent)
}

/// Whether a word ends in `bot`; the phones named Cubot are none.
fn names_a_bot(agent: &str) -> bool {
    let mut words = agent.split(|it: char| !it.is_ascii_alphanumeric());
    words.any(|it| it.ends_with("bot") && it != "cubot")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_advertising_by_mail_may_measure() {
        assert!(Measure::is_allowed(CampaignKind::Commercial, Channel::Email));
        assert!(!Measure::is_allowed(CampaignKind::Service, Channel::Email));
        assert!(!Measure::is_allowed(CampaignKind::Commercial, Channel::Sms));
    }

    #[test]
    fn machines_are_known_by_what_they_say_of_themselves() {
        for agent in [
            "",
            "Mozilla/5.0",
            "curl/8.5.0",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (compatible; bingbot/2.0)",
            "python-requests/2.31",
            "Slackbot-LinkExpanding 1.0",
            "BarracudaCentral URL Scanner",
        ] {
            assert!(is_machine(agent), "{agent}");
        }
        for agent in [
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
            "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        ] {
            assert!(!is_machine(agent), "{agent}");
        }
    }
}
