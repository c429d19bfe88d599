//! What comes back: from the return path of a delivery to its new state, whoever wrote the report and however often it is read.

use std::sync::{Arc, Mutex};

use delivery::testing::{ReceivedMail, ScriptedServer};
use engine::testbed::TestBed;
use engine::{accounts, bounces, dkim, history, messages, suppressions, worker};
use model::message::UNDO_MS;
use model::time::minutes;
use model::{
    AccountDraft, AccountId, AfterReading, BounceKind, BounceMatch, BounceQuery, BouncedState, DeliveryState, DkimAlgorithm,
    DkimFound, DkimState, DomainName, MailboxDraft, MailboxProtocol, MailboxSettings, MailboxStage, MessageDraft, MessageId,
    MessageState, OnHardBounce, Security, SmtpSettings,
};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A POP3 server with these mails; the password is `heslo`.
struct PostBox {
    port: u16,
    mails: Arc<Mutex<Vec<(u32, String)>>>,
}

impl PostBox {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mails = Arc::new(Mutex::new(Vec::new()));
        let shared = mails.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                serve(stream, &shared).await;
            }
        });
        Self { port, mails }
    }

    fn put(&self, mail: String) {
        let mut mails = self.mails.lock().unwrap();
        let next = mails.iter().map(|it| it.0).max().unwrap_or_default() + 1;
        mails.push((next, mail));
    }

    fn left(&self) -> usize {
        self.mails.lock().unwrap().len()
    }
}

async fn serve(stream: TcpStream, mails: &Mutex<Vec<(u32, String)>>) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let (there, mut gone) = (mails.lock().unwrap().clone(), Vec::new());
    write.write_all(b"+OK ready\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let (command, argument) = line.split_once(' ').unwrap_or((&line, ""));
        let number: usize = argument.parse().unwrap_or_default();
        let answer = match command {
            "PASS" if argument != "heslo" => "-ERR wrong\r\n".to_owned(),
            "STAT" => format!("+OK {} 0\r\n", there.len()),
            "UIDL" => {
                let rows: Vec<String> = there.iter().enumerate().map(|(n, it)| format!("{} mail{}\r\n", n + 1, it.0)).collect();
                format!("+OK\r\n{}.\r\n", rows.concat())
            }
            "LIST" => format!("+OK {number} {}\r\n", there[number - 1].1.len()),
            "RETR" => format!("+OK\r\n{}\r\n.\r\n", there[number - 1].1.replace('\n', "\r\n")),
            "DELE" => {
                gone.push(there[number - 1].0);
                "+OK\r\n".to_owned()
            }
            "QUIT" => {
                mails.lock().unwrap().retain(|it| !gone.contains(&it.0));
                "+OK\r\n".to_owned()
            }
            _ => "+OK\r\n".to_owned(),
        };
        write.write_all(answer.as_bytes()).await.unwrap();
        if command == "QUIT" {
            return;
        }
    }
}

fn mailbox(post: &PostBox, hard_limit: u8, on_hard: OnHardBounce) -> MailboxDraft {
    let settings = MailboxSettings {
        address: "vratene@example.sk".into(),
        tagged: true,
        protocol: MailboxProtocol::Pop3,
        host: "127.0.0.1".into(),
        port: post.port,
        security: Security::None,
        user_name: "vratene".into(),
        after_reading: AfterReading::Keep,
        hard_limit,
        on_hard,
        ..MailboxSettings::default()
    };
    MailboxDraft { settings, password: Some("heslo".into()) }
}

/// A bed with a relay and a bounce mailbox.
struct Scene {
    bed: TestBed,
    relay: ScriptedServer,
    post: PostBox,
    account: AccountId,
}

impl Scene {
    async fn new(hard_limit: u8, on_hard: OnHardBounce) -> Self {
        let (bed, relay, post) = (TestBed::new().await, ScriptedServer::start().await, PostBox::start().await);
        let draft = AccountDraft {
            name: "Relay".into(),
            smtp: SmtpSettings {
                host: "127.0.0.1".into(),
                port: relay.address().port(),
                security: Security::None,
                user_name: String::new(),
            },
            sender_address: "obchod@example.sk".into(),
            ..AccountDraft::default()
        };
        let account = accounts::save(&bed.admin(), None, draft).await.unwrap();
        bounces::save_mailbox(&bed.admin(), account, mailbox(&post, hard_limit, on_hard)).await.unwrap();
        Self { bed, relay, post, account }
    }

    /// Sends a message and gives it with the mail that left.
    async fn send(&self, to: &str) -> (MessageId, ReceivedMail) {
        let draft = MessageDraft { to: to.into(), subject: "Ponuka".into(), body: "Text".into(), ..MessageDraft::default() };
        let id = messages::send(&self.bed.admin(), None, draft).await.unwrap().id;
        self.bed.advance(UNDO_MS);
        worker::turn(&self.bed.engine).await.unwrap();
        (id, self.relay.mails().pop().unwrap())
    }

    async fn read(&self) {
        self.bed.advance(minutes(20));
        bounces::turn(&self.bed.engine).await.unwrap();
    }

    async fn state(&self, id: MessageId) -> (MessageState, DeliveryState) {
        let seen = history::open(&self.bed.admin(), id).await.unwrap();
        (seen.state, seen.deliveries[0].state)
    }
}

/// A report as a server writes it to a return path.
fn report(to: &str, about: &str, code: &str) -> String {
    format!(
        "From: MAILER-DAEMON@relay.example\nTo: {to}\nSubject: Undelivered\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; {about}\nAction: failed\nStatus: {code}\n\
         Diagnostic-Code: smtp; 550 {code} <script>no such user</script>\n\n--b--\n"
    )
}

#[tokio::test]
async fn a_hard_bounce_returns_the_delivery_with_the_words_of_the_server() {
    let scene = Scene::new(3, OnHardBounce::Propose).await;
    let (id, mail) = scene.send("eva@example.sk").await;
    assert!(mail.sender.starts_with("vratene+") && mail.sender.ends_with("@example.sk"), "{}", mail.sender);
    assert_eq!(scene.state(id).await, (MessageState::Sent, DeliveryState::Accepted));
    scene.post.put(report(&mail.sender, "eva@example.sk", "5.1.1"));
    scene.read().await;
    assert_eq!(scene.state(id).await, (MessageState::Failed, DeliveryState::Returned));
    let notes = bounces::of_message(&scene.bed.admin(), id).await.unwrap();
    assert_eq!(notes.len(), 1);
    assert_eq!((notes[0].kind, notes[0].matched_by), (BounceKind::Hard, BounceMatch::ReturnPath));
    assert_eq!(notes[0].words, "550 5.1.1 <script>no such user</script>");
}

#[tokio::test]
async fn the_same_mail_counts_once_however_often_it_is_read() {
    let scene = Scene::new(2, OnHardBounce::Propose).await;
    let (id, mail) = scene.send("eva@example.sk").await;
    let text = report(&mail.sender, "eva@example.sk", "5.1.1");
    for _ in 0..3 {
        scene.post.put(text.clone());
        scene.read().await;
    }
    assert_eq!(bounces::of_message(&scene.bed.admin(), id).await.unwrap().len(), 1);
    assert!(bounces::proposed(&scene.bed.admin(), BounceQuery::default()).await.unwrap().rows.is_empty());
}

#[tokio::test]
async fn after_enough_hard_bounces_an_address_is_proposed_and_decided_by_a_person() {
    let scene = Scene::new(2, OnHardBounce::Propose).await;
    for code in ["5.1.1", "5.2.2", "5.1.1"] {
        let (_, mail) = scene.send("eva@example.sk").await;
        scene.post.put(report(&mail.sender, "eva@example.sk", code));
        scene.read().await;
    }
    let admin = scene.bed.admin();
    let proposed = bounces::proposed(&admin, BounceQuery::default()).await.unwrap().rows;
    assert_eq!(proposed.len(), 1);
    assert_eq!((proposed[0].hard, proposed[0].soft, proposed[0].state), (2, 1, BouncedState::Proposed));
    assert_eq!(suppressions::count(&admin, Default::default()).await.unwrap(), 0);
    bounces::suppress(&admin, vec![proposed[0].id]).await.unwrap();
    assert_eq!(suppressions::count(&admin, Default::default()).await.unwrap(), 1);
    assert!(bounces::keep(&admin, vec![proposed[0].id]).await.is_err());
}

#[tokio::test]
async fn an_address_is_suppressed_by_itself_where_that_is_set() {
    let scene = Scene::new(1, OnHardBounce::Suppress).await;
    let (_, mail) = scene.send("eva@example.sk").await;
    scene.post.put(report(&mail.sender, "eva@example.sk", "5.1.1"));
    scene.read().await;
    assert_eq!(suppressions::count(&scene.bed.admin(), Default::default()).await.unwrap(), 1);
}

#[tokio::test]
async fn a_forged_return_path_moves_nothing_and_is_shown_as_belonging_to_nothing() {
    let scene = Scene::new(1, OnHardBounce::Suppress).await;
    let (id, mail) = scene.send("eva@example.sk").await;
    let last = if mail.sender.contains("a@") { "b@" } else { "a@" };
    let at = mail.sender.find('@').unwrap();
    let forged = format!("{}{last}{}", &mail.sender[..at - 3], &mail.sender[at + 1..]);
    let envelope = report(&forged, "eva@example.sk", "5.1.1")
        .replace("Reporting-MTA", &format!("Original-Envelope-Id: posel-{}\nReporting-MTA", id.0));
    scene.post.put(envelope);
    scene.read().await;
    assert_eq!(scene.state(id).await.1, DeliveryState::Accepted);
    let admin = scene.bed.admin();
    let strays = bounces::strays(&admin, BounceQuery::default()).await.unwrap().rows;
    assert_eq!(strays.iter().map(|it| it.address.as_str()).collect::<Vec<_>>(), ["eva@example.sk"]);
    bounces::dismiss_stray(&admin, strays[0].id).await.unwrap();
    assert!(bounces::strays(&admin, BounceQuery::default()).await.unwrap().rows.is_empty());
    assert_eq!(suppressions::count(&admin, Default::default()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_complaint_suppresses_at_once_and_what_people_write_is_left_alone() {
    let scene = Scene::new(9, OnHardBounce::Propose).await;
    let draft = mailbox(&scene.post, 9, OnHardBounce::Propose);
    let deleting = MailboxSettings { after_reading: AfterReading::Delete, ..draft.settings };
    let draft = MailboxDraft { settings: deleting, password: None };
    bounces::save_mailbox(&scene.bed.admin(), scene.account, draft).await.unwrap();
    let (id, mail) = scene.send("eva@example.sk").await;
    scene.post.put(format!(
        "From: fbl@portal.example\nTo: {}\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\
         Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: eva@example.sk\n\n--b--\n",
        mail.sender
    ));
    scene.post.put("From: eva@example.sk\nSubject: Re: Ponuka\n\nThanks.\n".to_owned());
    scene.read().await;
    assert_eq!(suppressions::count(&scene.bed.admin(), Default::default()).await.unwrap(), 1);
    assert_eq!(scene.state(id).await.1, DeliveryState::Accepted);
    assert_eq!(scene.post.left(), 1);
}

#[tokio::test]
async fn a_mailbox_that_cannot_be_read_says_why_and_is_tried_again() {
    let scene = Scene::new(3, OnHardBounce::Propose).await;
    let admin = scene.bed.admin();
    let wrong = MailboxDraft { password: Some("zle".into()), ..mailbox(&scene.post, 3, OnHardBounce::Propose) };
    let probe = bounces::test_mailbox(&admin, scene.account, wrong.clone()).await.unwrap();
    assert_eq!(probe.trouble.map(|it| it.0), Some(MailboxStage::Login));
    bounces::save_mailbox(&admin, scene.account, wrong).await.unwrap();
    scene.read().await;
    assert!(!bounces::mailbox(&admin, scene.account).await.unwrap().unwrap().trouble.is_empty());
    bounces::save_mailbox(&admin, scene.account, mailbox(&scene.post, 3, OnHardBounce::Propose)).await.unwrap();
    scene.read().await;
    let read = bounces::mailbox(&admin, scene.account).await.unwrap().unwrap();
    assert!(read.trouble.is_empty() && read.read_at.is_some() && read.has_password);
}

#[tokio::test]
async fn a_key_signs_only_after_its_record_was_found() {
    let bed = TestBed::new().await;
    bed.engine.ask_dns(delivery::dns::Dns::at("127.0.0.1:9".parse().unwrap(), std::time::Duration::from_millis(50)));
    let domain = DomainName::parse("example.sk").unwrap();
    let key = dkim::create(&bed.admin(), domain.clone(), DkimAlgorithm::Ed25519).await.unwrap();
    assert!(key.record.value.starts_with("v=DKIM1; k=ed25519; p=") && key.state == DkimState::New);
    let asked = dkim::use_key(&bed.admin(), key.id).await.unwrap();
    assert_eq!((asked.state, asked.checked.map(|it| it.0)), (DkimState::New, Some(DkimFound::NoAnswer)));
    dkim::delete(&bed.admin(), key.id).await.unwrap();
    assert!(dkim::list(&bed.admin(), domain).await.unwrap().is_empty());
}
