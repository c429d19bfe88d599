//! The action log with many entries: taking it into the full text, finding by words, and walking through the whole chain.

use std::time::Instant;

use anyhow::{Result, anyhow, ensure};
use engine::{Ctx, audit};
use model::{AuditQuery, CampaignDeed, CampaignId, ContactId, Deed, Moment, Subject, UserId};
use store::{MasterKey, Store};

use crate::figures::{Figures, Times};
use crate::{fill, prepare};

/// When the log begins, and how far its entries lie apart, in milliseconds.
const BEGIN: i64 = 1_700_000_000_000;
const APART: i64 = 60_000;
/// Entries in one transaction.
const BATCH: u32 = 5_000;
/// Contacts that entries are about.
const CONTACTS: u32 = 50_000;
/// How often each words are looked for.
const ROUNDS: usize = 20;
/// A word of nearly all entries, of some deeds, a name, a beginning, several together, and nothing.
const WORDS: [&str; 8] = ["kontaktu", "zmena", "prihlasenie", "čapková", "z", "zmena kontaktu eva", "Dvorak zmena", "nikdenic"];

/// Fills a log with `n` entries and measures it.
pub async fn run(n: u32) -> Result<Figures> {
    let folder = tempfile::tempdir()?;
    let mut figures = Figures::new("log", n);
    let store = fill::open(folder.path()).await?;
    fill::contacts(&store, CONTACTS).await?;
    let mut tx = store.write().await?;
    store::users::insert_system(&mut tx, Moment(BEGIN)).await?;
    tx.commit().await?;
    entries(&store, n).await?;
    store.close().await;
    let engine = prepare::open(folder.path()).await?;
    engine.know_deeds(server::log_words::all());
    let begin = Instant::now();
    while 0 < audit::index_turn(&engine).await? {}
    let taken_in = begin.elapsed().as_secs_f64();
    let ctx = Ctx::system(&engine);
    let mut all = Times::default();
    for words in WORDS {
        let mut times = Times::default();
        for _ in 0..ROUNDS {
            let query = AuditQuery { words: words.to_owned(), ..AuditQuery::default() };
            let begin = Instant::now();
            audit::list(&ctx, query).await?;
            let took = begin.elapsed();
            times.add(took);
            all.add(took);
        }
        figures.row(words, times.text());
    }
    let mut histories = Times::default();
    for at in 0..200 {
        let subject = Some(Subject::Contact(ContactId(i64::from(at * 7_919 % CONTACTS) + 1)));
        let begin = Instant::now();
        audit::list(&ctx, AuditQuery { subject, ..AuditQuery::default() }).await?;
        histories.note(begin);
    }
    figures.row("history of one contact", histories.text());
    figures.key("history_p95_ms", histories.share(0.95));
    engine.close().await;
    let key = MasterKey::from_hex(fill::KEY).ok_or_else(|| anyhow!("the key is not one"))?;
    let begin = Instant::now();
    let verdict = audit::verify(&folder.path().join("posel.db"), &key, None).await?;
    let verified = begin.elapsed().as_secs_f64();
    ensure!(verdict.broken.is_none(), "the chain is broken");
    figures.row("all of them", all.text());
    figures.row("taking in", format!("{taken_in:.1} s"));
    figures.row("verifying the chain", format!("{verified:.1} s"));
    figures.key("p50_ms", all.share(0.5));
    figures.key("p95_ms", all.share(0.95));
    figures.key("taken_in_s", taken_in);
    figures.key("verified_s", verified);
    Ok(figures)
}

async fn entries(store: &Store, n: u32) -> Result<()> {
    for begin in (0..n).step_by(BATCH as usize) {
        let deeds: Vec<Deed> = (begin..n.min(begin + BATCH)).map(deed).collect();
        let mut tx = store.write().await?;
        store::audit::write_all(&mut tx, UserId::SYSTEM, &deeds, Moment(BEGIN + i64::from(begin) * APART)).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn deed(n: u32) -> Deed {
    let contact = ContactId(i64::from(n.wrapping_mul(2_654_435_761) % CONTACTS) + 1);
    match n % 10 {
        0 => Deed::SignedIn,
        1 => Deed::ContactCreated(contact),
        2 => Deed::ContactPasswordShown(contact),
        3 => Deed::Campaign(CampaignId(1), CampaignDeed::Released(n)),
        4 => Deed::ContactsTagged(model::TagId(1), n),
        _ => Deed::ContactChanged(contact),
    }
}
