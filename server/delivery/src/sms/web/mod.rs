//! Any gateway over HTTP, described by an administrator: a request with placeholders, and where in the answer things stand.
//!
//! The addresses are those an administrator has set, so they are reached wherever they lead; redirects are not followed, answers are
//! limited in size and time, and every value is escaped for the place it stands in.

mod asking;
mod fault;
mod pick;
mod presets;
mod reading;
mod settings;
mod template;

use secrecy::SecretString;

pub use fault::SettingsFault;
pub use pick::{Condition, Pick};
pub use presets::smsbrana;
pub use settings::{
    AlphabetWords, AnswerReading, BodyKind, BodyTemplate, CallbackReading, CreditQuestion, HttpSettings, Letters, Method,
    NumberForm, ReceiptReading, Refusal, RefusalMeaning, RequestTemplate, StatusQuestion, TimeForm, TimeReading,
};
pub use template::Secrets;

use self::{
    pick::{Finder, Subject, Test},
    reading::Reading,
    template::{Template, Values},
};
use super::{
    Callbacks, Cause, Polls, ReferenceUse, SegmentId, SenderRule, SmsCapabilities, SmsKind, SmsMessage, SmsOutcome,
    carry::{self, Heard},
    outcome::Answer,
};
use crate::{
    Phase, Trouble, TroubleKind,
    http::{HttpAnswer, HttpWay},
};

/// What a request that hands a message over may say.
const OF_MESSAGE: [&str; 8] = ["number", "text", "sender", "reference", "alphabet", "segments", "flash", "validity"];

/// A gateway over HTTP whose description is known to be right.
#[derive(Clone, Debug)]
pub struct HttpGateway {
    settings: HttpSettings,
    secrets: Secrets,
    callback_secret: Option<SecretString>,
    way: HttpWay,
    send: Template,
    success: Option<Test>,
    id: Option<Finder>,
    refusals: Vec<(Test, RefusalMeaning)>,
    status: Option<StatusWay>,
    credit: Option<(Template, Finder)>,
    callback: Option<Reading>,
}

#[derive(Clone, Debug)]
struct StatusWay {
    request: Template,
    receipts: Reading,
    stranger: Option<Test>,
}

impl HttpGateway {
    /// Makes a gateway of its description. Calls are listened to only with a secret that their address ends with.
    ///
    /// # Errors
    /// Says what of the description cannot be used.
    pub fn new(
        settings: HttpSettings,
        secrets: Secrets,
        callback_secret: Option<SecretString>,
        way: HttpWay,
    ) -> Result<Self, SettingsFault> {
        let answer = &settings.answer;
        if answer.success.is_none() && answer.id.is_none() {
            return Err(SettingsFault::Success);
        }
        let test = |it: &Condition, place| it.compile().ok_or(SettingsFault::Pick(place));
        let send = Template::new(&settings.send, &OF_MESSAGE, &secrets)?;
        if send.uses("sender") && settings.sender.is_none() {
            return Err(SettingsFault::Sender);
        }
        Ok(Self {
            success: answer.success.as_ref().map(|it| test(it, "the sign of success")).transpose()?,
            id: answer.id.as_ref().map(|it| it.compile().ok_or(SettingsFault::Pick("the id of a message"))).transpose()?,
            refusals: answer
                .refusals
                .iter()
                .map(|it| Ok((test(&it.when, "a refusal")?, it.means)))
                .collect::<Result<_, SettingsFault>>()?,
            status: settings.status.as_ref().map(|it| StatusWay::new(it, &secrets)).transpose()?,
            credit: match &settings.credit {
                Some(it) => Some((
                    Template::new(&it.request, &[], &secrets)?,
                    it.amount.compile().ok_or(SettingsFault::Pick("the credit"))?,
                )),
                None => None,
            },
            callback: settings.callback.as_ref().map(|it| Reading::new(&it.receipts)).transpose()?,
            send,
            settings,
            secrets,
            callback_secret,
            way,
        })
    }

    /// See [`SmsGateway::transmit`](super::SmsGateway::transmit).
    ///
    /// # Errors
    /// Gives back the error of `before_leaving`.
    pub async fn transmit<F, Fut, E>(&self, batch: &[SmsMessage], before_leaving: F) -> Result<Vec<SmsOutcome>, E>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<(), E>>,
    {
        let Some(message) = batch.first() else { return Ok(Vec::new()) };
        if self.settings.letters == Letters::Gsm && message.is_unicode() {
            let answer = Answer { words: "the text has letters that the gateway does not take".to_owned(), ..Answer::default() };
            return Ok(vec![SmsOutcome::refused(Cause::Text, answer)]);
        }
        let Some(request) = self.send.request(&self.values(message)) else {
            return Ok(vec![SmsOutcome::NotSent { trouble: unwritable() }]);
        };
        let gateway = carry::place(&request.url);
        Ok(vec![match carry::hand_over(&self.way, request, before_leaving).await? {
            Heard::Answer(heard) => self.outcome(message, &heard, &gateway),
            Heard::Unsent(trouble) => SmsOutcome::NotSent { trouble },
            Heard::Lost(trouble) => carry::lost(&trouble, &gateway, &message.reference),
        }])
    }

    fn values(&self, message: &SmsMessage) -> Values<'_> {
        let digits = message.digits();
        let number = match self.settings.number {
            NumberForm::Plus => format!("+{digits}"),
            NumberForm::Digits => digits.to_owned(),
            NumberForm::Zeros => format!("00{digits}"),
        };
        let words = &self.settings.alphabet;
        let alphabet = if message.is_unicode() { &words.unicode } else { &words.gsm };
        let sender = message.sender.as_ref().or(self.settings.sender.as_ref());
        let flash = if message.kind == SmsKind::Flash { "1" } else { "0" };
        let plain = vec![
            ("number", number),
            ("text", message.text.clone()),
            ("sender", sender.map(ToString::to_string).unwrap_or_default()),
            ("reference", message.reference.to_string()),
            ("alphabet", alphabet.clone()),
            ("segments", message.n_segments().to_string()),
            ("flash", flash.to_owned()),
            ("validity", message.validity.map(|it| it.to_string()).unwrap_or_default()),
        ];
        Values { secrets: &self.secrets, plain }
    }

    fn outcome(&self, message: &SmsMessage, heard: &HttpAnswer, gateway: &str) -> SmsOutcome {
        let subject = Subject::new(heard.status, &heard.body);
        let answer = self.answer(heard);
        let id = self.id.as_ref().and_then(|it| SegmentId::new(&it.of(&subject)?));
        let segments = Vec::from_iter(id.clone());
        match self.refusals.iter().find(|it| it.0.holds(&subject)) {
            Some((_, RefusalMeaning::NotTaken(cause))) => return SmsOutcome::refused(*cause, answer),
            Some((_, RefusalMeaning::TakenBefore)) => return SmsOutcome::Accepted { answer, segments, group: None },
            None => {}
        }
        let success = self.success.as_ref().map_or(id.is_some(), |it| it.holds(&subject));
        if (200..300).contains(&heard.status) && success {
            return SmsOutcome::Accepted { answer, segments, group: None };
        }
        let otherwise = self.settings.answer.otherwise.filter(|_| heard.status < 500);
        match otherwise.or_else(|| Cause::of_status(heard.status)) {
            Some(cause) => SmsOutcome::refused(cause, answer),
            None => carry::unsaid(answer, gateway, &message.reference),
        }
    }

    /// See [`SmsGateway::capabilities`](super::SmsGateway::capabilities).
    pub fn capabilities(&self) -> SmsCapabilities {
        let asks_by = |name| self.status.as_ref().is_some_and(|it| it.request.uses(name));
        let told = self.callback.iter().chain(self.status.as_ref().map(|it| &it.receipts)).any(|it| it.reference.is_some());
        let twice = self.refusals.iter().any(|it| it.1 == RefusalMeaning::TakenBefore);
        let reference = match self.send.uses("reference") {
            true if twice => ReferenceUse::NeverTwice,
            true if asks_by("reference") && self.status.as_ref().is_some_and(|it| it.stranger.is_some()) => ReferenceUse::Asked,
            true if told || asks_by("reference") => ReferenceUse::OnReceipts,
            _ => ReferenceUse::Ignored,
        };
        SmsCapabilities {
            batch: 1,
            segments: self.settings.segments,
            reference,
            polls: Polls { segments: asks_by("id"), references: asks_by("reference"), ..Polls::default() },
            callbacks: match (&self.callback, &self.callback_secret) {
                (Some(_), Some(_)) => Callbacks::Hints,
                _ => Callbacks::Never,
            },
            credit: self.credit.is_some(),
            flash: self.send.uses("flash"),
            unicode: self.settings.letters == Letters::Unicode,
            validity: self.send.uses("validity"),
            sender: if self.send.uses("sender") { SenderRule::NameOrNumber } else { SenderRule::Fixed },
        }
    }

    fn answer(&self, heard: &HttpAnswer) -> Answer {
        let secrets: Vec<&SecretString> = self.secrets.values().collect();
        Answer::new(u32::from(heard.status), "", &heard.body, &secrets)
    }
}

impl StatusWay {
    fn new(settings: &StatusQuestion, secrets: &Secrets) -> Result<Self, SettingsFault> {
        let request = Template::new(&settings.request, &["id", "reference"], secrets)?;
        if !request.uses("id") && !request.uses("reference") {
            return Err(SettingsFault::Question);
        }
        let stranger = settings.stranger.as_ref().map(|it| it.compile().ok_or(SettingsFault::Pick("the sign of a stranger")));
        Ok(Self { request, receipts: Reading::new(&settings.receipts)?, stranger: stranger.transpose()? })
    }
}

/// A value cannot stand where it should; trying again does not help.
fn unwritable() -> Trouble {
    Trouble::new(Phase::Sender, TroubleKind::UnsafeSetting, "a value cannot stand in a header or in the path")
}
