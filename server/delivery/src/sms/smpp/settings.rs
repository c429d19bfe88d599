//! Where a message centre is, who we are there, and what it expects.

use std::time::Duration;

use secrecy::SecretString;

use crate::sms::{GatewayZone, Sender};
use crate::smtp::{Route, Trust};

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
    /// As what we bind.
    pub bind: Bind,
    /// Who texts come from that name no sender; without one the centre says it.
    pub sender: Option<Sender>,
    /// Kind of number and numbering plan of senders (SMPP 3.4 §5.2.5, §5.2.6); without them the sender itself says it.
    pub numbering: Option<(u8, u8)>,
    /// How texts are written that need no more than the alphabet of GSM 03.38.
    pub encoding: Encoding,
    /// For how many minutes a text is worth delivering that does not say it; without it the centre decides.
    pub validity: Option<u32>,
    /// Whether receipts are asked for.
    pub receipts: bool,
    /// How texts of several segments go out.
    pub long_text: LongText,
    /// How many parts may be on their way without an answer.
    pub window: usize,
    /// How receipts name a part.
    pub receipt_ids: ReceiptIds,
    /// The zone of times in receipts.
    pub zone: GatewayZone,
    /// How often the connections are used at least, so that the centre keeps them.
    pub enquire: Duration,
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

/// As what we bind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Bind {
    /// Texts and receipts share one connection.
    #[default]
    Transceiver,
    /// Texts leave by one connection, receipts come by another.
    Pair,
    /// Texts leave; no receipts come.
    Transmitter,
}

/// How texts are written that need no more than the alphabet of GSM 03.38.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// In that alphabet, one septet in each byte.
    #[default]
    Gsm,
    /// In Latin 1; a text with other characters, such as the euro sign, goes in UTF-16.
    Latin1,
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
