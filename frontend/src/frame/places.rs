//! Where one can go, and what right each place asks for.

use model::Permission;

use crate::i18n::{I18n, t_string};
use crate::parts::Glyph;
use crate::session::Session;

/// Any of these lets a person see the history.
pub const MESSAGE_RIGHTS: &[Permission] = &[Permission::MessagesViewOwn, Permission::MessagesViewAll];

/// Any of these lets a person see campaigns.
pub const CAMPAIGN_RIGHTS: &[Permission] = &[Permission::CampaignWrite, Permission::CampaignRelease, Permission::CampaignApprove];

/// A place in the main menu.
#[derive(Clone, Copy)]
pub struct Place {
    /// Its address.
    pub path: &'static str,
    /// Its name.
    pub name: fn(I18n) -> &'static str,
    /// Its icon.
    pub glyph: Glyph,
    /// The two keys that lead there.
    pub keys: &'static str,
    /// Any of these rights opens it; none means that everybody may.
    pub rights: &'static [Permission],
}

/// All places, in the order of the menu.
pub const PLACES: [Place; 11] = [
    Place { path: "/", name: |it| t_string!(it, frame.overview), glyph: Glyph::LAYOUT_DASHBOARD, keys: "g o", rights: &[] },
    Place {
        path: "/messages",
        name: |it| t_string!(it, frame.messages),
        glyph: Glyph::MAIL,
        keys: "g m",
        rights: MESSAGE_RIGHTS,
    },
    Place {
        path: "/contacts",
        name: |it| t_string!(it, frame.contacts),
        glyph: Glyph::USERS,
        keys: "g c",
        rights: &[Permission::ContactsView],
    },
    Place {
        path: "/campaigns",
        name: |it| t_string!(it, frame.campaigns),
        glyph: Glyph::MEGAPHONE,
        keys: "g k",
        rights: CAMPAIGN_RIGHTS,
    },
    Place {
        path: "/lists",
        name: |it| t_string!(it, frame.lists),
        glyph: Glyph::LIST,
        keys: "g r",
        rights: &[Permission::ContactsView],
    },
    Place {
        path: "/suppressions",
        name: |it| t_string!(it, frame.suppressions),
        glyph: Glyph::BAN,
        keys: "g x",
        rights: &[Permission::ContactsView],
    },
    Place {
        path: "/templates",
        name: |it| t_string!(it, frame.templates),
        glyph: Glyph::FILE_TEXT,
        keys: "g t",
        rights: &[Permission::TemplatesManage],
    },
    Place {
        path: "/outbox",
        name: |it| t_string!(it, frame.outbox),
        glyph: Glyph::SEND,
        keys: "g b",
        rights: &[Permission::OutboxManage],
    },
    Place {
        path: "/capture",
        name: |it| t_string!(it, frame.capture),
        glyph: Glyph::INBOX,
        keys: "g z",
        rights: &[Permission::AccountsManage],
    },
    Place {
        path: "/log",
        name: |it| t_string!(it, frame.log),
        glyph: Glyph::HISTORY,
        keys: "g l",
        rights: &[Permission::LogView],
    },
    Place { path: "/settings", name: |it| t_string!(it, frame.settings), glyph: Glyph::SETTINGS, keys: "g s", rights: &[] },
];

/// The places that are open to the signed-in person.
pub fn open_to(session: Session) -> impl Iterator<Item = Place> {
    PLACES.into_iter().filter(move |it| it.rights.is_empty() || session.can_any(it.rights))
}

/// The first part of a path, which says what place it belongs to.
pub fn section(path: &str) -> String {
    format!("/{}", path.trim_start_matches('/').split('/').next().unwrap_or(""))
}

/// Whether a path belongs to a place.
pub fn is_in(path: &str, place: &str) -> bool {
    let section = section(path);
    section == place
        || matches!(
            (place, section.as_str()),
            ("/messages", "/write" | "/bin") | ("/lists", "/segments") | ("/templates", "/library")
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_belongs_to_one_place() {
        for (path, place) in [
            ("/", "/"),
            ("/messages/12", "/messages"),
            ("/write", "/messages"),
            ("/bin", "/messages"),
            ("/segments/new", "/lists"),
            ("/library", "/templates"),
            ("/settings/users", "/settings"),
        ] {
            let found: Vec<_> = PLACES.iter().filter(|it| is_in(path, it.path)).map(|it| it.path).collect();
            assert_eq!(found, [place], "{path}");
        }
    }
}
