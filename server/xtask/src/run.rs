//! Starting the server on this machine.

use std::process::Command;

use anyhow::Result;

use crate::build::{self, Mode};
use crate::command::say;
use crate::place;

const DEFAULTS: [(&str, &str); 3] =
    [("--data", "data"), ("--listen", "127.0.0.1:8080"), ("--public-url", "http://localhost:8080")];

/// Builds and starts `posel` until it is stopped.
pub fn run(args: &[String]) -> Result<()> {
    build::build(Mode::Dev)?;
    let mut posel = posel(args);
    say(&format!("posel {}", posel.get_args().map(|arg| arg.to_string_lossy()).collect::<Vec<_>>().join(" ")));
    become_it(&mut posel)
}

/// Answers the command that starts what was built: `posel serve` with our defaults, or the command that was given.
pub fn posel(args: &[String]) -> Command {
    let mut posel = Command::new(place::built(Mode::Dev.profile_folder(), "posel"));
    posel.current_dir(place::root()).args(arguments(args));
    posel
}

fn arguments(args: &[String]) -> Vec<String> {
    if args.first().is_some_and(|first| !first.starts_with('-')) {
        return args.to_vec();
    }
    let given = |flag: &str| args.iter().any(|arg| arg == flag || arg.starts_with(&format!("{flag}=")));
    let defaults =
        DEFAULTS.iter().filter(|(flag, _)| !given(flag)).flat_map(|&(flag, value)| [flag.to_owned(), value.to_owned()]);
    std::iter::once("serve".to_owned()).chain(defaults).chain(args.iter().cloned()).collect()
}

/// Signals reach the server itself, which then ends as gracefully as in production.
#[cfg(unix)]
fn become_it(posel: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(posel.exec().into())
}

#[cfg(not(unix))]
fn become_it(posel: &mut Command) -> Result<()> {
    crate::command::run(posel)
}

#[cfg(test)]
mod tests {
    use super::arguments;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn without_arguments_it_serves_on_the_local_port() {
        assert_eq!(arguments(&[]), words("serve --data data --listen 127.0.0.1:8080 --public-url http://localhost:8080"));
    }

    #[test]
    fn a_given_flag_replaces_its_default() {
        let given = words("--listen=127.0.0.1:9090 --data elsewhere");
        assert_eq!(arguments(&given), words("serve --public-url http://localhost:8080 --listen=127.0.0.1:9090 --data elsewhere"));
    }

    #[test]
    fn another_command_is_taken_as_it_is() {
        assert_eq!(arguments(&words("demo --data data")), words("demo --data data"));
    }
}
