//! Payment codes in mails: PAY by square of the Slovak banks and the Short Payment Descriptor of the Czech ones.
//!
//! In a template a payment is a picture with an address of its own, `cid:payment?…`, whose parts are merge fields like in any
//! other address. So a payment is checked, filled and found missing as all else is, and it survives being turned from blocks
//! into MJML and HTML. When the message is made, [`replace`] puts the picture of the code in the address's place.

mod by_square;
mod order;
mod read;
mod spayd;

use std::borrow::Cow;

use qrcode::{Color, EcLevel, QrCode};

pub(crate) use order::is_iban;
pub use order::{Payment, Standard, Unfit};
pub use read::{ADDRESS, read};

use crate::plain;

/// The light border of a code, in modules (ISO/IEC 18004 §5.3.8).
pub const QUIET: usize = 4;

/// The picture of a code: square, each module dark or light, without its border.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// How many modules one side has.
    pub width: usize,
    /// The modules row by row; true is dark.
    pub dark: Vec<bool>,
}

impl Payment {
    /// The words that the code holds.
    ///
    /// # Errors
    /// Says what no bank would understand.
    pub fn payload(&self) -> Result<String, Unfit> {
        self.check()?;
        match self.standard {
            Standard::PayBySquare => by_square::payload(self),
            Standard::Spayd => Ok(spayd::payload(self)),
        }
    }

    /// The code.
    ///
    /// # Errors
    /// As [`Payment::payload`].
    pub fn code(&self) -> Result<Code, Unfit> {
        let code = QrCode::with_error_correction_level(self.payload()?, EcLevel::M).map_err(|_| Unfit::TooLong)?;
        Ok(Code { width: code.width(), dark: code.to_colors().into_iter().map(|it| it == Color::Dark).collect() })
    }
}

impl Code {
    /// The code as SVG with its border, black on white whatever is around it.
    pub fn svg(&self) -> String {
        let side = self.width + 2 * QUIET;
        let mut path = String::new();
        for (at, _) in self.dark.iter().enumerate().filter(|(_, dark)| **dark) {
            path.push_str(&format!("M{} {}h1v1h-1z", at % self.width + QUIET, at / self.width + QUIET));
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>"
        )
    }
}

/// A payment that stands in HTML and cannot be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no bank would understand the payment: {0:?}")]
pub struct Undrawn(pub Unfit);

/// Puts the address that `draw` gives in the place of each payment's; HTML without payments stays as it is.
///
/// # Errors
/// Those of `draw`, which gets the code or learns why there is none.
pub fn replace<'a, E>(
    html: &'a str,
    mut draw: impl FnMut(Result<Code, Undrawn>) -> Result<String, E>,
) -> Result<Cow<'a, str>, E> {
    let mut made = String::new();
    let mut kept = 0;
    for (at, _) in html.match_indices(ADDRESS) {
        // Only where the value of an attribute begins; words of a text that look so are words.
        let Some(quote) = html[..at].strip_suffix(['"', '\'']).and_then(|before| html[before.len()..at].chars().next()) else {
            continue;
        };
        let Some(end) = html[at..].find(quote).map(|it| at + it) else { continue };
        let code = read(&html_escape::decode_html_entities(&html[at..end])).and_then(|it| it.code());
        made.push_str(&html[kept..at]);
        made.push_str(&plain::escape(&draw(code.map_err(Undrawn))?));
        kept = end;
    }
    if kept == 0 {
        return Ok(Cow::Borrowed(html));
    }
    made.push_str(&html[kept..]);
    Ok(Cow::Owned(made))
}

/// The address under which a preview shows the picture that HTML calls `cid:` and this, when it is a payment: the code as SVG, or an
/// empty frame while something is missing in it.
pub fn shown(cid: &str) -> Option<String> {
    let address = format!("cid:{cid}");
    if !address.starts_with(ADDRESS) {
        return None;
    }
    let svg = read(&address).and_then(|it| it.code()).map_or_else(|_| UNDRAWN.to_owned(), |it| it.svg());
    let mut shown = String::from("data:image/svg+xml,");
    for it in svg.chars() {
        match it {
            '<' | '>' | '#' | '"' | '%' => shown.push_str(&format!("%{:02X}", it as u32)),
            _ => shown.push(it),
        }
    }
    Some(shown)
}

/// What stands in the place of a code that cannot be drawn yet.
const UNDRAWN: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 40\"><rect width=\"40\" height=\"40\" fill=\"#fff\"/>\
    <rect x=\"3\" y=\"3\" width=\"34\" height=\"34\" fill=\"none\" stroke=\"#999\" stroke-dasharray=\"2 2\"/></svg>";

#[cfg(test)]
mod tests;
