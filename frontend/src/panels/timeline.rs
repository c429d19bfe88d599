//! What was done to one thing, newest first.

use leptos::prelude::*;
use model::person::ERASED_ADDRESS;
use model::{AuditEntry, AuditId, Channel, Comment, Deed, MessageRow, Moment, UserId};

use super::comments::{CommentForm, CommentItem, Comments};
use crate::i18n::{changes as changed, deeds, t_string, use_i18n, words};
use crate::parts::{Glyph, Icon, When};

/// Entries of the action log about one thing: what, who, when.
#[component]
pub fn Timeline(
    /// The entries, newest first.
    #[prop(into)]
    entries: Signal<Vec<AuditEntry>>,
    /// What stands there when there are none.
    #[prop(into)]
    empty: TextProp,
    /// What else is known about entries, in lines below them.
    #[prop(into, optional)]
    more: Signal<Vec<(AuditId, Vec<String>)>>,
    /// What people say about the thing, among the entries.
    #[prop(optional)]
    comments: Option<Comments>,
    /// The messages to or about the thing, among the entries.
    #[prop(into, optional)]
    messages: Signal<Vec<MessageRow>>,
    /// Whether older entries have not come yet.
    #[prop(into, optional)]
    has_older: Signal<bool>,
    /// Whether older messages have not come yet.
    #[prop(into, optional)]
    has_older_messages: Signal<bool>,
    /// Draws what stands below an entry.
    #[prop(optional)]
    beneath: Option<Callback<(AuditId,), AnyView>>,
) -> impl IntoView {
    let empty = StoredValue::new(empty);
    let items = Memo::new(move |_| {
        let said = comments.map(Comments::all).unwrap_or_default();
        let older = Older { entries: has_older.get(), messages: has_older_messages.get() };
        entries.with(|entries| messages.with(|messages| together(entries, said, messages, older)))
    });
    view! {
        {comments.map(|it| view! { <CommentForm comments=it /> })}
        <Show
            when=move || items.with(|it| !it.is_empty())
            fallback=move || view! { <p class="faint">{move || empty.with_value(TextProp::get)}</p> }
        >
            <ol class="timeline">
                <For each=move || items.get() key=Item::key let:item>
                    {match (item, comments) {
                        (Item::Said(comment), Some(comments)) => {
                            view! { <CommentItem comments=comments comment=comment /> }.into_any()
                        }
                        (Item::Done(entry), _) => view! { <Entry entry=entry more=more beneath=beneath /> }.into_any(),
                        (Item::Written(row), _) => view! { <Written row=*row /> }.into_any(),
                        (Item::Said(_), None) => ().into_any(),
                    }}
                </For>
            </ol>
        </Show>
    }
}

/// What stands in a time line.
#[derive(Clone, Debug, PartialEq)]
enum Item {
    /// What was done.
    Done(AuditEntry),
    /// What somebody said.
    Said(Comment),
    /// A message that was written.
    Written(Box<MessageRow>),
}

/// Of what older ones have not come yet.
#[derive(Clone, Copy, Debug, Default)]
struct Older {
    entries: bool,
    messages: bool,
}

impl Item {
    fn at(&self) -> Moment {
        match self {
            Self::Done(it) => it.at,
            Self::Said(it) => it.created_at,
            Self::Written(it) => it.created_at,
        }
    }

    /// Entries, comments and messages are counted apart.
    fn key(&self) -> (u8, i64) {
        match self {
            Self::Done(it) => (0, it.id.0),
            Self::Said(it) => (1, it.id.0),
            Self::Written(it) => (2, it.id.0),
        }
    }
}

/// Entries, comments and messages, newest first. That a comment was written is said by the comment itself; what is older than the oldest
/// entry or message that has come waits for its place.
fn together(entries: &[AuditEntry], comments: Vec<Comment>, messages: &[MessageRow], older: Older) -> Vec<Item> {
    let oldest_entry = entries.last().map(|it| it.at).filter(|_| older.entries);
    let oldest = oldest_entry.max(messages.last().map(|it| it.created_at).filter(|_| older.messages));
    let is_said = |deed: &Deed| matches!(deed, Deed::CommentWritten(_, id) if comments.iter().any(|it| it.id == *id));
    let mut items: Vec<Item> = entries.iter().filter(|it| !is_said(&it.deed)).cloned().map(Item::Done).collect();
    items.extend(comments.into_iter().map(Item::Said));
    items.extend(messages.iter().cloned().map(Box::new).map(Item::Written));
    items.retain(|it| oldest.is_none_or(|oldest| oldest <= it.at()));
    items.sort_by_key(|it| std::cmp::Reverse(it.at()));
    items
}

#[component]
fn Entry(
    entry: AuditEntry,
    more: Signal<Vec<(AuditId, Vec<String>)>>,
    beneath: Option<Callback<(AuditId,), AnyView>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let entry_id = entry.id;
    let changes = entry.changes.clone();
    let lines = move || {
        let known = more.with(|it| it.iter().find(|it| it.0 == entry_id).map(|it| it.1.clone()));
        let own = || changes.iter().map(|it| changed::line(i18n.get_locale(), it)).collect::<Vec<_>>();
        let lines = known.or_else(|| Some(own()).filter(|it| !it.is_empty()));
        lines.map(|it| {
            view! { <ul class="timeline-more">{it.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul> }
        })
    };
    let AuditEntry { at, actor: (id, name), deed, .. } = entry;
    let actor = move || if id == UserId::SYSTEM { t_string!(i18n, common.system).to_owned() } else { name.clone() };
    view! {
        <li>
            <span class="timeline-deed">{move || deeds::deed(i18n.get_locale(), &deed)}</span>
            <span class="timeline-who">{actor}</span>
            <When at=Signal::stored(at) />
            {lines}
            {beneath.map(|it| it.run((entry_id,)))}
        </li>
    }
}

/// A message, which its line leads to.
#[component]
pub fn Written(
    /// The message.
    row: MessageRow,
    /// Whether its recipient is named, where many messages say the same.
    #[prop(optional)]
    has_recipient: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let glyph = if row.channel == Channel::Sms { Glyph::SMARTPHONE } else { Glyph::MAIL };
    let (id, at, state) = (row.id, row.created_at, row.state);
    let label = move || match row.subject.as_str() {
        _ if has_recipient && row.recipient == ERASED_ADDRESS => t_string!(i18n, persons.erased_person).to_owned(),
        _ if has_recipient => row.recipient.clone(),
        "" => t_string!(i18n, messages.no_subject).to_owned(),
        subject => subject.to_owned(),
    };
    view! {
        <li class="timeline-message">
            <a class="timeline-deed" href=format!("/messages/{id}")>
                <Icon glyph=glyph />
                {label}
            </a>
            <span class="timeline-who">
                {move || format!("{} · {}", words::message_state(i18n.get_locale(), state), row.author)}
            </span>
            <When at=Signal::stored(at) />
        </li>
    }
}

#[cfg(test)]
mod tests {
    use model::{CommentId, CommentOn, ContactId};

    use super::*;

    fn entry(id: i64, deed: Deed) -> AuditEntry {
        let actor = (UserId(1), "Eva".to_owned());
        AuditEntry {
            id: AuditId(id),
            at: Moment(id * 10),
            actor,
            deed,
            subject: String::new(),
            from: String::new(),
            changes: Vec::new(),
        }
    }

    fn said(id: i64, at: i64) -> Comment {
        Comment {
            id: CommentId(id),
            author: (UserId(1), "Eva".into()),
            text: "x".into(),
            created_at: Moment(at),
            edited_at: None,
        }
    }

    #[test]
    fn comments_stand_among_what_was_done_and_each_once() {
        let (on, me) = (CommentOn::Contact(ContactId(1)), ContactId(1));
        let entries = [
            entry(3, Deed::ContactChanged(me)),
            entry(2, Deed::CommentWritten(on, CommentId(7))),
            entry(1, Deed::ContactCreated(me)),
        ];
        let keys: Vec<_> = together(&entries, vec![said(7, 20)], &[], Older::default()).iter().map(Item::key).collect();
        assert_eq!(keys, [(0, 3), (1, 7), (0, 1)]);
        let older = Older { entries: true, messages: false };
        assert_eq!(together(&entries, vec![said(7, 20), said(4, 5)], &[], older).len(), 3);
        assert_eq!(together(&entries, Vec::new(), &[], Older::default()).len(), 3);
    }
}
