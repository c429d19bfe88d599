//! Users in the order of their list, and what may be done with each.

use model::{PermissionSet, Role, RoleId, UserId, UserRow, UserState};

/// Sorts those who can sign in first, then the invited, the disabled, and the system last; by name among themselves.
pub fn in_order(mut users: Vec<UserRow>) -> Vec<UserRow> {
    users.sort_by_cached_key(|it| (place(it.state), model::collate::key(&it.name)));
    users
}

fn place(state: UserState) -> u8 {
    match state {
        UserState::Active => 0,
        UserState::Invited => 1,
        UserState::Disabled => 2,
        UserState::System => 3,
    }
}

/// What can be done with a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserActs {
    /// Name, address and roles can be changed.
    pub change: bool,
    /// A new one-time link can be made.
    pub renew: bool,
    /// They can be kept from signing in.
    pub disable: bool,
    /// They can be let in again.
    pub enable: bool,
}

/// What `me` can do with a user; nothing with one who is `above`, see [`is_above`].
pub fn acts(user: &UserRow, me: UserId, above: bool) -> UserActs {
    let change = user.state != UserState::System && !above;
    let other = change && user.id != me;
    let signs_in = matches!(user.state, UserState::Invited | UserState::Active);
    UserActs { change, renew: other && signs_in, disable: other && signs_in, enable: other && user.state == UserState::Disabled }
}

/// Whether somebody with these rights lacks one that the user has: then they can neither change nor disable the user.
pub fn is_above(user: &UserRow, roles: &[Role], own: &PermissionSet) -> bool {
    held(roles, &user.roles).into_iter().any(|it| !it.permissions.is_subset(own))
}

/// The roles of these ids, in the order of the roles.
pub fn held<'a>(roles: &'a [Role], ids: &[RoleId]) -> Vec<&'a Role> {
    roles.iter().filter(|it| ids.contains(&it.id)).collect()
}

#[cfg(test)]
mod tests {
    use model::Permission;

    use super::*;

    fn user(id: i64, name: &str, state: UserState) -> UserRow {
        UserRow { id: UserId(id), name: name.into(), email: String::new(), state, roles: Vec::new(), seen_at: None }
    }

    #[test]
    fn those_who_can_sign_in_come_first_and_the_system_last() {
        let users = in_order(vec![
            user(1, "Posel", UserState::System),
            user(2, "Žofia", UserState::Active),
            user(3, "Adam", UserState::Disabled),
            user(4, "Čeněk", UserState::Active),
            user(5, "Eva", UserState::Invited),
        ]);
        assert_eq!(users.iter().map(|it| it.id.0).collect::<Vec<_>>(), [4, 2, 5, 3, 1]);
    }

    #[test]
    fn nothing_can_be_done_with_the_system_or_somebody_above() {
        let nothing = UserActs { change: false, renew: false, disable: false, enable: false };
        assert_eq!(acts(&user(1, "Posel", UserState::System), UserId(2), false), nothing);
        assert_eq!(acts(&user(3, "Eva", UserState::Active), UserId(2), true), nothing);
    }

    #[test]
    fn nobody_can_disable_themself() {
        let me = user(2, "Eva", UserState::Active);
        assert!(!acts(&me, UserId(2), false).disable);
        assert!(acts(&me, UserId(3), false).disable);
        assert!(acts(&me, UserId(2), false).change);
    }

    #[test]
    fn a_disabled_user_can_only_be_changed_and_let_in_again() {
        let acts = acts(&user(2, "Eva", UserState::Disabled), UserId(3), false);
        assert_eq!(acts, UserActs { change: true, renew: false, disable: false, enable: true });
    }

    #[test]
    fn somebody_with_a_right_that_one_lacks_is_above() {
        let role = |id: i64, permissions: PermissionSet| Role {
            id: RoleId(id),
            name: String::new(),
            permissions,
            delivered: None,
            holders: 1,
        };
        let roles = [role(1, [Permission::UsersManage, Permission::Export].into()), role(2, [Permission::UsersManage].into())];
        let own = PermissionSet::from([Permission::UsersManage]);
        let holding =
            |ids: &[i64]| UserRow { roles: ids.iter().map(|it| RoleId(*it)).collect(), ..user(5, "Eva", UserState::Active) };
        assert!(is_above(&holding(&[1, 2]), &roles, &own));
        assert!(!is_above(&holding(&[2]), &roles, &own));
    }
}
