//! What can be set, and the names it has in each place.

use std::fmt;
use std::path::PathBuf;

/// One thing that can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Folder of the data.
    Data,
    /// Address and port to listen on.
    Listen,
    /// Address under which users reach the server.
    PublicUrl,
    /// File of the master key, when it does not lie in the data folder.
    KeyFile,
    /// Name by which relays are greeted.
    HeloName,
    /// Networks whose word about the client's address is believed.
    TrustedProxies,
    /// File of certificates that relays may be signed by besides those the system trusts.
    TrustedCertificates,
    /// What is logged.
    Log,
    /// How log lines look.
    LogFormat,
}

impl Setting {
    /// All settings, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Data,
        Self::Listen,
        Self::PublicUrl,
        Self::KeyFile,
        Self::HeloName,
        Self::TrustedProxies,
        Self::TrustedCertificates,
        Self::Log,
        Self::LogFormat,
    ];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Listen => "listen",
            Self::PublicUrl => "public_url",
            Self::KeyFile => "key_file",
            Self::HeloName => "helo_name",
            Self::TrustedProxies => "trusted_proxies",
            Self::TrustedCertificates => "trusted_certificates",
            Self::Log => "log",
            Self::LogFormat => "log_format",
        }
    }

    /// Its name in the environment.
    pub fn variable(self) -> &'static str {
        match self {
            Self::Data => "POSEL_DATA",
            Self::Listen => "POSEL_LISTEN",
            Self::PublicUrl => "POSEL_PUBLIC_URL",
            Self::KeyFile => "POSEL_KEY_FILE",
            Self::HeloName => "POSEL_HELO_NAME",
            Self::TrustedProxies => "POSEL_TRUSTED_PROXIES",
            Self::TrustedCertificates => "POSEL_TRUSTED_CERTIFICATES",
            Self::Log => "POSEL_LOG",
            Self::LogFormat => "POSEL_LOG_FORMAT",
        }
    }

    /// Whether the file may give a list of texts.
    pub fn takes_list(self) -> bool {
        self == Self::TrustedProxies
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nobody said anything.
    Default,
    /// The file, in this line, counted from 1.
    File(PathBuf, usize),
    /// The environment.
    Variable(&'static str),
    /// The command line.
    Flag(&'static str),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(file, line) => write!(f, "{}, line {line}", file.display()),
            Self::Variable(name) | Self::Flag(name) => f.write_str(name),
        }
    }
}

/// A value as it was written, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What it is for.
    pub setting: Setting,
    /// The text; the items of a list are joined by commas.
    pub text: String,
    /// Where it stands.
    pub source: Source,
}
