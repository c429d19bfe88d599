//! The index of everything that has a name beside messages: contacts, campaigns, templates, lists, segments, files, users.
//!
//! What is new is found by walking through the ids of each kind, upwards, and the walk is remembered in the commit; what changed or went
//! among those behind the walk comes as jobs. So nothing has to be noted while a million rows come in, and an index that is begun anew
//! fills itself.

mod best;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use model::palette::ThingKind;
use tantivy::schema::{FAST, Field, INDEXED, Schema};
use tantivy::{IndexWriter, TantivyDocument, Term};

use crate::index::{Core, KINDS, Layout, Opened, Verification};
use crate::query::Query;
use crate::schema::{begun, placed, weighed};
use crate::{Error, Reach};
use best::BestOfKinds;

const KEY: &str = "key";

/// One thing as the index sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: ThingKind,
    /// Its id among those of its kind.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Everything else that it is found by; no phrase reaches from one of these texts into the next.
    pub texts: Vec<String>,
}

/// How far the walk through one kind has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walked {
    /// Which kind.
    pub kind: ThingKind,
    /// Everything up to this id is in the index, or is gone.
    pub to: i64,
}

/// Changes that are committed together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// What the walk has come to for the first time.
    pub new: Vec<Entry>,
    /// What stands behind the walk and has changed.
    pub changed: Vec<Entry>,
    /// What stands behind the walk and is gone.
    pub gone: Vec<(ThingKind, i64)>,
    /// How far the walks have come with it.
    pub walked: Vec<Walked>,
    /// The number of the last job that is done with it.
    pub last_job: i64,
}

/// What was found of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundKind {
    /// Which kind.
    pub kind: ThingKind,
    /// How many answer.
    pub count: u64,
    /// The ids of the best ones, the best first.
    pub best: Vec<i64>,
}

/// The open index: cheap to clone, safe to share between threads. Every method blocks for disk and processor.
#[derive(Clone)]
pub struct Things(Arc<Inner>);

struct Inner {
    core: Core,
    fields: Fields,
}

/// A text three times: its words as they stand, their stems, their beginnings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    pub exact: Field,
    pub stemmed: Field,
    pub beginnings: Field,
}

/// All fields.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    schema: Schema,
    key: Field,
    pub all: Text,
    pub name: Text,
}

impl Things {
    /// Opens the index in a folder, which is created when missing; an unusable index is emptied and begins afresh.
    ///
    /// # Errors
    /// Fails with [`Error::Busy`] when the folder is open already, and with [`Error::Io`] when the disk refuses.
    pub fn open(path: &Path, key: &[u8; 32]) -> Result<(Self, Opened), Error> {
        let fields = Fields::new();
        let (core, opened) = Core::open(path, key, fields.layout())?;
        Ok((Self(Arc::new(Inner { core, fields })), opened))
    }

    /// The folder of the index.
    pub fn path(&self) -> PathBuf {
        self.0.core.path()
    }

    /// Applies changes and commits them; what returned `Ok` survives a power loss and is found by the next query.
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged; then nothing of the batch is kept.
    pub fn apply(&self, batch: Batch) -> Result<(), Error> {
        self.0.core.apply(|writer, progress| {
            for (kind, id) in batch.gone {
                self.remove(writer, kind, id);
            }
            for entry in batch.changed {
                self.remove(writer, entry.kind, entry.id);
                writer.add_document(self.0.fields.fill(&entry))?;
            }
            for entry in batch.new {
                writer.add_document(self.0.fields.fill(&entry))?;
            }
            for Walked { kind, to } in batch.walked {
                progress.walked[kind as usize] = to;
            }
            progress.last_job = batch.last_job;
            Ok(())
        })
    }

    /// The number of the last job in the last commit, 0 in a fresh index.
    pub fn last_job(&self) -> i64 {
        self.0.core.progress().last_job
    }

    /// The id up to which all of a kind were walked through, 0 in a fresh index.
    pub fn walked(&self, kind: ThingKind) -> i64 {
        self.0.core.progress().walked[kind as usize]
    }

    /// Finds the best `limit` of each of the kinds and counts all of them; kinds of which nothing answers are left out.
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged, never because of the query.
    pub fn find(&self, words: &str, kinds: &[ThingKind], reach: Reach, limit: usize) -> Result<Vec<FoundKind>, Error> {
        let Some(query) = Query::parse(words).compile_for_things(&self.0.fields, reach) else { return Ok(Vec::new()) };
        let found = self.0.core.search(&*query, |columns| BestOfKinds::new(columns, kinds, limit))?;
        let of_kind = |(kind, (count, best)): (ThingKind, (u64, Vec<i64>))| FoundKind { kind, count, best };
        Ok(ThingKind::ALL.into_iter().zip(found).map(of_kind).filter(|it| 0 < it.count).collect())
    }

    /// Takes everything out and begins again, also when files are damaged. Waits for merges that are under way.
    ///
    /// # Errors
    /// Fails when the disk refuses.
    pub fn clear(&self) -> Result<(), Error> {
        self.0.core.clear()
    }

    /// Rewrites the parts that still hold words of what changed or went, so that these words leave the disk. Waits for merges that are
    /// under way.
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged.
    pub fn compact(&self) -> Result<(), Error> {
        self.0.core.compact()
    }

    /// Puts the writer away and waits for merges that are under way. The next change makes a new one.
    pub fn close(&self) {
        self.0.core.close();
    }

    /// Reads and checks every block of every file of the last commit.
    ///
    /// # Errors
    /// Fails when the disk refuses; damaged files are named in the answer.
    pub fn verify(&self) -> Result<Verification, Error> {
        self.0.core.verify()
    }

    fn remove(&self, writer: &IndexWriter, kind: ThingKind, id: i64) {
        writer.delete_term(Term::from_field_i64(self.0.fields.key, key(kind, id)));
    }
}

impl std::fmt::Debug for Things {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Things").field(&self.path()).finish()
    }
}

impl Fields {
    fn new() -> Self {
        let mut schema = Schema::builder();
        let key = schema.add_i64_field(KEY, INDEXED | FAST);
        let mut text = |name: &str| Text {
            exact: schema.add_text_field(&format!("{name}_exact"), placed()),
            stemmed: schema.add_text_field(&format!("{name}_stemmed"), weighed()),
            beginnings: schema.add_text_field(&format!("{name}_beginnings"), begun()),
        };
        let (all, name) = (text("all"), text("name"));
        Self { schema: schema.build(), key, all, name }
    }

    fn layout(&self) -> Layout {
        Layout { schema: self.schema.clone(), numbers: &[KEY] }
    }

    fn fill(&self, entry: &Entry) -> TantivyDocument {
        let mut filled = TantivyDocument::new();
        filled.add_i64(self.key, key(entry.kind, entry.id));
        let mut put = |text: Text, value: &str| {
            for field in [text.exact, text.stemmed, text.beginnings] {
                filled.add_text(field, value);
            }
        };
        put(self.name, &entry.name);
        put(self.all, &entry.name);
        entry.texts.iter().for_each(|it| put(self.all, it));
        filled
    }
}

/// One number for a kind and an id.
fn key(kind: ThingKind, id: i64) -> i64 {
    id * KINDS as i64 + kind as i64
}

/// The kind, by its place, and the id of a number.
fn parts(key: i64) -> (usize, i64) {
    (key.rem_euclid(KINDS as i64) as usize, key.div_euclid(KINDS as i64))
}

const _: () = assert!(ThingKind::ALL.len() <= KINDS);
