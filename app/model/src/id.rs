//! Identities: one type per noun, so that no two can be mixed up.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// Names a person who signs in, or the system itself.
    UserId,
    /// Names a set of permissions.
    RoleId,
    /// Names one sign-in on one device.
    SessionId,
    /// Names a person or company we may write to.
    ContactId,
    /// Names a hand-picked or imported set of contacts.
    RecipientListId,
    /// Names a saved filter over contacts.
    SegmentId,
    /// Names an own field of contacts.
    FieldId,
    /// Names one choice of an own field.
    ChoiceId,
    /// Names a word that contacts are grouped by.
    TagId,
    /// Names a saved view of a list.
    ViewId,
    /// Names a comment.
    CommentId,
    /// Names an import of contacts.
    ImportId,
    /// Names an old archive that is taken in.
    ArchiveId,
    /// Names an SMTP relay or SMS gateway with its identity.
    AccountId,
    /// Names a message.
    MessageId,
    /// Names the carrying of one message to one address.
    DeliveryId,
    /// Names a file carried by a message.
    AttachmentId,
    /// Names a mail kept by Capture.
    CapturedId,
    /// Names an entry of the action log.
    AuditId,
    /// Names an address, domain or contact that we must not write to.
    SuppressionId,
    /// Names a file of the library.
    LibraryId,
    /// Names a template.
    TemplateId,
    /// Names a key by which mails are signed.
    DkimKeyId,
    /// Names what a bounce mailbox brought.
    BounceId,
    /// Names an address that mails came back from.
    BouncedAddressId,
    /// Names a campaign.
    CampaignId,
    /// Names an address that was asked to confirm itself as a sender.
    SenderId,
}

impl UserId {
    /// The system user: cannot sign in, author of what the background does.
    pub const SYSTEM: Self = Self(1);
}
