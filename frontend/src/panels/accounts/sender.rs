//! The part of the form about who recipients see.

use leptos::prelude::*;

use super::fields::Fields;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{TextField, TextKind};

/// Sender's name, address and where replies go.
#[component]
pub(super) fn SenderPart(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    let address = move || fields.sender_address.with(|it| it.trim().to_owned());
    let shown = move || match fields.sender_name.with(|it| it.trim().to_owned()) {
        name if name.is_empty() => address(),
        name => format!("{name} <{}>", address()),
    };
    view! {
        <section class="form-part">
            <header><h2>{move || t_string!(i18n, accounts.section_sender)}</h2></header>
            <div class="form-fields">
                <TextField
                    label=move || t_string!(i18n, accounts.sender_name)
                    value=fields.sender_name
                    name="sender_name"
                    hint=move || t_string!(i18n, accounts.sender_name_hint)
                    optional=true
                />
                <TextField
                    label=move || t_string!(i18n, accounts.sender_address)
                    value=fields.sender_address
                    name="sender_address"
                    kind=TextKind::Email
                    hint=move || t_string!(i18n, accounts.sender_address_hint)
                />
                <Show when=move || !address().is_empty()>
                    <p class="sender-preview">
                        <span>{move || t_string!(i18n, accounts.preview_label)}</span>
                        <strong>{shown}</strong>
                    </p>
                </Show>
                <TextField
                    label=move || t_string!(i18n, accounts.reply_to)
                    value=fields.reply_to
                    name="reply_to"
                    kind=TextKind::Email
                    hint=move || t_string!(i18n, accounts.reply_to_hint)
                    optional=true
                />
            </div>
        </section>
    }
}
