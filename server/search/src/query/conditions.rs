//! Conditions among the words that no word of a message answers: states and days. They hold for the whole query, wherever they stand.

use model::fold::fold;
use model::{Day, LocalTime, MessageState, Moment};

use super::{Query, Sense};

/// What a query says besides the words to find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Only these states, when any are named; an empty list when what is named leaves none.
    pub states: Option<Vec<MessageState>>,
    /// Only messages made at this time or later.
    pub since: Option<Moment>,
    /// Only messages made before this time.
    pub until: Option<Moment>,
    /// Whether there are words to find, too.
    pub has_words: bool,
}

impl Conditions {
    /// Reads what a user typed.
    pub fn of(words: &str) -> Self {
        Query::parse(words).conditions()
    }
}

/// One condition as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    State(MessageState),
    After(Moment),
    Before(Moment),
}

/// What each state is called, folded and without blanks, as the screens do in the three languages and in short.
const STATES: [(MessageState, &[&str]); 7] = [
    (MessageState::Draft, &["draft", "rozpisana", "rozepsana", "koncept"]),
    (MessageState::Prepared, &["prepared", "pripravena"]),
    (MessageState::Queued, &["queued", "vofronte", "vefronte", "fronta"]),
    (MessageState::Sent, &["sent", "odoslana", "odeslana"]),
    (MessageState::PartlySent, &["partlysent", "odoslanaciastocne", "odeslanacastecne", "ciastocne", "castecne"]),
    (MessageState::Failed, &["failed", "neodoslana", "neodeslana"]),
    (MessageState::Cancelled, &["cancelled", "canceled", "zrusena"]),
];
/// The beginning of a name is enough when it has so many letters.
const SHORTEST: usize = 3;

impl Condition {
    /// Reads a condition by its name and value; none when either is not known, and then they are words.
    pub fn read(name: &str, value: &str) -> Option<Self> {
        match fold(name).as_str() {
            "state" | "stav" => state(value).map(Self::State),
            "after" | "since" | "po" => begin(value).map(Self::After),
            "before" | "until" | "pred" => begin(value).map(Self::Before),
            _ => None,
        }
    }
}

/// The state that is called so; the first one whose name begins so.
fn state(value: &str) -> Option<MessageState> {
    let value: String = fold(value).chars().filter(|it| it.is_alphanumeric()).collect();
    // Names end by the gender of what they tell of: odoslaná, odoslané, odoslaný.
    let value = value.strip_suffix(['a', 'e', 'i', 'o', 'y']).unwrap_or(&value);
    let is_named = |names: &[&str]| SHORTEST <= value.len() && names.iter().any(|it| it.starts_with(value));
    STATES.iter().find(|(_, names)| is_named(names)).map(|it| it.0)
}

/// When a day, a month or a year begins: `2026-05-28`, `28.5.2026`, `2026-05`, `5.2026`, `2026`.
fn begin(value: &str) -> Option<Moment> {
    let day = Day::parse(value).ok().or_else(|| {
        let numbers: Vec<&str> = value.split(['-', '.', '/']).map(str::trim).collect();
        let is_number = |it: &&str| (1..=4).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
        if !numbers.iter().all(is_number) {
            return None;
        }
        match numbers.as_slice() {
            [year] if year.len() == 4 => Day::new(year.parse().ok()?, 1, 1),
            [year, month] if year.len() == 4 => Day::new(year.parse().ok()?, month.parse().ok()?, 1),
            [month, year] if year.len() == 4 => Day::new(year.parse().ok()?, month.parse().ok()?, 1),
            _ => None,
        }
    })?;
    Some(LocalTime { day, minute: 0 }.moment())
}

impl Query {
    /// What it says besides the words to find: of several states any, of several days the narrowest.
    pub fn conditions(&self) -> Conditions {
        let mut said = Conditions { has_words: !self.groups.is_empty(), ..Conditions::default() };
        let (mut named, mut excluded) = (Vec::new(), Vec::new());
        for (sense, condition) in &self.conditions {
            match (condition, sense) {
                (Condition::State(state), Sense::Must) => named.push(*state),
                (Condition::State(state), Sense::MustNot) => excluded.push(*state),
                (Condition::After(at), Sense::Must) | (Condition::Before(at), Sense::MustNot) => {
                    said.since = Some(said.since.map_or(*at, |it| it.max(*at)));
                }
                (Condition::Before(at), Sense::Must) | (Condition::After(at), Sense::MustNot) => {
                    said.until = Some(said.until.map_or(*at, |it| it.min(*at)));
                }
            }
        }
        if !named.is_empty() || !excluded.is_empty() {
            let is_left = |it: &MessageState| (named.is_empty() || named.contains(it)) && !excluded.contains(it);
            said.states = Some(MessageState::ALL.into_iter().filter(is_left).collect());
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<Moment> {
        Some(LocalTime { day: Day::parse(text).unwrap(), minute: 0 }.moment())
    }

    #[test]
    fn states_are_named_in_three_languages() {
        for (text, states) in [
            ("state:sent", vec![MessageState::Sent]),
            ("stav:Odoslané", vec![MessageState::Sent]),
            ("stav:odeslaná", vec![MessageState::Sent]),
            ("stav:\"vo fronte\"", vec![MessageState::Queued]),
            ("stav:\"odoslaná čiastočne\"", vec![MessageState::PartlySent]),
            ("state:partly state:failed", vec![MessageState::PartlySent, MessageState::Failed]),
            ("stav:neodoslané OR stav:zrušené", vec![MessageState::Failed, MessageState::Cancelled]),
            ("state:sent -state:sent", vec![]),
        ] {
            assert_eq!(Conditions::of(text), Conditions { states: Some(states), ..Conditions::default() }, "{text}");
        }
        assert_eq!(Conditions::of("faktúra -state:failed").states.map(|it| it.len()), Some(6));
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in ["after:2026-05-01", "po:1.5.2026", "po:\"1. 5. 2026\"", "After:2026-05", "po:5.2026", "-before:2026-05-01"] {
            assert_eq!(Conditions::of(text), Conditions { since: at("2026-05-01"), ..Conditions::default() }, "{text}");
        }
        let between = Conditions::of("po:2025 pred:2026-03-01 before:2026 zmluva");
        assert_eq!((between.since, between.until), (at("2025-01-01"), at("2026-01-01")));
        assert!(between.has_words);
    }

    #[test]
    fn what_is_no_condition_is_words() {
        for text in ["state:blue", "after:noon", "after:2026-13", "state:", "po:99999", "after:-1", "stav:od"] {
            let said = Conditions::of(text);
            assert_eq!((said.states, said.since, said.until, said.has_words), (None, None, None, true), "{text}");
        }
    }
}
