//! What a gateway tells later about messages it took.

use std::fmt;

use model::PhoneNumber;
use serde::{Deserialize, Serialize};

use super::{Amount, Reference, SmsState};

/// The gateway's own name of a segment, or of a whole message where it does not tell segments apart. Any text, at most 200 bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SegmentId(String);

impl SegmentId {
    /// Takes a gateway's name; nothing if it is empty or longer than any honest one.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty() && text.len() <= 200).then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SegmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One word of a gateway about one segment. Everything in it is what the gateway says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Receipt {
    /// The gateway's name of the segment.
    pub segment: Option<SegmentId>,
    /// Our own name of the delivery, where the gateway keeps it.
    pub reference: Option<Reference>,
    /// Where the message went.
    pub recipient: Option<PhoneNumber>,
    /// Which segment it is, from 1.
    pub number: Option<u32>,
    /// How far the segment has come; nothing if the gateway's word for it is not known here.
    pub state: Option<SmsState>,
    /// The gateway's word for it, literally.
    pub word: String,
    /// When that happened, Unix milliseconds.
    pub at: Option<i64>,
    /// When the gateway sent it on, Unix milliseconds.
    pub sent_at: Option<i64>,
    /// What it cost.
    pub price: Option<Amount>,
    /// Whose network carried it.
    pub carrier: Option<String>,
    /// Why it failed, in the gateway's words.
    pub error: Option<String>,
}

/// What a gateway can be asked about messages it took.
#[derive(Clone, Copy, Debug)]
pub enum Question<'a> {
    /// How far these have come.
    Segments(&'a [SegmentId]),
    /// How far everything of one request has come.
    Group(&'a str),
    /// What has changed since it was asked last. The gateway tells each change under one key only: ask under a new key once the answer
    /// is stored, and under the same one as long as it is not.
    Changes(&'a Reference),
    /// Whether it has these deliveries at all, and how far they have come. This closes *unknown*.
    References(&'a [Reference]),
}

/// What the gateway answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polled {
    /// What it told.
    pub receipts: Vec<Receipt>,
    /// What somebody sent to us, where it comes over the same connection.
    pub incoming: Vec<IncomingSms>,
    /// What it was asked for and has never heard of. Of a reference this proves, some time after the try, that the message was not taken.
    pub strangers: Vec<String>,
}

/// A text that somebody sent to us.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IncomingSms {
    /// The gateway's name of it.
    pub id: String,
    /// Who sent it: a number or a name.
    pub sender: String,
    /// Our number it was sent to.
    pub recipient: String,
    /// The text, untrusted.
    pub text: String,
    /// When it came, Unix milliseconds.
    pub at: Option<i64>,
}

/// Reads a number of a gateway, which may lack its `+`.
pub(crate) fn number(text: &str) -> Option<PhoneNumber> {
    let digits = text.trim().trim_start_matches('+').trim_start_matches("00");
    PhoneNumber::parse(&format!("+{digits}"), model::HomeCountry::default()).ok()
}
