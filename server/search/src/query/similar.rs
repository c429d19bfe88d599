//! Words with a slip of the hand: which words may differ, and by how much. What is quoted, a beginning or has a digit is meant as typed.

use super::{Form, Query, Sense};

/// Shorter stems are too like one another.
const SHORTEST: usize = 5;
/// From this length on two letters may differ.
const LONG: usize = 9;
/// So many words of a query may differ; each costs a walk through the words of the index.
const MOST: usize = 6;

/// How many letters may be wrong, missing, surplus or in each other's place in a word of this stem.
pub(crate) fn slips(stem: &str) -> u8 {
    if stem.chars().any(|it| it.is_ascii_digit()) {
        return 0;
    }
    match stem.chars().count() {
        LONG.. => 2,
        SHORTEST.. => 1,
        _ => 0,
    }
}

/// Whether a word is like the stem that was looked for.
pub(crate) fn is_similar(stem: &str, word: &str) -> bool {
    let (slips, longer) = (usize::from(slips(stem)), stem.chars().count().abs_diff(word.chars().count()));
    longer <= slips && strsim::osa_distance(stem, word) <= slips
}

/// Whether words of the query may differ, so that similar ones can be looked for.
pub fn has_similar(words: &str) -> bool {
    Query::parse(words).may_differ()
}

impl Query {
    /// Whether there is a word in it that may differ.
    pub fn may_differ(&self) -> bool {
        let mut stems = self.groups.iter().flatten().filter(|it| it.sense == Sense::Must).filter_map(|it| match &it.form {
            Form::Stem(stem) => Some(stem),
            _ => None,
        });
        let n_words = self.groups.iter().flatten().count();
        n_words <= MOST && stems.any(|it| 0 < slips(it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_may_differ_and_short_ones_numbers_and_phrases_not() {
        for (words, may) in [
            ("faktrua", true),
            ("to:kovacova", true),
            ("dom", false),
            ("\"faktrua\"", false),
            ("faktr*", false),
            ("2026123456", false),
            ("objednavka7", false),
            ("-faktrua", false),
            ("", false),
            ("jedna dva tri styri upomienka sest", true),
            ("jedna dva tri styri upomienka sest sedem", false),
        ] {
            assert_eq!(has_similar(words), may, "{words}");
        }
    }

    #[test]
    fn a_long_word_may_differ_in_two_letters() {
        assert!(is_similar("faktur", "fakutr") && is_similar("faktur", "fakur") && !is_similar("faktur", "fakrut"));
        assert!(is_similar("objednavk", "objendvk") && !is_similar("objednavk", "objnvk"));
    }
}
