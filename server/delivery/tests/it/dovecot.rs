//! Mailboxes of a server that nobody here wrote: Dovecot, started for each test in a folder of its own.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use delivery::Credentials;
use delivery::mailbox::{CopyFolder, MailServer, Mailbox, MailboxTrouble};
use delivery::smtp::{Route, Trust};
use delivery::testing::{HOST, OauthServer, authority, identity};
use model::{AfterReading, MailboxProtocol, MailboxStage, Security};
use secrecy::SecretString;

const PASSWORD: &str = "heslo \"č. 1\" \\";

struct Dovecot {
    child: Child,
    folder: tempfile::TempDir,
    ports: [u16; 4],
    log: Log,
}

/// What Dovecot says, line by line.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    /// Reads until Dovecot says that it begins, which it does when it listens; whatever it says later is read beside the test. A server
    /// that ends before ends the test with its words.
    fn until_ready(&self, words: ChildStderr) {
        let mut lines = BufReader::new(words).lines().map_while(Result::ok);
        let begins = lines.by_ref().inspect(|it| self.add(it)).any(|it| it.contains("starting up"));
        assert!(begins, "Dovecot does not begin: {}", self.read());
        let log = self.clone();
        std::thread::spawn(move || lines.for_each(|it| log.add(&it)));
    }

    fn add(&self, line: &str) {
        *self.0.lock().unwrap() += &format!("{line}\n");
    }

    fn read(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // Its children end with it; whatever is left of it has nothing to do any more.
        let pid = self.child.id().to_string();
        let _ended = Command::new("kill").arg(pid).status().and_then(|_| self.child.wait());
    }
}

fn id(flag: &str) -> String {
    String::from_utf8(Command::new("id").arg(flag).output().unwrap().stdout).unwrap().trim().to_owned()
}

/// Ports that were free a moment ago; Dovecot cannot be told to take any.
fn free_ports() -> [u16; 4] {
    let held = [(); 4].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
    held.map(|it| it.local_addr().unwrap().port())
}

fn program() -> PathBuf {
    let usual = PathBuf::from("/usr/sbin/dovecot");
    let named = std::env::var_os("POSEL_TEST_DOVECOT").map(PathBuf::from);
    named.or_else(|| Some(usual).filter(|it| it.is_file())).expect(
        "POSEL_TEST_DOVECOT does not name Dovecot: run `cargo xtask test`, which installs it and sets the variable, or \
         `apt-get install dovecot-imapd dovecot-pop3d`",
    )
}

fn settings(folder: &Path, [imap, imaps, pop3, pop3s]: [u16; 4], tokens: Option<&OauthServer>) -> String {
    let folder = folder.display();
    // Dovecot serves no mails of root; a mailbox of nobody does as well.
    let (user, uid, gid) = match id("-u").as_str() {
        "0" => ("nobody".to_owned(), "65534".to_owned(), "65534".to_owned()),
        uid => (id("-un"), uid.to_owned(), id("-g")),
    };
    let group = if uid == "65534" { "nogroup".to_owned() } else { id("-gn") };
    let by_token = match tokens {
        None => String::new(),
        Some(_) => format!(
            "auth_mechanisms = plain login xoauth2 oauthbearer\n\
             passdb {{\n driver = oauth2\n mechanisms = xoauth2 oauthbearer\n args = {folder}/oauth2.conf\n}}\n"
        ),
    };
    let certificate = format!("ssl_cert = <{folder}/certificate.pem\nssl_key = <{folder}/key.pem\n");
    format!(
        "base_dir = {folder}/run\nstate_dir = {folder}/run\nlog_path = /dev/stderr\nprotocols = imap pop3\nlisten = 127.0.0.1\n\
         ssl = yes\n{certificate}disable_plaintext_auth = no\nfirst_valid_uid = 1\nfirst_valid_gid = 0\n\
         default_internal_user = {user}\ndefault_internal_group = {group}\ndefault_login_user = {user}\n\
         mail_location = maildir:{folder}/mail\nauth_mechanisms = plain login\n\
         {by_token}passdb {{\n driver = passwd-file\n mechanisms = plain login\n args = scheme=PLAIN username_format=%u {folder}/users\n}}\n\
         userdb {{\n driver = static\n args = uid={uid} gid={gid} home={folder}/mail\n}}\n\
         service anvil {{\n chroot =\n}}\n\
         service imap-login {{\n chroot =\n inet_listener imap {{\n port = {imap}\n }}\n inet_listener imaps {{\n port = {imaps}\n ssl = yes\n }}\n}}\n\
         service pop3-login {{\n chroot =\n inet_listener pop3 {{\n port = {pop3}\n }}\n inet_listener pop3s {{\n port = {pop3s}\n ssl = yes\n }}\n}}\n"
    )
}

impl Dovecot {
    fn start() -> Self {
        Self::start_with(None)
    }

    /// Starts one that asks `tokens` whether a token is good.
    fn start_with(tokens: Option<&OauthServer>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = identity();
        std::fs::write(folder.path().join("certificate.pem"), certificate).unwrap();
        std::fs::write(folder.path().join("key.pem"), key).unwrap();
        std::fs::write(folder.path().join("users"), format!("vratene:{{PLAIN}}{PASSWORD}\n")).unwrap();
        for inside in ["mail", "mail/new", "mail/cur", "mail/tmp", "run"] {
            std::fs::create_dir(folder.path().join(inside)).unwrap();
        }
        let ports = free_ports();
        let config = folder.path().join("dovecot.conf");
        std::fs::write(&config, settings(folder.path(), ports, tokens)).unwrap();
        if let Some(tokens) = tokens {
            let asks = format!("tokeninfo_url = {}/tokeninfo?access_token=\nusername_attribute = email\n", tokens.base());
            std::fs::write(folder.path().join("oauth2.conf"), asks).unwrap();
        }
        Command::new("chmod").args(["-R", "a+rwX"]).arg(folder.path()).status().unwrap();
        let child = Command::new(program()).arg("-F").arg("-c").arg(config).stderr(Stdio::piped()).spawn();
        let mut dovecot = Self { child: child.expect("Dovecot starts"), folder, ports, log: Log::default() };
        let words = dovecot.child.stderr.take().expect("its words are piped");
        dovecot.log.until_ready(words);
        dovecot
    }

    /// Puts a mail into the inbox as a server does that delivers.
    fn put(&self, name: &str, mail: &[u8]) {
        let path = self.folder.path().join("mail/new").join(name);
        std::fs::write(&path, mail).unwrap();
        Command::new("chmod").arg("a+rw").arg(path).status().unwrap();
    }

    fn server(&self, protocol: MailboxProtocol, security: Security, password: &str) -> MailServer {
        let [imap, imaps, pop3, pop3s] = self.ports;
        let port = match (protocol, security) {
            (MailboxProtocol::Imap, Security::Tls) => imaps,
            (MailboxProtocol::Imap, _) => imap,
            (MailboxProtocol::Pop3, Security::Tls) => pop3s,
            (MailboxProtocol::Pop3, _) => pop3,
        };
        MailServer {
            host: HOST.to_owned(),
            port,
            route: Route::Fixed(vec![SocketAddr::from((Ipv4Addr::LOCALHOST, port))]),
            security,
            trust: Trust::only(authority()).unwrap(),
            credentials: Credentials::Password { user: "vratene".to_owned(), password: SecretString::from(password) },
            patience: Duration::from_secs(60),
        }
    }

    async fn open(&self, protocol: MailboxProtocol, security: Security) -> Mailbox {
        let opened = Mailbox::open(&self.server(protocol, security, PASSWORD), protocol, "INBOX").await;
        opened.unwrap_or_else(|trouble| panic!("{trouble:?}: {}", self.log.read()))
    }
}

/// Reads all mails behind `after`, finishing each in the same way; gives their sources and how far it came.
async fn read_all(mailbox: &mut Mailbox, after: u32, then: AfterReading) -> Result<(Vec<String>, u32), MailboxTrouble> {
    let (mut mails, mut last) = (Vec::new(), after);
    for it in mailbox.list(after).await? {
        let mail = mailbox.fetch(&it).await?.unwrap();
        mails.push(String::from_utf8(mail).unwrap());
        mailbox.finish(&it, then, "Vrátené & vybavené").await?;
        if let delivery::mailbox::MailKey::Uid(uid) = it.key {
            last = uid;
        }
    }
    Ok((mails, last))
}

const FIRST: &str = "From: a@b.sk\r\nSubject: 1\r\n\r\n.dot\r\n..\r\nend\r\n";
const SECOND: &str = "From: a@b.sk\r\nSubject: 2\r\n\r\n* 1 FETCH {5}\r\np1 OK\r\n";

#[tokio::test]
async fn imap_reads_each_mail_once_and_goes_on_where_it_stopped() {
    let dovecot = Dovecot::start();
    dovecot.put("1", FIRST.as_bytes());
    let mut mailbox = dovecot.open(MailboxProtocol::Imap, Security::Tls).await;
    assert_eq!(mailbox.mails(), 1);
    let (mails, last) = read_all(&mut mailbox, 0, AfterReading::Keep).await.unwrap();
    assert_eq!(mails, [FIRST]);
    let validity = mailbox.validity();
    mailbox.close().await.unwrap();
    dovecot.put("2", SECOND.as_bytes());
    let mut mailbox = dovecot.open(MailboxProtocol::Imap, Security::StartTls).await;
    assert!(mailbox.validity() == validity && validity != 0);
    assert_eq!(read_all(&mut mailbox, last, AfterReading::Keep).await.unwrap().0, [SECOND]);
    assert_eq!(mailbox.list(last + 1).await.unwrap(), []);
}

#[tokio::test]
async fn imap_moves_what_was_read_into_a_folder_that_it_makes() {
    let dovecot = Dovecot::start();
    dovecot.put("1", FIRST.as_bytes());
    let mut mailbox = dovecot.open(MailboxProtocol::Imap, Security::Tls).await;
    assert_eq!(read_all(&mut mailbox, 0, AfterReading::Move).await.unwrap().0, [FIRST]);
    mailbox.close().await.unwrap();
    let server = dovecot.server(MailboxProtocol::Imap, Security::Tls, PASSWORD);
    let archive = Mailbox::open(&server, MailboxProtocol::Imap, "Vrátené & vybavené").await.unwrap();
    assert_eq!(archive.mails(), 1);
    assert_eq!(dovecot.open(MailboxProtocol::Imap, Security::Tls).await.mails(), 0);
}

#[tokio::test]
async fn both_protocols_delete_what_was_read_when_they_shall() {
    let dovecot = Dovecot::start();
    for (name, protocol) in [("1", MailboxProtocol::Imap), ("2", MailboxProtocol::Pop3)] {
        dovecot.put(name, FIRST.as_bytes());
        let mut mailbox = dovecot.open(protocol, Security::Tls).await;
        assert_eq!(read_all(&mut mailbox, 0, AfterReading::Delete).await.unwrap().0, [FIRST], "{protocol:?}");
        mailbox.close().await.unwrap();
        assert_eq!(dovecot.open(protocol, Security::Tls).await.mails(), 0, "{protocol:?}");
    }
}

#[tokio::test]
async fn pop3_names_a_mail_alike_in_every_session() {
    let dovecot = Dovecot::start();
    dovecot.put("1", FIRST.as_bytes());
    let mut first = dovecot.open(MailboxProtocol::Pop3, Security::StartTls).await;
    let listed = first.list(0).await.unwrap();
    assert_eq!(read_all(&mut first, 0, AfterReading::Keep).await.unwrap().0, [FIRST]);
    first.close().await.unwrap();
    dovecot.put("2", SECOND.as_bytes());
    let mut second = dovecot.open(MailboxProtocol::Pop3, Security::Tls).await;
    let again = second.list(0).await.unwrap();
    assert!(again.len() == 2 && again[0] == listed[0]);
    assert_eq!(second.fetch(&again[1]).await.unwrap().unwrap(), SECOND.as_bytes());
}

#[tokio::test]
async fn only_the_beginning_of_a_long_mail_is_fetched() {
    let dovecot = Dovecot::start();
    let long = format!("{FIRST}{}", "0123456789 0123456789 0123456789\r\n".repeat(60_000));
    dovecot.put("1", long.as_bytes());
    for protocol in [MailboxProtocol::Imap, MailboxProtocol::Pop3] {
        let mut mailbox = dovecot.open(protocol, Security::Tls).await;
        let mail = read_all(&mut mailbox, 0, AfterReading::Keep).await.unwrap().0.remove(0);
        assert!(mail.starts_with(FIRST) && mail.len() <= 512 * 1024, "{protocol:?}: {}", mail.len());
        mailbox.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_wrong_password_and_a_missing_folder_are_told_apart() {
    let dovecot = Dovecot::start();
    for protocol in [MailboxProtocol::Imap, MailboxProtocol::Pop3] {
        let wrong = Mailbox::open(&dovecot.server(protocol, Security::Tls, "wrong"), protocol, "INBOX").await;
        assert_eq!(wrong.err().map(|it| it.stage), Some(MailboxStage::Login), "{protocol:?}");
    }
    let server = dovecot.server(MailboxProtocol::Imap, Security::Tls, PASSWORD);
    let missing = Mailbox::open(&server, MailboxProtocol::Imap, "Nikde").await;
    assert_eq!(missing.err().map(|it| it.stage), Some(MailboxStage::Open));
}

#[tokio::test]
async fn copies_lie_in_a_folder_that_is_made_for_them_as_read_and_are_found_again() {
    let dovecot = Dovecot::start();
    let server = dovecot.server(MailboxProtocol::Imap, Security::Tls, PASSWORD);
    let name = "Odoslané & \"kópie\"";
    let mut folder = CopyFolder::open(&server, name).await.unwrap();
    assert!(!folder.holds("a.1@firma.sk").await.unwrap());
    let copy = format!("Message-ID: <a.1@firma.sk>\r\n{FIRST}");
    assert_eq!(folder.put(copy.as_bytes(), 1_780_000_000_000).await.unwrap(), Ok(()));
    assert!(folder.holds("a.1@firma.sk").await.unwrap() && !folder.holds("a.2@firma.sk").await.unwrap());
    // A mail longer than any buffer, with bytes that are no text.
    let long = [format!("Message-ID: <a.2@firma.sk>\r\n{FIRST}").as_bytes(), &[b'x'; 2_000_000], b"\xc3\x28\r\n"].concat();
    assert_eq!(folder.put(&long, 1_780_000_000_000).await.unwrap(), Ok(()));
    folder.close().await.unwrap();
    let mut folder = Mailbox::open(&server, MailboxProtocol::Imap, name).await.unwrap();
    let listed = folder.list(0).await.unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(folder.fetch(&listed[0]).await.unwrap().unwrap(), copy.as_bytes());
    // Maildir notes in the name of the file that it was seen.
    let made = std::fs::read_dir(dovecot.folder.path().join("mail")).unwrap().map(|it| it.unwrap().path());
    let inside = made.filter(|it| it.join("cur").is_dir()).flat_map(|it| std::fs::read_dir(it.join("cur")).unwrap());
    let seen = inside.filter(|it| it.as_ref().unwrap().file_name().to_string_lossy().contains(":2,S")).count();
    assert_eq!(seen, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_the_mailbox_and_one_that_has_ended_does_not() {
    let tokens = OauthServer::start("https://posel.firma.sk/oauth/callback").await;
    let token = tokens.token();
    let dovecot = Dovecot::start_with(Some(&tokens));
    dovecot.put("1", FIRST.as_bytes());
    let open = async |protocol, token: &str| {
        let credentials = Credentials::Token { user: "vratene".to_owned(), token: SecretString::from(token) };
        let server = MailServer { credentials, ..dovecot.server(protocol, Security::Tls, "") };
        Mailbox::open(&server, protocol, "INBOX").await.map(|it| it.mails())
    };
    for protocol in [MailboxProtocol::Imap, MailboxProtocol::Pop3] {
        let opened = open(protocol, &token).await;
        assert_eq!(opened, Ok(1), "{protocol:?}: {}", dovecot.log.read());
        let wrong = open(protocol, "of-another").await;
        assert_eq!(wrong.err().map(|it| it.stage), Some(MailboxStage::Login), "{protocol:?}");
    }
}
