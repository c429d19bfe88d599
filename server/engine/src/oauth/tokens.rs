//! The token that a relay or a mailbox is shown: the one at hand, or a new one. For each login one at a time asks the provider; the others
//! wait and use what it got.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use delivery::oauth::{Grant, TokenFault};
use model::time::minutes;
use model::{AccountId, Change, OauthFault, OauthFaultKind, OauthState, OauthUse};
use secrecy::{ExposeSecret, SecretString};
use store::oauth_logins::OpenLogin;

use crate::{Ctx, Engine, Error};

/// So long before it runs out a token is renewed, in milliseconds; a short-lived one after three quarters of its time.
pub(super) const EARLY: i64 = minutes(5);
/// Pauses after the provider could not be asked for the first, second, … time in a row, in milliseconds; the last one repeats.
const PAUSES: [i64; 4] = [minutes(1), minutes(5), minutes(15), minutes(30)];

/// How often a login is looked at that is changed all the time.
const LOOKS: u32 = 3;

/// One token, or why there is none.
pub(super) type Given = Result<SecretString, TokenFault>;

type Turn = Arc<tokio::sync::Mutex<()>>;

/// Who is renewing.
#[derive(Default)]
pub(crate) struct Renewing(Mutex<HashMap<(AccountId, OauthUse), Turn>>);

impl Renewing {
    fn turn(&self, account: AccountId, used_for: OauthUse) -> Turn {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry((account, used_for)).or_default().clone()
    }
}

/// A token for a login. One that was `refused` is not given again.
///
/// # Errors
/// Fails when the database fails.
pub(super) async fn token(
    engine: &Engine,
    account: AccountId,
    used_for: OauthUse,
    refused: Option<SecretString>,
) -> Result<Given, Error> {
    let engine = engine.clone();
    // Beside whoever asks: they may give up in the middle, but a refresh token that was used up must not get lost.
    tokio::spawn(async move { alone(&engine, account, used_for, refused).await }).await?
}

async fn alone(engine: &Engine, account: AccountId, used_for: OauthUse, refused: Option<SecretString>) -> Result<Given, Error> {
    let turn = engine.renewing.turn(account, used_for);
    let _alone = turn.lock().await;
    for _ in 0..LOOKS {
        if let Some(given) = look(engine, account, used_for, refused.as_ref()).await? {
            return Ok(given);
        }
    }
    Ok(Err(TokenFault::new(OauthFaultKind::Unreachable, "the login is being changed")))
}

/// The token at hand or a new one; nothing when somebody changed the login meanwhile, as by signing in.
async fn look(
    engine: &Engine,
    account: AccountId,
    used_for: OauthUse,
    refused: Option<&SecretString>,
) -> Result<Option<Given>, Error> {
    let mut reader = engine.store.read().await?;
    let login = store::oauth_logins::open(&engine.store, &mut reader, account, used_for).await?;
    drop(reader);
    let Some(login) = login else { return Ok(Some(Err(signed_out()))) };
    let now = engine.clock().now();
    let good = login.access_token.clone().filter(|it| refused.is_none_or(|refused| refused.expose_secret() != it));
    let lasts = login.login.valid_until.is_some_and(|it| now < it);
    match (good.filter(|_| lasts), &login.refresh_token) {
        (Some(token), _) if now < login.renew_at || now < login.ask_at && login.login.state == OauthState::SignedIn => {
            Ok(Some(Ok(SecretString::from(token))))
        }
        (good, Some(refresh)) if login.ask_at <= now => renew(engine, account, &login, refresh, good).await,
        _ => Ok(Some(Err(last_fault(&login)))),
    }
}

/// Asks the provider, and keeps what it says before anybody uses it. While the old token still lasts, a provider that cannot be asked
/// harms nobody. Nothing when somebody changed the login meanwhile: then the answer is worth nothing.
async fn renew(
    engine: &Engine,
    account: AccountId,
    login: &OpenLogin,
    refresh: &str,
    good: Option<String>,
) -> Result<Option<Given>, Error> {
    let refresh = SecretString::from(refresh);
    let answer = super::client(engine, login).ask(&Grant::Refresh(&refresh)).await;
    let ctx = Ctx::system(engine);
    let mut tx = engine.store.write().await?;
    let given = match answer {
        Ok(tokens) => match super::keep(&ctx, &mut tx, login, &tokens).await? {
            true => Ok(tokens.access),
            false => return Ok(None),
        },
        Err(fault) => {
            let at = ctx.now();
            let pause = PAUSES[(login.failures as usize).min(PAUSES.len() - 1)];
            let ask_at = (!fault.needs_a_person()).then(|| at.plus(pause));
            let noted = OauthFault { kind: fault.kind, words: fault.words.clone(), at };
            if !store::oauth_logins::note_not_renewed(&mut tx, login.id, login.version, &noted, ask_at).await? {
                return Ok(None);
            }
            tracing::warn!(%account, kind = ?fault.kind, "a token could not be renewed");
            match good {
                Some(token) if !fault.needs_a_person() => Ok(SecretString::from(token)),
                _ => Err(fault),
            }
        }
    };
    tx.commit().await?;
    engine.tell(Change::Accounts);
    Ok(Some(given))
}

fn signed_out() -> TokenFault {
    TokenFault::new(OauthFaultKind::ConsentEnded, "nobody is signed in at the provider")
}

/// Why nobody asks the provider now. What a person met there meanwhile, as by pressing *Cancel*, says nothing about the login that is kept.
fn last_fault(login: &OpenLogin) -> TokenFault {
    let fault = login.login.fault.as_ref();
    match login.login.state {
        OauthState::SignedIn => {
            let words = fault.filter(|it| it.kind == OauthFaultKind::Unreachable).map(|it| it.words.as_str());
            TokenFault::new(OauthFaultKind::Unreachable, words.unwrap_or("the provider could not be asked lately"))
        }
        OauthState::Ended => fault.map_or_else(signed_out, |it| TokenFault { kind: it.kind, words: it.words.clone() }),
        OauthState::SignedOut => signed_out(),
    }
}
