//! What campaigns name, by its name: written into files, and looked up where a file comes in.

use std::collections::HashMap;

use model::{Address, Channel, ContactId, EmailAddress, collate, fold};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::Error;
use crate::recipient_lists::folded;

/// A kind of thing that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A recipient list.
    List,
    /// A segment.
    Segment,
    /// A template of a channel.
    Template(Channel),
    /// An account of a channel. Capture has no name of its own and is called `capture`.
    Account(Channel),
    /// A campaign.
    Campaign,
    /// A word that contacts are grouped by.
    Tag,
    /// A user, by the e-mail address.
    User,
}

/// The name of something, also of what was deleted and is kept for those who look back; nothing when there is no trace of it.
///
/// # Errors
/// Fails when the database fails.
pub async fn name_of(connection: &mut SqliteConnection, what: Named, id: i64) -> Result<Option<String>, Error> {
    let sql = match what {
        Named::List => "SELECT name FROM recipient_lists WHERE id = $1",
        Named::Segment => "SELECT name FROM segments WHERE id = $1",
        Named::Template(_) => "SELECT name FROM templates WHERE id = $1",
        Named::Account(_) => "SELECT CASE transport WHEN 'capture' THEN 'capture' ELSE name END FROM accounts WHERE id = $1",
        Named::Campaign => "SELECT name FROM campaigns WHERE id = $1",
        Named::Tag => "SELECT name FROM tags WHERE id = $1",
        Named::User => "SELECT email FROM users WHERE id = $1",
    };
    Ok(sqlx::query_scalar(sql).bind(id).fetch_optional(connection).await?)
}

/// What is called so, the newest of campaigns and the oldest of all others if several are; names of lists, segments, templates and words
/// are the same whatever their case and accents.
///
/// # Errors
/// Fails when the database fails.
pub async fn find(connection: &mut SqliteConnection, what: Named, name: &str) -> Result<Option<i64>, Error> {
    let name = name.trim();
    let query = match what {
        Named::List => sqlx::query_scalar("SELECT id FROM recipient_lists WHERE folded_name = $1").bind(folded(name)),
        Named::Segment => sqlx::query_scalar("SELECT id FROM segments WHERE folded_name = $1").bind(folded(name)),
        Named::Template(channel) => {
            sqlx::query_scalar("SELECT id FROM templates WHERE folded_name = $1 AND channel = $2 AND deleted_at IS NULL")
                .bind(folded(name))
                .bind(channel.code())
        }
        Named::Account(channel) => sqlx::query_scalar(
            "SELECT id FROM accounts
             WHERE deleted_at IS NULL AND channel = $2 AND (name = $1 OR (transport = 'capture' AND $1 = 'capture'))
             ORDER BY name <> $1, id LIMIT 1",
        )
        .bind(name.to_owned())
        .bind(channel.code()),
        Named::Campaign => {
            sqlx::query_scalar("SELECT id FROM campaigns WHERE sort_name = $1 AND name = $2 ORDER BY id DESC LIMIT 1")
                .bind(collate::key(name))
                .bind(name.to_owned())
        }
        Named::Tag => sqlx::query_scalar("SELECT id FROM tags WHERE folded = $1").bind(fold::fold(name)),
        Named::User => sqlx::query_scalar("SELECT id FROM users WHERE email_normalized = $1")
            .bind(EmailAddress::parse(name).map(|it| it.normalized()).unwrap_or_default()),
    };
    Ok(query.fetch_optional(connection).await?)
}

/// Who has these addresses, by the normalised address; the oldest contact if several have it.
///
/// # Errors
/// Fails when the database fails.
pub async fn holders(connection: &mut SqliteConnection, addresses: &[Address]) -> Result<HashMap<String, ContactId>, Error> {
    let asked: Vec<(&str, String)> = addresses.iter().map(|it| (it.channel().code(), it.normalized())).collect();
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT a.normalized, min(a.contact_id) FROM json_each($1) j
         CROSS JOIN addresses a ON a.channel = j.value ->> 0 AND a.normalized = j.value ->> 1
         GROUP BY a.normalized",
    )
    .bind(serde_json::to_string(&asked)?)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(address, contact)| (address, ContactId(contact))).collect())
}

/// Names and addresses of contacts: the first address of the channel, else the first of any; empty when there is none.
///
/// # Errors
/// Fails when the database fails.
pub async fn persons(
    connection: &mut SqliteConnection,
    channel: Channel,
    ids: &[ContactId],
) -> Result<HashMap<ContactId, (String, String)>, Error> {
    let ids: Vec<i64> = ids.iter().map(|it| it.0).collect();
    let rows: Vec<(i64, String, String)> = sqlx::query_as(
        "SELECT c.id, c.name, coalesce(
             (SELECT value FROM addresses WHERE contact_id = c.id ORDER BY channel <> $2, channel, place LIMIT 1), '')
         FROM contacts c WHERE c.id IN (SELECT value FROM json_each($1))",
    )
    .bind(serde_json::to_string(&ids)?)
    .bind(channel.code())
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(id, name, address)| (ContactId(id), (name, address))).collect())
}
