//! The cells of one message in the list.

use leptos::prelude::*;
use model::person::ERASED_ADDRESS;
use model::{Channel, MessageRow, Moment, SnippetPiece};

use super::state::ShownBadge;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Column, Glyph, Icon, Slot, When};
use crate::state::message_acts::shown;

/// The columns of the list; the recipient's name stands only where it can be more than one.
pub(super) fn columns(with_recipient: bool) -> Vec<Column> {
    let i18n = use_i18n();
    let recipient = Column::new(move || t_string!(i18n, messages.column_recipient), "minmax(7rem, 1fr)", Slot::Title);
    let subject = if with_recipient { Slot::Meta } else { Slot::Title };
    let others = [
        Column::new(move || t_string!(i18n, messages.column_subject), "minmax(8rem, 2.4fr)", subject),
        Column::new(move || t_string!(i18n, messages.column_state), "minmax(7.5rem, 10rem)", Slot::Mark),
        Column::new(move || t_string!(i18n, messages.column_author), "minmax(0, 9rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, messages.column_when), "minmax(6rem, 8rem)", Slot::Aside).at_end(),
    ];
    with_recipient.then_some(recipient).into_iter().chain(others).collect()
}

/// The cells of a row that may change while it is shown.
pub(super) fn cells(row: Memo<Option<MessageRow>>, with_recipient: bool) -> Vec<AnyView> {
    let recipient = with_recipient.then(|| view! { <RecipientCell row=row /> }.into_any());
    let others = [
        view! { <SubjectCell row=row /> }.into_any(),
        view! { <StateCell row=row /> }.into_any(),
        view! { <span class="faint">{move || row.with(|it| it.as_ref().map(|it| it.author.clone()))}</span> }.into_any(),
        view! { <WhenCell row=row /> }.into_any(),
    ];
    recipient.into_iter().chain(others).collect()
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
    let files = move || row.with(|it| it.as_ref().map_or(0, |it| it.attachments));
    let files_words = move || t_string!(i18n, messages.attachments_count, count = files(), n = files());
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
                <span class="snippet clip">{move || snippet.with(|it| it.iter().map(piece).collect_view())}</span>
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

#[component]
fn WhenCell(row: Memo<Option<MessageRow>>) -> impl IntoView {
    let at = move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.sent_at.unwrap_or(it.created_at)));
    view! { <When at=Signal::derive(at) /> }
}
