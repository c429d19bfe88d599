//! What the message travels by: e-mail or text message.

use leptos::prelude::*;
use model::{Account, Channel, Transport};

use super::super::desk::Desk;
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::parts::RadioGroup;

/// The choice; it is not there while nothing carries text messages.
#[component]
pub(in super::super) fn ChannelSwitch(
    /// What is written.
    desk: Desk,
    /// Called with the channel that is chosen.
    #[prop(into)]
    on_switch: Callback<(Channel,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let accounts = calls::ask(|| (), |()| app::accounts::list_accounts());
    let carries = |it: &Account| matches!(it.transport, Transport::Sms(_));
    let offered = Memo::new(move |_| desk.sms.is_on.get() || accounts.with(|it| it.is_some_and(|it| it.iter().any(carries))));
    let value = RwSignal::new(key(desk.sms.is_on.get_untracked()).to_owned());
    Effect::new(move |before: Option<bool>| {
        let is_sms = value.with(|it| it == "sms");
        if before.is_some_and(|it| it != is_sms) {
            on_switch.run((if is_sms { Channel::Sms } else { Channel::Email },));
        }
        is_sms
    });
    view! {
        <Show when=move || offered.get()>
            <div class="compose-channel">
                <RadioGroup
                    label=move || t_string!(i18n, sms_write.channel)
                    value=value
                    segmented=true
                    options=vec![
                        ("email", TextProp::from(move || t_string!(i18n, sms_write.email))),
                        ("sms", TextProp::from(move || t_string!(i18n, sms_write.sms))),
                    ]
                />
            </div>
        </Show>
    }
}

fn key(is_sms: bool) -> &'static str {
    if is_sms { "sms" } else { "email" }
}
