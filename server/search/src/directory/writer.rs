//! Writing a sealed file once, from its beginning to its end.

use std::fs::File;
use std::io::{self, Write};

use tantivy::directory::{AntiCallToken, TerminatingWrite};

use super::sealed::{BLOCK, END, FileKey, Salt, header};

/// Collects a block, seals it, writes it.
pub(crate) struct SealedWriter {
    file: File,
    key: FileKey,
    block: Vec<u8>,
    n_blocks: u64,
    length: u64,
}

impl SealedWriter {
    /// Begins a file with its header.
    pub fn begin(mut file: File, key: FileKey, salt: &Salt) -> io::Result<Self> {
        file.write_all(&header(salt))?;
        Ok(Self { file, key, block: Vec::with_capacity(BLOCK), n_blocks: 0, length: 0 })
    }

    fn end_block(&mut self) -> io::Result<()> {
        self.file.write_all(&self.key.seal(self.n_blocks, &self.block)?)?;
        self.length += self.block.len() as u64;
        self.n_blocks += 1;
        self.block.clear();
        Ok(())
    }
}

impl Write for SealedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = bytes.len().min(BLOCK - self.block.len());
        self.block.extend_from_slice(&bytes[..n]);
        if self.block.len() == BLOCK {
            self.end_block()?;
        }
        Ok(n)
    }

    /// Does nothing: a block is sealed once, and only a whole file is ever read.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for SealedWriter {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        if !self.block.is_empty() {
            self.end_block()?;
        }
        self.file.write_all(&self.key.seal(END, &self.length.to_le_bytes())?)?;
        self.file.sync_all()
    }
}
