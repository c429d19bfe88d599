//! What the law asks of a commercial message: how to get no more of them, and who wrote it (Act 480/2004 §7, Act 452/2021 §116).

use model::Language;

use super::Filled;
use crate::plain::escape;
use crate::quality::{Fix, apply, number_words, one_blank, unsubscribe_words};

/// What a commercial message must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imprint<'a> {
    /// The link to unsubscribe, made for this message.
    pub unsubscribe: &'a str,
    /// The company's name.
    pub name: &'a str,
    /// Its registration number; may be empty.
    pub number: &'a str,
    /// Its seat in one line; may be empty.
    pub seat: &'a str,
}

impl Filled {
    /// The same text with what it lacks of the imprint: a link to unsubscribe, and in a mail the name, the number and the seat of the
    /// company. What stands in it stays as it is.
    #[must_use]
    pub fn with_imprint(self, imprint: &Imprint<'_>, language: Language) -> Self {
        if self.html.is_empty() {
            return self.short(imprint, language);
        }
        let language = language.into();
        let (mut html, mut text) = (String::new(), String::new());
        if !self.names(imprint) {
            let line = imprint.line(number_words(language));
            html.push_str(&paragraph(&escape(&line)));
            text.push_str(&format!("\n{line}"));
        }
        if !self.html.contains(imprint.unsubscribe) {
            let link = format!("<a href=\"{}\" style=\"color:#5f6368\">", escape(imprint.unsubscribe));
            html.push_str(&paragraph(&format!("{link}{}</a>", unsubscribe_words(language))));
        }
        if !self.text.contains(imprint.unsubscribe) {
            text.push_str(&format!("\n{}: {}", unsubscribe_words(language), imprint.unsubscribe));
        }
        let html = if html.is_empty() { None } else { apply(&self.html, &Fix::Append(html)) };
        let text = if text.is_empty() { self.text } else { format!("{}\n{text}\n", self.text.trim_end()) };
        Self { html: html.unwrap_or(self.html), text, ..self }
    }

    /// A text message has room for the link alone.
    fn short(self, imprint: &Imprint<'_>, language: Language) -> Self {
        if self.text.contains(imprint.unsubscribe) {
            return self;
        }
        let words = match language {
            Language::Sk | Language::Cs => "Odhlas",
            Language::En => "Stop",
        };
        Self { text: format!("{}\n{words}: {}", self.text.trim_end(), imprint.unsubscribe), ..self }
    }

    /// Whether name, number and seat of the company stand in the text.
    fn names(&self, imprint: &Imprint<'_>) -> bool {
        let text = one_blank(&self.text);
        [imprint.name, imprint.number, imprint.seat].iter().all(|it| text.contains(&one_blank(it)))
    }
}

impl Imprint<'_> {
    fn line(&self, number_words: &str) -> String {
        let number = if self.number.trim().is_empty() { String::new() } else { format!("{number_words} {}", self.number.trim()) };
        let parts = [self.name.trim(), self.seat.trim(), &number];
        parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

fn paragraph(words: &str) -> String {
    format!("\n<p style=\"font-size:12px;line-height:1.5;color:#5f6368\">{words}</p>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMPRINT: Imprint<'_> = Imprint {
        unsubscribe: "https://posel.example/unsubscribe/abc",
        name: "Jedľa & syn s. r. o.",
        number: "31562788",
        seat: "Dielenská 8, 036 01 Martin",
    };

    fn mail(html: &str, text: &str) -> Filled {
        Filled { subject: "Novinky".into(), html: html.into(), text: text.into(), ..Filled::default() }
    }

    #[test]
    fn what_a_mail_lacks_is_put_at_its_end() {
        let said = mail("<html><body><p>Dobrý deň</p></body></html>", "Dobrý deň").with_imprint(&IMPRINT, Language::Sk);
        let (words, end) = said.html.split_once("</body>").unwrap();
        assert_eq!(end, "</html>");
        assert!(words.contains("Jedľa &amp; syn s. r. o., Dielenská 8, 036 01 Martin, IČO 31562788"), "{words}");
        assert!(words.contains("<a href=\"https://posel.example/unsubscribe/abc\"") && words.contains("Odhlásiť sa z odberu"));
        let lines: Vec<&str> = said.text.lines().collect();
        assert_eq!(lines[2], "Jedľa & syn s. r. o., Dielenská 8, 036 01 Martin, IČO 31562788");
        assert_eq!(lines[3], "Odhlásiť sa z odberu: https://posel.example/unsubscribe/abc");
    }

    #[test]
    fn a_mail_that_says_all_of_it_stays_as_it_is() {
        let text =
            "Novinky\nJEDĽA & SYN s. r. o.\nDielenská 8,  036 01 Martin\nIČO: 31562788\nhttps://posel.example/unsubscribe/abc";
        let whole = mail("<p>Novinky</p><a href='https://posel.example/unsubscribe/abc'>stop</a>", text);
        assert_eq!(whole.clone().with_imprint(&IMPRINT, Language::Cs), whole);
    }

    #[test]
    fn a_text_message_gets_the_link_once() {
        let short = Filled { text: "Zľava 10 %".into(), ..Filled::default() };
        let said = short.with_imprint(&IMPRINT, Language::Sk);
        assert_eq!(said.text, "Zľava 10 %\nOdhlas: https://posel.example/unsubscribe/abc");
        assert_eq!(said.clone().with_imprint(&IMPRINT, Language::Sk), said);
    }

    #[test]
    fn a_company_without_number_and_seat_says_its_name() {
        let bare = Imprint { number: "", seat: " ", ..IMPRINT };
        let said = mail("<p>Hi</p>", "Hi").with_imprint(&bare, Language::En);
        assert!(said.text.contains("\nJedľa & syn s. r. o.\nUnsubscribe: https://"), "{}", said.text);
    }
}
