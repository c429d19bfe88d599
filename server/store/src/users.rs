//! People who sign in, and the system itself.

use std::collections::HashMap;

use model::{
    EmailAddress, Fault, Language, Moment, Noun, Preferences, Profile, Refusal, RoleId, UserId, UserRow, UserState, collate,
};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::found;
use crate::step::step;
use crate::{Error, Tx};

/// A user with what signing in needs.
#[derive(Clone)]
pub struct User {
    /// Who it is.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// Address that one signs in with; empty for the system.
    pub email: String,
    /// Hash of the password as a PHC string; nothing before one was chosen.
    pub password: Option<String>,
    /// State.
    pub state: UserState,
    /// Language, theme, density.
    pub preferences: Preferences,
    /// Text put under their messages.
    pub signature: String,
}

/// What a user begins with.
pub struct NewUser<'a> {
    /// Full name.
    pub name: &'a str,
    /// Address that one signs in with.
    pub email: &'a EmailAddress,
    /// Hash of the password as a PHC string, when it is known already.
    pub password: Option<&'a str>,
    /// State.
    pub state: UserState,
    /// Language of the first screens.
    pub language: Language,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    email: String,
    password: Option<String>,
    state: String,
    language: String,
    theme: String,
    density: String,
    signature: String,
}

impl TryFrom<Row> for User {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Self {
            id: UserId(row.id),
            name: row.name,
            email: row.email,
            password: row.password,
            state: Code::from_code(&row.state)?,
            preferences: Preferences {
                language: Code::from_code(&row.language)?,
                theme: Code::from_code(&row.theme)?,
                density: Code::from_code(&row.density)?,
            },
            signature: row.signature,
        })
    }
}

/// Finds a user by id.
///
/// # Errors
/// Refuses when there is none; fails when the database fails.
pub async fn get(connection: &mut SqliteConnection, id: UserId) -> Result<User, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, email, password, state, language, theme, density, signature
         FROM users
         WHERE id = $1",
    )
    .bind(id.0)
    .fetch_optional(connection)
    .await?;
    found(row, Noun::User)?.try_into()
}

/// Finds a user by the address that they sign in with, in any spelling of upper and lower case.
///
/// # Errors
/// Fails when the database fails.
pub async fn by_email(connection: &mut SqliteConnection, email: &EmailAddress) -> Result<Option<User>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, email, password, state, language, theme, density, signature
         FROM users
         WHERE email_normalized = $1",
    )
    .bind(email.normalized())
    .fetch_optional(connection)
    .await?;
    row.map(User::try_from).transpose()
}

/// Whether there is such a person, active or not; the system is none.
///
/// # Errors
/// Fails when the database fails.
pub async fn exists(connection: &mut SqliteConnection, id: UserId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM users WHERE id = $1 AND state <> 'system')")
        .bind(id.0)
        .fetch_one(connection)
        .await?)
}

/// Everybody who may sign in, by name.
///
/// # Errors
/// Fails when the database fails.
pub async fn names(connection: &mut SqliteConnection) -> Result<Vec<(UserId, String)>, Error> {
    let mut rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT id, name FROM users WHERE state IN ('active', 'invited')").fetch_all(connection).await?;
    rows.sort_by_key(|it| collate::key(&it.1));
    Ok(rows.into_iter().map(|(id, name)| (UserId(id), name)).collect())
}

/// Everybody but the system, by the normalised address that they sign in with.
///
/// # Errors
/// Fails when the database fails.
pub async fn by_addresses(connection: &mut SqliteConnection) -> Result<Vec<(String, UserId)>, Error> {
    let rows: Vec<(String, i64)> = sqlx::query_as("SELECT email_normalized, id FROM users WHERE state <> 'system' ORDER BY id")
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|(email, id)| (email, UserId(id))).collect())
}

/// The text put under a user's messages.
///
/// # Errors
/// Refuses when there is no such user; fails when the database fails.
pub async fn signature(connection: &mut SqliteConnection, id: UserId) -> Result<String, Error> {
    let text: Option<String> =
        sqlx::query_scalar("SELECT signature FROM users WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    found(text, Noun::User)
}

/// Lists all users by name, the system among them.
///
/// # Errors
/// Fails when the database fails.
pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<UserRow>, Error> {
    let mut roles: HashMap<i64, Vec<RoleId>> = HashMap::new();
    let held: Vec<(i64, i64)> =
        sqlx::query_as("SELECT user_id, role_id FROM user_roles ORDER BY user_id, role_id").fetch_all(&mut *connection).await?;
    for (user, role) in held {
        roles.entry(user).or_default().push(RoleId(role));
    }
    let rows: Vec<(i64, String, String, String, Option<i64>)> =
        sqlx::query_as("SELECT id, name, email, state, seen_at FROM users").fetch_all(connection).await?;
    let mut users = Vec::with_capacity(rows.len());
    for (id, name, email, state, seen_at) in rows {
        users.push(UserRow {
            id: UserId(id),
            name,
            email,
            state: Code::from_code(&state)?,
            roles: roles.remove(&id).unwrap_or_default(),
            seen_at: seen_at.map(Moment),
        });
    }
    users.sort_by_cached_key(|it| (collate::key(&it.name), it.id));
    Ok(users)
}

/// Makes a user.
///
/// # Errors
/// Refuses an address that somebody else signs in with; fails when the database fails.
pub async fn insert(tx: &mut Tx, user: NewUser<'_>, now: Moment) -> Result<UserId, Error> {
    let id = crate::db::next_id(tx, "users").await?;
    let preferences = Preferences { language: user.language, ..Preferences::default() };
    sqlx::query(
        "INSERT INTO users (id, name, email, email_normalized, password, state, language, theme, density, signature, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10)",
    )
    .bind(id)
    .bind(user.name)
    .bind(user.email.as_str())
    .bind(user.email.normalized())
    .bind(user.password)
    .bind(user.state.code())
    .bind(preferences.language.code())
    .bind(preferences.theme.code())
    .bind(preferences.density.code())
    .bind(now.0)
    .execute(&mut **tx)
    .await
    .map_err(taken)?;
    Ok(UserId(id))
}

/// Makes the system user when it is not there yet, and tells whether it did. It takes the first id of an empty database.
///
/// # Errors
/// Fails when the database fails.
pub async fn insert_system(tx: &mut Tx, now: Moment) -> Result<bool, Error> {
    let there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM users WHERE id = $1)")
        .bind(UserId::SYSTEM.0)
        .fetch_one(&mut **tx)
        .await?;
    if there {
        return Ok(false);
    }
    crate::db::next_id(tx, "users").await?;
    let preferences = Preferences::default();
    sqlx::query(
        "INSERT INTO users (id, name, email, email_normalized, state, language, theme, density, signature, created_at)
         VALUES ($1, '', '', '', $2, $3, $4, $5, '', $6)",
    )
    .bind(UserId::SYSTEM.0)
    .bind(UserState::System.code())
    .bind(preferences.language.code())
    .bind(preferences.theme.code())
    .bind(preferences.density.code())
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(true)
}

/// Changes a user's name and address.
///
/// # Errors
/// Refuses an address that somebody else signs in with, and an id that is not there; fails when the database fails.
pub async fn update(tx: &mut Tx, id: UserId, name: &str, email: &EmailAddress) -> Result<(), Error> {
    let rows = sqlx::query("UPDATE users SET name = $2, email = $3, email_normalized = $4 WHERE id = $1")
        .bind(id.0)
        .bind(name)
        .bind(email.as_str())
        .bind(email.normalized())
        .execute(&mut **tx)
        .await
        .map_err(taken)?
        .rows_affected();
    found((rows == 1).then_some(()), Noun::User)
}

/// Changes what users change about themselves.
///
/// # Errors
/// Refuses an id that is not there; fails when the database fails.
pub async fn update_profile(tx: &mut Tx, id: UserId, profile: &Profile) -> Result<(), Error> {
    let rows = sqlx::query("UPDATE users SET name = $2, signature = $3, language = $4, theme = $5, density = $6 WHERE id = $1")
        .bind(id.0)
        .bind(&profile.name)
        .bind(&profile.signature)
        .bind(profile.preferences.language.code())
        .bind(profile.preferences.theme.code())
        .bind(profile.preferences.density.code())
        .execute(&mut **tx)
        .await?
        .rows_affected();
    found((rows == 1).then_some(()), Noun::User)
}

/// Keeps the hash of a new password, a PHC string.
///
/// # Errors
/// Refuses an id that is not there; fails when the database fails.
pub async fn set_password(tx: &mut Tx, id: UserId, hash: &str) -> Result<(), Error> {
    let rows = sqlx::query("UPDATE users SET password = $2 WHERE id = $1")
        .bind(id.0)
        .bind(hash)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    found((rows == 1).then_some(()), Noun::User)
}

/// Moves a user to another state, unless somebody else has moved them first.
///
/// # Errors
/// Refuses as stale when the user is in another state; fails when the database fails.
pub async fn set_state(tx: &mut Tx, id: UserId, from: UserState, to: UserState) -> Result<(), Error> {
    let sql = "UPDATE users SET state = $3 WHERE id = $1 AND state = $2";
    step(tx, sql, id.0, (from, to), Noun::User).await
}

/// Notes that a user did something.
///
/// # Errors
/// Fails when the database fails.
pub async fn touch(tx: &mut Tx, id: UserId, now: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE users SET seen_at = $2 WHERE id = $1").bind(id.0).bind(now.0).execute(&mut **tx).await?;
    Ok(())
}

/// SQLite names the column of a UNIQUE constraint only in the message.
fn taken(error: sqlx::Error) -> Error {
    match error.as_database_error() {
        Some(it) if it.is_unique_violation() && it.message().contains("users.email_normalized") => {
            Refusal::field("email", Fault::Taken).into()
        }
        _ => error.into(),
    }
}
