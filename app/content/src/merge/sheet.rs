//! What is written while rendering: it counts what it costs and stops at its limits.

use super::limits::{MAX_FUEL, MAX_OUTPUT};
use super::place::Writing;
use super::url;
use crate::plain;

/// Why writing stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The output would be longer than [`MAX_OUTPUT`].
    TooLong,
    /// More steps than [`MAX_FUEL`] would be needed.
    TooMuchWork,
}

/// Why a value cannot be written where it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// A line end where only one line fits.
    LineEnd,
    /// No safe address.
    Address,
}

/// The output with its limits.
pub(super) struct Sheet {
    pub(super) text: String,
    fuel: usize,
}

impl Sheet {
    pub(super) fn new() -> Self {
        Self { text: String::new(), fuel: MAX_FUEL }
    }

    /// Pays for one step, and for bytes that are looked at in it.
    pub(super) fn pay(&mut self, bytes: usize) -> Result<(), Stop> {
        self.fuel = self.fuel.checked_sub(1 + bytes / 32).ok_or(Stop::TooMuchWork)?;
        Ok(())
    }

    /// Writes text that needs nothing done to it.
    pub(super) fn push(&mut self, text: &str) -> Result<(), Stop> {
        if MAX_OUTPUT < self.text.len() + text.len() {
            return Err(Stop::TooLong);
        }
        self.text.push_str(text);
        Ok(())
    }

    /// Writes a value so that it stays in its place.
    pub(super) fn write(&mut self, value: &str, writing: Writing) -> Result<Result<(), Unfit>, Stop> {
        if MAX_OUTPUT < value.len() {
            return Err(Stop::TooLong);
        }
        let text = match writing {
            Writing::Html => plain::escape(value),
            Writing::Address { is_html } => match url::address(value) {
                Some(address) if is_html => plain::escape(&address),
                Some(address) => address,
                None => return Ok(Err(Unfit::Address)),
            },
            // What is left after encoding needs no escape.
            Writing::Part { url, .. } => url::part(value, url),
            Writing::Plain => value.chars().filter(|it| !it.is_control() || matches!(it, '\n' | '\t')).collect(),
            Writing::Line if value.trim().chars().any(char::is_control) => return Ok(Err(Unfit::LineEnd)),
            Writing::Line => value.trim().to_owned(),
            Writing::Sms => value.chars().filter(|it| !it.is_control() || *it == '\n').map(common_space).collect(),
        };
        self.push(&text).map(Ok)
    }
}

/// Hard spaces would force a whole text message into Unicode.
fn common_space(it: char) -> char {
    if matches!(it, '\u{a0}' | '\u{202f}' | '\u{2009}') { ' ' } else { it }
}
