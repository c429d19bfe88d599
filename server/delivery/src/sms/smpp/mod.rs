//! Message centres that speak SMPP 3.4, as one transceiver.
//!
//! A connection is kept between calls and proved alive before anything is handed over. Nobody reads it in between: poll at least as often
//! as the centre wants to hear from us. Receipts are acknowledged only when they are asked for under the next key, and so were stored;
//! what was not acknowledged comes again with the next connection.

mod coding;
mod delivered;
mod link;
pub(crate) mod pdu;
mod status;
mod submission;
mod window;

use std::{fmt, sync::Arc, time::Duration};

use secrecy::SecretString;
use tokio::sync::Mutex;

use self::{
    delivered::Delivered,
    link::{Link, NoLink, Told},
};
use super::{
    AskFailure, Callbacks, GatewayZone, Polled, Polls, Question, Reference, ReferenceUse, Sender, SenderRule, SmsCapabilities,
    SmsMessage, SmsOutcome,
};
use crate::smtp::{Route, Trust};

/// How many messages are handed over in one go.
const BATCH: usize = 100;

/// Where a message centre is and who we are there.
#[derive(Clone, Debug)]
pub struct SmppSettings {
    /// The host name, which the certificate must bear.
    pub host: String,
    /// The port; 2775 is usual, 3550 with TLS.
    pub port: u16,
    /// How the connection is protected.
    pub protection: Protection,
    /// Which address to connect to.
    pub route: Route,
    /// Which certificates are believed.
    pub trust: Trust,
    /// Who we are: at most 15 characters.
    pub system_id: String,
    /// The password: at most 8 characters.
    pub password: SecretString,
    /// What kind of system we are, if the centre wants to know: at most 12 characters.
    pub system_type: String,
    /// The service, if the centre has several: at most 5 characters.
    pub service_type: String,
    /// Who texts come from that name no sender.
    pub sender: Sender,
    /// How texts of several segments go out.
    pub long_text: LongText,
    /// How many parts may be on their way without an answer.
    pub window: usize,
    /// How receipts name a part.
    pub receipt_ids: ReceiptIds,
    /// The zone of times in receipts.
    pub zone: GatewayZone,
    /// How long each phase may take.
    pub limits: SmppLimits,
}

/// How the connection is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Protection {
    /// Not at all; for a centre on the same machine or behind a tunnel.
    None,
    /// TLS from the first byte.
    #[default]
    Tls,
}

/// How texts of several segments go out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LongText {
    /// As parts that the phone joins, each with a header (3GPP TS 23.040 §9.2.3.24.1).
    #[default]
    Parts,
    /// Whole, in `message_payload`; the centre cuts them.
    Payload,
}

/// How receipts name a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReceiptIds {
    /// As the answer did that took it.
    #[default]
    Same,
    /// In decimal digits, where the answer had hexadecimal ones. Ids are then decimal here.
    Decimal,
}

/// How long a message centre may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmppLimits {
    /// The look-up of the host name.
    pub resolve: Duration,
    /// One TCP connection.
    pub connect: Duration,
    /// The TLS handshake.
    pub handshake: Duration,
    /// Each answer.
    pub answer: Duration,
}

impl Default for SmppLimits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { resolve: seconds(30), connect: seconds(30), handshake: seconds(60), answer: seconds(60) }
    }
}

/// An account at a message centre. Clones share the connection.
#[derive(Clone)]
pub struct Smpp {
    settings: SmppSettings,
    link: Arc<Mutex<Option<Link>>>,
}

impl fmt::Debug for Smpp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smpp").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Smpp {
    /// Makes a gateway of its settings.
    pub fn new(settings: SmppSettings) -> Self {
        Self { settings, link: Arc::default() }
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
        let mut link = match self.ready(kept.take()).await {
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

    /// The connection at hand if it is alive, or a new one.
    async fn ready(&self, kept: Option<Link>) -> Result<Link, NoLink> {
        if let Some(mut link) = kept
            && link.enquire().await.is_ok()
        {
            return Ok(link);
        }
        Link::open(&self.settings).await
    }

    /// See [`SmsGateway::poll`](super::SmsGateway::poll): only changes can be asked for. What was told under the key before is acknowledged.
    ///
    /// # Errors
    /// Anything else was asked for, or there is no connection.
    pub async fn poll(&self, question: Question<'_>) -> Result<Polled, AskFailure> {
        let Question::Changes(key) = question else { return Err(AskFailure::NotSupported) };
        let mut kept = self.link.lock().await;
        let mut link = self.ready(kept.take()).await.map_err(|it| match it {
            NoLink::Trouble(trouble) => AskFailure::Trouble(trouble),
            NoLink::Refused(cause, answer) => AskFailure::Refused { cause, answer },
        })?;
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

    /// Says goodbye, if there is a connection. What was told and not acknowledged comes again.
    pub async fn close(&self) {
        if let Some(link) = self.link.lock().await.take() {
            link.unbind().await;
        }
    }

    /// See [`SmsGateway::capabilities`](super::SmsGateway::capabilities).
    pub fn capabilities(&self) -> SmsCapabilities {
        SmsCapabilities {
            batch: BATCH,
            segments: 10,
            reference: ReferenceUse::Ignored,
            polls: Polls { changes: true, ..Polls::default() },
            callbacks: Callbacks::Never,
            credit: false,
            flash: true,
            unicode: true,
            validity: true,
            sender: SenderRule::NameOrNumber,
        }
    }
}
