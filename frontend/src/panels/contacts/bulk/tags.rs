//! Gives the chosen contacts a tag, or takes one away.

use app::Problem;
use leptos::prelude::*;
use model::{BulkChange, Fault, Permission, Refusal, Tag, TagId};

use super::{Bulk, BulkAct, Press, Shelf};
use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{language, t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Dialog, Field, Form, FormState, Glyph, Select, fresh_id};

/// Gives a tag.
pub const TAG: BulkAct = BulkAct {
    name: "tag",
    right: Permission::ContactsEdit,
    glyph: Glyph::TAG,
    shelf: Shelf::Bar,
    label: |i18n| t_string!(i18n, bulk.tag).to_owned(),
    press: Press::Ask(|bulk, open| view! { <TagDialog bulk=bulk open=open /> }.into_any()),
};

/// Takes a tag away.
pub const UNTAG: BulkAct = BulkAct {
    name: "untag",
    right: Permission::ContactsEdit,
    glyph: Glyph::TAG,
    shelf: Shelf::Menu,
    label: |i18n| t_string!(i18n, bulk.untag).to_owned(),
    press: Press::Ask(|bulk, open| view! { <UntagDialog bulk=bulk open=open /> }.into_any()),
};

#[component]
fn TagDialog(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, bulk.tag_title) open=open>
            <TagForm bulk=bulk open=open />
        </Dialog>
    }
}

#[component]
fn TagForm(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new();
    let name = RwSignal::new(String::new());
    let known = calls::ask(|| (), |()| app::contacts::list_tags(String::new()));
    let list = fresh_id("tags");
    let own = list.clone();
    let count = move || small(bulk.count());
    let tag = move || {
        let name = name.get_untracked().trim().to_owned();
        if name.is_empty() {
            return form.refuse(Problem::Refused(Refusal::field("tag", Fault::Missing)));
        }
        open.set(false);
        bulk.run(untrack(|| t_string!(i18n, bulk.tag_run, tag = name.clone())), move |chosen, after| {
            app::bulk::change_contacts(chosen, BulkChange::Tag(name.clone()), after)
        });
    };
    let options =
        move || known.with(|it| it.map(|tags| tags.iter().map(|it| it.name.clone()).collect::<Vec<_>>()).unwrap_or_default());
    view! {
        <Form state=form on_submit=tag>
            <Field
                label=move || t_string!(i18n, bulk.tag_name)
                name="tag"
                hint=Some(TextProp::from(move || t_string!(i18n, bulk.tag_hint)))
                let:ids
                let:faulty
            >
                <input
                    class="input"
                    type="text"
                    autocomplete="off"
                    list=list.clone()
                    id=ids.field
                    aria-invalid=move || faulty.get().then_some("true")
                    aria-describedby=ids.notes
                    prop:value=move || name.get()
                    on:input=move |event| {
                        form.clear("tag");
                        name.set(event_target_value(&event));
                    }
                />
            </Field>
            <datalist id=own>
                {move || options().into_iter().map(|it| view! { <option value=it></option> }).collect_view()}
            </datalist>
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
                <Button
                    label=move || {
                        t_string!(i18n, bulk.tag_act, count = count(), n = crate::format::number(language(i18n.get_locale()), bulk.count()))
                    }
                    kind=ButtonKind::Primary
                    submit=true
                />
            </footer>
        </Form>
    }
}

#[component]
fn UntagDialog(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, bulk.untag_title) open=open>
            <UntagForm bulk=bulk open=open />
        </Dialog>
    }
}

#[component]
fn UntagForm(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(String::new());
    let known = calls::ask(|| (), |()| app::contacts::list_tags(String::new()));
    let tags = move || known.get().unwrap_or_default();
    let options = Signal::derive(move || tags().iter().map(|it| (it.id.to_string(), it.name.clone())).collect::<Vec<_>>());
    Effect::new(move |_| {
        if let Some(first) = tags().first() {
            chosen.set(first.id.to_string());
        }
    });
    let count = move || small(bulk.count());
    let untag = move || {
        let Ok(id) = chosen.get_untracked().parse::<i64>() else { return };
        let name = untrack(tags).iter().find(|it: &&Tag| it.id == TagId(id)).map_or_else(String::new, |it| it.name.clone());
        open.set(false);
        bulk.run(untrack(|| t_string!(i18n, bulk.untag_run, tag = name)), move |chosen, after| {
            app::bulk::change_contacts(chosen, BulkChange::Untag(TagId(id)), after)
        });
    };
    let is_empty = move || known.with(|it| it.is_some_and(Vec::is_empty));
    view! {
        <Show
            when=move || !is_empty()
            fallback=move || view! { <p>{move || t_string!(i18n, bulk.no_tags)}</p> }
        >
            <Select label=move || t_string!(i18n, bulk.tag_name) options=options value=chosen />
        </Show>
        <footer class="dialog-end">
            <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
            <Button
                label=move || {
                    t_string!(i18n, bulk.untag_act, count = count(), n = crate::format::number(language(i18n.get_locale()), bulk.count()))
                }
                kind=ButtonKind::Primary
                disabled=Signal::derive(move || chosen.with(String::is_empty))
                on_press=untag
            />
        </footer>
    }
}
