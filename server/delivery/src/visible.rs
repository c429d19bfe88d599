//! Untrusted bytes as text that may be shown: nothing invisible, nothing that changes the direction of writing.

/// Turns bytes into text of at most `limit` bytes.
///
/// Bytes that are not UTF-8 become U+FFFD, control characters their pictures (`␛`), invisible and direction characters `\u{202e}`.
pub(crate) fn visible(bytes: &[u8], limit: usize) -> String {
    let mut out = String::new();
    for it in String::from_utf8_lossy(bytes).chars() {
        let shown = match it {
            '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(it)).map(String::from).unwrap_or_default(),
            '\u{7f}' => String::from('\u{2421}'),
            _ if it.is_control() || is_invisible(it) => it.escape_unicode().to_string(),
            _ => String::from(it),
        };
        if limit < out.len() + shown.len() {
            break;
        }
        out.push_str(&shown);
    }
    out
}

/// Characters nobody sees or that turn the direction of the text around them (Unicode bidi controls, zero width, line separators).
pub(crate) fn is_invisible(it: char) -> bool {
    matches!(it, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stay_and_tricks_show() {
        assert_eq!(visible("Dobrý deň\t\x1b[2J\u{202e}".as_bytes(), 100), "Dobrý deň␉␛[2J\\u{202e}");
        assert_eq!(visible(b"\xff\0\x7f", 100), "\u{fffd}␀␡");
    }

    #[test]
    fn the_limit_never_cuts_a_character() {
        assert_eq!(visible("ččč".as_bytes(), 5), "čč");
    }
}
