//! The body of a mail: text, HTML with its pictures, and files, nested as mail programs expect.

use lettre::message::{
    Body as Encoded, MultiPart, SinglePart,
    header::{ContentTransferEncoding, ContentType},
};
use sha2::{Digest, Sha256};

use super::{Mail, MimeFault, Place, files, quoted::quoted};

/// A body of one part or of several.
pub(super) enum Body {
    One(SinglePart),
    Many(MultiPart),
}

/// Nests the parts: mixed(alternative(text, related(html, pictures)), files), leaving out what is not needed.
pub(super) fn compose(mail: &Mail) -> Result<Body, MimeFault> {
    let text = written(ContentType::TEXT_PLAIN, &mail.text);
    let html = mail.html.as_ref().map(|html| written(ContentType::TEXT_HTML, html));
    let boundaries = Boundaries::new(mail, &[Some(&text), html.as_ref()]);
    let mut pictures = Vec::new();
    let mut attached = Vec::new();
    for (i, file) in mail.files.iter().enumerate() {
        let inside = html.is_some() && matches!(file.place, Place::Inline { .. });
        let list = if inside { &mut pictures } else { &mut attached };
        list.push(files::part(i, file, inside)?);
    }
    let body = match html {
        None => Body::One(text),
        Some(html) if pictures.is_empty() => {
            Body::Many(MultiPart::alternative().boundary(boundaries.name("a")).singlepart(text).singlepart(html))
        }
        Some(html) => {
            let related = MultiPart::related().boundary(boundaries.name("r")).singlepart(html);
            let related = pictures.into_iter().fold(related, MultiPart::singlepart);
            Body::Many(MultiPart::alternative().boundary(boundaries.name("a")).singlepart(text).multipart(related))
        }
    };
    if attached.is_empty() {
        return Ok(body);
    }
    let mixed = MultiPart::mixed().boundary(boundaries.name("m"));
    let mixed = match body {
        Body::One(part) => mixed.singlepart(part),
        Body::Many(parts) => mixed.multipart(parts),
    };
    Ok(Body::Many(attached.into_iter().fold(mixed, MultiPart::singlepart)))
}

/// Boundaries derived from the Message-ID, so that the same mail gives the same bytes.
struct Boundaries(String);

impl Boundaries {
    /// Counts on until the boundary stands in no part, which nobody can bring about without knowing the id.
    fn new(mail: &Mail, parts: &[Option<&SinglePart>]) -> Self {
        let mut stem = String::new();
        for n in 0_u32.. {
            let digest = Sha256::digest(format!("{n} {}", mail.message_id));
            stem = digest.iter().take(12).map(|it| format!("{it:02x}")).collect();
            let taken = |part: &SinglePart| memchr::memmem::find(part.raw_body(), stem.as_bytes()).is_some();
            if !parts.iter().flatten().any(|part| taken(part)) {
                break;
            }
        }
        Self(stem)
    }

    /// The boundary of one level. `=_` cannot stand in quoted-printable (RFC 2045 §6.7).
    fn name(&self, level: &str) -> String {
        format!("=_{level}{}", self.0)
    }
}

/// A text part: as it is where that is safe, quoted-printable elsewhere, base64 where most bytes would have to be quoted.
fn written(kind: ContentType, text: &str) -> SinglePart {
    let builder = SinglePart::builder().header(kind);
    let n_beyond = text.bytes().filter(|it| !it.is_ascii()).count();
    let encoding = if n_beyond == 0 && is_plain(text) {
        ContentTransferEncoding::SevenBit
    } else if text.len() < 2 * n_beyond {
        ContentTransferEncoding::Base64
    } else {
        return builder.body(Encoded::dangerous_pre_encoded(quoted(text), ContentTransferEncoding::QuotedPrintable));
    };
    match Encoded::new_with_encoding(with_crlf(text), encoding) {
        Ok(body) => builder.body(body),
        // Not reached: `is_plain` is stricter than what 7bit needs. Encoding bytes is always possible.
        Err(bytes) => builder.body(bytes),
    }
}

/// Whether a text may stand unencoded: printable ASCII in short lines without blanks at their ends, no line that could be a boundary,
/// an mbox separator or a lone dot.
fn is_plain(text: &str) -> bool {
    text.split(['\r', '\n']).all(|line| {
        line.len() <= 76
            && line.bytes().all(|it| it == b'\t' || matches!(it, b' '..=b'~'))
            && !line.ends_with([' ', '\t'])
            && !line.starts_with("--")
            && !line.starts_with("From ")
            && line != "."
    })
}

/// Every kind of line end as CRLF.
pub(super) fn with_crlf(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 40);
    let mut rest = text;
    while let Some((line, after)) = rest.split_once(['\r', '\n']) {
        out.push_str(line);
        out.push_str("\r\n");
        rest = if rest[line.len()..].starts_with("\r\n") { &after[1..] } else { after };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_one_kind() {
        assert_eq!(with_crlf("a\nb\rc\r\nd\n\re"), "a\r\nb\r\nc\r\nd\r\n\r\ne");
    }

    #[test]
    fn only_harmless_text_stays_unencoded() {
        assert!(is_plain("Hello\r\n\r\nEva"));
        for text in ["č", "a ", ".", "--x", "From a", "a\0b", &"a".repeat(77)] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
