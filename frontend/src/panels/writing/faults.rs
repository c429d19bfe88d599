//! What is wrong with merge code, as lines and editors show it.

use model::TemplateFault;

use crate::i18n::{Locale, merge};
use crate::state::finding::{Finding, Severity};

/// The ranges of bytes in which something is wrong.
pub fn ranges<'a>(faults: impl Iterator<Item = &'a TemplateFault>) -> Vec<(usize, usize)> {
    faults.map(|it| (it.start as usize, it.end as usize)).collect()
}

/// What is wrong in a source, as the editor underlines it.
pub fn findings<'a>(locale: Locale, source: &str, faults: impl Iterator<Item = &'a TemplateFault>) -> Vec<Finding> {
    faults
        .map(|it| {
            let words = merge::fault_with_suggestion(locale, &it.fault, it.suggestion.as_deref());
            Finding::at(source, it.start as usize, it.end as usize, Severity::Error, words)
        })
        .collect()
}
