//! The account that a text message leaves by, and what it will cost.

use leptos::prelude::*;
use model::{Account, Permission, SmsGatewayKind, Transport};

use super::super::desk::Desk;
use crate::browser::timer;
use crate::calls;
use crate::format;
use crate::i18n::{I18n, language, t_string, use_i18n};
use crate::panels::accounts::SmsCredit;
use crate::parts::{Banner, ButtonKind, ButtonLink, EmptyState, Glyph, Select, TextField};
use crate::session::Session;
use crate::state::phones::PhoneField;

/// The choice where there are several, the credit, the cost; how to get an account where there is none.
#[component]
pub(in super::super) fn AccountPart(
    /// What is written.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let accounts = calls::ask(|| (), |()| app::accounts::list_accounts());
    let list = Memo::new(move |_| {
        let carries = |it: &&Account| matches!(it.transport, Transport::Sms(_));
        accounts.with(|it| it.map(|it| it.iter().filter(carries).cloned().collect::<Vec<_>>()))
    });
    let chosen = Memo::new(move |_| {
        let id = desk.account.get();
        list.with(|list| {
            let list = list.as_ref()?;
            list.iter().find(|it| it.id.to_string() == id).or_else(|| list.iter().find(|it| it.is_default)).cloned()
        })
    });
    Effect::new(move |_| {
        let settings = chosen.with(|it| match it.as_ref().map(|it| &it.transport) {
            Some(Transport::Sms(settings)) => Some(settings.clone()),
            _ => None,
        });
        if let Some(home) = settings.as_ref().map(|it| it.home) {
            desk.sms.phones.update(|it| it.set_home(home));
        }
        desk.sms.settings.set(settings);
    });
    let options = Signal::derive(move || list.with(|it| it.as_ref().map(|it| options(i18n, it)).unwrap_or_default()));
    let is_missing = move || list.with(|it| it.as_ref().is_some_and(Vec::is_empty));
    // Whom it comes from when nothing is typed: the template's sender, else the account's.
    let usual = move || match desk.sender.get() {
        Some((name, _)) if !name.is_empty() => name,
        _ => desk.sms.settings.with(|it| it.as_ref().map(|it| it.sender.clone()).unwrap_or_default()),
    };
    let several = move || 1 < options.with(Vec::len);
    view! {
        <Show when=is_missing>
            <NoAccount />
        </Show>
        <Show when=several>
            <Select label=move || t_string!(i18n, sms_write.account) options=options value=desk.account name="account" />
        </Show>
        <Show when=move || chosen.with(Option::is_some)>
            <TextField
                label=move || t_string!(i18n, sms_write.sender)
                value=desk.sms.sender
                name="sms_sender"
                hint=move || match usual() {
                    it if it.is_empty() => t_string!(i18n, sms_write.sender_hint).to_owned(),
                    it => t_string!(i18n, sms_write.sender_usual, sender = it),
                }
                optional=true
            />
        </Show>
        {move || chosen.get().map(|it| view! { <Notes account=it desk=desk /> })}
    }
}

/// What to know about the account: that it captures, that it rests, its credit, and the cost of this message.
#[component]
fn Notes(account: Account, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let now = timer::now();
    let opens = account.pace.window.next_open(now);
    let captures =
        desk.sms.settings.with_untracked(|it| it.as_ref().is_some_and(|it| it.gateway.kind() == SmsGatewayKind::Capture));
    let cost = move || {
        let parts = desk.sms.n_parts() as u64;
        let people = desk.sms.phones.with(PhoneField::reach).0 as u64;
        let cost = desk.sms.settings.with(|it| it.as_ref()?.cost(parts.checked_mul(people)?))?;
        let amount = format::decimal(language(i18n.get_locale()), cost);
        (0 < parts && 0 < people)
            .then(|| t_string!(i18n, sms_write.cost, amount = amount, parts = parts, people = people).to_string())
    };
    view! {
        {captures
            .then(|| view! { <Banner glyph=Glyph::INBOX text=move || t_string!(i18n, sms_write.captures) /> })}
        {(now < opens)
            .then(|| {
                let text = move || t_string!(i18n, sms_write.rests, when = format::moment(i18n.get_locale(), opens)).to_string();
                view! { <Banner glyph=Glyph::CLOCK text=text /> }
            })}
        <SmsCredit account=Signal::stored(account) />
        <p class="sms-cost" role="status">{cost}</p>
    }
}

/// How text messages come to be: for those who can set an account up, and for those who can ask.
#[component]
fn NoAccount() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let may = Memo::new(move |_| session.can(Permission::AccountsManage));
    let text = move || match may.get() {
        true => t_string!(i18n, sms_write.no_account_text),
        false => t_string!(i18n, sms_write.no_account_ask),
    };
    view! {
        <EmptyState glyph=Glyph::PLUG title=move || t_string!(i18n, sms_write.no_account_title) text=text>
            <Show when=move || may.get()>
                <ButtonLink
                    label=move || t_string!(i18n, sms_write.no_account_do)
                    href="/settings/accounts/new?channel=sms".to_owned()
                    kind=ButtonKind::Primary
                />
            </Show>
        </EmptyState>
    }
}

fn options(i18n: I18n, accounts: &[Account]) -> Vec<(String, String)> {
    let option = |it: &Account| match it.is_default {
        true => (String::new(), t_string!(i18n, sms_write.account_default, name = it.name.clone()).to_string()),
        false => (it.id.to_string(), it.name.clone()),
    };
    accounts.iter().map(option).collect()
}
