//! Calls about comments.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Comment, CommentId, CommentOn};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// The comments on a thing, newest first.
#[server(input = Json)]
pub async fn list_comments(on: CommentOn) -> Result<Vec<Comment>, Problem> {
    door::answer(engine::comments::list(&door::enter().await?, on).await)
}

/// Writes a comment.
#[server(input = Json)]
pub async fn write_comment(on: CommentOn, text: String) -> Result<CommentId, Problem> {
    door::answer(engine::comments::write(&door::enter().await?, on, &text).await)
}

/// Changes one's own comment.
#[server(input = Json)]
pub async fn change_comment(on: CommentOn, id: CommentId, text: String) -> Result<(), Problem> {
    door::answer(engine::comments::change(&door::enter().await?, on, id, &text).await)
}

/// Deletes one's own comment.
#[server(input = Json)]
pub async fn delete_comment(on: CommentOn, id: CommentId) -> Result<(), Problem> {
    door::answer(engine::comments::delete(&door::enter().await?, on, id).await)
}
