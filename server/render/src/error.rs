//! Why something could not be rendered.

/// Why something could not be rendered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The HTML is larger or deeper nested than the memory limit allows.
    #[error("the HTML is too large or too deeply nested")]
    TooLarge,
    /// The HTML could not be read.
    #[error("the HTML could not be read: {0}")]
    Unreadable(String),
}
