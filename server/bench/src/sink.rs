//! The measuring SMTP sink, a process of its own: takes what comes and writes each recipient into a file before it says 250, so that its
//! own death cannot make it forget a copy.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Result;
use clap::Args;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// One in so many bodies is kept for checking.
pub const KEPT: u64 = 500;

/// How the sink behaves. Each rule is met by every so manyth message; 0 means never.
#[derive(Args, Clone)]
pub struct Rules {
    /// Port on loopback.
    #[arg(long)]
    pub port: u16,
    /// Folder of `copies`, one line for each copy, and of the bodies that are kept.
    #[arg(long)]
    pub folder: PathBuf,
    /// Milliseconds before each answer, as on a long line; a group of commands is answered together.
    #[arg(long, default_value_t = 0)]
    pub delay_ms: u64,
    /// Refuses the recipient for good.
    #[arg(long, default_value_t = 0)]
    pub refuse: u64,
    /// Puts the recipient off.
    #[arg(long, default_value_t = 0)]
    pub defer: u64,
    /// Takes the message and hangs up without an answer.
    #[arg(long, default_value_t = 0)]
    pub drop: u64,
    /// Takes the message and says nothing more on the connection.
    #[arg(long, default_value_t = 0)]
    pub hang: u64,
}

struct Sink {
    rules: Rules,
    copies: Mutex<File>,
    n: AtomicU64,
}

/// What is left of a connection after a message.
enum After {
    GoOn,
    HangUp,
    Silence,
}

/// Listens until it is killed.
pub async fn run(rules: Rules) -> Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", rules.port)).await?;
    let copies = OpenOptions::new().create(true).append(true).open(rules.folder.join("copies"))?;
    let sink = Arc::new(Sink { rules, copies: Mutex::new(copies), n: AtomicU64::new(0) });
    loop {
        let (stream, _) = listener.accept().await?;
        let sink = sink.clone();
        // A connection that breaks off is the client's to deal with.
        tokio::spawn(async move { serve(&sink, stream).await });
    }
}

async fn serve(sink: &Sink, mut stream: TcpStream) -> Result<()> {
    stream.set_nodelay(true)?;
    stream.write_all(b"220 sink ESMTP\r\n").await?;
    let (mut heard, mut answers) = (Vec::with_capacity(64 * 1024), Vec::new());
    let mut recipient = None;
    loop {
        let Some(end) = memchr::memmem::find(&heard, b"\r\n") else {
            say(sink, &mut stream, &mut answers).await?;
            if stream.read_buf(&mut heard).await? == 0 {
                return Ok(());
            }
            continue;
        };
        let line = String::from_utf8_lossy(&heard[..end]).into_owned();
        heard.drain(..end + 2);
        let answer = match line.get(..4).unwrap_or(&line).to_ascii_uppercase().as_str() {
            "EHLO" => "250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES",
            "HELO" | "MAIL" | "RSET" | "NOOP" => "250 2.0.0 ok",
            "RCPT" => {
                let n = sink.n.fetch_add(1, Ordering::Relaxed) + 1;
                let address = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                match () {
                    () if met(sink.rules.refuse, n) => "550 5.1.1 no such user",
                    () if met(sink.rules.defer, n) => "450 4.2.0 later",
                    () => {
                        recipient = Some((n, address));
                        "250 2.1.5 ok"
                    }
                }
            }
            "DATA" if recipient.is_some() => {
                answers.extend_from_slice(b"354 go ahead\r\n");
                say(sink, &mut stream, &mut answers).await?;
                let Some(body) = body(&mut stream, &mut heard).await? else { return Ok(()) };
                let Some((n, address)) = recipient.take() else { return Ok(()) };
                match take(sink, n, &address, &body)? {
                    After::GoOn => "250 2.0.0 taken",
                    After::HangUp => return Ok(()),
                    After::Silence => std::future::pending().await,
                }
            }
            "DATA" => "503 5.5.1 no recipient",
            "QUIT" => {
                stream.write_all(b"221 2.0.0 bye\r\n").await?;
                return Ok(());
            }
            _ => "500 5.5.2 unknown",
        };
        answers.extend_from_slice(answer.as_bytes());
        answers.extend_from_slice(b"\r\n");
    }
}

/// Sends the answers that have gathered.
async fn say(sink: &Sink, stream: &mut TcpStream, answers: &mut Vec<u8>) -> Result<()> {
    if answers.is_empty() {
        return Ok(());
    }
    if 0 < sink.rules.delay_ms {
        tokio::time::sleep(Duration::from_millis(sink.rules.delay_ms)).await;
    }
    stream.write_all(answers).await?;
    answers.clear();
    Ok(())
}

/// Reads a message up to its final dot, dots still doubled; nothing when the client hangs up before.
async fn body(stream: &mut TcpStream, heard: &mut Vec<u8>) -> Result<Option<Vec<u8>>> {
    const END: &[u8] = b"\r\n.\r\n";
    let mut seen = 0;
    loop {
        if let Some(at) = memchr::memmem::find(&heard[seen..], END) {
            let rest = heard.split_off(seen + at + END.len());
            let mut body = std::mem::replace(heard, rest);
            body.truncate(body.len() - END.len() + 2);
            return Ok(Some(body));
        }
        seen = heard.len().saturating_sub(END.len() - 1);
        if stream.read_buf(heard).await? == 0 {
            return Ok(None);
        }
    }
}

/// Takes responsibility: the copy is written before anything is said.
fn take(sink: &Sink, n: u64, address: &str, body: &[u8]) -> Result<After> {
    let us = SystemTime::now().duration_since(UNIX_EPOCH)?.as_micros();
    let line = format!("{us} {address}\n");
    sink.copies.lock().unwrap_or_else(PoisonError::into_inner).write_all(line.as_bytes())?;
    if n.is_multiple_of(KEPT) {
        std::fs::write(sink.rules.folder.join(format!("{address}.eml")), body)?;
    }
    Ok(match () {
        () if met(sink.rules.drop, n) => After::HangUp,
        () if met(sink.rules.hang, n) => After::Silence,
        () => After::GoOn,
    })
}

fn met(every: u64, n: u64) -> bool {
    0 < every && n.is_multiple_of(every)
}
