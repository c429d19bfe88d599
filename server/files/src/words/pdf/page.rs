//! The content of a page (ISO 32000-1 §9.4): its texts in the order in which they are drawn.

use super::font::Font;
use super::objects::find;
use super::value::{Reader, Value, is_blank};
use crate::words::TEXT_MAX;

/// So many values may stand before an operator.
const OPERANDS: usize = 50_000;
/// A greater distance between two letters is a blank, in thousandths of the size of the letters.
const GAP: f64 = -180.0;

/// The text that is gathered.
#[derive(Default)]
pub(super) struct Writer {
    pub text: String,
}

impl Writer {
    /// Adds the text of a content; `font` finds the fonts of the page by name.
    pub fn write<'f>(&mut self, content: &[u8], font: impl Fn(&str) -> Option<&'f Font>) {
        let mut reader = Reader::new(content, 0, OPERANDS);
        let (mut operands, mut current): (Vec<Value>, Option<&Font>) = (Vec::new(), None);
        while self.text.len() < TEXT_MAX
            && let Some(value) = reader.next()
        {
            let Value::Operator(operator) = value else {
                operands.push(value);
                continue;
            };
            match (operator.as_str(), operands.as_slice()) {
                ("Tf", [.., Value::Name(name), _]) => current = font(name),
                ("Tj", [.., Value::Text(bytes)]) => self.show(current, bytes),
                ("'" | "\"", [.., Value::Text(bytes)]) => {
                    self.part('\n');
                    self.show(current, bytes);
                }
                ("TJ", [.., Value::Array(pieces)]) => self.show_all(current, pieces),
                ("Td" | "TD", [.., Value::Number(_), Value::Number(down)]) => self.part(if *down == 0.0 { ' ' } else { '\n' }),
                ("Tm", _) => self.part(' '),
                ("T*" | "ET", _) => self.part('\n'),
                ("ID", _) => reader.at = behind_picture(content, reader.at),
                _ => {}
            }
            operands.clear();
            reader.left = OPERANDS;
        }
        self.part('\n');
    }

    fn show(&mut self, font: Option<&Font>, bytes: &[u8]) {
        if let Some(font) = font {
            font.write(bytes, &mut self.text);
        }
    }

    fn show_all(&mut self, font: Option<&Font>, pieces: &[Value]) {
        for piece in pieces {
            match piece {
                Value::Text(bytes) => self.show(font, bytes),
                Value::Number(gap) if *gap < GAP => self.part(' '),
                _ => {}
            }
        }
    }

    /// Parts what follows from what stands there.
    fn part(&mut self, blank: char) {
        if self.text.ends_with(|it: char| !it.is_whitespace()) {
            self.text.push(blank);
        }
    }
}

/// Where a picture in the content ends (§8.9.7); its bytes could look like texts.
fn behind_picture(content: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(end) = find(content, b"EI", at) {
        at = end + 2;
        let is_word =
            content[end - 1..end].first().is_some_and(|it| is_blank(*it)) && content.get(at).is_none_or(|it| is_blank(*it));
        if is_word {
            return at;
        }
    }
    content.len()
}
