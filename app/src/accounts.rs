//! Calls about accounts.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Account, AccountDraft, AccountId, ProbeStep, Readiness, ReadinessCheck};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists all accounts, the default one first.
#[server(input = Json)]
pub async fn list_accounts() -> Result<Vec<Account>, Problem> {
    door::answer(engine::accounts::list(&door::enter().await?).await)
}

/// Makes an SMTP account, or changes the one given.
#[server(input = Json)]
pub async fn save_account(id: Option<AccountId>, draft: AccountDraft) -> Result<AccountId, Problem> {
    door::answer(engine::accounts::save(&door::enter().await?, id, draft).await)
}

/// Tries the connection with what is typed; a missing password is taken from the stored account. Sends nothing.
#[server(input = Json)]
pub async fn test_account(id: Option<AccountId>, draft: AccountDraft) -> Result<Vec<ProbeStep>, Problem> {
    door::answer(engine::accounts::test(&door::enter().await?, id, draft).await)
}

/// Looks at one link of the chain from an account to a mailbox.
#[server(input = Json)]
pub async fn check_readiness(id: AccountId, check: ReadinessCheck) -> Result<Readiness, Problem> {
    door::answer(engine::readiness::check(&door::enter().await?, id, check).await)
}

/// Makes the account the one that messages leave by when nobody chose another.
#[server(input = Json)]
pub async fn make_account_default(id: AccountId) -> Result<(), Problem> {
    door::answer(engine::accounts::make_default(&door::enter().await?, id).await)
}

/// Stops the account; what waits for it waits on.
#[server(input = Json)]
pub async fn pause_account(id: AccountId) -> Result<(), Problem> {
    door::answer(engine::accounts::pause(&door::enter().await?, id).await)
}

/// Lets the account send again.
#[server(input = Json)]
pub async fn resume_account(id: AccountId) -> Result<(), Problem> {
    door::answer(engine::accounts::resume(&door::enter().await?, id).await)
}

/// Deletes an account that nothing waits for.
#[server(input = Json)]
pub async fn delete_account(id: AccountId) -> Result<(), Problem> {
    door::answer(engine::accounts::delete(&door::enter().await?, id).await)
}
