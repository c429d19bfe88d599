//! Contacts and their addresses.

use model::{
    Contact, ContactAddresses, ContactDraft, ContactFilter, ContactId, ContactQuery, ContactRow, ContactSort, Cursor, Direction,
    EmailAddress, Key, Moment, Noun, PAGE_ROWS, Page, RecipientOffer,
};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found, moved};
use crate::tx::Tx;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    nature: String,
    kind: String,
    name: String,
    sort_name: String,
    company_name: String,
    email: String,
    phone: String,
    city: String,
    updated_at: i64,
}

#[derive(sqlx::FromRow)]
struct FullRow {
    id: i64,
    nature: String,
    kind: String,
    first_name: String,
    last_name: String,
    company_name: String,
    position: String,
    salutation: String,
    language: Option<String>,
    street: String,
    city: String,
    postcode: String,
    registration_number: String,
    note: String,
    revision: i64,
    created_at: i64,
    updated_at: i64,
}

/// A list of contacts behind a place, in an order.
macro_rules! list {
    ($behind:literal, $order:literal) => {
        concat!(
            "SELECT id, nature, kind, name, sort_name, company_name, email, phone, city, updated_at
             FROM contacts
             WHERE ($1 IS NULL OR id IN (SELECT rowid FROM contact_words WHERE contact_words MATCH $1))
               AND ($2 IS NULL OR kind = $2) AND ($3 IS NULL OR nature = $3)
               AND ($6 IS NULL OR ",
            $behind,
            ")
             ORDER BY ",
            $order,
            " LIMIT $4"
        )
    };
}

/// One page of contacts.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, query: &ContactQuery) -> Result<Page<ContactRow>, Error> {
    let sql = match (query.sort, query.direction) {
        (ContactSort::Name, Direction::Up) => list!("(sort_name, id) > ($5, $6)", "sort_name, id"),
        (ContactSort::Name, Direction::Down) => list!("(sort_name, id) < ($5, $6)", "sort_name DESC, id DESC"),
        (ContactSort::Updated, Direction::Up) => list!("(updated_at, id) > ($5, $6)", "updated_at, id"),
        (ContactSort::Updated, Direction::Down) => list!("(updated_at, id) < ($5, $6)", "updated_at DESC, id DESC"),
    };
    let mut statement = sqlx::query_as::<_, Row>(sql)
        .bind(words(&query.filter.words))
        .bind(query.filter.kind.map(Code::code))
        .bind(query.filter.nature.map(Code::code))
        .bind(PAGE_ROWS as i64 + 1);
    statement = match query.after.as_ref().map(|it| &it.key) {
        Some(Key::Text(text)) => statement.bind(Some(text.clone())),
        Some(Key::Number(number)) => statement.bind(Some(*number)),
        None => statement.bind(None::<i64>),
    };
    let rows = statement.bind(query.after.as_ref().map(|it| it.id)).fetch_all(connection).await?;
    let keys: Vec<String> = rows.iter().map(|it| it.sort_name.clone()).collect();
    let contacts = rows.into_iter().map(contact_row).collect::<Result<Vec<_>, _>>()?;
    let mut page = Page::cut(contacts, PAGE_ROWS, |it| Cursor { key: Key::Number(it.updated_at.0), id: it.id.0 });
    if let (ContactSort::Name, Some(next)) = (query.sort, &mut page.next) {
        next.key = Key::Text(keys[PAGE_ROWS - 1].clone());
    }
    Ok(page)
}

/// Counts the contacts that the filter lets through.
///
/// # Errors
/// Fails when the database fails.
pub async fn count(connection: &mut SqliteConnection, filter: &ContactFilter) -> Result<u64, Error> {
    let n: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM contacts
         WHERE ($1 IS NULL OR id IN (SELECT rowid FROM contact_words WHERE contact_words MATCH $1))
           AND ($2 IS NULL OR kind = $2) AND ($3 IS NULL OR nature = $3)",
    )
    .bind(words(&filter.words))
    .bind(filter.kind.map(Code::code))
    .bind(filter.nature.map(Code::code))
    .fetch_one(connection)
    .await?;
    Ok(n as u64)
}

/// Finds a contact with all its fields.
///
/// # Errors
/// Refuses when there is none.
pub async fn by_id(connection: &mut SqliteConnection, id: ContactId) -> Result<Contact, Error> {
    let row: Option<FullRow> = sqlx::query_as(
        "SELECT id, nature, kind, first_name, last_name, company_name, position, salutation, language, street, city, postcode,
                registration_number, note, revision, created_at, updated_at
         FROM contacts WHERE id = $1",
    )
    .bind(id.0)
    .fetch_optional(&mut *connection)
    .await?;
    let row = found(row, Noun::Contact)?;
    let addresses: Vec<(String, String)> =
        sqlx::query_as("SELECT channel, value FROM addresses WHERE contact_id = $1 ORDER BY channel, place")
            .bind(id.0)
            .fetch_all(connection)
            .await?;
    let of = |channel: &str| addresses.iter().filter(|it| it.0 == channel).map(|it| it.1.clone()).collect();
    Ok(Contact {
        id: ContactId(row.id),
        fields: ContactDraft {
            nature: Code::from_code(&row.nature)?,
            kind: Code::from_code(&row.kind)?,
            first_name: row.first_name,
            last_name: row.last_name,
            company_name: row.company_name,
            position: row.position,
            salutation: row.salutation,
            language: row.language.as_deref().map(Code::from_code).transpose()?,
            emails: of("email"),
            phones: of("sms"),
            street: row.street,
            city: row.city,
            postcode: row.postcode,
            registration_number: row.registration_number,
            note: row.note,
        },
        revision: row.revision,
        created_at: Moment(row.created_at),
        updated_at: Moment(row.updated_at),
    })
}

/// Makes a contact.
///
/// # Errors
/// Fails when the database fails.
pub async fn create(tx: &mut Tx, draft: &ContactDraft, addresses: &ContactAddresses, now: Moment) -> Result<ContactId, Error> {
    let id = ContactId(next_id(tx, "contacts").await?);
    sqlx::query(
        "INSERT INTO contacts (id, nature, kind, name, sort_name, first_name, last_name, company_name, position, salutation, language,
                               street, city, postcode, registration_number, note, email, phone, revision, created_at, updated_at)
         VALUES ($1, '', '', '', '', '', '', '', '', '', NULL, '', '', '', '', '', '', '', 0, $2, $2)",
    )
    .bind(id.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    change(tx, id, 0, draft, addresses, now).await?;
    Ok(id)
}

/// Changes a contact, unless somebody else has changed it since that revision.
///
/// # Errors
/// Refuses a stale revision.
pub async fn change(
    tx: &mut Tx,
    id: ContactId,
    revision: i64,
    draft: &ContactDraft,
    addresses: &ContactAddresses,
    now: Moment,
) -> Result<(), Error> {
    let rows = sqlx::query(
        "UPDATE contacts
         SET nature = $3, kind = $4, name = $5, sort_name = $6, first_name = $7, last_name = $8, company_name = $9, position = $10,
             salutation = $11, language = $12, street = $13, city = $14, postcode = $15, registration_number = $16, note = $17,
             email = $18, phone = $19, revision = revision + 1, updated_at = $20
         WHERE id = $1 AND revision = $2",
    )
    .bind(id.0)
    .bind(revision)
    .bind(draft.nature.code())
    .bind(draft.kind.code())
    .bind(draft.display_name())
    .bind(draft.sort_name())
    .bind(draft.first_name.trim())
    .bind(draft.last_name.trim())
    .bind(draft.company_name.trim())
    .bind(draft.position.trim())
    .bind(draft.salutation.trim())
    .bind(draft.language.map(Code::code))
    .bind(draft.street.trim())
    .bind(draft.city.trim())
    .bind(draft.postcode.trim())
    .bind(draft.registration_number.trim())
    .bind(draft.note.trim())
    .bind(addresses.emails.first().map_or("", EmailAddress::as_str))
    .bind(addresses.phones.first().map_or("", |it| it.as_str()))
    .bind(now.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Contact)?;
    write_addresses(tx, id, addresses).await?;
    write_words(tx, id, draft, addresses).await
}

/// Deletes a contact; messages to it stay.
///
/// # Errors
/// Refuses when there is none.
pub async fn delete(tx: &mut Tx, id: ContactId) -> Result<(), Error> {
    let row: Option<i64> =
        sqlx::query_scalar("DELETE FROM contacts WHERE id = $1 RETURNING id").bind(id.0).fetch_optional(&mut **tx).await?;
    found(row, Noun::Contact)?;
    sqlx::query("DELETE FROM contact_words WHERE rowid = $1").bind(id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Up to ten addresses of contacts in which all the words begin something.
///
/// # Errors
/// Fails when the database fails.
pub async fn offer(connection: &mut SqliteConnection, text: &str) -> Result<Vec<RecipientOffer>, Error> {
    let Some(words) = words(text) else { return Ok(Vec::new()) };
    let rows: Vec<(i64, String, String, String)> = sqlx::query_as(
        "SELECT c.id, c.name, CASE c.nature WHEN 'person' THEN c.company_name ELSE '' END, a.value
         FROM contact_words w
         JOIN contacts c ON c.id = w.rowid
         JOIN addresses a ON a.contact_id = c.id AND a.channel = 'email'
         WHERE w.contact_words MATCH $1
         LIMIT 10",
    )
    .bind(words)
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, name, company_name, email)| {
            Some(RecipientOffer { contact: ContactId(id), name, company_name, email: EmailAddress::parse(&email).ok()? })
        })
        .collect())
}

/// The contact that has this e-mail address, the oldest if several have it, with its name.
///
/// # Errors
/// Fails when the database fails.
pub async fn by_email(connection: &mut SqliteConnection, email: &EmailAddress) -> Result<Option<(ContactId, String)>, Error> {
    let row: Option<(i64, String)> = sqlx::query_as(
        "SELECT c.id, c.name FROM addresses a JOIN contacts c ON c.id = a.contact_id
         WHERE a.channel = 'email' AND a.normalized = $1
         ORDER BY c.id LIMIT 1",
    )
    .bind(email.normalized())
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|(id, name)| (ContactId(id), name)))
}

async fn write_addresses(tx: &mut Tx, id: ContactId, addresses: &ContactAddresses) -> Result<(), Error> {
    sqlx::query("DELETE FROM addresses WHERE contact_id = $1").bind(id.0).execute(&mut **tx).await?;
    let emails = addresses.emails.iter().map(|it| ("email", it.as_str().to_owned(), it.normalized()));
    let phones = addresses.phones.iter().map(|it| ("sms", it.as_str().to_owned(), it.as_str().to_owned()));
    for (place, (channel, value, normalized)) in emails.chain(phones).enumerate() {
        sqlx::query("INSERT INTO addresses (contact_id, channel, place, value, normalized) VALUES ($1, $2, $3, $4, $5)")
            .bind(id.0)
            .bind(channel)
            .bind(place as i64)
            .bind(value)
            .bind(normalized)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

async fn write_words(tx: &mut Tx, id: ContactId, draft: &ContactDraft, addresses: &ContactAddresses) -> Result<(), Error> {
    let mut text = [
        draft.first_name.as_str(),
        &draft.last_name,
        &draft.company_name,
        &draft.position,
        &draft.city,
        &draft.registration_number,
    ]
    .join(" ");
    for email in &addresses.emails {
        text.push(' ');
        text.push_str(email.as_str());
    }
    for phone in &addresses.phones {
        // With and without the country's code, as people type it.
        let digits = phone.as_str().trim_start_matches('+');
        text.push_str(&format!(" {digits} 0{}", digits.get(3..).unwrap_or_default()));
    }
    sqlx::query("DELETE FROM contact_words WHERE rowid = $1").bind(id.0).execute(&mut **tx).await?;
    sqlx::query("INSERT INTO contact_words (rowid, words) VALUES ($1, $2)").bind(id.0).bind(text).execute(&mut **tx).await?;
    Ok(())
}

/// The words as a question to the index: each in quotes, so that no sign in it means anything, and as the beginning of a word.
/// A phone number is one word however its digits are grouped.
fn words(text: &str) -> Option<String> {
    if text.chars().all(|it| it.is_ascii_digit() || " +-/()".contains(it)) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.strip_prefix("00").unwrap_or(&digits);
        return (!digits.is_empty()).then(|| format!("\"{digits}\"*"));
    }
    let terms: Vec<String> = text
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .take(12)
        .map(|it| format!("\"{it}\"*"))
        .collect();
    (!terms.is_empty()).then(|| terms.join(" "))
}

fn contact_row(row: Row) -> Result<ContactRow, Error> {
    let nature = Code::from_code(&row.nature)?;
    Ok(ContactRow {
        id: ContactId(row.id),
        nature,
        kind: Code::from_code(&row.kind)?,
        name: row.name,
        company_name: if nature == model::Nature::Company { String::new() } else { row.company_name },
        email: row.email,
        phone: row.phone,
        city: row.city,
        updated_at: Moment(row.updated_at),
    })
}
