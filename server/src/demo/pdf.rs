//! Small real PDF files: one page of lines, as any reader shows them.

use std::fmt::Write as _;

/// Letters of Slovak and Czech that lie outside ASCII, with their glyph names; each gets a code from 128 on.
const LETTERS: [(char, &str); 36] = [
    ('á', "aacute"),
    ('ä', "adieresis"),
    ('č', "ccaron"),
    ('ď', "dcaron"),
    ('é', "eacute"),
    ('ě', "ecaron"),
    ('í', "iacute"),
    ('ĺ', "lacute"),
    ('ľ', "lcaron"),
    ('ň', "ncaron"),
    ('ó', "oacute"),
    ('ô', "ocircumflex"),
    ('ŕ', "racute"),
    ('ř', "rcaron"),
    ('š', "scaron"),
    ('ť', "tcaron"),
    ('ú', "uacute"),
    ('ů', "uring"),
    ('ý', "yacute"),
    ('ž', "zcaron"),
    ('Á', "Aacute"),
    ('Č', "Ccaron"),
    ('Ď', "Dcaron"),
    ('É', "Eacute"),
    ('Í', "Iacute"),
    ('Ľ', "Lcaron"),
    ('Ň', "Ncaron"),
    ('Ó', "Oacute"),
    ('Ř', "Rcaron"),
    ('Š', "Scaron"),
    ('Ť', "Tcaron"),
    ('Ú', "Uacute"),
    ('Ů', "Uring"),
    ('Ý', "Yacute"),
    ('Ž', "Zcaron"),
    ('×', "multiply"),
];

/// Makes a page of A4 with a title and lines (ISO 32000-1 §7.5: header, objects, table of places, trailer).
pub fn page(title: &str, lines: &[String]) -> Vec<u8> {
    let mut text = b"BT /F1 20 Tf 56 770 Td (".to_vec();
    text.extend(encoded(title));
    text.extend(b") Tj /F1 11 Tf 0 -14 Td 16 TL T*");
    for line in lines {
        text.extend(b" (");
        text.extend(encoded(line));
        text.extend(b") Tj T*");
    }
    text.extend(b" ET");
    let mut names = String::new();
    for (_, name) in LETTERS {
        // Writing to a String never fails.
        let _ = write!(names, " /{name}");
    }
    let font = format!(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica \
         /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [128{names}] >> >>"
    );
    let mut content = format!("<< /Length {} >>\nstream\n", text.len()).into_bytes();
    content.extend(text);
    content.extend(b"\nendstream");
    assemble(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>"
            .to_vec(),
        content,
        font.into_bytes(),
    ])
}

fn assemble(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (n, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        file.extend(format!("{} 0 obj\n", n + 1).into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let begin = file.len();
    file.extend(table.into_bytes());
    file.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{begin}\n%%EOF\n", objects.len() + 1).into_bytes());
    file
}

/// The text in the codes of the font; brackets and backslashes would end the string.
fn encoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for it in text.chars() {
        match (it, LETTERS.iter().position(|(letter, _)| *letter == it)) {
            ('(' | ')' | '\\', _) => bytes.extend([b'\\', it as u8]),
            (' '..='~', _) => bytes.push(it as u8),
            (_, Some(at)) => bytes.push(128 + at as u8),
            _ => bytes.push(b' '),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_leads_to_each_object() {
        let file = page("Faktúra (č. 1)", &["Žltý kôň".to_owned()]);
        let end = String::from_utf8_lossy(&file[file.len() - 40..]).into_owned();
        let begin: usize = end.split("startxref\n").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
        let table = String::from_utf8_lossy(&file[begin..]).into_owned();
        let places: Vec<usize> = table.lines().skip(3).take(5).map(|it| it[..10].parse().unwrap()).collect();
        for (n, at) in places.iter().enumerate() {
            assert!(file[*at..].starts_with(format!("{} 0 obj", n + 1).as_bytes()), "object {}", n + 1);
        }
        assert!(file.starts_with(b"%PDF-1.4") && file.ends_with(b"%%EOF\n"));
    }

    #[test]
    fn letters_and_brackets_have_their_codes() {
        assert_eq!(encoded("a(č)"), [b'a', b'\\', b'(', 130, b'\\', b')']);
    }
}
