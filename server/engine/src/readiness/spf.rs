//! Whether the domain of the return path names the relay (SPF, RFC 7208), as far as that can be seen from here: by the address that the
//! relay is reached at, or by the record of a known provider. Many relays send from other addresses than those.

mod record;

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;

use model::{DnsRecord, Evidence, Finding, Readiness, ReadinessCheck};

use self::record::{Meaning, Mechanism, Record};
use super::names::Names;
use super::reverse;

/// At most so many questions may follow from a record (RFC 7208 §4.6.4).
const MOST_QUESTIONS: u32 = 10;

/// Records of large providers by their relays: what they send from is named there and nowhere else.
const PROVIDERS: [(&str, &str); 4] = [
    ("smtp.gmail.com", "_spf.google.com"),
    ("smtp-relay.gmail.com", "_spf.google.com"),
    ("smtp.office365.com", "spf.protection.outlook.com"),
    ("smtp.mailgun.org", "mailgun.org"),
];

/// Why a record gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stopped {
    /// Nobody answered.
    NoAnswer,
    /// Receivers cannot use the record.
    Broken,
}

/// Asks for the record of a domain and follows it for the relay.
pub(super) async fn look(names: &impl Names, domain: &str, host: &str) -> Readiness {
    let mut evidence = Vec::new();
    let (finding, record) = match find(names, domain, host, &mut evidence).await {
        Ok(it) => it,
        Err(Stopped::NoAnswer) => (Finding::NoAnswer, None),
        Err(Stopped::Broken) => (Finding::SpfBroken, None),
    };
    let record = record.map(|value| DnsRecord { name: domain.to_owned(), value });
    Readiness { check: ReadinessCheck::Spf, finding, about: domain.to_owned(), evidence, record }
}

async fn find(
    names: &impl Names,
    domain: &str,
    host: &str,
    evidence: &mut Vec<Evidence>,
) -> Result<(Finding, Option<String>), Stopped> {
    let provider = PROVIDERS.iter().find(|it| it.0.eq_ignore_ascii_case(host)).map(|it| it.1);
    let mechanism = match (provider, host.parse::<IpAddr>()) {
        (Some(it), _) => format!("include:{it}"),
        (None, Ok(IpAddr::V4(it))) => format!("ip4:{it}"),
        (None, Ok(IpAddr::V6(it))) => format!("ip6:{it}"),
        (None, Err(_)) => format!("a:{host}"),
    };
    let Some(text) = text_of(names, domain, evidence).await? else {
        return Ok((Finding::SpfMissing, Some(format!("v=spf1 {mechanism} ~all"))));
    };
    let record = Record::parse(&text, domain).ok_or(Stopped::Broken)?;
    let mended = record::mended(&text, &mechanism);
    if provider.is_some_and(|it| record.includes(it)) {
        return Ok((Finding::SpfCovers, None));
    }
    let addresses = reverse::of_host(names, host).await.ok_or(Stopped::NoAnswer)?;
    if addresses.is_empty() {
        return Ok((Finding::SpfElsewhere, Some(mended)));
    }
    for address in addresses.into_iter().take(reverse::MOST) {
        let mut walk = Walk { names, questions: 0, address, evidence };
        if walk.meaning(record.clone()).await? != Meaning::Pass {
            return Ok((Finding::SpfElsewhere, Some(mended)));
        }
    }
    Ok((Finding::SpfCovers, None))
}

/// The one record of a domain; two of them are none that receivers can use (RFC 7208 §4.5).
async fn text_of(names: &impl Names, domain: &str, evidence: &mut Vec<Evidence>) -> Result<Option<String>, Stopped> {
    let texts = names.texts(domain).await.ok_or(Stopped::NoAnswer)?;
    let mut records: Vec<String> = texts.into_iter().filter(|it| record::is_record(it)).collect();
    let asked = format!("{domain} TXT");
    if !evidence.iter().any(|it| it.asked == asked) {
        evidence.push(Evidence { asked, answer: records.join("\n") });
    }
    match records.len() {
        0 | 1 => Ok(records.pop()),
        _ => Err(Stopped::Broken),
    }
}

/// The way through a record and those that it includes, for one address.
struct Walk<'a, N> {
    names: &'a N,
    questions: u32,
    address: IpAddr,
    evidence: &'a mut Vec<Evidence>,
}

impl<N: Names> Walk<'_, N> {
    /// What a record says about the address. Records include others, so that the future stands on the heap.
    fn meaning(&mut self, record: Record) -> Pin<Box<dyn Future<Output = Result<Meaning, Stopped>> + Send + '_>> {
        Box::pin(async move {
            for (meaning, mechanism) in &record.terms {
                if self.matches(mechanism).await? {
                    return Ok(*meaning);
                }
            }
            match &record.redirect {
                Some(domain) => match self.follow(domain).await? {
                    Some(meaning) => Ok(meaning),
                    None => Err(Stopped::Broken),
                },
                None => Ok(Meaning::Neutral),
            }
        })
    }

    async fn matches(&mut self, mechanism: &Mechanism) -> Result<bool, Stopped> {
        match mechanism {
            Mechanism::All => Ok(true),
            Mechanism::Network(network) => Ok(network.holds(self.address)),
            // What depends on the single mail cannot be said beforehand.
            Mechanism::Unknowable => {
                self.question()?;
                Ok(false)
            }
            Mechanism::Include(domain) => match self.follow(domain).await? {
                Some(meaning) => Ok(meaning == Meaning::Pass),
                None => Err(Stopped::Broken),
            },
            Mechanism::Host(host, sizes) => {
                self.question()?;
                self.is_of(host, *sizes).await
            }
            Mechanism::MailHosts(domain, sizes) => {
                self.question()?;
                for host in self.names.mail_hosts(domain).await.ok_or(Stopped::NoAnswer)? {
                    if self.is_of(&host, *sizes).await? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    /// What the record of another domain says; nothing when it has none.
    async fn follow(&mut self, domain: &str) -> Result<Option<Meaning>, Stopped> {
        self.question()?;
        let Some(text) = text_of(self.names, domain, self.evidence).await? else { return Ok(None) };
        let record = Record::parse(&text, domain).ok_or(Stopped::Broken)?;
        self.meaning(record).await.map(Some)
    }

    async fn is_of(&self, host: &str, (v4, v6): (u8, u8)) -> Result<bool, Stopped> {
        let addresses = self.names.addresses(host).await.ok_or(Stopped::NoAnswer)?;
        Ok(addresses.into_iter().any(|it| {
            let bits = if it.is_ipv4() { v4 } else { v6 };
            record::Network { address: it, bits }.holds(self.address)
        }))
    }

    fn question(&mut self) -> Result<(), Stopped> {
        self.questions += 1;
        if MOST_QUESTIONS < self.questions { Err(Stopped::Broken) } else { Ok(()) }
    }
}
