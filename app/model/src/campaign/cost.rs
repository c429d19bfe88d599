//! What the text messages of a campaign cost, and whether the credit is enough for all of them.

use serde::{Deserialize, Serialize};

use crate::{CreditLevel, Decimal, Moment, SmsSettings, SmsStanding};

/// What the text messages of a campaign cost, in the gateway's unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignCost {
    /// How many messages leave in how many parts, the fewest parts first.
    pub by_parts: Vec<(u32, u64)>,
    /// What a part costs; nothing when the account does not say.
    pub price: Option<Decimal>,
    /// What all of them cost.
    pub total: Option<Decimal>,
    /// The credit, and when the gateway told it last.
    pub credit: Option<(Decimal, Moment)>,
    /// Whether it is enough.
    pub verdict: CreditVerdict,
}

/// Whether the credit is enough for a campaign. What it is not enough for waits and is not lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CreditVerdict {
    /// All of it can leave.
    Enough,
    /// So much is missing until all of it can leave.
    Short(Decimal),
    /// Nothing leaves by this account until it is topped up.
    Stopped,
    /// Price or credit are not known.
    Unknown,
}

impl CampaignCost {
    /// What messages of so many parts cost by an account that stands so.
    pub fn of(by_parts: Vec<(u32, u64)>, settings: &SmsSettings, standing: Option<&SmsStanding>) -> Self {
        let total = settings.cost(parts(&by_parts));
        let credit = standing.and_then(|it| it.credit.zip(it.credit_at));
        let kept = settings.stop_below.unwrap_or_default().0.max(0);
        let verdict = match (total, credit) {
            _ if standing.is_some_and(|it| it.level == CreditLevel::Stopped) => CreditVerdict::Stopped,
            (Some(total), Some((credit, _))) => match total.0.saturating_add(kept).saturating_sub(credit.0) {
                missing if 0 < missing => CreditVerdict::Short(Decimal(missing)),
                _ => CreditVerdict::Enough,
            },
            _ => CreditVerdict::Unknown,
        };
        Self { by_parts, price: settings.price, total, credit, verdict }
    }

    /// How many messages there are.
    pub fn messages(&self) -> u64 {
        self.by_parts.iter().map(|it| it.1).sum()
    }

    /// How many parts they have together.
    pub fn parts(&self) -> u64 {
        parts(&self.by_parts)
    }

    /// How many parts the longest has.
    pub fn longest(&self) -> u32 {
        self.by_parts.iter().map(|it| it.0).max().unwrap_or(0)
    }
}

fn parts(by_parts: &[(u32, u64)]) -> u64 {
    by_parts.iter().map(|it| u64::from(it.0) * it.1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SmsGateway;

    fn cost(price: Option<i64>, stop_below: Option<i64>, credit: Option<i64>) -> CampaignCost {
        let mut settings = SmsSettings::new(SmsGateway::Capture);
        settings.price = price.map(Decimal);
        settings.stop_below = stop_below.map(Decimal);
        let standing = SmsStanding {
            credit: credit.map(Decimal),
            credit_at: credit.map(|_| Moment(1)),
            level: CreditLevel::Enough,
            trouble: String::new(),
            secrets: Vec::new(),
            callback_url: String::new(),
        };
        CampaignCost::of(vec![(1, 10), (3, 2)], &settings, Some(&standing))
    }

    #[test]
    fn parts_are_paid_for_one_by_one() {
        let cost = cost(Some(450), None, Some(100_000));
        assert_eq!((cost.messages(), cost.parts(), cost.longest()), (12, 16, 3));
        assert_eq!((cost.total, cost.verdict), (Some(Decimal(7_200)), CreditVerdict::Enough));
    }

    #[test]
    fn the_last_message_must_leave_before_the_limit_at_which_nothing_does() {
        assert_eq!(cost(Some(450), None, Some(7_200)).verdict, CreditVerdict::Enough);
        assert_eq!(cost(Some(450), None, Some(7_000)).verdict, CreditVerdict::Short(Decimal(200)));
        assert_eq!(cost(Some(450), Some(10_000), Some(7_200)).verdict, CreditVerdict::Short(Decimal(10_000)));
    }

    #[test]
    fn without_a_price_or_a_credit_nothing_is_promised() {
        assert_eq!(cost(None, None, Some(7_000)).verdict, CreditVerdict::Unknown);
        assert_eq!(cost(Some(450), None, None).verdict, CreditVerdict::Unknown);
    }
}
