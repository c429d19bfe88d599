//! The words by which things are found.

use model::palette::ThingKind;
use model::{CampaignContent, CampaignId, TemplateId, TemplateText};
use sqlx::SqliteConnection;

use crate::error::Error;
use crate::{Store, campaigns, templates};

/// By what a thing is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThingTexts {
    /// Its id among those of its kind.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Descriptions, addresses, numbers, tags; one line each.
    pub lines: String,
    /// What templates and campaigns say, in their languages.
    pub contents: Vec<TemplateText>,
}

/// The words of things of a kind; those that are gone are left out. A phone number stands with the code of its country and as people of
/// that country type it.
///
/// # Errors
/// Fails when the database fails.
pub async fn texts(
    store: &Store,
    connection: &mut SqliteConnection,
    kind: ThingKind,
    ids: &[i64],
) -> Result<Vec<ThingTexts>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let Some(sql) = sql(kind) else { return Ok(Vec::new()) };
    let rows: Vec<(i64, String, String, i64)> =
        sqlx::query_as(sql).bind(serde_json::to_string(ids)?).fetch_all(&mut *connection).await?;
    let mut found = Vec::with_capacity(rows.len());
    for (id, name, lines, version) in rows {
        let contents = match kind {
            ThingKind::Template => {
                read(templates::version(store, connection, TemplateId(id), version as u32).await)?.map(|it| it.texts)
            }
            ThingKind::Campaign => {
                read(campaigns::by_id(store, connection, CampaignId(id)).await)?.map(|it| of(it.draft.content))
            }
            _ => None,
        };
        found.push(ThingTexts { id, name, lines, contents: contents.unwrap_or_default() });
    }
    Ok(found)
}

/// What could be read; a damaged one is found by its name alone.
fn read<T>(read: Result<T, Error>) -> Result<Option<T>, Error> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(Error::Damaged { .. } | Error::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn of(content: CampaignContent) -> Vec<TemplateText> {
    match content {
        CampaignContent::Own(texts) => texts,
        // The template is found by what it says itself.
        CampaignContent::Template(_) => Vec::new(),
    }
}

/// Id, name, lines, and the version of a template.
fn sql(kind: ThingKind) -> Option<&'static str> {
    Some(match kind {
        ThingKind::Contact => {
            "SELECT c.id, c.name,
                    c.first_name || ' ' || c.last_name || char(10) || c.company_name || char(10) || c.position || char(10)
                    || c.street || char(10) || c.postcode || ' ' || c.city || char(10) || c.registration_number || char(10)
                    || c.tax_number || char(10) || c.vat_number || char(10) || c.note || char(10)
                    || coalesce((SELECT group_concat(value, char(10)) FROM addresses
                                 WHERE contact_id = c.id AND channel = 'email'), '') || char(10)
                    || coalesce((SELECT group_concat(substr(value, 2) || char(10) || '0' || substr(value, 5), char(10))
                                 FROM addresses WHERE contact_id = c.id AND channel = 'sms'), '') || char(10)
                    || coalesce((SELECT group_concat(t.name, char(10))
                                 FROM contact_tags ct JOIN tags t ON t.id = ct.tag_id WHERE ct.contact_id = c.id), '') || char(10)
                    || coalesce((SELECT group_concat(coalesce(v.text, ch.name), char(10))
                                 FROM field_values v
                                 JOIN fields f ON f.id = v.field_id
                                 LEFT JOIN field_choices ch ON f.kind = 'choice' AND ch.id = v.number
                                 WHERE v.contact_id = c.id), ''),
                    0
             FROM json_each($1) j CROSS JOIN contacts c ON c.id = j.value"
        }
        ThingKind::Campaign => {
            "SELECT c.id, c.name, c.words || char(10) || u.name, 0
             FROM json_each($1) j CROSS JOIN campaigns c ON c.id = j.value JOIN users u ON u.id = c.author_id"
        }
        ThingKind::Template => {
            "SELECT t.id, t.name, t.description || char(10) || t.hint, t.version
             FROM json_each($1) j CROSS JOIN templates t ON t.id = j.value WHERE t.deleted_at IS NULL"
        }
        ThingKind::List => {
            "SELECT l.id, l.name, l.description || char(10) || l.public_name, 0
             FROM json_each($1) j CROSS JOIN recipient_lists l ON l.id = j.value"
        }
        ThingKind::Segment => {
            "SELECT s.id, s.name, s.description, 0 FROM json_each($1) j CROSS JOIN segments s ON s.id = j.value"
        }
        ThingKind::File => "SELECT f.id, f.name, f.folder, 0 FROM json_each($1) j CROSS JOIN library f ON f.id = j.value",
        ThingKind::User => {
            "SELECT u.id, u.name, u.email, 0 FROM json_each($1) j CROSS JOIN users u ON u.id = j.value WHERE u.state <> 'system'"
        }
        ThingKind::Message => return None,
    })
}
