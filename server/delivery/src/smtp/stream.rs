//! A TCP connection with or without TLS.

use std::{io, mem::MaybeUninit, net::SocketAddr};

use socket2::SockRef;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::client::TlsStream;

pub(crate) enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// What lies in the socket without waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glance {
    Nothing,
    Bytes,
    Closed,
}

impl Stream {
    pub(crate) async fn read(&mut self, into: &mut Vec<u8>) -> io::Result<usize> {
        match self {
            Self::Plain(it) => it.read_buf(into).await,
            Self::Tls(it) => it.read_buf(into).await,
        }
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(it) => it.write_all(bytes).await,
            Self::Tls(it) => {
                it.write_all(bytes).await?;
                it.flush().await
            }
        }
    }

    pub(crate) fn is_secure(&self) -> bool {
        matches!(self, Self::Tls(_))
    }

    pub(crate) fn peer(&self) -> Option<SocketAddr> {
        self.tcp().peer_addr().ok()
    }

    /// Asks the kernel, because the runtime learns of a closed connection only when it next sleeps.
    pub(crate) fn glance(&self) -> Glance {
        match SockRef::from(self.tcp()).peek(&mut [MaybeUninit::uninit()]) {
            Ok(0) => Glance::Closed,
            Ok(_) => Glance::Bytes,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Glance::Nothing,
            Err(_) => Glance::Closed,
        }
    }

    fn tcp(&self) -> &TcpStream {
        match self {
            Self::Plain(it) => it,
            Self::Tls(it) => it.get_ref().0,
        }
    }
}
