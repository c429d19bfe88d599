//! A message as XML, with its files, deliveries and the relays' answers; the schema is described in `MESSAGES_XML.md` of the tables.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use model::{Attachment, DeliveryDetail, MessageId};
use store::Code;
use store::blobs::Content;
use store::messages::Stored;
use tables::write::Tree;

use crate::{Ctx, Error, FileOut, Pieces};

/// A message of which the beginning is written, with what is still to come.
pub(super) struct Begun {
    files: std::vec::IntoIter<(Attachment, Content)>,
    current: Option<FileOut>,
    deliveries: Vec<DeliveryDetail>,
}

/// Writes the beginning of a message; nothing more follows of one that is damaged.
pub(super) async fn begin(ctx: &Ctx, tree: &mut Tree, id: MessageId) -> Result<Option<Begun>, Error> {
    match read(ctx, id).await {
        Ok((stored, html, files)) => {
            beginning(tree, id, &stored, &html);
            Ok(Some(Begun { files: files.into_iter(), current: None, deliveries: stored.deliveries }))
        }
        Err(error @ store::Error::Damaged { .. }) => {
            tree.leaf("damaged", &[("id", &id.to_string())], &error.to_string());
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

impl Begun {
    /// Writes what comes next; false when that was the last of it.
    pub(super) async fn next(&mut self, ctx: &Ctx, tree: &mut Tree) -> Result<bool, Error> {
        if let Some(file) = &mut self.current {
            match file.next().await? {
                // Pieces are whole groups of base64, so that it goes on where it ended.
                Some(piece) => tree.text(&BASE64_STANDARD.encode(piece)),
                None => {
                    tree.end_text();
                    self.current = None;
                }
            }
            return Ok(true);
        }
        if let Some((file, content)) = self.files.next() {
            tree.begin_text("file", &[("name", &file.name), ("type", &file.media_type)]);
            self.current = Some(FileOut::new(&ctx.engine, content));
            return Ok(true);
        }
        self.deliveries.iter().for_each(|it| delivery(tree, it));
        tree.end();
        Ok(false)
    }
}

/// What is kept of a message; its files are gone through, so that damage is known before anything of it is written.
async fn read(ctx: &Ctx, id: MessageId) -> Result<(Stored, String, Vec<(Attachment, Content)>), store::Error> {
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let stored = store::messages::by_id(store, &mut reader, id).await?;
    let html = store::messages::html(store, &mut reader, id).await?;
    let mut files = Vec::with_capacity(stored.attachments.len());
    for file in &stored.attachments {
        let content = store::attachments::content(&mut reader, file.id).await?;
        content.verify(store, &mut reader).await?;
        files.push((file.clone(), content));
    }
    Ok((stored, html, files))
}

fn beginning(tree: &mut Tree, id: MessageId, stored: &Stored, html: &str) {
    let number = id.to_string();
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
        tree.leaf("html", &[], html);
    }
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
