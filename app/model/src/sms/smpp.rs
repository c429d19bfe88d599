//! Message centres that speak SMPP 3.4: where one is, who we are there, and what it expects.

use serde::{Deserialize, Serialize};

use crate::account::is_host;
use crate::{Fault, Faults, Required};

/// The greatest number of parts that may be on their way without an answer.
pub const WINDOW_MAX: u16 = 100;
/// The longest pause between two signs of life, in seconds.
pub const ENQUIRE_MAX: u16 = 60;
/// The longest time for which a text is worth delivering, in minutes: thirty days.
pub const VALIDITY_MAX: u32 = 30 * 24 * 60;

/// A message centre and our account there. Secret: `password`, at most 8 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmppCentre {
    /// Its host name, which the certificate must bear.
    pub host: String,
    /// Its port; 2775 is usual, 3550 with TLS.
    pub port: u16,
    /// Whether the connection is TLS from the first byte; without it texts and password can be read on the way.
    pub is_tls: bool,
    /// Who we are: at most 15 characters.
    pub system_id: String,
    /// What kind of system we are, if the centre wants to know: at most 12 characters.
    pub system_type: String,
    /// The service, if the centre has several: at most 5 characters.
    pub service_type: String,
    /// As what we bind.
    pub bind: SmppBind,
    /// How senders are numbered; without it the sender itself says it.
    pub numbering: Option<SmppNumbering>,
    /// How texts are written that need no more than the alphabet of GSM 03.38.
    pub encoding: SmppEncoding,
    /// How texts of several parts go out.
    pub long_text: SmppLongText,
    /// How receipts name a part.
    pub receipt_ids: SmppReceiptIds,
    /// The zone of times in receipts.
    pub zone: SmppZone,
    /// For how many minutes a text is worth delivering; without it the centre decides.
    pub validity: Option<u32>,
    /// Whether receipts are asked for.
    pub wants_receipts: bool,
    /// How many parts may be on their way without an answer, 1 … 100.
    pub window: u16,
    /// How many seconds may pass without a sign of life, 5 … 60; then we give one, and hear receipts.
    pub enquire: u16,
}

/// As what we bind (SMPP 3.4 §4.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SmppBind {
    /// Texts and receipts share one connection.
    #[default]
    Transceiver,
    /// Texts leave by one connection, receipts come by another.
    Pair,
    /// Texts leave; no receipts come.
    Transmitter,
}

/// Kind of number and numbering plan (SMPP 3.4 §5.2.5, §5.2.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SmppNumbering {
    /// The kind of number, 0 … 6.
    pub ton: u8,
    /// The numbering plan, 0 … 18.
    pub npi: u8,
}

/// How texts are written that need no more than the alphabet of GSM 03.38; all others go in UTF-16.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SmppEncoding {
    /// In that alphabet (`data_coding` 0).
    #[default]
    Gsm,
    /// In Latin 1 (`data_coding` 3).
    Latin1,
}

/// How texts of several parts go out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SmppLongText {
    /// In parts that the phone joins (3GPP TS 23.040 §9.2.3.24.1).
    #[default]
    Parts,
    /// Whole, in `message_payload`; the centre cuts them.
    Payload,
}

/// How receipts name a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SmppReceiptIds {
    /// As the answer did that took it.
    #[default]
    Same,
    /// In decimal digits, where the answer had hexadecimal ones.
    Decimal,
}

/// The zone of times in receipts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SmppZone {
    /// Slovak and Czech time.
    #[default]
    Local,
    /// Universal time.
    Utc,
}

impl Default for SmppCentre {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 3550,
            is_tls: true,
            system_id: String::new(),
            system_type: String::new(),
            service_type: String::new(),
            bind: SmppBind::default(),
            numbering: None,
            encoding: SmppEncoding::default(),
            long_text: SmppLongText::default(),
            receipt_ids: SmppReceiptIds::default(),
            zone: SmppZone::default(),
            validity: None,
            wants_receipts: true,
            window: 10,
            enquire: 30,
        }
    }
}

impl SmppCentre {
    /// Where the password is sent to, and whether anybody on the way can read it.
    pub fn place(&self) -> String {
        let scheme = if self.is_tls { "smpps" } else { "smpp" };
        format!("{scheme}://{}:{}", self.host.trim().to_ascii_lowercase(), self.port)
    }

    /// The port that is usual with and without TLS.
    pub fn usual_port(is_tls: bool) -> u16 {
        if is_tls { 3550 } else { 2775 }
    }

    /// Notes each wrong field.
    pub(super) fn check(&self, faults: &mut Faults) {
        if self.host.trim().is_empty() {
            faults.add("gateway.host", Fault::Missing);
        } else if !is_host(self.host.trim()) {
            faults.add("gateway.host", Fault::Host);
        }
        if self.port == 0 {
            faults.add("gateway.port", Fault::OutOfRange { min: 1, max: 65_535 });
        }
        let mut word = |name: &str, text: &str, required, max| {
            faults.line(name, text, required, max);
            if !text.is_ascii() {
                faults.add(name, Fault::Character);
            }
        };
        word("gateway.system_id", &self.system_id, Required::Yes, 15);
        word("gateway.system_type", &self.system_type, Required::No, 12);
        word("gateway.service_type", &self.service_type, Required::No, 5);
        let mut range = |name: &str, value: u32, min: u32, max: u32| {
            if !(min..=max).contains(&value) {
                faults.add(name, Fault::OutOfRange { min: i64::from(min), max: i64::from(max) });
            }
        };
        if let Some(SmppNumbering { ton, npi }) = self.numbering {
            range("gateway.ton", u32::from(ton), 0, 6);
            range("gateway.npi", u32::from(npi), 0, 18);
        }
        if let Some(validity) = self.validity {
            range("gateway.validity", validity, 1, VALIDITY_MAX);
        }
        range("gateway.window", u32::from(self.window), 1, u32::from(WINDOW_MAX));
        range("gateway.enquire", u32::from(self.enquire), 5, u32::from(ENQUIRE_MAX));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Refusal;

    fn faults(centre: &SmppCentre) -> Vec<String> {
        let mut faults = Faults::default();
        centre.check(&mut faults);
        match faults.finish() {
            Err(Refusal::Invalid(faults)) => faults.into_iter().map(|it| it.field).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn wrong_fields_of_a_centre_are_named() {
        let right = SmppCentre { host: "smsc.example.sk".into(), system_id: "posel".into(), ..SmppCentre::default() };
        assert_eq!(faults(&right), [""; 0]);
        let wrong = SmppCentre {
            host: "smsc example".into(),
            port: 0,
            system_id: "this is far too long".into(),
            system_type: "žltý".into(),
            numbering: Some(SmppNumbering { ton: 7, npi: 19 }),
            validity: Some(0),
            window: 0,
            enquire: 61,
            ..right
        };
        let named = ["host", "port", "system_id", "system_type", "ton", "npi", "validity", "window", "enquire"];
        assert_eq!(faults(&wrong), named.map(|it| format!("gateway.{it}")));
    }

    #[test]
    fn without_protection_it_is_another_place() {
        let centre = SmppCentre { host: "SMSC.example.sk ".into(), ..SmppCentre::default() };
        assert_eq!(centre.place(), "smpps://smsc.example.sk:3550");
        assert_eq!(SmppCentre { is_tls: false, ..centre }.place(), "smpp://smsc.example.sk:3550");
    }
}
