//! The messages that were made for a campaign, and for whom some are still to be made.

mod fills;
mod mend;
mod words;

use std::collections::HashMap;

use model::{CampaignId, ContactId, Language, MessageId, MissingField, Moment, Origin, UserId};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

pub use fills::{Fills, fills, set_fill};
pub use mend::{adopt, campaigns_of, count_files, discard, edit, exclude, forget, note_same, set_files, set_parts};
pub use words::{Words, hash, words};

use super::contents::Content;
use crate::Store;
use crate::codes::Code;
use crate::db::next_ids;
use crate::drafts::subject_of;
use crate::error::Error;
use crate::messages::bodies::{bodies_of, dictionary, packed, put_packed};
use crate::persons::{self, Opener};
use crate::tx::Tx;

/// How many rows one statement inserts.
const ROWS: usize = 250;

/// Somebody for whom a message is to be made.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Place in the audience.
    pub place: i64,
    /// The contact, unless the address was typed and belongs to nobody.
    pub contact: Option<ContactId>,
    /// The name; may be empty.
    pub name: String,
    /// The address.
    pub address: String,
    /// The language they are written to in.
    pub language: Language,
    /// The message, when it is made anew.
    pub message: Option<MessageId>,
}

/// A message that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// For whom.
    pub wanted: Wanted,
    /// Its id.
    pub message: MessageId,
    /// The revision of the contact it was made from.
    pub revision: Option<i64>,
    /// The language it speaks.
    pub language: Language,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
    /// In how many parts a text message leaves; zero for mails.
    pub parts: u32,
    /// Fields that are missing or doubtful; then it waits apart.
    pub missing: Vec<MissingField>,
    /// Those built alike have the same number.
    pub build: i64,
    /// Message-ID.
    pub header_id: String,
    /// Whether the reactions to it are known by name.
    pub is_named: bool,
}

/// Gives out ids for so many messages and tells the first.
///
/// # Errors
/// Fails when the database fails.
pub async fn next_messages(tx: &mut Tx, n: usize) -> Result<MessageId, Error> {
    Ok(MessageId(next_ids(tx, "messages", n).await? - n as i64 + 1))
}

/// Up to `n` of those behind a place for whom nothing was made yet.
///
/// # Errors
/// Fails when the database fails.
pub async fn gathered(connection: &mut SqliteConnection, id: CampaignId, after: i64, n: u32) -> Result<Vec<Wanted>, Error> {
    let rows = sqlx::query_as(
        "SELECT place, contact_id, name, address, language, message_id FROM campaign_recipients
         WHERE campaign_id = $1 AND fate = 'gathered' AND reason IS NULL AND place > $2 ORDER BY place LIMIT $3",
    )
    .bind(id.0)
    .bind(after)
    .bind(n)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(wanted).collect()
}

/// Up to `n` of those behind a place whose message can be made anew: it has not been let go and was not edited by hand. Only those that
/// wait for values, when that is asked.
///
/// # Errors
/// Fails when the database fails.
pub async fn unsent(
    connection: &mut SqliteConnection,
    id: CampaignId,
    only_set_apart: bool,
    after: i64,
    n: u32,
) -> Result<Vec<Wanted>, Error> {
    let rows = sqlx::query_as(
        "SELECT r.place, r.contact_id, r.name, r.address, r.language, r.message_id
         FROM campaign_recipients r JOIN messages m ON m.id = r.message_id
         WHERE r.campaign_id = $1 AND r.place > $2 AND r.edited_at IS NULL AND m.state = 'prepared'
           AND (r.fate = 'set_apart' OR (r.fate = 'prepared' AND $3 = 0))
         ORDER BY r.place LIMIT $4",
    )
    .bind(id.0)
    .bind(after)
    .bind(only_set_apart)
    .bind(n)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(wanted).collect()
}

fn wanted(row: (i64, Option<i64>, String, String, String, Option<i64>)) -> Result<Wanted, Error> {
    let (place, contact, name, address, language, message) = row;
    Ok(Wanted {
        place,
        contact: contact.map(ContactId),
        name,
        address,
        language: Code::from_code(&language)?,
        message: message.map(MessageId),
    })
}

/// How many messages have not been let go, and how many of those were edited by hand.
///
/// # Errors
/// Fails when the database fails.
pub async fn count_unsent(connection: &mut SqliteConnection, id: CampaignId) -> Result<(u64, u64), Error> {
    let (unsent, edited): (i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM messages WHERE campaign_id = $1 AND state = 'prepared'),
                (SELECT count(*) FROM campaign_recipients r JOIN messages m ON m.id = r.message_id
                 WHERE r.campaign_id = $1 AND r.edited_at IS NOT NULL AND m.state = 'prepared')",
    )
    .bind(id.0)
    .fetch_one(connection)
    .await?;
    Ok((unsent as u64, edited as u64))
}

/// Whether it is no longer known to whom a message of the campaign was made, because its time was over.
///
/// # Errors
/// Fails when the database fails.
pub async fn any_forgotten(connection: &mut SqliteConnection, id: CampaignId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM campaign_recipients
                        WHERE campaign_id = $1 AND fate = 'prepared' AND address_key IS NULL AND message_id IS NOT NULL)",
    )
    .bind(id.0)
    .fetch_one(connection)
    .await?)
}

/// The keys of these persons, made for those who have none; those who were erased get none.
async fn seals(store: &Store, tx: &mut Tx, made: &[Made]) -> Result<HashMap<i64, Opener<'static>>, Error> {
    let mut seals = HashMap::with_capacity(made.len());
    for contact in made.iter().filter_map(|it| it.wanted.contact) {
        match persons::ensure(store, tx, contact).await {
            Ok(seal) => {
                seals.insert(contact.0, Opener::Personal(seal));
            }
            Err(Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(seals)
}

/// Keeps messages that were made, or puts them in the place of earlier ones; those of persons who were erased meanwhile are left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn put(
    store: &Store,
    tx: &mut Tx,
    id: CampaignId,
    content: &Content,
    author: UserId,
    made: &[Made],
    now: Moment,
) -> Result<(), Error> {
    let dictionary = dictionary(store, tx, content.id).await?;
    let seals = seals(store, tx, made).await?;
    let common = Opener::Common(store.vault());
    let seal_of = |it: &Made| match it.wanted.contact {
        Some(contact) => seals.get(&contact.0),
        None => Some(&common),
    };
    let (mut new, mut anew) = (Vec::new(), Vec::new());
    for it in made {
        let Some(seal) = seal_of(it) else { continue };
        let subject = seal.seal_text(subject_of(it.message), &it.subject)?;
        let bodies = seal.seal_by(bodies_of(it.message), &packed(&it.text, &it.html), &dictionary)?;
        if it.wanted.message.is_some() { anew.push((it, subject, bodies)) } else { new.push((it, subject, bodies)) }
    }
    for some in new.chunks(ROWS) {
        insert(tx, id, content, author, some, now).await?;
    }
    for (it, subject, bodies) in &anew {
        replace(tx, content, it, subject, bodies).await?;
    }
    if !anew.is_empty() {
        let ids: Vec<MessageId> = anew.iter().map(|it| it.0.message).collect();
        crate::search_jobs::add_remade(tx, id, Some(&ids)).await?;
    }
    mark(tx, id, new.iter().chain(&anew).map(|it| it.0)).await
}

async fn insert(
    tx: &mut Tx,
    id: CampaignId,
    content: &Content,
    author: UserId,
    some: &[(&Made, Vec<u8>, Vec<u8>)],
    now: Moment,
) -> Result<(), Error> {
    let mut sql = QueryBuilder::<Sqlite>::new(
        "INSERT INTO messages (id, channel, origin, state, author_id, contact_id, account_id, sender_name, sender_address, reply_to,
                               header_id, subject, revision, first_recipient, recipients, attachments, created_at, person_id,
                               template_id, template_version, campaign_id, content_id, files_id) ",
    );
    sql.push_values(some, |mut row, (it, subject, _)| {
        let name = if it.wanted.name.is_empty() { &it.wanted.address } else { &it.wanted.name };
        row.push_bind(it.message.0)
            .push_bind(content.draft.channel.code())
            .push_bind(Origin::Campaign.code())
            .push_bind("prepared")
            .push_bind(author.0)
            .push_bind(it.wanted.contact.map(|it| it.0))
            .push_bind(content.account.0)
            .push_bind(content.sender_name.clone())
            .push_bind(content.sender_address.clone())
            .push_bind(content.reply_to.clone())
            .push_bind(it.header_id.clone())
            .push_bind(subject.clone())
            .push_bind(0)
            .push_bind(name.clone())
            .push_bind(1)
            .push_bind(0)
            .push_bind(now.0)
            .push_bind(it.wanted.contact.map(|it| it.0))
            .push_bind(content.template.as_ref().map(|it| it.0.id.0))
            .push_bind(content.template.as_ref().map(|it| it.0.version))
            .push_bind(id.0)
            .push_bind(content.id)
            .push_bind(content.id);
    });
    sql.build().execute(&mut **tx).await?;
    let mut sql = QueryBuilder::<Sqlite>::new("INSERT INTO message_texts (message_id, bodies) ");
    sql.push_values(some, |mut row, (it, _, bodies)| {
        row.push_bind(it.message.0).push_bind(bodies.clone());
    });
    sql.build().execute(&mut **tx).await?;
    let mut sql = QueryBuilder::<Sqlite>::new("INSERT INTO recipients (message_id, place, role, name, address, contact_id) ");
    sql.push_values(some, |mut row, (it, _, _)| {
        row.push_bind(it.message.0)
            .push_bind(0)
            .push_bind("to")
            .push_bind(it.wanted.name.clone())
            .push_bind(it.wanted.address.clone())
            .push_bind(it.wanted.contact.map(|it| it.0));
    });
    sql.build().execute(&mut **tx).await?;
    // How many files they carry is the same for all of them.
    let ids: Vec<i64> = some.iter().map(|it| it.0.message.0).collect();
    sqlx::query(
        "UPDATE messages SET attachments = (SELECT count(*) FROM attachments WHERE content_id = $1)
         WHERE id IN (SELECT value FROM json_each($2)) AND EXISTS (SELECT 1 FROM attachments WHERE content_id = $1)",
    )
    .bind(content.id)
    .bind(serde_json::to_string(&ids)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn replace(tx: &mut Tx, content: &Content, it: &Made, subject: &[u8], bodies: &[u8]) -> Result<(), Error> {
    let rows = sqlx::query(
        "UPDATE messages
         SET subject = $2, account_id = $3, sender_name = $4, sender_address = $5, reply_to = $6, template_id = $7,
             template_version = $8, content_id = $9, files_id = $9, revision = revision + 1,
             attachments = (SELECT count(*) FROM attachments WHERE content_id = $9 OR message_id = $1)
         WHERE id = $1 AND state = 'prepared'",
    )
    .bind(it.message.0)
    .bind(subject)
    .bind(content.account.0)
    .bind(&content.sender_name)
    .bind(&content.sender_address)
    .bind(&content.reply_to)
    .bind(content.template.as_ref().map(|it| it.0.id.0))
    .bind(content.template.as_ref().map(|it| it.0.version))
    .bind(content.id)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    // One that was let go meanwhile says what it said.
    if 0 < rows {
        put_packed(tx, it.message, bodies).await?;
    }
    Ok(())
}

/// Notes with the recipients what was made for them.
async fn mark<'a>(tx: &mut Tx, id: CampaignId, made: impl Iterator<Item = &'a Made>) -> Result<(), Error> {
    let mut rows = Vec::new();
    for it in made {
        let missing = if it.missing.is_empty() { None } else { Some(serde_json::to_string(&it.missing)?) };
        let length = it.subject.chars().count() + it.text.chars().count();
        rows.push((
            it.wanted.place,
            it.message.0,
            it.revision,
            it.language.code(),
            it.build,
            length,
            missing,
            it.parts,
            it.is_named,
        ));
    }
    // Written down first: else all recipients of the campaign would be gone through for each of these.
    sqlx::query(
        "WITH made AS MATERIALIZED (SELECT $1 AS campaign, value FROM json_each($2))
         UPDATE campaign_recipients
         SET message_id = made.value ->> 1, contact_revision = made.value ->> 2, language = made.value ->> 3, build = made.value ->> 4,
             length = made.value ->> 5, missing = made.value ->> 6, parts = made.value ->> 7,
             reaction = CASE WHEN made.value ->> 8 THEN coalesce(reaction, 0) END,
             fate = CASE WHEN made.value ->> 6 IS NULL THEN 'prepared' ELSE 'set_apart' END
         FROM made
         WHERE campaign_id = made.campaign AND place = made.value ->> 0",
    )
    .bind(id.0)
    .bind(serde_json::to_string(&rows)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes what is missing for those who were gathered, without making anything.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_missing(tx: &mut Tx, id: CampaignId, found: &[(i64, Vec<MissingField>)]) -> Result<(), Error> {
    for (place, missing) in found {
        sqlx::query("UPDATE campaign_recipients SET fate = 'set_apart', missing = $3 WHERE campaign_id = $1 AND place = $2")
            .bind(id.0)
            .bind(place)
            .bind(serde_json::to_string(missing)?)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// How many messages to be sent, or sent, leave in how many parts, the fewest parts first; none for mails.
///
/// # Errors
/// Fails when the database fails.
pub async fn by_parts(connection: &mut SqliteConnection, id: CampaignId) -> Result<Vec<(u32, u64)>, Error> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT parts, count(*) FROM campaign_recipients
         WHERE campaign_id = $1 AND fate = 'prepared' AND parts > 0 GROUP BY parts ORDER BY parts",
    )
    .bind(id.0)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(parts, n)| (parts as u32, n as u64)).collect())
}
