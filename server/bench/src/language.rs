//! How well the full text knows Slovak and Czech: word forms of the spelling dictionaries, looked up as a user would.
//!
//! Two figures for each language. *Together*: of all pairs of two forms of one word, how many find each other. *Wrong*: of all pairs of
//! forms of different words that begin with the same letters, and so could be taken for one another, how many do. Nouns in *-ost* made of
//! adjectives are words of their own, though the Czech dictionary lists them as forms.

mod dictionary;

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Result, bail};

use crate::figures::Figures;
use dictionary::Dictionary;

/// Words with fewer forms say little.
const LEAST_FORMS: usize = 3;
/// Words that share so many letters could be taken for one another.
const NEIGHBOURS: usize = 4;

/// Ends of nouns that are made of adjectives.
const MADE_NOUNS: [&str; 6] = ["ost", "osti", "ostí", "ostem", "ostmi", "ostech"];

/// A word with its forms and the stem of each, without diacritics.
struct Word {
    /// Lower case, as written, and its stem.
    forms: Vec<(String, String)>,
}

/// What one language reached.
#[derive(Default)]
struct Reached {
    together: (u64, u64),
    wrong: (u64, u64),
    plain: (u64, u64),
}

/// Measures both languages on every `every`th word of the dictionaries in `folder`.
pub fn run(folder: &Path, every: usize) -> Result<Figures> {
    let mut figures = Figures::new("language", 0);
    let mut total = Reached::default();
    let mut n_words = 0;
    for (name, file) in [("Slovak", "sk_SK"), ("Czech", "cs_CZ")] {
        let dictionary = Dictionary::read(folder, file)?;
        let words = words(&dictionary, every);
        if words.is_empty() {
            bail!("the dictionary {file} in {} has no words with forms", folder.display());
        }
        n_words += words.len();
        let reached = measure(&words);
        figures.row(name, format!("{} words: {}", words.len(), reached.text()));
        total.add(&reached);
    }
    figures.key("n", n_words);
    figures.key("recall", share(total.together));
    figures.key("wrong", share(total.wrong));
    figures.key("without_diacritics", share(total.plain));
    figures.row("together", total.text());
    Ok(figures)
}

fn words(dictionary: &Dictionary, every: usize) -> Vec<Word> {
    let mut words = Vec::new();
    for (word, mut forms) in dictionary.families().step_by(every.max(1)) {
        if word.ends_with(['ý', 'í']) {
            forms.retain(|it| !MADE_NOUNS.iter().any(|ending| it.ends_with(ending)));
        }
        if LEAST_FORMS <= forms.len() {
            let forms = forms.into_iter().map(|it| (it.to_lowercase(), search::stem_of(&it))).collect();
            words.push(Word { forms });
        }
    }
    words
}

fn measure(words: &[Word]) -> Reached {
    let mut reached = Reached::default();
    for word in words {
        for (at, (form, stem)) in word.forms.iter().enumerate() {
            for (_, other) in &word.forms[at + 1..] {
                count(&mut reached.together, stem == other);
            }
            // What finds the word as it is written must find it without diacritics, too.
            count(&mut reached.plain, search::stem_of(&model::fold::fold(form)) == *stem);
        }
    }
    reached.wrong = wrong(words);
    reached
}

/// Pairs of different words among those that begin alike: how many are taken for one another, of how many.
fn wrong(words: &[Word]) -> (u64, u64) {
    let mut beginnings: HashMap<String, Vec<(usize, &str, String)>> = HashMap::new();
    for (at, word) in words.iter().enumerate() {
        for (form, stem) in &word.forms {
            let folded = model::fold::fold(form);
            let beginning = folded.chars().take(NEIGHBOURS).collect();
            beginnings.entry(beginning).or_default().push((at, stem, folded));
        }
    }
    let mut counted = (0, 0);
    for alike in beginnings.values() {
        let mut by_stem: HashMap<&str, HashMap<usize, u64>> = HashMap::new();
        let mut by_word: HashMap<usize, u64> = HashMap::new();
        for (at, stem, _) in alike {
            *by_stem.entry(stem).or_default().entry(*at).or_default() += 1;
            *by_word.entry(*at).or_default() += 1;
        }
        counted.0 += by_stem.values().map(pairs_apart).sum::<u64>();
        counted.1 += pairs_apart(&by_word);
    }
    counted
}

/// The pairs whose two sides belong to different words.
fn pairs_apart(counts: &HashMap<usize, u64>) -> u64 {
    let all: u64 = counts.values().sum();
    let same: u64 = counts.values().map(|it| it * it).sum();
    (all * all - same) / 2
}

fn count((yes, all): &mut (u64, u64), is: bool) {
    *yes += u64::from(is);
    *all += 1;
}

fn share((part, whole): (u64, u64)) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Reached {
    fn add(&mut self, other: &Self) {
        for (sum, it) in [(&mut self.together, other.together), (&mut self.wrong, other.wrong), (&mut self.plain, other.plain)] {
            sum.0 += it.0;
            sum.1 += it.1;
        }
    }

    fn text(&self) -> String {
        format!(
            "{:.1} % found together, {:.3} % wrong, {:.1} % without diacritics",
            share(self.together) * 100.0,
            share(self.wrong) * 100.0,
            share(self.plain) * 100.0
        )
    }
}
