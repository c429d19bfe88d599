//! How signing in stands: who agreed, how long the token is good, what went wrong, and the ways in and out.

use leptos::prelude::*;
use model::{AccountId, Change, Moment, OauthFault, OauthLogin, OauthPage, OauthState, OauthUse};

use crate::browser::location;
use crate::calls::act;
use crate::format;
use crate::i18n::{I18n, oauth as words, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Banner, Button, ButtonKind, Confirm, Glyph, Mark, MarkBadge, Tone};
use crate::state::oauth_form::is_somebody_else;
use crate::toast::Toasts;

/// The state, in words, with its buttons.
#[component]
pub(super) fn OauthStanding(
    account: AccountId,
    used_for: OauthUse,
    page: Signal<OauthPage>,
    user: Signal<String>,
    is_dirty: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let login = Memo::new(move |_| page.with(|it| it.login.clone()));
    let state = Memo::new(move |_| login.with(|it| it.as_ref().map_or(OauthState::SignedOut, |it| it.state)));
    let mark = Signal::derive(move || match state.get() {
        OauthState::SignedIn => Mark::Delivered,
        OauthState::SignedOut => Mark::Waiting,
        OauthState::Ended => Mark::Failed,
    });
    let lines = move || login.with(|it| it.as_ref().map(|it| about(i18n, it)).unwrap_or_default());
    let unlike = move || {
        let who =
            login.with(|it| it.as_ref().filter(|it| is_somebody_else(it, &user.read())).map(|it| it.signed_in_as.clone()))?;
        Some(match used_for {
            OauthUse::Relay => t_string!(i18n, oauth.unlike, user = user.get(), who = who),
            OauthUse::Mailbox => t_string!(i18n, oauth.unlike_mailbox, user = user.get(), who = who),
        })
    };
    view! {
        <div class="oauth-standing">
            <MarkBadge mark=mark word=move || words::state(i18n.get_locale(), state.get()) />
            {move || lines().into_iter().map(|it| view! { <p>{it}</p> }).collect_view()}
            {move || unlike().map(|it| view! { <Banner tone=Tone::Warning text=move || it.clone() /> })}
            {move || login.get().and_then(|it| it.fault).map(|it| view! { <Fault fault=it /> })}
            <Ways account=account used_for=used_for state=state is_dirty=is_dirty />
        </div>
    }
}

/// Who agreed and when, and how long the token is good.
fn about(i18n: I18n, login: &OauthLogin) -> Vec<String> {
    let when = |at: Moment| format::moment(i18n.get_locale(), at);
    let mut lines = Vec::new();
    if let Some(at) = login.signed_in_at {
        let who = match login.signed_in_as.as_str() {
            "" => t_string!(i18n, oauth.signed_in_unknown).to_owned(),
            who => t_string!(i18n, oauth.signed_in_as, who = who.to_owned()),
        };
        lines.push(format!("{who} · {}", t_string!(i18n, oauth.since, when = when(at))));
    }
    if let (OauthState::SignedIn, Some(at)) = (login.state, login.valid_until) {
        lines.push(t_string!(i18n, oauth.valid_until, when = when(at)));
    }
    lines
}

/// What it means, and the provider's own words.
#[component]
fn Fault(fault: OauthFault) -> impl IntoView {
    let i18n = use_i18n();
    let kind = fault.kind;
    view! {
        <Banner tone=Tone::Bad text=move || words::fault(i18n.get_locale(), kind) />
        <p class="hint">{move || t_string!(i18n, oauth.fault_at, when = format::moment(i18n.get_locale(), fault.at))}</p>
        <pre class="literal">{fault.words}</pre>
    }
}

#[component]
fn Ways(account: AccountId, used_for: OauthUse, state: Memo<OauthState>, is_dirty: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (going, busy, asks) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let sign_in = move || {
        act(going, app::oauth::begin_oauth(account, used_for), move |url| {
            // The page is on its way out: a second press would begin anew what this one began.
            let _ = going.try_set(true);
            location::leave_for(&url);
        });
    };
    let hint = move || match (is_dirty.get(), used_for) {
        (true, _) => t_string!(i18n, oauth.save_first),
        (false, OauthUse::Relay) => t_string!(i18n, oauth.sign_in_hint),
        (false, OauthUse::Mailbox) => t_string!(i18n, oauth.sign_in_hint_mailbox),
    };
    let out_hint = move || match used_for {
        OauthUse::Relay => t_string!(i18n, oauth.sign_out_hint),
        OauthUse::Mailbox => t_string!(i18n, oauth.sign_out_hint_mailbox),
    };
    let sign_out = move || {
        act(busy, app::oauth::sign_out_oauth(account, used_for), move |()| {
            asks.set(false);
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, oauth.signed_out));
        });
    };
    let label = move || match state.get() {
        OauthState::SignedOut => t_string!(i18n, oauth.sign_in),
        OauthState::SignedIn | OauthState::Ended => t_string!(i18n, oauth.sign_in_again),
    };
    view! {
        <p class="hint">{hint}</p>
        <div class="oauth-ways">
            <Button label=label kind=ButtonKind::Primary icon=Glyph::LOG_IN busy=going disabled=is_dirty on_press=sign_in />
            <Show when=move || state.get() != OauthState::SignedOut>
                <Button label=move || t_string!(i18n, oauth.sign_out) icon=Glyph::LOG_OUT on_press=move || asks.set(true) />
            </Show>
        </div>
        <Confirm
            open=asks
            question=move || t_string!(i18n, oauth.sign_out_question)
            text=out_hint
            act=move || t_string!(i18n, oauth.sign_out)
            busy=busy
            on_confirm=sign_out
        />
    }
}
