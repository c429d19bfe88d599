//! A message as XML, with its files, deliveries and the relays' answers; the schema is described in `MESSAGES_XML.md` of the tables.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use model::{DeliveryDetail, MessageId};
use store::Code;
use tables::write::Tree;

use crate::{Ctx, Error};

/// Writes one message.
pub(super) async fn message(ctx: &Ctx, tree: &mut Tree, id: MessageId) -> Result<(), Error> {
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let number = id.to_string();
    let stored = match store::messages::by_id(store, &mut reader, id).await {
        Err(error @ store::Error::Damaged { .. }) => {
            tree.leaf("damaged", &[("id", &number)], &error.to_string());
            return Ok(());
        }
        stored => stored?,
    };
    let html = store::messages::html(store, &mut reader, id).await?;
    tree.begin(
        "message",
        &[
            ("id", &number),
            ("channel", stored.channel.code()),
            ("origin", stored.origin.code()),
            ("state", stored.state.code()),
            ("created", &stored.created_at.rfc3339()),
            ("message-id", &stored.header_id),
            ("author", &stored.author.1),
        ],
    );
    tree.leaf("from", &[("name", &stored.sender_name)], &stored.sender_address);
    if !stored.reply_to.is_empty() {
        tree.leaf("reply-to", &[], &stored.reply_to);
    }
    for it in &stored.recipients {
        tree.leaf(it.role.code(), &[("name", &it.name)], &it.address.to_string());
    }
    tree.leaf("subject", &[], &stored.subject);
    tree.leaf("text", &[], &stored.text);
    if !html.is_empty() {
        tree.leaf("html", &[], &html);
    }
    for file in &stored.attachments {
        let (file, content) = store::attachments::content(store, &mut reader, id, file.id).await?;
        tree.leaf("file", &[("name", &file.name), ("type", &file.media_type)], &BASE64_STANDARD.encode(content));
    }
    stored.deliveries.iter().for_each(|it| delivery(tree, it));
    tree.end();
    Ok(())
}

fn delivery(tree: &mut Tree, it: &DeliveryDetail) {
    tree.begin("delivery", &[("address", &it.address.to_string()), ("state", it.state.code())]);
    for attempt in &it.attempts {
        let (at, outcome) = (attempt.at.rfc3339(), attempt.outcome.code());
        let attributes = [("at", at.as_str()), ("outcome", outcome), ("relay", &attempt.relay), ("tls", &attempt.tls)];
        tree.leaf("attempt", &attributes, &attempt.reply);
    }
    tree.end();
}
