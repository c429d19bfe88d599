//! Workbooks made to hurt: lies of zip64, archives in archives, parts that lie over one another, links to elsewhere, endless shared
//! texts, and document types in any part. Each is refused with its place, or read without what it lies about.

use std::io::{Cursor, Write};

use model::{ImportFormat, ImportReading, TableFault};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::support::{archive, parts, read, read_as, refusal};

const HEADER: &str = "<row><c t=\"inlineStr\"><is><t>E-mail</t></is></c><c t=\"inlineStr\"><is><t>Mesto</t></is></c></row>";

fn places(bytes: &[u8], sign: &[u8]) -> Vec<usize> {
    bytes.windows(sign.len()).enumerate().filter(|it| it.1 == sign).map(|it| it.0).collect()
}

/// The parts of a workbook with one of them replaced.
fn with(name: &str, content: &str) -> Vec<u8> {
    let mut all = parts("", "");
    let part = all.iter_mut().find(|it| it.0 == name).unwrap();
    part.1 = content.to_owned();
    archive(&all)
}

/// An archive whose entries all carry the sizes of zip64.
fn zip64() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts(&format!("{HEADER}<row><c t=\"str\"><v>eva@example.sk</v></c></row>"), "") {
        zip.start_file(name, SimpleFileOptions::default().large_file(true)).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn an_archive_with_honest_sizes_of_zip64_is_read() {
    let (_, columns, rows) = read("x.xlsx", &zip64()).unwrap();
    assert_eq!((columns.join("|"), rows[0].1.join("|")), ("E-mail|Mesto".to_owned(), "eva@example.sk".to_owned()));
}

#[test]
fn sizes_that_lie_by_zip64_take_no_memory_and_are_refused() {
    // In the directory an entry says 0xffffffff and gives the size, and where it lies, in an extra field of its own.
    for lie in [u64::MAX, 1 << 62, 1 << 40] {
        let mut bytes = archive(&parts(HEADER, ""));
        let entry = *places(&bytes, b"PK\x01\x02").last().unwrap();
        let name = usize::from(u16::from_le_bytes([bytes[entry + 28], bytes[entry + 29]]));
        bytes[entry + 20..entry + 28].fill(0xff);
        bytes[entry + 30..entry + 32].copy_from_slice(&20_u16.to_le_bytes());
        let mut extra = vec![1, 0, 16, 0];
        extra.extend(lie.to_le_bytes());
        extra.extend(lie.to_le_bytes());
        let at = entry + 46 + name;
        bytes.splice(at..at, extra);
        let end = *places(&bytes, b"PK\x05\x06").last().unwrap();
        let size = u32::from_le_bytes(bytes[end + 12..end + 16].try_into().unwrap()) + 20;
        bytes[end + 12..end + 16].copy_from_slice(&size.to_le_bytes());
        let (line, fault) = refusal("x.xlsx", &bytes);
        assert!(matches!(fault, TableFault::BrokenArchive | TableFault::SuspiciousArchive), "{lie}: {fault:?}");
        assert_eq!(line, 1);
    }
}

#[test]
fn a_directory_that_lies_by_zip64_is_refused() {
    for (entries, at) in [(u64::MAX, 0), (5, u64::MAX), (1 << 40, 1 << 40)] {
        let mut bytes = archive(&parts(HEADER, ""));
        let end = *places(&bytes, b"PK\x05\x06").last().unwrap();
        let tail = bytes.split_off(end);
        // The long end of the directory (APPNOTE 4.3.14) and what leads to it (4.3.15), before the short end that says to look there.
        bytes.extend(b"PK\x06\x06");
        bytes.extend(44_u64.to_le_bytes());
        bytes.extend([45, 0, 45, 0]);
        bytes.extend([0; 8]);
        bytes.extend(entries.to_le_bytes());
        bytes.extend(entries.to_le_bytes());
        bytes.extend(u64::MAX.to_le_bytes());
        bytes.extend(at.to_le_bytes());
        bytes.extend(b"PK\x06\x07");
        bytes.extend([0; 4]);
        bytes.extend((end as u64).to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend(&tail[..8]);
        bytes.extend([0xff; 12]);
        bytes.extend(&tail[20..]);
        assert_eq!(refusal("x.xlsx", &bytes), (1, TableFault::BrokenArchive), "{entries} {at}");
    }
}

#[test]
fn archives_in_archives_are_never_opened() {
    // Each level holds sixteen times the level below; the innermost is a part that would grow to a thousand times its size.
    let mut inner = archive(&[("0.xml".to_owned(), " ".repeat(1 << 20))]);
    for level in 0..6 {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for n in 0..16 {
            zip.start_file(format!("{level}-{n}.zip"), SimpleFileOptions::default()).unwrap();
            zip.write_all(&inner).unwrap();
        }
        inner = zip.finish().unwrap().into_inner();
    }
    assert_eq!(refusal("42.xlsx", &inner), (1, TableFault::NoSheet));

    // The same as a part of a workbook that asks for it as its sheet.
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts("", "") {
        zip.start_file(&name, SimpleFileOptions::default()).unwrap();
        zip.write_all(if name == "xl/sheet.xml" { &inner } else { content.as_bytes() }).unwrap();
    }
    let (line, fault) = refusal("x.xlsx", &zip.finish().unwrap().into_inner());
    assert!(line < 100 && !matches!(fault, TableFault::Bomb), "{line}: {fault:?}");
}

#[test]
fn parts_that_lie_over_one_another_are_refused() {
    let mut bytes = archive(&parts("", ""));
    let entries = places(&bytes, b"PK\x01\x02");
    let first: [u8; 4] = bytes[entries[0] + 42..entries[0] + 46].try_into().unwrap();
    bytes[entries[1] + 42..entries[1] + 46].copy_from_slice(&first);
    let (line, fault) = refusal("x.xlsx", &bytes);
    assert!(matches!(fault, TableFault::BrokenArchive | TableFault::SuspiciousArchive), "{fault:?}");
    assert_eq!(line, 1);
}

#[test]
fn a_sheet_that_lies_elsewhere_is_never_looked_up() {
    for target in ["file:///etc/passwd", "http://127.0.0.1:9/sheet.xml", "\\\\server\\share\\sheet.xml", "../../../etc/passwd"] {
        let mode = if target.starts_with("..") { "" } else { " TargetMode=\"External\"" };
        let relations = format!("<R><Relationship Id=\"s\" Type=\"x/worksheet\" Target=\"{target}\"{mode}/></R>");
        assert_eq!(refusal("x.xlsx", &with("xl/_rels/workbook.xml.rels", &relations)), (1, TableFault::NoSheet), "{target}");
    }
}

#[test]
fn a_cell_that_asks_another_workbook_is_what_was_seen_there_last() {
    let sheet = format!(
        "{HEADER}<row><c t=\"str\"><f>[1]Cenník!$B$2</f><v>eva@example.sk</v></c>\
         <c t=\"str\"><f>HYPERLINK(\"http://x.example\",\"Brno\")</f><v>Brno</v></c></row>"
    );
    let mut all = parts(&sheet, "");
    all.push(("xl/externalLinks/externalLink1.xml".into(), "<externalLink><externalBook/></externalLink>".into()));
    let (_, _, rows) = read("x.xlsx", &archive(&all)).unwrap();
    assert_eq!(rows, [(2, vec!["eva@example.sk".to_owned(), "Brno".to_owned()], None)]);
}

#[test]
fn shared_texts_are_counted_and_never_believed() {
    let sheet = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>4294967295</v></c></row><row><c t=\"s\"><v>-1</v></c><c t=\"s\"><v>0</v></c></row>";
    let mut all = parts(sheet, "");
    let strings = all.iter_mut().find(|it| it.0 == "xl/strings.xml").unwrap();
    strings.1 = "<sst count=\"18446744073709551615\" uniqueCount=\"18446744073709551615\"><si><t>Eva</t></si></sst>".into();
    let reading = ImportReading { format: ImportFormat::Xlsx, ..ImportReading::default() };
    let (_, rows) = read_as(&archive(&all), &reading).unwrap();
    let cells: Vec<_> = rows.iter().map(|it| it.1.join("|")).collect();
    assert_eq!(cells, ["Eva", "|Eva"]);
}

#[test]
fn a_document_type_is_refused_in_every_part_with_its_line() {
    let laughs = "<?xml version=\"1.0\"?>\n\n<!DOCTYPE x [<!ENTITY l \"ha\"><!ENTITY m \"&l;&l;\">]>\n<x>&m;</x>";
    for part in ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/strings.xml", "xl/sheet.xml"] {
        assert_eq!(refusal("x.xlsx", &with(part, laughs)), (3, TableFault::DocumentType), "{part}");
    }
}
