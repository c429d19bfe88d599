//! Deletes the chosen contacts, once their number was seen.

use leptos::prelude::*;
use model::Permission;

use super::{Bulk, BulkAct, Press, Shelf};
use crate::i18n::messages::small;
use crate::i18n::{language, t_string, use_i18n};
use crate::parts::{Confirm, Glyph};

/// The act.
pub const DELETE: BulkAct = BulkAct {
    name: "delete",
    right: Permission::ContactsDelete,
    glyph: Glyph::TRASH_2,
    shelf: Shelf::Menu,
    label: |i18n| t_string!(i18n, bulk.delete).to_owned(),
    press: Press::Ask(|bulk, open| view! { <DeleteDialog bulk=bulk open=open /> }.into_any()),
};

#[component]
fn DeleteDialog(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let count = move || small(bulk.count());
    let number = move || crate::format::number(language(i18n.get_locale()), bulk.count());
    let delete = move || {
        open.set(false);
        bulk.run(untrack(|| t_string!(i18n, bulk.delete_run).to_owned()), app::bulk::delete_contacts);
    };
    view! {
        <Confirm
            open=open
            question=move || t_string!(i18n, bulk.delete_title, count = count(), n = number())
            text=move || t_string!(i18n, bulk.delete_text)
            act=move || t_string!(i18n, bulk.delete_act, count = count(), n = number())
            busy=false
            on_confirm=delete
        />
    }
}
