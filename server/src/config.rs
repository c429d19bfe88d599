//! The configuration: a TOML file, the environment over it, flags over that. Nobody else reads the environment.

mod fault;
mod file;
mod public_url;
mod setting;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use zeroize::Zeroizing;

pub use fault::{Fault, Faults};
pub use public_url::PublicUrl;
pub use setting::{Setting, Source, Written};

/// Where the file lies when nobody names one.
const USUAL_FILE: &str = "/etc/posel/posel.toml";

/// Everything the server is started with.
pub struct Config {
    /// Folder of the data.
    pub data: PathBuf,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Address under which users reach the server.
    pub public_url: PublicUrl,
    /// Where the master key is.
    pub key: KeySource,
    /// Name by which relays are greeted (RFC 5321 §4.1.1.1).
    pub helo_name: String,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// File of certificates in PEM that relays may be signed by besides those the system trusts.
    pub trusted_certificates: Option<PathBuf>,
    /// What is logged, in the words of `tracing_subscriber`'s filter.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
    written: Vec<Written>,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line, for programs.
    Json,
}

/// Where the master key is.
pub enum KeySource {
    /// It was given in `POSEL_KEY`.
    Given(Zeroizing<String>),
    /// In a file that may be made at the first start.
    File(PathBuf),
    /// In a credential that systemd hands over (`LoadCredential=posel.key`).
    Credential(PathBuf),
}

/// What was said on the command line.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// The configuration file.
    pub config: Option<PathBuf>,
    /// Values, each with the flag's name.
    pub values: Vec<(Setting, &'static str, String)>,
}

/// The variables of the environment.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, OsString>);

impl Environment {
    /// The variables this process was started with.
    pub fn of_process() -> Self {
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value))).collect()
    }

    /// A variable that is set and not empty; what is not UTF-8 is read with replacement characters.
    fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|it| it.to_string_lossy().into_owned()).filter(|it| !it.is_empty())
    }
}

impl FromIterator<(String, OsString)> for Environment {
    fn from_iter<T: IntoIterator<Item = (String, OsString)>>(variables: T) -> Self {
        Self(variables.into_iter().collect())
    }
}

impl Config {
    /// Gathers all settings.
    ///
    /// # Errors
    /// Names each fault with its place.
    pub fn gather(flags: &Flags, environment: &Environment) -> Result<Self, Faults> {
        let mut faults = Vec::new();
        let mut written = match file_to_read(flags, environment) {
            Some(path) => file::read(&path, &mut faults),
            None => Vec::new(),
        };
        for setting in Setting::ALL {
            if let Some(text) = environment.get(setting.variable()) {
                written.push(Written { setting, text, source: Source::Variable(setting.variable()) });
            }
        }
        for (setting, flag, text) in &flags.values {
            written.push(Written { setting: *setting, text: text.clone(), source: Source::Flag(flag) });
        }
        let mut read = Reading { written, faults };
        let config = read.config(environment);
        match config {
            Some(config) if read.faults.is_empty() => Ok(config),
            _ => Err(Faults(read.faults)),
        }
    }

    /// Where the value that counts comes from.
    pub fn source(&self, setting: Setting) -> Source {
        self.written.iter().rev().find(|it| it.setting == setting).map_or(Source::Default, |it| it.source.clone())
    }

    fn value(&self, setting: Setting) -> String {
        match setting {
            Setting::Data => self.data.display().to_string(),
            Setting::Listen => self.listen.to_string(),
            Setting::PublicUrl => self.public_url.to_string(),
            Setting::KeyFile => match &self.key {
                KeySource::Given(_) => "(the variable POSEL_KEY)".to_owned(),
                KeySource::File(path) | KeySource::Credential(path) => path.display().to_string(),
            },
            Setting::HeloName => self.helo_name.clone(),
            Setting::TrustedProxies => self.trusted_proxies.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            Setting::TrustedCertificates => {
                self.trusted_certificates.as_ref().map(|it| it.display().to_string()).unwrap_or_default()
            }
            Setting::Log => self.log.clone(),
            Setting::LogFormat => match self.log_format {
                LogFormat::Text => "text".to_owned(),
                LogFormat::Json => "json".to_owned(),
            },
        }
    }
}

/// The effective values, one per line, each with where it comes from.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for setting in Setting::ALL {
            let source = match (&self.key, setting) {
                (KeySource::Given(_), Setting::KeyFile) => Source::Variable("POSEL_KEY"),
                (KeySource::Credential(_), Setting::KeyFile) => Source::Variable("CREDENTIALS_DIRECTORY"),
                _ => self.source(setting),
            };
            writeln!(f, "{:<16} {:<40} ({source})", setting.name(), self.value(setting))?;
        }
        Ok(())
    }
}

fn file_to_read(flags: &Flags, environment: &Environment) -> Option<PathBuf> {
    let named = flags.config.clone().or_else(|| environment.get("POSEL_CONFIG").map(PathBuf::from));
    named.or_else(|| Some(PathBuf::from(USUAL_FILE)).filter(|it| it.exists()))
}

/// Turns texts into values and collects what is wrong.
struct Reading {
    written: Vec<Written>,
    faults: Vec<Fault>,
}

impl Reading {
    fn config(&mut self, environment: &Environment) -> Option<Config> {
        let data = self.value(Setting::Data, |text| Ok(PathBuf::from(text)));
        if data.is_none() {
            self.faults.push(Fault::Missing(Setting::Data));
        }
        let listen = self.value(Setting::Listen, listen).unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let public_url = self.value(Setting::PublicUrl, PublicUrl::parse);
        let public_url = public_url.or_else(|| PublicUrl::parse(&format!("http://localhost:{}", listen.port())).ok())?;
        let helo_name = self.value(Setting::HeloName, helo_name).unwrap_or_else(|| public_url.host().to_owned());
        let trusted_proxies = self.value(Setting::TrustedProxies, networks).unwrap_or_default();
        let trusted_certificates = self.value(Setting::TrustedCertificates, |text| Ok(PathBuf::from(text)));
        let log = self.value(Setting::Log, log).unwrap_or_else(|| "info".to_owned());
        let log_format = self.value(Setting::LogFormat, log_format).unwrap_or(LogFormat::Text);
        let key_file = self.value(Setting::KeyFile, |text| Ok(PathBuf::from(text)));
        let data = data?;
        let key = key_source(key_file, &data, environment);
        let written = std::mem::take(&mut self.written);
        Some(Config { data, listen, public_url, key, helo_name, trusted_proxies, trusted_certificates, log, log_format, written })
    }

    /// The value that counts: the last one written. A bad one is a fault and counts as not written.
    fn value<T>(&mut self, setting: Setting, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let written = self.written.iter().rev().find(|it| it.setting == setting)?;
        match read(&written.text) {
            Ok(value) => Some(value),
            Err(why) => {
                self.faults.push(Fault::Value { written: written.clone(), why });
                None
            }
        }
    }
}

/// `POSEL_KEY` first, then a named file, then a credential, at last the file in the data folder.
fn key_source(named: Option<PathBuf>, data: &Path, environment: &Environment) -> KeySource {
    if let Some(key) = environment.get("POSEL_KEY") {
        return KeySource::Given(Zeroizing::new(key));
    }
    if let Some(path) = named {
        return KeySource::File(path);
    }
    let credential = environment.get("CREDENTIALS_DIRECTORY").map(|folder| Path::new(&folder).join("posel.key"));
    match credential.filter(|it| it.exists()) {
        Some(path) => KeySource::Credential(path),
        None => KeySource::File(data.join("posel.key")),
    }
}

fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "it is not an address with a port, such as 127.0.0.1:8080 or [::]:8080".to_owned())
}

fn helo_name(text: &str) -> Result<String, String> {
    let is_name =
        !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.' | b'[' | b']' | b':'));
    if is_name { Ok(text.to_owned()) } else { Err("it is not a host name such as posel.example.sk".to_owned()) }
}

fn networks(text: &str) -> Result<Vec<IpNet>, String> {
    let items = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    items.map(|it| network(it).ok_or_else(|| format!("{it} is not an address or network such as 10.0.0.0/8"))).collect()
}

fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| Some(IpNet::from(text.parse::<std::net::IpAddr>().ok()?)))
}

fn log(text: &str) -> Result<String, String> {
    let filter = tracing_subscriber::EnvFilter::builder().parse(text);
    filter
        .map(|_| text.to_owned())
        .map_err(|_| "it is not error, warn, info, debug, trace or a filter such as info,engine=debug".to_owned())
}

fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("it must be text or json".to_owned()),
    }
}

#[cfg(test)]
mod tests;
