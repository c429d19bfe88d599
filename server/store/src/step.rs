//! Moving a thing from one state to another, unless somebody was quicker.

use model::Noun;

use crate::codes::Code;
use crate::error::{Error, moved};
use crate::tx::Tx;

/// Runs a compare-and-set: `UPDATE … SET state = $3 … WHERE id = $1 AND state = $2`.
///
/// # Errors
/// Refuses as stale when the thing is in another state.
pub(crate) async fn step<S: Code>(tx: &mut Tx, sql: &'static str, id: i64, states: (S, S), noun: Noun) -> Result<(), Error> {
    let (from, to) = states;
    let set = sqlx::query(sql).bind(id).bind(from.code()).bind(to.code());
    moved(set.execute(&mut **tx).await?.rows_affected(), noun)
}
