//! What prepared messages say, and the hash that an approval covers.

use std::collections::HashMap;

use model::{CampaignId, MessageId};
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;

use crate::Store;
use crate::drafts::subject_of;
use crate::error::Error;
use crate::messages::bodies::{Sealed, bodies, texts};
use crate::persons::Opener;

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
        ", m.person_id, k.wrapped, coalesce(m.anonymized_at, k.destroyed_at) AS destroyed_at
         FROM messages m LEFT JOIN person_keys k ON k.contact_id = m.person_id",
        texts!(),
        "WHERE m.id IN (SELECT value FROM json_each($1))"
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
/// Fails when the database fails; names a damaged message.
pub async fn hash(store: &Store, connection: &mut SqliteConnection, id: CampaignId) -> Result<Vec<u8>, Error> {
    type Piece = (i64, i64, i64, String, String, String, String, Vec<u8>, Option<Vec<u8>>, Option<i64>, Option<i64>);
    let (mut hash, mut last) = (Sha256::new(), 0_i64);
    loop {
        let rows: Vec<Piece> = sqlx::query_as(concat!(
            "SELECT r.place, m.id, m.account_id, m.sender_name, m.sender_address, m.reply_to, t.address, m.subject, s.bodies, m.files_id,
                    m.person_id
             FROM campaign_recipients r
             JOIN messages m ON m.id = r.message_id
             JOIN recipients t ON t.message_id = m.id AND t.place = 0",
            texts!(),
            "WHERE r.campaign_id = $1 AND r.fate = 'prepared' AND r.reason IS NULL AND r.place > $2 ORDER BY r.place LIMIT 1000"
        ))
        .bind(id.0)
        .bind(last)
        .fetch_all(&mut *connection)
        .await?;
        let Some(end) = rows.last() else { return Ok(hash.finalize().to_vec()) };
        last = end.0;
        // A turn of the data key seals anew what belongs to nobody; what lies under the key of a person stays as it is for good.
        let common: Vec<MessageId> = rows.iter().filter(|it| it.10.is_none()).map(|it| MessageId(it.1)).collect();
        let mut common = words(store, &mut *connection, &common).await?;
        for (place, message, account, name, address, reply_to, to, mut subject, mut bodies, files, _) in rows {
            if let Some(said) = common.remove(&MessageId(message)) {
                subject = said.subject.into_bytes();
                bodies = Some([said.text.as_bytes(), &[0], said.html.as_bytes()].concat());
            }
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
