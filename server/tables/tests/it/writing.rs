//! What is written.

use std::io::{Cursor, Read};

use model::ExportFormat;
use tables::write::{Cell, Column, Error, Writer};

fn columns() -> [Column; 4] {
    [
        Column::new("Meno", "name"),
        Column::new("E-mail", "email"),
        Column::new("Telefón", "phone"),
        Column::new("Od", "field:Od kedy"),
    ]
}

fn written(format: ExportFormat) -> Vec<u8> {
    let mut writer = Writer::new(format, &columns(), Vec::new()).unwrap();
    let emails = ["eva@x.sk".to_owned(), "nova@x.sk".to_owned()];
    let phones = ["+421903622237".to_owned()];
    writer
        .row(&[Cell::Text("Eva \"Nová\"; s.r.o."), Cell::Texts(&emails), Cell::Phones(&phones), Cell::Date("2026-11-21")])
        .unwrap();
    writer.row(&[Cell::Text("=1+1"), Cell::Empty, Cell::Empty, Cell::Number(-5)]).unwrap();
    writer.finish().unwrap()
}

fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn csv_opens_in_the_spreadsheets_of_our_countries() {
    let text = String::from_utf8(written(ExportFormat::Csv)).unwrap();
    assert_eq!(
        text,
        "\u{feff}\"Meno\";\"E-mail\";\"Telefón\";\"Od\"\r\n\
         \"Eva \"\"Nová\"\"; s.r.o.\";\"eva@x.sk; nova@x.sk\";\"+421 903 622 237\";\"2026-11-21\"\r\n\
         \"'=1+1\";\"\";\"\";\"-5\"\r\n"
    );
}

#[test]
fn a_workbook_holds_no_formula_and_marks_what_looks_like_one() {
    let sheet = part(&written(ExportFormat::Xlsx), "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>"));
    assert!(sheet.contains("<c s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t>"));
    assert!(sheet.contains("<c s=\"3\"><v>46347</v></c>"), "days are days");
    assert!(sheet.contains(">+421 903 622 237</t>") && sheet.contains("<v>-5</v>"));
}

#[test]
fn xml_has_an_element_for_each_value() {
    let text = String::from_utf8(written(ExportFormat::Xml)).unwrap();
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<contacts version=\"2\">\n  <contact>\n"));
    assert!(text.contains("<name>Eva &quot;Nová&quot;; s.r.o.</name>"));
    assert!(text.contains("<email>eva@x.sk</email>\n    <email>nova@x.sk</email>"));
    assert!(text.contains("<field name=\"Od kedy\">2026-11-21</field>"));
}

#[test]
fn plain_addresses_stand_in_one_line() {
    assert_eq!(written(ExportFormat::Text), b"eva@x.sk; nova@x.sk\r\n");
    let nobody = Writer::new(ExportFormat::Text, &columns(), Vec::new()).unwrap().finish().unwrap();
    assert_eq!(nobody, b"");
}

#[test]
fn a_row_of_another_length_is_refused() {
    let mut writer = Writer::new(ExportFormat::Csv, &columns(), Vec::new()).unwrap();
    assert!(matches!(writer.row(&[Cell::Empty]), Err(Error::Length { expected: 4, found: 1 })));
}

#[test]
fn characters_that_xml_does_not_know_are_left_out() {
    let mut writer = Writer::new(ExportFormat::Xlsx, &[Column::new("A", "a")], Vec::new()).unwrap();
    writer.row(&[Cell::Text("a\u{1}\u{fffe}b\0c")]).unwrap();
    assert!(part(&writer.finish().unwrap(), "xl/worksheets/sheet1.xml").contains(">abc</t>"));
}
