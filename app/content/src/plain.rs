//! Plain text as staff write it, turned into HTML.

/// Turns plain text into HTML: paragraphs, line breaks, `- ` lists, links for addresses; everything else escaped, no styles.
pub fn to_html(text: &str) -> String {
    todo!("{text}")
}

/// Escapes a text for an HTML text node or a quoted attribute value.
pub fn escape(text: &str) -> String {
    todo!("{text}")
}
