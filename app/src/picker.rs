//! Calls of the field that recipients are picked in.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Audience, EmailAddress, ExpandedSet, KnownAddress, PickOffers, Purpose};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Offers contacts, lists and segments for what is typed; contacts with their address for the purpose.
#[server(input = Json)]
pub async fn offer_picks(words: String, purpose: Purpose) -> Result<PickOffers, Problem> {
    door::answer(engine::picker::offer(&door::enter().await?, words, purpose).await)
}

/// Takes a list or a segment apart into recipients of one message.
#[server(input = Json)]
pub async fn expand_set(audience: Audience, purpose: Purpose) -> Result<ExpandedSet, Problem> {
    door::answer(engine::picker::expand(&door::enter().await?, audience, purpose).await)
}

/// Tells what is known about addresses, up to two hundred in one call, in their order.
#[server(input = Json)]
pub async fn look_up_recipients(emails: Vec<EmailAddress>) -> Result<Vec<KnownAddress>, Problem> {
    door::answer(engine::picker::look_up(&door::enter().await?, emails).await)
}
