//! The messages that were made for a campaign, and for whom some are still to be made.

use std::collections::HashMap;

use model::{CampaignId, ContactId, Language, MessageId, MissingField, Moment, Origin, UserId};
use sha2::{Digest, Sha256};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::contents::Content;
use crate::Store;
use crate::codes::Code;
use crate::db::next_ids;
use crate::drafts::subject_of;
use crate::error::Error;
use crate::messages::bodies::{Sealed, bodies, bodies_of, dictionary, packed};
use crate::persons::{self, Opener};
use crate::tx::Tx;
use crate::vault::Place;

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
    /// Fields that are missing or doubtful; then it waits apart.
    pub missing: Vec<MissingField>,
    /// Those built alike have the same number.
    pub build: i64,
    /// Message-ID.
    pub header_id: String,
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
                (SELECT count(*) FROM campaign_recipients WHERE campaign_id = $1 AND edited_at IS NOT NULL)",
    )
    .bind(id.0)
    .fetch_one(connection)
    .await?;
    Ok((unsent as u64, edited as u64))
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
                               header_id, subject, bodies, revision, first_recipient, recipients, attachments, created_at, person_id,
                               template_id, template_version, campaign_id, content_id, files_id) ",
    );
    sql.push_values(some, |mut row, (it, subject, bodies)| {
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
            .push_bind(bodies.clone())
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
    sqlx::query(
        "UPDATE messages
         SET subject = $2, bodies = $3, body_text = NULL, body_html = NULL, account_id = $4, sender_name = $5, sender_address = $6,
             reply_to = $7, template_id = $8, template_version = $9, content_id = $10, files_id = $10, revision = revision + 1,
             attachments = (SELECT count(*) FROM attachments WHERE content_id = $10 OR message_id = $1)
         WHERE id = $1 AND state = 'prepared'",
    )
    .bind(it.message.0)
    .bind(subject)
    .bind(bodies)
    .bind(content.account.0)
    .bind(&content.sender_name)
    .bind(&content.sender_address)
    .bind(&content.reply_to)
    .bind(content.template.as_ref().map(|it| it.0.id.0))
    .bind(content.template.as_ref().map(|it| it.0.version))
    .bind(content.id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes with the recipients what was made for them.
async fn mark<'a>(tx: &mut Tx, id: CampaignId, made: impl Iterator<Item = &'a Made>) -> Result<(), Error> {
    let mut rows = Vec::new();
    for it in made {
        let missing = if it.missing.is_empty() { None } else { Some(serde_json::to_string(&it.missing)?) };
        let length = it.subject.chars().count() + it.text.chars().count();
        rows.push((it.wanted.place, it.message.0, it.revision, it.language.code(), it.build, length, missing));
    }
    sqlx::query(
        "UPDATE campaign_recipients
         SET message_id = made.value ->> 1, contact_revision = made.value ->> 2, language = made.value ->> 3, build = made.value ->> 4,
             length = made.value ->> 5, missing = made.value ->> 6,
             fate = CASE WHEN made.value ->> 6 IS NULL THEN 'prepared' ELSE 'set_apart' END
         FROM json_each($2) AS made
         WHERE campaign_id = $1 AND place = made.value ->> 0",
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

/// What a prepared message says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
    /// The content it was made from, when it is stored.
    pub content: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct WordsRow {
    id: i64,
    subject: Vec<u8>,
    #[sqlx(flatten)]
    bodies: Sealed,
    person_id: Option<i64>,
    wrapped: Option<Vec<u8>>,
    destroyed_at: Option<i64>,
}

/// What these messages say; what was erased is empty.
///
/// # Errors
/// Names a damaged one.
pub async fn words(
    store: &Store,
    connection: &mut SqliteConnection,
    messages: &[MessageId],
) -> Result<HashMap<MessageId, Words>, Error> {
    let rows: Vec<WordsRow> = sqlx::query_as(concat!(
        "SELECT m.id, m.subject, ",
        bodies!(),
        ", m.person_id, k.wrapped, k.destroyed_at
         FROM messages m LEFT JOIN person_keys k ON k.contact_id = m.person_id
         WHERE m.id IN (SELECT value FROM json_each($1))"
    ))
    .bind(serde_json::to_string(messages)?)
    .fetch_all(&mut *connection)
    .await?;
    let mut found = HashMap::with_capacity(rows.len());
    for row in rows {
        let id = MessageId(row.id);
        let opener = Opener::of(store, row.person_id, row.wrapped.as_deref(), row.destroyed_at)?;
        let dictionary = row.bodies.dictionary(store, &mut *connection).await?;
        let bodies = row.bodies.open(&opener, id, dictionary.as_deref())?;
        let subject = opener.open_text(subject_of(id), &row.subject)?;
        found.insert(id, Words { subject, text: bodies.text, html: bodies.html, content: row.bodies.content() });
    }
    Ok(found)
}

/// The hash over everything that would leave: who gets it, from whom, what it says, which files. Any change of any of it gives another.
///
/// # Errors
/// Fails when the database fails.
pub async fn hash(connection: &mut SqliteConnection, id: CampaignId) -> Result<Vec<u8>, Error> {
    type Piece = (i64, i64, i64, String, String, String, String, Vec<u8>, Option<Vec<u8>>, Option<i64>);
    let (mut hash, mut last) = (Sha256::new(), 0_i64);
    loop {
        let rows: Vec<Piece> = sqlx::query_as(
            "SELECT r.place, m.id, m.account_id, m.sender_name, m.sender_address, m.reply_to, t.address, m.subject, m.bodies, m.files_id
             FROM campaign_recipients r
             JOIN messages m ON m.id = r.message_id
             JOIN recipients t ON t.message_id = m.id AND t.place = 0
             WHERE r.campaign_id = $1 AND r.fate = 'prepared' AND r.reason IS NULL AND r.place > $2 ORDER BY r.place LIMIT 1000",
        )
        .bind(id.0)
        .bind(last)
        .fetch_all(&mut *connection)
        .await?;
        let Some(end) = rows.last() else { return Ok(hash.finalize().to_vec()) };
        last = end.0;
        for (place, message, account, name, address, reply_to, to, subject, bodies, files) in rows {
            for number in [place, message, account, files.unwrap_or(0)] {
                hash.update(number.to_be_bytes());
            }
            let parts: [&[u8]; 6] = [
                name.as_bytes(),
                address.as_bytes(),
                reply_to.as_bytes(),
                to.as_bytes(),
                &subject,
                bodies.as_deref().unwrap_or_default(),
            ];
            for part in parts {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part);
            }
        }
    }
}

/// Values that a person filled in: place (zero for everybody), path, and the words, or nothing to let a doubtful value stand.
pub type Fills = Vec<(i64, String, Option<String>)>;

/// The values that were filled in for everybody and for these places.
///
/// # Errors
/// Names a damaged one.
pub async fn fills(store: &Store, connection: &mut SqliteConnection, id: CampaignId, places: &[i64]) -> Result<Fills, Error> {
    let rows: Vec<(i64, String, Option<Vec<u8>>)> = sqlx::query_as(
        "SELECT place, path, value FROM campaign_fills
         WHERE campaign_id = $1 AND (place = 0 OR place IN (SELECT value FROM json_each($2))) ORDER BY place",
    )
    .bind(id.0)
    .bind(serde_json::to_string(places)?)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(place, path, value)| {
            let value = value.map(|it| store.vault().open_text(fill_of(id), &it)).transpose()?;
            Ok((place, path, value))
        })
        .collect()
}

/// Fills a value in, for everybody (place zero) or for one.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_fill(
    store: &Store,
    tx: &mut Tx,
    id: CampaignId,
    place: i64,
    path: &str,
    value: Option<&str>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO campaign_fills (campaign_id, place, path, value) VALUES ($1, $2, $3, $4)
         ON CONFLICT (campaign_id, place, path) DO UPDATE SET value = excluded.value",
    )
    .bind(id.0)
    .bind(place)
    .bind(path)
    .bind(value.map(|it| store.vault().seal_text(fill_of(id), it)).transpose()?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn fill_of(id: CampaignId) -> Place {
    Place { table: "campaign_fills", column: "value", row: id.0 }
}

/// Deletes up to `n` messages that have not been let go, for good, and takes their recipients out of the audience; tells how many went.
///
/// # Errors
/// Fails when the database fails.
pub async fn discard(tx: &mut Tx, id: CampaignId, n: u32) -> Result<u64, Error> {
    sqlx::query(
        "DELETE FROM campaign_recipients WHERE campaign_id = $1 AND message_id IN (
             SELECT id FROM messages WHERE campaign_id = $1 AND state = 'prepared' ORDER BY id LIMIT $2)",
    )
    .bind(id.0)
    .bind(n)
    .execute(&mut **tx)
    .await?;
    let rows = sqlx::query(
        "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE campaign_id = $1 AND state = 'prepared' ORDER BY id LIMIT $2)",
    )
    .bind(id.0)
    .bind(n)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows)
}

/// Forgets what was filled in, looked at and frozen, after everything was discarded.
///
/// # Errors
/// Fails when the database fails.
pub async fn forget(tx: &mut Tx, id: CampaignId) -> Result<(), Error> {
    for sql in [
        "DELETE FROM campaign_recipients WHERE campaign_id = $1",
        "DELETE FROM campaign_fills WHERE campaign_id = $1",
        "DELETE FROM campaign_reviews WHERE campaign_id = $1",
        "UPDATE campaigns
         SET content_id = NULL, checked_at = NULL, checked_revision = NULL, messages = 0, ended = 0, approval = 'open',
             approved_hash = NULL, requested_by = NULL, requested_at = NULL, decided_by = NULL, decided_at = NULL, comment = ''
         WHERE id = $1",
    ] {
        sqlx::query(sql).bind(id.0).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Gives the files of a content to all messages that have not been let go; tells how many those are.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_files(tx: &mut Tx, id: CampaignId, content: i64) -> Result<u64, Error> {
    let rows = sqlx::query(
        "UPDATE messages
         SET files_id = $2, revision = revision + 1,
             attachments = (SELECT count(*) FROM attachments WHERE content_id = $2)
                           + (SELECT count(*) FROM attachments WHERE message_id = messages.id)
         WHERE campaign_id = $1 AND state = 'prepared'",
    )
    .bind(id.0)
    .bind(content)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows)
}

/// Changes one message by hand.
///
/// # Errors
/// Refuses as stale when it was changed since that revision or let go; fails when it was erased.
pub async fn edit(
    store: &Store,
    tx: &mut Tx,
    id: CampaignId,
    (message, revision): (MessageId, i64),
    words: &Words,
    by: UserId,
    now: Moment,
) -> Result<(), Error> {
    let content: Option<i64> = sqlx::query_scalar(
        "SELECT content_id FROM messages WHERE id = $1 AND campaign_id = $2 AND state = 'prepared' AND revision = $3",
    )
    .bind(message.0)
    .bind(id.0)
    .bind(revision)
    .fetch_optional(&mut **tx)
    .await?
    .flatten();
    let content = content.ok_or(model::Refusal::Stale(model::Noun::Message))?;
    let dictionary = dictionary(store, tx, content).await?;
    let seal = persons::opener(store, tx, message).await?;
    sqlx::query("UPDATE messages SET subject = $2, bodies = $3, revision = revision + 1 WHERE id = $1")
        .bind(message.0)
        .bind(seal.seal_text(subject_of(message), &words.subject)?)
        .bind(seal.seal_by(bodies_of(message), &packed(&words.text, &words.html), &dictionary)?)
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "UPDATE campaign_recipients
         SET edited_by = $3, edited_at = $4, missing = NULL, length = $5, fate = CASE fate WHEN 'set_apart' THEN 'prepared' ELSE fate END
         WHERE campaign_id = $1 AND message_id = $2",
    )
    .bind(id.0)
    .bind(message.0)
    .bind(by.0)
    .bind(now.0)
    .bind((words.subject.chars().count() + words.text.chars().count()) as i64)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes messages that have not been let go out (`true`) or puts them back; tells how many. Without messages all that wait for values.
///
/// # Errors
/// Fails when the database fails.
pub async fn exclude(tx: &mut Tx, id: CampaignId, messages: Option<&[MessageId]>, is_excluded: bool) -> Result<u64, Error> {
    let sql = match (messages, is_excluded) {
        (None, _) => {
            "UPDATE campaign_recipients SET fate = 'left_out', reason = 'by_hand'
             WHERE campaign_id = $1 AND fate = 'set_apart' AND reason IS NULL AND $2 = $2"
        }
        (Some(_), true) => {
            "UPDATE campaign_recipients SET fate = 'left_out', reason = 'by_hand'
             WHERE campaign_id = $1 AND fate IN ('prepared', 'set_apart') AND message_id IN (
                 SELECT id FROM messages WHERE id IN (SELECT value FROM json_each($2)) AND state = 'prepared')"
        }
        (Some(_), false) => {
            "UPDATE campaign_recipients
             SET reason = NULL, fate = CASE WHEN missing IS NULL THEN 'prepared' ELSE 'set_apart' END
             WHERE campaign_id = $1 AND fate = 'left_out' AND reason = 'by_hand' AND message_id IN (
                 SELECT id FROM messages WHERE id IN (SELECT value FROM json_each($2)) AND state = 'prepared')"
        }
    };
    let rows = sqlx::query(sql)
        .bind(id.0)
        .bind(serde_json::to_string(messages.unwrap_or_default())?)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    Ok(rows)
}

/// Counts the files of a message anew.
///
/// # Errors
/// Fails when the database fails.
pub async fn count_files(tx: &mut Tx, message: MessageId) -> Result<(), Error> {
    sqlx::query(
        "UPDATE messages
         SET attachments = (SELECT count(*) FROM attachments WHERE message_id = $1 OR content_id = messages.files_id)
         WHERE id = $1",
    )
    .bind(message.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts the copy of a message into its place in the campaign, so that it is let go as the other was.
///
/// # Errors
/// Fails when the database fails.
pub async fn adopt(tx: &mut Tx, id: CampaignId, old: MessageId, copy: MessageId) -> Result<(), Error> {
    sqlx::query("UPDATE messages SET campaign_id = $1 WHERE id = $2").bind(id.0).bind(copy.0).execute(&mut **tx).await?;
    sqlx::query("UPDATE campaign_recipients SET message_id = $3 WHERE campaign_id = $1 AND message_id = $2")
        .bind(id.0)
        .bind(old.0)
        .bind(copy.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
