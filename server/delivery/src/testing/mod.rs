//! Scripted servers for tests, here and in other crates: real sockets on loopback, every phase can be made to misbehave.
//!
//! [`ScriptedServer`] speaks SMTP, [`EuroSmsServer`] and [`GoSmsServer`] the protocols of those gateways, [`OauthServer`] gives tokens, [`HttpServer`] whatever a test
//! wants. Each keeps everything it took responsibility for, so that a test can count copies.

mod certificate;
mod eurosms;
mod gosms;
mod oauth;
mod rule;
mod session;
#[cfg(feature = "smpp")]
mod smpp;
mod socket;
mod web;

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use secrecy::SecretString;
use tokio::{
    net::TcpListener,
    sync::Notify,
    task::{JoinHandle, JoinSet},
};

pub use certificate::{CertificateKind, authority, identity};
pub use eurosms::{EuroSmsServer, SegmentAtEuroSms};
pub use gosms::GoSmsServer;
pub use oauth::{OauthServer, TokenCheck};
pub use rule::{Moment, Rule};
#[cfg(feature = "smpp")]
pub use smpp::{CentreFault, SmppServer, SubmittedPart};
pub use web::{HttpAsked, HttpFault, HttpSaid, HttpServer};

use crate::smtp::{Credentials, Pipelining, Relay, Route, Security, TimeLimits, Trust};

/// The host name that the server's certificate bears.
pub const HOST: &str = "relay.test";

/// How a server is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// The lines of the answer to EHLO after the first, without STARTTLS and AUTH.
    pub extensions: Vec<String>,
    /// How connections are secured.
    pub security: Security,
    /// The certificate that is shown.
    pub certificate: CertificateKind,
    /// The user and the password (or token) that are let in; then mail needs a login.
    pub login: Option<(String, String)>,
    /// Which tokens are let in besides, for any user.
    pub tokens: Option<TokenCheck>,
    /// The mechanisms of AUTH.
    pub mechanisms: String,
    /// Forgets what came together with a command, as servers do that cannot take groups.
    pub breaks_on_groups: bool,
    /// The address to listen at; port 0 takes a free one.
    pub address: SocketAddr,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            extensions: ["PIPELINING", "8BITMIME", "SIZE 26214400", "DSN", "SMTPUTF8", "ENHANCEDSTATUSCODES"]
                .map(str::to_owned)
                .into(),
            security: Security::None,
            certificate: CertificateKind::Good,
            login: None,
            tokens: None,
            mechanisms: "PLAIN LOGIN XOAUTH2".to_owned(),
            breaks_on_groups: false,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        }
    }
}

/// One message that the server took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedMail {
    /// The number of its connection, from 0.
    pub connection: usize,
    /// The sender as given in MAIL FROM, without brackets.
    pub sender: String,
    /// The parameters of MAIL FROM.
    pub sender_parameters: String,
    /// The recipient as given in RCPT TO, without brackets.
    pub recipient: String,
    /// The parameters of RCPT TO.
    pub recipient_parameters: String,
    /// The message with its dots unstuffed, without the final dot.
    pub body: Vec<u8>,
    /// Whether it came over TLS.
    pub secure: bool,
    /// Who was signed in.
    pub user: Option<String>,
}

#[derive(Default)]
struct Book {
    rules: Vec<Rule>,
    mails: Vec<ReceivedMail>,
    commands: Vec<(usize, String)>,
    n_connections: usize,
    n_empty_dots: usize,
}

struct Shared {
    options: Options,
    book: Mutex<Book>,
    /// Rung when messages were taken.
    taken: Notify,
}

impl Shared {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running server; it ends when it is dropped.
pub struct ScriptedServer {
    shared: Arc<Shared>,
    address: SocketAddr,
    listener: JoinHandle<()>,
}

impl Drop for ScriptedServer {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl ScriptedServer {
    /// Starts a server that behaves: plain text, all extensions, no login.
    pub async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    /// Starts a server.
    ///
    /// # Panics
    /// The address cannot be bound.
    #[allow(clippy::expect_used, reason = "a test server that cannot listen has to stop the test")]
    pub async fn start_with(options: Options) -> Self {
        let listener = TcpListener::bind(options.address).await.expect("a free port on loopback");
        let address = listener.local_addr().expect("the address of a bound port");
        let shared = Arc::new(Shared { options, book: Mutex::default(), taken: Notify::new() });
        let listener = tokio::spawn(listen(listener, shared.clone()));
        Self { shared, address, listener }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A relay that reaches this server with matching settings; limits are 10 seconds, tests lower the one they wait for.
    ///
    /// # Panics
    /// Never: the authority's certificate is our own.
    #[allow(clippy::expect_used, reason = "the authority's certificate is made here")]
    pub fn relay(&self) -> Relay {
        let options = &self.shared.options;
        Relay {
            host: HOST.to_owned(),
            port: self.address.port(),
            route: Route::Fixed(vec![self.address]),
            security: options.security,
            trust: Trust::only(authority()).expect("a readable certificate"),
            credentials: options
                .login
                .clone()
                .map(|(user, password)| Credentials::Password { user, password: SecretString::from(password) }),
            helo_name: "client.test".to_owned(),
            limits: TimeLimits::default().at_most(Duration::from_secs(10)),
            pipelining: Pipelining::when_offered(),
        }
    }

    /// Adds a rule; of several that fit, the one added last decides.
    pub fn rule(&self, rule: Rule) {
        self.shared.book().rules.push(rule);
    }

    /// Forgets all rules, so that the server behaves again.
    pub fn behave(&self) {
        self.shared.book().rules.clear();
    }

    /// Every message taken so far.
    pub fn mails(&self) -> Vec<ReceivedMail> {
        self.shared.book().mails.clone()
    }

    /// Comes back when at least so many messages were taken.
    pub async fn took(&self, n: usize) {
        loop {
            let taken = self.shared.taken.notified();
            tokio::pin!(taken);
            taken.as_mut().enable();
            if n <= self.shared.book().mails.len() {
                return;
            }
            taken.await;
        }
    }

    /// How many messages were taken for a recipient.
    pub fn n_copies(&self, recipient: &str) -> usize {
        self.shared.book().mails.iter().filter(|it| it.recipient == recipient).count()
    }

    /// Every line the client said outside of messages, with the number of its connection.
    pub fn commands(&self) -> Vec<(usize, String)> {
        self.shared.book().commands.clone()
    }

    /// How many connections were made.
    pub fn n_connections(&self) -> usize {
        self.shared.book().n_connections
    }

    /// How often a final dot came for a message without recipients.
    pub fn n_empty_dots(&self) -> usize {
        self.shared.book().n_empty_dots
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    let mut sessions = JoinSet::new();
    while let Ok((tcp, _)) = listener.accept().await {
        let number = {
            let mut book = shared.book();
            book.n_connections += 1;
            book.n_connections - 1
        };
        sessions.spawn(session::serve(tcp, number, shared.clone()));
        while sessions.try_join_next().is_some() {}
    }
}
