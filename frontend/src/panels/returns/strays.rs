//! Reports that belong to no message; what they say is foreign and shown as text only.

use leptos::prelude::*;
use model::{BounceKind, BounceQuery, Change, Moment, StrayBounce};

use super::notes::mark;
use crate::calls;
use crate::i18n::{returns as words, t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Button, ButtonKind, Column, EmptyState, Glyph, MarkBadge, Slot, Table, When};
use crate::toast::Toasts;

/// The list with a button that takes a report off it.
#[component]
pub fn StrayList() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let listing = calls::list(
        || (),
        move || live.version(Change::Accounts),
        |it: &StrayBounce| it.id.0,
        |(), after| app::bounces::list_stray_bounces(BounceQuery { after }),
    );
    let nothing = move || {
        view! {
            <EmptyState
                glyph=Glyph::MAIL_CHECK
                title=move || t_string!(i18n, returns.strays_empty_title)
                text=move || t_string!(i18n, returns.strays_empty_text)
            />
        }
    };
    let columns = move || {
        vec![
            Column::new(move || t_string!(i18n, returns.column_address), "minmax(11rem, 1fr)", Slot::Title),
            Column::new(move || t_string!(i18n, returns.column_kind), "minmax(8rem, 9rem)", Slot::Mark),
            Column::new(move || t_string!(i18n, returns.column_words), "minmax(10rem, 2.4fr)", Slot::Meta),
            Column::new(move || t_string!(i18n, returns.column_when), "minmax(7rem, 8rem)", Slot::Hidden),
            Column::new(|| "", "minmax(5rem, auto)", Slot::Aside).at_end(),
        ]
    };
    view! {
        <Listed listing=listing nothing=nothing>
            <Table
                label=move || t_string!(i18n, returns.strays)
                columns=columns()
                pages=listing
                cells=move |id| cells(Memo::new(move |_| listing.row(id)))
                row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.address)
            />
        </Listed>
    }
}

fn cells(row: Memo<Option<StrayBounce>>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let address = move || {
        row.with(|it| {
            it.as_ref().map(|it| match it.address.as_str() {
                "" => t_string!(i18n, returns.stray_nobody).to_owned(),
                address => address.to_owned(),
            })
        })
    };
    let kind = Memo::new(move |_| row.with(|it| it.as_ref().map_or(BounceKind::Soft, |it| it.kind)));
    let said = move || {
        row.with(|it| {
            it.as_ref().map(|it| match it.code.as_str() {
                "" => it.words.clone(),
                code => format!("{code} {}", it.words),
            })
        })
    };
    let at = Signal::derive(move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.at)));
    vec![
        view! { <span class="clip">{address}</span> }.into_any(),
        view! {
            <MarkBadge
                mark=Signal::derive(move || mark(kind.get()))
                word=move || words::kind(i18n.get_locale(), kind.get())
            />
        }
        .into_any(),
        view! { <span class="clip" title=said>{said}</span> }.into_any(),
        view! { <When at=at /> }.into_any(),
        view! { <Dismiss row=row /> }.into_any(),
    ]
}

#[component]
fn Dismiss(row: Memo<Option<StrayBounce>>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let name = move || row.with(|it| it.as_ref().map(|it| it.address.clone())).unwrap_or_default();
    let dismiss = move || {
        let Some(id) = row.with_untracked(|it| it.as_ref().map(|it| it.id)) else { return };
        calls::act(busy, app::bounces::dismiss_stray_bounce(id), move |()| {
            live.note(Change::Accounts);
            toasts.done(untrack(|| t_string!(i18n, returns.dismissed)));
        });
    };
    view! {
        <Button
            label=move || t_string!(i18n, returns.dismiss)
            hint=move || t_string!(i18n, returns.dismiss_of, address = name())
            kind=ButtonKind::Quiet
            busy=busy
            on_press=dismiss
        />
    }
}
