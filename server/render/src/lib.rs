//! Turns what people wrote into what leaves and what is shown. The rules stand in `content`, where the browser shares them; here a second
//! reader, which nobody of us wrote, goes over what is shown. Knows no database and no transport; the same input always gives the same
//! output.

mod payment;
mod screen;
mod wall;

pub use content::html::{Error, Pictures, RemotePictures, Removed, Screened, Stripped, from_html};
pub use content::mail::{Body, Content, Rendered, email};
pub use payment::{Drawn, Picture, payments};
pub use screen::for_screen;
