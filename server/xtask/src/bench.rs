//! The benchmarks, against what would be shipped.

use std::process::Command;

use anyhow::Result;

use crate::build::{self, Mode};
use crate::command::{cargo, run};
use crate::{place, setup, test};

/// Builds server and benchmarks for release and runs the benchmark of that name; `load` runs in the browser.
pub fn bench(name: &str, args: &[String]) -> Result<()> {
    if name == "load" {
        return load(args);
    }
    build::build(Mode::Release)?;
    run(cargo().args(["build", "--package", "bench", "--release"]))?;
    let folder = Mode::Release.profile_folder();
    let mut bench = Command::new(place::built(folder, "bench"));
    run(bench.current_dir(place::root()).arg(name).args(args).env("POSEL_BIN", place::built(folder, "posel")))
}

fn load(args: &[String]) -> Result<()> {
    let mail_server = setup::mail_server_python()?;
    run(test::playwright(Mode::Release, &mail_server)?.args(["--config", "bench.config.ts", "load"]).args(args))
}
