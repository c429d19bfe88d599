//! One part of the outbox, delivery by delivery.

use leptos::prelude::*;
use model::{Change, DeliveryId, Moment, OutboxPart, OutboxRow};

use super::acts::{Asked, Many, One, TickedDeliveries};
use super::evidence::EvidenceDialog;
use crate::calls::{self, Listing};
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::accounts::account_name;
use crate::panels::listed::Listed;
use crate::parts::{Column, EmptyList, Glyph, Slot, Table, When, untick_on_escape};
use crate::state::outbox_place::OutboxPlace;
use crate::state::selection::Selection;

/// The deliveries that a place shows, what is due first comes first.
pub fn listing(place: Signal<OutboxPlace>) -> Listing<OutboxRow> {
    let live = Live::find();
    calls::list(
        move || place.get(),
        move || live.version(Change::Messages),
        |it: &OutboxRow| it.id.0,
        |place, after| app::outbox::list_outbox(model::OutboxQuery { after, ..place.query() }),
    )
}

/// The table, with what can be done to one row and to many.
#[component]
pub fn OutboxList(
    /// Which part it shows, and what narrows it.
    #[prop(into)]
    place: Signal<OutboxPlace>,
    /// The rows that have come.
    listing: Listing<OutboxRow>,
    /// Called to show the whole part again.
    #[prop(into)]
    on_clear: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (asked, evidence) = (RwSignal::new(None::<Asked>), RwSignal::new(None::<DeliveryId>));
    let selection = RwSignal::new(Selection::default());
    Effect::new(move |_| selection.update(|it| it.keep(&listing.ids())));
    // Another part has other acts.
    Effect::new(move |_| {
        place.track();
        selection.update(Selection::clear);
    });
    untick_on_escape(selection, None);
    let nothing = move || {
        view! {
            <EmptyList
                is_everything=Signal::derive(move || place.with(OutboxPlace::is_whole))
                glyph=Glyph::SEND
                title=move || t_string!(i18n, outbox.empty_title)
                text=move || t_string!(i18n, outbox.empty_text)
                begin=None
                nothing_title=move || t_string!(i18n, outbox.nothing_title)
                nothing_text=move || t_string!(i18n, outbox.nothing_text)
                clear=move || t_string!(i18n, parts.filter_clear)
                on_clear=on_clear
            />
        }
    };
    view! {
        <Listed listing=listing nothing=nothing>
            <Table
                label=move || t_string!(i18n, outbox.title)
                columns=columns(place)
                pages=listing
                cells=move |id| cells(Memo::new(move |_| listing.row(id)), place, asked, evidence)
                row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.address.to_string())
                selection=selection
            />
        </Listed>
        <TickedDeliveries place=place selection=selection asked=asked />
        <Many asked=asked on_done=move || selection.update(Selection::clear) />
        <EvidenceDialog what=evidence />
    }
}

fn columns(place: Signal<OutboxPlace>) -> Vec<Column> {
    let i18n = use_i18n();
    vec![
        Column::new(move || t_string!(i18n, outbox.column_recipient), "minmax(8rem, 1.4fr)", Slot::Title),
        Column::new(move || t_string!(i18n, outbox.column_subject), "minmax(7rem, 1.6fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, outbox.column_author), "minmax(0, 0.8fr)", Slot::Hidden),
        Column::new(move || t_string!(i18n, outbox.column_account), "minmax(0, 0.8fr)", Slot::Hidden),
        Column::new(
            move || match place.get().part {
                OutboxPart::Unknown => t_string!(i18n, outbox.column_handed),
                _ => t_string!(i18n, outbox.column_due),
            },
            "minmax(6.5rem, 7.5rem)",
            Slot::Mark,
        ),
        Column::new(move || t_string!(i18n, outbox.column_answer), "minmax(0, 1.2fr)", Slot::Hidden),
        // As wide as the buttons of the part are beside each other: none may stand outside.
        Column::new(|| "", move || acts_width(place.get().part), Slot::Aside).at_end(),
    ]
}

fn acts_width(part: OutboxPart) -> &'static str {
    match part {
        OutboxPart::Turn => "12rem",
        OutboxPart::Planned | OutboxPart::Retry | OutboxPart::Domain => "17rem",
        OutboxPart::Unknown => "22rem",
    }
}

fn cells(
    row: Memo<Option<OutboxRow>>,
    place: Signal<OutboxPlace>,
    asked: RwSignal<Option<Asked>>,
    evidence: RwSignal<Option<DeliveryId>>,
) -> Vec<AnyView> {
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
    let author = move || row.with(|it| it.as_ref().map(|it| it.author.clone()));
    let account = move || row.with(|it| it.as_ref().map(|it| account_name(i18n, &it.account_name)));
    let acts = move || {
        let part = place.get().part;
        view! { <One row=row part=part asked=asked evidence=evidence /> }
    };
    vec![
        view! { <span class="clip">{recipient}</span> }.into_any(),
        view! { {move || row.get().map(|it| view! { <About row=it /> })} }.into_any(),
        view! { <span class="clip">{author}</span> }.into_any(),
        view! { <span class="clip">{account}</span> }.into_any(),
        view! { <When at=at /> }.into_any(),
        view! { <span class="clip" title=answer>{answer}</span> }.into_any(),
        view! { <span class="outbox-acts">{acts}</span> }.into_any(),
    ]
}

/// What the message is about, and of which campaign it is.
#[component]
fn About(row: OutboxRow) -> impl IntoView {
    let i18n = use_i18n();
    let subject = match row.subject {
        Some(subject) => view! { <span title=subject.clone()>{subject.clone()}</span> }.into_any(),
        None => view! { <span class="faint">{move || t_string!(i18n, outbox.subject_unseen)}</span> }.into_any(),
    };
    let campaign = row.campaign.map(|(id, name)| {
        let title = name.clone();
        view! { " " <a class="meta" href=format!("/campaigns/{id}") title=title>{name}</a> }
    });
    view! { <span class="clip">{subject} {campaign}</span> }
}
