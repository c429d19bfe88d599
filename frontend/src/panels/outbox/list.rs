//! One part of the outbox, delivery by delivery.

use leptos::prelude::*;
use model::{Change, Decision, DeliveryId, Moment, OutboxPart, OutboxQuery, OutboxRow};

use crate::calls::{self, Listing};
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Button, ButtonKind, Column, Confirm, EmptyState, Glyph, Slot, Table, When};
use crate::state::outbox_place::OutboxPlace;
use crate::toast::Toasts;

/// The deliveries of a part, what is due first comes first.
pub fn listing(place: Signal<OutboxPlace>) -> Listing<OutboxRow> {
    let live = Live::find();
    calls::list(
        move || place.get().0,
        move || live.version(Change::Messages),
        |it: &OutboxRow| it.id.0,
        |part, after| app::outbox::list_outbox(OutboxQuery { part, account: None, after }),
    )
}

/// The table.
#[component]
pub fn OutboxList(
    /// Which part it shows.
    #[prop(into)]
    place: Signal<OutboxPlace>,
    /// The rows that have come.
    listing: Listing<OutboxRow>,
) -> impl IntoView {
    let i18n = use_i18n();
    let removed = RwSignal::new(None::<DeliveryId>);
    let nothing = move || {
        view! {
            <EmptyState
                glyph=Glyph::SEND
                title=move || t_string!(i18n, outbox.empty_title)
                text=move || t_string!(i18n, outbox.empty_text)
            />
        }
    };
    view! {
        <Listed listing=listing nothing=nothing>
            <Table
                label=move || t_string!(i18n, outbox.title)
                columns=columns(place)
                pages=listing
                cells=move |id| cells(Memo::new(move |_| listing.row(id)), place, removed)
                row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.address.to_string())
            />
        </Listed>
        <RemoveQuestion what=removed />
    }
}

fn columns(place: Signal<OutboxPlace>) -> Vec<Column> {
    let i18n = use_i18n();
    vec![
        Column::new(move || t_string!(i18n, outbox.column_recipient), "minmax(12rem, 1.6fr)", Slot::Title),
        Column::new(
            move || match place.get().0 {
                OutboxPart::Unknown => t_string!(i18n, outbox.column_handed),
                _ => t_string!(i18n, outbox.column_due),
            },
            "minmax(8rem, 9rem)",
            Slot::Mark,
        ),
        Column::new(move || t_string!(i18n, outbox.column_answer), "minmax(9rem, 2fr)", Slot::Meta),
        Column::new(|| "", "minmax(15rem, auto)", Slot::Aside).at_end(),
    ]
}

fn cells(row: Memo<Option<OutboxRow>>, place: Signal<OutboxPlace>, removed: RwSignal<Option<DeliveryId>>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let at = Signal::derive(move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.at)));
    let answer = move || {
        row.with(|it| match it.as_ref() {
            Some(it) if 0 < it.tries && it.reply.is_empty() => t_string!(i18n, messages.reply_none).to_owned(),
            Some(it) => it.reply.clone(),
            None => String::new(),
        })
    };
    let recipient = move || {
        row.get().map(|it| view! { <a class="clip" href=format!("/messages/{}", it.message)>{it.address.to_string()}</a> })
    };
    let acts = move || {
        let unknown = place.get().0 == OutboxPart::Unknown;
        if unknown { view! { <Decide row=row /> }.into_any() } else { view! { <Acts row=row removed=removed /> }.into_any() }
    };
    vec![
        view! { <span class="clip">{recipient}</span> }.into_any(),
        view! { <When at=at /> }.into_any(),
        view! { <span class="clip" title=answer>{answer}</span> }.into_any(),
        view! { <span class="outbox-acts">{acts}</span> }.into_any(),
    ]
}

/// Sends it now, or takes it out.
#[component]
fn Acts(row: Memo<Option<OutboxRow>>, removed: RwSignal<Option<DeliveryId>>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let id = move || row.with_untracked(|it| it.as_ref().map(|it| it.id));
    let send = move || {
        let Some(id) = id() else { return };
        calls::act(busy, app::outbox::send_deliveries_now(vec![id]), move |_| {
            live.note(Change::Messages);
            toasts.done(untrack(|| t_string!(i18n, outbox.sent_now)));
        });
    };
    view! {
        <Button label=move || t_string!(i18n, outbox.send_now) kind=ButtonKind::Quiet busy=busy on_press=send />
        <Button label=move || t_string!(i18n, outbox.remove) kind=ButtonKind::Quiet on_press=move || removed.set(id()) />
    }
}

/// The two decisions about what nobody knows.
#[component]
fn Decide(row: Memo<Option<OutboxRow>>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let decide = move |decision| {
        let Some(id) = row.with_untracked(|it| it.as_ref().map(|it| it.id)) else { return };
        calls::act(busy, app::messages::decide_delivery(id, decision), move |()| {
            live.note(Change::Messages);
            toasts.done(untrack(|| t_string!(i18n, messages.decided)));
        });
    };
    view! {
        <Button
            label=move || t_string!(i18n, messages.decide_again)
            hint=move || t_string!(i18n, messages.decide_again_text)
            kind=ButtonKind::Quiet
            busy=busy
            on_press=move || decide(Decision::SendAgain)
        />
        <Button
            label=move || t_string!(i18n, messages.decide_accepted)
            hint=move || t_string!(i18n, messages.decide_accepted_text)
            kind=ButtonKind::Quiet
            busy=busy
            on_press=move || decide(Decision::TakeAsAccepted)
        />
    }
}

/// Asks before a delivery is taken out.
#[component]
fn RemoveQuestion(what: RwSignal<Option<DeliveryId>>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, open) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        if what.with(Option::is_some) {
            open.set(true);
        }
    });
    let remove = move || {
        let Some(id) = what.get_untracked() else { return };
        calls::act(busy, app::outbox::remove_deliveries(vec![id]), move |_| {
            open.set(false);
            what.set(None);
            live.note(Change::Messages);
            toasts.done(untrack(|| t_string!(i18n, outbox.removed)));
        });
    };
    view! {
        <Confirm
            open=open
            question=move || t_string!(i18n, outbox.remove_question)
            text=move || t_string!(i18n, outbox.remove_text)
            act=move || t_string!(i18n, outbox.remove)
            busy=busy
            on_confirm=remove
        />
    }
}
