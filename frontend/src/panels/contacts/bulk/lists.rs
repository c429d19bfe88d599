//! Puts the chosen contacts into a recipient list, or takes them out of the one that is open.

use leptos::prelude::*;
use model::{Chosen, ListDraft, ListOrigin, ListQuery, Permission, RecipientListId};

use super::{Bulk, BulkAct, Press, Shelf};
use crate::calls;
use crate::i18n::{lists as words, t_string, tu_string, use_i18n};
use crate::parts::{Button, ButtonKind, Dialog, Form, FormState, Glyph, Select, TextField};

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

/// What stands for a list that is made on the way.
const NEW: &str = "new";

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
    let (chosen, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let known = calls::ask(|| (), |()| app::recipient_lists::list_lists(ListQuery::default()));
    let options = Signal::derive(move || {
        let lists = known.get().map(|it| it.rows).unwrap_or_default();
        let mut options: Vec<_> = lists.into_iter().map(|it| (it.id.to_string(), it.name)).collect();
        if adding {
            options.push((NEW.to_owned(), t_string!(i18n, lists.choose_new).to_owned()));
        }
        options
    });
    // The first one is chosen until somebody chooses; without any, a new one is made.
    let wanted = move || {
        chosen.with(|it| if it.is_empty() { options.with(|all| all.first().map(|it| it.0.clone())) } else { Some(it.clone()) })
    };
    let is_new = Memo::new(move |_| wanted().as_deref() == Some(NEW));
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
        if is_new.get_untracked() {
            let origin = match bulk.chosen() {
                Chosen::Matching { .. } => ListOrigin::Search,
                Chosen::Ticked(_) => ListOrigin::Ticked,
            };
            let draft = ListDraft { name: name.get_untracked(), description: String::new(), origin };
            form.submit(app::recipient_lists::save_list(None, draft), run);
        } else if let Some(list) = untrack(wanted).and_then(|it| it.parse().ok()) {
            run(RecipientListId(list));
        }
    };
    let act = move || match adding {
        true => t_string!(i18n, lists.choose_begin),
        false => t_string!(i18n, lists.remove_chosen),
    };
    view! {
        <Form state=form on_submit=submit>
            <p>{lead}</p>
            <Select label=move || t_string!(i18n, lists.choose) options=options value=chosen />
            <Show when=move || is_new.get()>
                <TextField label=move || t_string!(i18n, lists.name) value=name name="name" />
            </Show>
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
                <Button label=act kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}
