//! `posel demo`: a folder to try things out in.

use engine::Clock;

use super::Fault;
use crate::config::Config;
use crate::{boot, demo};

/// Fills a new folder and says how to look at it.
pub async fn demo(config: &Config, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    let now = Clock::machine().now();
    let clock = Clock::standing_at(demo::begin(now, demo::YEAR));
    let (engine, _folder) = boot::open_new(config, clock).await?;
    say("A company is being made, with 500 contacts and a year of letters …");
    let filled = demo::fill(&engine, now, demo::YEAR).await;
    engine.close().await;
    filled?;
    say(&format!("Start it:  posel serve --data {}", config.data.display()));
    say(&format!("Sign in:   {} with the password {}", demo::ADMINISTRATOR, demo::PASSWORD));
    Ok(())
}
