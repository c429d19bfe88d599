//! Building and starting again after each change.

use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::build::{self, Mode};
use crate::command::{complain, say};
use crate::{place, run};

const WATCHED: [&str; 6] = ["app", "frontend", "server", "style", "Cargo.toml", "Cargo.lock"];
const LOOK_EVERY: Duration = Duration::from_millis(400);

/// Builds, starts `posel`, and does both again after each change; a build that fails leaves the old server running.
pub fn watch(args: &[String]) -> Result<()> {
    let mut server: Option<Child> = None;
    loop {
        let built_from = Sources::look()?;
        match build::build(Mode::Dev) {
            Ok(()) => {
                if let Some(old) = server.take() {
                    stop(old)?;
                }
                server = Some(run::posel(args).spawn()?);
            }
            Err(fault) => complain(&fault),
        }
        while Sources::look()? == built_from {
            thread::sleep(LOOK_EVERY);
        }
        say("something changed");
    }
}

/// Asks the server to end and waits until it has, so that the next one finds the data folder free.
fn stop(mut server: Child) -> Result<()> {
    if cfg!(unix) {
        Command::new("kill").arg(server.id().to_string()).status()?;
    } else {
        server.kill()?;
    }
    server.wait()?;
    Ok(())
}

/// What tells one state of the sources from the next.
#[derive(PartialEq)]
struct Sources {
    n_files: usize,
    newest: SystemTime,
}

impl Sources {
    fn look() -> Result<Self> {
        let mut sources = Self { n_files: 0, newest: SystemTime::UNIX_EPOCH };
        for name in WATCHED {
            sources.take_in(&place::root().join(name))?;
        }
        Ok(sources)
    }

    fn take_in(&mut self, path: &Path) -> Result<()> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // A file may vanish between listing and looking.
        let Ok(metadata) = fs::metadata(path) else { return Ok(()) };
        if name.starts_with('.') || name == "node_modules" {
            return Ok(());
        }
        if metadata.is_dir() {
            for entry in fs::read_dir(path)? {
                self.take_in(&entry?.path())?;
            }
        } else {
            self.n_files += 1;
            self.newest = self.newest.max(metadata.modified()?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_at(folder: &Path) -> Sources {
        let mut sources = Sources { n_files: 0, newest: SystemTime::UNIX_EPOCH };
        sources.take_in(folder).unwrap();
        sources
    }

    /// Answers a folder that is not hidden, unlike those the system makes for scratch.
    fn folder(home: &tempfile::TempDir) -> std::path::PathBuf {
        let folder = home.path().join("src");
        fs::create_dir(&folder).unwrap();
        folder
    }

    #[test]
    fn a_removed_file_is_a_change() {
        let home = tempfile::tempdir().unwrap();
        let folder = folder(&home);
        fs::write(folder.join("kept.rs"), "").unwrap();
        fs::write(folder.join("removed.rs"), "").unwrap();
        let before = look_at(&folder);
        fs::remove_file(folder.join("removed.rs")).unwrap();
        assert!(before != look_at(&folder));
    }

    #[test]
    fn an_installed_package_is_no_change() {
        let home = tempfile::tempdir().unwrap();
        let folder = folder(&home);
        let before = look_at(&folder);
        fs::create_dir(folder.join("node_modules")).unwrap();
        fs::write(folder.join("node_modules/index.js"), "").unwrap();
        assert!(before == look_at(&folder));
    }
}
