//! The bytes of a file out of its digits of base64, piece by piece.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use tables::read::Fault;

use crate::PIECE;

/// Digits of one piece; pieces are whole groups of three bytes.
const DIGITS: usize = PIECE / 3 * 4;

/// Digits on their way in.
#[derive(Default)]
pub(super) struct Digits {
    held: Vec<u8>,
    /// Whether something was no digit, or stood behind the end.
    is_wrong: bool,
    /// Whether a piece came out short, so that nothing may follow it.
    has_ended: bool,
}

impl Digits {
    /// Takes more digits; white space among them does not matter.
    ///
    /// # Errors
    /// Fails when `each` does.
    pub fn take(&mut self, text: &str, each: &mut dyn FnMut(Vec<u8>) -> Result<(), Fault>) -> Result<(), Fault> {
        for word in text.split_whitespace() {
            self.held.extend_from_slice(word.as_bytes());
            while DIGITS <= self.held.len() {
                let rest = self.held.split_off(DIGITS);
                let digits = std::mem::replace(&mut self.held, rest);
                self.decode(&digits, each)?;
            }
        }
        Ok(())
    }

    /// Ends the file; tells whether all of it was base64.
    ///
    /// # Errors
    /// Fails when `each` does.
    pub fn finish(mut self, each: &mut dyn FnMut(Vec<u8>) -> Result<(), Fault>) -> Result<bool, Fault> {
        let digits = std::mem::take(&mut self.held);
        if !digits.is_empty() {
            self.decode(&digits, each)?;
        }
        Ok(!self.is_wrong)
    }

    fn decode(&mut self, digits: &[u8], each: &mut dyn FnMut(Vec<u8>) -> Result<(), Fault>) -> Result<(), Fault> {
        self.is_wrong |= self.has_ended;
        if self.is_wrong {
            return Ok(());
        }
        match BASE64_STANDARD.decode(digits) {
            Ok(piece) => {
                self.has_ended = piece.len() < PIECE;
                each(piece)
            }
            Err(_) => {
                self.is_wrong = true;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(pieces: &[&str]) -> (Vec<Vec<u8>>, bool) {
        let (mut came, mut digits) = (Vec::new(), Digits::default());
        let mut each = |piece| {
            came.push(piece);
            Ok(())
        };
        for piece in pieces {
            digits.take(piece, &mut each).unwrap();
        }
        let is_good = digits.finish(&mut each).unwrap();
        (came, is_good)
    }

    #[test]
    fn digits_become_pieces_wherever_they_are_cut() {
        let bytes: Vec<u8> = (0..PIECE + 5).map(|it| it as u8).collect();
        let text = BASE64_STANDARD.encode(&bytes);
        let (first, second) = text.split_at(DIGITS - 3);
        let (came, is_good) = decoded(&[first, "\r\n ", second]);
        assert_eq!((came.len(), came[0].len(), is_good), (2, PIECE, true));
        assert!(came.concat() == bytes);
        assert_eq!(decoded(&["QU", "JD"]), (vec![b"ABC".to_vec()], true));
        assert_eq!(decoded(&[]), (Vec::new(), true));
    }

    #[test]
    fn what_is_no_base64_is_told() {
        for wrong in ["?", "QQ==QQ==", "QUJ"] {
            assert!(!decoded(&[wrong]).1, "{wrong}");
        }
        let ended = [&BASE64_STANDARD.encode(vec![0; PIECE - 1]), "QUJD"].concat();
        assert!(!decoded(&[&ended]).1, "something stands behind the end");
    }
}
