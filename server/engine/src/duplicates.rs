//! Use cases about duplicates: found, dismissed, merged.

use model::address::parse_list;
use model::{
    AddressHolder, Change, ContactDraft, ContactId, Deed, DuplicatePage, DuplicatePlace, DuplicateReason, Fault, HomeCountry,
    MergeDraft, Nature, Noun, Permission, PhoneNumber, Refusal,
};
use store::Tx;

use crate::contacts::check_links;
use crate::{Ctx, Error};

/// Groups of contacts that seem to be the same, from a place on.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn list(ctx: &Ctx, place: DuplicatePlace) -> Result<DuplicatePage, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::duplicates::page(&mut reader, &place).await?)
}

/// Remembers that the contacts of a group are not the same.
///
/// # Errors
/// Refuses who may not change contacts.
pub async fn dismiss(ctx: &Ctx, reason: DuplicateReason, key: String) -> Result<(), Error> {
    ctx.require(Permission::ContactsEdit)?;
    let mut tx = ctx.engine.store.write().await?;
    let n = store::duplicates::dismiss(&mut tx, reason, &key).await?;
    if 0 < n {
        ctx.log(&mut tx, Deed::DuplicatesDismissed(n)).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Contacts);
    Ok(())
}

/// Who has these addresses and numbers already, besides one contact. What is no address yet is passed over.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn holders(
    ctx: &Ctx,
    emails: Vec<String>,
    phones: Vec<String>,
    besides: Option<ContactId>,
) -> Result<Vec<AddressHolder>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    let home = store::company::get(&mut reader).await?.map_or(HomeCountry::default(), |it| it.country);
    let emails: Vec<_> = emails.iter().take(20).flat_map(|it| parse_list(it)).filter_map(|it| it.address.ok()).collect();
    let phones: Vec<_> = phones.iter().take(20).filter_map(|it| PhoneNumber::parse(it, home).ok()).collect();
    Ok(store::duplicates::holders(&mut reader, &emails, &phones, besides).await?)
}

/// Lets the second contact go into the first one: addresses, tags, lists, consents, messages and history of both belong to it then, and
/// the id of the second one leads to it. This is for ever.
///
/// # Errors
/// Refuses when either changed meanwhile, and names wrong fields.
pub async fn merge(ctx: &Ctx, draft: MergeDraft) -> Result<ContactId, Error> {
    ctx.require(Permission::ContactsEdit)?;
    ctx.require(Permission::ContactsDelete)?;
    let MergeDraft { survivor: (survivor, revision), other: (other, other_revision), mut fields } = draft;
    let mut tx = ctx.engine.store.write().await?;
    let before = store::contacts::by_id(&mut tx, survivor).await?;
    let gone = store::contacts::by_id(&mut tx, other).await?;
    if survivor == other || gone.revision != other_revision {
        return Err(Refusal::Stale(Noun::Contact).into());
    }
    let own = store::fields::all(&mut tx).await?;
    untie(&mut tx, survivor, other, &mut fields).await?;
    let home = store::company::get(&mut tx).await?.map_or(HomeCountry::default(), |it| it.country);
    let addresses = fields.check(home, &own)?;
    check_links(&mut tx, Some(survivor), &mut fields).await?;
    store::contacts::change(&mut tx, survivor, revision, &fields, &addresses, ctx.now()).await?;
    if !before.has_password && gone.has_password {
        let password = store::contacts::open_password(&ctx.engine.store, &mut tx, other).await?;
        store::contacts::set_password(&ctx.engine.store, &mut tx, survivor, password.as_deref()).await?;
    }
    store::suppressions::move_contact(&mut tx, other, survivor).await?;
    store::duplicates::merge(&mut tx, survivor, other, ctx.now()).await?;
    let after = store::contacts::by_id(&mut tx, survivor).await?.fields;
    let entry = ctx.log(&mut tx, Deed::ContactsMerged(survivor, other)).await?;
    // Both are told as they were: what the survivor was before, and what the other one was that it is no more.
    let mut changes = after.alterations(&before.fields, &own);
    changes.extend(after.alterations(&gone.fields, &own));
    store::alterations::put(&ctx.engine.store, &mut tx, entry, survivor, &changes).await?;
    tx.commit().await?;
    ctx.tell(Change::Contacts);
    ctx.tell(Change::Messages);
    Ok(survivor)
}

/// What hangs under the one that goes will hang under the one that stays, so this one may not hang under any of it.
async fn untie(tx: &mut Tx, survivor: ContactId, other: ContactId, fields: &mut ContactDraft) -> Result<(), Error> {
    if fields.nature == Nature::Person && 0 < store::contacts::levels_below(tx, other).await? {
        return Err(Refusal::field("nature", Fault::NoCompany).into());
    }
    if let Some(parent) = fields.parent {
        let line = store::contacts::ancestors(tx, parent.contact).await?;
        if line.iter().any(|it| it.0 == other || it.0 == survivor) {
            fields.parent = None;
        }
    }
    Ok(())
}
