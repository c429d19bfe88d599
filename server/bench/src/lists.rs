//! Pages of long lists: the first one, a filtered one, and one deep inside.

use std::time::Instant;

use anyhow::Result;
use model::{ContactFilter, ContactKind, ContactQuery, Cursor, Key, MessageFilter, MessageQuery, MessageState};
use store::messages::Scope;
use store::{Store, contacts, messages};

use crate::figures::{Figures, Times};
use crate::fill;

/// How often each page is asked for.
const TIMES: usize = 200;

/// Fills a database and asks for pages.
pub async fn run(n: u32) -> Result<Figures> {
    let folder = tempfile::tempdir()?;
    let store = fill::open(folder.path()).await?;
    let mut figures = Figures::new("lists", n);
    let begin = Instant::now();
    fill::contacts(&store, n).await?;
    let author = fill::messages(&store, n).await?;
    figures.row("filling", format!("{:.0} s", begin.elapsed().as_secs_f64()));
    let mut worst: f64 = 0.0;
    for (what, query) in contact_queries() {
        let mut times = Times::default();
        for _ in 0..TIMES {
            let begin = Instant::now();
            let mut reader = store.read().await?;
            contacts::page(&mut reader, &query).await?;
            times.note(begin);
        }
        worst = worst.max(times.share(0.95));
        figures.row(&format!("contacts: {what}"), times.text());
    }
    for (what, query) in message_queries(n) {
        let times = message_pages(&store, &query, Scope::All(author)).await?;
        worst = worst.max(times.share(0.95));
        figures.row(&format!("messages: {what}"), times.text());
    }
    figures.key("p95_ms", worst);
    store.close().await;
    Ok(figures)
}

async fn message_pages(store: &Store, query: &MessageQuery, scope: Scope) -> Result<Times> {
    let mut times = Times::default();
    for _ in 0..TIMES {
        let begin = Instant::now();
        let mut reader = store.read().await?;
        messages::page(store, &mut reader, query, scope).await?;
        times.note(begin);
    }
    Ok(times)
}

fn contact_queries() -> Vec<(&'static str, ContactQuery)> {
    let words = |words: &str| ContactFilter { words: words.into(), ..ContactFilter::default() };
    let deep = Cursor { key: Key::Text(model::collate::key("Hudec500")), id: 0 };
    vec![
        ("first page", ContactQuery::default()),
        ("one person's address", ContactQuery { filter: words("osoba4711"), ..ContactQuery::default() }),
        ("two rare words", ContactQuery { filter: words("capkova77 zilina"), ..ContactQuery::default() }),
        ("a kind that nobody has", {
            let filter = ContactFilter { kind: Some(ContactKind::Partner), ..ContactFilter::default() };
            ContactQuery { filter, ..ContactQuery::default() }
        }),
        ("a word that a sixth has", ContactQuery { filter: words("kosice"), ..ContactQuery::default() }),
        ("deep inside", ContactQuery { after: Some(deep), ..ContactQuery::default() }),
    ]
}

fn message_queries(n: u32) -> Vec<(&'static str, MessageQuery)> {
    let state = |state| MessageFilter { states: vec![state], ..MessageFilter::default() };
    let deep = Cursor { key: Key::Number(1_700_000_000_000 + i64::from(n) * 500), id: 0 };
    vec![
        ("first page", MessageQuery::default()),
        ("a state that none has", MessageQuery { filter: state(MessageState::Failed), after: None }),
        ("a state that all have", MessageQuery { filter: state(MessageState::Prepared), after: None }),
        ("unknown ones", MessageQuery { filter: MessageFilter { unknown: true, ..MessageFilter::default() }, after: None }),
        ("deep inside", MessageQuery { after: Some(deep), ..MessageQuery::default() }),
    ]
}
