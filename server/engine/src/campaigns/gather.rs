//! Gathering an audience, batch by batch: each batch is one transaction that also keeps how far gathering is.

use std::collections::{HashMap, HashSet};

use model::address::{parse_list, parse_phones};
use model::{
    Address, AudiencePart, CampaignKind, Channel, Chosen, Company, ConsentRule, ConsentState, ContactId, EmailAddress, LeftOut,
    Refusal,
};
use store::Connection;
use store::campaigns::audience::{self, Candidate, NewRecipient};
use store::campaigns::{Gather, Stored};

use crate::{Ctx, Error};

/// How many contacts are looked at in one go.
const BATCH: usize = 1_000;
/// How many rows of an earlier gathering go at once.
const SWEPT: u32 = 5_000;

/// Does the next bit of gathering; false when the audience is complete.
///
/// # Errors
/// Refuses as stale when somebody stopped it; fails when the database fails.
pub(super) async fn step(ctx: &Ctx, it: &Stored, gather: Gather) -> Result<bool, Error> {
    if !gather.is_cleared {
        return clear(ctx, it, gather).await;
    }
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let company = store::company::get(&mut reader).await?.unwrap_or_default();
    let (candidates, typed, next) = match it.draft.audience.include.get(gather.part) {
        Some(part) => next_of(ctx, &mut reader, it, part, gather).await?,
        None => (Vec::new(), typed(it, &company), None),
    };
    let recipients = judge(ctx, &mut reader, it, &company, candidates, typed).await?;
    drop(reader);
    let mut tx = store.write().await?;
    audience::put(&mut tx, it.id, &recipients).await?;
    store::campaigns::work::set_gather(&mut tx, it.id, next).await?;
    tx.commit().await?;
    Ok(next.is_some())
}

/// Takes out what an earlier gathering found and nothing was made of.
async fn clear(ctx: &Ctx, it: &Stored, gather: Gather) -> Result<bool, Error> {
    let mut tx = ctx.engine.store.write().await?;
    let swept = audience::clear(&mut tx, it.id, SWEPT).await?;
    let next = Gather { is_cleared: swept == 0, ..gather };
    store::campaigns::work::set_gather(&mut tx, it.id, Some(next)).await?;
    tx.commit().await?;
    Ok(true)
}

/// Somebody whose address was typed, or comes from another campaign without a contact: name and address as written.
type Typed = (String, String);

/// The next contacts and addresses of a set, and where gathering goes on.
async fn next_of(
    ctx: &Ctx,
    reader: &mut Connection,
    it: &Stored,
    part: &AudiencePart,
    gather: Gather,
) -> Result<(Vec<Candidate>, Vec<Typed>, Option<Gather>), Error> {
    let channel = it.draft.channel;
    let following = Gather { part: gather.part + 1, after: 0, ..gather };
    if let Some(got) = part.got() {
        let rows = audience::got(reader, got, gather.after, BATCH as u32).await?;
        let next = rows.last().filter(|_| rows.len() == BATCH).map_or(following, |it| Gather { after: it.0, ..gather });
        let ids: Vec<ContactId> = rows.iter().filter_map(|it| it.1).collect();
        let candidates = audience::candidates(reader, it.id, channel, &ids).await?;
        let typed = rows.into_iter().filter(|it| it.1.is_none()).map(|it| (it.2, it.3)).collect();
        return Ok((candidates, typed, Some(next)));
    }
    let Some(chosen) = chosen(ctx, reader, part).await? else { return Ok((Vec::new(), Vec::new(), Some(following))) };
    let after = (0 < gather.after).then_some(ContactId(gather.after));
    let step = store::chosen::some(reader, &chosen, after, BATCH).await?;
    let next = step.next.map_or(following, |it| Gather { after: it.0, ..gather });
    Ok((audience::candidates(reader, it.id, channel, &step.ids).await?, Vec::new(), Some(next)))
}

/// A set as contacts chosen in a list; nothing when it is gone.
async fn chosen(ctx: &Ctx, reader: &mut Connection, part: &AudiencePart) -> Result<Option<Chosen>, Error> {
    let Some(mut chosen) = part.chosen() else { return Ok(None) };
    if let Chosen::Matching { filter, .. } = &mut chosen {
        match store::segments::filter(reader, filter, ctx.now()).await {
            Ok(()) => {}
            // A segment that was deleted since takes in nobody.
            Err(store::Error::Refused(Refusal::NotFound(_))) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Some(chosen))
}

/// The typed addresses.
fn typed(it: &Stored, company: &Company) -> Vec<Typed> {
    let text = &it.draft.audience.typed;
    match it.draft.channel {
        Channel::Email => parse_list(text)
            .into_iter()
            .map(|it| (it.name(), it.address.map_or(it.text, |address| address.as_str().to_owned())))
            .collect(),
        Channel::Sms => parse_phones(text, company.country)
            .into_iter()
            .map(|it| (it.name(), it.number.map_or(it.text, |number| number.as_str().to_owned())))
            .collect(),
    }
}

/// Decides who gets a message and who does not, and why.
async fn judge(
    ctx: &Ctx,
    reader: &mut Connection,
    it: &Stored,
    company: &Company,
    candidates: Vec<Candidate>,
    typed: Vec<Typed>,
) -> Result<Vec<NewRecipient>, Error> {
    let mut all: Vec<(NewRecipient, Option<Candidate>)> = candidates
        .into_iter()
        .map(|candidate| {
            let new = NewRecipient {
                contact: Some((candidate.contact, candidate.revision)),
                name: candidate.name.clone(),
                address: candidate.address.clone().unwrap_or_default(),
                key: None,
                language: candidate.language.unwrap_or(company.language),
                left_out: None,
            };
            (new, Some(candidate))
        })
        .collect();
    for (name, address) in typed {
        all.push(known(reader, it, company, name, address).await?);
    }
    let excluded = excluded(ctx, reader, it, &all).await?;
    let addresses: Vec<String> = all.iter().map(|it| it.0.address.clone()).collect();
    let mut suppressed: HashMap<usize, model::SuppressedBy> =
        store::suppressions::among(reader, &addresses).await?.into_iter().collect();
    let keys: Vec<Option<i64>> = addresses.iter().map(|address| key(it.draft.channel, address)).collect();
    let mut holders = audience::holders(reader, it.id, &keys.iter().flatten().copied().collect::<Vec<_>>()).await?;
    let mut judged = Vec::with_capacity(all.len());
    for (n, (mut new, candidate)) in all.into_iter().enumerate() {
        let holder = keys[n].and_then(|key| holders.get(&key).cloned());
        new.left_out = match (&keys[n], candidate.as_ref()) {
            (None, _) if new.address.is_empty() => Some(LeftOut::NoAddress),
            (None, _) => Some(LeftOut::Invalid),
            _ if excluded[n] => Some(LeftOut::Excluded),
            (_, Some(candidate)) if !wants(it, candidate) => Some(LeftOut::NoBulk),
            (_, Some(candidate)) if !agrees(it, candidate) => Some(LeftOut::NoConsent),
            _ => match (suppressed.remove(&n), holder) {
                (Some(by), _) => Some(LeftOut::Suppressed(Some(by))),
                (None, Some((contact, name))) => {
                    // Who was prepared already, or was typed twice, is no duplicate worth telling.
                    if contact == new.contact.map(|it| it.0) && (contact.is_some() || name == shown(&new)) {
                        continue;
                    }
                    Some(LeftOut::Duplicate(name))
                }
                (None, None) => None,
            },
        };
        if let (None, Some(key)) = (&new.left_out, keys[n]) {
            new.key = Some(key);
            holders.insert(key, (new.contact.map(|it| it.0), shown(&new)));
        }
        judged.push(new);
    }
    Ok(judged)
}

/// How somebody is named: by the address where there is no name.
fn shown(new: &NewRecipient) -> String {
    if new.name.is_empty() { new.address.clone() } else { new.name.clone() }
}

/// What is known about an address that was typed.
async fn known(
    reader: &mut Connection,
    it: &Stored,
    company: &Company,
    name: String,
    address: String,
) -> Result<(NewRecipient, Option<Candidate>), Error> {
    let mut new = NewRecipient { contact: None, name, address, key: None, language: company.language, left_out: None };
    let Ok(email) = EmailAddress::parse(&new.address) else { return Ok((new, None)) };
    let Some((contact, known)) = store::contacts::by_address(reader, &email.clone().into()).await? else {
        return Ok((new, None));
    };
    let candidate = audience::candidates(reader, it.id, it.draft.channel, &[contact]).await?.pop();
    if let Some(candidate) = &candidate {
        new.contact = Some((contact, candidate.revision));
        new.language = candidate.language.unwrap_or(company.language);
    }
    if new.name.is_empty() {
        new.name = known;
    }
    Ok((new, candidate))
}

/// Which of them are in an excluded set.
async fn excluded(
    ctx: &Ctx,
    reader: &mut Connection,
    it: &Stored,
    all: &[(NewRecipient, Option<Candidate>)],
) -> Result<Vec<bool>, Error> {
    let mut excluded = vec![false; all.len()];
    let contacts: Vec<ContactId> = all.iter().filter_map(|it| it.0.contact.map(|it| it.0)).collect();
    for part in &it.draft.audience.exclude {
        if let Some(got) = part.got() {
            let keys: Vec<Option<i64>> = all.iter().map(|new| key(it.draft.channel, &new.0.address)).collect();
            let got = audience::got_among(reader, got, &keys.iter().flatten().copied().collect::<Vec<_>>()).await?;
            for (n, key) in keys.iter().enumerate() {
                excluded[n] |= key.is_some_and(|it| got.contains(&it));
            }
            continue;
        }
        let found: HashSet<ContactId> = match chosen(ctx, reader, part).await? {
            Some(Chosen::Ticked(ids)) => ids.into_iter().collect(),
            Some(Chosen::Matching { filter, except }) => {
                let mut found = audience::matching(reader, &filter, &contacts).await?;
                found.retain(|it| !except.contains(it));
                found
            }
            None => HashSet::new(),
        };
        for (n, (new, _)) in all.iter().enumerate() {
            excluded[n] |= new.contact.is_some_and(|it| found.contains(&it.0));
        }
    }
    Ok(excluded)
}

/// Whether a contact lets bulk messages come, or the notice is too important.
fn wants(it: &Stored, candidate: &Candidate) -> bool {
    let overrides = it.draft.audience.overrides_no_bulk && it.draft.kind == CampaignKind::Service;
    !candidate.no_bulk || overrides
}

/// Whether a contact gave the consent that a commercial campaign needs.
fn agrees(it: &Stored, candidate: &Candidate) -> bool {
    if it.draft.kind == CampaignKind::Service {
        return true;
    }
    match it.draft.audience.consent {
        ConsentRule::NotWithdrawn => candidate.consent != ConsentState::Withdrawn,
        ConsentRule::Given => matches!(candidate.consent, ConsentState::Given | ConsentState::Confirmed),
    }
}

/// What tells an address from others; nothing when it is none of the channel.
fn key(channel: Channel, address: &str) -> Option<i64> {
    let address = Address::parse(address).ok().filter(|it| it.channel() == channel)?;
    Some(audience::key(&address.normalized()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_one_key_however_it_is_written() {
        assert_eq!(key(Channel::Email, "eva@Example.SK"), key(Channel::Email, "eva@example.sk"));
        assert_eq!(key(Channel::Email, "+421905123456"), None);
        assert_eq!(key(Channel::Sms, "eva@example.sk"), None);
        assert_ne!(key(Channel::Sms, "+421905123456"), key(Channel::Sms, "+421905123457"));
    }
}
