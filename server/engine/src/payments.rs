//! Payment codes in messages: drawn once the fields are filled, carried like any picture.

use model::message::content_id;
use model::{AttachmentId, Fault, Refusal};
use store::Tx;

use crate::{Ctx, Error};

/// Draws the payments that stand in the HTML of a message as files of the person who writes it; answers the HTML that calls them, and
/// the files. `field` is where the person is told of a payment that no bank would understand.
pub(crate) async fn draw(ctx: &Ctx, tx: &mut Tx, html: &str, field: &str) -> Result<(String, Vec<AttachmentId>), Error> {
    let drawn = render::payments(html, |name| format!("cid:{}", content_id(name)))
        .map_err(|it| Refusal::field(field, Fault::Payment(it.0)))?;
    let mut files = Vec::with_capacity(drawn.pictures.len());
    for it in &drawn.pictures {
        let kept =
            store::attachments::put(&ctx.engine.store, tx, ctx.actor.id, &it.name, "image/png", &it.png, ctx.now()).await?;
        files.push(kept.id);
    }
    Ok((drawn.html, files))
}
