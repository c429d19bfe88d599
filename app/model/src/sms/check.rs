//! What makes an account for text messages valid.

use super::{DESCRIPTION_MAX, PARTS_MAX, SECRETS_MAX, SmsAccountDraft, SmsGateway, SmsSettings};
use crate::account::is_host;
use crate::{Fault, Faults, Pace, Refusal, Required, SendingWindow};

impl SmsAccountDraft {
    /// A draft of a new account: at night nothing leaves.
    pub fn new(gateway: SmsGateway) -> Self {
        let window = SendingWindow { days: 0x7f, from: 7 * 60, until: 21 * 60 };
        Self {
            name: String::new(),
            settings: SmsSettings::new(gateway),
            secrets: Vec::new(),
            hourly_limit: Some(600),
            pace: Pace { connections: 1, window, ..Pace::default() },
        }
    }

    /// Checks the fields. Whether the secrets are complete shows only beside those that are stored.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, 80);
        self.settings.check(&mut faults);
        let wanted = self.settings.gateway.secrets();
        if SECRETS_MAX < wanted.len() {
            faults.add("gateway.description", Fault::TooMany { max: SECRETS_MAX as u32 });
        }
        for (name, value) in &self.secrets {
            let field = format!("secrets.{name}");
            if !wanted.contains(name) {
                faults.add(field.clone(), Fault::Gone);
            }
            // SMPP 3.4 §4.1.1 has room for eight characters.
            let max = if matches!(self.settings.gateway, SmsGateway::Smpp(_)) { 8 } else { 1_000 };
            faults.line(&field, value, Required::No, max);
        }
        if self.hourly_limit.is_some_and(|it| !(1..=1_000_000).contains(&it)) {
            faults.add("hourly_limit", Fault::OutOfRange { min: 1, max: 1_000_000 });
        }
        self.pace.check(&mut faults);
        faults.finish()
    }
}

impl SmsSettings {
    fn check(&self, faults: &mut Faults) {
        match &self.gateway {
            SmsGateway::Capture => {}
            SmsGateway::EuroSms { base, id, .. } => {
                check_base(faults, base);
                faults.line("gateway.id", id, Required::Yes, 80);
            }
            SmsGateway::GoSms { base, client_id, channel, .. } => {
                check_base(faults, base);
                faults.line("gateway.client_id", client_id, Required::Yes, 200);
                if *channel == 0 {
                    faults.add("gateway.channel", Fault::Missing);
                }
            }
            SmsGateway::Http { description } => faults.text("gateway.description", description, Required::Yes, DESCRIPTION_MAX),
            SmsGateway::Smpp(centre) => centre.check(faults),
        }
        let sender = self.sender.trim();
        if sender.is_empty() {
            if matches!(self.gateway, SmsGateway::EuroSms { .. }) {
                faults.add("sender", Fault::Missing);
            }
        } else if !is_sender(sender) {
            faults.add("sender", Fault::Character);
        }
        if !(1..=PARTS_MAX).contains(&self.parts_max) {
            faults.add("parts_max", Fault::OutOfRange { min: 1, max: i64::from(PARTS_MAX) });
        }
        if self.price.is_some_and(|it| it.0 < 0) {
            faults.add("price", Fault::OutOfRange { min: 0, max: 1_000 });
        }
        self.notify.check("notify", faults);
        if let (Some(warn), Some(stop)) = (self.warn_below, self.stop_below)
            && warn < stop
        {
            faults.add("warn_below", Fault::OutOfRange { min: stop.0 / 10_000, max: i64::from(u32::MAX) });
        }
    }
}

/// Whether a text may stand as the sender of text messages: up to 11 letters, digits, spaces, `-` and `.` of ASCII, or a number with up
/// to 15 digits.
pub fn is_sender(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    if !digits.is_empty() && digits.chars().all(|it| it.is_ascii_digit()) {
        return digits.len() <= 15;
    }
    let has_letter = text.chars().any(|it| it.is_ascii_alphabetic());
    has_letter && text.len() <= 11 && text.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, ' ' | '-' | '.'))
}

/// The address of a gateway: `https://host`, or `http://` for one on the own network.
fn check_base(faults: &mut Faults, base: &str) {
    let base = base.trim();
    let rest = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"));
    let host = rest.map(|it| it.trim_end_matches('/')).unwrap_or_default();
    let (host, port) = host.rsplit_once(':').map_or((host, None), |(host, port)| (host, Some(port)));
    if host.is_empty() || !is_host(host) || port.is_some_and(|it| it.parse::<u16>().is_err()) {
        faults.add("gateway.base", Fault::Host);
    }
}
