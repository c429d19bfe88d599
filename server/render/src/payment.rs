//! Draws the payment codes of a mail as pictures that it carries.

use std::collections::HashMap;

use content::payment::{self, Code, QUIET, Undrawn};
use png::{BitDepth, ColorType, Compression, Encoder, EncodingError};

/// How many points of the picture one module takes; enough for paper too.
const SCALE: usize = 8;

/// HTML whose payments are drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The HTML; each payment is a picture that is called by its name.
    pub html: String,
    /// The pictures, each once.
    pub pictures: Vec<Picture>,
}

/// A picture to be carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The name of its file.
    pub name: String,
    /// The bytes of a PNG.
    pub png: Vec<u8>,
}

/// Draws the payments that stand in HTML; `address` gives the address under which the HTML calls a file of that name.
///
/// # Errors
/// Says why no bank would understand the first one that is wrong.
pub fn payments(html: &str, address: impl Fn(&str) -> String) -> Result<Drawn, Undrawn> {
    let mut pictures: Vec<Picture> = Vec::new();
    let mut names: HashMap<Vec<bool>, String> = HashMap::new();
    let html = payment::replace(html, |code| {
        let code = code?;
        if let Some(name) = names.get(&code.dark) {
            return Ok(address(name));
        }
        let name = format!("payment-{}.png", pictures.len() + 1);
        pictures.push(Picture { name: name.clone(), png: picture(&code).unwrap_or_default() });
        let called = address(&name);
        names.insert(code.dark, name);
        Ok(called)
    })?;
    Ok(Drawn { html: html.into_owned(), pictures })
}

/// One bit for each point, black on white, with the light border that readers need.
fn picture(code: &Code) -> Result<Vec<u8>, EncodingError> {
    let side = (code.width + 2 * QUIET) * SCALE;
    let mut bits = Vec::with_capacity(side * side.div_ceil(8));
    for y in 0..side {
        let points: Vec<bool> = (0..side).map(|x| is_light(code, x / SCALE, y / SCALE)).collect();
        bits.extend(
            points.chunks(8).map(|it| it.iter().enumerate().fold(0_u8, |byte, (at, light)| byte | u8::from(*light) << (7 - at))),
        );
    }
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, side as u32, side as u32);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    encoder.set_compression(Compression::Balanced);
    encoder.write_header()?.write_image_data(&bits)?;
    Ok(bytes)
}

fn is_light(code: &Code, x: usize, y: usize) -> bool {
    let inside = |it: usize| it.checked_sub(QUIET).filter(|it| *it < code.width);
    match (inside(x), inside(y)) {
        (Some(x), Some(y)) => !code.dark[y * code.width + x],
        _ => true,
    }
}
