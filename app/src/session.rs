//! Calls that begin and end a session. All but the last two are open to anybody, throttled, and answer 401 without the right secret.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{FirstRun, Invitation, Me};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Signs in and sets the session cookie.
#[server(input = Json)]
pub async fn sign_in(email: String, password: String) -> Result<Me, Problem> {
    door::admit(engine::session::sign_in(&door::guest()?, email, password).await)
}

/// Creates the administrator and the company of a fresh installation, and signs in.
#[server(input = Json)]
pub async fn set_up(first_run: FirstRun) -> Result<Me, Problem> {
    door::admit(engine::session::set_up(&door::guest()?, first_run).await)
}

/// Says whom a one-time link invites.
#[server(input = Json)]
pub async fn open_invitation(token: String) -> Result<Invitation, Problem> {
    door::answer(engine::session::invitation(&door::guest()?, token).await)
}

/// Chooses a password by a one-time link, and signs in.
#[server(input = Json)]
pub async fn accept_invitation(token: String, password: String) -> Result<Me, Problem> {
    door::admit(engine::session::accept_invitation(&door::guest()?, token, password).await)
}

/// Tells who is signed in.
#[server(input = Json)]
pub async fn who_am_i() -> Result<Me, Problem> {
    door::answer(engine::session::me(&door::enter().await?).await)
}

/// Ends the session.
#[server(input = Json)]
pub async fn sign_out() -> Result<(), Problem> {
    door::leave(engine::session::sign_out(&door::enter().await?).await)
}
