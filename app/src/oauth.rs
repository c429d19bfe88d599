//! Calls about signing in to relays and mailboxes by OAuth.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{AccountId, OauthDraft, OauthOutcome, OauthPage, OauthReturn, OauthUse};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// What is needed to set signing in up, and how it stands.
#[server(input = Json)]
pub async fn open_oauth(account: AccountId, used_for: OauthUse) -> Result<OauthPage, Problem> {
    door::answer(engine::oauth::page(&door::enter().await?, account, used_for).await)
}

/// Lets an account sign in by OAuth, or changes at which provider and as which application.
#[server(input = Json)]
pub async fn save_oauth(account: AccountId, used_for: OauthUse, draft: OauthDraft) -> Result<(), Problem> {
    door::answer(engine::oauth::save(&door::enter().await?, account, used_for, draft).await)
}

/// Tells the address of the provider at which a person agrees.
#[server(input = Json)]
pub async fn begin_oauth(account: AccountId, used_for: OauthUse) -> Result<String, Problem> {
    door::answer(engine::oauth::begin(&door::enter().await?, account, used_for).await)
}

/// Hears what a person came back with from the provider.
#[server(input = Json)]
pub async fn finish_oauth(back: OauthReturn) -> Result<OauthOutcome, Problem> {
    door::answer(engine::oauth::finish(&door::enter().await?, back).await)
}

/// Destroys the tokens.
#[server(input = Json)]
pub async fn sign_out_oauth(account: AccountId, used_for: OauthUse) -> Result<(), Problem> {
    door::answer(engine::oauth::sign_out(&door::enter().await?, account, used_for).await)
}

/// Lets the account sign in with its password again.
#[server(input = Json)]
pub async fn remove_oauth(account: AccountId, used_for: OauthUse) -> Result<(), Problem> {
    door::answer(engine::oauth::remove(&door::enter().await?, account, used_for).await)
}
