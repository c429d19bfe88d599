//! GoSMS.cz: OAuth 2 with client credentials (RFC 6749 §4.4), one message in a request, its detail, a webhook with the same, credit.

mod detail;
mod token;

use std::sync::Arc;

use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use url::Url;

use super::{
    Acknowledgement, Amount, AskFailure, Callback, CallbackContent, CallbackFault, CallbackRequest, Callbacks, Cause, Polled,
    Polls, Question, ReferenceUse, SegmentId, SenderRule, SmsCapabilities, SmsMessage, SmsOutcome,
    carry::{self, Heard},
    outcome::Answer,
};
use crate::http::{HttpAnswer, HttpWay, Request};

/// Where an account at GoSMS is and who we are there.
#[derive(Clone, Debug)]
pub struct GoSmsSettings {
    /// The address of the gateway without any path: `https://app.gosms.cz`.
    pub base: String,
    /// The client id.
    pub client_id: String,
    /// The client secret.
    pub client_secret: SecretString,
    /// The number of the channel, which also says who texts come from.
    pub channel: u64,
    /// Whether texts really leave.
    pub mode: GoSmsMode,
    /// What the address of our webhook ends with; without it no webhook is listened to.
    pub callback_secret: Option<SecretString>,
    /// How the gateway is reached.
    pub way: HttpWay,
}

/// Whether texts really leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum GoSmsMode {
    /// They do, and they are charged.
    #[default]
    Live,
    /// The gateway only checks them.
    Test,
}

/// An account at GoSMS. Clones share the token.
#[derive(Clone, Debug)]
pub struct GoSms {
    settings: GoSmsSettings,
    base: Option<Url>,
    token: Arc<Mutex<Option<SecretString>>>,
}

impl GoSms {
    /// Makes a gateway of its settings; an address that cannot be used is reported by each request.
    pub fn new(settings: GoSmsSettings) -> Self {
        let base = carry::base(&settings.base);
        Self { settings, base, token: Arc::default() }
    }

    /// See [`SmsGateway::transmit`](super::SmsGateway::transmit). A token that has run out is renewed once.
    ///
    /// # Errors
    /// Gives back the error of `before_leaving`.
    pub async fn transmit<F, Fut, E>(&self, batch: &[SmsMessage], before_leaving: F) -> Result<Vec<SmsOutcome>, E>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<(), E>>,
    {
        let Some(message) = batch.first() else { return Ok(Vec::new()) };
        let request = match self.submission(message).await {
            Ok(request) => request,
            Err(failure) => return Ok(vec![not_taken(failure)]),
        };
        let gateway = carry::place(&request.url);
        let mut heard = carry::hand_over(&self.settings.way, request, before_leaving).await?;
        if matches!(&heard, Heard::Answer(answer) if answer.status == 401) {
            self.token.lock().await.take();
            let request = match self.submission(message).await {
                Ok(request) => request,
                Err(failure) => return Ok(vec![not_taken(failure)]),
            };
            heard = carry::hand_over(&self.settings.way, request, || std::future::ready(Ok(()))).await?;
        }
        Ok(vec![match heard {
            Heard::Answer(answer) => self.outcome(message, &answer, &gateway),
            Heard::Unsent(trouble) => SmsOutcome::NotSent { trouble },
            Heard::Lost(trouble) => carry::lost(&trouble, &gateway, &message.reference),
        }])
    }

    async fn submission(&self, message: &SmsMessage) -> Result<Request, AskFailure> {
        let path = match self.settings.mode {
            GoSmsMode::Live => "/api/v1/messages",
            GoSmsMode::Test => "/api/v1/messages/test",
        };
        let url = self.url(path)?;
        let body = json!({
            "message": message.text,
            "recipients": message.recipient.as_str(),
            "channel": self.settings.channel,
        });
        let token = self.token().await?;
        Ok(Request::post(url, "application/json", body.to_string().into_bytes()).accepting_json().bearing(&token))
    }

    fn outcome(&self, message: &SmsMessage, heard: &HttpAnswer, gateway: &str) -> SmsOutcome {
        let answer = self.answer(heard);
        let body = heard.json().unwrap_or(Value::Null);
        let taken = (200..300).contains(&heard.status) && body.is_object();
        let invalid = body["recipients"]["invalid"].as_array().is_some_and(|it| !it.is_empty());
        let id = body["link"].as_str().and_then(detail::id_of_link);
        match (taken, invalid, id) {
            (true, true, _) => SmsOutcome::refused(Cause::Number, answer),
            (true, false, Some(id)) => SmsOutcome::Accepted { answer, segments: vec![id], group: None },
            (true, false, None) if self.settings.mode == GoSmsMode::Test => {
                SmsOutcome::Accepted { answer, segments: Vec::new(), group: None }
            }
            _ => match refusal(heard, &answer) {
                Some(cause) => SmsOutcome::refused(cause, answer),
                None => carry::unsaid(answer, gateway, &message.reference),
            },
        }
    }

    /// See [`SmsGateway::poll`](super::SmsGateway::poll).
    ///
    /// # Errors
    /// Anything but segments was asked for, no answer came or the gateway refused.
    pub async fn poll(&self, question: Question<'_>) -> Result<Polled, AskFailure> {
        let Question::Segments(ids) = question else { return Err(AskFailure::NotSupported) };
        let mut polled = Polled::default();
        for id in ids {
            let heard = self.ask(&["api", "v1", "messages", id.as_str()]).await?;
            match heard.json() {
                _ if heard.status == 404 => polled.strangers.push(id.to_string()),
                Some(body) if heard.status == 200 => polled.receipts.extend(detail::receipts(&body, id)),
                _ => return Err(self.no(&heard)),
            }
        }
        Ok(polled)
    }

    /// See [`SmsGateway::parse_callback`](super::SmsGateway::parse_callback).
    ///
    /// # Errors
    /// The secret is wrong, or the call cannot be read.
    pub fn parse_callback(&self, request: &CallbackRequest<'_>) -> Result<Callback, CallbackFault> {
        request.admit(self.settings.callback_secret.as_ref())?;
        let body: Value = serde_json::from_slice(request.body).map_err(|_| CallbackFault::Unreadable)?;
        let link = body["links"]["self"].as_str().or_else(|| body["link"].as_str());
        let id: SegmentId = link.and_then(detail::id_of_link).ok_or(CallbackFault::Incomplete)?;
        let content = CallbackContent::Receipts(detail::receipts(&body, &id));
        Ok(Callback { content, acknowledgement: Acknowledgement::text("ok") })
    }

    /// Asks for the credit; it is below zero where the account is billed afterwards.
    ///
    /// # Errors
    /// No answer came, or one without a number.
    pub async fn credit(&self) -> Result<Amount, AskFailure> {
        let heard = self.ask(&["api", "v1", ""]).await?;
        let credit = heard.json().filter(|_| heard.status == 200).and_then(|it| Amount::of_json(&it["currentCredit"]));
        credit.ok_or_else(|| self.no(&heard))
    }

    /// See [`SmsGateway::capabilities`](super::SmsGateway::capabilities).
    pub fn capabilities(&self) -> SmsCapabilities {
        SmsCapabilities {
            batch: 1,
            segments: 10,
            reference: ReferenceUse::Ignored,
            polls: Polls { segments: true, ..Polls::default() },
            callbacks: if self.settings.callback_secret.is_some() { Callbacks::Hints } else { Callbacks::Never },
            credit: true,
            flash: false,
            unicode: true,
            validity: false,
            sender: SenderRule::Fixed,
        }
    }

    fn url(&self, path: &str) -> Result<Url, AskFailure> {
        carry::join(self.base.as_ref(), path).map_err(AskFailure::Trouble)
    }

    fn answer(&self, heard: &HttpAnswer) -> Answer {
        Answer::new(u32::from(heard.status), "", &heard.body, &[&self.settings.client_secret])
    }

    fn no(&self, heard: &HttpAnswer) -> AskFailure {
        carry::no(heard.status, self.answer(heard))
    }
}

/// The request could not even be written.
fn not_taken(failure: AskFailure) -> SmsOutcome {
    match failure {
        AskFailure::Trouble(trouble) => SmsOutcome::NotSent { trouble },
        AskFailure::Refused { cause, answer } => SmsOutcome::refused(cause, answer),
        AskFailure::NotSupported => SmsOutcome::refused(Cause::Settings, Answer::default()),
    }
}

/// What a refusal is about. Used-up credit has no code of its own, so it is known by its words: those messages must wait, not fail.
fn refusal(heard: &HttpAnswer, answer: &Answer) -> Option<Cause> {
    let words = answer.words.to_lowercase();
    match heard.status {
        400 | 409 | 422 if words.contains("credit") || words.contains("kredit") => Some(Cause::NoCredit),
        400 | 409 | 422 => Some(Cause::Refused),
        status => Cause::of_status(status),
    }
}
