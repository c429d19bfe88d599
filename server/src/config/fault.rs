//! What can be wrong with the configuration, in sentences for operators.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::setting::{Setting, Source, Written};

/// One fault.
#[derive(Debug)]
pub enum Fault {
    /// The file cannot be read.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The file is not TOML.
    Syntax {
        /// The file.
        file: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// What the parser says.
        message: String,
    },
    /// The file names a setting that does not exist.
    Unknown {
        /// The file.
        file: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// The name as it stands there.
        field: String,
    },
    /// The file gives a value of the wrong type.
    Type {
        /// The file.
        file: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// The setting.
        setting: Setting,
        /// What stands there.
        found: &'static str,
    },
    /// The value cannot be used.
    Value {
        /// Where it stands and what it is for.
        written: Written,
        /// What is wrong with it.
        why: String,
    },
    /// Something that has no default is not set.
    Missing(Setting),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, error } => write!(f, "{}: the file cannot be read: {error}", file.display()),
            Self::Syntax { file, line, message } => write!(f, "{}, line {line}: {message}", file.display()),
            Self::Unknown { file, line, field } => {
                write!(f, "{}, line {line}: there is no setting `{field}`; {}", file.display(), hint(field))
            }
            Self::Type { file, line, setting, found } => {
                let wanted = if setting.takes_list() { "a list of texts in quotes" } else { "a text in quotes" };
                write!(f, "{}, line {line}: `{}` must be {wanted}, but {found} stands there", file.display(), setting.name())
            }
            Self::Value { written: Written { setting, text, source }, why } => match source {
                Source::File(..) => write!(f, "{source}: `{}` is \"{text}\": {why}", setting.name()),
                _ => write!(f, "{source} is \"{text}\": {why}"),
            },
            Self::Missing(setting) => {
                let (name, variable) = (setting.name(), setting.variable());
                let flag = name.replace('_', "-");
                write!(f, "`{name}` is not set: give --{flag}, the variable {variable}, or `{name}` in the configuration file")
            }
        }
    }
}

/// The setting that was probably meant, or all there are.
fn hint(field: &str) -> String {
    let near = Setting::ALL.iter().map(|it| it.name()).min_by_key(|it| distance(field, it));
    match near.filter(|it| distance(field, it) <= 2) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("there are {}", Setting::ALL.map(Setting::name).join(", ")),
    }
}

/// How many letters must be put in, taken out or changed to make one word the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

/// All faults of a configuration, one per line.
#[derive(Debug)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, fault) in self.0.iter().enumerate() {
            write!(f, "{}{fault}", if n == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
