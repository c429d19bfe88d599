//! From the settings of a message centre to its gateway.

use std::time::Duration;

use delivery::sms::{Bind, Encoding, GatewayZone, LongText, Protection, ReceiptIds, Sender, Smpp, SmppLimits, SmppSettings};
use delivery::smtp::{Route, Trust};
use model::{SmppBind, SmppCentre, SmppEncoding, SmppLongText, SmppReceiptIds, SmppZone};
use secrecy::SecretString;

/// Makes the gateway; texts come from `sender` unless they name another one.
pub(super) fn made(centre: &SmppCentre, password: SecretString, sender: Option<Sender>, trust: Trust) -> Smpp {
    Smpp::new(SmppSettings {
        host: centre.host.trim().to_owned(),
        port: centre.port,
        protection: if centre.is_tls { Protection::Tls } else { Protection::None },
        route: Route::Lookup,
        trust,
        system_id: centre.system_id.trim().to_owned(),
        password,
        system_type: centre.system_type.trim().to_owned(),
        service_type: centre.service_type.trim().to_owned(),
        bind: match centre.bind {
            SmppBind::Transceiver => Bind::Transceiver,
            SmppBind::Pair => Bind::Pair,
            SmppBind::Transmitter => Bind::Transmitter,
        },
        sender,
        numbering: centre.numbering.map(|it| (it.ton, it.npi)),
        encoding: match centre.encoding {
            SmppEncoding::Gsm => Encoding::Gsm,
            SmppEncoding::Latin1 => Encoding::Latin1,
        },
        validity: centre.validity,
        receipts: centre.wants_receipts,
        long_text: match centre.long_text {
            SmppLongText::Parts => LongText::Parts,
            SmppLongText::Payload => LongText::Payload,
        },
        window: usize::from(centre.window),
        receipt_ids: match centre.receipt_ids {
            SmppReceiptIds::Same => ReceiptIds::Same,
            SmppReceiptIds::Decimal => ReceiptIds::Decimal,
        },
        zone: match centre.zone {
            SmppZone::Local => GatewayZone::Bratislava,
            SmppZone::Utc => GatewayZone::Utc,
        },
        enquire: Duration::from_secs(u64::from(centre.enquire)),
        limits: SmppLimits::default(),
    })
}
