//! Finding entries by words: what was done, by whom, on what, and what it was from and to.

use model::fold::fold;
use model::{AuditEntry, AuditId, AuditQuery, Cursor, Key, PAGE_ROWS, Page, Permission};
use search::{Hit, LogQuery, LogTerm, stem_of};
use store::Connection;

use crate::{Ctx, Error};

/// The most words that are looked for.
const WORDS: usize = 12;

/// So many of those found are looked through at once for what the full text does not know: of which family they are, and by whom.
const STEP: usize = 500;
/// So many steps are made for one page; the next one goes on there.
const STEPS: usize = 8;

/// One page of the entries that answer, newest first. It may be shorter than others, or empty, and still say where to go on.
pub(super) async fn page(ctx: &Ctx, connection: &mut Connection, query: &AuditQuery) -> Result<Page<AuditEntry>, Error> {
    let wanted = wanted(ctx, connection, query).await?;
    let mut before = query.after.as_ref().and_then(|it| match &it.key {
        Key::Number(at) => Some(Hit { key: *at, id: it.id }),
        _ => None,
    });
    let (is_narrowed, mut found) = (is_narrowed(query), Vec::new());
    let step = if is_narrowed { STEP } else { PAGE_ROWS + 1 };
    for _ in 0..STEPS {
        let entries = some(ctx, connection, &wanted, before, step).await?;
        let is_end = entries.len() < step;
        before = entries.last().map(|it| Hit { key: it.at.0, id: it.id.0 });
        found.extend(entries.into_iter().filter(|it| query.takes(it)));
        if is_end || PAGE_ROWS < found.len() || !is_narrowed {
            found.truncate(PAGE_ROWS + 1);
            return Ok(Page::cut(found, PAGE_ROWS, |it| Cursor { key: Key::Number(it.at.0), id: it.id.0 }));
        }
    }
    Ok(Page { rows: found, next: before.map(|it| Cursor { key: Key::Number(it.key), id: it.id }) })
}

/// How many entries answer.
pub(super) async fn count(ctx: &Ctx, connection: &mut Connection, query: &AuditQuery) -> Result<u64, Error> {
    let wanted = wanted(ctx, connection, query).await?;
    if !is_narrowed(query) {
        let log = ctx.engine.log_index()?.clone();
        return Ok(tokio::task::spawn_blocking(move || log.count(&wanted)).await??);
    }
    let (mut n, mut before) = (0, None);
    loop {
        let entries = some(ctx, connection, &wanted, before, STEP).await?;
        n += entries.iter().filter(|it| query.takes(it)).count() as u64;
        match entries.last() {
            Some(it) if entries.len() == STEP => before = Some(Hit { key: it.at.0, id: it.id.0 }),
            _ => return Ok(n),
        }
    }
}

/// Whether something is asked that the full text does not know.
fn is_narrowed(query: &AuditQuery) -> bool {
    query.family.is_some() || query.people
}

/// The next entries that answer to the words, newest first.
async fn some(
    ctx: &Ctx,
    connection: &mut Connection,
    wanted: &LogQuery,
    before: Option<Hit>,
    limit: usize,
) -> Result<Vec<AuditEntry>, Error> {
    let (log, wanted) = (ctx.engine.log_index()?.clone(), wanted.clone());
    let hits = tokio::task::spawn_blocking(move || log.find(&wanted, before, limit)).await??;
    let ids: Vec<AuditId> = hits.iter().map(|it| AuditId(it.id)).collect();
    let mut entries = store::audit::by_ids(connection, &ids).await?;
    entries.sort_by_key(|it| std::cmp::Reverse((it.at, it.id)));
    Ok(entries)
}

async fn wanted(ctx: &Ctx, connection: &mut Connection, query: &AuditQuery) -> Result<LogQuery, Error> {
    let users = store::users::list(connection).await?;
    let mut terms = Vec::new();
    for word in query.words.split_whitespace().take(WORDS) {
        let deeds = ctx.engine.deed_words().iter().filter(|it| says(&it.1, word)).map(|it| it.0.clone()).collect();
        let actors = users.iter().filter(|it| says(&it.name, word)).map(|it| it.id.0).collect();
        terms.push(LogTerm { word: word.to_owned(), deeds, actors });
    }
    Ok(LogQuery {
        terms,
        // Who may not see contacts must not guess at what stood in their fields.
        people: ctx.may(Permission::ContactsView),
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
