//! HTML of mails: read as browsers read it, made harmless for a reader, turned into plain text.

pub(crate) mod entities;
mod error;
pub(crate) mod purify;
mod screen;
mod text;
pub(crate) mod tokens;

pub use error::Error;
pub use screen::{Pictures, RemotePictures, Removed, Screened, Stripped, screened};
pub use text::from_html;
