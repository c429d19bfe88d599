//! What a call can come back with when it is not an answer.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use model::Refusal;
use serde::{Deserialize, Serialize};

/// A call that did not succeed. Worded by the screen, in its language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Problem {
    /// A business "no".
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The server failed; the number leads to its log.
    #[error("failed, incident {incident}")]
    Failed {
        /// Number under which the failure was logged.
        incident: String,
    },
    /// The server did not answer, or not in a way that this program understands.
    #[error("the server cannot be reached")]
    Unreachable,
}

impl FromServerFnError for Problem {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Unreachable
            }
            _ => Self::Failed { incident: String::new() },
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
