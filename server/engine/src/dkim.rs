//! Signing mails: keys of sender domains, made here, shown for DNS, checked there, then used.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use delivery::dkim::{self, Signer};
use model::{Change, Deed, DkimAlgorithm, DkimFound, DkimKey, DkimKeyId, DkimState, DkimStep, DomainName, Permission};
use store::dkim_keys::{NewDkimKey, StoredKey};

use crate::{Ctx, Engine, Error};

/// What signs for which domain, read once and forgotten when keys change.
#[derive(Default)]
pub(crate) struct Signers(Mutex<HashMap<String, Arc<Vec<Signer>>>>);

impl Signers {
    fn get(&self, domain: &str) -> Option<Arc<Vec<Signer>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(domain).cloned()
    }

    fn put(&self, domain: &str, signers: Arc<Vec<Signer>>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(domain.to_owned(), signers);
    }

    fn forget(&self, domain: &DomainName) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(domain.as_str());
    }
}

/// Lists the keys of a domain, the newest first.
///
/// # Errors
/// Refuses who may not manage accounts.
pub async fn list(ctx: &Ctx, domain: DomainName) -> Result<Vec<DkimKey>, Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    let keys = store::dkim_keys::of_domain(&mut reader, &domain).await?;
    Ok(keys.into_iter().map(shown).collect())
}

/// Makes a key. It does not sign before its record was found in DNS.
///
/// # Errors
/// Refuses who may not manage accounts; fails when the machine has no randomness.
pub async fn create(ctx: &Ctx, domain: DomainName, algorithm: DkimAlgorithm) -> Result<DkimKey, Error> {
    ctx.require(Permission::AccountsManage)?;
    let made = tokio::task::spawn_blocking(move || dkim::generate(algorithm)).await??;
    let selector = selector()?;
    let mut tx = ctx.engine.store.write().await?;
    let key =
        NewDkimKey { domain: &domain, selector: &selector, algorithm, private_key: &made.private, public_key: &made.public };
    let id = store::dkim_keys::create(&ctx.engine.store, &mut tx, &key, ctx.now()).await?;
    ctx.log(&mut tx, Deed::DkimKeyCreated(id)).await?;
    let key = store::dkim_keys::by_id(&mut tx, id).await?;
    tx.commit().await?;
    ctx.tell(Change::Accounts);
    Ok(shown(key))
}

/// Asks DNS for the record of a key and notes what it says.
///
/// # Errors
/// Refuses a key that is not there.
pub async fn check(ctx: &Ctx, id: DkimKeyId) -> Result<DkimKey, Error> {
    ctx.require(Permission::AccountsManage)?;
    look_up(ctx, id).await.map(shown)
}

/// Asks DNS for the record of a key, and if it is there lets the key sign; the one that signed before is retired. If it is not, the key
/// comes back as it was, with what DNS said.
///
/// # Errors
/// Refuses a key that is not there or signs already.
pub async fn use_key(ctx: &Ctx, id: DkimKeyId) -> Result<DkimKey, Error> {
    ctx.require(Permission::AccountsManage)?;
    let key = look_up(ctx, id).await?;
    if !matches!(key.checked, Some((DkimFound::Matches, _))) {
        return Ok(shown(key));
    }
    let mut tx = ctx.engine.store.write().await?;
    for before in store::dkim_keys::of_domain(&mut tx, &key.domain).await? {
        if before.state == DkimState::Active && before.algorithm == key.algorithm && before.id != id {
            store::dkim_keys::set_state(&mut tx, before.id, DkimState::Active, DkimState::Retired).await?;
            ctx.log(&mut tx, Deed::DkimKeyRetired(before.id)).await?;
        }
    }
    if let Some(next) = key.state.step(DkimStep::Use)? {
        store::dkim_keys::set_state(&mut tx, id, key.state, next).await?;
    }
    ctx.log(&mut tx, Deed::DkimKeyUsed(id)).await?;
    let key = store::dkim_keys::by_id(&mut tx, id).await?;
    tx.commit().await?;
    ctx.engine.signers.forget(&key.domain);
    ctx.tell(Change::Accounts);
    Ok(shown(key))
}

/// Ends signing with a key; its record has to stay until what it signed has arrived.
///
/// # Errors
/// Refuses a key that does not sign.
pub async fn retire(ctx: &Ctx, id: DkimKeyId) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    step(ctx, id, DkimStep::Retire, Deed::DkimKeyRetired(id)).await
}

/// Deletes a key that does not sign.
///
/// # Errors
/// Refuses a key that signs.
pub async fn delete(ctx: &Ctx, id: DkimKeyId) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    step(ctx, id, DkimStep::Delete, Deed::DkimKeyDeleted(id)).await
}

/// The mail with a signature of each key that signs for its sender's domain; as it is when none does.
///
/// A key that cannot be read is named in the log and left out: mails of everybody would otherwise wait for ever.
pub(crate) async fn signed(engine: &Engine, sender_domain: &str, mail: Vec<u8>) -> Result<Vec<u8>, Error> {
    let signers = match engine.signers.get(sender_domain) {
        Some(signers) => signers,
        None => read_signers(engine, sender_domain).await?,
    };
    if signers.is_empty() {
        return Ok(mail);
    }
    match dkim::sign(&signers, &mail) {
        Ok(signed) => Ok(signed),
        Err(fault) => {
            tracing::error!(%fault, "a mail could not be signed");
            Ok(mail)
        }
    }
}

async fn read_signers(engine: &Engine, domain: &str) -> Result<Arc<Vec<Signer>>, Error> {
    let mut reader = engine.store.read().await?;
    let keys = match store::dkim_keys::signing(&engine.store, &mut reader, domain).await {
        Err(error @ store::Error::Damaged { .. }) => {
            tracing::error!(%error, "a key for signing is damaged");
            Vec::new()
        }
        keys => keys?,
    };
    let mut signers = Vec::new();
    for (selector, algorithm, private) in keys {
        match Signer::new(domain, &selector, algorithm, &private) {
            Ok(signer) => signers.push(signer),
            Err(fault) => tracing::error!(%fault, "a key for signing cannot be read"),
        }
    }
    let signers = Arc::new(signers);
    engine.signers.put(domain, signers.clone());
    Ok(signers)
}

async fn look_up(ctx: &Ctx, id: DkimKeyId) -> Result<StoredKey, Error> {
    let mut reader = ctx.engine.store.read().await?;
    let key = store::dkim_keys::by_id(&mut reader, id).await?;
    drop(reader);
    let record = record_of(&key);
    let found = match ctx.engine.dns().texts(&record.name).await {
        Some(texts) => dkim::found(&texts, &key.public_key),
        None => DkimFound::NoAnswer,
    };
    let mut tx = ctx.engine.store.write().await?;
    store::dkim_keys::note_check(&mut tx, id, found, ctx.now()).await?;
    let key = store::dkim_keys::by_id(&mut tx, id).await?;
    tx.commit().await?;
    ctx.tell(Change::Accounts);
    Ok(key)
}

async fn step(ctx: &Ctx, id: DkimKeyId, step: DkimStep, deed: Deed) -> Result<(), Error> {
    let mut tx = ctx.engine.store.write().await?;
    let key = store::dkim_keys::by_id(&mut tx, id).await?;
    match key.state.step(step)? {
        Some(next) => store::dkim_keys::set_state(&mut tx, id, key.state, next).await?,
        None => store::dkim_keys::delete(&mut tx, id, key.state).await?,
    }
    ctx.log(&mut tx, deed).await?;
    tx.commit().await?;
    ctx.engine.signers.forget(&key.domain);
    ctx.tell(Change::Accounts);
    Ok(())
}

/// A word that no key of the domain had before, also in another installation.
fn selector() -> Result<String, Error> {
    let mut bytes = [0_u8; 4];
    getrandom::fill(&mut bytes).map_err(|_| Error::NoRandomness)?;
    Ok(format!("posel-{:08x}", u32::from_be_bytes(bytes)))
}

fn record_of(key: &StoredKey) -> model::DnsRecord {
    dkim::record(&key.domain, &key.selector, key.algorithm, &key.public_key)
}

fn shown(key: StoredKey) -> DkimKey {
    DkimKey {
        record: record_of(&key),
        id: key.id,
        domain: key.domain,
        selector: key.selector,
        algorithm: key.algorithm,
        state: key.state,
        created_at: key.created_at,
        checked: key.checked,
    }
}
