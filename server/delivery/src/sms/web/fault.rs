//! Why a description of a gateway cannot be used.

/// What is wrong with the settings of a gateway over HTTP.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsFault {
    /// The address is none, or scheme, host or port have a placeholder.
    #[error("the address cannot be used")]
    Url,
    /// A header has an impossible name.
    #[error("there is no header {0}")]
    Header(String),
    /// A placeholder is not known here, or the secret it names is not set.
    #[error("there is no placeholder {0}")]
    Placeholder(String),
    /// The body is not JSON once a text with quotes is filled in: the placeholder has to stand inside quotes.
    #[error("the body is not JSON with a text filled in")]
    Json,
    /// A pointer or pattern cannot be looked for; says where it is set.
    #[error("{0} cannot be looked for")]
    Pick(&'static str),
    /// Neither a sign of success nor the place of the gateway's name is set, so every answer would be a yes.
    #[error("nothing says when a message was taken")]
    Success,
    /// The question for a status names neither the gateway's nor our own name of the message.
    #[error("the question for a status names no message")]
    Question,
    /// The sender is asked for and none is set.
    #[error("no sender is set")]
    Sender,
}
