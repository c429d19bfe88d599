//! Plain text and HTML of messages: sealed one by one, or together and packed by what a campaign's messages have in common. They lie
//! beside the row of the message, which is written again with each step of its deliveries.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::MessageId;
use sqlx::SqliteConnection;

use crate::Store;
use crate::error::Error;
use crate::persons::Opener;
use crate::tx::Tx;
use crate::vault::{Dictionary, Place};

/// How many dictionaries are kept at hand.
const KEPT: usize = 32;

/// The dictionaries that were used last, by the content of a campaign.
#[derive(Default)]
pub(crate) struct Dictionaries(Mutex<HashMap<i64, Arc<Dictionary>>>);

/// The bodies of a message as they are stored.
#[derive(sqlx::FromRow)]
pub(crate) struct Sealed {
    body_text: Option<Vec<u8>>,
    body_html: Option<Vec<u8>>,
    bodies: Option<Vec<u8>>,
    content_id: Option<i64>,
}

/// The bodies of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bodies {
    pub text: String,
    pub html: String,
}

/// The columns of [`Sealed`], of `messages` under the name `m` and of what [`texts`] joins to it.
macro_rules! bodies {
    () => {
        "s.body_text, s.body_html, s.bodies, m.content_id"
    };
}
pub(crate) use bodies;

/// What a message `m` says, under the name `s`; drafts and what was erased say nothing.
macro_rules! texts {
    () => {
        " LEFT JOIN message_texts s ON s.message_id = m.id "
    };
}
pub(crate) use texts;

impl Sealed {
    /// The dictionary that opens them, if they need one.
    pub async fn dictionary(&self, store: &Store, connection: &mut SqliteConnection) -> Result<Option<Arc<Dictionary>>, Error> {
        match (self.content_id, &self.bodies) {
            (Some(content), Some(_)) => Ok(Some(dictionary(store, connection, content).await?)),
            _ => Ok(None),
        }
    }

    /// The content of a campaign that they were made from.
    pub fn content(&self) -> Option<i64> {
        self.content_id
    }

    /// Opens them.
    pub fn open(&self, opener: &Opener<'_>, id: MessageId, dictionary: Option<&Dictionary>) -> Result<Bodies, Error> {
        if let Some(sealed) = &self.bodies {
            let opened = opener.open_by(bodies_of(id), sealed, dictionary)?;
            return unpacked(&opened).ok_or(Error::Damaged { table: "messages", column: "bodies", row: id.0 });
        }
        Ok(Bodies {
            text: self.body_text.as_ref().map(|it| opener.open_text(text_of(id), it)).transpose()?.unwrap_or_default(),
            html: self.body_html.as_ref().map(|it| opener.open_text(html_of(id), it)).transpose()?.unwrap_or_default(),
        })
    }
}

/// Keeps what a message says, in the place of what it said before: plain text and HTML, each sealed by itself.
pub(crate) async fn put(tx: &mut Tx, id: MessageId, seal: &Opener<'_>, text: &str, html: &str) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO message_texts (message_id, body_text, body_html) VALUES ($1, $2, $3)
         ON CONFLICT (message_id) DO UPDATE SET body_text = excluded.body_text, body_html = excluded.body_html, bodies = NULL",
    )
    .bind(id.0)
    .bind(seal.seal_text(text_of(id), text)?)
    .bind(seal.seal_text(html_of(id), html)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Keeps what a message of a campaign says, in the place of what it said before: both bodies, packed and sealed together.
pub(crate) async fn put_packed(tx: &mut Tx, id: MessageId, sealed: &[u8]) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO message_texts (message_id, bodies) VALUES ($1, $2)
         ON CONFLICT (message_id) DO UPDATE SET body_text = NULL, body_html = NULL, bodies = excluded.bodies",
    )
    .bind(id.0)
    .bind(sealed)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets what a message says, as when it is written anew.
pub(crate) async fn delete(tx: &mut Tx, id: MessageId) -> Result<(), Error> {
    sqlx::query("DELETE FROM message_texts WHERE message_id = $1").bind(id.0).execute(&mut **tx).await?;
    Ok(())
}

/// The dictionary of a campaign's content.
pub(crate) async fn dictionary(store: &Store, connection: &mut SqliteConnection, content: i64) -> Result<Arc<Dictionary>, Error> {
    let kept = || store.dictionaries().0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(dictionary) = kept().get(&content) {
        return Ok(dictionary.clone());
    }
    let sealed: Vec<u8> =
        sqlx::query_scalar("SELECT common FROM campaign_contents WHERE id = $1").bind(content).fetch_one(connection).await?;
    let common = store.vault().open_value(common_of(content), &sealed)?;
    let dictionary = Arc::new(Dictionary::new(&common));
    let mut kept = kept();
    if KEPT <= kept.len() {
        kept.clear();
    }
    kept.insert(content, dictionary.clone());
    Ok(dictionary)
}

/// Both bodies in one value: the length of the text, the text, the HTML.
pub(crate) fn packed(text: &str, html: &str) -> Vec<u8> {
    [&(text.len() as u32).to_le_bytes(), text.as_bytes(), html.as_bytes()].concat()
}

fn unpacked(opened: &[u8]) -> Option<Bodies> {
    // What was erased is empty.
    let Some((length, rest)) = opened.split_first_chunk::<4>() else { return Some(Bodies::default()) };
    let (text, html) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    Some(Bodies { text: String::from_utf8(text.to_vec()).ok()?, html: String::from_utf8(html.to_vec()).ok()? })
}

fn text_of(id: MessageId) -> Place {
    Place { table: "messages", column: "body_text", row: id.0 }
}

fn html_of(id: MessageId) -> Place {
    Place { table: "messages", column: "body_html", row: id.0 }
}

pub(crate) fn bodies_of(id: MessageId) -> Place {
    Place { table: "messages", column: "bodies", row: id.0 }
}

pub(crate) fn common_of(content: i64) -> Place {
    Place { table: "campaign_contents", column: "common", row: content }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_bodies_in_one_come_apart_again() {
        for (text, html) in [("", ""), ("Dobrý deň", "<p>Dobrý deň</p>"), ("žltý", ""), ("", "kôň")] {
            let bodies = unpacked(&packed(text, html)).unwrap();
            assert_eq!((bodies.text.as_str(), bodies.html.as_str()), (text, html));
        }
        assert_eq!(unpacked(&[]), Some(Bodies::default()));
        assert_eq!(unpacked(&[9, 0, 0, 0, b'a']), None);
    }
}
