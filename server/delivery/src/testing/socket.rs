//! The server's end of a connection: bytes, lines, and ways to fall silent or away.

use std::{io, sync::Arc, time::Duration};

use rustls::ServerConfig;
use socket2::SockRef;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
    /// A handshake failed.
    Gone,
}

pub(super) struct Socket {
    stream: Stream,
    inbox: Vec<u8>,
}

impl Socket {
    pub(super) fn new(tcp: TcpStream) -> io::Result<Self> {
        tcp.set_nodelay(true)?;
        Ok(Self { stream: Stream::Plain(tcp), inbox: Vec::new() })
    }

    /// Shakes hands; whatever came before in plain text stays in the inbox.
    pub(super) async fn secure(&mut self, config: Arc<ServerConfig>) -> io::Result<()> {
        if let Stream::Plain(tcp) = std::mem::replace(&mut self.stream, Stream::Gone) {
            self.stream = Stream::Tls(Box::new(TlsAcceptor::from(config).accept(tcp).await?));
        }
        Ok(())
    }

    pub(super) fn is_secure(&self) -> bool {
        matches!(self.stream, Stream::Tls(_))
    }

    /// The port that was connected to.
    pub(super) fn port(&self) -> u16 {
        let tcp = match &self.stream {
            Stream::Plain(tcp) => tcp,
            Stream::Tls(tls) => tls.get_ref().0,
            Stream::Gone => return 0,
        };
        tcp.local_addr().map_or(0, |it| it.port())
    }

    /// Forgets what has come and was not read yet.
    pub(super) fn forget(&mut self) {
        self.inbox.clear();
    }

    pub(super) async fn say(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.stream {
            Stream::Plain(tcp) => tcp.write_all(bytes).await,
            Stream::Tls(tls) => {
                tls.write_all(bytes).await?;
                tls.flush().await
            }
            Stream::Gone => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    /// Says each byte alone, with a pause after it.
    pub(super) async fn trickle(&mut self, bytes: &[u8], pause: Duration) -> io::Result<()> {
        for it in bytes {
            self.say(&[*it]).await?;
            tokio::time::sleep(pause).await;
        }
        Ok(())
    }

    /// The next line with its end.
    pub(super) async fn line(&mut self) -> io::Result<Vec<u8>> {
        loop {
            if let Some(end) = self.inbox.iter().position(|&it| it == b'\n') {
                return Ok(self.inbox.drain(..=end).collect());
            }
            self.read().await?;
        }
    }

    /// This many bytes.
    pub(super) async fn exactly(&mut self, n: usize) -> io::Result<Vec<u8>> {
        while self.inbox.len() < n {
            self.read().await?;
        }
        Ok(self.inbox.drain(..n).collect())
    }

    /// Reads and forgets until the client gives up.
    pub(super) async fn hang(&mut self) -> io::Result<()> {
        loop {
            self.forget();
            self.read().await?;
        }
    }

    /// Closes this side and waits until the client closes the other.
    pub(super) async fn half_close(&mut self) -> io::Result<()> {
        match &mut self.stream {
            Stream::Plain(tcp) => tcp.shutdown().await?,
            Stream::Tls(tls) => tls.shutdown().await?,
            Stream::Gone => {}
        }
        self.hang().await
    }

    /// Makes closing send RST: a linger of nothing.
    pub(super) fn abort(&self) -> io::Result<()> {
        match &self.stream {
            Stream::Plain(tcp) => SockRef::from(tcp).set_linger(Some(Duration::ZERO)),
            Stream::Tls(tls) => SockRef::from(tls.get_ref().0).set_linger(Some(Duration::ZERO)),
            Stream::Gone => Ok(()),
        }
    }

    async fn read(&mut self) -> io::Result<()> {
        let n = match &mut self.stream {
            Stream::Plain(tcp) => tcp.read_buf(&mut self.inbox).await?,
            Stream::Tls(tls) => tls.read_buf(&mut self.inbox).await?,
            Stream::Gone => 0,
        };
        if n == 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}
