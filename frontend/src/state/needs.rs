//! What waits for the person, the most pressing first.

use model::{AccountId, AccountState, CreditLevel, Overview};

/// One thing that needs somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
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
pub fn needs(overview: &Overview, capture_only: bool, may_set_up: bool) -> Vec<Need> {
    let mut needs: Vec<Need> = overview
        .accounts
        .iter()
        .filter_map(|account| match &account.state {
            AccountState::Trouble { reply, .. } => {
                Some(Need::AccountInTrouble { id: account.id, name: account.name.clone(), reply: reply.clone() })
            }
            AccountState::Active | AccountState::Paused => None,
        })
        .collect();
    needs.extend(overview.accounts.iter().filter_map(|account| {
        let level = account.sms.as_ref()?.level;
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
    use model::{Account, Moment, Transport};

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
        assert_eq!(needs(&overview(), false, true), []);
    }

    #[test]
    fn trouble_comes_before_work() {
        let account = Account {
            id: AccountId(7),
            name: "Obchod".to_owned(),
            transport: Transport::Capture,
            sender_name: String::new(),
            sender_address: String::new(),
            reply_to: String::new(),
            hourly_limit: None,
            pace: model::Pace::default(),
            is_default: true,
            state: AccountState::Trouble { reply: "535 no".to_owned(), since: Moment(0) },
            has_password: true,
            waiting: 0,
            sent_last_hour: 0,
            sms: None,
        };
        let overview = Overview { drafts: 2, unknown: 1, accounts: vec![account], ..overview() };
        let trouble = Need::AccountInTrouble { id: AccountId(7), name: "Obchod".to_owned(), reply: "535 no".to_owned() };
        assert_eq!(needs(&overview, false, true), [trouble, Need::Unknown(1), Need::Drafts(2)]);
    }

    #[test]
    fn the_missing_account_is_named_only_to_whoever_can_add_it() {
        assert_eq!(needs(&overview(), true, true), [Need::NoAccount]);
        assert_eq!(needs(&overview(), true, false), []);
    }
}
