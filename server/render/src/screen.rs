//! HTML of a mail made harmless for the screen.

use content::html::{Pictures, Screened, screened};

use crate::Error;

/// Makes the HTML of a mail harmless, a fragment or a whole document of up to 32 MiB, and gives a complete document that two readers went
/// over.
///
/// The result still belongs into a frame with `sandbox` and without `allow-scripts`, under a policy like `default-src 'none'; img-src …;
/// style-src 'unsafe-inline'`: this is the second wall, not the first. Links carry `target="_blank"`, so the frame needs `allow-popups`.
///
/// # Errors
/// Fails with [`Error::TooLarge`] when the HTML is larger.
pub fn for_screen(html: &str, pictures: Pictures<'_>) -> Result<Screened, Error> {
    let Screened { html, removed } = screened(html, pictures)?;
    Ok(Screened { html: crate::wall::read_again(&html)?, removed })
}
