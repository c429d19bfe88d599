//! Use cases about what comes back: the mailbox of an account, reports that belong to nothing, addresses that bounce; and the loop that
//! reads the mailboxes.

mod reading;
mod settle;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use delivery::Credentials;
use delivery::mailbox::{MailServer, Mailbox};
use delivery::smtp::Route;
use model::{
    Account, AccountId, BounceId, BounceMailbox, BounceNote, BounceQuery, BouncedAddress, BouncedAddressId, BouncedState, Change,
    ContactId, Deed, DeliveryId, EmailAddress, MailboxDraft, MailboxProbe, MailboxSettings, MessageId, Noun, Page, Permission,
    Refusal, StrayBounce, SuppressionReason,
};
use secrecy::SecretString;

pub use reading::{run, turn};

use crate::history::require_sight;
use crate::{Ctx, Engine, Error};

/// How long a server of a mailbox may take for one answer.
const PATIENCE: Duration = Duration::from_secs(60);

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

/// The envelope sender of a delivery: its own address in the account's bounce mailbox, or that mailbox, or the account's sender.
pub(crate) fn return_path(engine: &Engine, account: &Account, delivery: DeliveryId) -> Option<EmailAddress> {
    let mailbox = engine.return_paths.0.lock().unwrap_or_else(PoisonError::into_inner).get(&account.id).cloned();
    match mailbox {
        Some((address, true)) => {
            let tag = engine.store.vault().return_path_tag(delivery);
            Some(delivery::bounce::return_path(&address, delivery, tag).unwrap_or(address))
        }
        Some((address, false)) => Some(address),
        None => EmailAddress::parse(&account.sender_address).ok(),
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

/// Sets the bounce mailbox of an account up, or changes it.
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
    store::bounce_mailboxes::put(&ctx.engine.store, &mut tx, account, &draft).await?;
    ctx.log(&mut tx, Deed::BounceMailboxChanged(account)).await?;
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
    store::bounce_mailboxes::remove(&mut tx, account).await?;
    ctx.log(&mut tx, Deed::BounceMailboxRemoved(account)).await?;
    tx.commit().await?;
    remember(&ctx.engine).await?;
    ctx.tell(Change::Accounts);
    Ok(())
}

/// Tries a mailbox with what is typed and reads nothing. Without a typed password the stored one is used, but only for the host that it
/// was stored for.
///
/// # Errors
/// Names wrong fields.
pub async fn test_mailbox(ctx: &Ctx, account: AccountId, draft: MailboxDraft) -> Result<MailboxProbe, Error> {
    ctx.require(Permission::AccountsManage)?;
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let password = match &draft.password {
        Some(typed) => Some(typed.clone()),
        None => match store::bounce_mailboxes::of_account(&mut tx, account).await? {
            Some(it) if same_server(&it.settings, &draft.settings) => {
                store::bounce_mailboxes::password(&ctx.engine.store, &mut tx, account).await?
            }
            _ => None,
        },
    };
    ctx.log(&mut tx, Deed::BounceMailboxTested(account)).await?;
    tx.commit().await?;
    let settings = &draft.settings;
    let server = server(&ctx.engine, settings, password);
    match Mailbox::open(&server, settings.protocol, settings.folder.trim()).await {
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

fn same_server(a: &MailboxSettings, b: &MailboxSettings) -> bool {
    a.host.eq_ignore_ascii_case(b.host.trim()) && a.port == b.port && a.security == b.security && a.protocol == b.protocol
}

fn server(engine: &Engine, settings: &MailboxSettings, password: Option<String>) -> MailServer {
    MailServer {
        host: settings.host.trim().to_owned(),
        port: settings.port,
        route: Route::Lookup,
        security: settings.security,
        trust: engine.trust.clone(),
        credentials: Credentials::Password {
            user: settings.user_name.trim().to_owned(),
            password: SecretString::from(password.unwrap_or_default()),
        },
        patience: PATIENCE,
    }
}
