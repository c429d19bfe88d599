//! Files that are no pictures.

use std::io::{Cursor, Write};

use files::admit;
use model::library::{FileFault, LibraryKind};
use zip::write::SimpleFileOptions;

/// Something packed with these entries.
fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn office_documents_are_told_by_what_is_packed_in_them() {
    for (folder, ending) in [("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx")] {
        let admitted = admit(packed(&[("[Content_Types].xml", b"<Types/>"), (folder, b"<x/>")]), "a.zip").unwrap();
        assert_eq!((admitted.ending, admitted.kind), (ending, LibraryKind::File));
    }
    let open = packed(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")]);
    assert_eq!(admit(open, "a").unwrap().ending, "odt");
}

#[test]
fn macros_and_other_packed_things_are_refused() {
    let macros = packed(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"), ("word/vbaProject.bin", b"x")]);
    assert_eq!(admit(macros, "a.docx").unwrap_err(), FileFault::Macros);
    assert_eq!(admit(packed(&[("a.exe", b"MZ")]), "a.docx").unwrap_err(), FileFault::NotAllowed);
    let lie = packed(&[("mimetype", b"application/vnd.oasis.opendocument.text; x")]);
    assert_eq!(admit(lie, "a.odt").unwrap_err(), FileFault::NotAllowed);
}

#[test]
fn a_document_stays_byte_for_byte() {
    let pdf = b"%PDF-1.7\nx\n%%EOF".to_vec();
    let admitted = admit(pdf.clone(), "a.txt").unwrap();
    assert_eq!((admitted.content, admitted.media_type), (pdf, "application/pdf"));
    assert_eq!(admit("a;b\nž;2".into(), "cenník.csv").unwrap().media_type, "text/csv");
}
