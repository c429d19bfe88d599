//! From a text to the words that are indexed and looked for. Both sides go through the same door.
//!
//! A word is a run of letters and digits, folded. Beside the words stand, at the same position, e-mail addresses as a whole, and groups of
//! digits joined over their inner blanks (`0903 622 237`, `SK31 1200 …`, `1 234,50`), so that a number is found however it was typed.

use model::fold::{fold, is_combining};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::stem::stem;

/// Longer words are cut (characters): nobody types them, and they would swell the index.
const LONGEST: usize = 64;
/// Longer e-mail addresses cannot exist (RFC 5321 §4.5.3.1.3, bytes).
const LONGEST_ADDRESS: usize = 254;
/// So many groups of digits are joined at most; an IBAN has six.
const MOST_GROUPS: usize = 6;

/// Of so many letters at most a beginning is a word of its own, where beginnings are taken in.
pub(crate) const LONGEST_BEGINNING: usize = 4;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A run of letters and digits.
    Plain,
    /// A whole e-mail address.
    Address,
    /// Several groups of digits as one number.
    Joined,
}

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The word, folded.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// Its place among the words; the parts of a number share one.
    pub position: usize,
    /// Where it begins in the text (bytes).
    pub start: usize,
    /// Where it ends in the text (bytes).
    pub end: usize,
}

impl Word {
    /// What a word has in common with its other forms.
    pub fn stem(&self) -> String {
        if self.kind == Kind::Plain { stem(&self.text) } else { self.text.clone() }
    }
}

/// What the forms of a word have in common, by which they are found together; other words keep apart by it.
pub fn stem_of(word: &str) -> String {
    stem(&fold(word))
}

/// Splits a text into its words, in the order of their positions.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let spans = spans(text);
    let mut addresses = addresses(text).into_iter().peekable();
    let mut words = Vec::with_capacity(spans.len());
    let (mut position, mut at) = (0, 0);
    while at < spans.len() {
        while let Some((start, end)) = addresses.next_if(|(start, _)| *start <= spans[at].0) {
            words.push(Word { text: fold(&text[start..end]), kind: Kind::Address, position, start, end });
        }
        let n = number_length(text, &spans[at..]);
        for from in at..at + n {
            for to in from..(from + MOST_GROUPS).min(at + n) {
                let kind = if from == to { Kind::Plain } else { Kind::Joined };
                let joined: String = spans[from..=to].iter().map(|(start, end)| cut(fold(&text[*start..*end]))).collect();
                words.push(Word { text: joined, kind, position, start: spans[from].0, end: spans[to].1 });
            }
        }
        position += 1;
        at += n;
    }
    words
}

/// The runs of letters and digits.
fn spans(text: &str) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (at, it) in text.char_indices() {
        let end = at + it.len_utf8();
        match spans.last_mut() {
            Some(last) if last.1 == at && (it.is_alphanumeric() || is_combining(it)) => last.1 = end,
            _ if it.is_alphanumeric() => spans.push((at, end)),
            _ => {}
        }
    }
    spans
}

/// The e-mail addresses, roughly: what stands around an `@` without blanks and brackets.
fn addresses(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let local = text[..at].chars().rev().take_while(|it| it.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(*it));
        let domain = text[at + 1..].chars().take_while(|it| it.is_alphanumeric() || matches!(it, '-' | '.'));
        let start = at - local.take(LONGEST_ADDRESS).map(char::len_utf8).sum::<usize>();
        let end = at + 1 + domain.take(LONGEST_ADDRESS).map(char::len_utf8).sum::<usize>();
        let start = start + text[start..at].find(char::is_alphanumeric).unwrap_or(at - start);
        let end = at + 1 + text[at + 1..end].trim_end_matches(['-', '.']).len();
        if start < at && at + 1 < end && end - start <= LONGEST_ADDRESS {
            found.push((start, end));
        }
    }
    found
}

/// How many spans from the first one on are one number: groups of digits with one blank between, the first one maybe with letters (IBAN).
fn number_length(text: &str, spans: &[(usize, usize)]) -> usize {
    let has_digit = |(start, end): (usize, usize)| text[start..end].bytes().any(|it| it.is_ascii_digit());
    let is_digits = |(start, end): (usize, usize)| text[start..end].bytes().all(|it| it.is_ascii_digit());
    if !has_digit(spans[0]) {
        return 1;
    }
    let pairs = spans.windows(2);
    1 + pairs.take_while(|pair| is_digits(pair[1]) && is_one_blank(&text[pair[0].1..pair[1].0])).count()
}

fn is_one_blank(gap: &str) -> bool {
    matches!(gap, " " | "\u{a0}" | "\u{2007}" | "\u{2009}" | "\u{202f}")
}

/// The beginnings of a word as words; an address begins as its first part does.
fn beginnings(word: &Word) -> Vec<Word> {
    if word.kind == Kind::Address {
        return Vec::new();
    }
    let ends = word.text.char_indices().map(|(at, it)| at + it.len_utf8()).take(LONGEST_BEGINNING);
    ends.map(|end| Word { text: word.text[..end].to_owned(), ..word.clone() }).collect()
}

fn cut(mut word: String) -> String {
    if let Some((at, _)) = word.char_indices().nth(LONGEST) {
        word.truncate(at);
    }
    word
}

/// The words as tantivy takes them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Analyzer {
    /// The words as they stand.
    Exact,
    /// Their stems.
    Stemmed,
    /// Their first one, two … letters: a short beginning that very many words have is found as fast as a word.
    Beginnings,
}

/// The words of one text, one after the other.
pub(crate) struct Words {
    words: std::vec::IntoIter<Word>,
    stemmed: bool,
    token: Token,
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Words;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words {
        let words = match self {
            Self::Exact | Self::Stemmed => words(text),
            Self::Beginnings => words(text).iter().flat_map(beginnings).collect(),
        };
        Words { words: words.into_iter(), stemmed: matches!(self, Self::Stemmed), token: Token::default() }
    }
}

impl TokenStream for Words {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.offset_from = word.start;
        self.token.offset_to = word.end;
        self.token.position = word.position;
        self.token.text = if self.stemmed { word.stem() } else { word.text };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(usize, String)> {
        words(text).into_iter().map(|it| (it.position, it.text)).collect()
    }

    fn list(words: &[(usize, &str)]) -> Vec<(usize, String)> {
        words.iter().map(|(position, word)| (*position, (*word).to_owned())).collect()
    }

    #[test]
    fn words_are_folded_and_numbered() {
        assert_eq!(
            found("Vážený pán O'Neil, 5 ks!"),
            list(&[(0, "vazeny"), (1, "pan"), (2, "o"), (3, "neil"), (4, "5"), (5, "ks")])
        );
        assert_eq!(found(" \n…—()"), []);
    }

    #[test]
    fn an_address_is_a_word_as_a_whole_and_in_parts() {
        assert_eq!(
            found("<Eva.Nova@Firma.sk>."),
            list(&[(0, "eva.nova@firma.sk"), (0, "eva"), (1, "nova"), (2, "firma"), (3, "sk")])
        );
        assert_eq!(found("@ a@ @b a@@b"), list(&[(0, "a"), (1, "b"), (2, "a"), (3, "b")]));
    }

    #[test]
    fn groups_of_digits_are_also_one_number() {
        assert_eq!(found("1\u{a0}234,50"), list(&[(0, "1"), (0, "1234"), (0, "234"), (1, "50")]));
        assert_eq!(found("12. 5. 2026"), list(&[(0, "12"), (1, "5"), (2, "2026")]));
        let iban = words("SK31 1200 0000 1987 4263 7541");
        assert!(iban.iter().any(|it| it.text == "sk3112000000198742637541"));
        assert!(iban.iter().all(|it| it.position == 0));
    }

    #[test]
    fn words_have_beginnings() {
        let mut stream = Analyzer::Beginnings;
        let mut stream = stream.token_stream("Žilina ab");
        let mut found = Vec::new();
        while stream.advance() {
            found.push(stream.token().text.clone());
        }
        assert_eq!(found, ["z", "zi", "zil", "zili", "a", "ab"]);
    }

    #[test]
    fn offsets_point_at_the_word() {
        let text = "č – Ďakujem c\u{30c}e eva@x.sk 1 2";
        for word in words(text) {
            assert_eq!(fold(&text[word.start..word.end]).replace(' ', ""), word.text);
        }
    }

    #[test]
    fn endless_words_are_cut() {
        let words = words(&"ž".repeat(1_000_000));
        assert_eq!(words[0].text.len(), LONGEST);
        assert!(super::words(&format!("{}@x.sk", "a".repeat(300))).iter().all(|it| it.kind == Kind::Plain));
    }
}
