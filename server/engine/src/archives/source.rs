//! The messages of a file, one after the other and one in memory, whatever the file is.

use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use delivery::archive::{Mbox, Piece, read};
use model::{ArchiveFault, ArchiveFormat};
use store::archives::OldMessage;
use zip::result::ZipError;

use super::shape::of_mail;
use super::xml;

/// How much is read at once, in bytes.
const BUFFER: usize = 256 << 10;
/// Most files of a ZIP; their list is held in memory.
const ENTRIES_MAX: usize = 200_000;

/// A message of a file, or why it is none.
pub(super) struct Found {
    /// The how-many-eth, from 1.
    pub number: u64,
    /// Where it begins, in bytes.
    pub offset: u64,
    /// The message.
    pub message: Result<OldMessage, ArchiveFault>,
}

/// Whether the database failed, and not the file.
pub(super) fn is_ours(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|it| it.is::<store::Error>())
}

/// Hands out the messages behind the first `behind` ones, until somebody has enough.
pub(super) struct Walk<F> {
    number: u64,
    behind: u64,
    each: F,
}

impl<F: FnMut(Found) -> ControlFlow<()>> Walk<F> {
    /// Walks through a file.
    ///
    /// # Errors
    /// Fails when the file is not what it begins like, or cannot be read.
    pub(super) fn through<R: Read + Seek>(behind: u64, mut source: R, each: F) -> io::Result<()> {
        let mut walk = Self { number: 0, behind, each };
        let mut begin = Vec::new();
        (&mut source).take(512).read_to_end(&mut begin)?;
        source.seek(SeekFrom::Start(0))?;
        let walked = match ArchiveFormat::of(&begin) {
            ArchiveFormat::Mbox => walk.mails(source, 0)?,
            ArchiveFormat::Zip => walk.zip(source)?,
            ArchiveFormat::Xml => {
                xml::messages(BufReader::with_capacity(BUFFER, source), &mut |offset: u64,
                                                                              message: &mut dyn FnMut() -> Result<
                    OldMessage,
                    ArchiveFault,
                >| walk.put(offset, message))?
            }
        };
        tracing::debug!(messages = walk.number, is_whole = walked.is_continue(), "walked through an archive");
        Ok(())
    }

    fn put(&mut self, offset: u64, message: impl FnOnce() -> Result<OldMessage, ArchiveFault>) -> ControlFlow<()> {
        self.number += 1;
        if self.number <= self.behind {
            return ControlFlow::Continue(());
        }
        (self.each)(Found { number: self.number, offset, message: message() })
    }

    fn mails(&mut self, source: impl Read, place: u64) -> io::Result<ControlFlow<()>> {
        let mut mbox = Mbox::new(BufReader::with_capacity(BUFFER, source));
        while let Some(Piece { offset, content }) = mbox.next_mail()? {
            let message = || match content {
                Some(raw) => read(&raw).map(of_mail).ok_or(ArchiveFault::NoMail),
                None => Err(ArchiveFault::TooLarge),
            };
            if self.put(place + offset, message).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn zip(&mut self, source: impl Read + Seek) -> io::Result<ControlFlow<()>> {
        let mut archive = files::packed::open(source, ENTRIES_MAX)?;
        for at in 0..archive.len() {
            let entry = match archive.by_index(at) {
                Ok(entry) => entry,
                Err(ZipError::Io(error)) if is_ours(&error) => return Err(error),
                // A file that is encrypted or packed in a way of its own.
                Err(_) => {
                    if self.put(0, || Err(ArchiveFault::Damaged)).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                    continue;
                }
            };
            if entry.is_dir() {
                continue;
            }
            let place = entry.header_start();
            let name = entry.name().map(|it| it.to_ascii_lowercase()).unwrap_or_default();
            let is_mail = [".eml", ".mbox", ".mbx"].iter().any(|it| name.ends_with(it));
            let walked = match is_mail {
                true => match self.mails(entry, place) {
                    // What cannot be unpacked spoils its own file and no other.
                    Err(error) if !is_ours(&error) => self.put(place, || Err(ArchiveFault::Damaged)),
                    walked => walked?,
                },
                false => self.put(place, || Err(ArchiveFault::NoMail)),
            };
            if walked.is_break() {
                return Ok(walked);
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}
