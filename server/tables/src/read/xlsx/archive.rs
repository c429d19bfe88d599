//! The archive of a workbook, distrusted.

use std::collections::HashSet;
use std::io::{self, BufReader, Read, SeekFrom};

use model::{TableFault, TextEncoding};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::read::decode::Decode;
use crate::read::fault::Limit;
use crate::read::markup::Markup;
use crate::read::{Fault, Source};

/// Most parts of a workbook. Each part costs memory before anything can be asked about it, so they are counted first.
pub const PARTS_MAX: usize = 2_000;
/// A part may grow to this many bytes whatever its ratio.
const GROW_FREE: u64 = 8 << 20;
/// How many times its packed size a part may grow to; texts that people write stay under 100.
const RATIO_MAX: u64 = 400;
/// Most bytes of one part.
const PART_MAX: u64 = 4 << 30;

/// The beginning of each entry of an archive's directory.
const ENTRY_SIGN: &[u8; 4] = b"PK\x01\x02";

/// Whether a file begins as an archive does.
pub fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Files of the old kind and encrypted workbooks begin like this.
const COMPOUND_SIGN: &[u8; 8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// An archive that was looked through.
pub struct Archive<'a> {
    zip: ZipArchive<BufReader<&'a mut dyn Source>>,
}

impl<'a> Archive<'a> {
    /// Opens and looks through an archive.
    pub fn open(source: &'a mut dyn Source) -> Result<Self, Fault> {
        count_entries(source)?;
        source.rewind()?;
        let mut zip = ZipArchive::new(BufReader::new(source)).map_err(broken)?;
        let suspicious = |it: bool| if it { Err(Fault::at(1, TableFault::SuspiciousArchive)) } else { Ok(()) };
        suspicious(zip.has_duplicate_names())?;
        suspicious(zip.has_overlapping_files().map_err(broken)?)?;
        let mut names = HashSet::new();
        for n in 0..zip.len() {
            let entry = zip.by_index_data(n).map_err(broken)?;
            if entry.encrypted() {
                return Err(Fault::at(1, TableFault::Encrypted));
            }
            let name = entry.name().map_err(broken)?.into_owned();
            suspicious(entry.is_symlink() || !is_plain(&name) || !names.insert(name.to_lowercase()))?;
        }
        Ok(Self { zip })
    }

    /// Walks through a part as XML; nothing when there is no such part.
    pub fn part<T>(&mut self, name: &str, walk: impl FnOnce(Markup<'_>) -> Result<T, Fault>) -> Result<Option<T>, Fault> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(error)),
        };
        let allowed = file.compressed_size().saturating_mul(RATIO_MAX).clamp(GROW_FREE, PART_MAX);
        let mut grown = Grown { inner: file, left: allowed };
        walk(Markup::new(Decode::new(&mut grown, TextEncoding::Utf8))).map(Some)
    }
}

/// Counts what looks like entries of the directory, wherever it stands, so that no lie about their number helps.
fn count_entries(source: &mut dyn Source) -> Result<(), Fault> {
    source.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; 256 << 10];
    let (mut kept, mut entries, mut is_first) = (0, 0, true);
    loop {
        let n = source.read(&mut buffer[kept..])?;
        if n == 0 {
            return Ok(());
        }
        let end = kept + n;
        if std::mem::take(&mut is_first) && buffer[..end].starts_with(COMPOUND_SIGN) {
            return Err(Fault::at(1, TableFault::Encrypted));
        }
        entries += buffer[..end].windows(4).filter(|it| it == ENTRY_SIGN).count();
        if PARTS_MAX < entries {
            return Err(Fault::at(1, TableFault::TooManyParts { max: PARTS_MAX as u64 }));
        }
        kept = end.min(3);
        buffer.copy_within(end - kept..end, 0);
    }
}

/// Whether a name stays inside the archive.
fn is_plain(name: &str) -> bool {
    let is_windows = name.contains('\\') || name.as_bytes().get(1) == Some(&b':');
    !name.starts_with('/') && !is_windows && !name.contains('\0') && name.split('/').all(|it| it != "..")
}

fn broken(error: ZipError) -> Fault {
    match error {
        ZipError::Io(error) => match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                Fault::at(1, TableFault::BrokenArchive)
            }
            _ => Fault::from(error),
        },
        ZipError::UnsupportedArchive(text) if text == ZipError::PASSWORD_REQUIRED => Fault::at(1, TableFault::Encrypted),
        _ => Fault::at(1, TableFault::BrokenArchive),
    }
}

/// Stops a part that grows to more than it may, and turns damage of the packing into a fault of the file.
struct Grown<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Grown<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = match self.inner.read(into) {
            Ok(n) => n,
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof
                ) =>
            {
                return Err(Limit { line: 1, fault: TableFault::BrokenArchive }.into());
            }
            Err(error) => return Err(error),
        };
        self.left = self.left.checked_sub(n as u64).ok_or_else(|| io::Error::from(Limit { line: 1, fault: TableFault::Bomb }))?;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_the_archive_are_not_plain() {
        for name in ["../x", "a/../../x", "/etc/passwd", "C:\\x", "a\\..\\x", "c:x", "a\0b"] {
            assert!(!is_plain(name), "{name}");
        }
        assert!(is_plain("xl/worksheets/sheet1.xml") && is_plain("[Content_Types].xml") && is_plain("a/..b/c"));
    }
}
