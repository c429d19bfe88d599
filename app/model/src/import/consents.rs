//! Consents that a file brings: what cells and the plan say, and what of it is news about a contact.

use serde::{Deserialize, Serialize};

use super::words::{Said, consent_of, consent_way_of};
use super::{ImportPlan, ImportTarget, RowNote};
use crate::{Channel, Consent, ConsentDraft, ConsentState, ConsentWay, Day, Fault, Faults, Moment, Refusal, Required};

/// Longest proof in characters.
const PROOF_MAX: u32 = 4_000;
const CHANNELS: [Channel; 2] = [Channel::Email, Channel::Sms];

/// What the people of a file agreed to, as far as their rows do not say it themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImportConsents {
    /// The channels on which all of them agreed.
    pub channels: Vec<Channel>,
    /// How it was said.
    pub way: ConsentWay,
    /// On which day it was said.
    pub on: Option<Day>,
    /// The words, or where the proof lies.
    pub proof: String,
    /// Whether rows may lack the day and the proof; a consent without them is not noted.
    pub may_lack_proof: bool,
}

impl ImportConsents {
    /// Checks that nothing was said in the future.
    ///
    /// # Errors
    /// Names the day.
    pub fn check_day(&self, now: Moment) -> Result<(), Refusal> {
        match self.on {
            Some(on) if latest_day(now) < on => Err(Refusal::field("consents.on", Fault::InFuture)),
            _ => Ok(()),
        }
    }
}

/// The last day that is today somewhere: the day of a consent is the one of the place where it was given.
pub fn latest_day(now: Moment) -> Day {
    Day::of(now.plus(crate::time::hours(14)))
}

impl ImportPlan {
    /// Whether consents may be noted by it.
    pub fn notes_consents(&self) -> bool {
        !self.consents.channels.is_empty() || self.columns.iter().any(|it| matches!(it, ImportTarget::Consent(_)))
    }

    /// Lets rows lack the day or the proof of a consent, where nobody can be asked for them: what was given is left out then, with a note,
    /// and what was withdrawn is noted.
    pub fn let_proof_miss(&mut self) {
        self.consents.may_lack_proof = true;
    }

    /// A consent that was given needs its day and its proof, of the row or of the plan.
    pub(super) fn check_consents(&self, faults: &mut Faults) {
        let lacks = |beside: fn(Channel) -> ImportTarget| {
            let is_mapped = |it: Channel| self.columns.contains(&ImportTarget::Consent(it));
            !self.consents.channels.is_empty()
                || CHANNELS.into_iter().any(|it| is_mapped(it) && !self.columns.contains(&beside(it)))
        };
        let is_strict = !self.consents.may_lack_proof;
        if is_strict && lacks(ImportTarget::ConsentOn) && self.consents.on.is_none() {
            faults.add("consents.on", Fault::Missing);
        }
        let required = if is_strict && lacks(ImportTarget::ConsentProof) { Required::Yes } else { Required::No };
        faults.text("consents.proof", &self.consents.proof, required, PROOF_MAX);
        // What a link says, no file says in its stead.
        if self.consents.way == ConsentWay::Link {
            faults.add("consents.way", Fault::Missing);
        }
    }
}

/// What the cells of one row say about consents.
#[derive(Debug, Default)]
pub(super) struct Sayings([Saying; 2]);

#[derive(Debug, Default)]
struct Saying {
    state: Option<Said>,
    on: Option<Day>,
    way: Option<ConsentWay>,
    proof: String,
    is_unclear: bool,
}

impl Sayings {
    /// Takes in a cell.
    pub(super) fn take(&mut self, target: ImportTarget, text: &str) {
        match target {
            ImportTarget::Consent(channel) => {
                let it = self.of(channel);
                it.state = consent_of(text);
                it.is_unclear |= it.state.is_none();
            }
            ImportTarget::ConsentOn(channel) => {
                let it = self.of(channel);
                it.on = Day::parse(text).ok();
                it.is_unclear |= it.on.is_none();
            }
            ImportTarget::ConsentWay(channel) => self.of(channel).way = Some(consent_way_of(text)),
            ImportTarget::ConsentProof(channel) => text.clone_into(&mut self.of(channel).proof),
            _ => {}
        }
    }

    fn of(&mut self, channel: Channel) -> &mut Saying {
        &mut self.0[usize::from(channel == Channel::Sms)]
    }

    /// The consents that follow; one without a day, without proof or of a day behind `latest` is left with a note.
    pub(super) fn drafts(self, plan: &ImportConsents, latest: Day, notes: &mut Vec<RowNote>) -> Vec<ConsentDraft> {
        let mut drafts = Vec::new();
        for (channel, it) in CHANNELS.into_iter().zip(self.0) {
            let state = match it.state {
                Some(Said::Given) => ConsentState::Given,
                Some(Said::Withdrawn) => ConsentState::Withdrawn,
                None if !it.is_unclear && plan.channels.contains(&channel) => ConsentState::Given,
                None if it.is_unclear => {
                    notes.push(RowNote::NoConsent(channel));
                    continue;
                }
                Some(Said::Nothing) | None => continue,
            };
            let proof = if it.proof.is_empty() { plan.proof.trim() } else { it.proof.as_str() };
            let on = it.on.or(plan.on).filter(|it| *it <= latest);
            let on = match state {
                // That somebody said no holds even when nobody can tell the day, or proves it.
                ConsentState::Withdrawn => Some(on.unwrap_or(latest)),
                _ => on.filter(|_| !it.is_unclear && !proof.is_empty()),
            };
            match on {
                Some(on) => drafts.push(ConsentDraft {
                    channel,
                    state,
                    on,
                    way: it.way.unwrap_or(plan.way),
                    proof: proof.chars().take(PROOF_MAX as usize).collect(),
                }),
                None => notes.push(RowNote::NoConsent(channel)),
            }
        }
        drafts
    }
}

/// What of the consents of a row is news about a contact of whom this is known. Whoever withdrew stays so: only they can say yes again.
pub fn consent_news(said: Vec<ConsentDraft>, known: &[Consent], notes: &mut Vec<RowNote>) -> Vec<ConsentDraft> {
    let mut news = said;
    news.retain(|it| {
        let now = known.iter().find(|known| known.channel == it.channel).map(|it| it.state).unwrap_or_default();
        match (it.state, now) {
            (ConsentState::Given, ConsentState::Withdrawn) => {
                notes.push(RowNote::StaysWithdrawn(it.channel));
                false
            }
            (ConsentState::Given, now) => !matches!(now, ConsentState::Given | ConsentState::Confirmed),
            (state, now) => state != now,
        }
    });
    news
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(cells: &[(ImportTarget, &str)], plan: &ImportConsents) -> (Vec<ConsentDraft>, Vec<RowNote>) {
        let (mut sayings, mut notes) = (Sayings::default(), Vec::new());
        cells.iter().for_each(|(target, text)| sayings.take(*target, text));
        (sayings.drafts(plan, Day(20_000), &mut notes), notes)
    }

    fn plan(channels: &[Channel]) -> ImportConsents {
        let (way, on) = (ConsentWay::Paper, Some(Day(19_000)));
        ImportConsents { channels: channels.to_vec(), way, on, proof: "zmluvy".into(), may_lack_proof: false }
    }

    #[test]
    fn a_row_says_more_than_the_plan() {
        let email = ImportTarget::Consent(Channel::Email);
        let (drafts, notes) = said(&[], &plan(&[Channel::Email, Channel::Sms]));
        assert_eq!((drafts.len(), notes.len()), (2, 0));
        assert!(said(&[(email, "nie")], &plan(&[Channel::Email])).0.is_empty());
        let own = [
            (email, "áno"),
            (ImportTarget::ConsentOn(Channel::Email), "1.2.2020"),
            (ImportTarget::ConsentProof(Channel::Email), "web"),
        ];
        let drafts = said(&own, &plan(&[])).0;
        assert_eq!((drafts[0].on, drafts[0].way, drafts[0].proof.as_str()), (Day(18_293), ConsentWay::Paper, "web"));
        let drafts = said(&[(email, "withdrawn")], &ImportConsents::default()).0;
        assert_eq!((drafts[0].state, drafts[0].on), (ConsentState::Withdrawn, Day(20_000)));
    }

    #[test]
    fn no_consent_follows_from_what_is_unclear_unproven_or_in_the_future() {
        let email = ImportTarget::Consent(Channel::Email);
        let on = ImportTarget::ConsentOn(Channel::Email);
        for (cells, plan) in [
            (vec![(email, "možno")], plan(&[Channel::Email])),
            (vec![(email, "áno")], ImportConsents::default()),
            (vec![(email, "áno"), (on, "vlani")], plan(&[])),
            (vec![(email, "áno"), (on, "1.1.2030")], plan(&[])),
        ] {
            assert_eq!(said(&cells, &plan), (vec![], vec![RowNote::NoConsent(Channel::Email)]), "{cells:?}");
        }
    }

    #[test]
    fn where_nobody_is_asked_a_column_without_day_and_proof_notes_only_who_withdrew() {
        use ImportTarget::{Consent, LastName};
        let columns = vec![LastName, Consent(Channel::Sms), Consent(Channel::Email)];
        let mut plan = ImportPlan { columns, ..ImportPlan::default() };
        assert!(plan.check(&[]).is_err());
        plan.let_proof_miss();
        assert!(plan.check(&[]).is_ok());
        let cells = [(Consent(Channel::Email), "áno"), (Consent(Channel::Sms), "odvolaný")];
        let (drafts, notes) = said(&cells, &plan.consents);
        assert_eq!((drafts.len(), drafts[0].channel, drafts[0].state), (1, Channel::Sms, ConsentState::Withdrawn));
        assert_eq!(notes, [RowNote::NoConsent(Channel::Email)]);
    }

    #[test]
    fn who_withdrew_is_believed_whatever_day_stands_there() {
        let (email, on) = (ImportTarget::Consent(Channel::Email), ImportTarget::ConsentOn(Channel::Email));
        for day in ["12.05.2024 14:33", "vlani", "1.1.2030"] {
            let (drafts, notes) = said(&[(email, "odvolaný"), (on, day)], &plan(&[]));
            assert_eq!((drafts.len(), drafts[0].state, notes.len()), (1, ConsentState::Withdrawn, 0), "{day}");
            assert!(drafts[0].on <= Day(20_000), "{day}");
        }
    }

    #[test]
    fn who_withdrew_stays_so_and_who_agreed_is_not_noted_again() {
        let given = said(&[], &plan(&[Channel::Email])).0;
        let known = |state| [Consent { channel: Channel::Email, state, on: Day(1) }];
        let mut notes = Vec::new();
        assert!(consent_news(given.clone(), &known(ConsentState::Withdrawn), &mut notes).is_empty());
        assert_eq!(notes, [RowNote::StaysWithdrawn(Channel::Email)]);
        assert!(consent_news(given.clone(), &known(ConsentState::Confirmed), &mut notes).is_empty());
        assert_eq!(consent_news(given, &known(ConsentState::Asked), &mut notes).len(), 1);
    }
}
