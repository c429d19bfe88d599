//! The one filter of contacts as conditions of SQL.

use model::{ConsentState, ContactFilter, FieldCondition, FieldTest, FieldValue};
use sqlx::{QueryBuilder, Sqlite};

use super::words;
use crate::codes::Code;
use crate::suppressions::cause;

/// A statement over `contacts` under the name `c`: `select`, the table, and the conditions of the filter.
pub(crate) fn begin(select: &'static str, filter: &ContactFilter) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(select);
    query.push(" FROM contacts c WHERE 1 = 1");
    narrow(&mut query, filter);
    query
}

/// Adds the conditions of the filter, each with ` AND ` before it.
pub(crate) fn narrow(query: &mut QueryBuilder<Sqlite>, filter: &ContactFilter) {
    for term in words::terms(&filter.words) {
        query.push(" AND 0 < instr(c.words, ").push_bind(format!(" {term}")).push(")");
    }
    if let Some(kind) = filter.kind {
        query.push(" AND c.kind = ").push_bind(kind.code());
    }
    if let Some(nature) = filter.nature {
        query.push(" AND c.nature = ").push_bind(nature.code());
    }
    if let Some(tag) = filter.tag {
        query
            .push(" AND EXISTS (SELECT 1 FROM contact_tags t WHERE t.contact_id = c.id AND t.tag_id = ")
            .push_bind(tag.0)
            .push(")");
    }
    if let Some(list) = filter.list {
        query.push(" AND EXISTS (SELECT 1 FROM list_members m WHERE m.contact_id = c.id AND m.list_id = ").push_bind(list.0);
        query.push(")");
    }
    if let Some(owner) = filter.owner {
        query.push(" AND c.owner_id = ").push_bind(owner.0);
    }
    if let Some(way) = filter.obtained {
        query.push(" AND c.obtained_way = ").push_bind(way.code());
    }
    if let Some(no_bulk) = filter.no_bulk {
        query.push(" AND c.no_bulk = ").push_bind(no_bulk);
    }
    if let Some(parent) = filter.parent {
        query.push(" AND c.parent_id = ").push_bind(parent.0);
    }
    for (has, some, none) in [
        (filter.has_email, " AND c.email <> ''", " AND c.email = ''"),
        (filter.has_phone, " AND c.phone <> ''", " AND c.phone = ''"),
    ] {
        if let Some(has) = has {
            query.push(if has { some } else { none });
        }
    }
    for (suppressed, closed, open) in [
        (
            filter.suppressed_email,
            concat!(" AND ", cause!("c.email"), " IS NOT NULL"),
            concat!(" AND ", cause!("c.email"), " IS NULL"),
        ),
        (
            filter.suppressed_phone,
            concat!(" AND ", cause!("c.phone"), " IS NOT NULL"),
            concat!(" AND ", cause!("c.phone"), " IS NULL"),
        ),
    ] {
        if let Some(suppressed) = suppressed {
            query.push(if suppressed { closed } else { open });
        }
    }
    for (state, column) in [(filter.consent_email, "c.consent_email"), (filter.consent_sms, "c.consent_sms")] {
        if let Some(state) = state {
            query.push(" AND ");
            narrow_by_consent(query, column, state);
        }
    }
    match (filter.segment, &filter.resolved) {
        (Some(_), Some(rule)) => {
            query.push(" AND ");
            crate::segments::narrow(query, rule);
        }
        // A segment whose rule nobody looked up takes in nobody rather than everybody.
        (Some(_), None) => {
            query.push(" AND 0");
        }
        (None, _) => {}
    }
    for condition in &filter.fields {
        narrow_by_field(query, condition);
    }
}

/// Adds that a consent is so; a confirmed one was given.
pub(crate) fn narrow_by_consent(query: &mut QueryBuilder<Sqlite>, column: &'static str, state: ConsentState) {
    query.push(column).push(" IN (");
    let mut states = query.separated(", ");
    for it in state.covered() {
        states.push_bind(it.code());
    }
    query.push(")");
}

/// Adds a condition on an own field, with ` AND ` before it.
pub(crate) fn narrow_by_field(query: &mut QueryBuilder<Sqlite>, condition: &FieldCondition) {
    let is_empty = condition.test == FieldTest::Empty;
    query.push(if is_empty { " AND NOT EXISTS (" } else { " AND EXISTS (" });
    query.push("SELECT 1 FROM field_values v WHERE v.contact_id = c.id AND v.field_id = ").push_bind(condition.field.0);
    push_test(query, &condition.test);
    query.push(")");
}

/// Adds what the value of an own field must be, with ` AND ` before it.
pub(super) fn push_test(query: &mut QueryBuilder<Sqlite>, test: &FieldTest) {
    match test {
        FieldTest::Filled | FieldTest::Empty => {}
        FieldTest::Is(value) => compare(query, value, " AND folded = ", " AND number = "),
        FieldTest::AtLeast(value) => compare(query, value, " AND folded >= ", " AND number >= "),
        FieldTest::AtMost(value) => compare(query, value, " AND folded <= ", " AND number <= "),
        FieldTest::Contains(text) => {
            query.push(" AND 0 < instr(folded, ").push_bind(model::fold::fold(text.trim())).push(")");
        }
    }
}

fn compare(query: &mut QueryBuilder<Sqlite>, value: &FieldValue, text: &'static str, number: &'static str) {
    match value {
        FieldValue::Text(it) => query.push(text).push_bind(model::fold::fold(it.trim())),
        FieldValue::Number(it) => query.push(number).push_bind(it.0),
        FieldValue::Date(it) => query.push(number).push_bind(it.0),
        FieldValue::Choice(it) => query.push(number).push_bind(it.0),
    };
}
