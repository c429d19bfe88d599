//! How an administrator describes a gateway. Nothing in here is secret: secrets have names and stand elsewhere.

use serde::{Deserialize, Serialize};

use super::pick::{Condition, Pick};
use crate::sms::{Cause, GatewayZone, Sender, SmsState};

/// A gateway over HTTP that takes one message in a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpSettings {
    /// The request that hands a message over. Placeholders: `number`, `text`, `sender`, `reference`, `alphabet`, `segments`, `flash`,
    /// `validity`, `secret.NAME`, each in double braces.
    pub send: RequestTemplate,
    /// What the answer to it means.
    pub answer: AnswerReading,
    /// How to ask what became of a message.
    #[serde(default)]
    pub status: Option<StatusQuestion>,
    /// How to ask for the credit.
    #[serde(default)]
    pub credit: Option<CreditQuestion>,
    /// What the calls of the gateway mean.
    #[serde(default)]
    pub callback: Option<CallbackReading>,
    /// How numbers are written.
    #[serde(default)]
    pub number: NumberForm,
    /// What stands for the two alphabets in the placeholder `alphabet`.
    #[serde(default)]
    pub alphabet: AlphabetWords,
    /// Who texts come from that name no sender; without it, and without the placeholder, the gateway decides.
    #[serde(default)]
    pub sender: Option<Sender>,
    /// How many segments a text may have.
    #[serde(default = "segments")]
    pub segments: usize,
    /// Which letters texts may have; a text with others is refused here.
    #[serde(default)]
    pub letters: Letters,
}

/// Which letters a gateway takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Letters {
    /// Only those of GSM 03.38.
    Gsm,
    /// All.
    #[default]
    Unicode,
}

fn segments() -> usize {
    10
}

/// A request with placeholders, each of which is escaped for its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestTemplate {
    /// The method.
    #[serde(default)]
    pub method: Method,
    /// The address; scheme, host and port are without placeholders.
    pub url: String,
    /// More headers, name and value.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// The names of the secrets that hold user and password, where the gateway wants them in the basic scheme of RFC 7617.
    #[serde(default)]
    pub login: Option<(String, String)>,
    /// The body of a request that has one.
    #[serde(default)]
    pub body: Option<BodyTemplate>,
}

/// The method of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    #[default]
    Post,
    /// PUT.
    Put,
}

/// A body with placeholders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyTemplate {
    /// What it is, and so how values are escaped.
    pub kind: BodyKind,
    /// The text. In JSON, placeholders for texts stand inside the quotes.
    pub text: String,
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BodyKind {
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `application/json`.
    Json,
    /// `application/xml`.
    Xml,
}

/// How numbers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NumberForm {
    /// `+421903622237`.
    #[default]
    Plus,
    /// `421903622237`.
    Digits,
    /// `00421903622237`.
    Zeros,
}

/// What stands for the two alphabets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlphabetWords {
    /// GSM 03.38.
    pub gsm: String,
    /// Unicode.
    pub unicode: String,
}

impl Default for AlphabetWords {
    fn default() -> Self {
        Self { gsm: "0".to_owned(), unicode: "1".to_owned() }
    }
}

/// What an answer to a handed-over message means. Refusals are looked for first, then success; what is neither is unknown, unless its
/// status proves that the message was not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerReading {
    /// What an answer with a status of 2xx has to say to mean taken; without it, it has to name the message.
    #[serde(default)]
    pub success: Option<Condition>,
    /// Where the gateway's name of the message stands.
    #[serde(default)]
    pub id: Option<Pick>,
    /// What it says when it does not take a message; the first that fits counts.
    #[serde(default)]
    pub refusals: Vec<Refusal>,
    /// What everything else with a status below 500 means, where the gateway promises that it took nothing then.
    #[serde(default)]
    pub otherwise: Option<Cause>,
}

/// One way to say no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// How it is known.
    pub when: Condition,
    /// What it means.
    pub means: RefusalMeaning,
}

/// What a no means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RefusalMeaning {
    /// The message was not taken.
    NotTaken(Cause),
    /// A message with the same reference was taken before, so this one is with the gateway.
    TakenBefore,
}

/// How to ask what became of a message. Placeholders: `id` or `reference`, and `secret.NAME`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusQuestion {
    /// The request; whether it holds `id` or `reference` says by what it asks.
    pub request: RequestTemplate,
    /// What the answer means.
    pub receipts: ReceiptReading,
    /// How the gateway says that it has never heard of the message.
    #[serde(default)]
    pub stranger: Option<Condition>,
}

/// How to ask for the credit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditQuestion {
    /// The request. Placeholder: `secret.NAME`.
    pub request: RequestTemplate,
    /// Where the amount stands.
    pub amount: Pick,
}

/// What a call of the gateway means. Parameters of the query or of a form are an object of texts, so `/status` finds `status=…`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallbackReading {
    /// What it says about messages.
    pub receipts: ReceiptReading,
    /// The answer that the gateway wants to hear.
    #[serde(default = "ok")]
    pub acknowledgement: String,
}

fn ok() -> String {
    "OK".to_owned()
}

/// Where in an answer or a call the parts of a receipt stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptReading {
    /// The JSON pointer of a list of receipts; without it there is one. The other pointers begin at an item of the list.
    #[serde(default)]
    pub list: Option<String>,
    /// The gateway's name of the message.
    #[serde(default)]
    pub id: Option<Pick>,
    /// Our own name of the delivery.
    #[serde(default)]
    pub reference: Option<Pick>,
    /// The number.
    #[serde(default)]
    pub recipient: Option<Pick>,
    /// The gateway's word for how far it has come.
    pub state: Pick,
    /// What its words mean; a word that is not among them is kept and changes nothing.
    pub states: Vec<(String, SmsState)>,
    /// When it happened.
    #[serde(default)]
    pub at: Option<TimeReading>,
    /// What it cost.
    #[serde(default)]
    pub price: Option<Pick>,
    /// Why it failed.
    #[serde(default)]
    pub error: Option<Pick>,
}

/// Where a time stands and how it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeReading {
    /// Where it stands.
    pub pick: Pick,
    /// How it is written.
    pub form: TimeForm,
    /// Its zone, where it names none.
    #[serde(default)]
    pub zone: GatewayZone,
}

/// How a time is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimeForm {
    /// RFC 3339, with an offset.
    Rfc3339,
    /// Seconds since 1970.
    UnixSeconds,
    /// Milliseconds since 1970.
    UnixMilliseconds,
    /// A form of `strptime`, such as `%Y-%m-%d %H:%M:%S`.
    Form(String),
}
