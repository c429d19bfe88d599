//! The body of an e-mail, formatted or plain, and the switch between the ways to write it.

use leptos::prelude::*;

use super::desk::Desk;
use super::writing::Writing;
use crate::editor::{FieldUse, MailEditor};
use crate::i18n::{t_string, use_i18n};
use crate::panels::writing::pictures::stand_in;
use crate::parts::{Button, Confirm, Field, FieldIds, FormState, Tab, Tabs};
use crate::state::message_text::{Way, as_html, loses_looks, to_plain};
use crate::toast::Toasts;

/// The text, and the tabs of the ways to write it. The text takes all the room there is.
#[component]
pub(super) fn MailBody(
    /// What is written.
    desk: Desk,
    /// What the parts of the page share.
    writing: Writing,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::find();
    Effect::new(move |before: Option<()>| {
        desk.html.track();
        desk.plain.track();
        if let Some(form) = form.filter(|_| before.is_some()) {
            form.clear("body");
        }
    });
    stand_in(desk.files, move || if desk.is_plain.get() { String::new() } else { desk.html.get() });
    view! {
        <Field
            label=move || t_string!(i18n, messages.body)
            name="body"
            hint=TextProp::from(move || if desk.is_plain.get() { t_string!(i18n, messages.body_hint) } else { "" }).into()
            let:ids
            let:faulty
        >
            <div class="mail-body" class:faulty=faulty>
                <Ways desk=desk />
                <div
                    class="mail-body-panel"
                    role="tabpanel"
                    id=move || format!("panel-{}", way(desk).key())
                    aria-labelledby=move || format!("tab-{}", way(desk).key())
                >
                    {
                        let ids = StoredValue::new(ids);
                        move || match desk.is_plain.get() {
                            true => view! { <PlainText desk=desk writing=writing ids=ids.get_value() faulty=faulty /> }.into_any(),
                            false => view! {
                                <MailEditor
                                    value=desk.html
                                    hand=writing.hand
                                    language=Signal::derive(move || writing.values.with(|it| it.language))
                                    fields=writing.editor_fields
                                    findings=writing.findings()
                                    shown=desk.shown
                                    pictures=writing.pictures
                                    on_field=Callback::new(move |(field,): (FieldUse,)| writing.opened.set(Some(field)))
                                />
                            }
                            .into_any(),
                        }
                    }
                </div>
            </div>
        </Field>
    }
}

fn way(desk: Desk) -> Way {
    Way::of(desk.is_plain.get(), desk.shown.get())
}

/// The tabs. What would lose its looks asks first, and can be taken back.
#[component]
fn Ways(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let (asks, busy) = (RwSignal::new(false), RwSignal::new(false));
    let former = RwSignal::new(None::<String>);
    let turn_plain = move |keeps_former: bool| {
        let html = desk.html.get_untracked();
        match to_plain(&html) {
            Some(text) => {
                former.set(keeps_former.then_some(html));
                desk.plain.set(text);
                desk.is_plain.set(true);
            }
            None => toasts.warn(untrack(|| t_string!(i18n, writing.too_large).to_owned())),
        }
    };
    let choose = move |key: &'static str| {
        let Some(to) = Way::from_key(key) else { return };
        desk.settle();
        match (desk.is_plain.get_untracked(), to.shown()) {
            (false, Some(shown)) => desk.shown.set(shown),
            (true, Some(shown)) => {
                former.set(None);
                desk.html.set(desk.plain.with_untracked(|it| as_html(it)));
                desk.shown.set(shown);
                desk.is_plain.set(false);
            }
            (true, None) => {}
            (false, None) if desk.html.with_untracked(|it| loses_looks(it)) => asks.set(true),
            (false, None) => turn_plain(false),
        }
    };
    let take_back = move || {
        if let Some(html) = former.try_update(Option::take).flatten() {
            desk.html.set(html);
            desk.is_plain.set(false);
        }
    };
    let tabs = Way::ALL
        .into_iter()
        .map(|it| {
            Tab::new(it.key(), move || match it {
                Way::Text => t_string!(i18n, writing.way_text),
                Way::Plain => t_string!(i18n, writing.way_plain),
                Way::Source => t_string!(i18n, writing.way_source),
            })
        })
        .collect();
    view! {
        <Tabs
            label=move || t_string!(i18n, writing.ways)
            tabs=tabs
            current=Signal::derive(move || way(desk).key().to_owned())
            on_choose=choose
        />
        <Show when=move || former.with(Option::is_some)>
            <p class="template-former" role="status">
                <span>{move || t_string!(i18n, writing.looks_gone)}</span>
                <Button label=move || t_string!(i18n, writing.looks_back) on_press=take_back />
            </p>
        </Show>
        <Confirm
            open=asks
            question=move || t_string!(i18n, writing.to_plain_title)
            text=move || t_string!(i18n, writing.to_plain_text)
            act=move || t_string!(i18n, writing.to_plain_act)
            busy=busy
            on_confirm=move || {
                asks.set(false);
                turn_plain(true);
            }
        />
    }
}

/// Plain text.
#[component]
fn PlainText(desk: Desk, writing: Writing, ids: FieldIds, faulty: Signal<bool>) -> impl IntoView {
    let id = ids.field.clone();
    view! {
        <textarea
            class="input compose-body"
            id=ids.field
            spellcheck="true"
            lang=move || writing.values.with(|it| it.language.code())
            aria-invalid=move || faulty.get().then_some("true")
            aria-describedby=ids.notes
            prop:value=move || desk.plain.get()
            on:focus=move |_| writing.hand.follow(&id)
            on:input=move |event| desk.plain.set(event_target_value(&event))
        ></textarea>
    }
}
