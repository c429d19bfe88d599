//! Calls about oneself.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Profile, SessionId, SessionRow};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Changes one's name, signature and preferences.
#[server(input = Json)]
pub async fn save_profile(profile: Profile) -> Result<(), Problem> {
    door::answer(engine::profile::save(&door::enter().await?, profile).await)
}

/// Changes one's password and ends all one's other sessions.
#[server(input = Json)]
pub async fn change_password(old: String, new: String) -> Result<(), Problem> {
    door::answer(engine::profile::change_password(&door::enter().await?, old, new).await)
}

/// Lists one's own sessions, the newest first.
#[server(input = Json)]
pub async fn list_sessions() -> Result<Vec<SessionRow>, Problem> {
    door::answer(engine::profile::sessions(&door::enter().await?).await)
}

/// Ends one of one's own sessions.
#[server(input = Json)]
pub async fn revoke_session(id: SessionId) -> Result<(), Problem> {
    door::answer(engine::profile::revoke_session(&door::enter().await?, id).await)
}

/// Ends all one's own sessions but this one and tells how many.
#[server(input = Json)]
pub async fn revoke_other_sessions() -> Result<u64, Problem> {
    door::answer(engine::profile::revoke_other_sessions(&door::enter().await?).await)
}
