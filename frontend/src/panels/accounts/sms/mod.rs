//! Accounts for text messages: the gateway, the credit, how fast.

mod credit;
mod fields;
mod gateway;
mod smpp;
mod test;

use leptos::prelude::*;
use model::{Account, AccountId, Change, SmsGatewayKind};

pub use credit::SmsCredit;

use fields::Fields;
use gateway::GatewayPart;
use smpp::CentreWays;
use test::GatewayTest;

use super::pace::PacePart;
use super::rhythm::WindowFields;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::notice_to::NoticeToFields;
use crate::parts::{Button, ButtonKind, Checkbox, Form, FormState, Part, Select, TextField, TextKind};
use crate::state::sms_account::SmsAccountForm as Typed;
use crate::toast::Toasts;

/// Makes an account for text messages, or changes the one given.
#[component]
pub fn SmsAccountForm(
    /// The account to change; none makes a new one.
    #[prop(optional)]
    account: Option<Signal<Account>>,
    /// Called with the id once it is stored.
    #[prop(into, optional)]
    on_saved: Option<Callback<(AccountId,)>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let first = account.map(|it| it.get_untracked());
    let id = first.as_ref().map(|it| it.id);
    let fields = Fields::of(first.as_ref().and_then(Typed::of).unwrap_or_default());
    let form = FormState::new();
    let save = move || {
        let draft = match untrack(|| fields.form()).draft() {
            Ok(draft) => draft,
            Err(refusal) => return form.refuse(refusal.into()),
        };
        let name = draft.name.clone();
        form.submit(app::sms::save_sms_account(id, draft), move |stored| {
            // A secret is typed once and not kept on the screen.
            fields.secrets.update(|it| it.iter().for_each(|it| it.1.set(String::new())));
            live.note(Change::Accounts);
            toasts.done(match id {
                Some(_) => tu_string!(i18n, accounts.saved, name = name),
                None => tu_string!(i18n, accounts.created, name = name),
            });
            if let Some(on_saved) = on_saved {
                on_saved.run((stored,));
            }
        });
    };
    let label = move || if id.is_some() { t_string!(i18n, common.save) } else { t_string!(i18n, accounts.create) };
    view! {
        <Form state=form on_submit=save>
            <Part title=move || t_string!(i18n, accounts.section_name)>
                <TextField
                    label=move || t_string!(i18n, accounts.name)
                    value=fields.name
                    name="name"
                    hint=move || t_string!(i18n, accounts.name_hint)
                    autofocus=id.is_none()
                />
            </Part>
            <GatewayPart fields=fields stored=account />
            <Show when=move || fields.gateway_kind() == SmsGatewayKind::Smpp>
                <CentreWays fields=fields.smpp />
            </Show>
            <TextsPart fields=fields />
            <CreditPart fields=fields />
            <PacePart limit=fields.limit own_limit=fields.own_limit />
            <Part title=move || t_string!(i18n, sms_accounts.section_hours) hint=move || t_string!(i18n, sms_accounts.hours_hint)>
                <Checkbox label=move || t_string!(i18n, sms_accounts.windowed) checked=fields.windowed />
                <Show when=move || fields.windowed.get()>
                    <WindowFields days=fields.days from=fields.from until=fields.until />
                </Show>
            </Part>
            <GatewayTest fields=fields id=id form=form />
            <footer class="form-end">
                <Button label=label kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}

/// Who texts come from, whose numbers are short, and how long they may be.
#[component]
fn TextsPart(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    let homes = move || {
        vec![
            ("sk".to_owned(), t_string!(i18n, sms_accounts.home_sk).to_owned()),
            ("cz".to_owned(), t_string!(i18n, sms_accounts.home_cz).to_owned()),
        ]
    };
    view! {
        <Part title=move || t_string!(i18n, sms_accounts.section_texts)>
            <TextField
                label=move || t_string!(i18n, sms_accounts.sender)
                value=fields.sender
                name="sender"
                hint=move || t_string!(i18n, sms_accounts.sender_hint)
            />
            <Select
                label=move || t_string!(i18n, sms_accounts.home)
                options=Signal::derive(homes)
                value=fields.home
                name="home"
                hint=move || t_string!(i18n, sms_accounts.home_hint)
            />
            <TextField
                label=move || t_string!(i18n, sms_accounts.parts_max)
                value=fields.parts_max
                name="parts_max"
                kind=TextKind::Number
                hint=move || t_string!(i18n, sms_accounts.parts_max_hint)
                short=true
            />
        </Part>
    }
}

/// What a part costs and how little credit is too little.
#[component]
fn CreditPart(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Part title=move || t_string!(i18n, sms_accounts.section_credit) hint=move || t_string!(i18n, sms_accounts.credit_hint)>
            <TextField
                label=move || t_string!(i18n, sms_accounts.price)
                value=fields.price
                name="price"
                hint=move || t_string!(i18n, sms_accounts.price_hint)
                optional=true
                short=true
            />
            <TextField
                label=move || t_string!(i18n, sms_accounts.warn_below)
                value=fields.warn_below
                name="warn_below"
                optional=true
                short=true
            />
            <TextField
                label=move || t_string!(i18n, sms_accounts.stop_below)
                value=fields.stop_below
                name="stop_below"
                hint=move || t_string!(i18n, sms_accounts.stop_below_hint)
                optional=true
                short=true
            />
            <p class="hint">{move || t_string!(i18n, sms_accounts.notify_hint)}</p>
            <NoticeToFields fields=fields.notify name="notify" />
        </Part>
    }
}
