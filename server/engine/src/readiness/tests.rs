//! Every answer that DNS can give, played from a table.

use std::collections::HashMap;
use std::future::{Future, ready};
use std::net::IpAddr;

use model::{DkimAlgorithm, DkimFound, DkimKeyId, DkimState, DomainName, Finding, Moment};
use store::dkim_keys::StoredKey;

use super::names::Names;
use super::{dmarc, reverse, signing, spf};

/// What DNS holds; a name that begins with `silent` gets no answer.
#[derive(Default)]
struct Table {
    texts: HashMap<String, Vec<String>>,
    addresses: HashMap<String, Vec<IpAddr>>,
    mail_hosts: HashMap<String, Vec<String>>,
    names: HashMap<IpAddr, Vec<String>>,
}

impl Table {
    fn text(mut self, name: &str, text: &str) -> Self {
        self.texts.entry(name.to_owned()).or_default().push(text.to_owned());
        self
    }

    fn host(mut self, name: &str, address: &str) -> Self {
        self.addresses.entry(name.to_owned()).or_default().push(address.parse().unwrap());
        self
    }

    fn mail(mut self, domain: &str, host: &str) -> Self {
        self.mail_hosts.entry(domain.to_owned()).or_default().push(host.to_owned());
        self
    }

    fn named(mut self, address: &str, name: &str) -> Self {
        self.names.entry(address.parse().unwrap()).or_default().push(name.to_owned());
        self
    }
}

fn said<T: Clone>(name: &str, found: Option<&Vec<T>>) -> Option<Vec<T>> {
    (!name.starts_with("silent")).then(|| found.cloned().unwrap_or_default())
}

impl Names for Table {
    fn texts(&self, name: &str) -> impl Future<Output = Option<Vec<String>>> + Send {
        ready(said(name, self.texts.get(name)))
    }

    fn addresses(&self, host: &str) -> impl Future<Output = Option<Vec<IpAddr>>> + Send {
        ready(said(host, self.addresses.get(host)))
    }

    fn mail_hosts(&self, domain: &str) -> impl Future<Output = Option<Vec<String>>> + Send {
        ready(said(domain, self.mail_hosts.get(domain)))
    }

    fn names_of(&self, address: IpAddr) -> impl Future<Output = Option<Vec<String>>> + Send {
        ready(said("", self.names.get(&address)))
    }
}

/// A relay with one address, and a domain with this record.
fn relay(record: &str) -> Table {
    Table::default().host("relay.sk", "192.0.2.7").text("firma.sk", record)
}

async fn spf_of(table: Table) -> Finding {
    spf::look(&table, "firma.sk", "relay.sk").await.finding
}

#[tokio::test]
async fn a_record_covers_the_relay_by_any_of_its_words() {
    assert_eq!(spf_of(relay("v=spf1 ip4:192.0.2.0/24 -all")).await, Finding::SpfCovers);
    assert_eq!(spf_of(relay("v=spf1 a:relay.sk -all")).await, Finding::SpfCovers);
    assert_eq!(spf_of(relay("v=spf1 mx -all").mail("firma.sk", "relay.sk")).await, Finding::SpfCovers);
    let included = relay("v=spf1 include:_spf.sk -all").text("_spf.sk", "v=spf1 ip4:192.0.2.7 -all");
    assert_eq!(spf_of(included).await, Finding::SpfCovers);
    let redirected = relay("v=spf1 redirect=_spf.sk").text("_spf.sk", "v=spf1 ip4:192.0.2.7 -all");
    assert_eq!(spf_of(redirected).await, Finding::SpfCovers);
    assert_eq!(spf_of(relay("v=spf1 +all")).await, Finding::SpfCovers);
}

#[tokio::test]
async fn a_relay_that_the_record_does_not_name_is_put_into_it() {
    for record in ["v=spf1 mx -all", "v=spf1 ip4:198.51.100.0/24 ~all", "v=spf1 -ip4:192.0.2.7 +all", "v=spf1"] {
        assert_eq!(spf_of(relay(record)).await, Finding::SpfElsewhere, "{record}");
    }
    let found = spf::look(&relay("v=spf1 mx -all"), "firma.sk", "relay.sk").await;
    assert_eq!(found.record.map(|it| (it.name, it.value)), Some(("firma.sk".to_owned(), "v=spf1 mx a:relay.sk -all".to_owned())));
    assert_eq!(found.evidence[0].asked, "firma.sk TXT");
    assert_eq!(found.evidence[0].answer, "v=spf1 mx -all");
}

#[tokio::test]
async fn without_a_record_one_is_proposed() {
    let table = Table::default().host("relay.sk", "192.0.2.7").text("firma.sk", "google-site-verification=x");
    let found = spf::look(&table, "firma.sk", "relay.sk").await;
    assert_eq!(found.finding, Finding::SpfMissing);
    assert_eq!(found.record.map(|it| it.value), Some("v=spf1 a:relay.sk ~all".to_owned()));
    let google = spf::look(&Table::default(), "firma.sk", "smtp.gmail.com").await;
    assert_eq!(google.record.map(|it| it.value), Some("v=spf1 include:_spf.google.com ~all".to_owned()));
}

#[tokio::test]
async fn a_providers_relay_is_covered_by_the_providers_record() {
    let table = Table::default().host("smtp.gmail.com", "203.0.113.9").text("firma.sk", "v=spf1 include:_spf.google.com ~all");
    assert_eq!(spf::look(&table, "firma.sk", "smtp.gmail.com").await.finding, Finding::SpfCovers);
}

#[tokio::test]
async fn a_record_that_receivers_cannot_use_is_told() {
    assert_eq!(spf_of(relay("v=spf1 mx").text("firma.sk", "v=spf1 -all")).await, Finding::SpfBroken);
    assert_eq!(spf_of(relay("v=spf1 ip4:nonsense -all")).await, Finding::SpfBroken);
    assert_eq!(spf_of(relay("v=spf1 include:nothing.sk -all")).await, Finding::SpfBroken);
    let loops = relay("v=spf1 include:firma.sk -all");
    assert_eq!(spf_of(loops).await, Finding::SpfBroken);
    let greedy: Vec<String> = (0..11).map(|n| format!("a:h{n}.sk")).collect();
    assert_eq!(spf_of(relay(&format!("v=spf1 {} -all", greedy.join(" ")))).await, Finding::SpfBroken);
}

#[tokio::test]
async fn a_dns_that_keeps_silent_says_nothing() {
    assert_eq!(spf::look(&Table::default(), "silent.sk", "relay.sk").await.finding, Finding::NoAnswer);
    assert_eq!(spf_of(relay("v=spf1 include:silent.sk -all")).await, Finding::NoAnswer);
    assert_eq!(reverse::look(&Table::default(), "silent.sk").await.finding, Finding::NoAnswer);
}

fn key(state: DkimState) -> StoredKey {
    StoredKey {
        id: DkimKeyId(1),
        domain: DomainName::parse("firma.sk").unwrap(),
        selector: "p1".to_owned(),
        algorithm: DkimAlgorithm::Ed25519,
        state,
        public_key: b"public".to_vec(),
        created_at: Moment(0),
        checked: None,
    }
}

#[tokio::test]
async fn a_signature_counts_when_dns_holds_its_key() {
    let place = "p1._domainkey.firma.sk";
    let good = Table::default().text(place, "v=DKIM1; k=ed25519; p=cHVibGlj");
    let bad = Table::default().text(place, "v=DKIM1; k=ed25519; p=AAAA");
    let active = [key(DkimState::Active)];
    assert_eq!(signing::look(&good, "firma.sk", &active).await.finding, Finding::DkimSigns);
    let differs = signing::look(&bad, "firma.sk", &active).await;
    assert_eq!(differs.finding, Finding::DkimRecord(DkimFound::Differs));
    assert_eq!(differs.record.map(|it| it.name), Some(place.to_owned()));
    let missing = signing::look(&Table::default(), "firma.sk", &active).await;
    assert_eq!(missing.finding, Finding::DkimRecord(DkimFound::Missing));
    assert_eq!(signing::look(&good, "firma.sk", &[key(DkimState::New)]).await.finding, Finding::DkimUnused);
    assert_eq!(signing::look(&good, "firma.sk", &[key(DkimState::Retired)]).await.finding, Finding::DkimNone);
}

async fn dmarc_of(table: Table, domain: &str, return_domain: &str, signs: bool) -> Finding {
    let facts = dmarc::Facts { domain, return_domain, signs, report_to: "obchod@firma.sk" };
    dmarc::look(&table, &facts).await.finding
}

#[tokio::test]
async fn a_policy_is_found_at_the_domain_or_above_it() {
    let of = |policy: &str| Table::default().text("_dmarc.firma.sk", policy);
    for (record, finding) in [
        ("v=DMARC1; p=reject", Finding::DmarcProtects),
        ("v=DMARC1; p=quarantine; pct=50", Finding::DmarcProtects),
        ("v=DMARC1; p=none; rua=mailto:x@firma.sk", Finding::DmarcWatches),
        ("v=DMARC1; p=everything", Finding::DmarcBroken),
        ("v=DMARC1", Finding::DmarcBroken),
        ("v=spf1 -all", Finding::DmarcMissing),
    ] {
        assert_eq!(dmarc_of(of(record), "firma.sk", "firma.sk", false).await, finding, "{record}");
    }
    assert_eq!(dmarc_of(of("v=DMARC1; p=reject"), "posta.firma.sk", "posta.firma.sk", false).await, Finding::DmarcProtects);
    let below = "v=DMARC1; p=reject; sp=none";
    assert_eq!(dmarc_of(of(below), "posta.firma.sk", "posta.firma.sk", false).await, Finding::DmarcWatches);
    let two = of("v=DMARC1; p=none").text("_dmarc.firma.sk", "v=DMARC1; p=reject");
    assert_eq!(dmarc_of(two, "firma.sk", "firma.sk", false).await, Finding::DmarcBroken);
}

#[tokio::test]
async fn mails_that_nothing_binds_to_the_senders_domain_count_as_forged() {
    let of = |policy: &str| Table::default().text("_dmarc.firma.sk", policy);
    let record = "v=DMARC1; p=reject";
    assert_eq!(dmarc_of(of(record), "firma.sk", "vratene.cz", false).await, Finding::DmarcUnaligned);
    assert_eq!(dmarc_of(of(record), "firma.sk", "vratene.cz", true).await, Finding::DmarcProtects);
    assert_eq!(dmarc_of(of(record), "firma.sk", "posta.firma.sk", false).await, Finding::DmarcProtects);
    assert_eq!(dmarc_of(of(record), "firma.sk", "inafirma.sk", false).await, Finding::DmarcUnaligned);
    let strict = "v=DMARC1; p=reject; aspf=s";
    assert_eq!(dmarc_of(of(strict), "firma.sk", "posta.firma.sk", false).await, Finding::DmarcUnaligned);
}

#[tokio::test]
async fn without_a_policy_one_that_only_reports_is_proposed() {
    let facts = dmarc::Facts { domain: "firma.sk", return_domain: "firma.sk", signs: true, report_to: "obchod@firma.sk" };
    let record = dmarc::look(&Table::default(), &facts).await.record.unwrap();
    assert_eq!(record.name, "_dmarc.firma.sk");
    assert_eq!(record.value, "v=DMARC1; p=none; rua=mailto:obchod@firma.sk");
}

#[tokio::test]
async fn the_name_of_the_relays_address_leads_back_to_it() {
    let here = || Table::default().host("relay.sk", "203.0.113.7");
    let of = async |table: Table| reverse::look(&table, "relay.sk").await.finding;
    assert_eq!(of(here()).await, Finding::NameMissing);
    assert_eq!(of(here().named("203.0.113.7", "relay.sk")).await, Finding::NameMatches);
    assert_eq!(of(here().named("203.0.113.7", "host7.isp.sk")).await, Finding::NameDiffers);
    assert_eq!(of(here().named("203.0.113.7", "silent.sk")).await, Finding::NoAnswer);
    assert_eq!(of(Table::default().host("relay.sk", "10.0.0.7")).await, Finding::NamePrivate);
    assert_eq!(reverse::look(&Table::default(), "127.0.0.1").await.finding, Finding::NamePrivate);
}
