//! Everything about a template but its words: name, purpose, sender, files, who is offered it.

use leptos::prelude::*;
use model::{Channel, RecordType, UserId};

use super::desk::Desk;
use super::saver::Saver;
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::panels::compose::{AttachmentsField, Uploads};
use crate::parts::{Checkbox, RadioGroup, Select, Switch, TextArea, TextField};

/// The fields; folded away while one writes, open for a new template.
#[component]
pub(super) fn About(
    /// The template.
    desk: Desk,
    /// What saves it.
    saver: Saver,
    /// What puts its files up.
    uploads: Uploads,
    /// The record types that it may be about.
    records: Vec<RecordType>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_new = untrack(|| saver.is_new());
    let is_mail = move || desk.channel.get() == Channel::Email;
    let records = StoredValue::new(records);
    let options = Signal::derive(move || {
        let general = (String::new(), t_string!(i18n, template_edit.record_general).to_owned());
        let types = records.with_value(|it| it.iter().map(|it| (it.key.0.clone(), it.label.clone())).collect::<Vec<_>>());
        std::iter::once(general).chain(types).collect::<Vec<_>>()
    });
    view! {
        <details class="template-about" open=is_new>
            <summary>{move || t_string!(i18n, template_edit.about)}</summary>
            <div class="template-about-fields">
                <TextField
                    label=move || t_string!(i18n, template_edit.name)
                    value=desk.name
                    name="name"
                    hint=move || t_string!(i18n, template_edit.name_hint)
                    autofocus=is_new
                />
                <TextField
                    label=move || t_string!(i18n, template_edit.when)
                    value=desk.hint
                    name="hint"
                    hint=move || t_string!(i18n, template_edit.when_hint)
                    optional=true
                />
                <TextArea
                    label=move || t_string!(i18n, template_edit.description)
                    value=desk.description
                    name="description"
                    lines=2
                    optional=true
                />
                <Show when=move || records.with_value(|it| !it.is_empty())>
                    <Select
                        label=move || t_string!(i18n, template_edit.record)
                        options=options
                        value=desk.record
                        name="record"
                        hint=move || t_string!(i18n, template_edit.record_hint)
                    />
                </Show>
                <TextField
                    label=move || if is_mail() { t_string!(i18n, template_edit.sender_name) } else { t_string!(i18n, template_edit.sender_sms) }
                    value=desk.sender_name
                    name="sender_name"
                    hint=move || {
                        if is_mail() { t_string!(i18n, template_edit.sender_hint) } else { t_string!(i18n, template_edit.sender_sms_hint) }
                    }
                    optional=true
                />
                <Show when=is_mail>
                    <TextField
                        label=move || t_string!(i18n, template_edit.sender_address)
                        value=desk.sender_address
                        name="sender_address"
                        hint=move || t_string!(i18n, template_edit.sender_hint)
                        optional=true
                    />
                </Show>
                <Offered desk=desk />
                <div class="template-switches">
                    <Switch label=move || t_string!(i18n, template_edit.active) checked=desk.is_active />
                    <Switch
                        label=move || t_string!(i18n, template_edit.commercial)
                        hint=move || t_string!(i18n, template_edit.commercial_hint)
                        checked=desk.is_commercial
                    />
                </div>
                <Show when=is_mail>
                    <AttachmentsField files=desk.files uploads=uploads />
                </Show>
            </div>
        </details>
    }
}

/// Everybody, or some colleagues by name.
#[component]
fn Offered(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let users = calls::ask(|| (), |()| app::contacts::list_owners());
    let way = RwSignal::new(if desk.offered_to.with_untracked(Vec::is_empty) { "all" } else { "some" }.to_owned());
    Effect::new(move |_| {
        if way.with(|it| it == "all") && desk.offered_to.with_untracked(|it| !it.is_empty()) {
            desk.offered_to.set(Vec::new());
        }
    });
    let rows = move || {
        users
            .get()
            .unwrap_or_default()
            .into_iter()
            .map(|(id, name)| view! { <Colleague id=id name=name desk=desk /> })
            .collect_view()
    };
    view! {
        <div class="template-offered">
            <RadioGroup
                label=move || t_string!(i18n, template_edit.offered)
                options=vec![
                    ("all", (move || t_string!(i18n, template_edit.offered_all)).into()),
                    ("some", (move || t_string!(i18n, template_edit.offered_some)).into()),
                ]
                value=way
                name="offered_to"
                segmented=true
            />
            <Show when=move || way.with(|it| it == "some")>
                <div class="template-colleagues">{rows}</div>
            </Show>
        </div>
    }
}

#[component]
fn Colleague(id: UserId, name: String, desk: Desk) -> impl IntoView {
    let checked = RwSignal::new(desk.offered_to.with_untracked(|it| it.contains(&id)));
    Effect::new(move |_| {
        let is_wanted = checked.get();
        if desk.offered_to.with_untracked(|it| it.contains(&id)) != is_wanted {
            desk.offered_to.update(|it| {
                it.retain(|it| *it != id);
                if is_wanted {
                    it.push(id);
                }
            });
        }
    });
    view! { <Checkbox label=name checked=checked /> }
}
