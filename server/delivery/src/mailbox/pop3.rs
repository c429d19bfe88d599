//! POP3 (RFC 1939), with STLS (RFC 2595) and AUTH XOAUTH2.

use model::{MailboxStage, Security};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::talk::Talk;
use super::{LONGEST, Listed, MailKey, MailServer, MailboxTrouble, bearer, is_unsafe};
use crate::Credentials;
use crate::sasl::Bearer;

/// How many lines of a long mail's body are asked for.
const LINES: u32 = 2000;
/// How many mails of one session are listed.
const MOST: usize = 100_000;

/// An open POP3 mailbox.
pub struct Pop3 {
    talk: Talk,
    mails: u64,
}

impl Pop3 {
    pub(super) async fn open(server: &MailServer) -> Result<Self, MailboxTrouble> {
        let mut talk = Talk::connect(server).await?;
        if is_unsafe(&server.credentials) {
            return Err(talk.trouble("user or password has a control character"));
        }
        answer(&mut talk).await?;
        if server.security == Security::StartTls {
            talk.stage = MailboxStage::Secure;
            ask(&mut talk, "STLS").await?;
            talk.secure(server).await?;
        }
        talk.stage = MailboxStage::Login;
        login(&mut talk, server).await?;
        talk.stage = MailboxStage::Open;
        let words = ask(&mut talk, "STAT").await?;
        let mails = words.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or_default();
        Ok(Self { talk, mails })
    }

    pub(super) fn mails(&self) -> u64 {
        self.mails
    }

    pub(super) async fn list(&mut self) -> Result<Vec<Listed>, MailboxTrouble> {
        ask(&mut self.talk, "UIDL").await?;
        let mut list = Vec::new();
        loop {
            let line = self.talk.line().await?;
            if line == b"." {
                return Ok(list);
            }
            let line = String::from_utf8_lossy(&line);
            if let Some((number, uidl)) = line.split_once(' ')
                && let Ok(number) = number.parse()
                && (1..=70).contains(&uidl.len())
                && list.len() < MOST
            {
                list.push(Listed { key: MailKey::Uidl(uidl.to_owned()), number });
            }
        }
    }

    pub(super) async fn fetch(&mut self, number: u32) -> Result<Option<Vec<u8>>, MailboxTrouble> {
        let size = ask(&mut self.talk, &format!("LIST {number}")).await?;
        let size: usize = size.split(' ').nth(1).and_then(|it| it.trim().parse().ok()).unwrap_or_default();
        let command = if LONGEST < size { format!("TOP {number} {LINES}") } else { format!("RETR {number}") };
        ask(&mut self.talk, &command).await?;
        let mut mail = Vec::new();
        loop {
            let line = self.talk.line().await?;
            if line == b"." {
                return Ok(Some(mail));
            }
            let line = line.strip_prefix(b".").unwrap_or(&line);
            if mail.len() + line.len() < LONGEST {
                mail.extend_from_slice(line);
                mail.extend_from_slice(b"\r\n");
            }
        }
    }

    pub(super) async fn delete(&mut self, number: u32) -> Result<(), MailboxTrouble> {
        ask(&mut self.talk, &format!("DELE {number}")).await.map(|_| ())
    }

    pub(super) async fn close(mut self) -> Result<(), MailboxTrouble> {
        ask(&mut self.talk, "QUIT").await.map(|_| ())
    }
}

async fn login(talk: &mut Talk, server: &MailServer) -> Result<(), MailboxTrouble> {
    match &server.credentials {
        Credentials::Password { user, password } => {
            ask(talk, &format!("USER {user}")).await?;
            ask(talk, &Zeroizing::new(format!("PASS {}", password.expose_secret()))).await?;
            Ok(())
        }
        Credentials::Token { .. } if !talk.is_private() => Err(talk.trouble("a token needs TLS")),
        Credentials::Token { user, token } => {
            let it = offered(talk).await?;
            authenticate(talk, it, &bearer(it, user, token, server)).await
        }
    }
}

/// The better of the mechanisms that the server names (RFC 5034 §6); one that has no list knows XOAUTH2 or none.
async fn offered(talk: &mut Talk) -> Result<Bearer, MailboxTrouble> {
    talk.send("CAPA").await?;
    let mut standard = false;
    if talk.line().await?.starts_with(b"+OK") {
        loop {
            let line = talk.line().await?;
            if line == b"." {
                break;
            }
            let line = String::from_utf8_lossy(&line).to_ascii_uppercase();
            let mut words = line.split_ascii_whitespace();
            standard |= words.next() == Some("SASL") && words.any(|it| it == Bearer::Standard.name());
        }
    }
    Ok(if standard { Bearer::Standard } else { Bearer::Forerunner })
}

/// The response is longer than a command of POP3 may be (RFC 5034 §4: 255 bytes), so it follows in a line of its own.
async fn authenticate(talk: &mut Talk, mechanism: Bearer, response: &str) -> Result<(), MailboxTrouble> {
    talk.send(&format!("AUTH {}", mechanism.name())).await?;
    for said in [response, mechanism.acknowledgement(), mechanism.acknowledgement()] {
        let line = talk.line().await?;
        if !line.starts_with(b"+") || line.starts_with(b"+OK") {
            return if line.starts_with(b"+OK") { Ok(()) } else { Err(talk.trouble(line)) };
        }
        // A challenge after the response tells the fault of the token.
        talk.send(said).await?;
    }
    Err(talk.trouble("challenges without end"))
}

async fn ask(talk: &mut Talk, command: &str) -> Result<String, MailboxTrouble> {
    talk.send(command).await?;
    answer(talk).await
}

/// The words behind `+OK`; everything else is trouble.
async fn answer(talk: &mut Talk) -> Result<String, MailboxTrouble> {
    let line = talk.line().await?;
    match line.strip_prefix(b"+OK") {
        Some(words) => Ok(String::from_utf8_lossy(words).trim().to_owned()),
        None => Err(talk.trouble(line)),
    }
}
