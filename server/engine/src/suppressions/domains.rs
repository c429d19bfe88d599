//! Whether the domains of addresses take mail, asked of DNS when a person wants to know.

use std::collections::{BTreeSet, HashMap};

use model::time::days;
use model::{Change, Deed, DomainCheck, DomainName, EmailAddress, Fault, Noun, Permission, Refusal};
use tokio::task::JoinSet;

use crate::{Ctx, Error};

/// How many domains can be asked about at once.
const DOMAINS_MAX: usize = 100;
/// How long an answer is not asked for again, in milliseconds.
const FRESH: i64 = days(1);

/// Asks DNS whether the domains of these addresses take mail and keeps what it says. Answers what is known by domain; those about which
/// nobody answered are left out.
///
/// # Errors
/// Refuses while the company has it switched off, and too many domains.
pub async fn check_domains(ctx: &Ctx, addresses: Vec<String>) -> Result<Vec<(String, DomainCheck)>, Error> {
    ctx.require(Permission::ContactsEdit)?;
    let domains: BTreeSet<String> =
        addresses.iter().filter_map(|it| EmailAddress::parse(it).ok()).map(|it| it.domain().to_owned()).collect();
    if DOMAINS_MAX < domains.len() {
        let fault = Fault::OutOfRange { min: 0, max: DOMAINS_MAX as i64 };
        return Err(Refusal::field("addresses", fault).into());
    }
    let domains: Vec<String> = domains.into_iter().collect();
    let mut reader = ctx.engine.store.read().await?;
    if !store::company::get(&mut reader).await?.is_some_and(|it| it.domain_checks) {
        return Err(Refusal::IllegalStep(Noun::Company).into());
    }
    let mut known = store::suppressions::domains(&mut reader, &domains).await?;
    drop(reader);
    known.retain(|_, it| ctx.now().since(it.at) < FRESH);
    let asked: Vec<String> = domains.into_iter().filter(|it| !known.contains_key(it)).collect();
    let came = ask(ctx, &asked).await?;
    if !came.is_empty() {
        let mut tx = ctx.engine.store.write().await?;
        for (domain, check) in &came {
            store::suppressions::keep_domain(&mut tx, domain, *check).await?;
        }
        ctx.log(&mut tx, Deed::DomainsChecked(came.len() as u32)).await?;
        tx.commit().await?;
        ctx.tell(Change::Suppressions);
    }
    known.extend(came);
    let mut known: Vec<_> = known.into_iter().collect();
    known.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(known)
}

/// Asks about all of them at the same time.
async fn ask(ctx: &Ctx, domains: &[String]) -> Result<HashMap<String, DomainCheck>, Error> {
    let mut asking = JoinSet::new();
    for domain in domains.iter().filter_map(|it| DomainName::parse(it).ok()) {
        let engine = ctx.engine.clone();
        asking.spawn(async move { (engine.dns().mail_of(&domain).await, domain) });
    }
    let mut came = HashMap::new();
    while let Some(answer) = asking.join_next().await {
        if let (Some(found), domain) = answer? {
            came.insert(String::from(domain), DomainCheck { found, at: ctx.now() });
        }
    }
    Ok(came)
}
