//! A scratch folder with an index in it.

use search::{Change, Document, Hit, Index, Opened, Restriction};
use tempfile::TempDir;

/// The key that the bed uses.
pub const KEY: [u8; 32] = [7; 32];

/// No ids.
pub const NONE: [i64; 0] = [];

/// An index in a folder that is deleted with it.
pub struct Bed {
    pub folder: TempDir,
    pub index: Index,
}

impl Bed {
    /// An empty index.
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let (index, _) = Index::open(folder.path(), &KEY).unwrap();
        Self { folder, index }
    }

    /// An index with messages numbered from 1 that have these bodies, each a second newer than the one before.
    pub fn with(bodies: &[&str]) -> Self {
        let bed = Self::new();
        let documents = bodies.iter().zip(1..).map(|(body, id)| document(id, body));
        bed.index.apply(documents.map(Change::Put).collect(), bodies.len() as i64).unwrap();
        bed
    }

    /// The ids that a query finds, newest first.
    pub fn ids(&self, query: &str) -> Vec<i64> {
        self.ids_within(query, &Restriction::default())
    }

    /// The same within a restriction.
    pub fn ids_within(&self, query: &str, restriction: &Restriction) -> Vec<i64> {
        let hits = self.index.find(query, restriction, None, 10_000).unwrap();
        assert_eq!(self.index.count(query, restriction).unwrap(), hits.len() as u64, "count and find differ: {query}");
        hits.iter().map(|it| it.id).collect()
    }

    /// All ids of a query, read page by page.
    pub fn paged(&self, query: &str, size: usize) -> Vec<Hit> {
        let mut all: Vec<Hit> = Vec::new();
        loop {
            let page = self.index.find(query, &Restriction::default(), all.last().copied(), size).unwrap();
            if page.is_empty() {
                return all;
            }
            all.extend(page);
        }
    }

    /// Closes the index and opens it again.
    pub fn reopened(self) -> (Self, Opened) {
        let Self { folder, index } = self;
        index.close();
        drop(index);
        let (index, opened) = Index::open(folder.path(), &KEY).unwrap();
        (Self { folder, index }, opened)
    }
}

/// A message with this body.
pub fn document(id: i64, body: &str) -> Document {
    Document { id, created_at: id * 1_000, author: 1, body: body.to_owned(), ..Document::default() }
}
