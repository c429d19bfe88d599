//! The objects of a file, found by how they begin, and those that are packed in streams.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Read;
use std::ops::Range;

use flate2::read::ZlibDecoder;

use super::value::{Reader, Value, is_blank};
use crate::words::UNPACKED_MAX;

/// So many values are made of one file; what comes behind is not read.
const VALUES: usize = 1_000_000;
/// So many objects are taken out of one stream.
const PACKED: usize = 100_000;
/// So many entries of dictionaries, items of lists and pages are looked at, all together.
const STEPS: usize = 1_000_000;
/// Unpacking a stream, however short, takes as long as so many steps.
const UNPACKING: usize = 20;

/// An object and where its stream lies.
pub(super) struct Object {
    pub value: Value,
    stream: Option<Range<usize>>,
}

/// All objects by their numbers.
pub(super) struct Objects<'a> {
    content: &'a [u8],
    objects: BTreeMap<u32, Object>,
    /// How many bytes may still be unpacked.
    left: Cell<usize>,
    /// How many steps may still be made.
    steps: Cell<usize>,
}

impl<'a> Objects<'a> {
    /// Finds the objects of a file; of several with one number the last counts.
    pub fn read(content: &'a [u8]) -> Self {
        let mut found = Self { content, objects: BTreeMap::new(), left: Cell::new(UNPACKED_MAX), steps: Cell::new(STEPS) };
        let (mut at, mut values) = (0, VALUES);
        while let Some(word) = find(content, b"obj", at) {
            at = word + 3;
            let Some(id) = number_before(content, word) else { continue };
            let mut reader = Reader::new(content, at, values);
            let value = reader.next();
            values = reader.left;
            let Some(value) = value else { continue };
            reader.skip();
            at = reader.at;
            let stream = stream(content, at);
            at = stream.as_ref().map_or(at, |it| it.end);
            found.objects.insert(id, Object { value, stream });
        }
        found.unpack(&mut values);
        found
    }

    pub fn ids(&self) -> Vec<u32> {
        self.objects.keys().copied().collect()
    }

    pub fn get(&self, id: u32) -> Option<&Object> {
        self.objects.get(&id)
    }

    /// What a dictionary has under a key; looking through one that many share costs each of them its entries.
    pub fn entry<'v>(&self, dictionary: &'v Value, key: &str) -> Option<&'v Value> {
        self.step(dictionary.entries()).then(|| dictionary.get(key)).flatten()
    }

    /// Makes so many steps; false when there are too few left, and then none is.
    pub fn step(&self, n: usize) -> bool {
        let left = self.steps.get();
        self.steps.set(left.saturating_sub(n));
        n <= left
    }

    /// A value, or what it refers to.
    pub fn resolved<'v>(&'v self, value: &'v Value) -> Option<&'v Value> {
        match value {
            Value::Reference(id) => self.get(*id).map(|it| &it.value),
            value => Some(value),
        }
    }

    /// The bytes of an object's stream, unpacked as far as the limit allows; none in a way of packing that texts do not have.
    pub fn unpacked(&self, id: u32) -> Vec<u8> {
        let Some(Object { value, stream: Some(range) }) = self.objects.get(&id) else { return Vec::new() };
        if !self.step(UNPACKING + value.entries()) {
            return Vec::new();
        }
        let packed = &self.content[range.clone()];
        let filter = match value.get("Filter") {
            Some(Value::Array(list)) if list.len() == 1 => list.first(),
            other => other,
        };
        let predictor = value.get("DecodeParms").and_then(|it| it.get("Predictor")).and_then(Value::number);
        let is_predicted = predictor.is_some_and(|it| 1.0 < it);
        let mut bytes = Vec::new();
        match filter {
            None => bytes.extend(&packed[..packed.len().min(self.left.get())]),
            Some(Value::Name(name)) if matches!(name.as_str(), "FlateDecode" | "Fl") && !is_predicted => {
                // What came before a fault is sound.
                let _ = ZlibDecoder::new(packed).take(self.left.get() as u64).read_to_end(&mut bytes);
            }
            Some(_) => {}
        }
        self.left.set(self.left.get() - bytes.len());
        bytes
    }

    /// Takes objects out of the streams that hold some (§7.5.7).
    fn unpack(&mut self, values: &mut usize) {
        let is_pack = |it: &Object| matches!(it.value.get("Type"), Some(Value::Name(name)) if name == "ObjStm");
        let packs: Vec<u32> = self.objects.iter().filter(|(_, it)| is_pack(it)).map(|it| *it.0).collect();
        for pack in packs {
            let size = |key| self.get(pack)?.value.get(key)?.number().map(|it| it as usize);
            let (Some(n), Some(first)) = (size("N"), size("First")) else { continue };
            let bytes = self.unpacked(pack);
            let mut head = Reader::new(&bytes, 0, 2 * PACKED);
            for _ in 0..n.min(PACKED) {
                let (Some(Value::Number(id)), Some(Value::Number(offset))) = (head.next(), head.next()) else { break };
                let mut reader = Reader::new(&bytes, first.saturating_add(offset as usize), *values);
                let value = reader.next();
                *values = reader.left;
                if let Some(value) = value {
                    self.objects.entry(id as u32).or_insert(Object { value, stream: None });
                }
            }
        }
    }
}

/// Where some bytes stand next.
pub(in crate::words) fn find(content: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = from;
    while let Some(step) = content.get(at..)?.iter().position(|it| *it == first) {
        at += step;
        if content[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The number of an object whose `obj` stands here: `12 0 obj`.
fn number_before(content: &[u8], word: usize) -> Option<u32> {
    let start = word.saturating_sub(24);
    let before = content.get(start..word)?;
    let mut pieces = before.rsplit(|it| is_blank(*it)).filter(|it| !it.is_empty());
    let generation = pieces.next()?;
    if !before.last().copied().is_some_and(is_blank) || !generation.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = pieces.next()?;
    // What stands before it without a blank, as in `endobj12 0 obj`, does not belong to it.
    let digits = number.iter().rev().take_while(|it| it.is_ascii_digit()).count();
    std::str::from_utf8(&number[number.len() - digits..]).ok()?.parse().ok()
}

/// The stream that begins here. Its end is looked for, because lengths are often wrong.
fn stream(content: &[u8], at: usize) -> Option<Range<usize>> {
    let rest = content.get(at..)?.strip_prefix(b"stream")?;
    let blank = match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    let start = at + b"stream".len() + blank;
    Some(start..find(content, b"endstream", start).unwrap_or(content.len()))
}
