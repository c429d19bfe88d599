//! The commands of one message, with the parameters that this relay offers and this message needs.

use super::{Capabilities, Content};
use crate::{Envelope, Phase, Trouble, TroubleKind};

pub(super) struct Commands {
    pub(super) sender: Vec<u8>,
    pub(super) recipient: Vec<u8>,
}

impl Commands {
    /// Refuses what this relay cannot take before a byte is sent.
    pub(super) fn new(envelope: &Envelope, content: &Content<'_>, relay: &Capabilities) -> Result<Self, Trouble> {
        let trouble = |kind, detail: String| Err(Trouble::new(Phase::Sender, kind, detail));
        let sender = envelope.sender.as_ref().map_or("", |it| it.as_str());
        let recipient = envelope.recipient.as_str();
        if !is_safe(sender) || !is_safe(recipient) {
            return trouble(TroubleKind::UnsafeSetting, "an address has a character that must not go onto the wire".to_owned());
        }
        let id = envelope.id.as_deref().map(xtext);
        if id.as_ref().is_some_and(|it| 100 < it.len()) {
            return trouble(TroubleKind::UnsafeSetting, "the envelope id is longer than 100 bytes".to_owned());
        }
        if let Some(largest) = relay.largest().filter(|&it| it < content.size() as u64) {
            return trouble(TroubleKind::TooBig, format!("{} of at most {largest} bytes", content.size()));
        }
        if (content.needs_eight_bit() && !relay.eight_bit) || (content.needs_utf8() && !relay.utf8) {
            return trouble(TroubleKind::EightBitNotOffered, String::new());
        }
        Ok(Self {
            sender: sender_command(sender, id.as_deref(), content, relay).into_bytes(),
            recipient: recipient_command(recipient, envelope.sender.is_some(), relay).into_bytes(),
        })
    }

    /// The group that ends with DATA.
    pub(super) fn together(&self) -> Vec<u8> {
        [&self.sender[..], &self.recipient, b"DATA\r\n"].concat()
    }
}

fn sender_command(sender: &str, id: Option<&str>, content: &Content<'_>, relay: &Capabilities) -> String {
    let mut command = format!("MAIL FROM:<{sender}>");
    if relay.size.is_some() {
        command += &format!(" SIZE={}", content.size());
    }
    if content.needs_eight_bit() {
        command += " BODY=8BITMIME";
    }
    if content.needs_utf8() {
        command += " SMTPUTF8";
    }
    if relay.dsn {
        command += " RET=HDRS";
        if let Some(id) = id {
            command += &format!(" ENVID={id}");
        }
    }
    command + "\r\n"
}

/// Asks for receipts of failure and delay; a message with the null return path asks for none.
fn recipient_command(recipient: &str, wants_receipts: bool, relay: &Capabilities) -> String {
    let mut command = format!("RCPT TO:<{recipient}>");
    if relay.dsn {
        let notify = if wants_receipts { "FAILURE,DELAY" } else { "NEVER" };
        command += &format!(" NOTIFY={notify} ORCPT=rfc822;{}", xtext(recipient));
    }
    command + "\r\n"
}

/// The form of RFC 3461 §4: everything but printable ASCII without `+` and `=` becomes `+XX`.
fn xtext(text: &str) -> String {
    let mut out = String::new();
    for it in text.bytes() {
        if matches!(it, b'!'..=b'~') && it != b'+' && it != b'=' {
            out.push(char::from(it));
        } else {
            out += &format!("+{it:02X}");
        }
    }
    out
}

/// The type promises this already; the wire checks it once more.
fn is_safe(address: &str) -> bool {
    address.bytes().all(|it| matches!(it, b'!'..=b'~') && it != b'<' && it != b'>')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands(content: &[u8], relay: &Capabilities, id: Option<&str>) -> Result<String, TroubleKind> {
        let envelope = Envelope {
            sender: Some("a+b=c@x.sk".parse_address()),
            recipient: "eva@y.sk".parse_address(),
            id: id.map(str::to_owned),
        };
        let made = Commands::new(&envelope, &Content::new(content).unwrap(), relay).map_err(|it| it.kind)?;
        Ok(String::from_utf8(made.together()).unwrap())
    }

    trait ParseAddress {
        fn parse_address(&self) -> model::EmailAddress;
    }

    impl ParseAddress for str {
        fn parse_address(&self) -> model::EmailAddress {
            model::EmailAddress::parse(self).unwrap()
        }
    }

    #[test]
    fn a_relay_that_offers_nothing_gets_no_parameters() {
        let text = commands(b"a\r\n", &Capabilities::default(), Some("id")).unwrap();
        assert_eq!(text, "MAIL FROM:<a+b=c@x.sk>\r\nRCPT TO:<eva@y.sk>\r\nDATA\r\n");
    }

    #[test]
    fn a_relay_that_offers_all_gets_only_what_the_message_needs() {
        let relay = Capabilities { size: Some(0), eight_bit: true, utf8: true, dsn: true, ..Capabilities::default() };
        let text = commands(b"a\r\n", &relay, Some("1 +č")).unwrap();
        assert_eq!(
            text,
            "MAIL FROM:<a+b=c@x.sk> SIZE=3 RET=HDRS ENVID=1+20+2B+C4+8D\r\n\
             RCPT TO:<eva@y.sk> NOTIFY=FAILURE,DELAY ORCPT=rfc822;eva@y.sk\r\nDATA\r\n"
        );
        let text = commands("a: č\r\n\r\nx\r\n".as_bytes(), &relay, None).unwrap();
        assert!(text.contains("BODY=8BITMIME SMTPUTF8"), "{text}");
    }

    #[test]
    fn what_the_relay_cannot_take_is_refused_before_it_is_sent() {
        let relay = Capabilities { size: Some(3), ..Capabilities::default() };
        assert!(commands(b"a\r\n", &relay, None).is_ok());
        assert_eq!(commands(b"ab\r\n", &relay, None), Err(TroubleKind::TooBig));
        assert_eq!(commands("a\r\n\r\nč\r\n".as_bytes(), &Capabilities::default(), None), Err(TroubleKind::EightBitNotOffered));
        assert_eq!(commands(b"a\r\n", &relay, Some(&"x".repeat(101))), Err(TroubleKind::UnsafeSetting));
    }

    #[test]
    fn a_bounce_asks_for_no_receipt() {
        let envelope = Envelope { sender: None, recipient: "eva@y.sk".parse_address(), id: None };
        let relay = Capabilities { dsn: true, ..Capabilities::default() };
        let made = Commands::new(&envelope, &Content::new(b"a\r\n").unwrap(), &relay).unwrap();
        let text = String::from_utf8(made.together()).unwrap();
        assert!(text.starts_with("MAIL FROM:<> ") && text.contains("NOTIFY=NEVER"), "{text}");
    }
}
