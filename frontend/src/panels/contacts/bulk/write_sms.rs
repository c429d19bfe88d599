//! Writes one text message to the chosen contacts.

use leptos::prelude::*;
use model::address::written;
use model::message::RECIPIENTS_MAX;
use model::{Permission, PhoneRecipient, PickedRecipients};

use super::{Bulk, BulkAct, Press, Shelf};
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::panels::loaded::Loaded;
use crate::parts::{Button, ButtonKind, Dialog, Glyph};
use crate::state::place::address;

/// The act.
pub const WRITE_SMS: BulkAct = BulkAct {
    name: "write-sms",
    right: Permission::MessageWrite,
    glyph: Glyph::MESSAGE_SQUARE,
    shelf: Shelf::Menu,
    label: |i18n| t_string!(i18n, sms_write.write).to_owned(),
    press: Press::Ask(|bulk, open| view! { <WriteDialog bulk=bulk open=open /> }.into_any()),
};

#[component]
fn WriteDialog(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, bulk.sms_title) open=open>
            <Picking bulk=bulk open=open />
        </Dialog>
    }
}

/// Asked when the dialog opens: until then the choice may change.
#[component]
fn Picking(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let answer = calls::ask(|| (), move |()| app::bulk::pick_phones(bulk.chosen()));
    view! {
        <Loaded answer=answer lines=2 let:picked>
            <Picked picked=picked bulk=bulk open=open />
        </Loaded>
    }
}

#[component]
fn Picked(picked: Signal<PickedRecipients<PhoneRecipient>>, bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let n = move || picked.with(|it| it.recipients.len() as u32);
    let without = move || picked.with(|it| it.without);
    let too_many = move || picked.with(|it| it.too_many);
    let text = move || match (too_many(), n()) {
        (true, _) => t_string!(i18n, bulk.sms_too_many, max = RECIPIENTS_MAX),
        (false, 0) => t_string!(i18n, bulk.sms_nobody).to_owned(),
        (false, n) => t_string!(i18n, bulk.sms_text, count = n, n = n),
    };
    let write = move || {
        let to = picked.with_untracked(|it| {
            let chips = it.recipients.iter().map(|it| written(&it.name, &it.number));
            chips.collect::<Vec<_>>().join("; ")
        });
        open.set(false);
        bulk.go(address("/write", &[("channel", "sms".to_owned()), ("to", to)]));
    };
    view! {
        <p>{text}</p>
        <Show when=move || !too_many() && 0 < without()>
            <p>{move || t_string!(i18n, bulk.sms_without, count = without(), n = without())}</p>
        </Show>
        <footer class="dialog-end">
            <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
            <Show when=move || !too_many() && 0 < n()>
                <Button
                    label=move || t_string!(i18n, bulk.write_to, count = n(), n = n())
                    kind=ButtonKind::Primary
                    on_press=write
                />
            </Show>
        </footer>
    }
}
