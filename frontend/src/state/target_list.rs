//! What was typed or pasted into a field of addresses, domains and numbers, counted by kind.

use model::suppression::parse_targets;
use model::{Fault, HomeCountry, SuppressionTarget};

/// How much of each kind there is, and what cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetCount {
    /// E-mail addresses.
    pub addresses: u32,
    /// Whole domains.
    pub domains: u32,
    /// Phone numbers.
    pub numbers: u32,
    /// Pieces that cannot be read.
    pub bad: Vec<Fault>,
}

impl TargetCount {
    /// Counts what a text holds; the country matters only for the length of numbers typed without its code.
    pub fn of(text: &str) -> Self {
        let mut count = Self::default();
        for piece in parse_targets(text, HomeCountry::default()) {
            match piece.target {
                Ok(SuppressionTarget::Email(_)) => count.addresses += 1,
                Ok(SuppressionTarget::Domain(_)) => count.domains += 1,
                Ok(SuppressionTarget::Phone(_)) => count.numbers += 1,
                Ok(SuppressionTarget::Contact(..)) => {}
                Err(fault) => count.bad.push(fault),
            }
        }
        count
    }

    /// Whether anything can be read.
    pub fn is_some(&self) -> bool {
        0 < self.addresses + self.domains + self.numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_counts_under_its_kind() {
        let count = TargetCount::of("eva@x.sk; jan@x.sk\n@firma.sk, 0905 123 456, zle");
        assert_eq!((count.addresses, count.domains, count.numbers, count.bad.len()), (2, 1, 1, 1));
        assert!(count.is_some());
        assert!(!TargetCount::of("zle").is_some());
    }
}
