//! Taking the result of a campaign out of the program as a file.
//!
//! Files are read by people, so whoever asks brings the words in their language; where one is missing, its name stands.

use serde::{Deserialize, Serialize};

use super::LeftOut;
use crate::{CampaignId, DeliveryState, ExportFormat, Fault, Faults, Language, MessageState, Refusal};

/// The form of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CampaignFormat {
    /// Every recipient with what became of the message, as a spreadsheet (Office Open XML).
    #[default]
    Xlsx,
    /// The same as comma-separated values (RFC 4180) in UTF-8.
    Csv,
    /// The figures and the reasons on paper (ISO 32000-1).
    Pdf,
}

/// What became of somebody in the audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecipientResult {
    /// Gets no message; the reason stands beside.
    LeftOut,
    /// Values are missing: the message waits apart.
    SetApart,
    /// The message waits for its release or its turn.
    Waiting,
    /// It is on its way.
    Sending,
    /// The relay took it over.
    Sent,
    /// A receipt says that it arrived.
    Delivered,
    /// The relay refused it.
    Rejected,
    /// It came back.
    Returned,
    /// It waited longer than it was worth.
    Expired,
    /// The address must not be written to since it was prepared.
    Suppressed,
    /// Nobody knows.
    Unknown,
    /// A person stopped it.
    Cancelled,
}

/// The names of the words that a file needs: headings, results, reasons, and what stands in the report.
pub const WORDS: [&str; 55] = [
    "column.name",
    "column.address",
    "column.result",
    "column.reason",
    "column.answer",
    "column.tries",
    "column.at",
    "column.unsubscribed",
    "column.opened",
    "column.clicked",
    "result.left_out",
    "result.set_apart",
    "result.waiting",
    "result.sending",
    "result.sent",
    "result.delivered",
    "result.rejected",
    "result.returned",
    "result.expired",
    "result.suppressed",
    "result.unknown",
    "result.cancelled",
    "reason.no_address",
    "reason.invalid",
    "reason.suppressed",
    "reason.no_consent",
    "reason.no_bulk",
    "reason.excluded",
    "reason.duplicate",
    "reason.by_hand",
    "yes",
    "report.title",
    "report.figures",
    "report.recipients",
    "report.left_out",
    "report.sent",
    "report.delivered",
    "report.bounced",
    "report.failed",
    "report.suppressed",
    "report.unknown",
    "report.cancelled",
    "report.waiting",
    "report.unsubscribed",
    "report.complained",
    "report.reactions",
    "report.opened",
    "report.clicked",
    "report.named",
    "report.unreliable",
    "report.links",
    "report.started",
    "report.ended",
    "report.reasons",
    "report.count",
];
/// The greatest length of a word in characters.
pub const WORD_MAX: u32 = 200;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignExportOrder {
    /// Whose result.
    pub campaign: CampaignId,
    /// In which form.
    pub format: CampaignFormat,
    /// The language of the words.
    pub language: Language,
    /// The words in the order of [`WORDS`].
    pub words: Vec<String>,
}

impl CampaignFormat {
    /// All forms, in the order the screens offer them.
    pub const ALL: [Self; 3] = [Self::Xlsx, Self::Csv, Self::Pdf];

    /// The form of a table; nothing for paper.
    pub fn table(self) -> Option<ExportFormat> {
        match self {
            Self::Xlsx => Some(ExportFormat::Xlsx),
            Self::Csv => Some(ExportFormat::Csv),
            Self::Pdf => None,
        }
    }

    /// The ending of the file's name.
    pub fn ending(self) -> &'static str {
        self.table().map_or("pdf", ExportFormat::ending)
    }

    /// The media type (RFC 6838).
    pub fn media_type(self) -> &'static str {
        self.table().map_or("application/pdf", ExportFormat::media_type)
    }
}

impl RecipientResult {
    /// What became of a message that was made.
    pub fn of(message: MessageState, delivery: Option<DeliveryState>) -> Self {
        match (message, delivery) {
            (MessageState::Cancelled, None) => Self::Cancelled,
            (_, None | Some(DeliveryState::Waiting)) => Self::Waiting,
            (_, Some(DeliveryState::Leased | DeliveryState::Handed)) => Self::Sending,
            (_, Some(DeliveryState::Accepted)) => Self::Sent,
            (_, Some(DeliveryState::Delivered)) => Self::Delivered,
            (_, Some(DeliveryState::Rejected)) => Self::Rejected,
            (_, Some(DeliveryState::Returned)) => Self::Returned,
            (_, Some(DeliveryState::Expired)) => Self::Expired,
            (_, Some(DeliveryState::Suppressed)) => Self::Suppressed,
            (_, Some(DeliveryState::Unknown)) => Self::Unknown,
            (_, Some(DeliveryState::Cancelled)) => Self::Cancelled,
        }
    }

    /// The name of its word in [`WORDS`].
    pub fn word(self) -> &'static str {
        match self {
            Self::LeftOut => "result.left_out",
            Self::SetApart => "result.set_apart",
            Self::Waiting => "result.waiting",
            Self::Sending => "result.sending",
            Self::Sent => "result.sent",
            Self::Delivered => "result.delivered",
            Self::Rejected => "result.rejected",
            Self::Returned => "result.returned",
            Self::Expired => "result.expired",
            Self::Suppressed => "result.suppressed",
            Self::Unknown => "result.unknown",
            Self::Cancelled => "result.cancelled",
        }
    }
}

impl LeftOut {
    /// The name of its word in [`WORDS`].
    pub fn word(&self) -> &'static str {
        match self {
            Self::NoAddress => "reason.no_address",
            Self::Invalid => "reason.invalid",
            Self::Suppressed(_) => "reason.suppressed",
            Self::NoConsent => "reason.no_consent",
            Self::NoBulk => "reason.no_bulk",
            Self::Excluded => "reason.excluded",
            Self::Duplicate(_) => "reason.duplicate",
            Self::ByHand => "reason.by_hand",
        }
    }
}

impl CampaignExportOrder {
    /// Checks that nobody sends a book instead of words.
    ///
    /// # Errors
    /// Names `words`.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        if WORDS.len() < self.words.len() {
            faults.add("words", Fault::TooMany { max: WORDS.len() as u32 });
        }
        if self.words.iter().any(|it| (WORD_MAX as usize) < it.chars().count()) {
            faults.add("words", Fault::TooLong { max: WORD_MAX });
        }
        faults.finish()
    }

    /// The word of a name.
    pub fn word<'a>(&'a self, name: &'a str) -> &'a str {
        let found = WORDS.iter().position(|it| *it == name).and_then(|n| self.words.get(n));
        found.map(|it| it.trim()).filter(|it| !it.is_empty()).unwrap_or(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(words: &[&str]) -> CampaignExportOrder {
        let words = words.iter().map(|it| (*it).to_owned()).collect();
        CampaignExportOrder { campaign: CampaignId(1), format: CampaignFormat::Csv, language: Language::Sk, words }
    }

    #[test]
    fn words_stand_where_they_were_brought_and_names_elsewhere() {
        let order = order(&["Meno", " "]);
        assert_eq!((order.word("column.name"), order.word("column.address")), ("Meno", "column.address"));
    }

    #[test]
    fn every_result_and_reason_has_a_word() {
        let results = DeliveryState::ALL.map(|it| RecipientResult::of(MessageState::Queued, Some(it)));
        let others = [RecipientResult::LeftOut, RecipientResult::SetApart, RecipientResult::of(MessageState::Prepared, None)];
        assert!(results.into_iter().chain(others).all(|it| WORDS.contains(&it.word())));
        assert!([LeftOut::NoAddress, LeftOut::Suppressed(None), LeftOut::ByHand].iter().all(|it| WORDS.contains(&it.word())));
    }

    #[test]
    fn a_book_is_refused() {
        assert!(order(&["Meno"]).check().is_ok());
        assert!(order(&["x"; 56]).check().is_err());
        assert!(order(&["x".repeat(201).as_str()]).check().is_err());
    }
}
