//! The list of messages: the same for the whole history and for what one contact got.

use leptos::prelude::*;
use model::{Change, MessageFilter, MessageQuery, MessageRow, MessageSurvey};

use super::look::MessageLook;
use super::row;
use super::ticked::TickedMessages;
use crate::browser::timer;
use crate::calls::{self, Answer, Listing};
use crate::i18n::{messages as words, t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{EmptyList, Glyph, Table, untick_on_escape};
use crate::session::Session;
use crate::state::message_place::{MessagePlace, Within};
use crate::state::selection::Selection;

/// The list with its tick boxes and what can be done to the ticked ones.
#[component]
pub fn MessageList(
    /// What it shows.
    #[prop(into)]
    place: Signal<MessagePlace>,
    /// How it looks; without it, as one's own list of messages does.
    #[prop(optional)]
    look: Option<MessageLook>,
    /// What it is bound to.
    #[prop(optional)]
    within: Within,
    /// The message whose detail is open.
    #[prop(into, optional)]
    current: Signal<Option<i64>>,
    /// Called with the message to open.
    #[prop(into)]
    on_open: Callback<(MessageRow,)>,
    /// Called to show everything again.
    #[prop(into)]
    on_clear: Callback<()>,
    /// Called when Escape is pressed while nothing is ticked.
    #[prop(into, optional_no_strip)]
    on_escape: Option<Callback<()>>,
    /// The button of the empty list.
    #[prop(into, optional_no_strip)]
    begin: Option<ViewFn>,
) -> impl IntoView {
    let i18n = use_i18n();
    let listing = listing(place, within);
    let selection = RwSignal::new(Selection::default());
    Effect::new(move |_| selection.update(|it| it.keep(&listing.ids())));
    untick_on_escape(selection, on_escape);
    let open = move |id: i64| {
        if let Some(row) = untrack(|| listing.row(id)) {
            on_open.run((row,));
        }
    };
    let with_recipient = within.contact().is_none();
    let look = look.unwrap_or_else(|| MessageLook::new(place));
    let shown = look.shown();
    let name = move |id| listing.row(id).map_or_else(String::new, |it| format!("{}, {}", it.subject, it.recipient));
    let begin = StoredValue::new(begin);
    let text = move || match within {
        Within::Everything => t_string!(i18n, messages.empty_text),
        Within::Contact(_) => t_string!(i18n, messages.empty_contact),
        Within::Campaign(_) => t_string!(i18n, query.empty_campaign),
    };
    let nothing = move || {
        view! {
            <EmptyList
                is_everything=Signal::derive(move || place.with(MessagePlace::is_everything))
                glyph=Glyph::MAIL
                title=move || t_string!(i18n, messages.empty_title)
                text=text
                begin=begin.get_value()
                nothing_title=move || t_string!(i18n, messages.nothing_title)
                nothing_text=move || t_string!(i18n, messages.nothing_text)
                clear=move || t_string!(i18n, messages.filter_clear)
                on_clear=on_clear
            />
        }
    };
    view! {
        <div class="message-list">
            <Listed listing=listing nothing=nothing>
                {move || {
                    let shown = shown.get();
                    view! {
                        <Table
                            label=move || t_string!(i18n, messages.title)
                            columns=row::columns(look, &shown, with_recipient)
                            pages=listing
                            cells=move |id| row::cells(Memo::new(move |_| listing.row(id)), &shown, with_recipient)
                            row_name=name
                            on_open=open
                            current=current
                            selection=selection
                        />
                    }
                }}
            </Listed>
            <TickedMessages listing=listing selection=selection />
        </div>
    }
}

/// What the list finds: how many messages and, with words, what they are.
pub fn survey(place: Signal<MessagePlace>, within: Within) -> Answer<MessageSurvey> {
    let live = Live::find();
    let filter = filter(place, within);
    calls::ask(move || (filter.get(), live.version(Change::Messages)), |(filter, _)| app::history::survey_messages(filter))
}

/// How many messages there are.
#[component]
pub fn MessageCount(
    /// What the list finds.
    survey: Answer<MessageSurvey>,
) -> impl IntoView {
    let i18n = use_i18n();
    move || survey.with(|it| it.map(|it| words::count(i18n.get_locale(), it.count, it.at_least)))
}

fn filter(place: Signal<MessagePlace>, within: Within) -> Memo<MessageFilter> {
    let session = Session::find();
    Memo::new(move |_| {
        let me = session.me().map(|it| it.id);
        place.with(|it| it.filter(me, timer::now(), within))
    })
}

fn listing(place: Signal<MessagePlace>, within: Within) -> Listing<MessageRow> {
    let live = Live::find();
    let filter = filter(place, within);
    calls::list(
        move || (filter.get(), place.with(|it| it.order)),
        move || live.version(Change::Messages),
        |it: &MessageRow| it.id.0,
        |(filter, order), after| app::history::list_messages(MessageQuery { filter, order, after }),
    )
}
