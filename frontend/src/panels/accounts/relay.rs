//! The part of the form about the relay: where it is, how the connection is protected, who we are there.

use leptos::prelude::*;
use model::{Account, Transport};

use super::fields::Fields;
use super::provider::ProviderChoice;
use crate::i18n::{t_string, use_i18n};
use crate::panels::password::PasswordField;
use crate::parts::{RadioGroup, TextField, TextKind};
use crate::state::accounts::{PasswordNote, password_note};

/// Provider, host, port, protection, user and password.
#[component]
pub(super) fn RelayPart(
    fields: Fields,
    /// The stored account, when one is changed.
    stored: Option<Signal<Account>>,
    /// Whether it signs in by OAuth.
    by_oauth: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let relay = move || match stored?.get() {
        Account { transport: Transport::Smtp(smtp), has_password: true, .. } => Some(smtp),
        _ => None,
    };
    let note = Memo::new(move |_| password_note(&fields.form(), relay().as_ref()));
    let about_password = move || match note.get() {
        PasswordNote::None => t_string!(i18n, accounts.password_hint),
        PasswordNote::Stored => t_string!(i18n, accounts.password_stored),
        PasswordNote::Again => t_string!(i18n, accounts.password_again),
    };
    view! {
        <section class="form-part">
            <header><h2>{move || t_string!(i18n, accounts.section_relay)}</h2></header>
            <div class="form-fields">
                <ProviderChoice fields=fields />
                <div class="form-row host-port">
                    <TextField label=move || t_string!(i18n, accounts.host) value=fields.host name="smtp.host" placeholder="smtp.example.sk" />
                    <TextField
                        label=move || t_string!(i18n, accounts.port)
                        value=fields.port
                        name="smtp.port"
                        kind=TextKind::Number
                        short=true
                    />
                </div>
                <SecurityChoice security=fields.security />
                <TextField
                    label=move || t_string!(i18n, accounts.user_name)
                    value=fields.user_name
                    name="smtp.user_name"
                    hint=move || t_string!(i18n, accounts.user_name_hint)
                    optional=true
                />
                <Show
                    when=move || !by_oauth.get()
                    fallback=move || view! { <p class="hint">{move || t_string!(i18n, oauth.password_unused)}</p> }
                >
                    <PasswordField
                        label=move || t_string!(i18n, accounts.password)
                        value=fields.password
                        name="password"
                        autocomplete="new-password"
                        hint=about_password
                    />
                </Show>
            </div>
        </section>
    }
}

/// The three protections, the chosen one explained.
#[component]
fn SecurityChoice(security: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let explained = move || match security.read().as_str() {
        "tls" => t_string!(i18n, accounts.security_tls_hint),
        "none" => t_string!(i18n, accounts.security_none_hint),
        _ => t_string!(i18n, accounts.security_starttls_hint),
    };
    view! {
        <div class="explained-choice">
            <RadioGroup
                label=move || t_string!(i18n, accounts.security)
                value=security
                segmented=true
                options=vec![
                    ("starttls", TextProp::from(move || t_string!(i18n, accounts.security_starttls))),
                    ("tls", TextProp::from(move || t_string!(i18n, accounts.security_tls))),
                    ("none", TextProp::from(move || t_string!(i18n, accounts.security_none))),
                ]
            />
            <p class="hint" aria-live="polite">{explained}</p>
        </div>
    }
}
