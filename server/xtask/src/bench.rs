//! The benchmarks, against what would be shipped.

use std::process::Command;

use anyhow::Result;

use crate::build::{self, Mode};
use crate::command::{cargo, run};
use crate::place;

/// Builds server and benchmarks for release and runs the benchmark of that name.
pub fn bench(name: &str, args: &[String]) -> Result<()> {
    build::build(Mode::Release)?;
    run(cargo().args(["build", "--package", "bench", "--release"]))?;
    let folder = Mode::Release.profile_folder();
    let mut bench = Command::new(place::built(folder, "bench"));
    run(bench.current_dir(place::root()).arg(name).args(args).env("POSEL_BIN", place::built(folder, "posel")))
}
