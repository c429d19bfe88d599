//! Which files a company does not let into its messages, told by the ending of their names.

use serde::{Deserialize, Serialize};

use crate::{Fault, Faults};

/// Endings of files that run when opened; mail programs refuse them anyway.
const DELIVERED: [&str; 33] = [
    "ade", "adp", "app", "appx", "bat", "chm", "cmd", "com", "cpl", "dll", "exe", "hta", "ins", "iso", "jar", "js", "jse", "lnk",
    "mde", "msc", "msi", "msp", "mst", "pif", "ps1", "scr", "sct", "sys", "vb", "vbe", "vbs", "wsf", "wsh",
];
/// Most endings.
const ENDINGS_MAX: usize = 200;
/// Greatest length of an ending in characters.
const LENGTH_MAX: usize = 12;

/// Endings of names in small letters, without the dot. By default those of files that run when opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockedEndings(pub Vec<String>);

impl Default for BlockedEndings {
    fn default() -> Self {
        Self(DELIVERED.map(str::to_owned).to_vec())
    }
}

impl BlockedEndings {
    /// What is typed, parted by blanks, commas, semicolons or line breaks, with or without dots; each once, in their order.
    pub fn read(typed: &str) -> Self {
        let mut endings: Vec<String> = Vec::new();
        for it in typed.split(|it: char| it.is_whitespace() || matches!(it, ',' | ';')) {
            let ending = it.trim_start_matches(['*', '.']).to_lowercase();
            if !ending.is_empty() && !endings.contains(&ending) {
                endings.push(ending);
            }
        }
        Self(endings)
    }

    /// The endings as they are typed.
    pub fn shown(&self) -> String {
        self.0.join(", ")
    }

    /// The ending of a file's name that is blocked, if it is.
    pub fn of<'a>(&'a self, name: &str) -> Option<&'a str> {
        let ending = name.rsplit_once('.')?.1.to_lowercase();
        self.0.iter().find(|it| **it == ending).map(String::as_str)
    }

    pub(super) fn check_into(&self, faults: &mut Faults, field: String) {
        let fits = |it: &String| {
            (1..=LENGTH_MAX).contains(&it.chars().count())
                && it.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, '-' | '_'))
        };
        if ENDINGS_MAX < self.0.len() {
            faults.add(field, Fault::TooMany { max: ENDINGS_MAX as u32 });
        } else if !self.0.iter().all(fits) {
            faults.add(field, Fault::Character);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_read_however_they_are_typed() {
        let read = BlockedEndings::read("exe, .JS;*.bat\n exe  7z");
        assert_eq!(read.0, ["exe", "js", "bat", "7z"]);
        assert_eq!(read.shown(), "exe, js, bat, 7z");
        assert_eq!(BlockedEndings::read(&BlockedEndings::default().shown()), BlockedEndings::default());
        assert_eq!(BlockedEndings::read(" ,; ").0, Vec::<String>::new());
    }

    #[test]
    fn only_the_last_ending_of_a_name_counts() {
        let blocked = BlockedEndings::default();
        assert_eq!(blocked.of("faktúra.pdf.EXE"), Some("exe"));
        assert_eq!(blocked.of("exe.pdf"), None);
        assert_eq!(blocked.of("exe"), None);
    }

    #[test]
    fn what_is_no_ending_is_refused() {
        for (typed, fits) in [("exe js", true), ("e/x", false), ("čaj", false), ("abcdefghijklm", false)] {
            let mut faults = Faults::default();
            BlockedEndings::read(typed).check_into(&mut faults, "x".into());
            assert_eq!(faults.list().is_empty(), fits, "{typed}");
        }
    }
}
