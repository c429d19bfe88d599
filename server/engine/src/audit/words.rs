//! Finding entries by words: what was done, by whom, on what, and what it was from and to.

use model::fold::fold;
use model::{AuditEntry, AuditId, AuditQuery, Cursor, Key, PAGE_ROWS, Page};
use search::{Hit, LogQuery, LogTerm, stem_of};
use store::Connection;

use crate::{Engine, Error};

/// The most words that are looked for.
const WORDS: usize = 12;

/// One page of the entries that answer, newest first.
pub(super) async fn page(engine: &Engine, connection: &mut Connection, query: &AuditQuery) -> Result<Page<AuditEntry>, Error> {
    let wanted = wanted(engine, connection, query).await?;
    let before = query.after.as_ref().and_then(|it| match &it.key {
        Key::Number(at) => Some(Hit { key: *at, id: it.id }),
        _ => None,
    });
    let log = engine.log_index()?.clone();
    let hits = tokio::task::spawn_blocking(move || log.find(&wanted, before, PAGE_ROWS + 1)).await??;
    let ids: Vec<AuditId> = hits.iter().map(|it| AuditId(it.id)).collect();
    let mut entries = store::audit::by_ids(connection, &ids).await?;
    entries.sort_by_key(|it| std::cmp::Reverse((it.at, it.id)));
    Ok(Page::cut(entries, PAGE_ROWS, |it| Cursor { key: Key::Number(it.at.0), id: it.id.0 }))
}

/// How many entries answer.
pub(super) async fn count(engine: &Engine, connection: &mut Connection, query: &AuditQuery) -> Result<u64, Error> {
    let wanted = wanted(engine, connection, query).await?;
    let log = engine.log_index()?.clone();
    Ok(tokio::task::spawn_blocking(move || log.count(&wanted)).await??)
}

async fn wanted(engine: &Engine, connection: &mut Connection, query: &AuditQuery) -> Result<LogQuery, Error> {
    let users = store::users::list(connection).await?;
    let mut terms = Vec::new();
    for word in query.words.split_whitespace().take(WORDS) {
        let deeds = engine.deed_words().iter().filter(|it| says(&it.1, word)).map(|it| it.0.clone()).collect();
        let actors = users.iter().filter(|it| says(&it.name, word)).map(|it| it.id.0).collect();
        terms.push(LogTerm { word: word.to_owned(), deeds, actors });
    }
    Ok(LogQuery {
        terms,
        actor: query.actor.map(|it| it.0),
        subjects: match query.subject {
            Some(subject) => store::audit::codes(connection, subject).await?,
            None => Vec::new(),
        },
        since: query.since.map(|it| it.0),
        until: query.until.map(|it| it.0),
    })
}

/// Whether one of the words of a text begins as the typed one does, or is another form of it.
fn says(text: &str, typed: &str) -> bool {
    let (begun, stem) = (fold(typed), stem_of(typed));
    if begun.is_empty() {
        return false;
    }
    text.split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .any(|it| fold(it).starts_with(&begun) || stem_of(it) == stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deeds_answer_to_the_beginnings_and_the_forms_of_their_words() {
        let text = "Odoslanie správy na {{ n }} adresu";
        for (typed, expected) in
            [("odosl", true), ("SPRAVY", true), ("správa", true), ("adresu", true), ("dresu", false), ("", false)]
        {
            assert_eq!(says(text, typed), expected, "{typed}");
        }
    }
}
