//! Which rows a table has, and where the others come from.

use leptos::prelude::*;

/// The rows that have come, and how more of them are asked for.
#[derive(Clone, Copy)]
pub struct Pages {
    /// The ids of the rows, in their order.
    pub ids: Signal<Vec<i64>>,
    /// Whether nothing has come yet.
    pub is_first: Signal<bool>,
    /// Whether rows are being asked for.
    pub pending: Signal<bool>,
    /// Whether there are more rows to come.
    pub has_more: Signal<bool>,
    /// Called when the end comes near; a list that comes at once has none.
    pub on_more: Option<Callback<()>>,
}

impl From<Signal<Vec<i64>>> for Pages {
    fn from(ids: Signal<Vec<i64>>) -> Self {
        let no = Signal::stored(false);
        Self { ids, is_first: no, pending: no, has_more: no, on_more: None }
    }
}
