//! Reading a sealed file by ranges.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

use super::cache::BlockCache;
use super::sealed::{BLOCK, Damage, END, FOOTER, FileKey, HEADER, TAG, salt_of};

/// Reads of more blocks than this go past the cache: they would only push out what is read again and again.
const LONG: u64 = 8;

/// An open sealed file; it stays readable after its name was deleted.
pub(crate) struct SealedFile {
    file: File,
    key: FileKey,
    length: usize,
    /// Tells the blocks of this file in the cache from those of others.
    number: u64,
    cache: Arc<BlockCache>,
}

impl SealedFile {
    /// Opens a file and checks that it is whole: header, footer and size.
    pub fn open(file: File, name: String, root: &[u8; 32], number: u64, cache: Arc<BlockCache>) -> io::Result<Self> {
        let size = file.metadata()?.len();
        let mut header = [0; HEADER];
        let mut footer = [0; FOOTER];
        let Some(content) = size.checked_sub((HEADER + FOOTER) as u64) else { return Err(Damage::of(&name).into()) };
        read_at(&file, &mut header, 0)?;
        read_at(&file, &mut footer, HEADER as u64 + content)?;
        let Some(salt) = salt_of(&header) else { return Err(Damage::of(&name).into()) };
        let key = FileKey::derive(root, &salt, &name);
        let length = key.open(END, &footer)?.try_into().map(u64::from_le_bytes).unwrap_or(u64::MAX);
        let sealed = length.checked_add(length.div_ceil(BLOCK as u64).saturating_mul(TAG as u64));
        let Some(length) = usize::try_from(length).ok().filter(|_| sealed == Some(content)) else {
            return Err(Damage::of(&name).into());
        };
        Ok(Self { file, key, length, number, cache })
    }

    /// Reads every block and gives the size of the file on the disk in bytes.
    pub fn check(&self) -> io::Result<u64> {
        for number in 0..self.n_blocks() {
            self.decrypt(number)?;
        }
        self.file.metadata().map(|it| it.len())
    }

    fn n_blocks(&self) -> u64 {
        self.length.div_ceil(BLOCK) as u64
    }

    fn decrypt(&self, number: u64) -> io::Result<Vec<u8>> {
        let start = number as usize * BLOCK;
        let mut sealed = vec![0; BLOCK.min(self.length - start) + TAG];
        read_at(&self.file, &mut sealed, HEADER as u64 + number * (BLOCK + TAG) as u64).map_err(|error| {
            if error.kind() == io::ErrorKind::UnexpectedEof { Damage::of(self.key.name()).into() } else { error }
        })?;
        Ok(self.key.open(number, &sealed)?)
    }

    fn block(&self, number: u64) -> io::Result<OwnedBytes> {
        if let Some(block) = self.cache.get(self.number, number) {
            return Ok(block);
        }
        let block = OwnedBytes::new(self.decrypt(number)?);
        self.cache.put(self.number, number, block.clone());
        Ok(block)
    }

    /// The part of a block that a range covers.
    fn part(&self, number: u64, range: &Range<usize>) -> Range<usize> {
        let start = number as usize * BLOCK;
        range.start.saturating_sub(start)..(range.end - start).min(BLOCK)
    }
}

impl FileHandle for SealedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.end < range.start || self.length < range.end {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the range lies outside the file"));
        }
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        let (first, last) = ((range.start / BLOCK) as u64, ((range.end - 1) / BLOCK) as u64);
        if first == last {
            return Ok(self.block(first)?.slice(self.part(first, &range)));
        }
        let mut bytes = Vec::with_capacity(range.len());
        for number in first..=last {
            let part = self.part(number, &range);
            if LONG < last - first {
                bytes.extend_from_slice(&self.decrypt(number)?[part]);
            } else {
                bytes.extend_from_slice(&self.block(number)?[part]);
            }
        }
        Ok(OwnedBytes::new(bytes))
    }
}

impl HasLen for SealedFile {
    fn len(&self) -> usize {
        self.length
    }
}

impl std::fmt::Debug for SealedFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealedFile").field("name", &self.key.name()).field("length", &self.length).finish_non_exhaustive()
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut buffer: &mut [u8], mut at: u64) -> io::Result<()> {
    while !buffer.is_empty() {
        let n = std::os::windows::fs::FileExt::seek_read(file, buffer, at)?;
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        at += n as u64;
        buffer = &mut buffer[n..];
    }
    Ok(())
}
