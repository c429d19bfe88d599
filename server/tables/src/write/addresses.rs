//! Nothing but addresses, as they are pasted into a mail program: `a@b; c@d`.

use std::io::Write;

use super::{Cell, Error};

pub(super) struct Addresses<W: Write> {
    out: W,
    begun: bool,
}

impl<W: Write> Addresses<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, begun: false }
    }

    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Error> {
        for cell in cells {
            let Cell::Texts(addresses) = cell else { continue };
            for address in *addresses {
                self.out.write_all(if self.begun { b"; " } else { b"" })?;
                self.out.write_all(address.as_bytes())?;
                self.begun = true;
            }
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<W, Error> {
        self.out.write_all(if self.begun { b"\r\n" } else { b"" })?;
        self.out.flush()?;
        Ok(self.out)
    }
}
