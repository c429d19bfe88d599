//! Contacts with everything that columns of the list can show.

use std::collections::HashMap;

use model::{ChoiceId, ContactLine, Day, Decimal, FieldId, FieldKind, FieldValue, Moment, OwnValue};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::row::Row;
use crate::codes::Code;
use crate::error::Error;

/// The columns of [`LineRow`] but its key, of `contacts` under the name `c` and `users` under the name `u`.
pub(crate) const LINE: &str = "c.id, c.nature, c.kind, c.name, c.company_name, c.email, c.phone, c.city, c.updated_at,
     coalesce(u.name, '') AS owner, c.registration_number, c.obtained_way, c.no_bulk, c.created_at";

/// A contact and the key it is sorted by.
#[derive(sqlx::FromRow)]
pub(crate) struct LineRow {
    #[sqlx(flatten)]
    row: Row,
    owner: String,
    registration_number: String,
    obtained_way: Option<String>,
    no_bulk: bool,
    created_at: i64,
    pub(super) sort_key: String,
}

impl LineRow {
    pub(super) fn id(&self) -> i64 {
        self.row.id
    }
}

/// The rows with their tags and own values.
pub(crate) async fn of(connection: &mut SqliteConnection, rows: Vec<LineRow>) -> Result<Vec<ContactLine>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = rows.iter().map(LineRow::id).collect();
    let mut tags = tags(connection, &ids).await?;
    let mut values = values(connection, &ids).await?;
    rows.into_iter()
        .map(|it| {
            let id = it.id();
            Ok(ContactLine {
                row: it.row.contact_row()?,
                owner: it.owner,
                tags: tags.remove(&id).unwrap_or_default(),
                values: values.remove(&id).unwrap_or_default(),
                registration_number: it.registration_number,
                obtained: it.obtained_way.as_deref().map(Code::from_code).transpose()?,
                no_bulk: it.no_bulk,
                created_at: Moment(it.created_at),
            })
        })
        .collect()
}

async fn tags(connection: &mut SqliteConnection, ids: &[i64]) -> Result<HashMap<i64, Vec<String>>, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT ct.contact_id, t.name FROM contact_tags ct JOIN tags t ON t.id = ct.tag_id WHERE ct.contact_id IN (",
    );
    push_ids(&mut sql, ids);
    sql.push(") ORDER BY t.folded");
    let rows: Vec<(i64, String)> = sql.build_query_as().fetch_all(connection).await?;
    let mut found: HashMap<i64, Vec<String>> = HashMap::new();
    rows.into_iter().for_each(|(id, name)| found.entry(id).or_default().push(name));
    Ok(found)
}

/// The values of own fields of these contacts, in the order of the fields.
pub(super) async fn values(connection: &mut SqliteConnection, ids: &[i64]) -> Result<HashMap<i64, Vec<OwnValue>>, Error> {
    type Row = (i64, i64, String, Option<String>, Option<i64>);
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT v.contact_id, v.field_id, f.kind, v.text, v.number
         FROM field_values v JOIN fields f ON f.id = v.field_id WHERE v.contact_id IN (",
    );
    push_ids(&mut sql, ids);
    sql.push(") ORDER BY f.place");
    let rows: Vec<Row> = sql.build_query_as().fetch_all(connection).await?;
    let mut found: HashMap<i64, Vec<OwnValue>> = HashMap::new();
    for (id, field, kind, text, number) in rows {
        let number = number.unwrap_or_default();
        let value = match Code::from_code(&kind)? {
            FieldKind::Text => FieldValue::Text(text.unwrap_or_default()),
            FieldKind::Number => FieldValue::Number(Decimal(number)),
            FieldKind::Date => FieldValue::Date(Day(number)),
            FieldKind::Choice => FieldValue::Choice(ChoiceId(number)),
        };
        found.entry(id).or_default().push(OwnValue { field: FieldId(field), value });
    }
    Ok(found)
}

/// Adds ids with commas between them.
pub(crate) fn push_ids(sql: &mut QueryBuilder<Sqlite>, ids: &[i64]) {
    let mut list = sql.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
}
