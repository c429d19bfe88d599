//! How far a campaign has come, as a shape with its word.

use leptos::prelude::*;
use model::CampaignState;

use crate::i18n::{campaigns as words, use_i18n};
use crate::parts::{Mark, MarkBadge};

/// The state of a campaign.
#[component]
pub fn CampaignBadge(
    /// The state.
    #[prop(into)]
    state: Signal<CampaignState>,
    /// On a tinted ground, for headings.
    #[prop(optional)]
    pill: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let mark = Signal::derive(move || mark(state.get()));
    view! { <MarkBadge mark=mark word=move || words::state(i18n.get_locale(), state.get()) pill=pill /> }
}

fn mark(state: CampaignState) -> Mark {
    match state {
        CampaignState::Draft => Mark::Draft,
        CampaignState::Preparing | CampaignState::Running => Mark::Sending,
        CampaignState::Prepared => Mark::Prepared,
        CampaignState::Scheduled => Mark::Waiting,
        CampaignState::Paused => Mark::Paused,
        CampaignState::Finished => Mark::Delivered,
        CampaignState::Cancelled => Mark::Cancelled,
    }
}
