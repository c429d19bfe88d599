//! One-time links: a secret behind `#`, which browsers never send to a server by themselves.

use model::{Moment, OneTimeLink};
use store::Tx;
use store::links::Holder;

use crate::{Engine, Error, secret};

/// Makes a link that works for `life` milliseconds; earlier links of the same holder stop working.
pub(crate) async fn make(engine: &Engine, tx: &mut Tx, holder: Holder, life: i64) -> Result<OneTimeLink, Error> {
    let token = secret::make()?;
    let until: Moment = engine.clock().now().plus(life);
    store::links::replace(tx, holder, &secret::hash(&token), until).await?;
    let page = match holder {
        Holder::FirstRun => "first-run",
        Holder::User(_) => "invitation",
    };
    Ok(OneTimeLink { url: format!("{}/{page}#{token}", engine.public_url), until })
}
