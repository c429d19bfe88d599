//! What a gateway calls us with, and how it wants to be answered.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{IncomingSms, Receipt};

/// How large a call may be, in bytes.
pub(crate) const LARGEST: usize = 1 << 20;

/// A call that came in, as far as gateways put something into it.
#[derive(Clone, Copy)]
pub struct CallbackRequest<'a> {
    /// The part of the path that only the gateway and we know.
    pub secret: &'a str,
    /// The query without its `?`, still encoded.
    pub query: &'a str,
    /// The media type of the body.
    pub media_type: &'a str,
    /// The body.
    pub body: &'a [u8],
}

/// A call that was understood. Store what it says, then answer it; a call that is not answered so comes again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    /// What it says.
    pub content: CallbackContent,
    /// How it is answered.
    pub acknowledgement: Acknowledgement,
}

/// What a call says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallbackContent {
    /// How far segments have come.
    Receipts(Vec<Receipt>),
    /// Somebody wrote to us.
    Incoming(IncomingSms),
}

/// The answer to a call, with status 200.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
    /// Its media type.
    pub media_type: &'static str,
    /// Its body.
    pub body: String,
}

/// Why a call is not listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
pub enum CallbackFault {
    /// This gateway does not call, or no secret is set for it.
    #[error("the gateway does not call")]
    NotExpected,
    /// The secret is wrong. Answer as if the address did not exist.
    #[error("the secret is wrong")]
    WrongSecret,
    /// It is too large, or not in the form that was agreed.
    #[error("the call cannot be read")]
    Unreadable,
    /// It does not say which message it is about, or what became of it.
    #[error("the call lacks what it is about")]
    Incomplete,
}

impl CallbackRequest<'_> {
    /// Lets only calls of a fitting size pass that know the secret.
    pub(crate) fn admit(&self, secret: Option<&SecretString>) -> Result<(), CallbackFault> {
        let secret = secret.filter(|it| !it.expose_secret().is_empty()).ok_or(CallbackFault::NotExpected)?;
        // Digests are compared, so that the time it takes tells nothing about the secret.
        if Sha256::digest(self.secret) != Sha256::digest(secret.expose_secret()) {
            return Err(CallbackFault::WrongSecret);
        }
        if LARGEST < self.body.len() + self.query.len() { Err(CallbackFault::Unreadable) } else { Ok(()) }
    }

    /// The parameters of the query, and of the body if it is a form.
    pub(crate) fn parameters(&self) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = url::form_urlencoded::parse(self.query.as_bytes()).into_owned().collect();
        if self.media_type.starts_with("application/x-www-form-urlencoded") {
            all.extend(url::form_urlencoded::parse(self.body).into_owned());
        }
        all
    }
}

impl Acknowledgement {
    pub(crate) fn text(body: impl Into<String>) -> Self {
        Self { media_type: "text/plain; charset=utf-8", body: body.into() }
    }
}
