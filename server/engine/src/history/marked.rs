//! The place of the words in each found message: in its text or, where that has none, inside one of its files.

use std::collections::HashMap;

use model::{MessageId, MessageRow, SnippetPiece};
use search::Reach;
use store::Reader;

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
    let mut left = READ;
    for row in rows {
        let Some(text) = texts.get(&row.id) else { continue };
        row.snippet = pieces(text, words, reach);
        let is_told = has_hit(&row.snippet) || has_hit(&pieces(&row.subject, words, reach));
        if takes_files && !is_told && 0 < row.attachments {
            mark_file(ctx, &mut reader, row, words, reach, &mut left).await?;
        }
    }
    Ok(())
}

/// Names the file that holds the words and cuts their place out of it.
async fn mark_file(
    ctx: &Ctx,
    reader: &mut Reader,
    row: &mut MessageRow,
    words: &str,
    reach: Reach,
    left: &mut u64,
) -> Result<(), Error> {
    for file in store::attachments::of_message(&ctx.engine.store, reader, row.id).await? {
        let Some(rest) = left.checked_sub(file.size) else { continue };
        *left = rest;
        let Some(inside) = read_words(&ctx.engine, reader, &file).await? else { continue };
        let found = pieces(&inside, words, reach);
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
