//! Signatures under a text (RFC 3676 §4.3).

/// The line that parts a text from its signature: two hyphens and a space.
pub const SEPARATOR: &str = "-- ";

/// Appends a signature below [`SEPARATOR`]; an empty one changes nothing, one that stands there already is not repeated.
pub fn append(text: &str, signature: &str) -> String {
    let (text, signature) = (text.trim_end(), signature.trim());
    if signature.is_empty() {
        return text.to_owned();
    }
    let block = format!("{SEPARATOR}\n{signature}");
    match text.strip_suffix(&block) {
        Some(above) if above.is_empty() || above.ends_with('\n') => text.to_owned(),
        _ if text.is_empty() => block,
        _ => format!("{text}\n\n{block}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_stands_below_the_separator() {
        assert_eq!(append("Dobrý deň.\n", " Eva Nová\nFirma \n"), "Dobrý deň.\n\n-- \nEva Nová\nFirma");
        assert_eq!(append("", "Eva"), "-- \nEva");
    }

    #[test]
    fn an_empty_signature_changes_nothing() {
        assert_eq!(append("Dobrý deň.", " \n"), "Dobrý deň.");
    }

    #[test]
    fn a_signature_that_stands_there_is_not_repeated() {
        let once = append("Dobrý deň.", "Eva");
        assert_eq!(append(&once, "Eva"), once);
        assert_eq!(append("pozri -- \nEva", "Eva"), "pozri -- \nEva\n\n-- \nEva");
    }
}
