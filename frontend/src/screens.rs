//! Which screens there are, who may see them, and in which chunk their code comes.
//!
//! The first load carries the frame and the overview. All other screens, and what is laid over them, come in chunks, fetched when
//! one is first opened or when the first screen has been standing for a moment. A chunk begins at a function marked `wasm_split`: what
//! only it reaches is its own, and `cargo xtask` cuts the program there.
// The marked functions are linked by name, which the compiler calls unsafe; their two sides are made by the same macro.
#![allow(unsafe_code)]

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use model::Permission;

use crate::browser::sheet;
use crate::frame::Overlay;
use crate::frame::places::{CAMPAIGN_RIGHTS, MESSAGE_RIGHTS};
use crate::pages::{
    campaigns, capture, contacts, imports, library, lists, log, messages, outbox, segments, session, settings, suppressions,
    templates,
};

/// A screen that comes in a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Screen {
    Messages,
    Message,
    Bin,
    Write,
    Contacts,
    NewContact,
    Contact,
    EditContact,
    Duplicates,
    Lists,
    List,
    Segments,
    NewSegment,
    Segment,
    Suppressions,
    Proposals,
    Campaigns,
    NewCampaign,
    Campaign,
    EditCampaign,
    Templates,
    Template,
    Imports,
    Import,
    Library,
    NewTemplate,
    EditTemplate,
    Outbox,
    Capture,
    Captured,
    Log,
    Settings,
    Profile,
    Sessions,
    Company,
    Fields,
    CampaignRules,
    Proof,
    Retention,
    OldArchive,
    Accounts,
    NewAccount,
    Account,
    Readiness,
    Mailbox,
    StandIns,
    Copies,
    OauthReturn,
    Retries,
    Returns,
    Senders,
    SenderDomain,
    Users,
    NewUser,
    User,
    Roles,
    NewRole,
    Role,
    SignIn,
    FirstRun,
    Invitation,
    Overlay,
    Parts,
}

/// A chunk that could not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotFetched;

impl From<SplitLoaderError> for NotFetched {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

impl Screen {
    /// Any of these rights opens it; none means that everybody may see it.
    pub fn rights(self) -> &'static [Permission] {
        match self {
            Self::Messages | Self::Message => MESSAGE_RIGHTS,
            Self::Bin => &[Permission::MessageDelete],
            Self::Write => &[Permission::MessageWrite],
            Self::Lists | Self::List | Self::Segments | Self::Segment => &[Permission::ContactsView],
            Self::NewSegment => &[Permission::ListsManage],
            Self::Contacts | Self::Contact | Self::Suppressions | Self::Duplicates => &[Permission::ContactsView],
            Self::Templates | Self::Template | Self::NewTemplate | Self::EditTemplate => &[Permission::TemplatesManage],
            Self::Campaigns | Self::Campaign => CAMPAIGN_RIGHTS,
            Self::NewCampaign | Self::EditCampaign => &[Permission::CampaignWrite],
            Self::Imports | Self::Import => &[Permission::ContactsImport],
            Self::NewContact | Self::EditContact => &[Permission::ContactsEdit],
            Self::Outbox => &[Permission::OutboxManage],
            Self::Capture | Self::Captured | Self::Accounts | Self::NewAccount | Self::Account => &[Permission::AccountsManage],
            Self::Readiness
            | Self::Mailbox
            | Self::StandIns
            | Self::Copies
            | Self::OauthReturn
            | Self::Retries
            | Self::Returns
            | Self::Senders
            | Self::SenderDomain => &[Permission::AccountsManage],
            Self::Proposals => &[Permission::SuppressionsManage],
            Self::Library => &[Permission::TemplatesManage, Permission::MessageWrite],
            Self::Log => &[Permission::LogView],
            Self::Company | Self::Fields | Self::CampaignRules => &[Permission::SettingsManage],
            Self::Retention => &[Permission::RetentionManage],
            Self::Proof => &[Permission::LogView],
            Self::OldArchive => &[Permission::MessagesImport],
            Self::Users | Self::NewUser | Self::User | Self::Roles | Self::NewRole | Self::Role => &[Permission::UsersManage],
            Self::Settings
            | Self::Profile
            | Self::Sessions
            | Self::SignIn
            | Self::FirstRun
            | Self::Invitation
            | Self::Overlay
            | Self::Parts => &[],
        }
    }

    /// Fetches the style and the chunk of the screen, unless they are here, and draws it.
    ///
    /// # Errors
    /// When one of them cannot be fetched.
    pub async fn draw(self) -> Result<AnyView, NotFetched> {
        // First what it wears: it is drawn as soon as its code is here.
        if !sheet::fetch().await {
            return Err(NotFetched);
        }
        match self {
            Self::Messages | Self::Message | Self::Bin => letters(self).await,
            Self::Contacts | Self::NewContact | Self::Contact | Self::EditContact | Self::Duplicates => people(self).await,
            Self::Lists
            | Self::List
            | Self::Segments
            | Self::NewSegment
            | Self::Segment
            | Self::Suppressions
            | Self::Proposals => groups(self).await,
            Self::Campaigns | Self::Campaign | Self::NewCampaign | Self::EditCampaign => crowd(self).await,
            Self::Templates | Self::Template => patterns(self).await,
            Self::Imports | Self::Import => intake(self).await,
            Self::Write | Self::NewTemplate | Self::EditTemplate => drafting(self).await,
            Self::Library => shelf().await,
            Self::SignIn | Self::FirstRun | Self::Invitation => threshold(self).await,
            Self::Outbox => dispatch(self).await,
            Self::Overlay => overlay().await,
            _ => office(self).await,
        }
    }
}

/// Fetches the chunks that most people open next, so that they are there at once.
pub async fn fetch_ahead() {
    sheet::fetch().await;
    let _ = overlay_ahead().await;
    let _ = letters_ahead().await;
    let _ = people_ahead().await;
    let _ = drafting_ahead().await;
}

#[wasm_split(letters, wasm_split_path = leptos::wasm_split, preload(letters_ahead), fallible)]
fn letters(screen: Screen) -> Result<AnyView, NotFetched> {
    Ok(match screen {
        Screen::Messages => messages::MessagesPage().into_any(),
        Screen::Bin => messages::BinPage().into_any(),
        _ => messages::MessageDetailPage().into_any(),
    })
}

#[wasm_split(people, wasm_split_path = leptos::wasm_split, preload(people_ahead), fallible)]
fn people(screen: Screen) -> Result<AnyView, NotFetched> {
    Ok(match screen {
        Screen::Contacts => contacts::ContactsPage().into_any(),
        Screen::NewContact => contacts::ContactNewPage().into_any(),
        Screen::EditContact => contacts::ContactEditPage().into_any(),
        Screen::Duplicates => contacts::DuplicatesPage().into_any(),
        _ => contacts::ContactDetailPage().into_any(),
    })
}

#[wasm_split(threshold, wasm_split_path = leptos::wasm_split, fallible)]
fn threshold(screen: Screen) -> Result<AnyView, NotFetched> {
    Ok(match screen {
        Screen::FirstRun => session::FirstRunPage().into_any(),
        Screen::Invitation => session::InvitationPage().into_any(),
        _ => session::SignInPage().into_any(),
    })
}

#[wasm_split(overlay, wasm_split_path = leptos::wasm_split, preload(overlay_ahead), fallible)]
fn overlay() -> Result<AnyView, NotFetched> {
    Ok(Overlay().into_any())
}

#[wasm_split(groups, wasm_split_path = leptos::wasm_split, fallible)]
fn groups(screen: Screen) -> Result<AnyView, NotFetched> {
    Ok(match screen {
        Screen::Lists => lists::ListsPage().into_any(),
        Screen::List => lists::ListPage().into_any(),
        Screen::Segments => segments::SegmentsPage().into_any(),
        Screen::NewSegment => segments::SegmentNewPage().into_any(),
        Screen::Segment => segments::SegmentPage().into_any(),
        Screen::Proposals => suppressions::ProposalsPage().into_any(),
        _ => suppressions::SuppressionsPage().into_any(),
    })
}

#[wasm_split(patterns, wasm_split_path = leptos::wasm_split, fallible)]
fn patterns(screen: Screen) -> Result<AnyView, NotFetched> {
    Ok(match screen {
        Screen::Templates => templates::TemplatesPage().into_any(),
        _ => templates::TemplatePage().into_any(),
    })
}

#[wasm_split(crowd, wasm_split_path = leptos::wasm_split, fallible)]
fn crowd(screen: Screen) -> Result<AnyView, NotFetched> {
    Ok(match screen {
        Screen::Campaigns => campaigns::CampaignsPage().into_any(),
        Screen::NewCampaign => campaigns::CampaignNewPage().into_any(),
        Screen::EditCampaign => campaigns::CampaignEditPage().into_any(),
        _ => campaigns::CampaignPage().into_any(),
    })
}

#[wasm_split(intake, wasm_split_path = leptos::wasm_split, fallible)]
fn intake(screen: Screen) -> Result<AnyView, NotFetched> {
    Ok(match screen {
        Screen::Imports => imports::ImportsPage().into_any(),
        _ => imports::ImportPage().into_any(),
    })
}

#[wasm_split(drafting, wasm_split_path = leptos::wasm_split, preload(drafting_ahead), fallible)]
fn drafting(screen: Screen) -> Result<AnyView, NotFetched> {
    Ok(match screen {
        Screen::Write => messages::WritePage().into_any(),
        Screen::NewTemplate => templates::TemplateNewPage().into_any(),
        _ => templates::TemplateEditPage().into_any(),
    })
}

#[wasm_split(shelf, wasm_split_path = leptos::wasm_split, fallible)]
fn shelf() -> Result<AnyView, NotFetched> {
    Ok(library::LibraryPage().into_any())
}

#[wasm_split(dispatch, wasm_split_path = leptos::wasm_split, fallible)]
fn dispatch(_screen: Screen) -> Result<AnyView, NotFetched> {
    Ok(outbox::OutboxPage().into_any())
}

#[wasm_split(office, wasm_split_path = leptos::wasm_split, fallible)]
fn office(screen: Screen) -> Result<AnyView, NotFetched> {
    Ok(match screen {
        Screen::Capture => capture::CapturePage().into_any(),
        Screen::Captured => capture::CapturedDetailPage().into_any(),
        Screen::Log => log::LogPage().into_any(),
        Screen::Profile => settings::ProfilePage().into_any(),
        Screen::Sessions => settings::SessionsPage().into_any(),
        Screen::Company => settings::CompanyPage().into_any(),
        Screen::Fields => settings::FieldsPage().into_any(),
        Screen::CampaignRules => settings::CampaignRulesPage().into_any(),
        Screen::Proof => settings::ProofPage().into_any(),
        Screen::Retention => settings::RetentionPage().into_any(),
        Screen::OldArchive => settings::OldArchivePage().into_any(),
        Screen::Accounts => settings::AccountsPage().into_any(),
        Screen::NewAccount => settings::AccountNewPage().into_any(),
        Screen::Account => settings::AccountEditPage().into_any(),
        Screen::Readiness => settings::ReadinessPage().into_any(),
        Screen::Mailbox => settings::MailboxPage().into_any(),
        Screen::StandIns => settings::StandInsPage().into_any(),
        Screen::Copies => settings::CopiesPage().into_any(),
        Screen::OauthReturn => settings::OauthReturnPage().into_any(),
        Screen::Retries => settings::RetriesPage().into_any(),
        Screen::Returns => settings::ReturnsPage().into_any(),
        Screen::Senders => settings::SendersPage().into_any(),
        Screen::SenderDomain => settings::SenderDomainPage().into_any(),
        Screen::Users => settings::UsersPage().into_any(),
        Screen::NewUser => settings::UserInvitePage().into_any(),
        Screen::User => settings::UserEditPage().into_any(),
        Screen::Roles => settings::RolesPage().into_any(),
        Screen::NewRole => settings::RoleNewPage().into_any(),
        Screen::Role => settings::RoleEditPage().into_any(),
        #[cfg(debug_assertions)]
        Screen::Parts => crate::pages::parts::PartsPage().into_any(),
        _ => settings::SettingsPage().into_any(),
    })
}
