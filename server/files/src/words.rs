//! The words inside a file, for finding it: of PDF, of Word documents and of plain text. Whatever a file claims, it costs no more time and
//! memory than the limits here; what is damaged, protected or of another kind has no words.

mod docx;
mod pdf;

use crate::sniff::{self, Kind};

/// So much text is read of one file (bytes); nobody looks for what stands behind it.
const TEXT_MAX: usize = 1 << 20;
/// So much is unpacked of one file (bytes), however much is packed in it.
const UNPACKED_MAX: usize = 32 << 20;
/// Larger files are not read (bytes).
pub const FILE_MAX: u64 = 50 << 20;

/// The words inside a file, at most about a megabyte; none of one that is not read. `name` tells only kinds of plain text apart.
///
/// Takes at most a second and some hundred megabytes; call it off the async threads.
pub fn words(content: &[u8], name: &str) -> Option<String> {
    if FILE_MAX < content.len() as u64 {
        return None;
    }
    let Ok(Kind::File { media_type, .. }) = sniff::sniff(content, name) else { return None };
    let text = match media_type {
        "application/pdf" => pdf::text(content)?,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => docx::text(content)?,
        it if it.starts_with("text/") => begin(std::str::from_utf8(content).ok()?).to_owned(),
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// As much of a text as is read.
fn begin(text: &str) -> &str {
    &text[..text.floor_char_boundary(TEXT_MAX)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_read_up_to_its_limit() {
        assert_eq!(words("Dobrý deň".as_bytes(), "a.txt").as_deref(), Some("Dobrý deň"));
        let long = words("ž".repeat(TEXT_MAX).as_bytes(), "a.txt").unwrap();
        assert!(long.len() <= TEXT_MAX && long.chars().all(|it| it == 'ž'));
    }

    #[test]
    fn what_is_not_read_has_no_words() {
        for (content, name) in
            [(&b""[..], "a.txt"), (b"  \n ", "a.txt"), (b"MZ\x90\0\x03", "a.pdf"), (b"\x89PNG\r\n\x1a\n", "a.png")]
        {
            assert_eq!(words(content, name), None, "{name}");
        }
    }
}
