//! Message centres that speak SMPP 3.4: one connection for both ways, or one for each.
//!
//! A connection is kept between calls and proved alive before anything is handed over. Nobody reads it in between: poll at least as often
//! as the centre wants to hear from us. Receipts are acknowledged only when they are asked for under the next key, and so were stored;
//! what was not acknowledged comes again with the next connection.

mod coding;
mod delivered;
mod link;
pub(crate) mod pdu;
mod settings;
mod status;
mod submission;
mod window;

use std::{fmt, sync::Arc, time::Duration};

use tokio::sync::{Mutex, OwnedMutexGuard};

pub use settings::{Bind, Encoding, LongText, Protection, ReceiptIds, SmppLimits, SmppSettings};

use self::{
    delivered::Delivered,
    link::{Link, NoLink, Role, Told},
};
use super::{
    AskFailure, Callbacks, Polled, Polls, Question, Reference, ReferenceUse, SenderRule, SmsCapabilities, SmsMessage, SmsOutcome,
};

/// How many messages are handed over in one go.
const BATCH: usize = 100;

/// An account at a message centre. Clones share its connections.
#[derive(Clone)]
pub struct Smpp {
    settings: SmppSettings,
    /// What texts leave by; also what receipts come by, unless they have a connection of their own.
    link: Arc<Mutex<Option<Link>>>,
    /// The connection that only listens, where there is one.
    ears: Arc<Mutex<Option<Link>>>,
}

/// Keeps an account without a connection as long as it lives.
pub struct Parted {
    link: OwnedMutexGuard<Option<Link>>,
    ears: OwnedMutexGuard<Option<Link>>,
}

impl fmt::Debug for Smpp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smpp").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Smpp {
    /// Makes a gateway of its settings.
    pub fn new(settings: SmppSettings) -> Self {
        Self { settings, link: Arc::default(), ears: Arc::default() }
    }

    /// See [`SmsGateway::transmit`](super::SmsGateway::transmit). A message of which only some parts were taken is `Unknown`.
    ///
    /// # Errors
    /// Gives back the error of `before_leaving`.
    pub async fn transmit<F, Fut, E>(&self, batch: &[SmsMessage], before_leaving: F) -> Result<Vec<SmsOutcome>, E>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<(), E>>,
    {
        let mut kept = self.link.lock().await;
        let mut link = match self.ready(kept.take(), self.speaker()).await {
            Ok(link) => link,
            Err(NoLink::Trouble(trouble)) => {
                return Ok(batch.iter().map(|_| SmsOutcome::NotSent { trouble: trouble.clone() }).collect());
            }
            Err(NoLink::Refused(cause, answer)) => {
                return Ok(batch.iter().map(|_| SmsOutcome::refused(cause, answer.clone())).collect());
            }
        };
        if let Err(error) = before_leaving().await {
            *kept = Some(link);
            return Err(error);
        }
        let (outcomes, usable) = window::run(&mut link, &self.settings, batch).await;
        *kept = usable.then_some(link);
        Ok(outcomes)
    }

    /// As what the connection binds that texts leave by.
    fn speaker(&self) -> Role {
        match self.settings.bind {
            Bind::Transceiver => Role::Transceiver,
            Bind::Pair | Bind::Transmitter => Role::Transmitter,
        }
    }

    /// The connection at hand if it is alive, or a new one.
    async fn ready(&self, kept: Option<Link>, role: Role) -> Result<Link, NoLink> {
        if let Some(mut link) = kept
            && link.enquire().await.is_ok()
        {
            return Ok(link);
        }
        Link::open(&self.settings, role).await
    }

    /// Makes sure that every connection stands.
    ///
    /// # Errors
    /// The centre cannot be reached or does not let us in.
    pub async fn reach(&self) -> Result<(), AskFailure> {
        let mut kept = self.link.lock().await;
        *kept = Some(self.ready(kept.take(), self.speaker()).await?);
        drop(kept);
        if self.settings.bind == Bind::Pair {
            let mut kept = self.ears.lock().await;
            *kept = Some(self.ready(kept.take(), Role::Receiver).await?);
        }
        Ok(())
    }

    /// How often [`Smpp::poll`] wants to be called, so that the connections stay alive and receipts come in time.
    pub fn pause(&self) -> Duration {
        self.settings.enquire
    }

    /// See [`SmsGateway::poll`](super::SmsGateway::poll): only changes can be asked for. What was told under the key before is acknowledged,
    /// and every connection is proved alive or made anew.
    ///
    /// # Errors
    /// Anything else was asked for, or there is no connection.
    pub async fn poll(&self, question: Question<'_>) -> Result<Polled, AskFailure> {
        let Question::Changes(key) = question else { return Err(AskFailure::NotSupported) };
        let (listening, role) = match self.settings.bind {
            Bind::Pair => {
                let mut speaking = self.link.lock().await;
                *speaking = Some(self.ready(speaking.take(), Role::Transmitter).await?);
                (&self.ears, Role::Receiver)
            }
            Bind::Transceiver | Bind::Transmitter => (&self.link, self.speaker()),
        };
        let mut kept = listening.lock().await;
        let mut link = self.ready(kept.take(), role).await?;
        let polled = self.tell(&mut link, key).await.map_err(AskFailure::Trouble)?;
        *kept = Some(link);
        Ok(polled)
    }

    async fn tell(&self, link: &mut Link, key: &Reference) -> Result<Polled, crate::Trouble> {
        match link.told.take() {
            Some(told) if told.key == *key => {
                let polled = told.polled.clone();
                link.told = Some(told);
                return Ok(polled);
            }
            Some(told) => link.acknowledge(&told.sequences).await?,
            None => {}
        }
        // What the centre has for us comes before its answer to this.
        link.enquire().await?;
        let heard = std::mem::take(&mut link.heard);
        let mut polled = Polled::default();
        for pdu in &heard {
            match delivered::read(pdu, &self.settings) {
                Delivered::Receipt(receipt) => polled.receipts.push(receipt),
                Delivered::Incoming(incoming) => polled.incoming.push(incoming),
            }
        }
        let sequences = heard.iter().map(|it| it.sequence).collect();
        link.told = Some(Told { key: key.clone(), polled: polled.clone(), sequences });
        Ok(polled)
    }

    /// Says goodbye where there is a connection. What was told and not acknowledged comes again.
    pub async fn close(&self) {
        drop(self.part().await);
    }

    /// Says goodbye where there is a connection, and makes none as long as what it gives lives: whoever wants one waits.
    pub async fn part(&self) -> Parted {
        let mut parted = Parted { link: self.link.clone().lock_owned().await, ears: self.ears.clone().lock_owned().await };
        for kept in [&mut parted.link, &mut parted.ears] {
            if let Some(link) = kept.take() {
                link.unbind().await;
            }
        }
        parted
    }

    /// See [`SmsGateway::capabilities`](super::SmsGateway::capabilities).
    pub fn capabilities(&self) -> SmsCapabilities {
        SmsCapabilities {
            batch: BATCH,
            segments: 10,
            reference: ReferenceUse::Ignored,
            polls: Polls { changes: self.settings.receipts && self.settings.bind != Bind::Transmitter, ..Polls::default() },
            callbacks: Callbacks::Never,
            credit: false,
            flash: true,
            unicode: true,
            validity: true,
            sender: SenderRule::NameOrNumber,
        }
    }
}
