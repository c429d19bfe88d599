//! The *relaxed* canonical form of headers and body (RFC 6376 §3.4.2 and §3.4.4).

use sha2::{Digest, Sha256};

/// One header with its folded value, without its last line end.
pub(super) struct Field<'a> {
    name: &'a [u8],
    value: &'a [u8],
}

impl Field<'_> {
    /// Whether it bears this name, whatever the case.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.trim_ascii_end().eq_ignore_ascii_case(name.as_bytes())
    }
}

/// Parts a message into its headers and its body.
pub(super) fn split(message: &[u8]) -> Option<(Vec<Field<'_>>, &[u8])> {
    let (headers, body) = match message.windows(4).position(|it| it == b"\r\n\r\n") {
        Some(at) => (&message[..at + 2], &message[at + 4..]),
        None => (message, &message[message.len()..]),
    };
    let mut fields = Vec::new();
    let mut begin = 0;
    while begin < headers.len() {
        let end = end_of_field(headers, begin);
        let line = headers[begin..end].strip_suffix(b"\r\n").unwrap_or(&headers[begin..end]);
        let colon = line.iter().position(|&it| it == b':')?;
        fields.push(Field { name: &line[..colon], value: &line[colon + 1..] });
        begin = end;
    }
    (!fields.is_empty()).then_some((fields, body))
}

/// Where the header that begins at `begin` ends: behind the first line end that no blank follows.
fn end_of_field(headers: &[u8], begin: usize) -> usize {
    let mut at = begin;
    while let Some(found) = headers[at..].iter().position(|&it| it == b'\n') {
        at += found + 1;
        if !matches!(headers.get(at), Some(b' ' | b'\t')) {
            return at;
        }
    }
    headers.len()
}

/// The named headers in canonical form. Of several with one name the last comes first; a name that nothing is left for adds nothing,
/// which is what guards against a further header (RFC 6376 §5.4.2).
pub(super) fn headers(fields: &[Field<'_>], names: &[&str], out: &mut Vec<u8>) {
    for (n, name) in names.iter().enumerate() {
        let before = names[..n].iter().filter(|it| *it == name).count();
        if let Some(field) = fields.iter().rev().filter(|it| it.is(name)).nth(before) {
            out.extend(name.bytes().map(|it| it.to_ascii_lowercase()));
            out.push(b':');
            relaxed_value(field.value, out);
            out.extend_from_slice(b"\r\n");
        }
    }
}

/// The header of the signature itself, without the line end that is not signed.
pub(super) fn signature_header(header: &[u8], out: &mut Vec<u8>) {
    let colon = header.iter().position(|&it| it == b':').unwrap_or(header.len());
    out.extend(header[..colon].iter().map(u8::to_ascii_lowercase));
    out.push(b':');
    relaxed_value(&header[(colon + 1).min(header.len())..], out);
}

/// Unfolds a value, makes every run of blanks one, and drops those at both ends.
fn relaxed_value(value: &[u8], out: &mut Vec<u8>) {
    let words = value.split(|it| matches!(it, b' ' | b'\t' | b'\r' | b'\n')).filter(|it| !it.is_empty());
    for (n, word) in words.enumerate() {
        if 0 < n {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
}

/// SHA-256 over the body in canonical form: blanks at line ends and empty lines at the end do not count, every other run of blanks is one.
pub(super) fn body_hash(body: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut empty_lines = 0;
    let mut line_out = Vec::with_capacity(1000);
    for line in body.split_inclusive(|&it| it == b'\n') {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        line_out.clear();
        relaxed_line(line, &mut line_out);
        if line_out.is_empty() {
            empty_lines += 1;
            continue;
        }
        for _ in 0..empty_lines {
            hash.update(b"\r\n");
        }
        empty_lines = 0;
        line_out.extend_from_slice(b"\r\n");
        hash.update(&line_out);
    }
    hash.finalize().into()
}

fn relaxed_line(line: &[u8], out: &mut Vec<u8>) {
    let mut blank = false;
    for &it in line {
        if matches!(it, b' ' | b'\t') {
            blank = true;
            continue;
        }
        if blank {
            out.push(b' ');
            blank = false;
        }
        out.push(it);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_body_of_the_standards_example_take_the_form_it_gives() {
        let message = b"A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n";
        let (fields, body) = split(message).unwrap();
        let mut out = Vec::new();
        headers(&fields, &["A", "B"], &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "a:X\r\nb:Y Z\r\n");
        assert_eq!(body_hash(body), <[u8; 32]>::from(Sha256::digest(b" C\r\nD E\r\n")));
    }

    #[test]
    fn an_empty_body_is_nothing_and_a_missing_line_end_is_added() {
        let nothing = <[u8; 32]>::from(Sha256::digest(b""));
        assert_eq!([body_hash(b""), body_hash(b"\r\n\r\n"), body_hash(b" \t\r\n")], [nothing; 3]);
        assert_eq!(body_hash(b"a"), body_hash(b"a\r\n"));
    }

    #[test]
    fn of_several_headers_the_last_is_signed_first_and_a_name_without_one_adds_nothing() {
        let (fields, _) = split(b"To: a\r\nTo: b\r\n\r\n").unwrap();
        let mut out = Vec::new();
        headers(&fields, &["To", "To", "To", "Cc"], &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "to:b\r\nto:a\r\n");
    }

    #[test]
    fn what_has_no_headers_is_no_message() {
        assert!(split(b"").is_none());
        assert!(split(b"no colon here\r\n\r\n").is_none());
    }
}
