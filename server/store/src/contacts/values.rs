//! Values of own fields.

use model::{ChoiceId, ContactId, Day, Decimal, FieldId, FieldKind, FieldValue, OwnValue};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

type Row = (i64, String, Option<String>, Option<i64>);

/// The values of a contact in the order of the fields.
pub(super) async fn of(connection: &mut SqliteConnection, id: ContactId) -> Result<Vec<OwnValue>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT v.field_id, f.kind, v.text, v.number
         FROM field_values v JOIN fields f ON f.id = v.field_id
         WHERE v.contact_id = $1 ORDER BY f.place",
    )
    .bind(id.0)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(field, kind, text, number)| {
            let number = number.unwrap_or_default();
            let value = match Code::from_code(&kind)? {
                FieldKind::Text => FieldValue::Text(text.unwrap_or_default()),
                FieldKind::Number => FieldValue::Number(Decimal(number)),
                FieldKind::Date => FieldValue::Date(Day(number)),
                FieldKind::Choice => FieldValue::Choice(ChoiceId(number)),
            };
            Ok(OwnValue { field: FieldId(field), value })
        })
        .collect()
}

/// Gives a contact exactly these values.
pub(super) async fn write(tx: &mut Tx, id: ContactId, values: &[OwnValue]) -> Result<(), Error> {
    sqlx::query("DELETE FROM field_values WHERE contact_id = $1").bind(id.0).execute(&mut **tx).await?;
    for OwnValue { field, value } in values {
        let (text, number) = match value {
            FieldValue::Text(text) => (Some(text.trim()), None),
            FieldValue::Number(it) => (None, Some(it.0)),
            FieldValue::Date(it) => (None, Some(it.0)),
            FieldValue::Choice(it) => (None, Some(it.0)),
        };
        sqlx::query("INSERT INTO field_values (contact_id, field_id, text, folded, number) VALUES ($1, $2, $3, $4, $5)")
            .bind(id.0)
            .bind(field.0)
            .bind(text)
            .bind(text.map(model::fold::fold))
            .bind(number)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
