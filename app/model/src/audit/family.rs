//! What deeds are about, so that the log can be read by kind.

use serde::{Deserialize, Serialize};

use super::Deed;

/// A family of deeds. Each deed belongs to exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DeedFamily {
    /// Messages, their files and sheets, old archives.
    Messages,
    /// What became of single deliveries.
    Deliveries,
    /// Campaigns.
    Campaigns,
    /// Contacts, what is said about them, imports.
    Contacts,
    /// Recipient lists and segments.
    Lists,
    /// Who must not be written to, and addresses that bounce.
    Suppressions,
    /// Templates and the library.
    Templates,
    /// Accounts, senders and the outbox.
    Sending,
    /// Users and roles.
    Users,
    /// Coming in and going out, passwords, keys, the log itself.
    Security,
    /// The company, own fields, views, rules.
    Settings,
}

impl DeedFamily {
    /// All families, in the order of the screen.
    pub const ALL: [Self; 11] = [
        Self::Messages,
        Self::Deliveries,
        Self::Campaigns,
        Self::Contacts,
        Self::Lists,
        Self::Suppressions,
        Self::Templates,
        Self::Sending,
        Self::Users,
        Self::Security,
        Self::Settings,
    ];

    /// The stable name, as it is stored and stands in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Deliveries => "deliveries",
            Self::Campaigns => "campaigns",
            Self::Contacts => "contacts",
            Self::Lists => "lists",
            Self::Suppressions => "suppressions",
            Self::Templates => "templates",
            Self::Sending => "sending",
            Self::Users => "users",
            Self::Security => "security",
            Self::Settings => "settings",
        }
    }

    /// The family of that stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

impl Deed {
    /// What it is about.
    pub fn family(&self) -> DeedFamily {
        match self {
            Self::TestSent(..)
            | Self::MessagePrepared(..)
            | Self::MessageReopened(..)
            | Self::MessageReleased(..)
            | Self::MessageUndone(..)
            | Self::MessageCancelled(..)
            | Self::MessageResent(..)
            | Self::DraftDeleted(..)
            | Self::AttachmentOpened(..)
            | Self::EvidenceMade(..)
            | Self::MessagesExported(..)
            | Self::Archive(..) => DeedFamily::Messages,
            Self::DeliveryAccepted(..)
            | Self::DeliveryRejected(..)
            | Self::DeliveryDeferred(..)
            | Self::DeliverySuppressed(..)
            | Self::DeliveryReturned(..)
            | Self::DeliveryArrived(..)
            | Self::DeliveryComplained(..)
            | Self::DeliveryUnknown(..)
            | Self::DeliveryExpired(..)
            | Self::DeliveryDecided(..)
            | Self::DeliveryHastened(..)
            | Self::DeliveryRemoved(..) => DeedFamily::Deliveries,
            Self::Campaign(..) => DeedFamily::Campaigns,
            Self::ContactCreated(..)
            | Self::ContactChanged(..)
            | Self::ContactImported(..)
            | Self::ContactRestored(..)
            | Self::ContactDeleted(..)
            | Self::ConsentNoted(..)
            | Self::ContactPasswordSet(..)
            | Self::ContactPasswordRemoved(..)
            | Self::ContactPasswordShown(..)
            | Self::PersonExported(..)
            | Self::PersonErased(..)
            | Self::ContactsTagged(..)
            | Self::ContactsUntagged(..)
            | Self::ContactsGiven(..)
            | Self::ContactsNoBulk(..)
            | Self::ContactsKindSet(..)
            | Self::ContactsDeleted(..)
            | Self::ContactsMerged(..)
            | Self::DuplicatesDismissed(..)
            | Self::CommentWritten(..)
            | Self::CommentChanged(..)
            | Self::CommentDeleted(..)
            | Self::ImportStarted(..)
            | Self::ImportStopped(..)
            | Self::ImportEnded(..)
            | Self::ImportUndone(..)
            | Self::ContactsExported(..) => DeedFamily::Contacts,
            Self::ListCreated(..)
            | Self::ListChanged(..)
            | Self::ListDeleted(..)
            | Self::ListGrew(..)
            | Self::ListShrank(..)
            | Self::SegmentCreated(..)
            | Self::SegmentChanged(..)
            | Self::SegmentDeleted(..) => DeedFamily::Lists,
            Self::BounceDismissed(..)
            | Self::BouncedAddressKept(..)
            | Self::SuppressionsAdded(..)
            | Self::ContactSuppressed(..)
            | Self::ContactsSuppressed(..)
            | Self::Unsubscribed(..)
            | Self::SuppressionLifted(..)
            | Self::SuppressionsExported(..)
            | Self::DomainsChecked(..) => DeedFamily::Suppressions,
            Self::TemplateCreated(..)
            | Self::TemplateChanged(..)
            | Self::TemplateSwitched(..)
            | Self::TemplateRestored(..)
            | Self::TemplateReset(..)
            | Self::TemplateDeleted(..)
            | Self::LibraryAdded(..)
            | Self::LibraryChanged(..)
            | Self::LibraryReplaced(..)
            | Self::LibraryDeleted(..) => DeedFamily::Templates,
            Self::AccountCreated(..)
            | Self::AccountChanged(..)
            | Self::AccountMadeDefault(..)
            | Self::AccountPaused(..)
            | Self::AccountResumed(..)
            | Self::AccountInTrouble(..)
            | Self::SmsCreditLow(..)
            | Self::SmsStopped(..)
            | Self::SmsResumed(..)
            | Self::AccountDeleted(..)
            | Self::AccountTested(..)
            | Self::Oauth(..)
            | Self::StandInsChanged(..)
            | Self::CopyMailboxChanged(..)
            | Self::CopyMailboxRemoved(..)
            | Self::CopyMailboxTested(..)
            | Self::CopiesRetried(..)
            | Self::DkimKeyCreated(..)
            | Self::DkimKeyUsed(..)
            | Self::DkimKeyRetired(..)
            | Self::DkimKeyDeleted(..)
            | Self::BounceMailboxChanged(..)
            | Self::BounceMailboxRemoved(..)
            | Self::BounceMailboxTested(..)
            | Self::SenderAsked(..)
            | Self::SenderConfirmed(..)
            | Self::SenderRemoved(..)
            | Self::DomainVouched(..)
            | Self::DomainUnvouched(..)
            | Self::SendingPaused
            | Self::SendingResumed
            | Self::DatabasePutBack
            | Self::PutBackLetRun(..)
            | Self::PutBackSetAside(..)
            | Self::RetryRulesChanged
            | Self::CapturedOpened(..)
            | Self::CapturedCleared => DeedFamily::Sending,
            Self::ProfileChanged
            | Self::UserInvited(..)
            | Self::UserChanged(..)
            | Self::UserDisabled(..)
            | Self::UserEnabled(..)
            | Self::RoleCreated(..)
            | Self::RoleChanged(..)
            | Self::RoleDeleted(..) => DeedFamily::Users,
            Self::SignedIn
            | Self::SignInFailed
            | Self::SignedOut
            | Self::SessionRevoked(..)
            | Self::PasswordChanged
            | Self::LinkRenewed(..)
            | Self::LinkUsed(..)
            | Self::LogExported(..)
            | Self::LogMailChanged
            | Self::MasterKeyChanged
            | Self::DataKeyTakenUp(..)
            | Self::DataResealed(..) => DeedFamily::Security,
            Self::Installed
            | Self::CompanyChanged
            | Self::FieldCreated(..)
            | Self::FieldChanged(..)
            | Self::FieldDeleted(..)
            | Self::FieldsReordered
            | Self::ViewSaved(..)
            | Self::ViewDeleted(..)
            | Self::ApprovalRuleChanged
            | Self::Retention(..) => DeedFamily::Settings,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DeliveryId, MessageId};

    #[test]
    fn every_family_leads_back_from_its_name() {
        for it in DeedFamily::ALL {
            assert_eq!(DeedFamily::from_code(it.code()), Some(it));
        }
        assert_eq!(DeedFamily::from_code("weather"), None);
    }

    #[test]
    fn what_a_person_lets_go_is_told_apart_from_what_became_of_it() {
        assert_eq!(Deed::MessageReleased(MessageId(1), 3).family(), DeedFamily::Messages);
        assert_eq!(Deed::DeliveryAccepted(MessageId(1), DeliveryId(2)).family(), DeedFamily::Deliveries);
        assert_eq!(Deed::SignedIn.family(), DeedFamily::Security);
    }
}
