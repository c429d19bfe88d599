//! The texts that cells share, in one piece of memory with a limit.

use model::TableFault;

use super::archive::Archive;
use crate::read::Fault;
use crate::read::markup::{Markup, Step};

/// Most bytes of all texts together, with what it takes to find them.
const ALL_MAX: usize = 64 << 20;

/// The texts one after the other, and where each ends.
#[derive(Default)]
pub struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// A text by its number.
    pub fn get(&self, n: usize) -> Option<&str> {
        let end = *self.ends.get(n)? as usize;
        let start = if n == 0 { 0 } else { self.ends[n - 1] as usize };
        self.text.get(start..end)
    }
}

pub fn read(archive: &mut Archive<'_>, part: &str) -> Result<Strings, Fault> {
    Ok(archive.part(part, walk)?.unwrap_or_default())
}

fn walk(mut markup: Markup<'_>) -> Result<Strings, Fault> {
    let mut strings = Strings::default();
    // A text may be cut into runs; `rPh` holds how it is pronounced, which is no part of it.
    let (mut path, mut is_silent): (Vec<String>, usize) = (Vec::new(), 0);
    loop {
        match markup.next()? {
            Step::Open(name) => {
                is_silent += usize::from(name == "rPh");
                path.push(name);
            }
            Step::Text(piece) if is_silent == 0 && path.last().is_some_and(|it| it == "t") => {
                strings.text.push_str(&super::sheet::unescaped(&piece));
            }
            Step::Text(_) => {}
            Step::Close => {
                let closed = path.pop().unwrap_or_default();
                is_silent -= usize::from(closed == "rPh");
                if closed == "si" {
                    strings.ends.push(strings.text.len() as u32);
                }
            }
            Step::End => return Ok(strings),
        }
        if ALL_MAX < strings.text.len() + strings.ends.len() * 4 {
            return Err(Fault::at(strings.ends.len() as u64 + 1, TableFault::TooManyTexts { max: ALL_MAX as u64 }));
        }
    }
}
