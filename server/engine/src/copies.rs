//! Use cases about copies of sent mails, and the loop that puts them into mailboxes or sends them to addresses. A copy is work of its own:
//! it never holds up a delivery, and its failure is no failure of the message.

mod mailing;
mod putting;

use delivery::mailbox::{CopyFolder, MailServer};
use model::{
    AccountId, Change, CopyDraft, CopyMailbox, CopySettings, CopyWay, Deed, MailboxStage, Noun, Permission, Refusal, Transport,
};
use serde::Serialize;
use store::Tx;

pub use putting::{Turn, run, turn};

use crate::{Ctx, Engine, Error, mailboxes};

/// The mailbox for copies of what an account sends, if there is one.
///
/// # Errors
/// Refuses who may not manage accounts.
pub async fn mailbox(ctx: &Ctx, account: AccountId) -> Result<Option<CopyMailbox>, Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::copies::of_account(&mut reader, account).await?)
}

/// What the action log compares of a mailbox for copies; nothing of one that is not there.
#[derive(Default, Serialize)]
struct Told {
    #[serde(flatten)]
    settings: Option<CopySettings>,
    has_password: bool,
}

impl Told {
    async fn now(tx: &mut Tx, account: AccountId) -> Result<Self, Error> {
        let found = store::copies::of_account(tx, account).await?;
        let has_password = found.as_ref().is_some_and(|it| it.has_password);
        Ok(Self { settings: found.map(|it| it.settings), has_password })
    }
}

/// Sets the mailbox for copies of what an account sends up, or changes it. Only what is sent from now on is put there.
/// Where the server is another one, the stored password is forgotten.
///
/// # Errors
/// Names wrong fields; refuses an account that is not there or has no relay.
pub async fn save(ctx: &Ctx, account: AccountId, draft: CopyDraft) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let found = store::accounts::for_sending(&mut tx, account).await?;
    if !matches!(found.transport, Transport::Smtp(_)) {
        return Err(Refusal::BuiltIn(Noun::Account).into());
    }
    let before = Told::now(&mut tx, account).await?;
    let is_moved = before.settings.as_ref().is_some_and(|it| it.place() != draft.settings.place());
    // The password of one server is not given away to another.
    let draft = CopyDraft { password: draft.password.or_else(|| is_moved.then(String::new)), ..draft };
    store::copies::put(&ctx.engine.store, &mut tx, account, &draft).await?;
    let after = Told::now(&mut tx, account).await?;
    ctx.log_changed(&mut tx, Deed::CopyMailboxChanged(account), (&before, &after)).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(())
}

/// Ends copies of what an account sends; those in the mailbox stay, those that wait are dropped.
///
/// # Errors
/// Refuses as stale when there is no mailbox.
pub async fn remove(ctx: &Ctx, account: AccountId) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let before = Told::now(&mut tx, account).await?;
    store::copies::remove(&mut tx, account).await?;
    ctx.log_changed(&mut tx, Deed::CopyMailboxRemoved(account), (&before, &Told::default())).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(())
}

/// Lets copies that were given up be tried again, and tells how many.
///
/// # Errors
/// Refuses who may not manage accounts.
pub async fn retry(ctx: &Ctx, account: AccountId) -> Result<u64, Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let n = store::copies::retry(&mut tx, account, ctx.now()).await?;
    if 0 < n {
        ctx.log(&mut tx, Deed::CopiesRetried(account)).await?;
    }
    tx.commit().await?;
    changed(ctx);
    Ok(n)
}

/// Tries a mailbox with what is typed and puts nothing there; tells where it ended and the server's words, when it did. Copies that are sent
/// to an address go by the account's own relay, so there is nothing to try. Without a typed
/// password the stored one is used, but only for the host that it was stored for.
///
/// # Errors
/// Names wrong fields.
pub async fn test(ctx: &Ctx, account: AccountId, draft: CopyDraft) -> Result<Option<(MailboxStage, String)>, Error> {
    ctx.require(Permission::AccountsManage)?;
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let password = match &draft.password {
        Some(typed) => Some(typed.clone()),
        None => match store::copies::of_account(&mut tx, account).await? {
            Some(it) if it.settings.place() == draft.settings.place() => {
                store::copies::password(&ctx.engine.store, &mut tx, account).await?
            }
            _ => None,
        },
    };
    ctx.log(&mut tx, Deed::CopyMailboxTested(account)).await?;
    tx.commit().await?;
    if draft.settings.way == CopyWay::Address {
        return Ok(None);
    }
    match CopyFolder::open(&server(&ctx.engine, &draft.settings, password), draft.settings.folder.trim()).await {
        Ok(folder) => {
            // Nothing was changed; how it ends does not matter.
            let _farewell = folder.close().await;
            Ok(None)
        }
        Err(trouble) => Ok(Some((trouble.stage, trouble.words))),
    }
}

fn changed(ctx: &Ctx) {
    ctx.engine.copy_bell.notify_one();
    ctx.tell(Change::Accounts);
}

fn server(engine: &Engine, it: &CopySettings, password: Option<String>) -> MailServer {
    mailboxes::server(engine, (&it.host, it.port, it.security), mailboxes::by_password(&it.user_name, password))
}
