//! Taking the rows of files in, one import after the other, in the background.
//!
//! One thread reads and thinks, the writing connection writes: rows travel in batches, and a batch is one transaction that also keeps how
//! far the import is. Several batches become durable together, and whoever else writes comes in between two of them. An import that was
//! interrupted goes on behind the last batch that is durable, and no row is ever taken in twice.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use model::import::{Known, ParentKey, Shaper, latest_day};
use model::{
    AddedHow, AddressHint, Alteration, Change, ContactId, Deed, FieldDefinition, ImportCounts, ImportId, ImportPlan,
    ImportPreview, ImportState, ImportStep, Moment, Noun, RecipientListId, Refusal, ReportRow, RowFault, RowOutcome,
};
use store::Tx;
use store::contacts::NewContact;
use store::imports::{Changed, Child, Job};
use tables::read::Fault;
use tokio::sync::{mpsc, watch};

use super::decide::{Candidate, Decided, Decision, Parsed, Seen, decide, keys, prepared, there};
use super::parents;
use super::source::Pieces;
use super::worded;
use crate::clock::Stopwatch;
use crate::turns::turns;
use crate::{Ctx, Engine, Error};

/// How many rows are one transaction.
const BATCH: usize = 1_000;
/// How long rows are taken in before they are made durable together. Whoever commits in between makes them durable, too.
const GROUP: Duration = Duration::from_secs(1);
/// How long the loop waits when nobody rings.
const PAUSE: Duration = Duration::from_secs(60);
/// Of each kind of outcome so many rows are shown in a preview.
const SHOWN: usize = 20;

/// Takes in the next import to its end; false when none waits.
///
/// # Errors
/// Fails when the database fails; the import goes on at the next turn.
pub async fn turn(engine: &Engine) -> Result<bool, Error> {
    let mut tx = engine.store.write().await?;
    let Some(job) = store::imports::next_open(&mut tx).await? else { return Ok(false) };
    store::imports::set_state(&mut tx, job.id, job.state, job.state.step(ImportStep::Begin)?, engine.clock().now()).await?;
    tx.commit().await?;
    let id = job.id;
    match Run::begin(engine, job).await?.rows().await {
        // Somebody stopped it meanwhile; who waits for a company that came is still linked with it.
        Err(Error::Refused(Refusal::Stale(Noun::Import))) => parents::end(engine, id).await?,
        ended => ended?,
    }
    engine.tell(Change::Imports);
    engine.tell(Change::Contacts);
    engine.tell(Change::Lists);
    tracing::info!(import = %id, "import ended");
    Ok(true)
}

/// Takes imports in until `stop` becomes true. Ends between two batches; what is left goes on after the next start.
pub async fn run(engine: Engine, stop: watch::Receiver<bool>) {
    turns(stop, &engine.import_bell, PAUSE, "an import failed", || turn(&engine)).await;
}

/// Tells what an import would do, without doing it.
pub(super) async fn preview(
    ctx: &Ctx,
    id: ImportId,
    size: u64,
    plan: ImportPlan,
    own: Vec<FieldDefinition>,
    most: Option<u64>,
) -> Result<ImportPreview, Error> {
    let known = known(&mut *ctx.engine.store.read().await?, ctx.now()).await?;
    let (mut rows, reading) = read(&ctx.engine, id, size, Shaper::new(plan.clone(), own.clone(), known), 0, most);
    let mut preview =
        ImportPreview { counts: ImportCounts::default(), whole: true, rows: Vec::new(), hints: Vec::new(), hinted: 0 };
    let (mut seen, mut shown) = (Seen::default(), [0; 4]);
    while let Some(batch) = rows.recv().await {
        hint(&mut preview, &batch.rows);
        let mut reader = ctx.engine.store.read().await?;
        for Decided { line, name, cells, decision, notes } in decide(&mut reader, &plan, &own, &mut seen, batch.rows).await? {
            let (name, outcome) = match decision {
                Decision::Create(it) => (it.new.name().to_owned(), RowOutcome::Created),
                Decision::Update(it) => (name, RowOutcome::Updated(it.contact)),
                Decision::Leave(outcome) => (name, outcome),
            };
            preview.counts.add(&outcome);
            let kind = match outcome {
                RowOutcome::Created => 0,
                RowOutcome::Updated(_) => 1,
                RowOutcome::Skipped(_) => 2,
                RowOutcome::Bad(_) => 3,
            };
            shown[kind] += 1;
            if shown[kind] <= SHOWN {
                preview.rows.push(ReportRow { line, name, outcome, cells, notes });
            }
        }
    }
    reading.await?.map_err(worded)?;
    preview.whole = most.is_none_or(|most| preview.counts.rows < most);
    Ok(preview)
}

/// What rows are read against.
async fn known(connection: &mut store::Connection, now: Moment) -> Result<Known, Error> {
    Ok(Known { owners: store::users::by_addresses(connection).await?, latest: latest_day(now) })
}

/// Looks for addresses that look like slips of a finger.
fn hint(preview: &mut ImportPreview, rows: &[Parsed]) {
    for row in rows {
        let Ok(candidate) = &row.candidate else { continue };
        for it in &candidate.addresses.emails {
            let Some(hint) = AddressHint::about(&it.address) else { continue };
            preview.hinted += 1;
            if preview.hints.len() < SHOWN {
                preview.hints.push((row.line, it.address.clone(), hint));
            }
        }
    }
}

/// Rows that belong together, with how far the file was read.
#[derive(Default)]
struct Batch {
    rows: Vec<Parsed>,
    /// Keys of rows that were taken in before an interruption.
    met: Vec<String>,
    read: u64,
}

type Reading = tokio::task::JoinHandle<Result<(), Fault>>;

/// Reads a file on a thread of its own. Of the rows that were taken in before only the keys are handed over.
fn read(
    engine: &Engine,
    id: ImportId,
    size: u64,
    shaper: Shaper,
    done: u64,
    most: Option<u64>,
) -> (mpsc::Receiver<Batch>, Reading) {
    let (sender, receiver) = mpsc::channel(1);
    let mut pieces = Pieces::new(engine, id, size);
    let seen = pieces.seen();
    let own = shaper.own().to_vec();
    let reading = tokio::task::spawn_blocking(move || {
        let (mut n, mut batch) = (0, Batch::default());
        let way = shaper.plan().reading.clone();
        tables::read::rows(&mut pieces, &way, &mut |row| {
            n += 1;
            let parsed = parse(&shaper, &own, row);
            if done < n {
                batch.rows.push(parsed);
            } else if let Ok(it) = parsed.candidate {
                batch.met.extend(it.keys);
            }
            let is_full = BATCH <= batch.rows.len() || BATCH <= batch.met.len();
            if is_full && !send(&sender, &mut batch, &seen) {
                return ControlFlow::Break(());
            }
            if most.is_some_and(|most| most <= n) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        send(&sender, &mut batch, &seen);
        Ok(())
    });
    (receiver, reading)
}

/// Hands rows over; false when nobody takes them any more.
fn send(sender: &mpsc::Sender<Batch>, batch: &mut Batch, seen: &Arc<AtomicU64>) -> bool {
    let batch = Batch { read: seen.load(Ordering::Relaxed), ..std::mem::take(batch) };
    sender.blocking_send(batch).is_ok()
}

fn parse(shaper: &Shaper, own: &[FieldDefinition], row: tables::read::Row<'_>) -> Parsed {
    let shaped = match row.fault {
        Some(fault) => Err(RowFault::Table(fault)),
        None => shaper.shape(row.columns, row.cells),
    };
    let cells = if shaped.is_err() { row.cells.to_vec() } else { Vec::new() };
    let candidate = shaped.map(|it| {
        Box::new(Candidate {
            keys: keys(shaper.plan(), &it.draft, &it.addresses),
            named: it.named,
            new: prepared(it.draft, &it.addresses, own).with_consents(it.consents),
            addresses: it.addresses,
            parents: it.parents,
            notes: it.notes,
        })
    });
    Parsed { line: row.line, cells, candidate }
}

/// One import while its rows are taken in.
struct Run {
    engine: Engine,
    job: Job,
    own: Vec<FieldDefinition>,
    lists: Vec<RecipientListId>,
    seen: Seen,
    counts: ImportCounts,
    /// Since when there is something that is not durable yet.
    left_since: Option<Stopwatch>,
}

impl Run {
    async fn begin(engine: &Engine, job: Job) -> Result<Self, Error> {
        let mut reader = engine.store.read().await?;
        let own = store::fields::all(&mut reader).await?;
        let mut lists = Vec::new();
        for list in &job.plan.lists {
            match store::recipient_lists::by_id(&mut reader, *list).await {
                Ok(_) => lists.push(*list),
                // A list that was deleted meanwhile is no reason to stop.
                Err(store::Error::Refused(Refusal::NotFound(_))) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let counts = job.counts;
        Ok(Self { engine: engine.clone(), job, own, lists, seen: Seen::default(), counts, left_since: None })
    }

    /// Takes in all rows that are left.
    async fn rows(mut self) -> Result<(), Error> {
        let known = known(&mut *self.engine.store.read().await?, self.engine.clock().now()).await?;
        let shaper = Shaper::new(self.job.plan.clone(), self.own.clone(), known);
        let done = self.counts.rows;
        let (mut batches, reading) = read(&self.engine, self.job.id, self.job.size, shaper, done, None);
        while let Some(batch) = self.next(&mut batches).await? {
            self.take(batch).await?;
        }
        let (step, fault) = match reading.await? {
            Ok(()) => (ImportStep::Finish, None),
            Err(Fault::Refused { line, fault }) => (ImportStep::Fail, Some((line, fault))),
            Err(Fault::Io(error)) => return Err(Error::File(error)),
        };
        parents::end(&self.engine, self.job.id).await?;
        let now = self.engine.clock().now();
        let mut tx = self.engine.store.write().await?;
        if let Some((line, fault)) = fault {
            store::imports::set_fault(&mut tx, self.job.id, line, &fault).await?;
        }
        store::imports::set_state(&mut tx, self.job.id, ImportState::Running, ImportState::Running.step(step)?, now).await?;
        let deed = Deed::ImportEnded(self.job.id, self.counts.created, self.counts.updated);
        store::audit::write(&mut tx, self.job.author, "", &deed, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The next batch. While none is ready, what was left so far becomes durable.
    async fn next(&mut self, batches: &mut mpsc::Receiver<Batch>) -> Result<Option<Batch>, Error> {
        if let Some(since) = self.left_since {
            match tokio::time::timeout(GROUP.saturating_sub(since.elapsed()), batches.recv()).await {
                Ok(batch) => return Ok(batch),
                Err(_) => self.settle().await?,
            }
        }
        Ok(batches.recv().await)
    }

    /// Waits until everything taken in is durable.
    async fn settle(&mut self) -> Result<(), Error> {
        self.engine.store.write().await?.commit().await?;
        self.left_since = None;
        self.engine.tell(Change::Imports);
        Ok(())
    }

    /// Takes one batch in as one transaction, durable together with those that follow soon.
    async fn take(&mut self, batch: Batch) -> Result<(), Error> {
        self.seen.meet(&batch.met);
        let before = self.counts.rows;
        if batch.rows.is_empty() {
            return Ok(());
        }
        let engine = self.engine.clone();
        let now = engine.clock().now();
        let mut tx = engine.store.write().await?;
        // Whether it was stopped is asked inside the transaction, so that nothing comes in behind the stop.
        store::imports::set_state(&mut tx, self.job.id, ImportState::Running, ImportState::Running, now).await?;
        let decided = decide(&mut tx, &self.job.plan, &self.own, &mut self.seen, batch.rows).await?;
        let (mut made, mut members, mut report, mut altered) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut children, mut of_made) = (Vec::new(), Vec::new());
        for Decided { line, name, cells, decision, notes } in decided {
            let outcome = match decision {
                Decision::Create(new) => {
                    self.counts.add(&RowOutcome::Created);
                    if !notes.is_empty() {
                        let name = new.new.name().to_owned();
                        report.push(ReportRow { line, name, outcome: RowOutcome::Created, cells, notes });
                    }
                    if !new.parents.is_empty() {
                        of_made.push((made.len(), line, new.parents));
                    }
                    made.push(new.new);
                    continue;
                }
                Decision::Update(mut update) => {
                    let keys = std::mem::take(&mut update.waits_for);
                    if !keys.is_empty() {
                        let (contact, nature) = (update.contact, update.after.nature);
                        children.push(Child { contact, name: name.clone(), nature, is_new: false, line, keys });
                    }
                    altered.push((update.contact, update.after.alterations(&update.before, &self.own)));
                    self.change(&mut tx, *update).await?
                }
                Decision::Leave(outcome) => outcome,
            };
            self.counts.add(&outcome);
            members.extend(there(&outcome));
            report.push(ReportRow { line, name, outcome, cells, notes });
        }
        self.tell(&mut tx, altered).await?;
        children.extend(self.make(&mut tx, made, of_made, &mut members).await?);
        report.extend(parents::link_or_wait(&mut tx, self.job.id, children).await?);
        for list in &self.lists {
            store::recipient_lists::members::add(&mut tx, *list, &members, AddedHow::Import, self.job.author, now).await?;
        }
        if !report.is_empty() {
            store::imports::add_report(&engine.store, &mut tx, self.job.id, &report).await?;
        }
        let progress = (batch.read * 1_000 / self.job.size.max(1)).min(1_000) as u16;
        store::imports::set_progress(&mut tx, self.job.id, before, self.counts, progress).await?;
        tx.leave().await?;
        if GROUP <= self.left_since.get_or_insert_with(Stopwatch::begin).elapsed() {
            self.settle().await?;
        }
        Ok(())
    }

    /// Writes into the history of each changed contact what it was before.
    async fn tell(&self, tx: &mut Tx, altered: Vec<(ContactId, Vec<Alteration>)>) -> Result<(), Error> {
        let deeds: Vec<Deed> = altered.iter().map(|it| Deed::ContactImported(it.0, self.job.id)).collect();
        let entries = store::audit::write_all(tx, self.job.author, &deeds, self.engine.clock().now()).await?;
        for (entry, (contact, changes)) in entries.into_iter().zip(altered) {
            store::alterations::put(&self.engine.store, tx, entry, contact, &changes).await?;
        }
        Ok(())
    }

    /// Makes new contacts. Answers those that belong to a company, of which `of_made` names the places.
    async fn make(
        &self,
        tx: &mut Tx,
        new: Vec<NewContact>,
        of_made: Vec<(usize, u64, Vec<ParentKey>)>,
        members: &mut Vec<ContactId>,
    ) -> Result<Vec<Child>, Error> {
        let n = new.len() as i64;
        if n == 0 {
            return Ok(Vec::new());
        }
        let now = self.engine.clock().now();
        let first = store::contacts::create_many(tx, &new, now).await?;
        let said = new.iter().zip(first.0..).flat_map(|(it, id)| it.consents().iter().map(move |it| (ContactId(id), it)));
        store::consents::put_many(tx, self.job.id, &said.collect::<Vec<_>>(), self.job.author, now).await?;
        store::imports::note_range(tx, self.job.id, first, ContactId(first.0 + n - 1)).await?;
        if !self.lists.is_empty() {
            members.extend((first.0..first.0 + n).map(ContactId));
        }
        let child = |(place, line, keys): (usize, u64, Vec<ParentKey>)| Child {
            contact: ContactId(first.0 + place as i64),
            name: new[place].name().to_owned(),
            nature: new[place].draft().nature,
            is_new: true,
            line,
            keys,
        };
        Ok(of_made.into_iter().map(child).collect())
    }

    async fn change(&self, tx: &mut Tx, it: super::decide::Update) -> Result<RowOutcome, Error> {
        let now = self.engine.clock().now();
        store::contacts::change(tx, it.contact, it.revision, &it.after, &it.addresses, now).await?;
        if !it.consents.is_empty() {
            for consent in &it.consents {
                store::consent_questions::close(tx, it.contact, consent.channel, now).await?;
            }
            let said: Vec<_> = it.consents.iter().map(|said| (it.contact, said)).collect();
            store::consents::put_many(tx, self.job.id, &said, self.job.author, now).await?;
            store::consents::settle(tx, it.contact).await?;
        }
        let changed = Changed { contact: it.contact, revision: it.revision + 1, before: it.before };
        store::imports::note_change(&self.engine.store, tx, self.job.id, &changed).await?;
        Ok(RowOutcome::Updated(it.contact))
    }
}
