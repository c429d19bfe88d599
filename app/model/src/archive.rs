//! Taking in an old archive: mails of other programs, and messages that left this one, as history that is never sent.

use serde::{Deserialize, Serialize};

use crate::{ArchiveId, Moment, Noun, Refusal};

/// How many places a report names at most; the others are only counted.
pub const NOTES_MAX: u64 = 1_000;

/// Where the taking in of an archive stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ArchiveState {
    /// Its file comes in.
    Arriving,
    /// It is walked through and nothing is written.
    Looking,
    /// It was walked through and waits for a person.
    Looked,
    /// Its messages are taken in.
    Running,
    /// Somebody stopped it; what was taken in stays.
    Stopped,
    /// All of it was walked through.
    Ended,
    /// The file could not be read further.
    Failed,
}

/// What moves it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ArchiveStep {
    /// The whole file is here.
    Arrive,
    /// A person lets its messages be taken in.
    Start,
    /// A person stops it.
    Stop,
    /// The end of the file was reached.
    Finish,
    /// The file cannot be read further.
    Fail,
}

/// How the file of an archive is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ArchiveFormat {
    /// Mails one after the other (RFC 4155), or a single one (RFC 5322).
    Mbox,
    /// Mails in a ZIP, each a file.
    Zip,
    /// What this program writes as XML.
    Xml,
}

/// What the action log notes about old archives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ArchiveDeed {
    /// A file began to come in.
    Brought(ArchiveId),
    /// It was forgotten with its file; what was taken in stays.
    Forgotten(ArchiveId),
    /// Its messages are taken in.
    Started(ArchiveId),
    /// It was stopped.
    Stopped(ArchiveId),
    /// It came to its end; so many messages were taken in. From the command line it has no number of its own.
    Ended(ArchiveId, u64),
}

/// Why a message of an archive was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ArchiveFault {
    /// It has no header that a mail has.
    NoMail,
    /// It is larger than a message may be.
    TooLarge,
    /// It is damaged.
    Damaged,
}

/// A message that was not taken in, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveNote {
    /// The how-many-eth message of the file, from 1.
    pub number: u64,
    /// Where it begins in the file, in bytes.
    pub offset: u64,
    /// Why.
    pub fault: ArchiveFault,
}

/// How many messages were walked through, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveCounts {
    /// In all.
    pub read: u64,
    /// Taken in, or would be.
    pub added: u64,
    /// Here already.
    pub known: u64,
    /// Cannot be taken in.
    pub bad: u64,
    /// Of those taken in, how many say nothing about when they were written; they stand under the day of the import.
    pub undated: u64,
}

/// An old archive that is or was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// Which one.
    pub id: ArchiveId,
    /// Name of the file.
    pub file: String,
    /// Size of the file in bytes.
    pub size: u64,
    /// Where it stands.
    pub state: ArchiveState,
    /// What became of its messages.
    pub counts: ArchiveCounts,
    /// How far it is, in thousandths.
    pub progress: u16,
    /// Who brought it.
    pub author: String,
    /// When it was brought.
    pub created_at: Moment,
    /// When it ended.
    pub ended_at: Option<Moment>,
}

/// What became of a message of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveOutcome {
    /// It was taken in; whether it says when it was written.
    Added {
        /// Whether it does.
        is_dated: bool,
    },
    /// It was here already.
    Known,
    /// It could not be taken in.
    Bad(ArchiveFault),
}

impl ArchiveCounts {
    /// Counts a message.
    pub fn add(&mut self, outcome: ArchiveOutcome) {
        self.read += 1;
        match outcome {
            ArchiveOutcome::Added { is_dated } => {
                self.added += 1;
                self.undated += u64::from(!is_dated);
            }
            ArchiveOutcome::Known => self.known += 1,
            ArchiveOutcome::Bad(_) => self.bad += 1,
        }
    }
}

impl ArchiveState {
    /// Whether the background works on it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Looking | Self::Running)
    }

    /// Where a step leads.
    ///
    /// # Errors
    /// Refuses steps that the state does not allow.
    pub fn step(self, step: ArchiveStep) -> Result<Self, Refusal> {
        match (self, step) {
            (Self::Arriving, ArchiveStep::Arrive) => Ok(Self::Looking),
            (Self::Looking, ArchiveStep::Finish) => Ok(Self::Looked),
            (Self::Looked, ArchiveStep::Start) => Ok(Self::Running),
            (Self::Running, ArchiveStep::Finish) => Ok(Self::Ended),
            (Self::Looking | Self::Running, ArchiveStep::Stop) => Ok(Self::Stopped),
            (Self::Looking | Self::Running, ArchiveStep::Fail) => Ok(Self::Failed),
            (
                Self::Arriving | Self::Looking | Self::Looked | Self::Running | Self::Stopped | Self::Ended | Self::Failed,
                ArchiveStep::Arrive | ArchiveStep::Start | ArchiveStep::Stop | ArchiveStep::Finish | ArchiveStep::Fail,
            ) => Err(Refusal::IllegalStep(Noun::Import)),
        }
    }
}

impl ArchiveFormat {
    /// The format of a file that begins so.
    pub fn of(begin: &[u8]) -> Self {
        let text = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begin).trim_ascii_start();
        if begin.starts_with(b"PK\x03\x04") || begin.starts_with(b"PK\x05\x06") {
            Self::Zip
        } else if text.starts_with(b"<?xml") || text.starts_with(b"<messages") {
            Self::Xml
        } else {
            Self::Mbox
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_in_before_it_was_looked_at() {
        use ArchiveState as S;
        let way = [(S::Arriving, ArchiveStep::Arrive), (S::Looking, ArchiveStep::Finish), (S::Looked, ArchiveStep::Start)];
        let states: Vec<_> = way.iter().map(|(from, step)| from.step(*step).unwrap()).collect();
        assert_eq!(states, [S::Looking, S::Looked, S::Running]);
        for from in [S::Arriving, S::Looking, S::Running, S::Stopped, S::Ended, S::Failed] {
            assert_eq!(from.step(ArchiveStep::Start), Err(Refusal::IllegalStep(Noun::Import)), "{from:?}");
        }
    }

    #[test]
    fn the_format_is_told_by_the_first_bytes() {
        assert_eq!(ArchiveFormat::of(b"PK\x03\x04rest"), ArchiveFormat::Zip);
        assert_eq!(ArchiveFormat::of(b"\xef\xbb\xbf  <?xml version"), ArchiveFormat::Xml);
        assert_eq!(ArchiveFormat::of(b"From eva@x.sk Mon"), ArchiveFormat::Mbox);
        assert_eq!(ArchiveFormat::of(b"Received: from x"), ArchiveFormat::Mbox);
    }

    #[test]
    fn each_message_is_counted_once() {
        let mut counts = ArchiveCounts::default();
        for outcome in [
            ArchiveOutcome::Added { is_dated: true },
            ArchiveOutcome::Added { is_dated: false },
            ArchiveOutcome::Known,
            ArchiveOutcome::Bad(ArchiveFault::NoMail),
        ] {
            counts.add(outcome);
        }
        assert_eq!(counts, ArchiveCounts { read: 4, added: 2, known: 1, bad: 1, undated: 1 });
    }
}
