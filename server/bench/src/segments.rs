//! Segments counted while they are built, members of lists, and what the recipient field is offered.

use std::time::Instant;

use anyhow::Result;
use model::{
    AddedHow, Channel, Condition, ContactFilter, ContactId, ContactKind, ContactQuery, DayTest, Language, ListDraft, Moment,
    Nature, Purpose, RecipientListId, SegmentRule, TextTest, UserId,
};
use store::recipient_lists::{self, members};
use store::{Store, contacts, picker, segments};

use crate::figures::{Figures, Times};
use crate::fill::Tags;

/// How often each is asked.
const TIMES: usize = 20;
/// Members added in one transaction.
const BATCH: usize = 5_000;
/// As seen from when relative times are meant: behind everything that was filled in.
const NOW: Moment = Moment(1_800_000_000_000);

/// Fills two lists and measures; answers the slowest count of a segment and the slowest answer to the recipient field, both the 95th
/// percentile in milliseconds.
pub async fn measure(store: &Store, n: u32, tags: Tags, author: UserId, figures: &mut Figures) -> Result<(f64, f64)> {
    let large = fill(store, "Každý piaty", author, (1..=i64::from(n)).step_by(5)).await?;
    let small = fill(store, "Pár ľudí", author, (1..=i64::from(n)).step_by((n as usize / 90).max(1))).await?;
    let (mut slowest, mut offered): (f64, f64) = (0.0, 0.0);
    for (what, rule) in rules(tags, large) {
        let (mut counts, mut first) = (Times::default(), Times::default());
        for _ in 0..TIMES {
            let begin = Instant::now();
            let mut reader = store.read().await?;
            let resolved = segments::resolved(&mut reader, &rule, NOW).await?;
            segments::count(&mut reader, &resolved).await?;
            counts.note(begin);
            let begin = Instant::now();
            segments::some(&mut reader, &resolved, 12).await?;
            first.note(begin);
        }
        slowest = slowest.max(counts.share(0.95));
        figures.row(&format!("segment counted: {what}"), counts.text());
        figures.row(&format!("segment shown: {what}"), first.text());
    }
    for (what, list) in [("members of a large list", large), ("members of a small list", small)] {
        let filter = ContactFilter { list: Some(list), ..ContactFilter::default() };
        let mut times = Times::default();
        for _ in 0..TIMES {
            let begin = Instant::now();
            let mut reader = store.read().await?;
            contacts::page(&mut reader, &ContactQuery { filter: filter.clone(), ..ContactQuery::default() }).await?;
            times.note(begin);
        }
        figures.row(what, times.text());
    }
    for words in ["ev", "eva nova", "osoba4711", "kosice", "cap kos", "každý"] {
        let mut times = Times::default();
        for _ in 0..TIMES {
            let begin = Instant::now();
            let mut reader = store.read().await?;
            picker::offer(&mut reader, words, Purpose::General, 8).await?;
            recipient_lists::offer(&mut reader, words, 3).await?;
            segments::offer(&mut reader, words, 3).await?;
            times.note(begin);
        }
        offered = offered.max(times.share(0.95));
        figures.row(&format!("recipient field: {words}"), times.text());
    }
    Ok((slowest, offered))
}

async fn fill(store: &Store, name: &str, author: UserId, ids: impl Iterator<Item = i64>) -> Result<RecipientListId> {
    let mut tx = store.write().await?;
    let draft = ListDraft { name: name.into(), ..ListDraft::default() };
    let list = recipient_lists::create(&mut tx, &draft, author, NOW).await?;
    tx.commit().await?;
    let ids: Vec<ContactId> = ids.map(ContactId).collect();
    for piece in ids.chunks(BATCH) {
        let mut tx = store.write().await?;
        members::add(&mut tx, list, piece, AddedHow::Search, author, NOW).await?;
        tx.commit().await?;
    }
    Ok(list)
}

fn rules(tags: Tags, list: RecipientListId) -> Vec<(&'static str, SegmentRule)> {
    let is = SegmentRule::Is;
    let not = |rule| SegmentRule::Not(Box::new(rule));
    let clients = is(Condition::Kind(vec![ContactKind::Client]));
    let towns = is(Condition::Town(TextTest::Begins("kosi".into())));
    let tagged = |tag| is(Condition::Tag(vec![tag]));
    let listed = is(Condition::List(vec![list]));
    let facts = SegmentRule::All(vec![
        clients.clone(),
        is(Condition::Nature(Nature::Person)),
        is(Condition::Reachable(Channel::Email)),
        not(is(Condition::NoBulk)),
        is(Condition::Language(vec![Language::Sk, Language::Cs])),
        is(Condition::Changed(DayTest::LastDays(3_650))),
    ]);
    vec![
        ("one kind", SegmentRule::All(vec![clients.clone()])),
        ("a town", SegmentRule::All(vec![towns.clone()])),
        ("six facts", facts),
        ("a common tag", SegmentRule::All(vec![clients.clone(), tagged(tags.common)])),
        ("a rare tag", SegmentRule::All(vec![clients.clone(), tagged(tags.rare)])),
        ("without a common tag", SegmentRule::All(vec![not(tagged(tags.common))])),
        ("a large list or a tag", SegmentRule::Any(vec![listed.clone(), tagged(tags.seldom)])),
        ("never written to", SegmentRule::All(vec![clients, is(Condition::NeverMessaged)])),
        ("all together", SegmentRule::All(vec![SegmentRule::Any(vec![towns, listed]), not(tagged(tags.seldom))])),
    ]
}
