//! Signatures under a text (RFC 3676 §4.3).

/// Appends a signature below the line `-- `; an empty signature changes nothing.
pub fn append(text: &str, signature: &str) -> String {
    todo!("{text}{signature}")
}
