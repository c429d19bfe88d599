//! One account: adding it, changing it.

use app::Problem;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::{Account, AccountId, Change, Channel, Noun, OauthUse, Refusal, Subject, Transport};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::pages::not_found::NotFoundPage;
use crate::panels::accounts::{AccountActs, AccountForm, AccountStanding, AccountWays, SmsAccountForm, SmsCredit, StandingBadge};
use crate::panels::loaded::Loaded;
use crate::panels::oauth::{OauthPanel, is_by_oauth, oauth_of};
use crate::parts::{ButtonLink, Glyph, Page};
use crate::routes::{id_param, replacing};
use crate::session::Session;
use crate::state::log_place;

/// Adds an account.
#[component]
pub fn AccountNewPage() -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let saved = Callback::new(move |(id,): (AccountId,)| navigate(&format!("/settings/accounts/{id}"), replacing()));
    let query = use_query_map();
    let is_sms = Memo::new(move |_| query.with(|it| it.get("channel").is_some_and(|it| it == "sms")));
    move || match is_sms.get() {
        true => view! {
            <Page title=move || t_string!(i18n, sms_accounts.new) lead=move || t_string!(i18n, sms_accounts.new_lead) narrow=true>
                <SmsAccountForm on_saved=saved />
            </Page>
        }
        .into_any(),
        false => view! {
            <Page title=move || t_string!(i18n, accounts.new) lead=move || t_string!(i18n, accounts.new_lead) narrow=true>
                <AccountForm on_saved=saved />
            </Page>
        }
        .into_any(),
    }
}

/// Changes an account, or shows what Capture is.
#[component]
pub fn AccountEditPage() -> impl IntoView {
    let id = id_param::<AccountId>();
    move || match id.get() {
        Some(id) => view! { <OneAccount id=id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn OneAccount(id: AccountId) -> impl IntoView {
    let live = Live::find();
    let account = calls::ask(
        move || live.version(Change::Accounts),
        move |_| async move {
            let accounts = app::accounts::list_accounts().await?;
            let found = accounts.into_iter().find(|it| it.id == id);
            found.ok_or(Problem::Refused(Refusal::NotFound(Noun::Account)))
        },
    );
    view! {
        <Loaded answer=account lines=14 let:account>
            <AccountSheet account=account />
        </Loaded>
    }
}

#[component]
fn AccountSheet(account: Signal<Account>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let navigate = use_navigate();
    let deleted = Callback::new(move |()| navigate("/settings/accounts", replacing()));
    let first = account.get_untracked();
    let (id, captures) = (first.id, first.transport == Transport::Capture);
    let title = move || match captures {
        true => t_string!(i18n, accounts.capture).to_owned(),
        false => account.with(|it| it.name.clone()),
    };
    let head = move || {
        view! {
            <StandingBadge account=account />
            <Show when=move || account.with(|it| it.is_default)>
                <span class="tag" title=move || t_string!(i18n, accounts.default_hint)>
                    {move || t_string!(i18n, accounts.default_mark)}
                </span>
            </Show>
        }
    };
    view! {
        <Page title=title actions=head narrow=true>
            <AccountStanding account=account />
            <SmsCredit account=account />
            {if captures {
                view! {
                    <p>
                        <ButtonLink
                            label=move || t_string!(i18n, accounts.capture_open)
                            href="/capture".to_owned()
                            icon=Glyph::INBOX
                        />
                    </p>
                }
                    .into_any()
            } else if first.channel() == Channel::Sms {
                view! { <SmsAccountForm account=account /> }.into_any()
            } else {
                let (oauth, is_dirty) = (oauth_of(id, OauthUse::Relay), RwSignal::new(false));
                view! {
                    <AccountWays id=id />
                    <OauthPanel
                        account=id
                        used_for=OauthUse::Relay
                        page=oauth
                        host=Signal::derive(move || account.with(relay_host))
                        user=Signal::derive(move || account.with(login_name))
                        is_dirty=is_dirty
                    />
                    <AccountForm account=account by_oauth=is_by_oauth(oauth) is_dirty=is_dirty />
                }
                    .into_any()
            }}
            <AccountActs account=account on_deleted=deleted />
            <Show when=move || session.can(model::Permission::LogView)>
                <p class="page-link">
                    <a href=log_place::about(Subject::Account(id))>{move || t_string!(i18n, accounts.log_of)}</a>
                </p>
            </Show>
        </Page>
    }
}

fn relay_host(account: &Account) -> String {
    match &account.transport {
        Transport::Smtp(it) => it.host.clone(),
        Transport::Capture | Transport::Sms(_) => String::new(),
    }
}

/// The name that the account signs in with.
fn login_name(account: &Account) -> String {
    match &account.transport {
        Transport::Smtp(it) if !it.user_name.is_empty() => it.user_name.clone(),
        _ => account.sender_address.clone(),
    }
}
