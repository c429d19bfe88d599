//! Which key means what, anywhere on the screen.

use crate::browser::keyboard::KeyPress;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// The search of the page, or of everything.
    Search,
    /// The palette.
    Palette,
    /// The new thing of the page.
    New,
    /// A new e-mail.
    Write,
    /// The list of shortcuts.
    Help,
    /// The begin of a two-key way to a page.
    Go,
}

impl Shortcut {
    /// What a key asks for, if it asks for anything.
    pub fn of(press: &KeyPress) -> Option<Self> {
        if press.ctrl && !press.alt && press.key.eq_ignore_ascii_case("k") {
            return Some(Self::Palette);
        }
        if press.typing || press.ctrl || press.alt {
            return None;
        }
        match press.key.as_str() {
            "/" => Some(Self::Search),
            "n" => Some(Self::New),
            "w" => Some(Self::Write),
            "?" => Some(Self::Help),
            "g" => Some(Self::Go),
            _ => None,
        }
    }
}

/// The page that the second key after `g` leads to.
pub fn destination(key: &str) -> Option<&'static str> {
    Some(match key {
        "o" => "/",
        "m" => "/messages",
        "k" => "/campaigns",
        "c" => "/contacts",
        "b" => "/outbox",
        "z" => "/capture",
        "l" => "/log",
        "s" => "/settings",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str) -> KeyPress {
        KeyPress { key: key.to_owned(), ctrl: false, alt: false, shift: false, typing: false }
    }

    #[test]
    fn keys_that_are_typed_into_a_field_mean_nothing_else() {
        assert_eq!(Shortcut::of(&press("n")), Some(Shortcut::New));
        assert_eq!(Shortcut::of(&KeyPress { typing: true, ..press("n") }), None);
        assert_eq!(Shortcut::of(&KeyPress { typing: true, ctrl: true, ..press("k") }), Some(Shortcut::Palette));
    }

    #[test]
    fn keys_of_the_browser_stay_with_the_browser() {
        for key in ["n", "w", "/"] {
            assert_eq!(Shortcut::of(&KeyPress { ctrl: true, ..press(key) }), None);
        }
    }
}
