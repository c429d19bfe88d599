//! Use cases about accounts.

use delivery::smtp::{Pipelining, Route, TimeLimits};
use delivery::{Credentials, Relay};
use model::time::hours;
use model::{
    Account, AccountDraft, AccountId, AccountState, Change, Deed, Noun, OauthUse, Permission, ProbeStep, Refusal, SmtpSettings,
    Transport,
};
use secrecy::SecretString;
use serde::Serialize;
use store::Tx;

use crate::{Ctx, Engine, Error};

/// Lists all accounts, the default one first. Whoever writes messages may see them to choose from.
///
/// # Errors
/// Refuses who may neither write messages nor manage accounts.
pub async fn list(ctx: &Ctx) -> Result<Vec<Account>, Error> {
    if !ctx.may(Permission::AccountsManage) {
        ctx.require(Permission::MessageWrite)?;
    }
    let mut reader = ctx.engine.store.read().await?;
    let mut accounts = store::accounts::all(&mut reader, ctx.now().plus(-hours(1))).await?;
    crate::sms::add_standings(ctx, &mut reader, &mut accounts).await?;
    if !ctx.may(Permission::AccountsManage) {
        for account in &mut accounts {
            conceal(account);
        }
    }
    Ok(accounts)
}

/// Makes an SMTP account, or changes the one given. The first SMTP account takes over from Capture as the default one. Where the relay is
/// another one, the stored password and tokens are forgotten.
///
/// # Errors
/// Names wrong fields; refuses an account that is not there.
pub async fn save(ctx: &Ctx, id: Option<AccountId>, draft: AccountDraft) -> Result<AccountId, Error> {
    ctx.require(Permission::AccountsManage)?;
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let now = ctx.now();
    let id = match id {
        Some(id) => {
            let before = store::accounts::by_id(&mut tx, id, now).await?;
            // Already now, so that nobody who was refused under the old settings stops the account between the commit and its end.
            ctx.engine.connections.forget(id);
            let is_moved = matches!(&before.transport, Transport::Smtp(it) if it.place() != draft.smtp.place());
            // Neither the password nor the token of one relay is given away to another.
            let draft = AccountDraft { password: draft.password.or_else(|| is_moved.then(String::new)), ..draft };
            store::accounts::change(&ctx.engine.store, &mut tx, id, &draft, now).await?;
            if is_moved {
                crate::oauth::end(ctx, &mut tx, id, OauthUse::Relay).await?;
            }
            // Whoever changed the settings of an account in trouble wants it tried again.
            let account = store::accounts::by_id(&mut tx, id, now).await?;
            if matches!(account.state, AccountState::Trouble { .. }) {
                store::accounts::set_state(&mut tx, id, &AccountState::Active).await?;
            }
            let after = store::accounts::by_id(&mut tx, id, now).await?;
            ctx.log_changed(&mut tx, Deed::AccountChanged(id), (&before, &after)).await?;
            id
        }
        None => {
            let only_capture =
                store::accounts::all(&mut tx, now).await?.iter().all(|it| !matches!(it.transport, Transport::Smtp(_)));
            let id = store::accounts::create(&ctx.engine.store, &mut tx, &draft, now).await?;
            ctx.log(&mut tx, Deed::AccountCreated(id)).await?;
            if only_capture {
                store::accounts::make_default(&mut tx, id).await?;
                ctx.log(&mut tx, Deed::AccountMadeDefault(id)).await?;
            }
            id
        }
    };
    tx.commit().await?;
    ctx.engine.forget_connection(id);
    ctx.engine.bell.ring();
    ctx.tell(Change::Accounts);
    Ok(id)
}

/// Tries the connection with what is typed and sends nothing. Without a typed password the stored one is used, or the token of an account
/// that signs in by OAuth, but only for the host that it was stored for: it must not be given away to another one.
///
/// # Errors
/// Names wrong fields; refuses an account that is not there.
pub async fn test(ctx: &Ctx, id: Option<AccountId>, draft: AccountDraft) -> Result<Vec<ProbeStep>, Error> {
    ctx.require(Permission::AccountsManage)?;
    let sender = draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let (mut password, mut token) = (draft.password.clone(), None);
    if let Some(id) = id {
        let account = store::accounts::by_id(&mut tx, id, ctx.now()).await?;
        let same = matches!(&account.transport, Transport::Smtp(it) if it.place() == draft.smtp.place());
        if same {
            let name = if draft.smtp.user_name.is_empty() { sender.as_str() } else { &draft.smtp.user_name };
            token = crate::oauth::with_token(&mut tx, id, OauthUse::Relay, name).await?;
        }
        if same && password.is_none() {
            password = store::accounts::password(&ctx.engine.store, &mut tx, id).await?;
        }
    }
    ctx.log(&mut tx, Deed::AccountTested(id)).await?;
    tx.commit().await?;
    let relay = relay(&ctx.engine, &draft.smtp, password);
    let relay = Relay { credentials: token.or(relay.credentials), ..relay };
    crate::oauth::probe(&ctx.engine, id, &relay, &sender).await
}

/// The name of the account that messages leave by when nobody chose another.
#[derive(Serialize)]
struct Usual {
    usual: String,
}

impl Usual {
    /// The one of the channel that this account has.
    async fn now(ctx: &Ctx, tx: &mut Tx, of: AccountId) -> Result<Self, Error> {
        let channel = store::accounts::by_id(tx, of, ctx.now()).await?.channel();
        let id = store::accounts::default_id(tx, channel).await?;
        Ok(Self { usual: store::accounts::by_id(tx, id, ctx.now()).await?.name })
    }
}

/// Makes the account the one that messages of its channel leave by when nobody chose another.
///
/// # Errors
/// Refuses an account that is not there.
pub async fn make_default(ctx: &Ctx, id: AccountId) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let before = Usual::now(ctx, &mut tx, id).await?;
    store::accounts::make_default(&mut tx, id).await?;
    let after = Usual::now(ctx, &mut tx, id).await?;
    ctx.log_changed(&mut tx, Deed::AccountMadeDefault(id), (&before, &after)).await?;
    tx.commit().await?;
    ctx.tell(Change::Accounts);
    Ok(())
}

/// Stops the account; what waits for it waits on.
///
/// # Errors
/// Refuses an account that is not there.
pub async fn pause(ctx: &Ctx, id: AccountId) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    set_state(ctx, id, AccountState::Paused, Deed::AccountPaused(id)).await
}

/// Lets the account send again.
///
/// # Errors
/// Refuses an account that is not there.
pub async fn resume(ctx: &Ctx, id: AccountId) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    set_state(ctx, id, AccountState::Active, Deed::AccountResumed(id)).await
}

/// Deletes an account that nothing waits for. When it was the default one, another one of its channel takes over, at last Capture.
///
/// # Errors
/// Refuses Capture, and an account with open deliveries.
pub async fn delete(ctx: &Ctx, id: AccountId) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let accounts = store::accounts::all(&mut tx, ctx.now()).await?;
    let account = accounts.iter().find(|it| it.id == id).ok_or(Refusal::NotFound(Noun::Account))?;
    if matches!(account.transport, Transport::Capture) {
        return Err(Refusal::BuiltIn(Noun::Account).into());
    }
    if store::accounts::is_busy(&mut tx, id).await? {
        return Err(Refusal::InUse(Noun::Account).into());
    }
    store::accounts::delete(&mut tx, id, ctx.now()).await?;
    ctx.log(&mut tx, Deed::AccountDeleted(id)).await?;
    let heirs = accounts.iter().filter(|it| it.id != id && it.channel() == account.channel());
    let heir = heirs.min_by_key(|it| matches!(it.transport, Transport::Capture));
    if let (true, Some(heir)) = (account.is_default, heir) {
        store::accounts::make_default(&mut tx, heir.id).await?;
        let (before, after) = (Usual { usual: account.name.clone() }, Usual { usual: heir.name.clone() });
        ctx.log_changed(&mut tx, Deed::AccountMadeDefault(heir.id), (&before, &after)).await?;
    }
    tx.commit().await?;
    ctx.engine.forget_connection(id);
    ctx.tell(Change::Accounts);
    Ok(())
}

async fn set_state(ctx: &Ctx, id: AccountId, state: AccountState, deed: Deed) -> Result<(), Error> {
    let mut tx = ctx.engine.store.write().await?;
    store::accounts::set_state(&mut tx, id, &state).await?;
    ctx.log(&mut tx, deed).await?;
    tx.commit().await?;
    ctx.engine.bell.ring();
    ctx.tell(Change::Accounts);
    Ok(())
}

/// How a relay is reached with these settings.
pub(crate) fn relay(engine: &Engine, smtp: &SmtpSettings, password: Option<String>) -> Relay {
    let credentials = (!smtp.user_name.is_empty()).then(|| Credentials::Password {
        user: smtp.user_name.clone(),
        password: SecretString::from(password.unwrap_or_default()),
    });
    Relay {
        host: smtp.host.trim().to_owned(),
        port: smtp.port,
        route: Route::Lookup,
        security: smtp.security,
        trust: engine.trust.clone(),
        credentials,
        helo_name: engine.helo_name.clone(),
        limits: TimeLimits::default(),
        pipelining: Pipelining::when_offered(),
    }
}

/// Takes out what only those who manage accounts need.
fn conceal(account: &mut Account) {
    account.reply_to.clear();
    match &mut account.transport {
        Transport::Capture => {}
        Transport::Smtp(smtp) => smtp.user_name.clear(),
        Transport::Sms(sms) => {
            conceal_gateway(&mut sms.gateway);
            sms.notify = model::NoticeTo::default();
        }
    }
    if let AccountState::Trouble { reply, .. } = &mut account.state {
        reply.clear();
    }
}

/// The kind of a gateway is all that those need who write.
fn conceal_gateway(gateway: &mut model::SmsGateway) {
    match gateway {
        model::SmsGateway::Capture => {}
        model::SmsGateway::EuroSms { base, id, .. } => {
            base.clear();
            id.clear();
        }
        model::SmsGateway::GoSms { base, client_id, channel, .. } => {
            base.clear();
            client_id.clear();
            *channel = 0;
        }
        model::SmsGateway::Http { description } => description.clear(),
        // By how it writes texts they are counted while they are typed.
        model::SmsGateway::Smpp(centre) => {
            **centre = model::SmppCentre { encoding: centre.encoding, ..model::SmppCentre::default() };
        }
    }
}
