//! What was done to one contact.

use leptos::prelude::*;
use model::{
    Alteration, AuditEntry, AuditId, AuditQuery, Change, CommentOn, ContactId, FieldDefinition, MessageFilter, MessageQuery,
    MessageRow, Page, Subject,
};

use crate::calls;
use crate::frame::places::MESSAGE_RIGHTS;
use crate::i18n::{Locale, contacts as words, t_string, td_string, use_i18n};
use crate::live::Live;
use crate::panels::comments::Comments;
use crate::panels::timeline::Timeline;
use crate::parts::{Button, ButtonKind, ErrorState, Skeleton};
use crate::session::Session;

/// Who did what to the contact and what was written to it, newest first.
#[component]
pub fn ContactHistory(
    /// Which contact.
    id: ContactId,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let listing = calls::list(
        || (),
        move || live.version(Change::Contacts),
        |it: &AuditEntry| it.id.0,
        move |(), after| {
            app::audit::list_audit(AuditQuery { subject: Some(Subject::Contact(id)), after, ..AuditQuery::default() })
        },
    );
    let sees_messages = untrack(|| Session::find().can_any(MESSAGE_RIGHTS));
    let written = calls::list(
        || (),
        move || live.version(Change::Messages),
        |it: &MessageRow| it.id.0,
        move |(), after| async move {
            if !sees_messages {
                return Ok(Page::empty());
            }
            let filter = MessageFilter { contact: Some(id), ..MessageFilter::default() };
            app::history::list_messages(MessageQuery { filter, after, ..MessageQuery::default() }).await
        },
    );
    let has_more = Memo::new(move |_| listing.has_more() || written.has_more());
    let entries = Signal::derive(move || listing.rows().with(|it| it.all().to_vec()));
    let problem = move || listing.problem().filter(|_| listing.is_first());
    let changed = calls::ask(
        move || (id, live.version(Change::Contacts)),
        |(id, _)| async move { Ok((app::contacts::list_alterations(id).await?, app::fields::list_fields().await?)) },
    );
    let more = Signal::derive(move || {
        let locale = i18n.get_locale();
        let told = |(entry, changes): &(AuditId, Vec<Alteration>), own: &[FieldDefinition]| {
            (*entry, changes.iter().map(|it| line(locale, it, own)).collect::<Vec<_>>())
        };
        changed.with(|it| it.map_or_else(Vec::new, |(all, own)| all.iter().map(|it| told(it, own)).collect()))
    });
    // What came stays; what did not is said below it.
    let missing = Memo::new(move |_| listing.problem().or_else(|| written.problem()).filter(|_| !listing.is_first()));
    let busy = Signal::derive(move || listing.is_pending() || written.is_pending());
    let ask_again = move || {
        listing.ask_again();
        written.ask_again();
    };
    let comments = Comments::new(CommentOn::Contact(id));
    let shown = move || {
        view! {
            <Timeline
                entries=entries
                more=more
                comments=comments
                messages=Signal::derive(move || written.rows().with(|it| it.all().to_vec()))
                has_older=Signal::derive(move || listing.has_more())
                has_older_messages=Signal::derive(move || written.has_more())
                empty=move || t_string!(i18n, contacts.no_history)
            />
            {move || missing.get().map(|it| view! { <ErrorState problem=Signal::stored(it) on_retry=ask_again /> })}
            <Show when=move || has_more.get()>
                <Button
                    label=move || t_string!(i18n, parts.load_more)
                    kind=ButtonKind::Quiet
                    busy=busy
                    on_press=move || {
                        listing.more();
                        written.more();
                    }
                />
            </Show>
        }
    };
    view! {
        {move || problem().map(|it| view! { <ErrorState problem=Signal::stored(it) on_retry=move || listing.ask_again() /> })}
        <Show when=move || listing.is_first() && listing.is_pending()>
            <Skeleton lines=3 />
        </Show>
        <Show when=move || !listing.is_first()>{shown}</Show>
    }
}

/// One changed field: what it was and what it is.
fn line(locale: Locale, change: &Alteration, own: &[FieldDefinition]) -> String {
    let told = |text: &str| match text {
        "" => td_string!(locale, persons.nothing).to_owned(),
        "true" => td_string!(locale, persons.yes).to_owned(),
        text => words::coded(locale, &change.field, text),
    };
    let field = words::field(locale, &change.field, own);
    td_string!(locale, persons.changed_from, field = field, before = told(&change.before), after = told(&change.after))
}
