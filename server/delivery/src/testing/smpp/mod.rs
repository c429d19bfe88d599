//! A message centre that speaks SMPP 3.4: it keeps what was submitted, tells states when it is asked whether it is there, and brings again
//! what was not acknowledged.

mod session;

use std::{
    collections::{HashMap, VecDeque},
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use secrecy::SecretString;
use tokio::{
    net::TcpListener,
    task::{JoinHandle, JoinSet},
};

use self::session::Session;
use super::{HOST, authority};
use crate::{
    sms::{
        Bind, Encoding, GatewayZone, LongText, Protection, ReceiptIds, Sender, SmppLimits, SmppSettings,
        smpp::pdu::{Writer, tag},
    },
    smtp::{Route, Trust},
};

const SYSTEM_ID: &str = "posel";
const PASSWORD: &str = "secret08";

/// What a centre does with a part instead of taking it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CentreFault {
    /// Refuses it with this `command_status`.
    Status(u32),
    /// Takes it and closes without a word.
    CloseAfter,
    /// Takes it and never answers.
    SilenceAfter,
    /// Takes it and answers under a number that nobody used.
    WrongNumberAfter,
    /// Takes it and says something that is not SMPP.
    NonsenseAfter,
}

/// One part that a centre took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmittedPart {
    /// The whole packet as it came.
    pub packet: Vec<u8>,
    /// The digits of the recipient.
    pub recipient: String,
    /// The `message_id` that was answered.
    pub id: String,
}

#[derive(Default)]
struct Book {
    parts: Vec<SubmittedPart>,
    faults: VecDeque<Option<CentreFault>>,
    /// Bodies of `deliver_sm` that were not acknowledged, by their number.
    pending: Vec<(u32, Vec<u8>)>,
    n_acknowledged: usize,
    n_connections: usize,
    n_enquiries: usize,
    n_goodbyes: usize,
    /// The next part gets this id.
    next_id: Option<String>,
    /// Answers are held back until so many parts wait.
    hold: usize,
    most_waiting: usize,
    bind_status: u32,
    /// Whether nobody is let in while somebody is.
    lets_one_in: bool,
    /// How many are let in now.
    n_inside: usize,
    /// How often somebody was refused because somebody else was in.
    n_turned_away: usize,
    /// Sessions that began before this one end at the next packet.
    goodbye: usize,
    /// By which commands was bound.
    binds: Vec<u32>,
}

/// A running centre; it ends when it is dropped.
pub struct SmppServer {
    book: Arc<Mutex<Book>>,
    address: SocketAddr,
    listener: JoinHandle<()>,
}

impl Drop for SmppServer {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl SmppServer {
    /// Starts a centre that behaves.
    ///
    /// # Panics
    /// The address cannot be bound.
    #[allow(clippy::expect_used, reason = "a test server that cannot listen has to stop the test")]
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port on loopback");
        let address = listener.local_addr().expect("the address of a bound port");
        let book = Arc::new(Mutex::new(Book::default()));
        let shared = book.clone();
        let listener = tokio::spawn(async move {
            let mut sessions = JoinSet::new();
            while let Ok((tcp, _)) = listener.accept().await {
                lock(&shared).n_connections += 1;
                let shared = shared.clone();
                sessions.spawn(async move {
                    let began = lock(&shared).goodbye;
                    let mut session = Session {
                        tcp,
                        inbox: Vec::new(),
                        book: shared,
                        brought: HashMap::new(),
                        began,
                        hears: true,
                        is_inside: false,
                    };
                    let _ended = session.serve().await;
                    session.leave();
                });
                while sessions.try_join_next().is_some() {}
            }
        });
        Self { book, address, listener }
    }

    /// Settings of an account that this centre lets in; answers may take 10 seconds.
    ///
    /// # Panics
    /// Never: what is parsed are constants.
    #[allow(clippy::expect_used, reason = "what is parsed are constants")]
    pub fn settings(&self) -> SmppSettings {
        let limits = SmppLimits { answer: Duration::from_secs(10), ..SmppLimits::default() };
        SmppSettings {
            host: HOST.to_owned(),
            port: self.address.port(),
            protection: Protection::None,
            route: Route::Fixed(vec![self.address]),
            trust: Trust::only(authority()).expect("a readable certificate"),
            system_id: SYSTEM_ID.to_owned(),
            password: SecretString::from(PASSWORD),
            system_type: String::new(),
            service_type: String::new(),
            bind: Bind::Transceiver,
            sender: Some(Sender::parse("Posel").expect("a sender")),
            numbering: None,
            encoding: Encoding::Gsm,
            validity: None,
            receipts: true,
            long_text: LongText::Parts,
            window: 10,
            receipt_ids: ReceiptIds::Same,
            zone: GatewayZone::Bratislava,
            enquire: Duration::from_secs(30),
            limits,
        }
    }

    /// The port it listens at, on loopback.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Ends every session that stands, as a centre does before it goes down; new ones are let in.
    pub fn say_goodbye(&self) {
        lock(&self.book).goodbye += 1;
    }

    /// Every part that was taken.
    pub fn parts(&self) -> Vec<SubmittedPart> {
        lock(&self.book).parts.clone()
    }

    /// What happens to the next parts, in their order; nothing stands for taking one.
    pub fn faults(&self, faults: &[Option<CentreFault>]) {
        lock(&self.book).faults.extend(faults);
    }

    /// Lets nobody in, with this `command_status`; 0 lets everybody in again who knows the password.
    pub fn refuse_binds(&self, status: u32) {
        lock(&self.book).bind_status = status;
    }

    /// Lets nobody in while somebody is, like a centre whose account has one session.
    pub fn let_one_in(&self) {
        lock(&self.book).lets_one_in = true;
    }

    /// How often somebody was refused because somebody else was in.
    pub fn n_turned_away(&self) -> usize {
        lock(&self.book).n_turned_away
    }

    /// Holds answers back until so many parts wait.
    pub fn hold(&self, parts: usize) {
        lock(&self.book).hold = parts;
    }

    /// How many parts waited for an answer at most.
    pub fn most_waiting(&self) -> usize {
        lock(&self.book).most_waiting
    }

    /// How many connections were made.
    pub fn n_connections(&self) -> usize {
        lock(&self.book).n_connections
    }

    /// By which commands was bound, in their order.
    pub fn binds(&self) -> Vec<u32> {
        lock(&self.book).binds.clone()
    }

    /// How often it was asked whether it is there.
    pub fn n_enquiries(&self) -> usize {
        lock(&self.book).n_enquiries
    }

    /// How often a session was ended politely.
    pub fn n_goodbyes(&self) -> usize {
        lock(&self.book).n_goodbyes
    }

    /// Gives the next part this id.
    pub fn name_next(&self, id: &str) {
        lock(&self.book).next_id = Some(id.to_owned());
    }

    /// How many receipts and texts were acknowledged.
    pub fn n_acknowledged(&self) -> usize {
        lock(&self.book).n_acknowledged
    }

    /// Brings a receipt: the id, the word for the state and its time as `YYMMDDhhmm`.
    pub fn receipt(&self, id: &str, word: &str, time: &str) {
        let text = format!("id:{id} sub:001 dlvrd:001 submit date:2601101200 done date:{time} stat:{word} err:000 text:Hello");
        self.bring(0x04, 0, text.as_bytes(), &[]);
    }

    /// Brings a receipt with this text, at most 255 bytes.
    pub fn raw_receipt(&self, text: &[u8]) {
        self.bring(0x04, 0, text, &[]);
    }

    /// Brings a receipt whose fields are tagged.
    pub fn tagged_receipt(&self, id: &str, state: u8) {
        let id = [id.as_bytes(), &[0]].concat();
        self.bring(0x04, 0, b"", &[(tag::RECEIPTED_MESSAGE_ID, id), (tag::MESSAGE_STATE, vec![state])]);
    }

    /// Brings a text that somebody sent, in UTF-16.
    pub fn incoming(&self, text: &str) {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        self.bring(0x00, 8, &bytes, &[]);
    }

    fn bring(&self, class: u8, coding: u8, text: &[u8], tags: &[(u16, Vec<u8>)]) {
        let mut body = Writer::default()
            .text("", 6)
            .bytes(&[1, 1])
            .text("421903600001", 21)
            .bytes(&[5, 0])
            .text("Posel", 21)
            .bytes(&[class, 0, 0, 0, 0, 0, 0, coding, 0])
            .byte(text.len() as u8)
            .bytes(text);
        for (tag, value) in tags {
            body = body.tagged(*tag, value);
        }
        let mut book = lock(&self.book);
        let number = 1 + book.n_acknowledged as u32 + book.pending.len() as u32;
        book.pending.push((number, body.0));
    }
}

fn lock(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}
