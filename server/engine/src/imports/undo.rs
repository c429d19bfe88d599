//! Taking out again what an import brought.

use model::{Change, ContactId, Deed, Fault, ImportId, ImportStep, ImportUndone, Moment, Permission, Refusal};
use store::Tx;
use store::imports::Changed;

use crate::{Ctx, Error};

/// How many contacts one transaction takes out or restores.
const PIECE: i64 = 500;
/// How many of the contacts that stay are named.
const NAMED: usize = 100;

/// Takes out the contacts that an import made and gives those it changed back what they had. Whoever was written to or changed since
/// stays as they are, and is named.
///
/// It is done piece by piece, so that others write in between; interrupted, it goes on when it is asked for again.
///
/// # Errors
/// Refuses who may not import, imports that run, and those whose traces were swept out.
pub async fn undo(ctx: &Ctx, id: ImportId) -> Result<ImportUndone, Error> {
    ctx.require(Permission::ContactsImport)?;
    let mut reader = ctx.engine.store.read().await?;
    let import = store::imports::by_id(&ctx.engine.store, &mut reader, id).await?;
    let since = import.row.created_at;
    let next = import.row.state.step(ImportStep::Undo)?;
    let mut undone = ImportUndone::default();
    let ranges = store::imports::ranges(&mut reader, id).await?;
    drop(reader);
    for (first, last) in ranges {
        let mut from = first;
        while from <= last {
            let through = ContactId((from.0 + PIECE - 1).min(last.0));
            let mut tx = ctx.engine.store.write().await?;
            remove(&mut tx, from, through, since, &mut undone).await?;
            store::imports::forget_range(&mut tx, id, from, through, last).await?;
            tx.commit().await?;
            from = ContactId(through.0 + 1);
        }
    }
    loop {
        let mut tx = ctx.engine.store.write().await?;
        let piece = store::imports::changed(&ctx.engine.store, &mut tx, id, PIECE as u32).await?;
        if piece.is_empty() {
            break;
        }
        for changed in piece {
            restore(ctx, &mut tx, id, &changed, since, &mut undone).await?;
            store::imports::forget_changed(&mut tx, id, changed.contact).await?;
        }
        tx.commit().await?;
    }
    let mut tx = ctx.engine.store.write().await?;
    let lists = import.plan.map(|it| it.lists).unwrap_or_default();
    store::imports::end_of_lists(&mut tx, id, &lists).await?;
    store::imports::drop_file(&mut tx, id).await?;
    store::imports::set_state(&mut tx, id, import.row.state, next, ctx.now()).await?;
    ctx.log(&mut tx, Deed::ImportUndone(id, undone.removed, undone.restored)).await?;
    tx.commit().await?;
    for change in [Change::Imports, Change::Contacts, Change::Lists] {
        ctx.tell(change);
    }
    Ok(undone)
}

async fn remove(tx: &mut Tx, first: ContactId, last: ContactId, since: Moment, undone: &mut ImportUndone) -> Result<(), Error> {
    let mut gone = Vec::new();
    for (id, name, revision, written) in store::imports::touched(tx, first, last, since).await? {
        if revision == 1 && !written { gone.push(id) } else { keep(undone, id, name) }
    }
    undone.removed += u64::from(store::contacts::delete_many(tx, &gone).await?);
    Ok(())
}

async fn restore(
    ctx: &Ctx,
    tx: &mut Tx,
    import: ImportId,
    changed: &Changed,
    since: Moment,
    undone: &mut ImportUndone,
) -> Result<(), Error> {
    let touched = store::imports::touched(tx, changed.contact, changed.contact, since).await?;
    let Some((id, name, revision, written)) = touched.into_iter().next() else { return Ok(()) };
    if revision != changed.revision || written {
        keep(undone, id, name);
        return Ok(());
    }
    let own = store::fields::all(tx).await?;
    let mut before = changed.before.clone();
    // What was taken away meanwhile cannot come back.
    before.values.retain(|value| own.iter().any(|it| it.id == value.field && it.fault(&value.value).is_none()));
    let home = store::company::get(tx).await?.map(|it| it.country).unwrap_or_default();
    match before.check(home, &own) {
        Ok(addresses) => {
            let imported = store::contacts::by_id(tx, id).await?.fields;
            store::contacts::change(tx, id, revision, &before, &addresses, ctx.now()).await?;
            store::consents::take_back(tx, id, import).await?;
            let entry = ctx.log(tx, Deed::ContactRestored(id, import)).await?;
            store::alterations::put(&ctx.engine.store, tx, entry, id, &before.alterations(&imported, &own)).await?;
            undone.restored += 1;
        }
        Err(Refusal::Invalid(faults)) if faults.iter().any(|it| it.fault != Fault::Gone) => keep(undone, id, name),
        Err(refusal) => return Err(refusal.into()),
    }
    Ok(())
}

fn keep(undone: &mut ImportUndone, id: ContactId, name: String) {
    undone.kept_in_all += 1;
    if undone.kept.len() < NAMED {
        undone.kept.push((id, name));
    }
}
