//! Lines and blocks of bytes over a connection, each bounded in time and size.

use std::time::Duration;

use model::{MailboxStage, Security};
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::{MailServer, MailboxTrouble};
use crate::Trouble;
use crate::smtp::stream::Stream;
use crate::smtp::{handshake, reach};

/// The longest line of an answer; a list of all mails comes in one.
const LONGEST_LINE: usize = 4 * 1024 * 1024;
/// How much is sent before patience begins anew.
const PIECE: usize = 64 * 1024;

pub(super) struct Talk {
    stream: Option<Stream>,
    inbox: Vec<u8>,
    pub(super) stage: MailboxStage,
    patience: Duration,
}

impl Talk {
    /// Connects, with TLS from the first byte where that is wanted.
    pub(super) async fn connect(server: &MailServer) -> Result<Self, MailboxTrouble> {
        let from = |stage| move |it: Trouble| MailboxTrouble::new(stage, it.to_string());
        let addresses = reach::addresses(&server.host, server.port, &server.route, server.patience)
            .await
            .map_err(from(MailboxStage::Connect))?;
        let tcp = reach::connect(&addresses, server.patience).await.map_err(from(MailboxStage::Connect))?;
        let mut talk =
            Self { stream: Some(Stream::Plain(tcp)), inbox: Vec::new(), stage: MailboxStage::Connect, patience: server.patience };
        if server.security == Security::Tls {
            talk.secure(server).await?;
        }
        Ok(talk)
    }

    /// Shakes hands; what came in plain text after the last answer ends the connection (STARTTLS injection).
    pub(super) async fn secure(&mut self, server: &MailServer) -> Result<(), MailboxTrouble> {
        self.stage = MailboxStage::Secure;
        match self.stream.take() {
            Some(Stream::Plain(tcp)) if self.inbox.is_empty() => {
                let shaken = handshake::shake(tcp, &server.host, &server.trust, self.patience, server.security).await;
                let stream = shaken.map_err(|it| self.trouble(it.to_string()))?;
                self.stream = Some(Stream::Tls(Box::new(stream)));
                Ok(())
            }
            _ => Err(self.trouble("text after the answer to STARTTLS")),
        }
    }

    pub(super) async fn send(&mut self, line: &str) -> Result<(), MailboxTrouble> {
        self.send_bytes(&Zeroizing::new(format!("{line}\r\n").into_bytes())).await
    }

    /// Sends bytes; each piece of them may take as long as an answer, so that a large mail over a slow line is no trouble.
    pub(super) async fn send_bytes(&mut self, bytes: &[u8]) -> Result<(), MailboxTrouble> {
        for piece in bytes.chunks(PIECE) {
            self.send_piece(piece).await?;
        }
        Ok(())
    }

    async fn send_piece(&mut self, bytes: &[u8]) -> Result<(), MailboxTrouble> {
        let sent = match &mut self.stream {
            Some(stream) => timeout(self.patience, stream.write(bytes)).await,
            None => return Err(self.trouble("closed")),
        };
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(self.trouble(error.to_string())),
            Err(_) => Err(self.trouble("the server does not read")),
        }
    }

    /// The next line without its end.
    pub(super) async fn line(&mut self) -> Result<Vec<u8>, MailboxTrouble> {
        let mut looked = 0;
        loop {
            if let Some(at) = self.inbox[looked..].iter().position(|it| *it == b'\n') {
                let mut line: Vec<u8> = self.inbox.drain(..=looked + at).collect();
                line.truncate(line.len() - if line.ends_with(b"\r\n") { 2 } else { 1 });
                return Ok(line);
            }
            looked = self.inbox.len();
            if LONGEST_LINE < looked {
                return Err(self.trouble("a line without end"));
            }
            self.more().await?;
        }
    }

    /// The next `n` bytes, of which at most `keep` are kept.
    pub(super) async fn block(&mut self, n: usize, keep: usize) -> Result<Vec<u8>, MailboxTrouble> {
        let (mut out, mut left) = (Vec::new(), n);
        while 0 < left {
            if self.inbox.is_empty() {
                self.more().await?;
            }
            let taken: Vec<u8> = self.inbox.drain(..self.inbox.len().min(left)).collect();
            left -= taken.len();
            let room = keep.saturating_sub(out.len());
            out.extend_from_slice(&taken[..taken.len().min(room)]);
        }
        Ok(out)
    }

    /// Whether nobody on the way can listen.
    pub(super) fn is_private(&self) -> bool {
        self.stream.as_ref().is_some_and(|it| it.is_secure() || it.peer().is_some_and(|it| it.ip().is_loopback()))
    }

    pub(super) fn trouble(&self, words: impl AsRef<[u8]>) -> MailboxTrouble {
        MailboxTrouble::new(self.stage, words)
    }

    async fn more(&mut self) -> Result<(), MailboxTrouble> {
        let read = match &mut self.stream {
            Some(stream) => timeout(self.patience, stream.read(&mut self.inbox)).await,
            None => return Err(self.trouble("closed")),
        };
        match read {
            Ok(Ok(0)) => Err(self.trouble("the server hung up")),
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(self.trouble(error.to_string())),
            Err(_) => Err(self.trouble("no answer in time")),
        }
    }
}
