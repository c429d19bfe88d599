//! Putting copies away, each once.
//!
//! Before the first of a batch leaves, it is noted that they may come through. After a crash or a broken connection the folder is asked by
//! the Message-ID before any of them is offered again, so that nobody finds a mail there twice.

use std::time::Duration;

use delivery::mailbox::CopyFolder;
use model::time::{hours, minutes, seconds};
use model::{AccountId, Change, CopyWay, MessageId, Moment};
use store::copies::Copy;
use tokio::sync::watch;

use super::{mailing, server};
use crate::mailboxes::Stopped;
use crate::{Engine, Error};

/// The longest pause between two looks, in milliseconds.
const PAUSE: i64 = minutes(5);
/// How long copies gather after the first of them, so that a connection is worth making, in milliseconds.
const GATHER: i64 = seconds(10);
/// How many copies are noted and put away together.
const BATCH: u32 = 50;
/// Pauses after a mailbox could not be used the first, second, … time in a row; the last one repeats.
const RESTS: [i64; 4] = [minutes(1), minutes(5), minutes(15), hours(1)];
/// Pauses after the server refused a copy the first, second, … time; after the last one it is given up.
pub(super) const AGAIN: [i64; 5] = [minutes(5), minutes(30), hours(2), hours(8), hours(24)];

/// What a turn did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// How many copies were put away.
    pub put: u32,
    /// When the next one is due, if any waits.
    pub next_due: Option<Moment>,
}

/// Puts away the copies that are due; none while a person has to decide about a copy of the database that was put back.
///
/// # Errors
/// Fails when the database fails; what was not noted as put away is looked for in the folder next time.
pub async fn turn(engine: &Engine) -> Result<Turn, Error> {
    let mut put = 0;
    let mut reader = engine.store.read().await?;
    if store::put_back::is_undecided(&mut reader).await? {
        return Ok(Turn { put, next_due: None });
    }
    let (due, _) = store::copies::due_accounts(&mut reader, engine.clock().now()).await?;
    drop(reader);
    for account in due {
        match of_account(engine, account, &mut put).await {
            Ok(()) => {}
            Err(Stopped::Mailbox(trouble)) => rest(engine, account, &trouble.words).await?,
            // What cannot be read of one account keeps nobody else's copies.
            Err(Stopped::Engine(error)) => {
                tracing::error!(%error, %account, "copies of an account could not be put away");
                rest(engine, account, "").await?;
            }
        }
        engine.tell(Change::Accounts);
    }
    let mut reader = engine.store.read().await?;
    let (due, next) = store::copies::due_accounts(&mut reader, engine.clock().now()).await?;
    Ok(Turn { put, next_due: if due.is_empty() { next } else { Some(engine.clock().now()) } })
}

/// Puts copies away until `stop` becomes true.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let pause = match turn(&engine).await {
            Ok(Turn { next_due, .. }) => next_due.map_or(PAUSE, |at| at.since(engine.clock().now()).clamp(0, PAUSE)),
            Err(error) => {
                tracing::error!(%error, "copies could not be put away");
                PAUSE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(pause as u64)) => {}
            () = gathered(&engine) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Comes back some time after copies were queued.
async fn gathered(engine: &Engine) {
    engine.copy_bell.notified().await;
    tokio::time::sleep(Duration::from_millis(GATHER as u64)).await;
}

async fn of_account(engine: &Engine, account: AccountId, put: &mut u32) -> Result<(), Stopped> {
    let mut reader = engine.store.read().await?;
    let Some(mailbox) = store::copies::of_account(&mut reader, account).await? else { return Ok(()) };
    let password = store::copies::password(&engine.store, &mut reader, account).await?;
    drop(reader);
    let settings = &mailbox.settings;
    if settings.way == CopyWay::Address {
        if let Some(words) = mailing::of_account(engine, account, &settings.copy_to, put).await? {
            rest(engine, account, &words).await?;
        }
        return Ok(());
    }
    let mut folder = CopyFolder::open(&server(engine, settings, password), &settings.folder).await?;
    loop {
        let mut reader = engine.store.read().await?;
        let batch = store::copies::due(&mut reader, account, engine.clock().now(), BATCH).await?;
        drop(reader);
        if batch.is_empty() {
            break;
        }
        let ids: Vec<MessageId> = batch.iter().map(|it| it.message).collect();
        let mut tx = engine.store.write().await?;
        store::copies::begin(&mut tx, &ids).await?;
        tx.commit().await?;
        let mut there = Vec::new();
        let ended = of_batch(engine, &mut folder, &batch, &mut there).await;
        *put += there.len() as u32;
        if !there.is_empty() {
            let mut tx = engine.store.write().await?;
            store::copies::end(&mut tx, account, &there, engine.clock().now()).await?;
            tx.commit().await?;
        }
        ended?;
    }
    folder.close().await?;
    Ok(())
}

/// Puts a batch away; `there` takes in which are.
async fn of_batch(engine: &Engine, folder: &mut CopyFolder, batch: &[Copy], there: &mut Vec<MessageId>) -> Result<(), Stopped> {
    for copy in batch {
        if copy.begun && folder.holds(&copy.header_id).await? {
            there.push(copy.message);
            continue;
        }
        let said = match crate::worker::build_mail(engine, copy.message).await? {
            Ok((_, mail)) => match folder.put(&mail, copy.sent_at.0).await {
                Ok(said) => said,
                Err(trouble) => {
                    // It may be this mail that the server cannot take: others go first the next time.
                    refuse(engine, copy, &trouble.words, Came::Perhaps).await?;
                    return Err(trouble.into());
                }
            },
            Err(fault) => Err(fault),
        };
        match said {
            Ok(()) => there.push(copy.message),
            Err(words) => refuse(engine, copy, &words, Came::Never).await?,
        }
    }
    Ok(())
}

/// Whether a copy that was offered came through.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Came {
    /// The server said no.
    Never,
    /// Nobody knows; the folder is asked before it is offered again.
    Perhaps,
}

/// The server does not want this one, or broke off in it: others may go on, and it is offered again until it is given up.
async fn refuse(engine: &Engine, copy: &Copy, words: &str, came: Came) -> Result<(), Error> {
    let again_at = AGAIN.get(copy.tries as usize).map(|it| engine.clock().now().plus(*it));
    let mut tx = engine.store.write().await?;
    store::copies::refuse(&mut tx, copy.message, words, again_at, came == Came::Perhaps).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets a mailbox rest, the longer the more often in a row it could not be used; `words` say why.
async fn rest(engine: &Engine, account: AccountId, words: &str) -> Result<(), Error> {
    let mut tx = engine.store.write().await?;
    let times = store::copies::note_trouble(&mut tx, account, words).await?;
    let pause = RESTS[(times as usize).saturating_sub(1).min(RESTS.len() - 1)];
    store::copies::rest(&mut tx, account, engine.clock().now().plus(pause)).await?;
    tx.commit().await?;
    Ok(())
}
