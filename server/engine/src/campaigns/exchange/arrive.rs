//! Campaigns that come in: names are looked up; what nobody here is called stays with the draft until a person has decided about it.

use model::campaign::EXCHANGE_MAX;
use model::{
    AccountId, Address, AudiencePart, CampaignContent, CampaignDeed, CampaignId, CampaignImported, Change, Channel, Chosen,
    ContactFilter, ContactId, Deed, Permission, RecipientListId, Refusal, SegmentId, TableFault, TagId, TemplateId, Unmatched,
    UnmatchedKind, UserId,
};
use store::Tx;
use store::campaigns::names::{self, Named};

use super::portable::{NamedFilter, NamedSet, Person, Portable};
use super::{read, write};
use crate::{Ctx, Error, attachments, imports};

/// The greatest size in bytes of a file of campaigns.
///
/// # Errors
/// Refuses who may not make campaigns.
pub fn take_in_limit(ctx: &Ctx) -> Result<u64, Error> {
    ctx.require(Permission::CampaignWrite)?;
    Ok(EXCHANGE_MAX)
}

/// Takes campaigns in from XML, all of them or none. Each becomes a draft of whoever takes it in; nothing is prepared or sent.
///
/// # Errors
/// Refuses who may not make campaigns, and with its place whatever is not as the schema says; files as when they are put up one by one.
pub async fn take_in(ctx: &Ctx, bytes: Vec<u8>) -> Result<Vec<CampaignImported>, Error> {
    ctx.require(Permission::CampaignWrite)?;
    let max = take_in_limit(ctx)?;
    if max < bytes.len() as u64 {
        return Err(Refusal::FileTooLarge { max }.into());
    }
    let read = tokio::task::spawn_blocking(move || read::campaigns(&bytes)).await?;
    let mut portables = read.map_err(imports::worded)?;
    for it in &mut portables {
        check(ctx, it).await?;
    }
    let mut tx = ctx.engine.store.write().await?;
    let mut came = Vec::with_capacity(portables.len());
    for it in portables {
        came.push(arrive(ctx, &mut tx, it).await?);
    }
    tx.commit().await?;
    ctx.tell(Change::Campaigns);
    Ok(came)
}

/// Refuses what could not be typed either, and gives files the names under which they are kept.
async fn check(ctx: &Ctx, it: &mut Portable) -> Result<(), Error> {
    if it.draft.audience.overrides_no_bulk {
        ctx.require(Permission::SuppressionsLift)?;
    }
    it.draft.check().map_err(|refusal| placed(it.line, refusal))?;
    if it.files.is_empty() {
        return Ok(());
    }
    let max = attachments::limit(ctx).await?;
    for file in &mut it.files {
        let name = attachments::acceptable(ctx, &file.name, file.content.len() as u64, max).await;
        file.name = name.map_err(|error| match error {
            Error::Refused(refusal) => placed(file.line, refusal),
            error => error,
        })?;
    }
    Ok(())
}

/// A wrong field with its place in the file.
fn placed(line: u64, refusal: Refusal) -> Error {
    match refusal {
        Refusal::Invalid(faults) => {
            let name = faults.into_iter().next().map(|it| it.field).unwrap_or_default();
            Refusal::BadTable { line, fault: TableFault::Wrong { name, value: String::new() } }.into()
        }
        other => other.into(),
    }
}

async fn arrive(ctx: &Ctx, tx: &mut Tx, it: Portable) -> Result<CampaignImported, Error> {
    let mut draft = it.draft;
    let mut search = Search { channel: draft.channel, lost: Vec::new() };
    let (mut template, mut account) = (it.template, it.account);
    let (mut include, mut exclude) = (it.include, it.exclude);
    // What was undecided where it comes from may have a name here.
    for it in std::mem::take(&mut draft.unmatched) {
        let sets = if it.is_excluded { &mut exclude } else { &mut include };
        match it.kind {
            UnmatchedKind::Template if template.is_none() && draft.content == CampaignContent::default() => {
                template = Some(it.name)
            }
            UnmatchedKind::Account if account.is_none() => account = Some(it.name),
            UnmatchedKind::List => sets.push(NamedSet::List(it.name)),
            UnmatchedKind::Segment => sets.push(NamedSet::Segment(it.name)),
            UnmatchedKind::Campaign => sets.push(NamedSet::Got(it.name, None, None)),
            UnmatchedKind::Template | UnmatchedKind::Account | UnmatchedKind::Contact | UnmatchedKind::Filter => {
                search.lost.push(it)
            }
        }
    }
    if let Some(name) = template
        && let Some(id) = search.find(tx, Named::Template(search.channel), UnmatchedKind::Template, name, false).await?
    {
        draft.content = CampaignContent::Template(TemplateId(id));
    }
    if let Some(name) = account {
        let id = search.find(tx, Named::Account(search.channel), UnmatchedKind::Account, name, false).await?;
        draft.account = id.map(AccountId);
    }
    draft.audience.include = search.sets(tx, include, false).await?;
    draft.audience.exclude = search.sets(tx, exclude, true).await?;
    draft.unmatched = search.lost;
    for file in it.files {
        let kept = attachments::keep(ctx, tx, &file.name, &file.media_type, &file.content).await?;
        draft.attachments.push(kept.id);
    }
    draft.check().map_err(|refusal| placed(it.line, refusal))?;
    let id = store::campaigns::create(&ctx.engine.store, tx, &draft, None, ctx.actor.id, ctx.now()).await?;
    ctx.log(tx, Deed::Campaign(id, CampaignDeed::Imported)).await?;
    if draft.audience.overrides_no_bulk {
        ctx.log(tx, Deed::Campaign(id, CampaignDeed::NoBulkOverridden)).await?;
    }
    Ok(CampaignImported { id, name: draft.name, unmatched: draft.unmatched })
}

/// Looks names up, and remembers those that nobody here has.
struct Search {
    channel: Channel,
    lost: Vec<Unmatched>,
}

impl Search {
    fn lose(&mut self, kind: UnmatchedKind, name: String, is_excluded: bool) {
        let lost = Unmatched { kind, name, is_excluded };
        if !self.lost.contains(&lost) {
            self.lost.push(lost);
        }
    }

    async fn find(
        &mut self,
        tx: &mut Tx,
        what: Named,
        kind: UnmatchedKind,
        name: String,
        is_excluded: bool,
    ) -> Result<Option<i64>, Error> {
        let found = names::find(tx, what, &name).await?;
        if found.is_none() {
            self.lose(kind, name, is_excluded);
        }
        Ok(found)
    }

    async fn sets(&mut self, tx: &mut Tx, sets: Vec<NamedSet>, is_excluded: bool) -> Result<Vec<AudiencePart>, Error> {
        let mut parts = Vec::with_capacity(sets.len());
        for it in sets {
            let part = self.set(tx, it, is_excluded).await?;
            parts.extend(part.filter(|it| !parts.contains(it)));
        }
        Ok(parts)
    }

    async fn set(&mut self, tx: &mut Tx, set: NamedSet, is_excluded: bool) -> Result<Option<AudiencePart>, Error> {
        Ok(match set {
            NamedSet::List(name) => {
                let id = self.find(tx, Named::List, UnmatchedKind::List, name, is_excluded).await?;
                id.map(|it| AudiencePart::List(RecipientListId(it)))
            }
            NamedSet::Segment(name) => {
                let id = self.find(tx, Named::Segment, UnmatchedKind::Segment, name, is_excluded).await?;
                id.map(|it| AudiencePart::Segment(SegmentId(it)))
            }
            NamedSet::Got(name, version, reaction) => {
                let id = self.find(tx, Named::Campaign, UnmatchedKind::Campaign, name, is_excluded).await?.map(CampaignId);
                id.map(|id| match (version, reaction) {
                    (Some(version), _) => AudiencePart::GotVersion(id, version),
                    (None, Some(reaction)) => AudiencePart::Reacted(id, reaction),
                    (None, None) => AudiencePart::Got(id),
                })
            }
            NamedSet::Ticked(people) => {
                let ids = self.people(tx, people, is_excluded).await?;
                (!ids.is_empty()).then_some(AudiencePart::Contacts(Chosen::Ticked(ids)))
            }
            NamedSet::Matching(filter, except) => self.matching(tx, *filter, except, is_excluded).await?,
        })
    }

    async fn people(&mut self, tx: &mut Tx, people: Vec<Person>, is_excluded: bool) -> Result<Vec<ContactId>, Error> {
        let mut ids = Vec::with_capacity(people.len());
        for it in people {
            let found = match Address::parse(it.address.trim()) {
                Ok(address) => store::contacts::by_address(tx, &address).await?,
                Err(_) => None,
            };
            match found {
                Some((id, _)) if ids.contains(&id) => {}
                Some((id, _)) => ids.push(id),
                None if it.address.is_empty() => self.lose(UnmatchedKind::Contact, it.name, is_excluded),
                None if it.name.is_empty() => self.lose(UnmatchedKind::Contact, it.address, is_excluded),
                None => self.lose(UnmatchedKind::Contact, format!("{} <{}>", it.name, it.address), is_excluded),
            }
        }
        Ok(ids)
    }

    /// A filter that names something nobody here is called is lost as a whole: without that condition it would take in more people.
    async fn matching(
        &mut self,
        tx: &mut Tx,
        named: NamedFilter,
        except: Vec<Person>,
        is_excluded: bool,
    ) -> Result<Option<AudiencePart>, Error> {
        let wanted =
            [(Named::Tag, &named.tag), (Named::User, &named.owner), (Named::List, &named.list), (Named::Segment, &named.segment)];
        let mut found = [None; 4];
        for (id, (what, name)) in found.iter_mut().zip(wanted) {
            let Some(name) = name else { continue };
            *id = names::find(tx, what, name).await?;
            if id.is_none() {
                let told: Vec<String> = write::attributes(&named).iter().map(|it| format!("{}=\"{}\"", it.0, it.1)).collect();
                self.lose(UnmatchedKind::Filter, told.join(" "), is_excluded);
                return Ok(None);
            }
        }
        let [tag, owner, list, segment] = found;
        let filter = ContactFilter {
            tag: tag.map(TagId),
            owner: owner.map(UserId),
            list: list.map(RecipientListId),
            segment: segment.map(SegmentId),
            ..named.filter
        };
        // Whoever was taken out of it and is nobody here is not in it anyway.
        let lost = self.lost.len();
        let except = self.people(tx, except, is_excluded).await?;
        self.lost.truncate(lost);
        Ok(Some(AudiencePart::Contacts(Chosen::Matching { filter, except })))
    }
}
