//! What the palette finds: things of all kinds in one go, each only for whom it is open to.

use model::palette::{FOUND_MAX, FoundThing, Thing};
use model::{
    CampaignFilter, CampaignQuery, Direction, LibraryFilter, LibraryQuery, Permission, Purpose, TemplateFilter, TemplateQuery,
    fold,
};
use store::Reader;

use crate::{Ctx, Error, history};

/// Longer words are looked at up to here (characters).
const LONGEST: usize = 100;

/// Finds contacts, messages, campaigns, templates, lists, segments, files and users by words, a few of each kind.
///
/// Whoever is signed in may ask; what they may not see is not found.
///
/// # Errors
/// Fails when the database or the full text fails.
pub async fn find(ctx: &Ctx, words: String) -> Result<Vec<FoundThing>, Error> {
    let words: String = words.trim().chars().take(LONGEST).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let mut reader = ctx.engine.store.read().await?;
    if ctx.may(Permission::ContactsView) {
        found.extend(contacts(&mut reader, &words).await?);
    }
    drop(reader);
    found.extend(messages(ctx, &words).await?);
    let mut reader = ctx.engine.store.read().await?;
    if [Permission::CampaignWrite, Permission::CampaignRelease, Permission::CampaignApprove].into_iter().any(|it| ctx.may(it)) {
        found.extend(campaigns(ctx, &mut reader, &words).await?);
    }
    if ctx.may(Permission::TemplatesManage) {
        found.extend(templates(&mut reader, &words).await?);
    }
    if ctx.may(Permission::ContactsView) {
        found.extend(sets(&mut reader, &words).await?);
    }
    if ctx.may(Permission::TemplatesManage) || ctx.may(Permission::MessageWrite) {
        found.extend(files(&mut reader, &words).await?);
    }
    if ctx.may(Permission::UsersManage) {
        found.extend(users(&mut reader, &words).await?);
    }
    Ok(found)
}

async fn contacts(reader: &mut Reader, words: &str) -> Result<Vec<FoundThing>, Error> {
    let offers = store::picker::offer(reader, words, Purpose::General, FOUND_MAX as u32).await?;
    let thing = |it: model::ContactOffer| {
        let address = it.email.map(|it| it.as_str().to_owned());
        FoundThing { thing: Thing::Contact(it.contact), name: it.name, aside: address.unwrap_or(it.company_name) }
    };
    Ok(offers.into_iter().map(thing).collect())
}

async fn messages(ctx: &Ctx, words: &str) -> Result<Vec<FoundThing>, Error> {
    // Who may see no messages finds none; it is no fault to have asked.
    let Ok(scope) = history::scope(ctx) else { return Ok(Vec::new()) };
    let rows = history::newest(ctx, &typed(words), scope, FOUND_MAX).await?;
    let thing =
        |it: model::MessageRow| FoundThing { thing: Thing::Message(it.id, it.channel), name: it.subject, aside: it.recipient };
    Ok(rows.into_iter().map(thing).collect())
}

/// The words, of which the last one may still be being typed.
fn typed(words: &str) -> String {
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_being_typed = 3 < last.chars().count() && last.chars().all(char::is_alphabetic) && !words.contains(['"', '„', '«']);
    if is_being_typed { format!("{words} OR {words}*") } else { words.to_owned() }
}

async fn campaigns(ctx: &Ctx, reader: &mut Reader, words: &str) -> Result<Vec<FoundThing>, Error> {
    let filter = CampaignFilter { words: words.to_owned(), ..CampaignFilter::default() };
    let query = CampaignQuery { filter, ..CampaignQuery::default() };
    let page = store::campaigns::page(reader, &query, ctx.actor.id).await?;
    let thing = |it: model::CampaignRow| FoundThing { thing: Thing::Campaign(it.id), name: it.name, aside: it.author };
    Ok(page.rows.into_iter().take(FOUND_MAX).map(thing).collect())
}

async fn templates(reader: &mut Reader, words: &str) -> Result<Vec<FoundThing>, Error> {
    let filter = TemplateFilter { words: words.to_owned(), ..TemplateFilter::default() };
    let query = TemplateQuery { filter, direction: Direction::Up, ..TemplateQuery::default() };
    let page = store::templates::page(reader, &query).await?;
    let thing = |it: model::TemplateRow| FoundThing { thing: Thing::Template(it.id), name: it.name, aside: it.hint };
    Ok(page.rows.into_iter().take(FOUND_MAX).map(thing).collect())
}

async fn sets(reader: &mut Reader, words: &str) -> Result<Vec<FoundThing>, Error> {
    let lists = store::recipient_lists::offer(reader, words, FOUND_MAX as u32).await?;
    let segments = store::segments::offer(reader, words, FOUND_MAX as u32).await?;
    let lists = lists.into_iter().map(|(id, name, _)| FoundThing { thing: Thing::List(id), name, aside: String::new() });
    let segments = segments.into_iter().map(|(id, name)| FoundThing { thing: Thing::Segment(id), name, aside: String::new() });
    Ok(lists.chain(segments).collect())
}

async fn files(reader: &mut Reader, words: &str) -> Result<Vec<FoundThing>, Error> {
    let filter = LibraryFilter { words: words.to_owned(), ..LibraryFilter::default() };
    let page = store::library::page(reader, &LibraryQuery { filter, ..LibraryQuery::default() }).await?;
    let thing = |it: model::LibraryItem| FoundThing { thing: Thing::File(it.id), name: it.name, aside: it.folder };
    Ok(page.rows.into_iter().take(FOUND_MAX).map(thing).collect())
}

async fn users(reader: &mut Reader, words: &str) -> Result<Vec<FoundThing>, Error> {
    let wanted = fold::fold(words);
    let answers = |it: &model::UserRow| {
        let told = fold::fold(&format!("{} {}", it.name, it.email));
        wanted.split_whitespace().all(|word| told.contains(word))
    };
    let users = store::users::list(reader).await?;
    let thing = |it: model::UserRow| FoundThing { thing: Thing::User(it.id), name: it.name, aside: it.email };
    Ok(users.into_iter().filter(answers).take(FOUND_MAX).map(thing).collect())
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
