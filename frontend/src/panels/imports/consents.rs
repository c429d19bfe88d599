//! What the people of the file agreed to.

use leptos::prelude::*;
use model::{Channel, ConsentWay, ImportTarget};

use super::pick::Pick;
use super::wizard::Desk;
use crate::i18n::{contacts, t_string, use_i18n};
use crate::parts::{Checkbox, TextArea, TextField};
use crate::state::import_draft::ConsentsTyped;

/// Channels, and once there is one or a column says so, the day, the way and the proof.
#[component]
pub(super) fn ConsentFields(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let typed = |read: fn(&ConsentsTyped) -> String| RwSignal::new(desk.draft.with_untracked(|it| read(&it.consents)));
    let ticked = |read: fn(&ConsentsTyped) -> bool| RwSignal::new(desk.draft.with_untracked(|it| read(&it.consents)));
    let (email, sms) = (ticked(|it| it.email), ticked(|it| it.sms));
    let (on, proof) = (typed(|it| it.on.clone()), typed(|it| it.proof.clone()));
    Effect::new(move |_| {
        let (email, sms, on, proof) = (email.get(), sms.get(), on.get(), proof.get());
        desk.draft.update(|it| it.consents = ConsentsTyped { email, sms, on, proof, way: it.consents.way });
    });
    let is_mapped = move || desk.draft.with(|it| it.targets.iter().any(|it| matches!(it, ImportTarget::Consent(_))));
    let shows = Memo::new(move |_| email.get() || sms.get() || is_mapped());
    let ways =
        Signal::derive(move || ConsentWay::ALL.map(|it| (it, contacts::consent_way(i18n.get_locale(), it).to_owned())).to_vec());
    view! {
        <fieldset class="import-consents">
            <legend>{move || t_string!(i18n, imports.consents)}</legend>
            <p class="meta">{move || t_string!(i18n, imports.consents_hint)}</p>
            <Checkbox label=move || contacts::channel(i18n.get_locale(), Channel::Email) checked=email />
            <Checkbox label=move || contacts::channel(i18n.get_locale(), Channel::Sms) checked=sms />
            <Show when=move || shows.get()>
                <div class="form-row">
                    <TextField label=move || t_string!(i18n, persons.consent_on) value=on name="consents.on" />
                    <Pick
                        label=move || t_string!(i18n, persons.consent_way)
                        options=ways
                        value=Signal::derive(move || desk.draft.with(|it| it.consents.way))
                        on_pick=move |it| desk.draft.update(|draft| draft.consents.way = it)
                        name="consents.way"
                    />
                </div>
                <TextArea
                    label=move || t_string!(i18n, persons.consent_proof)
                    hint=move || t_string!(i18n, persons.consent_proof_hint)
                    value=proof
                    name="consents.proof"
                    lines=2
                />
            </Show>
        </fieldset>
    }
}
