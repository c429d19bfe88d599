//! Values that are there and yet look wrong: shown before sending, never stopped.

use super::limits::MAX_LISTED;
use super::value::{Row, Value, Values};

/// Why a value looks wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Suspicion {
    /// It is missing, or there are only blanks.
    Empty,
    /// It stands for nothing: `N/A`, `-`, `null`, `???`, `xxx`.
    Placeholder,
    /// A day that programs write for *unknown*: the year 1, 1 January 1900, later than 2100.
    StrangeDate,
    /// A negative amount or number.
    Negative,
    /// The marks of a template or of HTML stand in it; they will be shown as they are.
    Marks,
}

/// A value that looks wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspicious {
    /// The path of the field; a field of a row with the path of its collection.
    pub path: String,
    /// The row of the outermost collection, from 0.
    pub row: Option<usize>,
    /// Why it looks wrong.
    pub why: Suspicion,
}

/// Texts that stand for nothing, in small letters.
const PLACEHOLDERS: [&str; 18] = [
    "n/a",
    "na",
    "n.a.",
    "null",
    "none",
    "nil",
    "nan",
    "undefined",
    "(null)",
    "#n/a",
    "#ref!",
    "tbd",
    "todo",
    "test",
    "neuvedené",
    "neuvedeno",
    "neznáme",
    "neznámé",
];

/// Lists the values of the given paths that look wrong, in their order, at most a hundred. A path such as `order.items.name`
/// means the field of each row.
pub fn suspicious(values: &Values<'_>, paths: &[String]) -> Vec<Suspicious> {
    let mut found = Vec::new();
    for path in paths {
        let rows = path.match_indices('.').rev().find_map(|(dot, _)| match values.get(&path[..dot]) {
            Some(Value::List(rows)) => Some((rows, &path[dot + 1..])),
            _ => None,
        });
        match (values.get(path), rows) {
            (None, Some((rows, name))) => {
                for (at, row) in rows.iter().enumerate() {
                    look_at_row(&mut found, path, at, row, name);
                }
            }
            (value, _) => note(&mut found, path, None, value.unwrap_or(&Value::Missing)),
        }
    }
    found
}

/// Looks at a field of a row, which may be a field of the rows of a collection in it.
fn look_at_row(found: &mut Vec<Suspicious>, path: &str, at: usize, row: &Row, name: &str) {
    match name.split_once('.') {
        Some((inner, name)) => {
            if let Some(Value::List(rows)) = row.get(inner) {
                rows.iter().for_each(|row| look_at_row(found, path, at, row, name));
            }
        }
        None => note(found, path, Some(at), row.get(name).unwrap_or(&Value::Missing)),
    }
}

fn note(found: &mut Vec<Suspicious>, path: &str, row: Option<usize>, value: &Value) {
    if found.len() < MAX_LISTED
        && let Some(why) = look(value)
    {
        found.push(Suspicious { path: path.to_owned(), row, why });
    }
}

/// Why one value looks wrong, if it does.
pub fn look(value: &Value) -> Option<Suspicion> {
    if value.is_blank() {
        return Some(Suspicion::Empty);
    }
    match value {
        Value::Text(text) => look_at_text(text.trim()),
        Value::Date(date) => strange(i32::from(date.year()), date.month(), date.day()),
        Value::DateTime(it) => strange(i32::from(it.year()), it.month(), it.day()),
        Value::Number(_) | Value::Money { .. } => {
            value.decimal().is_some_and(|it| it.is_sign_negative() && !it.is_zero()).then_some(Suspicion::Negative)
        }
        Value::Bool(_) | Value::List(_) | Value::Missing => None,
    }
}

fn look_at_text(text: &str) -> Option<Suspicion> {
    let small = text.to_lowercase();
    let is_sign = text.chars().all(|it| matches!(it, '-' | '–' | '—' | '?' | '.' | '*' | '_' | '/'));
    let is_filler = 2 < small.len() && small.chars().all(|it| it == 'x');
    if is_sign || is_filler || PLACEHOLDERS.contains(&small.as_str()) {
        return Some(Suspicion::Placeholder);
    }
    if matches!(small.as_str(), "01.01.0001" | "1.1.0001" | "0001-01-01" | "1. 1. 0001" | "00.00.0000" | "0000-00-00") {
        return Some(Suspicion::StrangeDate);
    }
    let has_marks = ["{{", "}}", "{%", "%}", "</", "&nbsp;", "&amp;"].iter().any(|it| text.contains(it));
    has_marks.then_some(Suspicion::Marks)
}

fn strange(year: i32, month: i8, day: i8) -> Option<Suspicion> {
    let is_null = year <= 1 || (year, month, day) == (1900, 1, 1) || (year, month, day) == (1899, 12, 30);
    (is_null || 2100 < year).then_some(Suspicion::StrangeDate)
}
