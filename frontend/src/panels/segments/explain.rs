//! Why one contact is in the segment or not.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{ContactOffer, Purpose};

use super::builder::Builder;
use crate::browser::timer::Pause;
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Avatar, Banner, Button, ButtonKind, SearchField, Tone};

/// Finds a contact and shows at each place of the rule whether it holds.
#[component]
pub(super) fn ExplainContact(
    /// The tree.
    builder: Builder,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = RwSignal::new(String::new());
    let offers = RwSignal::new(Vec::<ContactOffer>::new());
    let named = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
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
    let explain = move |offer: ContactOffer| {
        let rule = untrack(|| builder.rule());
        calls::act(busy, app::segments::explain_segment(rule, offer.contact), move |explained| {
            named.set(offer.name);
            offers.set(Vec::new());
            words.set(String::new());
            builder.explained.set(Some(explained));
        });
    };
    let outcome = move || {
        let holds = builder.explained.with(|it| it.as_ref().map(|it| it.holds))?;
        let name = named.get();
        Some(if holds { t_string!(i18n, segments.is_in, name = name) } else { t_string!(i18n, segments.is_out, name = name) })
    };
    let tone = move || if builder.explained.with(|it| it.as_ref().is_some_and(|it| it.holds)) { Tone::Good } else { Tone::Info };
    view! {
        <section class="segment-explain">
            <h3>{move || t_string!(i18n, segments.explain)}</h3>
            <p class="meta">{move || t_string!(i18n, segments.explain_hint)}</p>
            <SearchField
                label=move || t_string!(i18n, segments.explain)
                hint=move || t_string!(i18n, contacts.search_hint)
                words=words
                on_search=search
            />
            <ul class="finder-list">
                <For each=move || offers.get() key=|it| it.contact let:offer>
                    {
                        let shown = offer.name.clone();
                        let company = offer.company_name.clone();
                        view! {
                            <li>
                                <button type="button" class="finder-row" on:click=move |_| explain(offer.clone())>
                                    <Avatar name=Signal::stored(shown.clone()) />
                                    <strong class="clip">{shown}</strong>
                                    <span class="meta clip">{company}</span>
                                </button>
                            </li>
                        }
                    }
                </For>
            </ul>
            {move || outcome().map(|it| view! { <Banner tone=tone() text=it /> })}
            <Show when=move || builder.explained.with(Option::is_some)>
                <Button
                    label=move || t_string!(i18n, segments.stop_explaining)
                    kind=ButtonKind::Quiet
                    on_press=move || builder.explained.set(None)
                />
            </Show>
        </section>
    }
}
