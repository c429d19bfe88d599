//! What the page of a template begins with.

use app::Problem;
use model::{Channel, Language, RecordType, Template, TemplateDraft, TemplateId, TemplateText};

use super::asks;

/// Where editing begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// A template that is there.
    Of(TemplateId),
    /// A new one.
    New(Channel),
}

/// What lies on the desk at the beginning.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Laid {
    /// The template; nothing for a new one.
    pub template: Option<Template>,
    /// What is on the screen at first.
    pub draft: TemplateDraft,
    /// The record types that it may be about.
    pub records: Vec<RecordType>,
}

/// Fetches what the desk begins with; a new template begins in the language of the screen.
pub(super) async fn fetch(start: Start, language: Language) -> Result<Laid, Problem> {
    let records = asks::record_types(language).await?;
    Ok(match start {
        Start::Of(id) => {
            let template = asks::open(id).await?;
            let draft = template.draft.clone();
            Laid { template: Some(template), draft, records }
        }
        Start::New(channel) => {
            let texts = vec![TemplateText::empty(language, channel)];
            let draft = TemplateDraft { channel, is_active: true, texts, ..TemplateDraft::default() };
            Laid { template: None, draft, records }
        }
    })
}
