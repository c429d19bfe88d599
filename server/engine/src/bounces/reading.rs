//! Reading the mailboxes, each mail once.

use std::time::Duration;

use delivery::bounce::{self, Returned};
use delivery::mailbox::{Listed, MailKey, MailServer};
use model::time::minutes;
use model::{AccountId, AfterReading, BounceMailbox, Change, Moment};
use store::bounce_mailboxes::ReadTo;
use tokio::sync::watch;

use super::settle::{self, Settled};
use crate::mailboxes::Stopped;
use crate::{Engine, Error};

/// How long it waits until it looks again, in milliseconds.
const PAUSE: i64 = minutes(5);
/// How long it waits after trouble, in milliseconds.
const REST: i64 = minutes(15);
/// How many mails of one mailbox are read in one turn.
const MOST: usize = 500;

/// What a turn did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// How many mails were read.
    pub read: u32,
    /// When the next mailbox is due, if there is one.
    pub next_due: Option<Moment>,
}

/// Reads the mailboxes that are due.
///
/// # Errors
/// Fails when the database fails; a mail that was not settled is read again.
pub async fn turn(engine: &Engine) -> Result<Turn, Error> {
    let mut read = 0;
    let mut reader = engine.store.read().await?;
    let (due, _) = store::bounce_mailboxes::due(&mut reader, engine.clock().now()).await?;
    drop(reader);
    for account in due {
        let mut reader = engine.store.read().await?;
        let mailbox = store::bounce_mailboxes::of_account(&mut reader, account).await?;
        drop(reader);
        let Some(mailbox) = mailbox else { continue };
        let (pause, trouble) = match read_mailbox(engine, &mailbox, &mut read).await {
            Ok(()) => (PAUSE, String::new()),
            Err(Stopped::Mailbox(trouble)) => (REST, trouble.words),
            Err(Stopped::Engine(error)) => return Err(error),
        };
        let now = engine.clock().now();
        let mut tx = engine.store.write().await?;
        store::bounce_mailboxes::note_reading(&mut tx, account, now, now.plus(pause), &trouble).await?;
        tx.commit().await?;
        engine.tell(Change::Accounts);
    }
    let mut reader = engine.store.read().await?;
    let (_, next_due) = store::bounce_mailboxes::due(&mut reader, engine.clock().now()).await?;
    Ok(Turn { read, next_due })
}

/// Reads until `stop` becomes true.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let pause = match turn(&engine).await {
            Ok(Turn { next_due: Some(at), .. }) => at.since(engine.clock().now()).clamp(0, PAUSE),
            Ok(Turn { next_due: None, .. }) => PAUSE,
            Err(error) => {
                tracing::error!(%error, "bounce mailboxes could not be read");
                PAUSE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(pause as u64)) => {}
            () = engine.bounce_bell.notified() => {}
            _ = stop.changed() => {}
        }
    }
}

async fn read_mailbox(engine: &Engine, mailbox: &BounceMailbox, read: &mut u32) -> Result<(), Stopped> {
    let mut reader = engine.store.read().await?;
    let settings = &mailbox.settings;
    let credentials = super::secret(engine, &mut reader, mailbox.account, settings).await?;
    let place = store::bounce_mailboxes::read_to(&mut reader, mailbox.account).await?;
    let known = store::bounce_mailboxes::known(&mut reader, mailbox.account).await?;
    drop(reader);
    let server = MailServer { credentials, ..super::server(engine, settings, None) };
    let mut open = crate::oauth::mailbox(engine, mailbox.account, server, settings.protocol, &settings.folder).await??;
    let validity = open.validity();
    // Numbers given out under another validity say nothing; what was read already is recognised by itself.
    let after = if place.validity == validity { place.uid } else { 0 };
    let listed = open.list(after).await?;
    let there: Vec<String> = listed.iter().filter_map(uidl).map(str::to_owned).collect();
    for it in listed.iter().filter(|it| uidl(it).is_none_or(|it| !known.contains(it))).take(MOST) {
        let settled = match open.fetch(it).await? {
            Some(mail) => one(engine, mailbox, it, validity, &mail).await?,
            None => Settled::Report,
        };
        *read += 1;
        match settled {
            Settled::NotYet => break,
            // What a person wrote is left for a person, as it is.
            Settled::Foreign => {}
            Settled::Report => open.finish(it, settings.after_reading, &settings.archive).await?,
        }
    }
    open.close().await?;
    let mut tx = engine.store.write().await?;
    store::bounce_mailboxes::forget_gone(&mut tx, mailbox.account, &there).await?;
    tx.commit().await?;
    Ok(())
}

/// Settles one mail, and in the same transaction notes that it was read.
async fn one(engine: &Engine, mailbox: &BounceMailbox, it: &Listed, validity: u32, mail: &[u8]) -> Result<Settled, Error> {
    let mut tx = engine.store.write().await?;
    let settled = match bounce::read(mail) {
        Returned::Report(report) => settle::report(engine, &mut tx, mailbox, mail, &report).await?,
        Returned::Automatic => Settled::Report,
        Returned::Other => Settled::Foreign,
    };
    if settled != Settled::NotYet {
        note(&mut tx, mailbox.account, it, validity, settled, mailbox.settings.after_reading).await?;
        tx.commit().await?;
        engine.tell(Change::Messages);
        engine.tell(Change::Suppressions);
    }
    Ok(settled)
}

async fn note(
    tx: &mut store::Tx,
    account: AccountId,
    it: &Listed,
    validity: u32,
    settled: Settled,
    after: AfterReading,
) -> Result<(), Error> {
    match &it.key {
        MailKey::Uid(uid) => store::bounce_mailboxes::set_read_to(tx, account, ReadTo { validity, uid: *uid }).await?,
        // What is to be deleted is not noted: if the server forgets it, it comes again and is recognised.
        MailKey::Uidl(_) if settled == Settled::Report && after == AfterReading::Delete => {}
        MailKey::Uidl(uidl) => store::bounce_mailboxes::know(tx, account, uidl).await?,
    }
    Ok(())
}

fn uidl(it: &Listed) -> Option<&str> {
    match &it.key {
        MailKey::Uidl(uidl) => Some(uidl),
        MailKey::Uid(_) => None,
    }
}
