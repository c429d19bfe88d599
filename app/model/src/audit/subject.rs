//! The things that entries of the action log are about.

use serde::{Deserialize, Serialize};

use super::Deed;
use crate::{AccountId, CampaignId, ContactId, MessageId, RecipientListId, RoleId, SegmentId, TemplateId, UserId};

/// The thing a deed is about, for filters and links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// A user.
    User(UserId),
    /// A role.
    Role(RoleId),
    /// A contact.
    Contact(ContactId),
    /// A recipient list.
    RecipientList(RecipientListId),
    /// A segment.
    Segment(SegmentId),
    /// A template.
    Template(TemplateId),
    /// An account.
    Account(AccountId),
    /// A campaign.
    Campaign(CampaignId),
    /// A message.
    Message(MessageId),
}

impl Deed {
    /// The thing it is about, if it is one that has a page.
    pub fn subject(&self) -> Option<Subject> {
        match *self {
            Self::UserInvited(id)
            | Self::LinkRenewed(id)
            | Self::LinkUsed(id)
            | Self::UserChanged(id)
            | Self::UserDisabled(id)
            | Self::UserEnabled(id) => Some(Subject::User(id)),
            Self::RoleCreated(id) | Self::RoleChanged(id) | Self::RoleDeleted(id) => Some(Subject::Role(id)),
            Self::AccountCreated(id)
            | Self::AccountChanged(id)
            | Self::AccountMadeDefault(id)
            | Self::AccountPaused(id)
            | Self::AccountResumed(id)
            | Self::AccountInTrouble(id)
            | Self::SmsCreditLow(id)
            | Self::SmsStopped(id)
            | Self::SmsResumed(id)
            | Self::AccountDeleted(id)
            | Self::BounceMailboxChanged(id)
            | Self::StandInsChanged(id)
            | Self::CopyMailboxChanged(id)
            | Self::CopyMailboxRemoved(id)
            | Self::CopyMailboxTested(id)
            | Self::CopiesRetried(id)
            | Self::BounceMailboxRemoved(id)
            | Self::BounceMailboxTested(id)
            | Self::Oauth(id, ..) => Some(Subject::Account(id)),
            Self::AccountTested(id) => id.map(Subject::Account),
            Self::SuppressionLifted(_, contact) => contact.map(Subject::Contact),
            Self::ContactCreated(id)
            | Self::ContactChanged(id)
            | Self::ContactImported(id, _)
            | Self::ContactRestored(id, _)
            | Self::ContactDeleted(id)
            | Self::ContactsMerged(id, _)
            | Self::ContactSuppressed(id)
            | Self::ConsentNoted(id, _, _)
            | Self::ContactPasswordSet(id)
            | Self::ContactPasswordRemoved(id)
            | Self::ContactPasswordShown(id)
            | Self::PersonExported(id)
            | Self::PersonErased(id, _) => Some(Subject::Contact(id)),
            Self::ListCreated(id)
            | Self::ListChanged(id)
            | Self::ListDeleted(id)
            | Self::ListGrew(id, _)
            | Self::ListShrank(id, _) => Some(Subject::RecipientList(id)),
            Self::SegmentCreated(id) | Self::SegmentChanged(id) | Self::SegmentDeleted(id) => Some(Subject::Segment(id)),
            Self::TemplateCreated(id)
            | Self::TemplateChanged(id, _)
            | Self::TemplateSwitched(id, _)
            | Self::TemplateRestored(id, _)
            | Self::TemplateReset(id)
            | Self::TemplateDeleted(id) => Some(Subject::Template(id)),
            Self::Campaign(id, _) => Some(Subject::Campaign(id)),
            Self::CommentWritten(on, _) | Self::CommentChanged(on, _) | Self::CommentDeleted(on, _) => Some(on.subject()),
            Self::Retention(deed) => deed.subject(),
            Self::MessagePrepared(id)
            | Self::TestSent(id, _)
            | Self::MessageReopened(id)
            | Self::MessageReleased(id, _)
            | Self::MessageUndone(id)
            | Self::MessageCancelled(id, _)
            | Self::MessageResent(id, _)
            | Self::DraftDeleted(id)
            | Self::DeliveryAccepted(id, _)
            | Self::DeliveryRejected(id, _)
            | Self::DeliveryDeferred(id, _)
            | Self::DeliverySuppressed(id, _)
            | Self::DeliveryReturned(id, _)
            | Self::DeliveryArrived(id, _)
            | Self::DeliveryComplained(id, _)
            | Self::DeliveryUnknown(id, _)
            | Self::DeliveryExpired(id, _)
            | Self::DeliveryDecided(id, _, _)
            | Self::DeliveryHastened(id, _)
            | Self::DeliveryRemoved(id, _)
            | Self::Unsubscribed(id, _)
            | Self::AttachmentOpened(id, _)
            | Self::EvidenceMade(id, _) => Some(Subject::Message(id)),
            Self::Installed
            | Self::SignedIn
            | Self::SignInFailed
            | Self::SignedOut
            | Self::SessionRevoked(_)
            | Self::ProfileChanged
            | Self::PasswordChanged
            | Self::SendingPaused
            | Self::SendingResumed
            | Self::DatabasePutBack
            | Self::PutBackLetRun(_)
            | Self::PutBackSetAside(_)
            | Self::RetryRulesChanged
            | Self::CompanyChanged
            | Self::ApprovalRuleChanged
            | Self::ContactsExported(_, _)
            | Self::ImportStarted(_)
            | Self::ImportStopped(_)
            | Self::ImportEnded(..)
            | Self::ImportUndone(..)
            | Self::LibraryAdded(_)
            | Self::LibraryChanged(_)
            | Self::LibraryReplaced(..)
            | Self::LibraryDeleted(_)
            | Self::SuppressionsAdded(_)
            | Self::ContactsSuppressed(_)
            | Self::SuppressionsExported(_)
            | Self::MessagesExported(..)
            | Self::LogExported(_)
            | Self::LogMailChanged
            | Self::MasterKeyChanged
            | Self::Archive(_)
            | Self::DataKeyTakenUp(_)
            | Self::DataResealed(_)
            | Self::DomainsChecked(_)
            | Self::FieldCreated(_)
            | Self::FieldChanged(_)
            | Self::FieldDeleted(_, _)
            | Self::FieldsReordered
            | Self::DkimKeyCreated(_)
            | Self::DkimKeyUsed(_)
            | Self::DkimKeyRetired(_)
            | Self::DkimKeyDeleted(_)
            | Self::BounceDismissed(_)
            | Self::BouncedAddressKept(_)
            | Self::SenderAsked(_)
            | Self::SenderConfirmed(_)
            | Self::SenderRemoved(_)
            | Self::DomainVouched(_)
            | Self::DomainUnvouched(_)
            | Self::CapturedOpened(_)
            | Self::CapturedCleared
            | Self::ContactsTagged(..)
            | Self::ContactsUntagged(..)
            | Self::ContactsGiven(..)
            | Self::ContactsNoBulk(..)
            | Self::ContactsKindSet(..)
            | Self::ContactsDeleted(_)
            | Self::DuplicatesDismissed(_)
            | Self::ViewSaved(_)
            | Self::ViewDeleted(_) => None,
        }
    }
}
