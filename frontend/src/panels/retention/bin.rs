//! What lies in the bin, and taking it out again.

use leptos::prelude::*;
use model::person::ERASED_ADDRESS;
use model::{BinRow, BinnedHow, Change, MessageId, Moment};

use crate::calls;
use crate::format;
use crate::i18n::{language, messages::small, t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Button, ButtonKind, Column, EmptyState, FilterMenu, Glyph, Slot, Table, TickedBar, When, untick_on_escape};
use crate::state::bin_place::{BinPlace, WAYS};
use crate::state::selection::Selection;
use crate::toast::Toasts;

/// What narrows the list, as chips.
#[component]
pub fn BinFilters(
    /// What the list shows now.
    #[prop(into)]
    place: Signal<BinPlace>,
    /// Called with what it should show.
    #[prop(into)]
    on_change: Callback<(BinPlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let ways = Signal::derive(move || {
        let words = |how| match how {
            BinnedHow::ByHand => t_string!(i18n, retention.how_by_hand).to_owned(),
            BinnedHow::ByTime => t_string!(i18n, retention.by_time).to_owned(),
        };
        WAYS.map(|(how, code)| (code.to_owned(), words(how))).to_vec()
    });
    let chosen = Signal::derive(move || place.with(|it| it.code().map(str::to_owned)).into_iter().collect::<Vec<_>>());
    let choose = move |codes: Vec<String>| {
        let how = codes.first().and_then(|code| WAYS.iter().find(|it| it.1 == code)).map(|it| it.0);
        on_change.run((BinPlace { how, ..place.get_untracked() },));
    };
    view! {
        <div class="filters" role="group" aria-label=move || t_string!(i18n, retention.bin_filters)>
            <FilterMenu
                label=move || t_string!(i18n, retention.filter_how)
                options=ways
                chosen=chosen
                on_choose=choose
                single=true
            />
        </div>
    }
}

/// The list with tick boxes.
#[component]
pub fn BinList(
    /// What is shown.
    #[prop(into)]
    place: Signal<BinPlace>,
    /// Called with the message to open.
    #[prop(into)]
    on_open: Callback<(MessageId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let selection = RwSignal::new(Selection::default());
    let listing = calls::list(
        move || place.with(BinPlace::filter),
        move || live.version(Change::Retention),
        |it: &BinRow| it.message.id.0,
        app::retention::list_bin,
    );
    // What was taken out meanwhile is ticked no more.
    Effect::new(move |_| {
        let ids = listing.ids();
        selection.update(|it| it.keep(&ids));
    });
    untick_on_escape(selection, None);
    let is_everything = Memo::new(move |_| place.with(BinPlace::is_everything));
    let title = move || match is_everything.get() {
        true => t_string!(i18n, retention.bin_empty_title),
        false => t_string!(i18n, retention.bin_none_title),
    };
    let text = move || match is_everything.get() {
        true => t_string!(i18n, retention.bin_empty_text),
        false => t_string!(i18n, retention.bin_none_text),
    };
    let nothing = move || view! { <EmptyState glyph=Glyph::TRASH_2 title=title text=text /> };
    let columns = vec![
        Column::new(move || t_string!(i18n, messages.column_recipient), "minmax(7rem, 1fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, messages.column_subject), "minmax(8rem, 2fr)", Slot::Title),
        Column::new(move || t_string!(i18n, retention.column_by), "minmax(6rem, 9rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, retention.column_binned), "minmax(6rem, 8rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, retention.column_until), "minmax(6rem, 8rem)", Slot::Aside).at_end(),
    ];
    view! {
        <Listed listing=listing nothing=nothing>
            <Table
                label=move || t_string!(i18n, retention.bin)
                columns=columns.clone()
                pages=listing
                cells=move |id| cells(Memo::new(move |_| listing.row(id)))
                row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.message.subject)
                on_open=move |id: i64| on_open.run((MessageId(id),))
                selection=selection
            />
        </Listed>
        <TickedInBin selection=selection />
    }
}

fn cells(row: Memo<Option<BinRow>>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let subject = move || {
        row.with(|it| it.as_ref().map(|it| it.message.subject.clone()))
            .filter(|it| !it.is_empty())
            .unwrap_or_else(|| t_string!(i18n, messages.no_subject).to_owned())
    };
    let recipient = move || {
        let name = row.with(|it| it.as_ref().map(|it| it.message.recipient.clone())).unwrap_or_default();
        if name == ERASED_ADDRESS { t_string!(i18n, persons.erased_person).to_owned() } else { name }
    };
    let by = move || {
        let by = row.with(|it| it.as_ref().and_then(|it| it.by.clone()));
        by.unwrap_or_else(|| t_string!(i18n, retention.by_time).to_owned())
    };
    let at = move |read: fn(&BinRow) -> Moment| Signal::derive(move || row.with(|it| it.as_ref().map_or(Moment(0), read)));
    vec![
        view! { <span class="clip">{recipient}</span> }.into_any(),
        view! { <span class="clip">{subject}</span> }.into_any(),
        view! { <span class="clip faint">{by}</span> }.into_any(),
        view! { <When at=at(|it| it.binned_at) /> }.into_any(),
        view! { <When at=at(|it| it.until) /> }.into_any(),
    ]
}

#[component]
fn TickedInBin(selection: RwSignal<Selection>) -> impl IntoView {
    let i18n = use_i18n();
    let n = move || selection.with(Selection::len) as u64;
    let words = move || t_string!(i18n, messages.ticked, count = small(n()), n = number(i18n.get_locale(), n()));
    view! {
        <TickedBar selection=selection words=words label=move || t_string!(i18n, messages.ticked_acts)>
            <Restore selection=selection />
        </TickedBar>
    }
}

#[component]
fn Restore(selection: RwSignal<Selection>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let n = move || selection.with(Selection::len) as u64;
    let restore = move || {
        let (ids, n) = (selection.with_untracked(|it| it.ids().map(MessageId).collect()), untrack(n));
        calls::act(busy, app::retention::restore_messages(ids), move |()| {
            selection.update(Selection::clear);
            live.note(Change::Retention);
            live.note(Change::Messages);
            let words = || t_string!(i18n, retention.restored, count = small(n), n = number(i18n.get_locale(), n));
            toasts.done(untrack(words));
        });
    };
    view! {
        <Button
            label=move || t_string!(i18n, retention.restore, count = small(n()), n = number(i18n.get_locale(), n()))
            kind=ButtonKind::Primary
            icon=Glyph::UNDO_2
            busy=busy
            on_press=restore
        />
    }
}

fn number(locale: crate::i18n::Locale, n: u64) -> String {
    format::number(language(locale), n)
}
