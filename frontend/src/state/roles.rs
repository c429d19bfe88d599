//! Rights in groups, as the editor of a role shows them.

use model::{Permission, PermissionSet};

/// Rights about the same matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RightGroup {
    /// Messages.
    Messages,
    /// Campaigns.
    Campaigns,
    /// Contacts and who may be written to.
    Contacts,
    /// Templates and the library.
    Content,
    /// Accounts and the queue.
    Sending,
    /// The company, its people and its data.
    House,
}

/// How many of a group are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// None.
    None,
    /// Some.
    Some,
    /// All.
    All,
}

impl RightGroup {
    /// All groups, in the order of the screen.
    pub const ALL: [Self; 6] = [Self::Messages, Self::Campaigns, Self::Contacts, Self::Content, Self::Sending, Self::House];

    /// The rights of the group, in the order of the screen.
    pub fn rights(self) -> &'static [Permission] {
        match self {
            Self::Messages => &[
                Permission::MessagesViewOwn,
                Permission::MessagesViewAll,
                Permission::MessageWrite,
                Permission::MessageSend,
                Permission::MessageResend,
                Permission::MessageCancel,
                Permission::MessageEditPrepared,
                Permission::MessageDelete,
                Permission::MessagesImport,
            ],
            Self::Campaigns => &[Permission::CampaignWrite, Permission::CampaignRelease, Permission::CampaignApprove],
            Self::Contacts => &[
                Permission::ContactsView,
                Permission::ContactsEdit,
                Permission::ContactsDelete,
                Permission::ContactsImport,
                Permission::ContactsErase,
                Permission::ListsManage,
                Permission::SuppressionsManage,
                Permission::SuppressionsLift,
            ],
            Self::Content => &[Permission::TemplatesManage],
            Self::Sending => &[Permission::AccountsManage, Permission::OutboxManage],
            Self::House => &[
                Permission::UsersManage,
                Permission::SettingsManage,
                Permission::RetentionManage,
                Permission::LogView,
                Permission::Export,
                Permission::PasswordsShow,
            ],
        }
    }

    /// How many of its rights a set holds.
    pub fn held(self, set: &PermissionSet) -> Held {
        match self.rights().iter().filter(|it| set.contains(it)).count() {
            0 => Held::None,
            n if n == self.rights().len() => Held::All,
            _ => Held::Some,
        }
    }

    /// Takes all its rights into a set, or out of it when all of them are in.
    pub fn toggle(self, set: &mut PermissionSet) {
        if self.held(set) == Held::All {
            set.retain(|it| !self.rights().contains(it));
        } else {
            set.extend(self.rights());
        }
    }
}

/// How many of the rights that are offered a set holds.
pub fn count(set: &PermissionSet) -> usize {
    set.iter().filter(|it| it.guards()).count()
}

/// How many rights are offered.
pub fn offered() -> usize {
    Permission::ALL.iter().filter(|it| it.guards()).count()
}

/// Takes a right into a set, or out of it.
pub fn toggle(set: &mut PermissionSet, right: Permission) {
    if !set.remove(&right) {
        set.insert(right);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_right_that_guards_something_stands_in_exactly_one_group() {
        let mut grouped: Vec<Permission> = RightGroup::ALL.iter().flat_map(|it| it.rights()).copied().collect();
        grouped.sort_unstable();
        let mut all: Vec<Permission> = Permission::ALL.iter().copied().filter(|it| it.guards()).collect();
        all.sort_unstable();
        assert_eq!(grouped, all);
        assert_eq!(offered(), grouped.len());
    }

    #[test]
    fn a_role_keeps_what_is_not_offered_any_more_and_is_not_counted_by_it() {
        let mut set = PermissionSet::from([Permission::RecordsView, Permission::TemplatesManage]);
        assert_eq!(count(&set), 1);
        RightGroup::Content.toggle(&mut set);
        assert_eq!(set, PermissionSet::from([Permission::RecordsView]));
    }

    #[test]
    fn a_group_is_taken_as_a_whole_and_given_back_as_a_whole() {
        let mut set = PermissionSet::from([Permission::CampaignRelease, Permission::Export]);
        assert_eq!(RightGroup::Campaigns.held(&set), Held::Some);
        RightGroup::Campaigns.toggle(&mut set);
        assert_eq!(RightGroup::Campaigns.held(&set), Held::All);
        RightGroup::Campaigns.toggle(&mut set);
        assert_eq!(RightGroup::Campaigns.held(&set), Held::None);
        assert_eq!(set, PermissionSet::from([Permission::Export]));
    }

    #[test]
    fn a_right_is_taken_and_given_back() {
        let mut set = PermissionSet::new();
        toggle(&mut set, Permission::Export);
        assert!(set.contains(&Permission::Export));
        toggle(&mut set, Permission::Export);
        assert!(set.is_empty());
    }
}
