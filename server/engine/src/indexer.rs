//! Keeps the full text in step with the database: drains the search jobs in batches and commits them with their last number.

mod contents;
mod tidying;

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Duration;

use model::{MessageId, MessageState};
use search::{Document, Index, Opened};
use store::{Store, Tx};
use tokio::sync::watch;

use crate::{Engine, Error};
use contents::Contents;
pub(crate) use contents::read_words;
pub(crate) use tidying::Tidying;
pub use tidying::tidy;

/// How many jobs are taken in with one commit.
const BATCH: i64 = 500;
/// How long changes are collected before a commit: a found word may be so much younger than its message.
const COLLECT: Duration = Duration::from_millis(500);

/// Opens the index. One that is new, damaged, foreign or behind what was forgotten here is filled from the database again.
pub(crate) async fn open(store: &Store, folder: PathBuf) -> Result<Index, Error> {
    let key = *store.vault().search_key();
    let (index, opened) = tokio::task::spawn_blocking(move || Index::open(&folder, &key)).await??;
    let mut tx = store.write().await?;
    let last_given = store::search_jobs::last_given(&mut tx).await?;
    let refill = match opened {
        Opened::Fresh(reason) => {
            tracing::info!(?reason, "the search index is built anew");
            true
        }
        Opened::Existing { last_job } => {
            // An index older than the jobs that are still here, or from the future of a restored database, cannot catch up.
            let oldest = store::search_jobs::oldest(&mut tx).await?.unwrap_or(last_given + 1);
            last_given < last_job || last_job + 1 < oldest
        }
    };
    if refill {
        begin_anew(&index, &mut tx).await?;
    }
    tx.commit().await?;
    Ok(index)
}

/// Empties the index and asks for everything again.
async fn begin_anew(index: &Index, tx: &mut Tx) -> Result<(), Error> {
    let emptied = index.clone();
    tokio::task::spawn_blocking(move || emptied.clear()).await??;
    store::search_jobs::add_all(tx).await?;
    Ok(())
}

/// Takes changes in; a file that turns out to be damaged while everything runs lets the index begin anew.
async fn turn_or_mend(engine: &Engine) -> Result<usize, Error> {
    match turn(engine).await {
        Err(Error::Search(error @ search::Error::Damaged { .. })) => {
            tracing::warn!(%error, "the search index is built anew");
            let mut tx = engine.store.write().await?;
            begin_anew(&engine.index, &mut tx).await?;
            tx.commit().await?;
            Ok(0)
        }
        turned => turned,
    }
}

/// Takes in one batch of jobs; tells how many there were.
///
/// # Errors
/// Fails when the database or the index fails; the jobs stay.
pub async fn turn(engine: &Engine) -> Result<usize, Error> {
    let mut reader = engine.store.read().await?;
    let jobs = store::search_jobs::after(&mut reader, engine.index.last_job(), BATCH).await?;
    let wants_contents = store::company::get(&mut reader).await?.is_some_and(|it| it.attachment_contents);
    let mut contents = wants_contents.then(Contents::default);
    let (mut changes, mut seen, mut n, mut last) = (Vec::with_capacity(jobs.len()), HashSet::new(), 0, 0);
    for (job, id) in jobs {
        if seen.insert(id) {
            let (change, again) = change(engine, reader, id, contents.as_mut()).await?;
            changes.push(change);
            reader = again;
        }
        (n, last) = (n + 1, job);
        if contents.as_ref().is_some_and(Contents::is_full) {
            break;
        }
    }
    if n == 0 {
        return Ok(0);
    }
    drop(reader);
    let index = engine.index.clone();
    tokio::task::spawn_blocking(move || index.apply(changes, last)).await??;
    let mut tx = engine.store.write().await?;
    store::search_jobs::done(&mut tx, last).await?;
    tx.commit().await?;
    Ok(n)
}

/// Takes jobs in until `stop` becomes true.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match turn_or_mend(&engine).await {
            Ok(0) => {
                if let Err(error) = tidy(&engine).await {
                    tracing::error!(%error, "words of what was destroyed could not be taken off the disk");
                }
            }
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "the full text could not take changes in"),
        }
        let rung = async {
            // A bell that rang during the turn is kept; the long pause only catches what nobody rang for.
            let _ = tokio::time::timeout(Duration::from_secs(30), engine.index_bell.notified()).await;
            tokio::time::sleep(COLLECT).await;
        };
        tokio::select! {
            () = rung => {}
            _ = stop.changed() => {}
        }
    }
}

/// What becomes of a message in the index, and the connection to read on with: it is given back while files are read.
async fn change(
    engine: &Engine,
    mut reader: store::Reader,
    id: MessageId,
    contents: Option<&mut Contents>,
) -> Result<(search::Change, store::Reader), Error> {
    let message = match store::messages::by_id(&engine.store, &mut reader, id).await {
        Ok(message) if message.state != MessageState::Draft && message.erased_at.is_none() && message.binned_at.is_none() => {
            message
        }
        // Drafts are their author's own business; what is deleted, erased or in the bin is forgotten.
        Ok(_) | Err(store::Error::Refused(_)) => return Ok((search::Change::Remove(id.0), reader)),
        Err(error @ store::Error::Damaged { .. }) => {
            tracing::warn!(%error, "a damaged message cannot be found by its words");
            return Ok((search::Change::Remove(id.0), reader));
        }
        Err(error) => return Err(error.into()),
    };
    let contents = match contents {
        Some(contents) if !message.attachments.is_empty() => {
            drop(reader);
            let words = contents.of(engine, &message.attachments).await?;
            reader = engine.store.read().await?;
            words
        }
        _ => Vec::new(),
    };
    let mut contacts: Vec<i64> = message.recipients.iter().filter_map(|it| it.contact).map(|it| it.0).collect();
    contacts.extend(message.contact.map(|(it, _)| it.0));
    let document = Document {
        id: id.0,
        created_at: message.created_at.0,
        author: message.author.0.0,
        contacts,
        campaign: message.campaign.as_ref().map(|it| it.0.0),
        campaign_name: message.campaign.map(|it| it.1).unwrap_or_default(),
        subject: message.subject,
        body: message.text,
        sender: format!("{} <{}>", message.sender_name, message.sender_address),
        recipients: message.recipients.iter().map(|it| format!("{} <{}>", it.name, it.address)).collect(),
        attachments: message.attachments.into_iter().map(|it| it.name).collect(),
        contents,
    };
    Ok((search::Change::Put(document), reader))
}
