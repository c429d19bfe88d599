//! What is wrong with MJML, and where.

use std::ops::Range;

pub use model::template::MjmlFault as FaultKind;

use crate::merge::Spot;

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where.
    pub spot: Spot,
    /// The nearest name there is, for names that there are not.
    pub suggestion: Option<String>,
}

impl Fault {
    pub(super) fn at(source: &str, range: Range<usize>, kind: FaultKind) -> Self {
        Self { kind, spot: Spot::of(source, range), suggestion: None }
    }
}
