//! What every index here has in common, whatever lies in it: its folder, its writer, its life.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tantivy::IndexWriter;
use tantivy::collector::Collector;
use tantivy::indexer::NoMergePolicy;
use tantivy::query::Query;
use tantivy::schema::Schema;

use super::folder::{self, Folder};
use super::state::{Progress, State};
use super::{Opened, Verification};
use crate::Error;
use crate::columns::ColumnsBySegment;

/// How an index is laid out.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub schema: Schema,
    /// The fields with numbers that are read for each document found.
    pub numbers: &'static [&'static str],
}

/// An open index.
pub(crate) struct Core {
    layout: Layout,
    folder: Folder,
    /// Replaced when the index is made anew.
    state: RwLock<Arc<State>>,
    /// Made with the first change; whoever holds the lock is the only one to change the index.
    writer: Mutex<Option<IndexWriter>>,
}

impl Core {
    /// Opens the index in a folder, or begins a new one.
    pub fn open(path: &Path, key: &[u8; 32], layout: Layout) -> Result<(Self, Opened), Error> {
        let (folder, state, opened) = folder::open(path, key, &layout)?;
        Ok((Self::of(layout, folder, state), opened))
    }

    /// Opens an index for looking alone.
    pub fn look(path: &Path, key: &[u8; 32], layout: Layout) -> Result<Self, Error> {
        let (folder, state) = folder::look(path, key, &layout)?;
        Ok(Self::of(layout, folder, state))
    }

    fn of(layout: Layout, folder: Folder, state: State) -> Self {
        Self { layout, folder, state: RwLock::new(Arc::new(state)), writer: Mutex::new(None) }
    }

    /// The folder of the index.
    pub fn path(&self) -> PathBuf {
        self.folder.path.clone()
    }

    /// Changes documents and commits them together with how far the index is then.
    pub fn apply(&self, change: impl FnOnce(&IndexWriter, &mut Progress) -> Result<(), Error>) -> Result<(), Error> {
        let mut writer = self.writer();
        let state = self.state();
        let applied = guarded(|| {
            let mut progress = state.progress();
            let writer = made(&mut writer, &state)?;
            change(writer, &mut progress)?;
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&progress.to_payload());
            commit.commit()?;
            state.committed(progress)
        });
        if applied.is_err() {
            // A writer that failed is not used again: dropping it forgets what was not committed.
            *writer = None;
        }
        applied
    }

    /// How far the last commit is.
    pub fn progress(&self) -> Progress {
        self.state().progress()
    }

    /// Runs a query and collects what it finds; the collector is made with the numbers of the segments in use.
    pub fn search<C: Collector>(
        &self,
        query: &dyn Query,
        collector: impl FnOnce(Arc<ColumnsBySegment>) -> C,
    ) -> Result<C::Fruit, Error> {
        let state = self.state();
        guarded(|| Ok(state.search(query, &collector(state.columns.clone()))?))
    }

    /// Takes everything out and begins again, also when files are damaged. Waits for merges that are under way.
    pub fn clear(&self) -> Result<(), Error> {
        let mut writer = self.writer();
        rest(&mut writer);
        let state = guarded(|| self.folder.renew(&self.layout))?;
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
        Ok(())
    }

    /// Rewrites the parts that still hold words of removed or replaced documents. Waits for merges that are under way.
    pub fn compact(&self) -> Result<(), Error> {
        let mut writer = self.writer();
        rest(&mut writer);
        let state = self.state();
        guarded(|| {
            let mut own = state.new_writer()?;
            own.set_merge_policy(Box::new(NoMergePolicy));
            for segment in state.index.searchable_segment_metas()? {
                if segment.has_deletes() {
                    own.merge(&[segment.id()]).wait()?;
                }
            }
            state.reload()?;
            own.garbage_collect_files().wait()?;
            Ok(())
        })
    }

    /// Puts the writer away and waits for merges that are under way. The next change makes a new one.
    pub fn close(&self) {
        rest(&mut self.writer());
    }

    /// Reads and checks every block of every file of the last commit.
    pub fn verify(&self) -> Result<Verification, Error> {
        let state = self.state();
        guarded(|| self.folder.verify(&state))
    }

    fn state(&self) -> Arc<State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn writer(&self) -> MutexGuard<'_, Option<IndexWriter>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The writer, made when there is none.
fn made<'w>(writer: &'w mut Option<IndexWriter>, state: &State) -> Result<&'w mut IndexWriter, Error> {
    if writer.is_none() {
        *writer = Some(state.new_writer()?);
    }
    writer.as_mut().ok_or_else(|| Error::Engine("there is no writer".to_owned()))
}

/// Puts the writer away and waits until its merges have ended; how they end does not matter, the last commit stands.
fn rest(writer: &mut Option<IndexWriter>) {
    if let Some(writer) = writer.take() {
        let _ = writer.wait_merging_threads();
    }
}

/// Runs work of the engine, which may panic on files that are not what it wrote.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::Engine("the engine panicked".to_owned())))
}
