//! What was found wrong in a text with merge code, as the editor underlines it and a line shows it.

use serde::Serialize;

/// A finding at its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The line, from 1.
    pub line: u32,
    /// The column in UTF-16 units, from 1, as browsers count.
    pub column: u32,
    /// The length in UTF-16 units.
    pub length: u32,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, in words.
    pub message: String,
    /// The merge code it stands in, by which the view of the text finds it.
    pub code: Option<String>,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It cannot be saved so.
    Error,
    /// It can, and yet something is wrong.
    Warning,
}

impl Finding {
    /// A finding at these bytes of a text; what lies outside of it ends where the text ends.
    pub fn at(source: &str, start: usize, end: usize, severity: Severity, message: String) -> Self {
        let start = source.floor_char_boundary(start);
        let end = source.ceil_char_boundary(end.max(start));
        let before = &source[..start];
        let line_start = before.rfind('\n').map_or(0, |it| it + 1);
        Self {
            line: before.matches('\n').count() as u32 + 1,
            column: units(&before[line_start..]) + 1,
            length: units(&source[start..end]).max(1),
            severity,
            message,
            code: code_around(source, start).map(str::to_owned),
        }
    }
}

fn units(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

/// The tag that a byte stands in: from the last `{{` or `{%` before it to its end.
fn code_around(source: &str, at: usize) -> Option<&str> {
    let until = source.ceil_char_boundary(at + 2);
    let start = ["{{", "{%"].iter().filter_map(|it| source[..until].rfind(it)).max()?;
    let end = if source[start..].starts_with("{{") { "}}" } else { "%}" };
    let len = source[start..].find(end)? + 2;
    (at < start + len).then(|| &source[start..start + len])
}

/// A piece of a line as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its letters.
    pub text: String,
    /// Whether it is merge code.
    pub is_code: bool,
    /// Whether something is wrong with it.
    pub is_wrong: bool,
}

/// Cuts a line into plain text and merge code; code that touches one of the wrong ranges of bytes is wrong as a whole, text only where
/// it is.
pub fn pieces(line: &str, wrong: &[(usize, usize)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = 0;
    while let Some((start, len)) = next_code(&line[rest..]) {
        let start = rest + start;
        text_pieces(&mut pieces, line, rest, start, wrong);
        let end = start + len;
        let is_wrong = wrong.iter().any(|it| it.0 < end && start < it.1.max(it.0 + 1));
        pieces.push(Piece { text: line[start..end].to_owned(), is_code: true, is_wrong });
        rest = end;
    }
    text_pieces(&mut pieces, line, rest, line.len(), wrong);
    pieces
}

fn next_code(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find('{')?;
        let end = match text[start + 1..].bytes().next() {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => {
                from = start + 1;
                continue;
            }
        };
        return text[start + 2..].find(end).map(|it| (start, it + 4));
    }
}

fn text_pieces(pieces: &mut Vec<Piece>, line: &str, from: usize, to: usize, wrong: &[(usize, usize)]) {
    let mut at = from;
    for (start, end) in wrong {
        let start = line.floor_char_boundary((*start).clamp(at, to));
        let end = line.ceil_char_boundary((*end).clamp(start, to));
        if start < end {
            push(pieces, &line[at..start], false);
            push(pieces, &line[start..end], true);
            at = end;
        }
    }
    push(pieces, &line[at..to], false);
}

fn push(pieces: &mut Vec<Piece>, text: &str, is_wrong: bool) {
    if !text.is_empty() {
        pieces.push(Piece { text: text.to_owned(), is_code: false, is_wrong });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_counted_as_browsers_count() {
        let source = "Ahoj\n😀 ž {{ contact.nme }}!";
        let at = source.find("contact").unwrap();
        let finding = Finding::at(source, at, at + "contact.nme".len(), Severity::Error, String::new());
        assert_eq!((finding.line, finding.column, finding.length), (2, 9, 11));
        assert_eq!(finding.code.as_deref(), Some("{{ contact.nme }}"));
    }

    #[test]
    fn a_place_outside_of_code_or_of_the_text_has_no_code() {
        assert_eq!(Finding::at("a {{ b }} c", 10, 11, Severity::Error, String::new()).code, None);
        let behind = Finding::at("a", 7, 9, Severity::Error, String::new());
        assert_eq!((behind.column, behind.length, behind.code), (2, 1, None));
    }

    #[test]
    fn a_tag_without_an_end_has_no_code() {
        assert_eq!(Finding::at("a {{ b", 2, 4, Severity::Error, String::new()).code, None);
    }

    #[test]
    fn a_line_is_cut_into_text_and_code() {
        let line = "Vec {{ a.b }} a {% if %}x{{";
        let shown: Vec<_> = pieces(line, &[(7, 10)]).into_iter().map(|it| (it.text, it.is_code, it.is_wrong)).collect();
        let expected = [
            ("Vec ", false, false),
            ("{{ a.b }}", true, true),
            (" a ", false, false),
            ("{% if %}", true, false),
            ("x{{", false, false),
        ];
        assert_eq!(shown, expected.map(|(text, code, wrong)| (text.to_owned(), code, wrong)));
        let end = pieces("x{{", &[(1, 3)]);
        assert_eq!(end[1], Piece { text: "{{".into(), is_code: false, is_wrong: true });
    }
}
