//! Spelling dictionaries in the form of Hunspell: words with flags, and for each flag the endings it stands for.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// A dictionary.
pub struct Dictionary {
    words: Vec<(String, String)>,
    endings: HashMap<char, Vec<Ending>>,
}

/// Takes `strip` off the end of a word that matches, and puts `add` there.
struct Ending {
    strip: String,
    add: String,
    condition: Vec<Letter>,
}

/// What one letter of a condition asks for.
enum Letter {
    Any,
    One(char),
    In(Vec<char>),
    NotIn(Vec<char>),
}

impl Dictionary {
    /// Reads `NAME.aff` and `NAME.dic` (UTF-8, flags of one letter).
    pub fn read(folder: &Path, name: &str) -> Result<Self> {
        let open = |ending: &str| {
            let path = folder.join(format!("{name}.{ending}"));
            fs::read_to_string(&path)
                .with_context(|| format!("{} (Debian has it in hunspell-sk and hunspell-cs)", path.display()))
        };
        let mut endings: HashMap<char, Vec<Ending>> = HashMap::new();
        for line in open("aff")?.lines() {
            let fields: Vec<&str> = line.split_whitespace().collect();
            // The head of a group has a Y or N and a number in the place of the letters.
            if let ["SFX", flag, strip, add, condition, ..] = fields[..]
                && let Some(flag) = flag.chars().next()
            {
                endings.entry(flag).or_default().push(Ending {
                    strip: letters(strip),
                    add: letters(add.split('/').next().unwrap_or(add)),
                    condition: parse(condition),
                });
            }
        }
        let words = open("dic")?
            .lines()
            .skip(1)
            .filter_map(|line| line.split_whitespace().next()?.split_once('/'))
            .map(|(word, flags)| (word.to_owned(), flags.to_owned()))
            .collect();
        Ok(Self { words, endings })
    }

    /// Each word that has endings, with its forms, itself among them.
    pub fn families(&self) -> impl Iterator<Item = (&str, BTreeSet<String>)> {
        self.words.iter().map(|(word, flags)| {
            let endings = flags.chars().filter_map(|it| self.endings.get(&it)).flatten();
            let mut forms: BTreeSet<String> = endings.filter_map(|it| it.apply(word)).collect();
            forms.insert(word.clone());
            (word.as_str(), forms)
        })
    }
}

impl Ending {
    fn apply(&self, word: &str) -> Option<String> {
        let rest = word.strip_suffix(&self.strip)?;
        let mut behind = word.chars().rev();
        let fits = self.condition.iter().rev().all(|it| behind.next().is_some_and(|letter| it.takes(letter)));
        fits.then(|| format!("{rest}{}", self.add))
    }
}

impl Letter {
    fn takes(&self, letter: char) -> bool {
        match self {
            Self::Any => true,
            Self::One(it) => *it == letter,
            Self::In(set) => set.contains(&letter),
            Self::NotIn(set) => !set.contains(&letter),
        }
    }
}

fn letters(field: &str) -> String {
    if field == "0" { String::new() } else { field.to_owned() }
}

/// Reads a condition: letters, `.` for any, `[ab]` for one of some and `[^ab]` for any other.
fn parse(condition: &str) -> Vec<Letter> {
    let mut parsed = Vec::new();
    let mut rest = condition.chars();
    while let Some(it) = rest.next() {
        parsed.push(match it {
            '.' => Letter::Any,
            '[' => {
                let set: Vec<char> = rest.by_ref().take_while(|it| *it != ']').collect();
                match set.split_first() {
                    Some(('^', others)) => Letter::NotIn(others.to_vec()),
                    _ => Letter::In(set),
                }
            }
            it => Letter::One(it),
        });
    }
    if condition == "." { Vec::new() } else { parsed }
}
