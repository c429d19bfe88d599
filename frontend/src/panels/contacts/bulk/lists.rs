//! Puts the chosen contacts into a recipient list, or takes them out of the one that is open.

use leptos::prelude::*;
use model::{Chosen, Fault, ListDraft, ListOrigin, Permission, RecipientListId, Refusal};

use super::{Bulk, BulkAct, Press, Shelf};
use crate::i18n::{lists as words, t_string, tu_string, use_i18n};
use crate::panels::lists::ListField;
use crate::parts::{Checkbox, Dialog, DialogEnd, Form, FormState, Glyph, TextField};

/// Puts them into a list.
pub const ADD_TO_LIST: BulkAct = BulkAct {
    name: "add-to-list",
    right: Permission::ListsManage,
    glyph: Glyph::LIST,
    shelf: Shelf::Bar,
    label: |i18n| t_string!(i18n, lists.add_chosen).to_owned(),
    press: Press::Ask(|bulk, open| view! { <ListDialog bulk=bulk open=open adding=true /> }.into_any()),
};

/// Takes them out of a list.
pub const REMOVE_FROM_LIST: BulkAct = BulkAct {
    name: "remove-from-list",
    right: Permission::ListsManage,
    glyph: Glyph::CIRCLE_MINUS,
    shelf: Shelf::Menu,
    label: |i18n| t_string!(i18n, lists.remove_chosen).to_owned(),
    press: Press::Ask(|bulk, open| view! { <ListDialog bulk=bulk open=open adding=false /> }.into_any()),
};

#[component]
fn ListDialog(bulk: Bulk, open: RwSignal<bool>, adding: bool) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || match adding {
        true => t_string!(i18n, lists.add_chosen),
        false => t_string!(i18n, lists.remove_chosen),
    };
    view! {
        <Dialog title=title open=open>
            <ListForm bulk=bulk open=open adding=adding />
        </Dialog>
    }
}

#[component]
fn ListForm(bulk: Bulk, open: RwSignal<bool>, adding: bool) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new();
    let (chosen, name) = (RwSignal::new(None::<RecipientListId>), RwSignal::new(String::new()));
    let makes = RwSignal::new(false);
    let lead = move || {
        let members = words::members(i18n.get_locale(), bulk.count());
        if adding { t_string!(i18n, lists.choose_lead, members = members) } else { members }
    };
    let run = move |list: RecipientListId| {
        open.set(false);
        if adding {
            bulk.run(tu_string!(i18n, lists.add_chosen).to_owned(), move |chosen, after| {
                app::recipient_lists::add_to_list(list, chosen, after)
            });
        } else {
            bulk.run(tu_string!(i18n, lists.remove_chosen).to_owned(), move |chosen, after| {
                app::recipient_lists::remove_from_list(list, chosen, after)
            });
        }
    };
    let submit = move || {
        if makes.get_untracked() {
            let origin = match bulk.chosen() {
                Chosen::Matching { .. } => ListOrigin::Search,
                Chosen::Ticked(_) => ListOrigin::Ticked,
            };
            let draft = ListDraft { name: name.get_untracked(), origin, ..ListDraft::default() };
            form.submit(app::recipient_lists::save_list(None, draft), run);
        } else {
            match chosen.get_untracked() {
                Some(list) => run(list),
                None => form.refuse(Refusal::field("list", Fault::Missing).into()),
            }
        }
    };
    let act = move || match adding {
        true => t_string!(i18n, lists.choose_begin),
        false => t_string!(i18n, lists.remove_chosen),
    };
    view! {
        <Form state=form on_submit=submit>
            <p>{lead}</p>
            <Show when=move || adding>
                <Checkbox label=move || t_string!(i18n, lists.choose_new) checked=makes />
            </Show>
            <Show
                when=move || makes.get()
                fallback=move || {
                    view! {
                        <ListField
                            label=move || t_string!(i18n, lists.choose)
                            chosen=chosen
                            on_choose=move |it| chosen.set(it)
                        />
                    }
                }
            >
                <TextField label=move || t_string!(i18n, lists.name) value=name name="name" />
            </Show>
            <DialogEnd label=act open=open busy=form.busy() />
        </Form>
    }
}
