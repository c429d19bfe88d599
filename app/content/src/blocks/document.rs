//! What a document consists of.

use serde::{Deserialize, Serialize};

use super::theme::Theme;
use crate::payment::Standard;

/// The newest version of documents that is understood.
pub const VERSION: u32 = 1;

/// A document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The version it is written in.
    pub version: u32,
    /// The looks of all blocks.
    #[serde(default)]
    pub theme: Theme,
    /// The blocks from top to bottom.
    pub blocks: Vec<Block>,
}

impl Default for Document {
    fn default() -> Self {
        Self { version: VERSION, theme: Theme::default(), blocks: Vec::new() }
    }
}

/// One block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its number, which no other block of the document has and which it keeps when it is moved.
    pub id: u32,
    /// What it is.
    pub is: Kind,
}

/// What a block is. Words may hold merge code wherever words stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The company's name and logo, at the top.
    Header(Header),
    /// Words as they are written in the view *Text*.
    Text(Text),
    /// A picture.
    Picture(Picture),
    /// A link that looks like a button.
    Button(Button),
    /// Two or three columns, each with blocks of its own.
    Columns(Columns),
    /// A line.
    Divider,
    /// Empty room.
    Spacer(Spacer),
    /// The rows of a collection, such as the items of an order.
    Items(Items),
    /// A code that a banking program reads.
    Payment(PaymentCode),
    /// Small words at the end: who the company is and how to reach it.
    Footer(Footer),
}

/// Where something stands in its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

/// The top of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Header {
    /// The address of the logo; empty for none.
    pub logo: String,
    /// The name of the company, which also stands for the logo where pictures are off.
    pub name: String,
    /// Where it stands.
    pub align: Align,
}

/// Words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Text {
    /// HTML of the editor: whole elements, with the fields as they are stored.
    pub html: String,
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Picture {
    /// Its address: `cid:` of a file that the template carries, or one of the web.
    pub source: String,
    /// What stands for it where pictures are off; empty when it is only decoration.
    pub alternative: String,
    /// Where it leads; empty for nowhere.
    pub link: String,
    /// Its width in pixels; none for all there is.
    pub width: Option<u32>,
    /// Where it stands.
    pub align: Align,
}

/// A button.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    /// Where it leads.
    pub link: String,
    /// Where it stands.
    pub align: Align,
}

/// How the width is shared by columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// Evenly.
    #[default]
    Even,
    /// Of two columns the first has a third.
    NarrowFirst,
    /// Of two columns the first has two thirds.
    WideFirst,
}

/// Columns; on phones they stand below one another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Columns {
    /// How they share the width.
    pub split: Split,
    /// The blocks of each column.
    pub columns: Vec<Vec<Block>>,
}

/// Empty room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spacer {
    /// Its height in pixels.
    pub height: u32,
}

/// The rows of a collection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Items {
    /// The path of the collection: `order.items`.
    pub list: String,
    /// Its columns from left to right.
    pub columns: Vec<ItemsColumn>,
    /// What stands there when there are no rows; empty for nothing.
    pub empty: String,
}

/// One column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemsColumn {
    /// What stands above it; may be empty.
    pub heading: String,
    /// The field of a row, perhaps with filters: `price`, `due | date("d. M.")`.
    pub field: String,
    /// Where its values stand.
    pub align: Align,
}

/// A code that a banking program reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaymentCode {
    /// Whose banks read it.
    pub standard: Standard,
    /// The account that is paid to.
    pub account: String,
    /// The code of its bank; may be empty.
    pub bank: String,
    /// The path of the amount: `order.total`; empty leaves it to who pays.
    pub amount: String,
    /// The path of the day: `order.due`; may be empty.
    pub due: String,
    /// The variable symbol; may be empty.
    pub variable: String,
    /// The constant symbol; may be empty.
    pub constant: String,
    /// The specific symbol; may be empty.
    pub specific: String,
    /// Words for who is paid; may be empty.
    pub message: String,
    /// Who is paid.
    pub payee: String,
    /// What stands below the code; may be empty.
    pub caption: String,
    /// Its width in pixels.
    pub width: u32,
    /// Where it stands.
    pub align: Align,
}

impl Default for PaymentCode {
    fn default() -> Self {
        let none = String::new;
        Self {
            standard: Standard::default(),
            account: none(),
            bank: none(),
            amount: none(),
            due: none(),
            variable: none(),
            constant: none(),
            specific: none(),
            message: none(),
            payee: none(),
            caption: none(),
            width: 180,
            align: Align::Center,
        }
    }
}

/// The end of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Footer {
    /// HTML of the editor, shown small.
    pub html: String,
}

impl Block {
    /// The columns of a block that has some, else none.
    pub fn columns(&self) -> &[Vec<Block>] {
        match &self.is {
            Kind::Columns(it) => &it.columns,
            _ => &[],
        }
    }
}
