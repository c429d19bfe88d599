//! Tables in files: CSV, XLSX, XML and vCard, read as a stream of rows that know their place, and written so that no spreadsheet program
//! takes a text for a formula.
//!
//! This room is a wall around the formats. It knows neither the database nor what a contact is; a row is a list of texts. Whatever a file
//! holds, reading it takes bounded memory: what goes over a limit is a fault with its place.

mod date;
mod neutral;
pub mod read;
mod text;
pub mod write;
