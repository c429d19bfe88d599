//! What a user typed, read into a tree of our own. Reading never fails: what makes no sense is a word, or nothing.
//!
//! Words must all occur, in any form (`faktúra` finds `faktúry`); `"as it stands"` is a phrase; `-word` or `NOT word` must not occur;
//! `one OR other`; `fakt*` begins so; `to:`, `from:`, `subject:`, `attachment:` and `campaign:` (also in Slovak and Czech) look in one part
//! only. `state:`, `after:` and `before:` hold for the whole query. Brackets mean nothing. What binds: a blank binds tighter than OR.

mod compile;
mod conditions;
mod similar;

use model::fold::fold;

use crate::analysis::{Kind, Word, words};
use crate::schema::Part;

use conditions::Condition;
pub use conditions::Conditions;
pub use similar::has_similar;
pub(crate) use similar::is_similar;

/// What is typed beyond so many characters is not looked at.
const LONGEST: usize = 1_000;
/// Words beyond so many are not looked for.
const MOST_WORDS: usize = 64;
/// A beginning needs so many characters; a shorter one is a word.
const SHORTEST_PREFIX: usize = 2;

/// A query: any of the groups, in each of them all of the clauses; and all of the conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    pub groups: Vec<Vec<Clause>>,
    conditions: Vec<(Sense, Condition)>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    pub sense: Sense,
    pub part: Part,
    pub form: Form,
}

/// Whether a clause must or must not be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    Must,
    MustNot,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A word in any of its forms, by its stem.
    Stem(String),
    /// Words one after the other as they stand, each with its distance from the first.
    Phrase(Vec<(usize, String)>),
    /// Words one after the other, of which the last one only begins so.
    Prefix(Vec<(usize, String)>),
    /// A number: its groups joined, or each of them.
    Number { joined: String, groups: Vec<String> },
}

impl Query {
    /// Reads what a user typed.
    pub fn parse(text: &str) -> Self {
        let text = text.char_indices().nth(LONGEST).map_or(text, |(at, _)| &text[..at]);
        let mut reader = Reader { rest: text, n_words: 0, groups: vec![Vec::new()], conditions: Vec::new() };
        reader.read();
        let groups = reader.groups.into_iter().filter(|it| !it.is_empty()).map(join_numbers).collect();
        Self { groups, conditions: reader.conditions }
    }

    /// What must occur, for marking it in a text.
    pub fn wanted(&self) -> impl Iterator<Item = &Form> {
        self.groups.iter().flatten().filter(|it| it.sense == Sense::Must).map(|it| &it.form)
    }
}

struct Reader<'a> {
    rest: &'a str,
    n_words: usize,
    groups: Vec<Vec<Clause>>,
    conditions: Vec<(Sense, Condition)>,
}

/// What was read of a piece.
enum Piece<'a> {
    Quoted(&'a str),
    Bare(&'a str),
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        let mut sense = Sense::Must;
        loop {
            self.rest = self.rest.trim_start_matches(|it: char| it.is_whitespace() || matches!(it, '(' | ')'));
            if self.rest.is_empty() {
                return;
            }
            if let Some(rest) = self.rest.strip_prefix(['-', '−']) {
                self.rest = rest;
                // A lone sign between blanks is a dash of a text, not a "not".
                sense = if rest.starts_with(char::is_whitespace) { Sense::Must } else { Sense::MustNot };
                continue;
            }
            if let Some(condition) = self.condition() {
                self.conditions.push((sense, condition));
                sense = Sense::Must;
                continue;
            }
            let part = self.part();
            match self.piece() {
                Piece::Bare("AND" | "&&" | "&") if part == Part::All => {}
                Piece::Bare("OR" | "||" | "|") if part == Part::All => {
                    self.groups.push(Vec::new());
                    sense = Sense::Must;
                }
                Piece::Bare("NOT") if part == Part::All => sense = Sense::MustNot,
                piece => {
                    self.clause(sense, part, &piece);
                    sense = Sense::Must;
                }
            }
        }
    }

    /// A condition and its value, when both are known.
    fn condition(&mut self) -> Option<Condition> {
        let (name, value) = self.rest.split_once(':')?;
        let mut ahead = Reader { rest: value.trim_start(), n_words: 0, groups: Vec::new(), conditions: Vec::new() };
        let condition = match ahead.piece() {
            Piece::Quoted(value) | Piece::Bare(value) => Condition::read(name, value.trim_end_matches([')', ',', ';']))?,
        };
        self.rest = ahead.rest;
        Some(condition)
    }

    /// The part that a name with a colon stands for; an unknown name is left to be a word.
    fn part(&mut self) -> Part {
        let Some((name, rest)) = self.rest.split_once(':') else { return Part::All };
        let part = match fold(name).as_str() {
            "to" | "komu" | "prijemca" | "prijemce" => Part::To,
            "from" | "od" | "odosielatel" | "odesilatel" => Part::From,
            "subject" | "predmet" => Part::Subject,
            "attachment" | "file" | "priloha" => Part::Attachment,
            "campaign" | "kampan" => Part::Campaign,
            _ => return Part::All,
        };
        self.rest = rest.trim_start();
        part
    }

    /// Takes a phrase in quotes, which end may be missing, or everything up to a blank or a quote.
    fn piece(&mut self) -> Piece<'a> {
        if let Some(inner) = self.rest.strip_prefix(is_quote) {
            let (phrase, rest) = inner.split_once(is_quote).unwrap_or((inner, ""));
            self.rest = rest;
            return Piece::Quoted(phrase);
        }
        let end = self.rest.find(|it: char| it.is_whitespace() || is_quote(it)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        Piece::Bare(word)
    }

    fn clause(&mut self, sense: Sense, part: Part, piece: &Piece<'_>) {
        let (text, is_phrase) = match piece {
            Piece::Quoted(text) => (*text, true),
            Piece::Bare(text) => (*text, false),
        };
        let mut words = lookups(text);
        words.truncate(MOST_WORDS - self.n_words);
        let Some(last) = words.last() else { return };
        self.n_words += words.len();
        let begins = !is_phrase && text.ends_with('*') && SHORTEST_PREFIX <= last.text.chars().count();
        let form = match words.as_slice() {
            [word] if !is_phrase && !begins && word.kind == Kind::Plain => Form::Stem(word.stem()),
            _ if begins => Form::Prefix(placed(&words)),
            _ => Form::Phrase(placed(&words)),
        };
        if let Some(group) = self.groups.last_mut() {
            group.push(Clause { sense, part, form });
        }
    }
}

/// The words to look for: of an address or a number only the whole, of which the parts are in the index too.
fn lookups(text: &str) -> Vec<Word> {
    let mut kept: Vec<Word> = Vec::new();
    for word in words(text) {
        if kept.last().is_some_and(|last| last.start == word.start && last.end < word.end) {
            kept.pop();
        }
        if kept.last().is_none_or(|last| last.end <= word.start) {
            kept.push(word);
        }
    }
    kept
}

/// The words with their distance from the first.
fn placed(words: &[Word]) -> Vec<(usize, String)> {
    let first = words.first().map_or(0, |it| it.position);
    words.iter().map(|it| (it.position - first, it.text.clone())).collect()
}

/// Joins neighbouring words that may be groups of one number: `0903 622 237`.
fn join_numbers(clauses: Vec<Clause>) -> Vec<Clause> {
    let mut joined: Vec<Clause> = Vec::new();
    for clause in clauses {
        if let Some(last) = joined.last_mut()
            && let Some(form) = together(last, &clause)
        {
            last.form = form;
        } else {
            joined.push(clause);
        }
    }
    joined
}

fn together(before: &Clause, after: &Clause) -> Option<Form> {
    let Form::Stem(next) = &after.form else { return None };
    if before.sense == Sense::MustNot || after.sense == Sense::MustNot || before.part != after.part || !is_digits(next) {
        return None;
    }
    let (joined, mut groups) = match &before.form {
        Form::Stem(first) if first.bytes().any(|it| it.is_ascii_digit()) => (first.clone(), vec![first.clone()]),
        Form::Number { joined, groups } => (joined.clone(), groups.clone()),
        _ => return None,
    };
    groups.push(next.clone());
    Some(Form::Number { joined: joined + next, groups })
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

fn is_quote(it: char) -> bool {
    matches!(it, '"' | '„' | '“' | '”' | '«' | '»')
}

#[cfg(test)]
mod tests;
