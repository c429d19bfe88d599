//! Cuts out of a text the place that answers a query, by the same analysis as the index.

use std::ops::Range;

use crate::Reach;
use crate::analysis::{Word, words};
use crate::query::{Form, Query, is_similar};

/// How long a snippet is (characters).
const LENGTH: usize = 240;
/// How much of it stands before the first hit (characters).
const BEFORE: usize = 40;
/// A longer text is looked at only up to here (characters).
const LONGEST: usize = 200_000;
/// More hits than these do not help to choose the place.
const MOST_HITS: usize = 500;

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text as it stands in the message, runs of white space joined.
    pub text: String,
    /// Whether it is one of the words looked for.
    pub hit: bool,
}

/// Cuts a snippet of at most about 240 characters around the words of `query` and marks them; without a hit it is the text's beginning.
///
/// Where something is left out stands `…`. An empty text gives no piece.
pub fn mark(text: &str, query: &str, reach: Reach) -> Vec<Piece> {
    let text = text.trim();
    let text = text.char_indices().nth(LONGEST).map_or(text, |(at, _)| &text[..at]);
    let hits = hits(&words(text), &Query::parse(query), reach);
    let window = window(text, &hits);
    let mut writer = Writer::default();
    if 0 < window.start {
        writer.push("…", false);
    }
    let mut done = window.start;
    for hit in hits.iter().filter(|it| window.start <= it.start && it.end <= window.end) {
        writer.push(&text[done..hit.start], false);
        writer.push(&text[hit.clone()], true);
        done = hit.end;
    }
    writer.push(&text[done..window.end], false);
    if window.end < text.len() {
        writer.push("…", false);
    }
    writer.pieces
}

/// The places of the hits in their order, without overlaps.
fn hits(words: &[Word], query: &Query, reach: Reach) -> Vec<Range<usize>> {
    let stems: Vec<String> = words.iter().map(Word::stem).collect();
    let mut found: Vec<Range<usize>> = Vec::new();
    for form in query.wanted() {
        match form {
            Form::Stem(stem) => {
                let is_same = |it: &str| it == stem || (reach == Reach::Similar && is_similar(stem, it));
                let same = words.iter().zip(&stems).filter(|(_, it)| is_same(it));
                found.extend(same.map(|(word, _)| word.start..word.end));
            }
            Form::Phrase(phrase) => found.extend(phrases(words, phrase, false)),
            Form::Prefix(phrase) => found.extend(phrases(words, phrase, true)),
            Form::Number { joined, groups } => {
                let same = words.iter().filter(|it| it.text == *joined || groups.contains(&it.text));
                found.extend(same.map(|it| it.start..it.end));
            }
        }
    }
    found.sort_unstable_by_key(|it| (it.start, it.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for hit in found {
        match apart.last_mut() {
            Some(last) if hit.start < last.end => last.end = last.end.max(hit.end),
            _ => apart.push(hit),
        }
    }
    apart
}

/// The words of each place where a phrase stands. All that share a position are looked at together, each once for each word of the phrase:
/// so the work grows with the text, not with its square, whatever stands in it.
fn phrases(words: &[Word], phrase: &[(usize, String)], is_prefix: bool) -> Vec<Range<usize>> {
    let mut is_found = vec![false; words.len()];
    let fits = |n: usize, it: &Word| {
        let wanted = &phrase[n].1;
        it.text == *wanted || (is_prefix && n + 1 == phrase.len() && it.text.starts_with(wanted))
    };
    let (mut begin, mut places) = (0, Vec::with_capacity(phrase.len()));
    for here in words.chunk_by(|a, b| a.position == b.position) {
        let mut at = begin;
        places.clear();
        for (n, (offset, _)) in phrase.iter().enumerate() {
            let position = here[0].position + offset;
            at += words[at..].iter().take_while(|it| it.position < position).count();
            let mut beside = words[at..].iter().take_while(|it| it.position == position);
            let Some(there) = beside.position(|it| fits(n, it)) else { break };
            places.push(at + there);
        }
        if places.len() == phrase.len() {
            places.iter().for_each(|it| is_found[*it] = true);
        }
        begin += here.len();
    }
    words.iter().zip(is_found).filter(|it| it.1).map(|(it, _)| it.start..it.end).collect()
}

/// The part of the text to show: where most different words stand together.
fn window(text: &str, hits: &[Range<usize>]) -> Range<usize> {
    let mut best = (0, 0);
    for (at, hit) in hits.iter().take(MOST_HITS).enumerate() {
        let mut different: Vec<&str> = Vec::new();
        for near in hits[at..].iter().take_while(|it| it.end <= hit.start + LENGTH - BEFORE) {
            let word = &text[near.clone()];
            if !different.contains(&word) {
                different.push(word);
            }
        }
        if best.0 < different.len() {
            best = (different.len(), hit.start);
        }
    }
    let (_, first) = best;
    let start = text[..first].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| after_blank(text, at, first));
    let end =
        text[start..].char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| before_blank(text, first.max(start), start + at));
    start..end
}

/// The beginning of the next word, if there is one before `to`.
fn after_blank(text: &str, from: usize, to: usize) -> usize {
    let rest = &text[from..to];
    rest.char_indices().find(|(_, it)| it.is_whitespace()).map_or(from, |(at, it)| from + at + it.len_utf8())
}

/// The end of the last whole word, if there is one after `from`.
fn before_blank(text: &str, from: usize, to: usize) -> usize {
    text[from..to].trim_end().rfind(char::is_whitespace).map_or(to, |at| from + at)
}

/// Joins runs of white space, also over the borders of pieces.
#[derive(Default)]
struct Writer {
    pieces: Vec<Piece>,
    ends_blank: bool,
}

impl Writer {
    fn push(&mut self, text: &str, hit: bool) {
        let mut joined = String::with_capacity(text.len());
        for it in text.chars() {
            let blank = it.is_whitespace();
            if !(blank && self.ends_blank) {
                joined.push(if blank { ' ' } else { it });
            }
            self.ends_blank = blank;
        }
        match self.pieces.last_mut() {
            _ if joined.is_empty() => {}
            Some(last) if last.hit == hit => last.text.push_str(&joined),
            _ => self.pieces.push(Piece { text: joined, hit }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The snippet as one line, hits in brackets.
    fn line(text: &str, query: &str) -> String {
        mark(text, query, Reach::Exact).into_iter().map(|it| if it.hit { format!("[{}]", it.text) } else { it.text }).collect()
    }

    #[test]
    fn words_are_marked_in_any_form_and_without_diacritics() {
        for (text, query, marked) in [
            ("Posielame Vám faktúru za máj.", "faktury", "Posielame Vám [faktúru] za máj."),
            ("Faktúra zákazníka", "ZAKAZNICI faktur*", "[Faktúra] [zákazníka]"),
            ("nová faktúra, faktúra nová", "\"nova faktura\"", "[nová] [faktúra], faktúra nová"),
            ("píšte na eva@x.sk alebo jan@x.sk", "to:eva@x.sk", "píšte na [eva@x.sk] alebo jan@x.sk"),
            ("volajte 0903 622 237", "0903622237", "volajte [0903 622 237]"),
            ("volajte 0903622237", "0903 622 237", "volajte [0903622237]"),
            ("jedna dve", "-dve", "jedna dve"),
            ("  a \n\n b  ", "b", "a [b]"),
            ("", "a", ""),
        ] {
            assert_eq!(line(text, query), marked);
        }
    }

    #[test]
    fn similar_words_are_marked_when_they_are_looked_for() {
        let marked = |reach| mark("Posielame faktúru.", "faktrua", reach).into_iter().filter(|it| it.hit).count();
        assert_eq!((marked(Reach::Exact), marked(Reach::Similar)), (0, 1));
    }

    #[test]
    fn a_long_text_is_cut_around_the_hit() {
        let text = format!("{} upomienka {}", "slovo ".repeat(100), "slovo ".repeat(100));
        let snippet = line(&text, "upomienky");
        assert!(snippet.starts_with("…slovo ") && snippet.ends_with(" slovo…"), "{snippet}");
        assert!(snippet.contains("slovo [upomienka] slovo"));
        assert!(snippet.chars().count() <= LENGTH + 4);
    }

    #[test]
    fn the_place_with_most_words_is_chosen() {
        let text = format!("faktúra {} faktúra po splatnosti", "slovo ".repeat(100));
        assert!(line(&text, "faktúra splatnosti").ends_with("[faktúra] po [splatnosti]"));
    }

    #[test]
    fn a_phrase_is_found_in_long_runs_without_walking_them_again_and_again() {
        // Groups of digits stand at one position, and each of them begins the phrase.
        let digits = "12 ".repeat(60_000);
        assert!(line(&format!("{digits} faktúra 12"), "\"faktura 12\"").ends_with("[faktúra] [12]"));
        let same = format!("{}c", "a ".repeat(60_000));
        let phrase = format!("\"{}c\"", "a ".repeat(50));
        assert!(line(&same, &phrase).ends_with("[a] [c]"));
    }

    #[test]
    fn without_a_hit_it_is_the_beginning() {
        let snippet = line(&"slovo ".repeat(100), "nič");
        assert!(snippet.starts_with("slovo slovo") && snippet.ends_with("slovo…"));
    }

    proptest! {
        #[test]
        fn any_text_and_query_give_a_snippet_out_of_the_text(
            text in "(\\PC|[a-c žŽ0-9@.\n]){0,600}",
            query in "[a-c ž0-9@.\"*-]{0,20}",
        ) {
            let pieces = mark(&text, &query, Reach::Similar);
            let joined: String = pieces.iter().map(|it| it.text.as_str()).collect();
            prop_assert!(joined.chars().count() <= LENGTH + 2);
            let inner: String = joined.strip_prefix('…').unwrap_or(&joined).split_whitespace().collect();
            let whole: String = text.split_whitespace().collect();
            prop_assert!(whole.contains(inner.strip_suffix('…').unwrap_or(&inner)) || text.contains('…'));
        }
    }
}
