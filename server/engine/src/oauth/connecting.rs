//! Connections that are signed in by a token. A token that is refused although it should be good is renewed once, and a fresh connection
//! tried.

use delivery::mailbox::{MailServer, Mailbox, MailboxTrouble};
use delivery::smtp::probe as probe_relay;
use delivery::{Connection, Credentials, Relay, Trouble, TroubleKind};
use model::{
    Account, AccountId, EmailAddress, MailboxProtocol, MailboxStage, OauthUse, ProbeHint, ProbeStage, ProbeStep, SmtpSettings,
};
use secrecy::SecretString;

use super::tokens::token;
use crate::{Engine, Error};

/// Who signs in by a token that is fetched when a connection is made; nothing when the account signs in with its password.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn with_token(
    connection: &mut store::Connection,
    account: AccountId,
    used_for: OauthUse,
    user: &str,
) -> Result<Option<Credentials>, Error> {
    let is_used = store::oauth_logins::is_used(connection, account, used_for).await?;
    Ok(is_used.then(|| Credentials::Token { user: user.to_owned(), token: SecretString::default() }))
}

/// Opens a connection to a relay.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn connect(engine: &Engine, account: AccountId, relay: &Relay) -> Result<Result<Connection, Trouble>, Error> {
    let Some(Credentials::Token { user, .. }) = &relay.credentials else { return Ok(Connection::open(relay).await) };
    let mut refused = None;
    loop {
        let token = match token(engine, account, OauthUse::Relay, refused.clone()).await? {
            Ok(token) => token,
            Err(fault) => return Ok(Err(fault.trouble())),
        };
        let credentials = Some(Credentials::Token { user: user.clone(), token: token.clone() });
        match Connection::open(&Relay { credentials, ..relay.clone() }).await {
            Err(trouble) if trouble.kind == TroubleKind::TokenRefused && refused.is_none() => refused = Some(token),
            opened => return Ok(opened),
        }
    }
}

/// Tries a relay's settings without sending a message.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn probe(
    engine: &Engine,
    account: Option<AccountId>,
    relay: &Relay,
    sender: &EmailAddress,
) -> Result<Vec<ProbeStep>, Error> {
    let (Some(account), Some(Credentials::Token { user, .. })) = (account, &relay.credentials) else {
        return Ok(probe_relay(relay, sender).await);
    };
    let mut refused = None;
    loop {
        let token = match token(engine, account, OauthUse::Relay, refused.clone()).await? {
            Ok(token) => token,
            Err(fault) => {
                let hint = if fault.needs_a_person() { ProbeHint::TokenRefused } else { ProbeHint::LoginNotNow };
                return Ok(vec![ProbeStep { stage: ProbeStage::Login, passed: false, hint: Some(hint), answer: fault.words }]);
            }
        };
        let credentials = Some(Credentials::Token { user: user.clone(), token: token.clone() });
        let steps = probe_relay(&Relay { credentials, ..relay.clone() }, sender).await;
        let is_refused = steps.last().is_some_and(|it| it.hint == Some(ProbeHint::TokenRefused));
        if !is_refused || refused.is_some() {
            return Ok(steps);
        }
        refused = Some(token);
    }
}

/// Opens the bounce mailbox of an account.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn mailbox(
    engine: &Engine,
    account: AccountId,
    server: MailServer,
    protocol: MailboxProtocol,
    folder: &str,
) -> Result<Result<Mailbox, MailboxTrouble>, Error> {
    let Credentials::Token { user, .. } = &server.credentials else { return Ok(Mailbox::open(&server, protocol, folder).await) };
    let (user, mut server, mut refused) = (user.clone(), server, None);
    loop {
        let token = match token(engine, account, OauthUse::Mailbox, refused.clone()).await? {
            Ok(token) => token,
            Err(fault) => return Ok(Err(MailboxTrouble { stage: MailboxStage::Login, words: fault.words })),
        };
        server.credentials = Credentials::Token { user: user.clone(), token: token.clone() };
        match Mailbox::open(&server, protocol, folder).await {
            Err(trouble) if trouble.stage == MailboxStage::Login && refused.is_none() => refused = Some(token),
            opened => return Ok(opened),
        }
    }
}

/// The name that an account signs in to its relay with.
pub(crate) fn name_of<'a>(account: &'a Account, smtp: &'a SmtpSettings) -> &'a str {
    if smtp.user_name.is_empty() { &account.sender_address } else { &smtp.user_name }
}
