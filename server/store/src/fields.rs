//! Own fields of contacts: their definitions.

use model::{ChoiceId, FieldChange, FieldChoice, FieldDefinition, FieldDraft, FieldId, Noun, Refusal};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found};
use crate::tx::Tx;

/// All fields in their order.
///
/// # Errors
/// Fails when the database fails.
pub async fn all(connection: &mut SqliteConnection) -> Result<Vec<FieldDefinition>, Error> {
    let rows: Vec<(i64, String, String, String)> =
        sqlx::query_as("SELECT id, key, name, kind FROM fields ORDER BY place, id").fetch_all(&mut *connection).await?;
    let choices: Vec<(i64, i64, String)> =
        sqlx::query_as("SELECT field_id, id, name FROM field_choices ORDER BY field_id, place, id").fetch_all(connection).await?;
    rows.into_iter()
        .map(|(id, key, name, kind)| {
            let own = choices.iter().filter(|it| it.0 == id);
            let choices = own.map(|(_, id, name)| FieldChoice { id: ChoiceId(*id), name: name.clone() }).collect();
            Ok(FieldDefinition { id: FieldId(id), key, name, kind: Code::from_code(&kind)?, choices })
        })
        .collect()
}

/// Makes a field behind all others.
///
/// # Errors
/// Refuses a key or a name that another field has.
pub async fn create(tx: &mut Tx, draft: &FieldDraft, key: &str) -> Result<FieldId, Error> {
    refuse_taken(tx, None, draft, key).await?;
    let id = next_id(tx, "fields").await?;
    sqlx::query(
        "INSERT INTO fields (id, key, name, folded, kind, place)
         VALUES ($1, $2, $3, $4, $5, (SELECT coalesce(max(place), 0) + 1 FROM fields))",
    )
    .bind(id)
    .bind(key)
    .bind(draft.name.trim())
    .bind(model::fold::fold(draft.name.trim()))
    .bind(draft.kind.code())
    .execute(&mut **tx)
    .await?;
    write_choices(tx, FieldId(id), draft).await?;
    Ok(FieldId(id))
}

/// Changes label, key and choices of a field; its kind stays. Values of choices that are left out are lost.
///
/// # Errors
/// Refuses a field that is not there, and a key or a name that another field has.
pub async fn change(tx: &mut Tx, id: FieldId, draft: &FieldDraft, key: &str) -> Result<(), Error> {
    refuse_taken(tx, Some(id), draft, key).await?;
    let row: Option<i64> = sqlx::query_scalar("UPDATE fields SET key = $2, name = $3, folded = $4 WHERE id = $1 RETURNING id")
        .bind(id.0)
        .bind(key)
        .bind(draft.name.trim())
        .bind(model::fold::fold(draft.name.trim()))
        .fetch_optional(&mut **tx)
        .await?;
    found(row, Noun::Field)?;
    write_choices(tx, id, draft).await
}

/// Puts the fields into this order; those that are not named stand behind them.
///
/// # Errors
/// Fails when the database fails.
pub async fn reorder(tx: &mut Tx, order: &[FieldId]) -> Result<(), Error> {
    sqlx::query("UPDATE fields SET place = place + $1").bind(order.len() as i64).execute(&mut **tx).await?;
    for (place, id) in order.iter().enumerate() {
        sqlx::query("UPDATE fields SET place = $2 WHERE id = $1").bind(id.0).bind(place as i64).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Takes a field away with all its values.
///
/// # Errors
/// Refuses when there is none.
pub async fn delete(tx: &mut Tx, id: FieldId) -> Result<(), Error> {
    let row: Option<i64> =
        sqlx::query_scalar("DELETE FROM fields WHERE id = $1 RETURNING id").bind(id.0).fetch_optional(&mut **tx).await?;
    found(row, Noun::Field)?;
    Ok(())
}

/// How many values a change would lose.
///
/// # Errors
/// Fails when the database fails.
pub async fn values_lost(connection: &mut SqliteConnection, change: FieldChange) -> Result<u64, Error> {
    let (sql, id) = match change {
        FieldChange::Remove(FieldId(id)) => ("SELECT count(*) FROM field_values WHERE field_id = $1", id),
        FieldChange::RemoveChoice(ChoiceId(id)) => (
            "SELECT count(*) FROM field_values
             WHERE field_id = (SELECT field_id FROM field_choices WHERE id = $1) AND number = $1",
            id,
        ),
    };
    let n: i64 = sqlx::query_scalar(sql).bind(id).fetch_one(connection).await?;
    Ok(n as u64)
}

/// Lets the words of all contacts with a value in a field be written anew in the background.
///
/// # Errors
/// Fails when the database fails.
pub async fn reword_bearers(tx: &mut Tx, id: FieldId) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO contacts_to_reword (contact_id) SELECT contact_id FROM field_values WHERE field_id = $1 ON CONFLICT DO NOTHING",
    )
    .bind(id.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn refuse_taken(tx: &mut Tx, id: Option<FieldId>, draft: &FieldDraft, key: &str) -> Result<(), Error> {
    let taken: Option<(String,)> =
        sqlx::query_as("SELECT key FROM fields WHERE (key = $1 OR folded = $2) AND id IS NOT $3 LIMIT 1")
            .bind(key)
            .bind(model::fold::fold(draft.name.trim()))
            .bind(id.map(|it| it.0))
            .fetch_optional(&mut **tx)
            .await?;
    match taken {
        None => Ok(()),
        Some((other,)) if other == key && !draft.key.trim().is_empty() => Err(Refusal::field("key", model::Fault::Taken).into()),
        Some(_) => Err(Refusal::field("name", model::Fault::Taken).into()),
    }
}

async fn write_choices(tx: &mut Tx, id: FieldId, draft: &FieldDraft) -> Result<(), Error> {
    let kept: Vec<i64> = draft.choices.iter().filter_map(|it| it.0).map(|it| it.0).collect();
    let kept = serde_json::to_string(&kept)?;
    let gone: Vec<i64> = sqlx::query_scalar(
        "DELETE FROM field_choices WHERE field_id = $1 AND id NOT IN (SELECT value FROM json_each($2)) RETURNING id",
    )
    .bind(id.0)
    .bind(kept)
    .fetch_all(&mut **tx)
    .await?;
    for choice in gone {
        sqlx::query("DELETE FROM field_values WHERE field_id = $1 AND number = $2")
            .bind(id.0)
            .bind(choice)
            .execute(&mut **tx)
            .await?;
    }
    for (place, (choice, name)) in draft.choices.iter().enumerate() {
        let choice = match choice {
            Some(choice) => choice.0,
            None => next_id(tx, "field_choices").await?,
        };
        sqlx::query(
            "INSERT INTO field_choices (id, field_id, name, place) VALUES ($1, $2, $3, $4)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, place = excluded.place WHERE field_id = excluded.field_id",
        )
        .bind(choice)
        .bind(id.0)
        .bind(name.trim())
        .bind(place as i64)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
