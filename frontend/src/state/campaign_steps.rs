//! The steps of a campaign that is being put together, and how far each is.

use model::suppression::{SuppressionTarget, parse_targets};
use model::{AudiencePart, Campaign, CampaignContent, CampaignDraft, CampaignStart, Channel, HomeCountry, Moment, TemplateBody};

/// The name under which the tab remembers the contacts that a new campaign begins with.
pub const PICKED: &str = "campaign.picked";

/// One step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Step {
    /// Its name, and whom it goes to.
    #[default]
    Audience,
    /// What it says.
    Content,
    /// Who gets it, who does not and why.
    Check,
    /// When and how fast it leaves.
    When,
    /// All of it in one sentence.
    Summary,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Something is still to be decided.
    Open,
    /// Nothing is missing.
    Complete,
}

impl Step {
    /// All steps in their order.
    pub const ALL: [Self; 5] = [Self::Audience, Self::Content, Self::Check, Self::When, Self::Summary];

    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Audience => "audience",
            Self::Content => "content",
            Self::Check => "check",
            Self::When => "when",
            Self::Summary => "summary",
        }
    }

    /// The step of that name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The step behind; the last one stays.
    pub fn next(self) -> Self {
        Self::ALL.get(self as usize + 1).copied().unwrap_or(self)
    }

    /// The step before; the first one stays.
    pub fn back(self) -> Self {
        (self as usize).checked_sub(1).and_then(|it| Self::ALL.get(it)).copied().unwrap_or(self)
    }

    /// How far it is with what is typed and what the server knows.
    pub fn standing(self, draft: &CampaignDraft, campaign: Option<&Campaign>, now: Moment) -> Standing {
        let is_complete = match self {
            Self::Audience => !draft.name.trim().is_empty() && !draft.audience.is_empty(),
            Self::Content => has_content(draft),
            Self::Check => is_checked(campaign),
            Self::When => match draft.start {
                CampaignStart::At(at) => now < at,
                CampaignStart::AtOnce | CampaignStart::Kept => true,
            },
            Self::Summary => campaign.is_some_and(|it| it.prepared.is_some()),
        };
        if is_complete { Standing::Complete } else { Standing::Open }
    }
}

/// Whether something is written in each of its languages, or a template says it.
pub fn has_content(draft: &CampaignDraft) -> bool {
    match &draft.content {
        CampaignContent::Template(_) => true,
        CampaignContent::Own(texts) => {
            let is_said = |it: &model::TemplateText| {
                !it.body.source().trim().is_empty() && (matches!(it.body, TemplateBody::Sms(_)) || !it.subject.trim().is_empty())
            };
            !texts.is_empty() && texts.iter().all(is_said)
        }
    }
}

/// Whether the last check still says how it is.
pub fn is_checked(campaign: Option<&Campaign>) -> bool {
    campaign.and_then(|it| it.checked).is_some_and(|it| it.changed == 0 && !it.is_edited)
}

/// What stands in the field of further addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// How many can be written to.
    pub good: usize,
    /// The pieces that cannot.
    pub bad: Vec<String>,
}

/// Reads the field of further addresses for a channel.
pub fn typed(text: &str, channel: Channel, home: HomeCountry) -> Typed {
    let mut read = Typed::default();
    for piece in parse_targets(text, home) {
        match (channel, piece.target) {
            (Channel::Email, Ok(SuppressionTarget::Email(_))) | (Channel::Sms, Ok(SuppressionTarget::Phone(_))) => read.good += 1,
            _ => read.bad.push(piece.text),
        }
    }
    read
}

/// Puts a set among others, unless it is there.
pub fn put_part(parts: &mut Vec<AudiencePart>, part: AudiencePart) {
    if !parts.contains(&part) {
        parts.push(part);
    }
}

#[cfg(test)]
mod tests {
    use model::{Language, RecipientListId, TemplateId, TemplateText};

    use super::*;

    #[test]
    fn steps_follow_one_another_and_are_found_by_their_names() {
        for pair in Step::ALL.windows(2) {
            assert_eq!((pair[0].next(), pair[1].back()), (pair[1], pair[0]));
        }
        assert_eq!((Step::Audience.back(), Step::Summary.next()), (Step::Audience, Step::Summary));
        assert!(Step::ALL.into_iter().all(|it| Step::from_code(it.code()) == Some(it)));
    }

    #[test]
    fn a_step_is_complete_when_nothing_is_missing() {
        let standing = |step: Step, draft: &CampaignDraft| step.standing(draft, None, Moment(10));
        let mut draft = CampaignDraft::default();
        assert_eq!(Step::ALL.map(|it| standing(it, &draft)), {
            use Standing::{Complete, Open};
            [Open, Open, Open, Complete, Open]
        });
        draft.name = "Zmena sídla".into();
        draft.audience.include.push(AudiencePart::List(RecipientListId(1)));
        draft.content = CampaignContent::Template(TemplateId(1));
        draft.start = CampaignStart::At(Moment(10));
        assert_eq!(standing(Step::Audience, &draft), Standing::Complete);
        assert_eq!(standing(Step::Content, &draft), Standing::Complete);
        assert_eq!(standing(Step::When, &draft), Standing::Open);
    }

    #[test]
    fn a_text_without_subject_or_body_is_no_content() {
        let empty = TemplateText::empty(Language::Sk, Channel::Email);
        let with = |subject: &str, body: &str| {
            let text = TemplateText { subject: subject.into(), body: TemplateBody::Html(body.into()), ..empty.clone() };
            has_content(&CampaignDraft { content: CampaignContent::Own(vec![text]), ..CampaignDraft::default() })
        };
        assert_eq!([with("", "<p>x</p>"), with("x", " "), with("x", "<p>x</p>")], [false, false, true]);
    }

    #[test]
    fn typed_addresses_are_read_for_their_channel() {
        let text = "Eva <eva@x.sk>; jan@x.sk\n0905 123 456, nič";
        let mail = typed(text, Channel::Email, HomeCountry::Slovakia);
        assert_eq!((mail.good, mail.bad), (2, vec!["0905 123 456".to_owned(), "nič".to_owned()]));
        assert_eq!(typed(text, Channel::Sms, HomeCountry::Slovakia).good, 1);
    }
}
