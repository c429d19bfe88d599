//! What the checks ask DNS.

use std::future::Future;
use std::net::IpAddr;

use delivery::dns::Dns;

/// Answers of DNS: an empty list where nothing is there, nothing where nobody answered in time.
pub(super) trait Names: Sync {
    /// The texts at a name.
    fn texts(&self, name: &str) -> impl Future<Output = Option<Vec<String>>> + Send;
    /// The addresses of a host, of both kinds.
    fn addresses(&self, host: &str) -> impl Future<Output = Option<Vec<IpAddr>>> + Send;
    /// The hosts that take the mail of a domain.
    fn mail_hosts(&self, domain: &str) -> impl Future<Output = Option<Vec<String>>> + Send;
    /// The names of an address.
    fn names_of(&self, address: IpAddr) -> impl Future<Output = Option<Vec<String>>> + Send;
}

impl Names for Dns {
    fn texts(&self, name: &str) -> impl Future<Output = Option<Vec<String>>> + Send {
        Dns::texts(self, name)
    }

    fn addresses(&self, host: &str) -> impl Future<Output = Option<Vec<IpAddr>>> + Send {
        Dns::addresses(self, host)
    }

    fn mail_hosts(&self, domain: &str) -> impl Future<Output = Option<Vec<String>>> + Send {
        Dns::mail_hosts(self, domain)
    }

    fn names_of(&self, address: IpAddr) -> impl Future<Output = Option<Vec<String>>> + Send {
        Dns::names_of(self, address)
    }
}
