//! A business "no" as a value with data, worded by the screen in its language.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::campaign::Hindrance;
use crate::library::FileFault;
use crate::template::PaymentFault;
use crate::{AddressFault, Permission, PhoneFault, TableFault};

/// Why something was not done. Nothing was changed when it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Nobody is signed in, or the session has ended.
    SignedOut,
    /// The address or the password is wrong; which one is not told.
    WrongCredentials,
    /// Too many tries; the next one is possible after so many seconds.
    TooManyTries {
        /// Seconds to wait.
        wait_s: u32,
    },
    /// The one-time link was used, replaced or is too old.
    LinkExpired,
    /// The person lacks this right.
    NotPermitted(Permission),
    /// There is no such thing, or the person may not know of it.
    NotFound(Noun),
    /// Somebody else changed it meanwhile.
    Stale(Noun),
    /// The state it is in does not allow that.
    IllegalStep(Noun),
    /// Something is used elsewhere and cannot go.
    InUse(Noun),
    /// It belongs to the system and cannot be changed so.
    BuiltIn(Noun),
    /// Nobody would be left who can manage users.
    LastAdministrator,
    /// The ten seconds in which sending can be undone are over.
    UndoTooLate,
    /// Fields of the input are wrong; each is named.
    Invalid(Vec<FieldFault>),
    /// The file is greater than allowed.
    FileTooLarge {
        /// Greatest size in bytes.
        max: u64,
    },
    /// The type of the file is not allowed.
    FileTypeBlocked {
        /// The ending of the file's name.
        ending: String,
    },
    /// A file is not taken into the library.
    FileRefused(FileFault),
    /// A file is not the table it should be.
    BadTable {
        /// Where: the line of the file or the row of the sheet, from 1.
        line: u64,
        /// What is wrong.
        fault: TableFault,
    },
    /// A campaign cannot be released; everything that stands in its way.
    Hindered(Vec<Hindrance>),
    /// Messages that are kept as proof are not deleted.
    KeptAsProof,
    /// Nobody has looked to the end what the present periods would do.
    LookFirst,
    /// The disk is nearly full; nothing was taken in.
    DiskFull,
}

/// What kind of thing a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Noun {
    /// A user.
    User,
    /// A role.
    Role,
    /// A session.
    Session,
    /// A contact.
    Contact,
    /// A recipient list.
    RecipientList,
    /// A segment.
    Segment,
    /// An account.
    Account,
    /// A message.
    Message,
    /// A delivery.
    Delivery,
    /// An attachment.
    Attachment,
    /// A captured mail.
    Captured,
    /// An address, domain or contact that we must not write to.
    Suppression,
    /// The company's data.
    Company,
    /// An own field of contacts.
    Field,
    /// A word that contacts are grouped by.
    Tag,
    /// A saved view of the list of contacts.
    View,
    /// An import of contacts.
    Import,
    /// A template.
    Template,
    /// A file of the library.
    Library,
    /// A campaign.
    Campaign,
    /// A key by which mails are signed.
    DkimKey,
    /// What a bounce mailbox brought.
    Bounce,
    /// An address that was asked to confirm itself as a sender.
    Sender,
    /// What somebody said about a thing.
    Comment,
}

/// One wrong field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    /// The field's name as in the input type, with positions: `subject`, `emails.2`.
    pub field: String,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// It must be filled in.
    Missing,
    /// It is longer than so many characters.
    TooLong {
        /// Greatest length in characters.
        max: u32,
    },
    /// It is shorter than so many characters.
    TooShort {
        /// Least length in characters.
        min: u32,
    },
    /// The number lies outside the range.
    OutOfRange {
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
    /// One address of the field is wrong.
    Address {
        /// The piece as typed.
        text: String,
        /// What is wrong with it.
        fault: AddressFault,
    },
    /// One phone number of the field is wrong.
    Phone {
        /// The piece as typed.
        text: String,
        /// What is wrong with it.
        fault: PhoneFault,
    },
    /// Somebody else has this value already.
    Taken,
    /// It contains a line break or another character that is not allowed there.
    Character,
    /// The old password is wrong.
    WrongPassword,
    /// It is not a host name or an IP address.
    Host,
    /// Together the files are greater than allowed.
    TooLargeInAll {
        /// Greatest size in bytes.
        max: u64,
    },
    /// The choice is not there any more.
    Gone,
    /// It is not a number.
    NoNumber,
    /// It is not a day of the calendar.
    NoDate,
    /// The day lies in the future.
    InFuture,
    /// It would belong to itself.
    Cycle,
    /// Only a company can have branches and contact persons.
    NoCompany,
    /// It lies deeper inside others than so many levels.
    TooDeep {
        /// Greatest number of levels.
        max: u32,
    },
    /// It must not be written to.
    Suppressed,
    /// Reactions are measured only in commercial mails.
    Unmeasurable,
    /// The person has said yes or no already and is not asked again.
    Answered,
    /// Messages may leave under this address already.
    Confirmed,
    /// Messages may not leave under this address, because nobody has confirmed it.
    Unconfirmed {
        /// The address.
        address: String,
    },
    /// There are more of them than so many.
    TooMany {
        /// Greatest number.
        max: u32,
    },
    /// The merge code of a template is wrong.
    MergeCode {
        /// The line, from 1.
        line: u32,
        /// The column in characters, from 1.
        column: u32,
        /// The nearest name there is, when a name is wrong.
        suggestion: Option<String>,
    },
    /// A field of a template has found no value; its path.
    Unfilled(String),
    /// A text message takes more parts than the account allows.
    TooManyParts {
        /// Greatest number of parts.
        max: u32,
    },
    /// The description of a gateway cannot be used; says why in technical words.
    Described(String),
    /// The address does not begin with `https://`, or is none.
    NoHttps,
    /// A payment code cannot be drawn, because no bank would understand it.
    Payment(PaymentFault),
}

impl Refusal {
    /// One field is wrong.
    pub fn field(field: impl Into<String>, fault: Fault) -> Self {
        Self::Invalid(vec![FieldFault { field: field.into(), fault }])
    }
}

/// Collects the faults of an input and answers them all at once.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldFault>);

impl Faults {
    /// Notes a fault.
    pub fn add(&mut self, field: impl Into<String>, fault: Fault) {
        self.0.push(FieldFault { field: field.into(), fault });
    }

    /// Notes a text that is empty, too long or has control characters; a line break is a control character too.
    pub fn line(&mut self, field: impl fmt::Display, text: &str, required: Required, max: u32) {
        if required == Required::Yes && text.trim().is_empty() {
            self.add(field.to_string(), Fault::Missing);
        } else if (max as usize) < text.chars().count() {
            self.add(field.to_string(), Fault::TooLong { max });
        } else if text.chars().any(|it| it.is_control() || matches!(it, '\u{2028}' | '\u{2029}')) {
            self.add(field.to_string(), Fault::Character);
        }
    }

    /// Notes a text of several lines that is too long or has control characters other than line breaks and tabs.
    pub fn text(&mut self, field: impl fmt::Display, text: &str, required: Required, max: u32) {
        if required == Required::Yes && text.trim().is_empty() {
            self.add(field.to_string(), Fault::Missing);
        } else if (max as usize) < text.chars().count() {
            self.add(field.to_string(), Fault::TooLong { max });
        } else if text.chars().any(|it| it.is_control() && !matches!(it, '\n' | '\r' | '\t')) {
            self.add(field.to_string(), Fault::Character);
        }
    }

    /// The faults so far.
    pub fn list(&self) -> &[FieldFault] {
        &self.0
    }

    /// Nothing, when there was no fault.
    ///
    /// # Errors
    /// All the faults as one refusal.
    pub fn finish(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self.0)) }
    }
}

/// Whether a field must be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Required {
    /// It must.
    Yes,
    /// It may stay empty.
    No,
}
