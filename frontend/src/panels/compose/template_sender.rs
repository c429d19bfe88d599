//! The sender that a template brings in place of the account's.

use leptos::prelude::*;

use super::desk::Desk;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Button, ButtonKind};

/// Who the sender is by the template, and the way back to the account's; nothing where the template names none.
#[component]
pub(super) fn TemplateSender(
    /// What is written.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || match desk.sender.get().unwrap_or_default() {
        (name, address) if name.is_empty() && address.is_empty() => t_string!(i18n, writing.sender_template).to_owned(),
        (name, address) if address.is_empty() => t_string!(i18n, writing.sender_named, sender = name),
        (name, address) if name.is_empty() => t_string!(i18n, writing.sender_named, sender = address),
        (name, address) => t_string!(i18n, writing.sender_named, sender = format!("{name} <{address}>")),
    };
    let fault = move || desk.form.fault("sender", i18n.get_locale());
    view! {
        <Show when=move || desk.sender.with(Option::is_some)>
            <p class="template-sender" role="status">
                <span>{words}</span>
                <Button
                    label=move || t_string!(i18n, writing.sender_account)
                    kind=ButtonKind::Quiet
                    on_press=move || {
                        desk.sender.set(None);
                        desk.form.clear("sender");
                    }
                />
            </p>
        </Show>
        // Told here also when it is about one's own address: nobody else tells who the sender is.
        <div role="status">{move || fault().map(|it| view! { <p class="fault">{it}</p> })}</div>
    }
}
