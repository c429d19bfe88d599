//! Messages of the archive as files: each as a mail, all in one for mail programs, or as XML with what became of them.

mod xml;

use std::io::{self, Write};

use model::{
    ChosenMessages, Cursor, Deed, Fault, Faults, MessageExport, MessageFilter, MessageFormat, MessageId, MessageQuery,
    MessageRow, MessageState, Moment, Noun, Permission, Refusal,
};
use store::messages::Scope;
use tables::write::Tree;
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

use crate::history::{self, require_sight, scope};
use crate::outflow::{Outflow, Pieces};
use crate::worker::unsigned_mail;
use crate::{Ctx, Error};

/// How many ticked messages one export takes.
const TICKED_MAX: usize = 10_000;
/// How many of them are looked up at once.
const BATCH: usize = 60;

/// A file on its way out, one piece after the other. However many messages there are, only one is held.
pub struct Export {
    ctx: Ctx,
    scope: Scope,
    source: Source,
    ready: std::vec::IntoIter<MessageId>,
    bytes: Outflow,
    sink: Option<Sink>,
}

enum Source {
    Ticked(Vec<MessageId>),
    Matching(MessageFilter, Option<Cursor>),
    Done,
}

enum Sink {
    Zip(Box<ZipWriter<StreamWriter<Outflow>>>),
    Mbox,
    Xml(Tree),
}

/// One message as a mail (RFC 5322), made anew from what is kept; evidence sheets name its digest.
///
/// # Errors
/// Refuses who may not export or not see it, and a message that is no mail; names damage.
pub async fn mail(ctx: &Ctx, id: MessageId) -> Result<Vec<u8>, Error> {
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
        MessageFormat::Mbox => Sink::Mbox,
        MessageFormat::Xml => Sink::Xml(Tree::new("messages", &[("version", "1")])),
    };
    Ok(Export { ctx: ctx.clone(), scope, source, ready: Vec::new().into_iter(), bytes, sink: Some(sink) })
}

async fn note(ctx: &Ctx, format: MessageFormat, n: u64) -> Result<(), Error> {
    let mut tx = ctx.engine.store.write().await?;
    ctx.log(&mut tx, Deed::MessagesExported(format, u32::try_from(n).unwrap_or(u32::MAX))).await?;
    Ok(tx.commit().await?)
}

impl Pieces for Export {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut sink) = self.sink.take() else { return Ok(None) };
        match self.ready.next() {
            Some(id) => self.write(&mut sink, id).await?,
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

    async fn write(&mut self, sink: &mut Sink, id: MessageId) -> Result<(), Error> {
        match sink {
            Sink::Zip(zip) => {
                let (ending, content) = match unsigned_mail(&self.ctx.engine, id).await? {
                    Ok(mail) => ("eml", mail),
                    Err(_) => ("txt", self.text(id).await?.into_bytes()),
                };
                zip.start_file(format!("{id}.{ending}"), SimpleFileOptions::default()).map_err(io::Error::other)?;
                zip.write_all(&content)?;
            }
            Sink::Mbox => {
                if let Ok(mail) = unsigned_mail(&self.ctx.engine, id).await? {
                    let mut reader = self.ctx.engine.store.read().await?;
                    let (sender, created_at) = store::messages::envelope(&mut reader, id).await?;
                    self.bytes.write_all(&boxed(&sender, created_at, &mail))?;
                }
            }
            Sink::Xml(tree) => {
                xml::message(&self.ctx, tree, id).await?;
                self.bytes.write_all(tree.take().as_bytes())?;
            }
        }
        Ok(())
    }

    /// What is no mail, in words alone: a text message, or what is damaged.
    async fn text(&self, id: MessageId) -> Result<String, Error> {
        let mut reader = self.ctx.engine.store.read().await?;
        match store::messages::by_id(&self.ctx.engine.store, &mut reader, id).await {
            Ok(it) => {
                let to: Vec<String> = it.recipients.iter().map(|it| it.address.to_string()).collect();
                Ok(format!("{}\n{}\n{}\n\n{}\n", it.created_at.rfc3339(), it.sender_name, to.join(", "), it.text))
            }
            Err(error @ store::Error::Damaged { .. }) => Ok(error.to_string()),
            Err(error) => Err(error.into()),
        }
    }

    fn finish(&mut self, sink: Sink) -> Result<(), Error> {
        match sink {
            Sink::Zip(zip) => {
                zip.finish().map_err(io::Error::other)?;
            }
            Sink::Mbox => {}
            Sink::Xml(mut tree) => {
                tree.end();
                self.bytes.write_all(tree.take().as_bytes())?;
            }
        }
        Ok(())
    }
}

/// A mail as it stands in a mailbox file (RFC 4155), with LF and one more `>` before lines that could begin the next mail.
fn boxed(sender: &str, at: Moment, mail: &[u8]) -> Vec<u8> {
    let sender = if sender.is_empty() { "MAILER-DAEMON" } else { sender };
    let mut out = format!("From {sender} {}\n", asctime(at)).into_bytes();
    for line in mail.split(|it| *it == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let quoted = line.iter().position(|it| *it != b'>').is_some_and(|at| line[at..].starts_with(b"From "));
        if quoted {
            out.push(b'>');
        }
        out.extend(line);
        out.push(b'\n');
    }
    // The mail ended with a line break, after which an empty piece came: that is the empty line between two mails.
    out
}

/// A moment in UTC as C's `asctime` writes it, which mailbox files take.
fn asctime(at: Moment) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let day = model::Day::of(at);
    let (year, month, number) = day.parts();
    let seconds = at.0.rem_euclid(86_400_000) / 1_000;
    // 1970-01-01 was a Thursday.
    let name = DAYS[(day.0 + 3).rem_euclid(7) as usize];
    let month = MONTHS[(month - 1).rem_euclid(12) as usize];
    format!("{name} {month} {number:>2} {:02}:{:02}:{:02} {year}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_in_a_box_come_apart_again() {
        let mail = b"Subject: a\r\n\r\nFrom me\r\n>From you\r\nend\r\n";
        let boxed = String::from_utf8(boxed("eva@example.sk", Moment(1_780_000_000_000), mail)).unwrap();
        assert_eq!(boxed, "From eva@example.sk Thu May 28 20:26:40 2026\nSubject: a\n\n>From me\n>>From you\nend\n\n");
    }
}
