//! Who gets it and what it says.

use leptos::prelude::*;
use model::{Channel, Contact, EmailAddress, TemplateApplied, TemplatePlace};

use super::body::MailBody;
use super::desk::Desk;
use super::writing::Writing;
use crate::editor::MergeLine;
use crate::i18n::{t_string, use_i18n};
use crate::panels::picker::PickerField;
use crate::panels::templates::TemplateChoice;
use crate::parts::{Banner, TextField, TextKind, Tone};
use crate::state::recipients::RecipientField;

/// The recipients; copies appear when they are wanted.
#[component]
pub(super) fn Recipients(
    /// What is written.
    desk: Desk,
    /// The contact it is written from, when the page began with one.
    contact: Option<Contact>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (shows_cc, shows_bcc) = (revealed(desk.cc, RecipientField::is_empty), revealed(desk.bcc, RecipientField::is_empty));
    let shows_reply = revealed(desk.reply_to, String::is_empty);
    view! {
        <div class="compose-recipients">
            <PickerField
                label=move || t_string!(i18n, messages.to)
                name="to"
                field=desk.to
                hint=move || t_string!(i18n, messages.recipients_hint)
            />
            <div class="reveal">
                <Reveal label=move || t_string!(i18n, messages.cc) shown=shows_cc field="[aria-controls=offers-cc]" />
                <Reveal label=move || t_string!(i18n, messages.bcc) shown=shows_bcc field="[aria-controls=offers-bcc]" />
                <Reveal label=move || t_string!(i18n, messages.reply_to) shown=shows_reply field=".compose-recipients input[type=email]" />
            </div>
            {contact.map(|it| view! { <OtherAddresses contact=it to=desk.to /> })}
            <Show when=move || shows_cc.get()>
                <PickerField label=move || t_string!(i18n, messages.cc) name="cc" field=desk.cc />
            </Show>
            <Show when=move || shows_bcc.get()>
                <PickerField label=move || t_string!(i18n, messages.bcc) name="bcc" field=desk.bcc />
            </Show>
            <Show when=move || shows_reply.get()>
                <TextField
                    label=move || t_string!(i18n, messages.reply_to)
                    value=desk.reply_to
                    name="reply_to"
                    kind=TextKind::Email
                    hint=move || t_string!(i18n, writing.reply_to_hint)
                    optional=true
                />
            </Show>
        </div>
    }
}

/// Whether a field that few need is in sight: once it was wanted or has something in it.
fn revealed<T: Send + Sync + 'static>(field: RwSignal<T>, is_empty: fn(&T) -> bool) -> RwSignal<bool> {
    let shown = RwSignal::new(false);
    Effect::new(move |_| {
        if !field.with(is_empty) {
            shown.set(true);
        }
    });
    shown
}

#[component]
fn Reveal(#[prop(into)] label: TextProp, shown: RwSignal<bool>, field: &'static str) -> impl IntoView {
    let label = StoredValue::new(label);
    let reveal = move |_| {
        shown.set(true);
        crate::browser::timer::after(0, move || {
            crate::browser::focus::set_first(field);
        });
    };
    view! {
        <Show when=move || !shown.get()>
            <button type="button" class="button" data-kind="quiet" on:click=reveal>
                {move || label.with_value(TextProp::get)}
            </button>
        </Show>
    }
}

/// The addresses of a contact that are not among the recipients, to be added by a click; or that there is none.
#[component]
fn OtherAddresses(contact: Contact, to: RwSignal<RecipientField>) -> impl IntoView {
    let i18n = use_i18n();
    let name = contact.fields.display_name();
    let emails: Vec<EmailAddress> = contact.fields.emails.iter().filter_map(|it| EmailAddress::parse(&it.text).ok()).collect();
    if emails.is_empty() {
        let text = move || t_string!(i18n, messages.contact_no_address, name = name.clone());
        return view! { <Banner tone=Tone::Warning text=text /> }.into_any();
    }
    let others = move || to.with(|to| emails.iter().filter(|it| !to.has(it)).cloned().collect::<Vec<_>>());
    let others = Memo::new(move |_| others());
    let name = StoredValue::new(name);
    view! {
        <Show when=move || others.with(|it| !it.is_empty())>
            <p class="other-addresses">
                <span class="meta">{move || t_string!(i18n, messages.contact_addresses)}</span>
                <For each=move || others.get() key=|it| it.normalized() let:email>
                    {
                        let shown = email.to_string();
                        let pick = move |_| name.with_value(|name| to.update(|it| it.pick(name, &email)));
                        view! { <button type="button" class="chip" on:click=pick>{shown}</button> }
                    }
                </For>
            </p>
        </Show>
    }
    .into_any()
}

/// Subject and text. The text takes all the room there is.
#[component]
pub(super) fn Words(
    /// What is written.
    desk: Desk,
    /// What the parts of the page share.
    writing: Writing,
) -> impl IntoView {
    let i18n = use_i18n();
    let language = Signal::derive(move || writing.values.with(|it| it.language));
    // Shown once a template has brought one; a mail written by hand begins with its first words.
    let has_preheader =
        Memo::new(move |before: Option<&bool>| before.copied().unwrap_or_default() || desk.preheader.with(|it| !it.is_empty()));
    view! {
        <div class="compose-words">
            <div class="compose-from">
                <TemplateChoice
                    channel=Channel::Email
                    contact=desk.contact
                    to=Signal::derive(move || desk.to.with(RecipientField::text))
                    on_take=move |applied: TemplateApplied| desk.take(applied)
                />
            </div>
            <MergeLine
                label=move || t_string!(i18n, messages.subject)
                value=desk.subject
                name="subject"
                wrong=writing.ranges(TemplatePlace::Subject)
                hand=writing.hand
                language=language
                fields=writing.editor_fields
            />
            <Show when=move || has_preheader.get() && !desk.is_plain.get()>
                <MergeLine
                    label=move || t_string!(i18n, template_edit.preheader)
                    value=desk.preheader
                    name="preheader"
                    wrong=writing.ranges(TemplatePlace::Preheader)
                    hand=writing.hand
                    language=language
                    hint=move || t_string!(i18n, template_edit.preheader_hint)
                    optional=true
                    fields=writing.editor_fields
                />
            </Show>
            <MailBody desk=desk writing=writing />
        </div>
    }
}
