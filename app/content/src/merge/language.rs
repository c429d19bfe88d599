//! The languages a message is written in.

/// The language of a message: it decides how values are worded and spaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Slovak.
    #[default]
    Slovak,
    /// Czech.
    Czech,
    /// English.
    English,
}

/// Which of the grammatical numbers a count asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plural {
    /// 1 kus.
    One,
    /// 2 kusy.
    Few,
    /// 5 kusov.
    Many,
    /// 1,5 kusa.
    Fraction,
}
