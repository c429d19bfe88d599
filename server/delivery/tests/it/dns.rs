//! DNS: domains with mail, without mail and without anything, and servers that do not answer.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use delivery::dns::Dns;
use model::{DomainMail, DomainName};
use tokio::net::UdpSocket;

/// How long a scripted answer may take; the silent ones take that long.
const PATIENCE: Duration = Duration::from_millis(400);
const MX: u16 = 15;
const A: u16 = 1;
const AAAA: u16 = 28;
const PTR: u16 = 12;
const NX_DOMAIN: u8 = 3;
const SERVER_FAILURE: u8 = 2;

/// What the scripted server says about one name: a code, and the data of one record of each kind.
#[derive(Default)]
struct Zone {
    code: u8,
    mx: Option<&'static [u8]>,
    a: Option<[u8; 4]>,
    aaaa: Option<[u8; 16]>,
    ptr: Option<&'static [u8]>,
}

fn zone(name: &str) -> Option<Zone> {
    match name {
        // Preference 10, the host `mx` below the name that was asked for.
        "posta.sk" => Some(Zone { mx: Some(&[0, 10, 2, b'm', b'x', 0xc0, 12]), ..Zone::default() }),
        "nullmx.sk" => Some(Zone { mx: Some(&[0, 0, 0]), ..Zone::default() }),
        "web.sk" => Some(Zone { a: Some([192, 0, 2, 7]), ..Zone::default() }),
        "dve.sk" => Some(Zone {
            a: Some([192, 0, 2, 7]),
            aaaa: Some([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7]),
            ..Zone::default()
        }),
        // The host `web` below `SK`.
        "7.2.0.192.in-addr.arpa" => Some(Zone { ptr: Some(b"\x03web\x02SK\x00"), ..Zone::default() }),
        "8.2.0.192.in-addr.arpa" => Some(Zone { code: NX_DOMAIN, ..Zone::default() }),
        "prazdna.sk" => Some(Zone::default()),
        "niet.sk" => Some(Zone { code: NX_DOMAIN, ..Zone::default() }),
        "chora.sk" => Some(Zone { code: SERVER_FAILURE, ..Zone::default() }),
        _ => None,
    }
}

/// Answers as RFC 1035 says; about names it does not know it keeps silent.
async fn server() -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut buffer = [0; 1_500];
        while let Ok((n, peer)) = socket.recv_from(&mut buffer).await {
            if let Some(reply) = answer(&buffer[..n]) {
                socket.send_to(&reply, peer).await.unwrap();
            }
        }
    });
    address
}

fn answer(query: &[u8]) -> Option<Vec<u8>> {
    let (mut at, mut labels) = (12, Vec::new());
    while query[at] != 0 {
        let end = at + 1 + usize::from(query[at]);
        labels.push(String::from_utf8_lossy(&query[at + 1..end]).to_lowercase());
        at = end;
    }
    let kind = u16::from_be_bytes([query[at + 1], query[at + 2]]);
    let zone = zone(&labels.join("."))?;
    let data: Option<Vec<u8>> = match kind {
        MX => zone.mx.map(<[u8]>::to_vec),
        A => zone.a.map(|it| it.to_vec()),
        AAAA => zone.aaaa.map(|it| it.to_vec()),
        PTR => zone.ptr.map(<[u8]>::to_vec),
        _ => None,
    };
    let mut reply = query[..2].to_vec();
    reply.extend([0x81, 0x80 | zone.code, 0, 1, 0, u8::from(data.is_some()), 0, 0, 0, 0]);
    reply.extend(&query[12..at + 5]);
    if let Some(data) = data {
        reply.extend([0xc0, 12]);
        reply.extend(kind.to_be_bytes());
        reply.extend([0, 1, 0, 0, 0, 60, 0, data.len() as u8]);
        reply.extend(data);
    }
    Some(reply)
}

#[tokio::test]
async fn a_domain_takes_mail_by_its_mx_or_by_its_address() {
    let dns = Dns::at(server().await, PATIENCE);
    for (domain, found) in [
        ("posta.sk", Some(DomainMail::Takes)),
        ("web.sk", Some(DomainMail::Takes)),
        ("nullmx.sk", Some(DomainMail::TakesNone)),
        ("prazdna.sk", Some(DomainMail::TakesNone)),
        ("niet.sk", Some(DomainMail::Missing)),
        ("chora.sk", None),
    ] {
        assert_eq!(dns.mail_of(&DomainName::parse(domain).unwrap()).await, found, "{domain}");
    }
}

#[tokio::test]
async fn a_server_that_keeps_silent_condemns_nobody() {
    let dns = Dns::at(server().await, PATIENCE);
    assert_eq!(dns.mail_of(&DomainName::parse("ticho.sk").unwrap()).await, None);
    let nobody = Dns::at("127.0.0.1:9".parse().unwrap(), PATIENCE);
    assert_eq!(nobody.mail_of(&DomainName::parse("posta.sk").unwrap()).await, None);
}

#[tokio::test]
async fn a_host_has_addresses_of_both_kinds_and_an_address_has_names() {
    let dns = Dns::at(server().await, PATIENCE);
    let addresses = |all: &[&str]| Some(all.iter().map(|it| it.parse::<IpAddr>().unwrap()).collect::<Vec<_>>());
    assert_eq!(dns.addresses("dve.sk").await, addresses(&["192.0.2.7", "2001:db8::7"]));
    assert_eq!(dns.addresses("web.sk").await, addresses(&["192.0.2.7"]));
    assert_eq!(dns.addresses("niet.sk").await, addresses(&[]));
    assert_eq!(dns.addresses("ticho.sk").await, None);
    assert_eq!(dns.names_of("192.0.2.7".parse().unwrap()).await, Some(vec!["web.sk".to_owned()]));
    assert_eq!(dns.names_of("192.0.2.8".parse().unwrap()).await, Some(Vec::new()));
}

#[tokio::test]
async fn the_hosts_that_take_the_mail_of_a_domain_are_named() {
    let dns = Dns::at(server().await, PATIENCE);
    assert_eq!(dns.mail_hosts("posta.sk").await, Some(vec!["mx.posta.sk".to_owned()]));
    assert_eq!(dns.mail_hosts("nullmx.sk").await, Some(Vec::new()));
    assert_eq!(dns.mail_hosts("web.sk").await, Some(Vec::new()));
    assert_eq!(dns.mail_hosts("chora.sk").await, None);
}
