//! Files as programs of our countries write them.

use model::{Delimiter, ExportFormat, ImportFormat, ImportReading, TableFault, TextEncoding};
use tables::write::{Cell, Column, Writer};

use crate::support::{corpus, read, read_as, workbook};

#[test]
fn spreadsheets_of_all_times_give_the_same_rows() {
    for (name, encoding, delimiter) in [
        ("clients-windows-1250.csv", TextEncoding::Windows1250, Delimiter::Semicolon),
        ("clients-iso-8859-2.csv", TextEncoding::Iso8859_2, Delimiter::Semicolon),
        ("clients-utf-16.txt", TextEncoding::Utf16Le, Delimiter::Tab),
        ("clients-utf-8-mark.csv", TextEncoding::Utf8, Delimiter::Semicolon),
    ] {
        let (reading, columns, rows) = read(name, &corpus(name)).unwrap();
        assert_eq!((reading.encoding, reading.delimiter, reading.header_row), (encoding, delimiter, 1), "{name}");
        assert_eq!(columns, ["Meno", "Priezvisko", "Firma", "E-mail", "Telefón", "Ulica", "Mesto", "PSČ", "IČO"], "{name}");
        assert_eq!(
            rows.iter().map(|it| it.0).collect::<Vec<_>>(),
            [2, 3, 5],
            "{name}: a cell with a line end moves the lines on"
        );
        assert_eq!(rows[0].1[..3], ["Ľubica", "Žiaková", "Šťastné mäso, s.r.o."], "{name}");
        assert_eq!(rows[1].1[2], "Kováč \"a syn\" s.r.o.", "{name}");
        assert_eq!(rows[1].1[5].replace('\r', ""), "Dlhá 1\nvchod B", "{name}");
        assert_eq!(rows[1].1[4], "+421 905 111 222", "{name}");
        assert_eq!(rows[2].1[..2], ["Jiří", "Řehoř"], "{name}");
        assert!(rows.iter().all(|it| it.2.is_none()), "{name}");
    }
}

#[test]
fn commas_and_quotes_everywhere_are_understood() {
    let (reading, _, rows) = read("partners.csv", &corpus("partners-commas.csv")).unwrap();
    assert_eq!((reading.encoding, reading.delimiter), (TextEncoding::Windows1250, Delimiter::Comma));
    assert_eq!(rows[1].1, ["Čas, hodinárstvo", "00654321", "cas@hodiny.example"]);
}

#[test]
fn titles_above_the_headings_are_stepped_over() {
    let (reading, columns, rows) = read("report.csv", &corpus("report-with-title.csv")).unwrap();
    assert_eq!((reading.header_row, &columns[0]), (4, &"Názov".to_owned()));
    assert_eq!(rows.iter().map(|it| it.0).collect::<Vec<_>>(), [5, 6]);
    assert_eq!(rows[0].1[3], "=SUM(A1:A9)", "a formula in a text is a text");
}

#[test]
fn a_table_without_headings_names_its_columns_by_letters() {
    let (reading, columns, rows) = read("x.csv", b"Eva;eva@x.sk\r\nJan;jan@x.sk\r\n").unwrap();
    assert_eq!((reading.header_row, columns), (0, vec!["A".to_owned(), "B".to_owned()]));
    assert_eq!(rows.len(), 2);
}

#[test]
fn encoding_and_delimiter_can_be_corrected() {
    let bytes = corpus("clients-windows-1250.csv");
    let wrong = ImportReading { encoding: TextEncoding::Iso8859_2, header_row: 1, ..ImportReading::default() };
    let (columns, rows) = read_as(&bytes, &wrong).unwrap();
    assert_eq!(columns[8], "IČO");
    assert_ne!(rows[0].1[1], "Žiaková");
    let other = ImportReading {
        encoding: TextEncoding::Windows1250,
        delimiter: Delimiter::Pipe,
        header_row: 1,
        ..ImportReading::default()
    };
    assert_eq!(read_as(&bytes, &other).unwrap().0.len(), 1);
}

#[test]
fn every_delimiter_is_found() {
    for delimiter in Delimiter::ALL {
        let text = "Meno;Mesto;E-mail\nEva;Nitra;e@x.sk\n".replace(';', &delimiter.sign().to_string());
        assert_eq!(read("x.csv", text.as_bytes()).unwrap().0.delimiter, delimiter);
    }
}

#[test]
fn a_workbook_gives_values_days_and_phones() {
    for name in ["clients.xlsx", "clients-1904.xlsx"] {
        let (reading, columns, rows) = read(name, &corpus(name)).unwrap();
        assert_eq!((reading.format, reading.header_row), (ImportFormat::Xlsx, 1));
        assert_eq!(columns, ["Meno", "E-mail", "Telefón", "Od", "Suma"]);
        assert_eq!(rows[0].0, 3, "{name}: rows keep their numbers");
        assert_eq!(rows[0].1, ["Eva Nová", "eva@x.example", "421903622237", "2026-11-21", "12.5"], "{name}");
        assert_eq!(rows[1].1, ["Ján\nKováč", "", "", "2026-11-22 12:00", "ab"], "{name}");
        assert_eq!((rows[2].0, &rows[2].2), (5, &Some(TableFault::FormulaError)), "{name}");
    }
}

#[test]
fn the_second_sheet_can_be_chosen() {
    let second = ImportReading { format: ImportFormat::Xlsx, sheet: 1, header_row: 1, ..ImportReading::default() };
    assert_eq!(read_as(&corpus("clients.xlsx"), &second), Err((1, TableFault::Empty)));
    let third = ImportReading { sheet: 2, ..second };
    assert_eq!(read_as(&corpus("clients.xlsx"), &third), Err((1, TableFault::NoSheet)));
}

#[test]
fn xml_of_another_program_becomes_a_table_of_paths() {
    let (reading, columns, rows) = read("x.xml", &corpus("address-book-windows-1250.xml")).unwrap();
    assert_eq!((reading.encoding, reading.element.as_str()), (TextEncoding::Windows1250, "DataPack/Adresar/Firma"));
    assert_eq!(columns, ["@id", "Nazov", "Adresa/Ulica", "Adresa/Mesto", "Email", "Email [2]"]);
    assert_eq!(rows[0].1, ["17", "Železo & syn", "Ťahá 3", "Šaľa", "zelezo@syn.example", "fakturacia@syn.example"]);
    assert_eq!((rows[1].0, rows[1].1[1].as_str()), (6, "Ďalej <a ešte>"));
}

#[test]
fn our_own_schema_is_read_back() {
    let (reading, columns, rows) = read("contacts.xml", &corpus("contacts.xml")).unwrap();
    assert_eq!(reading.element, "contacts/contact");
    assert_eq!(
        columns,
        [
            "nature",
            "first_name",
            "last_name",
            "email",
            "email [2]",
            "phone",
            "field:Cenník",
            "company_name",
            "registration_number"
        ]
    );
    assert_eq!(rows[0].1[6], "A");
}

#[test]
fn cards_of_all_versions_are_read() {
    let value = |columns: &[String], cells: &[String], name: &str| {
        columns.iter().position(|it| it == name).and_then(|at| cells.get(at)).cloned().unwrap_or_default()
    };
    let (_, columns, rows) = read("x.vcf", &corpus("nokia-2.1.vcf")).unwrap();
    for (name, text) in [
        ("N family", "Nová"),
        ("N given", "Eva"),
        ("TEL cell", "0903622237"),
        ("TEL fax", "02/1234567"),
        ("EMAIL work", "eva@x.example"),
        ("ORG", "Škoda a syn"),
        ("ORG unit", "Odbyt"),
    ] {
        assert_eq!(value(&columns, &rows[0].1, name), text, "{name}");
    }
    assert_eq!(
        (rows[1].0, value(&columns, &rows[1].1, "N family")),
        (13, "Kováč".to_owned()),
        "letters of Windows-1250 outside of quoting"
    );

    let (_, columns, rows) = read("x.vcf", &corpus("phone-3.0.vcf")).unwrap();
    for (name, text) in [
        ("N family", "Říhová"),
        ("N prefix", "Ing."),
        ("FN", "Ing. Jana Říhová, PhD."),
        ("EMAIL work", "rihova@rizky.example"),
        ("EMAIL home", "jana@doma.example"),
        ("EMAIL home [2]", "jana2@doma.example"),
        ("TEL cell", "+420 603 123 456"),
        ("ADR work street", "Příčná 3"),
        ("ADR work postcode", "602 00"),
        ("NOTE", "první řádek\ndruhý řádek"),
        ("CATEGORIES", "vip, Brno"),
    ] {
        assert_eq!(value(&columns, &rows[0].1, name), text, "{name}");
    }

    let (_, columns, rows) = read("x.vcf", &corpus("web-4.0.vcf")).unwrap();
    assert_eq!(value(&columns, &rows[0].1, "FN"), "Ľudmila Kráľová");
    assert_eq!(value(&columns, &rows[0].1, "TEL cell"), "+421-907-000-111");
}

#[test]
fn what_is_written_is_read_back() {
    let columns = [Column::new("Názov", "company_name"), Column::new("E-mail", "email"), Column::new("Telefón", "phone")];
    let (emails, phones) = (["a@x.sk".to_owned()], ["+421903622237".to_owned()]);
    for format in [ExportFormat::Csv, ExportFormat::Xlsx, ExportFormat::Xml] {
        let mut writer = Writer::new(format, &columns, Vec::new()).unwrap();
        for name in ["=1+1", "Ťažký; \"kôň\"\r\n<&>", "_x0041_ -"] {
            writer.row(&[Cell::Text(name), Cell::Texts(&emails), Cell::Phones(&phones)]).unwrap();
        }
        let (_, _, rows) = read(&format!("x.{}", format.ending()), &writer.finish().unwrap()).unwrap();
        assert_eq!(rows[0].1[0], "=1+1", "{format:?}");
        assert_eq!(rows[1].1[0].replace('\r', ""), "Ťažký; \"kôň\"\n<&>", "{format:?}");
        assert_eq!(rows[2].1[0], "_x0041_ -", "{format:?}");
        assert_eq!(rows[2].1[1..], ["a@x.sk".to_owned(), rows[2].1[2].clone()], "{format:?}");
        assert_eq!(rows[2].1[2].replace(' ', ""), "+421903622237", "{format:?}");
    }
}

#[test]
fn cells_without_places_follow_one_another() {
    let sheet = "<row><c t=\"inlineStr\"><is><t>A</t></is></c><c t=\"inlineStr\"><is><t>B</t></is></c></row><row><c/><c><v>1</v></c></row>";
    let (_, columns, rows) = read("x.xlsx", &workbook(sheet, "")).unwrap();
    assert_eq!((columns, rows), (vec!["A".into(), "B".into()], vec![(2, vec![String::new(), "1".into()], None)]));
}
