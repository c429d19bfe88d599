//! The addresses that messages may leave under, and those that wait to be confirmed.

use leptos::prelude::*;
use model::{Change, Sender, SenderId, SenderState, Senders};

use super::ask::{AskSender, question};
use crate::calls;
use crate::i18n::{self, senders as words, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Column, Confirm, Glyph, Mark, MarkBadge, Slot, Table};
use crate::session::Session;
use crate::toast::Toasts;

/// The table, and the button that adds an address.
#[component]
pub fn SenderAddresses(
    /// All senders.
    senders: Signal<Senders>,
) -> impl IntoView {
    let i18n = use_i18n();
    let adds = RwSignal::new(false);
    let removed = RwSignal::new(None::<(SenderId, String)>);
    // Addresses of accounts have no id of their own: rows are told apart by their place, which is that of the name.
    let rows = Memo::new(move |_| senders.with(|it| it.addresses.clone()));
    let row = move |place: i64| rows.with(|it| it.get(usize::try_from(place).ok()?).cloned());
    let ids = Signal::derive(move || rows.with(|it| (0..it.len() as i64).collect::<Vec<_>>()));
    let columns = vec![
        Column::new(move || t_string!(i18n, senders.column_address), "minmax(12rem, 1.4fr)", Slot::Title),
        Column::new(move || t_string!(i18n, senders.column_state), "minmax(7rem, 9rem)", Slot::Mark),
        Column::new(|| "", "minmax(10rem, 2fr)", Slot::Meta),
        Column::new(|| "", "minmax(9rem, auto)", Slot::Aside).at_end(),
    ];
    view! {
        <section class="sheet-part">
            <header class="sheet-part-head">
                <div>
                    <h2>{move || t_string!(i18n, senders.addresses)}</h2>
                    <p class="hint">{move || t_string!(i18n, senders.addresses_hint)}</p>
                </div>
                <Button label=move || t_string!(i18n, senders.add) icon=Glyph::PLUS on_press=move || adds.set(true) />
            </header>
            <div class="sheet-table">
                <Table
                    label=move || t_string!(i18n, senders.addresses)
                    columns=columns
                    pages=ids
                    cells=move |place| cells(Memo::new(move |_| row(place)), removed)
                    row_name=move |place| row(place).map_or_else(String::new, |it| it.address.shown())
                />
            </div>
        </section>
        <AskSender open=adds />
        <RemoveQuestion what=removed />
    }
}

fn cells(row: Memo<Option<Sender>>, removed: RwSignal<Option<(SenderId, String)>>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let address = move || row.with(|it| it.as_ref().map(|it| it.address.shown()));
    let why = move || row.with(|it| it.as_ref().map(|it| words::state(i18n.get_locale(), &it.state)));
    vec![
        view! { <span class="clip">{address}</span> }.into_any(),
        view! { {move || row.get().map(|it| view! { <StateBadge state=it.state /> })} }.into_any(),
        view! { <span class="clip" title=why>{why}</span> }.into_any(),
        view! { <span class="outbox-acts"><RowActs row=row removed=removed /></span> }.into_any(),
    ]
}

#[component]
fn StateBadge(state: SenderState) -> impl IntoView {
    let i18n = use_i18n();
    let (mark, usable) = match &state {
        it if it.is_usable() => (Mark::Delivered, true),
        SenderState::Asked(_) => (Mark::Waiting, false),
        _ => (Mark::Cancelled, false),
    };
    let word = move || match mark {
        _ if usable => t_string!(i18n, senders.mark_usable),
        Mark::Waiting => t_string!(i18n, senders.mark_waits),
        _ => t_string!(i18n, senders.mark_expired),
    };
    view! { <MarkBadge mark=Signal::stored(mark) word=word /> }
}

/// Sends the link again, or takes the address away.
#[component]
fn RowActs(row: Memo<Option<Sender>>, removed: RwSignal<Option<(SenderId, String)>>) -> impl IntoView {
    let i18n = use_i18n();
    let (session, live, toasts) = (Session::find(), Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let waits = Memo::new(move |_| row.with(|it| it.as_ref().is_some_and(|it| !it.state.is_usable())));
    let id = Memo::new(move |_| row.with(|it| it.as_ref().and_then(|it| it.id)));
    let name = Memo::new(move |_| row.with(|it| it.as_ref().map(|it| it.address.to_string()).unwrap_or_default()));
    let resend = move || {
        let company = untrack(|| session.me()).map(|it| it.company.clone()).unwrap_or_default();
        let address = name.get_untracked();
        let asked = question(i18n::language(i18n.get_locale_untracked()), &company, &address);
        calls::act(busy, app::senders::ask_sender(asked), move |_| {
            live.note(Change::Accounts);
            live.note(Change::Messages);
            toasts.done(tu_string!(i18n, senders.sent, address = address));
        });
    };
    view! {
        <Show when=move || waits.get()>
            <Button label=move || t_string!(i18n, senders.resend) kind=ButtonKind::Quiet busy=busy on_press=resend />
        </Show>
        {move || id.get().map(|id| view! {
            <Button
                label=move || t_string!(i18n, senders.remove)
                hint=move || t_string!(i18n, senders.remove_of, address = name.get())
                kind=ButtonKind::Quiet
                on_press=move || removed.set(Some((id, name.get_untracked())))
            />
        })}
    }
}

#[component]
fn RemoveQuestion(what: RwSignal<Option<(SenderId, String)>>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, open) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        if what.with(Option::is_some) {
            open.set(true);
        }
    });
    let remove = move || {
        let Some((id, address)) = what.get_untracked() else { return };
        calls::act(busy, app::senders::remove_sender(id), move |()| {
            open.set(false);
            what.set(None);
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, senders.removed, address = address));
        });
    };
    let address = move || what.with(|it| it.as_ref().map(|it| it.1.clone())).unwrap_or_default();
    view! {
        <Confirm
            open=open
            question=move || t_string!(i18n, senders.remove_question, address = address())
            text=move || t_string!(i18n, senders.remove_text)
            act=move || t_string!(i18n, senders.remove)
            busy=busy
            on_confirm=remove
        />
    }
}
