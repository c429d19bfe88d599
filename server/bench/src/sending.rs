//! A queue of campaign messages, the server and the sink as processes, and what both say in the end.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use model::message::Role;
use model::time::days;
use model::{
    AccountDraft, DeliveryState, EmailAddress, Lane, MessageDraft, MessageId, MessageState, Moment, Pace, Recipient, Security,
    SmtpSettings, UserId,
};
use store::Store;
use store::deliveries::NewDelivery;
use store::messages::Complete;

use crate::{fill, idle};

/// Rows in one transaction.
const ROWS: u32 = 1_000;

/// A queue on its way to a sink.
pub struct Stage {
    /// Folder of the server's data.
    pub data: PathBuf,
    /// Folder of the sink.
    pub sink: PathBuf,
    port: u16,
    rules: Vec<String>,
    /// How many messages there are.
    pub n: u32,
    /// A library that is loaded before all others into the server.
    pub preload: Option<PathBuf>,
}

/// A process that ends with its owner.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What the database says in the end.
#[derive(Default)]
pub struct Ends {
    /// How many deliveries are in which state.
    pub by_state: HashMap<DeliveryState, u32>,
    /// The addresses that were accepted.
    pub accepted: Vec<String>,
    /// The addresses of which nobody knows.
    pub unknown: Vec<String>,
}

impl Stage {
    /// Fills a folder with messages of a campaign that are due, over so many connections; the sink keeps to the rules.
    pub async fn set(folder: &Path, n: u32, connections: u8, rules: &[(&str, u64)]) -> Result<Self> {
        let (data, sink) = (folder.join("data"), folder.join("sink"));
        std::fs::create_dir(&data)?;
        std::fs::create_dir(&sink)?;
        let port = free_port()?;
        let store = fill::open(&data).await?;
        let author = fill::messages(&store, 0).await?;
        fill_queue(&store, author, n, connections, port).await?;
        store.close().await;
        Ok(Self { data, sink, port, rules: told(rules), n, preload: None })
    }

    /// Lets the full text take in what there is, as it has long before a campaign is released.
    pub async fn index(&self) -> Result<()> {
        index(&self.data).await
    }

    /// Starts the sink.
    pub fn start_sink(&self) -> Result<Running> {
        start_sink(&self.sink, self.port, &self.rules)
    }

    /// Starts the server and waits until it listens.
    pub fn start_server(&self) -> Result<Running> {
        let mut command = idle::program()?;
        command.args(["serve", "--listen", "127.0.0.1:0", "--public-url", "http://localhost", "--data"]).arg(&self.data);
        command.env("POSEL_KEY", fill::KEY).stdout(Stdio::piped()).stderr(Stdio::null());
        self.preload.iter().for_each(|it| {
            command.env("LD_PRELOAD", it);
        });
        let mut running = Running(command.spawn()?);
        let lines = BufReader::new(running.0.stdout.take().context("no output")?).lines();
        for line in lines {
            if line?.contains("listens on") {
                return Ok(running);
            }
        }
        bail!("the server ended before it was ready")
    }

    /// While the server stands still: ends its leases as if they had run out. Says no when it stands in the middle of a transaction.
    pub async fn end_leases(&self) -> Result<bool> {
        let store = fill::open(&self.data).await?;
        let Ok(tx) = tokio::time::timeout(Duration::from_millis(200), store.write()).await else { return Ok(false) };
        let mut tx = tx?;
        store::deliveries::recover(&mut tx, Moment(i64::MAX)).await?;
        tx.commit().await?;
        store.close().await;
        Ok(true)
    }

    /// The copies that the sink took so far: microseconds since 1970 and recipient.
    pub fn copies(&self) -> Result<Vec<(u64, String)>> {
        copies(&self.sink)
    }

    /// How long the file of copies is, which grows with each of them.
    pub fn copies_length(&self) -> u64 {
        std::fs::metadata(self.sink.join("copies")).map_or(0, |it| it.len())
    }

    /// How many deliveries wait or move.
    pub async fn open_deliveries(&self) -> Result<u64> {
        let store = fill::open(&self.data).await?;
        let mut reader = store.read().await?;
        let waiting = store::deliveries::counts(&mut reader).await?.waiting;
        drop(reader);
        store.close().await;
        Ok(waiting)
    }

    /// What became of every delivery.
    pub async fn ends(&self) -> Result<Ends> {
        let store = fill::open(&self.data).await?;
        let mut reader = store.read().await?;
        let mut ends = Ends::default();
        for id in 1..=i64::from(self.n) {
            for it in store::deliveries::of_message(&mut reader, MessageId(id)).await? {
                *ends.by_state.entry(it.state).or_default() += 1;
                match it.state {
                    DeliveryState::Accepted => ends.accepted.push(it.address.as_str().to_owned()),
                    DeliveryState::Unknown => ends.unknown.push(it.address.as_str().to_owned()),
                    _ => {}
                }
            }
        }
        drop(reader);
        store.close().await;
        Ok(ends)
    }

    /// Reads the bodies that the sink kept and tells how many are not what was put into the queue, byte for byte, and how many there are.
    pub fn wrong_bodies(&self) -> Result<(u32, u32)> {
        let (mut wrong, mut all) = (0, 0);
        for entry in std::fs::read_dir(&self.sink)? {
            let path = entry?.path();
            let Some(name) = path.file_name().and_then(|it| it.to_str()).and_then(|it| it.strip_suffix(".eml")) else { continue };
            let n: u32 = name.trim_start_matches("osoba").split('@').next().unwrap_or_default().parse()?;
            let raw = String::from_utf8(std::fs::read(&path)?)?.replace("\r\n..", "\r\n.");
            let mail = delivery::capture::read(raw.as_bytes());
            let (subject, text, html) = letter(n);
            let same =
                |got: Option<String>, put: &str| got.is_some_and(|it| it.trim_end().replace("\r\n", "\n") == put.trim_end());
            all += 1;
            wrong += u32::from(mail.subject != subject || !same(mail.text, &text) || !same(mail.html, &html));
        }
        Ok((wrong, all))
    }
}

/// Lets the full text take in all that is in the folder, and gives the folder back.
pub async fn index(data: &Path) -> Result<()> {
    let engine = crate::prepare::open(data).await?;
    while 0 < engine::indexer::turn(&engine).await? {}
    engine.close().await;
    Ok(())
}

/// Rules of a sink as it is told them.
pub fn told(rules: &[(&str, u64)]) -> Vec<String> {
    rules.iter().flat_map(|(name, value)| [format!("--{name}"), value.to_string()]).collect()
}

/// A port on loopback that nobody listens on.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Starts a sink and waits until it listens.
pub fn start_sink(folder: &Path, port: u16, rules: &[String]) -> Result<Running> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["sink", "--port", &port.to_string(), "--folder"]).arg(folder).args(rules);
    let running = Running(command.spawn()?);
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(running)
}

/// The copies in the folder of a sink: microseconds since 1970 and recipient.
pub fn copies(folder: &Path) -> Result<Vec<(u64, String)>> {
    let Ok(text) = std::fs::read_to_string(folder.join("copies")) else { return Ok(Vec::new()) };
    let line = |it: &str| it.split_once(' ').and_then(|(us, to)| Some((us.parse().ok()?, to.to_owned())));
    Ok(text.lines().filter_map(line).collect())
}

/// Messages a second from the first copy to the last, and the seconds between them.
pub fn speed(copies: &[(u64, String)]) -> (f64, f64) {
    let (first, last) = (copies.iter().map(|it| it.0).min(), copies.iter().map(|it| it.0).max());
    let seconds = last.zip(first).map_or(0.0, |(last, first)| (last - first) as f64 / 1e6);
    (copies.len() as f64 / seconds.max(0.001), seconds)
}

async fn fill_queue(store: &Store, author: UserId, n: u32, connections: u8, port: u16) -> Result<()> {
    let mut tx = store.write().await?;
    let smtp = SmtpSettings { host: "127.0.0.1".into(), port, security: Security::None, user_name: String::new() };
    let pace = Pace { connections, messages_per_connection: 1_000, ..Pace::default() };
    let (name, sender_address) = ("Sink".to_owned(), "obchod@firma.sk".to_owned());
    let draft = AccountDraft { name, smtp, sender_address, hourly_limit: None, pace, ..AccountDraft::default() };
    let account = store::accounts::create(store, &mut tx, &draft, Moment(0)).await?;
    tx.commit().await?;
    for begin in (0..n).step_by(ROWS as usize) {
        let mut tx = store.write().await?;
        for i in begin..n.min(begin + ROWS) {
            let id = store::drafts::create(store, &mut tx, author, model::Origin::Manual, &MessageDraft::default(), Moment(0))
                .await?
                .id;
            let address = model::Address::from(EmailAddress::parse(&format!("osoba{i}@firma{}.sk", i % 5_000))?);
            let recipients = [Recipient { role: Role::To, name: String::new(), address: address.clone(), contact: None }];
            let (subject, text, html) = letter(i);
            let message = Complete {
                account,
                sender_name: "Firma",
                sender_address: "obchod@firma.sk",
                reply_to: "",
                header_id: &format!("sprava{i}@firma.sk"),
                contact: None,
                subject: &subject,
                text: &text,
                html: &html,
                recipients: &recipients,
                attachments: 0,
            };
            store::messages::complete(store, &mut tx, id, &message).await?;
            store::messages::set_state(&mut tx, id, MessageState::Prepared, MessageState::Queued).await?;
            let (due_at, expires_at) = (Moment(i64::from(i)), Moment(i64::MAX).plus(-days(2)));
            let new = NewDelivery { message: id, account, address: &address, lane: Lane::Campaign, due_at, expires_at };
            store::deliveries::queue(&mut tx, &new).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Subject, text and 20 KB of HTML of a message.
fn letter(i: u32) -> (String, String, String) {
    let name = format!("Žofia Šťastná {i}");
    let mut html = format!("<html><body><h1>Vážená pani {name}</h1>");
    for row in 0..6 {
        html.push_str(&format!("<tr><td>Položka {row}</td><td>{},50 €</td></tr>", i + row));
    }
    while html.len() < 20_000 {
        html.push_str("<p style=\"margin:0 0 12px\">Dovoľujeme si Vám ponúknuť smrekové rezivo najvyššej kvality.</p>\n");
    }
    html.push_str(&format!("<p>Číslo ponuky {i}, platí pre {name}.</p></body></html>"));
    (format!("Ponuka {i} pre Vás"), format!("Vážená pani {name},\nposielame Vám ponuku číslo {i}."), html)
}
