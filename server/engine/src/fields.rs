//! Use cases about own fields of contacts.

use model::{Change, Deed, FieldChange, FieldDefinition, FieldDraft, FieldId, FieldKind, Permission};
use serde::Serialize;
use store::Tx;

use crate::{Ctx, Engine, Error};

/// Of how many contacts at a time the words are written anew.
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

/// Makes a field, or changes the one given. Its kind never changes; values of choices that are left out are lost. Contacts are found by the
/// new names of choices a little later.
///
/// # Errors
/// Names wrong fields; refuses a key or a name that another field has.
pub async fn save(ctx: &Ctx, id: Option<FieldId>, draft: FieldDraft) -> Result<FieldId, Error> {
    ctx.require(Permission::SettingsManage)?;
    let key = draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let id = match id {
        Some(id) => {
            // Only choices stand among the words of contacts; a label does not.
            if draft.kind == FieldKind::Choice {
                store::fields::reword_bearers(&mut tx, id).await?;
            }
            let before = definition(&mut tx, id).await?;
            store::fields::change(&mut tx, id, &draft, &key).await?;
            let after = definition(&mut tx, id).await?;
            ctx.log_changed(&mut tx, Deed::FieldChanged(id), (&before, &after)).await?;
            id
        }
        None => {
            let id = store::fields::create(&mut tx, &draft, &key).await?;
            ctx.log(&mut tx, Deed::FieldCreated(id)).await?;
            id
        }
    };
    tx.commit().await?;
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
    store::fields::reword_bearers(&mut tx, id).await?;
    store::fields::delete(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::FieldDeleted(id, lost)).await?;
    tx.commit().await?;
    ctx.tell(Change::Contacts);
    Ok(())
}

/// Writes the words of some contacts anew that changed with a field, so that others write in between; tells how many they were.
pub(crate) async fn reword_turn(engine: &Engine) -> Result<usize, Error> {
    let mut reader = engine.store.read().await?;
    let is_any = store::contacts::is_any_to_reword(&mut reader).await?;
    drop(reader);
    if !is_any {
        return Ok(0);
    }
    let mut tx = engine.store.write().await?;
    let n = store::contacts::reword_next(&mut tx, BATCH).await?;
    tx.commit().await?;
    Ok(n)
}
