//! Contacts that seem to be the same.
//!
//! What they share stands in an index for each reason. It is read in portions in its own order, so that a page of groups costs the same
//! among a thousand contacts and among a million; groups that somebody found not to be the same are passed over.

mod merge;

use model::{
    AddressHolder, ContactId, DuplicateGroup, DuplicatePage, DuplicatePlace, DuplicateReason, EmailAddress, GROUP_ROWS,
    PhoneNumber,
};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

pub use self::merge::{merge, survivor};
use crate::codes::Code;
use crate::contacts::lines::{self, LINE, LineRow};
use crate::error::Error;
use crate::tx::Tx;

/// How many entries of an index are read for one page at most.
const PORTION: i64 = 40_000;
/// How many groups a page has at most.
const GROUPS: usize = 20;

/// The entries of one index behind a key, as `key` and `id`, in the order of the keys.
macro_rules! entries {
    ($table:literal, $key:literal, $id:literal, $where:literal) => {
        concat!(
            "(SELECT ",
            $key,
            " AS key, ",
            $id,
            " AS id FROM ",
            $table,
            " WHERE ",
            $where,
            " AND ",
            $key,
            " >= $1 ORDER BY ",
            $key,
            " LIMIT $2)"
        )
    };
}

/// The statements of one reason.
struct Statements {
    /// Keys that several contacts share and that are not all dismissed.
    groups: &'static str,
    /// The last key that was read, and how many entries were.
    end: &'static str,
    /// The contacts of a key.
    members: &'static str,
}

macro_rules! statements {
    ($table:literal, $key:literal, $id:literal, $where:literal) => {
        Statements {
            groups: concat!(
                "SELECT e.key, count(DISTINCT e.id) AS n
                 FROM ",
                entries!($table, $key, $id, $where),
                " e
                 LEFT JOIN duplicates_dismissed d ON d.reason = $3 AND d.key = e.key AND d.contact_id = e.id
                 GROUP BY e.key HAVING 1 < n AND 0 < sum(d.contact_id IS NULL)
                 ORDER BY e.key LIMIT $4"
            ),
            end: concat!("SELECT max(key), count(*) FROM ", entries!($table, $key, $id, $where)),
            members: concat!("SELECT DISTINCT ", $id, " AS id FROM ", $table, " WHERE ", $where, " AND ", $key, " = "),
        }
    };
}

fn statements(reason: DuplicateReason) -> Statements {
    match reason {
        DuplicateReason::Email => statements!("addresses", "normalized", "contact_id", "channel = 'email'"),
        DuplicateReason::Phone => statements!("addresses", "normalized", "contact_id", "channel = 'sms'"),
        DuplicateReason::Name => statements!("contacts", "name_key", "id", "name_key <> ''"),
        DuplicateReason::RegistrationNumber => {
            statements!("contacts", "registration_key", "id", "registration_key <> ''")
        }
    }
}

/// Groups from a place on.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, place: &DuplicatePlace) -> Result<DuplicatePage, Error> {
    let of = statements(place.reason);
    let (last, read): (Option<String>, i64) =
        sqlx::query_as(of.end).bind(&place.from).bind(PORTION).fetch_one(&mut *connection).await?;
    // The last key of a full portion may have more contacts behind it: it begins the next portion, unless it fills this one alone.
    let cut = last.filter(|it| read == PORTION && *it != place.from);
    let keys: Vec<(String, i64)> = sqlx::query_as(of.groups)
        .bind(&place.from)
        .bind(PORTION)
        .bind(place.reason.code())
        .bind(GROUPS as i64 + 1)
        .fetch_all(&mut *connection)
        .await?;
    let whole = |key: &str| cut.as_deref().is_none_or(|cut| key < cut);
    let found: Vec<&(String, i64)> = keys.iter().filter(|it| whole(&it.0)).collect();
    let next = match found.get(GROUPS) {
        Some((key, _)) => Some(key.clone()),
        None if read < PORTION => None,
        None => Some(cut.clone().unwrap_or_else(|| format!("{}\u{1}", place.from))),
    };
    let mut groups = Vec::new();
    for (key, n) in found.into_iter().take(GROUPS) {
        let contacts = members(connection, of.members, key).await?;
        groups.push(DuplicateGroup { reason: place.reason, key: key.clone(), contacts, count: *n as u32 });
    }
    Ok(DuplicatePage { groups, next: next.map(|from| DuplicatePlace { reason: place.reason, from }) })
}

async fn members(
    connection: &mut SqliteConnection,
    statement: &'static str,
    key: &str,
) -> Result<Vec<model::ContactLine>, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT ");
    sql.push(LINE).push(", '' AS sort_key FROM (").push(statement).push_bind(key.to_owned());
    sql.push(") s CROSS JOIN contacts c ON c.id = s.id LEFT JOIN users u ON u.id = c.owner_id ORDER BY c.id LIMIT ");
    sql.push_bind(GROUP_ROWS as i64);
    let rows: Vec<LineRow> = sql.build_query_as().fetch_all(&mut *connection).await?;
    lines::of(connection, rows).await
}

/// Remembers that the contacts of a group are not the same, and tells how many those are.
///
/// # Errors
/// Fails when the database fails.
pub async fn dismiss(tx: &mut Tx, reason: DuplicateReason, key: &str) -> Result<u32, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new("INSERT INTO duplicates_dismissed (reason, key, contact_id) SELECT ");
    sql.push_bind(reason.code()).push(", ").push_bind(key.to_owned()).push(", id FROM (");
    sql.push(statements(reason).members).push_bind(key.to_owned()).push(") WHERE 1 = 1 ON CONFLICT DO NOTHING");
    Ok(sql.build().execute(&mut **tx).await?.rows_affected() as u32)
}

/// Who has these addresses and numbers already, besides one contact; for each the one that has had it longest.
///
/// # Errors
/// Fails when the database fails.
pub async fn holders(
    connection: &mut SqliteConnection,
    emails: &[EmailAddress],
    phones: &[PhoneNumber],
    besides: Option<ContactId>,
) -> Result<Vec<AddressHolder>, Error> {
    let emails = emails.iter().map(|it| ("email", it.as_str(), it.normalized()));
    let phones = phones.iter().map(|it| ("sms", it.as_str(), it.as_str().to_owned()));
    let mut holders = Vec::new();
    for (channel, text, normalized) in emails.chain(phones) {
        let row: Option<(i64, String)> = sqlx::query_as(
            "SELECT c.id, c.name FROM addresses a JOIN contacts c ON c.id = a.contact_id
             WHERE a.channel = $1 AND a.normalized = $2 AND a.contact_id IS NOT $3
             ORDER BY c.id LIMIT 1",
        )
        .bind(channel)
        .bind(normalized)
        .bind(besides.map(|it| it.0))
        .fetch_optional(&mut *connection)
        .await?;
        holders.extend(row.map(|(id, name)| AddressHolder { text: text.to_owned(), contact: ContactId(id), name }));
    }
    Ok(holders)
}
