//! The address under which users reach the server. Links and the same-origin check hang on it, never on what a request says.

use std::fmt;

use url::{Host, Url};

/// An address without path: scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    host: String,
    is_https: bool,
}

impl PublicUrl {
    /// Reads an address such as `https://posel.example.sk`.
    ///
    /// # Errors
    /// Says in a sentence why it cannot be used.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text.trim()).map_err(|_| "it is not an address such as https://posel.example.sk".to_owned())?;
        let Some(host) = url.host().filter(|_| matches!(url.scheme(), "http" | "https")) else {
            return Err("it must begin with https://".to_owned());
        };
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
            return Err("it must end after the host or the port: Posel is not served from a path below a site".to_owned());
        }
        let is_https = url.scheme() == "https";
        if !is_https && !is_this_machine(&host) {
            return Err("it must begin with https://, because browsers keep the session cookie (`__Host-`) only over TLS; \
                        plain http:// is possible for localhost alone"
                .to_owned());
        }
        Ok(Self { origin: url.origin().ascii_serialization(), host: host.to_string(), is_https })
    }

    /// Scheme, host and port as browsers write them into `Origin` (RFC 6454 §6.2), without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The host alone.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether users reach the server over TLS.
    pub fn is_https(&self) -> bool {
        self.is_https
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

/// Browsers trust these hosts without TLS (W3C Secure Contexts §3.1).
fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_as_browsers_write_an_origin() {
        for (text, origin, host) in [
            ("https://Posel.Example.sk/", "https://posel.example.sk", "posel.example.sk"),
            ("https://posel.example.sk:443", "https://posel.example.sk", "posel.example.sk"),
            ("https://posel.example.sk:8443", "https://posel.example.sk:8443", "posel.example.sk"),
            ("https://pošta.example.sk", "https://xn--pota-h6a.example.sk", "xn--pota-h6a.example.sk"),
            ("http://localhost:8080", "http://localhost:8080", "localhost"),
            ("http://127.0.0.1:80", "http://127.0.0.1", "127.0.0.1"),
            ("http://[::1]:3000", "http://[::1]:3000", "[::1]"),
        ] {
            let url = PublicUrl::parse(text).unwrap();
            assert_eq!((url.origin(), url.host()), (origin, host), "{text}");
        }
    }

    #[test]
    fn an_address_that_would_break_the_cookie_is_refused() {
        for text in ["http://posel.example.sk", "http://10.0.0.5:8080", "http://localhost.example.sk"] {
            assert!(PublicUrl::parse(text).unwrap_err().contains("__Host-"), "{text}");
        }
    }

    #[test]
    fn what_is_no_plain_address_is_refused() {
        for text in ["", "posel.example.sk", "ftp://x.sk", "https://x.sk/posel", "https://x.sk?a", "https://eva@x.sk", "https://"]
        {
            assert!(PublicUrl::parse(text).is_err(), "{text}");
        }
    }
}
