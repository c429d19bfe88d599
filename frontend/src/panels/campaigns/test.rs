//! A test of a campaign: as one of its recipients would get it, sent to oneself and counted nowhere.

use leptos::prelude::*;
use model::{CampaignId, Channel, ContactId, Purpose};

use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::parts::{Button, ButtonKind, Dialog, FindField, Finding, Form, FormState, Found, Glyph, TextArea};
use crate::session::Session;
use crate::toast::Toasts;

/// How many contacts are offered at once.
const OFFERED: usize = 8;

/// Asks as whom and where to.
#[component]
pub(super) fn TestDialog(
    /// Which campaign.
    campaign: CampaignId,
    /// What it travels by.
    channel: Channel,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, campaigns.test_title) open=open>
            <TestForm campaign=campaign channel=channel open=open />
        </Dialog>
    }
}

#[component]
fn TestForm(campaign: CampaignId, channel: Channel, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let form = FormState::new();
    let own = untrack(|| Session::find().me()).filter(|_| channel == Channel::Email).map(|it| it.email.clone());
    let to = RwSignal::new(own.unwrap_or_default());
    let last = calls::ask(|| (), move |()| app::templates::last_test_addresses(channel));
    Effect::new(move |_| {
        if let Some(last) = last.get().filter(|it| !it.trim().is_empty()) {
            to.set(last);
        }
    });
    let person = RwSignal::new(None::<Found>);
    let finding = Finding::new(|typed: String| async move {
        let picks = app::picker::offer_picks(typed, Purpose::General).await.unwrap_or_default();
        let found = |it: model::ContactOffer| Found {
            code: it.contact.to_string(),
            note: it.email.map(|it| it.shown()).unwrap_or_default(),
            name: it.name,
        };
        picks.contacts.into_iter().take(OFFERED).map(found).collect()
    });
    let take = move |it: Option<Found>| person.set(it);
    let send = move || {
        let contact = person.with_untracked(|it| it.as_ref().and_then(|it| it.code.parse::<ContactId>().ok()));
        form.submit(app::campaigns::test_campaign(campaign, contact, None, to.get_untracked()), move |sent| {
            let n = small(u64::from(sent.recipients));
            toasts.done(tu_string!(i18n, campaigns.test_sent, count = n, n = n));
            open.set(false);
        });
    };
    view! {
        <Form state=form on_submit=send>
            <p>{move || t_string!(i18n, campaigns.test_text)}</p>
            <FindField
                label=move || t_string!(i18n, campaigns.test_as)
                name="contact"
                hint=move || t_string!(i18n, campaigns.test_as_hint)
                offers=move || t_string!(i18n, campaigns.find_offers)
                clear=move || t_string!(i18n, campaigns.test_as_clear)
                optional=true
                taken=Signal::derive(move || person.with(|it| it.as_ref().map(|it| it.name.clone())))
                finding=finding
                least=1
                on_take=take
            />
            <TextArea label=move || t_string!(i18n, campaigns.test_to) value=to name="to" lines=2 />
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
                <Button
                    label=move || t_string!(i18n, campaigns.test_send)
                    kind=ButtonKind::Primary
                    icon=Glyph::SEND
                    busy=form.busy()
                    submit=true
                />
            </footer>
        </Form>
    }
}
