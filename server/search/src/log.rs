//! The index of the action log: who did what to which thing, by words, newest first. It grows at its end as the log does; entries about a
//! thing that got another name, or about a person who was erased, are put in anew.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, FuzzyTermQuery, Query, TermQuery, TermSetQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema};
use tantivy::{TantivyDocument, Term};

use crate::analysis::{LONGEST_BEGINNING, words};
use crate::first::{First, Tally};
use crate::index::{Core, Layout, Opened, Verification};
use crate::schema::{CREATED_AT, ID, begun, placed};
use crate::{Error, Hit, Restriction};

/// One entry of the log as the index sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogEntry {
    /// Its number.
    pub id: i64,
    /// When it happened, Unix milliseconds.
    pub at: i64,
    /// Who did it.
    pub actor: i64,
    /// The key of the words that tell the deed.
    pub deed: String,
    /// The thing it is about, such as `campaign-5`.
    pub subject: Option<String>,
    /// What it is found by: the name of the thing, the network, values before and after.
    pub texts: Vec<String>,
    /// What of people stood in their fields before and after: found only by those who may see it.
    pub people: Vec<String>,
}

/// Changes that are committed together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogBatch {
    /// What came to the end of the log.
    pub new: Vec<LogEntry>,
    /// What is in the index and is now found by other words.
    pub again: Vec<LogEntry>,
    /// The last entry that is in the index then.
    pub to: i64,
}

/// One word that was typed, and everything it may stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogTerm {
    /// The word; also only its beginning.
    pub word: String,
    /// The keys of the deeds that are told by it.
    pub deeds: Vec<String>,
    /// Those who are called so.
    pub actors: Vec<i64>,
}

/// What is looked for; everything absent bounds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// Words that all must fit.
    pub terms: Vec<LogTerm>,
    /// Whether words are looked for in what stood in the fields of people as well.
    pub people: bool,
    /// Only what this user did.
    pub actor: Option<i64>,
    /// Only what is about one of these things; nothing for all.
    pub subjects: Vec<String>,
    /// Only at this time or later, Unix milliseconds.
    pub since: Option<i64>,
    /// Only before this time, Unix milliseconds.
    pub until: Option<i64>,
}

/// The open index: cheap to clone, safe to share between threads. Every method blocks for disk and processor.
#[derive(Clone)]
pub struct Log(Arc<Inner>);

struct Inner {
    core: Core,
    fields: Fields,
}

#[derive(Clone, Debug)]
struct Fields {
    schema: Schema,
    id: Field,
    at: Field,
    actor: Field,
    deed: Field,
    subject: Field,
    words: Words,
    people: Words,
}

/// Texts twice: their words as they stand, and the beginnings of these.
#[derive(Clone, Copy, Debug)]
struct Words {
    exact: Field,
    beginnings: Field,
}

impl Log {
    /// Opens the index in a folder, which is created when missing; an unusable index is emptied and begins afresh.
    ///
    /// # Errors
    /// Fails with [`Error::Busy`] when the folder is open already, and with [`Error::Io`] when the disk refuses.
    pub fn open(path: &Path, key: &[u8; 32]) -> Result<(Self, Opened), Error> {
        let fields = Fields::new();
        let layout = Layout { schema: fields.schema.clone(), numbers: &[CREATED_AT, ID] };
        let (core, opened) = Core::open(path, key, layout)?;
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
    pub fn apply(&self, batch: LogBatch) -> Result<(), Error> {
        let fields = &self.0.fields;
        self.0.core.apply(|writer, progress| {
            for entry in batch.again {
                writer.delete_term(Term::from_field_i64(fields.id, entry.id));
                writer.add_document(fields.fill(&entry))?;
            }
            for entry in batch.new {
                writer.add_document(fields.fill(&entry))?;
            }
            progress.last_job = batch.to;
            Ok(())
        })
    }

    /// The last entry in the last commit, 0 in a fresh index.
    pub fn last(&self) -> i64 {
        self.0.core.progress().last_job
    }

    /// Finds entries, newest first, at most `limit`, behind `before` (the last hit of the page before).
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged, never because of the query.
    pub fn find(&self, query: &LogQuery, before: Option<Hit>, limit: usize) -> Result<Vec<Hit>, Error> {
        let restriction = query.restriction();
        self.0.core.search(&*self.0.fields.compile(query), |columns| First::new(columns, &restriction, before, limit))
    }

    /// Counts entries.
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged, never because of the query.
    pub fn count(&self, query: &LogQuery) -> Result<u64, Error> {
        let restriction = query.restriction();
        self.0.core.search(&*self.0.fields.compile(query), |columns| Tally::new(columns, &restriction))
    }

    /// Takes everything out and begins again, also when files are damaged. Waits for merges that are under way.
    ///
    /// # Errors
    /// Fails when the disk refuses.
    pub fn clear(&self) -> Result<(), Error> {
        self.0.core.clear()
    }

    /// Rewrites the parts that still hold words of entries that were put in anew, so that these words leave the disk.
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
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Log").field(&self.path()).finish()
    }
}

impl LogQuery {
    fn restriction(&self) -> Restriction {
        Restriction { since: self.since, until: self.until, ..Restriction::default() }
    }
}

impl Fields {
    fn new() -> Self {
        let mut schema = Schema::builder();
        let id = schema.add_i64_field(ID, INDEXED | FAST);
        let at = schema.add_i64_field(CREATED_AT, FAST);
        let actor = schema.add_i64_field("actor", INDEXED);
        let deed = schema.add_text_field("deed", STRING);
        let subject = schema.add_text_field("subject", STRING);
        let mut words = |name: &str| Words {
            exact: schema.add_text_field(&format!("{name}_exact"), placed()),
            beginnings: schema.add_text_field(&format!("{name}_beginnings"), begun()),
        };
        let (words, people) = (words("words"), words("people"));
        Self { schema: schema.build(), id, at, actor, deed, subject, words, people }
    }

    fn fill(&self, entry: &LogEntry) -> TantivyDocument {
        let mut filled = TantivyDocument::new();
        filled.add_i64(self.id, entry.id);
        filled.add_i64(self.at, entry.at);
        filled.add_i64(self.actor, entry.actor);
        filled.add_text(self.deed, &entry.deed);
        if let Some(subject) = &entry.subject {
            filled.add_text(self.subject, subject);
        }
        for (words, texts) in [(self.words, &entry.texts), (self.people, &entry.people)] {
            for text in texts.iter().filter(|it| !it.is_empty()) {
                filled.add_text(words.exact, text);
                filled.add_text(words.beginnings, text);
            }
        }
        filled
    }

    fn compile(&self, query: &LogQuery) -> Box<dyn Query> {
        let mut all: Vec<Box<dyn Query>> = query.terms.iter().map(|it| self.term(it, query.people)).collect();
        if let Some(actor) = query.actor {
            all.push(Box::new(TermQuery::new(Term::from_field_i64(self.actor, actor), IndexRecordOption::Basic)));
        }
        if !query.subjects.is_empty() {
            all.push(Box::new(TermSetQuery::new(query.subjects.iter().map(|it| Term::from_field_text(self.subject, it)))));
        }
        if all.is_empty() { Box::new(AllQuery) } else { Box::new(BooleanQuery::intersection(all)) }
    }

    fn term(&self, term: &LogTerm, people: bool) -> Box<dyn Query> {
        let mut ways: Vec<Box<dyn Query>> = Vec::new();
        if !term.deeds.is_empty() {
            ways.push(Box::new(TermSetQuery::new(term.deeds.iter().map(|it| Term::from_field_text(self.deed, it)))));
        }
        if !term.actors.is_empty() {
            ways.push(Box::new(TermSetQuery::new(term.actors.iter().map(|it| Term::from_field_i64(self.actor, *it)))));
        }
        let typed = words(&term.word);
        let n_places = if typed.is_empty() { 0 } else { 1 + usize::from(people) };
        for place in [self.words, self.people].into_iter().take(n_places) {
            ways.push(Box::new(BooleanQuery::intersection(typed.iter().map(|it| place.beginning(&it.text)).collect())));
        }
        if ways.is_empty() { Box::new(EmptyQuery) } else { Box::new(BooleanQuery::union(ways)) }
    }
}

impl Words {
    /// Every word that begins so.
    fn beginning(self, begun: &str) -> Box<dyn Query> {
        match begun.chars().count() {
            0..=LONGEST_BEGINNING => {
                Box::new(TermQuery::new(Term::from_field_text(self.beginnings, begun), IndexRecordOption::Basic))
            }
            _ => Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(self.exact, begun), 0, true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: i64, actor: i64, deed: &str, subject: &str, texts: &[&str]) -> LogEntry {
        let texts = texts.iter().map(|&it| it.to_owned()).collect();
        let subject = Some(subject.to_owned());
        LogEntry { id, at: 1_000 + id, actor, deed: deed.to_owned(), subject, texts, people: Vec::new() }
    }

    fn word(word: &str) -> LogTerm {
        LogTerm { word: word.to_owned(), ..LogTerm::default() }
    }

    fn found(log: &Log, query: &LogQuery) -> Vec<i64> {
        log.find(query, None, 10).unwrap().into_iter().map(|it| it.id).collect()
    }

    fn filled() -> (tempfile::TempDir, Log) {
        let folder = tempfile::tempdir().unwrap();
        let (log, _) = Log::open(folder.path(), &[7; 32]).unwrap();
        let new = vec![
            entry(1, 2, "log.deed_contact_created", "contact-1", &["Žofia Ďurišová", "10.0.0.1"]),
            entry(2, 3, "log.deed_account_changed", "account-1", &["Obchod", "smtp.example.sk"]),
            entry(3, 2, "log.deed_account_changed", "account-1", &["Obchod", "smtp.iny.sk"]),
        ];
        log.apply(LogBatch { new, to: 3, ..LogBatch::default() }).unwrap();
        (folder, log)
    }

    #[test]
    fn entries_are_found_by_words_without_diacritics_newest_first() {
        let (_folder, log) = filled();
        let by = |term: LogTerm| found(&log, &LogQuery { terms: vec![term], ..LogQuery::default() });
        assert_eq!((by(word("durisova")), by(word("DURI")), by(word("obch"))), (vec![1], vec![1], vec![3, 2]));
        assert_eq!(by(LogTerm { deeds: vec!["log.deed_account_changed".into()], ..word("zmena") }), [3, 2]);
        assert_eq!(by(LogTerm { actors: vec![2], ..word("zuzana") }), [3, 1]);
        assert!(by(word("nikto")).is_empty());
    }

    #[test]
    fn all_words_must_fit_and_every_filter_bounds() {
        let (_folder, log) = filled();
        let changed = LogTerm { deeds: vec!["log.deed_account_changed".into()], ..word("zmena") };
        let both = LogQuery { terms: vec![changed, word("iny")], ..LogQuery::default() };
        assert_eq!((found(&log, &both), log.count(&both).unwrap()), (vec![3], 1));
        let about = LogQuery { subjects: vec!["account-1".into()], actor: Some(3), ..LogQuery::default() };
        assert_eq!(found(&log, &about), [2]);
        let later = LogQuery { terms: vec![word("obchod")], since: Some(1_003), ..LogQuery::default() };
        assert_eq!(found(&log, &later), [3]);
    }

    #[test]
    fn what_stood_in_the_fields_of_people_is_found_only_where_it_is_asked_for() {
        let (_folder, log) = filled();
        let changed = entry(4, 2, "log.deed_contact_changed", "contact-1", &["Žofia Ďurišová"]);
        let new = vec![LogEntry { people: vec!["stara@example.sk".into()], ..changed }];
        log.apply(LogBatch { new, to: 4, ..LogBatch::default() }).unwrap();
        let by = |people| found(&log, &LogQuery { terms: vec![word("stara@example.sk")], people, ..LogQuery::default() });
        assert_eq!((by(false), by(true)), (vec![], vec![4]));
    }

    #[test]
    fn pages_follow_one_another() {
        let (_folder, log) = filled();
        let query = LogQuery { terms: vec![word("obchod")], ..LogQuery::default() };
        let first = log.find(&query, None, 1).unwrap();
        let second = log.find(&query, Some(first[0]), 1).unwrap();
        assert_eq!((first[0].id, second[0].id), (3, 2));
        assert!(log.find(&query, Some(second[0]), 1).unwrap().is_empty());
    }

    #[test]
    fn what_is_put_in_anew_is_found_by_its_new_words_alone() {
        let (_folder, log) = filled();
        let again = vec![entry(1, 2, "log.deed_contact_created", "contact-1", &["", "10.0.0.1"])];
        log.apply(LogBatch { again, to: 3, ..LogBatch::default() }).unwrap();
        log.compact().unwrap();
        let by = |text: &str| found(&log, &LogQuery { terms: vec![word(text)], ..LogQuery::default() });
        assert!(by("durisova").is_empty());
        assert_eq!((by("10.0.0.1"), log.last()), (vec![1], 3));
    }
}
