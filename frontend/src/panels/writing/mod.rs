//! What templates and messages share while they are written: fields to put in, pictures, faults, the sheet of the preview.

pub mod faults;
pub mod field_dialog;
pub mod fields;
pub mod pictures;
pub mod sheet;

pub use field_dialog::FieldDialog;
pub use fields::{FieldPalette, editor_fields};
pub use pictures::{LibraryPictures, picture_desk};
pub use sheet::{MailFrame, Missing};
