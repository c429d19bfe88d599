//! Finds out what is missing on this machine and installs it, or says exactly which command to run.
//!
//! Each part is cheap when all is there and prints one line when it has work to do.

mod apt;
mod chromium;
mod deny;
mod mail_server;
mod mail_servers;
mod mailbox_server;
mod node;
mod wasm_std;
mod wasm_toolchain;

use anyhow::Result;

use crate::command::say;

pub use chromium::chromium;
pub use deny::cargo_deny;
pub use mail_server::mail_server_python;
pub use mail_servers::mail_servers;
pub use mailbox_server::mailbox_server;
pub use node::{npm_folders, npm_packages};
pub use wasm_toolchain::{WasmToolchain, wasm_toolchain};

/// Makes sure of all that `build`, `run`, `watch` and `test` need.
pub fn everything() -> Result<()> {
    say(&format!("wasm: {}", wasm_toolchain()?));
    npm_packages()?;
    say("npm packages: in step with their lock files");
    say(&format!("Chromium: {}", chromium()?.display()));
    say(&format!("test mail server: {}", mail_server_python()?.display()));
    say(&format!("test mail servers: {}", mail_servers()?.display()));
    say(&format!("test mailbox server: {}", mailbox_server()?.display()));
    Ok(())
}
