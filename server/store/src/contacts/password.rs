//! Passwords for attachments.

use model::{ContactId, Noun};
use sqlx::SqliteConnection;

use crate::Store;
use crate::error::{Error, found};
use crate::tx::Tx;
use crate::vault::Place;

/// Keeps a password for a contact, or forgets it.
///
/// # Errors
/// Refuses when there is no such contact.
pub async fn set_password(store: &Store, tx: &mut Tx, id: ContactId, password: Option<&str>) -> Result<(), Error> {
    let sealed = password.map(|it| store.vault().seal_text(place(id), it)).transpose()?;
    let row: Option<i64> =
        sqlx::query_scalar("UPDATE contacts SET password = $2, revision = revision + 1 WHERE id = $1 RETURNING id")
            .bind(id.0)
            .bind(sealed)
            .fetch_optional(&mut **tx)
            .await?;
    found(row, Noun::Contact)?;
    Ok(())
}

/// The password of a contact; nothing when none is kept.
///
/// # Errors
/// Refuses when there is no such contact; names a damaged one.
pub async fn open_password(store: &Store, connection: &mut SqliteConnection, id: ContactId) -> Result<Option<String>, Error> {
    let row: Option<(Option<Vec<u8>>,)> =
        sqlx::query_as("SELECT password FROM contacts WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    let (sealed,) = found(row, Noun::Contact)?;
    sealed.map(|it| store.vault().open_text(place(id), &it)).transpose()
}

fn place(id: ContactId) -> Place {
    Place { table: "contacts", column: "password", row: id.0 }
}
