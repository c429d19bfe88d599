//! Calls that write and send messages. Files are put up to `/attachments` first.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{
    ContactId, Copying, Decision, DeliveryId, DraftKey, MessageDraft, MessageId, MessageValues, Released, ResendLook, ResendTo,
    StoredDraft,
};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Keeps what is typed, complete or not; makes a draft when none is given.
#[server(input = Json)]
pub async fn save_draft(key: Option<DraftKey>, draft: MessageDraft) -> Result<DraftKey, Problem> {
    door::answer(engine::messages::save_draft(&door::enter().await?, key, draft).await)
}

/// Opens a draft for writing on; a prepared message becomes a draft again.
#[server(input = Json)]
pub async fn open_draft(id: MessageId) -> Result<StoredDraft, Problem> {
    door::answer(engine::messages::open_draft(&door::enter().await?, id).await)
}

/// Deletes one's draft.
#[server(input = Json)]
pub async fn delete_draft(id: MessageId) -> Result<(), Problem> {
    door::answer(engine::messages::delete_draft(&door::enter().await?, id).await)
}

/// What stands in the fields of an e-mail to these typed recipients, or of one that is written from a contact.
#[server(input = Json)]
pub async fn list_message_values(contact: Option<ContactId>, to: String) -> Result<MessageValues, Problem> {
    door::answer(engine::messages::values(&door::enter().await?, contact, &to).await)
}

/// Completes a message and lets it wait for release (*Save only*).
#[server(input = Json)]
pub async fn prepare_message(key: Option<DraftKey>, draft: MessageDraft) -> Result<MessageId, Problem> {
    door::answer(engine::messages::prepare(&door::enter().await?, key, draft).await)
}

/// Completes a message and puts it into the queue; it leaves when the time for undo is over.
#[server(input = Json)]
pub async fn send_message(key: Option<DraftKey>, draft: MessageDraft) -> Result<Released, Problem> {
    door::answer(engine::messages::send(&door::enter().await?, key, draft).await)
}

/// Lets prepared messages go.
#[server(input = Json)]
pub async fn release_messages(ids: Vec<MessageId>) -> Result<Vec<Released>, Problem> {
    door::answer(engine::messages::release(&door::enter().await?, ids).await)
}

/// Lists one's own messages whose sending can still be undone.
#[server(input = Json)]
pub async fn list_undoable() -> Result<Vec<Released>, Problem> {
    door::answer(engine::messages::undoable(&door::enter().await?).await)
}

/// Takes a message back into the drafts before it leaves.
#[server(input = Json)]
pub async fn undo_send(id: MessageId) -> Result<(), Problem> {
    door::answer(engine::messages::undo(&door::enter().await?, id).await)
}

/// Stops what still waits of these messages and tells how many deliveries that were.
#[server(input = Json)]
pub async fn cancel_messages(ids: Vec<MessageId>) -> Result<u64, Problem> {
    door::answer(engine::messages::cancel(&door::enter().await?, ids).await)
}

/// Tells what would go when these messages are sent again, and to whom not.
#[server(input = Json)]
pub async fn look_at_resending(ids: Vec<MessageId>) -> Result<ResendLook, Problem> {
    door::answer(engine::messages::look(&door::enter().await?, ids).await)
}

/// Sends messages of the history again as new messages of origin Resend.
#[server(input = Json)]
pub async fn resend_messages(ids: Vec<MessageId>, to: ResendTo) -> Result<Vec<Released>, Problem> {
    let ctx = door::enter().await?;
    door::answer(match to {
        ResendTo::Everybody => engine::messages::resend(&ctx, ids).await,
        ResendTo::Unreached => engine::messages::resend_to_unreached(&ctx, ids).await,
    })
}

/// Makes a new draft of a message, for the same people or for somebody else.
#[server(input = Json)]
pub async fn copy_message(id: MessageId, way: Copying) -> Result<MessageId, Problem> {
    door::answer(engine::messages::copy(&door::enter().await?, id, way).await)
}

/// Decides about a delivery whose end is unknown.
#[server(input = Json)]
pub async fn decide_delivery(id: DeliveryId, decision: Decision) -> Result<(), Problem> {
    door::answer(engine::messages::decide(&door::enter().await?, id, decision).await)
}
