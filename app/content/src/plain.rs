//! Plain text as staff write it, turned into HTML.

use linkify::{Link, LinkFinder, LinkKind};

/// Turns plain text into HTML: an empty line parts paragraphs, a line end is a `<br>`, lines with `- `, `* ` or `• ` are a list, web and
/// e-mail addresses are links. Everything else is escaped; no styles, so that the caller may dress it.
pub fn to_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    let mut open = Block::None;
    for line in text.split(is_line_end) {
        let line = line.trim_end();
        let (wanted, content) = match item(line) {
            _ if line.trim_start().is_empty() => (Block::None, ""),
            Some(item) => (Block::List, item),
            None => (Block::Paragraph, line),
        };
        if wanted != open {
            html.push_str(open.end());
            html.push_str(wanted.start());
        } else if wanted == Block::Paragraph {
            html.push_str("<br>\n");
        }
        open = wanted;
        match wanted {
            Block::None => {}
            Block::Paragraph => push_linked(&mut html, content),
            Block::List => {
                html.push_str("<li>");
                push_linked(&mut html, content);
                html.push_str("</li>\n");
            }
        }
    }
    html.push_str(open.end());
    html
}

/// Escapes a text for an HTML text node or a quoted attribute value; control characters, which HTML cannot carry, are dropped.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_escaped(&mut html, text);
    html
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    None,
    Paragraph,
    List,
}

impl Block {
    fn start(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Paragraph => "<p>",
            Self::List => "<ul>\n",
        }
    }

    fn end(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Paragraph => "</p>\n",
            Self::List => "</ul>\n",
        }
    }
}

/// Line ends of all systems; the `\r` of `\r\n` is trimmed with the blanks at the line's end.
fn is_line_end(it: char) -> bool {
    matches!(it, '\n' | '\u{2028}' | '\u{2029}')
}

/// The text of a list item, if the line is one.
fn item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    ["- ", "* ", "• "].iter().find_map(|sign| line.strip_prefix(sign)).map(str::trim_start)
}

/// Writes a line with its addresses as links.
fn push_linked(html: &mut String, line: &str) {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let mut done = 0;
    for link in finder.links(line) {
        let Some(target) = target(&link) else { continue };
        push_spaced(html, &line[done..link.start()]);
        html.push_str("<a href=\"");
        push_escaped(html, &target);
        html.push_str("\">");
        push_escaped(html, link.as_str());
        html.push_str("</a>");
        done = link.end();
    }
    push_spaced(html, &line[done..]);
}

/// Where a link leads; none for what only looks like one (`faktura.pdf`, other schemes).
fn target(link: &Link<'_>) -> Option<String> {
    let text = link.as_str();
    if *link.kind() == LinkKind::Email {
        let safe = text.replace('%', "%25").replace('?', "%3F").replace('&', "%26").replace('#', "%23");
        return Some(format!("mailto:{safe}"));
    }
    let begins = |prefix: &str| text.get(..prefix.len()).is_some_and(|it| it.eq_ignore_ascii_case(prefix));
    if begins("https://") || begins("http://") {
        Some(text.to_owned())
    } else if begins("www.") {
        Some(format!("https://{text}"))
    } else {
        None
    }
}

/// Escapes a text and keeps runs of blanks visible: all but the last become no-break spaces.
fn push_spaced(html: &mut String, text: &str) {
    let mut blanks = 0_usize;
    for (at, it) in text.char_indices() {
        if it == ' ' || it == '\t' {
            blanks += 1;
            continue;
        }
        push_blanks(html, blanks);
        blanks = 0;
        push_escaped(html, &text[at..at + it.len_utf8()]);
    }
    push_blanks(html, blanks);
}

fn push_blanks(html: &mut String, n: usize) {
    html.extend(std::iter::repeat_n("&nbsp;", n.saturating_sub(1)));
    if 0 < n {
        html.push(' ');
    }
}

fn push_escaped(html: &mut String, text: &str) {
    // Most of a text needs no change and is taken over in runs. Controls above ASCII begin with the byte 0xc2, as other signs do, too.
    let may_change = |it: u8| matches!(it, b'&' | b'<' | b'>' | b'"' | b'\'' | ..0x20 | 0x7f | 0xc2);
    let mut rest = text;
    while let Some(at) = rest.bytes().position(may_change) {
        html.push_str(&rest[..at]);
        let mut signs = rest[at..].chars();
        match signs.next() {
            Some('&') => html.push_str("&amp;"),
            Some('<') => html.push_str("&lt;"),
            Some('>') => html.push_str("&gt;"),
            Some('"') => html.push_str("&quot;"),
            Some('\'') => html.push_str("&#39;"),
            Some(it @ ('\t' | '\n')) => html.push(it),
            Some(it) if !it.is_control() => html.push(it),
            _ => {}
        }
        rest = signs.as_str();
    }
    html.push_str(rest);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn empty_lines_part_paragraphs_and_line_ends_are_breaks() {
        assert_eq!(to_html("Dobrý deň,\r\n\r\nprvý\r\ndruhý\n\n\n"), "<p>Dobrý deň,</p>\n<p>prvý<br>\ndruhý</p>\n");
        assert_eq!(to_html(""), "");
        assert_eq!(to_html(" \n\t\n"), "");
    }

    #[test]
    fn lines_with_a_hyphen_are_a_list() {
        assert_eq!(
            to_html("Pošlite:\n- zmluvu\n- 2 kópie\nĎakujem"),
            "<p>Pošlite:</p>\n<ul>\n<li>zmluvu</li>\n<li>2 kópie</li>\n</ul>\n<p>Ďakujem</p>\n"
        );
        assert_eq!(to_html("-5 °C\n-- \nEva"), "<p>-5 °C<br>\n--<br>\nEva</p>\n");
    }

    #[test]
    fn addresses_are_links() {
        for (text, html) in [
            ("https://x.sk/a?b=1&c=2.", r#"<a href="https://x.sk/a?b=1&amp;c=2">https://x.sk/a?b=1&amp;c=2</a>."#),
            ("(www.x.sk)", r#"(<a href="https://www.x.sk">www.x.sk</a>)"#),
            ("eva@x.sk, ok", r#"<a href="mailto:eva@x.sk">eva@x.sk</a>, ok"#),
            ("faktura.pdf firma.sk", "faktura.pdf firma.sk"),
            ("javascript://x.sk/%0aalert(1)", "javascript://x.sk/%0aalert(1)"),
        ] {
            assert_eq!(to_html(text), format!("<p>{html}</p>\n"));
        }
    }

    #[test]
    fn markup_is_only_text() {
        assert_eq!(
            to_html("<script>alert('1')</script> & \"x\""),
            "<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;</p>\n"
        );
    }

    #[test]
    fn runs_of_blanks_stay_visible_and_control_characters_do_not() {
        assert_eq!(to_html("a   b\u{0}\u{1b}c"), "<p>a&nbsp;&nbsp; bc</p>\n");
    }

    /// The text between the tags with its references read back.
    fn read_back(html: &str) -> String {
        let mut text = String::new();
        let mut inside = false;
        for it in html.chars() {
            match it {
                '<' => inside = true,
                '>' => inside = false,
                _ if !inside => text.push(it),
                _ => {}
            }
        }
        let text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">");
        text.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
    }

    proptest! {
        #[test]
        fn no_word_is_lost_or_becomes_markup(text in "[a-z<>&\"'/= .@:\\-\n]{0,120}|\\PC{0,80}|(https?://|www\\.|javascript:|<a )\\PC{0,40}") {
            let html = to_html(&text);
            let lines = text.split(is_line_end).map(str::trim_end);
            let words: String = lines.map(|line| item(line).unwrap_or(line)).collect();
            prop_assert_eq!(read_back(&html).replace(char::is_whitespace, ""), words.replace(char::is_whitespace, ""));
            for tag in html.split('<').skip(1) {
                let known = ["p>", "/p>", "br>", "ul>", "/ul>", "li>", "/li>", "a href=\"https:", "a href=\"http:", "a href=\"mailto:", "/a>"];
                prop_assert!(known.iter().any(|it| tag.to_ascii_lowercase().starts_with(it)), "{}", html);
            }
        }
    }
}
