//! What of a query may not do what was meant, and where it stands. Nothing is refused for it: each piece is looked for as far as it goes.

use model::fold::fold;
use model::{QueryFault, QueryFaultKind};

use super::Query;

/// More than these help nobody.
const MOST: usize = 5;
/// So much of a piece is told (characters).
const LONGEST: usize = 40;
/// Names that are shorter are like too many words.
const SHORTEST_NAME: usize = 4;

/// The names of parts and conditions, in the three languages.
const NAMES: [&str; 23] = [
    "to",
    "komu",
    "príjemca",
    "příjemce",
    "from",
    "od",
    "odosielateľ",
    "odesílatel",
    "subject",
    "predmet",
    "předmět",
    "attachment",
    "príloha",
    "příloha",
    "campaign",
    "kampaň",
    "state",
    "stav",
    "after",
    "po",
    "before",
    "pred",
    "před",
];

/// A fault between two places (bytes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub kind: QueryFaultKind,
    pub from: usize,
    pub to: usize,
}

/// What is amiss with the value of a condition that could not be read; nothing when no condition is called so.
pub(super) fn of_condition(name: &str, value: &str) -> Option<QueryFaultKind> {
    let unreadable = match fold(name).as_str() {
        "state" | "stav" => QueryFaultKind::UnknownState,
        "after" | "since" | "po" | "before" | "until" | "pred" => QueryFaultKind::UnreadableDay,
        _ => return None,
    };
    Some(if value.is_empty() { QueryFaultKind::NothingBehind } else { unreadable })
}

/// The part that was meant by a name, folded, that none has but that is nearly one.
pub(super) fn of_name(name: &str, rest: &str) -> Option<QueryFaultKind> {
    let is_part = !rest.starts_with(|it: char| it.is_whitespace() || it == '/') && !rest.is_empty();
    let is_like = |it: &&&str| {
        let known = fold(it);
        SHORTEST_NAME <= known.len() && known != name && strsim::osa_distance(&known, name) == 1
    };
    if !is_part || name.len() < SHORTEST_NAME - 1 || NAMES.iter().any(|it| fold(it) == name) {
        return None;
    }
    NAMES.iter().find(is_like).map(|it| QueryFaultKind::LikePart((*it).to_owned()))
}

/// What of the words may not do what was meant, in the order of the places.
pub fn faults(words: &str) -> Vec<QueryFault> {
    let mut faults = Query::parse(words).faults;
    faults.sort_by_key(|it| it.from);
    faults.truncate(MOST);
    let told = |it: Fault| QueryFault {
        kind: it.kind,
        piece: words[it.from..it.to].trim().chars().take(LONGEST).collect(),
        place: words[..it.from].chars().count() as u32 + 1,
    };
    faults.into_iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use QueryFaultKind::{
        LikePart, LoneOr, NothingBehind, OpenQuotes, ShortBeginning, StarInFront, TooLong, UnknownState, UnreadableDay,
    };

    use super::*;

    #[test]
    fn each_fault_names_its_piece_and_place() {
        for (words, kind, piece, place) in [
            ("faktúra stav:modrá", UnknownState, "stav:modrá", 9),
            ("čaj after:noon x", UnreadableDay, "after:noon", 5),
            ("po:31.2.2026", UnreadableDay, "po:31.2.2026", 1),
            ("komu:", NothingBehind, "komu:", 1),
            ("state:", NothingBehind, "state:", 1),
            ("zmluva \"po splatnosti", OpenQuotes, "\"po splatnosti", 8),
            ("f* zmluva", ShortBeginning, "f*", 1),
            ("*úra", StarInFront, "*úra", 1),
            ("OR faktúra", LoneOr, "OR", 1),
            ("faktúra OR", LoneOr, "OR", 9),
            ("form:eva zmluva", LikePart("from".into()), "form:", 1),
            ("subjekt:zmluva", LikePart("subject".into()), "subjekt:", 1),
        ] {
            assert_eq!(faults(words), [QueryFault { kind, piece: piece.into(), place }], "{words}");
        }
        let long = faults(&"slovo ".repeat(1_000));
        assert!(!long.is_empty() && long.iter().all(|it| it.kind == TooLong), "{long:?}");
    }

    #[test]
    fn what_is_right_or_plain_text_has_none() {
        for words in [
            "",
            "faktúra",
            "\"po splatnosti\" -upomienka",
            "stav:odoslaná OR stav:zrušená",
            "po:2026 pred:1.5.2026 komu:eva@x.sk",
            "a OR b",
            "IČO:12345678",
            "12:30",
            "http://firma.sk",
            "Re: faktúra",
            "fakt*",
            "- x",
            "predmet: zmluva",
            "(a b)",
        ] {
            assert_eq!(faults(words), [], "{words}");
        }
    }
}
