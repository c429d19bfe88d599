//! Addresses that bounced often enough: suppress them or go on writing, one or many at once.

use leptos::prelude::*;
use model::{BounceQuery, BouncedAddress, BouncedAddressId, Change, Moment};

use crate::calls;
use crate::format;
use crate::i18n::{language, messages::small, t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Button, ButtonKind, Column, EmptyState, Glyph, Slot, Table, TickedBar, When};
use crate::state::selection::Selection;
use crate::toast::Toasts;

/// The list with tick boxes, and below it the two decisions.
#[component]
pub fn ProposalList() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let selection = RwSignal::new(Selection::default());
    let listing = calls::list(
        || (),
        move || live.version(Change::Suppressions),
        |it: &BouncedAddress| it.id.0,
        |(), after| app::bounces::list_bounced_addresses(BounceQuery { after }),
    );
    // What was decided meanwhile is ticked no more.
    Effect::new(move |_| {
        let ids = listing.ids();
        selection.update(|it| it.keep(&ids));
    });
    let nothing = move || {
        view! {
            <EmptyState
                glyph=Glyph::MAIL_CHECK
                title=move || t_string!(i18n, returns.proposals_empty_title)
                text=move || t_string!(i18n, returns.proposals_empty_text)
            />
        }
    };
    let columns = move || {
        vec![
            Column::new(move || t_string!(i18n, returns.column_address), "minmax(12rem, 1.6fr)", Slot::Title),
            Column::new(move || t_string!(i18n, returns.column_returns), "minmax(10rem, 1.4fr)", Slot::Meta),
            Column::new(move || t_string!(i18n, returns.column_code), "minmax(4rem, 5rem)", Slot::Hidden),
            Column::new(move || t_string!(i18n, returns.column_last), "minmax(7rem, 8rem)", Slot::Aside),
        ]
    };
    view! {
        <Listed listing=listing nothing=nothing>
            <Table
                label=move || t_string!(i18n, returns.proposals)
                columns=columns()
                pages=listing
                cells=move |id| cells(Memo::new(move |_| listing.row(id)))
                row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.address)
                selection=selection
            />
        </Listed>
        <Decisions selection=selection ids=Signal::derive(move || listing.ids()) />
    }
}

fn cells(row: Memo<Option<BouncedAddress>>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let counts =
        move || row.with(|it| it.as_ref().map(|it| t_string!(i18n, returns.contact_bounces, hard = it.hard, soft = it.soft)));
    let address = move || {
        row.get().map(|it| match it.message {
            Some(id) => {
                let title = move || t_string!(i18n, returns.last_message);
                view! { <a class="clip" title=title href=format!("/messages/{id}?tab=deliveries")>{it.address}</a> }.into_any()
            }
            None => view! { <span class="clip">{it.address}</span> }.into_any(),
        })
    };
    let at = Signal::derive(move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.last_at)));
    vec![
        view! { <span class="clip">{address}</span> }.into_any(),
        view! { <span class="clip" title=counts>{counts}</span> }.into_any(),
        view! { <span>{move || row.with(|it| it.as_ref().map(|it| it.last_code.clone()))}</span> }.into_any(),
        view! { <When at=at /> }.into_any(),
    ]
}

/// What becomes of the ticked addresses, in numbers.
#[component]
fn Decisions(selection: RwSignal<Selection>, ids: Signal<Vec<i64>>) -> impl IntoView {
    let i18n = use_i18n();
    let ticked = Memo::new(move |_| {
        let ids = ids.get();
        selection.with(|it| ids.into_iter().filter(|id| it.has(*id)).map(BouncedAddressId).collect::<Vec<_>>())
    });
    let words = move || {
        let n = ticked.with(|it| it.len() as u64);
        t_string!(i18n, returns.ticked, count = small(n), n = format::number(language(i18n.get_locale()), n))
    };
    view! {
        <TickedBar selection=selection words=words label=move || t_string!(i18n, returns.ticked_acts)>
            <Acts selection=selection ticked=ticked />
        </TickedBar>
    }
}

#[component]
fn Acts(selection: RwSignal<Selection>, ticked: Memo<Vec<BouncedAddressId>>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (suppresses, keeps) = (RwSignal::new(false), RwSignal::new(false));
    let n = move || ticked.with(|it| it.len() as u64);
    let number = move |n: u64| format::number(language(i18n.get_locale()), n);
    let suppress = move || {
        let (ids, n) = (ticked.get_untracked(), untrack(n));
        calls::act(suppresses, app::bounces::suppress_bounced_addresses(ids), move |()| {
            selection.update(Selection::clear);
            live.note(Change::Suppressions);
            toasts.done(untrack(|| t_string!(i18n, returns.suppressed, count = small(n), n = number(n))));
        });
    };
    let keep = move || {
        let (ids, n) = (ticked.get_untracked(), untrack(n));
        calls::act(keeps, app::bounces::keep_bounced_addresses(ids), move |()| {
            selection.update(Selection::clear);
            live.note(Change::Suppressions);
            toasts.done(untrack(|| t_string!(i18n, returns.kept, count = small(n), n = number(n))));
        });
    };
    view! {
        <Button
            label=move || t_string!(i18n, returns.suppress, count = small(n()), n = number(n()))
            kind=ButtonKind::Danger
            icon=Glyph::BAN
            busy=suppresses
            on_press=suppress
        />
        <Button
            label=move || t_string!(i18n, returns.keep, count = small(n()), n = number(n()))
            busy=keeps
            on_press=keep
        />
    }
}
