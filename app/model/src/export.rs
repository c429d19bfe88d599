//! Taking contacts out of the program as a file.

use serde::{Deserialize, Serialize};

use crate::{Chosen, Fault, Faults, MessageFilter, MessageId, Refusal, Required};

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

/// The form of a file with messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MessageFormat {
    /// Each message as a file of its own (RFC 5322), in a ZIP.
    #[default]
    Eml,
    /// All in one file that mail programs take in (RFC 4155).
    Mbox,
    /// Our own schema, with deliveries and answers.
    Xml,
}

impl MessageFormat {
    /// All forms, in the order the screens offer them.
    pub const ALL: [Self; 3] = [Self::Eml, Self::Mbox, Self::Xml];

    /// The name of a file with several messages.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Eml => "messages.zip",
            Self::Mbox => "messages.mbox",
            Self::Xml => "messages.xml",
        }
    }

    /// The media type (RFC 6838).
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Eml => "application/zip",
            Self::Mbox => "application/mbox",
            Self::Xml => "application/xml",
        }
    }
}

/// Which messages are taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChosenMessages {
    /// Exactly these.
    These(Vec<MessageId>),
    /// All that a list shows.
    Matching(MessageFilter),
}

/// What messages are exported and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageExport {
    /// Which ones.
    pub chosen: ChosenMessages,
    /// In what form.
    pub format: MessageFormat,
}

/// What is exported and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportOrder {
    /// Which contacts.
    pub chosen: Chosen,
    /// In what form.
    pub format: ExportFormat,
    /// Headings in the reader's language: those of [`columns`]; a missing one is the name of the column. XML has its own names.
    #[serde(default)]
    pub headings: Vec<String>,
}

/// The columns of one text each, by the names that an import knows again and that are elements of the XML.
pub const COLUMNS: [&str; 32] = [
    "nature",
    "kind",
    "title_before",
    "first_name",
    "last_name",
    "title_after",
    "company_name",
    "position",
    "salutation",
    "language",
    "street",
    "city",
    "postcode",
    "country",
    "delivery_street",
    "delivery_city",
    "delivery_postcode",
    "delivery_country",
    "registration_number",
    "tax_number",
    "vat_number",
    "note",
    "gender",
    "first_vocative",
    "last_vocative",
    "no_bulk",
    "obtained_way",
    "obtained_on",
    "obtained_note",
    "owner",
    "parent_registration_number",
    "parent_name",
];

/// The columns of e-mail addresses, each with the stored word of its purpose.
pub const EMAILS: [(&str, &str); 4] =
    [("email", "general"), ("email_invoices", "invoices"), ("email_reminders", "reminders"), ("email_marketing", "marketing")];

/// The columns of phone numbers, each with the stored word of its purpose.
pub const PHONES: [(&str, &str); 4] =
    [("phone", "general"), ("phone_invoices", "invoices"), ("phone_reminders", "reminders"), ("phone_marketing", "marketing")];

/// The columns of consents: what was last said about each channel, with its day, its way and its proof.
pub const CONSENTS: [&str; 8] = [
    "consent_email",
    "consent_email_on",
    "consent_email_way",
    "consent_email_proof",
    "consent_sms",
    "consent_sms_on",
    "consent_sms_way",
    "consent_sms_proof",
];

/// All columns but those of own fields, in their order.
pub fn columns() -> impl Iterator<Item = &'static str> {
    let addresses = EMAILS.into_iter().chain(PHONES).map(|it| it.0);
    COLUMNS.into_iter().chain(addresses).chain(["tags"]).chain(CONSENTS)
}

impl ExportOrder {
    /// Checks the order.
    ///
    /// # Errors
    /// Refuses more headings than there are columns, and headings that are too long.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        let max = columns().count();
        if max < self.headings.len() {
            faults.add("headings", Fault::TooMany { max: max as u32 });
        }
        for (n, heading) in self.headings.iter().enumerate() {
            faults.line(format!("headings.{n}"), heading, Required::No, 120);
        }
        faults.finish()
    }
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
