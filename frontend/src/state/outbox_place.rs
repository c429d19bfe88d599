//! What the outbox shows, as its address says it.

use model::{AccountId, CampaignId, OutboxPart, OutboxQuery};

use super::place;

/// The part of the outbox that is open and what narrows it, each with its place in the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxPlace {
    /// `part`: which part.
    pub part: OutboxPart,
    /// `account`: only what waits for this account.
    pub account: Option<AccountId>,
    /// `campaign`: only what is of this campaign.
    pub campaign: Option<CampaignId>,
}

impl OutboxPlace {
    /// Reads the address; what is not understood is left out, and the part is the first.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            part: get("part").map_or(OutboxPart::Turn, |code| of_code(&code)),
            account: get("account").and_then(|it| it.parse().ok()),
            campaign: get("campaign").and_then(|it| it.parse().ok()),
        }
    }

    /// The address of the outbox that shows this.
    pub fn path(self) -> String {
        let mut pairs = Vec::new();
        if self.part != OutboxPart::Turn {
            pairs.push(("part", code(self.part).to_owned()));
        }
        pairs.extend(self.account.map(|it| ("account", it.to_string())));
        pairs.extend(self.campaign.map(|it| ("campaign", it.to_string())));
        place::address("/outbox", &pairs)
    }

    /// The same part without anything that narrows it.
    pub fn whole(self) -> Self {
        Self { part: self.part, ..Self::default() }
    }

    /// Whether nothing narrows the part.
    pub fn is_whole(&self) -> bool {
        *self == self.whole()
    }

    /// What the server is asked.
    pub fn query(self) -> OutboxQuery {
        OutboxQuery { part: self.part, account: self.account, campaign: self.campaign, after: None }
    }
}

/// The stable name of a part in addresses.
pub fn code(part: OutboxPart) -> &'static str {
    match part {
        OutboxPart::Turn => "turn",
        OutboxPart::Planned => "planned",
        OutboxPart::Retry => "retry",
        OutboxPart::Domain => "domain",
        OutboxPart::Unknown => "unknown",
    }
}

/// The part of that name.
pub fn of_code(text: &str) -> OutboxPart {
    OutboxPart::ALL.into_iter().find(|it| code(*it) == text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_leads_back_from_its_address() {
        for part in OutboxPart::ALL {
            for (account, campaign) in [(None, None), (Some(AccountId(3)), None), (Some(AccountId(3)), Some(CampaignId(14)))] {
                let place = OutboxPlace { part, account, campaign };
                let pairs = place::pairs(place.path().split_once('?').map_or("", |it| it.1));
                let read = OutboxPlace::read(|name| pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()));
                assert_eq!(read, place);
            }
        }
        assert_eq!(OutboxPlace::read(|_| Some("nonsense".into())), OutboxPlace::default());
        assert_eq!(OutboxPlace::default().path(), "/outbox");
    }

    #[test]
    fn without_its_filters_it_shows_the_whole_part() {
        let place = OutboxPlace { part: OutboxPart::Retry, account: Some(AccountId(3)), campaign: None };
        assert!(!place.is_whole());
        assert_eq!(place.whole(), OutboxPlace { part: OutboxPart::Retry, ..OutboxPlace::default() });
    }
}
