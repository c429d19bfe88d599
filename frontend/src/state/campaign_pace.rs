//! How fast a campaign leaves, as it is typed.

use model::{CampaignPace, SendingWindow};

/// The form as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaceForm {
    /// Messages an hour; empty leaves it to the account.
    pub per_hour: String,
    /// Days and hours, when they are limited.
    pub window: Option<SendingWindow>,
}

impl PaceForm {
    /// The form of a pace.
    pub fn of(pace: CampaignPace) -> Self {
        Self { per_hour: pace.per_hour.map(|it| it.to_string()).unwrap_or_default(), window: pace.window }
    }

    /// The pace. What is typed and no number becomes zero, which the check of a campaign names.
    pub fn pace(&self) -> CampaignPace {
        let typed = self.per_hour.trim();
        CampaignPace { per_hour: (!typed.is_empty()).then(|| typed.parse().unwrap_or(0)), window: self.window }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_comes_back_as_it_was_typed() {
        let window = Some(SendingWindow { days: 0x1f, from: 480, until: 1_020 });
        for pace in [CampaignPace::default(), CampaignPace { per_hour: Some(600), window }] {
            assert_eq!(PaceForm::of(pace).pace(), pace);
        }
    }

    #[test]
    fn what_is_no_number_is_named_by_the_check() {
        let form = PaceForm { per_hour: "veľa".into(), window: None };
        assert_eq!(form.pace().per_hour, Some(0));
    }
}
