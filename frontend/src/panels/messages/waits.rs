//! Why a message that a campaign prepared cannot be sent, changed or stopped by itself.

use leptos::prelude::*;
use model::MessageDetail;

use crate::frame::places::CAMPAIGN_RIGHTS;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Banner, ButtonLink, Tone};
use crate::session::Session;
use crate::state::message_outcome::waits_for_campaign;

/// One line with the way to the campaign for whoever may see it; nothing for other messages.
#[component]
pub fn WaitsForCampaign(
    /// The message.
    message: Signal<MessageDetail>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let campaign = Memo::new(move |_| message.with(|it| it.campaign.clone().filter(|_| waits_for_campaign(it))));
    move || {
        campaign.get().map(|(id, name)| {
            view! {
                <Banner tone=Tone::Info text=move || t_string!(i18n, messages.waits_for_campaign, name = name.clone())>
                    <Show when=move || session.can_any(CAMPAIGN_RIGHTS)>
                        <ButtonLink label=move || t_string!(i18n, messages.open_campaign) href=format!("/campaigns/{id}") />
                    </Show>
                </Banner>
            }
        })
    }
}
