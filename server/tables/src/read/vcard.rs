//! Cards of address books, one after the other. A column is a property with its kind: `EMAIL work`, `TEL cell`, `ADR home street`.

use std::io::BufRead;
use std::ops::ControlFlow;

use calcard::vcard::{VCard, VCardEntry, VCardProperty, VCardValue};
use model::{ImportReading, TableFault};

use super::decode::Decode;
use super::xml::{Columns, Values};
use super::{Fault, ROW_MAX, Row, Source};

/// Properties that hold pictures, sounds and keys; they are stepped over before they are gathered.
const LEFT_OUT: [&str; 4] = ["PHOTO", "LOGO", "SOUND", "KEY"];

pub(super) fn rows(
    source: &mut dyn Source,
    reading: &ImportReading,
    each: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>,
) -> Result<(), Fault> {
    let mut input = Decode::new(source, reading.encoding);
    let (mut columns, mut values) = (Columns::default(), Values::default());
    let mut card = Card::default();
    let mut found = false;
    while let Some((line, fault)) = card.read(&mut input)? {
        found = true;
        values.clear();
        match fault {
            Some(fault) => values.spoil(fault),
            None => fill(&card.text, &mut columns, &mut values),
        }
        if values.give(line, &columns, each).is_break() {
            return Ok(());
        }
    }
    if found { Ok(()) } else { Err(Fault::at(input.line(), TableFault::NoRows)) }
}

/// The text of one card.
#[derive(Default)]
struct Card {
    text: String,
    line: Vec<u8>,
    /// A `BEGIN` that was met where the card before it had not ended.
    begun_at: Option<u64>,
}

impl Card {
    /// Gathers the next card; answers where it begins and what is wrong with it.
    fn read(&mut self, input: &mut Decode<'_>) -> Result<Option<(u64, Option<TableFault>)>, Fault> {
        self.text.clear();
        let mut begin = self.begun_at.take();
        if begin.is_some() {
            self.text.push_str("BEGIN:VCARD\r\n");
        }
        let (mut fault, mut is_left_out) = (None, false);
        loop {
            let at = input.line();
            if !self.read_line(input, &mut fault)? {
                return Ok(begin.map(|line| (line, Some(TableFault::Malformed))));
            }
            let text = String::from_utf8_lossy(&self.line);
            let is_begin = text.trim().eq_ignore_ascii_case("BEGIN:VCARD");
            match begin {
                None if is_begin => begin = Some(at),
                None => continue,
                Some(line) if is_begin => {
                    self.begun_at = Some(at);
                    return Ok(Some((line, Some(TableFault::Malformed))));
                }
                Some(_) => {}
            }
            let is_folded = text.starts_with([' ', '\t']);
            is_left_out = if is_folded { is_left_out } else { LEFT_OUT.contains(&property(&text).as_str()) };
            if is_left_out {
                continue;
            }
            if ROW_MAX < self.text.len() + text.len() {
                fault.get_or_insert(TableFault::TooLong { max: ROW_MAX as u64 });
            } else {
                self.text.push_str(&text);
                self.text.push_str("\r\n");
            }
            if let Some(line) = begin
                && text.trim().eq_ignore_ascii_case("END:VCARD")
            {
                return Ok(Some((line, fault)));
            }
        }
    }

    /// Reads one line without its end; what goes over the limit is walked over. False at the end of the file.
    fn read_line(&mut self, input: &mut Decode<'_>, fault: &mut Option<TableFault>) -> Result<bool, Fault> {
        self.line.clear();
        let mut any = false;
        loop {
            let buffer = input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(any);
            }
            any = true;
            let end = buffer.iter().position(|it| *it == b'\n');
            let piece = &buffer[..end.unwrap_or(buffer.len())];
            if self.line.len() + piece.len() <= ROW_MAX {
                self.line.extend_from_slice(piece);
            } else {
                fault.get_or_insert(TableFault::TooLong { max: ROW_MAX as u64 });
            }
            let n = end.map_or(buffer.len(), |it| it + 1);
            input.consume(n);
            if end.is_some() {
                while self.line.last() == Some(&b'\r') {
                    self.line.pop();
                }
                return Ok(true);
            }
        }
    }
}

/// The name of the property of a line, without its group.
fn property(line: &str) -> String {
    let name = line.split([':', ';']).next().unwrap_or_default();
    name.rsplit('.').next().unwrap_or_default().to_ascii_uppercase()
}

fn fill(text: &str, columns: &mut Columns, values: &mut Values) {
    let Ok(card) = VCard::parse(text) else {
        values.spoil(TableFault::Malformed);
        return;
    };
    for entry in &card.entries {
        let texts = texts(entry);
        match &entry.name {
            VCardProperty::N => parts(&["N family", "N given", "N additional", "N prefix", "N suffix"], &texts, columns, values),
            VCardProperty::Org => parts(&["ORG", "ORG unit"], &texts, columns, values),
            VCardProperty::Adr => {
                let kind = kind(entry, &["home", "work"]);
                let names = ["box", "extended", "street", "city", "region", "postcode", "country"];
                let names: Vec<String> = names.iter().map(|it| format!("ADR{kind} {it}")).collect();
                parts(&names.iter().map(String::as_str).collect::<Vec<_>>(), &texts, columns, values);
            }
            VCardProperty::Email => put(&format!("EMAIL{}", kind(entry, &["home", "work"])), &texts, columns, values),
            VCardProperty::Tel => {
                put(&format!("TEL{}", kind(entry, &["cell", "fax", "home", "work"])), &texts, columns, values);
            }
            VCardProperty::Fn => put("FN", &texts, columns, values),
            VCardProperty::Title => put("TITLE", &texts, columns, values),
            VCardProperty::Role => put("ROLE", &texts, columns, values),
            VCardProperty::Note => put("NOTE", &texts, columns, values),
            VCardProperty::Categories => put("CATEGORIES", &[texts.join(", ")], columns, values),
            VCardProperty::Url => put("URL", &texts, columns, values),
            VCardProperty::Lang => put("LANG", &texts, columns, values),
            VCardProperty::Other(name) => put(&name.to_uppercase(), &texts, columns, values),
            _ => {}
        }
    }
}

/// The kind of an address, the first of these that it has.
fn kind(entry: &VCardEntry, kinds: &[&str]) -> String {
    let given: Vec<String> = entry.params.iter().flat_map(|it| words(&it.value)).collect();
    let found = kinds.iter().find(|kind| given.iter().any(|it| it.eq_ignore_ascii_case(kind)));
    found.map(|it| format!(" {it}")).unwrap_or_default()
}

/// The words of a parameter; vCard 2.1 writes `TEL;WORK;FAX`, vCard 3 `TEL;TYPE=work,fax`.
fn words(value: &calcard::vcard::VCardParameterValue) -> Vec<String> {
    use calcard::common::IanaString;
    match value {
        calcard::vcard::VCardParameterValue::Text(text) => text.split(',').map(|it| it.trim().to_owned()).collect(),
        calcard::vcard::VCardParameterValue::Type(kind) => vec![kind.as_str().to_owned()],
        _ => Vec::new(),
    }
}

fn texts(entry: &VCardEntry) -> Vec<String> {
    let mut texts = Vec::new();
    for value in &entry.values {
        match value {
            VCardValue::Text(text) => texts.push(text.trim().trim_start_matches("tel:").trim_start_matches("mailto:").to_owned()),
            VCardValue::Component(parts) => texts.push(parts.join(", ")),
            VCardValue::Integer(number) => texts.push(number.to_string()),
            _ => {}
        }
    }
    texts
}

/// Structured values: one column for each part that holds something.
fn parts(names: &[&str], texts: &[String], columns: &mut Columns, values: &mut Values) {
    for (name, text) in names.iter().zip(texts).filter(|it| !it.1.is_empty()) {
        values.put(columns, name, text);
    }
}

fn put(name: &str, texts: &[String], columns: &mut Columns, values: &mut Values) {
    for text in texts.iter().filter(|it| !it.is_empty()) {
        values.put(columns, name, text);
    }
}
