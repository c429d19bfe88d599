//! What a user typed, read into a tree of our own. Reading never fails: what makes no sense is a word, or nothing.
//!
//! Words must all occur, in any form (`faktúra` finds `faktúry`); `"as it stands"` is a phrase; `-word` or `NOT word` must not occur;
//! `one OR other`; `fakt*` begins so; `to:`, `from:`, `subject:`, `attachment:` and `campaign:` (also in Slovak and Czech) look in one part
//! only. `state:`, `after:` and `before:` hold for the whole query. Brackets mean nothing. What binds: a blank binds tighter than OR.

mod compile;
mod conditions;
mod faults;
mod numbers;
mod similar;
mod things;

use model::QueryFaultKind;
use model::fold::fold;

use crate::analysis::{Kind, Word, words};
use crate::schema::Part;

use conditions::Condition;
pub use conditions::Conditions;
use faults::Fault;
pub use faults::faults;
use numbers::join_numbers;
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
    faults: Vec<Fault>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    pub sense: Sense,
    pub part: Part,
    pub form: Form,
    /// The last word as it was typed, folded, unless it stood in quotes: it may still be being typed.
    pub typed: Option<String>,
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
        let looked_at = text.char_indices().nth(LONGEST).map_or(text, |(at, _)| &text[..at]);
        let mut reader = Reader::of(looked_at);
        reader.read();
        if looked_at.len() < text.len() {
            reader.blame(QueryFaultKind::TooLong, looked_at.len());
        }
        let groups = reader.groups.into_iter().filter(|it| !it.is_empty()).map(join_numbers).collect();
        Self { groups, conditions: reader.conditions, faults: reader.faults }
    }

    /// What must occur, for marking it in a text.
    pub fn wanted(&self) -> impl Iterator<Item = &Form> {
        self.groups.iter().flatten().filter(|it| it.sense == Sense::Must).map(|it| &it.form)
    }
}

struct Reader<'a> {
    whole: &'a str,
    rest: &'a str,
    n_words: usize,
    groups: Vec<Vec<Clause>>,
    conditions: Vec<(Sense, Condition)>,
    /// Where the last *or* stands, as long as nothing stands behind it; at the beginning as if one stood before it.
    last_or: Option<usize>,
    faults: Vec<Fault>,
}

/// What was read of a piece.
enum Piece<'a> {
    Quoted(&'a str),
    Bare(&'a str),
}

impl<'a> Reader<'a> {
    fn of(text: &'a str) -> Self {
        let (groups, conditions, faults) = (vec![Vec::new()], Vec::new(), Vec::new());
        Self { whole: text, rest: text, n_words: 0, groups, conditions, last_or: Some(0), faults }
    }

    /// How much was read (bytes).
    fn at(&self) -> usize {
        self.whole.len() - self.rest.len()
    }

    fn blame(&mut self, kind: QueryFaultKind, from: usize) {
        self.faults.push(Fault { kind, from, to: self.at() });
    }

    fn read(&mut self) {
        let mut sense = Sense::Must;
        loop {
            self.rest = self.rest.trim_start_matches(|it: char| it.is_whitespace() || matches!(it, '(' | ')'));
            if self.rest.is_empty() {
                if let Some(at) = self.last_or.filter(|_| 1 < self.groups.len()) {
                    self.blame(QueryFaultKind::LoneOr, at);
                }
                return;
            }
            let begin = self.at();
            if let Some(rest) = self.rest.strip_prefix(['-', '−']) {
                self.rest = rest;
                // A lone sign between blanks is a dash of a text, not a "not".
                sense = if rest.starts_with(char::is_whitespace) { Sense::Must } else { Sense::MustNot };
                continue;
            }
            if let Some(condition) = self.condition() {
                self.conditions.push((sense, condition));
                (sense, self.last_or) = (Sense::Must, None);
                continue;
            }
            let part = self.part();
            match self.piece() {
                Piece::Bare("AND" | "&&" | "&") if part == Part::All => {}
                Piece::Bare("OR" | "||" | "|") if part == Part::All => {
                    if self.last_or.replace(begin).is_some() {
                        self.blame(QueryFaultKind::LoneOr, begin);
                    }
                    self.groups.push(Vec::new());
                    sense = Sense::Must;
                }
                Piece::Bare("NOT") if part == Part::All => sense = Sense::MustNot,
                piece => {
                    self.clause((sense, part), &piece, begin);
                    (sense, self.last_or) = (Sense::Must, None);
                }
            }
        }
    }

    /// A condition and its value, when both are known.
    fn condition(&mut self) -> Option<Condition> {
        let (name, value) = self.rest.split_once(':')?;
        let mut ahead = Reader::of(value.trim_start());
        let (Piece::Quoted(value) | Piece::Bare(value)) = ahead.piece();
        let value = value.trim_end_matches([')', ',', ';']);
        let condition = Condition::read(name, value);
        if condition.is_some() {
            self.rest = ahead.rest;
        } else if let Some(kind) = faults::of_condition(name, value) {
            let to = self.whole.len() - ahead.rest.len();
            self.faults.push(Fault { kind, from: self.at(), to });
        }
        condition
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
            name => {
                if let Some(kind) = faults::of_name(name, rest) {
                    let from = self.at();
                    self.faults.push(Fault { kind, from, to: self.whole.len() - rest.len() });
                }
                return Part::All;
            }
        };
        self.rest = rest.trim_start();
        part
    }

    /// Takes a phrase in quotes, which end may be missing, or everything up to a blank or a quote.
    fn piece(&mut self) -> Piece<'a> {
        if let Some(inner) = self.rest.strip_prefix(is_quote) {
            let begin = self.at();
            let closed = inner.split_once(is_quote);
            let (phrase, rest) = closed.unwrap_or((inner, ""));
            self.rest = rest;
            if closed.is_none() {
                self.blame(QueryFaultKind::OpenQuotes, begin);
            }
            return Piece::Quoted(phrase);
        }
        let end = self.rest.find(|it: char| it.is_whitespace() || is_quote(it)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        Piece::Bare(word)
    }

    /// Takes a piece, which began there, for words.
    fn clause(&mut self, (sense, part): (Sense, Part), piece: &Piece<'_>, begin: usize) {
        let (text, is_phrase) = match piece {
            Piece::Quoted(text) => (*text, true),
            Piece::Bare(text) => (*text, false),
        };
        let mut words = lookups(text);
        if words.is_empty() && part != Part::All {
            self.blame(QueryFaultKind::NothingBehind, begin);
        }
        if MOST_WORDS < self.n_words + words.len() {
            self.blame(QueryFaultKind::TooLong, begin);
        }
        words.truncate(MOST_WORDS - self.n_words);
        let Some(last) = words.last() else { return };
        self.n_words += words.len();
        let has_star = !is_phrase && text.ends_with('*');
        let begins = has_star && SHORTEST_PREFIX <= last.text.chars().count();
        if has_star && !begins {
            self.blame(QueryFaultKind::ShortBeginning, begin);
        }
        if !is_phrase && text.starts_with('*') {
            self.blame(QueryFaultKind::StarInFront, begin);
        }
        let typed = (!is_phrase).then(|| last.text.clone());
        let form = match words.as_slice() {
            [word] if !is_phrase && !begins && word.kind == Kind::Plain => Form::Stem(word.stem()),
            _ if begins => Form::Prefix(placed(&words)),
            _ => Form::Phrase(placed(&words)),
        };
        if let Some(group) = self.groups.last_mut() {
            group.push(Clause { sense, part, form, typed });
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

fn is_quote(it: char) -> bool {
    matches!(it, '"' | '„' | '“' | '”' | '«' | '»')
}

#[cfg(test)]
mod tests;
