//! Turns what people wrote into what leaves and what is shown: mail-safe HTML with its plain text, and received or stored HTML made
//! harmless for the screen. Knows no database and no transport; the same input always gives the same output.

mod email;
mod entities;
mod error;
mod purify;
mod screen;
mod text;
mod tokens;
mod wall;

pub use email::{Body, Content, Rendered, email};
pub use error::Error;
pub use screen::{Pictures, RemotePictures, Removed, Screened, Stripped, for_screen};
pub use text::from_html;
