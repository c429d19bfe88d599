//! In which order contacts are listed, and where a page begins.

use model::{ContactSort, Cursor, Direction, Key};
use sqlx::{QueryBuilder, Sqlite};

/// The pieces of SQL of one order of `contacts` under the name `c`.
pub(super) struct Order {
    /// The key that contacts are sorted by.
    pub key: &'static str,
    /// Whether the key is a text.
    pub is_text: bool,
    /// ` AND …` for what lies behind a place, up to the place itself.
    behind: &'static str,
    /// The order itself.
    pub sorted: &'static str,
}

macro_rules! order {
    ($key:literal, $is_text:literal, $behind:literal, $way:literal) => {
        Order {
            key: concat!("CAST(", $key, " AS TEXT) AS sort_key"),
            is_text: $is_text,
            behind: concat!(" AND (", $key, ", c.id) ", $behind, " ("),
            sorted: concat!(" ORDER BY ", $key, " ", $way, ", c.id ", $way),
        }
    };
}

/// The order of a list.
pub(super) fn order(sort: ContactSort, direction: Direction) -> Order {
    match (sort, direction) {
        (ContactSort::Name, Direction::Up) => order!("c.sort_name", true, ">", "ASC"),
        (ContactSort::Name, Direction::Down) => order!("c.sort_name", true, "<", "DESC"),
        (ContactSort::Company, Direction::Up) => order!("c.company_key", true, ">", "ASC"),
        (ContactSort::Company, Direction::Down) => order!("c.company_key", true, "<", "DESC"),
        (ContactSort::City, Direction::Up) => order!("c.city_key", true, ">", "ASC"),
        (ContactSort::City, Direction::Down) => order!("c.city_key", true, "<", "DESC"),
        (ContactSort::Updated, Direction::Up) => order!("c.updated_at", false, ">", "ASC"),
        (ContactSort::Updated, Direction::Down) => order!("c.updated_at", false, "<", "DESC"),
    }
}

impl Order {
    /// Adds that only what lies behind the place counts.
    pub fn push_behind(&self, query: &mut QueryBuilder<Sqlite>, after: Option<&Cursor>) {
        let Some(after) = after else { return };
        query.push(self.behind);
        match &after.key {
            Key::Text(text) => query.push_bind(text.clone()),
            Key::Number(number) => query.push_bind(*number),
        };
        query.push(", ").push_bind(after.id).push(")");
    }

    /// The place of a row.
    pub fn cursor(&self, key: &str, id: i64) -> Cursor {
        let key = if self.is_text { Key::Text(key.to_owned()) } else { Key::Number(key.parse().unwrap_or_default()) };
        Cursor { key, id }
    }
}
