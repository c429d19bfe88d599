//! A text message while it is written.

use super::draft::{RECIPIENTS_MAX, unfilled};
use super::{MessageDraft, Recipient, Role};
use crate::address::parse_phones;
use crate::sms::is_sender;
use crate::{Fault, Faults, HomeCountry, PhoneFault, PhoneKind, Refusal, Required};

/// The greatest length of a text message in characters; an account may allow less.
pub const SMS_MAX: u32 = 1_600;
/// How much of a text stands in lists in place of a subject, in characters.
const TITLE_MAX: usize = 80;

impl MessageDraft {
    /// Checks a text message and reads its numbers; one named twice counts once. Numbers without a country code belong to `home`.
    ///
    /// # Errors
    /// Names each wrong field; each bad number by its text.
    pub fn check_sms(&self, home: HomeCountry) -> Result<Vec<Recipient>, Refusal> {
        let mut faults = Faults::default();
        let mut recipients: Vec<Recipient> = Vec::new();
        for piece in parse_phones(&self.to, home) {
            let name = piece.name();
            match piece.number {
                Err(fault) => faults.add("to", Fault::Phone { text: piece.text, fault }),
                // A premium number would cost whoever we write to, or us.
                Ok(number) if number.kind() == PhoneKind::Premium => {
                    faults.add("to", Fault::Phone { text: piece.text, fault: PhoneFault::Premium });
                }
                Ok(number) if recipients.iter().any(|it| it.address.phone() == Some(&number)) => {}
                Ok(number) => recipients.push(Recipient { role: Role::To, name, address: number.into(), contact: None }),
            }
        }
        if recipients.is_empty() && faults.list().is_empty() {
            faults.add("to", Fault::Missing);
        }
        if RECIPIENTS_MAX < recipients.len() {
            faults.add("to", Fault::OutOfRange { min: 1, max: RECIPIENTS_MAX as i64 });
        }
        faults.text("body", self.body.source(), Required::Yes, SMS_MAX);
        if let Some(path) = unfilled(self.body.source()) {
            faults.add("body", Fault::Unfilled(path.to_owned()));
        }
        if !self.sms_sender.trim().is_empty() && !is_sender(self.sms_sender.trim()) {
            faults.add("sms_sender", Fault::Character);
        }
        // A text message carries no files.
        if !self.attachments.is_empty() {
            faults.add("attachments", Fault::TooMany { max: 0 });
        }
        faults.finish()?;
        Ok(recipients)
    }
}

/// What stands for a text message where an e-mail has its subject: the beginning of the text in one line.
pub fn sms_title(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= TITLE_MAX {
        return line;
    }
    let cut: String = line.chars().take(TITLE_MAX - 1).collect();
    // A word is not cut unless it fills the line.
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Channel;

    fn draft(to: &str, body: &str) -> MessageDraft {
        MessageDraft { channel: Channel::Sms, to: to.into(), body: body.into(), ..MessageDraft::default() }
    }

    #[test]
    fn a_text_message_goes_to_numbers_and_needs_no_subject() {
        let recipients = draft("Eva <0903 622 237>; +421 903 622 237", "Dobrý deň").check().unwrap();
        assert_eq!(recipients.len(), 1);
        assert_eq!((recipients[0].name.as_str(), recipients[0].address.as_str()), ("Eva", "+421903622237"));
    }

    #[test]
    fn wrong_and_premium_numbers_are_named() {
        let Err(Refusal::Invalid(faults)) = draft("eva@x.sk; 0900 123 456; 0903 622 23", "x").check() else { panic!("accepted") };
        let named: Vec<_> = faults.iter().map(|it| it.fault.clone()).collect();
        let fault = |text: &str, fault| Fault::Phone { text: text.into(), fault };
        let expected = [
            fault("eva@x.sk", PhoneFault::Sign),
            fault("0900 123 456", PhoneFault::Premium),
            fault("0903 622 23", PhoneFault::Length),
        ];
        assert_eq!(named, expected);
    }

    #[test]
    fn the_home_country_says_whose_a_short_number_is() {
        let recipients = draft("603 123 456", "x").check_sms(HomeCountry::Czechia).unwrap();
        assert_eq!(recipients[0].address.as_str(), "+420603123456");
    }

    #[test]
    fn a_text_message_has_neither_files_nor_an_empty_text() {
        let attachments = vec![crate::AttachmentId(1)];
        let refused = MessageDraft { attachments, ..draft("0903622237", " ") }.check();
        let Err(Refusal::Invalid(faults)) = refused else { panic!("accepted") };
        assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["body", "attachments"]);
    }

    #[test]
    fn the_sender_of_a_text_message_is_short_or_a_number() {
        for (sender, fits) in
            [("", true), (" Drevo-Novak ", true), ("+421903622237", true), ("Drevo Novák", false), ("Drevo a nabytok", false)]
        {
            let draft = MessageDraft { sms_sender: sender.into(), ..draft("0903622237", "x") };
            assert_eq!(draft.check().is_ok(), fits, "{sender}");
        }
    }

    #[test]
    fn the_title_is_the_beginning_of_the_text_in_whole_words() {
        assert_eq!(sms_title(" Dobrý deň,\nobjednávka je pripravená. "), "Dobrý deň, objednávka je pripravená.");
        let title = sms_title(&"slovo ".repeat(40));
        assert!(title.ends_with("slovo…") && title.chars().count() <= TITLE_MAX, "{title}");
        assert_eq!(sms_title(&"x".repeat(200)).chars().count(), TITLE_MAX);
    }
}
