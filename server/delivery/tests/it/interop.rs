//! Servers that nobody here wrote: Exim, Postfix and OpenSMTPD as Debian has them, each started for a test with a configuration of its own.
//! What they take they hand on to a scripted server, which says whether it came through byte for byte.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use delivery::smtp::{Pipelining, Route, TimeLimits, Trust};
use delivery::testing::{HOST, ScriptedServer, authority, identity};
use delivery::{Connection, Content, Credentials, Outcome, Relay, Security, Verdict, mime};
use secrecy::SecretString;

use crate::foreign::rich;
use crate::support::{envelope, send_bytes};

/// What the servers take at most, in bytes.
const SIZE: usize = 1_048_576;
const PASSWORD: &str = "heslo 1";

/// How a server is set up.
#[derive(Clone, Copy, Debug)]
struct Setting {
    /// Whether it takes groups of commands.
    pipelining: bool,
    /// How the connection is secured.
    security: Security,
    /// The password that is tried; without one nobody signs in.
    password: Option<&'static str>,
    /// The ways to sign in that Exim offers.
    mechanisms: &'static [&'static str],
}

const PLAIN: Setting = Setting { pipelining: true, security: Security::None, password: None, mechanisms: &["PLAIN", "LOGIN"] };

/// A server with its folder, and where it hands mails on to.
struct Server {
    child: Child,
    port: u16,
    sink: ScriptedServer,
    setting: Setting,
    _folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its children end with it; whatever is left of it has nothing to do any more.
        let pid = self.child.id().to_string();
        let _ended = Command::new("kill").arg(pid).status().and_then(|_| self.child.wait());
    }
}

/// What a server is started with.
struct Place {
    folder: tempfile::TempDir,
    programs: PathBuf,
    port: u16,
    sink: ScriptedServer,
}

/// The folder of Debian's packages, unpacked.
fn programs() -> PathBuf {
    let cache = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache/posel/mail-servers");
    let folder = std::env::var_os("POSEL_TEST_MAIL_SERVERS").map_or_else(cache, PathBuf::from);
    assert!(
        folder.join("usr/sbin/exim4").is_file(),
        "POSEL_TEST_MAIL_SERVERS does not name Exim, Postfix and OpenSMTPD: run `cargo xtask test`, which unpacks them and sets the variable"
    );
    folder
}

impl Place {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = identity();
        fs::write(folder.path().join("certificate.pem"), certificate).unwrap();
        fs::write(folder.path().join("key.pem"), key).unwrap();
        // The servers look for users that this system does not have; Postfix shares its own with nobody.
        let users = "root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\nDebian-exim:x:65529:65529::/:/bin/sh\n\
                     postfix:x:65531:65531::/:/bin/sh\nopensmtpd:x:0:0::/:/bin/sh\nopensmtpq:x:0:0::/:/bin/sh\n";
        let groups =
            "root:x:0:\nnogroup:x:65534:\nDebian-exim:x:65529:\npostfix:x:65531:\npostdrop:x:65530:\nopensmtpq:x:0:\nmail:x:8:\n";
        fs::write(folder.path().join("passwd"), users).unwrap();
        fs::write(folder.path().join("group"), groups).unwrap();
        // They work as users who need not see into the folder of whoever runs the tests.
        let copied = Command::new("cp").arg("-r").arg(programs()).arg(folder.path().join("programs")).status().unwrap();
        assert!(copied.success(), "the servers can be copied");
        shell(folder.path(), "chmod 644 * && chmod 755 . && chmod -R a+rX programs");
        let held = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = held.local_addr().unwrap().port();
        let programs = folder.path().join("programs");
        Self { folder, programs, port, sink: ScriptedServer::start().await }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn libraries(&self) -> PathBuf {
        let of_machine = fs::read_dir(self.programs.join("usr/lib")).unwrap().map(|it| it.unwrap().path());
        of_machine.into_iter().find(|it| it.join("libnss_wrapper.so").is_file()).expect("libnss-wrapper is unpacked")
    }

    /// A command that finds the users of the folder, and its libraries.
    fn command(&self, program: &str) -> Command {
        let libraries = self.libraries();
        let mut command = Command::new(program);
        command
            .env("LD_PRELOAD", libraries.join("libnss_wrapper.so"))
            .env("LD_LIBRARY_PATH", format!("{}:{}", libraries.display(), self.programs.join("usr/lib/postfix").display()))
            .env("NSS_WRAPPER_PASSWD", self.path().join("passwd"))
            .env("NSS_WRAPPER_GROUP", self.path().join("group"))
            .stdin(Stdio::null())
            .stdout(fs::File::create(self.path().join("words")).unwrap())
            .stderr(fs::File::create(self.path().join("trouble")).unwrap());
        command
    }

    /// Starts it and waits until it listens; one that ends before ends the test with its words.
    fn start(self, mut command: Command, setting: Setting) -> Server {
        let mut child = command.spawn().expect("the server starts");
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            if child.try_wait().unwrap().is_some() {
                let told = ["words", "trouble"].map(|it| fs::read_to_string(self.path().join(it)).unwrap_or_default());
                panic!("the server does not begin: {told:?}");
            }
            std::thread::yield_now();
        }
        Server { child, port: self.port, sink: self.sink, setting, _folder: self.folder }
    }
}

/// Runs commands in a folder.
fn shell(folder: &Path, commands: &str) {
    let done = Command::new("sh").arg("-ec").arg(commands).current_dir(folder).status().unwrap();
    assert!(done.success(), "{commands}");
}

async fn exim(setting: Setting) -> Server {
    let place = Place::new().await;
    let folder = place.path().display();
    let (program, port, onward) = (place.programs.join("usr/sbin/exim4"), place.port, place.sink.address().port());
    let groups = if setting.pipelining { "*" } else { ":" };
    let offers = |name: &str| setting.mechanisms.contains(&name);
    let mut configuration = format!(
        "exim_path = {program}\ndeliver_drop_privilege = true\nprimary_hostname = {HOST}\n\
         keep_environment = LD_LIBRARY_PATH : LD_PRELOAD : NSS_WRAPPER_PASSWD : NSS_WRAPPER_GROUP\n\
         spool_directory = {folder}/spool\nlog_file_path = {folder}/spool/%slog\npid_file_path = {folder}/spool/pid\n\
         daemon_smtp_ports = {port}\nlocal_interfaces = 127.0.0.1\nmessage_size_limit = {SIZE}\n\
         tls_advertise_hosts = *\ntls_certificate = {folder}/certificate.pem\ntls_privatekey = {folder}/key.pem\n\
         pipelining_advertise_hosts = {groups}\nacl_smtp_rcpt = rcpt\nacl_smtp_data = accept\n\
         begin acl\nrcpt:\n  accept authenticated = *\n  deny message = 5.7.1 sign in first\n\
         begin routers\non:\n  driver = manualroute\n  route_list = * 127.0.0.1 byname\n  self = send\n  transport = on\n\
         begin transports\non:\n  driver = smtp\n  port = {onward}\n  allow_localhost\n  hosts_avoid_tls = *\n\
         begin authenticators\n",
        program = program.display(),
    );
    if offers("PLAIN") {
        configuration += &format!(
            "plain:\n  driver = plaintext\n  public_name = PLAIN\n  server_prompts = :\n\
             \x20 server_condition = ${{if and{{{{eq{{$auth2}}{{posel}}}}{{eq{{$auth3}}{{{PASSWORD}}}}}}}}}\n"
        );
    }
    if offers("LOGIN") {
        configuration += &format!(
            "login:\n  driver = plaintext\n  public_name = LOGIN\n  server_prompts = Username:: : Password::\n\
             \x20 server_condition = ${{if and{{{{eq{{$auth1}}{{posel}}}}{{eq{{$auth2}}{{{PASSWORD}}}}}}}}}\n"
        );
    }
    fs::write(place.path().join("exim.conf"), configuration).unwrap();
    shell(place.path(), "mkdir spool && chown 65529:65529 spool && chmod 644 exim.conf");
    let mut command = place.command(program.to_str().unwrap());
    command.arg("-bdf").arg("-C").arg(place.path().join("exim.conf"));
    place.start(command, setting)
}

async fn postfix(setting: Setting) -> Server {
    let place = Place::new().await;
    let (folder, programs) = (place.path().display(), place.programs.display());
    let onward = place.sink.address().port();
    let discarded = if setting.pipelining { "" } else { "pipelining" };
    let secured = if setting.security == Security::None { "none" } else { "may" };
    let main = format!(
        "compatibility_level = 3.6\nqueue_directory = {folder}/queue\ndata_directory = {folder}/data\n\
         daemon_directory = {programs}/usr/lib/postfix/sbin\ncommand_directory = {programs}/usr/sbin\n\
         shlib_directory = {programs}/usr/lib/postfix\nmeta_directory = {folder}/etc\nmail_owner = postfix\ndefault_privs = nobody\n\
         setgid_group = postdrop\nmyhostname = {HOST}\nmydestination =\nmynetworks = 127.0.0.0/8\ninet_interfaces = 127.0.0.1\n\
         inet_protocols = ipv4\nrelayhost = [127.0.0.1]:{onward}\nsmtpd_tls_security_level = {secured}\n\
         smtpd_tls_chain_files = {folder}/key.pem, {folder}/certificate.pem\n\
         smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\nmessage_size_limit = {SIZE}\n\
         smtpd_discard_ehlo_keywords = {discarded}\nalias_maps =\nalias_database =\nlocal_header_rewrite_clients =\n\
         import_environment = MAIL_CONFIG LD_PRELOAD LD_LIBRARY_PATH NSS_WRAPPER_PASSWD NSS_WRAPPER_GROUP\n"
    );
    let master = format!(
        "127.0.0.1:{port} inet n - n - - smtpd\ncleanup unix n - n - 0 cleanup\nqmgr unix n - n 300 1 qmgr\n\
         tlsmgr unix - - n 1000? 1 tlsmgr\nrewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\n\
         defer unix - - n - 0 bounce\ntrace unix - - n - 0 bounce\nsmtp unix - - n - - smtp\nrelay unix - - n - - smtp\n\
         anvil unix - - n - 1 anvil\nproxymap unix - - n - - proxymap\nscache unix - - n - 1 scache\nretry unix - - n - - error\n",
        port = place.port
    );
    shell(
        place.path(),
        "mkdir etc queue data && cd queue && mkdir active bounce corrupt defer deferred flush hold incoming maildrop pid private public \
         saved trace && chown 65531 * ../data && chown 0 pid && chgrp 65530 maildrop public && chmod 1730 maildrop && chmod 2710 public \
         && chmod 700 private ../data",
    );
    fs::write(place.path().join("etc/main.cf"), main).unwrap();
    fs::write(place.path().join("etc/master.cf"), master).unwrap();
    let mut command = place.command(place.programs.join("usr/lib/postfix/sbin/master").to_str().unwrap());
    command.arg("-d").arg("-c").arg(place.path().join("etc")).env("MAIL_CONFIG", place.path().join("etc"));
    place.start(command, setting)
}

/// OpenSMTPD knows its folders by heart, so it gets a view of the system with folders of its own, where it is root as far as it can see.
async fn opensmtpd() -> Server {
    let place = Place::new().await;
    let configuration = format!(
        "smtp max-message-size {SIZE}\nlisten on 127.0.0.1 port {port} hostname {HOST}\n\
         action \"on\" relay host \"smtp://127.0.0.1:{onward}\"\nmatch from any for any action \"on\"\n",
        port = place.port,
        onward = place.sink.address().port()
    );
    fs::write(place.path().join("smtpd.conf"), configuration).unwrap();
    let view = "mount -t tmpfs none /var/lib && mkdir -p /var/lib/opensmtpd/empty && mount -t tmpfs none /var/spool && \
                mkdir -p /var/spool/smtpd && cd /var/spool/smtpd && mkdir offline purge queue incoming temporary corrupt && \
                chmod 700 * && chmod 770 offline && chmod 711 . && mount -t tmpfs none /run && exec env \
                UID_WRAPPER=1 UID_WRAPPER_ROOT=1 LD_PRELOAD=\"$WRAPPERS\" \"$SMTPD\" -d -f \"$CONFIGURATION\"";
    let libraries = place.libraries();
    let wrappers = ["libnss_wrapper.so", "libuid_wrapper.so"].map(|it| libraries.join(it).display().to_string());
    let mut command = place.command("unshare");
    command
        .env_remove("LD_PRELOAD")
        .env("WRAPPERS", wrappers.join(" "))
        .env("SMTPD", place.programs.join("usr/sbin/smtpd"))
        .env("CONFIGURATION", place.path().join("smtpd.conf"))
        .args(["--map-root-user", "--mount", "sh", "-ec", view]);
    place.start(command, PLAIN)
}

impl Server {
    fn relay(&self) -> Relay {
        Relay {
            host: HOST.to_owned(),
            port: self.port,
            route: Route::Fixed(vec![SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))]),
            security: self.setting.security,
            trust: Trust::only(authority()).unwrap(),
            credentials: self
                .setting
                .password
                .map(|it| Credentials::Password { user: "posel".to_owned(), password: SecretString::from(it) }),
            helo_name: "client.test".to_owned(),
            limits: TimeLimits::default(),
            pipelining: Pipelining::when_offered(),
        }
    }

    /// Sends three mails over one connection; each comes through once, and nothing of it has changed.
    async fn carries_byte_for_byte(&self) {
        let mut connection = Connection::open(&self.relay()).await.unwrap();
        assert_eq!(connection.security_note().is_some(), self.setting.security != Security::None);
        let built = mime::build(&rich()).unwrap();
        let content = Content::new(&built.bytes).unwrap();
        let recipients = ["eva@example.sk", "jan@example.sk", "zuzana@example.sk"];
        for recipient in recipients {
            let sent = connection.transmit(&envelope(recipient), &content, || async { Ok::<(), ()>(()) }).await;
            assert!(matches!(sent, Ok(Outcome::Accepted { .. })), "{:?}: {sent:?}", self.setting);
        }
        connection.quit().await;
        self.sink.took(recipients.len()).await;
        for recipient in recipients {
            assert_eq!(self.sink.n_copies(recipient), 1);
        }
        assert!(self.sink.mails().iter().all(|it| it.sender == "a@posel.example" && it.body.ends_with(&built.bytes)));
    }

    /// What it does not take is refused, and what is shorter taken.
    async fn refuses_what_is_too_long(&self) {
        let mut connection = Connection::open(&self.relay()).await.unwrap();
        let long = format!("Subject: x\r\n\r\n{}", "0123456789012345678901234567890123456789\r\n".repeat(2 * SIZE / 42));
        assert_eq!(send_bytes(&mut connection, "eva@example.sk", long.as_bytes()).await.verdict(), Verdict::MessageNever);
        let mut connection = Connection::open(&self.relay()).await.unwrap();
        let short = b"Subject: x\r\n\r\nshort\r\n";
        assert_eq!(send_bytes(&mut connection, "eva@example.sk", short).await.verdict(), Verdict::Accepted);
        self.sink.took(1).await;
        assert_eq!(self.sink.mails().len(), 1);
    }
}

#[tokio::test]
async fn exim_carries_mails_over_tls_and_login_with_and_without_groups_of_commands() {
    let signed_in = Setting { security: Security::StartTls, password: Some(PASSWORD), ..PLAIN };
    for setting in [signed_in, Setting { pipelining: false, mechanisms: &["LOGIN"], ..signed_in }] {
        exim(setting).await.carries_byte_for_byte().await;
    }
}

#[tokio::test]
async fn exim_refuses_a_wrong_password_and_what_is_too_long() {
    let setting = Setting { security: Security::StartTls, password: Some("wrong"), ..PLAIN };
    let server = exim(setting).await;
    let Err(trouble) = Connection::open(&server.relay()).await else { panic!("signed in with a wrong password") };
    assert_eq!(trouble.verdict(), Verdict::AccountStopped);
    exim(Setting { password: Some(PASSWORD), ..setting }).await.refuses_what_is_too_long().await;
}

#[tokio::test]
async fn postfix_carries_mails_with_and_without_tls_and_groups_of_commands() {
    for security in [Security::StartTls, Security::None] {
        for pipelining in [true, false] {
            postfix(Setting { security, pipelining, ..PLAIN }).await.carries_byte_for_byte().await;
        }
    }
}

#[tokio::test]
async fn postfix_refuses_what_is_too_long() {
    postfix(PLAIN).await.refuses_what_is_too_long().await;
}

#[tokio::test]
async fn opensmtpd_carries_mails_and_refuses_what_is_too_long() {
    opensmtpd().await.carries_byte_for_byte().await;
    opensmtpd().await.refuses_what_is_too_long().await;
}
