//! EuroSMS, version 3 of its HTTP interface ("SMS API v3.1.15"): one, one to many, many to many; status, callback, credit.

mod answer;
mod callback;
mod sign;
mod status;
mod submission;

use secrecy::SecretString;
use url::Url;

pub use sign::EuroSmsDigest;

use super::{
    Amount, AskFailure, Callbacks, Cause, Polls, ReferenceUse, Sender, SenderRule, SmsCapabilities, SmsMessage, SmsOutcome,
    carry::{self, Heard},
    outcome::Answer,
};
use crate::{
    Trouble,
    http::{HttpWay, Request},
};

/// How many messages a request may carry.
const BATCH: usize = 1000;
/// How many segments the gateway recommends at most.
const SEGMENTS: usize = 4;

/// Where an account at EuroSMS is and who we are there.
#[derive(Clone, Debug)]
pub struct EuroSmsSettings {
    /// The address of the gateway without the path of the interface: `https://as.eurosms.com`.
    pub base: String,
    /// The integration id, like `1-ABCDEF`.
    pub id: String,
    /// The integration key.
    pub key: SecretString,
    /// Who texts come from that name no sender.
    pub sender: Sender,
    /// By which digest requests are signed; the gateway finds out itself.
    pub digest: EuroSmsDigest,
    /// Whether texts really leave.
    pub mode: EuroSmsMode,
    /// What the address of our callback ends with; without it no callback is listened to.
    pub callback_secret: Option<SecretString>,
    /// How the gateway is reached.
    pub way: HttpWay,
}

/// Whether texts really leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EuroSmsMode {
    /// They do, and they are charged.
    #[default]
    Live,
    /// The gateway answers the same, delivers nothing and charges nothing.
    Test,
}

/// An account at EuroSMS.
#[derive(Clone, Debug)]
pub struct EuroSms {
    settings: EuroSmsSettings,
    base: Option<Url>,
}

impl EuroSms {
    /// Makes a gateway of its settings; an address that cannot be used is reported by each request.
    pub fn new(settings: EuroSmsSettings) -> Self {
        let base = carry::base(&settings.base);
        Self { settings, base }
    }

    /// See [`SmsGateway::transmit`](super::SmsGateway::transmit).
    ///
    /// A message alone with a validity goes as *one*, which carries a validity but not our reference. In a batch the validity is left to
    /// the gateway.
    ///
    /// # Errors
    /// Gives back the error of `before_leaving`.
    pub async fn transmit<F, Fut, E>(&self, batch: &[SmsMessage], before_leaving: F) -> Result<Vec<SmsOutcome>, E>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<(), E>>,
    {
        if batch.is_empty() {
            return Ok(Vec::new());
        }
        let submission = submission::of(&self.settings, batch);
        let url = match self.url(&submission.path) {
            Ok(url) => url,
            Err(trouble) => return Ok(carry::for_each(batch, |_| SmsOutcome::NotSent { trouble: trouble.clone() })),
        };
        let gateway = carry::place(&url);
        let request = Request::post(url, "application/json", submission.body).accepting_json();
        Ok(match carry::hand_over(&self.settings.way, request, before_leaving).await? {
            Heard::Answer(heard) => answer::outcomes(&self.settings, batch, submission.shape, &heard, &gateway),
            Heard::Unsent(trouble) => carry::for_each(batch, |_| SmsOutcome::NotSent { trouble: trouble.clone() }),
            Heard::Lost(trouble) => carry::for_each(batch, |it| carry::lost(&trouble, &gateway, it)),
        })
    }

    /// Asks for the credit (the interface of version 2 tells it; version 3 does not).
    ///
    /// # Errors
    /// No answer came, or one without a number.
    pub async fn credit(&self) -> Result<Amount, AskFailure> {
        let mut url = self.url("/api/v2/balance").map_err(AskFailure::Trouble)?;
        url.query_pairs_mut().append_pair("i", &self.settings.id);
        let heard = carry::ask(&self.settings.way, Request::get(url)).await?;
        let text = String::from_utf8_lossy(&heard.body);
        if let (200, Some(amount)) = (heard.status, Amount::parse(&text)) {
            return Ok(amount);
        }
        let answer = self.answer(heard.status, "", &heard.body);
        if text.contains("BAD_INT") {
            return Err(AskFailure::Refused { cause: Cause::Login, answer });
        }
        Err(carry::no(heard.status, answer))
    }

    /// See [`SmsGateway::capabilities`](super::SmsGateway::capabilities).
    pub fn capabilities(&self) -> SmsCapabilities {
        SmsCapabilities {
            batch: BATCH,
            segments: SEGMENTS,
            reference: ReferenceUse::OnReceipts,
            polls: Polls { segments: true, groups: true, changes: true, references: false },
            callbacks: if self.settings.callback_secret.is_some() { Callbacks::Hints } else { Callbacks::Never },
            credit: true,
            flash: false,
            unicode: true,
            validity: true,
            sender: SenderRule::NameOrNumber,
        }
    }

    fn url(&self, path: &str) -> Result<Url, Trouble> {
        carry::join(self.base.as_ref(), path)
    }

    fn answer(&self, status: u16, code: &str, words: &[u8]) -> Answer {
        Answer::new(u32::from(status), code, words, &[&self.settings.key])
    }
}
