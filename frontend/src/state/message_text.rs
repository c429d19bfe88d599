//! The ways in which the body of an e-mail is written, and how one becomes another.

use content::html;
/// Plain text as HTML that says the same.
pub use content::letter::as_html;

use super::shown::Shown;

/// A way to write the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Like in a word processor.
    Text,
    /// As plain text.
    Plain,
    /// As HTML.
    Source,
}

impl Way {
    /// All ways, in the order of their tabs.
    pub const ALL: [Self; 3] = [Self::Text, Self::Plain, Self::Source];

    /// The way in which the body is written now.
    pub fn of(is_plain: bool, shown: Shown) -> Self {
        match (is_plain, shown) {
            (true, _) => Self::Plain,
            (false, Shown::Text) => Self::Text,
            (false, Shown::Source) => Self::Source,
        }
    }

    /// Its name in the page.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Plain => "plain",
            Self::Source => "source",
        }
    }

    /// The way of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    /// The view of the editor, for the ways that are views of the same HTML.
    pub fn shown(self) -> Option<Shown> {
        match self {
            Self::Text => Some(Shown::Text),
            Self::Source => Some(Shown::Source),
            Self::Plain => None,
        }
    }
}

/// What remains of HTML as plain text; nothing when it is too large to be read.
pub fn to_plain(html: &str) -> Option<String> {
    html::from_html(html).ok()
}

/// Whether plain text would say less than this HTML: something stands out in it, or it shows pictures or tables.
pub fn loses_looks(html: &str) -> bool {
    to_plain(html).is_none_or(|text| bare(&as_html(&text)) != bare(html))
}

/// HTML without blanks and with each letter written one way.
fn bare(html: &str) -> String {
    let html: String = html.replace("&nbsp;", "").chars().filter(|it| !it.is_whitespace()).collect();
    html.replace("&quot;", "\"").replace("&#39;", "'").replace("<br></p>", "</p>").replace("<p></p>", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_out_is_lost_as_plain_text() {
        for same in [
            "",
            "<p>Dobrý deň,</p>\n<p>&nbsp;</p>\n<p>{{ contact.name | fallback(\"a\") }}<br>\"x\" &amp; y</p>",
            "<ul><li>jeden</li><li>dva</li></ul>",
            "<p>Pozri <a href=\"https://www.x.sk\">www.x.sk</a></p>",
        ] {
            assert!(!loses_looks(same), "{same} {:?}", to_plain(same));
        }
        for more in
            ["<p>a <strong>b</strong></p>", "<p><img src=\"cid:a\" alt=\"\"></p>", "<h1>a</h1>", "<p align=\"center\">a</p>"]
        {
            assert!(loses_looks(more), "{more}");
        }
    }

    #[test]
    fn a_text_goes_to_html_and_back() {
        let text = "Dobrý deň {{ contact.name }},\n\nprvý riadok\ndruhý riadok\n\n- jeden\n- dva";
        assert_eq!(to_plain(&as_html(text)).as_deref(), Some(text));
    }
}
