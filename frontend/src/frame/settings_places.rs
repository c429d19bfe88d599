//! The pages of the settings, and what right each asks for: for their menu and for the palette. Neither belongs to the first load.

use model::Permission;

use crate::i18n::{I18n, t_string};
use crate::parts::Glyph;
use crate::session::Session;

/// One page of the settings.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Its address.
    pub path: &'static str,
    /// Its name.
    pub name: fn(I18n) -> &'static str,
    /// Its icon.
    pub glyph: Glyph,
    /// The right that opens it; none means that everybody may.
    pub right: Option<Permission>,
}

impl Entry {
    /// Whether the signed-in person may see it.
    pub fn is_open_to(&self, session: Session) -> bool {
        self.right.is_none_or(|right| session.can(right))
    }
}

/// A heading and what stands below it.
pub struct Group {
    /// The heading.
    pub name: fn(I18n) -> &'static str,
    /// The pages.
    pub entries: &'static [Entry],
}

/// All pages of the settings, in the order of their menu.
pub const GROUPS: [Group; 3] = [
    Group {
        name: |it| t_string!(it, settings.group_own),
        entries: &[
            Entry { path: "/settings/profile", name: |it| t_string!(it, settings.profile), glyph: Glyph::USER, right: None },
            Entry { path: "/settings/sessions", name: |it| t_string!(it, settings.sessions), glyph: Glyph::MONITOR, right: None },
        ],
    },
    Group {
        name: |it| t_string!(it, settings.group_company),
        entries: &[
            Entry {
                path: "/settings/company",
                name: |it| t_string!(it, settings.company),
                glyph: Glyph::BUILDING_2,
                right: Some(Permission::SettingsManage),
            },
            Entry {
                path: "/settings/fields",
                name: |it| t_string!(it, fields.title),
                glyph: Glyph::LIST_CHECKS,
                right: Some(Permission::SettingsManage),
            },
            Entry {
                path: "/settings/campaigns",
                name: |it| t_string!(it, campaigns.title),
                glyph: Glyph::MEGAPHONE,
                right: Some(Permission::SettingsManage),
            },
            Entry {
                path: "/settings/proof",
                name: |it| t_string!(it, archive.proof),
                glyph: Glyph::SHIELD_CHECK,
                right: Some(Permission::LogView),
            },
            Entry {
                path: "/settings/retention",
                name: |it| t_string!(it, retention.title),
                glyph: Glyph::ARCHIVE,
                right: Some(Permission::RetentionManage),
            },
            Entry {
                path: "/settings/old-archive",
                name: |it| t_string!(it, old_archive.title),
                glyph: Glyph::INBOX,
                right: Some(Permission::MessagesImport),
            },
            Entry {
                path: "/settings/accounts",
                name: |it| t_string!(it, accounts.title),
                glyph: Glyph::SERVER,
                right: Some(Permission::AccountsManage),
            },
            Entry {
                path: "/settings/senders",
                name: |it| t_string!(it, senders.title),
                glyph: Glyph::AT_SIGN,
                right: Some(Permission::AccountsManage),
            },
            Entry {
                path: "/settings/returns",
                name: |it| t_string!(it, returns.title),
                glyph: Glyph::MAIL_X,
                right: Some(Permission::AccountsManage),
            },
            Entry {
                path: "/settings/retries",
                name: |it| t_string!(it, retries.title),
                glyph: Glyph::REFRESH_CW,
                right: Some(Permission::AccountsManage),
            },
        ],
    },
    Group {
        name: |it| t_string!(it, settings.group_people),
        entries: &[
            Entry {
                path: "/settings/users",
                name: |it| t_string!(it, users.title),
                glyph: Glyph::USERS,
                right: Some(Permission::UsersManage),
            },
            Entry {
                path: "/settings/roles",
                name: |it| t_string!(it, users.roles),
                glyph: Glyph::SHIELD,
                right: Some(Permission::UsersManage),
            },
        ],
    },
];
