//! Keys of persons: what is written to one person alone is sealed under a key that can be destroyed.

use model::{ContactId, Moment, Noun, Refusal};
use sqlx::SqliteConnection;

use crate::Store;
use crate::error::Error;
use crate::tx::Tx;
use crate::vault::{Dictionary, Place, Seal, Vault};

/// What opens a message.
pub(crate) enum Opener<'a> {
    /// The data key.
    Common(&'a Vault),
    /// The key of its only recipient.
    Personal(Seal),
    /// Nothing any more.
    Erased(Moment),
}

impl<'a> Opener<'a> {
    /// What opens a message with these columns; `erased_at` says when its content was destroyed, with its person or because its time was over.
    pub(crate) fn of(
        store: &'a Store,
        person: Option<i64>,
        wrapped: Option<&[u8]>,
        erased_at: Option<i64>,
    ) -> Result<Self, Error> {
        match (person, wrapped, erased_at) {
            (_, _, Some(at)) => Ok(Self::Erased(Moment(at))),
            (None, _, None) => Ok(Self::Common(store.vault())),
            (Some(person), wrapped, None) => Ok(Self::Personal(store.vault().person_key(person, wrapped.unwrap_or_default())?)),
        }
    }

    /// When the text was erased.
    pub(crate) fn erased_at(&self) -> Option<Moment> {
        match self {
            Self::Erased(at) => Some(*at),
            _ => None,
        }
    }

    /// Opens a value that may be packed by a dictionary; one that was erased is empty.
    pub(crate) fn open_by(&self, place: Place, sealed: &[u8], dictionary: Option<&Dictionary>) -> Result<Vec<u8>, Error> {
        match self {
            Self::Common(vault) => vault.open_by(place, sealed, dictionary),
            Self::Personal(key) => key.open_by(place, sealed, dictionary),
            Self::Erased(_) => Ok(Vec::new()),
        }
    }

    /// Seals a value packed by a dictionary.
    pub(crate) fn seal_by(&self, place: Place, value: &[u8], dictionary: &Dictionary) -> Result<Vec<u8>, Error> {
        match self {
            Self::Common(vault) => vault.seal_by(place, value, dictionary),
            Self::Personal(key) => key.seal_by(place, value, dictionary),
            Self::Erased(_) => Err(Refusal::IllegalStep(Noun::Message).into()),
        }
    }

    /// Opens a text; one that was erased is empty.
    pub(crate) fn open_text(&self, place: Place, sealed: &[u8]) -> Result<String, Error> {
        match self {
            Self::Common(vault) => vault.open_text(place, sealed),
            Self::Personal(key) => key.open_text(place, sealed),
            Self::Erased(_) => Ok(String::new()),
        }
    }

    /// Seals a text.
    ///
    /// # Errors
    /// Refuses when the person was erased.
    pub(crate) fn seal_text(&self, place: Place, text: &str) -> Result<Vec<u8>, Error> {
        match self {
            Self::Common(vault) => vault.seal_text(place, text),
            Self::Personal(key) => key.seal(place, text.as_bytes()),
            Self::Erased(_) => Err(Refusal::IllegalStep(Noun::Message).into()),
        }
    }
}

/// What opens a message.
pub(crate) async fn opener<'a>(
    store: &'a Store,
    connection: &mut SqliteConnection,
    message: model::MessageId,
) -> Result<Opener<'a>, Error> {
    type Row = (Option<i64>, Option<Vec<u8>>, Option<i64>);
    let row: Option<Row> = sqlx::query_as(
        "SELECT m.person_id, k.wrapped, coalesce(m.anonymized_at, k.destroyed_at)
         FROM messages m LEFT JOIN person_keys k ON k.contact_id = m.person_id WHERE m.id = $1",
    )
    .bind(message.0)
    .fetch_optional(connection)
    .await?;
    let (person, wrapped, erased_at) = row.unwrap_or_default();
    Opener::of(store, person, wrapped.as_deref(), erased_at)
}

/// What seals a message to nobody but this person, or to several; a person's key is made when it is first needed.
///
/// # Errors
/// Refuses when the person was erased.
pub(crate) async fn sealer<'a>(store: &'a Store, tx: &mut Tx, person: Option<ContactId>) -> Result<Opener<'a>, Error> {
    match person {
        Some(person) => Ok(Opener::Personal(ensure(store, tx, person).await?)),
        None => Ok(Opener::Common(store.vault())),
    }
}

/// The key of a person, made when there is none.
///
/// # Errors
/// Refuses when it was destroyed.
pub(crate) async fn ensure(store: &Store, tx: &mut Tx, person: ContactId) -> Result<Seal, Error> {
    let known: Option<(Vec<u8>, Option<i64>)> =
        sqlx::query_as("SELECT wrapped, destroyed_at FROM person_keys WHERE contact_id = $1")
            .bind(person.0)
            .fetch_optional(&mut **tx)
            .await?;
    let wrapped = match known {
        Some((wrapped, None)) => wrapped,
        Some((_, Some(_))) => return Err(Refusal::NotFound(Noun::Contact).into()),
        None => {
            let wrapped = store.vault().make_person_key(person.0)?;
            sqlx::query("INSERT INTO person_keys (contact_id, wrapped) VALUES ($1, $2)")
                .bind(person.0)
                .bind(&wrapped)
                .execute(&mut **tx)
                .await?;
            wrapped
        }
    };
    store.vault().person_key(person.0, &wrapped)
}

/// Destroys the key of a person for ever. The bytes are overwritten where they lie, so that no free page of the file keeps them.
pub(crate) async fn destroy(tx: &mut Tx, person: i64, now: Moment) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO person_keys (contact_id, wrapped, destroyed_at) VALUES ($1, zeroblob(72), $2)
         ON CONFLICT (contact_id) DO UPDATE SET wrapped = zeroblob(length(wrapped)), destroyed_at = excluded.destroyed_at",
    )
    .bind(person)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
