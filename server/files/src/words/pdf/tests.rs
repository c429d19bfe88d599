use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;

use super::*;

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A file of objects numbered from 1; what is packed is a stream.
fn file(objects: &[(&str, Option<&[u8]>)]) -> Vec<u8> {
    let numbered: Vec<_> = (1..).zip(objects).map(|(id, (value, stream))| (id, *value, *stream)).collect();
    numbered_file(&numbered)
}

fn numbered_file(objects: &[(u32, &str, Option<&[u8]>)]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    for (id, value, stream) in objects {
        file.extend(format!("{id} 0 obj\n{value}\n").bytes());
        if let Some(stream) = stream {
            file.extend(b"stream\r\n");
            file.extend(*stream);
            file.extend(b"\nendstream\n");
        }
        file.extend(b"endobj\n");
    }
    file.extend(b"%%EOF");
    file
}

const PAGE: &str = "<</Type /Page /Contents 2 0 R /Resources <</Font <</F1 3 0 R>>>>>>";
const FLATE: &str = "<</Filter /FlateDecode /Length 9>>";

/// What a page with this content says in a font.
fn said(content: &str, font: &str) -> String {
    text(&file(&[(PAGE, None), (FLATE, Some(&packed(content.as_bytes()))), (font, None)])).unwrap()
}

const LATIN: &str = "<</Type /Font /Subtype /TrueType /Encoding /WinAnsiEncoding>>";

#[test]
fn texts_are_read_in_their_order_with_blanks_where_they_are_apart() {
    let content = "BT /F1 12 Tf 50 700 Td (Technick\\375 list) Tj 0 -14 Td [(Le) -20 (pidlo) -400 (5 kg)] TJ ET\n\
                   BT /F1 9 Tf 1 0 0 1 50 600 Tm <5a61> Tj (v\\(er\\)) Tj (d) ' ET";
    assert_eq!(said(content, LATIN), "Technický list\nLepidlo 5 kg\nZav(er)\nd\n");
}

#[test]
fn letters_are_told_by_the_names_of_glyphs_and_found_without_accents() {
    let font = "<</Type /Font /Subtype /Type1 /Encoding <</Differences [1 /ccaron /aacute /uni0161 /fi /space 65 /B]>>>>";
    assert_eq!(said("BT /F1 1 Tf (\\001\\002\\003\\004\\005A) Tj ET", font), "cašfi B\n");
}

#[test]
fn letters_are_told_by_tables() {
    let table = "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0003> <010D> endbfchar \
                 2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<0066006C> <017E>] endbfrange endcmap";
    let font = "<</Type /Font /Subtype /Type0 /ToUnicode 4 0 R>>";
    let content = packed(b"BT /F1 1 Tf <0003001000110012> Tj <00200021ffff> Tj ET");
    let file = file(&[(PAGE, None), (FLATE, Some(&content)), (font, None), (FLATE, Some(&packed(table.as_bytes())))]);
    assert_eq!(text(&file).unwrap(), "čabcflž\n");
    assert_eq!(crate::words(&file, "list.pdf").as_deref(), Some("čabcflž\n"));
}

#[test]
fn pages_may_be_packed_and_inherit_their_fonts() {
    let page = "<</Type /Page /Parent 6 0 R /Contents [1 0 R 2 0 R]>> ";
    let (places, parent) = (format!("5 0 6 {} ", page.len()), "<</Resources 7 0 R>>");
    let head = format!("<</Type /ObjStm /N 2 /First {} /Filter [/FlateDecode]>>", places.len());
    let pack = packed([&places, page, parent].concat().as_bytes());
    let file = numbered_file(&[
        (1, "<</Length 40>>", Some(b"BT /F1 1 Tf (Spo) Tj")),
        (2, "<<>>", Some(b"(lu) Tj ET")),
        (3, &head, Some(&pack)),
        (7, "<</Font 8 0 R>>", None),
        (8, "<</F1 9 0 R>>", None),
        (9, LATIN, None),
    ]);
    assert_eq!(text(&file).unwrap(), "Spolu\n");
}

#[test]
fn a_picture_inside_a_page_hides_nothing() {
    let content = "BT /F1 1 Tf (pred) Tj ET BI /W 1 ID (((\\(EIX EI BT /F1 1 Tf (za) Tj ET";
    assert_eq!(said(content, LATIN), "pred\nza\n");
}

#[test]
fn a_protected_file_has_no_words() {
    let mut protected = file(&[(PAGE, None), ("<<>>", Some(b"BT /F1 1 Tf (a) Tj ET")), (LATIN, None)]);
    protected.extend(b"trailer <</Encrypt 4 0 R>>");
    assert_eq!(text(&protected), None);
}

#[test]
fn a_stream_that_unpacks_to_gigabytes_is_read_up_to_the_limit() {
    let bomb = packed(&b"(bomba) Tj ".repeat(6_000_000));
    let file = file(&[(PAGE, None), (FLATE, Some(&bomb)), (LATIN, None)]);
    assert!(text(&file).unwrap().len() <= TEXT_MAX);
}

#[test]
fn deep_endless_and_circular_files_end() {
    let deep = format!("1 0 obj {}", "[".repeat(1_000_000));
    let remarks = "1 0 obj [% ".repeat(50_000);
    let circle = "1 0 obj <</Type /Page /Parent 1 0 R /Contents 1 0 R>>".to_owned();
    let range = "begincmap <0000> <ffff> <0041> endbfrange ".repeat(10_000);
    for content in [deep.as_str(), &remarks, &circle, "1 0 obj (", "1 0 obj <</A", "1 0 obj <<>> stream", "9 9 obj obj 0 obj"] {
        assert_eq!(text(content.as_bytes()).unwrap(), "", "{}", &content[..content.len().min(20)]);
    }
    let mut left = 1_000;
    cmap::Letters::read(range.as_bytes(), &mut left);
    assert!(left <= 1_000);
}

#[test]
fn what_many_pages_share_is_not_looked_through_for_each_of_them_without_end() {
    let many = |entry: &str, n: usize| entry.repeat(n);
    let circle = format!("<</Parent 2 0 R {}>>", many("/A 1 ", 2_000));
    let fonts = format!("<</Resources <</Font <<{}>>>>>>", many("/F 1 ", 50_000));
    let contents = format!("[{}]", many("1 ", 50_000));
    let stream = format!("<<{}>>", many("/A 1 ", 2_000));
    for (page, shared, pages) in [
        ("<</Type /Page /Parent 2 0 R>>", circle, 2_000),
        ("<</Type /Page /Parent 2 0 R>>", fonts, 40),
        ("<</Type /Page /Contents 2 0 R>>", contents, 40),
        ("<</Type /Page /Contents 2 0 R>>", stream, 2_000),
    ] {
        let end = "<</Type /Page /Contents 9001 0 R /Resources <</Font <</F1 9002 0 R>>>>>>";
        let ends: [(u32, &str, Option<&[u8]>); 3] =
            [(9_000, end, None), (9_001, "<<>>", Some(b"BT /F1 1 Tf (koniec) Tj ET")), (9_002, LATIN, None)];
        let of = |pages: u32| {
            let mut objects = vec![(2, shared.as_str(), Some(&b"x"[..]))];
            objects.extend((0..pages).map(|n| (10 + n, page, None)));
            objects.extend(ends);
            text(&numbered_file(&objects)).unwrap()
        };
        assert!(of(3).contains("koniec"), "{}", &shared[..20]);
        assert!(!of(pages).contains("koniec"), "{}", &shared[..20]);
    }
}

proptest! {
    #[test]
    fn no_file_breaks_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400), at in 0_usize..300) {
        let mut whole = file(&[(PAGE, None), ("<<>>", Some(b"BT /F1 1 Tf [(a) -300 (b)] TJ ET")), (LATIN, None)]);
        let at = at.min(whole.len());
        whole.splice(at..(at + bytes.len() / 8).min(whole.len()), bytes);
        text(&whole);
    }

    #[test]
    fn no_signs_break_the_reader(signs in "(1 0 obj|<<|>>|\\[|\\]|\\(|\\)|<|>|/Type|/Page|/Contents| |stream|endstream|R|\\\\|%|\n|9){0,60}") {
        text(signs.as_bytes());
    }
}
