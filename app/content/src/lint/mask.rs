//! Takes the merge code out of a source without moving a byte, so that what is left is read as the HTML it becomes.

use std::ops::Range;

/// A source whose merge code was put out of sight.
pub(crate) struct Masked {
    /// As long as the source, byte by byte: values are `x`, statements and remarks blanks.
    pub html: String,
    /// The bytes of the values, in their order.
    values: Vec<Range<usize>>,
}

impl Masked {
    /// The bytes of the values, in their order.
    pub fn values(&self) -> &[Range<usize>] {
        &self.values
    }

    /// Whether a value stands at this byte.
    pub fn is_value(&self, at: usize) -> bool {
        let next = self.values.partition_point(|it| it.end <= at);
        self.values.get(next).is_some_and(|it| it.contains(&at))
    }

    /// Whether a value stands somewhere in these bytes.
    pub fn has_value(&self, place: &Range<usize>) -> bool {
        let next = self.values.partition_point(|it| it.end <= place.start);
        self.values.get(next).is_some_and(|it| it.start < place.end)
    }
}

/// Masks the merge code of a source; a tag without its end stays as it is.
pub(crate) fn mask(source: &str) -> Masked {
    let mut masked = Masked { html: String::with_capacity(source.len()), values: Vec::new() };
    let mut rest = source;
    while let Some(at) = rest.find('{') {
        let (before, tag) = rest.split_at(at);
        masked.html.push_str(before);
        let Some(kind) = tag.as_bytes().get(1).filter(|it| matches!(it, b'{' | b'%')) else {
            masked.html.push('{');
            rest = &tag[1..];
            continue;
        };
        let is_remark = tag.starts_with("{{#");
        let Some(length) = length(tag, *kind, is_remark) else {
            rest = tag;
            break;
        };
        let start = masked.html.len();
        let is_value = *kind == b'{' && !is_remark;
        masked.html.extend(std::iter::repeat_n(if is_value { 'x' } else { ' ' }, length));
        if is_value {
            masked.values.push(start..start + length);
        }
        rest = &tag[length..];
    }
    masked.html.push_str(rest);
    masked
}

/// How many bytes a tag takes; text in quotes does not end it. None when it has no end.
fn length(tag: &str, kind: u8, is_remark: bool) -> Option<usize> {
    let end: &[u8] = match kind {
        b'%' => b"%}",
        _ if is_remark => b"#}}",
        _ => b"}}",
    };
    let bytes = tag.as_bytes();
    let (mut at, mut quote) = (2, None);
    while at < bytes.len() {
        let byte = bytes[at];
        match quote {
            _ if is_remark => {}
            Some(open) => {
                at += usize::from(byte == b'\\');
                quote = (byte != open).then_some(open);
                at += 1;
                continue;
            }
            None if matches!(byte, b'"' | b'\'') => {
                quote = Some(byte);
                at += 1;
                continue;
            }
            None => {}
        }
        if bytes[at..].starts_with(end) {
            return Some(at + end.len());
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merge_code_is_masked_and_nothing_moves() {
        for (source, html) in [
            ("a {{ b }}c", "a xxxxxxxc"),
            ("{% if č %}<b>{% endif %}", "           <b>           "),
            ("{{# <script> }} #}}x", "                   x"),
            ("{{ a | fallback(\"}}\") }}.", "xxxxxxxxxxxxxxxxxxxxxxxx."),
            ("{ a {b} {{ c", "{ a {b} {{ c"),
        ] {
            let masked = mask(source);
            assert_eq!(masked.html, html);
            assert_eq!(masked.html.len(), source.len());
        }
    }

    #[test]
    fn values_are_found_by_their_bytes() {
        let masked = mask("ab{{ c }}d{{ e }}");
        assert!(masked.is_value(2) && masked.is_value(8) && !masked.is_value(9) && masked.is_value(10));
        assert!(masked.has_value(&(0..3)) && !masked.has_value(&(9..10)) && masked.has_value(&(9..11)));
    }
}
