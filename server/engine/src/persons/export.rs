//! Everything about one person as a ZIP, made while it leaves.

use std::io::{self, Write};

use model::{
    Alteration, AuditId, Comment, ConsentEntry, Contact, ContactId, Deed, FieldDefinition, MessageId, Moment, Permission,
};
use serde::Serialize;
use store::reactions::Done;
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

use crate::messages::export::enclose;
use crate::outflow::{Outflow, Pieces};
use crate::worker::MailOut;
use crate::{Ctx, Engine, Error};

/// How many changes of fields are handed out.
const ALTERATIONS: i64 = 100_000;

/// A ZIP on its way out: the data as JSON, then each message. Only a piece of one is held at a time.
pub struct Export {
    engine: Engine,
    data: Option<Vec<u8>>,
    messages: std::vec::IntoIter<MessageId>,
    bytes: Outflow,
    zip: Option<ZipWriter<StreamWriter<Outflow>>>,
    mail: Option<MailOut>,
}

/// What the file of data holds.
#[derive(Serialize)]
struct Data {
    exported_at: Moment,
    contact: Contact,
    own_fields: Vec<FieldDefinition>,
    consents: Vec<ConsentEntry>,
    changes: Vec<(AuditId, Vec<Alteration>)>,
    comments: Vec<Comment>,
    reactions: Vec<Done>,
    messages: Vec<MessageId>,
    messages_with_others: Vec<MessageId>,
}

/// Begins to hand out everything about one person: their data, consents, changes and reactions as JSON, and each message as it left.
///
/// # Errors
/// Refuses who may not export or not see all messages, and a contact that is not there.
pub async fn export(ctx: &Ctx, id: ContactId) -> Result<Export, Error> {
    ctx.require(Permission::Export)?;
    ctx.require(Permission::ContactsView)?;
    ctx.require(Permission::MessagesViewAll)?;
    let mut tx = ctx.engine.store.write().await?;
    let contact = store::contacts::by_id(&mut tx, id).await?;
    store::erasure::tie(&mut tx, id).await?;
    let messages = store::erasure::correspondence(&mut tx, id).await?;
    let data = Data {
        exported_at: ctx.now(),
        contact,
        own_fields: store::fields::all(&mut tx).await?,
        consents: store::consents::log(&mut tx, id).await?,
        changes: store::alterations::of_contact(&ctx.engine.store, &mut tx, id, ALTERATIONS).await?,
        comments: store::comments::of_person(&ctx.engine.store, &mut tx, id, &messages.alone).await?,
        reactions: store::reactions::of_contact(&ctx.engine.store, &mut tx, id).await?,
        messages: messages.alone.clone(),
        messages_with_others: messages.shared.clone(),
    };
    let data = serde_json::to_vec_pretty(&data).map_err(store::Error::from)?;
    ctx.log(&mut tx, Deed::PersonExported(id)).await?;
    tx.commit().await?;
    let mut all = messages.alone;
    all.extend(messages.shared);
    let bytes = Outflow::default();
    let zip = ZipWriter::new_stream(bytes.clone());
    Ok(Export { engine: ctx.engine.clone(), data: Some(data), messages: all.into_iter(), bytes, zip: Some(zip), mail: None })
}

impl Pieces for Export {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut zip) = self.zip.take() else { return Ok(None) };
        if let Some(mail) = &mut self.mail {
            match mail.next().await? {
                Some(piece) => zip.write_all(&piece)?,
                None => self.mail = None,
            }
        } else if let Some(data) = self.data.take() {
            zip.start_file("data.json", SimpleFileOptions::default()).map_err(io::Error::other)?;
            zip.write_all(&data)?;
        } else if let Some(id) = self.messages.next() {
            self.mail = enclose(&self.engine, &mut zip, "messages/", id).await?;
        } else {
            zip.finish().map_err(io::Error::other)?;
            return Ok(Some(self.bytes.take()));
        }
        self.zip = Some(zip);
        Ok(Some(self.bytes.take()))
    }
}
