//! A template as it was written, before its names are looked up.

use std::ops::Range;

use rust_decimal::Decimal;

/// A piece of a template.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// Text that stays.
    Literal(String, Range<usize>),
    /// `{{ … }}`.
    Output(Chain, Range<usize>),
    /// `{% if … %}`; each branch begins where its tag stands.
    If { branches: Vec<(Condition, Vec<Node>)>, otherwise: Vec<Node>, at: Range<usize> },
    /// `{% for … in … %}`; `otherwise` is for no rows.
    For { name: String, list: Path, body: Vec<Node>, otherwise: Vec<Node>, at: Range<usize> },
}

/// A path of names.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    pub(super) text: String,
    pub(super) at: Range<usize>,
}

/// Something and the filters it goes through.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chain {
    pub(super) source: Source,
    pub(super) calls: Vec<Call>,
    pub(super) at: Range<usize>,
}

/// Where a chain begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Source {
    Path(Path),
    Constant(Constant),
}

/// A value written into the template.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Constant {
    Text(String),
    Number(Decimal),
    Bool(bool),
}

/// A filter with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Call {
    pub(super) name: String,
    pub(super) arguments: Vec<Constant>,
    pub(super) at: Range<usize>,
}

/// What an `if` asks.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition {
    /// Whether there is something to show.
    Filled(Chain),
    /// `is filled`, `is not empty` and so on; negated or not.
    Test {
        chain: Chain,
        name: String,
        negated: bool,
        at: Range<usize>,
    },
    Compare(Chain, Comparison, Chain),
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

/// The six comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
