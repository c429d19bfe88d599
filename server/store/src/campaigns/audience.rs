//! The audience of a campaign: gathered batch by batch, listed group by group.

mod list;

use std::collections::{HashMap, HashSet};

use model::person::ERASED_ADDRESS;
use model::{CampaignId, Channel, ConsentState, ContactFilter, ContactId, Got, Language, LeftOut};
use sha2::{Digest, Sha256};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

pub(super) use list::left_out;
pub use list::{changed, counts, page};

use super::contents::version_of;
use crate::codes::Code;
use crate::contacts::filter;
use crate::error::Error;
use crate::tx::Tx;

/// How many rows one statement inserts.
const ROWS: usize = 500;

/// Somebody who may come into an audience.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The contact.
    pub contact: ContactId,
    /// Its revision.
    pub revision: i64,
    /// Its name.
    pub name: String,
    /// The address for marketing, else the general one, else the first.
    pub address: Option<String>,
    /// Its language, if known.
    pub language: Option<Language>,
    /// Whether it wants no bulk messages.
    pub no_bulk: bool,
    /// What is known about its consent on the channel.
    pub consent: ConsentState,
}

/// Somebody in an audience, as gathered.
#[derive(Clone, Debug)]
pub struct NewRecipient {
    /// The contact and its revision, unless the address was typed and belongs to nobody.
    pub contact: Option<(ContactId, i64)>,
    /// The name; may be empty.
    pub name: String,
    /// The address as it is or was typed.
    pub address: String,
    /// What tells addresses apart; nothing for those who are left out.
    pub key: Option<i64>,
    /// The language they are written to in.
    pub language: Language,
    /// Why they get nothing, if so.
    pub left_out: Option<LeftOut>,
}

/// What tells addresses of an audience apart: the first 63 bits of the SHA-256 of the normalised address.
pub fn key(normalized: &str) -> i64 {
    let hash = Sha256::digest(normalized.as_bytes());
    hash.first_chunk::<8>().map_or(0, |it| i64::from_be_bytes(*it) & i64::MAX)
}

/// Takes out up to `n` of those who were gathered and of whom nothing was made; tells how many went.
///
/// # Errors
/// Fails when the database fails.
pub async fn clear(tx: &mut Tx, id: CampaignId, n: u32) -> Result<u64, Error> {
    let mut cleared = 0;
    for fate in ["gathered", "set_apart", "left_out"] {
        cleared += sqlx::query(
            "DELETE FROM campaign_recipients WHERE campaign_id = $1 AND place IN (
                 SELECT place FROM campaign_recipients WHERE campaign_id = $1 AND fate = $2 AND message_id IS NULL LIMIT $3)",
        )
        .bind(id.0)
        .bind(fate)
        .bind(n)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    }
    Ok(cleared)
}

/// These contacts as an audience sees them, in the order of their ids; those who are in it already are left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn candidates(
    connection: &mut SqliteConnection,
    id: CampaignId,
    channel: Channel,
    contacts: &[ContactId],
) -> Result<Vec<Candidate>, Error> {
    type Found = (i64, i64, String, Option<String>, Option<String>, bool, String, String);
    let ids: Vec<i64> = contacts.iter().map(|it| it.0).collect();
    let rows: Vec<Found> = sqlx::query_as(
        "SELECT c.id, c.revision, c.name,
                (SELECT a.value FROM addresses a WHERE a.contact_id = c.id AND a.channel = $3
                 ORDER BY a.purpose = 'marketing' DESC, a.purpose = 'general' DESC, a.place LIMIT 1),
                c.language, c.no_bulk, c.consent_email, c.consent_sms
         FROM json_each($2) j CROSS JOIN contacts c ON c.id = j.value
         WHERE NOT EXISTS (SELECT 1 FROM campaign_recipients r WHERE r.contact_id = c.id AND r.campaign_id = $1)
         ORDER BY c.id",
    )
    .bind(id.0)
    .bind(serde_json::to_string(&ids)?)
    .bind(channel.code())
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(id, revision, name, address, language, no_bulk, by_email, by_sms)| {
            Ok(Candidate {
                contact: ContactId(id),
                revision,
                name,
                address,
                language: language.as_deref().map(Code::from_code).transpose()?,
                no_bulk,
                consent: Code::from_code(if channel == Channel::Email { &by_email } else { &by_sms })?,
            })
        })
        .collect()
}

/// Those of these contacts that a filter lets through; what it asks about segments must have been looked up.
///
/// # Errors
/// Fails when the database fails.
pub async fn matching(
    connection: &mut SqliteConnection,
    asked: &ContactFilter,
    contacts: &[ContactId],
) -> Result<HashSet<ContactId>, Error> {
    let ids: Vec<i64> = contacts.iter().map(|it| it.0).collect();
    let mut sql = filter::begin("SELECT c.id", asked);
    sql.push(" AND c.id IN (SELECT value FROM json_each(").push_bind(serde_json::to_string(&ids)?).push("))");
    let found: Vec<i64> = sql.build_query_scalar().fetch_all(connection).await?;
    Ok(found.into_iter().map(ContactId).collect())
}

/// Whether a message `m` was made from a version of a campaign's content, or carries its files: the second parameter, when there is
/// one.
macro_rules! of_version {
    () => {
        concat!(
            "($2 IS NULL OR ",
            version_of!(),
            " = (SELECT id FROM campaign_contents WHERE campaign_id = $1 AND version = $2))"
        )
    };
}

/// Whether a recipient `r` reacted like this: the parameter of that number, when there is one.
macro_rules! reacted {
    ($n:literal) => {
        concat!(" AND ($", $n, " IS NULL OR r.reaction IN (SELECT value FROM json_each($", $n, ")))")
    };
}

fn reacted(got: Got) -> Result<Option<String>, Error> {
    Ok(got.reaction.map(|it| serde_json::to_string(crate::reactions::codes(it))).transpose()?)
}

/// Up to `n` of those to whom a message of a campaign was sent, or of a version of it, behind a place: place, contact, name and address.
/// Whoever was erased since is nobody.
///
/// # Errors
/// Fails when the database fails.
pub async fn got(
    connection: &mut SqliteConnection,
    got: Got,
    after: i64,
    n: u32,
) -> Result<Vec<(i64, Option<ContactId>, String, String)>, Error> {
    let rows: Vec<(i64, Option<i64>, String, String)> = sqlx::query_as(concat!(
        "SELECT r.place, r.contact_id, r.name, r.address
         FROM campaign_recipients r JOIN messages m ON m.id = r.message_id
         WHERE r.campaign_id = $1 AND r.place > $3 AND m.sent_at IS NOT NULL AND r.address <> $6 AND ",
        of_version!(),
        reacted!(5),
        " ORDER BY r.place LIMIT $4"
    ))
    .bind(got.campaign.0)
    .bind(got.version)
    .bind(after)
    .bind(n)
    .bind(reacted(got)?)
    .bind(ERASED_ADDRESS)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(place, contact, name, address)| (place, contact.map(ContactId), name, address)).collect())
}

/// Those of these addresses, by their keys, to which a message of a campaign was sent, or of a version of it.
///
/// # Errors
/// Fails when the database fails.
pub async fn got_among(connection: &mut SqliteConnection, got: Got, keys: &[i64]) -> Result<HashSet<i64>, Error> {
    let keys: Vec<i64> = sqlx::query_scalar(concat!(
        "SELECT r.address_key FROM json_each($3) j
         CROSS JOIN campaign_recipients r ON r.campaign_id = $1 AND r.address_key = j.value
         CROSS JOIN messages m ON m.id = r.message_id
         WHERE m.sent_at IS NOT NULL AND ",
        of_version!(),
        reacted!(4)
    ))
    .bind(got.campaign.0)
    .bind(got.version)
    .bind(serde_json::to_string(keys)?)
    .bind(reacted(got)?)
    .fetch_all(connection)
    .await?;
    Ok(keys.into_iter().collect())
}

/// Whose address it is already in the audience, for those of these keys that are taken: contact and name or address.
///
/// # Errors
/// Fails when the database fails.
pub async fn holders(
    connection: &mut SqliteConnection,
    id: CampaignId,
    keys: &[i64],
) -> Result<HashMap<i64, (Option<ContactId>, String)>, Error> {
    let rows: Vec<(i64, Option<i64>, String, String)> = sqlx::query_as(
        "SELECT r.address_key, r.contact_id, r.name, r.address FROM json_each($2) j
         CROSS JOIN campaign_recipients r ON r.campaign_id = $1 AND r.address_key = j.value",
    )
    .bind(id.0)
    .bind(serde_json::to_string(keys)?)
    .fetch_all(connection)
    .await?;
    let holder = |(key, contact, name, address): (i64, Option<i64>, String, String)| {
        (key, (contact.map(ContactId), if name.is_empty() { address } else { name }))
    };
    Ok(rows.into_iter().map(holder).collect())
}

/// Puts people into an audience, behind those who are in it.
///
/// # Errors
/// Fails when the database fails.
pub async fn put(tx: &mut Tx, id: CampaignId, recipients: &[NewRecipient]) -> Result<(), Error> {
    let last: Option<i64> = sqlx::query_scalar("SELECT max(place) FROM campaign_recipients WHERE campaign_id = $1")
        .bind(id.0)
        .fetch_one(&mut **tx)
        .await?;
    let mut place = last.unwrap_or(0);
    for some in recipients.chunks(ROWS) {
        let mut sql = QueryBuilder::<Sqlite>::new(
            "INSERT INTO campaign_recipients (campaign_id, place, contact_id, contact_revision, name, address, address_key, language,
                                              fate, reason, other, suppression_id) ",
        );
        sql.push_values(some, |mut row, it| {
            place += 1;
            let (reason, other, suppression) = it.left_out.as_ref().map_or((None, None, None), reason_columns);
            row.push_bind(id.0)
                .push_bind(place)
                .push_bind(it.contact.map(|it| it.0.0))
                .push_bind(it.contact.map(|it| it.1))
                .push_bind(it.name.clone())
                .push_bind(it.address.clone())
                .push_bind(it.key)
                .push_bind(it.language.code())
                .push_bind(if reason.is_some() { "left_out" } else { "gathered" })
                .push_bind(reason)
                .push_bind(other)
                .push_bind(suppression);
        });
        sql.build().execute(&mut **tx).await?;
    }
    Ok(())
}

fn reason_columns(it: &LeftOut) -> (Option<&'static str>, Option<String>, Option<i64>) {
    match it {
        LeftOut::NoAddress => (Some("no_address"), None, None),
        LeftOut::Invalid => (Some("invalid"), None, None),
        LeftOut::Suppressed(by) => (Some("suppressed"), None, by.as_ref().map(|it| it.id.0)),
        LeftOut::NoConsent => (Some("no_consent"), None, None),
        LeftOut::NoBulk => (Some("no_bulk"), None, None),
        LeftOut::Excluded => (Some("excluded"), None, None),
        LeftOut::Duplicate(of) => (Some("duplicate"), Some(of.clone()), None),
        LeftOut::ByHand => (Some("by_hand"), None, None),
    }
}
