//! Campaigns on their way out: what they name is written by its name, what they carry inside.

use std::io::Write;

use model::campaign::{CONTACTS_MAX, EXCHANGE_MAX, EXCHANGED_MAX};
use model::{
    Attachment, AudiencePart, CampaignContent, CampaignDeed, CampaignDraft, CampaignId, CampaignQuery, Channel, Chosen,
    ChosenCampaigns, ContactFilter, ContactId, Deed, Fault, Permission, Refusal, Unmatched, UnmatchedKind,
};
use store::Connection;
use store::campaigns::Stored;
use store::campaigns::names::{self, Named};
use tables::write::Tree;

use super::portable::{NamedFilter, NamedSet, Person, Portable};
use super::write;
use crate::campaigns::require_sight;
use crate::outflow::{Outflow, Pieces};
use crate::{Ctx, Error, FileOut};

/// How many contacts of a filter are looked up at once.
const BATCH: usize = 1_000;

/// A file on its way out, one campaign after the other. Of the files that they carry only a piece is held.
pub struct CampaignsOut {
    ctx: Ctx,
    ids: std::vec::IntoIter<CampaignId>,
    bytes: Outflow,
    tree: Option<Tree>,
    begun: Option<Begun>,
}

/// A campaign of which the beginning is written.
struct Begun {
    portable: Portable,
    files: std::vec::IntoIter<(Attachment, FileOut)>,
    current: Option<FileOut>,
}

impl Begun {
    /// Writes what comes next; false when that was the last of it.
    async fn next(&mut self, tree: &mut Tree) -> Result<bool, Error> {
        if let Some(file) = &mut self.current {
            match file.next().await? {
                Some(piece) => write::piece(tree, &piece),
                None => {
                    tree.end_text();
                    self.current = None;
                }
            }
            return Ok(true);
        }
        match self.files.next() {
            Some((file, content)) => {
                write::begin_file(tree, &file.name, &file.media_type);
                self.current = Some(content);
                Ok(true)
            }
            None => {
                write::end_campaign(tree, &self.portable);
                Ok(false)
            }
        }
    }
}

/// Begins the export of campaigns as XML, and notes it before the first byte leaves.
///
/// # Errors
/// Refuses who may not export or see campaigns, more than one file holds or can bring in again, and campaigns that are not there.
pub async fn take_out(ctx: &Ctx, order: ChosenCampaigns) -> Result<CampaignsOut, Error> {
    ctx.require(Permission::Export)?;
    require_sight(ctx)?;
    let ids = chosen(ctx, order).await?;
    if EXCHANGED_MAX < ids.len() {
        return Err(Refusal::field("campaigns", Fault::TooMany { max: EXCHANGED_MAX as u32 }).into());
    }
    let store = &ctx.engine.store;
    let (mut tx, mut size) = (store.write().await?, 0);
    for id in &ids {
        store::campaigns::by_id(store, &mut tx, *id).await?;
        // Four letters for every three bytes (RFC 4648 §4). What is larger could not come in anywhere.
        size += store::attachments::of_campaign(store, &mut tx, *id).await?.iter().map(|it| it.size / 3 * 4).sum::<u64>();
        if EXCHANGE_MAX < size {
            return Err(Refusal::FileTooLarge { max: EXCHANGE_MAX }.into());
        }
        ctx.log(&mut tx, Deed::Campaign(*id, CampaignDeed::TakenOut)).await?;
    }
    tx.commit().await?;
    let (ids, bytes) = (ids.into_iter(), Outflow::default());
    Ok(CampaignsOut { ctx: ctx.clone(), ids, bytes, tree: Some(write::begin()), begun: None })
}

/// The campaigns that are meant; one more than a file holds tells that there are too many.
async fn chosen(ctx: &Ctx, order: ChosenCampaigns) -> Result<Vec<CampaignId>, Error> {
    let filter = match order {
        ChosenCampaigns::These(ids) => return Ok(ids),
        ChosenCampaigns::Matching(filter) => filter,
    };
    let mut reader = ctx.engine.store.read().await?;
    let (mut ids, mut query) = (Vec::new(), CampaignQuery { filter, ..CampaignQuery::default() });
    loop {
        let page = store::campaigns::page(&mut reader, &query, ctx.actor.id).await?;
        ids.extend(page.rows.iter().map(|it| it.id));
        query.after = page.next;
        if query.after.is_none() || EXCHANGED_MAX < ids.len() {
            return Ok(ids);
        }
    }
}

impl Pieces for CampaignsOut {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut tree) = self.tree.take() else { return Ok(None) };
        if let Some(begun) = &mut self.begun {
            if !begun.next(&mut tree).await? {
                self.begun = None;
            }
        } else if let Some(id) = self.ids.next() {
            let begun = begin(&self.ctx, id).await?;
            write::begin_campaign(&mut tree, &begun.portable);
            self.begun = Some(begun);
        } else {
            tree.end();
            self.bytes.write_all(tree.take().as_bytes())?;
            return Ok(Some(self.bytes.take()));
        }
        self.bytes.write_all(tree.take().as_bytes())?;
        self.tree = Some(tree);
        Ok(Some(self.bytes.take()))
    }
}

async fn begin(ctx: &Ctx, id: CampaignId) -> Result<Begun, Error> {
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let it = store::campaigns::by_id(store, &mut reader, id).await?;
    let portable = portable(ctx, &mut reader, &it).await?;
    let mut files = Vec::new();
    for file in store::attachments::of_campaign(store, &mut reader, id).await? {
        let content = store::attachments::content(&mut reader, file.id).await?;
        files.push((file, FileOut::new(&ctx.engine, content)));
    }
    Ok(Begun { portable, files: files.into_iter(), current: None })
}

/// A campaign with names in the place of ids, without its files.
async fn portable(ctx: &Ctx, reader: &mut Connection, it: &Stored) -> Result<Portable, Error> {
    let mut draft = CampaignDraft { pace: it.pace, ..it.draft.clone() };
    let channel = draft.channel;
    let mut portable = Portable::default();
    if let CampaignContent::Template(id) = draft.content {
        draft.content = CampaignContent::default();
        portable.template = named(reader, &mut draft, Named::Template(channel), UnmatchedKind::Template, id.0).await?;
    }
    if let Some(id) = draft.account.take() {
        portable.account = named(reader, &mut draft, Named::Account(channel), UnmatchedKind::Account, id.0).await?;
    }
    for part in std::mem::take(&mut draft.audience.include) {
        portable.include.extend(set(ctx, reader, channel, part).await?);
    }
    for part in std::mem::take(&mut draft.audience.exclude) {
        portable.exclude.extend(set(ctx, reader, channel, part).await?);
    }
    draft.attachments = Vec::new();
    portable.draft = draft;
    Ok(portable)
}

/// The name of a template or an account; of which there is no trace any more, its number is told instead.
async fn named(
    reader: &mut Connection,
    draft: &mut CampaignDraft,
    what: Named,
    kind: UnmatchedKind,
    id: i64,
) -> Result<Option<String>, Error> {
    let name = names::name_of(reader, what, id).await?;
    if name.is_none() {
        draft.unmatched.push(Unmatched { kind, name: format!("#{id}"), is_excluded: false });
    }
    Ok(name)
}

/// A set by names; nothing for one that is gone and takes in nobody.
async fn set(ctx: &Ctx, reader: &mut Connection, channel: Channel, part: AudiencePart) -> Result<Option<NamedSet>, Error> {
    Ok(match part {
        AudiencePart::List(id) => names::name_of(reader, Named::List, id.0).await?.map(NamedSet::List),
        AudiencePart::Segment(id) => names::name_of(reader, Named::Segment, id.0).await?.map(NamedSet::Segment),
        AudiencePart::Got(id) => got(reader, id, None, None).await?,
        AudiencePart::GotVersion(id, version) => got(reader, id, Some(version), None).await?,
        AudiencePart::Reacted(id, reaction) => got(reader, id, None, Some(reaction)).await?,
        AudiencePart::Contacts(Chosen::Ticked(ids)) => Some(NamedSet::Ticked(people(reader, channel, &ids).await?)),
        AudiencePart::Contacts(Chosen::Matching { filter, except }) if filter.fields.is_empty() && filter.parent.is_none() => {
            matching(reader, channel, filter, &except).await?
        }
        // Own fields and relatives are known here only: those whom they take in now are written one by one.
        AudiencePart::Contacts(chosen) => Some(NamedSet::Ticked(taken_in(ctx, reader, channel, chosen).await?)),
    })
}

async fn got(
    reader: &mut Connection,
    id: CampaignId,
    version: Option<u32>,
    reaction: Option<model::Reaction>,
) -> Result<Option<NamedSet>, Error> {
    Ok(names::name_of(reader, Named::Campaign, id.0).await?.map(|name| NamedSet::Got(name, version, reaction)))
}

async fn people(reader: &mut Connection, channel: Channel, ids: &[ContactId]) -> Result<Vec<Person>, Error> {
    let mut found = names::persons(reader, channel, ids).await?;
    Ok(ids.iter().filter_map(|it| found.remove(it)).map(|(name, address)| Person { name, address }).collect())
}

async fn matching(
    reader: &mut Connection,
    channel: Channel,
    mut filter: ContactFilter,
    except: &[ContactId],
) -> Result<Option<NamedSet>, Error> {
    let wanted = [
        (Named::Tag, filter.tag.take().map(|it| it.0)),
        (Named::User, filter.owner.take().map(|it| it.0)),
        (Named::List, filter.list.take().map(|it| it.0)),
        (Named::Segment, filter.segment.take().map(|it| it.0)),
    ];
    let mut found: [Option<String>; 4] = Default::default();
    for (name, (what, id)) in found.iter_mut().zip(wanted) {
        let Some(id) = id else { continue };
        *name = names::name_of(reader, what, id).await?;
        if name.is_none() {
            return Ok(None);
        }
    }
    let [tag, owner, list, segment] = found;
    let filter = Box::new(NamedFilter { filter, tag, owner, list, segment });
    Ok(Some(NamedSet::Matching(filter, people(reader, channel, except).await?)))
}

async fn taken_in(ctx: &Ctx, reader: &mut Connection, channel: Channel, mut chosen: Chosen) -> Result<Vec<Person>, Error> {
    if let Chosen::Matching { filter, .. } = &mut chosen {
        match store::segments::filter(reader, filter, ctx.now()).await {
            Ok(()) => {}
            Err(store::Error::Refused(Refusal::NotFound(_))) => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        }
    }
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let step = store::chosen::some(reader, &chosen, after, BATCH).await?;
        all.extend(people(reader, channel, &step.ids).await?);
        if CONTACTS_MAX < all.len() {
            return Err(Refusal::field("audience", Fault::TooMany { max: CONTACTS_MAX as u32 }).into());
        }
        match step.next {
            Some(next) => after = Some(next),
            None => return Ok(all),
        }
    }
}
