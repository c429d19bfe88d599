//! Pages of long lists: the first one, a filtered one, and one deep inside.

use std::time::Instant;

use anyhow::Result;
use model::{
    ContactFilter, ContactKind, ContactQuery, ContactSort, Cursor, Direction, DuplicatePlace, DuplicateReason, Key,
    MessageFilter, MessageId, MessageQuery, MessageState, Nature, ObtainedWay, TagId,
};
use store::messages::Scope;
use store::{Store, contacts, duplicates, messages};

use crate::figures::{Figures, Times};
use crate::fill;

/// How often each page is asked for.
const TIMES: usize = 50;

/// Fills a database and asks for pages.
pub async fn run(n: u32) -> Result<Figures> {
    let folder = tempfile::tempdir()?;
    let store = fill::open(folder.path()).await?;
    let mut figures = Figures::new("lists", n);
    let begin = Instant::now();
    let tags = fill::contacts(&store, n).await?;
    let author = fill::messages(&store, n).await?;
    figures.row("filling", format!("{:.0} s", begin.elapsed().as_secs_f64()));
    let mut worst: f64 = 0.0;
    for (what, query) in contact_queries().into_iter().map(|(what, query)| (what.to_owned(), query)).chain(combinations(tags)) {
        let (mut pages, mut counts) = (Times::default(), Times::default());
        for _ in 0..TIMES {
            let begin = Instant::now();
            let mut reader = store.read().await?;
            contacts::page(&mut reader, &query).await?;
            pages.note(begin);
            let begin = Instant::now();
            contacts::count(&mut reader, &query.filter).await?;
            counts.note(begin);
        }
        worst = worst.max(pages.share(0.95)).max(counts.share(0.95));
        figures.row(&format!("contacts: {what}"), pages.text());
        figures.row(&format!("contacts counted: {what}"), counts.text());
    }
    for reason in DuplicateReason::ALL {
        let times = duplicate_pages(&store, reason).await?;
        worst = worst.max(times.share(0.95));
        figures.row(&format!("duplicates: {reason:?}"), times.text());
    }
    for (what, query) in message_queries(n) {
        let times = message_pages(&store, &query, Scope::All(author)).await?;
        worst = worst.max(times.share(0.95));
        figures.row(&format!("messages: {what}"), times.text());
    }
    let opened = opened(&store, n).await?;
    figures.row("one message opened", opened.text());
    figures.key("opened_p95_ms", opened.share(0.95));
    let (segment, picker) = crate::segments::measure(&store, n, tags, author, &mut figures).await?;
    figures.key("p95_ms", worst);
    figures.key("segment_p95_ms", segment);
    figures.key("picker_p95_ms", picker);
    store.close().await;
    Ok(figures)
}

/// Messages all over the history, each with all that its detail shows.
async fn opened(store: &Store, n: u32) -> Result<Times> {
    let mut times = Times::default();
    for at in 0..u32::try_from(TIMES)? * 4 {
        let id = MessageId(i64::from(at.wrapping_mul(2_654_435_761) % n) + 1);
        let begin = Instant::now();
        let mut reader = store.read().await?;
        messages::by_id(store, &mut reader, id).await?;
        times.note(begin);
    }
    Ok(times)
}

/// Every portion of a search for duplicates.
async fn duplicate_pages(store: &Store, reason: DuplicateReason) -> Result<Times> {
    let mut times = Times::default();
    let mut place = Some(DuplicatePlace { reason, from: String::new() });
    while let Some(from) = place {
        let begin = Instant::now();
        let mut reader = store.read().await?;
        place = duplicates::page(&mut reader, &from).await?.next;
        times.note(begin);
    }
    Ok(times)
}

/// Every filter in every order, and filters together that each let many through and together few.
fn combinations(tags: fill::Tags) -> Vec<(String, ContactQuery)> {
    let tag = |it: TagId| ContactFilter { tag: Some(it), ..ContactFilter::default() };
    let filters = [
        ("a tag of every third", tag(tags.common)),
        ("a tag of one in fifty", tag(tags.seldom)),
        ("a tag of five", tag(tags.rare)),
        ("a kind", ContactFilter { kind: Some(ContactKind::Partner), ..ContactFilter::default() }),
        ("companies", ContactFilter { nature: Some(Nature::Company), ..ContactFilter::default() }),
        ("a way", ContactFilter { obtained: Some(ObtainedWay::Event), ..ContactFilter::default() }),
        ("no bulk", ContactFilter { no_bulk: Some(true), ..ContactFilter::default() }),
        ("no phone", ContactFilter { has_phone: Some(false), ..ContactFilter::default() }),
        ("no e-mail", ContactFilter { has_email: Some(false), ..ContactFilter::default() }),
        ("a common word", ContactFilter { words: "kosice".into(), ..ContactFilter::default() }),
        ("a word of all", ContactFilter { words: "osoba".into(), ..ContactFilter::default() }),
        ("tag, kind and word", ContactFilter { kind: Some(ContactKind::Partner), words: "praha".into(), ..tag(tags.seldom) }),
    ];
    let mut queries = Vec::new();
    for (what, filter) in filters {
        for sort in ContactSort::ALL {
            for direction in [Direction::Up, Direction::Down] {
                let query = ContactQuery { filter: filter.clone(), sort, direction, after: None };
                queries.push((format!("{what}, {sort:?} {direction:?}"), query));
            }
        }
    }
    queries
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
            let filter = ContactFilter { kind: Some(ContactKind::Employee), ..ContactFilter::default() };
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
        ("a state that none has", MessageQuery { filter: state(MessageState::Failed), ..MessageQuery::default() }),
        ("a state that all have", MessageQuery { filter: state(MessageState::Prepared), ..MessageQuery::default() }),
        (
            "unknown ones",
            MessageQuery { filter: MessageFilter { unknown: true, ..MessageFilter::default() }, ..MessageQuery::default() },
        ),
        ("deep inside", MessageQuery { after: Some(deep), ..MessageQuery::default() }),
    ]
}
