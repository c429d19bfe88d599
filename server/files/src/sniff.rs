//! What a file is, told from its first bytes and, for packed documents, from what is packed in them.

use std::io::{Cursor, ErrorKind};

use image::ImageFormat;
use model::library::FileFault;

use crate::packed;

/// A kind of file that may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A picture in one of the formats that are read.
    Picture(ImageFormat),
    /// Anything else that is allowed.
    File {
        /// Its media type.
        media_type: &'static str,
        /// The ending of its name.
        ending: &'static str,
    },
}

/// Office documents by what they are packed with: the folder inside, the media type, the ending.
const PACKED: [(&str, &str, &str); 3] = [
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
];

/// OpenDocument says by its first entry what it is.
const OPEN_DOCUMENTS: [(&str, &str); 3] = [
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.presentation", "odp"),
];

/// Packed documents with more entries than this are refused.
const ENTRIES_MAX: usize = 10_000;

/// Tells what a file is.
pub(crate) fn sniff(content: &[u8], name: &str) -> Result<Kind, FileFault> {
    if content.is_empty() {
        return Err(FileFault::Empty);
    }
    if looks_like_svg(content) {
        return Err(FileFault::Svg);
    }
    let Some(kind) = infer::get(content) else { return text(content, name) };
    match kind.mime_type() {
        "image/png" => Ok(Kind::Picture(ImageFormat::Png)),
        "image/jpeg" => Ok(Kind::Picture(ImageFormat::Jpeg)),
        "image/gif" => Ok(Kind::Picture(ImageFormat::Gif)),
        "image/webp" => Ok(Kind::Picture(ImageFormat::WebP)),
        "image/heif" | "image/avif" => Err(FileFault::PictureFormat),
        it if it.starts_with("image/") => Err(FileFault::PictureFormat),
        "application/pdf" => Ok(Kind::File { media_type: "application/pdf", ending: "pdf" }),
        _ if content.starts_with(b"PK\x03\x04") => document(content),
        "text/html" | "text/xml" => Err(FileFault::NotAllowed),
        it if it.starts_with("text/") => text(content, name),
        _ => Err(FileFault::NotAllowed),
    }
}

/// A packed office document without macros.
fn document(content: &[u8]) -> Result<Kind, FileFault> {
    let mut archive = packed::open(Cursor::new(content), ENTRIES_MAX).map_err(|error| match error.kind() {
        ErrorKind::FileTooLarge => FileFault::NotAllowed,
        _ => FileFault::Damaged,
    })?;
    let names: Vec<String> = archive.file_names().filter_map(|it| it.ok().map(|it| it.into_owned())).collect();
    let is = |start: &str| names.iter().any(|it| it.starts_with(start));
    if names.iter().any(|it| it.to_ascii_lowercase().ends_with("vbaproject.bin")) {
        return Err(FileFault::Macros);
    }
    if is("[Content_Types].xml")
        && let Some((_, media_type, ending)) = PACKED.into_iter().find(|(folder, _, _)| is(folder))
    {
        return Ok(Kind::File { media_type, ending });
    }
    let mut said = String::new();
    if let Ok(file) = archive.by_name("mimetype") {
        use std::io::Read;
        // What is no text says nothing.
        let _ = file.take(100).read_to_string(&mut said);
    }
    let open = OPEN_DOCUMENTS.into_iter().find(|(media_type, _)| *media_type == said);
    open.map(|(media_type, ending)| Kind::File { media_type, ending }).ok_or(FileFault::NotAllowed)
}

/// Plain text in UTF-8; which kind, says the ending of the name.
fn text(content: &[u8], name: &str) -> Result<Kind, FileFault> {
    let text = std::str::from_utf8(content).map_err(|_| FileFault::NotAllowed)?;
    if text.chars().any(|it| it.is_control() && !matches!(it, '\n' | '\r' | '\t' | '\u{c}')) || looks_like_markup(text) {
        return Err(FileFault::NotAllowed);
    }
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    let (media_type, ending) = match ending.as_str() {
        "csv" => ("text/csv", "csv"),
        "ics" if text.starts_with("BEGIN:VCALENDAR") => ("text/calendar", "ics"),
        "vcf" if text.starts_with("BEGIN:VCARD") => ("text/vcard", "vcf"),
        _ => ("text/plain", "txt"),
    };
    Ok(Kind::File { media_type, ending })
}

/// The first kilobyte without blanks and a byte order mark, in lower case.
fn beginning(content: &[u8]) -> String {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let text = String::from_utf8_lossy(&content[..content.len().min(1024)]);
    text.trim_start().to_ascii_lowercase()
}

fn looks_like_svg(content: &[u8]) -> bool {
    let text = beginning(content);
    // A drawing may be packed, too.
    text.starts_with('<') && text.contains("<svg")
}

/// Whether a browser that guesses might take the text for a page (MIME Sniffing Standard §7.1).
fn looks_like_markup(text: &str) -> bool {
    let text = beginning(text.as_bytes());
    text.starts_with('<') || ["<script", "<html", "<!doctype", "<iframe", "<svg"].iter().any(|it| text.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ending(content: &[u8], name: &str) -> Result<&'static str, FileFault> {
        match sniff(content, name)? {
            Kind::File { ending, .. } => Ok(ending),
            Kind::Picture(format) => Ok(format.extensions_str()[0]),
        }
    }

    #[test]
    fn files_are_told_by_their_content_and_not_by_their_names() {
        for (content, name, expected) in [
            (&b"%PDF-1.7\n"[..], "a.exe", Ok("pdf")),
            (b"GIF89a\x01\0\x01\0", "a.png", Ok("gif")),
            (b"\x89PNG\r\n\x1a\n", "a.txt", Ok("png")),
            ("Dobrý deň".as_bytes(), "a", Ok("txt")),
            (b"a;b\n1;2", "A.CSV", Ok("csv")),
            (b"BEGIN:VCALENDAR\r\n", "a.ics", Ok("ics")),
            (b"not a card", "a.vcf", Ok("txt")),
            (b"", "a.txt", Err(FileFault::Empty)),
            (b"MZ\x90\0\x03", "a.pdf", Err(FileFault::NotAllowed)),
            (b"\x7fELF", "a.pdf", Err(FileFault::NotAllowed)),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", Err(FileFault::Svg)),
            (b"\xef\xbb\xbf <?xml version='1.0'?><!-- x --><svg onload='x'/>", "a.svg", Err(FileFault::Svg)),
            (b"<!DOCTYPE html><script>x</script>", "a.txt", Err(FileFault::NotAllowed)),
            (b"a <script>x</script>", "a.txt", Err(FileFault::NotAllowed)),
            (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0", "a.bmp", Err(FileFault::PictureFormat)),
            (b"\0\x01\x02", "a.txt", Err(FileFault::NotAllowed)),
            (b"PK\x03\x04garbage", "a.docx", Err(FileFault::Damaged)),
        ] {
            assert_eq!(ending(content, name), expected, "{name}: {}", String::from_utf8_lossy(content));
        }
    }
}
