//! The part of the form about the gateway: which kind, where it is, who we are there.

use leptos::prelude::*;
use model::{Account, SmsGatewayKind};

use super::fields::{Fields, key_of};
use super::smpp::CentrePlace;
use crate::calls;
use crate::i18n::{sms, t_string, use_i18n};
use crate::panels::password::PasswordField;
use crate::parts::{Button, ButtonKind, Checkbox, CopyButton, Part, RadioGroup, TextArea, TextField, TextKind};
use crate::state::sms_account::usual_base;

/// Kind, address, identity, secrets, and where the gateway calls us.
#[component]
pub(super) fn GatewayPart(
    fields: Fields,
    /// The stored account, when one is changed.
    stored: Option<Signal<Account>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let options = SmsGatewayKind::ALL
        .map(|kind| (key_of(kind), TextProp::from(move || sms::gateway_kind(i18n.get_locale(), kind))))
        .to_vec();
    let is = move |kind: SmsGatewayKind| Memo::new(move |_| fields.gateway_kind() == kind);
    let (is_euro, is_go, is_http) = (is(SmsGatewayKind::EuroSms), is(SmsGatewayKind::GoSms), is(SmsGatewayKind::Http));
    let is_smpp = is(SmsGatewayKind::Smpp);
    let has_place = move || is_euro.get() || is_go.get();
    let explained = move || sms::gateway_explained(i18n.get_locale(), fields.gateway_kind());
    let id_label = move || match is_euro.get() {
        true => t_string!(i18n, sms_accounts.integration_id),
        false => t_string!(i18n, sms_accounts.client_id),
    };
    view! {
        <Part title=move || t_string!(i18n, sms_accounts.section_gateway)>
            <div class="explained-choice">
                <RadioGroup label=move || t_string!(i18n, sms_accounts.kind) value=fields.kind segmented=true options=options />
                <p class="hint" aria-live="polite">{explained}</p>
            </div>
            <Show when=has_place>
                <TextField
                    label=id_label
                    value=fields.id
                    name=if is_euro.get_untracked() { "gateway.id" } else { "gateway.client_id" }
                />
            </Show>
            <Show when=move || is_go.get()>
                <TextField
                    label=move || t_string!(i18n, sms_accounts.channel)
                    value=fields.channel
                    name="gateway.channel"
                    kind=TextKind::Number
                    short=true
                />
            </Show>
            <Show when=move || is_http.get()>
                <Description fields=fields />
            </Show>
            <Show when=move || is_smpp.get()>
                <CentrePlace fields=fields.smpp />
            </Show>
            <Secrets fields=fields stored=stored />
            <Show when=has_place>
                <TextField
                    label=move || t_string!(i18n, sms_accounts.base)
                    value=fields.base
                    name="gateway.base"
                    placeholder=usual_base(fields.gateway_kind())
                    hint=move || t_string!(i18n, sms_accounts.base_hint)
                    optional=true
                />
                <Checkbox
                    label=move || t_string!(i18n, sms_accounts.is_test)
                    hint=move || t_string!(i18n, sms_accounts.is_test_hint)
                    checked=fields.is_test
                />
            </Show>
            {stored
                .map(|account| {
                    view! {
                        <Show when=move || !is_smpp.get()>
                            <CalledAt account=account />
                        </Show>
                    }
                })}
        </Part>
    }
}

/// The description in JSON, with those that are known to begin with.
#[component]
fn Description(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    let presets = calls::ask(|| (), |()| app::sms::list_sms_presets());
    let known = move || presets.with(|it| it.map(|it| it.to_vec()).unwrap_or_default());
    view! {
        <TextArea
            label=move || t_string!(i18n, sms_accounts.description)
            value=fields.description
            name="gateway.description"
            hint=move || t_string!(i18n, sms_accounts.description_hint)
            lines=10
        />
        <p class="sms-presets">
            {move || {
                known()
                    .into_iter()
                    .map(|(name, json)| {
                        let take = move || fields.description.set(json.clone());
                        view! {
                            <Button
                                label=move || t_string!(i18n, sms_accounts.preset, name = name.clone()).to_string()
                                kind=ButtonKind::Quiet
                                on_press=take
                            />
                        }
                    })
                    .collect_view()
            }}
        </p>
    }
}

/// A field for each secret that the gateway wants; stored ones stay when nothing is typed.
#[component]
fn Secrets(fields: Fields, stored: Option<Signal<Account>>) -> impl IntoView {
    let i18n = use_i18n();
    let wanted = Memo::new(move |_| {
        let names = fields.form().gateway().secrets();
        fields
            .secrets
            .with(|it| names.iter().filter_map(|name| it.iter().find(|own| own.0 == *name).cloned()).collect::<Vec<_>>())
    });
    let is_stored = move |name: &str| {
        stored.is_some_and(|it| it.with(|it| it.sms.as_ref().is_some_and(|it| it.secrets.iter().any(|own| own == name))))
    };
    view! {
        <For each=move || wanted.get() key=|it| it.0.clone() let:secret>
            {
                let (name, value) = secret;
                let (shown, own) = (name.clone(), name.clone());
                let hint = move || match is_stored(&own) {
                    true => t_string!(i18n, sms_accounts.secret_stored),
                    false => t_string!(i18n, sms_accounts.secret_hint),
                };
                view! {
                    <PasswordField
                        label=move || sms::secret(i18n.get_locale(), &shown)
                        value=value
                        name=format!("secrets.{name}")
                        autocomplete="new-password"
                        hint=hint
                    />
                }
            }
        </For>
    }
}

/// The address that the gateway is to be told.
#[component]
fn CalledAt(account: Signal<Account>) -> impl IntoView {
    let i18n = use_i18n();
    let url = Memo::new(move |_| account.with(|it| it.sms.as_ref().map(|it| it.callback_url.clone()).unwrap_or_default()));
    view! {
        <Show when=move || url.with(|it| !it.is_empty())>
            <div class="sms-called">
                <p><strong>{move || t_string!(i18n, sms_accounts.callback)}</strong></p>
                <p class="sms-called-url"><code>{move || url.get()}</code><CopyButton text=url /></p>
                <p class="hint">{move || t_string!(i18n, sms_accounts.callback_hint)}</p>
            </div>
        </Show>
    }
}
