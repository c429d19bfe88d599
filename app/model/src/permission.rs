//! What a person may do.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// One right; roles are sets of them, checked in the server at the first line of each use case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Permission {
            $($(#[$doc])* $name,)+
        }

        impl Permission {
            /// All rights there are.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable name under which the right is stored.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }

            /// The right of that stored name.
            pub fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

permissions! {
    /// Sees the messages written by oneself.
    MessagesViewOwn = "messages.view_own",
    /// Sees the messages of colleagues of the same branch.
    MessagesViewBranch = "messages.view_branch",
    /// Sees all messages.
    MessagesViewAll = "messages.view_all",
    /// Writes and saves messages.
    MessageWrite = "message.write",
    /// Edits generated messages before they leave.
    MessageEditPrepared = "message.edit_prepared",
    /// Sends single messages.
    MessageSend = "message.send",
    /// Sends a message of the history again.
    MessageResend = "message.resend",
    /// Stops messages that wait.
    MessageCancel = "message.cancel",
    /// Puts messages into the bin and takes them out again.
    MessageDelete = "message.delete",
    /// Makes campaigns and prepares their messages.
    CampaignWrite = "campaign.write",
    /// Releases campaigns, that is, sends in bulk.
    CampaignRelease = "campaign.release",
    /// Approves campaigns of others.
    CampaignApprove = "campaign.approve",
    /// Sees contacts.
    ContactsView = "contacts.view",
    /// Creates and changes contacts.
    ContactsEdit = "contacts.edit",
    /// Deletes contacts.
    ContactsDelete = "contacts.delete",
    /// Imports contacts.
    ContactsImport = "contacts.import",
    /// Erases everything about one person for ever.
    ContactsErase = "contacts.erase",
    /// Manages recipient lists and segments.
    ListsManage = "lists.manage",
    /// Adds to those whom we must not write to.
    SuppressionsManage = "suppressions.manage",
    /// Allows writing again to whom we must not write to.
    SuppressionsLift = "suppressions.lift",
    /// Manages templates and the library.
    TemplatesManage = "templates.manage",
    /// Sees records and their documents.
    RecordsView = "records.view",
    /// Changes records and their states.
    RecordsEdit = "records.edit",
    /// Manages automatic notifications.
    NotificationsManage = "notifications.manage",
    /// Manages accounts and opens the captured mailbox.
    AccountsManage = "accounts.manage",
    /// Pauses and reorders the outbox and decides what is unknown.
    OutboxManage = "outbox.manage",
    /// Sees the passwords for attachments.
    PasswordsShow = "passwords.show",
    /// Exports data.
    Export = "export",
    /// Sees the action log.
    LogView = "log.view",
    /// Manages users and roles.
    UsersManage = "users.manage",
    /// Takes old archives in as history.
    MessagesImport = "messages.import",
    /// Says how long messages are kept, lets them go, and keeps some as proof.
    RetentionManage = "retention.manage",
    /// Changes the company's data and settings.
    SettingsManage = "settings.manage",
}

impl Permission {
    /// Whether anything asks for it. The others have a name in stored roles, so that those can be read; no screen offers them.
    pub fn guards(self) -> bool {
        !matches!(self, Self::MessagesViewBranch | Self::RecordsView | Self::RecordsEdit | Self::NotificationsManage)
    }
}

/// A set of rights.
pub type PermissionSet = BTreeSet<Permission>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stored_name_leads_back() {
        for it in Permission::ALL {
            assert_eq!(Permission::from_code(it.code()), Some(*it));
        }
    }
}
