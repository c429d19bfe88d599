//! Calls about the company's data.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::Company;
use model::settings::SearchProgress;

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Opens the company's data.
#[server(input = Json)]
pub async fn open_company() -> Result<Company, Problem> {
    door::answer(engine::settings::company(&door::enter().await?).await)
}

/// Changes the company's data.
#[server(input = Json)]
pub async fn save_company(company: Company) -> Result<(), Problem> {
    door::answer(engine::settings::save_company(&door::enter().await?, company).await)
}

/// How far the full text is behind the messages.
#[server(input = Json)]
pub async fn open_search_progress() -> Result<SearchProgress, Problem> {
    door::answer(engine::settings::search_progress(&door::enter().await?).await)
}
