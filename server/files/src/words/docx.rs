//! Word documents (ECMA-376): the texts of the document and of what stands around it.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{TEXT_MAX, UNPACKED_MAX};
use crate::packed;

/// The parts whose text is read, by how their names begin.
const PARTS: [&str; 5] = ["word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes"];
/// Archives with more entries are not read.
const ENTRIES_MAX: usize = 10_000;

/// The text; nothing of what is no archive.
pub(super) fn text(content: &[u8]) -> Option<String> {
    let mut archive = packed::open(Cursor::new(content), ENTRIES_MAX).ok()?;
    let mut names: Vec<String> = archive.file_names().filter_map(|it| it.ok().map(|it| it.into_owned())).collect();
    names.retain(|name| name.ends_with(".xml") && PARTS.iter().any(|it| name.starts_with(it)));
    // The document itself stands first in the order of the alphabet.
    names.sort_unstable();
    let (mut text, mut left) = (String::new(), UNPACKED_MAX as u64);
    for name in names {
        let Ok(part) = archive.by_name(&name) else { continue };
        let mut part = part.take(left);
        read(&mut part, &mut text);
        left = part.limit();
        if TEXT_MAX <= text.len() || left == 0 {
            break;
        }
    }
    Some(super::begin(&text).to_owned())
}

/// Adds the text of one part, as far as it is sound.
fn read(part: &mut impl Read, text: &mut String) {
    let mut reader = Reader::from_reader(BufReader::new(part));
    reader.config_mut().check_end_names = false;
    let (mut buffer, mut is_text) = (Vec::new(), false);
    while text.len() < TEXT_MAX {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(it)) if it.local_name().as_ref() == "t" => is_text = true,
            Ok(Event::End(it)) => match it.local_name().as_ref() {
                "t" => is_text = false,
                "p" | "tc" => text.push('\n'),
                _ => {}
            },
            Ok(Event::Empty(it)) if matches!(it.local_name().as_ref(), "tab" | "br" | "cr" | "p") => text.push(' '),
            Ok(Event::Text(it)) if is_text => text.push_str(&it),
            Ok(Event::GeneralRef(it)) if is_text => text.push(match it.as_ref() {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                _ => it.resolve_char_ref().ok().flatten().unwrap_or(' '),
            }),
            Ok(Event::Eof | Event::DocType(_)) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn document(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    const DOCUMENT: &str = "<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>Technický </w:t></w:r><w:r><w:t>list &amp; c&#237;na</w:t></w:r></w:p>\
                            <w:p><w:r><w:t>Lepidlo</w:t><w:tab/><w:t>5 kg</w:t><w:instrText>PAGE</w:instrText></w:r></w:p></w:body></w:document>";

    #[test]
    fn paragraphs_and_what_stands_around_them_are_read() {
        let file = document(&[
            ("[Content_Types].xml", "<Types/>"),
            ("word/header1.xml", "<w:hdr xmlns:w=\"x\"><w:p><w:r><w:t>Jasenové dielo</w:t></w:r></w:p></w:hdr>"),
            ("word/styles.xml", "<w:t>styl</w:t>"),
            ("word/document.xml", DOCUMENT),
        ]);
        assert_eq!(text(&file).unwrap(), "Technický list & cína\nLepidlo 5 kg\nJasenové dielo\n");
        assert_eq!(crate::words(&file, "list.docx"), text(&file));
    }

    #[test]
    fn an_archive_that_unpacks_to_gigabytes_is_read_up_to_the_limit() {
        let bomb = format!("<w:document><w:p>{}</w:p></w:document>", "<w:t>bomba </w:t>".repeat(4_000_000));
        let file = document(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &bomb)]);
        assert!(file.len() < bomb.len() / 100);
        let read = text(&file).unwrap();
        assert!(read.len() <= TEXT_MAX && read.starts_with("bomba bomba"));
        let blank = document(&[("word/document.xml", &" ".repeat(2 * UNPACKED_MAX))]);
        assert_eq!(text(&blank).unwrap(), "");
    }

    #[test]
    fn broken_and_deep_documents_give_what_is_sound() {
        let deep = format!("<w:t>dobre</w:t>{}", "<w:a>".repeat(1_000_000));
        assert_eq!(text(&document(&[("word/document.xml", &deep)])).unwrap(), "dobre");
        let laughs = "<!DOCTYPE a [<!ENTITY b \"haha\">]><w:t>&b;</w:t>";
        assert_eq!(text(&document(&[("word/document.xml", laughs)])).unwrap(), "");
        let mut cut = document(&[("word/document.xml", DOCUMENT)]);
        cut.truncate(cut.len() / 2);
        assert_eq!(text(&cut), None);
    }
}
