//! Where a person comes back to from a provider of OAuth: the page hands over what came along, and leads to the account. It does not stay
//! in the history, so that nobody comes back to it.

use app::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::{OauthOutcome, OauthReturn, OauthUse};

use crate::i18n::{t_string, tu_string, use_i18n};
use crate::parts::{ButtonLink, EmptyState, ErrorState, Glyph, Page, Skeleton};
use crate::routes::replacing;
use crate::toast::Toasts;

/// Completes signing in.
#[component]
pub fn OauthReturnPage() -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let navigate = use_navigate();
    let problem = RwSignal::new(None::<Problem>);
    let back = use_query_map().with_untracked(|it| {
        let value = |name: &str| it.get(name).unwrap_or_default();
        OauthReturn {
            state: value("state"),
            code: value("code"),
            error: value("error"),
            error_description: value("error_description"),
        }
    });
    let finish = move || {
        let (back, navigate) = (back.clone(), navigate.clone());
        spawn_local(async move {
            // A code is worth a sign-in: it leaves the address before anything is waited for.
            navigate("/oauth/callback", replacing());
            match app::oauth::finish_oauth(back).await {
                Ok(outcome) => {
                    if outcome.fault.is_none() {
                        toasts.done(tu_string!(i18n, oauth.returned));
                    }
                    navigate(&page_of(outcome), replacing());
                }
                Err(it) => {
                    let _ = problem.try_set(Some(it));
                }
            }
        });
    };
    finish();
    let retry = Callback::new(move |()| {
        problem.set(None);
        finish();
    });
    view! {
        <Page title=move || t_string!(i18n, oauth.returning) narrow=true>
            {move || match problem.get() {
                None => view! { <Skeleton lines=4 /> }.into_any(),
                Some(Problem::Refused(_)) => view! { <NotValid /> }.into_any(),
                Some(it) => view! { <ErrorState problem=Signal::stored(it) on_retry=retry /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn NotValid() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <EmptyState
            glyph=Glyph::CIRCLE_ALERT
            title=move || t_string!(i18n, oauth.return_refused)
            text=move || t_string!(i18n, oauth.return_refused_text)
        >
            <ButtonLink label=move || t_string!(i18n, oauth.return_accounts) href="/settings/accounts".to_owned() />
        </EmptyState>
    }
}

/// The page that a sign-in was begun on.
fn page_of(outcome: OauthOutcome) -> String {
    match outcome.used_for {
        OauthUse::Relay => format!("/settings/accounts/{}", outcome.account),
        OauthUse::Mailbox => format!("/settings/accounts/{}/mailbox", outcome.account),
    }
}
