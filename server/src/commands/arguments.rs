//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::{Flags, Setting};

/// Posel writes to clients by e-mail and keeps what was written.
#[derive(Debug, Parser)]
#[command(name = "posel", version, about, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Starts the server; the first start sets the data folder up.
    Serve(ServeFlags),
    /// Verifies database, vault, action log and search index of a stopped server.
    Check(DataFlags),
    /// Finds messages by their words, also beside a server that runs; nothing is changed.
    Search(SearchOrder),
    /// Verifies an evidence sheet, without any database.
    Verify(VerifyOrder),
    /// Looks at the action log.
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Looks after the master key.
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Looks at the configuration.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Takes data of other programs into the folder of a stopped server.
    Import {
        #[command(subcommand)]
        command: ImportCommand,
    },
    /// Fills a new folder with a believable company, to try everything out; nothing of it ever leaves the machine.
    Demo(DataFlags),
    /// Helps users of a stopped server.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Shows the values that count and where each comes from, or every fault with file, line and field.
    Check(ServeFlags),
}

#[derive(Debug, Subcommand)]
pub(super) enum ImportCommand {
    /// Imports contacts from CSV, XLSX, XML or vCard; encoding, delimiter and columns are found out.
    Contacts(ImportContacts),
    /// Writes down whom we must not write to: addresses, numbers and domains from CSV or XLSX.
    Suppressions(ImportSuppressions),
    /// Takes an old archive in as history that is never sent: MBOX, EML, ZIP of mails, or our own XML of messages.
    Archive(ImportArchive),
}

#[derive(Debug, Subcommand)]
pub(super) enum AuditCommand {
    /// Walks through the whole action log, also beside a server that runs, and names the first entry that was changed.
    Verify(AuditOrder),
}

#[derive(Debug, Subcommand)]
pub(super) enum KeysCommand {
    /// Makes a new data key, also beside a server that runs; what lies under earlier ones is sealed anew step by step.
    Rotate(DataFlags),
    /// Puts the keys of a stopped server under a new master key; nothing else is written anew.
    Master(MasterOrder),
    /// Tries every key and tells what lies under which, also beside a server that runs.
    Verify(DataFlags),
}

/// Which master key comes next.
#[derive(Debug, Args)]
pub(super) struct MasterOrder {
    /// File with the new key of 64 hexadecimal digits, where the present one is not in a file; else a new one is made.
    #[arg(long, value_name = "FILE")]
    pub(super) new_key_file: Option<PathBuf>,
    #[command(flatten)]
    flags: DataFlags,
}

/// What is verified of the action log.
#[derive(Debug, Args)]
pub(super) struct AuditOrder {
    /// An entry and its hash as they were noted elsewhere, such as 1204:9f86d0…; it must still be so.
    #[arg(long, value_name = "ENTRY:HASH")]
    pub(super) anchor: Option<String>,
    #[command(flatten)]
    flags: DataFlags,
}

/// What is looked for.
#[derive(Debug, Args)]
pub(super) struct SearchOrder {
    /// Words as in the search of the screens: "a phrase", -not, OR, begin*, to:, from:, subject:, attachment:.
    pub(super) query: String,
    /// How many messages are told at most, newest first.
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(super) limit: usize,
    /// Prints each message as one line of JSON.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    flags: DataFlags,
}

/// What is verified of an evidence sheet.
#[derive(Debug, Args)]
pub(super) struct VerifyOrder {
    /// The sheet as PDF, HTML or JSON.
    pub(super) sheet: PathBuf,
    /// The mail or files that the sheet speaks of; each must be one of them, byte for byte.
    pub(super) files: Vec<PathBuf>,
    /// Public key of the company that is said to have written, in hexadecimal; the sheet must be signed by it.
    #[arg(long, value_name = "KEY")]
    pub(super) key: Option<String>,
}

/// What is imported and how.
#[derive(Debug, Args)]
pub(super) struct ImportContacts {
    /// The file.
    pub(super) file: PathBuf,
    /// Recipient list that the contacts come into; it is made when it is not there.
    #[arg(long, value_name = "NAME")]
    pub(super) list: Option<String>,
    /// Changes contacts that are there already, found by their e-mail address; without it they stay as they are.
    #[arg(long)]
    pub(super) update: bool,
    /// Tells what would be done, and does nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Prints the counts as one line of JSON.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    flags: DataFlags,
}

/// Whom we must not write to, and why.
#[derive(Debug, Args)]
pub(super) struct ImportSuppressions {
    /// The file.
    pub(super) file: PathBuf,
    /// Why.
    #[arg(long, value_name = "REASON", default_value = "imported")]
    #[arg(value_parser = ["requested", "by_hand", "unsubscribed", "bounced", "complained", "imported"])]
    pub(super) reason: String,
    /// What is worth remembering about all of them.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(super) note: String,
    /// Tells what would be done, and does nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Prints the counts as one line of JSON.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    flags: DataFlags,
}

/// Which old archive is taken in, and how it is told.
#[derive(Debug, Args)]
pub(super) struct ImportArchive {
    /// The file.
    pub(super) file: PathBuf,
    /// Only tells what would come of it.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Tells it as one line of JSON.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    flags: DataFlags,
}

#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Prints a one-time link by which a user chooses a new password; earlier links stop working.
    Link {
        /// Address that the user signs in with.
        email: String,
        #[command(flatten)]
        flags: LinkFlags,
    },
}

#[derive(Debug, Args)]
pub(super) struct DataFlags {
    /// Configuration file; without it /etc/posel/posel.toml, if there is one.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of the data.
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
    /// File of the master key; without it posel.key in the data folder.
    #[arg(long, value_name = "FILE")]
    key_file: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct LinkFlags {
    #[command(flatten)]
    data: DataFlags,
    /// Address under which users reach the server, such as https://posel.example.sk.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ServeFlags {
    #[command(flatten)]
    link: LinkFlags,
    /// Address and port to listen on [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
}

impl Arguments {
    /// What the command line says about the configuration.
    pub fn flags(&self) -> Flags {
        match &self.command {
            Command::Serve(flags) | Command::Config { command: ConfigCommand::Check(flags) } => flags.flags(),
            Command::Check(flags) | Command::Demo(flags) => flags.flags(),
            Command::Search(order) => order.flags.flags(),
            Command::Keys { command: KeysCommand::Master(order) } => order.flags.flags(),
            Command::Keys { command: KeysCommand::Rotate(flags) | KeysCommand::Verify(flags) } => flags.flags(),
            Command::Audit { command: AuditCommand::Verify(order) } => order.flags.flags(),
            Command::Verify(_) => Flags::default(),
            Command::Import { command: ImportCommand::Contacts(order) } => order.flags.flags(),
            Command::Import { command: ImportCommand::Archive(order) } => order.flags.flags(),
            Command::Import { command: ImportCommand::Suppressions(order) } => order.flags.flags(),
            Command::User { command: UserCommand::Link { flags, .. } } => flags.flags(),
        }
    }
}

impl DataFlags {
    fn flags(&self) -> Flags {
        let mut flags = Flags { config: self.config.clone(), values: Vec::new() };
        flags.set(Setting::Data, "--data", &self.data);
        flags.set(Setting::KeyFile, "--key-file", &self.key_file);
        flags
    }
}

impl LinkFlags {
    fn flags(&self) -> Flags {
        let mut flags = self.data.flags();
        flags.set(Setting::PublicUrl, "--public-url", &self.public_url);
        flags
    }
}

impl ServeFlags {
    fn flags(&self) -> Flags {
        let mut flags = self.link.flags();
        flags.set(Setting::Listen, "--listen", &self.listen);
        flags
    }
}

impl Flags {
    fn set(&mut self, setting: Setting, flag: &'static str, value: &Option<String>) {
        self.values.extend(value.iter().map(|it| (setting, flag, it.clone())));
    }
}
