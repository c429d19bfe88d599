//! The words by which contacts are found.

use model::ContactId;

use crate::error::Error;
use crate::tx::Tx;

/// Writes the words of a contact anew: names, company, position, town, numbers, addresses, tags and own fields. A phone number stands
/// with the code of its country and as people of that country type it.
///
/// # Errors
/// Fails when the database fails.
pub async fn refresh(tx: &mut Tx, id: ContactId) -> Result<(), Error> {
    sqlx::query("DELETE FROM contact_words WHERE rowid = $1").bind(id.0).execute(&mut **tx).await?;
    sqlx::query(
        "INSERT INTO contact_words (rowid, words)
         SELECT c.id,
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
                             WHERE v.contact_id = c.id), '')
         FROM contacts c WHERE c.id = $1",
    )
    .bind(id.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The words as a question to the index: each in quotes, so that no sign in it means anything, and as the beginning of a word.
/// A phone number is one word however its digits are grouped.
pub(super) fn question(text: &str) -> Option<String> {
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
