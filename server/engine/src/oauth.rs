//! Use cases about signing in to relays and mailboxes by OAuth: setting it up, sending a person to the provider and hearing what they came
//! back with, signing out. Tokens are renewed in [`tokens`] and used in [`connecting`].

mod connecting;
mod tokens;

use delivery::oauth::{Grant, OauthClient, Question, TokenFault, Tokens};
use delivery::{HttpLimits, HttpWay};
use model::time::minutes;
use model::{
    AccountId, AccountState, Change, Deed, Fault, Noun, OauthDeed, OauthDraft, OauthEndpoints, OauthFault, OauthFaultKind,
    OauthLogin, OauthOutcome, OauthPage, OauthProvider, OauthReturn, OauthState, OauthUse, Permission, Refusal, Transport,
};
use secrecy::{ExposeSecret, SecretString};
use store::oauth_logins::{Answered, KeptTokens, NewQuestion, OpenLogin};
use store::{Connection, Tx};

pub(crate) use connecting::{connect, mailbox, name_of, probe, with_token};
pub(crate) use tokens::Renewing;

use crate::{Ctx, Engine, Error, secret};

/// How long a person may take at the provider, in milliseconds.
const AWAY: i64 = minutes(15);
/// Longer values come from nobody who means it.
const LONGEST: usize = 4_096;

/// What the screen needs to set signing in up, and how it stands.
///
/// # Errors
/// Refuses an account that is not there or has no relay.
pub async fn page(ctx: &Ctx, account: AccountId, used_for: OauthUse) -> Result<OauthPage, Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    user_name(&mut reader, account, used_for).await?;
    let login = store::oauth_logins::get(&mut reader, account, used_for).await?;
    Ok(OauthPage { redirect_uri: redirect_uri(&ctx.engine), login })
}

/// Lets an account sign in by OAuth, or changes at which provider and as which application. Another application has to be agreed to anew.
///
/// # Errors
/// Names wrong fields; refuses an account that is not there or has no relay.
pub async fn save(ctx: &Ctx, account: AccountId, used_for: OauthUse, draft: OauthDraft) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    user_name(&mut tx, account, used_for).await?;
    let before = Told::of(store::oauth_logins::get(&mut tx, account, used_for).await?);
    store::oauth_logins::put(&ctx.engine.store, &mut tx, account, used_for, &draft).await?;
    let after = Told::of(store::oauth_logins::get(&mut tx, account, used_for).await?);
    ctx.log_changed(&mut tx, Deed::Oauth(account, used_for, OauthDeed::Changed), (&before, &after)).await?;
    revive(ctx, &mut tx, account, used_for).await?;
    tx.commit().await?;
    changed(ctx, account);
    Ok(())
}

/// Sends a person to the provider: tells the address to open. It is good for a quarter of an hour, once, and only in this session.
///
/// # Errors
/// Refuses as stale when the account does not sign in by OAuth; refuses who is not signed in here.
pub async fn begin(ctx: &Ctx, account: AccountId, used_for: OauthUse) -> Result<String, Error> {
    ctx.require(Permission::AccountsManage)?;
    let session = ctx.actor.session.ok_or(Refusal::SignedOut)?;
    let (state, verifier) = (secret::make()?, secret::make()?);
    let mut tx = ctx.engine.store.write().await?;
    let user = user_name(&mut tx, account, used_for).await?;
    let login = open(ctx, &mut tx, account, used_for).await?;
    store::oauth_logins::sweep(&mut tx, ctx.now()).await?;
    let question = NewQuestion {
        login: login.id,
        version: login.version,
        session,
        state_hash: &secret::hash(&state),
        verifier: &verifier,
        expires_at: ctx.now().plus(AWAY),
    };
    store::oauth_logins::ask(&ctx.engine.store, &mut tx, &question).await?;
    let settings = &login.login.settings;
    let url = Question {
        authorize_url: &settings.authorize_url(),
        client_id: settings.client_id.trim(),
        redirect_uri: &redirect_uri(&ctx.engine),
        scope: &settings.scope(used_for),
        state: &state,
        verifier: &SecretString::from(verifier.as_str()),
        login_hint: &user,
        extras: settings.extras(),
    };
    let url = url.url().map_err(|_| Refusal::field("settings.provider.authorize_url", Fault::NoHttps))?;
    tx.commit().await?;
    Ok(url)
}

/// Hears what a person came back with from the provider, and fetches the tokens. Whatever it is, it counts once.
///
/// # Errors
/// Refuses what this session has not asked for, what was answered before and what is too old, all with the same words.
pub async fn finish(ctx: &Ctx, back: OauthReturn) -> Result<OauthOutcome, Error> {
    ctx.require(Permission::AccountsManage)?;
    let session = ctx.actor.session.ok_or(Refusal::SignedOut)?;
    if [&back.state, &back.code, &back.error, &back.error_description].iter().any(|it| LONGEST < it.len()) {
        return Err(Refusal::Stale(Noun::Account).into());
    }
    let engine = &ctx.engine;
    let mut tx = engine.store.write().await?;
    let answered = store::oauth_logins::answer(&engine.store, &mut tx, &secret::hash(&back.state), session, ctx.now()).await?;
    // Used up, whatever comes of it.
    tx.commit().await?;
    let answered = answered.ok_or(Refusal::Stale(Noun::Account))?;
    let mut reader = engine.store.read().await?;
    let login = store::oauth_logins::open(&engine.store, &mut reader, answered.account, answered.used_for).await?;
    drop(reader);
    let login = login.filter(|it| it.version == answered.version).ok_or(Refusal::Stale(Noun::Account))?;
    let fault = match fetch(ctx, &login, &answered, back).await {
        Ok(tokens) => {
            sign_in(ctx, &login, &answered, &tokens).await?;
            None
        }
        Err(fault) => {
            let mut tx = engine.store.write().await?;
            let noted = OauthFault { kind: fault.kind, words: fault.words, at: ctx.now() };
            store::oauth_logins::note_fault(&mut tx, login.id, &noted).await?;
            tx.commit().await?;
            ctx.tell(Change::Accounts);
            Some(fault.kind)
        }
    };
    Ok(OauthOutcome { account: answered.account, used_for: answered.used_for, fault })
}

/// Destroys the tokens. The account stays one that signs in by OAuth, and waits for a person.
///
/// # Errors
/// Refuses as stale when it does not sign in by OAuth.
pub async fn sign_out(ctx: &Ctx, account: AccountId, used_for: OauthUse) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    store::oauth_logins::sign_out(&mut tx, account, used_for).await?;
    ctx.log(&mut tx, Deed::Oauth(account, used_for, OauthDeed::SignedOut)).await?;
    tx.commit().await?;
    changed(ctx, account);
    Ok(())
}

/// Destroys the tokens of an account whose relay or mailbox is at another place from now on; nothing where there are none.
pub(crate) async fn end(ctx: &Ctx, tx: &mut Tx, account: AccountId, used_for: OauthUse) -> Result<(), Error> {
    let login = store::oauth_logins::get(tx, account, used_for).await?;
    if login.is_some_and(|it| it.state != OauthState::SignedOut) {
        store::oauth_logins::sign_out(tx, account, used_for).await?;
        ctx.log(tx, Deed::Oauth(account, used_for, OauthDeed::SignedOut)).await?;
    }
    Ok(())
}

/// Destroys everything about signing in by OAuth; from now on the account signs in with its password. One that stopped itself sends again.
///
/// # Errors
/// Refuses as stale when it does already.
pub async fn remove(ctx: &Ctx, account: AccountId, used_for: OauthUse) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let before = Told::of(store::oauth_logins::get(&mut tx, account, used_for).await?);
    store::oauth_logins::remove(&mut tx, account, used_for).await?;
    let deed = Deed::Oauth(account, used_for, OauthDeed::Removed);
    ctx.log_changed(&mut tx, deed, (&before, &Told::default())).await?;
    revive(ctx, &mut tx, account, used_for).await?;
    tx.commit().await?;
    changed(ctx, account);
    Ok(())
}

/// What the action log tells of a login, field by field.
#[derive(Default, serde::Serialize)]
struct Told {
    provider: &'static str,
    tenant: String,
    authorize_url: String,
    token_url: String,
    scope: String,
    client_id: String,
    has_secret: bool,
}

impl Told {
    fn of(login: Option<OauthLogin>) -> Self {
        let Some(OauthLogin { settings, has_secret, .. }) = login else { return Self::default() };
        let told = Self { client_id: settings.client_id, has_secret, ..Self::default() };
        match settings.provider {
            OauthProvider::Microsoft { tenant } => Self { provider: "Microsoft 365", tenant, ..told },
            OauthProvider::Google => Self { provider: "Google", ..told },
            OauthProvider::Other(OauthEndpoints { authorize_url, token_url, scope, .. }) => {
                Self { authorize_url, token_url, scope, ..told }
            }
        }
    }
}

/// The code becomes tokens; a no of the provider is a fault like others.
async fn fetch(ctx: &Ctx, login: &OpenLogin, answered: &Answered, back: OauthReturn) -> Result<Tokens, TokenFault> {
    if back.code.is_empty() {
        let kind = if back.error == "access_denied" { OauthFaultKind::Denied } else { OauthFaultKind::Application };
        return Err(TokenFault::said(kind, &format!("{}: {}", back.error, back.error_description)));
    }
    let (code, verifier) = (SecretString::from(back.code), SecretString::from(answered.verifier.as_str()));
    let grant = Grant::Code { code: &code, verifier: &verifier, redirect_uri: &redirect_uri(&ctx.engine) };
    let tokens = client(&ctx.engine, login).ask(&grant).await?;
    match tokens.refresh {
        Some(_) => Ok(tokens),
        None => Err(TokenFault::new(OauthFaultKind::NotRenewable, "the provider gave no refresh token")),
    }
}

/// Keeps the tokens; an account that stopped itself sends again.
async fn sign_in(ctx: &Ctx, login: &OpenLogin, answered: &Answered, tokens: &Tokens) -> Result<(), Error> {
    let (account, used_for) = (answered.account, answered.used_for);
    let mut tx = ctx.engine.store.write().await?;
    if !keep(ctx, &mut tx, login, tokens).await? {
        return Err(Refusal::Stale(Noun::Account).into());
    }
    store::oauth_logins::note_signed_in(&mut tx, login.id, tokens.who.as_deref().unwrap_or_default(), ctx.now()).await?;
    ctx.log(&mut tx, Deed::Oauth(account, used_for, OauthDeed::SignedIn)).await?;
    revive(ctx, &mut tx, account, used_for).await?;
    tx.commit().await?;
    changed(ctx, account);
    Ok(())
}

/// Whoever changed how an account signs in that is in trouble wants it tried again.
async fn revive(ctx: &Ctx, tx: &mut Tx, account: AccountId, used_for: OauthUse) -> Result<(), Error> {
    match used_for {
        OauthUse::Mailbox => store::bounce_mailboxes::read_soon(tx, account).await?,
        OauthUse::Relay => {
            // Already now, so that nobody who was refused under the old login stops the account between the commit and its end.
            ctx.engine.connections.forget(account);
            let stands = store::accounts::for_sending(tx, account).await?;
            if matches!(stands.state, AccountState::Trouble { .. }) {
                store::accounts::set_state(tx, account, &AccountState::Active).await?;
                ctx.log(tx, Deed::AccountResumed(account)).await?;
            }
        }
    }
    Ok(())
}

/// Keeps tokens with the moments that follow from how long they are good; tells whether the login was still the same.
async fn keep(ctx: &Ctx, tx: &mut Tx, login: &OpenLogin, tokens: &Tokens) -> Result<bool, Error> {
    let good_for = i64::from(tokens.good_for_s) * 1_000;
    let kept = KeptTokens {
        access: tokens.access.expose_secret(),
        refresh: tokens.refresh.as_ref().map(ExposeSecret::expose_secret),
        renew_at: ctx.now().plus(good_for - tokens::EARLY.min(good_for / 4)),
        valid_until: ctx.now().plus(good_for),
    };
    Ok(store::oauth_logins::keep(&ctx.engine.store, tx, login.id, login.version, &kept).await?)
}

/// What was learned under the old login counts no more.
fn changed(ctx: &Ctx, account: AccountId) {
    ctx.engine.forget_connection(account);
    ctx.engine.bell.ring();
    ctx.engine.bounce_bell.notify_one();
    ctx.tell(Change::Accounts);
}

async fn open(ctx: &Ctx, connection: &mut Connection, account: AccountId, used_for: OauthUse) -> Result<OpenLogin, Error> {
    let login = store::oauth_logins::open(&ctx.engine.store, connection, account, used_for).await?;
    Ok(login.ok_or(Refusal::Stale(Noun::Account))?)
}

/// The name that is signed in with, which also is who should agree.
async fn user_name(connection: &mut Connection, account: AccountId, used_for: OauthUse) -> Result<String, Error> {
    let found = store::accounts::for_sending(connection, account).await?;
    let Transport::Smtp(smtp) = found.transport else { return Err(Refusal::BuiltIn(Noun::Account).into()) };
    let name = match used_for {
        OauthUse::Relay => smtp.user_name,
        OauthUse::Mailbox => {
            let mailbox = store::bounce_mailboxes::of_account(connection, account).await?;
            mailbox.map(|it| it.settings.user_name).unwrap_or_default()
        }
    };
    Ok(if name.is_empty() { found.sender_address } else { name })
}

/// Where providers send people back to.
fn redirect_uri(engine: &Engine) -> String {
    format!("{}/oauth/callback", engine.public_url)
}

fn client(engine: &Engine, login: &OpenLogin) -> OauthClient {
    let settings = &login.login.settings;
    OauthClient {
        token_url: settings.token_url(),
        client_id: settings.client_id.trim().to_owned(),
        client_secret: login.client_secret.clone().map(SecretString::from),
        auth: settings.client_auth(),
        way: HttpWay { trust: engine.trust.clone(), limits: HttpLimits::default(), ..HttpWay::default() },
    }
}
