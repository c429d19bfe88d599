//! The form of the stand-ins of an account: what is typed, and what the call gets.

use model::{AccountId, Fault, Faults, Refusal, StandIn, StandIns};

/// The form as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandInsForm {
    /// The account's own part.
    pub own_weight: String,
    /// Whether others step in for its limits.
    pub overflows: bool,
    /// The others.
    pub others: Vec<StandInRow>,
}

/// One of the others as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandInRow {
    /// The number of the account; empty before one is chosen.
    pub account: String,
    /// The place.
    pub rank: String,
    /// The part.
    pub weight: String,
}

impl StandInRow {
    /// Steps in when the account itself cannot.
    pub fn new() -> Self {
        Self { account: String::new(), rank: "2".to_owned(), weight: "1".to_owned() }
    }
}

impl StandInsForm {
    /// The form of what is stored.
    pub fn of(stored: &StandIns) -> Self {
        let row = |it: &StandIn| StandInRow {
            account: it.account.to_string(),
            rank: it.rank.to_string(),
            weight: it.weight.to_string(),
        };
        Self {
            own_weight: stored.own_weight.to_string(),
            overflows: stored.overflows,
            others: stored.others.iter().map(row).collect(),
        }
    }

    /// What the call gets, of the account `of`.
    ///
    /// # Errors
    /// Names each wrong field, all at once.
    pub fn draft(&self, of: AccountId) -> Result<StandIns, Refusal> {
        let number = |text: &str| text.trim().parse::<u8>().unwrap_or_default();
        let mut faults = Faults::default();
        let mut others = Vec::new();
        for (n, row) in self.others.iter().enumerate() {
            let account = row.account.parse::<AccountId>().unwrap_or_else(|_| {
                faults.add(format!("others.{n}.account"), Fault::Missing);
                // No account has it, so that nothing else is said about this one.
                AccountId(-1 - n as i64)
            });
            others.push(StandIn { account, rank: number(&row.rank), weight: number(&row.weight) });
        }
        let draft = StandIns { own_weight: number(&self.own_weight), overflows: self.overflows, others };
        if let Err(Refusal::Invalid(found)) = draft.check(of) {
            found.into_iter().for_each(|it| faults.add(it.field, it.fault));
        }
        faults.finish()?;
        Ok(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_comes_back_unchanged() {
        let others = vec![StandIn { account: AccountId(2), rank: 1, weight: 3 }];
        let stored = StandIns { own_weight: 5, overflows: false, others };
        assert_eq!(StandInsForm::of(&stored).draft(AccountId(1)), Ok(stored));
    }

    #[test]
    fn rows_without_an_account_and_parts_without_a_number_are_named() {
        let own_weight = String::new();
        let others = vec![StandInRow::new(), StandInRow { weight: "999".into(), account: "1".into(), ..StandInRow::new() }];
        let Err(Refusal::Invalid(faults)) = (StandInsForm { own_weight, overflows: true, others }).draft(AccountId(1)) else {
            panic!("accepted")
        };
        let fields: Vec<&str> = faults.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["others.0.account", "own_weight", "others.1.weight", "others.1.account"]);
    }
}
