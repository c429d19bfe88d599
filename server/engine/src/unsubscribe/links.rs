//! The links themselves.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::{MergeValue, MergeValues, MessageId};

use crate::Engine;

/// How many bytes name the message.
const ID: usize = 8;
/// How many bytes cannot be guessed.
const TAG: usize = 16;
/// How many letters both are in a link (RFC 4648 §5).
const TOKEN: usize = (ID + TAG) / 3 * 4;

/// The links of one message, for whoever got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// To unsubscribe, or to choose what one wants no more.
    pub unsubscribe: String,
    /// To look at the message in the browser.
    pub view: String,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Unsubscribe,
    View,
}

impl Purpose {
    /// How it stands in the address, and in the tag.
    fn word(self) -> &'static str {
        match self {
            Self::Unsubscribe => "unsubscribe",
            Self::View => "view",
        }
    }
}

/// The links of a message. They hold as long as the message is kept and are the same each time.
pub fn links(engine: &Engine, message: MessageId) -> Links {
    Links { unsubscribe: link(engine, message, Purpose::Unsubscribe), view: link(engine, message, Purpose::View) }
}

/// Sets the fields `links.unsubscribe` and `links.view` for a message.
pub fn put_links(engine: &Engine, message: MessageId, values: &mut MergeValues) {
    let links = links(engine, message);
    values.set("links.unsubscribe", MergeValue::Text(links.unsubscribe));
    values.set("links.view", MergeValue::Text(links.view));
}

/// A text with the fields `links.unsubscribe` and `links.view` in the place of links that belong to whoever got one message.
pub(crate) fn with_fields(engine: &Engine, text: &str) -> String {
    let fields = [(Purpose::Unsubscribe, "{{ links.unsubscribe }}"), (Purpose::View, "{{ links.view }}")];
    fields.into_iter().fold(text.to_owned(), |text, (purpose, field)| {
        let beginning = beginning(engine, purpose);
        let mut pieces = text.split(beginning.as_str());
        let mut made = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            match piece.split_at_checked(TOKEN).filter(|it| read(engine, it.0, purpose).is_some()) {
                Some((_, behind)) => made.extend([field, behind]),
                None => made.extend([beginning.as_str(), piece]),
            }
        }
        made
    })
}

/// The headers by which mail programs offer to unsubscribe from a commercial mail (RFC 2369 §3.2), with one click where we are reached by
/// HTTPS (RFC 8058 §3.1).
pub fn headers(engine: &Engine, message: MessageId) -> Vec<(String, String)> {
    let address = link(engine, message, Purpose::Unsubscribe);
    let is_safe = address.starts_with("https:");
    let mut headers = vec![("List-Unsubscribe".to_owned(), format!("<{address}>"))];
    if is_safe {
        headers.push(("List-Unsubscribe-Post".to_owned(), "List-Unsubscribe=One-Click".to_owned()));
    }
    headers
}

/// The message that a link leads to; nothing when its tag is not ours.
pub(super) fn read(engine: &Engine, token: &str, purpose: Purpose) -> Option<MessageId> {
    let bytes: [u8; ID + TAG] = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
    let (id, tag) = (bytes.first_chunk::<ID>()?, bytes.last_chunk::<TAG>()?);
    let message = MessageId(i64::from_be_bytes(*id));
    engine.store.vault().is_link_tag(purpose.word(), message, tag).then_some(message)
}

fn link(engine: &Engine, message: MessageId, purpose: Purpose) -> String {
    let mut bytes = [0; ID + TAG];
    bytes[..ID].copy_from_slice(&message.0.to_be_bytes());
    bytes[ID..].copy_from_slice(&engine.store.vault().link_tag(purpose.word(), message));
    beginning(engine, purpose) + &BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// How the links begin.
fn beginning(engine: &Engine, purpose: Purpose) -> String {
    format!("{}/{}/", engine.public_url, purpose.word())
}
