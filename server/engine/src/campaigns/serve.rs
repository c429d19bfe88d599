//! One batch of recipients: their data are laid out, their messages made on several threads, and kept in one transaction.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use model::{Contact, ContactId, MessageId, MissingField, WorkKind};
use store::Tx;
use store::campaigns::prepared::{self, Fills, Wanted};
use store::campaigns::{Stored, work};

use super::make::{Maker, Person, Plate};
use crate::{Ctx, Error, secret};

/// Recipients with what their messages are filled with.
pub(super) struct Table {
    wanted: Vec<Wanted>,
    contacts: HashMap<ContactId, Contact>,
    /// Those who agreed to be written to; nobody where no reaction is measured.
    agreeing: HashSet<ContactId>,
    fills: Fills,
}

impl Table {
    /// Reads what the messages of these recipients are filled with.
    pub async fn lay(ctx: &Ctx, reader: &mut store::Connection, it: &Stored, wanted: Vec<Wanted>) -> Result<Self, Error> {
        let ids: Vec<ContactId> = wanted.iter().filter_map(|it| it.contact).collect();
        let contacts = store::contacts::for_merging(reader, &ids).await?;
        let places: Vec<i64> = wanted.iter().map(|it| it.place).collect();
        let fills = prepared::fills(&ctx.engine.store, reader, it.id, &places).await?;
        let agreeing = if it.draft.measure.any() { store::reactions::agreeing(reader, &ids).await? } else { Vec::new() };
        let contacts = contacts.into_iter().map(|it| (it.id, it)).collect();
        Ok(Self { wanted, contacts, agreeing: agreeing.into_iter().collect(), fills })
    }

    fn contact(&self, wanted: &Wanted) -> Option<&Contact> {
        wanted.contact.and_then(|it| self.contacts.get(&it))
    }

    fn person(&self, wanted: &Wanted) -> Person<'_> {
        let contact = self.contact(wanted);
        Person { contact, agrees: contact.is_some_and(|it| self.agreeing.contains(&it.id)) }
    }

    /// Makes all of their messages, on as many threads as there are halves of the table.
    pub async fn make(self, maker: Arc<Maker>, names: Vec<(MessageId, String)>) -> Result<Vec<Plate>, Error> {
        let half = self.wanted.len().div_ceil(2);
        let table = Arc::new((self, names));
        let mut made = Vec::with_capacity(table.0.wanted.len());
        let parts = [0..half, half..table.0.wanted.len()].map(|range| {
            let (table, maker) = (table.clone(), maker.clone());
            tokio::task::spawn_blocking(move || -> Result<Vec<Plate>, Error> {
                range
                    .map(|n| {
                        let (table, names) = (&table.0, &table.1);
                        let wanted = &table.wanted[n];
                        maker.make(wanted, table.person(wanted), &table.fills, names[n].clone())
                    })
                    .collect()
            })
        });
        for part in parts {
            made.extend(part.await??);
        }
        Ok(made)
    }
}

/// Looks for missing values, and notes them with the recipients.
pub(super) async fn look(ctx: &Ctx, it: &Stored, maker: Arc<Maker>, table: Table, last: i64, of: u64) -> Result<(), Error> {
    let n = table.wanted.len() as u64;
    let found = tokio::task::spawn_blocking(move || -> Vec<(i64, Vec<MissingField>)> {
        let missing = |it: &Wanted| (it.place, maker.missing(it, table.contact(it), &table.fills));
        table.wanted.iter().map(missing).filter(|it| !it.1.is_empty()).collect()
    });
    let found = found.await?;
    let mut tx = ctx.engine.store.write().await?;
    work::set_progress(&mut tx, it.id, last, done(it) + n, of).await?;
    prepared::set_missing(&mut tx, it.id, &found).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes messages and keeps them; of those that were there, only the ones that became others.
pub(super) async fn serve(ctx: &Ctx, it: &Stored, maker: Arc<Maker>, table: Table, last: i64, of: u64) -> Result<(), Error> {
    let store = &ctx.engine.store;
    let n = table.wanted.len() as u64;
    let names = names(ctx, &maker, &table.wanted).await?;
    let content = maker.content.clone();
    let mut plates = table.make(maker, names).await?;
    let mut same: Vec<(i64, Option<i64>)> = Vec::new();
    if plates.iter().any(|it| it.made.wanted.message.is_some()) {
        let mut reader = store.read().await?;
        let ids: Vec<_> = plates.iter().filter_map(|it| it.made.wanted.message).collect();
        let before = prepared::words(store, &mut reader, &ids).await?;
        let filling = it.work.is_some_and(|it| it.kind == WorkKind::Fill);
        let stays =
            |it: &Plate| !filling && it.made.missing.is_empty() && !is_other(before.get(&it.made.message), it, content.id);
        same = plates.iter().filter(|it| stays(it)).map(|it| (it.made.wanted.place, it.made.revision)).collect();
        plates.retain(|it| !stays(it));
    }
    let mut tx = store.write().await?;
    // Whether it was stopped is asked inside the transaction, so that nothing comes in behind the stop.
    work::set_progress(&mut tx, it.id, last, done(it) + n, of).await?;
    let made: Vec<_> = plates.iter().map(|it| it.made.clone()).collect();
    prepared::put(store, &mut tx, it.id, &content, it.author.0, &made, ctx.now()).await?;
    prepared::note_same(&mut tx, it.id, &same).await?;
    let places: Vec<i64> = made.iter().filter(|it| it.wanted.message.is_some()).map(|it| it.wanted.place).collect();
    if !made.is_empty() {
        store::campaigns::review::forget(&mut tx, it.id, &places).await?;
        store::campaigns::break_approval(&mut tx, it.id).await?;
    }
    keep_pictures(ctx, &mut tx, it, &plates).await?;
    tx.commit().await?;
    ctx.engine.index_bell.notify_one();
    Ok(())
}

/// Whether a message became another one, or leaves by another account or under another sender.
fn is_other(before: Option<&prepared::Words>, plate: &Plate, content: i64) -> bool {
    let made = &plate.made;
    before.is_none_or(|old| {
        old.content != Some(content) || (&old.subject, &old.text, &old.html) != (&made.subject, &made.text, &made.html)
    })
}

/// Ids and Message-IDs: new ones for new messages.
async fn names(ctx: &Ctx, maker: &Maker, wanted: &[Wanted]) -> Result<Vec<(MessageId, String)>, Error> {
    let new = wanted.iter().filter(|it| it.message.is_none()).count();
    let mut next = 0;
    if 0 < new {
        let mut tx = ctx.engine.store.write().await?;
        next = prepared::next_messages(&mut tx, new).await?.0;
        tx.leave().await?;
    }
    let domain = maker.content.sender_address.rsplit_once('@').map_or("posel.invalid", |(_, domain)| domain);
    wanted
        .iter()
        .map(|it| match it.message {
            Some(message) => Ok((message, String::new())),
            None => {
                let message = MessageId(next);
                next += 1;
                // Twenty-two characters are 132 random bits; with the number they are unique for certain.
                let secret: String = secret::make()?.chars().take(22).collect();
                Ok((message, [message.to_string().as_str(), ".", &secret, "@", domain].concat()))
            }
        })
        .collect()
}

/// Keeps the pictures that messages alone carry.
async fn keep_pictures(ctx: &Ctx, tx: &mut Tx, it: &Stored, plates: &[Plate]) -> Result<(), Error> {
    let store = &ctx.engine.store;
    for plate in plates.iter().filter(|it| !it.pictures.is_empty()) {
        let message = plate.made.message;
        store::attachments::drop_own(tx, message).await?;
        let mut files = Vec::with_capacity(plate.pictures.len());
        for picture in &plate.pictures {
            let (name, png) = (&picture.name, &picture.png);
            files.push(store::attachments::put(store, tx, it.author.0, name, "image/png", png, ctx.now()).await?.id);
        }
        store::attachments::add(tx, message, it.author.0, &files).await?;
        prepared::count_files(tx, message).await?;
    }
    Ok(())
}

fn done(it: &Stored) -> u64 {
    it.work.map_or(0, |it| it.done)
}
