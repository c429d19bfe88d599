//! Lets a colleague look after the chosen contacts.

use leptos::prelude::*;
use model::{BulkChange, Permission, UserId};

use super::{Bulk, BulkAct, Press, Shelf};
use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{language, t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Dialog, Glyph, Select};

/// The act.
pub const OWNER: BulkAct = BulkAct {
    name: "owner",
    right: Permission::ContactsEdit,
    glyph: Glyph::USER_CHECK,
    shelf: Shelf::Menu,
    label: |i18n| t_string!(i18n, bulk.owner).to_owned(),
    press: Press::Ask(|bulk, open| view! { <OwnerDialog bulk=bulk open=open /> }.into_any()),
};

#[component]
fn OwnerDialog(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, bulk.owner_title) open=open>
            <OwnerForm bulk=bulk open=open />
        </Dialog>
    }
}

#[component]
fn OwnerForm(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(String::new());
    let known = calls::ask(|| (), |()| app::contacts::list_owners());
    let options = Signal::derive(move || {
        let mut options = vec![(String::new(), t_string!(i18n, bulk.owner_nobody).to_owned())];
        options.extend(known.get().unwrap_or_default().into_iter().map(|(id, name)| (id.to_string(), name)));
        options
    });
    let count = move || small(bulk.count());
    let give = move || {
        let owner = chosen.get_untracked().parse().ok().map(UserId);
        open.set(false);
        bulk.run(untrack(|| t_string!(i18n, bulk.owner_run).to_owned()), move |chosen, after| {
            app::bulk::change_contacts(chosen, BulkChange::Owner(owner), after)
        });
    };
    view! {
        <Select label=move || t_string!(i18n, bulk.owner_name) options=options value=chosen />
        <footer class="dialog-end">
            <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
            <Button
                label=move || {
                    t_string!(i18n, bulk.owner_act, count = count(), n = crate::format::number(language(i18n.get_locale()), bulk.count()))
                }
                kind=ButtonKind::Primary
                on_press=give
            />
        </footer>
    }
}
