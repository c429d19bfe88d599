//! Taking contacts out of the program as a file.

use serde::{Deserialize, Serialize};

use crate::Chosen;

/// The form of an exported file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ExportFormat {
    /// A spreadsheet (Office Open XML).
    #[default]
    Xlsx,
    /// Comma-separated values (RFC 4180) in UTF-8.
    Csv,
    /// Our own schema, read back by the import.
    Xml,
    /// Addresses alone, separated by semicolons, to be pasted anywhere.
    Text,
}

impl ExportFormat {
    /// All forms, in the order the screens offer them.
    pub const ALL: [Self; 4] = [Self::Xlsx, Self::Csv, Self::Xml, Self::Text];

    /// The ending of the file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Xml => "xml",
            Self::Text => "txt",
        }
    }

    /// The form of that ending.
    pub fn from_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.ending() == ending)
    }

    /// The media type (RFC 6838).
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xml => "application/xml",
            Self::Text => "text/plain; charset=utf-8",
        }
    }
}

/// What is exported and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportOrder {
    /// Which contacts.
    pub chosen: Chosen,
    /// In what form.
    pub format: ExportFormat,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_leads_back_to_its_form() {
        for it in ExportFormat::ALL {
            assert_eq!(ExportFormat::from_ending(it.ending()), Some(it));
        }
        assert_eq!(ExportFormat::from_ending("exe"), None);
    }
}
