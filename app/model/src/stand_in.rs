//! Stand-ins: other accounts that carry what waits for an account, beside it or when it cannot.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Fault, Faults, Refusal};

/// Stand-ins of one account, at most.
pub const STAND_INS_MAX: usize = 8;
/// The last place in the order.
pub const RANK_MAX: u8 = 9;
/// The greatest weight.
pub const WEIGHT_MAX: u8 = 100;

/// Who carries what waits for an account. The account itself is always the first of them; its rank is 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandIns {
    /// How much of what rank 1 carries is the account's own part, 1 … 100.
    pub own_weight: u8,
    /// Whether others carry on while the account's own limits let nothing leave; otherwise only while its relay cannot be used.
    pub overflows: bool,
    /// The others, by rank.
    pub others: Vec<StandIn>,
}

/// One account that carries for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StandIn {
    /// Which account.
    pub account: AccountId,
    /// Its place in the order, 1 … 9: it carries only while nobody of a lower rank can. Rank 1 carries beside the account itself.
    pub rank: u8,
    /// Its part among those of the same rank, 1 … 100.
    pub weight: u8,
}

impl Default for StandIns {
    fn default() -> Self {
        Self { own_weight: 1, overflows: true, others: Vec::new() }
    }
}

impl StandIns {
    /// Checks the stand-ins of the account `of`.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self, of: AccountId) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        let mut range = |name: String, n: u8, max: u8| {
            if !(1..=max).contains(&n) {
                faults.add(name, Fault::OutOfRange { min: 1, max: i64::from(max) });
            }
        };
        range("own_weight".to_owned(), self.own_weight, WEIGHT_MAX);
        for (n, it) in self.others.iter().enumerate() {
            range(format!("others.{n}.rank"), it.rank, RANK_MAX);
            range(format!("others.{n}.weight"), it.weight, WEIGHT_MAX);
        }
        for (n, it) in self.others.iter().enumerate() {
            if it.account == of || self.others.iter().take(n).any(|before| before.account == it.account) {
                faults.add(format!("others.{n}.account"), Fault::Taken);
            }
        }
        if STAND_INS_MAX < self.others.len() {
            faults.add("others", Fault::OutOfRange { min: 0, max: STAND_INS_MAX as i64 });
        }
        faults.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand_in(account: i64, rank: u8, weight: u8) -> StandIn {
        StandIn { account: AccountId(account), rank, weight }
    }

    #[test]
    fn an_account_stands_in_once_and_never_for_itself() {
        let check = |others: Vec<StandIn>| StandIns { others, ..StandIns::default() }.check(AccountId(1));
        assert_eq!(check(vec![stand_in(2, 1, 3), stand_in(3, 2, 1)]), Ok(()));
        for (others, field) in [
            (vec![stand_in(1, 1, 1)], "others.0.account"),
            (vec![stand_in(2, 1, 1), stand_in(2, 2, 1)], "others.1.account"),
            (vec![stand_in(2, 0, 1)], "others.0.rank"),
            (vec![stand_in(2, 1, 101)], "others.0.weight"),
            ((2..=10).map(|it| stand_in(it, 2, 1)).collect(), "others"),
        ] {
            let Err(Refusal::Invalid(faults)) = check(others) else { panic!("{field}") };
            assert_eq!(faults[0].field, field);
        }
    }
}
