//! Postfix, Exim and OpenSMTPD: servers nobody here wrote, which the tests send to. Debian installs only one of them at a time, so all three
//! are unpacked beside each other and nothing of the system changes.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{on_path, read, run_quietly, say};
use crate::place;

/// The servers, and what lets them find users and rights that this system does not have.
const PACKAGES: [&str; 5] = ["postfix", "exim4-daemon-light", "opensmtpd", "libnss-wrapper", "libuid-wrapper"];
/// What of the relations between packages does not count.
const ONLY_NEEDED: [&str; 6] =
    ["--no-recommends", "--no-suggests", "--no-conflicts", "--no-breaks", "--no-replaces", "--no-enhances"];
/// The programs that the tests start.
const PROGRAMS: [&str; 3] = ["usr/lib/postfix/sbin/master", "usr/sbin/exim4", "usr/sbin/smtpd"];

/// Answers the folder they are unpacked in: `POSEL_TEST_MAIL_SERVERS`, or one of our own.
pub fn mail_servers() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("POSEL_TEST_MAIL_SERVERS").map(PathBuf::from) {
        if !is_complete(&chosen) {
            bail!("POSEL_TEST_MAIL_SERVERS names {}, where not all of {} are", chosen.display(), PROGRAMS.join(", "));
        }
        return Ok(chosen);
    }
    let folder = place::cache().join("mail-servers");
    if !is_complete(&folder) {
        say("test mail servers: apt-get download postfix exim4 opensmtpd");
        unpack(&folder)?;
    }
    Ok(folder)
}

fn is_complete(folder: &Path) -> bool {
    PROGRAMS.iter().all(|it| folder.join(it).is_file())
}

fn unpack(folder: &Path) -> Result<()> {
    if on_path("apt-get").is_none() || on_path("dpkg-deb").is_none() {
        bail!("Postfix, Exim and OpenSMTPD are missing: unpack Debian's packages and name the folder in POSEL_TEST_MAIL_SERVERS");
    }
    let work = folder.with_extension(std::process::id().to_string());
    let packed = work.join("packed");
    fs::create_dir_all(&packed)?;
    let done = fetch(&packed).and_then(|()| {
        for package in fs::read_dir(&packed)? {
            run_quietly(Command::new("dpkg-deb").arg("-x").arg(package?.path()).arg(work.join("root")))?;
        }
        // A program that takes on another's rights forgets where its libraries are.
        run_quietly(Command::new("chmod").arg("-R").arg("u-s,g-s,u+w").arg(work.join("root")))?;
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        Ok(fs::rename(work.join("root"), folder)?)
    });
    fs::remove_dir_all(&work).with_context(|| format!("{} cannot be removed", work.display()))?;
    done
}

/// Downloads the packages with the libraries that this system lacks.
fn fetch(folder: &Path) -> Result<()> {
    if read(Command::new("apt-cache").args(["show", PACKAGES[0]])).is_err() {
        run_quietly(Command::new("apt-get").arg("update"))?;
    }
    let there = read(Command::new("dpkg-query").args(["--show", "--showformat", "${Package}\n"]))?;
    let there: BTreeSet<&str> = there.lines().collect();
    let all = read(Command::new("apt-cache").args(["depends", "--recurse"]).args(ONLY_NEEDED).args(PACKAGES))?;
    let libraries = all.lines().filter(|it| it.starts_with("lib") && !there.contains(it) && !PACKAGES.contains(it));
    let libraries: BTreeSet<&str> = libraries.filter(|it| !it.contains(':')).collect();
    run_quietly(Command::new("apt-get").arg("download").args(PACKAGES).args(libraries).current_dir(folder))
}
