//! Campaigns that come in: names are looked up; what nobody here is called stays with the draft until a person has decided about it.

use std::collections::{HashMap, HashSet};

use model::campaign::CONTACTS_MAX;
use model::{
    AccountId, Address, AudiencePart, CampaignContent, CampaignDeed, CampaignId, CampaignImported, Channel, Chosen,
    ContactFilter, ContactId, Deed, Permission, Reaction, RecipientListId, Refusal, SegmentId, TableFault, TagId, TemplateId,
    Unmatched, UnmatchedKind, UserId,
};
use store::Tx;
use store::campaigns::names::{self, Named};

use super::portable::{NamedFilter, NamedSet, Person, Portable};
use super::write;
use crate::{Arriving, Ctx, Error, attachments};

/// How many addresses are looked up at once.
const BATCH: usize = 5_000;

/// Refuses what could not be typed either, and gives files the names under which they are kept.
pub(super) async fn check(ctx: &Ctx, all: &mut [Portable], files: &[Arriving]) -> Result<(), Error> {
    for it in all {
        check_one(ctx, it, files).await?;
    }
    Ok(())
}

async fn check_one(ctx: &Ctx, it: &mut Portable, files: &[Arriving]) -> Result<(), Error> {
    if it.draft.audience.overrides_no_bulk {
        ctx.require(Permission::SuppressionsLift)?;
    }
    it.draft.check().map_err(|refusal| placed(it.line, refusal))?;
    let people = it.include.iter().chain(&it.exclude).map(|it| it.people().len());
    if people.max().is_some_and(|it| CONTACTS_MAX < it) {
        return Err(Refusal::BadTable { line: it.line, fault: TableFault::TooManyElements { max: CONTACTS_MAX as u64 } }.into());
    }
    if it.files.is_empty() {
        return Ok(());
    }
    let max = attachments::limit(ctx).await?;
    for file in &mut it.files {
        let name = attachments::acceptable(ctx, &file.name, files.get(file.place).map_or(0, Arriving::size), max).await;
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

/// Who here has the addresses of all people that campaigns name, looked up before anything is written.
pub(super) async fn people_of(ctx: &Ctx, all: &[Portable]) -> Result<HashMap<String, ContactId>, Error> {
    let people = all.iter().flat_map(|it| it.include.iter().chain(&it.exclude)).flat_map(NamedSet::people);
    let addresses: Vec<Address> = people.filter_map(|it| Address::parse(it.address.trim()).ok()).collect();
    let mut reader = ctx.engine.store.read().await?;
    let mut known = HashMap::new();
    for some in addresses.chunks(BATCH) {
        known.extend(names::holders(&mut reader, some).await?);
    }
    Ok(known)
}

/// Makes a draft of a campaign that has come, with its files.
pub(super) async fn arrive(
    ctx: &Ctx,
    tx: &mut Tx,
    known: &HashMap<String, ContactId>,
    it: Portable,
    files: &mut [Option<Arriving>],
) -> Result<CampaignImported, Error> {
    let mut draft = it.draft;
    let mut search = Search { channel: draft.channel, known, lost: Vec::new(), told: HashSet::new() };
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
        let Some(content) = files.get_mut(file.place).and_then(Option::take) else { continue };
        let kept = attachments::keep_arrived(ctx, tx, &file.name, &file.media_type, content.into_content()).await?;
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
struct Search<'a> {
    channel: Channel,
    /// Contacts by their normalised addresses.
    known: &'a HashMap<String, ContactId>,
    lost: Vec<Unmatched>,
    told: HashSet<Unmatched>,
}

impl Search<'_> {
    fn lose(&mut self, kind: UnmatchedKind, name: String, is_excluded: bool) {
        let lost = Unmatched { kind, name, is_excluded };
        if self.told.insert(lost.clone()) {
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
            NamedSet::Got(name, version, reaction) => self.got(tx, name, (version, reaction), is_excluded).await?,
            NamedSet::Ticked(people) => {
                let ids = self.people(people, is_excluded);
                (!ids.is_empty()).then_some(AudiencePart::Contacts(Chosen::Ticked(ids)))
            }
            NamedSet::Matching(filter, except) => self.matching(tx, *filter, except, is_excluded).await?,
        })
    }

    /// Those who got a campaign. A version of it or a reaction to it is lost together with its name: a campaign that is later called so
    /// would take in everybody who got it.
    async fn got(
        &mut self,
        tx: &mut Tx,
        name: String,
        (version, reaction): (Option<u32>, Option<Reaction>),
        is_excluded: bool,
    ) -> Result<Option<AudiencePart>, Error> {
        let id = names::find(tx, Named::Campaign, &name).await?.map(CampaignId);
        let told = match (version, reaction) {
            (Some(version), _) => Some(format!("got=\"{name}\" version=\"{version}\"")),
            (None, Some(reaction)) => Some(format!("got=\"{name}\" reaction=\"{}\"", write::reaction_code(reaction))),
            (None, None) => None,
        };
        Ok(match (id, version, reaction) {
            (Some(id), Some(version), _) => Some(AudiencePart::GotVersion(id, version)),
            (Some(id), None, Some(reaction)) => Some(AudiencePart::Reacted(id, reaction)),
            (Some(id), None, None) => Some(AudiencePart::Got(id)),
            (None, ..) => {
                let kind = if told.is_some() { UnmatchedKind::Filter } else { UnmatchedKind::Campaign };
                self.lose(kind, told.unwrap_or(name), is_excluded);
                None
            }
        })
    }

    fn person(&self, it: &Person) -> Option<ContactId> {
        self.known.get(&Address::parse(it.address.trim()).ok()?.normalized()).copied()
    }

    fn people(&mut self, people: Vec<Person>, is_excluded: bool) -> Vec<ContactId> {
        let (mut ids, mut seen) = (Vec::with_capacity(people.len()), HashSet::new());
        for it in people {
            match self.person(&it) {
                Some(id) if seen.insert(id) => ids.push(id),
                Some(_) => {}
                None if it.address.is_empty() => self.lose(UnmatchedKind::Contact, it.name, is_excluded),
                None if it.name.is_empty() => self.lose(UnmatchedKind::Contact, it.address, is_excluded),
                None => self.lose(UnmatchedKind::Contact, format!("{} <{}>", it.name, it.address), is_excluded),
            }
        }
        ids
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
        let mut seen = HashSet::new();
        let except = except.iter().filter_map(|it| self.person(it)).filter(|it| seen.insert(*it)).collect();
        Ok(Some(AudiencePart::Contacts(Chosen::Matching { filter, except })))
    }
}
