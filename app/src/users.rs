//! Calls about users and roles.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{OneTimeLink, Role, RoleDraft, RoleId, UserDraft, UserId, UserRow};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists all users, the system among them.
#[server(input = Json)]
pub async fn list_users() -> Result<Vec<UserRow>, Problem> {
    door::answer(engine::users::list(&door::enter().await?).await)
}

/// Invites a user and gives back the link to hand over.
#[server(input = Json)]
pub async fn invite_user(draft: UserDraft) -> Result<(UserId, OneTimeLink), Problem> {
    door::answer(engine::users::invite(&door::enter().await?, draft).await)
}

/// Makes a new one-time link, to be invited again or to choose a new password; earlier links stop working.
#[server(input = Json)]
pub async fn renew_link(id: UserId) -> Result<OneTimeLink, Problem> {
    door::answer(engine::users::renew_link(&door::enter().await?, id).await)
}

/// Changes a user's name, address and roles.
#[server(input = Json)]
pub async fn save_user(id: UserId, draft: UserDraft) -> Result<(), Problem> {
    door::answer(engine::users::save(&door::enter().await?, id, draft).await)
}

/// Keeps a user from signing in and ends their sessions; what they did stays.
#[server(input = Json)]
pub async fn disable_user(id: UserId) -> Result<(), Problem> {
    door::answer(engine::users::disable(&door::enter().await?, id).await)
}

/// Lets a disabled user sign in again.
#[server(input = Json)]
pub async fn enable_user(id: UserId) -> Result<(), Problem> {
    door::answer(engine::users::enable(&door::enter().await?, id).await)
}

/// Lists all roles.
#[server(input = Json)]
pub async fn list_roles() -> Result<Vec<Role>, Problem> {
    door::answer(engine::users::roles(&door::enter().await?).await)
}

/// Makes a role, or changes the one given.
#[server(input = Json)]
pub async fn save_role(id: Option<RoleId>, draft: RoleDraft) -> Result<RoleId, Problem> {
    door::answer(engine::users::save_role(&door::enter().await?, id, draft).await)
}

/// Deletes a role that nobody holds.
#[server(input = Json)]
pub async fn delete_role(id: RoleId) -> Result<(), Problem> {
    door::answer(engine::users::delete_role(&door::enter().await?, id).await)
}
