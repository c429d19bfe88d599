//! Search among many messages, as the list asks: the newest sixty of what answers. Beside it the same texts and questions in the same
//! session in SQLite FTS5 and, when an address is given, in PostgreSQL.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use search::{Change, Document, Index, Restriction};
use serde_json::{Map, Value, json};

use crate::figures::{Figures, Times};

/// How often each kind of question is asked, each time with other words.
const TIMES: usize = 100;
/// Documents in one commit.
const BATCH: u32 = 5_000;
/// Words of a text.
const WORDS: usize = 60;
/// Different words there are.
const VOCABULARY: u64 = 60_000;
/// Authors; a question with a filter asks for one of them.
const AUTHORS: i64 = 10;
/// Rows that a page takes.
const PAGE: usize = 61;
const SYLLABLES: [&str; 16] =
    ["fa", "ktú", "ra", "zmlu", "va", "po", "nu", "ka", "ob", "jed", "náv", "do", "dá", "cie", "pla", "tba"];

/// Fills an index with `n` texts and asks it; then the peers.
pub fn run(n: u32, postgres: Option<&str>) -> Result<Figures> {
    let folder = tempfile::tempdir()?;
    let mut figures = Figures::new("search", n);
    let texts = folder.path().join("texts.tsv");
    let index = fill(&folder.path().join("index"), &texts, n, &mut figures)?;
    let questions = questions();
    let (mut all, mut terms) = (Times::default(), Times::default());
    for kind in &questions {
        let mut times = Times::default();
        for ask in &kind.asks {
            let restriction = Restriction { author: ask.author, ..Restriction::default() };
            let begin = Instant::now();
            index.find(&ask.ours(), &restriction, None, PAGE)?;
            let took = begin.elapsed();
            times.add(took);
            all.add(took);
            if kind.is_term {
                terms.add(took);
            }
        }
        figures.row(kind.name, times.text());
    }
    figures.key("p50_ms", all.share(0.5));
    figures.key("p95_ms", all.share(0.95));
    let mut ratios = Map::new();
    let sqlite = ask_sqlite(folder.path(), &texts, &questions)?;
    tell("SQLite FTS5", &sqlite, &mut figures);
    ratios.insert("sqlite_fts5_terms".into(), json!(terms.share(0.95) / sqlite.terms.share(0.95)));
    ratios.insert("sqlite_fts5".into(), json!(all.share(0.95) / sqlite.all.share(0.95)));
    match postgres {
        Some(address) => {
            let peer = ask_postgres(folder.path(), address, &texts, &questions)?;
            tell("PostgreSQL", &peer, &mut figures);
            ratios.insert("postgresql".into(), json!(all.share(0.95) / peer.all.share(0.95)));
        }
        None => figures.row("PostgreSQL", "not asked; --postgres ADDRESS names an empty database".to_owned()),
    }
    figures.key("ratio_to", Value::Object(ratios));
    Ok(figures)
}

/// What a question asks for.
struct Ask {
    words: Vec<String>,
    form: Form,
    author: Option<i64>,
}

#[derive(Clone, Copy)]
enum Form {
    Words,
    Phrase,
    Prefix,
}

struct Kind {
    name: &'static str,
    is_term: bool,
    asks: Vec<Ask>,
}

impl Ask {
    fn ours(&self) -> String {
        match self.form {
            // As it stands, because the peers know no word forms.
            Form::Words => self.words.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(" "),
            Form::Phrase => format!("\"{}\"", self.words.join(" ")),
            Form::Prefix => format!("{}*", self.words[0]),
        }
    }

    fn sqlite(&self) -> String {
        self.ours()
    }

    fn postgres(&self) -> String {
        match self.form {
            Form::Words => self.words.join(" & "),
            Form::Phrase => self.words.join(" <-> "),
            Form::Prefix => format!("{}:*", self.words[0]),
        }
    }
}

/// The kinds of questions. Words are more or less frequent, each the same in every run.
fn questions() -> Vec<Kind> {
    let word = |rank: usize| plain(&word(rank as u64));
    let kind = |name, is_term, ask: &dyn Fn(usize) -> Ask| Kind { name, is_term, asks: (0..TIMES).map(ask).collect() };
    let ask = |words, form, author| Ask { words, form, author };
    vec![
        kind("a frequent word", true, &|n| ask(vec![word(n % 20)], Form::Words, None)),
        kind("a seldom word", true, &|n| ask(vec![word(5_000 + n * 31)], Form::Words, None)),
        kind("two words", true, &|n| ask(vec![word(n % 50), word(200 + n)], Form::Words, None)),
        kind("a phrase", false, &|n| ask(vec![word(n % 10), word(10 + n % 10)], Form::Phrase, None)),
        kind("a beginning", false, &|n| ask(vec![word(300 + n).chars().take(5).collect()], Form::Prefix, None)),
        kind("a word and a filter", true, &|n| ask(vec![word(n % 50)], Form::Words, Some(n as i64 % AUTHORS))),
    ]
}

/// The word of a rank; the lower, the more frequent.
fn word(rank: u64) -> String {
    let mut word = String::new();
    let mut left = rank + 1;
    while 0 < left || word.chars().count() < 4 {
        word.push_str(SYLLABLES[(left % 16) as usize]);
        left /= 16;
    }
    word
}

/// Without diacritics, as people type.
fn plain(word: &str) -> String {
    model::fold::fold(word)
}

/// The same numbers in every run (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// The rank of a word: half of all words are among the first few hundred.
    fn rank(&mut self) -> u64 {
        let share = (self.next() % 1_000_000) as f64 / 1_000_000.0;
        ((VOCABULARY as f64).powf(share) - 1.0) as u64
    }
}

fn fill(path: &Path, texts: &Path, n: u32, figures: &mut Figures) -> Result<Index> {
    let (index, _) = Index::open(path, &[7; 32])?;
    let mut peers = BufWriter::new(File::create(texts)?);
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut spent = Duration::ZERO;
    for from in (0..n).step_by(BATCH as usize) {
        let mut changes = Vec::new();
        for id in from..n.min(from + BATCH) {
            let body: Vec<String> = (0..WORDS).map(|_| word(chance.rank())).collect();
            let (body, author) = (body.join(" "), i64::from(id) % AUTHORS);
            writeln!(peers, "{}\t{author}\t{}", id + 1, plain(&body))?;
            let id = i64::from(id) + 1;
            changes.push(Change::Put(Document { id, created_at: id * 1_000, author, body, ..Document::default() }));
        }
        let begin = Instant::now();
        index.apply(changes, i64::from(from) + 1)?;
        spent += begin.elapsed();
    }
    peers.flush()?;
    figures.row("taking in", format!("{:.0} s, {:.0} texts/s", spent.as_secs_f64(), f64::from(n) / spent.as_secs_f64()));
    figures.key("docs_per_s", f64::from(n) / spent.as_secs_f64());
    Ok(index)
}

/// What a peer needed.
struct Peer {
    by_kind: Vec<(&'static str, Times)>,
    all: Times,
    terms: Times,
}

fn tell(name: &str, peer: &Peer, figures: &mut Figures) {
    for (kind, times) in &peer.by_kind {
        figures.row(&format!("{name}: {kind}"), times.text());
    }
}

/// Sorts the times of a peer by kinds, in the order in which it was asked.
fn sorted(questions: &[Kind], milliseconds: &[f64]) -> Result<Peer> {
    let mut peer = Peer { by_kind: Vec::new(), all: Times::default(), terms: Times::default() };
    let mut told = milliseconds.iter().map(|it| Duration::from_secs_f64(it / 1_000.0));
    for kind in questions {
        let mut times = Times::default();
        for _ in &kind.asks {
            let took = told.next().context("the peer answered fewer questions than it was asked")?;
            times.add(took);
            peer.all.add(took);
            if kind.is_term {
                peer.terms.add(took);
            }
        }
        peer.by_kind.push((kind.name, times));
    }
    Ok(peer)
}

fn ask_sqlite(folder: &Path, texts: &Path, questions: &[Kind]) -> Result<Peer> {
    let asked = folder.join("sqlite.tsv");
    let mut file = BufWriter::new(File::create(&asked)?);
    for ask in questions.iter().flat_map(|it| &it.asks) {
        writeln!(file, "{}\t{}", ask.sqlite(), ask.author.map_or_else(String::new, |it| it.to_string()))?;
    }
    file.flush()?;
    let mut command = Command::new("python3");
    command.args(["-c", include_str!("peers/fts5.py")]).arg(folder.join("fts5.db")).arg(texts).arg(&asked);
    let output = command.stderr(Stdio::inherit()).output().context("python3 is needed to ask SQLite")?;
    if !output.status.success() {
        bail!("SQLite could not be asked");
    }
    let times: Vec<f64> = String::from_utf8(output.stdout)?.lines().filter_map(|it| it.parse().ok()).collect();
    sorted(questions, &times)
}

fn ask_postgres(folder: &Path, address: &str, texts: &Path, questions: &[Kind]) -> Result<Peer> {
    let script = folder.join("postgres.sql");
    let mut file = BufWriter::new(File::create(&script)?);
    writeln!(file, "CREATE TABLE texts (id bigint PRIMARY KEY, author bigint, body text);")?;
    writeln!(file, "\\copy texts FROM '{}'", texts.display())?;
    writeln!(file, "ALTER TABLE texts ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', body)) STORED;")?;
    writeln!(
        file,
        "CREATE INDEX ON texts USING gin (words);\nCREATE INDEX ON texts (author, id);\nVACUUM ANALYZE texts;\n\\timing on"
    )?;
    for ask in questions.iter().flat_map(|it| &it.asks) {
        let author = ask.author.map_or_else(String::new, |it| format!(" AND author = {it}"));
        let words = ask.postgres();
        writeln!(
            file,
            "SELECT id FROM texts WHERE words @@ to_tsquery('simple', '{words}'){author} ORDER BY id DESC LIMIT {PAGE};"
        )?;
    }
    writeln!(file, "\\timing off\nDROP TABLE texts;")?;
    file.flush()?;
    let output = Command::new("psql").args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f"]).arg(&script).arg(address).output();
    let output = output.context("psql is needed to ask PostgreSQL")?;
    if !output.status.success() {
        bail!("PostgreSQL could not be asked: {}", String::from_utf8_lossy(&output.stderr));
    }
    let told = String::from_utf8(output.stdout)?;
    let times = told.lines().filter_map(|it| it.strip_prefix("Time: ")?.split(' ').next()?.parse().ok());
    sorted(questions, &times.collect::<Vec<f64>>())
}
