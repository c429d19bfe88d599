//! Which letters codes stand for (ISO 32000-1 §9.10.3).

use std::collections::HashMap;

use super::value::{Reader, Value};

/// So many values are read of a table.
const VALUES: usize = 400_000;

/// Codes and their letters.
#[derive(Debug, Default)]
pub(super) struct Letters {
    of: HashMap<u32, String>,
    /// How many bytes a code has.
    pub width: usize,
    /// How many codes may still be told.
    left: usize,
}

impl Letters {
    /// Reads a table; `left` codes may still be told by all tables of the file.
    pub fn read(bytes: &[u8], left: &mut usize) -> Self {
        let mut letters = Self { of: HashMap::new(), width: 0, left: *left };
        let mut reader = Reader::new(bytes, 0, VALUES);
        let mut pending: Vec<Value> = Vec::new();
        while let Some(value) = reader.next() {
            let Value::Operator(operator) = &value else {
                pending.push(value);
                continue;
            };
            match operator.as_str() {
                "endcodespacerange" => letters.width = pending.iter().filter_map(text).map(<[u8]>::len).max().unwrap_or(0),
                "endbfchar" => letters.single(&pending),
                "endbfrange" => letters.ranges(&pending),
                _ => {}
            }
            pending.clear();
        }
        if !(1..=4).contains(&letters.width) {
            letters.width = 1;
        }
        *left = letters.left;
        letters
    }

    /// The letters of a code.
    pub fn get(&self, code: u32) -> Option<&str> {
        self.of.get(&code).map(String::as_str)
    }

    fn put(&mut self, code: u32, letters: String) {
        if 0 < self.left {
            self.left -= 1;
            self.of.insert(code, letters);
        }
    }

    fn single(&mut self, values: &[Value]) {
        for pair in values.chunks_exact(2) {
            if let (Some(code), Some(letters)) = (text(&pair[0]), text(&pair[1])) {
                self.put(number(code), utf16(letters));
            }
        }
    }

    fn ranges(&mut self, values: &[Value]) {
        for range in values.chunks_exact(3) {
            let (Some(first), Some(last)) = (text(&range[0]).map(number), text(&range[1]).map(number)) else { continue };
            let codes = (first..=last.min(first.saturating_add(0xffff))).take(self.left);
            match &range[2] {
                Value::Array(each) => {
                    for (code, letters) in codes.zip(each) {
                        self.put(code, text(letters).map(utf16).unwrap_or_default());
                    }
                }
                Value::Text(begin) => {
                    let mut units = begin.clone();
                    for code in codes {
                        self.put(code, utf16(&units));
                        count_up(&mut units);
                    }
                }
                _ => {}
            }
        }
    }
}

fn text(value: &Value) -> Option<&[u8]> {
    if let Value::Text(bytes) = value { Some(bytes) } else { None }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).take(16).map(|it| u16::from_be_bytes([it[0], it[1]]));
    char::decode_utf16(units).map(|it| it.unwrap_or(' ')).collect()
}

/// The next letter of a range: only its last two bytes change.
fn count_up(units: &mut [u8]) {
    if let [.., high, low] = units {
        let next = u16::from_be_bytes([*high, *low]).wrapping_add(1).to_be_bytes();
        (*high, *low) = (next[0], next[1]);
    }
}
