//! The words inside attachments, for the full text.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use model::{Attachment, AttachmentId};

use crate::{Engine, Error};

/// When one batch has gathered so much text (bytes), it ends.
const GATHERED: usize = 16 << 20;

/// What one batch has read. Messages of a campaign share their files: each is read once.
#[derive(Default)]
pub(super) struct Contents {
    read: HashMap<AttachmentId, Option<String>>,
    gathered: usize,
}

impl Contents {
    /// Whether the batch has enough.
    pub fn is_full(&self) -> bool {
        GATHERED < self.gathered
    }

    /// The words inside the files of a message. No connection is held meanwhile.
    pub async fn of(&mut self, engine: &Engine, files: &[Attachment]) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        for file in files {
            let words = match self.read.entry(file.id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(read_words(engine, file).await?),
            };
            if let Some(words) = words {
                self.gathered += words.len();
                found.push(words.clone());
            }
        }
        Ok(found)
    }
}

/// The words inside a file; none of one that is not read or is damaged. The connection is given back before the words are looked for,
/// which may take long.
pub(crate) async fn read_words(engine: &Engine, file: &Attachment) -> Result<Option<String>, Error> {
    if files::FILE_MAX < file.size || file.media_type.starts_with("image/") {
        return Ok(None);
    }
    let mut reader = engine.store.read().await?;
    let content = store::attachments::content(&mut reader, file.id).await?;
    let content = content.whole(&engine.store, &mut reader).await;
    drop(reader);
    let content = match content {
        Ok(content) => content,
        Err(error @ store::Error::Damaged { .. }) => {
            tracing::warn!(%error, "a damaged file cannot be found by its words");
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    let name = file.name.clone();
    match tokio::task::spawn_blocking(move || files::words(&content, &name)).await {
        // One file must not hold up all that stands behind it.
        Err(error) if error.is_panic() => {
            tracing::error!(%error, file = %file.id, "a file cannot be found by its words: reading them failed");
            Ok(None)
        }
        words => Ok(words?),
    }
}
