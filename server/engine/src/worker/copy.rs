//! Hidden copies of sent mails: each a mail of its own to one address, over the relay of its account and under its limits.
//!
//! A copy is no delivery: it has no part in what becomes of the message, and what the relay says to it is not held against its account.

use std::sync::atomic::{AtomicBool, Ordering};

use delivery::{Connection, Content, Envelope, Outcome, Relay, Verdict};
use model::{Account, AccountId, AccountState, EmailAddress, Moment};
use store::copies::Copy;

use super::shift::{self, Way};
use super::{letter, throttle};
use crate::{Engine, Error};

/// How often a copy is offered again at once because the warm connection had gone stale.
const AT_ONCE: u32 = 3;

/// What became of a copy.
pub(crate) enum CopyEnd {
    /// The relay took it.
    Sent,
    /// The limits of the account let it leave then.
    Waits(Moment),
    /// The relay wants it later; its words.
    Later(String),
    /// It does not leave by itself any more; why.
    Never(String),
    /// The relay cannot be used, or wants less; its words. The copy did not come through.
    Trouble(String),
    /// Nobody wants it any more there, or the account may not send or was set anew.
    Gone,
}

/// A line to the relay of an account, over which copies go one after the other.
pub(crate) struct CopyLine<'a> {
    engine: &'a Engine,
    account: Account,
    relay: Box<Relay>,
    to: EmailAddress,
    /// Which settings of the account it was begun with.
    version: u64,
    link: Option<Connection>,
}

impl<'a> CopyLine<'a> {
    /// A line to an address; nothing while the account does not send.
    ///
    /// # Errors
    /// Fails when the database fails.
    pub(crate) async fn begin(engine: &'a Engine, id: AccountId, to: EmailAddress) -> Result<Option<Self>, Error> {
        let version = engine.connections.version(id);
        let mut reader = engine.store.read().await?;
        let account = store::accounts::for_sending(&mut reader, id).await?;
        let is_held = store::sending::is_paused(&mut reader).await?;
        let rests = engine.clock().now() < engine.backoff.until(id);
        if is_held || rests || account.state != AccountState::Active {
            return Ok(None);
        }
        let Way::Relay(relay) = shift::way(engine, &mut reader, &account).await? else { return Ok(None) };
        drop(reader);
        throttle::load(engine, &account).await?;
        Ok(Some(Self { engine, link: engine.connections.take(id), account, relay, to, version }))
    }

    /// Sends a copy; that it may come through is committed before its last byte leaves.
    ///
    /// # Errors
    /// Fails when the database fails; then it has not left.
    pub(crate) async fn carry(&mut self, copy: &Copy) -> Result<CopyEnd, Error> {
        let (engine, id) = (self.engine, self.account.id);
        let mail = match letter::build_copy(engine, copy.message).await? {
            Ok(mail) => mail,
            Err(fault) => return Ok(CopyEnd::Never(fault)),
        };
        let content = match Content::new(&mail) {
            Ok(content) => content,
            Err(fault) => return Ok(CopyEnd::Never(fault.to_string())),
        };
        if let Err(at) = engine.throttle.admit_copy(id, self.to.domain(), engine.clock().now()) {
            return Ok(CopyEnd::Waits(at));
        }
        let handed = AtomicBool::new(false);
        let outcome = self.offer(&content, copy, &handed).await;
        if !handed.load(Ordering::Relaxed) {
            engine.throttle.copy_released(id, self.to.domain());
        }
        match outcome {
            Ok(outcome) => Ok(end(&outcome)),
            Err(None) => Ok(CopyEnd::Gone),
            Err(Some(error)) => Err(error),
        }
    }

    /// Offers a mail to the relay; without an outcome and an error the copy is not wanted any more.
    async fn offer(&mut self, content: &Content<'_>, copy: &Copy, handed: &AtomicBool) -> Result<Outcome, Option<Error>> {
        let (engine, id) = (self.engine, self.account.id);
        // What was set anew meanwhile holds from the next line on.
        if engine.connections.version(id) != self.version {
            return Err(None);
        }
        let sender = EmailAddress::parse(&self.account.sender_address).ok();
        let envelope = Envelope { sender, recipient: self.to.clone(), id: None };
        let mut tries = 0;
        loop {
            tries += 1;
            let mut link = match self.link.take() {
                Some(link) => link,
                None => match crate::oauth::connect(engine, id, &self.relay).await.map_err(Some)? {
                    Ok(link) => link,
                    Err(trouble) => return Ok(Outcome::NotSent { trouble }),
                },
            };
            let hand = async || {
                hand(engine, id, &self.to, copy).await?;
                handed.store(true, Ordering::Relaxed);
                Ok::<(), Option<Error>>(())
            };
            let outcome = link.transmit(&envelope, content, hand).await?;
            if link.is_reusable() && link.n_messages() < self.account.pace.messages_per_connection {
                self.link = Some(link);
            }
            if outcome.verdict() != Verdict::AtOnce || tries == AT_ONCE {
                return Ok(outcome);
            }
        }
    }

    /// Keeps the connection for whoever sends next.
    pub(crate) fn end(mut self) {
        if let Some(link) = self.link.take() {
            self.engine.connections.keep(self.account.id, self.version, link, self.engine.clock().now());
        }
    }
}

/// Commits that the copy may leave now; without an error it may not.
async fn hand(engine: &Engine, id: AccountId, to: &EmailAddress, copy: &Copy) -> Result<(), Option<Error>> {
    let now = engine.clock().now();
    let mut tx = engine.store.write().await.map_err(|error| Some(error.into()))?;
    let may = store::copies::hand(&mut tx, id, copy.message, to, now).await.map_err(|error| Some(error.into()))?;
    if !may {
        return Err(None);
    }
    tx.commit().await.map_err(|error| Some(error.into()))?;
    engine.throttle.copy_handed(id, to.domain(), now);
    Ok(())
}

/// What the relay's answer or the trouble means for a copy.
fn end(outcome: &Outcome) -> CopyEnd {
    let words = match (outcome.reply(), outcome) {
        (Some(reply), _) => reply.to_string(),
        (None, Outcome::NotSent { trouble }) => trouble.to_string(),
        (None, Outcome::Unknown { evidence }) => evidence.trouble.to_string(),
        (None, _) => String::new(),
    };
    match outcome.verdict() {
        Verdict::Accepted => CopyEnd::Sent,
        Verdict::MessageLater | Verdict::AtOnce => CopyEnd::Later(words),
        // Whether it came through nobody knows; it is not sent again by itself.
        Verdict::Unknown | Verdict::MessageNever | Verdict::AddressBad => CopyEnd::Never(words),
        Verdict::AccountSlower | Verdict::AccountUnreachable | Verdict::AccountStopped => CopyEnd::Trouble(words),
    }
}
