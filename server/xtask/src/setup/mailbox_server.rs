//! Dovecot: the IMAP and POP3 server nobody here wrote, whose mailboxes the tests read.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::apt;
use crate::command::on_path;

/// Where Debian puts it; the path of ordinary users leaves that folder out.
const USUAL: &str = "/usr/sbin/dovecot";

/// Answers the path of Dovecot: `POSEL_TEST_DOVECOT`, or the one that is installed, or the one it installs.
pub fn mailbox_server() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("POSEL_TEST_DOVECOT").map(PathBuf::from) {
        if !chosen.is_file() {
            bail!("POSEL_TEST_DOVECOT names {}, which is not there", chosen.display());
        }
        return Ok(chosen);
    }
    if let Some(found) = installed() {
        return Ok(found);
    }
    apt::install(
        &["dovecot-imapd", "dovecot-pop3d"],
        "Dovecot",
        "install Dovecot with IMAP and POP3, or name its program in POSEL_TEST_DOVECOT",
    )?;
    installed().context("apt-get installed no Dovecot: name the program in POSEL_TEST_DOVECOT")
}

fn installed() -> Option<PathBuf> {
    on_path("dovecot").or_else(|| Some(PathBuf::from(USUAL)).filter(|path| path.is_file()))
}
