//! Whether the relay's addresses have names that lead back to them (PTR).

use std::net::IpAddr;

use model::{Evidence, Finding, Readiness, ReadinessCheck};

use super::names::Names;

/// At most so many addresses of the relay are looked at.
pub(super) const MOST: usize = 4;

/// Asks for the names of the relay's addresses, and for the addresses of those names.
pub(super) async fn look(names: &impl Names, host: &str) -> Readiness {
    let mut evidence = Vec::new();
    let finding = find(names, host, &mut evidence).await;
    Readiness { check: ReadinessCheck::ReverseName, finding, about: host.to_owned(), evidence, record: None }
}

async fn find(names: &impl Names, host: &str, evidence: &mut Vec<Evidence>) -> Finding {
    let Some(addresses) = of_host(names, host).await else { return Finding::NoAnswer };
    if addresses.iter().all(|it| !is_public(*it)) {
        return Finding::NamePrivate;
    }
    let mut worst = Finding::NameMatches;
    for address in addresses.into_iter().filter(|it| is_public(*it)).take(MOST) {
        let Some(called) = names.names_of(address).await else { return Finding::NoAnswer };
        evidence.push(Evidence { asked: format!("{address} PTR"), answer: called.join("\n") });
        if called.is_empty() {
            worst = Finding::NameMissing;
            continue;
        }
        let mut leads_back = false;
        for name in called.iter().take(MOST) {
            let Some(back) = names.addresses(name).await else { return Finding::NoAnswer };
            leads_back |= back.contains(&address);
        }
        if !leads_back && worst == Finding::NameMatches {
            worst = Finding::NameDiffers;
        }
    }
    worst
}

/// The addresses of a host, which may be one itself.
pub(super) async fn of_host(names: &impl Names, host: &str) -> Option<Vec<IpAddr>> {
    match host.parse() {
        Ok(address) => Some(vec![address]),
        Err(_) => names.addresses(host).await,
    }
}

/// Whether an address is one of the internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(it) => !(it.is_private() || it.is_loopback() || it.is_link_local() || it.is_unspecified()),
        IpAddr::V6(it) => !(it.is_unique_local() || it.is_loopback() || it.is_unicast_link_local() || it.is_unspecified()),
    }
}
