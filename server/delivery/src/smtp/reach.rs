//! From a host name to a TCP connection: look-up, then the addresses in turn (RFC 8305 in small).

use std::{io, net::SocketAddr, time::Duration};

use tokio::{
    net::{TcpStream, lookup_host},
    task::JoinSet,
    time::{sleep, timeout},
};

use super::Route;
use crate::{Phase, Trouble, TroubleKind};

/// How long an address is waited for before the next is tried beside it (RFC 8305 §5).
const STAGGER: Duration = Duration::from_millis(250);

/// The addresses of a host, its two families taking turns.
pub(crate) async fn addresses(host: &str, port: u16, route: &Route, limit: Duration) -> Result<Vec<SocketAddr>, Trouble> {
    let trouble = |kind, detail: String| Err(Trouble::new(Phase::Resolve, kind, detail));
    let found = match route {
        Route::Fixed(list) => list.clone(),
        Route::Lookup => match timeout(limit, lookup_host((host, port))).await {
            Err(_) => return trouble(TroubleKind::TimedOut, String::new()),
            Ok(Err(error)) => return trouble(TroubleKind::HostNotFound, error.to_string()),
            Ok(Ok(found)) => take_turns(found.collect()),
        },
    };
    if found.is_empty() { trouble(TroubleKind::HostNotFound, "the name has no address".to_owned()) } else { Ok(found) }
}

/// Puts the families in turn, beginning with the one that the resolver put first.
fn take_turns(found: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let first_is_v6 = found.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) = found.into_iter().partition(|it| it.is_ipv6() == first_is_v6);
    let mut second = second.into_iter();
    let mut out = Vec::new();
    for it in first {
        out.push(it);
        out.extend(second.next());
    }
    out.extend(second);
    out
}

/// Connects to the first address that answers; the next is tried as soon as one fails or is slow.
pub(crate) async fn connect(addresses: &[SocketAddr], limit: Duration) -> Result<TcpStream, Trouble> {
    let mut waiting = addresses.iter().copied();
    let mut tries = JoinSet::new();
    let mut failures: Vec<Trouble> = Vec::new();
    loop {
        let next = waiting.next();
        if let Some(address) = next {
            tries.spawn(one(address, limit));
        }
        tokio::select! {
            done = tries.join_next() => match done {
                Some(Ok(Ok(stream))) => return Ok(stream),
                Some(Ok(Err(trouble))) => failures.push(trouble),
                Some(Err(error)) => failures.push(Trouble::new(Phase::Connect, TroubleKind::Unreachable, error.to_string())),
                None => return Err(summed_up(failures)),
            },
            () = sleep(STAGGER), if next.is_some() => {}
        }
    }
}

async fn one(address: SocketAddr, limit: Duration) -> Result<TcpStream, Trouble> {
    let trouble = |kind, words: &str| Trouble::new(Phase::Connect, kind, format!("{address}: {words}"));
    match timeout(limit, TcpStream::connect(address)).await {
        Err(_) => Err(trouble(TroubleKind::TimedOut, "no answer")),
        Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => Err(trouble(TroubleKind::Refused, "refused")),
        Ok(Err(error)) => Err(trouble(TroubleKind::Unreachable, &error.to_string())),
        Ok(Ok(stream)) => {
            // Without this each small command waits for the peer's delayed acknowledgement, 40 ms.
            stream.set_nodelay(true).map_err(|error| trouble(TroubleKind::Unreachable, &error.to_string()))?;
            Ok(stream)
        }
    }
}

/// One trouble of all: its kind is that of the last address, its detail names each.
fn summed_up(failures: Vec<Trouble>) -> Trouble {
    let kind = failures.last().map_or(TroubleKind::Unreachable, |it| it.kind);
    let details: Vec<String> = failures.into_iter().map(|it| it.detail).collect();
    Trouble::new(Phase::Connect, kind, details.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_take_turns_and_none_is_lost() {
        let list = ["[::1]:1", "[::2]:1", "[::3]:1", "1.1.1.1:1", "2.2.2.2:1"].map(|it| it.parse().unwrap());
        let turns = ["[::1]:1", "1.1.1.1:1", "[::2]:1", "2.2.2.2:1", "[::3]:1"].map(|it| it.parse().unwrap());
        assert_eq!(take_turns(list.to_vec()), turns);
    }
}
