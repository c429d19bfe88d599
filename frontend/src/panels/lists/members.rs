//! The members of a list: finding, adding and taking out.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{
    Change, Chosen, ContactFilter, ContactId, ContactLine, ContactOffer, ContactQuery, Moment, Permission, Purpose,
    RecipientListId,
};

use super::run::Run;
use crate::browser::timer::Pause;
use crate::calls;
use crate::i18n::{contacts, lists as words, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Avatar, Button, Column, Dialog, EmptyState, Glyph, SearchField, Slot, Table, When};
use crate::session::Session;
use crate::state::selection::Selection;
use crate::toast::Toasts;

/// The members with a field to search them by, and the bar of those that are ticked.
#[component]
pub(super) fn Members(
    /// The list.
    list: RecipientListId,
    /// Runs calls over many.
    run: Run,
    /// Called with the contact to open.
    on_open: Callback<(ContactId,)>,
    /// The buttons of an empty list.
    #[prop(into)]
    begin: ViewFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let session = Session::find();
    let found = RwSignal::new(String::new());
    let filter = move || ContactFilter { words: found.get(), list: Some(list), ..ContactFilter::default() };
    let listing = calls::list(
        filter,
        move || live.version(Change::Lists).wrapping_add(live.version(Change::Contacts)),
        |it: &ContactLine| it.row.id.0,
        |filter, after| app::contacts::list_contacts(ContactQuery { filter, after, ..ContactQuery::default() }),
    );
    let selection = RwSignal::new(Selection::default());
    let is_searched = move || found.with(|it| !it.trim().is_empty());
    let begin = StoredValue::new(begin);
    let nothing = move || {
        if is_searched() {
            view! {
                <EmptyState
                    glyph=Glyph::SEARCH
                    title=move || t_string!(i18n, lists.nobody_found)
                    text=move || t_string!(i18n, contacts.nothing_text)
                />
            }
            .into_any()
        } else {
            view! {
                <EmptyState
                    glyph=Glyph::USERS
                    title=move || t_string!(i18n, lists.nobody_title)
                    text=move || t_string!(i18n, lists.nobody_text)
                >
                    {begin.with_value(ViewFn::run)}
                </EmptyState>
            }
            .into_any()
        }
    };
    view! {
        <Show when=move || is_searched() || !listing.is_nothing()>
            <SearchField
                label=move || t_string!(i18n, lists.search_members)
                hint=move || t_string!(i18n, contacts.search_hint)
                words=found
                on_search=move |words: String| found.set(words)
            />
        </Show>
        <Show when=move || session.can(Permission::ListsManage) && selection.with(|it| !it.is_empty())>
            <Ticked list=list run=run selection=selection />
        </Show>
        <Listed listing=listing nothing=nothing>
            <Table
                label=move || t_string!(i18n, lists.members_title)
                columns=columns()
                pages=listing
                cells=move |id| cells(Memo::new(move |_| listing.row(id)))
                row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.row.name)
                on_open=move |id| on_open.run((ContactId(id),))
                selection=selection
            />
        </Listed>
    }
}

/// How many are ticked, and taking them out.
#[component]
fn Ticked(list: RecipientListId, run: Run, selection: RwSignal<Selection>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let count = move || words::members(i18n.get_locale(), selection.with(|it| it.len() as u64));
    let remove = move || {
        let ids: Vec<ContactId> = selection.with_untracked(|it| it.ids().map(ContactId).collect());
        run.start(
            move |after| app::recipient_lists::remove_from_list(list, Chosen::Ticked(ids.clone()), after),
            move |all| {
                let _ = selection.try_update(Selection::clear);
                let n = words::members(i18n.get_locale_untracked(), u64::from(all.done));
                toasts.done(tu_string!(i18n, lists.removed, members = n));
            },
        );
    };
    view! {
        <div class="ticked-members" role="status">
            <span>{move || t_string!(i18n, lists.ticked, members = count())}</span>
            <Button label=move || t_string!(i18n, lists.remove) icon=Glyph::CIRCLE_MINUS on_press=remove />
            <Button
                label=move || t_string!(i18n, parts.untick)
                kind=crate::parts::ButtonKind::Quiet
                on_press=move || selection.update(Selection::clear)
            />
        </div>
    }
}

/// Finds contacts by their words and adds them one by one.
#[component]
pub(super) fn AddDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The list.
    list: RecipientListId,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, lists.add_title) open=open>
            <Finder list=list />
        </Dialog>
    }
}

#[component]
fn Finder(list: RecipientListId) -> impl IntoView {
    let i18n = use_i18n();
    let words = RwSignal::new(String::new());
    let offers = RwSignal::new(Vec::<ContactOffer>::new());
    let pause = StoredValue::new(Pause::new(150));
    let turn = StoredValue::new(0_u32);
    let search = move |text: String| {
        words.set(text.clone());
        let own = turn.get_value() + 1;
        turn.set_value(own);
        pause.with_value(|it| {
            it.then(move || {
                spawn_local(async move {
                    let Ok(found) = app::picker::offer_picks(text, Purpose::General).await else { return };
                    if turn.try_get_value() == Some(own) {
                        offers.set(found.contacts);
                    }
                });
            });
        });
    };
    view! {
        <div class="finder">
            <SearchField
                label=move || t_string!(i18n, lists.add_search)
                hint=move || t_string!(i18n, contacts.search_hint)
                words=words
                on_search=search
            />
            <ul class="finder-list">
                <For each=move || offers.get() key=|it| it.contact let:offer>
                    <Found list=list offer=offer />
                </For>
            </ul>
        </div>
    }
}

#[component]
fn Found(list: RecipientListId, offer: ContactOffer) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let (busy, is_in) = (RwSignal::new(false), RwSignal::new(false));
    let name = offer.name.clone();
    let add = move || {
        let call = app::recipient_lists::add_to_list(list, Chosen::Ticked(vec![offer.contact]), None);
        calls::act(busy, call, move |_| {
            is_in.set(true);
            live.note(Change::Lists);
        });
    };
    let address = offer.email.as_ref().map(model::EmailAddress::shown);
    view! {
        <li>
            <Avatar name=Signal::stored(name.clone()) />
            <span class="offer-words">
                <strong class="clip">{name}</strong>
                <span class="meta clip">{move || address.clone().unwrap_or_else(|| t_string!(i18n, picker.no_address).to_owned())}</span>
            </span>
            <Button
                label=move || if is_in.get() { t_string!(i18n, lists.is_in) } else { t_string!(i18n, lists.add_one) }
                icon=Glyph::PLUS
                busy=busy
                disabled=is_in
                on_press=add
            />
        </li>
    }
}

fn columns() -> Vec<Column> {
    let i18n = use_i18n();
    vec![
        Column::new(move || t_string!(i18n, contacts.column_name), "minmax(9rem, 1.6fr)", Slot::Title),
        Column::new(move || t_string!(i18n, contacts.column_email), "minmax(8rem, 1.6fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, contacts.column_kind), "minmax(4rem, 8rem)", Slot::Aside),
        Column::new(move || t_string!(i18n, contacts.column_city), "minmax(0, 1fr)", Slot::Mark),
        Column::new(move || t_string!(i18n, contacts.column_updated), "minmax(0, 8rem)", Slot::Hidden),
    ]
}

fn cells(row: Memo<Option<ContactLine>>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let read = move |read: fn(&ContactLine) -> String| move || row.with(|it| it.as_ref().map(read));
    let kind = move || row.with(|it| it.as_ref().map(|it| contacts::kind(i18n.get_locale(), it.row.kind)));
    let updated = Signal::derive(move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.row.updated_at)));
    vec![
        view! { <strong class="clip">{read(|it| it.row.name.clone())}</strong> }.into_any(),
        view! { <span class="clip">{read(|it| it.row.email.clone())}</span> }.into_any(),
        view! { <span>{kind}</span> }.into_any(),
        view! { <span class="clip">{read(|it| it.row.city.clone())}</span> }.into_any(),
        view! { <When at=updated /> }.into_any(),
    ]
}
