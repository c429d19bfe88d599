//! Words for rights and roles.

use model::{DeliveredRole, Permission, Role};

use super::{Locale, td_string};
use crate::state::roles::RightGroup;

/// What a right allows, in a sentence.
pub fn meaning(locale: Locale, permission: Permission) -> &'static str {
    match permission {
        Permission::MessagesViewOwn => td_string!(locale, users.means_messages_view_own),
        Permission::MessagesViewBranch => td_string!(locale, users.means_messages_view_branch),
        Permission::MessagesViewAll => td_string!(locale, users.means_messages_view_all),
        Permission::MessageWrite => td_string!(locale, users.means_message_write),
        Permission::MessageEditPrepared => td_string!(locale, users.means_message_edit_prepared),
        Permission::MessageSend => td_string!(locale, users.means_message_send),
        Permission::MessageResend => td_string!(locale, users.means_message_resend),
        Permission::MessageCancel => td_string!(locale, users.means_message_cancel),
        Permission::MessageDelete => td_string!(locale, users.means_message_delete),
        Permission::CampaignWrite => td_string!(locale, users.means_campaign_write),
        Permission::CampaignRelease => td_string!(locale, users.means_campaign_release),
        Permission::CampaignApprove => td_string!(locale, users.means_campaign_approve),
        Permission::ContactsView => td_string!(locale, users.means_contacts_view),
        Permission::ContactsEdit => td_string!(locale, users.means_contacts_edit),
        Permission::ContactsDelete => td_string!(locale, users.means_contacts_delete),
        Permission::ContactsImport => td_string!(locale, users.means_contacts_import),
        Permission::ContactsErase => td_string!(locale, users.means_contacts_erase),
        Permission::ListsManage => td_string!(locale, users.means_lists_manage),
        Permission::SuppressionsManage => td_string!(locale, users.means_suppressions_manage),
        Permission::SuppressionsLift => td_string!(locale, users.means_suppressions_lift),
        Permission::TemplatesManage => td_string!(locale, users.means_templates_manage),
        Permission::RecordsView => td_string!(locale, users.means_records_view),
        Permission::RecordsEdit => td_string!(locale, users.means_records_edit),
        Permission::NotificationsManage => td_string!(locale, users.means_notifications_manage),
        Permission::AccountsManage => td_string!(locale, users.means_accounts_manage),
        Permission::OutboxManage => td_string!(locale, users.means_outbox_manage),
        Permission::PasswordsShow => td_string!(locale, users.means_passwords_show),
        Permission::Export => td_string!(locale, users.means_export),
        Permission::LogView => td_string!(locale, users.means_log_view),
        Permission::UsersManage => td_string!(locale, users.means_users_manage),
        Permission::MessagesImport => td_string!(locale, users.means_messages_import),
        Permission::RetentionManage => td_string!(locale, users.means_retention_manage),
        Permission::SettingsManage => td_string!(locale, users.means_settings_manage),
    }
}

/// What the rights of a group are about.
pub fn group(locale: Locale, group: RightGroup) -> &'static str {
    match group {
        RightGroup::Messages => td_string!(locale, users.group_messages),
        RightGroup::Campaigns => td_string!(locale, users.group_campaigns),
        RightGroup::Contacts => td_string!(locale, users.group_contacts),
        RightGroup::Content => td_string!(locale, users.group_content),
        RightGroup::Sending => td_string!(locale, users.group_sending),
        RightGroup::House => td_string!(locale, users.group_house),
    }
}

/// The name of a role; delivered ones are translated.
pub fn role(locale: Locale, role: &Role) -> String {
    role.delivered.map_or_else(|| role.name.clone(), |it| delivered(locale, it).to_owned())
}

/// The name of a delivered role.
pub fn delivered(locale: Locale, role: DeliveredRole) -> &'static str {
    match role {
        DeliveredRole::Administrator => td_string!(locale, users.role_administrator),
        DeliveredRole::Manager => td_string!(locale, users.role_manager),
        DeliveredRole::Writer => td_string!(locale, users.role_writer),
        DeliveredRole::Reader => td_string!(locale, users.role_reader),
    }
}

/// What a delivered role is for, in a sentence.
pub fn purpose(locale: Locale, role: DeliveredRole) -> &'static str {
    match role {
        DeliveredRole::Administrator => td_string!(locale, users.role_administrator_hint),
        DeliveredRole::Manager => td_string!(locale, users.role_manager_hint),
        DeliveredRole::Writer => td_string!(locale, users.role_writer_hint),
        DeliveredRole::Reader => td_string!(locale, users.role_reader_hint),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_right_has_a_meaning_of_its_own() {
        for locale in [Locale::sk, Locale::cs, Locale::en] {
            let mut words: Vec<_> = Permission::ALL.iter().map(|it| meaning(locale, *it)).collect();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), Permission::ALL.len());
        }
    }
}
