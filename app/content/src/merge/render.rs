//! Puts the values of one recipient into a template.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use rust_decimal::Decimal;

use super::filter::shown;
use super::gate::path_of;
use super::language::Language;
use super::limits::MAX_LISTED;
use super::place::Writing;
use super::program::{About, Chain, Place, Step, Test};
use super::sheet::{Sheet, Stop, Unfit};
use super::template::Reason;
use super::tree::Comparison;
use super::value::{Row, Value, Values};
use crate::plain;

/// A field that could not be shown, with the bytes of its tag.
pub(super) struct Hole {
    pub(super) path: String,
    pub(super) row: Option<usize>,
    pub(super) reason: Reason,
    pub(super) at: Range<usize>,
}

/// What happens where a field cannot be shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holes {
    /// Nothing is written; they are listed.
    Listed,
    /// They are listed, and marked in the text.
    Marked,
}

/// One rendering.
pub(super) struct Run<'a> {
    values: &'a Values<'a>,
    language: Language,
    holes_are: Holes,
    frames: Vec<Frame<'a>>,
    pub(super) sheet: Sheet,
    pub(super) holes: Vec<Hole>,
}

/// The row a loop has come to.
struct Frame<'a> {
    rows: &'a [Row],
    at: usize,
}

impl<'a> Run<'a> {
    pub(super) fn new(values: &'a Values<'a>, language: Language, holes_are: Holes) -> Self {
        Self { values, language, holes_are, frames: Vec::new(), sheet: Sheet::new(), holes: Vec::new() }
    }

    /// Walks through the steps.
    ///
    /// # Errors
    /// Says which limit was reached.
    pub(super) fn steps(&mut self, steps: &'a [Step]) -> Result<(), Stop> {
        for step in steps {
            self.sheet.pay(0)?;
            match step {
                Step::Literal(text) => self.sheet.push(text)?,
                Step::Output { chain, writing, at } => self.output(chain, *writing, at)?,
                Step::If { branches, otherwise } => {
                    let mut body = otherwise;
                    for (test, branch) in branches {
                        if self.test(test)? {
                            body = branch;
                            break;
                        }
                    }
                    self.steps(body)?;
                }
                Step::For { list, body, otherwise } => self.rows(list, body, otherwise)?,
            }
        }
        Ok(())
    }

    fn rows(&mut self, list: &'a Place, body: &'a [Step], otherwise: &'a [Step]) -> Result<(), Stop> {
        let rows = match self.found(list) {
            Some(Cow::Borrowed(Value::List(rows))) => rows.as_slice(),
            _ => &[],
        };
        if rows.is_empty() {
            return self.steps(otherwise);
        }
        self.frames.push(Frame { rows, at: 0 });
        for at in 0..rows.len() {
            if let Some(frame) = self.frames.last_mut() {
                frame.at = at;
            }
            self.sheet.pay(0)?;
            self.steps(body)?;
        }
        self.frames.pop();
        Ok(())
    }

    /// The value of a place; none when nothing was given for it.
    fn found(&self, place: &'a Place) -> Option<Cow<'a, Value>> {
        match place {
            Place::Field(path) => self.values.get(path).map(Cow::Borrowed),
            Place::Row { frame, name, .. } => {
                let frame = self.frames.get(*frame)?;
                frame.rows.get(frame.at)?.get(name).map(Cow::Borrowed)
            }
            Place::Loop { frame, what } => {
                let Frame { rows, at } = self.frames.get(*frame)?;
                Some(Cow::Owned(match what {
                    About::Index => Value::Number(Decimal::from(at + 1)),
                    About::First => Value::Bool(*at == 0),
                    About::Last => Value::Bool(at + 1 == rows.len()),
                    About::Length => Value::Number(Decimal::from(rows.len())),
                }))
            }
            Place::Constant(value) => Some(Cow::Borrowed(value)),
        }
    }

    /// A value behind its filters; what is not known is missing.
    fn value(&mut self, chain: &'a Chain) -> Result<Result<Cow<'a, Value>, Reason>, Stop> {
        let mut value = self.found(&chain.place).unwrap_or(Cow::Owned(Value::Missing));
        for filter in &chain.filters {
            self.sheet.pay(bytes(&value))?;
            match filter.apply(&value, self.language) {
                Some(made) => value = Cow::Owned(made),
                None => return Ok(Err(Reason::Unfit)),
            }
        }
        Ok(Ok(value))
    }

    fn output(&mut self, chain: &'a Chain, writing: Writing, at: &Range<usize>) -> Result<(), Stop> {
        let value = match self.value(chain)? {
            Ok(value) => value,
            Err(reason) => return self.hole(chain, writing, at, reason),
        };
        self.sheet.pay(bytes(&value))?;
        let is_given_up = matches!(chain.filters.last(), Some(super::filter::Filter::Fallback(_)));
        if value.is_blank() && !is_given_up {
            return self.hole(chain, writing, at, Reason::Missing);
        }
        // A fallback of no text leaves an address or anything else empty, as was asked for.
        if value.is_blank() {
            return Ok(());
        }
        let text = match value.as_ref() {
            Value::Text(text) => Cow::Borrowed(text.as_str()),
            other => match shown(other, self.language) {
                Some(text) => Cow::Owned(text),
                None => return self.hole(chain, writing, at, Reason::Unfit),
            },
        };
        match self.sheet.write(&text, writing)? {
            Ok(()) => Ok(()),
            Err(Unfit::LineEnd) => self.hole(chain, writing, at, Reason::LineEnd),
            Err(Unfit::Address) => self.hole(chain, writing, at, Reason::Address),
        }
    }

    /// Notes a field that cannot be shown, and marks it if that is wanted.
    fn hole(&mut self, chain: &Chain, writing: Writing, at: &Range<usize>, reason: Reason) -> Result<(), Stop> {
        let path = path_of(&chain.place);
        let row = match &chain.place {
            Place::Row { frame, .. } => self.frames.get(*frame).map(|it| it.at),
            _ => None,
        };
        if self.holes.len() < MAX_LISTED {
            self.holes.push(Hole { path: path.to_owned(), row, reason, at: at.clone() });
        }
        match (self.holes_are, writing) {
            (Holes::Listed, _) | (Holes::Marked, Writing::Address { .. } | Writing::Part { .. }) => Ok(()),
            (Holes::Marked, Writing::Html) => self.sheet.push(&format!("⟦{}⟧", plain::escape(path))),
            (Holes::Marked, _) => self.sheet.push(&format!("⟦{path}⟧")),
        }
    }

    fn test(&mut self, test: &'a Test) -> Result<bool, Stop> {
        self.sheet.pay(0)?;
        match test {
            Test::Filled(chain) => Ok(self.value(chain)?.is_ok_and(|it| !it.is_blank() && *it != Value::Bool(false))),
            Test::Not(inner) => Ok(!self.test(inner)?),
            Test::All(inner) => {
                for it in inner {
                    if !self.test(it)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Test::Any(inner) => {
                for it in inner {
                    if self.test(it)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Test::Compare(left, comparison, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                let (Ok(left), Ok(right)) = (left, right) else { return Ok(false) };
                self.sheet.pay(bytes(&left))?;
                Ok(holds(order(&left, &right), *comparison))
            }
        }
    }
}

/// How many bytes there are to look at.
fn bytes(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        _ => 0,
    }
}

/// Whether a comparison holds; what cannot be compared, such as a missing value, is only unequal.
fn holds(order: Option<Ordering>, comparison: Comparison) -> bool {
    match comparison {
        Comparison::Equal => order == Some(Ordering::Equal),
        Comparison::Unequal => order != Some(Ordering::Equal),
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::LessOrEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Comparison::Greater => order == Some(Ordering::Greater),
        Comparison::GreaterOrEqual => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    }
}

fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Money { currency: a, .. }, Value::Money { currency: b, .. }) if a != b => None,
        (Value::Number(_) | Value::Money { .. }, Value::Number(_) | Value::Money { .. }) => {
            left.decimal()?.partial_cmp(&right.decimal()?)
        }
        // A day compared with a day and time counts as the day only.
        (Value::Date(a), Value::DateTime(b)) => Some(a.cmp(&b.date())),
        (Value::DateTime(a), Value::Date(b)) => Some(a.date().cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::DateTime(a), Value::DateTime(b)) => Some(a.cmp(b)),
        _ => None,
    }
}
