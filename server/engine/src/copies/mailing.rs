//! Sending copies to an address, each as a mail of its own, after the relay has taken the original.
//!
//! That a copy may come through is committed before its last byte leaves. One of which that is known and nothing more, as after a crash, is
//! given up with that reason: nobody can ask the address whether it is there, and none arrives twice unless a person wants that.

use model::time::minutes;
use model::{AccountId, EmailAddress, Moment};
use store::copies::Copy;

use super::putting::AGAIN;
use crate::worker::{CopyEnd, CopyLine};
use crate::{Engine, Error};

/// How long copies wait while their account does not send, in milliseconds.
const HELD: i64 = minutes(1);
/// How many copies leave before other accounts have their turn, and what was changed meanwhile is heeded.
const VISIT: usize = 50;
/// Why a copy is given up that was handed over and not answered.
const UNANSWERED: &str = "it was handed over and no answer came; it may have arrived";

/// Sends the copies of an account that are due; `put` counts them. Tells the words of a relay that cannot be used.
pub(super) async fn of_account(
    engine: &Engine,
    account: AccountId,
    address: &str,
    put: &mut u32,
) -> Result<Option<String>, Error> {
    let now = || engine.clock().now();
    let Ok(to) = EmailAddress::parse(address) else { return Ok(None) };
    let Some(mut line) = CopyLine::begin(engine, account, to).await? else {
        rest_until(engine, account, now().plus(HELD)).await?;
        return Ok(None);
    };
    for _ in 0..VISIT {
        let mut reader = engine.store.read().await?;
        let copy = store::copies::due(&mut reader, account, now(), 1).await?.pop();
        drop(reader);
        let Some(copy) = copy else { break };
        if copy.begun {
            refuse(engine, &copy, UNANSWERED, None).await?;
            continue;
        }
        match line.carry(&copy).await? {
            CopyEnd::Sent => {
                let mut tx = engine.store.write().await?;
                store::copies::end(&mut tx, account, &[copy.message], now()).await?;
                tx.commit().await?;
                *put += 1;
            }
            CopyEnd::Later(words) => {
                let again_at = AGAIN.get(copy.tries as usize).map(|it| now().plus(*it));
                refuse(engine, &copy, &words, again_at).await?;
            }
            CopyEnd::Never(words) => refuse(engine, &copy, &words, None).await?,
            CopyEnd::Gone => {
                rest_until(engine, account, now().plus(HELD)).await?;
                break;
            }
            CopyEnd::Waits(at) => {
                rest_until(engine, account, at).await?;
                break;
            }
            CopyEnd::Trouble(words) => {
                let mut tx = engine.store.write().await?;
                store::copies::take_back(&mut tx, copy.message).await?;
                tx.commit().await?;
                line.end();
                return Ok(Some(words));
            }
        }
    }
    line.end();
    Ok(None)
}

/// The relay does not want this one: it is offered again then, or given up.
async fn refuse(engine: &Engine, copy: &Copy, words: &str, again_at: Option<Moment>) -> Result<(), Error> {
    let mut tx = engine.store.write().await?;
    store::copies::refuse(&mut tx, copy.message, words, again_at, false).await?;
    Ok(tx.commit().await?)
}

/// Leaves the copies of an account alone until then.
async fn rest_until(engine: &Engine, account: AccountId, at: Moment) -> Result<(), Error> {
    let mut tx = engine.store.write().await?;
    store::copies::rest(&mut tx, account, at).await?;
    Ok(tx.commit().await?)
}
