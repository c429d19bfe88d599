//! Every call, an input that it understands, and who may make it.

use model::DeliveredRole::{self, Administrator, Manager, Reader, Writer};
use model::{
    AccountDraft, AuditQuery, Company, ContactDraft, ContactFilter, ContactQuery, Decision, FirstRun, MessageDraft,
    MessageFilter, MessageQuery, Profile, RoleDraft, UserDraft,
};
use serde_json::{Value, json};

/// One call.
pub struct Call {
    /// Room and name.
    pub path: &'static str,
    /// Who may make it.
    pub door: Door,
    /// Something it understands; where it names a thing, there is no such thing.
    pub input: fn() -> Value,
}

/// Who may make a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Anybody who knows the secret that is part of the input.
    Open,
    /// Whoever is signed in.
    SignedIn,
    /// Only these of the delivered roles.
    Only(&'static [DeliveredRole]),
}

/// An id that nothing has.
const NOTHING: i64 = 999_999;

const ADMINISTRATORS: Door = Door::Only(&[Administrator]);
const MANAGERS: Door = Door::Only(&[Administrator, Manager]);
const WRITERS: Door = Door::Only(&[Administrator, Manager, Writer]);
const READERS: Door = Door::Only(&[Administrator, Manager, Writer, Reader]);

const fn call(path: &'static str, door: Door, input: fn() -> Value) -> Call {
    Call { path, door, input }
}

/// All calls there are. The order is that in which the test of rights makes them; what ends the session comes last.
pub const CALLS: &[Call] = &[
    call("session/sign_in", Door::Open, || json!({ "email": "eva@example.sk", "password": "guessed" })),
    call(
        "session/set_up",
        Door::Open,
        || json!({ "first_run": FirstRun { token: "guessed".to_owned(), ..FirstRun::default() } }),
    ),
    call("session/open_invitation", Door::Open, || json!({ "token": "guessed" })),
    call("session/accept_invitation", Door::Open, || json!({ "token": "guessed", "password": "ešte dlhšie heslo" })),
    call("session/who_am_i", Door::SignedIn, nothing),
    call("overview/open_overview", Door::SignedIn, || json!({ "midnight": 0 })),
    call("accounts/list_accounts", WRITERS, nothing),
    call("accounts/save_account", ADMINISTRATORS, || json!({ "id": NOTHING, "draft": account() })),
    call("accounts/test_account", ADMINISTRATORS, || json!({ "id": null, "draft": account() })),
    call("accounts/make_account_default", ADMINISTRATORS, id),
    call("accounts/pause_account", ADMINISTRATORS, id),
    call("accounts/resume_account", ADMINISTRATORS, id),
    call("accounts/delete_account", ADMINISTRATORS, id),
    call("audit/list_audit", ADMINISTRATORS, || json!({ "query": AuditQuery::default() })),
    call("capture/list_captured", ADMINISTRATORS, || json!({ "after": null })),
    call("capture/open_captured", ADMINISTRATORS, id),
    call("capture/clear_captured", ADMINISTRATORS, nothing),
    call("contacts/list_contacts", READERS, || json!({ "query": ContactQuery::default() })),
    call("contacts/count_contacts", READERS, || json!({ "filter": ContactFilter::default() })),
    call("contacts/open_contact", READERS, id),
    call("contacts/offer_recipients", READERS, || json!({ "words": "eva" })),
    call("contacts/save_contact", WRITERS, || json!({ "key": [NOTHING, 1], "draft": ContactDraft::default() })),
    call("contacts/delete_contact", MANAGERS, id),
    call("history/list_messages", READERS, || json!({ "query": MessageQuery::default() })),
    call("history/count_messages", READERS, || json!({ "filter": MessageFilter::default() })),
    call("history/open_message", READERS, id),
    call("messages/save_draft", WRITERS, draft),
    call("messages/open_draft", WRITERS, id),
    call("messages/delete_draft", WRITERS, id),
    call("messages/prepare_message", WRITERS, draft),
    call("messages/send_message", WRITERS, draft),
    call("messages/release_messages", WRITERS, ids),
    call("messages/list_undoable", WRITERS, nothing),
    call("messages/undo_send", WRITERS, id),
    call("messages/cancel_messages", WRITERS, ids),
    call("messages/resend_messages", WRITERS, ids),
    call("messages/decide_delivery", MANAGERS, || json!({ "id": NOTHING, "decision": Decision::TakeAsAccepted })),
    call("settings/open_company", ADMINISTRATORS, nothing),
    call("settings/save_company", ADMINISTRATORS, || json!({ "company": Company::default() })),
    call("users/list_users", ADMINISTRATORS, nothing),
    call("users/invite_user", ADMINISTRATORS, || json!({ "draft": UserDraft::default() })),
    call("users/renew_link", ADMINISTRATORS, id),
    call("users/save_user", ADMINISTRATORS, || json!({ "id": NOTHING, "draft": UserDraft::default() })),
    call("users/disable_user", ADMINISTRATORS, id),
    call("users/enable_user", ADMINISTRATORS, id),
    call("users/list_roles", ADMINISTRATORS, nothing),
    call("users/save_role", ADMINISTRATORS, || json!({ "id": NOTHING, "draft": RoleDraft::default() })),
    call("users/delete_role", ADMINISTRATORS, id),
    call("profile/save_profile", Door::SignedIn, || json!({ "profile": Profile::default() })),
    call("profile/change_password", Door::SignedIn, || json!({ "old": "guessed", "new": "ešte dlhšie heslo" })),
    call("profile/list_sessions", Door::SignedIn, nothing),
    call("profile/revoke_session", Door::SignedIn, id),
    call("profile/revoke_other_sessions", Door::SignedIn, nothing),
    call("session/sign_out", Door::SignedIn, nothing),
];

fn nothing() -> Value {
    json!({})
}

fn id() -> Value {
    json!({ "id": NOTHING })
}

fn ids() -> Value {
    json!({ "ids": [NOTHING] })
}

fn draft() -> Value {
    json!({ "key": null, "draft": MessageDraft::default() })
}

/// An account whose relay is not there: nothing listens on port 9 of this machine.
fn account() -> AccountDraft {
    let mut draft =
        AccountDraft { name: "Relay".to_owned(), sender_address: "info@example.sk".to_owned(), ..AccountDraft::default() };
    draft.smtp.host = "127.0.0.1".to_owned();
    draft.smtp.port = 9;
    draft
}
