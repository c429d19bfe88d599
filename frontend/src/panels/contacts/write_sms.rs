//! The way from a contact to a text message.

use leptos::prelude::*;
use model::{Contact, Permission, Transport};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{ButtonLink, Glyph};
use crate::session::Session;

/// *Write SMS*, where the contact has a number and something carries text messages.
#[component]
pub(super) fn WriteSms(
    /// The contact.
    contact: Signal<Contact>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let asks = Memo::new(move |_| {
        session.can(Permission::MessageWrite) && contact.with(|it| it.fields.phones.iter().any(|it| !it.text.trim().is_empty()))
    });
    let carried = calls::ask(
        move || asks.get(),
        |asks| async move {
            if !asks {
                return Ok(false);
            }
            let accounts = app::accounts::list_accounts().await?;
            Ok(accounts.iter().any(|it| matches!(it.transport, Transport::Sms(_))))
        },
    );
    let id = Memo::new(move |_| contact.with(|it| it.id));
    view! {
        <Show when=move || asks.get() && carried.with(|it| it == Some(&true))>
            <ButtonLink
                label=move || t_string!(i18n, sms_write.write)
                href=Signal::derive(move || format!("/write?channel=sms&contact={}", id.get()))
                icon=Glyph::MESSAGE_SQUARE
            />
        </Show>
    }
}
