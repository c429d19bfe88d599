//! What is done with the contacts.

use leptos::prelude::*;
use model::{ContactKind, HomeCountry, ImportMode, ObtainedWay, Permission};

use super::consents::ConsentFields;
use super::pick::Pick;
use super::wizard::Desk;
use crate::i18n::{contacts, imports as words, t_string, use_i18n};
use crate::panels::lists::ListField;
use crate::parts::{RadioGroup, TextField};
use crate::session::Session;
use crate::state::import_draft::matches;

/// Old ones and new ones, lists, tags, how they were obtained.
#[component]
pub(super) fn PlanStep(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    view! {
        <div class="form-fields import-plan">
            <Show when=move || session.can(Permission::ContactsEdit)>
                <ModeField desk=desk />
            </Show>
            <div class="form-row">
                <Pick
                    label=move || t_string!(i18n, imports.matched_by)
                    options=Signal::derive(move || {
                        let own = desk.fields();
                        matches(&own).into_iter().map(|it| (it, words::matched_by(i18n.get_locale(), it, &own))).collect::<Vec<_>>()
                    })
                    value=Signal::derive(move || desk.draft.with(|it| it.matched_by))
                    on_pick=move |it| desk.draft.update(|draft| draft.matched_by = it)
                    name="matched_by"
                />
                <Pick
                    label=move || t_string!(i18n, imports.kind)
                    options=Signal::derive(move || {
                        ContactKind::ALL.map(|it| (it, contacts::kind(i18n.get_locale(), it).to_owned())).to_vec()
                    })
                    value=Signal::derive(move || desk.draft.with(|it| it.kind))
                    on_pick=move |it| desk.draft.update(|draft| draft.kind = it)
                />
                <Pick
                    label=move || t_string!(i18n, imports.home)
                    options=Signal::derive(move || {
                        [HomeCountry::Slovakia, HomeCountry::Czechia]
                            .map(|it| (it, words::home(i18n.get_locale(), it).to_owned()))
                            .to_vec()
                    })
                    value=Signal::derive(move || desk.draft.with(|it| it.home))
                    on_pick=move |it| desk.draft.update(|draft| draft.home = it)
                />
            </div>
            <ObtainedFields desk=desk />
            <Show when=move || session.can(Permission::ListsManage)>
                <ListFields desk=desk />
            </Show>
            <Tags desk=desk />
            <Show when=move || session.can(Permission::ContactsEdit)>
                <ConsentFields desk=desk />
            </Show>
        </div>
    }
}

#[component]
fn ModeField(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let mode = RwSignal::new(match desk.draft.with_untracked(|it| it.mode) {
        ImportMode::CreateOnly => "create".to_owned(),
        ImportMode::CreateAndUpdate => "update".to_owned(),
    });
    Effect::new(move |_| {
        let chosen = if mode.with(|it| it == "update") { ImportMode::CreateAndUpdate } else { ImportMode::CreateOnly };
        desk.draft.update(|it| it.mode = chosen);
    });
    let options: Vec<(&'static str, TextProp)> = vec![
        ("create", TextProp::from(move || t_string!(i18n, imports.mode_create))),
        ("update", TextProp::from(move || t_string!(i18n, imports.mode_update))),
    ];
    view! { <RadioGroup label=move || t_string!(i18n, imports.mode) options=options value=mode /> }
}

#[component]
fn ObtainedFields(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let note = RwSignal::new(desk.draft.with_untracked(|it| it.way_note.clone()));
    Effect::new(move |_| {
        let text = note.get();
        desk.draft.update(|it| it.way_note = text);
    });
    let ways = Signal::derive(move || {
        let locale = i18n.get_locale();
        let mut all = vec![(None, t_string!(i18n, imports.way_unknown).to_owned())];
        all.extend(ObtainedWay::ALL.map(|it| (Some(it), contacts::way(locale, it).to_owned())));
        all
    });
    view! {
        <div class="form-row">
            <Pick
                label=move || t_string!(i18n, imports.way)
                options=ways
                value=Signal::derive(move || desk.draft.with(|it| it.way))
                on_pick=move |it| desk.draft.update(|draft| draft.way = it)
            />
            <TextField label=move || t_string!(i18n, imports.way_note) value=note name="obtained.note" optional=true />
        </div>
    }
}

/// A list that is there, or the name of a new one.
#[component]
fn ListFields(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="form-row">
            <ListField
                label=move || t_string!(i18n, imports.list)
                chosen=Signal::derive(move || desk.draft.with(|it| it.list))
                on_choose=move |it| desk.draft.update(|draft| draft.list = it)
                optional=true
            />
            <TextField
                label=move || t_string!(i18n, imports.list_new)
                hint=move || t_string!(i18n, imports.list_new_hint)
                value=desk.new_list
                name="name"
                optional=true
            />
        </div>
    }
}

#[component]
fn Tags(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let tags = RwSignal::new(desk.draft.with_untracked(|it| it.tags.clone()));
    Effect::new(move |_| {
        let text = tags.get();
        desk.draft.update(|it| it.tags = text);
    });
    view! {
        <TextField
            label=move || t_string!(i18n, imports.tags)
            hint=move || t_string!(i18n, imports.tags_hint)
            value=tags
            name="tags"
            optional=true
        />
    }
}
