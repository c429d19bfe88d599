//! Texts inside XML.

/// Appends a text with what XML would take for its own escaped; characters that XML 1.0 §2.2 does not know are left out.
pub fn escape(text: &str, into: &mut String) {
    for it in text.chars() {
        match it {
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '&' => into.push_str("&amp;"),
            '"' => into.push_str("&quot;"),
            '\r' => into.push_str("&#13;"),
            '\t' | '\n' => into.push(it),
            '\u{fffe}' | '\u{ffff}' => {}
            it if it.is_control() && it < ' ' => {}
            it => into.push(it),
        }
    }
}
