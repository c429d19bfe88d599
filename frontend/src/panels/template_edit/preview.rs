//! The template as one person will get it, beside the text, drawn by the code that makes the mail.

use leptos::prelude::*;
use model::MergeValues;

use super::desk::Desk;
use super::people::PeopleBar;
use super::words::Tools;
use crate::format;
use crate::i18n::{t_string, use_i18n};
use crate::panels::writing::{MailFrame, Missing};
use crate::parts::{Banner, RadioGroup, Switch, Tone};
use crate::state::files::Files;
use crate::state::preview_people::People;
use crate::state::template_preview::{Drawn, Look, Undrawn, draw};

/// What the preview is drawn with.
#[derive(Clone, Copy)]
pub(super) struct Sight {
    /// Whose data.
    pub people: RwSignal<People>,
    /// The values of that person, or the samples.
    pub values: Signal<MergeValues>,
}

/// How the person looks at the preview.
#[derive(Clone, Copy)]
struct View {
    /// `desk` or `phone`.
    width: RwSignal<String>,
    /// `inside`, `all` or `none`.
    pictures: RwSignal<String>,
    /// `mail`, `text`, `source` or `head`.
    shows: RwSignal<String>,
    dark: RwSignal<bool>,
}

/// Whose data, the look, and the mail.
#[component]
pub(super) fn PreviewPanel(
    /// The template.
    desk: Desk,
    /// What the parts of a text share.
    tools: Tools,
    /// Whose data.
    sight: Sight,
) -> impl IntoView {
    let i18n = use_i18n();
    let named = |it: &str| RwSignal::new(it.to_owned());
    let view = View { width: named("desk"), pictures: named("inside"), shows: named("mail"), dark: RwSignal::new(false) };
    let look = Memo::new(move |_| view.pictures.with(|it| Look { remote: it == "all", no_pictures: it == "none" }));
    let came = Memo::new(move |_| {
        let language = desk.language.get();
        let fields = tools.check.fields.get();
        // Pictures that have come up since are shown.
        desk.files.track();
        tools.check.draft.with(|draft| {
            let text = draft.texts.iter().find(|it| it.language == language)?;
            let picture = |cid: &str| tools.pictures.resolve.run((format!("cid:{cid}"),));
            Some(sight.values.with(|values| draw(draft, text, &fields, values, look.get(), &picture)))
        })
    });
    // While something is wrong the last mail that could be drawn stays.
    let drawn = Memo::new(move |before: Option<&Drawn>| match came.get() {
        Some(Ok(drawn)) => drawn,
        Some(Err(_)) => before.cloned().unwrap_or_default(),
        None => Drawn::default(),
    });
    let trouble = move || {
        came.with(|it| match it {
            Some(Err(Undrawn::TooLong)) => Some(t_string!(i18n, template_edit.preview_too_long)),
            Some(Err(Undrawn::Faults(_))) => Some(t_string!(i18n, template_edit.preview_wrong)),
            Some(Ok(_)) | None => None,
        })
    };
    let text_size = move || drawn.with(|it| it.size) as u64;
    let size = move || {
        let (locale, files) = (i18n.get_locale(), desk.files.with(Files::total));
        let text = format::size(locale, text_size());
        match files {
            0 => t_string!(i18n, template_edit.preview_size, size = text),
            files => {
                let whole = format::size(locale, on_the_way(text_size(), files));
                t_string!(i18n, template_edit.preview_size_whole, size = text, whole = whole)
            }
        }
    };
    view! {
        <section class="template-preview" aria-label=move || t_string!(i18n, template_edit.preview)>
            <PeopleBar people=sight.people />
            <Show when=move || drawn.with(|it| it.page.is_some())>
                <LookBar view=view />
            </Show>
            {move || trouble().map(|it| view! { <Banner tone=Tone::Warning text=it /> })}
            <Missing unresolved=Signal::derive(move || drawn.with(|it| it.unresolved.clone())) fields=tools.check.fields />
            <Sheet drawn=drawn view=view look=look desk=desk sight=sight />
            <p class="meta">{size}</p>
        </section>
    }
}

/// What a mail weighs on its way, in bytes: files travel as base64 in lines of 76 letters (RFC 2045 §6.8).
fn on_the_way(text: u64, files: u64) -> u64 {
    text + files.div_ceil(3) * 4 + files.div_ceil(57) * 2
}

/// Width, pictures, what is shown, and brightness.
#[component]
fn LookBar(view: View) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="preview-look">
            <RadioGroup
                label=move || t_string!(i18n, template_edit.preview_width)
                options=vec![
                    ("desk", (move || t_string!(i18n, template_edit.preview_desk)).into()),
                    ("phone", (move || t_string!(i18n, template_edit.preview_phone)).into()),
                ]
                value=view.width
                segmented=true
            />
            <RadioGroup
                label=move || t_string!(i18n, template_edit.preview_pictures)
                options=vec![
                    ("inside", (move || t_string!(i18n, template_edit.preview_inside)).into()),
                    ("all", (move || t_string!(i18n, template_edit.preview_all)).into()),
                    ("none", (move || t_string!(i18n, template_edit.preview_none)).into()),
                ]
                value=view.pictures
                segmented=true
            />
            <RadioGroup
                label=move || t_string!(i18n, template_edit.preview_shows)
                options=vec![
                    ("mail", (move || t_string!(i18n, template_edit.preview_mail)).into()),
                    ("text", (move || t_string!(i18n, template_edit.preview_text)).into()),
                    ("source", (move || t_string!(i18n, template_edit.preview_source)).into()),
                    ("head", (move || t_string!(i18n, template_edit.preview_head)).into()),
                ]
                value=view.shows
                segmented=true
            />
            <Switch
                label=move || t_string!(i18n, template_edit.preview_dark)
                hint=move || t_string!(i18n, template_edit.preview_dark_hint)
                checked=view.dark
            />
        </div>
    }
}

/// The sheet: subject and preheader, and below them what was chosen.
#[component]
fn Sheet(drawn: Memo<Drawn>, view: View, look: Memo<Look>, desk: Desk, sight: Sight) -> impl IntoView {
    let i18n = use_i18n();
    let is_mail = Memo::new(move |_| drawn.with(|it| it.page.is_some()));
    let subject = move || match drawn.with(|it| it.subject.trim().to_owned()) {
        it if it.is_empty() => t_string!(i18n, template_edit.preview_no_subject).to_owned(),
        it => it,
    };
    let inside = move || {
        match view.shows.get().as_str() {
        "mail" if is_mail.get() => view! { <MailFrame page=Signal::derive(move || drawn.with(|it| it.page.clone())) dark=view.dark remote=Signal::derive(move || look.with(|it| it.remote)) /> }.into_any(),
        "source" if is_mail.get() => {
            view! { <pre class="captured-source wrap" tabindex="0">{move || drawn.with(|it| it.html.clone())}</pre> }.into_any()
        }
        "head" if is_mail.get() => view! { <Head drawn=drawn desk=desk sight=sight /> }.into_any(),
        _ => view! { <pre class="message-text" tabindex="0">{move || drawn.with(|it| it.text.clone())}</pre> }.into_any(),
    }
    };
    view! {
        <div class="preview-sheet" data-width=move || view.width.get()>
            <Show when=move || is_mail.get()>
                <p class="preview-subject">
                    {subject} <span class="meta">{move || drawn.with(|it| it.preheader.clone())}</span>
                </p>
            </Show>
            {inside}
        </div>
    }
}

/// What stands above the mail.
#[component]
fn Head(drawn: Memo<Drawn>, desk: Desk, sight: Sight) -> impl IntoView {
    let i18n = use_i18n();
    let from = move || {
        let (name, address) = (desk.sender_name.get(), desk.sender_address.get());
        let account = t_string!(i18n, template_edit.head_account);
        match (name.trim(), address.trim()) {
            ("", "") => account.to_owned(),
            ("", address) => address.to_owned(),
            (name, "") => format!("{name} ({account})"),
            (name, address) => format!("{name} <{address}>"),
        }
    };
    let to = move || {
        let name = sight.people.with(|it| it.shown().map(|it| it.name.clone()));
        name.unwrap_or_else(|| t_string!(i18n, template_edit.preview_samples).to_owned())
    };
    view! {
        <dl class="captured-meta">
            <dt>{move || t_string!(i18n, template_edit.head_from)}</dt>
            <dd>{from}</dd>
            <dt>{move || t_string!(i18n, template_edit.head_to)}</dt>
            <dd>{to}</dd>
            <dt>{move || t_string!(i18n, template_edit.subject)}</dt>
            <dd>{move || drawn.with(|it| it.subject.clone())}</dd>
            <dt>{move || t_string!(i18n, template_edit.preheader)}</dt>
            <dd>{move || drawn.with(|it| it.preheader.clone())}</dd>
            <dt>{move || t_string!(i18n, template_edit.attachments)}</dt>
            <dd>
                {move || {
                    desk.files.with(|it| it.lines().iter().map(|it| it.name.clone()).collect::<Vec<_>>().join(", "))
                }}
            </dd>
        </dl>
    }
}
