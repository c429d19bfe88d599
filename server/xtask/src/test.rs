//! All tests: Rust's own, and the browser's against the program as it is served.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::build::{self, Mode};
use crate::command::{cargo, complain, run};
use crate::{place, setup};

/// The tests that need no browser, or those that do.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Unit,
    Browser,
}

/// Runs the tests of one kind or all; a step that fails does not keep the later ones from running.
pub fn test(kind: Option<Kind>, args: &[String]) -> Result<()> {
    let mail_server = setup::mail_server_python()?;
    let mut failed = Vec::new();
    let mut step = |name: &'static str, result: Result<()>| {
        if let Err(fault) = result {
            complain(&fault);
            failed.push(name);
        }
    };
    if kind != Some(Kind::Browser) {
        let servers = [
            ("POSEL_TEST_AIOSMTPD", mail_server.clone()),
            ("POSEL_TEST_DOVECOT", setup::mailbox_server()?),
            ("POSEL_TEST_MAIL_SERVERS", setup::mail_servers()?),
        ];
        step("cargo test", cargo_test(&[], args, &servers));
        step("cargo test -p frontend", cargo_test(&["--package", "frontend"], args, &servers));
        step("npm test in frontend/editor", editor_tests());
        step("cargo test -p xtask", cargo_test(&["--package", "xtask"], args, &servers));
    }
    if kind != Some(Kind::Unit) {
        step("the browser tests", browser_tests(args, &mail_server));
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

/// Runs Rust's tests, which find the servers that nobody here wrote by these variables.
fn cargo_test(packages: &[&str], args: &[String], servers: &[(&str, PathBuf)]) -> Result<()> {
    let mut cargo = cargo();
    cargo.args(["test", "--no-fail-fast"]).args(packages).args(args).envs(servers.iter().cloned());
    run(&mut cargo)
}

fn editor_tests() -> Result<()> {
    setup::npm_packages()?;
    run(Command::new("npm").current_dir(place::editor()).args(["run", "test"]))
}

fn browser_tests(args: &[String], mail_server: &Path) -> Result<()> {
    run(playwright(Mode::Dev, mail_server)?.args(args))
}

/// Playwright against what is built in this mode.
pub fn playwright(mode: Mode, mail_server: &Path) -> Result<Command> {
    setup::npm_packages()?;
    let chromium = setup::chromium()?;
    build::build(mode)?;
    let mut playwright = Command::new(place::end2end().join("node_modules/.bin/playwright"));
    playwright.current_dir(place::end2end()).arg("test");
    playwright.env("POSEL_BIN", place::built(mode.profile_folder(), "posel"));
    playwright.env("POSEL_CHROMIUM", chromium).env("POSEL_TEST_AIOSMTPD", mail_server);
    Ok(playwright)
}
