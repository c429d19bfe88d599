//! From an account to what belongs to it: its readiness, its stand-ins, its returned mail, copies of what it sends, the senders.

use leptos::prelude::*;
use model::AccountId;

use crate::i18n::{t_string, use_i18n};
use crate::parts::{ButtonLink, Glyph};

/// The ways, side by side.
#[component]
pub fn AccountWays(
    /// The account.
    id: AccountId,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <nav class="account-ways" aria-label=move || t_string!(i18n, accounts.ways)>
            <ButtonLink
                label=move || t_string!(i18n, readiness.open)
                href=format!("/settings/accounts/{id}/readiness")
                icon=Glyph::LIST_CHECKS
            />
            <ButtonLink
                label=move || t_string!(i18n, returns.open)
                href=format!("/settings/accounts/{id}/mailbox")
                icon=Glyph::MAIL_X
            />
            <ButtonLink
                label=move || t_string!(i18n, stand_ins.open)
                href=format!("/settings/accounts/{id}/stand-ins")
                icon=Glyph::SERVER
            />
            <ButtonLink
                label=move || t_string!(i18n, copies.open)
                href=format!("/settings/accounts/{id}/copies")
                icon=Glyph::COPY
            />
            <ButtonLink label=move || t_string!(i18n, senders.title) href="/settings/senders".to_owned() icon=Glyph::AT_SIGN />
        </nav>
    }
}
