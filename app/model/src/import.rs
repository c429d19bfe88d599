//! Import of contacts from files.

mod reading;

pub use reading::{Delimiter, ImportFormat, ImportReading, TableFault, TextEncoding};
