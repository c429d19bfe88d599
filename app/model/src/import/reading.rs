//! How a file is read as a table, and what can be wrong with it.

use serde::{Deserialize, Serialize};

/// What kind of file it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ImportFormat {
    /// Lines with a delimiter (RFC 4180 and what programs make of it).
    #[default]
    Csv,
    /// A workbook of spreadsheet programs (ECMA-376).
    Xlsx,
    /// Elements that repeat.
    Xml,
    /// Cards of address books (vCard 2.1, 3.0, 4.0).
    Vcard,
}

/// How letters are written as bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TextEncoding {
    /// UTF-8, with its mark or without.
    #[default]
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// Windows-1250, of Central European Windows.
    Windows1250,
    /// ISO-8859-2, of Central European Unix.
    Iso8859_2,
}

impl TextEncoding {
    /// All encodings, in the order the screens offer them.
    pub const ALL: [Self; 5] = [Self::Utf8, Self::Windows1250, Self::Iso8859_2, Self::Utf16Le, Self::Utf16Be];

    /// The name that people know it by; the same in each language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1250 => "Windows-1250",
            Self::Iso8859_2 => "ISO-8859-2",
        }
    }
}

/// What stands between two cells of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Delimiter {
    /// `;`
    #[default]
    Semicolon,
    /// `,`
    Comma,
    /// The tab.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// All delimiters, in the order the screens offer them.
    pub const ALL: [Self; 4] = [Self::Semicolon, Self::Comma, Self::Tab, Self::Pipe];

    /// The character.
    pub fn sign(self) -> char {
        match self {
            Self::Semicolon => ';',
            Self::Comma => ',',
            Self::Tab => '\t',
            Self::Pipe => '|',
        }
    }
}

/// How a file is read. Found by looking at it, and corrected by whoever imports it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportReading {
    /// What kind of file it is.
    pub format: ImportFormat,
    /// How letters are written; of no meaning in a workbook.
    pub encoding: TextEncoding,
    /// What stands between two cells; only in CSV.
    pub delimiter: Delimiter,
    /// Which sheet, from 0; only in a workbook.
    pub sheet: u32,
    /// Which row holds the headings, from 1; 0 when there are none. Rows before it are left out. In CSV and workbooks only.
    pub header_row: u32,
    /// Path of the element that is a row, as `contacts/contact`; only in XML.
    pub element: String,
}

/// What is wrong with a file or with one of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableFault {
    /// Nothing in it.
    Empty,
    /// Bytes that are no letters in this encoding.
    Encoding,
    /// An encoding that is declared but not known here.
    UnknownEncoding {
        /// The declared name.
        name: String,
    },
    /// A character that no text holds, as NUL.
    ControlCharacter,
    /// A row, line, card or element longer than this many bytes; a quote that never ends makes one.
    TooLong {
        /// Most bytes.
        max: u64,
    },
    /// A cell longer than this many characters.
    CellTooLong {
        /// Most characters.
        max: u64,
    },
    /// More columns than this.
    TooManyColumns {
        /// Most columns.
        max: u64,
    },
    /// More cells than there are headings, so that nobody knows what they are.
    MoreCells {
        /// How many headings there are.
        columns: u64,
    },
    /// The cell holds an error of a formula, as `#N/A`.
    FormulaError,
    /// The XML is not well-formed, or the card has no end.
    Malformed,
    /// The XML declares a document type; such can name files and grow without end, so none is read.
    DocumentType,
    /// An entity that XML does not know by itself.
    UnknownEntity,
    /// Elements inside one another deeper than this.
    TooDeep {
        /// Most levels.
        max: u64,
    },
    /// No element that repeats, so there are no rows.
    NoRows,
    /// No archive, or a damaged one.
    BrokenArchive,
    /// The file is encrypted, or is of the old kind (`.xls`).
    Encrypted,
    /// The archive holds names twice, names outside of itself, links, or parts that lie over one another.
    SuspiciousArchive,
    /// The archive holds more parts than this.
    TooManyParts {
        /// Most parts.
        max: u64,
    },
    /// A part grows to much more than a workbook ever does.
    Bomb,
    /// More elements than this.
    TooManyElements {
        /// Most elements.
        max: u64,
    },
    /// An element or attribute that does not belong there, or stands there once too often.
    Unexpected {
        /// Its name.
        name: String,
    },
    /// An element or attribute that must stand there and does not.
    Missing {
        /// Its name.
        name: String,
    },
    /// A value that is none of those allowed there.
    Wrong {
        /// The name of the element, attribute or field.
        name: String,
        /// What stands there, cut short; may be empty.
        value: String,
    },
    /// The workbook holds more texts than fit into memory.
    TooManyTexts {
        /// Most bytes of all texts together.
        max: u64,
    },
    /// The file is not a workbook, or this sheet is not in it.
    NoSheet,
}
