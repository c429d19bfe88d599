//! Named sets of rights.

use std::collections::HashMap;

use model::{DeliveredRole, Fault, Noun, Permission, PermissionSet, Refusal, Role, RoleId, UserId, UserState};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::found;
use crate::{Error, Tx};

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    delivered: Option<String>,
    holders: i64,
}

impl Row {
    fn with(self, permissions: PermissionSet) -> Result<Role, Error> {
        Ok(Role {
            id: RoleId(self.id),
            name: self.name,
            permissions,
            delivered: self.delivered.as_deref().map(Code::from_code).transpose()?,
            holders: u32::try_from(self.holders).unwrap_or(u32::MAX),
        })
    }
}

/// Lists all roles in the order in which they were made. A right that this version does not know is left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<Role>, Error> {
    let mut permissions: HashMap<i64, PermissionSet> = HashMap::new();
    let codes: Vec<(i64, String)> =
        sqlx::query_as("SELECT role_id, permission FROM role_permissions").fetch_all(&mut *connection).await?;
    for (role, code) in codes {
        permissions.entry(role).or_default().extend(Permission::from_code(&code));
    }
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, delivered, (SELECT COUNT(*) FROM user_roles WHERE role_id = roles.id) AS holders
         FROM roles
         ORDER BY id",
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let permissions = permissions.remove(&row.id).unwrap_or_default();
            row.with(permissions)
        })
        .collect()
}

/// Finds a role by id. A right that this version does not know is left out.
///
/// # Errors
/// Refuses when there is none; fails when the database fails.
pub async fn get(connection: &mut SqliteConnection, id: RoleId) -> Result<Role, Error> {
    let codes: Vec<String> = sqlx::query_scalar("SELECT permission FROM role_permissions WHERE role_id = $1")
        .bind(id.0)
        .fetch_all(&mut *connection)
        .await?;
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, delivered, (SELECT COUNT(*) FROM user_roles WHERE role_id = roles.id) AS holders
         FROM roles
         WHERE id = $1",
    )
    .bind(id.0)
    .fetch_optional(connection)
    .await?;
    found(row, Noun::Role)?.with(codes.iter().filter_map(|it| Permission::from_code(it)).collect())
}

/// Finds a delivered role.
///
/// # Errors
/// Fails when the database fails.
pub async fn delivered(connection: &mut SqliteConnection, role: DeliveredRole) -> Result<Option<RoleId>, Error> {
    let id: Option<i64> =
        sqlx::query_scalar("SELECT id FROM roles WHERE delivered = $1").bind(role.code()).fetch_optional(connection).await?;
    Ok(id.map(RoleId))
}

/// Makes a role.
///
/// # Errors
/// Fails when the database fails.
pub async fn insert(
    tx: &mut Tx,
    name: &str,
    permissions: &PermissionSet,
    delivered: Option<DeliveredRole>,
) -> Result<RoleId, Error> {
    let id = RoleId(crate::db::next_id(tx, "roles").await?);
    sqlx::query("INSERT INTO roles (id, name, delivered) VALUES ($1, $2, $3)")
        .bind(id.0)
        .bind(name)
        .bind(delivered.map(Code::code))
        .execute(&mut **tx)
        .await?;
    set_permissions(tx, id, permissions).await?;
    Ok(id)
}

/// Changes a role's name and rights.
///
/// # Errors
/// Refuses an id that is not there; fails when the database fails.
pub async fn update(tx: &mut Tx, id: RoleId, name: &str, permissions: &PermissionSet) -> Result<(), Error> {
    let rows =
        sqlx::query("UPDATE roles SET name = $2 WHERE id = $1").bind(id.0).bind(name).execute(&mut **tx).await?.rows_affected();
    found((rows == 1).then_some(()), Noun::Role)?;
    set_permissions(tx, id, permissions).await
}

/// Deletes a role.
///
/// # Errors
/// Refuses one that somebody holds, and an id that is not there; fails when the database fails.
pub async fn delete(tx: &mut Tx, id: RoleId) -> Result<(), Error> {
    let rows =
        sqlx::query("DELETE FROM roles WHERE id = $1").bind(id.0).execute(&mut **tx).await.map_err(in_use)?.rows_affected();
    found((rows == 1).then_some(()), Noun::Role)
}

/// What a user may do: the rights of all their roles together. A right that this version does not know grants nothing.
///
/// # Errors
/// Fails when the database fails.
pub async fn permissions_of(connection: &mut SqliteConnection, user: UserId) -> Result<PermissionSet, Error> {
    let codes: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT permission
         FROM user_roles
         JOIN role_permissions ON role_permissions.role_id = user_roles.role_id
         WHERE user_id = $1",
    )
    .bind(user.0)
    .fetch_all(connection)
    .await?;
    Ok(codes.iter().filter_map(|it| Permission::from_code(it)).collect())
}

/// Counts the users who may sign in and hold the role.
///
/// # Errors
/// Fails when the database fails.
pub async fn count_active_holders(connection: &mut SqliteConnection, role: RoleId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(
        "SELECT COUNT(*)
         FROM user_roles
         JOIN users ON users.id = user_roles.user_id
         WHERE role_id = $1 AND state = $2",
    )
    .bind(role.0)
    .bind(UserState::Active.code())
    .fetch_one(connection)
    .await?)
}

/// Gives a user these roles and no others.
///
/// # Errors
/// Refuses a role that is not there any more; fails when the database fails.
pub async fn give(tx: &mut Tx, user: UserId, roles: &[RoleId]) -> Result<(), Error> {
    sqlx::query("DELETE FROM user_roles WHERE user_id = $1").bind(user.0).execute(&mut **tx).await?;
    for role in roles {
        sqlx::query("INSERT INTO user_roles (user_id, role_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(user.0)
            .bind(role.0)
            .execute(&mut **tx)
            .await
            .map_err(gone)?;
    }
    Ok(())
}

async fn set_permissions(tx: &mut Tx, id: RoleId, permissions: &PermissionSet) -> Result<(), Error> {
    sqlx::query("DELETE FROM role_permissions WHERE role_id = $1").bind(id.0).execute(&mut **tx).await?;
    for permission in permissions {
        sqlx::query("INSERT INTO role_permissions (role_id, permission) VALUES ($1, $2)")
            .bind(id.0)
            .bind(permission.code())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// A user still points to the role.
fn in_use(error: sqlx::Error) -> Error {
    match error.as_database_error() {
        Some(it) if it.is_foreign_key_violation() => Refusal::InUse(Noun::Role).into(),
        _ => error.into(),
    }
}

/// A role that was deleted meanwhile.
fn gone(error: sqlx::Error) -> Error {
    match error.as_database_error() {
        Some(it) if it.is_foreign_key_violation() => Refusal::field("roles", Fault::Gone).into(),
        _ => error.into(),
    }
}
