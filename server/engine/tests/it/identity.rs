//! Who comes in, who stays in, and what they may do with one another.

mod first_run;
mod invitation;
mod profile;
mod roles;
mod session;
mod settings;
mod users;

use engine::session::{Admitted, sign_in};
use engine::testbed::{ADMIN_EMAIL, PASSWORD, TestBed};
use engine::{Ctx, Error, Guest};
use model::{AuditQuery, Deed, Permission, Refusal, UserId};

use crate::refused;

/// Signs in as the administrator.
async fn admin_signs_in(guest: &Guest, password: &str) -> Result<Admitted, Error> {
    sign_in(guest, ADMIN_EMAIL.to_owned(), password.to_owned()).await
}

/// Somebody on another network.
fn elsewhere(bed: &TestBed, network: &str) -> Guest {
    Guest { network: network.to_owned(), ..bed.guest() }
}

/// The context of a session's secret.
async fn enter(bed: &TestBed, token: &str) -> Result<Ctx, Error> {
    engine::session::identify(&bed.engine, token, "192.0.2.1").await
}

/// Who did what, the newest first, as far back as `n` entries.
async fn log(bed: &TestBed, n: usize) -> Vec<(UserId, Deed)> {
    let page = engine::audit::list(&bed.admin(), AuditQuery::default()).await.unwrap();
    page.rows.into_iter().take(n).map(|it| (it.actor.0, it.deed)).collect()
}

/// What the action log holds in all.
async fn log_length(bed: &TestBed) -> i64 {
    let page = engine::audit::list(&bed.admin(), AuditQuery::default()).await.unwrap();
    page.rows.first().map_or(0, |it| it.id.0)
}

/// All rights but one.
fn all_but(permission: Permission) -> Vec<Permission> {
    Permission::ALL.iter().copied().filter(|it| *it != permission).collect()
}
