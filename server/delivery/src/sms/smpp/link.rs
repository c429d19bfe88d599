//! One bound connection to a message centre.

use std::time::Duration;

use secrecy::ExposeSecret;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::timeout,
};

use super::{
    AskFailure, Protection, ReceiptIds, SmppSettings,
    pdu::{Pdu, Reader, Writer, command},
    status,
};
use crate::{
    Phase, Trouble, TroubleKind,
    http::Duplex,
    sms::{Answer, Cause, Polled, Reference},
    smtp::{Security, handshake, reach},
};

/// How many receipts wait here unanswered at most; the centre keeps the others.
const KEPT: usize = 10_000;
/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_secs(5);

/// Why there is no connection.
pub(super) enum NoLink {
    Trouble(Trouble),
    Refused(Cause, Answer),
}

impl From<NoLink> for AskFailure {
    fn from(it: NoLink) -> Self {
        match it {
            NoLink::Trouble(trouble) => Self::Trouble(trouble),
            NoLink::Refused(cause, answer) => Self::Refused { cause, answer },
        }
    }
}

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Transceiver,
    Transmitter,
    Receiver,
}

impl Role {
    fn command(self) -> u32 {
        match self {
            Self::Transceiver => command::BIND_TRANSCEIVER,
            Self::Transmitter => command::BIND_TRANSMITTER,
            Self::Receiver => command::BIND_RECEIVER,
        }
    }
}

/// What was told under a key, and which packets that answers.
pub(super) struct Told {
    pub key: Reference,
    pub polled: Polled,
    pub sequences: Vec<u32>,
}

pub(super) struct Link {
    stream: Box<dyn Duplex>,
    inbox: Vec<u8>,
    sequence: u32,
    limits: super::SmppLimits,
    /// `deliver_sm` that nobody was told about yet.
    pub heard: Vec<Pdu>,
    pub told: Option<Told>,
}

impl Link {
    /// Connects and binds.
    pub async fn open(settings: &SmppSettings, role: Role) -> Result<Self, NoLink> {
        let stream = connect(settings).await.map_err(NoLink::Trouble)?;
        let (inbox, heard) = (Vec::new(), Vec::new());
        let mut link = Self { stream, inbox, sequence: 0, limits: settings.limits, heard, told: None };
        let body = Writer::default()
            .text(&settings.system_id, 16)
            .text(settings.password.expose_secret(), 9)
            .text(&settings.system_type, 13)
            // interface_version 3.4, any numbering, no range of addresses
            .bytes(&[0x34, 0, 0, 0]);
        let answer = link.ask(role.command(), body.0).await.map_err(NoLink::Trouble)?;
        if answer.status == 0 && answer.command == role.command() | command::ANSWER {
            return Ok(link);
        }
        Err(NoLink::Refused(status::of_bind(answer.status), status::answer(answer.status)))
    }

    /// Ends the session politely, without waiting long for the other side to agree.
    pub async fn unbind(mut self) {
        self.limits.answer = self.limits.answer.min(GOODBYE);
        let _agreed = self.ask(command::UNBIND, Vec::new()).await;
    }

    /// Makes sure that the other side is still there.
    pub async fn enquire(&mut self) -> Result<(), Trouble> {
        self.ask(command::ENQUIRE_LINK, Vec::new()).await.map(|_| ())
    }

    /// Says something and waits for its answer.
    async fn ask(&mut self, command: u32, body: Vec<u8>) -> Result<Pdu, Trouble> {
        let sequence = self.say(command, body).await?;
        loop {
            let answer = self.answer().await?;
            if answer.sequence == sequence {
                return Ok(answer);
            }
        }
    }

    /// Says something under a new number.
    pub async fn say(&mut self, command: u32, body: Vec<u8>) -> Result<u32, Trouble> {
        // 1 to 0x7FFFFFFF (§5.1.4).
        self.sequence = if self.sequence == 0x7fff_ffff { 1 } else { self.sequence + 1 };
        self.write(&Pdu::new(command, self.sequence, body)).await?;
        Ok(self.sequence)
    }

    /// Acknowledges `deliver_sm`, after what they brought was stored.
    pub async fn acknowledge(&mut self, sequences: &[u32]) -> Result<(), Trouble> {
        for sequence in sequences {
            self.write(&Pdu::new(command::DELIVER_SM_RESP, *sequence, vec![0])).await?;
        }
        Ok(())
    }

    /// The next answer to something we said; what the centre says by itself is served on the way.
    pub async fn answer(&mut self) -> Result<Pdu, Trouble> {
        loop {
            let pdu = self.read().await?;
            match pdu.command {
                command::ENQUIRE_LINK => self.write(&Pdu::new(command::ENQUIRE_LINK_RESP, pdu.sequence, Vec::new())).await?,
                command::DELIVER_SM if self.heard.len() < KEPT => self.heard.push(pdu),
                // ESME_RMSGQFUL: come again later.
                command::DELIVER_SM => {
                    let full = Pdu { command: command::DELIVER_SM_RESP, status: 0x14, sequence: pdu.sequence, body: vec![0] };
                    self.write(&full).await?;
                }
                command::UNBIND => {
                    self.write(&Pdu::new(command::UNBIND_RESP, pdu.sequence, Vec::new())).await?;
                    return Err(trouble(TroubleKind::Closed, "the message centre ended the session"));
                }
                _ if pdu.command & command::GENERIC_NACK == 0 => {
                    // ESME_RINVCMDID: we do not know this command.
                    let nack = Pdu { command: command::GENERIC_NACK, status: 0x03, sequence: pdu.sequence, body: Vec::new() };
                    self.write(&nack).await?;
                }
                _ => return Ok(pdu),
            }
        }
    }

    async fn read(&mut self) -> Result<Pdu, Trouble> {
        let patience = self.limits.answer;
        let whole = async {
            loop {
                match Pdu::take(&mut self.inbox) {
                    Ok(Some(pdu)) => return Ok(pdu),
                    Err(_) => return Err(trouble(TroubleKind::ReplyMalformed, "these are no packets of SMPP")),
                    Ok(None) => {}
                }
                match self.stream.read_buf(&mut self.inbox).await {
                    Ok(0) => return Err(trouble(TroubleKind::Closed, "")),
                    Ok(_) => {}
                    Err(error) => return Err(trouble(TroubleKind::Closed, &error.to_string())),
                }
            }
        };
        timeout(patience, whole).await.unwrap_or_else(|_| Err(trouble(TroubleKind::TimedOut, "no answer")))
    }

    async fn write(&mut self, pdu: &Pdu) -> Result<(), Trouble> {
        let bytes = pdu.bytes();
        let written = async {
            self.stream.write_all(&bytes).await?;
            self.stream.flush().await
        };
        match timeout(self.limits.answer, written).await {
            Err(_) => Err(trouble(TroubleKind::TimedOut, "the message centre does not read")),
            Ok(Err(error)) => Err(trouble(TroubleKind::Closed, &error.to_string())),
            Ok(Ok(())) => Ok(()),
        }
    }
}

async fn connect(settings: &SmppSettings) -> Result<Box<dyn Duplex>, Trouble> {
    let limits = settings.limits;
    let addresses = reach::addresses(&settings.host, settings.port, &settings.route, limits.resolve).await?;
    let tcp = reach::connect(&addresses, limits.connect).await?;
    Ok(match settings.protection {
        Protection::None => Box::new(tcp),
        Protection::Tls => {
            Box::new(handshake::shake(tcp, &settings.host, &settings.trust, limits.handshake, Security::Tls).await?)
        }
    })
}

/// The id in the answer to `submit_sm`, in the form of receipts.
pub(super) fn id_of(answer: &Pdu, ids: ReceiptIds) -> String {
    let id = Reader(&answer.body).text();
    match (ids, u64::from_str_radix(&id, 16)) {
        (ReceiptIds::Decimal, Ok(number)) => number.to_string(),
        _ => id,
    }
}

fn trouble(kind: TroubleKind, detail: &str) -> Trouble {
    Trouble::new(Phase::Request, kind, detail)
}
