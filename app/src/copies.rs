//! Calls about copies of sent mails.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{AccountId, CopyDraft, CopyMailbox, MailboxStage};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Opens the mailbox for copies of what an account sends, if there is one.
#[server(input = Json)]
pub async fn open_copy_mailbox(account: AccountId) -> Result<Option<CopyMailbox>, Problem> {
    door::answer(engine::copies::mailbox(&door::enter().await?, account).await)
}

/// Sets the mailbox for copies up, or changes it.
#[server(input = Json)]
pub async fn save_copy_mailbox(account: AccountId, draft: CopyDraft) -> Result<(), Problem> {
    door::answer(engine::copies::save(&door::enter().await?, account, draft).await)
}

/// Ends copies of what an account sends.
#[server(input = Json)]
pub async fn remove_copy_mailbox(account: AccountId) -> Result<(), Problem> {
    door::answer(engine::copies::remove(&door::enter().await?, account).await)
}

/// Tries a mailbox with what is typed; a missing password is taken from the stored one. Puts nothing there.
#[server(input = Json)]
pub async fn test_copy_mailbox(account: AccountId, draft: CopyDraft) -> Result<Option<(MailboxStage, String)>, Problem> {
    door::answer(engine::copies::test(&door::enter().await?, account, draft).await)
}

/// Lets copies that were given up be tried again, and tells how many.
#[server(input = Json)]
pub async fn retry_copies(account: AccountId) -> Result<u64, Problem> {
    door::answer(engine::copies::retry(&door::enter().await?, account).await)
}
