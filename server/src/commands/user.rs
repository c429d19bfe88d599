//! `posel user`: for the case that nobody can sign in any more.

use model::Refusal;

use super::Fault;
use crate::boot;
use crate::config::{Config, Setting, Source};

/// Prints a one-time link for the user with that address.
pub async fn link(config: &Config, email: &str, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    if config.source(Setting::PublicUrl) == Source::Default {
        return Err(Fault::Told("a link needs the address under which users reach the server: give --public-url".to_owned()));
    }
    let (engine, _folder) = boot::open_existing(config).await?;
    let link = engine::users::recover(&engine, email).await;
    engine.close().await;
    match link {
        Ok(link) => {
            say(&link.url);
            Ok(())
        }
        Err(engine::Error::Refused(Refusal::IllegalStep(_))) => {
            Err(Fault::Told(format!("{email} is disabled: an administrator must enable the user first")))
        }
        Err(engine::Error::Refused(_)) => Err(Fault::Told(format!("nobody signs in with {email}"))),
        Err(error) => Err(error.into()),
    }
}
