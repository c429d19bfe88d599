//! Says what the chosen contacts are to us: clients, partners, employees.

use leptos::prelude::*;
use model::{BulkChange, ContactKind, Permission};

use super::{Bulk, BulkAct, Press, Shelf};
use crate::i18n::messages::small;
use crate::i18n::{contacts, language, t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Dialog, Glyph, Select};

/// The act.
pub const KIND: BulkAct = BulkAct {
    name: "kind",
    right: Permission::ContactsEdit,
    glyph: Glyph::PENCIL,
    shelf: Shelf::Menu,
    label: |i18n| t_string!(i18n, bulk.kind).to_owned(),
    press: Press::Ask(|bulk, open| view! { <KindDialog bulk=bulk open=open /> }.into_any()),
};

#[component]
fn KindDialog(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, bulk.kind_title) open=open>
            <KindForm bulk=bulk open=open />
        </Dialog>
    }
}

#[component]
fn KindForm(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new("0".to_owned());
    let options = Signal::derive(move || {
        let named = |(n, it): (usize, ContactKind)| (n.to_string(), contacts::kind(i18n.get_locale(), it).to_owned());
        ContactKind::ALL.into_iter().enumerate().map(named).collect::<Vec<_>>()
    });
    let count = move || small(bulk.count());
    let change = move || {
        let place = chosen.get_untracked().parse::<usize>().unwrap_or_default();
        let Some(kind) = ContactKind::ALL.get(place).copied() else { return };
        open.set(false);
        bulk.run(untrack(|| t_string!(i18n, bulk.kind_run).to_owned()), move |chosen, after| {
            app::bulk::change_contacts(chosen, BulkChange::Kind(kind), after)
        });
    };
    view! {
        <Select label=move || t_string!(i18n, bulk.kind_name) options=options value=chosen />
        <footer class="dialog-end">
            <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
            <Button
                label=move || {
                    t_string!(i18n, bulk.owner_act, count = count(), n = crate::format::number(language(i18n.get_locale()), bulk.count()))
                }
                kind=ButtonKind::Primary
                on_press=change
            />
        </footer>
    }
}
