//! The captured mailbox: how a mail is looked at.

use model::CapturedMail;

/// A way to look at a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailView {
    /// As the recipient would see it.
    Html,
    /// Its plain text.
    Text,
    /// Its headers.
    Headers,
    /// Byte for byte.
    Source,
    /// The files in it.
    Files,
}

impl MailView {
    /// All views, in the order of the tabs.
    pub const ALL: [Self; 5] = [Self::Html, Self::Text, Self::Headers, Self::Source, Self::Files];

    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "text",
            Self::Headers => "headers",
            Self::Source => "source",
            Self::Files => "files",
        }
    }

    /// The view that an address asks for, else the one that shows most of the mail.
    pub fn of(code: Option<&str>, mail: &CapturedMail) -> Self {
        let asked = Self::ALL.into_iter().find(|it| Some(it.code()) == code);
        asked.unwrap_or(if mail.has_html { Self::Html } else { Self::Text })
    }
}

/// Whether the shown source lacks the end of the mail.
pub fn is_cut(mail: &CapturedMail) -> bool {
    (mail.source.len() as u64) < mail.row.size
}

#[cfg(test)]
mod tests {
    use model::{CapturedId, CapturedRow, Channel, MessageId, Moment};

    use super::*;

    fn mail(has_html: bool) -> CapturedMail {
        CapturedMail {
            row: CapturedRow {
                id: CapturedId(1),
                channel: Channel::Email,
                message: MessageId(1),
                recipient: "eva@example.sk".into(),
                subject: "Ponuka".into(),
                at: Moment(0),
                size: 12,
            },
            from: String::new(),
            to: String::new(),
            headers: Vec::new(),
            has_html,
            text: String::new(),
            source: "Subject: a\r\n".into(),
            parts: Vec::new(),
        }
    }

    #[test]
    fn a_mail_opens_in_the_view_that_shows_most_of_it() {
        assert_eq!(MailView::of(None, &mail(true)), MailView::Html);
        assert_eq!(MailView::of(None, &mail(false)), MailView::Text);
        assert_eq!(MailView::of(Some("cat"), &mail(false)), MailView::Text);
    }

    #[test]
    fn every_view_has_its_place_in_the_address() {
        for it in MailView::ALL {
            assert_eq!(MailView::of(Some(it.code()), &mail(true)), it);
        }
    }

    #[test]
    fn a_source_that_is_shorter_than_the_mail_is_cut() {
        assert!(!is_cut(&mail(true)));
        let mut great = mail(true);
        great.row.size = 600_000;
        assert!(is_cut(&great));
    }
}
