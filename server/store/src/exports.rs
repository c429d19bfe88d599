//! Contacts with everything that leaves in a file, read a thousand at a time.

use std::collections::HashMap;

use model::{Chosen, ConsentDraft, ContactId, Day};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::codes::Code;
use crate::contacts::filter;
use crate::error::Error;

/// A contact as it leaves; what is not known is empty.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
#[allow(missing_docs)]
pub struct Exported {
    pub id: i64,
    pub nature: String,
    pub kind: String,
    pub name: String,
    pub title_before: String,
    pub first_name: String,
    pub last_name: String,
    pub title_after: String,
    pub company_name: String,
    pub position: String,
    pub salutation: String,
    pub language: String,
    pub street: String,
    pub city: String,
    pub postcode: String,
    pub country: String,
    pub delivery_street: String,
    pub delivery_city: String,
    pub delivery_postcode: String,
    pub delivery_country: String,
    pub registration_number: String,
    pub tax_number: String,
    pub vat_number: String,
    pub note: String,
    pub gender: String,
    pub first_vocative: String,
    pub last_vocative: String,
    pub no_bulk: bool,
    pub obtained_way: String,
    /// A day, counted from 1970-01-01.
    pub obtained_on: Option<i64>,
    pub obtained_note: String,
    /// The address with which whoever looks after it signs in.
    pub owner: String,
    /// Registration number and name of the company it belongs to.
    pub parent_registration_number: String,
    pub parent_name: String,
    /// The main e-mail address.
    pub email: String,
}

/// What stands beside contacts in other tables, by contact.
#[derive(Debug, Default)]
pub struct Beside {
    /// Addresses: channel, purpose, address.
    pub addresses: HashMap<i64, Vec<(String, String, String)>>,
    /// Names of tags.
    pub tags: HashMap<i64, Vec<String>>,
    /// What was last said about each channel.
    pub consents: HashMap<i64, Vec<ConsentDraft>>,
    /// Values of own fields: id of the field, text, number, words of the choice.
    pub values: HashMap<i64, Vec<OwnText>>,
}

/// The value of an own field: of which field, and what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnText {
    /// Id of the field.
    pub field: i64,
    /// Text of a text, words of a choice.
    pub text: Option<String>,
    /// Ten-thousandths of a number, days since 1970-01-01 of a day.
    pub number: Option<i64>,
}

/// Counts the chosen contacts exactly.
///
/// # Errors
/// Fails when the database fails.
pub async fn count(connection: &mut SqliteConnection, chosen: &Chosen) -> Result<u64, Error> {
    match chosen {
        Chosen::Ticked(ids) => Ok(ids.len() as u64),
        Chosen::Matching { filter, except } => {
            let n: i64 = filter::begin("SELECT count(*)", filter).build_query_scalar().fetch_one(connection).await?;
            Ok((n as u64).saturating_sub(except.len() as u64))
        }
    }
}

/// These contacts in the order of their ids.
///
/// # Errors
/// Fails when the database fails.
pub async fn rows(connection: &mut SqliteConnection, ids: &[ContactId]) -> Result<Vec<Exported>, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT c.id, c.nature, c.kind, c.name, c.title_before, c.first_name, c.last_name, c.title_after, c.company_name, c.position,
                c.salutation, coalesce(c.language, '') AS language, c.street, c.city, c.postcode, c.country, c.delivery_street,
                c.delivery_city, c.delivery_postcode, c.delivery_country, c.registration_number, c.tax_number, c.vat_number, c.note,
                c.gender, c.first_vocative, c.last_vocative, c.no_bulk, coalesce(c.obtained_way, '') AS obtained_way,
                c.obtained_on, c.obtained_note, coalesce(u.email, '') AS owner,
                coalesce(p.registration_number, '') AS parent_registration_number, coalesce(p.name, '') AS parent_name, c.email
         FROM contacts c LEFT JOIN users u ON u.id = c.owner_id LEFT JOIN contacts p ON p.id = c.parent_id
         WHERE c.id IN (",
    );
    push_ids(&mut sql, ids);
    sql.push(") ORDER BY c.id");
    Ok(sql.build_query_as().fetch_all(connection).await?)
}

/// What stands beside these contacts.
///
/// # Errors
/// Fails when the database fails.
pub async fn beside(connection: &mut SqliteConnection, ids: &[ContactId]) -> Result<Beside, Error> {
    let mut beside = Beside::default();
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT contact_id, channel, purpose, value FROM addresses WHERE contact_id IN (");
    push_ids(&mut sql, ids);
    sql.push(") ORDER BY contact_id, channel, place");
    let addresses: Vec<(i64, String, String, String)> = sql.build_query_as().fetch_all(&mut *connection).await?;
    for (id, channel, purpose, value) in addresses {
        beside.addresses.entry(id).or_default().push((channel, purpose, value));
    }
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT ct.contact_id, t.name FROM contact_tags ct JOIN tags t ON t.id = ct.tag_id WHERE ct.contact_id IN (",
    );
    push_ids(&mut sql, ids);
    sql.push(") ORDER BY ct.contact_id, t.folded");
    let tags: Vec<(i64, String)> = sql.build_query_as().fetch_all(&mut *connection).await?;
    for (id, name) in tags {
        beside.tags.entry(id).or_default().push(name);
    }
    beside.consents = consents(connection, ids).await?;
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT v.contact_id, v.field_id, coalesce(v.text, ch.name), v.number
         FROM field_values v
         JOIN fields f ON f.id = v.field_id
         LEFT JOIN field_choices ch ON f.kind = 'choice' AND ch.id = v.number
         WHERE v.contact_id IN (",
    );
    push_ids(&mut sql, ids);
    sql.push(")");
    let values: Vec<(i64, i64, Option<String>, Option<i64>)> = sql.build_query_as().fetch_all(connection).await?;
    for (id, field, text, number) in values {
        beside.values.entry(id).or_default().push(OwnText { field, text, number });
    }
    Ok(beside)
}

async fn consents(connection: &mut SqliteConnection, ids: &[ContactId]) -> Result<HashMap<i64, Vec<ConsentDraft>>, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT contact_id, channel, state, said_on, way, proof FROM consents
         WHERE id IN (SELECT max(id) FROM consents WHERE contact_id IN (",
    );
    push_ids(&mut sql, ids);
    sql.push(") GROUP BY contact_id, channel)");
    let rows: Vec<(i64, String, String, i64, String, String)> = sql.build_query_as().fetch_all(connection).await?;
    let mut found: HashMap<i64, Vec<ConsentDraft>> = HashMap::new();
    for (id, channel, state, on, way, proof) in rows {
        let draft = ConsentDraft {
            channel: Code::from_code(&channel)?,
            state: Code::from_code(&state)?,
            on: Day(on),
            way: Code::from_code(&way)?,
            proof,
        };
        found.entry(id).or_default().push(draft);
    }
    Ok(found)
}

fn push_ids(sql: &mut QueryBuilder<Sqlite>, ids: &[ContactId]) {
    let mut values = sql.separated(", ");
    for id in ids {
        values.push_bind(id.0);
    }
}
