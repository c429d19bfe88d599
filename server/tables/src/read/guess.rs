//! Looking at a file to find out how it should be read.

use std::io::{BufRead, SeekFrom};
use std::ops::ControlFlow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use model::{Delimiter, ImportFormat, ImportReading, TableFault, TextEncoding};

use super::decode::{Decode, by_label, decoded};
use super::markup::{Markup, Step};
use super::{Fault, Source, rows, xlsx};

/// How much of a file is looked at.
pub(super) const HEAD: usize = 256 << 10;
/// How many elements of a document are looked at.
const ELEMENTS: usize = 20_000;

/// What a file looks like when it is read in one way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Names of the columns met so far.
    pub columns: Vec<String>,
    /// The first rows: where each begins, its cells, and what is wrong with it.
    pub rows: Vec<(u64, Vec<String>, Option<TableFault>)>,
    /// Names of the sheets of a workbook.
    pub sheets: Vec<String>,
    /// Paths of elements that may be rows.
    pub elements: Vec<String>,
}

/// Finds out how a file should be read, by its content and the ending of its name.
///
/// # Errors
/// Fails when the file is empty, when it is nothing that can be read, and when it names an encoding that is not known.
pub fn guess(source: &mut dyn Source, name: &str) -> Result<ImportReading, Fault> {
    let head = head(source)?;
    if head.is_empty() {
        return Err(Fault::at(1, TableFault::Empty));
    }
    let mut reading = ImportReading { header_row: 1, ..ImportReading::default() };
    if xlsx::is_archive(&head) || head.starts_with(b"\xd0\xcf\x11\xe0") {
        reading.format = ImportFormat::Xlsx;
        xlsx::sheets(source)?;
        reading.header_row = header_row(source, &reading)?;
        return Ok(reading);
    }
    reading.encoding = encoding(&head);
    let text = decoded(&head, reading.encoding);
    let begin = text.trim_start();
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    if begin.starts_with("<?xml") || (begin.starts_with('<') && ending != "csv") {
        reading.format = ImportFormat::Xml;
        if let Some(encoding) = declared(begin)? {
            reading.encoding = agreed(reading.encoding, encoding);
        }
        reading.element = elements(source, reading.encoding)?.into_iter().next().unwrap_or_default();
    } else if begin.get(..11).is_some_and(|it| it.eq_ignore_ascii_case("BEGIN:VCARD")) || ending == "vcf" {
        reading.format = ImportFormat::Vcard;
    } else {
        reading.delimiter = delimiter(&text);
        reading.header_row = header_row(source, &reading)?;
    }
    Ok(reading)
}

/// Reads the first rows of a file.
///
/// # Errors
/// Fails when the file cannot be read in this way.
pub fn look(source: &mut dyn Source, reading: &ImportReading, n: usize) -> Result<Look, Fault> {
    let mut look = Look::default();
    match reading.format {
        ImportFormat::Xlsx => look.sheets = xlsx::sheets(source)?,
        ImportFormat::Xml => look.elements = elements(source, reading.encoding)?,
        ImportFormat::Csv | ImportFormat::Vcard => {}
    }
    rows(source, reading, &mut |row| {
        look.columns = row.columns.to_vec();
        look.rows.push((row.line, row.cells.to_vec(), row.fault));
        if look.rows.len() < n { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(look)
}

/// The encoding of a whole document.
///
/// # Errors
/// Fails when it names an encoding that is not known.
pub(super) fn of_markup(bytes: &[u8]) -> Result<TextEncoding, Fault> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let seen = encoding(head);
    let declared = declared(decoded(head, seen).trim_start())?;
    Ok(declared.map_or(seen, |it| agreed(seen, it)))
}

fn head(source: &mut dyn Source) -> Result<Vec<u8>, Fault> {
    source.seek(SeekFrom::Start(0))?;
    let mut head = vec![0; HEAD];
    let mut n = 0;
    while n < HEAD {
        match source.read(&mut head[n..])? {
            0 => break,
            read => n += read,
        }
    }
    head.truncate(n);
    Ok(head)
}

/// The mark at the beginning decides, then zeros at every other place, then whether it is UTF-8, then which letters there are.
fn encoding(head: &[u8]) -> TextEncoding {
    if head.starts_with(b"\xef\xbb\xbf") {
        return TextEncoding::Utf8;
    }
    if head.starts_with(b"\xff\xfe") {
        return TextEncoding::Utf16Le;
    }
    if head.starts_with(b"\xfe\xff") {
        return TextEncoding::Utf16Be;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|it| **it == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if 0 < half && half / 2 < odd && even < odd / 8 {
        return TextEncoding::Utf16Le;
    }
    if 0 < half && half / 2 < even && odd < even / 8 {
        return TextEncoding::Utf16Be;
    }
    match std::str::from_utf8(head) {
        Ok(_) => return TextEncoding::Utf8,
        // Only the last letter is cut off.
        Err(error) if error.error_len().is_none() => return TextEncoding::Utf8,
        // Somebody has glued files of two encodings together: what most letters say counts, the rest becomes faults of rows.
        Err(_) if mostly_utf8(head) => return TextEncoding::Utf8,
        Err(_) => {}
    }
    if let Some(encoding) = central_european(head) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, true);
    let found = detector.guess(Some(b"sk"), Utf8Detection::Deny);
    if found == encoding_rs::ISO_8859_2 { TextEncoding::Iso8859_2 } else { TextEncoding::Windows1250 }
}

/// Whether by far the most letters outside of ASCII are well-formed UTF-8.
fn mostly_utf8(head: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in head.utf8_chunks() {
        good += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    bad * 8 < good
}

/// Windows-1250 and ISO-8859-2 differ in few letters of ours: Š š Ť ť Ž ž Ľ ľ Ą. Their bytes in the one are controls or signs in the other.
fn central_european(head: &[u8]) -> Option<TextEncoding> {
    let count = |bytes: &[u8]| head.iter().filter(|it| bytes.contains(it)).count();
    let windows = count(b"\x8a\x9a\x8d\x9d\x8e\x9e\xbc\xbe");
    let iso = count(b"\xa9\xb9\xab\xbb\xae\xa5\xb5");
    // 0xBE is ľ in Windows and ž in ISO; beside any of the controls it is the former.
    let controls = count(b"\x8a\x9a\x8d\x9d\x8e\x9e");
    match (windows, iso) {
        (0, 0) => None,
        _ if 0 < controls => Some(TextEncoding::Windows1250),
        (windows, iso) if windows < iso => Some(TextEncoding::Iso8859_2),
        _ => None,
    }
}

/// The encoding that the declaration of a document names.
fn declared(text: &str) -> Result<Option<TextEncoding>, Fault> {
    let declaration = text.split("?>").next().unwrap_or_default();
    let Some(rest) = declaration.split("encoding").nth(1).filter(|_| declaration.starts_with("<?xml")) else { return Ok(None) };
    let rest = rest.trim_start().trim_start_matches('=').trim_start();
    let name: String = rest.trim_start_matches(['"', '\'']).chars().take_while(|it| !"\"'".contains(*it)).take(40).collect();
    match by_label(&name) {
        Some(encoding) => Ok(Some(encoding)),
        None if name.eq_ignore_ascii_case("us-ascii") => Ok(Some(TextEncoding::Utf8)),
        None => Err(Fault::at(1, TableFault::UnknownEncoding { name })),
    }
}

/// The declaration is honoured unless the bytes cannot be that: two bytes for a letter are seen, not declared.
fn agreed(seen: TextEncoding, declared: TextEncoding) -> TextEncoding {
    let is_wide = |it| matches!(it, TextEncoding::Utf16Le | TextEncoding::Utf16Be);
    if is_wide(seen) || is_wide(declared) { seen } else { declared }
}

/// The delimiter that cuts the first lines into the most equal pieces.
fn delimiter(text: &str) -> Delimiter {
    let lines: Vec<&str> = text.lines().filter(|it| !it.trim().is_empty()).take(20).collect();
    // The last line may be cut off by the end of what is looked at.
    let lines = if 1 < lines.len() { &lines[..lines.len() - 1] } else { &lines[..] };
    let score = |delimiter: Delimiter| {
        let counts: Vec<usize> = lines.iter().map(|it| outside_quotes(it, delimiter.sign())).collect();
        let most = counts.iter().copied().max().unwrap_or_default();
        let equal = counts.iter().filter(|it| **it == most).count();
        if most == 0 { 0 } else { equal * 1_000 / lines.len().max(1) * 100 + most.min(99) }
    };
    let mut best = (0, Delimiter::Semicolon);
    for it in Delimiter::ALL {
        let score = score(it);
        if best.0 < score {
            best = (score, it);
        }
    }
    best.1
}

fn outside_quotes(line: &str, sign: char) -> usize {
    let mut in_quotes = false;
    line.chars()
        .filter(|it| {
            in_quotes ^= *it == '"';
            !in_quotes && *it == sign
        })
        .count()
}

/// Which of the first rows holds the headings: the first that fills most of the columns, unless it holds values itself.
fn header_row(source: &mut dyn Source, reading: &ImportReading) -> Result<u32, Fault> {
    let plain = ImportReading { header_row: 0, ..reading.clone() };
    let mut first: Vec<(u64, Vec<String>)> = Vec::new();
    let look = rows(source, &plain, &mut |row| {
        first.push((row.line, row.cells.to_vec()));
        if first.len() < 10 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    match look {
        Err(Fault::Io(error)) => return Err(Fault::Io(error)),
        Err(fault) if reading.format == ImportFormat::Xlsx => return Err(fault),
        _ => {}
    }
    let filled = |cells: &[String]| cells.iter().filter(|it| !it.trim().is_empty()).count();
    let most = first.iter().map(|it| filled(&it.1)).max().unwrap_or_default();
    let Some((place, cells)) = first.iter().find(|it| most <= filled(&it.1) * 2) else { return Ok(1) };
    let is_value = |it: &String| it.contains('@') || it.trim().chars().filter(char::is_ascii_digit).count() >= 6;
    Ok(if cells.iter().any(is_value) { 0 } else { *place as u32 })
}

/// An element that was met.
struct Met {
    path: String,
    times: usize,
    depth: usize,
    /// Whether it has attributes or elements inside, as a row has.
    holds: bool,
}

/// Most different paths that are counted.
const PATHS: usize = 200;
/// Most paths that are offered.
const OFFERED: usize = 20;

/// Paths of elements that may be rows, the best first: those that hold others and repeat, the ones further out first.
fn elements(source: &mut dyn Source, encoding: TextEncoding) -> Result<Vec<String>, Fault> {
    source.rewind()?;
    let mut decode = Decode::new(source, encoding);
    // An empty document is not well-formed, but it is more helpful to say that it is empty.
    if decode.fill_buf()?.is_empty() {
        return Err(Fault::at(1, TableFault::Empty));
    }
    let mut markup = Markup::new(decode);
    let (mut path, mut seen, mut n): (Vec<String>, Vec<Met>, usize) = (Vec::new(), Vec::new(), 0);
    while n < ELEMENTS {
        match markup.next()? {
            Step::Open(name) => {
                n += 1;
                meet(&mut seen, &mut path, name, !markup.attributes.is_empty());
            }
            Step::Close => {
                path.pop();
            }
            Step::Text(_) => {}
            Step::End => break,
        }
    }
    let mut rows: Vec<Met> = seen.into_iter().filter(|it| it.holds && 1 < it.depth).collect();
    rows.sort_by_key(|it| (it.times < 2, it.depth, std::cmp::Reverse(it.times)));
    Ok(rows.into_iter().map(|it| it.path).take(OFFERED).collect())
}

fn meet(seen: &mut Vec<Met>, path: &mut Vec<String>, name: String, has_attributes: bool) {
    let parent = path.join("/");
    if let Some(it) = seen.iter_mut().find(|it| it.path == parent) {
        it.holds = true;
    }
    path.push(name);
    let whole = path.join("/");
    match seen.iter().position(|it| it.path == whole) {
        Some(at) => seen[at].times += 1,
        None if seen.len() < PATHS => seen.push(Met { path: whole, times: 1, depth: path.len(), holds: has_attributes }),
        None => {}
    }
}
