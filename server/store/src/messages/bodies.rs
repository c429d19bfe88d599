//! Plain text and HTML of messages: sealed one by one, or together and packed by what a campaign's messages have in common.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::MessageId;
use sqlx::SqliteConnection;

use super::{html_of, text_of};
use crate::Store;
use crate::error::Error;
use crate::persons::Opener;
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

/// The columns of [`Sealed`], of `messages` under the name `m`.
macro_rules! bodies {
    () => {
        "m.body_text, m.body_html, m.bodies, m.content_id"
    };
}
pub(crate) use bodies;

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
