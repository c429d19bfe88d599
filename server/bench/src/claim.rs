//! The claim of the worker: what is due, less those whom nobody may write to, from a queue of any length.

use std::time::Instant;

use anyhow::Result;
use model::suppression::parse_targets;
use model::time::{days, hours};
use model::{Channels, EmailAddress, HomeCountry, Lane, Moment, SuppressionReason, SuppressionSource, SuppressionTarget, UserId};
use store::deliveries::NewDelivery;
use store::suppressions::NewSuppression;
use store::{Store, deliveries, suppressions};

use crate::figures::{Figures, Times};
use crate::fill;

/// How many claims are timed.
const TIMES: u32 = 1_000;
/// How many deliveries the worker leases in one go.
const BATCH: u32 = 200;
/// Rows in one transaction.
const ROWS: u32 = 10_000;
const NOW: Moment = Moment(1_800_000_000_000);

/// Fills a queue, suppresses every tenth of it by address, domain or contact, and claims.
pub async fn run(n: u32) -> Result<Figures> {
    let folder = tempfile::tempdir()?;
    let store = fill::open(folder.path()).await?;
    let mut figures = Figures::new("claim", n);
    let begin = Instant::now();
    fill::contacts(&store, n / 10).await?;
    let author = fill::messages(&store, 1).await?;
    let account = queue(&store, n).await?;
    suppress(&store, author, n).await?;
    figures.row("filling", format!("{:.0} s", begin.elapsed().as_secs_f64()));
    let (mut times, mut leased, mut stopped) = (Times::default(), 0, 0);
    for _ in 0..TIMES {
        let mut tx = store.write().await?;
        let begin = Instant::now();
        let claim = deliveries::claim(&mut tx, account, Lane::Campaign, NOW, NOW.plus(hours(1)), BATCH).await?;
        times.note(begin);
        tx.commit().await?;
        leased += claim.leased.len();
        stopped += claim.suppressed.len();
    }
    figures.row("claim of 200", format!("{}, p99 {:.2} ms", times.text(), times.share(0.99)));
    figures.row("leased, stopped", format!("{leased}, {stopped}"));
    figures.key("p50_ms", times.share(0.5));
    figures.key("p95_ms", times.share(0.95));
    figures.key("p99_ms", times.share(0.99));
    store.close().await;
    Ok(figures)
}

async fn queue(store: &Store, n: u32) -> Result<model::AccountId> {
    let mut tx = store.write().await?;
    let account = store::accounts::default_id(&mut tx, model::Channel::Email).await?;
    tx.commit().await?;
    for begin in (0..n).step_by(ROWS as usize) {
        let mut tx = store.write().await?;
        for i in begin..n.min(begin + ROWS) {
            let address = model::Address::from(EmailAddress::parse(&format!("osoba{i}@firma{}.sk", i % 5_000))?);
            let due_at = NOW.plus(-i64::from(n - i));
            let new = NewDelivery {
                message: model::MessageId(1),
                account,
                address: &address,
                lane: Lane::Campaign,
                due_at,
                expires_at: due_at.plus(days(3)),
            };
            deliveries::queue(&mut tx, &new).await?;
        }
        tx.commit().await?;
    }
    Ok(account)
}

/// Every twelfth address, every hundredth domain, every fiftieth contact.
async fn suppress(store: &Store, author: UserId, n: u32) -> Result<()> {
    let mut tx = store.write().await?;
    let addresses = (0..n).step_by(12).map(|i| format!("osoba{i}@firma{}.sk", i % 5_000));
    let domains = (0..5_000).step_by(100).map(|i| format!("@firma{i}.sk"));
    for text in addresses.chain(domains) {
        for piece in parse_targets(&text, HomeCountry::Slovakia) {
            let target = piece.target.map_err(|it| anyhow::anyhow!("{it:?}"))?;
            suppressions::add(&mut tx, &asked(&target, author), NOW).await?;
        }
    }
    for id in (1..=i64::from(n / 10)).step_by(50).map(model::ContactId) {
        let contact = SuppressionTarget::Contact(id, String::new());
        suppressions::suppress_contact(&mut tx, id, &asked(&contact, author), NOW).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn asked(target: &SuppressionTarget, author: UserId) -> NewSuppression<'_> {
    NewSuppression {
        target,
        channels: Channels::Both,
        reason: SuppressionReason::Requested,
        source: SuppressionSource::Person,
        note: "",
        message: None,
        author,
    }
}
