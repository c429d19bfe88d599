//! The words by which contacts are found.

use model::{ContactId, collate, duplicate, fold};

use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

#[derive(sqlx::FromRow)]
struct Source {
    nature: String,
    first_name: String,
    last_name: String,
    company_name: String,
    city: String,
    registration_number: String,
    has_parent: bool,
    words: String,
}

/// Writes the words of a contact anew: names, company, position, town, numbers, addresses, tags and own fields; and the keys that it is
/// sorted by and told from its duplicates by. A phone number stands with the code of its country and as people of that country type it.
///
/// # Errors
/// Fails when the database fails.
pub async fn refresh(tx: &mut Tx, id: ContactId) -> Result<(), Error> {
    let source: Option<Source> = sqlx::query_as(
        "SELECT c.nature, c.first_name, c.last_name, c.company_name, c.city, c.registration_number, c.parent_id IS NOT NULL AS has_parent,
                c.first_name || ' ' || c.last_name || ' ' || c.company_name || ' ' || c.position || ' ' || c.city || ' '
                || c.registration_number || ' ' || c.tax_number || ' ' || c.vat_number || ' '
                || coalesce((SELECT group_concat(value, ' ') FROM addresses WHERE contact_id = c.id AND channel = 'email'), '') || ' '
                || coalesce((SELECT group_concat(substr(value, 2) || ' 0' || substr(value, 5), ' ')
                             FROM addresses WHERE contact_id = c.id AND channel = 'sms'), '') || ' '
                || coalesce((SELECT group_concat(t.name, ' ')
                             FROM contact_tags ct JOIN tags t ON t.id = ct.tag_id WHERE ct.contact_id = c.id), '') || ' '
                || coalesce((SELECT group_concat(coalesce(v.text, ch.name), ' ')
                             FROM field_values v
                             JOIN fields f ON f.id = v.field_id
                             LEFT JOIN field_choices ch ON f.kind = 'choice' AND ch.id = v.number
                             WHERE v.contact_id = c.id), '') AS words
         FROM contacts c WHERE c.id = $1",
    )
    .bind(id.0)
    .fetch_optional(&mut **tx)
    .await?;
    sqlx::query("DELETE FROM contact_words WHERE rowid = $1").bind(id.0).execute(&mut **tx).await?;
    let Some(source) = source else { return Ok(()) };
    let words = of(&source.words);
    sqlx::query("INSERT INTO contact_words (rowid, words) VALUES ($1, $2)").bind(id.0).bind(&words).execute(&mut **tx).await?;
    write_keys(tx, id, &source, &words).await
}

/// Whether the words of a contact are to be written anew.
///
/// # Errors
/// Fails when the database fails.
pub async fn is_any_to_reword(connection: &mut SqliteConnection) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM contacts_to_reword)").fetch_one(connection).await?)
}

/// Writes the words of the next contacts anew that are noted for it, at most `limit`; tells how many they were.
///
/// # Errors
/// Fails when the database fails.
pub async fn reword_next(tx: &mut Tx, limit: i64) -> Result<usize, Error> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "DELETE FROM contacts_to_reword
         WHERE contact_id IN (SELECT contact_id FROM contacts_to_reword ORDER BY contact_id LIMIT $1) RETURNING contact_id",
    )
    .bind(limit)
    .fetch_all(&mut **tx)
    .await?;
    for id in &ids {
        refresh(tx, ContactId(*id)).await?;
    }
    Ok(ids.len())
}

/// The words of a text without case and accents, each with a blank in front.
pub(crate) fn of(text: &str) -> String {
    let folded = fold::fold(text);
    let mut words = String::with_capacity(folded.len() + 8);
    for it in folded.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()) {
        words.push(' ');
        words.push_str(it);
    }
    words
}

async fn write_keys(tx: &mut Tx, id: ContactId, source: &Source, words: &str) -> Result<(), Error> {
    let nature = Code::from_code(&source.nature)?;
    // A branch bears the registration number of its company and is another contact on purpose.
    let registration = if source.has_parent { String::new() } else { duplicate::registration_key(&source.registration_number) };
    sqlx::query(
        "UPDATE contacts SET words = $2, company_key = $3, city_key = $4, name_key = $5, registration_key = $6 WHERE id = $1",
    )
    .bind(id.0)
    .bind(words)
    .bind(collate::key(&source.company_name))
    .bind(collate::key(&source.city))
    .bind(duplicate::name_key(nature, &source.first_name, &source.last_name, &source.company_name))
    .bind(registration)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The words as a question to the index: each in quotes, so that no sign in it means anything, and as the beginning of a word.
pub(crate) fn question(text: &str) -> Option<String> {
    let terms: Vec<String> = terms(text).iter().map(|it| format!("\"{it}\"*")).collect();
    (!terms.is_empty()).then(|| terms.join(" "))
}

/// What words must begin with, without case and accents. A phone number is one word however its digits are grouped.
pub(super) fn terms(text: &str) -> Vec<String> {
    if text.chars().all(|it| it.is_ascii_digit() || " +-/()".contains(it)) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.strip_prefix("00").unwrap_or(&digits);
        return if digits.is_empty() { Vec::new() } else { vec![digits.to_owned()] };
    }
    pieces(text).take(12).collect()
}

fn pieces(text: &str) -> impl Iterator<Item = String> {
    let folded = fold::fold(text);
    let pieces: Vec<String> =
        folded.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_owned).collect();
    pieces.into_iter()
}
