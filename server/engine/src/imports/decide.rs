//! What becomes of rows: decided alike for a preview and for the run.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use model::contact::kin_fault;
use model::import::{ParentKey, consent_news, match_key, overlay, take_over};
use model::{
    ConsentDraft, ConsentState, ContactAddresses, ContactDraft, ContactId, FieldDefinition, FieldValue, ImportMatch, ImportMode,
    ImportPlan, OwnValue, ParentLink, Refusal, Relation, RowFault, RowNote, RowOutcome, RowSkipped,
};
use store::Connection;
use store::contacts::{LookedBy, NewContact};

use super::parents::Companies;
use crate::Error;

/// A row that can become a contact.
pub(super) struct Candidate {
    pub keys: Vec<String>,
    pub addresses: ContactAddresses,
    pub named: bool,
    pub new: NewContact,
    pub parents: Vec<ParentKey>,
    pub notes: Vec<RowNote>,
}

/// A row as it was read.
pub(super) struct Parsed {
    pub line: u64,
    pub cells: Vec<String>,
    pub candidate: Result<Box<Candidate>, RowFault>,
}

/// What to do with a row.
pub(super) enum Decision {
    /// Make this contact.
    Create(Box<Candidate>),
    /// Write this over the contact, which is of this revision and was this before.
    Update(Box<Update>),
    /// Nothing; the contact is named when there is one.
    Leave(RowOutcome),
}

/// A change of a contact that is there.
pub(super) struct Update {
    pub contact: ContactId,
    pub revision: i64,
    pub before: ContactDraft,
    pub after: ContactDraft,
    pub addresses: ContactAddresses,
    pub consents: Vec<ConsentDraft>,
    /// By what the company is found that it belongs to and that is not there yet.
    pub waits_for: Vec<ParentKey>,
}

/// Remembers the contacts of earlier rows of a file by hashes of their keys.
#[derive(Default)]
pub(super) struct Seen {
    hashes: HashSet<u64>,
    hasher: RandomState,
    /// The contacts that a row was about: two of its addresses may stand in two rows.
    contacts: HashSet<ContactId>,
}

impl Seen {
    /// Whether any of the keys was met before; they are met from now on.
    pub(super) fn meet(&mut self, keys: &[String]) -> bool {
        let mut met = false;
        for key in keys {
            met |= !self.hashes.insert(self.hasher.hash_one(key));
        }
        met
    }
}

/// A row about which it was decided.
pub(super) struct Decided {
    pub line: u64,
    /// The name in the row, unless it makes a contact that bears it.
    pub name: String,
    pub cells: Vec<String>,
    pub decision: Decision,
    /// What of a row that is taken in could not be.
    pub notes: Vec<RowNote>,
}

/// Decides about rows in their order.
pub(super) async fn decide(
    connection: &mut Connection,
    plan: &ImportPlan,
    own: &[FieldDefinition],
    seen: &mut Seen,
    rows: Vec<Parsed>,
) -> Result<Vec<Decided>, Error> {
    let suppressed = suppressed(connection, &rows).await?;
    let keys: Vec<&str> =
        rows.iter().filter_map(|it| it.candidate.as_ref().ok()).flat_map(|it| &it.keys).map(String::as_str).collect();
    let found = store::contacts::by_keys(connection, looked_by(plan.matched_by), &keys).await?;
    let mut decided = Vec::with_capacity(rows.len());
    for Parsed { line, cells, candidate } in rows {
        let mut candidate = match candidate {
            Ok(it) => it,
            Err(fault) => {
                let decision = Decision::Leave(RowOutcome::Bad(fault));
                decided.push(Decided { line, name: String::new(), cells, decision, notes: Vec::new() });
                continue;
            }
        };
        let name = candidate.new.name().to_owned();
        let mut notes = std::mem::take(&mut candidate.notes);
        let decision = match allowed(candidate, &suppressed, own) {
            None => Decision::Leave(RowOutcome::Skipped(RowSkipped::Suppressed)),
            Some(it) if seen.meet(&it.keys) => Decision::Leave(RowOutcome::Skipped(RowSkipped::Twice)),
            Some(it) => match it.keys.iter().find_map(|key| found.get(key)) {
                None => {
                    decided.push(Decided { line, name: String::new(), cells, decision: Decision::Create(it), notes });
                    continue;
                }
                Some(id) if !seen.contacts.insert(*id) => Decision::Leave(RowOutcome::Skipped(RowSkipped::Twice)),
                Some(id) if plan.mode == ImportMode::CreateOnly => peace(connection, plan, own, *id, &it).await?,
                Some(id) => update(connection, plan, own, *id, (*it, &mut notes)).await?,
            },
        };
        // What is said about a contact that is left as it was is of interest only when it was looked at.
        if !matches!(decision, Decision::Update(_) | Decision::Leave(RowOutcome::Skipped(RowSkipped::Unchanged(_)))) {
            notes.clear();
        }
        decided.push(Decided { line, name, cells, decision, notes });
    }
    Ok(decided)
}

/// Those addresses of the rows that must not be written to.
async fn suppressed(connection: &mut Connection, rows: &[Parsed]) -> Result<HashSet<String>, Error> {
    if !store::suppressions::any(connection).await? {
        return Ok(HashSet::new());
    }
    let candidates = rows.iter().filter_map(|it| it.candidate.as_ref().ok());
    let all: Vec<String> = candidates.flat_map(|it| normalized(&it.addresses)).collect();
    let hits = store::suppressions::among(connection, &all).await?;
    Ok(hits.into_iter().map(|(place, _)| all[place].clone()).collect())
}

fn normalized(addresses: &ContactAddresses) -> impl Iterator<Item = String> {
    let emails = addresses.emails.iter().map(|it| it.address.normalized());
    emails.chain(addresses.phones.iter().map(|it| it.number.as_str().to_owned()))
}

/// The row without addresses that must not be written to; nothing when no other is left.
fn allowed(mut it: Box<Candidate>, suppressed: &HashSet<String>, own: &[FieldDefinition]) -> Option<Box<Candidate>> {
    if suppressed.is_empty() || !normalized(&it.addresses).any(|it| suppressed.contains(&it)) {
        return Some(it);
    }
    it.addresses.emails.retain(|it| !suppressed.contains(&it.address.normalized()));
    it.addresses.phones.retain(|it| !suppressed.contains(it.number.as_str()));
    if it.addresses.emails.is_empty() && it.addresses.phones.is_empty() {
        return None;
    }
    let mut draft = it.new.draft().clone();
    take_over(&mut draft, &it.addresses);
    it.new = prepared(draft, &it.addresses, own).with_consents(it.new.consents().to_vec());
    Some(it)
}

/// The row of a contact that is to stay as it is; that somebody wants no messages is taken over all the same.
async fn peace(
    connection: &mut Connection,
    plan: &ImportPlan,
    own: &[FieldDefinition],
    id: ContactId,
    it: &Candidate,
) -> Result<Decision, Error> {
    let exists = || Decision::Leave(RowOutcome::Skipped(RowSkipped::Exists(id)));
    let withdrawn: Vec<ConsentDraft> =
        it.new.consents().iter().filter(|it| it.state == ConsentState::Withdrawn).cloned().collect();
    if withdrawn.is_empty() && !it.new.draft().no_bulk {
        return Ok(exists());
    }
    let contact = store::contacts::by_id(connection, id).await?;
    let after = ContactDraft { no_bulk: contact.fields.no_bulk || it.new.draft().no_bulk, ..contact.fields.clone() };
    let consents = consent_news(withdrawn, &contact.consents, &mut Vec::new());
    if after == contact.fields && consents.is_empty() {
        return Ok(exists());
    }
    let addresses = after.check(plan.home, own)?;
    let (revision, before) = (contact.revision, contact.fields);
    let update = Update { contact: id, revision, before, after, addresses, consents, waits_for: Vec::new() };
    Ok(Decision::Update(Box::new(update)))
}

/// What the row changes in the contact that is there.
async fn update(
    connection: &mut Connection,
    plan: &ImportPlan,
    own: &[FieldDefinition],
    id: ContactId,
    (it, notes): (Candidate, &mut Vec<RowNote>),
) -> Result<Decision, Error> {
    let contact = store::contacts::by_id(connection, id).await?;
    let mut after = overlay(&contact.fields, it.new.draft(), it.named, plan);
    let waits_for = put_parent(connection, id, &mut after, it.parents, notes).await?;
    let consents = consent_news(it.new.consents().to_vec(), &contact.consents, notes);
    if after == contact.fields && consents.is_empty() && waits_for.is_empty() {
        return Ok(Decision::Leave(RowOutcome::Skipped(RowSkipped::Unchanged(id))));
    }
    match after.check(plan.home, own) {
        Ok(addresses) => {
            let (revision, before) = (contact.revision, contact.fields);
            let update = Update { contact: id, revision, before, after, addresses, consents, waits_for };
            Ok(Decision::Update(Box::new(update)))
        }
        Err(Refusal::Invalid(faults)) => {
            let faults = faults.into_iter().map(|it| (it, String::new())).collect();
            Ok(Decision::Leave(RowOutcome::Bad(RowFault::Fields(faults))))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Lets the contact belong to the company that the row names. Answers by what it is found when it is not there yet.
async fn put_parent(
    connection: &mut Connection,
    id: ContactId,
    after: &mut ContactDraft,
    keys: Vec<ParentKey>,
    notes: &mut Vec<RowNote>,
) -> Result<Vec<ParentKey>, Error> {
    let Some(last) = keys.last() else { return Ok(keys) };
    let companies = Companies::find(connection, &keys.iter().collect::<Vec<_>>()).await?;
    let Some(parent) = companies.of(Some(id), &keys) else { return Ok(keys) };
    if after.parent.is_some_and(|it| it.contact == parent) {
        return Ok(Vec::new());
    }
    let ancestors = store::contacts::ancestors(connection, parent).await?;
    let below = store::contacts::levels_below(connection, id).await?;
    match kin_fault(Some(id), &ancestors, below) {
        None => after.parent = Some(ParentLink { contact: parent, relation: Relation::of(after.nature) }),
        Some(_) => notes.push(RowNote::NoParent(last.text.clone())),
    }
    Ok(Vec::new())
}

/// A contact ready to be written, with the names of the choices of own fields.
pub(super) fn prepared(draft: ContactDraft, addresses: &ContactAddresses, own: &[FieldDefinition]) -> NewContact {
    let choice = |value: &OwnValue| {
        let FieldValue::Choice(id) = value.value else { return None };
        own.iter().flat_map(|it| &it.choices).find(|it| it.id == id).map(|it| it.name.clone())
    };
    NewContact::new(draft, addresses, &choice)
}

/// The keys of a row.
pub(super) fn keys(plan: &ImportPlan, draft: &ContactDraft, addresses: &ContactAddresses) -> Vec<String> {
    match_key(plan.matched_by, draft, addresses)
}

fn looked_by(matched_by: ImportMatch) -> LookedBy {
    match matched_by {
        ImportMatch::Email => LookedBy::Email,
        ImportMatch::Phone => LookedBy::Phone,
        ImportMatch::RegistrationNumber => LookedBy::RegistrationNumber,
        ImportMatch::Own(id) => LookedBy::Own(id),
    }
}

/// Contacts that decisions name as being there already.
pub(super) fn there(outcome: &RowOutcome) -> Option<ContactId> {
    match outcome {
        RowOutcome::Updated(id) | RowOutcome::Skipped(RowSkipped::Exists(id) | RowSkipped::Unchanged(id)) => Some(*id),
        RowOutcome::Created | RowOutcome::Skipped(RowSkipped::Twice | RowSkipped::Suppressed) | RowOutcome::Bad(_) => None,
    }
}
