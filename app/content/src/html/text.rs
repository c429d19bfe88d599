//! Plain text out of HTML, for the text part of a mail and for the index.

mod lines;

use super::Error;
use super::entities::{Place, decode};
use super::purify::elements::is_block;
use super::tokens::{Tag, Token, Tokens};
use lines::Lines;

/// Longer input is refused (bytes).
const LONGEST: usize = 32 << 20;

/// Turns HTML, a fragment or a whole document of up to 32 MiB, into plain text without decoration: a link becomes `text (address)`, a list
/// lines with `- ` or a number, a row of a table one line, a quotation lines with `> `, a picture its description.
///
/// # Errors
/// Fails with [`Error::TooLarge`] when the HTML is larger.
pub fn from_html(html: &str) -> Result<String, Error> {
    if LONGEST < html.len() {
        return Err(Error::TooLarge);
    }
    let mut reader = Reader::default();
    for token in Tokens::of(html) {
        match token {
            Token::Start(tag) => reader.start(&tag),
            Token::End(name) => reader.end(&name),
            Token::Text(text) => reader.words(&decode(text, Place::Text)),
            Token::Raw(_) | Token::Comment(_) => {}
        }
    }
    Ok(reader.lines.finish())
}

#[derive(Default)]
struct Reader {
    lines: Lines,
    /// The open lists: the number of the next item, or none for a list without numbers.
    lists: Vec<Option<i64>>,
    link: Option<Link>,
}

/// An open link.
struct Link {
    address: String,
    shown: String,
}

impl Reader {
    fn start(&mut self, tag: &Tag<'_>) {
        if is_block(&tag.name) {
            self.lines.end(gap(&tag.name));
        }
        match tag.name.as_str() {
            "br" => self.lines.break_line(),
            "hr" => self.lines.rule(),
            "tr" => self.lines.end(1),
            "td" | "th" => self.lines.cell(),
            "ul" | "menu" | "dir" => self.open_list(None),
            "ol" => self.open_list(Some(attribute(tag, "start").and_then(|it| it.trim().parse().ok()).unwrap_or(1))),
            "li" => self.item(),
            "pre" => self.lines.keep_blanks(true),
            "blockquote" => self.lines.quote(1),
            "img" => {
                if let Some(text) = attribute(tag, "alt") {
                    self.words(&text);
                }
            }
            "a" => {
                self.end_link();
                self.link = attribute(tag, "href").map(|it| Link { address: it.trim().to_owned(), shown: String::new() });
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "a" => self.end_link(),
            "ul" | "ol" | "menu" | "dir" => {
                self.lists.pop();
                self.lines.indent(self.lists.len());
            }
            "pre" => self.lines.keep_blanks(false),
            "blockquote" => {
                self.lines.end(2);
                self.lines.quote(-1);
            }
            "tr" => self.lines.end(1),
            _ => {}
        }
        if is_block(name) {
            self.lines.end(gap(name));
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(link) = &mut self.link {
            link.shown.push_str(words);
        }
        self.lines.words(words);
    }

    fn open_list(&mut self, number: Option<i64>) {
        self.lines.end(if self.lists.is_empty() { 2 } else { 1 });
        self.lists.push(number);
        self.lines.indent(self.lists.len());
    }

    fn item(&mut self) {
        let sign = match self.lists.last_mut() {
            Some(Some(number)) => {
                let sign = format!("{number}. ");
                *number = number.saturating_add(1);
                sign
            }
            _ => "- ".to_owned(),
        };
        self.lines.item(&sign);
    }

    /// Writes where the link leads, unless its text says so already.
    fn end_link(&mut self) {
        let Some(link) = self.link.take() else { return };
        let lower = link.address.to_ascii_lowercase();
        if !["http://", "https://", "mailto:", "tel:", "sms:"].iter().any(|it| lower.starts_with(it)) {
            return;
        }
        let shown = link.shown.trim().to_ascii_lowercase();
        let short =
            ["https://", "http://", "mailto:", "tel:", "sms:"].iter().find_map(|it| lower.strip_prefix(it)).unwrap_or(&lower);
        if shown == lower || shown == short || shown == short.trim_end_matches('/') {
            return;
        }
        let address = short_of(&link.address);
        self.lines.words(&if shown.is_empty() { address.to_owned() } else { format!(" ({address})") });
    }
}

/// The address as people write it: mail addresses and numbers without their scheme.
fn short_of(address: &str) -> &str {
    let plain =
        |prefix: &str| address.get(..prefix.len()).filter(|it| it.eq_ignore_ascii_case(prefix)).map(|it| &address[it.len()..]);
    ["mailto:", "tel:", "sms:"].iter().find_map(|it| plain(it)).unwrap_or(address)
}

/// How many line ends stand around a block: one, or two for an empty line between.
fn gap(name: &str) -> usize {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre" | "dl" | "figure" | "table" | "hr" => 2,
        _ => 1,
    }
}

fn attribute(tag: &Tag<'_>, name: &str) -> Option<String> {
    let found = tag.attributes.iter().find(|it| it.name == name)?;
    Some(decode(found.value, Place::Attribute).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_readable_text() {
        for (html, text) in [
            ("<p>Dobrý&nbsp;deň,</p><p>prvý<br>druhý</p>", "Dobrý\u{a0}deň,\n\nprvý\ndruhý"),
            ("a  <b>b</b>\n c<!-- x --><style>p{}</style><script>y</script><title>t</title>", "a b c"),
            ("<ul><li>a<li>b<ul><li>c</ul></ul>d", "- a\n- b\n  - c\nd"),
            ("x<ol start=3><li>a<li>b</ol>", "x\n\n3. a\n4. b"),
            ("<a href='https://x.sk/a?b=1&amp;c'>sem</a>.", "sem (https://x.sk/a?b=1&c)."),
            ("<a href='https://x.sk/'>x.sk</a> <a href='mailto:a@x.sk'>a@x.sk</a>", "x.sk a@x.sk"),
            ("<a href='mailto:a@x.sk'>Eva</a> <a href='#a'>b</a> <a href='javascript:x'>c</a>", "Eva (a@x.sk) b c"),
            ("<a href='https://x.sk'><img alt='Logo'></a><a href='https://y.sk'><img></a>", "Logo (https://x.sk)https://y.sk"),
            ("<table><tr><th>Položka<th>Suma</tr><tr><td>Doprava<td>12,50 €</table>", "Položka | Suma\nDoprava | 12,50 €"),
            ("<table><tr><td><p>A</p></td><td><p>B</p></td></tr></table>", "A\n\nB"),
            ("<blockquote>a<br>b<blockquote>c</blockquote></blockquote>d", "> a\n> b\n> >\n> > c\n\nd"),
            ("<pre>a  b\n c</pre>d", "a  b\n c\n\nd"),
            ("<h1>A</h1>b<hr>c<br><br><br><br>d", "A\n\nb\n\n----------\n\nc\n\nd"),
            ("<ul><li><a href='https://x.sk'>https://x.sk</a></ul>", "- https://x.sk"),
            ("a\u{200b}\u{ad}&zwnj;&#847;b", "ab"),
            ("</ul></blockquote></pre></a>x", "x"),
        ] {
            assert_eq!(from_html(html).as_deref(), Ok(text), "{html}");
        }
    }

    #[test]
    fn plain_text_made_into_html_comes_back() {
        let text = "Dobrý deň,\n\nposielame:\n\n- faktúru\n- zmluvu\n\nS pozdravom\nEva <eva@x.sk>, https://x.sk/a?b=1&c=2";
        assert_eq!(from_html(&crate::plain::to_html(text)).as_deref(), Ok(text));
    }

    #[test]
    fn hostile_sizes_take_no_time_to_speak_of() {
        for html in ["<div>", "<blockquote>", "<ul><li>", "<table><tr><td>", "<a href=x>", "<p a='", "&", "<", "<!--", "</"] {
            assert!(from_html(&html.repeat(300_000)).is_ok());
        }
    }
}
