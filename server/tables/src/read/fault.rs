//! Why a file is not read to its end.

use std::io;

use model::TableFault;

/// Why a file is not read to its end.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file is not what it should be.
    #[error("line {line}: {fault:?}")]
    Refused {
        /// Where: the line of the file or the row of the sheet, from 1.
        line: u64,
        /// What is wrong.
        fault: TableFault,
    },
    /// The file cannot be read.
    #[error(transparent)]
    Io(io::Error),
}

impl Fault {
    pub(super) fn at(line: u64, fault: TableFault) -> Self {
        Self::Refused { line, fault }
    }
}

impl From<io::Error> for Fault {
    /// A limit that was hit while reading travels as an error of reading, because the parsers know nothing else.
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|it| it.downcast_ref::<Limit>()) {
            Some(limit) => Self::at(limit.line, limit.fault.clone()),
            None => Self::Io(error),
        }
    }
}

/// A limit that was hit below a parser.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {fault:?}")]
pub(super) struct Limit {
    pub line: u64,
    pub fault: TableFault,
}

impl From<Limit> for io::Error {
    fn from(limit: Limit) -> Self {
        Self::other(limit)
    }
}
