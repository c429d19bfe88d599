//! Signing in to a relay or a bounce mailbox by OAuth: which way, at which provider, how it stands.

mod acts;
mod form;
mod standing;

use leptos::prelude::*;
use model::{AccountId, Change, OauthPage, OauthUse};

use self::acts::RemoveOauth;
use self::form::OauthFields;
use self::standing::OauthStanding;
use crate::calls::{self, Answer};
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Part, RadioGroup};

/// How an account signs in to its relay or its mailbox.
pub fn oauth_of(account: AccountId, used_for: OauthUse) -> Answer<OauthPage> {
    let live = Live::find();
    calls::ask(move || live.version(Change::Accounts), move |_| app::oauth::open_oauth(account, used_for))
}

/// Whether it signs in by OAuth, as far as is known.
pub fn is_by_oauth(page: Answer<OauthPage>) -> Signal<bool> {
    Memo::new(move |_| page.with(|it| it.is_some_and(|it| it.login.is_some()))).into()
}

/// The choice of the way; for OAuth the state and the form.
#[component]
pub fn OauthPanel(
    /// Whose signing in.
    account: AccountId,
    /// To what.
    used_for: OauthUse,
    /// How it stands.
    page: Answer<OauthPage>,
    /// The server that is signed in to.
    #[prop(into)]
    host: Signal<String>,
    /// The name that is signed in with.
    #[prop(into)]
    user: Signal<String>,
    /// Whether something else on the page is typed and not stored.
    #[prop(into)]
    is_dirty: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_typed = RwSignal::new(false);
    let would_lose = Signal::derive(move || is_dirty.get() || is_typed.get());
    let lead = move || match used_for {
        OauthUse::Relay => t_string!(i18n, oauth.lead),
        OauthUse::Mailbox => t_string!(i18n, oauth.lead_mailbox),
    };
    view! {
        <div class="oauth-panel">
            <Loaded answer=page lines=3 let:page>
                {
                    let there = Memo::new(move |_| page.with(|it| it.login.is_some()));
                    let way = RwSignal::new(String::new());
                    // What is stored decides, also when a colleague stores something else.
                    Effect::new(move |_| way.set(if there.get() { "oauth" } else { "password" }.to_owned()));
                    let by_oauth = Memo::new(move |_| way.with(|it| it == "oauth"));
                    view! {
                        <Part title=move || t_string!(i18n, oauth.title) hint=lead>
                            <RadioGroup
                                label=move || t_string!(i18n, oauth.way)
                                value=way
                                segmented=true
                                options=vec![
                                    ("password", TextProp::from(move || t_string!(i18n, oauth.way_password))),
                                    ("oauth", TextProp::from(move || t_string!(i18n, oauth.way_oauth))),
                                ]
                            />
                            <Show when=move || there.get() && by_oauth.get()>
                                <OauthStanding account=account used_for=used_for page=page user=user is_dirty=would_lose />
                            </Show>
                            <Show when=move || by_oauth.get()>
                                <OauthFields account=account used_for=used_for page=page host=host is_dirty=is_typed />
                            </Show>
                            <Show when=move || there.get() && !by_oauth.get()>
                                <RemoveOauth account=account used_for=used_for />
                            </Show>
                            <Show when=move || !there.get() && !by_oauth.get()>
                                <p class="hint">{move || t_string!(i18n, oauth.way_password_hint)}</p>
                            </Show>
                        </Part>
                    }
                }
            </Loaded>
        </div>
    }
}
