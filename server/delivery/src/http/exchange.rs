//! From an address to an answer, with a pause in between where the caller commits that the request may leave.

use std::pin::pin;

use http_body_util::{BodyExt, Full};
use hyper::{
    body::{Bytes, Incoming},
    client::conn::http1,
    header,
};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::timeout,
};
use url::{Host, Url};

use super::{HttpAnswer, HttpLimits, HttpWay, Request};
use crate::{
    Phase, Trouble, TroubleKind,
    smtp::{Security, handshake, reach},
};

/// Something that bytes go through both ways.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// A connection over which nothing was said yet.
pub(crate) struct Line {
    stream: Box<dyn Duplex>,
    limits: HttpLimits,
}

/// A request as it will be written.
pub(crate) struct Ready {
    url: Url,
    request: hyper::Request<Full<Bytes>>,
}

/// Connects to the host that a request goes to, over TLS if its address says so.
pub(crate) async fn open(way: &HttpWay, request: &Ready) -> Result<Line, Trouble> {
    let url = &request.url;
    let unusable = |words: &str| Trouble::new(Phase::Resolve, TroubleKind::UnsafeSetting, words);
    let secure = match url.scheme() {
        "https" => true,
        "http" => false,
        _ => return Err(unusable("the address is neither http nor https")),
    };
    let host = match url.host() {
        Some(Host::Domain(name)) => name.to_owned(),
        Some(Host::Ipv4(it)) => it.to_string(),
        Some(Host::Ipv6(it)) => it.to_string(),
        None => return Err(unusable("the address names no host")),
    };
    let port = url.port_or_known_default().unwrap_or(443);
    let limits = way.limits;
    let addresses = reach::addresses(&host, port, &way.route, limits.resolve).await?;
    let tcp = reach::connect(&addresses, limits.connect).await?;
    let stream: Box<dyn Duplex> = if secure {
        Box::new(handshake::shake(tcp, &host, &way.trust, limits.handshake, Security::Tls).await?)
    } else {
        Box::new(tcp)
    };
    Ok(Line { stream, limits })
}

impl Line {
    /// Says the request and hears the whole answer. A trouble says nothing about whether the peer got the request.
    pub async fn ask(self, request: Ready) -> Result<HttpAnswer, Trouble> {
        let limits = self.limits;
        let (mut sender, connection) = http1::handshake(TokioIo::new(self.stream)).await.map_err(|it| broken(&it))?;
        let talk = async {
            let answer = match timeout(limits.head, sender.send_request(request.request)).await {
                Err(_) => return Err(trouble(TroubleKind::TimedOut, "no answer")),
                Ok(answer) => answer.map_err(|it| broken(&it))?,
            };
            let status = answer.status().as_u16();
            match timeout(limits.body, read(answer.into_body(), limits.body_bytes)).await {
                Err(_) => Err(trouble(TroubleKind::TimedOut, "the answer did not end")),
                Ok(body) => Ok(HttpAnswer { status, body: body? }),
            }
        };
        let (mut talk, mut connection) = (pin!(talk), pin!(connection));
        let mut open = true;
        loop {
            tokio::select! {
                done = &mut talk => return done,
                _ = &mut connection, if open => open = false,
            }
        }
    }
}

/// Writes a request out, so that nothing can be wrong with it any more once it may leave.
pub(crate) fn ready(request: Request) -> Result<Ready, Trouble> {
    let unusable = || Trouble::new(Phase::Request, TroubleKind::UnsafeSetting, "the request cannot be written");
    let target = match request.url.query() {
        Some(query) => format!("{}?{query}", request.url.path()),
        None => request.url.path().to_owned(),
    };
    let host = match (request.url.host_str(), request.url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => return Err(unusable()),
    };
    let mut builder = hyper::Request::builder().method(request.method).uri(target).header(header::HOST, host);
    builder = builder.header(header::CONNECTION, "close").header(header::USER_AGENT, "Posel");
    for (name, value) in request.headers {
        builder = builder.header(name, value);
    }
    let built = builder.body(Full::new(Bytes::from(request.body))).map_err(|_| unusable())?;
    Ok(Ready { url: request.url, request: built })
}

async fn read(mut body: Incoming, most: usize) -> Result<Vec<u8>, Trouble> {
    let mut out = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|it| broken(&it))?.into_data() else { continue };
        if most < out.len() + data.len() {
            return Err(trouble(TroubleKind::ReplyTooLong, "the answer is longer than any honest one"));
        }
        out.extend_from_slice(&data);
    }
    Ok(out)
}

/// hyper's errors name what went wrong in the protocol, never what was said.
fn broken(error: &hyper::Error) -> Trouble {
    let kind = if error.is_parse() || error.is_parse_too_large() { TroubleKind::ReplyMalformed } else { TroubleKind::Closed };
    trouble(kind, &error.to_string())
}

fn trouble(kind: TroubleKind, detail: &str) -> Trouble {
    Trouble::new(Phase::Request, kind, detail)
}
