//! Many new contacts at once, as an import brings them: one statement for hundreds of rows.

use std::collections::HashMap;
use std::sync::Arc;

use model::{Channel, ContactDraft, ContactId, FieldValue, Gender, Moment, OwnValue, fold};
use sqlx::query_builder::Separated;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::new::{NewAddress, NewContact, TEXTS};
use super::tags;
use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// How many values one statement binds at most: some 500 contacts. SQLite takes 32,766, but the memory of a statement grows with them.
const BOUND: usize = 16_000;

/// Makes the contacts; their ids follow one another from the one answered.
///
/// # Errors
/// Fails when the database fails.
pub async fn create_many(tx: &mut Tx, contacts: &[NewContact], now: Moment) -> Result<ContactId, Error> {
    let last: i64 = sqlx::query_scalar(
        "INSERT INTO counters (name, value) VALUES ('contacts', $1)
         ON CONFLICT (name) DO UPDATE SET value = value + $1
         RETURNING value",
    )
    .bind(contacts.len() as i64)
    .fetch_one(&mut **tx)
    .await?;
    let first = last - contacts.len() as i64 + 1;
    let tags = tags_of(tx, first, contacts).await?;
    let (used, addresses, values) = (used(contacts), addresses_of(first, contacts), values_of(first, contacts));
    let seldom = Seldom::of(contacts);
    // Bound beside the texts of a contact are its id and seven facts.
    let of_contacts = pieces(contacts, 8 + used.iter().filter(|it| **it).count() + seldom.count()).scan(first, |id, piece| {
        let from = *id;
        *id += piece.len() as i64;
        Some(contacts_statement(from, piece, used, &seldom, now))
    });
    let of_addresses = pieces(&addresses, 6).map(addresses_statement);
    let of_tags = pieces(&tags, 2).map(tags_statement);
    let of_values = pieces(&values, 5).map(values_statement);
    write(tx, Box::new(of_contacts.chain(of_addresses).chain(of_tags).chain(of_values))).await?;
    write_words(tx, first, last).await?;
    Ok(ContactId(first))
}

/// Writes one statement after the other; the next is put together while the database works.
async fn write(tx: &mut Tx, mut statements: Box<dyn Iterator<Item = QueryBuilder<Sqlite>> + Send + '_>) -> Result<(), Error> {
    let mut next = statements.next();
    while let Some(mut sql) = next {
        let (written, following) = tokio::join!(sql.build().execute(&mut **tx), async { statements.next() });
        written?;
        next = following;
    }
    Ok(())
}

/// Which texts any of the contacts has. A file fills in few of the columns; the others stand as empty texts in the statement, which saves
/// binding them row by row.
fn used(contacts: &[NewContact]) -> [bool; TEXTS] {
    let mut used = [false; TEXTS];
    for it in contacts {
        used.iter_mut().zip(&it.texts).for_each(|(used, text)| *used |= text.is_some());
    }
    used
}

/// Facts that few files know. The columns of those that none of the contacts has are left to their defaults.
struct Seldom {
    gender: bool,
    vocatives: bool,
    no_bulk: bool,
    owner: bool,
    consents: bool,
}

impl Seldom {
    fn of(contacts: &[NewContact]) -> Self {
        let any = |has: fn(&ContactDraft) -> bool| contacts.iter().any(|it| has(&it.draft));
        Self {
            gender: any(|it| it.gender != Gender::Unknown),
            vocatives: any(|it| !it.first_vocative.is_empty() || !it.last_vocative.is_empty()),
            no_bulk: any(|it| it.no_bulk),
            owner: any(|it| it.owner.is_some()),
            consents: contacts.iter().any(|it| !it.consents().is_empty()),
        }
    }

    /// How many values it binds for each contact.
    fn count(&self) -> usize {
        let ones = [self.gender, self.no_bulk, self.owner].into_iter().filter(|it| *it).count();
        ones + 2 * usize::from(self.vocatives) + 2 * usize::from(self.consents)
    }

    fn push_columns(&self, sql: &mut QueryBuilder<Sqlite>) {
        for (is_used, columns) in [
            (self.gender, ", gender"),
            (self.vocatives, ", first_vocative, last_vocative"),
            (self.no_bulk, ", no_bulk"),
            (self.owner, ", owner_id"),
            (self.consents, ", consent_email, consent_sms"),
        ] {
            if is_used {
                sql.push(columns);
            }
        }
    }

    fn push_values(&self, row: &mut Separated<'_, Sqlite, &'static str>, contact: &NewContact) {
        let draft = &contact.draft;
        if self.gender {
            row.push_bind(draft.gender.code());
        }
        if self.vocatives {
            row.push_bind(draft.first_vocative.trim().to_owned()).push_bind(draft.last_vocative.trim().to_owned());
        }
        if self.no_bulk {
            row.push_bind(draft.no_bulk);
        }
        if self.owner {
            row.push_bind(draft.owner.map(|it| it.0));
        }
        if self.consents {
            row.push_bind(contact.consent(Channel::Email).code()).push_bind(contact.consent(Channel::Sms).code());
        }
    }
}

fn contacts_statement(
    first: i64,
    contacts: &[NewContact],
    used: [bool; TEXTS],
    seldom: &Seldom,
    now: Moment,
) -> QueryBuilder<Sqlite> {
    let (mut codes, none) = (Codes::default(), Arc::from(""));
    let mut sql = QueryBuilder::<Sqlite>::new(
        "INSERT INTO contacts (id, nature, kind, language, obtained_way, obtained_on, revision, created_at, updated_at, name, sort_name,
                               title_before, first_name, last_name, title_after, company_name, position, salutation, street, city,
                               postcode, country, delivery_street, delivery_city, delivery_postcode, delivery_country,
                               registration_number, tax_number, vat_number, obtained_note, note, email, phone, words, company_key,
                               city_key, name_key, registration_key",
    );
    seldom.push_columns(&mut sql);
    sql.push(") ");
    sql.push_values(contacts.iter().zip(first..), |mut row, (it, id)| {
        let draft = &it.draft;
        row.push_bind(id).push_bind(codes.of(draft.nature)).push_bind(codes.of(draft.kind));
        row.push_bind(draft.language.map(|it| codes.of(it)));
        row.push_bind(draft.obtained.way.map(|it| codes.of(it))).push_bind(draft.obtained.on.map(|it| it.0));
        row.push("1").push_bind(now.0).push_bind(now.0);
        for (text, used) in it.texts.iter().zip(used) {
            if used {
                row.push_bind(text.as_ref().unwrap_or(&none).clone());
            } else {
                row.push("''");
            }
        }
        seldom.push_values(&mut row, it);
    });
    sql
}

/// Pieces of rows that bind so many values each. They have few different lengths, so that few different statements are prepared and each
/// is used again and again.
fn pieces<T>(mut rows: &[T], bound: usize) -> impl Iterator<Item = &[T]> {
    let most = 1 << (BOUND / bound).ilog2();
    std::iter::from_fn(move || {
        let n = if most <= rows.len() { most } else { rows.len().checked_ilog2().map(|it| 1 << it)? };
        let (piece, rest) = rows.split_at(n);
        rows = rest;
        Some(piece)
    })
}

/// Codes that many rows share, each kept in memory once.
#[derive(Default)]
struct Codes(Vec<Arc<str>>);

impl Codes {
    fn of(&mut self, it: impl Code) -> Arc<str> {
        let code = it.code();
        if let Some(known) = self.0.iter().find(|it| &***it == code) {
            return known.clone();
        }
        let new: Arc<str> = Arc::from(code);
        self.0.push(new.clone());
        new
    }
}

/// The addresses, each with its contact and its place among the others.
fn addresses_of(first: i64, contacts: &[NewContact]) -> Vec<(i64, usize, &NewAddress)> {
    let rows = contacts.iter().zip(first..);
    rows.flat_map(|(it, id)| it.addresses.iter().enumerate().map(move |(place, it)| (id, place, it))).collect()
}

fn addresses_statement(rows: &[(i64, usize, &NewAddress)]) -> QueryBuilder<Sqlite> {
    let mut codes = Codes::default();
    let mut sql = QueryBuilder::<Sqlite>::new("INSERT INTO addresses (contact_id, channel, place, value, normalized, purpose) ");
    sql.push_values(rows, |mut row, (id, place, it)| {
        row.push_bind(*id).push_bind(codes.of(it.channel)).push_bind(*place as i64);
        row.push_bind(it.value.clone()).push_bind(it.normalized.clone()).push_bind(codes.of(it.purpose));
    });
    sql
}

async fn write_words(tx: &mut Tx, first: i64, last: i64) -> Result<(), Error> {
    sqlx::query("INSERT INTO contact_words (rowid, words) SELECT id, words FROM contacts WHERE id BETWEEN $1 AND $2")
        .bind(first)
        .bind(last)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The tags that the contacts bear; those that are new are made.
async fn tags_of(tx: &mut Tx, first: i64, contacts: &[NewContact]) -> Result<Vec<(i64, i64)>, Error> {
    let mut known: HashMap<&str, i64> = HashMap::new();
    let mut rows = Vec::new();
    for (it, id) in contacts.iter().zip(first..) {
        for name in &it.tags {
            let tag = match known.get(name.as_str()) {
                Some(tag) => *tag,
                None => {
                    let tag = tags::ensure(tx, name).await?.0;
                    known.insert(name, tag);
                    tag
                }
            };
            rows.push((id, tag));
        }
    }
    Ok(rows)
}

fn tags_statement(rows: &[(i64, i64)]) -> QueryBuilder<Sqlite> {
    let mut sql = QueryBuilder::<Sqlite>::new("INSERT INTO contact_tags (contact_id, tag_id) ");
    sql.push_values(rows, |mut row, (id, tag)| {
        row.push_bind(*id).push_bind(*tag);
    });
    sql.push(" ON CONFLICT DO NOTHING");
    sql
}

fn values_of(first: i64, contacts: &[NewContact]) -> Vec<(i64, &OwnValue)> {
    contacts.iter().zip(first..).flat_map(|(it, id)| it.draft.values.iter().map(move |own| (id, own))).collect()
}

fn values_statement(rows: &[(i64, &OwnValue)]) -> QueryBuilder<Sqlite> {
    let mut sql = QueryBuilder::<Sqlite>::new("INSERT INTO field_values (contact_id, field_id, text, folded, number) ");
    sql.push_values(rows, |mut row, (id, own)| {
        let (text, number) = match &own.value {
            FieldValue::Text(text) => (Some(text.trim()), None),
            FieldValue::Number(it) => (None, Some(it.0)),
            FieldValue::Date(it) => (None, Some(it.0)),
            FieldValue::Choice(it) => (None, Some(it.0)),
        };
        row.push_bind(*id).push_bind(own.field.0).push_bind(text.map(str::to_owned));
        row.push_bind(text.map(fold::fold)).push_bind(number);
    });
    sql
}

/// By what contacts are looked for, many at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookedBy {
    /// By normalised e-mail addresses.
    Email,
    /// By numbers in E.164.
    Phone,
    /// By registration numbers.
    RegistrationNumber,
    /// By texts of an own field without case and accents.
    Own(model::FieldId),
}

/// For each key that some contact has, the oldest one that has it.
///
/// # Errors
/// Fails when the database fails.
pub async fn by_keys(
    connection: &mut SqliteConnection,
    by: LookedBy,
    keys: &[&str],
) -> Result<HashMap<String, ContactId>, Error> {
    let sql = match by {
        LookedBy::Email => {
            "SELECT j.value, min(a.contact_id) FROM json_each($1) j
             CROSS JOIN addresses a ON a.channel = 'email' AND a.normalized = j.value GROUP BY j.value"
        }
        LookedBy::Phone => {
            "SELECT j.value, min(a.contact_id) FROM json_each($1) j
             CROSS JOIN addresses a ON a.channel = 'sms' AND a.normalized = j.value GROUP BY j.value"
        }
        LookedBy::RegistrationNumber => {
            "SELECT j.value, min(c.id) FROM json_each($1) j
             CROSS JOIN contacts c ON c.registration_key <> '' AND c.registration_key = j.value GROUP BY j.value"
        }
        LookedBy::Own(_) => {
            "SELECT j.value, min(v.contact_id) FROM json_each($1) j
             CROSS JOIN field_values v ON v.field_id = $2 AND v.folded = j.value GROUP BY j.value"
        }
    };
    let field = if let LookedBy::Own(id) = by { Some(id.0) } else { None };
    let rows: Vec<(String, i64)> =
        sqlx::query_as(sql).bind(serde_json::to_string(keys)?).bind(field).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|(key, id)| (key, ContactId(id))).collect())
}
