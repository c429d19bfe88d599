//! Many new contacts at once, as an import brings them: one statement for hundreds of rows.

use std::collections::HashMap;
use std::sync::Arc;

use model::{
    ContactAddresses, ContactDraft, ContactId, EmailAddress, FieldValue, Moment, OwnValue, Purpose, collate, duplicate, fold,
};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{tags, words};
use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// How many contacts one statement makes; with its columns that stays under the 32,766 values that SQLite takes.
const ROWS: usize = 250;

/// A contact ready to be written. Everything that takes thought is done when it is made, away from the writing connection.
#[derive(Debug)]
pub struct NewContact {
    draft: ContactDraft,
    name: String,
    sort_name: String,
    email: String,
    phone: String,
    words: String,
    company_key: String,
    city_key: String,
    name_key: String,
    registration_key: String,
    tags: Vec<String>,
    addresses: Vec<(&'static str, String, String, Purpose)>,
}

impl NewContact {
    /// Prepares a contact without a parent. `choice` names the choices of own fields.
    pub fn new(draft: ContactDraft, addresses: &ContactAddresses, choice: &dyn Fn(&OwnValue) -> Option<String>) -> Self {
        let tags = draft.tag_names();
        let emails =
            addresses.emails.iter().map(|it| ("email", it.address.as_str().to_owned(), it.address.normalized(), it.purpose));
        let phones =
            addresses.phones.iter().map(|it| ("sms", it.number.as_str().to_owned(), it.number.as_str().to_owned(), it.purpose));
        let addresses_: Vec<_> = emails.chain(phones).collect();
        Self {
            name: draft.display_name(),
            sort_name: draft.sort_name(),
            email: addresses.email_for(Purpose::General).map_or("", EmailAddress::as_str).to_owned(),
            phone: addresses.phone_for(Purpose::General).map_or("", |it| it.as_str()).to_owned(),
            words: words::of(&text(&draft, &tags, &addresses_, choice)),
            company_key: collate::key(draft.company_name.trim()),
            city_key: collate::key(draft.billing.city.trim()),
            name_key: duplicate::name_key(
                draft.nature,
                draft.first_name.trim(),
                draft.last_name.trim(),
                draft.company_name.trim(),
            ),
            registration_key: duplicate::registration_key(draft.registration_number.trim()),
            tags,
            addresses: addresses_,
            draft,
        }
    }
}

impl NewContact {
    /// What was typed.
    pub fn draft(&self) -> &ContactDraft {
        &self.draft
    }

    /// The name that lists show.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// What the words of a contact are made of, in the order of [`words::refresh`].
fn text(
    draft: &ContactDraft,
    tags: &[String],
    addresses: &[(&'static str, String, String, Purpose)],
    choice: &dyn Fn(&OwnValue) -> Option<String>,
) -> String {
    let mut text = String::with_capacity(160);
    let mut add = |it: &str| {
        text.push_str(it);
        text.push(' ');
    };
    for it in [
        &draft.first_name,
        &draft.last_name,
        &draft.company_name,
        &draft.position,
        &draft.billing.city,
        &draft.registration_number,
        &draft.tax_number,
        &draft.vat_number,
    ] {
        add(it.trim());
    }
    for (channel, value, ..) in addresses {
        if *channel == "email" {
            add(value);
        } else {
            add(value.get(1..).unwrap_or_default());
            add(&format!("0{}", value.get(4..).unwrap_or_default()));
        }
    }
    tags.iter().for_each(|it| add(it));
    for own in &draft.values {
        match &own.value {
            FieldValue::Text(text) => add(text),
            FieldValue::Choice(_) => add(&choice(own).unwrap_or_default()),
            FieldValue::Number(_) | FieldValue::Date(_) => {}
        }
    }
    text
}

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
    write_contacts(tx, first, contacts, now).await?;
    write_addresses(tx, first, contacts).await?;
    write_words(tx, first, contacts).await?;
    write_tags(tx, first, contacts).await?;
    write_values(tx, first, contacts).await?;
    Ok(ContactId(first))
}

/// How many of the columns are texts that may be empty.
const TEXTS: usize = 29;

/// The texts of a contact in the order of the statement below.
fn texts(it: &NewContact) -> [&str; TEXTS] {
    let draft = &it.draft;
    [
        &it.name,
        &it.sort_name,
        draft.title_before.trim(),
        draft.first_name.trim(),
        draft.last_name.trim(),
        draft.title_after.trim(),
        draft.company_name.trim(),
        draft.position.trim(),
        draft.salutation.trim(),
        draft.billing.street.trim(),
        draft.billing.city.trim(),
        draft.billing.postcode.trim(),
        draft.billing.country.trim(),
        draft.delivery.street.trim(),
        draft.delivery.city.trim(),
        draft.delivery.postcode.trim(),
        draft.delivery.country.trim(),
        draft.registration_number.trim(),
        draft.tax_number.trim(),
        draft.vat_number.trim(),
        draft.obtained.note.trim(),
        draft.note.trim(),
        &it.email,
        &it.phone,
        &it.words,
        &it.company_key,
        &it.city_key,
        &it.name_key,
        &it.registration_key,
    ]
}

async fn write_contacts(tx: &mut Tx, first: i64, contacts: &[NewContact], now: Moment) -> Result<(), Error> {
    // A file fills in few of the columns; the others stand as empty texts in the statement, which saves binding them row by row.
    let mut used = [false; TEXTS];
    for it in contacts {
        used.iter_mut().zip(texts(it)).for_each(|(used, text)| *used |= !text.is_empty());
    }
    for (n, piece) in contacts.chunks(ROWS).enumerate() {
        let mut sql = QueryBuilder::<Sqlite>::new(
            "INSERT INTO contacts (id, nature, kind, language, obtained_way, obtained_on, revision, created_at, updated_at, name, sort_name,
                                   title_before, first_name, last_name, title_after, company_name, position, salutation, street, city,
                                   postcode, country, delivery_street, delivery_city, delivery_postcode, delivery_country,
                                   registration_number, tax_number, vat_number, obtained_note, note, email, phone, words, company_key,
                                   city_key, name_key, registration_key) ",
        );
        let from = first + (n * ROWS) as i64;
        sql.push_values(piece.iter().zip(from..), |mut row, (it, id)| {
            let draft = &it.draft;
            row.push_bind(id).push_bind(draft.nature.code()).push_bind(draft.kind.code());
            row.push_bind(draft.language.map(Code::code));
            row.push_bind(draft.obtained.way.map(Code::code)).push_bind(draft.obtained.on.map(|it| it.0));
            row.push("1").push_bind(now.0).push_bind(now.0);
            for (text, used) in texts(it).into_iter().zip(used) {
                if used {
                    row.push_bind(shared(text));
                } else {
                    row.push("''");
                }
            }
        });
        sql.build().execute(&mut **tx).await?;
    }
    Ok(())
}

/// A text that is bound with one piece of memory instead of two.
fn shared(text: &str) -> Arc<str> {
    Arc::from(text)
}

async fn write_addresses(tx: &mut Tx, first: i64, contacts: &[NewContact]) -> Result<(), Error> {
    let rows =
        contacts.iter().zip(first..).flat_map(|(it, id)| it.addresses.iter().enumerate().map(move |(place, it)| (id, place, it)));
    let rows: Vec<_> = rows.collect();
    for piece in rows.chunks(ROWS * 4) {
        let mut sql =
            QueryBuilder::<Sqlite>::new("INSERT INTO addresses (contact_id, channel, place, value, normalized, purpose) ");
        sql.push_values(piece, |mut row, (id, place, (channel, value, normalized, purpose))| {
            row.push_bind(*id)
                .push_bind(*channel)
                .push_bind(*place as i64)
                .push_bind(shared(value))
                .push_bind(shared(normalized));
            row.push_bind(purpose.code());
        });
        sql.build().execute(&mut **tx).await?;
    }
    Ok(())
}

async fn write_words(tx: &mut Tx, first: i64, contacts: &[NewContact]) -> Result<(), Error> {
    for (n, piece) in contacts.chunks(ROWS * 4).enumerate() {
        let mut sql = QueryBuilder::<Sqlite>::new("INSERT INTO contact_words (rowid, words) ");
        let from = first + (n * ROWS * 4) as i64;
        sql.push_values(piece.iter().zip(from..), |mut row, (it, id)| {
            row.push_bind(id).push_bind(shared(&it.words));
        });
        sql.build().execute(&mut **tx).await?;
    }
    Ok(())
}

async fn write_tags(tx: &mut Tx, first: i64, contacts: &[NewContact]) -> Result<(), Error> {
    let mut known: HashMap<&str, i64> = HashMap::new();
    let mut rows: Vec<(i64, i64)> = Vec::new();
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
    for piece in rows.chunks(ROWS * 8) {
        let mut sql = QueryBuilder::<Sqlite>::new("INSERT INTO contact_tags (contact_id, tag_id) ");
        sql.push_values(piece, |mut row, (id, tag)| {
            row.push_bind(*id).push_bind(*tag);
        });
        sql.push(" ON CONFLICT DO NOTHING").build().execute(&mut **tx).await?;
    }
    Ok(())
}

async fn write_values(tx: &mut Tx, first: i64, contacts: &[NewContact]) -> Result<(), Error> {
    let rows: Vec<_> =
        contacts.iter().zip(first..).flat_map(|(it, id)| it.draft.values.iter().map(move |own| (id, own))).collect();
    for piece in rows.chunks(ROWS * 4) {
        let mut sql = QueryBuilder::<Sqlite>::new("INSERT INTO field_values (contact_id, field_id, text, folded, number) ");
        sql.push_values(piece, |mut row, (id, own)| {
            let (text, number) = match &own.value {
                FieldValue::Text(text) => (Some(text.trim()), None),
                FieldValue::Number(it) => (None, Some(it.0)),
                FieldValue::Date(it) => (None, Some(it.0)),
                FieldValue::Choice(it) => (None, Some(it.0)),
            };
            row.push_bind(*id).push_bind(own.field.0).push_bind(text).push_bind(text.map(fold::fold)).push_bind(number);
        });
        sql.build().execute(&mut **tx).await?;
    }
    Ok(())
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
