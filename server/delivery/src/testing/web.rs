//! A scripted HTTP/1.1 server: it answers what its handler says, unless a fault is set for the next requests.

use std::{
    collections::VecDeque,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

use super::{CertificateKind, HOST, authority, certificate::server_config, socket::Socket};
use crate::{
    HttpLimits, HttpWay,
    smtp::{Route, Trust},
};

/// A request that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpAsked {
    /// The method.
    pub method: String,
    /// Path and query as they stood in the first line.
    pub target: String,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl HttpAsked {
    /// The value of a header; its name is given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// The path without its query.
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |it| it.0)
    }

    /// The decoded parameters of the query.
    pub fn query(&self) -> Vec<(String, String)> {
        let query = self.target.split_once('?').map_or("", |it| it.1);
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null if it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpSaid {
    /// The status.
    pub status: u16,
    /// More headers, each a whole line without its end.
    pub headers: Vec<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl HttpSaid {
    /// An answer with a body.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    /// An answer of JSON with status 200.
    pub fn json(body: &serde_json::Value) -> Self {
        Self::new(200, body.to_string())
    }

    fn bytes(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Said\r\nContent-Length: {}\r\n", self.status, self.body.len());
        for line in &self.headers {
            head += &format!("{line}\r\n");
        }
        [head.as_bytes(), b"\r\n", &self.body].concat()
    }
}

/// What a server does instead of behaving.
#[derive(Clone, Debug)]
pub enum HttpFault {
    /// Says this and does nothing.
    Say(HttpSaid),
    /// Does what it was asked for and says this.
    SayAfter(HttpSaid),
    /// Does nothing and closes.
    Close,
    /// Does what it was asked for and closes without a word.
    CloseAfter,
    /// Does what it was asked for and never answers.
    HangAfter,
    /// Does what it was asked for, says so many bytes of its answer and closes.
    CutAfter(usize),
    /// Does what it was asked for and answers byte by byte with a pause after each.
    DripAfter(Duration),
    /// Does what it was asked for and answers with a body without end.
    EndlessAfter,
    /// Does what it was asked for and says something that is not HTTP.
    NonsenseAfter,
}

type Handler = Box<dyn Fn(&HttpAsked) -> HttpSaid + Send + Sync>;

struct Shared {
    handler: Handler,
    faults: Mutex<VecDeque<(String, HttpFault)>>,
    asked: Mutex<Vec<HttpAsked>>,
    secure: Option<CertificateKind>,
}

/// A running server; it ends when it is dropped.
pub struct HttpServer {
    shared: Arc<Shared>,
    address: SocketAddr,
    listener: JoinHandle<()>,
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl HttpServer {
    /// Starts a server in plain text.
    pub async fn start(handler: impl Fn(&HttpAsked) -> HttpSaid + Send + Sync + 'static) -> Self {
        Self::start_with(None, handler).await
    }

    /// Starts a server with such a certificate, or in plain text.
    ///
    /// # Panics
    /// The address cannot be bound.
    #[allow(clippy::expect_used, reason = "a test server that cannot listen has to stop the test")]
    pub async fn start_with(
        secure: Option<CertificateKind>,
        handler: impl Fn(&HttpAsked) -> HttpSaid + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port on loopback");
        let address = listener.local_addr().expect("the address of a bound port");
        let (faults, asked) = (Mutex::default(), Mutex::default());
        let shared = Arc::new(Shared { handler: Box::new(handler), faults, asked, secure });
        let listener = tokio::spawn(listen(listener, shared.clone()));
        Self { shared, address, listener }
    }

    /// Its address without a path.
    pub fn base(&self) -> String {
        let scheme = if self.shared.secure.is_some() { "https" } else { "http" };
        format!("{scheme}://{HOST}:{}", self.address.port())
    }

    /// The port that it listens at.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// How to reach it; limits are 10 seconds, tests lower the one they wait for.
    ///
    /// # Panics
    /// Never: the authority's certificate is our own.
    #[allow(clippy::expect_used, reason = "the authority's certificate is made here")]
    pub fn way(&self) -> HttpWay {
        HttpWay {
            route: Route::Fixed(vec![self.address]),
            trust: Trust::only(authority()).expect("a readable certificate"),
            limits: HttpLimits::default().at_most(Duration::from_secs(10)),
        }
    }

    /// Misbehaves once, at the next request whose target contains `target`. Several faults are used up in their order.
    pub fn fault(&self, target: &str, fault: HttpFault) {
        lock(&self.shared.faults).push_back((target.to_owned(), fault));
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<HttpAsked> {
        lock(&self.shared.asked).clone()
    }
}

fn lock<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    let mut sessions = JoinSet::new();
    while let Ok((tcp, _)) = listener.accept().await {
        let shared = shared.clone();
        sessions.spawn(async move {
            // Errors end a session, as they would end a real one.
            let _ended = serve(tcp, &shared).await;
        });
        while sessions.try_join_next().is_some() {}
    }
}

/// One request on one connection.
async fn serve(tcp: TcpStream, shared: &Shared) -> io::Result<()> {
    let mut socket = Socket::new(tcp)?;
    if let Some(kind) = shared.secure {
        socket.secure(server_config(kind)).await?;
    }
    let asked = read(&mut socket).await?;
    lock(&shared.asked).push(asked.clone());
    let fault = {
        let mut faults = lock(&shared.faults);
        let at = faults.iter().position(|it| asked.target.contains(&it.0));
        at.and_then(|it| faults.remove(it))
    };
    let behave = || (shared.handler)(&asked).bytes();
    match fault.map(|it| it.1) {
        None => socket.say(&behave()).await,
        Some(HttpFault::Say(said)) => socket.say(&said.bytes()).await,
        Some(HttpFault::Close) => Ok(()),
        Some(fault) => misbehave(&mut socket, fault, &behave()).await,
    }
}

/// What a server may do that has done its work.
async fn misbehave(socket: &mut Socket, fault: HttpFault, answer: &[u8]) -> io::Result<()> {
    match fault {
        HttpFault::SayAfter(said) => socket.say(&said.bytes()).await,
        HttpFault::HangAfter => socket.hang().await,
        HttpFault::CutAfter(n) => socket.say(&answer[..n.min(answer.len())]).await,
        HttpFault::DripAfter(pause) => socket.trickle(answer, pause).await,
        HttpFault::NonsenseAfter => socket.say(b"220 mail.example ESMTP\r\n").await,
        HttpFault::EndlessAfter => {
            socket.say(b"HTTP/1.1 200 OK\r\n\r\n").await?;
            loop {
                socket.say(&[b' '; 8192]).await?;
            }
        }
        HttpFault::Say(_) | HttpFault::Close | HttpFault::CloseAfter => Ok(()),
    }
}

async fn read(socket: &mut Socket) -> io::Result<HttpAsked> {
    let text = |line: Vec<u8>| String::from_utf8_lossy(&line).trim_end().to_owned();
    let first = text(socket.line().await?);
    let mut words = first.split(' ').map(str::to_owned);
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut headers = Vec::new();
    loop {
        let line = text(socket.line().await?);
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut asked = HttpAsked { method, target, headers, body: Vec::new() };
    let length = asked.header("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
    asked.body = socket.exactly(length).await?;
    Ok(asked)
}
