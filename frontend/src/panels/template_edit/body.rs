//! The body of a text in whichever way it is written, and the switch between the ways.

use leptos::prelude::*;
use model::{Channel, TemplateBody, TemplateFault, TemplatePlace};

use super::desk::{Desk, TextDesk};
use super::words::{Tools, spoken};
use crate::editor::MailEditor;
use crate::i18n::{t_string, use_i18n};
use crate::panels::blocks::{BlocksPanel, BlocksTools, MjmlSource};
use crate::panels::sms_text::SmsText;
use crate::panels::writing::editor_fields;
use crate::parts::{Button, Confirm, Tab, Tabs};
use crate::state::template_form::{Way, convert};
use crate::toast::Toasts;

/// The tabs of the ways, and the body in the one that is open.
#[component]
pub(super) fn Body(
    /// The template.
    desk: Desk,
    /// The text.
    text: TextDesk,
    /// What the parts of the text share.
    tools: Tools,
) -> impl IntoView {
    let i18n = use_i18n();
    if desk.channel.get_untracked() == Channel::Sms {
        return view! { <SmsBody desk=desk text=text tools=tools /> }.into_any();
    }
    let way = Memo::new(move |_| Way::of(&text.body.read(), tools.shown.get()));
    // Text and source are views of one editor, which stays.
    let form = Memo::new(move |_| Some(way.get()).filter(|it| it.shown().is_none()));
    view! {
        <section class="template-body" aria-label=move || t_string!(i18n, template_edit.body)>
            <Switch text=text tools=tools way=way />
            <div class="template-body-panel" role="tabpanel" id=move || format!("panel-{}", way.get().key()) aria-labelledby=move || format!("tab-{}", way.get().key())>
                {move || match form.get() {
                    Some(Way::Blocks) => view! { <BlocksBody text=text tools=tools /> }.into_any(),
                    Some(_) => view! { <MjmlBody text=text tools=tools /> }.into_any(),
                    None => view! { <HtmlBody text=text tools=tools /> }.into_any(),
                }}
            </div>
        </section>
    }
    .into_any()
}

/// The tabs. What cannot be carried over without loss asks first, and can be taken back.
#[component]
fn Switch(text: TextDesk, tools: Tools, way: Memo<Way>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let (asks, busy) = (RwSignal::new(false), RwSignal::new(false));
    let wanted = RwSignal::new(Way::Text);
    let former = RwSignal::new(None::<TemplateBody>);
    let turn = move |to: Way| {
        let made = text.body.with_untracked(|it| convert(it, to, text.language));
        match made {
            Some(made) => {
                former.set(Some(text.body.get_untracked()));
                text.body.set(made);
                if let Some(shown) = to.shown() {
                    tools.shown.set(shown);
                }
            }
            None => toasts.warn(untrack(|| t_string!(i18n, template_edit.form_wrong).to_owned())),
        }
    };
    let choose = move |key: &'static str| {
        let Some(to) = Way::from_key(key) else { return };
        let now = way.get_untracked();
        match to.shown() {
            Some(shown) if now.shown().is_some() => tools.shown.set(shown),
            _ if now == to || tools.readonly.get_untracked() => {}
            _ if text.body.with_untracked(|it| it.source().trim().is_empty()) => turn(to),
            _ => {
                wanted.set(to);
                asks.set(true);
            }
        }
    };
    let tabs = Way::ALL
        .into_iter()
        .map(|it| {
            Tab::new(it.key(), move || match it {
                Way::Text => t_string!(i18n, template_edit.view_text),
                Way::Blocks => t_string!(i18n, template_edit.view_blocks),
                Way::Source => t_string!(i18n, template_edit.view_source),
                Way::Mjml => t_string!(i18n, template_edit.view_mjml),
            })
        })
        .collect();
    view! {
        <Tabs
            label=move || t_string!(i18n, template_edit.views)
            tabs=tabs
            current=Signal::derive(move || way.get().key().to_owned())
            on_choose=choose
        />
        <Show when=move || former.with(Option::is_some)>
            <p class="template-former" role="status">
                <span>{move || t_string!(i18n, template_edit.form_changed)}</span>
                <Button
                    label=move || t_string!(i18n, template_edit.form_back)
                    on_press=move || {
                        if let Some(body) = former.try_update(Option::take).flatten() {
                            text.body.set(body);
                        }
                    }
                />
            </p>
        </Show>
        <Confirm
            open=asks
            question=move || match wanted.get() {
                Way::Blocks => t_string!(i18n, blocks.to_blocks_title),
                Way::Mjml => t_string!(i18n, blocks.to_mjml_title),
                Way::Text | Way::Source => t_string!(i18n, template_edit.to_html_title),
            }
            text=move || match wanted.get() {
                Way::Blocks => t_string!(i18n, blocks.to_blocks_text),
                Way::Mjml => t_string!(i18n, blocks.to_mjml_text),
                Way::Text | Way::Source => t_string!(i18n, template_edit.to_html_text),
            }
            act=move || t_string!(i18n, template_edit.to_html_act)
            busy=busy
            on_confirm=move || {
                asks.set(false);
                turn(wanted.get_untracked());
            }
        />
    }
}

/// HTML, as text or as source.
#[component]
fn HtmlBody(text: TextDesk, tools: Tools) -> impl IntoView {
    let i18n = use_i18n();
    let value = bound(text, TemplateBody::Html);
    let fields = Signal::derive(move || tools.check.fields.with(|it| editor_fields(i18n.get_locale(), it)));
    let editor = view! {
        <MailEditor
            value=value
            hand=tools.hand
            language=spoken(text)
            fields=fields
            findings=tools.check.findings(i18n, text)
            shown=tools.shown
            readonly=tools.readonly
            pictures=tools.pictures
            on_field=tools.on_field
        />
    };
    // The editor tells its last letters while it is cleared away, when no effect listens any more.
    on_cleanup(move || {
        if let Some(html) = value.try_get_untracked() {
            text.take_in(html);
        }
    });
    editor
}

/// The body as one signal of text, in step with the desk while it has this form.
fn bound(text: TextDesk, form: fn(String) -> TemplateBody) -> RwSignal<String> {
    let value = RwSignal::new(text.body.with_untracked(|it| it.source().to_owned()));
    let fits = move |body: &TemplateBody| *body == form(body.source().to_owned());
    Effect::new(move |_| {
        let source = value.get();
        if text.body.with_untracked(|it| fits(it) && it.source() != source) {
            text.body.set(form(source));
        }
    });
    Effect::new(move |_| {
        text.body.with(|it| {
            if fits(it) && value.with_untracked(|value| value != it.source()) {
                value.set(it.source().to_owned());
            }
        });
    });
    value
}

/// What is wrong in the body of a text.
fn faults(text: TextDesk, tools: Tools) -> Signal<Vec<TemplateFault>> {
    Signal::derive(move || {
        let here = |it: &&TemplateFault| it.language == text.language && it.place == TemplatePlace::Body;
        tools.check.faults.with(|it| it.iter().filter(here).cloned().collect())
    })
}

/// What the views of blocks and of MJML need from the page.
fn blocks_tools(text: TextDesk, tools: Tools) -> BlocksTools {
    let i18n = use_i18n();
    BlocksTools {
        hand: tools.hand,
        language: spoken(text),
        fields: tools.check.fields,
        editor_fields: Signal::derive(move || tools.check.fields.with(|it| editor_fields(i18n.get_locale(), it))),
        faults: faults(text, tools),
        pictures: tools.pictures,
        readonly: tools.readonly,
    }
}

/// Blocks.
#[component]
fn BlocksBody(text: TextDesk, tools: Tools) -> impl IntoView {
    let value = bound(text, TemplateBody::Blocks);
    view! { <BlocksPanel value=value tools=blocks_tools(text, tools) /> }
}

/// MJML.
#[component]
fn MjmlBody(text: TextDesk, tools: Tools) -> impl IntoView {
    let i18n = use_i18n();
    let value = bound(text, TemplateBody::Mjml);
    view! { <MjmlSource value=value tools=blocks_tools(text, tools) findings=tools.check.findings(i18n, text) /> }
}

/// A text message.
#[component]
fn SmsBody(desk: Desk, text: TextDesk, tools: Tools) -> impl IntoView {
    let value = bound(text, TemplateBody::Sms);
    let person = Signal::derive(move || {
        let name = tools.sight.people.with(|it| it.shown().map(|it| it.name.clone()).unwrap_or_default());
        (name, tools.sight.values.get())
    });
    view! {
        <SmsText
            value=value
            name=format!("texts.{}.body", text.language.code())
            keeps_diacritics=desk.keeps_diacritics
            language=spoken(text)
            fields=tools.check.fields
            faults=faults(text, tools)
            person=person
            draft=tools.check.draft
            people=tools.people
            hand=tools.hand
            readonly=tools.readonly
        />
    }
}
