//! One connection of the centre.

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{Book, CentreFault, PASSWORD, SYSTEM_ID, SubmittedPart, lock};
use crate::sms::smpp::pdu::{Pdu, Reader, Writer, command};

/// `ESME_RALYBND`.
const ALREADY_BOUND: u32 = 0x05;

pub(super) struct Session {
    pub tcp: TcpStream,
    pub inbox: Vec<u8>,
    pub book: Arc<Mutex<Book>>,
    /// What was brought over this connection: our number here, its number in the book.
    pub brought: HashMap<u32, u32>,
    /// How often the centre had said goodbye when this session began.
    pub began: usize,
    /// Whether receipts come over this connection.
    pub hears: bool,
    /// Whether it was let in.
    pub is_inside: bool,
}

impl Session {
    pub async fn serve(&mut self) -> io::Result<()> {
        let mut held: Vec<Pdu> = Vec::new();
        loop {
            let pdu = self.read().await?;
            if self.began < lock(&self.book).goodbye {
                return self.write(&Pdu::new(command::UNBIND, 1, Vec::new())).await;
            }
            match pdu.command {
                command::BIND_TRANSCEIVER | command::BIND_TRANSMITTER | command::BIND_RECEIVER => {
                    self.hears = pdu.command != command::BIND_TRANSMITTER;
                    let answer = bound(&mut lock(&self.book), &pdu);
                    self.is_inside |= answer.status == 0;
                    self.write(&answer).await?;
                }
                command::ENQUIRE_LINK => {
                    lock(&self.book).n_enquiries += 1;
                    if self.hears {
                        self.bring().await?;
                    }
                    self.write(&Pdu::new(command::ENQUIRE_LINK_RESP, pdu.sequence, Vec::new())).await?;
                }
                command::DELIVER_SM_RESP if pdu.status == 0 => {
                    if let Some(number) = self.brought.remove(&pdu.sequence) {
                        let mut book = lock(&self.book);
                        book.pending.retain(|it| it.0 != number);
                        book.n_acknowledged += 1;
                    }
                }
                command::SUBMIT_SM => {
                    let fault = lock(&self.book).faults.pop_front().flatten();
                    held.extend(self.submit(&pdu, fault).await?);
                    let ready = {
                        let mut book = lock(&self.book);
                        book.most_waiting = book.most_waiting.max(held.len());
                        book.hold <= held.len()
                    };
                    if ready {
                        for answer in held.drain(..) {
                            self.write(&answer).await?;
                        }
                    }
                }
                command::UNBIND => {
                    lock(&self.book).n_goodbyes += 1;
                    self.leave();
                    return self.write(&Pdu::new(command::UNBIND_RESP, pdu.sequence, Vec::new())).await;
                }
                _ => {}
            }
        }
    }

    /// Makes room for somebody else.
    pub fn leave(&mut self) {
        if std::mem::take(&mut self.is_inside) {
            lock(&self.book).n_inside -= 1;
        }
    }

    /// Takes a part; gives the answer, if there is one.
    async fn submit(&mut self, pdu: &Pdu, fault: Option<CentreFault>) -> io::Result<Option<Pdu>> {
        if let Some(CentreFault::Status(status)) = fault {
            let answer = Pdu { command: command::SUBMIT_SM_RESP, status, sequence: pdu.sequence, body: Vec::new() };
            return Ok(Some(answer));
        }
        let id = {
            let mut book = lock(&self.book);
            let id = book.next_id.take().unwrap_or_else(|| format!("m-{}", book.parts.len() + 1));
            book.parts.push(SubmittedPart { packet: pdu.bytes(), recipient: recipient(pdu), id: id.clone() });
            id
        };
        let mut answer = Pdu::new(command::SUBMIT_SM_RESP, pdu.sequence, Writer::default().text(&id, 65).0);
        match fault {
            Some(CentreFault::CloseAfter) => return Err(io::ErrorKind::ConnectionAborted.into()),
            Some(CentreFault::SilenceAfter) => return Ok(None),
            Some(CentreFault::WrongNumberAfter) => answer.sequence += 7_000,
            Some(CentreFault::NonsenseAfter) => self.tcp.write_all(b"220 mail.example ESMTP\r\n").await?,
            _ => {}
        }
        Ok(Some(answer))
    }

    /// Brings what waits and was not brought over this connection yet.
    async fn bring(&mut self) -> io::Result<()> {
        let pending = lock(&self.book).pending.clone();
        for (number, body) in pending {
            if self.brought.values().any(|it| *it == number) {
                continue;
            }
            self.brought.insert(number, number);
            self.write(&Pdu::new(command::DELIVER_SM, number, body)).await?;
        }
        Ok(())
    }

    async fn read(&mut self) -> io::Result<Pdu> {
        loop {
            match Pdu::take(&mut self.inbox) {
                Ok(Some(pdu)) => return Ok(pdu),
                Ok(None) => {}
                Err(_) => return Err(io::ErrorKind::InvalidData.into()),
            }
            if self.tcp.read_buf(&mut self.inbox).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    async fn write(&mut self, pdu: &Pdu) -> io::Result<()> {
        self.tcp.write_all(&pdu.bytes()).await
    }
}

fn bound(book: &mut Book, pdu: &Pdu) -> Pdu {
    book.binds.push(pdu.command);
    let mut body = Reader(&pdu.body);
    let status = match (body.text().as_str(), body.text().as_str()) {
        _ if book.bind_status != 0 => book.bind_status,
        (SYSTEM_ID, PASSWORD) if book.lets_one_in && 0 < book.n_inside => {
            book.n_turned_away += 1;
            ALREADY_BOUND
        }
        (SYSTEM_ID, PASSWORD) => {
            book.n_inside += 1;
            0
        }
        (SYSTEM_ID, _) => 0x0e,
        _ => 0x0f,
    };
    let body = Writer::default().text("centre", 16).0;
    Pdu { command: pdu.command | command::ANSWER, status, sequence: pdu.sequence, body }
}

fn recipient(pdu: &Pdu) -> String {
    let mut body = Reader(&pdu.body);
    body.text();
    body.bytes(2);
    body.text();
    body.bytes(2);
    body.text()
}
