//! Why something could not be rendered.

/// Why something could not be rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The HTML is larger than 32 MiB.
    #[error("the html is larger than 32 MiB")]
    TooLarge,
}
