//! IMAP (RFC 3501): as little of it as fetches each mail once and puts it away.

mod append;

use model::{MailboxStage, Security};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::talk::Talk;
use super::{LONGEST, Listed, MailKey, MailServer, MailboxTrouble, bearer, is_unsafe, plain};
use crate::Credentials;
use crate::sasl::Bearer;

/// How many mails are listed in one go.
const MOST: usize = 100_000;
/// How many responses one command may bring before the server is taken as confused.
const MOST_RESPONSES: usize = 200_000;

/// An open folder.
pub struct Imap {
    talk: Talk,
    commands: u32,
    capabilities: Vec<String>,
    mails: u64,
    validity: u32,
}

/// A response of the server: its text, and what came as a block of bytes.
struct Response {
    text: String,
    block: Option<Vec<u8>>,
}

impl Imap {
    pub(super) async fn open(server: &MailServer, folder: &str) -> Result<Self, MailboxTrouble> {
        let talk = Talk::connect(server).await?;
        let mut imap = Self { talk, commands: 0, capabilities: Vec::new(), mails: 0, validity: 0 };
        if is_unsafe(&server.credentials) {
            return Err(imap.talk.trouble("user or password has a control character"));
        }
        let greeting = imap.response().await?.text;
        if !greeting.to_ascii_uppercase().starts_with("* OK") {
            return Err(imap.talk.trouble(greeting));
        }
        if server.security == Security::StartTls {
            imap.talk.stage = MailboxStage::Secure;
            imap.run("STARTTLS").await?;
            imap.talk.secure(server).await?;
        }
        imap.talk.stage = MailboxStage::Login;
        imap.ask_capabilities().await?;
        imap.login(server).await?;
        imap.ask_capabilities().await?;
        imap.talk.stage = MailboxStage::Open;
        for it in imap.run(&format!("SELECT {}", folder_name(folder))).await? {
            let text = it.text.to_ascii_uppercase();
            if let Some(n) = text.strip_prefix("* ").and_then(|it| it.strip_suffix(" EXISTS")) {
                imap.mails = n.trim().parse().unwrap_or_default();
            }
            if let Some((_, rest)) = text.split_once("[UIDVALIDITY ") {
                imap.validity = number(rest).unwrap_or_default();
            }
        }
        Ok(imap)
    }

    pub(super) fn mails(&self) -> u64 {
        self.mails
    }

    pub(super) fn validity(&self) -> u32 {
        self.validity
    }

    /// `n:*` means the last mail as well, however low its number, so the answer is sifted.
    pub(super) async fn list(&mut self, after: u32) -> Result<Vec<Listed>, MailboxTrouble> {
        let found = self.run(&format!("UID SEARCH UID {}:*", after.saturating_add(1))).await?;
        let lists = found.iter().filter_map(|it| it.text.strip_prefix("* SEARCH"));
        let mut uids: Vec<u32> =
            lists.flat_map(str::split_ascii_whitespace).filter_map(|it| it.parse().ok()).filter(|it| after < *it).collect();
        uids.sort_unstable();
        uids.dedup();
        uids.truncate(MOST);
        Ok(uids.into_iter().map(|it| Listed { key: MailKey::Uid(it), number: 0 }).collect())
    }

    pub(super) async fn fetch(&mut self, uid: u32) -> Result<Option<Vec<u8>>, MailboxTrouble> {
        let found = self.run(&format!("UID FETCH {uid} (UID BODY.PEEK[]<0.{LONGEST}>)")).await?;
        let ours = |it: &Response| {
            let text = it.text.to_ascii_uppercase();
            text.contains(" FETCH ") && text.split_once("UID ").and_then(|it| number(it.1)) == Some(uid)
        };
        Ok(found.into_iter().filter(ours).find_map(|it| it.block))
    }

    pub(super) async fn mark_read(&mut self, uid: u32) -> Result<(), MailboxTrouble> {
        self.run(&format!("UID STORE {uid} +FLAGS.SILENT (\\Seen)")).await.map(|_| ())
    }

    /// Without UIDPLUS (RFC 4315) the mail stays marked: a plain EXPUNGE would take away what others marked.
    pub(super) async fn delete(&mut self, uid: u32) -> Result<(), MailboxTrouble> {
        self.run(&format!("UID STORE {uid} +FLAGS.SILENT (\\Seen \\Deleted)")).await?;
        if self.can("UIDPLUS") {
            self.run(&format!("UID EXPUNGE {uid}")).await?;
        }
        Ok(())
    }

    /// Moves a mail (RFC 6851), making the folder if it is missing.
    pub(super) async fn move_to(&mut self, uid: u32, folder: &str) -> Result<(), MailboxTrouble> {
        let folder = folder_name(folder);
        let moves = self.can("MOVE");
        let command = format!("UID {} {uid} {folder}", if moves { "MOVE" } else { "COPY" });
        if let Err(trouble) = self.run(&command).await {
            if !trouble.words.to_ascii_uppercase().contains("TRYCREATE") {
                return Err(trouble);
            }
            self.run(&format!("CREATE {folder}")).await?;
            self.run(&command).await?;
        }
        if moves { Ok(()) } else { self.delete(uid).await }
    }

    pub(super) async fn close(mut self) -> Result<(), MailboxTrouble> {
        // Everything was confirmed before; a server that does not say goodbye has lost nothing.
        let _farewell = self.run("LOGOUT").await;
        Ok(())
    }

    async fn ask_capabilities(&mut self) -> Result<(), MailboxTrouble> {
        let found = self.run("CAPABILITY").await?;
        let lists = found.iter().filter_map(|it| it.text.strip_prefix("* CAPABILITY"));
        self.capabilities = lists.flat_map(str::split_ascii_whitespace).map(str::to_ascii_uppercase).collect();
        Ok(())
    }

    fn can(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|it| it == capability)
    }

    /// AUTHENTICATE carries every sign; LOGIN is what is left for servers without it.
    async fn login(&mut self, server: &MailServer) -> Result<(), MailboxTrouble> {
        match &server.credentials {
            Credentials::Password { user, password } if self.can("AUTH=PLAIN") => {
                self.authenticate("PLAIN", &plain(user, password), "").await
            }
            Credentials::Password { user, password } if !self.can("LOGINDISABLED") => {
                let line =
                    Zeroizing::new(format!("LOGIN {} {}", quoted(user), *Zeroizing::new(quoted(password.expose_secret()))));
                self.run(&line).await.map(|_| ())
            }
            Credentials::Token { .. } if !self.talk.is_private() => Err(self.talk.trouble("a token needs TLS")),
            Credentials::Token { user, token } => {
                let offered =
                    [Bearer::Standard, Bearer::Forerunner].into_iter().find(|it| self.can(&format!("AUTH={}", it.name())));
                match offered {
                    Some(it) => self.authenticate(it.name(), &bearer(it, user, token, server), it.acknowledgement()).await,
                    None => Err(self.talk.trouble(self.capabilities.join(" "))),
                }
            }
            Credentials::Password { .. } => Err(self.talk.trouble(self.capabilities.join(" "))),
        }
    }

    /// With SASL-IR (RFC 4959) the first response goes along with the command.
    async fn authenticate(&mut self, mechanism: &str, response: &str, acknowledgement: &str) -> Result<(), MailboxTrouble> {
        let mut said = self.can("SASL-IR");
        let command = match said {
            true => Zeroizing::new(format!("AUTHENTICATE {mechanism} {response}")),
            false => Zeroizing::new(format!("AUTHENTICATE {mechanism}")),
        };
        let tag = self.begin(&command).await?;
        for _ in 0..MOST_RESPONSES {
            let it = self.response().await?;
            if it.text.starts_with('+') {
                // A challenge after the response tells the fault of a token; what is said to it asks for the final answer.
                self.talk.send(if said { acknowledgement } else { response }).await?;
                said = true;
            } else if let Some(end) = it.text.strip_prefix(&tag) {
                return self.judge(end);
            }
        }
        Err(self.talk.trouble("answers without end"))
    }

    /// Runs a command and gives what the server said before it was done.
    async fn run(&mut self, command: &str) -> Result<Vec<Response>, MailboxTrouble> {
        let tag = self.begin(command).await?;
        let mut said = Vec::new();
        while said.len() < MOST_RESPONSES {
            let it = self.response().await?;
            if let Some(end) = it.text.strip_prefix(&tag) {
                self.judge(end)?;
                return Ok(said);
            }
            said.push(it);
        }
        Err(self.talk.trouble("answers without end"))
    }

    async fn begin(&mut self, command: &str) -> Result<String, MailboxTrouble> {
        self.commands += 1;
        let tag = format!("p{} ", self.commands);
        self.talk.send(&Zeroizing::new(format!("{tag}{command}"))).await?;
        Ok(tag)
    }

    fn judge(&self, end: &str) -> Result<(), MailboxTrouble> {
        if end.to_ascii_uppercase().starts_with("OK") { Ok(()) } else { Err(self.talk.trouble(end)) }
    }

    /// One response; a line that ends with `{n}` goes on behind n bytes.
    async fn response(&mut self) -> Result<Response, MailboxTrouble> {
        let (mut text, mut block) = (String::new(), None);
        loop {
            let line = String::from_utf8_lossy(&self.talk.line().await?).into_owned();
            text.push_str(&line);
            let Some(n) = length_of_block(&line) else {
                return Ok(Response { text, block });
            };
            // We never ask for more than LONGEST; a server that sends more is not listened to any further.
            if 2 * LONGEST < n {
                return Err(self.talk.trouble(format!("a block of {n} bytes")));
            }
            let bytes = self.talk.block(n, LONGEST).await?;
            block.get_or_insert(bytes);
        }
    }
}

fn length_of_block(line: &str) -> Option<usize> {
    let (_, length) = line.strip_suffix('}')?.rsplit_once('{')?;
    length.trim_end_matches('+').parse().ok()
}

/// The number that a text begins with.
fn number(text: &str) -> Option<u32> {
    let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The name of a folder in the modified UTF-7 of RFC 3501 §5.1.3, in quotes.
fn folder_name(name: &str) -> String {
    use base64::{Engine, alphabet, engine::GeneralPurpose, engine::general_purpose::NO_PAD};
    let coder = GeneralPurpose::new(&alphabet::IMAP_MUTF7, NO_PAD);
    let (mut out, mut foreign) = (String::new(), Vec::<u8>::new());
    let flush = |foreign: &mut Vec<u8>, out: &mut String| {
        if !foreign.is_empty() {
            out.push('&');
            out.push_str(&coder.encode(&*foreign));
            out.push('-');
            foreign.clear();
        }
    };
    for it in name.chars().filter(|it| !it.is_control()) {
        if matches!(it, ' '..='~') {
            flush(&mut foreign, &mut out);
            if it == '&' { out.push_str("&-") } else { out.push(it) }
        } else {
            foreign.extend(it.encode_utf16(&mut [0; 2]).iter().flat_map(|it| it.to_be_bytes()));
        }
    }
    flush(&mut foreign, &mut out);
    quoted(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_folders_are_written_as_the_standard_says() {
        assert_eq!(folder_name("INBOX"), "\"INBOX\"");
        assert_eq!(folder_name("Vrátené"), "\"Vr&AOE-ten&AOk-\"");
        assert_eq!(folder_name("台北"), "\"&U,BTFw-\"");
        assert_eq!(folder_name("A & \"B\"\r\n"), "\"A &- \\\"B\\\"\"");
    }

    #[test]
    fn blocks_and_numbers_are_read_from_lines() {
        assert_eq!(length_of_block("* 1 FETCH (UID 5 BODY[]<0> {1234}"), Some(1234));
        assert_eq!(length_of_block("* 1 FETCH (UID 5)"), None);
        assert_eq!(length_of_block("{99999999999999999999999}"), None);
        assert_eq!(number("12 x"), Some(12));
    }
}
