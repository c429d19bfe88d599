//! What is typed into a campaign.

use serde::{Deserialize, Serialize};

use super::{CampaignAudience, Measure, Unmatched};
use crate::{
    AccountId, AttachmentId, Channel, Fault, Faults, Language, Moment, Refusal, Required, SendingWindow, TemplateDraft,
    TemplateId, TemplateText,
};

/// The greatest length of a campaign's name in characters.
pub const NAME_MAX: u32 = 120;
/// The greatest length of its classification in characters.
pub const CLASSIFICATION_MAX: u32 = 120;
/// The greatest length of its note in characters.
pub const NOTE_MAX: u32 = 4_000;

/// Whether a campaign advertises (Act 480/2004 §7, Act 452/2021 §116).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CampaignKind {
    /// It advertises: who withdrew the consent is left out, and unsubscribing must be possible with one click.
    #[default]
    Commercial,
    /// It serves those it is written to, as the notice of a changed address.
    Service,
}

/// What a campaign says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CampaignContent {
    /// What a template says when it is prepared, with the template's files and sender.
    Template(TemplateId),
    /// What is written here, at most once per language; the first is what others fall back to last.
    Own(Vec<TemplateText>),
}

/// When a campaign is to leave once it is released.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CampaignStart {
    /// As soon as it is released.
    #[default]
    AtOnce,
    /// At a moment; a release before only schedules it.
    At(Moment),
    /// It is kept prepared until somebody decides.
    Kept,
}

/// How fast a campaign leaves, within what its account allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignPace {
    /// Messages per hour at most, 1 … 1,000,000, spread evenly; nothing leaves it to the account.
    pub per_hour: Option<u32>,
    /// Days and hours in which it leaves; nothing leaves it to the account.
    pub window: Option<SendingWindow>,
}

/// Everything that is typed into a campaign; it is saved as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CampaignDraft {
    /// Its name among colleagues, also the merge field `campaign.name`.
    pub name: String,
    /// What it travels by; kept from its making on.
    pub channel: Channel,
    /// Whether it advertises.
    pub kind: CampaignKind,
    /// Note among colleagues; may be empty.
    pub note: String,
    /// Cost centre or other word to group campaigns by; may be empty.
    pub classification: String,
    /// What it says.
    pub content: CampaignContent,
    /// Files carried besides the template's, in this order; none for text messages.
    pub attachments: Vec<AttachmentId>,
    /// Whom it goes to.
    pub audience: CampaignAudience,
    /// The account it leaves by; nothing means the default one.
    pub account: Option<AccountId>,
    /// Name that recipients see; empty leaves it to the template, then to the account.
    pub sender_name: String,
    /// Address that recipients see; empty leaves it to the template, then to the account.
    pub sender_address: String,
    /// Whether a text message keeps its diacritics; a template decides that itself.
    pub keeps_diacritics: bool,
    /// When it leaves.
    pub start: CampaignStart,
    /// How fast it leaves.
    pub pace: CampaignPace,
    /// Whether the author wants somebody else's approval even where the rule of the company does not.
    pub wants_approval: bool,
    /// Which reactions are measured; only where [`Measure::is_allowed`].
    pub measure: Measure,
    /// What it named in the file it came from and nobody here is called, until somebody has decided about it.
    pub unmatched: Vec<Unmatched>,
}

impl Default for CampaignContent {
    fn default() -> Self {
        Self::Own(Vec::new())
    }
}

impl CampaignPace {
    /// Checks the fields; their names begin with `pace.`.
    pub fn check(&self, faults: &mut Faults) {
        if self.per_hour.is_some_and(|it| !(1..=1_000_000).contains(&it)) {
            faults.add("pace.per_hour", Fault::OutOfRange { min: 1, max: 1_000_000 });
        }
        if let Some(window) = self.window {
            if window.days & 0x7f == 0 {
                faults.add("pace.window.days", Fault::Missing);
            }
            if crate::pace::DAY_MINUTES < window.until || window.until <= window.from {
                faults.add("pace.window.until", Fault::OutOfRange { min: i64::from(window.from) + 1, max: 1_440 });
            }
        }
    }
}

impl CampaignDraft {
    /// Checks what a draft must keep to even while it is not complete: only the name is needed.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, NAME_MAX);
        faults.line("classification", &self.classification, Required::No, CLASSIFICATION_MAX);
        faults.text("note", &self.note, Required::No, NOTE_MAX);
        faults.line("sender_name", &self.sender_name, Required::No, 120);
        if !self.sender_address.trim().is_empty()
            && let Err(fault) = crate::EmailAddress::parse(self.sender_address.trim())
        {
            faults.add("sender_address", Fault::Address { text: self.sender_address.clone(), fault });
        }
        if let CampaignContent::Own(texts) = &self.content {
            let languages: Vec<Language> = texts.iter().map(|it| it.language).collect();
            if languages.iter().enumerate().any(|(n, it)| languages[..n].contains(it)) {
                faults.add("content", Fault::Taken);
            }
        }
        if super::CONTACTS_MAX < self.unmatched.len() {
            faults.add("unmatched", Fault::TooMany { max: super::CONTACTS_MAX as u32 });
        }
        if super::super::template::ATTACHMENTS_MAX < self.attachments.len() {
            faults.add("attachments", Fault::TooMany { max: super::super::template::ATTACHMENTS_MAX as u32 });
        }
        if self.measure.any() && !Measure::is_allowed(self.kind, self.channel) {
            faults.add("measure", Fault::Unmeasurable);
        }
        self.pace.check(&mut faults);
        self.audience.check(&mut faults, self.kind);
        faults.finish()
    }

    /// What is missing before it can be checked or prepared.
    ///
    /// # Errors
    /// Names `audience` when nobody is chosen, `content` when nothing is written, and `unmatched` while something that came in from a file
    /// is still undecided.
    pub fn check_complete(&self) -> Result<(), Refusal> {
        self.check()?;
        let mut faults = Faults::default();
        if self.audience.is_empty() {
            faults.add("audience", Fault::Missing);
        }
        if matches!(&self.content, CampaignContent::Own(texts) if texts.is_empty()) {
            faults.add("content", Fault::Missing);
        }
        if !self.unmatched.is_empty() {
            faults.add("unmatched", Fault::Gone);
        }
        faults.finish()
    }

    /// What is written here in the form of a template, so that it is checked, tried out and merged like one; nothing when it is one.
    pub fn as_template(&self) -> Option<TemplateDraft> {
        let CampaignContent::Own(texts) = &self.content else { return None };
        Some(TemplateDraft {
            channel: self.channel,
            name: self.name.clone(),
            is_commercial: self.kind == CampaignKind::Commercial,
            sender_name: self.sender_name.clone(),
            sender_address: self.sender_address.clone(),
            is_active: true,
            keeps_diacritics: self.keeps_diacritics,
            texts: texts.clone(),
            ..TemplateDraft::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(refused: Result<(), Refusal>) -> Vec<String> {
        match refused {
            Err(Refusal::Invalid(faults)) => faults.into_iter().map(|it| it.field).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn only_a_name_is_needed_to_begin() {
        assert_eq!(fields(CampaignDraft::default().check()), ["name"]);
        let named = CampaignDraft { name: "Zmena sídla".into(), ..CampaignDraft::default() };
        assert_eq!(named.check(), Ok(()));
        assert_eq!(fields(named.check_complete()), ["audience", "content"]);
    }

    #[test]
    fn what_a_file_named_and_nobody_is_called_must_be_decided_before_anything_is_prepared() {
        let lost = Unmatched { kind: crate::UnmatchedKind::List, name: "Nepísať".into(), is_excluded: true };
        let draft = CampaignDraft { name: "A".into(), unmatched: vec![lost], ..CampaignDraft::default() };
        assert_eq!(draft.check(), Ok(()));
        assert_eq!(fields(draft.check_complete()), ["audience", "content", "unmatched"]);
    }

    #[test]
    fn no_more_is_left_undecided_than_a_person_can_go_through() {
        let lost = Unmatched { kind: crate::UnmatchedKind::Contact, name: "Eva".into(), is_excluded: false };
        let unmatched = vec![lost; crate::campaign::CONTACTS_MAX + 1];
        let draft = CampaignDraft { name: "A".into(), unmatched, ..CampaignDraft::default() };
        assert_eq!(fields(draft.check()), ["unmatched"]);
    }

    #[test]
    fn a_pace_of_nothing_and_a_closed_window_are_refused() {
        let window = SendingWindow { days: 0, from: 600, until: 600 };
        let pace = CampaignPace { per_hour: Some(0), window: Some(window) };
        let draft = CampaignDraft { name: "A".into(), pace, ..CampaignDraft::default() };
        assert_eq!(fields(draft.check()), ["pace.per_hour", "pace.window.days", "pace.window.until"]);
    }

    #[test]
    fn nothing_is_measured_unless_asked_for_and_never_in_a_notice() {
        let draft = CampaignDraft { name: "A".into(), ..CampaignDraft::default() };
        assert!(!draft.measure.any());
        let measure = Measure { opens: false, clicks: true };
        assert_eq!(CampaignDraft { measure, ..draft.clone() }.check(), Ok(()));
        for (kind, channel) in [(CampaignKind::Service, Channel::Email), (CampaignKind::Commercial, Channel::Sms)] {
            assert_eq!(fields(CampaignDraft { measure, kind, channel, ..draft.clone() }.check()), ["measure"]);
        }
    }

    #[test]
    fn what_is_written_here_is_a_template_and_a_template_is_not_written_here() {
        let text = TemplateText::empty(Language::Sk, Channel::Email);
        let own = CampaignDraft { content: CampaignContent::Own(vec![text.clone()]), ..CampaignDraft::default() };
        let template = own.as_template();
        assert_eq!(template.as_ref().map(|it| (it.texts.clone(), it.is_commercial)), Some((vec![text], true)));
        let of_template = CampaignDraft { content: CampaignContent::Template(TemplateId(1)), ..CampaignDraft::default() };
        assert_eq!(of_template.as_template(), None);
    }
}
