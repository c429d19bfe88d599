//! Calls about stand-ins.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{AccountId, StandIns};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Opens the stand-ins of an account.
#[server(input = Json)]
pub async fn open_stand_ins(account: AccountId) -> Result<StandIns, Problem> {
    door::answer(engine::stand_ins::get(&door::enter().await?, account).await)
}

/// Sets who carries what waits for an account.
#[server(input = Json)]
pub async fn save_stand_ins(account: AccountId, stand_ins: StandIns) -> Result<(), Problem> {
    door::answer(engine::stand_ins::save(&door::enter().await?, account, stand_ins).await)
}
