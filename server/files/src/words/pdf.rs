//! PDF (ISO 32000-1): the texts of its pages, in the order in which they stand in the file. The table of places is not asked, which is what
//! damaged files have wrong; objects are found by how they begin. Protected files are left alone.

mod cmap;
mod font;
mod objects;
mod page;
mod value;

use std::collections::HashMap;

use font::Font;
use objects::Objects;
use page::Writer;
use value::Value;

use super::TEXT_MAX;

/// Resources may be inherited from so many levels above.
const LEVELS: usize = 32;
/// So many letters are told by the tables of all fonts together.
const CODES: usize = 500_000;

/// The text; nothing of a protected file.
pub(super) fn text(content: &[u8]) -> Option<String> {
    if objects::find(content, b"/Encrypt", 0).is_some() {
        return None;
    }
    let objects = Objects::read(content);
    let mut fonts = Fonts { of: HashMap::new(), codes: CODES };
    let mut writer = Writer::default();
    for id in objects.ids() {
        let Some(dictionary) = objects.get(id).map(|it| &it.value) else { continue };
        let pieces = if is(dictionary, "Type", "Page") {
            pieces(&objects, dictionary.get("Contents"))
        } else if is(dictionary, "Subtype", "Form") {
            vec![id]
        } else {
            continue;
        };
        let names = fonts.of_page(&objects, dictionary);
        if TEXT_MAX <= writer.text.len() || !objects.step(1 + pieces.len()) {
            break;
        }
        // The pieces are one text; a word may go on from one to the next.
        let mut stream = Vec::new();
        for piece in pieces {
            stream.extend(objects.unpacked(piece));
            stream.push(b'\n');
        }
        writer.write(&stream, |name| names.get(name).and_then(|id| fonts.of.get(id)));
    }
    Some(super::begin(&writer.text).to_owned())
}

fn is(dictionary: &Value, key: &str, name: &str) -> bool {
    matches!(dictionary.get(key), Some(Value::Name(it)) if it == name)
}

/// The streams that a page's content consists of.
fn pieces(objects: &Objects<'_>, contents: Option<&Value>) -> Vec<u32> {
    let list = match contents {
        Some(Value::Reference(id)) => match objects.get(*id).map(|it| &it.value) {
            Some(Value::Array(list)) => list,
            _ => return vec![*id],
        },
        Some(Value::Array(list)) => list,
        _ => return Vec::new(),
    };
    match objects.step(list.len()) {
        true => list.iter().filter_map(Value::reference).collect(),
        false => Vec::new(),
    }
}

/// The fonts that were read.
struct Fonts {
    of: HashMap<u32, Font>,
    /// How many letters tables may still tell.
    codes: usize,
}

impl Fonts {
    /// The fonts of a page by name; each is read once.
    fn of_page<'o>(&mut self, objects: &'o Objects<'_>, page: &'o Value) -> HashMap<&'o str, u32> {
        let mut names = HashMap::new();
        let list = resources(objects, page).and_then(|it| objects.entry(it, "Font")).and_then(|it| objects.resolved(it));
        let Some(Value::Dictionary(list)) = list else { return names };
        if !objects.step(list.len()) {
            return names;
        }
        for (name, font) in list {
            if let Some(id) = font.reference() {
                self.of.entry(id).or_insert_with(|| Font::read(objects, id, &mut self.codes));
                names.insert(name.as_str(), id);
            }
        }
        names
    }
}

/// The resources of a page, its own or those of a page tree above.
fn resources<'o>(objects: &'o Objects<'_>, page: &'o Value) -> Option<&'o Value> {
    let mut at = page;
    for _ in 0..LEVELS {
        if let Some(found) = objects.entry(at, "Resources").and_then(|it| objects.resolved(it)) {
            return Some(found);
        }
        at = objects.resolved(objects.entry(at, "Parent")?)?;
    }
    None
}

#[cfg(test)]
mod tests;
