//! Settings: one's own profile and sessions, company, accounts, users, roles.

mod account;
mod accounts;
mod campaigns;
mod company;
mod fields;
mod menu;
mod oauth;
mod old_archive;
mod profile;
mod proof;
mod relays;
mod retention;
mod retries;
mod returns;
mod role;
mod roles;
mod senders;
mod sessions;
mod user;
mod users;

pub use account::{AccountEditPage, AccountNewPage};
pub use accounts::AccountsPage;
pub use campaigns::CampaignRulesPage;
pub use company::CompanyPage;
pub use fields::FieldsPage;
use leptos::prelude::*;
use leptos_router::components::Outlet;
pub use oauth::OauthReturnPage;
pub use old_archive::OldArchivePage;
pub use profile::ProfilePage;
pub use proof::ProofPage;
pub use relays::{CopiesPage, StandInsPage};
pub use retention::RetentionPage;
pub use retries::RetriesPage;
pub use returns::{MailboxPage, ReadinessPage, ReturnsPage};
pub use role::{RoleEditPage, RoleNewPage};
pub use roles::RolesPage;
pub use senders::{SenderDomainPage, SendersPage};
pub use sessions::SessionsPage;
pub use user::{UserEditPage, UserInvitePage};
pub use users::UsersPage;

use self::menu::SettingsMenu;

/// The menu of the settings beside one of their pages.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! {
        <div class="settings">
            <SettingsMenu />
            <div class="settings-page">
                <Outlet />
            </div>
        </div>
    }
}
