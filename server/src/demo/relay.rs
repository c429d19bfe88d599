//! A mail relay inside this process that answers as told and carries nothing anywhere.
//!
//! The year that the demo shows was never sent; but what its messages tell (attempts, answers, what became unknown) comes from the
//! same worker and the same conversation as with a real relay.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the relay does with the next message to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The recipient is refused.
    Refused(&'static str),
    /// The content is refused.
    Disliked(&'static str),
    /// The line breaks after the last byte, before any answer.
    Lost,
}

/// The relay. It ends with the process.
#[derive(Clone, Default)]
pub struct Relay(Arc<Desk>);

#[derive(Default)]
struct Desk {
    /// What was decided for an address, the next one last.
    fates: Mutex<HashMap<String, Vec<Fate>>>,
    /// How many messages were taken.
    taken: AtomicU32,
}

impl Relay {
    /// Begins to listen on this machine and tells where.
    ///
    /// # Errors
    /// Fails when no port is free.
    pub async fn listen(&self) -> io::Result<SocketAddr> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let relay = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let relay = relay.clone();
                // A conversation that breaks off is one of the fates.
                tokio::spawn(async move { relay.converse(stream).await.unwrap_or_default() });
            }
        });
        Ok(address)
    }

    /// Decides what happens to the next messages to that address, in this order; after them all are accepted.
    pub fn decide(&self, address: &str, fates: &[Fate]) {
        let mut decided = self.0.fates.lock().unwrap_or_else(PoisonError::into_inner);
        decided.insert(address.to_lowercase(), fates.iter().rev().copied().collect());
    }

    fn fate_of(&self, address: &str) -> Option<Fate> {
        self.0.fates.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&address.to_lowercase())?.pop()
    }

    async fn converse(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut stream = BufReader::new(stream);
        let mut fate = None;
        say(&mut stream, "220 relay.jasenove-dielo.example ESMTP").await?;
        loop {
            let line = hear(&mut stream).await?;
            let verb: String = line.chars().take(4).collect::<String>().to_uppercase();
            match verb.as_str() {
                "EHLO" => say(&mut stream, "250-relay.jasenove-dielo.example\r\n250-SIZE 52428800\r\n250 8BITMIME").await?,
                "RCPT" => {
                    fate = self.fate_of(address(&line));
                    match fate {
                        Some(Fate::Refused(answer)) => say(&mut stream, &answer.replace("{}", address(&line))).await?,
                        _ => say(&mut stream, "250 2.1.5 Ok").await?,
                    }
                }
                "DATA" => {
                    say(&mut stream, "354 End data with <CR><LF>.<CR><LF>").await?;
                    while hear(&mut stream).await? != "." {}
                    let taken = self.0.taken.fetch_add(1, Ordering::Relaxed);
                    match fate {
                        Some(Fate::Lost) => return Ok(()),
                        Some(Fate::Disliked(answer)) => say(&mut stream, answer).await?,
                        _ => say(&mut stream, &format!("250 2.0.0 Ok: queued as {:010X}", queue_id(taken))).await?,
                    }
                }
                "QUIT" => return say(&mut stream, "221 2.0.0 Bye").await,
                _ => say(&mut stream, "250 2.0.0 Ok").await?,
            }
        }
    }
}

/// A number that looks like those of a busy relay.
fn queue_id(taken: u32) -> u64 {
    0x4A_0000_0000 + u64::from(taken.wrapping_mul(2_654_435_761))
}

fn address(line: &str) -> &str {
    line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or("", |it| it.0)
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) -> io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await
}

async fn hear(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = Vec::new();
    if stream.read_until(b'\n', &mut line).await? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned())
}
