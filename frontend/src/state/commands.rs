//! The palette: what it offers for the words typed into it.

use model::collate;

/// What a command does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Goes to an address of ours.
    Go(String),
    /// Makes the screens light or dark.
    SwitchTheme,
    /// Changes the language.
    Speak(model::Language),
    /// Shows the keyboard shortcuts.
    Help,
    /// Signs out.
    SignOut,
}

/// One line of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The heading that it stands under; empty for none.
    pub group: String,
    /// What it says.
    pub label: String,
    /// What stands beside it in small; may be empty.
    pub aside: String,
    /// Name of its icon.
    pub icon: crate::parts::icon::Glyph,
    /// What it does.
    pub command: Command,
}

/// How well a label answers the words: the lower, the better; nothing when it does not. Case and diacritics do not matter.
pub fn rank(label: &str, words: &str) -> Option<u32> {
    let label = plain(label);
    let mut rank = 0;
    for word in words.split_whitespace() {
        let word = plain(word);
        let begins = label.split(|it: char| !it.is_alphanumeric()).position(|it| it.starts_with(&word));
        rank += match begins {
            Some(place) => place as u32,
            None if label.contains(&word) => 20,
            None => return None,
        };
    }
    Some(rank)
}

/// The letters without case and diacritics, one by one: `ch` is two of them to somebody who has typed only the first.
fn plain(text: &str) -> String {
    text.chars().filter_map(|it| collate::key(it.encode_utf8(&mut [0; 4])).chars().next()).collect()
}

/// The offers that answer the words, the best first; all of them when there are no words.
pub fn answer(offers: Vec<Offer>, words: &str) -> Vec<Offer> {
    let mut ranked: Vec<(u32, Offer)> = offers.into_iter().filter_map(|it| Some((rank(&it.label, words)?, it))).collect();
    ranked.sort_by_key(|it| it.0);
    ranked.into_iter().map(|it| it.1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_without_case_and_diacritics() {
        assert_eq!(rank("Zachytená pošta", "POSTA"), Some(1));
        assert_eq!(rank("Zachytená pošta", "zach po"), Some(1));
        assert_eq!(rank("Zachytená pošta", "zac"), Some(0));
        assert_eq!(rank("Nastavenia", "kontakt"), None);
    }

    #[test]
    fn the_begin_of_a_label_comes_before_its_middle() {
        assert!(rank("Kontakty", "kon") < rank("Nový kontakt", "kon"));
        assert!(rank("Nový kontakt", "kon") < rank("Balkón", "kon"));
    }
}
