//! Words about taking old archives in.

use model::{ArchiveDeed, ArchiveFault, ArchiveNote, ArchiveState};

use super::messages::small;
use super::{Locale, language, td_string};
use crate::format;

/// Where an archive stands.
pub fn state(locale: Locale, state: ArchiveState) -> &'static str {
    match state {
        ArchiveState::Arriving => td_string!(locale, old_archive.state_arriving),
        ArchiveState::Looking => td_string!(locale, old_archive.state_looking),
        ArchiveState::Looked => td_string!(locale, old_archive.state_looked),
        ArchiveState::Running => td_string!(locale, old_archive.state_running),
        ArchiveState::Stopped => td_string!(locale, old_archive.state_stopped),
        ArchiveState::Ended => td_string!(locale, old_archive.state_ended),
        ArchiveState::Failed => td_string!(locale, old_archive.state_failed),
    }
}

/// A message that was not taken in: where and why.
pub fn note(locale: Locale, note: &ArchiveNote) -> String {
    let fault = match note.fault {
        ArchiveFault::NoMail => td_string!(locale, old_archive.fault_no_mail),
        ArchiveFault::TooLarge => td_string!(locale, old_archive.fault_too_large),
        ArchiveFault::Damaged => td_string!(locale, old_archive.fault_damaged),
    };
    let number = |n: u64| format::number(language(locale), n);
    td_string!(locale, old_archive.note, number = number(note.number), offset = number(note.offset), fault = fault)
}

/// What was done, without who did it.
pub fn deed(locale: Locale, deed: ArchiveDeed) -> String {
    match deed {
        ArchiveDeed::Brought(_) => td_string!(locale, old_archive.deed_brought).to_owned(),
        ArchiveDeed::Forgotten(_) => td_string!(locale, old_archive.deed_forgotten).to_owned(),
        ArchiveDeed::Started(_) => td_string!(locale, old_archive.deed_started).to_owned(),
        ArchiveDeed::Stopped(_) => td_string!(locale, old_archive.deed_stopped).to_owned(),
        ArchiveDeed::Ended(_, n) => {
            td_string!(locale, old_archive.deed_ended, count = small(n), n = format::number(language(locale), n))
        }
    }
}
