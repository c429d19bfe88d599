//! What can be wrong with a body that is written as MJML or as blocks.

use serde::{Deserialize, Serialize};

/// What is wrong with MJML.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MjmlFault {
    /// It does not begin with `<mjml>`, or there is no `<mj-body>` in it.
    NoBody,
    /// The source is longer than it may be, in bytes.
    TooLong(usize),
    /// No such element.
    UnknownElement(String),
    /// The element may not stand here.
    Misplaced {
        /// The element.
        element: String,
        /// What it stands in, empty outside of all.
        inside: String,
    },
    /// An element has no end.
    Unclosed(String),
    /// An end without its beginning.
    Unopened(String),
    /// A tag that cannot be read.
    BrokenTag,
    /// Text outside of the elements that show text.
    StrayText,
    /// Another file would have to be fetched: `mj-include`, `mj-font`, a style sheet in a style.
    Fetches(String),
    /// The element would show a stranger's pictures unless an attribute gives others.
    Strangers {
        /// The element.
        element: String,
        /// The attribute that is missing.
        attribute: String,
    },
    /// `inline="inline"` of a style has no effect here.
    InlineStyle,
    /// The engine cannot read what stands here.
    Unreadable,
}

/// What is wrong with a document of blocks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BlockFault {
    /// It is no document of blocks.
    Unreadable,
    /// A newer program wrote it.
    Version(u32),
    /// There is no block in it.
    Empty,
    /// There are more blocks than there may be.
    TooMany(usize),
    /// Two blocks have one number.
    Twice(u32),
    /// Columns hold fewer or more columns than they may: two or three.
    Columns,
    /// Columns stand in columns.
    Nested,
    /// The field is empty and must not be.
    Missing(BlockField),
    /// The text is longer than it may be, in characters.
    TooLong(BlockField, usize),
    /// The field is no address that may stand there.
    Address(BlockField),
    /// The field is no colour like `#1d4e54`.
    Color(BlockField),
    /// The field is below or above what it may be.
    Range {
        /// The field.
        field: BlockField,
        /// The least.
        min: u32,
        /// The greatest.
        max: u32,
    },
    /// The field is no name of a merge field.
    Path(BlockField),
    /// The HTML of a text has elements without an end or an end without them, so it would break what is around it.
    Markup,
    /// No bank would understand the account number.
    Account,
}

/// A field of a block, or of the looks of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BlockField {
    /// Its words.
    Text,
    /// The address of its picture.
    Source,
    /// What stands for its picture.
    Alternative,
    /// Where it leads.
    Link,
    /// Its width.
    Width,
    /// Its height.
    Height,
    /// The collection that a table shows.
    List,
    /// A column of a table: its heading or field.
    Column,
    /// The account that is paid to.
    Account,
    /// The code of the bank.
    Bank,
    /// How much is paid.
    Amount,
    /// Until when.
    Due,
    /// A symbol of a payment.
    Symbol,
    /// The words for who is paid.
    Message,
    /// Who is paid.
    Payee,
    /// The size of letters.
    FontSize,
    /// The colour of letters.
    Ink,
    /// The colour behind all.
    Page,
    /// The colour behind the words.
    Surface,
    /// The colour of buttons and links.
    Accent,
}

/// Why there is no code for a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PaymentFault {
    /// The address of the picture says no payment.
    Address,
    /// The account number is missing or its check digits are wrong.
    Iban,
    /// The code of the bank has not eight or eleven letters and digits.
    Bic,
    /// The amount is no number, negative, or too large for the standard.
    Amount,
    /// A symbol is no number or has too many digits.
    Symbol,
    /// The day is none.
    Due,
    /// Nobody is named who is paid; PAY by square must.
    Payee,
    /// There is more than a code holds.
    TooLong,
}
