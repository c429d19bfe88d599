//! Bytes in hexadecimal, two small digits for each.

use std::fmt::Write;

/// Writes bytes.
pub(crate) fn write(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, it| {
        // Writing to a String never fails.
        let _ = write!(text, "{it:02x}");
        text
    })
}

/// Reads bytes; nothing when it is something else.
pub(crate) fn read(hex: &str) -> Option<Vec<u8>> {
    let pairs = (0..hex.len()).step_by(2).map(|at| hex.get(at..at + 2).and_then(|it| u8::from_str_radix(it, 16).ok()));
    pairs.collect()
}
