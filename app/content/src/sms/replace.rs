//! Signs of a text with merge code that make it dear, and their cheaper likeness.

use super::{Alphabet, without_diacritics};
use crate::merge::{Piece, Pieces};

/// A sign that forces Unicode, as it stands in a text with merge code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dear {
    /// The sign.
    pub sign: char,
    /// How often it stands outside of merge code.
    pub times: usize,
    /// What can be written instead; empty when there is no likeness, so that it can only be left out.
    pub instead: String,
}

/// The signs outside of merge code that force Unicode, each once in the order of their first appearance.
pub fn dear(source: &str) -> Vec<Dear> {
    dear_as(source, false)
}

/// The same by a gateway that writes plain texts in Latin 1, if it does; see [`Alphabet::as_written`].
pub fn dear_as(source: &str, in_latin1: bool) -> Vec<Dear> {
    let forces = |sign: &char| Alphabet::as_written(sign.encode_utf8(&mut [0; 4]), in_latin1) == Alphabet::Unicode;
    let mut found: Vec<Dear> = Vec::new();
    for piece in Pieces::of(source) {
        let Piece::Text(text) = piece else { continue };
        for sign in text.chars().filter(forces) {
            match found.iter_mut().find(|it| it.sign == sign) {
                Some(it) => it.times += 1,
                None => found.push(Dear { sign, times: 1, instead: likeness(sign) }),
            }
        }
    }
    found
}

/// Writes the likeness of a sign in its place wherever it stands outside of merge code.
pub fn replaced(source: &str, sign: char) -> String {
    let instead = likeness(sign);
    let piece = |it| match it {
        Piece::Tag(tag) => tag.to_owned(),
        Piece::Text(text) => text.replace(sign, &instead),
    };
    Pieces::of(source).map(piece).collect()
}

/// The cheaper likeness of a sign; empty when there is none.
fn likeness(sign: char) -> String {
    if sign == '€' {
        return "EUR".to_owned();
    }
    let plain = without_diacritics(&sign.to_string());
    if Alphabet::as_written(&plain, true) == Alphabet::Gsm7 { plain } else { String::new() }
}
