//! Many contacts with everything that merge fields show.

use std::collections::HashMap;

use model::{AddressLine, Contact, ContactId};
use sqlx::SqliteConnection;

use super::{lines, row};
use crate::codes::Code;
use crate::error::Error;

/// These contacts with addresses and own fields, in the order of their ids, without tags and consents, which no field shows. Those that
/// are gone are left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn for_merging(connection: &mut SqliteConnection, ids: &[ContactId]) -> Result<Vec<Contact>, Error> {
    let ids: Vec<i64> = ids.iter().map(|it| it.0).collect();
    let listed = serde_json::to_string(&ids)?;
    let rows = row::full_many(&mut *connection, &listed).await?;
    let mut addresses = addresses(&mut *connection, &listed).await?;
    let mut values = lines::values(connection, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let mut contact = row.contact()?;
            let id = contact.id.0;
            for (channel, line) in addresses.remove(&id).unwrap_or_default() {
                let lines = if channel == "email" { &mut contact.fields.emails } else { &mut contact.fields.phones };
                lines.push(line);
            }
            contact.fields.values = values.remove(&id).unwrap_or_default();
            Ok(contact)
        })
        .collect()
}

async fn addresses(connection: &mut SqliteConnection, ids: &str) -> Result<HashMap<i64, Vec<(String, AddressLine)>>, Error> {
    let rows: Vec<(i64, String, String, String)> = sqlx::query_as(
        "SELECT contact_id, channel, value, purpose FROM addresses
         WHERE contact_id IN (SELECT value FROM json_each($1)) ORDER BY contact_id, channel, place",
    )
    .bind(ids)
    .fetch_all(connection)
    .await?;
    let mut found: HashMap<i64, Vec<(String, AddressLine)>> = HashMap::new();
    for (contact, channel, text, purpose) in rows {
        let line = AddressLine { text, purpose: Code::from_code(&purpose)? };
        found.entry(contact).or_default().push((channel, line));
    }
    Ok(found)
}
