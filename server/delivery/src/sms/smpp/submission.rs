//! A message as the bodies of `submit_sm` (SMPP 3.4 §4.4.1), one for each part.

use content::sms::segments_in;

use super::{
    LongText, SmppSettings,
    coding::Coding,
    pdu::{Writer, tag},
};
use crate::sms::{Sender, SmsKind, SmsMessage};

/// `esm_class`: the message begins with a header of its own.
const WITH_HEADER: u8 = 0x40;
/// The longest validity that the form of a relative time is used for here, in minutes: thirty days.
const LONGEST_VALIDITY: u32 = 30 * 24 * 60;

/// The bodies of a message, at least one.
pub(super) fn bodies(settings: &SmppSettings, message: &SmsMessage) -> Vec<Vec<u8>> {
    let coding = Coding::of(&message.text, settings.encoding, message.kind);
    let parts = segments_in(&message.text, coding.alphabet());
    if parts.len() < 2 {
        return vec![body(settings, message, coding, 0, &coding.encoded(&message.text))];
    }
    match settings.long_text {
        LongText::Payload => vec![payload(settings, message, coding)],
        LongText::Parts => {
            // 3GPP TS 23.040 §9.2.3.24.1: the same number in each part, so that the phone joins them; the same at each try.
            let number = message.reference.as_str().bytes().fold(17u8, |sum, it| sum.wrapping_mul(31).wrapping_add(it));
            let total = u8::try_from(parts.len()).unwrap_or(u8::MAX);
            (1..=total)
                .zip(parts)
                .map(|(n, part)| {
                    let header = [5, 0, 3, number, total, n];
                    body(settings, message, coding, WITH_HEADER, &[&header, coding.encoded(part).as_slice()].concat())
                })
                .collect()
        }
    }
}

fn body(settings: &SmppSettings, message: &SmsMessage, coding: Coding, class: u8, text: &[u8]) -> Vec<u8> {
    let length = u8::try_from(text.len()).unwrap_or(u8::MAX);
    fields(settings, message, coding, class).byte(length).bytes(&text[..usize::from(length)]).0
}

fn payload(settings: &SmppSettings, message: &SmsMessage, coding: Coding) -> Vec<u8> {
    let text = coding.encoded(&message.text);
    fields(settings, message, coding, 0).byte(0).tagged(tag::MESSAGE_PAYLOAD, &text).0
}

/// Everything before the length of the text.
fn fields(settings: &SmppSettings, message: &SmsMessage, coding: Coding, class: u8) -> Writer {
    let sender = message.sender.as_ref().or(settings.sender.as_ref());
    let (ton, npi) = settings.numbering.filter(|_| sender.is_some()).unwrap_or_else(|| numbering(sender));
    let from = sender.map(|it| it.as_str().trim_start_matches('+')).unwrap_or_default();
    let is_flash = message.kind == SmsKind::Flash;
    Writer::default()
        .text(&settings.service_type, 6)
        .byte(ton)
        .byte(npi)
        .text(from, 21)
        .byte(1)
        .byte(1)
        .text(message.digits(), 21)
        .byte(class)
        // protocol_id, priority_flag, schedule_delivery_time
        .bytes(&[0, 0, 0])
        .text(&validity(message.validity.or(settings.validity)), 17)
        // registered_delivery: a receipt of the end, good or bad; replace_if_present_flag
        .bytes(&[u8::from(settings.receipts), 0])
        .byte(coding.code(is_flash))
        // sm_default_msg_id
        .byte(0)
}

/// Kind of number and numbering plan: a name, a whole number, a short one of the network, or what the centre says.
fn numbering(sender: Option<&Sender>) -> (u8, u8) {
    let Some(sender) = sender else { return (0, 0) };
    if !sender.is_number() {
        (5, 0)
    } else if sender.as_str().len() <= 6 {
        (3, 0)
    } else {
        (1, 1)
    }
}

/// A relative time (SMPP 3.4 §7.1.1): years, months, days, hours, minutes, seconds, `000R`.
fn validity(minutes: Option<u32>) -> String {
    let Some(minutes) = minutes else { return String::new() };
    let minutes = minutes.clamp(1, LONGEST_VALIDITY);
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    format!("0000{days:02}{hours:02}{minutes:02}00000R")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validities_are_relative_times() {
        assert_eq!(validity(None), "");
        assert_eq!(validity(Some(90)), "000000013000000R");
        assert_eq!(validity(Some(u32::MAX)), "000030000000000R");
    }

    #[test]
    fn senders_say_what_they_are() {
        for (text, expected) in [("Posel", (5, 0)), ("+421903622237", (1, 1)), ("421903622237", (1, 1)), ("8877", (3, 0))] {
            assert_eq!(Sender::parse(text).map(|it| numbering(Some(&it))), Ok(expected), "{text}");
        }
        assert_eq!(numbering(None), (0, 0));
    }
}
