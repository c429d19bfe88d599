//! Contacts find the companies that they belong to, before them in the file, behind them, or in the database.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::contact::kin_fault;
use model::import::{ParentBy, ParentKey};
use model::{ContactId, ImportId, Nature, ReportRow, RowNote, RowOutcome};
use store::imports::Child;
use store::{Connection, Tx};

use crate::{Engine, Error};

/// How many that wait are looked at in one transaction.
const PIECE: u32 = 1_000;

/// The companies that keys lead to.
#[derive(Default)]
pub(super) struct Companies(HashMap<(ParentBy, String), Vec<ContactId>>);

impl Companies {
    /// Looks all these keys up.
    pub(super) async fn find(connection: &mut Connection, keys: &[&ParentKey]) -> Result<Self, Error> {
        let mut asked: BTreeMap<ParentBy, BTreeSet<&str>> = BTreeMap::new();
        for it in keys {
            asked.entry(it.by).or_default().insert(&it.key);
        }
        let mut found: HashMap<(ParentBy, String), Vec<ContactId>> = HashMap::new();
        for (by, keys) in asked {
            for (key, id) in store::contacts::companies(connection, by, &keys).await? {
                found.entry((by, key)).or_default().push(id);
            }
        }
        Ok(Self(found))
    }

    /// The company that the keys of a contact lead to. A surer key decides and the next ones choose among what it leads to, as between
    /// a company and its branches of one number; a name alone decides only when it is the name of one company.
    pub(super) fn of(&self, child: Option<ContactId>, keys: &[ParentKey]) -> Option<ContactId> {
        let (mut left, mut by_name_alone): (Vec<ContactId>, bool) = (Vec::new(), true);
        for it in keys {
            let Some(fit) = self.0.get(&(it.by, it.key.clone())) else { continue };
            let fit = fit.iter().copied().filter(|id| Some(*id) != child);
            if left.is_empty() {
                left = fit.collect();
                by_name_alone = it.by == ParentBy::Name;
            } else {
                let both: Vec<ContactId> = fit.filter(|it| left.contains(it)).collect();
                left = if both.is_empty() { left } else { both };
            }
        }
        if by_name_alone && 1 < left.len() { None } else { left.first().copied() }
    }
}

/// Links contacts with their companies. Answers those whose company is not there, and those who cannot belong to theirs.
async fn link(tx: &mut Tx, children: Vec<Child>) -> Result<(Vec<Child>, Vec<Child>), Error> {
    let keys: Vec<&ParentKey> = children.iter().flat_map(|it| &it.keys).collect();
    let companies = Companies::find(tx, &keys).await?;
    let (mut missing, mut refused, mut links) = (Vec::new(), Vec::new(), Vec::new());
    let mut lines: HashMap<ContactId, Vec<(ContactId, Nature)>> = HashMap::new();
    for child in children {
        let Some(parent) = companies.of(Some(child.contact), &child.keys) else {
            missing.push(child);
            continue;
        };
        let ancestors = match lines.get(&parent) {
            Some(known) => known.clone(),
            None => store::contacts::ancestors(tx, parent).await?,
        };
        let is_company = child.nature == Nature::Company;
        // Nobody belongs to a person, so only companies have a line of their own below them.
        let below = if is_company { store::contacts::levels_below(tx, child.contact).await? } else { 0 };
        if kin_fault(Some(child.contact), &ancestors, below).is_some() {
            refused.push(child);
        } else if is_company {
            store::contacts::link_many(tx, &[(child.contact, parent)]).await?;
            lines.clear();
        } else {
            links.push((child.contact, parent));
            lines.insert(parent, ancestors);
        }
    }
    if !links.is_empty() {
        store::contacts::link_many(tx, &links).await?;
    }
    Ok((missing, refused))
}

/// Links the contacts of a batch; those whose company is not there wait for the end of the file.
pub(super) async fn link_or_wait(tx: &mut Tx, import: ImportId, children: Vec<Child>) -> Result<Vec<ReportRow>, Error> {
    if children.is_empty() {
        return Ok(Vec::new());
    }
    let (missing, refused) = link(tx, children).await?;
    store::imports::let_wait(tx, import, &missing).await?;
    Ok(refused.into_iter().map(noted).collect())
}

/// Links the contacts that wait, now that everything of the file that comes is there. Who still finds no company gets a note.
pub(super) async fn end(engine: &Engine, import: ImportId) -> Result<(), Error> {
    loop {
        let mut tx = engine.store.write().await?;
        let (last, children) = store::imports::waiting(&mut tx, import, PIECE).await?;
        if children.is_empty() {
            return Ok(());
        }
        let (missing, refused) = link(&mut tx, children).await?;
        let rows: Vec<ReportRow> = missing.into_iter().chain(refused).map(noted).collect();
        if !rows.is_empty() {
            store::imports::add_report(&engine.store, &mut tx, import, &rows).await?;
        }
        store::imports::end_waiting(&mut tx, import, last).await?;
        tx.commit().await?;
    }
}

/// The row of a contact that belongs to nobody although the file says to whom.
fn noted(child: Child) -> ReportRow {
    let outcome = if child.is_new { RowOutcome::Created } else { RowOutcome::Updated(child.contact) };
    let text = child.keys.last().map(|it| it.text.clone()).unwrap_or_default();
    ReportRow { line: child.line, name: child.name, outcome, cells: Vec::new(), notes: vec![RowNote::NoParent(text)] }
}
