//! Messages of the archive as files: each as a mail, all in one for mail programs, or as XML with what became of them.

mod mbox;
mod xml;

use std::io::{self, Write};

use model::{
    ChosenMessages, Cursor, Deed, Fault, Faults, MessageExport, MessageFilter, MessageFormat, MessageId, MessageQuery,
    MessageRow, MessageState, Noun, Permission, Refusal,
};
use store::messages::Scope;
use tables::write::Tree;
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

use crate::history::{self, require_sight, scope};
use crate::outflow::{Outflow, Pieces};
use crate::worker::{MailOut, unsigned_mail};
use crate::{Ctx, Engine, Error};

/// How many ticked messages one export takes.
const TICKED_MAX: usize = 10_000;
/// How many of them are looked up at once.
const BATCH: usize = 60;

/// A file on its way out, one piece after the other. However many messages there are and however large their files, only a piece is held.
pub struct Export {
    ctx: Ctx,
    scope: Scope,
    source: Source,
    ready: std::vec::IntoIter<MessageId>,
    bytes: Outflow,
    sink: Option<Sink>,
    current: Current,
}

/// The message that is on its way.
enum Current {
    None,
    Mail(Box<MailOut>),
    Xml(xml::Begun),
}

enum Source {
    Ticked(Vec<MessageId>),
    Matching(MessageFilter, Option<Cursor>),
    Done,
}

enum Sink {
    Zip(Box<ZipWriter<StreamWriter<Outflow>>>),
    Mbox(mbox::Boxer),
    Xml(Tree),
}

/// One message as a mail (RFC 5322), made anew from what is kept; evidence sheets name its digest.
///
/// # Errors
/// Refuses who may not export or not see it, and a message that is no mail; names damage.
pub async fn mail(ctx: &Ctx, id: MessageId) -> Result<MailOut, Error> {
    ctx.require(Permission::Export)?;
    let state = require_sight(ctx, id).await?;
    if state == MessageState::Draft {
        return Err(Refusal::IllegalStep(Noun::Message).into());
    }
    let mail = unsigned_mail(&ctx.engine, id).await?.map_err(|_| Refusal::IllegalStep(Noun::Message))?;
    note(ctx, MessageFormat::Eml, 1).await?;
    Ok(mail)
}

/// Begins the export of messages, and notes it before the first byte leaves. Drafts stay.
///
/// # Errors
/// Refuses who may not export or see messages, and more ticked ones than one export takes.
pub async fn messages(ctx: &Ctx, order: MessageExport) -> Result<Export, Error> {
    ctx.require(Permission::Export)?;
    let scope = scope(ctx)?;
    let mut faults = Faults::default();
    if matches!(&order.chosen, ChosenMessages::These(ids) if TICKED_MAX < ids.len()) {
        faults.add("chosen", Fault::TooMany { max: TICKED_MAX as u32 });
    }
    faults.finish()?;
    let (n, source) = match order.chosen {
        ChosenMessages::These(ids) => (ids.len() as u64, Source::Ticked(ids)),
        ChosenMessages::Matching(filter) => (history::count(ctx, filter.clone()).await?, Source::Matching(filter, None)),
    };
    note(ctx, order.format, n).await?;
    let bytes = Outflow::default();
    let sink = match order.format {
        MessageFormat::Eml => Sink::Zip(Box::new(ZipWriter::new_stream(bytes.clone()))),
        MessageFormat::Mbox => Sink::Mbox(mbox::Boxer::default()),
        MessageFormat::Xml => Sink::Xml(Tree::new("messages", &[("version", "1")])),
    };
    Ok(Export { ctx: ctx.clone(), scope, source, ready: Vec::new().into_iter(), bytes, sink: Some(sink), current: Current::None })
}

async fn note(ctx: &Ctx, format: MessageFormat, n: u64) -> Result<(), Error> {
    let mut tx = ctx.engine.store.write().await?;
    ctx.log(&mut tx, Deed::MessagesExported(format, u32::try_from(n).unwrap_or(u32::MAX))).await?;
    Ok(tx.commit().await?)
}

impl Pieces for Export {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut sink) = self.sink.take() else { return Ok(None) };
        if self.go_on(&mut sink).await? {
            self.sink = Some(sink);
            return Ok(Some(self.bytes.take()));
        }
        match self.ready.next() {
            Some(id) => self.begin(&mut sink, id).await?,
            None if matches!(self.source, Source::Done) => {
                self.finish(sink)?;
                return Ok(Some(self.bytes.take()));
            }
            None => self.fetch().await?,
        }
        self.sink = Some(sink);
        Ok(Some(self.bytes.take()))
    }
}

impl Export {
    async fn fetch(&mut self) -> Result<(), Error> {
        let rows: Vec<MessageRow> = match std::mem::replace(&mut self.source, Source::Done) {
            Source::Done => Vec::new(),
            Source::Ticked(mut ids) => {
                let rest = ids.split_off(ids.len().min(BATCH));
                if !rest.is_empty() {
                    self.source = Source::Ticked(rest);
                }
                let store = &self.ctx.engine.store;
                let mut reader = store.read().await?;
                store::messages::rows(store, &mut reader, &ids, &MessageFilter::default(), self.scope).await?
            }
            Source::Matching(filter, after) => {
                let page =
                    history::list(&self.ctx, MessageQuery { filter: filter.clone(), after, ..MessageQuery::default() }).await?;
                if page.next.is_some() {
                    self.source = Source::Matching(filter, page.next);
                }
                page.rows
            }
        };
        let kept = rows.into_iter().filter(|it| it.state != MessageState::Draft && !it.is_erased).map(|it| it.id);
        self.ready = kept.collect::<Vec<_>>().into_iter();
        Ok(())
    }

    /// Begins to write a message.
    async fn begin(&mut self, sink: &mut Sink, id: MessageId) -> Result<(), Error> {
        match sink {
            Sink::Zip(zip) => {
                if let Some(mail) = enclose(&self.ctx.engine, zip, "", id).await? {
                    self.current = Current::Mail(Box::new(mail));
                }
            }
            Sink::Mbox(boxer) => {
                if let Ok(mail) = unsigned_mail(&self.ctx.engine, id).await? {
                    let mut reader = self.ctx.engine.store.read().await?;
                    let (sender, created_at) = store::messages::envelope(&mut reader, id).await?;
                    boxer.begin(&sender, created_at, &mut self.bytes)?;
                    self.current = Current::Mail(Box::new(mail));
                }
            }
            Sink::Xml(tree) => {
                if let Some(begun) = xml::begin(&self.ctx, tree, id).await? {
                    self.current = Current::Xml(begun);
                }
                self.bytes.write_all(tree.take().as_bytes())?;
            }
        }
        Ok(())
    }

    /// Writes the next piece of the message that was begun; false when none was or it has ended.
    async fn go_on(&mut self, sink: &mut Sink) -> Result<bool, Error> {
        match (&mut self.current, sink) {
            (Current::Mail(mail), Sink::Zip(zip)) => match mail.next().await? {
                Some(piece) => zip.write_all(&piece)?,
                None => self.current = Current::None,
            },
            (Current::Mail(mail), Sink::Mbox(boxer)) => match mail.next().await? {
                Some(piece) => boxer.put(&piece, &mut self.bytes)?,
                None => {
                    boxer.end(&mut self.bytes)?;
                    self.current = Current::None;
                }
            },
            (Current::Xml(begun), Sink::Xml(tree)) => {
                if !begun.next(&self.ctx, tree).await? {
                    self.current = Current::None;
                }
                self.bytes.write_all(tree.take().as_bytes())?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn finish(&mut self, sink: Sink) -> Result<(), Error> {
        match sink {
            Sink::Zip(zip) => {
                zip.finish().map_err(io::Error::other)?;
            }
            Sink::Mbox(_) => {}
            Sink::Xml(mut tree) => {
                tree.end();
                self.bytes.write_all(tree.take().as_bytes())?;
            }
        }
        Ok(())
    }
}

/// Begins a message as a file of a ZIP and gives the mail whose pieces are to be written into it. One that is no mail is written at once, in
/// words alone.
pub(crate) async fn enclose(
    engine: &Engine,
    zip: &mut ZipWriter<StreamWriter<Outflow>>,
    folder: &str,
    id: MessageId,
) -> Result<Option<MailOut>, Error> {
    let mail = unsigned_mail(engine, id).await?.ok();
    let ending = if mail.is_some() { "eml" } else { "txt" };
    let name = format!("{folder}{id}.{ending}");
    zip.start_file(name, SimpleFileOptions::default()).map_err(io::Error::other)?;
    if mail.is_none() {
        zip.write_all(text(engine, id).await?.as_bytes())?;
    }
    Ok(mail)
}

/// What is no mail, in words alone: a text message, or what is damaged.
async fn text(engine: &Engine, id: MessageId) -> Result<String, Error> {
    let mut reader = engine.store.read().await?;
    match store::messages::by_id(&engine.store, &mut reader, id).await {
        Ok(it) => {
            let to: Vec<String> = it.recipients.iter().map(|it| it.address.to_string()).collect();
            Ok(format!("{}\n{}\n{}\n\n{}\n", it.created_at.rfc3339(), it.sender_name, to.join(", "), it.text))
        }
        Err(error @ store::Error::Damaged { .. }) => Ok(error.to_string()),
        Err(error) => Err(error.into()),
    }
}
