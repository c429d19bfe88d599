//! The place of the words in each found message: in its text or, where that has none, inside one of its files.

use std::collections::HashMap;

use model::{Attachment, AttachmentId, MessageId, MessageRow, SnippetPiece};
use search::Reach;

use crate::indexer::read_words;
use crate::{Ctx, Error};

/// So many bytes of files are read for one page; what would need more is found without its place.
const READ: u64 = 2 << 20;

/// Cuts the place of the words out of the decrypted text of each message.
pub(super) async fn mark(ctx: &Ctx, rows: &mut [MessageRow], words: &str, reach: Reach) -> Result<(), Error> {
    let ids: Vec<MessageId> = rows.iter().map(|it| it.id).collect();
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let texts: HashMap<MessageId, String> = store::messages::words(store, &mut reader, &ids).await?.into_iter().collect();
    let takes_files = store::company::get(&mut reader).await?.is_some_and(|it| it.attachment_contents);
    // Others may read while words are looked for, which takes long in large files.
    drop(reader);
    let mut files = Files { left: READ, read: HashMap::new() };
    for row in rows {
        let Some(text) = texts.get(&row.id) else { continue };
        row.snippet = pieces(text, words, reach);
        let is_told = has_hit(&row.snippet) || has_hit(&pieces(&row.subject, words, reach));
        if takes_files && !is_told && 0 < row.attachments {
            mark_file(ctx, row, words, reach, &mut files).await?;
        }
    }
    Ok(())
}

/// The words inside the files of one page. Messages of a campaign share their files: each is read once.
struct Files {
    /// So many bytes may still be read.
    left: u64,
    read: HashMap<AttachmentId, Option<String>>,
}

impl Files {
    async fn words(&mut self, ctx: &Ctx, file: &Attachment) -> Result<Option<&str>, Error> {
        if !self.read.contains_key(&file.id) {
            let Some(rest) = self.left.checked_sub(file.size) else { return Ok(None) };
            self.left = rest;
            self.read.insert(file.id, read_words(&ctx.engine, file).await?);
        }
        Ok(self.read.get(&file.id).and_then(Option::as_deref))
    }
}

/// Names the file that holds the words and cuts their place out of it.
async fn mark_file(ctx: &Ctx, row: &mut MessageRow, words: &str, reach: Reach, files: &mut Files) -> Result<(), Error> {
    let mut reader = ctx.engine.store.read().await?;
    let carried = match store::attachments::of_message(&ctx.engine.store, &mut reader, row.id).await {
        // It is found all the same, and its own page names what is damaged.
        Err(store::Error::Damaged { .. }) => return Ok(()),
        carried => carried?,
    };
    drop(reader);
    for file in carried {
        let Some(inside) = files.words(ctx, &file).await? else { continue };
        let found = pieces(inside, words, reach);
        if has_hit(&found) {
            row.snippet = found;
            row.snippet_file = Some(file.name);
            return Ok(());
        }
    }
    Ok(())
}

fn pieces(text: &str, words: &str, reach: Reach) -> Vec<SnippetPiece> {
    search::mark(text, words, reach).into_iter().map(|it| SnippetPiece { text: it.text, hit: it.hit }).collect()
}

fn has_hit(pieces: &[SnippetPiece]) -> bool {
    pieces.iter().any(|it| it.hit)
}
