//! Opening ZIP archives that anybody could have made. What reads them keeps the whole directory in memory before anything can be asked
//! about it, so that no more than a sensible directory is ever handed to it.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use zip::ZipArchive;
use zip::result::ZipError;

/// So many bytes an entry of a directory has on average at most: 46 and its name and what else is said of it.
const ENTRY: u64 = 200;
/// What is read beside the directory while it is looked for, in bytes.
const ENDS: u64 = 256 << 10;

/// Opens an archive of at most `entries` files.
///
/// # Errors
/// [`io::ErrorKind::FileTooLarge`] when there are more, or their directory is larger than that of so many;
/// [`io::ErrorKind::InvalidData`] when it is damaged; and whatever the source fails with.
pub fn open<R: Read + Seek>(source: R, entries: usize) -> io::Result<ZipArchive<Metered<R>>> {
    let left = Rc::new(Cell::new(ENTRY * entries as u64 + ENDS));
    let opened = ZipArchive::new(Metered { source, left: Rc::clone(&left) });
    let is_too_large = left.replace(u64::MAX) == 0;
    let archive = match opened {
        Err(_) if is_too_large => return Err(too_large()),
        Err(ZipError::Io(error)) => return Err(error),
        Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
        Ok(archive) => archive,
    };
    if is_too_large || entries < archive.len() {
        return Err(too_large());
    }
    Ok(archive)
}

fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "too many files")
}

/// Hands out so many bytes and fails then.
pub struct Metered<R> {
    source: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(too_large());
        }
        let most = usize::try_from(self.left.get()).unwrap_or(usize::MAX).min(into.len());
        let n = self.source.read(&mut into[..most])?;
        self.left.set(self.left.get() - n as u64);
        Ok(n)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    /// An archive of so many empty files.
    fn archive(files: usize, name: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for n in 0..files {
            zip.start_file(format!("{name}{n}"), zip::write::SimpleFileOptions::default()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// Counts what is read.
    struct Counting<'a>(Cursor<&'a [u8]>, &'a Cell<u64>);

    impl Read for Counting<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = self.0.read(into)?;
            self.1.set(self.1.get() + n as u64);
            Ok(n)
        }
    }

    impl Seek for Counting<'_> {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn an_archive_within_its_limit_is_opened_and_read_to_the_end() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("a", zip::write::SimpleFileOptions::default()).unwrap();
        let content = vec![7; 3 * ENDS as usize];
        zip.write_all(&content).unwrap();
        let mut opened = open(zip.finish().unwrap(), 1).unwrap();
        let mut read = Vec::new();
        opened.by_index(0).unwrap().read_to_end(&mut read).unwrap();
        assert_eq!(read, content);
        assert_eq!(open(Cursor::new(archive(11, "a")), 11).unwrap().len(), 11);
    }

    #[test]
    fn one_file_too_many_is_refused() {
        assert_eq!(open(Cursor::new(archive(11, "a")), 10).err().unwrap().kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(open(Cursor::new(b"PK\x03\x04".to_vec()), 10).err().unwrap().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn a_directory_that_is_too_large_is_not_read_to_its_end() {
        let file = archive(10_000, &"n".repeat(200));
        let read = Cell::new(0);
        assert_eq!(open(Counting(Cursor::new(&file), &read), 10).err().unwrap().kind(), io::ErrorKind::FileTooLarge);
        assert!(read.get() <= 10 * ENTRY + ENDS, "{}", read.get());
        assert!(2 * read.get() < file.len() as u64);
    }
}
