//! The calls that the page of a template makes.

use app::{Problem, templates};
use model::{
    Channel, ContactId, Language, MergeField, MergeValues, RecordKey, RecordType, Template, TemplateDraft, TemplateEditor,
    TemplateId, TestOrder, TestSent,
};

use crate::state::template_edit::TemplateKey;

/// Opens a template.
pub(super) async fn open(id: TemplateId) -> Result<Template, Problem> {
    templates::open_template(id).await
}

/// Saves a draft over a revision, or as a new template.
pub(super) async fn save(key: Option<TemplateKey>, draft: TemplateDraft) -> Result<TemplateKey, Problem> {
    let (id, revision) = templates::save_template(key.map(|it| (it.id, it.revision)), draft).await?;
    Ok(TemplateKey { id, revision })
}

/// The record types that templates may be about.
pub(super) async fn record_types(language: Language) -> Result<Vec<RecordType>, Problem> {
    templates::list_record_types(language).await
}

/// What a template about this may name; an empty key means a general one.
pub(super) async fn fields(record: String, language: Language) -> Result<Vec<MergeField>, Problem> {
    let record = (!record.is_empty()).then_some(RecordKey(record));
    Ok(templates::list_merge_fields(record, language).await?.fields)
}

/// What stands in the fields for a contact; the samples stay where nothing can be known yet, such as in fields of records.
pub(super) async fn values(
    contact: Option<ContactId>,
    language: Language,
    fields: Vec<MergeField>,
) -> Result<MergeValues, Problem> {
    let mut values = MergeValues::samples(&fields);
    if let Some(contact) = contact {
        values.0.extend(templates::list_merge_values(contact, Some(language)).await?.0);
    }
    Ok(values)
}

/// Sends a test.
pub(super) async fn send_test(order: TestOrder) -> Result<TestSent, Problem> {
    templates::test_template(order).await
}

/// The addresses that one last sent a test to.
pub(super) async fn test_addresses(channel: Channel) -> Result<String, Problem> {
    templates::last_test_addresses(channel).await
}

/// Says that one has a template open, and tells who else has.
pub(super) async fn hold(id: TemplateId) -> Result<Vec<TemplateEditor>, Problem> {
    templates::hold_template(id).await
}

/// Says that one has closed a template.
pub(super) async fn leave(id: TemplateId) -> Result<(), Problem> {
    templates::leave_template(id).await
}
