//! A mail taken apart at its files, so that they need not be in memory to write it.

use sha2::{Digest, Sha256};

use super::{Field, FileContent, Mail, MailFile, MimeFault, Reason, build};

/// How many marks are tried.
const TRIES: u32 = 16;

/// A piece of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Bytes as they are.
    Bytes(Vec<u8>),
    /// The file of that number in base64, as [`encoded_lines`](super::encoded_lines) writes it.
    File(usize),
}

/// What a mail is made of, in the order of its bytes; the contents of its files do not matter. Put together they are what [`build`] makes.
///
/// # Errors
/// Names the field that must not go into a message.
pub fn parts(mail: &Mail) -> Result<Vec<Part>, MimeFault> {
    for n in 0..TRIES {
        let marks: Vec<String> = (0..mail.files.len()).map(|i| mark(mail, n, i)).collect();
        let files =
            mail.files.iter().zip(&marks).map(|(file, mark)| MailFile { content: FileContent::mark(mark), ..file.clone() });
        let bytes = build(&Mail { files: files.collect(), ..mail.clone() })?.bytes;
        if let Some(parts) = split(bytes, &marks) {
            return Ok(parts);
        }
    }
    // Not reached: nobody brings about a text that holds a mark without knowing the id that it is made for.
    Err(MimeFault { field: Field::From, reason: Reason::Malformed })
}

/// What stands in the place of a file: derived from the Message-ID, so that nobody has it in a text by chance.
fn mark(mail: &Mail, n: u32, i: usize) -> String {
    let digest = Sha256::digest(format!("{n} {i} {}", mail.message_id));
    digest.iter().take(16).map(|it| format!("{it:02x}")).collect()
}

/// Cuts the marks out; nothing when one of them stands elsewhere, too.
fn split(bytes: Vec<u8>, marks: &[String]) -> Option<Vec<Part>> {
    let mut places = Vec::with_capacity(marks.len());
    for (i, mark) in marks.iter().enumerate() {
        let mut found = bytes.windows(mark.len()).enumerate().filter(|it| it.1 == mark.as_bytes()).map(|it| it.0);
        let place = found.next()?;
        if found.next().is_some() {
            return None;
        }
        places.push((place, i, mark.len()));
    }
    places.sort_unstable();
    let (mut parts, mut at) = (Vec::with_capacity(2 * marks.len() + 1), 0);
    for (place, i, length) in places {
        parts.push(Part::Bytes(bytes[at..place].to_vec()));
        parts.push(Part::File(i));
        at = place + length;
    }
    parts.push(Part::Bytes(bytes[at..].to_vec()));
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_that_stands_in_a_text_cuts_nothing() {
        let mark = "abc".to_owned();
        assert_eq!(split(b"1 abc 2 abc".to_vec(), std::slice::from_ref(&mark)), None);
        let parts = split(b"1 abc 2".to_vec(), &[mark]).unwrap();
        assert_eq!(parts, [Part::Bytes(b"1 ".to_vec()), Part::File(0), Part::Bytes(b" 2".to_vec())]);
    }
}
