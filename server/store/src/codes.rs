//! How the closed sets of the model are written into the database.

use model::{
    AttemptOutcome, Channel, ContactKind, DeliveredRole, DeliveryState, Density, HomeCountry, Language, MessageState, Nature,
    Origin, Security, Theme, UserState, message,
};

use crate::error::Error;

/// A value that is stored as a word.
pub(crate) trait Code: Sized + Copy {
    /// The word.
    fn code(self) -> &'static str;

    /// The value of the word.
    fn from_code(code: &str) -> Result<Self, Error>;
}

macro_rules! codes {
    ($($name:ty { $($value:ident = $code:literal),+ $(,)? })+) => {$(
        impl Code for $name {
            fn code(self) -> &'static str {
                match self {
                    $(<$name>::$value => $code,)+
                }
            }

            fn from_code(code: &str) -> Result<Self, Error> {
                match code {
                    $($code => Ok(<$name>::$value),)+
                    _ => Err(Error::UnknownCode(code.to_owned())),
                }
            }
        }
    )+};
}

codes! {
    Channel { Email = "email", Sms = "sms" }
    Origin { Manual = "manual", Campaign = "campaign", Notification = "notification", Resend = "resend", Test = "test", Api = "api" }
    MessageState {
        Draft = "draft", Prepared = "prepared", Queued = "queued", Sent = "sent", PartlySent = "partly_sent", Failed = "failed",
        Cancelled = "cancelled",
    }
    DeliveryState {
        Waiting = "waiting", Leased = "leased", Handed = "handed", Accepted = "accepted", Delivered = "delivered",
        Returned = "returned", Rejected = "rejected", Unknown = "unknown", Suppressed = "suppressed", Cancelled = "cancelled",
        Expired = "expired",
    }
    AttemptOutcome { Accepted = "accepted", Deferred = "deferred", Rejected = "rejected", Unknown = "unknown" }
    message::Role { To = "to", Cc = "cc", Bcc = "bcc" }
    Nature { Person = "person", Company = "company" }
    ContactKind { Client = "client", Partner = "partner", Employee = "employee", Other = "other" }
    Language { Sk = "sk", Cs = "cs", En = "en" }
    Theme { System = "system", Light = "light", Dark = "dark" }
    Density { Compact = "compact", Normal = "normal", Comfortable = "comfortable" }
    HomeCountry { Slovakia = "sk", Czechia = "cz" }
    Security { None = "none", StartTls = "starttls", Tls = "tls" }
    UserState { Invited = "invited", Active = "active", Disabled = "disabled", System = "system" }
    DeliveredRole { Administrator = "administrator", Manager = "manager", Writer = "writer", Reader = "reader" }
}
