//! The call of the first screen.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::Overview;

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Tells the state of things as far as the person may see it. `midnight` is the begin of the day where the person is, in Unix
/// milliseconds.
#[server(input = Json)]
pub async fn open_overview(midnight: i64) -> Result<Overview, Problem> {
    door::answer(engine::overview::open(&door::enter().await?, model::Moment(midnight)).await)
}
