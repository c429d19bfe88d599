//! The newest messages.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;
use model::{MessageRow, MessageState, Overview};

use crate::i18n::{t_string, use_i18n};
use crate::parts::{ButtonKind, ButtonLink, Column, EmptyState, Glyph, MessageBadge, Slot, Table, When};

/// A short table, or a word about the first message.
#[component]
pub(super) fn Latest(overview: Signal<Overview>) -> impl IntoView {
    let i18n = use_i18n();
    let any = Memo::new(move |_| overview.with(|it| !it.latest.is_empty()));
    view! {
        <section class="card latest">
            <header>
                <h2>{move || t_string!(i18n, overview.latest)}</h2>
                <A href="/messages" attr:class="more">{move || t_string!(i18n, overview.all_messages)}</A>
            </header>
            <Show
                when=move || any.get()
                fallback=move || view! {
                    <EmptyState
                        glyph=Glyph::SEND
                        title=move || t_string!(i18n, overview.empty_title)
                        text=move || t_string!(i18n, overview.empty_text)
                    >
                        <ButtonLink
                            label=move || t_string!(i18n, frame.write)
                            href="/write".to_owned()
                            kind=ButtonKind::Primary
                            icon=Glyph::PENCIL
                        />
                    </EmptyState>
                }
            >
                <Rows overview=overview />
            </Show>
        </section>
    }
}

#[component]
fn Rows(overview: Signal<Overview>) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let row = move |id: i64| overview.with(|it| it.latest.iter().find(|it| it.id.0 == id).cloned());
    let ids = Memo::new(move |_| overview.with(|it| it.latest.iter().map(|it| it.id.0).collect::<Vec<_>>()));
    let columns = vec![
        Column::new(move || t_string!(i18n, overview.column_recipient), "minmax(8rem, 1fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, overview.column_subject), "minmax(10rem, 1.6fr)", Slot::Title),
        Column::new(move || t_string!(i18n, overview.column_state), "9.5rem", Slot::Mark),
        Column::new(move || t_string!(i18n, overview.column_time), "7.5rem", Slot::Aside).at_end(),
    ];
    let cells = move |id: i64| {
        let row = Memo::new(move |_| row(id));
        let text = move |read: fn(&MessageRow) -> &String, or: &'static str| {
            row.with(|it| it.as_ref().map(read).filter(|it| !it.is_empty()).cloned().unwrap_or_else(|| or.to_owned()))
        };
        let state = Signal::derive(move || row.with(|it| it.as_ref().map_or(MessageState::Draft, |it| it.state)));
        let at = Signal::derive(move || {
            row.with(|it| it.as_ref().map(|it| it.sent_at.unwrap_or(it.created_at))).unwrap_or_default()
        });
        vec![
            view! { {move || text(|it| &it.recipient, t_string!(i18n, overview.no_recipient))} }.into_any(),
            view! {
                <a href=address(id, state.get_untracked())>{move || text(|it| &it.subject, t_string!(i18n, overview.no_subject))}</a>
            }
            .into_any(),
            view! { <MessageBadge state=state /> }.into_any(),
            view! { <When at=at /> }.into_any(),
        ]
    };
    let open = StoredValue::new_local(navigate);
    let state_of = move |id| untrack(|| row(id)).map_or(MessageState::Sent, |it| it.state);
    view! {
        <Table
            label=move || t_string!(i18n, overview.latest)
            columns=columns
            ids=ids
            cells=cells
            row_name=move |id| row(id).map(|it| it.subject).unwrap_or_default()
            on_open=move |id| open.with_value(|go| go(&address(id, state_of(id)), Default::default()))
        />
    }
}

/// Drafts are written on, everything else is looked at.
fn address(id: i64, state: MessageState) -> String {
    match state {
        MessageState::Draft => format!("/write?draft={id}"),
        _ => format!("/messages/{id}"),
    }
}
