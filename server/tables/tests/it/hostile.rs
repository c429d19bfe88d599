//! Files that are wrong, by accident or on purpose: each is refused with its place, or only its wrong rows are.

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;

use model::{Delimiter, ImportReading, TableFault, TextEncoding};
use proptest::prelude::*;
use tables::read::{self, COLUMNS_MAX, ROW_MAX};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::support::{archive, parts, read, read_as, refusal, workbook};

#[test]
fn tables_that_are_none_are_refused_with_their_place() {
    let many = (0..10_000).map(|n| format!("c{n}")).collect::<Vec<_>>().join(";");
    for (name, bytes, line, fault) in [
        ("empty.csv", b"".to_vec(), 1, TableFault::Empty),
        ("ends.csv", b"\r\n\r\n\r\n".to_vec(), 4, TableFault::Empty),
        ("columns.csv", format!("{many}\r\n").into_bytes(), 1, TableFault::TooManyColumns { max: COLUMNS_MAX as u64 }),
        ("cards.vcf", b"nothing here".to_vec(), 1, TableFault::NoRows),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more".to_vec(), 1, TableFault::Encrypted),
        ("cut.xlsx", workbook("", "")[..200].to_vec(), 1, TableFault::BrokenArchive),
    ] {
        assert_eq!(refusal(name, &bytes), (line, fault), "{name}");
    }
}

#[test]
fn a_header_alone_is_a_table_without_rows() {
    let (_, columns, rows) = read("x.csv", b"Meno;E-mail\r\n").unwrap();
    assert_eq!((columns.len(), rows.len()), (0, 0));
}

#[test]
fn headings_that_stand_twice_stay_apart() {
    let (_, columns, _) = read("x.csv", b"E-mail;E-mail\r\na;b\r\n").unwrap();
    assert_eq!(columns, ["E-mail", "E-mail [2]"]);
}

#[test]
fn wrong_rows_are_named_and_the_others_read() {
    let text = b"Meno;Mesto\nEva;Nitra\nJ\0n;Brno\nNov\xe1;Praha\nA;B;C;D\nEva \xc5\xa0;Zvolen\n;\nk\xc3\xb4\xc5\x88 \xc5\xbe;x\nPosledn\xfd;zle\n";
    let (reading, _, rows) = read("x.csv", text).unwrap();
    assert_eq!(reading.encoding, TextEncoding::Windows1250, "one letter in three is no UTF-8");
    let reading = ImportReading { encoding: TextEncoding::Utf8, ..reading };
    let (_, again) = read_as(text, &reading).unwrap();
    let faults: Vec<_> = again.iter().map(|it| (it.0, it.2.clone())).collect();
    assert_eq!(
        faults,
        [
            (2, None),
            (3, Some(TableFault::ControlCharacter)),
            (4, Some(TableFault::Encoding)),
            (5, Some(TableFault::MoreCells { columns: 2 })),
            (6, None),
            (8, None),
            (9, Some(TableFault::Encoding)),
        ]
    );
    assert_eq!(rows.len(), again.len());
}

/// A file of which nothing is kept: a heading, one endless line, a last line.
struct Endless {
    at: u64,
    long: u64,
}

const BEGIN: &[u8] = b"Meno;E-mail\nEva;e@x.sk\n";
const END: &[u8] = b"\nJan;j@x.sk\n";

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let (begin, end) = (BEGIN.len() as u64, BEGIN.len() as u64 + self.long);
        for (n, it) in into.iter_mut().enumerate() {
            let at = self.at + n as u64;
            *it = match at {
                at if at < begin => BEGIN[at as usize],
                at if at < end => b'x',
                at if at < end + END.len() as u64 => END[(at - end) as usize],
                _ => {
                    self.at += n as u64;
                    return Ok(n);
                }
            };
        }
        self.at += into.len() as u64;
        Ok(into.len())
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Start(at) => self.at = at,
            other => return Err(io::Error::other(format!("{other:?}"))),
        }
        Ok(self.at)
    }
}

#[test]
fn an_endless_line_costs_its_own_row_and_no_memory() {
    let reading = ImportReading { header_row: 1, delimiter: Delimiter::Semicolon, ..ImportReading::default() };
    let mut rows = Vec::new();
    read::rows(&mut Endless { at: 0, long: 100 << 20 }, &reading, &mut |row| {
        rows.push((row.line, row.cells.iter().map(String::len).sum::<usize>(), row.fault));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(rows, [(2, 9, None), (3, 0, Some(TableFault::TooLong { max: ROW_MAX as u64 })), (4, 9, None)]);
}

#[test]
fn a_quote_that_never_ends_names_the_line_where_it_begins() {
    let text = format!("Meno;Mesto\nEva;Nitra\n\"Jan;Brno\n{}", "Ivan;Praha\n".repeat(200_000));
    let (_, _, rows) = read("x.csv", text.as_bytes()).unwrap();
    assert_eq!((rows.len(), rows[1].0, rows[1].2.clone()), (2, 3, Some(TableFault::TooLong { max: ROW_MAX as u64 })));
}

#[test]
fn only_the_last_of_many_rows_is_wrong() {
    let text = format!("Meno;Mesto\n{}a;b;c\n", "Eva;Nitra\n".repeat(100_000));
    let (_, _, rows) = read("x.csv", text.as_bytes()).unwrap();
    let wrong: Vec<_> = rows.iter().filter(|it| it.2.is_some()).map(|it| it.0).collect();
    assert_eq!(wrong, [100_002]);
}

#[test]
fn xml_that_wants_more_than_text_is_refused() {
    let deep = "<a>".repeat(1_000_000);
    let laughs = "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY l \"ha\"><!ENTITY m \"&l;&l;&l;\">]>\n<a><b>&m;</b></a>";
    for (name, text, line, fault) in [
        ("laughs.xml", laughs.to_owned(), 2, TableFault::DocumentType),
        (
            "file.xml",
            "<!DOCTYPE a [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><a><b>&f;</b></a>".into(),
            1,
            TableFault::DocumentType,
        ),
        ("http.xml", "<!DOCTYPE a SYSTEM \"http://x.example/a.dtd\"><a><b/></a>".into(), 1, TableFault::DocumentType),
        ("deep.xml", deep, 1, TableFault::TooDeep { max: 64 }),
        (
            "utf7.xml",
            "<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>".into(),
            1,
            TableFault::UnknownEncoding { name: "UTF-7".into() },
        ),
        ("open.xml", "<a><b>\n<c>1</c>\n".into(), 3, TableFault::Malformed),
        ("crossed.xml", "<a>\n<b></a></b>".into(), 2, TableFault::Malformed),
        ("flat.xml", "<a/>".into(), 1, TableFault::NoRows),
        ("attributes.xml", "<a><b x='1' x='2'/></a>".into(), 1, TableFault::Malformed),
        ("long.xml", format!("<a><b><c>{}</c></b></a>", "x".repeat(ROW_MAX + 1)), 1, TableFault::TooLong { max: ROW_MAX as u64 }),
    ] {
        assert_eq!(refusal(name, text.as_bytes()), (line, fault), "{name}");
    }
}

#[test]
fn inclusions_are_only_elements_and_unknown_entities_spoil_their_row() {
    let text = "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><b><c>1</c><xi:include href=\"file:///etc/passwd\"/></b>\n<b><c>&x; &lt;&#353;</c></b></a>";
    let (_, columns, rows) = read("x.xml", text.as_bytes()).unwrap();
    assert_eq!(columns, ["c", "include/@href", "include"]);
    assert_eq!(rows[0].1[1], "file:///etc/passwd");
    assert_eq!((rows[1].0, rows[1].2.clone()), (2, Some(TableFault::UnknownEntity)));
}

#[test]
fn a_wrong_declaration_is_seen_in_the_rows_and_can_be_corrected() {
    let text = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><a><b><c>Nov\xe1</c></b><b><c>Eva</c></b></a>";
    let (reading, _, rows) = read("x.xml", text).unwrap();
    assert_eq!((rows[0].2.clone(), rows[1].2.clone()), (Some(TableFault::Encoding), None));
    let right = ImportReading { encoding: TextEncoding::Windows1250, ..reading };
    assert_eq!(read_as(text, &right).unwrap().1[0].1[0], "Nová");
}

#[test]
fn archives_that_are_not_plain_are_refused() {
    let with = |name: &str| {
        let mut all = parts("", "");
        all.push((name.to_owned(), String::new()));
        archive(&all)
    };
    for name in ["../evil.xml", "/etc/passwd", "a\\..\\b", "C:/x", "XL/Workbook.xml"] {
        assert_eq!(refusal("x.xlsx", &with(name)), (1, TableFault::SuspiciousArchive), "{name}");
    }
    let mut zip = ZipWriter::new_append(Cursor::new(archive(&parts("", "")))).unwrap();
    zip.add_symlink("xl/link.xml", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    assert_eq!(refusal("x.xlsx", &zip.finish().unwrap().into_inner()), (1, TableFault::SuspiciousArchive));
}

#[test]
fn a_name_that_stands_twice_is_refused() {
    let mut all = parts("", "");
    all.push(("xl/sheet.xmk".into(), String::new()));
    let mut bytes = archive(&all);
    let twins: Vec<usize> = bytes.windows(12).enumerate().filter(|it| it.1 == b"xl/sheet.xmk").map(|it| it.0).collect();
    for at in twins {
        bytes[at + 11] = b'l';
    }
    assert_eq!(refusal("x.xlsx", &bytes), (1, TableFault::SuspiciousArchive));
}

#[test]
fn encrypted_parts_are_refused() {
    let mut bytes = archive(&parts("", ""));
    let headers: Vec<usize> = bytes.windows(4).enumerate().filter(|it| it.1 == b"PK\x01\x02").map(|it| it.0).collect();
    bytes[headers[1] + 8] |= 1;
    assert_eq!(refusal("x.xlsx", &bytes), (1, TableFault::Encrypted));
}

#[test]
fn archives_of_many_parts_are_refused_before_their_list_is_read() {
    let many: Vec<(String, String)> = (0..3_000).map(|n| (format!("{n}.xml"), String::new())).collect();
    assert_eq!(refusal("x.xlsx", &archive(&many)), (1, TableFault::TooManyParts { max: 2_000 }));
}

#[test]
fn parts_that_grow_beyond_reason_are_cut_off() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts("", "") {
        zip.start_file(&name, SimpleFileOptions::default()).unwrap();
        if name == "xl/sheet.xml" {
            zip.write_all(b"<worksheet><sheetData>").unwrap();
            for _ in 0..64 {
                zip.write_all(&[b' '; 1 << 19]).unwrap();
                zip.write_all(b"<row></row>").unwrap();
            }
        } else {
            zip.write_all(content.as_bytes()).unwrap();
        }
    }
    assert_eq!(refusal("x.xlsx", &zip.finish().unwrap().into_inner()).1, TableFault::Bomb);
}

#[test]
fn too_many_texts_for_the_memory_are_refused() {
    let noise: String = (0..1_000_u32).map(|n| char::from(b'a' + (n * n * 31 % 101 % 26) as u8)).collect();
    let strings = format!("<si><t>{}</t></si>", noise.repeat(30)).repeat(2_300);
    assert_eq!(refusal("x.xlsx", &workbook("", &strings)).1, TableFault::TooManyTexts { max: 64 << 20 });
}

#[test]
fn a_long_text_shared_by_many_cells_spoils_its_rows_only() {
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(60);
    let sheet = format!("<row><c><v>1</v></c></row><row>{cells}</row><row><c><v>2</v></c></row>");
    let strings = format!("<si><t>{}</t></si>", "x".repeat(30_000));
    let reading = ImportReading { format: model::ImportFormat::Xlsx, ..ImportReading::default() };
    let (_, rows) = read_as(&workbook(&sheet, &strings), &reading).unwrap();
    assert_eq!(
        rows.iter().map(|it| it.2.clone()).collect::<Vec<_>>(),
        [None, Some(TableFault::TooLong { max: ROW_MAX as u64 }), None]
    );
}

#[test]
fn cards_without_an_end_are_named_and_the_others_read() {
    let text = b"BEGIN:VCARD\nVERSION:3.0\nFN:A\nBEGIN:VCARD\nVERSION:3.0\nFN:B\nEND:VCARD\nBEGIN:VCARD\nFN:C\n";
    let (_, _, rows) = read("x.vcf", text).unwrap();
    let faults: Vec<_> = rows.iter().map(|it| (it.0, it.2.clone())).collect();
    assert_eq!(faults, [(1, Some(TableFault::Malformed)), (4, None), (8, Some(TableFault::Malformed))]);
}

proptest! {
    #[test]
    fn no_bytes_make_the_readers_fail_otherwise_than_by_a_refusal(bytes in proptest::collection::vec(any::<u8>(), 0..2_000), kind in 0..4_usize) {
        let begin: &[u8] = [&b""[..], b"<a><b>", b"BEGIN:VCARD\n", b"PK\x03\x04"][kind];
        let bytes = [begin, &bytes].concat();
        let name = ["x.csv", "x.xml", "x.vcf", "x.xlsx"][kind];
        // The support panics on anything but rows and refusals.
        let _ = read(name, &bytes);
    }

    #[test]
    fn cells_come_back_as_they_were_written(cells in proptest::collection::vec("[^\\x00-\\x08\\x0b-\\x1f\u{fffd}\u{fffe}\u{ffff}\r']{0,40}", 3)) {
        prop_assume!(!cells[0].trim().is_empty());
        let columns = ["a", "b", "c"].map(|it| tables::write::Column::new(it, it));
        let mut writer = tables::write::Writer::new(model::ExportFormat::Csv, &columns, Vec::new()).unwrap();
        writer.row(&[tables::write::Cell::Text(&cells[0]), tables::write::Cell::Text(&cells[1]), tables::write::Cell::Text(&cells[2])]).unwrap();
        let reading = ImportReading { header_row: 1, ..ImportReading::default() };
        let (_, rows) = read_as(&writer.finish().unwrap(), &reading).unwrap();
        for (n, cell) in cells.iter().enumerate() {
            let back = rows[0].1.get(n).cloned().unwrap_or_default();
            prop_assert!(back == *cell || (back.is_empty() && cell.trim().is_empty()));
        }
    }
}
