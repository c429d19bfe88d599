//! Accounts for text messages: which gateway, under which name, what a part costs and how little credit is too little.

mod check;
mod smpp;
mod state;

use serde::{Deserialize, Serialize};

pub use check::is_sender;
pub use smpp::{
    ENQUIRE_MAX, SmppBind, SmppCentre, SmppEncoding, SmppLongText, SmppNumbering, SmppReceiptIds, SmppZone, VALIDITY_MAX,
    WINDOW_MAX,
};
pub use state::{SmsProgress, SmsState};

use crate::{Decimal, HomeCountry, Moment, NoticeTo, Pace};

/// The greatest number of parts that any account allows.
pub const PARTS_MAX: u8 = 10;
/// The greatest length of the description of a gateway in bytes.
pub const DESCRIPTION_MAX: u32 = 20_000;
/// The most secrets that a gateway may want.
pub const SECRETS_MAX: usize = 10;
/// Where EuroSMS is.
pub const EUROSMS: &str = "https://as.eurosms.com";
/// Where GoSMS is.
pub const GOSMS: &str = "https://app.gosms.cz";

/// Which gateway carries text messages and who we are there. Secrets are not part of it: they are written and never shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SmsGateway {
    /// Keeps what would have left and shows it in a mailbox page.
    Capture,
    /// EuroSMS, version 3 of its interface. Secret: `key`.
    EuroSms {
        /// Its address without a path.
        base: String,
        /// The integration id, like `1-ABCDEF`.
        id: String,
        /// Whether it only answers, delivers nothing and charges nothing.
        is_test: bool,
    },
    /// GoSMS.cz. Secret: `client_secret`.
    GoSms {
        /// Its address without a path.
        base: String,
        /// The client id.
        client_id: String,
        /// The number of the channel, which also says who texts come from.
        channel: u64,
        /// Whether texts are only checked.
        is_test: bool,
    },
    /// Any gateway over HTTP as an administrator describes it. Secrets: as the description names them.
    Http {
        /// The description in JSON.
        description: String,
    },
    /// A message centre that speaks SMPP 3.4. Secret: `password`.
    Smpp(Box<SmppCentre>),
}

/// The kind of a gateway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SmsGatewayKind {
    /// See [`SmsGateway::EuroSms`].
    #[default]
    EuroSms,
    /// See [`SmsGateway::GoSms`].
    GoSms,
    /// See [`SmsGateway::Http`].
    Http,
    /// See [`SmsGateway::Smpp`].
    Smpp,
    /// See [`SmsGateway::Capture`].
    Capture,
}

impl SmsGatewayKind {
    /// All kinds, in the order the screens offer them.
    pub const ALL: [Self; 5] = [Self::EuroSms, Self::GoSms, Self::Http, Self::Smpp, Self::Capture];
}

impl SmsGateway {
    /// Its kind.
    pub fn kind(&self) -> SmsGatewayKind {
        match self {
            Self::Capture => SmsGatewayKind::Capture,
            Self::EuroSms { .. } => SmsGatewayKind::EuroSms,
            Self::GoSms { .. } => SmsGatewayKind::GoSms,
            Self::Http { .. } => SmsGatewayKind::Http,
            Self::Smpp(_) => SmsGatewayKind::Smpp,
        }
    }

    /// The names of the secrets it wants, each once, in their order.
    pub fn secrets(&self) -> Vec<String> {
        match self {
            Self::Capture => Vec::new(),
            Self::EuroSms { .. } => vec!["key".to_owned()],
            Self::GoSms { .. } => vec!["client_secret".to_owned()],
            Self::Http { description } => named_secrets(description),
            Self::Smpp(_) => vec!["password".to_owned()],
        }
    }

    /// Where secrets are sent to: they must not be given away to another place.
    pub fn place(&self) -> String {
        match self {
            Self::Capture => String::new(),
            Self::EuroSms { base, .. } | Self::GoSms { base, .. } => base.trim().trim_end_matches('/').to_ascii_lowercase(),
            Self::Http { description } => description.clone(),
            Self::Smpp(centre) => centre.place(),
        }
    }
}

/// What a description calls `secret.NAME`, in placeholders and where it names a login.
fn named_secrets(description: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in description.split("secret.").skip(1) {
        let name: String = piece.chars().take_while(|it| it.is_ascii_alphanumeric() || *it == '_').collect();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// How an account sends text messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsSettings {
    /// The gateway.
    pub gateway: SmsGateway,
    /// Who texts come from: up to 11 letters, digits, spaces, `-` and `.`, or a number. Empty leaves it to the gateway.
    pub sender: String,
    /// Whose numbers may be typed without a country code.
    pub home: HomeCountry,
    /// How many parts a text may have, 1 … 10.
    pub parts_max: u8,
    /// What a part costs, in the gateway's unit; nothing when it is not known.
    pub price: Option<Decimal>,
    /// Below this credit the administrator is warned.
    pub warn_below: Option<Decimal>,
    /// At this credit and below nothing leaves until it is topped up.
    pub stop_below: Option<Decimal>,
    /// Who gets a mail when the credit falls below one of the limits.
    #[serde(default)]
    pub notify: NoticeTo,
}

/// What is known about the credit of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CreditLevel {
    /// There is enough, or nobody knows.
    #[default]
    Enough,
    /// It is below what the administrator wants to be warned of.
    Low,
    /// Nothing leaves until it is topped up.
    Stopped,
}

/// How an account for text messages stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsStanding {
    /// The credit in the gateway's unit, when it was told last.
    pub credit: Option<Decimal>,
    /// When that was.
    pub credit_at: Option<Moment>,
    /// What that means.
    pub level: CreditLevel,
    /// Why the gateway could not be asked the last time; its words, empty when it could.
    pub trouble: String,
    /// The names of the secrets that are stored.
    pub secrets: Vec<String>,
    /// The address that the gateway calls with receipts; only who manages accounts sees it.
    pub callback_url: String,
}

/// What is typed to make or change an account for text messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsAccountDraft {
    /// Name among colleagues.
    pub name: String,
    /// How it sends.
    pub settings: SmsSettings,
    /// New secrets, name and value; those that are not named stay as they are.
    pub secrets: Vec<(String, String)>,
    /// Messages per hour at most, 1 … 1,000,000; nothing means without limit.
    pub hourly_limit: Option<u32>,
    /// What it keeps to beside that; nothing leaves outside its window.
    pub pace: Pace,
}

/// What a gateway answered when it was asked for the credit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsProbe {
    /// The credit; nothing when the gateway does not tell any.
    pub credit: Option<Decimal>,
    /// Why it could not be asked; its words.
    pub trouble: Option<String>,
    /// Whether it says by itself what becomes of messages.
    pub calls: bool,
    /// Whether it can be asked what became of messages.
    pub answers: bool,
    /// Whether a connection to it is kept.
    pub is_kept: bool,
}

/// How far one part of a text message has come, as the gateway told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsPart {
    /// Counts from 1.
    pub number: u32,
    /// How far it has come.
    pub state: SmsState,
    /// The gateway's word for it.
    pub word: String,
    /// When that happened.
    pub at: Option<Moment>,
    /// What it cost, in the gateway's unit.
    pub price: Option<Decimal>,
    /// Whose network carried it; may be empty.
    pub carrier: String,
    /// Why it failed, in the gateway's words; may be empty.
    pub error: String,
}

impl SmsSettings {
    /// Settings of a new account.
    pub fn new(gateway: SmsGateway) -> Self {
        Self {
            gateway,
            sender: String::new(),
            home: HomeCountry::default(),
            parts_max: 4,
            price: None,
            warn_below: None,
            stop_below: None,
            notify: NoticeTo::default(),
        }
    }

    /// What so much credit means.
    pub fn level(&self, credit: Decimal) -> CreditLevel {
        if self.stop_below.is_some_and(|it| credit <= it) {
            CreditLevel::Stopped
        } else if self.warn_below.is_some_and(|it| credit < it) {
            CreditLevel::Low
        } else {
            CreditLevel::Enough
        }
    }

    /// What somebody is to be told next about the credit, after `told` was told: the level itself when it is worse. When it is better, a
    /// limit can be crossed anew only after the credit was a tenth above it, so that one that hovers about a limit makes no mail each hour.
    /// Where only the gateway knows when nothing is left, it can be crossed anew only after a text was taken; see [`Self::tells_its_end`].
    pub fn to_tell(&self, told: CreditLevel, level: CreditLevel, credit: Option<Decimal>) -> CreditLevel {
        let is_clear_of = |limit: Option<Decimal>| match (limit, credit) {
            (Some(limit), Some(credit)) => limit.0.saturating_add(limit.0.abs() / 10) < credit.0,
            _ => true,
        };
        if told <= level {
            level
        } else if told == CreditLevel::Stopped && !self.tells_its_end(credit) {
            told
        } else if level == CreditLevel::Enough && is_clear_of(self.warn_below) && is_clear_of(self.stop_below) {
            CreditLevel::Enough
        } else if told == CreditLevel::Stopped && is_clear_of(self.stop_below) {
            CreditLevel::Low
        } else {
            told
        }
    }

    /// Whether it follows from the credit when nothing leaves any more. Otherwise one learns it by a text that the gateway refuses.
    pub fn tells_its_end(&self, credit: Option<Decimal>) -> bool {
        self.stop_below.is_some() && credit.is_some()
    }

    /// Whether plain texts leave in Latin 1, so that some characters make them dear that are cheap elsewhere.
    pub fn writes_latin1(&self) -> bool {
        matches!(&self.gateway, SmsGateway::Smpp(it) if it.encoding == SmppEncoding::Latin1)
    }

    /// What so many parts cost.
    pub fn cost(&self, parts: u64) -> Option<Decimal> {
        let parts = i64::try_from(parts).ok()?;
        self.price.and_then(|it| it.0.checked_mul(parts)).map(Decimal)
    }
}

#[cfg(test)]
mod tests;
