//! What the palette finds: things of all kinds in one go, each only for whom it is open to.

use model::palette::{FOUND_MAX, FoundGroup, FoundThing, Thing, ThingKind};
use model::{CampaignId, ContactId, LibraryId, Permission, RecipientListId, SegmentId, TemplateId, UserId};
use search::Reach;

use crate::{Ctx, Error, campaigns, history, library};

/// Longer words are looked at up to here (characters).
const LONGEST: usize = 100;

/// Finds contacts, messages, campaigns, templates, lists, segments, files and users by words, a few of each kind, and counts them. Where
/// nothing has the words as they were typed, things with similar words are found.
///
/// Whoever is signed in may ask; what they may not see is neither found nor counted.
///
/// # Errors
/// Fails when the database or the full text fails.
pub async fn find(ctx: &Ctx, words: String) -> Result<Vec<FoundGroup>, Error> {
    let words: String = words.trim().chars().take(LONGEST).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = things(ctx, &words).await?;
    found.extend(messages(ctx, &words).await?);
    found.sort_by_key(|it| it.kind);
    Ok(found)
}

/// The kinds of things that the person may see.
fn open_to(ctx: &Ctx) -> Vec<ThingKind> {
    let is_open = |kind: &ThingKind| match kind {
        ThingKind::Contact | ThingKind::List | ThingKind::Segment => ctx.may(Permission::ContactsView),
        ThingKind::Campaign => campaigns::require_sight(ctx).is_ok(),
        ThingKind::Template => ctx.may(Permission::TemplatesManage),
        ThingKind::File => library::require_sight(ctx).is_ok(),
        ThingKind::User => ctx.may(Permission::UsersManage),
        // They have an index and rights of their own.
        ThingKind::Message => false,
    };
    ThingKind::ALL.into_iter().filter(is_open).collect()
}

async fn things(ctx: &Ctx, words: &str) -> Result<Vec<FoundGroup>, Error> {
    let kinds = open_to(ctx);
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let (index, words) = (ctx.engine.things()?.clone(), words.to_owned());
    let found = tokio::task::spawn_blocking(move || {
        let found = index.find(&words, &kinds, Reach::Exact, FOUND_MAX)?;
        match found.is_empty() && search::has_similar(&words) {
            true => index.find(&words, &kinds, Reach::Similar, FOUND_MAX),
            false => Ok(found),
        }
    })
    .await??;
    let mut reader = ctx.engine.store.read().await?;
    let mut groups = Vec::with_capacity(found.len());
    for of_kind in found {
        let mut things = Vec::with_capacity(of_kind.best.len());
        for (id, name, aside) in store::things::shown(&mut reader, of_kind.kind, &of_kind.best).await? {
            things.extend(thing(of_kind.kind, id).map(|thing| FoundThing { thing, name, aside }));
        }
        if !things.is_empty() {
            groups.push(FoundGroup { kind: of_kind.kind, count: Some(of_kind.count), things });
        }
    }
    Ok(groups)
}

fn thing(kind: ThingKind, id: i64) -> Option<Thing> {
    Some(match kind {
        ThingKind::Contact => Thing::Contact(ContactId(id)),
        ThingKind::Campaign => Thing::Campaign(CampaignId(id)),
        ThingKind::Template => Thing::Template(TemplateId(id)),
        ThingKind::List => Thing::List(RecipientListId(id)),
        ThingKind::Segment => Thing::Segment(SegmentId(id)),
        ThingKind::File => Thing::File(LibraryId(id)),
        ThingKind::User => Thing::User(UserId(id)),
        ThingKind::Message => return None,
    })
}

async fn messages(ctx: &Ctx, words: &str) -> Result<Option<FoundGroup>, Error> {
    // Who may see no messages finds none; it is no fault to have asked.
    let Ok(scope) = history::scope(ctx) else { return Ok(None) };
    let (rows, count) = history::newest(ctx, &typed(words), scope, FOUND_MAX).await?;
    let thing =
        |it: model::MessageRow| FoundThing { thing: Thing::Message(it.id, it.channel), name: it.subject, aside: it.recipient };
    let things: Vec<FoundThing> = rows.into_iter().map(thing).collect();
    Ok((!things.is_empty()).then_some(FoundGroup { kind: ThingKind::Message, count, things }))
}

/// The words, of which the last one may still be being typed.
fn typed(words: &str) -> String {
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_being_typed = 3 < last.chars().count() && last.chars().all(char::is_alphabetic) && !words.contains(['"', '„', '«']);
    if is_being_typed { format!("{words} OR {words}*") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_longer_last_word_may_go_on() {
        for (words, asked) in [
            ("faktur", "faktur OR faktur*"),
            ("nová zmlu", "nová zmlu OR nová zmlu*"),
            ("fak", "fak"),
            ("zmluva 2026", "zmluva 2026"),
            ("\"nová zmlu", "\"nová zmlu"),
            ("eva@x.sk", "eva@x.sk"),
        ] {
            assert_eq!(typed(words), asked);
        }
    }
}
