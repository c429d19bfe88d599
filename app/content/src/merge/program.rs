//! A template whose every name is known: what rendering walks through.

use std::ops::Range;

use super::filter::Filter;
use super::place::Writing;
use super::tree::Comparison;
use super::value::Value;

/// One step of a template.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    Literal(String),
    Output { chain: Chain, writing: Writing, at: Range<usize> },
    If { branches: Vec<(Test, Vec<Step>)>, otherwise: Vec<Step> },
    For { list: Place, body: Vec<Step>, otherwise: Vec<Step> },
}

/// Where a value is found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    /// A field of the catalogue.
    Field(String),
    /// A field of the row of a loop: which loop, counted from the outermost, the field's name, and its whole path for reports.
    Row { frame: usize, name: String, path: String },
    /// Something about a loop.
    Loop { frame: usize, what: About },
    /// Written into the template.
    Constant(Value),
}

/// What is known about a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// The number of the row, from 1.
    Index,
    /// Whether it is the first row.
    First,
    /// Whether it is the last row.
    Last,
    /// How many rows there are.
    Length,
}

/// A value and the filters it goes through.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chain {
    pub(super) place: Place,
    pub(super) filters: Vec<Filter>,
}

/// What an `if` asks.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    Filled(Chain),
    Compare(Chain, Comparison, Chain),
    Not(Box<Test>),
    All(Vec<Test>),
    Any(Vec<Test>),
}
