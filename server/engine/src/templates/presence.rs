//! Who has which template open for editing; kept in memory only, because it means nothing after a restart.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::time::seconds;
use model::{Change, Moment, Permission, TemplateEditor, TemplateId, UserId};

use crate::{Ctx, Error};

/// How long somebody counts as there without a word, in milliseconds; screens say that they are there three times as often.
const SILENCE: i64 = seconds(60);

/// Everybody who has a template open.
#[derive(Default)]
pub(crate) struct Presence(Mutex<HashMap<TemplateId, Vec<Holder>>>);

struct Holder {
    user: UserId,
    name: String,
    since: Moment,
    seen: Moment,
}

impl Presence {
    fn book(&self) -> MutexGuard<'_, HashMap<TemplateId, Vec<Holder>>> {
        // What is in it stays whole whatever happens to somebody who holds it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says that one has a template open, and tells who else has; to be said again every twenty seconds.
///
/// # Errors
/// Refuses who may not manage templates.
pub async fn hold(ctx: &Ctx, id: TemplateId) -> Result<Vec<TemplateEditor>, Error> {
    ctx.require(Permission::TemplatesManage)?;
    let now = ctx.now();
    let mut book = ctx.engine.presence.book();
    book.retain(|_, holders| {
        holders.retain(|it| now.since(it.seen) < SILENCE);
        !holders.is_empty()
    });
    let holders = book.entry(id).or_default();
    let is_new = match holders.iter_mut().find(|it| it.user == ctx.actor.id) {
        Some(me) => {
            me.seen = now;
            false
        }
        None => {
            holders.push(Holder { user: ctx.actor.id, name: ctx.actor.name.clone(), since: now, seen: now });
            true
        }
    };
    let others = holders.iter().filter(|it| it.user != ctx.actor.id);
    let others = others.map(|it| TemplateEditor { user: it.user, name: it.name.clone(), since: it.since }).collect();
    drop(book);
    if is_new {
        ctx.tell(Change::Templates);
    }
    Ok(others)
}

/// Says that one has closed a template.
///
/// # Errors
/// Refuses who may not manage templates.
pub async fn leave(ctx: &Ctx, id: TemplateId) -> Result<(), Error> {
    ctx.require(Permission::TemplatesManage)?;
    let mut book = ctx.engine.presence.book();
    if let Some(holders) = book.get_mut(&id) {
        holders.retain(|it| it.user != ctx.actor.id);
    }
    drop(book);
    ctx.tell(Change::Templates);
    Ok(())
}
