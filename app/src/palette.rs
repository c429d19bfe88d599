//! The call of the palette.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::palette::FoundGroup;

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Finds contacts, messages, campaigns, templates, lists, segments, files and users by words, a few of each kind, and counts them; only what one may see.
#[server(input = Json)]
pub async fn find_anything(words: String) -> Result<Vec<FoundGroup>, Problem> {
    door::answer(engine::palette::find(&door::enter().await?, words).await)
}
