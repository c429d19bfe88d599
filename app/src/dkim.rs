//! Calls about keys by which mails are signed.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{DkimAlgorithm, DkimKey, DkimKeyId, DomainName};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists the keys of a domain, the newest first.
#[server(input = Json)]
pub async fn list_dkim_keys(domain: DomainName) -> Result<Vec<DkimKey>, Problem> {
    door::answer(engine::dkim::list(&door::enter().await?, domain).await)
}

/// Makes a key, which does not sign yet.
#[server(input = Json)]
pub async fn make_dkim_key(domain: DomainName, algorithm: DkimAlgorithm) -> Result<DkimKey, Problem> {
    door::answer(engine::dkim::create(&door::enter().await?, domain, algorithm).await)
}

/// Asks DNS for the record of a key.
#[server(input = Json)]
pub async fn check_dkim_key(id: DkimKeyId) -> Result<DkimKey, Problem> {
    door::answer(engine::dkim::check(&door::enter().await?, id).await)
}

/// Asks DNS for the record of a key and lets the key sign if it is there.
#[server(input = Json)]
pub async fn use_dkim_key(id: DkimKeyId) -> Result<DkimKey, Problem> {
    door::answer(engine::dkim::use_key(&door::enter().await?, id).await)
}

/// Ends signing with a key.
#[server(input = Json)]
pub async fn retire_dkim_key(id: DkimKeyId) -> Result<(), Problem> {
    door::answer(engine::dkim::retire(&door::enter().await?, id).await)
}

/// Deletes a key that does not sign.
#[server(input = Json)]
pub async fn delete_dkim_key(id: DkimKeyId) -> Result<(), Problem> {
    door::answer(engine::dkim::delete(&door::enter().await?, id).await)
}
