//! Cuts out of a text the place that answers a query.

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text as it stands in the message, white space joined.
    pub text: String,
    /// Whether it is one of the words looked for.
    pub hit: bool,
}

/// Cuts a snippet of at most about 240 characters around the words of `query` and marks them; without a hit it is the text's beginning.
pub fn mark(text: &str, query: &str) -> Vec<Piece> {
    todo!("{text}{query}")
}
