//! Calls about accounts for text messages and about numbers.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{AccountId, Audience, ExpandedSet, PhoneOffer, PhoneRecipient, PickOffers, SmsAccountDraft, SmsProbe};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Makes an account for text messages, or changes the one given.
#[server(input = Json)]
pub async fn save_sms_account(id: Option<AccountId>, draft: SmsAccountDraft) -> Result<AccountId, Problem> {
    door::answer(engine::sms::save(&door::enter().await?, id, draft).await)
}

/// Asks the gateway for the credit with what is typed; missing secrets are taken from the stored account. Sends nothing.
#[server(input = Json)]
pub async fn test_sms_account(id: Option<AccountId>, draft: SmsAccountDraft) -> Result<SmsProbe, Problem> {
    door::answer(engine::sms::test(&door::enter().await?, id, draft).await)
}

/// Descriptions of gateways over HTTP whose interface is known: name and JSON.
#[server(input = Json)]
pub async fn list_sms_presets() -> Result<Vec<(String, String)>, Problem> {
    door::answer(engine::sms::presets(&door::enter().await?).await)
}

/// Offers contacts with their numbers, lists and segments for what is typed.
#[server(input = Json)]
pub async fn offer_phones(words: String) -> Result<PickOffers<PhoneOffer>, Problem> {
    door::answer(engine::picker::offer_phones(&door::enter().await?, words).await)
}

/// Takes a list or a segment apart into recipients of one text message.
#[server(input = Json)]
pub async fn expand_phones(audience: Audience) -> Result<ExpandedSet<PhoneRecipient>, Problem> {
    door::answer(engine::picker::expand_phones(&door::enter().await?, audience).await)
}
