//! One life of the index, from its making to its clearing.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tantivy::collector::Collector;
use tantivy::index::{IndexSettings, SegmentComponent};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::query::Query;
use tantivy::store::Compressor;
use tantivy::{Directory, Index, IndexReader, IndexWriter, ReloadPolicy, TantivyError};

use super::common::Layout;
use crate::Error;
use crate::columns::ColumnsBySegment;
use crate::directory::EncryptedDirectory;
use crate::schema::tokenizers;

/// Bytes of words that are collected before they are written; more makes a rebuild faster and the process larger.
const COLLECTED: usize = 32 << 20;

/// How many kinds of things there may be.
pub(crate) const KINDS: usize = 8;

/// How far the index is; kept in the commit itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    pub last_job: i64,
    /// The highest id ever put in.
    pub highest_id: Option<i64>,
    /// Of things: the highest id of each kind that the walk through the database has come to.
    #[serde(default)]
    pub walked: [i64; KINDS],
}

impl Progress {
    pub fn to_payload(self) -> String {
        serde_json::json!(self).to_string()
    }
}

/// An index with its reader.
pub(crate) struct State {
    pub index: Index,
    pub columns: Arc<ColumnsBySegment>,
    reader: IndexReader,
    progress: Mutex<Progress>,
}

impl State {
    /// Makes a new index in an empty folder.
    pub fn create(directory: EncryptedDirectory, layout: &Layout) -> Result<Self, Error> {
        let settings = IndexSettings {
            // Nothing is stored, so there is nothing to compress beside the words.
            docstore_compression: Compressor::None,
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let index = Index::builder().schema(layout.schema.clone()).settings(settings).tokenizers(tokenizers());
        Self::new(index.open_or_create(directory)?, Progress::default(), layout)
    }

    /// Opens the index of a folder; none when it has other fields.
    pub fn open(directory: EncryptedDirectory, layout: &Layout) -> Result<Option<Self>, Error> {
        let mut index = Index::open(directory)?;
        if index.schema() != layout.schema {
            return Ok(None);
        }
        index.set_tokenizers(tokenizers());
        // The engine takes some missing files for empty ones and would only notice with a query.
        for file in files(&index)? {
            if !index.directory().exists(&file).map_err(TantivyError::from)? {
                return Err(Error::Damaged { file: file.display().to_string() });
            }
        }
        let progress = match index.load_metas()?.payload {
            Some(payload) => serde_json::from_str(&payload).map_err(|error| Error::Engine(error.to_string()))?,
            None => Progress::default(),
        };
        Self::new(index, progress, layout).map(Some)
    }

    fn new(index: Index, progress: Progress, layout: &Layout) -> Result<Self, Error> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let columns = Arc::new(ColumnsBySegment::new(layout.numbers));
        Ok(Self { index, columns, reader, progress: Mutex::new(progress) })
    }

    pub fn progress(&self) -> Progress {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The files of the last commit.
    pub fn files(&self) -> Result<Vec<PathBuf>, Error> {
        files(&self.index)
    }

    /// Takes note of a commit and makes it visible.
    pub fn committed(&self, progress: Progress) -> Result<(), Error> {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = progress;
        self.reload()
    }

    /// Makes the last commit and the last merge visible.
    pub fn reload(&self) -> Result<(), Error> {
        self.reader.reload()?;
        self.columns.keep_only(self.reader.searcher().segment_readers());
        Ok(())
    }

    pub fn search<C: Collector>(&self, query: &dyn Query, collector: &C) -> tantivy::Result<C::Fruit> {
        self.reader.searcher().search(query, collector)
    }

    /// A writer with one thread to index and one to merge: indexing must leave the processor to the sending.
    pub fn new_writer(&self) -> Result<IndexWriter, Error> {
        let options =
            IndexWriterOptions::builder().memory_budget_per_thread(COLLECTED).num_worker_threads(1).num_merge_threads(1).build();
        let writer = self.index.writer_with_options(options)?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(policy));
        Ok(writer)
    }
}

/// The files that the last commit consists of.
fn files(index: &Index) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for segment in index.load_metas()?.segments {
        use SegmentComponent::{Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
        files.extend([Postings, Positions, Terms, FastFields, FieldNorms, Store].map(|it| segment.relative_path(it)));
        if segment.has_deletes() {
            files.push(segment.relative_path(Delete));
        }
    }
    Ok(files)
}
