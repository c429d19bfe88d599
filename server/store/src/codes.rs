//! How the closed sets of the model are written into the database.

use model::palette::ThingKind;
use model::{
    AddedHow, AfterReading, ApprovalState, ArchiveFault, ArchiveState, AttemptOutcome, BounceKind, BounceMatch, BouncedState,
    CampaignKind, CampaignState, Channel, Channels, ConsentState, ConsentWay, ContactKind, CreditLevel, DeliveredRole,
    DeliveryState, Density, DkimAlgorithm, DkimFound, DkimState, DomainMail, DuplicateReason, FieldKind, Gender, HomeCountry,
    Identity, ImportState, Language, ListOrigin, MailboxProtocol, MessageState, Nature, OauthFaultKind, OauthUse, ObtainedWay,
    OnHardBounce, Origin, Purpose, Relation, RetentionMode, RetentionState, Security, SmsState, SuppressionReason,
    SuppressionScope, SuppressionSource, Theme, UserState, ViewedList, WorkKind, message,
};

use crate::error::Error;

/// A value that is stored as a word.
pub trait Code: Sized + Copy {
    /// The word.
    fn code(self) -> &'static str;

    /// The value of the word.
    ///
    /// # Errors
    /// Names a word that this version does not know.
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
    ThingKind {
        Contact = "contact", Message = "message", Campaign = "campaign", Template = "template", List = "list", Segment = "segment",
        File = "file", User = "user",
    }
    OauthUse { Relay = "relay", Mailbox = "mailbox" }
    OauthFaultKind {
        Denied = "denied", ConsentEnded = "consent_ended", Application = "application", NotRenewable = "not_renewable",
        Unreachable = "unreachable",
    }
    SmsState {
        Taken = "taken", EnRoute = "en_route", Deleted = "deleted", Refused = "refused", Expired = "expired",
        Undeliverable = "undeliverable", Delivered = "delivered", Seen = "seen",
    }
    CreditLevel { Enough = "enough", Low = "low", Stopped = "stopped" }
    RetentionMode { Look = "look", Apply = "apply", Empty = "empty" }
    RetentionState { Running = "running", Stopped = "stopped", Ended = "ended" }
    Channel { Email = "email", Sms = "sms" }
    ViewedList { Contacts = "contacts", Messages = "messages" }
    Origin { Manual = "manual", Campaign = "campaign", Notification = "notification", Resend = "resend", Test = "test", Api = "api", Archive = "archive" }
    ArchiveState {
        Arriving = "arriving", Looking = "looking", Looked = "looked", Running = "running", Stopped = "stopped", Ended = "ended",
        Failed = "failed",
    }
    ArchiveFault { NoMail = "no_mail", TooLarge = "too_large", Damaged = "damaged" }
    MessageState {
        Draft = "draft", Prepared = "prepared", Queued = "queued", Sent = "sent", PartlySent = "partly_sent", Failed = "failed",
        Cancelled = "cancelled",
    }
    DeliveryState {
        Waiting = "waiting", Leased = "leased", Handed = "handed", Accepted = "accepted", Delivered = "delivered",
        Returned = "returned", Rejected = "rejected", Unknown = "unknown", Suppressed = "suppressed", Cancelled = "cancelled",
        Expired = "expired",
    }
    CampaignKind { Commercial = "commercial", Service = "service" }
    CampaignState {
        Draft = "draft", Preparing = "preparing", Prepared = "prepared", Scheduled = "scheduled", Running = "running", Paused = "paused",
        Finished = "finished", Cancelled = "cancelled",
    }
    ApprovalState {
        Open = "open", Requested = "requested", Approved = "approved", Broken = "broken", Returned = "returned",
    }
    WorkKind { Check = "check", Prepare = "prepare", Regenerate = "regenerate", Fill = "fill" }
    Channels { Email = "email", Sms = "sms", Both = "both" }
    SuppressionReason {
        Unsubscribed = "unsubscribed", Bounced = "bounced", Complained = "complained", Requested = "requested", ByHand = "by_hand",
        Imported = "imported",
    }
    SuppressionSource { Person = "person", Import = "import", Recipient = "recipient", Relay = "relay" }
    SuppressionScope { Address = "address", Domain = "domain", Contact = "contact" }
    AfterReading { Keep = "keep", Move = "move", Delete = "delete" }
    BounceKind { Hard = "hard", Soft = "soft", Delayed = "delayed", Complaint = "complaint" }
    BounceMatch { ReturnPath = "return_path", EnvelopeId = "envelope_id", MessageId = "message_id" }
    BouncedState { Counted = "counted", Proposed = "proposed", Kept = "kept", Suppressed = "suppressed" }
    MailboxProtocol { Imap = "imap", Pop3 = "pop3" }
    OnHardBounce { Propose = "propose", Suppress = "suppress" }
    DkimAlgorithm { Rsa = "rsa", Ed25519 = "ed25519" }
    DkimState { New = "new", Active = "active", Retired = "retired" }
    DkimFound { Matches = "matches", Missing = "missing", Differs = "differs", Revoked = "revoked", NoAnswer = "no_answer" }
    DomainMail { Takes = "takes", TakesNone = "takes_none", Missing = "missing" }
    AttemptOutcome { Accepted = "accepted", Deferred = "deferred", Rejected = "rejected", Unknown = "unknown" }
    message::Role { To = "to", Cc = "cc", Bcc = "bcc" }
    Nature { Person = "person", Company = "company" }
    Gender { Unknown = "unknown", Woman = "woman", Man = "man" }
    Purpose { General = "general", Invoices = "invoices", Reminders = "reminders", Marketing = "marketing" }
    Relation { Branch = "branch", ContactPerson = "contact_person" }
    ObtainedWay {
        Purchase = "purchase", Registration = "registration", Inquiry = "inquiry", Event = "event", Referral = "referral",
        PublicRegister = "public_register", Import = "import", Other = "other",
    }
    ConsentState { Unknown = "unknown", Given = "given", Asked = "asked", Confirmed = "confirmed", Withdrawn = "withdrawn" }
    ConsentWay {
        Paper = "paper", Web = "web", Email = "email", Phone = "phone", Person = "person", Contract = "contract", Other = "other",
        Link = "link",
    }
    FieldKind { Text = "text", Number = "number", Date = "date", Choice = "choice" }
    ContactKind { Client = "client", Partner = "partner", Employee = "employee", Other = "other" }
    ListOrigin {
        Hand = "hand", Ticked = "ticked", Search = "search", Import = "import", Employees = "employees", Partners = "partners",
    }
    AddedHow { Hand = "hand", Search = "search", Import = "import", Takeover = "takeover", Typed = "typed" }
    DuplicateReason { Email = "email", Phone = "phone", Name = "name", RegistrationNumber = "registration_number" }
    ImportState {
        Uploaded = "uploaded", Queued = "queued", Running = "running", Stopped = "stopped", Finished = "finished", Failed = "failed",
        Undone = "undone",
    }
    Identity { Account = "account", Own = "own" }
    Language { Sk = "sk", Cs = "cs", En = "en" }
    Theme { System = "system", Light = "light", Dark = "dark" }
    Density { Compact = "compact", Normal = "normal", Comfortable = "comfortable" }
    HomeCountry { Slovakia = "sk", Czechia = "cz" }
    Security { None = "none", StartTls = "starttls", Tls = "tls" }
    UserState { Invited = "invited", Active = "active", Disabled = "disabled", System = "system" }
    DeliveredRole { Administrator = "administrator", Manager = "manager", Writer = "writer", Reader = "reader" }
}
