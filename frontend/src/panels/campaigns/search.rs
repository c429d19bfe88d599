//! Finding one of the prepared messages by words in name, address, subject or text.

use leptos::prelude::*;
use model::{CampaignId, Change, Page, PreparedMessage, ReviewQuery};

use super::people::missing_words;
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, SearchField};
use crate::state::campaign_review::ReviewAt;

/// The field, and below it what was found.
#[component]
pub(super) fn ReviewSearch(
    /// The campaign.
    id: CampaignId,
    /// Where one is.
    at: Memo<ReviewAt>,
    /// Called with the place to go to.
    on_at: Callback<(ReviewAt,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let words = RwSignal::new(String::new());
    let group = Memo::new(move |_| (at.get().group, at.get().sort));
    let listing = calls::list(
        move || (words.get(), group.get()),
        move || live.version(Change::Campaigns),
        |it: &PreparedMessage| it.message.0,
        move |(words, _), after| async move {
            let place = at.get_untracked().place(id);
            let came = app::campaigns::list_prepared(ReviewQuery { place, words, after }).await?;
            Ok::<_, app::Problem>(Page { rows: came.rows, next: came.next })
        },
    );
    let row = move |it: i64| {
        let row = Memo::new(move |_| listing.row(it));
        let name =
            move || row.with(|it| it.as_ref().map(|it| if it.name.is_empty() { it.address.clone() } else { it.name.clone() }));
        let note = move || {
            row.with(|it| {
                it.as_ref().map(|it| if it.missing.is_empty() { it.subject.clone() } else { missing_words(i18n, &it.missing) })
            })
        };
        view! {
            <li>
                <button
                    type="button"
                    aria-current=move || {
                        let is_here = row.with(|row| row.as_ref().is_some_and(|row| Some(row.message) == at.get().message));
                        is_here.then_some("true")
                    }
                    class:seen=move || row.with(|it| it.as_ref().is_some_and(|it| it.is_reviewed))
                    on:click=move |_| {
                        if let Some(message) = row.with_untracked(|it| it.as_ref().map(|it| it.message)) {
                            on_at.run((ReviewAt { message: Some(message), ..at.get_untracked() },));
                        }
                    }
                >
                    <span class="clip">{name}</span>
                    <span class="meta clip">{note}</span>
                </button>
            </li>
        }
    };
    view! {
        <SearchField
            label=move || t_string!(i18n, campaigns.search_inside)
            hint=move || t_string!(i18n, campaigns.search_inside_hint)
            words=words
            on_search=move |it: String| words.set(it)
        />
        <ul class="review-rows" aria-busy=move || listing.is_pending().to_string()>
            <For each=move || listing.ids() key=|it| *it let:it>
                {row(it)}
            </For>
        </ul>
        <Show when=move || listing.is_nothing()>
            <p class="meta">{move || t_string!(i18n, campaigns.search_nothing)}</p>
        </Show>
        <Show when=move || listing.has_more()>
            <Button label=move || t_string!(i18n, campaigns.search_more) busy=Signal::derive(move || listing.is_pending()) on_press=move || listing.more() />
        </Show>
    }
}
