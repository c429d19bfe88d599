//! The engine: everything the use cases share.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use delivery::dns::Dns;
use delivery::smtp::Trust;
use model::{AccountId, Change, Trouble};
use search::{Index, Log, Things};
use store::{MasterKey, Store};
use tokio::sync::{Notify, broadcast, watch};

use crate::bounces::ReturnPaths;
use crate::dkim::Signers;
use crate::indexer::Tidying;
use crate::oauth::Renewing;
use crate::reactions::Counter;
use crate::session::Doorkeeper;
use crate::sms::Gateways;
use crate::templates::Presence;
use crate::worker::{Backoff, Bell, Connections, Throttle, Unwritten, Ways};
use crate::{Clock, Error};

/// What the engine is opened with.
pub struct Options {
    /// Folder of the data; it exists already.
    pub data: PathBuf,
    /// The master key of the vault.
    pub key: MasterKey,
    /// Address under which users reach the server, without a slash at the end. Links are made from it, never from a request.
    pub public_url: String,
    /// Name by which we greet relays (RFC 5321 §4.1.1.1).
    pub helo_name: String,
    /// Certificates in PEM that relays may be signed by besides those the system trusts, as a company's own authority.
    pub trusted_certificates: Option<String>,
    /// The clock.
    pub clock: Clock,
}

/// Whether the installation has its administrator yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The first run is still to come.
    Fresh,
    /// In use.
    Ready,
}

/// The engine. Cheap to clone.
#[derive(Clone)]
pub struct Engine(Arc<Parts>);

/// What an engine is made of.
pub struct Parts {
    pub(crate) store: Store,
    pub(crate) index: Index,
    /// Everything with a name beside messages; nothing where the folder is only looked at.
    things: Option<Things>,
    log: Option<Log>,
    /// Held while entries of the action log are taken in.
    pub(crate) log_turn: tokio::sync::Mutex<()>,
    /// What deeds are called, by the keys of their words.
    deed_words: OnceLock<Vec<(String, String)>>,
    pub(crate) public_url: String,
    pub(crate) helo_name: String,
    pub(crate) trust: Trust,
    pub(crate) doorkeeper: Doorkeeper,
    pub(crate) connections: Connections,
    pub(crate) backoff: Backoff,
    /// Who has which template open.
    pub(crate) presence: Presence,
    pub(crate) throttle: Throttle,
    /// Which accounts carry for others.
    pub(crate) ways: Ways,
    unwritten: Mutex<Unwritten>,
    /// How many deliveries were carried since the start, whatever their end.
    pub(crate) carried: AtomicU64,
    pub(crate) signers: Signers,
    pub(crate) return_paths: ReturnPaths,
    /// Rung when a bounce mailbox is to be read.
    pub(crate) bounce_bell: Notify,
    /// Rung when copies are to be put away.
    pub(crate) copy_bell: Notify,
    /// Who asks providers for tokens.
    pub(crate) renewing: Renewing,
    /// The gateways for text messages.
    pub(crate) gateways: Gateways,
    /// Rung when a gateway for text messages is to be asked.
    pub(crate) sms_bell: Notify,
    dns: OnceLock<Dns>,
    /// Rung when something may be due.
    pub(crate) bell: Bell,
    /// Rung when the full text has something to take in.
    pub(crate) index_bell: Notify,
    /// Whether words of what was destroyed still lie in an index.
    pub(crate) tidying: Tidying,
    /// Rung when an import waits.
    pub(crate) import_bell: Notify,
    /// Rung when something is to be done for a campaign.
    pub(crate) campaign_bell: Notify,
    /// Rung when an old archive waits.
    pub(crate) archive_bell: Notify,
    /// Rung when messages are to be walked through or the bin changed.
    pub(crate) retention_bell: Notify,
    /// What people do with the mails of campaigns, until it is written.
    pub(crate) counter: Counter,
    /// Rung when something was counted.
    pub(crate) reaction_bell: Notify,
    /// How many deliveries wait or move, as last counted.
    pub(crate) waiting: AtomicU64,
    clock: Clock,
    changes: broadcast::Sender<Change>,
}

impl Deref for Engine {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Engine {
    /// Opens the data folder.
    ///
    /// A missing, damaged or foreign search index is begun anew and filled from the database in the background. A database that is a copy made
    /// earlier and put back is noticed: nothing leaves until a person has decided ([`put_back`](crate::put_back)).
    ///
    /// # Errors
    /// Refuses a newer schema and a wrong key; fails when database or index cannot be opened.
    pub async fn open(options: Options) -> Result<Self, Error> {
        let trust = match &options.trusted_certificates {
            Some(pem) => Trust::system_and(pem)?,
            None => Trust::system(),
        };
        let store = Store::open(&options.data.join("posel.db"), &options.key).await?;
        let index = crate::indexer::open(&store, options.data.join("index")).await?;
        let things = crate::things::open(&store, options.data.join("things")).await?;
        let log = crate::audit::open_index(&store, options.data.join("index").join("log")).await?;
        let engine = Self::of(store, index, (Some(things), Some(log)), trust, options);
        crate::users::deliver_roles(&engine).await?;
        crate::templates::delivered::complete(&engine).await?;
        crate::bounces::remember(&engine).await?;
        crate::worker::recover(&engine).await?;
        crate::put_back::notice(&engine).await?;
        Ok(engine)
    }

    /// Opens the data folder for reading alone, also beside a server that runs. Whatever changes something fails.
    ///
    /// # Errors
    /// Refuses a wrong key; fails when there is no database or the search index cannot be read.
    pub async fn look(options: Options) -> Result<Self, Error> {
        let store = Store::look(&options.data.join("posel.db"), &options.key).await?;
        let (folder, key) = (options.data.join("index"), *store.vault().search_key());
        let index = tokio::task::spawn_blocking(move || Index::look(&folder, &key)).await??;
        Ok(Self::of(store, index, (None, None), Trust::system(), options))
    }

    fn of(store: Store, index: Index, (things, log): (Option<Things>, Option<Log>), trust: Trust, options: Options) -> Self {
        Self(Arc::new(Parts {
            store,
            index,
            things,
            log,
            log_turn: tokio::sync::Mutex::default(),
            deed_words: OnceLock::new(),
            public_url: options.public_url,
            helo_name: options.helo_name,
            trust,
            doorkeeper: Doorkeeper::default(),
            connections: Connections::default(),
            backoff: Backoff::default(),
            presence: Presence::default(),
            throttle: Throttle::default(),
            ways: Ways::default(),
            unwritten: Mutex::default(),
            carried: AtomicU64::new(0),
            signers: Signers::default(),
            return_paths: ReturnPaths::default(),
            bounce_bell: Notify::new(),
            copy_bell: Notify::new(),
            renewing: Renewing::default(),
            gateways: Gateways::default(),
            sms_bell: Notify::new(),
            dns: OnceLock::new(),
            bell: Bell::default(),
            index_bell: Notify::new(),
            tidying: Tidying::new(),
            import_bell: Notify::new(),
            campaign_bell: Notify::new(),
            counter: Counter::default(),
            reaction_bell: Notify::new(),
            archive_bell: Notify::new(),
            retention_bell: Notify::new(),
            waiting: AtomicU64::new(0),
            clock: options.clock,
            changes: broadcast::channel(64).0,
        }))
    }

    /// The index of everything with a name beside messages.
    pub(crate) fn things(&self) -> Result<&Things, Error> {
        self.things.as_ref().ok_or(Error::OnlyLooking)
    }

    /// What asks DNS; the name servers are looked up in the system's configuration when they are first needed.
    pub(crate) fn dns(&self) -> &Dns {
        self.dns.get_or_init(Dns::of_system)
    }

    /// Asks another DNS from now on, unless one was asked before.
    #[cfg(feature = "testbed")]
    pub fn ask_dns(&self, dns: Dns) {
        let _ = self.dns.set(dns);
    }

    /// The index of the action log.
    ///
    /// # Errors
    /// Refuses an engine that only looks.
    pub(crate) fn log_index(&self) -> Result<&Log, Error> {
        self.log.as_ref().ok_or(Error::OnlyLooking)
    }

    /// Tells what deeds are called on the screen, in whatever languages, so that the action log is found by those words: the key of the
    /// words, and the words.
    pub fn know_deeds(&self, words: Vec<(String, String)>) {
        let _ = self.deed_words.set(words);
    }

    /// What deeds are called, by the keys of their words.
    pub(crate) fn deed_words(&self) -> &[(String, String)] {
        self.deed_words.get().map(Vec::as_slice).unwrap_or_default()
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Whether the first run is still to come.
    ///
    /// # Errors
    /// Fails when the database fails.
    pub async fn phase(&self) -> Result<Phase, Error> {
        let mut reader = self.store.read().await?;
        Ok(if store::company::get(&mut reader).await?.is_some() { Phase::Ready } else { Phase::Fresh })
    }

    /// Whether work can be done: the database answers and can be written.
    ///
    /// # Errors
    /// Fails when it does not answer, or when writing has stopped.
    pub async fn ready(&self) -> Result<(), Error> {
        if self.store.is_halted() {
            return Err(store::Error::Halted.into());
        }
        self.phase().await.map(|_| ())
    }

    /// Lets a screen hear what changes.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    /// Why nothing can be written, and each change of that.
    pub fn trouble(&self) -> watch::Receiver<Option<Trouble>> {
        self.store.trouble()
    }

    /// Keeps the database from growing, as a full disk does, or lets it grow again.
    ///
    /// # Errors
    /// Fails when the database fails.
    #[cfg(feature = "testbed")]
    pub async fn keep_size(&self, is_kept: bool) -> Result<(), Error> {
        Ok(self.store.keep_size(is_kept).await?)
    }

    /// How many deliveries wait or move, as last counted.
    pub fn waiting(&self) -> u64 {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Tells open screens what changed.
    pub(crate) fn tell(&self, change: Change) {
        // Without an open screen nobody listens, which is fine.
        let _ = self.changes.send(change);
    }

    /// What ended and could not be written.
    pub(crate) fn unwritten(&self) -> MutexGuard<'_, Unwritten> {
        self.unwritten.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets an account begin afresh after its settings changed.
    pub(crate) fn forget_connection(&self, id: AccountId) {
        self.connections.forget(id);
        self.backoff.forget(id);
        self.gateways.forget(id);
    }

    /// Verifies database, vault, action log and index; answers a sentence for each fault.
    ///
    /// # Errors
    /// Fails when something cannot be read at all.
    pub async fn check(&self) -> Result<Vec<String>, Error> {
        let mut faults = self.store.check().await?;
        faults.extend(store::messages::damaged(&self.store).await?);
        faults.extend(store::blobs::damaged(&self.store).await?);
        faults.extend(store::captured::damaged(&self.store).await?);
        faults.extend(store::templates::damaged(&self.store).await?);
        let mut reader = self.store.read().await?;
        if let Some(id) = store::audit::first_broken(&mut reader).await? {
            faults.push(format!("the action log was changed at entry {id}"));
        }
        drop(reader);
        let (index, things) = (self.index.clone(), self.things()?.clone());
        let log = self.log_index()?.clone();
        let verify = move || [index.verify(), things.verify(), log.verify()];
        for verified in tokio::task::spawn_blocking(verify).await? {
            faults.extend(verified?.damaged.iter().map(|it| format!("the file {it} of the search index is damaged")));
        }
        Ok(faults)
    }

    /// Ends after the last commit.
    pub async fn close(&self) {
        self.store.close().await;
        let (index, things, log) = (self.index.clone(), self.things.clone(), self.log.clone());
        let close = move || {
            index.close();
            things.iter().for_each(Things::close);
            log.iter().for_each(Log::close);
        };
        if let Err(error) = tokio::task::spawn_blocking(close).await {
            tracing::warn!(%error, "closing the search index failed");
        }
    }
}
