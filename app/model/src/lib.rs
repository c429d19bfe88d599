//! The nouns and rules that both sides agree on. No I/O, no clock, no framework; compiled for the machine and for wasm.

pub mod account;
pub mod address;
pub mod audit;
pub mod bulk;
pub mod capture;
pub mod collate;
pub mod contact;
pub mod delivery;
pub mod id;
pub mod message;
pub mod overview;
pub mod page;
pub mod permission;
pub mod refusal;
pub mod settings;
pub mod time;
pub mod user;

pub use account::{Account, AccountDraft, AccountState, ProbeHint, ProbeStage, ProbeStep, Security, SmtpSettings, Transport};
pub use address::{AddressFault, EmailAddress, HomeCountry, ListedAddress, PhoneFault, PhoneNumber};
pub use audit::{AuditEntry, AuditQuery, Deed, Subject};
pub use bulk::{BULK_ROWS, BulkStep, Chosen};
pub use capture::{CapturedMail, CapturedPart, CapturedRow};
pub use contact::{
    Contact, ContactAddresses, ContactDraft, ContactFilter, ContactKind, ContactQuery, ContactRow, ContactSort, Nature,
    RecipientOffer,
};
pub use delivery::{Attempt, AttemptOutcome, Decision, DeliveryDetail, DeliveryState, DeliveryStep, Lane};
pub use id::{AccountId, AttachmentId, AuditId, CapturedId, ContactId, DeliveryId, MessageId, RoleId, SessionId, UserId};
pub use message::{
    Attachment, Channel, DraftKey, MessageDetail, MessageDraft, MessageEnd, MessageFilter, MessageQuery, MessageRow,
    MessageState, MessageStep, Origin, Recipient, Released, SnippetPiece, StoredDraft,
};
pub use overview::{Change, Overview, Pulse};
pub use page::{Cursor, Direction, Key, PAGE_ROWS, Page};
pub use permission::{Permission, PermissionSet};
pub use refusal::{Fault, Faults, FieldFault, Noun, Refusal, Required};
pub use settings::{Company, FirstRun};
pub use time::Moment;
pub use user::{
    DeliveredRole, Density, Invitation, Language, Me, OneTimeLink, Preferences, Profile, Role, RoleDraft, SessionRow, Theme,
    UserDraft, UserRow, UserState,
};
