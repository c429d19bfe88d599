//! The list of captured mails.

use leptos::prelude::*;
use model::{CapturedId, CapturedRow, Moment};

use crate::calls::Listing;
use crate::format;
use crate::i18n::{language, t_string, use_i18n};
use crate::panels::listed::Listed;
use crate::parts::{Column, EmptyState, Glyph, Slot, Table, When};

/// All captured mails, newest first.
#[component]
pub fn CapturedList(
    /// The mails that have come.
    listing: Listing<CapturedRow>,
    /// The mail that is open.
    #[prop(into)]
    current: Signal<Option<i64>>,
    /// Called with the mail to open.
    #[prop(into)]
    on_open: Callback<(CapturedId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let columns = vec![
        Column::new(move || t_string!(i18n, capture.column_recipient), "minmax(9rem, 2fr)", Slot::Title),
        Column::new(move || t_string!(i18n, capture.column_subject), "minmax(9rem, 3fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, capture.date), "8rem", Slot::Aside),
        Column::new(move || t_string!(i18n, capture.size), "4.5rem", Slot::Mark).at_end(),
    ];
    let columns = StoredValue::new(columns);
    view! {
        <Listed listing=listing nothing=move || view! { <EmptyState
                glyph=Glyph::INBOX
                title=move || t_string!(i18n, capture.empty_title)
                text=move || t_string!(i18n, capture.empty_text)
            /> }>
            <Table
                label=move || t_string!(i18n, capture.list)
                columns=columns.get_value()
                pages=listing
                cells=move |id| cells(listing, id)
                row_name=move |id| listing.row(id).map_or_else(String::new, |it| format!("{}, {}", it.recipient, it.subject))
                on_open=Callback::new(move |(id,)| on_open.run((CapturedId(id),)))
                current=current
            />
        </Listed>
    }
}

/// How many mails there are, as far as they have come.
#[component]
pub fn CapturedCount(
    /// The mails that have come.
    listing: Listing<CapturedRow>,
) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let n = listing.rows().with(|it| it.all().len());
        let words = format::number(language(i18n.get_locale()), n as u64);
        match (n, listing.has_more()) {
            (0, _) => String::new(),
            (_, true) => t_string!(i18n, capture.count_more, n = words),
            (_, false) => t_string!(i18n, capture.count, count = n as u32, n = words),
        }
    }
}

fn cells(listing: Listing<CapturedRow>, id: i64) -> Vec<AnyView> {
    let i18n = use_i18n();
    let row = Memo::new(move |_| listing.row(id));
    let recipient = move || row.with(|it| it.as_ref().map(|it| it.recipient.clone()));
    let subject = move || match row.with(|it| it.as_ref().map(|it| it.subject.clone()).unwrap_or_default()) {
        it if it.is_empty() => t_string!(i18n, capture.no_subject).to_owned(),
        it => it,
    };
    let at = Signal::derive(move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.at)));
    let size = move || row.with(|it| it.as_ref().map(|it| format::size(i18n.get_locale(), it.size)));
    vec![
        view! { <span class="clip">{recipient}</span> }.into_any(),
        view! { <span class="clip">{subject}</span> }.into_any(),
        view! { <When at=at /> }.into_any(),
        view! { <span class="meta">{size}</span> }.into_any(),
    ]
}
