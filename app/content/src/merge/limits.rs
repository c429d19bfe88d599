//! What a template and one rendering of it may use up.

/// The longest text of a template, in bytes.
pub const MAX_SOURCE: usize = 1024 * 1024;

/// The longest output, in bytes.
pub const MAX_OUTPUT: usize = 2 * 1024 * 1024;

/// The most tags.
pub const MAX_TAGS: usize = 5_000;

/// How deep blocks may stand in one another; each `elif` counts.
pub const MAX_DEPTH: usize = 32;

/// How deep loops may stand in one another.
pub const MAX_LOOPS: usize = 2;

/// The most signs in one tag: names, dots, texts and so on.
pub(super) const MAX_SIGNS: usize = 200;

/// The most filters behind one value.
pub(super) const MAX_FILTERS: usize = 10;

/// How deep parentheses and `not` may stand in one another.
pub(super) const MAX_PARENTHESES: usize = 16;

/// The most faults that are listed, and the most unresolved fields of one rendering.
pub(super) const MAX_LISTED: usize = 100;

/// The steps of one rendering: one for each piece, and one for every 32 bytes of each value on its way. A table of ten thousand
/// rows of ten columns fits.
pub const MAX_FUEL: usize = 400_000;
