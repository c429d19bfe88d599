//! The messages of what this program writes as XML, cut out of the stream one by one.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use delivery::archive::MAIL_MAX;
use model::ArchiveFault;
use store::archives::OldMessage;
use tables::read::tree;

use super::shape::of_element;

const BEGIN: &[u8] = b"<message ";
const END: &[u8] = b"</message>";
const DAMAGED: &[u8] = b"<damaged ";

/// Takes the place of a message in bytes and what reads it.
type Each<'a> = dyn FnMut(u64, &mut dyn FnMut() -> Result<OldMessage, ArchiveFault>) -> ControlFlow<()> + 'a;

/// Hands out each message with its place in bytes; it is read only when somebody wants it.
///
/// # Errors
/// Fails when the stream cannot be read.
pub(super) fn messages(mut source: impl BufRead, each: &mut Each<'_>) -> io::Result<ControlFlow<()>> {
    let (mut at, mut held, mut begun, mut is_large) = (0_u64, Vec::new(), None::<u64>, false);
    loop {
        let n = until_tag_end(&mut source, &mut held)?;
        if n == 0 {
            return Ok(ControlFlow::Continue(()));
        }
        at += n as u64;
        let tag = held.iter().rposition(|it| *it == b'<').unwrap_or(held.len());
        match begun {
            None if held[tag..].starts_with(BEGIN) => {
                begun = Some(at - (held.len() - tag) as u64);
                held.drain(..tag);
            }
            None => {
                if held[tag..].starts_with(DAMAGED) && each(at, &mut || Err(ArchiveFault::Damaged)).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                held.clear();
            }
            Some(place) if held.ends_with(END) => {
                let mut read = || match is_large {
                    true => Err(ArchiveFault::TooLarge),
                    false => tree(&held).ok().and_then(|it| of_element(&it)).ok_or(ArchiveFault::Damaged),
                };
                if each(place, &mut read).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                held.clear();
                (begun, is_large) = (None, false);
            }
            Some(_) => {}
        }
        // Base64 takes a third more than what it says.
        if MAIL_MAX < held.len() {
            is_large |= begun.is_some();
            held.drain(..held.len() - END.len());
        }
    }
}

/// Reads to the next `>` or as much as there is at once, and tells how many bytes that were.
fn until_tag_end(source: &mut impl BufRead, into: &mut Vec<u8>) -> io::Result<usize> {
    let read = source.fill_buf()?;
    let n = read.iter().position(|it| *it == b'>').map_or(read.len(), |it| it + 1);
    into.extend_from_slice(&read[..n]);
    source.consume(n);
    Ok(n)
}
