//! A mail on its way to whoever reads it, made anew from what is kept: its files are put in piece by piece.

use delivery::mime::{self, Part};
use model::{MessageId, Noun, Refusal};
use store::blobs::Content;

use super::letter::{Carried, Files, Written, written};
use crate::outflow::Pieces;
use crate::{Engine, Error};

/// A mail (RFC 5322) of which one piece is held at a time.
pub struct MailOut {
    engine: Engine,
    size: u64,
    parts: std::vec::IntoIter<Part>,
    files: Vec<Content>,
    /// The file that is being put in, and whether some of it was.
    current: Option<(Content, bool)>,
}

impl MailOut {
    fn new(engine: &Engine, parts: Vec<Part>, files: Vec<Content>) -> Self {
        let size = parts.iter().map(|it| match it {
            Part::Bytes(bytes) => bytes.len() as u64,
            Part::File(i) => files.get(*i).map_or(0, |it| mime::encoded_size(it.size())),
        });
        Self { engine: engine.clone(), size: size.sum(), parts: parts.into_iter(), files, current: None }
    }

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }
}

impl Pieces for MailOut {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        loop {
            if let Some((content, is_begun)) = &mut self.current {
                let mut reader = self.engine.store.read().await?;
                if let Some(piece) = content.next(&self.engine.store, &mut reader).await? {
                    let mut lines = if std::mem::replace(is_begun, true) { b"\r\n".to_vec() } else { Vec::new() };
                    lines.extend(mime::encoded_lines(&piece));
                    return Ok(Some(lines));
                }
                self.current = None;
            }
            match self.parts.next() {
                Some(Part::Bytes(bytes)) => return Ok(Some(bytes)),
                Some(Part::File(i)) => self.current = self.files.get(i).map(|it| (it.clone(), false)),
                None => return Ok(None),
            }
        }
    }
}

/// The mail of a message without the signatures of domains, whose keys change; a fault says why there is none.
///
/// # Errors
/// Refuses a message that is not there; fails when the database fails.
pub(crate) async fn unsigned(engine: &Engine, id: MessageId) -> Result<Result<MailOut, String>, Error> {
    let (_, (written, files)) =
        written(engine, &[id], Files::Apart, &Carried::default()).await?.pop().ok_or(Refusal::NotFound(Noun::Message))?;
    Ok(match written {
        Ok(Written::Mail(mail)) => {
            mime::parts(&mail).map(|parts| MailOut::new(engine, parts, files)).map_err(|it| it.to_string())
        }
        Ok(Written::Text(_)) => Err("a text message is no e-mail".to_owned()),
        Err(fault) => Err(fault),
    })
}
