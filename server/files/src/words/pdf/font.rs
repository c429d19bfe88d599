//! What the bytes of a text mean in a font.

use std::collections::HashMap;

use super::cmap::Letters;
use super::objects::Objects;
use super::value::Value;

/// Accents behind a letter in the name of a glyph, as in `ccaron`. Words are found without them.
const ACCENTS: [&str; 14] = [
    "acute",
    "caron",
    "circumflex",
    "dieresis",
    "ring",
    "grave",
    "cedilla",
    "ogonek",
    "breve",
    "macron",
    "dotaccent",
    "hungarumlaut",
    "tilde",
    "commaaccent",
];
/// One byte has no more letters; numbers stand between them.
const DIFFERENCES: usize = 600;
const DIGITS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// A font as far as its letters go.
pub(super) enum Font {
    /// Codes that a table tells.
    Told(Letters),
    /// One byte a letter, some of which are named.
    Bytes(HashMap<u8, String>),
    /// Glyphs of which nobody says what they mean.
    Unknown,
}

impl Font {
    /// Reads a font.
    pub fn read(objects: &Objects<'_>, id: u32, codes: &mut usize) -> Self {
        let Some(font) = objects.get(id).map(|it| &it.value) else { return Self::Unknown };
        if let Some(table) = objects.entry(font, "ToUnicode").and_then(Value::reference) {
            return Self::Told(Letters::read(&objects.unpacked(table), codes));
        }
        if matches!(objects.entry(font, "Subtype"), Some(Value::Name(name)) if name == "Type0") {
            return Self::Unknown;
        }
        let encoding = objects.entry(font, "Encoding").and_then(|it| objects.resolved(it));
        let mut named = HashMap::new();
        let differences = encoding.and_then(|it| objects.entry(it, "Differences")).and_then(|it| objects.resolved(it));
        if let Some(Value::Array(differences)) = differences
            && objects.step(differences.len().min(DIFFERENCES))
        {
            let mut code = 0_u8;
            for it in differences.iter().take(DIFFERENCES) {
                match it {
                    Value::Number(number) => code = *number as u8,
                    Value::Name(name) => {
                        named.insert(code, letters_of(name));
                        code = code.wrapping_add(1);
                    }
                    _ => {}
                }
            }
        }
        Self::Bytes(named)
    }

    /// Adds what bytes mean.
    pub fn write(&self, bytes: &[u8], text: &mut String) {
        match self {
            Self::Told(letters) => {
                for code in bytes.chunks(letters.width) {
                    let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
                    text.push_str(letters.get(code).unwrap_or(""));
                }
            }
            Self::Bytes(named) => {
                for byte in bytes {
                    match named.get(byte) {
                        Some(letters) => text.push_str(letters),
                        None => text.push(latin(*byte)),
                    }
                }
            }
            Self::Unknown => {}
        }
    }
}

/// A letter of the usual encoding; the few signs between 128 and 159 that are letters in it stand without their accents.
fn latin(byte: u8) -> char {
    match byte {
        0x8a => 'Š',
        0x8e => 'Ž',
        0x9a => 'š',
        0x9e => 'ž',
        0x80..=0x9f | 0..=0x1f => ' ',
        byte => char::from(byte),
    }
}

/// What the name of a glyph means: `a`, `ccaron`, `uni010D`, `fi`.
fn letters_of(name: &str) -> String {
    let code = name.strip_prefix("uni").or_else(|| name.strip_prefix('u')).filter(|it| (4..=6).contains(&it.len()));
    if let Some(letter) = code.and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32) {
        return letter.to_string();
    }
    if let Some(digit) = DIGITS.iter().position(|it| *it == name) {
        return digit.to_string();
    }
    let mut letters = name.chars();
    let first = letters.next().filter(char::is_ascii_alphabetic);
    match (first, letters.as_str()) {
        (Some(first), rest) if rest.is_empty() || ACCENTS.contains(&rest) => first.to_string(),
        _ if matches!(name, "ff" | "fi" | "fl" | "ffi" | "ffl") => name.to_owned(),
        _ => match name {
            "hyphen" => "-",
            "at" => "@",
            "period" => ".",
            "underscore" => "_",
            "slash" => "/",
            _ => " ",
        }
        .to_owned(),
    }
}
