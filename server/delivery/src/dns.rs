//! DNS: whether a domain takes mail at all, and what it says about mails of its own. Asked only when a person wants it, never on the way of
//! a message.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use hickory_resolver::{ResolverBuilder, TokioResolver};
use model::{DomainMail, DomainName};

/// How long one question may take.
const ANSWER: Duration = Duration::from_secs(3);

/// Asks the name servers of this machine, and keeps their answers as long as those say.
pub struct Dns {
    resolver: Option<TokioResolver>,
    /// How long one domain may take in all; two questions are asked at most.
    limit: Duration,
}

impl Dns {
    /// As the system is configured. On a machine without a configuration of DNS nothing is ever known.
    pub fn of_system() -> Self {
        Self { resolver: TokioResolver::builder_tokio().ok().and_then(|it| built(it, ANSWER)), limit: 2 * ANSWER }
    }

    /// Asks this server alone, which has so long for each question.
    pub fn at(server: SocketAddr, answer: Duration) -> Self {
        let mut connection = ConnectionConfig::udp();
        connection.port = server.port();
        let server = NameServerConfig::new(server.ip(), true, vec![connection]);
        let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
        let builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
        Self { resolver: built(builder, answer), limit: 2 * answer }
    }

    /// Whether the domain takes mail; nothing when nobody answered in time, so that a broken network never condemns an address.
    pub async fn mail_of(&self, domain: &DomainName) -> Option<DomainMail> {
        tokio::time::timeout(self.limit, self.ask(domain)).await.ok().flatten()
    }

    /// The texts at a name, each put together from its strings; none when the name or the record is missing, and nothing when nobody
    /// answered in time.
    pub async fn texts(&self, name: &str) -> Option<Vec<String>> {
        let answer = tokio::time::timeout(self.limit, self.lookup(name, RecordType::TXT)).await.ok().flatten()?;
        let texts = answer.into_iter().filter_map(|it| match it {
            RData::TXT(text) => Some(text.txt_data.iter().map(|it| String::from_utf8_lossy(it)).collect()),
            _ => None,
        });
        Some(texts.collect())
    }

    /// The addresses of a host, of both kinds; as [`Self::texts`].
    pub async fn addresses(&self, host: &str) -> Option<Vec<IpAddr>> {
        let both = async { tokio::join!(self.lookup(host, RecordType::A), self.lookup(host, RecordType::AAAA)) };
        let (old, new) = tokio::time::timeout(self.limit, both).await.ok()?;
        let addresses = old?.into_iter().chain(new?).filter_map(|it| match it {
            RData::A(it) => Some(IpAddr::V4(it.0)),
            RData::AAAA(it) => Some(IpAddr::V6(it.0)),
            _ => None,
        });
        Some(addresses.collect())
    }

    /// The hosts that take the mail of a domain; as [`Self::texts`].
    pub async fn mail_hosts(&self, domain: &str) -> Option<Vec<String>> {
        let answer = tokio::time::timeout(self.limit, self.lookup(domain, RecordType::MX)).await.ok().flatten()?;
        let hosts = answer.into_iter().filter_map(|it| match it {
            RData::MX(mx) if !mx.exchange.is_root() => Some(written(&mx.exchange)),
            _ => None,
        });
        Some(hosts.collect())
    }

    /// The names of an address (RFC 1035 §3.5, RFC 3596 §2.5); as [`Self::texts`].
    pub async fn names_of(&self, address: IpAddr) -> Option<Vec<String>> {
        let place = written(&Name::from(address));
        let answer = tokio::time::timeout(self.limit, self.lookup(&place, RecordType::PTR)).await.ok().flatten()?;
        let names = answer.into_iter().filter_map(|it| match it {
            RData::PTR(name) => Some(written(&name.0)),
            _ => None,
        });
        Some(names.collect())
    }

    /// The records of one kind at a name; none when there are none, nothing when nobody could say.
    async fn lookup(&self, name: &str, kind: RecordType) -> Option<Vec<RData>> {
        match self.resolver.as_ref()?.lookup(format!("{name}."), kind).await {
            Ok(answer) => Some(answer.answers().iter().map(|it| it.data.clone()).collect()),
            Err(error) if error.is_nx_domain() || error.is_no_records_found() => Some(Vec::new()),
            Err(_) => None,
        }
    }

    async fn ask(&self, domain: &DomainName) -> Option<DomainMail> {
        let resolver = self.resolver.as_ref()?;
        // The dot at the end keeps the search list of the system out.
        let name = format!("{domain}.");
        match resolver.lookup(name.as_str(), RecordType::MX).await {
            Ok(answer) => {
                let mut hosts = answer.answers().iter().filter_map(|it| match &it.data {
                    RData::MX(mx) => Some(&mx.exchange),
                    _ => None,
                });
                // One host named "." says that the domain takes no mail (RFC 7505).
                Some(if hosts.any(|it| !it.is_root()) { DomainMail::Takes } else { DomainMail::TakesNone })
            }
            Err(error) if error.is_nx_domain() => Some(DomainMail::Missing),
            // Without MX the domain itself is the host (RFC 5321 §5.1).
            Err(error) if error.is_no_records_found() => match resolver.lookup_ip(name.as_str()).await {
                Ok(_) => Some(DomainMail::Takes),
                Err(error) if error.is_no_records_found() => Some(DomainMail::TakesNone),
                Err(_) => None,
            },
            Err(_) => None,
        }
    }
}

/// A name without the dot at its end, in lower case.
fn written(name: &Name) -> String {
    name.to_lowercase().to_ascii().trim_end_matches('.').to_owned()
}

fn built(mut builder: ResolverBuilder<TokioRuntimeProvider>, answer: Duration) -> Option<TokioResolver> {
    let options = builder.options_mut();
    options.timeout = answer;
    options.attempts = 1;
    builder.build().ok()
}
