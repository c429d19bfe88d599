//! SMS gateways: handing texts over, hearing what became of them, and how much credit is left.
//!
//! A gateway answers in the words of [`Verdict`](crate::Verdict), like a relay. *Handed* is committed when the connection stands and
//! before the first byte of the request leaves; what is not answered after that is `Unknown` and ends by evidence: a receipt under our
//! own [`Reference`], the gateway's word that it never heard of it, or a person. Receipts come twice, late and in any order;
//! [`SmsState::step`] makes that harmless.

mod amount;
mod callback;
mod carry;
mod eurosms;
mod gateway;
mod gosms;
mod local_time;
mod message;
mod outcome;
mod receipt;
#[cfg(feature = "smpp")]
pub(crate) mod smpp;
pub mod web;

pub use amount::Amount;
pub use callback::{Acknowledgement, Callback, CallbackContent, CallbackFault, CallbackRequest};
pub use eurosms::{EuroSms, EuroSmsDigest, EuroSmsMode, EuroSmsSettings};
pub use gateway::{Callbacks, Polls, ReferenceUse, SenderRule, SmsCapabilities, SmsGateway};
pub use gosms::{GoSms, GoSmsMode, GoSmsSettings};
pub use local_time::GatewayZone;
pub use message::{NameFault, Reference, Sender, SmsKind, SmsMessage};
pub use model::sms::{SmsProgress, SmsState};
pub(crate) use outcome::cleaned;
pub use outcome::{Answer, AskFailure, Cause, SmsEvidence, SmsOutcome};
pub use receipt::{IncomingSms, Polled, Question, Receipt, SegmentId};
#[cfg(feature = "smpp")]
pub use smpp::{Bind, Encoding, LongText, Parted, Protection, ReceiptIds, Smpp, SmppLimits, SmppSettings};
pub use web::HttpGateway;
