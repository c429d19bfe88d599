//! Which addresses a mail may name.

/// What the address of a picture leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// A part of the same mail, by its content id.
    Inline(String),
    /// The picture itself, as `data:` of a pixel format.
    Data(String),
    /// Another machine.
    Remote(String),
    /// Nothing that may be followed.
    Refused,
}

/// The address a link may lead to: web, mail, phone, or a place in the same mail.
pub fn link(text: &str) -> Option<String> {
    let address = tidy(text);
    if address.starts_with("//") {
        return Some(format!("https:{address}"));
    }
    let allowed = ["http://", "https://", "mailto:", "tel:", "sms:", "#"];
    allowed.iter().any(|it| begins(&address, it)).then_some(address)
}

/// Judges the address of a picture.
pub fn picture(text: &str) -> Picture {
    let address = tidy(text);
    let formats = [
        "data:image/png;base64,",
        "data:image/jpeg;base64,",
        "data:image/jpg;base64,",
        "data:image/gif;base64,",
        "data:image/webp;base64,",
    ];
    if begins(&address, "cid:") {
        Picture::Inline(address[4..].trim_matches(['<', '>']).to_owned())
    } else if begins(&address, "http://") || begins(&address, "https://") {
        Picture::Remote(address)
    } else if address.starts_with("//") {
        Picture::Remote(format!("https:{address}"))
    } else if formats.iter().any(|it| begins(&address, it)) {
        Picture::Data(address)
    } else {
        Picture::Refused
    }
}

/// Whether the address would run code.
pub fn is_code(text: &str) -> bool {
    let address = tidy(text);
    begins(&address, "javascript:") || begins(&address, "vbscript:") || begins(&address, "data:text")
}

/// Takes out what browsers ignore in an address (URL Standard §4.4): outer blanks and controls, inner tabs and line ends.
fn tidy(text: &str) -> String {
    text.trim_matches(|it: char| it <= ' ').chars().filter(|it| !matches!(it, '\t' | '\n' | '\r')).collect()
}

fn begins(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|it| it.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_mail_phone_and_places_inside_are_linked() {
        for (text, kept) in [
            (" HTTPS://x.sk/ ", Some("HTTPS://x.sk/")),
            ("//x.sk/a", Some("https://x.sk/a")),
            ("mailto:a@x.sk", Some("mailto:a@x.sk")),
            ("#nadpis", Some("#nadpis")),
            ("java\nscript:alert(1)", None),
            ("\u{1}javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("/api/session", None),
            ("http:x", None),
            ("", None),
        ] {
            assert_eq!(link(text).as_deref(), kept, "{text:?}");
        }
    }

    #[test]
    fn pictures_are_told_apart() {
        assert_eq!(picture("CID:<logo@x>"), Picture::Inline("logo@x".to_owned()));
        assert_eq!(picture("//x.sk/a.png"), Picture::Remote("https://x.sk/a.png".to_owned()));
        assert_eq!(picture("data:image/png;base64,AA=="), Picture::Data("data:image/png;base64,AA==".to_owned()));
        for text in ["data:image/svg+xml;base64,AA==", "data:text/html,x", "file:///etc/passwd", "a.png", "č", ""] {
            assert_eq!(picture(text), Picture::Refused, "{text}");
        }
    }
}
