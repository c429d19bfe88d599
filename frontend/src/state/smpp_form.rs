//! A message centre that speaks SMPP, as it is typed.

use model::{SmppBind, SmppCentre, SmppEncoding, SmppLongText, SmppNumbering, SmppReceiptIds, SmppZone};

/// The fields as they are typed; choices by their codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmppForm {
    /// Host name.
    pub host: String,
    /// Port.
    pub port: String,
    /// Whether the connection is protected.
    pub is_tls: bool,
    /// Who we are.
    pub system_id: String,
    /// What kind of system we are.
    pub system_type: String,
    /// The service.
    pub service_type: String,
    /// `transceiver`, `pair` or `transmitter`.
    pub bind: String,
    /// Kind of number; empty leaves it to the sender.
    pub ton: String,
    /// Numbering plan; empty leaves it to the sender.
    pub npi: String,
    /// `gsm` or `latin1`.
    pub encoding: String,
    /// `parts` or `payload`.
    pub long_text: String,
    /// `same` or `decimal`.
    pub receipt_ids: String,
    /// `local` or `utc`.
    pub zone: String,
    /// Minutes; empty leaves it to the centre.
    pub validity: String,
    /// Whether receipts are asked for.
    pub wants_receipts: bool,
    /// Parts on their way.
    pub window: String,
    /// Seconds between two signs of life.
    pub enquire: String,
}

impl SmppForm {
    /// The form of a stored centre.
    pub fn of(centre: &SmppCentre) -> Self {
        let (ton, npi) = centre.numbering.map(|it| (it.ton.to_string(), it.npi.to_string())).unwrap_or_default();
        Self {
            host: centre.host.clone(),
            port: centre.port.to_string(),
            is_tls: centre.is_tls,
            system_id: centre.system_id.clone(),
            system_type: centre.system_type.clone(),
            service_type: centre.service_type.clone(),
            bind: match centre.bind {
                SmppBind::Transceiver => "transceiver",
                SmppBind::Pair => "pair",
                SmppBind::Transmitter => "transmitter",
            }
            .to_owned(),
            ton,
            npi,
            encoding: if centre.encoding == SmppEncoding::Latin1 { "latin1" } else { "gsm" }.to_owned(),
            long_text: if centre.long_text == SmppLongText::Payload { "payload" } else { "parts" }.to_owned(),
            receipt_ids: if centre.receipt_ids == SmppReceiptIds::Decimal { "decimal" } else { "same" }.to_owned(),
            zone: if centre.zone == SmppZone::Utc { "utc" } else { "local" }.to_owned(),
            validity: centre.validity.map(|it| it.to_string()).unwrap_or_default(),
            wants_receipts: centre.wants_receipts,
            window: centre.window.to_string(),
            enquire: centre.enquire.to_string(),
        }
    }

    /// The centre as it is typed; a number that is none becomes one that the check refuses.
    pub fn centre(&self) -> SmppCentre {
        let numbering = match (self.ton.trim(), self.npi.trim()) {
            ("", "") => None,
            (ton, npi) => Some(SmppNumbering { ton: ton.parse().unwrap_or(u8::MAX), npi: npi.parse().unwrap_or(u8::MAX) }),
        };
        SmppCentre {
            host: self.host.trim().to_owned(),
            port: self.port.trim().parse().unwrap_or(0),
            is_tls: self.is_tls,
            system_id: self.system_id.trim().to_owned(),
            system_type: self.system_type.trim().to_owned(),
            service_type: self.service_type.trim().to_owned(),
            bind: match self.bind.as_str() {
                "pair" => SmppBind::Pair,
                "transmitter" => SmppBind::Transmitter,
                _ => SmppBind::Transceiver,
            },
            numbering,
            encoding: if self.encoding == "latin1" { SmppEncoding::Latin1 } else { SmppEncoding::Gsm },
            long_text: if self.long_text == "payload" { SmppLongText::Payload } else { SmppLongText::Parts },
            receipt_ids: if self.receipt_ids == "decimal" { SmppReceiptIds::Decimal } else { SmppReceiptIds::Same },
            zone: if self.zone == "utc" { SmppZone::Utc } else { SmppZone::Local },
            validity: match self.validity.trim() {
                "" => None,
                typed => Some(typed.parse().unwrap_or(0)),
            },
            wants_receipts: self.wants_receipts,
            window: self.window.trim().parse().unwrap_or(0),
            enquire: self.enquire.trim().parse().unwrap_or(0),
        }
    }
}

/// The port after the protection was changed: the usual one moves along, another one stays.
pub fn port_after(typed: &str, is_tls: bool) -> String {
    let (now, before) = (SmppCentre::usual_port(is_tls), SmppCentre::usual_port(!is_tls));
    if typed.trim() == before.to_string() { now.to_string() } else { typed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_comes_back_as_it_was_typed() {
        let centre = SmppCentre {
            host: "smsc.example.sk".into(),
            system_id: "posel".into(),
            bind: SmppBind::Pair,
            numbering: Some(SmppNumbering { ton: 5, npi: 0 }),
            encoding: SmppEncoding::Latin1,
            long_text: SmppLongText::Payload,
            receipt_ids: SmppReceiptIds::Decimal,
            zone: SmppZone::Utc,
            validity: Some(90),
            wants_receipts: false,
            ..SmppCentre::default()
        };
        for it in [centre, SmppCentre { bind: SmppBind::Transmitter, ..SmppCentre::default() }] {
            assert_eq!(SmppForm::of(&it).centre(), it);
        }
    }

    #[test]
    fn the_usual_port_follows_the_protection() {
        assert_eq!((port_after("3550", false).as_str(), port_after("2775", true).as_str()), ("2775", "3550"));
        assert_eq!((port_after("9000", true).as_str(), port_after("3550", true).as_str()), ("9000", "3550"));
    }
}
