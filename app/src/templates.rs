//! Calls about templates.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{
    AuditEntry, Channel, ContactId, Language, MergeCatalogue, MergeValues, MessageId, Page, RecordKey, RecordType, SurveyOrder,
    Template, TemplateApplied, TemplateDraft, TemplateEditor, TemplateFault, TemplateId, TemplateOffer, TemplateQuery,
    TemplateRow, TemplateVersion, TestOrder, TestSent, TextSurvey,
};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists one page of templates.
#[server(input = Json)]
pub async fn list_templates(query: TemplateQuery) -> Result<Page<TemplateRow>, Problem> {
    door::answer(engine::templates::list(&door::enter().await?, query).await)
}

/// The active templates of a channel that one is offered, in which words begin so.
#[server(input = Json)]
pub async fn offer_templates(channel: Channel, words: String) -> Result<Vec<TemplateOffer>, Problem> {
    door::answer(engine::templates::offers(&door::enter().await?, channel, words).await)
}

/// Opens a template.
#[server(input = Json)]
pub async fn open_template(id: TemplateId) -> Result<Template, Problem> {
    door::answer(engine::templates::open(&door::enter().await?, id).await)
}

/// Makes a template, or changes the one given if its revision is still the given one; answers which one and its new revision. Wrong merge
/// code is named by its place: `texts.cs.body`.
#[server(input = Json)]
pub async fn save_template(key: Option<(TemplateId, i64)>, draft: TemplateDraft) -> Result<(TemplateId, i64), Problem> {
    door::answer(engine::templates::save(&door::enter().await?, key, draft).await)
}

/// Everything that is wrong with the merge code and the markup of a draft, as a save would find it.
#[server(input = Json)]
pub async fn check_template(draft: TemplateDraft) -> Result<Vec<TemplateFault>, Problem> {
    door::answer(engine::templates::check(&door::enter().await?, draft).await)
}

/// Makes a template like another one under another name.
#[server(input = Json)]
pub async fn duplicate_template(id: TemplateId, name: String) -> Result<TemplateId, Problem> {
    door::answer(engine::templates::duplicate(&door::enter().await?, id, name).await)
}

/// Makes a template that says what a message said, values of the person included.
#[server(input = Json)]
pub async fn save_message_as_template(id: MessageId, name: String, language: Language) -> Result<TemplateId, Problem> {
    door::answer(engine::templates::from_message(&door::enter().await?, id, name, language).await)
}

/// Offers templates from now on, or no longer; all or none.
#[server(input = Json)]
pub async fn switch_templates(keys: Vec<(TemplateId, i64)>, is_active: bool) -> Result<(), Problem> {
    door::answer(engine::templates::switch(&door::enter().await?, keys, is_active).await)
}

/// Deletes templates, all or none; messages made from them stay.
#[server(input = Json)]
pub async fn delete_templates(ids: Vec<TemplateId>) -> Result<(), Problem> {
    door::answer(engine::templates::delete(&door::enter().await?, ids).await)
}

/// What was done to a template, newest first.
#[server(input = Json)]
pub async fn list_template_history(id: TemplateId) -> Result<Vec<AuditEntry>, Problem> {
    door::answer(engine::templates::history(&door::enter().await?, id).await)
}

/// The versions of a template, newest first.
#[server(input = Json)]
pub async fn list_template_versions(id: TemplateId) -> Result<Vec<TemplateVersion>, Problem> {
    door::answer(engine::templates::versions(&door::enter().await?, id).await)
}

/// A version as it was saved.
#[server(input = Json)]
pub async fn open_template_version(id: TemplateId, version: u32) -> Result<TemplateDraft, Problem> {
    door::answer(engine::templates::version(&door::enter().await?, id, version).await)
}

/// Takes an earlier version up again, as a new one; answers the new revision.
#[server(input = Json)]
pub async fn restore_template(key: (TemplateId, i64), version: u32) -> Result<(TemplateId, i64), Problem> {
    door::answer(engine::templates::restore(&door::enter().await?, key, version).await)
}

/// Gives templates the texts back with which they were delivered; all or none.
#[server(input = Json)]
pub async fn reset_templates(keys: Vec<(TemplateId, i64)>) -> Result<(), Problem> {
    door::answer(engine::templates::reset(&door::enter().await?, keys).await)
}

/// Says that one has a template open for editing, and tells who else has; to be said again every twenty seconds.
#[server(input = Json)]
pub async fn hold_template(id: TemplateId) -> Result<Vec<TemplateEditor>, Problem> {
    door::answer(engine::templates::hold(&door::enter().await?, id).await)
}

/// Says that one has closed a template.
#[server(input = Json)]
pub async fn leave_template(id: TemplateId) -> Result<(), Problem> {
    door::answer(engine::templates::leave(&door::enter().await?, id).await)
}

/// The record types that templates may be about, named in the language of the screen.
#[server(input = Json)]
pub async fn list_record_types(language: Language) -> Result<Vec<RecordType>, Problem> {
    door::answer(engine::templates::record_types(&door::enter().await?, language).await)
}

/// Everything that a template about a record type may name, labelled in the language of the screen.
#[server(input = Json)]
pub async fn list_merge_fields(record: Option<RecordKey>, language: Language) -> Result<MergeCatalogue, Problem> {
    door::answer(engine::templates::fields(&door::enter().await?, record, language).await)
}

/// What stands in the fields for a contact when one writes to them now; without a language, in the contact's own.
#[server(input = Json)]
pub async fn list_merge_values(contact: ContactId, language: Option<Language>) -> Result<MergeValues, Problem> {
    door::answer(engine::templates::values(&door::enter().await?, contact, language).await)
}

/// Fills a template for whoever has the first of the typed addresses, else for a contact, in that contact's language, with copies of its
/// files.
#[server(input = Json)]
pub async fn apply_template(id: TemplateId, contact: Option<ContactId>, to: String) -> Result<TemplateApplied, Problem> {
    door::answer(engine::templates::apply(&door::enter().await?, id, contact, &to).await)
}

/// Measures a text message for the next of some contacts, as it would leave to each of them. Sends nothing.
#[server(input = Json)]
pub async fn survey_text(order: SurveyOrder) -> Result<TextSurvey, Problem> {
    door::answer(engine::templates::survey(&door::enter().await?, order).await)
}

/// Sends a draft of a template, saved or not, to typed addresses, as a test.
#[server(input = Json)]
pub async fn test_template(order: TestOrder) -> Result<TestSent, Problem> {
    door::answer(engine::templates::test(&door::enter().await?, order).await)
}

/// The addresses that one last sent a test to; at first one's own.
#[server(input = Json)]
pub async fn last_test_addresses(channel: Channel) -> Result<String, Problem> {
    door::answer(engine::templates::test_addresses(&door::enter().await?, channel).await)
}
