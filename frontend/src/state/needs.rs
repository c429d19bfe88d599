//! What waits for the person, the most pressing first.

use model::{AccountId, AccountState, CreditLevel, Overview, Trouble};

/// One thing that needs somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing can be written.
    Disk(Trouble),
    /// An account stopped itself.
    AccountInTrouble {
        /// Which one.
        id: AccountId,
        /// Its name.
        name: String,
        /// What the relay said.
        reply: String,
    },
    /// The credit of an account for text messages is low, or used up.
    Credit {
        /// Which one.
        id: AccountId,
        /// Its name.
        name: String,
        /// Whether nothing leaves any more.
        is_stopped: bool,
    },
    /// So many deliveries have an unknown end.
    Unknown(u64),
    /// So many messages failed.
    Failed(u64),
    /// So many messages wait for release.
    Prepared(u64),
    /// So many drafts of one's own.
    Drafts(u64),
    /// No account is set up.
    NoAccount,
}

/// Lists what needs the person; `may_set_up` when they could add the missing account.
pub fn needs(overview: &Overview, trouble: Option<Trouble>, capture_only: bool, may_set_up: bool) -> Vec<Need> {
    let mut needs: Vec<Need> = trouble.map(Need::Disk).into_iter().collect();
    needs.extend(overview.accounts.iter().filter_map(|account| match &account.state {
        AccountState::Trouble { reply, .. } => {
            Some(Need::AccountInTrouble { id: account.id, name: account.name.clone(), reply: reply.clone() })
        }
        AccountState::Active | AccountState::Paused => None,
    }));
    needs.extend(overview.accounts.iter().filter_map(|account| {
        let level = account.credit?;
        let credit = Need::Credit { id: account.id, name: account.name.clone(), is_stopped: level == CreditLevel::Stopped };
        (level != CreditLevel::Enough).then_some(credit)
    }));
    let counted: [(u64, fn(u64) -> Need); 4] = [
        (overview.unknown, Need::Unknown),
        (overview.failed, Need::Failed),
        (overview.prepared, Need::Prepared),
        (overview.drafts, Need::Drafts),
    ];
    needs.extend(counted.into_iter().filter(|it| 0 < it.0).map(|(n, need)| need(n)));
    if capture_only && may_set_up {
        needs.push(Need::NoAccount);
    }
    needs
}

#[cfg(test)]
mod tests {
    use model::{AccountGlance, Moment};

    use super::*;

    fn overview() -> Overview {
        Overview {
            prepared: 0,
            drafts: 0,
            waiting: 5,
            unknown: 0,
            failed: 0,
            sent_today: 9,
            by_hour: Vec::new(),
            accounts: Vec::new(),
            latest: Vec::new(),
        }
    }

    #[test]
    fn what_runs_by_itself_needs_nobody() {
        assert_eq!(needs(&overview(), None, false, true), []);
    }

    #[test]
    fn trouble_comes_before_work() {
        let account = AccountGlance {
            id: AccountId(7),
            name: "Obchod".to_owned(),
            is_capture: false,
            state: AccountState::Trouble { reply: "535 no".to_owned(), since: Moment(0) },
            credit: None,
            hourly_limit: None,
            waiting: 0,
            sent_last_hour: 0,
        };
        let overview = Overview { drafts: 2, unknown: 1, accounts: vec![account], ..overview() };
        let trouble = Need::AccountInTrouble { id: AccountId(7), name: "Obchod".to_owned(), reply: "535 no".to_owned() };
        let (disk, unknown, drafts) = (Need::Disk(Trouble::DiskFull), Need::Unknown(1), Need::Drafts(2));
        assert_eq!(needs(&overview, Some(Trouble::DiskFull), false, true), [disk, trouble, unknown, drafts]);
    }

    #[test]
    fn the_missing_account_is_named_only_to_whoever_can_add_it() {
        assert_eq!(needs(&overview(), None, true, true), [Need::NoAccount]);
        assert_eq!(needs(&overview(), None, true, false), []);
    }
}
