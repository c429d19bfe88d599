//! Use cases about own fields of contacts.

use model::{Change, ContactId, Deed, FieldChange, FieldDefinition, FieldDraft, FieldId, FieldKind, Permission};
use serde::Serialize;
use store::Tx;

use crate::{Ctx, Error};

/// How many contacts are looked up at a time while their words are written anew.
const BATCH: i64 = 500;

/// Lists the fields in their order.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn list(ctx: &Ctx) -> Result<Vec<FieldDefinition>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::fields::all(&mut reader).await?)
}

/// Makes a field, or changes the one given. Its kind never changes; values of choices that are left out are lost.
///
/// # Errors
/// Names wrong fields; refuses a key or a name that another field has.
pub async fn save(ctx: &Ctx, id: Option<FieldId>, draft: FieldDraft) -> Result<FieldId, Error> {
    ctx.require(Permission::SettingsManage)?;
    let key = draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let (id, bearers) = match id {
        Some(id) => {
            // Only choices stand among the words of contacts; a label does not.
            let bearers = if draft.kind == FieldKind::Choice { bearers(&mut tx, id).await? } else { Vec::new() };
            let before = definition(&mut tx, id).await?;
            store::fields::change(&mut tx, id, &draft, &key).await?;
            let after = definition(&mut tx, id).await?;
            ctx.log_changed(&mut tx, Deed::FieldChanged(id), (&before, &after)).await?;
            (id, bearers)
        }
        None => {
            let id = store::fields::create(&mut tx, &draft, &key).await?;
            ctx.log(&mut tx, Deed::FieldCreated(id)).await?;
            (id, Vec::new())
        }
    };
    tx.commit().await?;
    find_anew(ctx, &bearers).await?;
    ctx.tell(Change::Contacts);
    Ok(id)
}

/// What the action log compares of a field.
async fn definition(tx: &mut Tx, id: FieldId) -> Result<Option<FieldDefinition>, Error> {
    Ok(store::fields::all(tx).await?.into_iter().find(|it| it.id == id))
}

/// The names of the fields in their order.
#[derive(Serialize)]
struct Ordered {
    order: Vec<String>,
}

impl Ordered {
    async fn now(tx: &mut Tx) -> Result<Self, Error> {
        Ok(Self { order: store::fields::all(tx).await?.into_iter().map(|it| it.name).collect() })
    }
}

/// Puts the fields into this order.
///
/// # Errors
/// Refuses who may not change settings.
pub async fn reorder(ctx: &Ctx, order: Vec<FieldId>) -> Result<(), Error> {
    ctx.require(Permission::SettingsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let before = Ordered::now(&mut tx).await?;
    store::fields::reorder(&mut tx, &order).await?;
    let after = Ordered::now(&mut tx).await?;
    ctx.log_changed(&mut tx, Deed::FieldsReordered, (&before, &after)).await?;
    tx.commit().await?;
    ctx.tell(Change::Contacts);
    Ok(())
}

/// How many values a change would lose.
///
/// # Errors
/// Refuses who may not change settings.
pub async fn values_lost(ctx: &Ctx, change: FieldChange) -> Result<u64, Error> {
    ctx.require(Permission::SettingsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::fields::values_lost(&mut reader, change).await?)
}

/// Takes a field away with all its values.
///
/// # Errors
/// Refuses when there is none.
pub async fn delete(ctx: &Ctx, id: FieldId) -> Result<(), Error> {
    ctx.require(Permission::SettingsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let lost = store::fields::values_lost(&mut tx, FieldChange::Remove(id)).await?;
    let bearers = bearers(&mut tx, id).await?;
    store::fields::delete(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::FieldDeleted(id, lost)).await?;
    tx.commit().await?;
    find_anew(ctx, &bearers).await?;
    ctx.tell(Change::Contacts);
    Ok(())
}

/// All contacts with a value in the field.
async fn bearers(tx: &mut Tx, id: FieldId) -> Result<Vec<ContactId>, Error> {
    let mut all: Vec<ContactId> = Vec::new();
    loop {
        let after = all.last().copied().unwrap_or(ContactId(0));
        let some = store::fields::bearers(tx, id, after, BATCH).await?;
        if some.is_empty() {
            return Ok(all);
        }
        all.extend(some);
    }
}

/// Lets contacts be found by the words that they have now, some at a time, so that others write in between.
async fn find_anew(ctx: &Ctx, contacts: &[ContactId]) -> Result<(), Error> {
    for some in contacts.chunks(BATCH as usize) {
        let mut tx = ctx.engine.store.write().await?;
        for contact in some {
            store::contacts::refresh_words(&mut tx, *contact).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}
