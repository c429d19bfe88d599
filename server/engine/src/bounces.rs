//! Use cases about what comes back: the mailbox of an account, reports that belong to nothing, addresses that bounce; and the loop that
//! reads the mailboxes.

mod reading;
mod settle;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use delivery::Credentials;
use delivery::mailbox::MailServer;
use model::{
    Account, AccountId, BounceId, BounceMailbox, BounceNote, BounceQuery, BouncedAddress, BouncedAddressId, BouncedState, Change,
    ContactId, Deed, EmailAddress, MailboxDraft, MailboxProbe, MailboxSettings, MessageId, Noun, OauthUse, Page, Permission,
    Refusal, StrayBounce, SuppressionReason,
};
use serde::Serialize;
use store::Tx;
use store::deliveries::Leased;

pub use reading::{run, turn};

use crate::history::require_sight;
use crate::{Ctx, Engine, Error, mailboxes};

/// Where the mails of which account come back to, and whether each delivery has an address of its own there.
#[derive(Default)]
pub(crate) struct ReturnPaths(Mutex<HashMap<AccountId, (EmailAddress, bool)>>);

/// Reads the addresses of all mailboxes anew.
pub(crate) async fn remember(engine: &Engine) -> Result<(), Error> {
    let mut reader = engine.store.read().await?;
    let rows = store::bounce_mailboxes::addresses(&mut reader).await?;
    let paths = rows.into_iter().map(|(account, address, tagged)| (account, (address, tagged))).collect();
    *engine.return_paths.0.lock().unwrap_or_else(PoisonError::into_inner) = paths;
    Ok(())
}

/// The envelope sender of a delivery: its own address in the bounce mailbox of the account that carries it, or that mailbox, or the
/// sender of that account. Without a mailbox there the one of the account that it waited for is taken, because somebody reads that.
pub(crate) fn return_path(engine: &Engine, carrier: &Account, leased: &Leased) -> Option<EmailAddress> {
    let delivery = leased.id;
    let mailboxes = engine.return_paths.0.lock().unwrap_or_else(PoisonError::into_inner);
    let mailbox = mailboxes.get(&carrier.id).or_else(|| mailboxes.get(&leased.home)).cloned();
    drop(mailboxes);
    match mailbox {
        Some((address, true)) => {
            let tag = engine.store.vault().return_path_tag(delivery);
            Some(delivery::bounce::return_path(&address, delivery, tag).unwrap_or(address))
        }
        Some((address, false)) => Some(address),
        None => EmailAddress::parse(&carrier.sender_address).ok(),
    }
}

/// The bounce mailbox of an account, if it has one.
///
/// # Errors
/// Refuses who may not manage accounts.
pub async fn mailbox(ctx: &Ctx, account: AccountId) -> Result<Option<BounceMailbox>, Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::bounce_mailboxes::of_account(&mut reader, account).await?)
}

/// What the action log compares of a bounce mailbox; nothing of one that is not there.
#[derive(Default, Serialize)]
struct Told(BTreeMap<String, serde_json::Value>);

impl Told {
    async fn now(tx: &mut Tx, account: AccountId) -> Result<Self, Error> {
        let Some(it) = store::bounce_mailboxes::of_account(tx, account).await? else { return Ok(Self::default()) };
        let settings = serde_json::to_value(&it.settings).map_err(store::Error::from)?;
        let mut told: BTreeMap<String, serde_json::Value> = serde_json::from_value(settings).map_err(store::Error::from)?;
        told.insert("has_password".to_owned(), it.has_password.into());
        Ok(Self(told))
    }
}

/// Sets the bounce mailbox of an account up, or changes it. Where the server is another one, the stored password and tokens are forgotten.
///
/// # Errors
/// Names wrong fields; refuses an account that is not there or is Capture.
pub async fn save_mailbox(ctx: &Ctx, account: AccountId, draft: MailboxDraft) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let found = store::accounts::by_id(&mut tx, account, ctx.now()).await?;
    if matches!(found.transport, model::Transport::Capture) {
        return Err(Refusal::BuiltIn(Noun::Account).into());
    }
    let before = Told::now(&mut tx, account).await?;
    let stored = store::bounce_mailboxes::of_account(&mut tx, account).await?;
    let is_moved = stored.is_some_and(|it| it.settings.place() != draft.settings.place());
    // Neither the password nor the token of one server is given away to another.
    let draft = MailboxDraft { password: draft.password.or_else(|| is_moved.then(String::new)), ..draft };
    store::bounce_mailboxes::put(&ctx.engine.store, &mut tx, account, &draft).await?;
    if is_moved {
        crate::oauth::end(ctx, &mut tx, account, OauthUse::Mailbox).await?;
    }
    let after = Told::now(&mut tx, account).await?;
    ctx.log_changed(&mut tx, Deed::BounceMailboxChanged(account), (&before, &after)).await?;
    tx.commit().await?;
    remember(&ctx.engine).await?;
    ctx.engine.bounce_bell.notify_one();
    ctx.tell(Change::Accounts);
    Ok(())
}

/// Ends reading the bounce mailbox of an account; what it brought stays.
///
/// # Errors
/// Refuses when there is none.
pub async fn remove_mailbox(ctx: &Ctx, account: AccountId) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let before = Told::now(&mut tx, account).await?;
    store::bounce_mailboxes::remove(&mut tx, account).await?;
    ctx.log_changed(&mut tx, Deed::BounceMailboxRemoved(account), (&before, &Told::default())).await?;
    tx.commit().await?;
    remember(&ctx.engine).await?;
    ctx.tell(Change::Accounts);
    Ok(())
}

/// Tries a mailbox with what is typed and reads nothing. Without a typed password the stored one is used, or a token where it is read by
/// OAuth, but only for the host that it was stored for.
///
/// # Errors
/// Names wrong fields.
pub async fn test_mailbox(ctx: &Ctx, account: AccountId, draft: MailboxDraft) -> Result<MailboxProbe, Error> {
    ctx.require(Permission::AccountsManage)?;
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let (settings, stored) = (&draft.settings, store::bounce_mailboxes::of_account(&mut tx, account).await?);
    let mut server = server(&ctx.engine, settings, draft.password.clone());
    if stored.is_some_and(|it| it.settings.place() == settings.place()) {
        match secret(&ctx.engine, &mut tx, account, settings).await? {
            it @ Credentials::Token { .. } => server.credentials = it,
            it if draft.password.is_none() => server.credentials = it,
            Credentials::Password { .. } => {}
        }
    }
    ctx.log(&mut tx, Deed::BounceMailboxTested(account)).await?;
    tx.commit().await?;
    match crate::oauth::mailbox(&ctx.engine, account, server, settings.protocol, settings.folder.trim()).await? {
        Ok(open) => {
            let mails = Some(open.mails());
            // Nothing was changed; how it ends does not matter.
            let _farewell = open.close().await;
            Ok(MailboxProbe { mails, trouble: None })
        }
        Err(trouble) => Ok(MailboxProbe { mails: None, trouble: Some((trouble.stage, trouble.words)) }),
    }
}

/// Lists one page of reports that belong to no delivery, newest first.
///
/// # Errors
/// Refuses who may not manage accounts.
pub async fn strays(ctx: &Ctx, query: BounceQuery) -> Result<Page<StrayBounce>, Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::bounces::strays(&ctx.engine.store, &mut reader, query.after.as_ref()).await?)
}

/// Takes a report off the list of those that belong to no delivery.
///
/// # Errors
/// Refuses as stale when it is not there any more.
pub async fn dismiss_stray(ctx: &Ctx, id: BounceId) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    store::bounces::close(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::BounceDismissed(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Accounts);
    Ok(())
}

/// Lists one page of addresses whose suppression is proposed, newest first.
///
/// # Errors
/// Refuses who may not manage suppressions.
pub async fn proposed(ctx: &Ctx, query: BounceQuery) -> Result<Page<BouncedAddress>, Error> {
    ctx.require(Permission::SuppressionsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::bounces::proposed(&mut reader, query.after.as_ref()).await?)
}

/// Suppresses addresses that bounce, as was proposed; all or none.
///
/// # Errors
/// Refuses when one of them is not proposed any more.
pub async fn suppress(ctx: &Ctx, ids: Vec<BouncedAddressId>) -> Result<(), Error> {
    ctx.require(Permission::SuppressionsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    for id in ids {
        let it = store::bounces::address_by_id(&mut tx, id).await?;
        store::bounces::set_state(&mut tx, id, BouncedState::Proposed, BouncedState::Suppressed).await?;
        if let Ok(address) = EmailAddress::parse(&it.address) {
            settle::suppress(ctx, &mut tx, address, SuppressionReason::Bounced, it.message).await?;
        }
    }
    tx.commit().await?;
    ctx.tell(Change::Suppressions);
    Ok(())
}

/// Goes on writing to addresses that bounce; they are not proposed again. All or none.
///
/// # Errors
/// Refuses when one of them is not proposed any more.
pub async fn keep(ctx: &Ctx, ids: Vec<BouncedAddressId>) -> Result<(), Error> {
    ctx.require(Permission::SuppressionsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    for id in ids {
        store::bounces::set_state(&mut tx, id, BouncedState::Proposed, BouncedState::Kept).await?;
        ctx.log(&mut tx, Deed::BouncedAddressKept(id)).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Suppressions);
    Ok(())
}

/// The addresses of a contact that mails came back from.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn of_contact(ctx: &Ctx, id: ContactId) -> Result<Vec<BouncedAddress>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::bounces::of_contact(&mut reader, id).await?)
}

/// What was reported about the deliveries of a message, oldest first.
///
/// # Errors
/// Refuses a message that the person may not see.
pub async fn of_message(ctx: &Ctx, id: MessageId) -> Result<Vec<BounceNote>, Error> {
    require_sight(ctx, id).await?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::bounces::of_message(&ctx.engine.store, &mut reader, id).await?)
}

/// The stored password, or a token that is fetched when the mailbox is opened.
async fn secret(
    engine: &Engine,
    connection: &mut store::Connection,
    account: AccountId,
    settings: &MailboxSettings,
) -> Result<Credentials, Error> {
    let user = settings.user_name.trim();
    if let Some(token) = crate::oauth::with_token(connection, account, OauthUse::Mailbox, user).await? {
        return Ok(token);
    }
    let password = store::bounce_mailboxes::password(&engine.store, connection, account).await?;
    Ok(mailboxes::by_password(user, password))
}

fn server(engine: &Engine, it: &MailboxSettings, password: Option<String>) -> MailServer {
    mailboxes::server(engine, (&it.host, it.port, it.security), mailboxes::by_password(&it.user_name, password))
}
