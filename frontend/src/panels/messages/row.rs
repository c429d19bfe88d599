//! The cells of one message in the list.

use leptos::prelude::*;
use model::person::ERASED_ADDRESS;
use model::{Channel, MessageColumn, MessageRow, Moment, SnippetPiece};

use super::look::MessageLook;
use super::state::ShownBadge;
use crate::i18n::{Locale, messages as words, t_string, use_i18n};
use crate::panels::accounts::account_name;
use crate::panels::views::heads::{head, slot};
use crate::parts::{Column, Glyph, Icon, Slot, When};
use crate::state::message_acts::shown;

/// The heads: the recipient, where it can be more than one, and the columns behind.
pub(super) fn columns(look: MessageLook, shown: &[MessageColumn], with_recipient: bool) -> Vec<Column> {
    let i18n = use_i18n();
    let recipient = with_recipient.then(|| head(look, None, move || t_string!(i18n, messages.column_recipient), Slot::Title));
    let others = shown.iter().copied().enumerate().map(|(place, column)| {
        let slot = match (place, with_recipient) {
            (0, false) => Slot::Title,
            _ => slot(place),
        };
        head(look, Some(column), move || words::column(i18n.get_locale(), column), slot)
    });
    recipient.into_iter().chain(others).collect()
}

/// The cells of a row that may change while it is shown.
pub(super) fn cells(row: Memo<Option<MessageRow>>, shown: &[MessageColumn], with_recipient: bool) -> Vec<AnyView> {
    let recipient = with_recipient.then(|| view! { <RecipientCell row=row /> }.into_any());
    recipient.into_iter().chain(shown.iter().map(|it| cell(*it, row))).collect()
}

fn cell(column: MessageColumn, row: Memo<Option<MessageRow>>) -> AnyView {
    let i18n = use_i18n();
    match column {
        MessageColumn::Subject => view! { <SubjectCell row=row /> }.into_any(),
        MessageColumn::State => view! { <StateCell row=row /> }.into_any(),
        MessageColumn::When => when(row, |it| it.sent_at.unwrap_or(it.created_at)),
        MessageColumn::Created => when(row, |it| it.created_at),
        MessageColumn::Author => text(row, |_, it| Some(it.author.clone())),
        MessageColumn::Channel => text(row, |locale, it| Some(words::channel(locale, it.channel).to_owned())),
        MessageColumn::Origin => text(row, |locale, it| Some(words::origin(locale, it.origin).to_owned())),
        MessageColumn::Account => text(row, move |_, it| it.account.as_ref().map(|it| account_name(i18n, it))),
        MessageColumn::Campaign => text(row, |_, it| it.campaign.clone()),
        MessageColumn::Template => text(row, |_, it| it.template.clone()),
        MessageColumn::Files => text(row, |_, it| (0 < it.attachments).then(|| it.attachments.to_string())),
        MessageColumn::Recipients => text(row, |_, it| (!it.recipient.is_empty()).then(|| (it.others + 1).to_string())),
    }
}

#[component]
fn RecipientCell(row: Memo<Option<MessageRow>>) -> impl IntoView {
    let i18n = use_i18n();
    let name = move || row.with(|it| it.as_ref().map(|it| it.recipient.clone())).filter(|it| !it.is_empty());
    let others = move || row.with(|it| it.as_ref().map_or(0, |it| it.others));
    view! {
        <span class="message-recipient">
            {move || match name() {
                Some(name) if name == ERASED_ADDRESS => {
                    view! { <span class="clip faint">{t_string!(i18n, persons.erased_person)}</span> }.into_any()
                }
                Some(name) => view! { <span class="clip">{name}</span> }.into_any(),
                None => view! { <span class="clip faint">{t_string!(i18n, messages.no_recipient)}</span> }.into_any(),
            }}
            <Show when=move || 0 < others()>
                <span class="others" title=move || t_string!(i18n, messages.others, count = others(), n = others())>
                    <span aria-hidden="true">{move || format!("+{}", others())}</span>
                    <span class="visually-hidden">
                        {move || t_string!(i18n, messages.others, count = others(), n = others())}
                    </span>
                </span>
            </Show>
        </span>
    }
}

#[component]
fn SubjectCell(row: Memo<Option<MessageRow>>) -> impl IntoView {
    let i18n = use_i18n();
    let subject = move || row.with(|it| it.as_ref().map(|it| it.subject.clone())).filter(|it| !it.is_empty());
    let is_text = move || row.with(|it| it.as_ref().is_some_and(|it| it.channel == Channel::Sms));
    let is_erased = move || row.with(|it| it.as_ref().is_some_and(|it| it.is_erased));
    let is_damaged = move || row.with(|it| it.as_ref().is_some_and(|it| it.is_damaged));
    let files = move || row.with(|it| it.as_ref().map_or(0, |it| it.attachments));
    let files_words = move || t_string!(i18n, messages.attachments_count, count = files(), n = files());
    let snippet_file = Memo::new(move |_| row.with(|it| it.as_ref().and_then(|it| it.snippet_file.clone())));
    let snippet = Memo::new(move |_| row.with(|it| it.as_ref().map(|it| it.snippet.clone()).unwrap_or_default()));
    view! {
        <span class="message-subject">
            <span class="subject-line">
                <Show when=is_text>
                    <span class="sms-mark" title=move || t_string!(i18n, sms_write.sms)>
                        <Icon glyph=Glyph::SMARTPHONE />
                        <span class="visually-hidden">{move || t_string!(i18n, sms_write.sms)}</span>
                    </span>
                </Show>
                {move || match subject() {
                    Some(subject) => view! { <span class="clip">{subject}</span> }.into_any(),
                    None if is_erased() => {
                        view! { <span class="clip faint">{t_string!(i18n, persons.erased_message)}</span> }.into_any()
                    }
                    None if is_damaged() => {
                        view! { <span class="clip faint">{t_string!(i18n, messages.damaged)}</span> }.into_any()
                    }
                    None => view! { <span class="clip faint">{t_string!(i18n, messages.no_subject)}</span> }.into_any(),
                }}
                <Show when=move || 0 < files()>
                    <span class="files" title=files_words>
                        <Icon glyph=Glyph::PAPERCLIP />
                        <span class="visually-hidden">{files_words}</span>
                    </span>
                </Show>
            </span>
            <Show when=move || snippet.with(|it| !it.is_empty())>
                <span class="snippet clip">
                    <Show when=move || snippet_file.with(Option::is_some)>
                        <span class="snippet-file"><Icon glyph=Glyph::PAPERCLIP />{move || snippet_file.get()}": "</span>
                    </Show>
                    {move || snippet.with(|it| it.iter().map(piece).collect_view())}
                </span>
            </Show>
        </span>
    }
}

fn piece(it: &SnippetPiece) -> AnyView {
    let text = it.text.clone();
    if it.hit { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
}

#[component]
fn StateCell(row: Memo<Option<MessageRow>>) -> impl IntoView {
    let shown = Memo::new(move |_| row.with(|it| it.as_ref().map(shown)));
    move || shown.get().map(|it| view! { <ShownBadge shown=Signal::stored(it) /> })
}

fn text(row: Memo<Option<MessageRow>>, read: impl Fn(Locale, &MessageRow) -> Option<String> + Send + Sync + 'static) -> AnyView {
    let i18n = use_i18n();
    view! { <span class="clip faint">{move || row.with(|it| it.as_ref().and_then(|it| read(i18n.get_locale(), it)))}</span> }
        .into_any()
}

fn when(row: Memo<Option<MessageRow>>, read: fn(&MessageRow) -> Moment) -> AnyView {
    let at = move || row.with(|it| it.as_ref().map_or(Moment(0), read));
    view! { <When at=Signal::derive(at) /> }.into_any()
}
