//! What the background does for a campaign, and how far it is.

use leptos::prelude::*;
use model::{Campaign, CampaignWork, Change};

use crate::calls;
use crate::i18n::{campaigns as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, Progress};

/// Progress with a stop, while there is work.
#[component]
pub(super) fn WorkBar(
    /// The campaign.
    campaign: Signal<Option<Campaign>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let busy = RwSignal::new(false);
    let work = Memo::new(move |_| campaign.with(|it| it.as_ref().and_then(|it| it.work)));
    let kind = Memo::new(move |_| work.get().map(|it| it.kind));
    let numbers = move || {
        let CampaignWork { done, of, .. } = work.get()?;
        let locale = i18n.get_locale();
        Some(match of {
            0 => t_string!(i18n, campaigns.gathering, people = words::people(locale, done)),
            _ => t_string!(i18n, campaigns.n_of_m, n = words::number(locale, done), m = words::number(locale, of)),
        })
    };
    let share = Signal::derive(move || work.get().map_or(0.0, |it| if it.of == 0 { 0.0 } else { it.done as f64 / it.of as f64 }));
    let stop = move || {
        if let Some(id) = campaign.with_untracked(|it| it.as_ref().map(|it| it.id)) {
            calls::act(busy, app::campaigns::stop_campaign_work(id), move |()| live.note(Change::Campaigns));
        }
    };
    view! {
        <Show when=move || kind.get().is_some()>
            <section class="campaign-work" aria-label=move || kind.get().map(|it| words::work(i18n.get_locale(), it))>
                <p role="status">
                    <strong>{move || kind.get().map(|it| words::work(i18n.get_locale(), it))}</strong>
                    " "
                    <span class="meta">{numbers}</span>
                </p>
                <Progress label=move || kind.get().map_or("", |it| words::work(i18n.get_locale(), it)) share=share />
                <Button label=move || t_string!(i18n, campaigns.stop) busy=busy on_press=stop />
            </section>
        </Show>
    }
}
