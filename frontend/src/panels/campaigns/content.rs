//! The second step: what the campaign says, from a template or written here, what it carries, and who it comes from.

use leptos::prelude::*;
use model::{AccountId, AudiencePart, CampaignContent, Channel, TemplateDraft, TemplateId, TemplateText};

use super::desk::Desk;
use super::measure::MeasurePart;
use crate::calls;
use crate::i18n::{Speech, t_string, use_i18n};
use crate::panels::compose::{AttachmentsField, SenderField, Uploads};
use crate::panels::template_edit::TextsPanel;
use crate::panels::templates::TemplateOffers;
use crate::parts::{Button, Dialog, Glyph, Icon, Part, RadioGroup, TextField};
use crate::session::Session;

/// The step.
#[component]
pub(super) fn ContentStep(
    /// What is typed.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_mail = desk.draft.with_untracked(|it| it.channel == Channel::Email);
    let way = RwSignal::new(match desk.draft.with_untracked(|it| matches!(it.content, CampaignContent::Template(_))) {
        true => "template".to_owned(),
        false => "own".to_owned(),
    });
    let options = vec![
        ("own", TextProp::from(move || t_string!(i18n, campaigns.content_own))),
        ("template", TextProp::from(move || t_string!(i18n, campaigns.content_template))),
    ];
    let session = Session::find();
    let max = Signal::derive(move || session.me().map_or(model::settings::ATTACHMENTS_MAX, |me| me.attachments_max));
    let uploads = Uploads::new(desk.files, max);
    view! {
        <RadioGroup label=move || t_string!(i18n, campaigns.content) options=options value=way name="content" segmented=true />
        <Show when=move || way.with(|it| it == "own") fallback=move || view! { <FromTemplate desk=desk way=way /> }>
            <Own desk=desk uploads=uploads />
        </Show>
        <Part title=move || t_string!(i18n, campaigns.part_sender)>
            <Sender desk=desk />
            {is_mail.then(|| view! { <AttachmentsField files=desk.files uploads=uploads /> })}
        </Part>
        <MeasurePart desk=desk />
    }
}

/// The texts, in the editor in which templates are written.
#[component]
fn Own(desk: Desk, uploads: Uploads) -> impl IntoView {
    let language = Speech::find().language_now();
    let begin = untrack(|| desk.draft.get());
    let draft = begin.as_template().unwrap_or_default();
    let draft = match draft.texts.is_empty() {
        true => TemplateDraft { channel: begin.channel, texts: vec![TemplateText::empty(language, begin.channel)], ..draft },
        false => draft,
    };
    let note = move |draft: TemplateDraft| {
        let content = CampaignContent::Own(draft.texts);
        if desk.draft.with_untracked(|it| it.content != content) {
            desk.change("content", |it| it.content = content);
        }
    };
    let people = move || desk.draft.with(|it| it.audience.include.iter().filter_map(AudiencePart::chosen).collect::<Vec<_>>());
    view! {
        <TextsPanel
            draft=draft
            files=desk.files
            uploads=uploads
            people=Signal::derive(people)
            on_change=note
            settle=desk.settle
        />
    }
}

/// A template that says it, or a copy of its texts to be written on.
#[component]
fn FromTemplate(desk: Desk, way: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let channel = desk.draft.with_untracked(|it| it.channel);
    let chosen = Memo::new(move |_| {
        desk.draft.with(|it| match it.content {
            CampaignContent::Template(id) => Some(id),
            CampaignContent::Own(_) => None,
        })
    });
    let take = move |id: TemplateId| {
        open.set(false);
        desk.change("content", |it| it.content = CampaignContent::Template(id));
    };
    let copy = move |id: TemplateId| {
        calls::act(busy, app::campaigns::take_template(id), move |(texts, files)| {
            desk.files.update(|it| files.iter().for_each(|file| it.put_over(file)));
            desk.change("content", |it| it.content = CampaignContent::Own(texts));
            way.set("own".to_owned());
        });
    };
    view! {
        <div class="campaign-template">
            {move || {
                chosen
                    .get()
                    .map(|id| view! { <TemplateCard id=id busy=busy on_copy=Callback::new(move |()| copy(id)) /> })
            }}
            <Button
                label=move || {
                    if chosen.get().is_some() { t_string!(i18n, campaigns.template_change) } else { t_string!(i18n, campaigns.template_choose) }
                }
                icon=Glyph::FILE_TEXT
                on_press=move || open.set(true)
            />
        </div>
        <Dialog title=move || t_string!(i18n, templates.choose_title) open=open wide=true>
            <TemplateOffers channel=channel busy=busy on_choose=take />
        </Dialog>
    }
}

#[component]
fn TemplateCard(id: TemplateId, busy: RwSignal<bool>, on_copy: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let template = calls::ask(|| (), move |()| app::templates::open_template(id));
    let name = move || template.with(|it| it.map(|it| it.draft.name.clone()).unwrap_or_else(|| "…".to_owned()));
    let languages = move || {
        template.with(|it| {
            let texts = it.map(|it| it.draft.texts.iter().map(|it| it.language.code()).collect::<Vec<_>>().join(" "));
            texts.unwrap_or_default()
        })
    };
    view! {
        <div class="campaign-card">
            <Icon glyph=Glyph::FILE_TEXT />
            <span class="campaign-card-words">
                <a href=format!("/templates/{id}") target="_blank">{name}</a>
                <span class="meta">{languages}</span>
            </span>
            <Button
                label=move || t_string!(i18n, campaigns.template_copy)
                hint=move || t_string!(i18n, campaigns.template_copy_hint)
                icon=Glyph::COPY
                busy=busy
                on_press=on_copy
            />
        </div>
    }
}

/// Account and sender.
#[component]
fn Sender(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let is_mail = desk.draft.with_untracked(|it| it.channel == Channel::Email);
    let account = RwSignal::new(desk.draft.with_untracked(|it| it.account.map(|it| it.to_string()).unwrap_or_default()));
    Effect::new(move |_| {
        let wanted = account.with(|it| it.parse::<AccountId>().ok());
        if desk.draft.with_untracked(|it| it.account) != wanted {
            desk.change("account", |it| it.account = wanted);
        }
    });
    let name = desk.text("sender_name", |it| &it.sender_name, |it| &mut it.sender_name);
    let address = desk.text("sender_address", |it| &it.sender_address, |it| &mut it.sender_address);
    view! {
        <SenderField account=account />
        {is_mail
            .then(|| {
                view! {
                    <TextField
                        label=move || t_string!(i18n, campaigns.sender_name)
                        hint=move || t_string!(i18n, campaigns.sender_hint)
                        value=name
                        name="sender_name"
                        optional=true
                    />
                    <TextField
                        label=move || t_string!(i18n, campaigns.sender_address)
                        value=address
                        name="sender_address"
                        optional=true
                    />
                }
            })}
    }
}
