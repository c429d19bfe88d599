//! Who asks: the network address behind the proxies, and the session of the cookie.

use std::net::{IpAddr, SocketAddr};

use app::door::{self, ClientAddress};
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use engine::Ctx;
use http::HeaderMap;
use http::request::Parts;
use ipnet::IpNet;
use model::Refusal;

use super::Shared;
use super::answer::Refused;

/// The signed-in person who asks for a plain route.
pub struct SignedIn(pub Ctx);

impl FromRequestParts<Shared> for SignedIn {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refused> {
        let token = door::session_token(&parts.headers).ok_or(Refusal::SignedOut)?;
        let network = parts.extensions.get::<ClientAddress>().map(|it| it.0.clone()).unwrap_or_default();
        Ok(Self(engine::session::identify(&shared.engine, token, &network).await?))
    }
}

/// Notes the client's address for throttles and the action log.
pub async fn note_client(State(shared): State<Shared>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
    let client = peer.map(|peer| behind_proxies(peer, request.headers(), &shared.trusted_proxies));
    let address = client.map(|it| it.to_canonical().to_string()).unwrap_or_default();
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}

/// The nearest address that is not one of our proxies. What stands further to the left was written by whoever asked and may be a lie.
fn behind_proxies(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_ours = |it: &IpAddr| trusted.iter().any(|network| network.contains(&it.to_canonical()) || network.contains(it));
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|it| it.to_str().ok()).collect();
    let mut client = peer;
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !is_ours(&client) {
            break;
        }
        match hop.trim().parse() {
            Ok(address) => client = address,
            Err(_) => break,
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&'static str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", http::HeaderValue::from_static(line));
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|it| it.parse().unwrap()).collect();
        behind_proxies(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn a_stranger_cannot_choose_the_address_that_is_noted() {
        assert_eq!(client("203.0.113.9", &["10.1.1.1"], &[]), "203.0.113.9");
        assert_eq!(client("203.0.113.9", &["10.1.1.1"], &["127.0.0.0/8"]), "203.0.113.9");
    }

    #[test]
    fn the_nearest_address_before_our_proxies_is_noted() {
        let trusted = ["127.0.0.0/8", "10.0.0.0/8"];
        assert_eq!(client("127.0.0.1", &["198.51.100.7"], &trusted), "198.51.100.7");
        assert_eq!(client("127.0.0.1", &["1.2.3.4, 198.51.100.7, 10.0.0.5"], &trusted), "198.51.100.7");
        assert_eq!(client("127.0.0.1", &["1.2.3.4", "198.51.100.7"], &trusted), "198.51.100.7");
        assert_eq!(client("127.0.0.1", &["unknown"], &trusted), "127.0.0.1");
        assert_eq!(client("::ffff:127.0.0.1", &["2001:db8::1"], &trusted), "2001:db8::1");
    }
}
