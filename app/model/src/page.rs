//! Lists page by key: the last value and id of one page are where the next begins.

use serde::{Deserialize, Serialize};

/// How many rows a page has at most.
pub const PAGE_ROWS: usize = 60;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows, in the order asked for.
    pub rows: Vec<T>,
    /// Where the next page begins, or nothing after the last one.
    pub next: Option<Cursor>,
}

/// The place behind the last row of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The value that the list is sorted by.
    pub key: Key,
    /// The id that tells rows of equal value apart.
    pub id: i64,
}

/// A value that lists are sorted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Key {
    /// A text, compared byte by byte.
    Text(String),
    /// A number or a moment.
    Number(i64),
}

/// Which way a list runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// Smallest first.
    #[default]
    Up,
    /// Greatest first.
    Down,
}

impl<T> Page<T> {
    /// A page without rows.
    pub fn empty() -> Self {
        Self { rows: Vec::new(), next: None }
    }

    /// Makes a page from up to one row more than fits; the surplus row says that there is a next page.
    pub fn cut(mut rows: Vec<T>, limit: usize, cursor: impl Fn(&T) -> Cursor) -> Self {
        let more = limit < rows.len();
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(cursor);
        Self { rows, next }
    }
}
