//! Copies of sent mails in a mailbox: each once, whatever breaks, and never at the cost of the delivery.

use std::sync::{Arc, Mutex};

use delivery::testing::ScriptedServer;
use engine::testbed::TestBed;
use engine::{accounts, copies, history, messages, worker};
use model::message::UNDO_MS;
use model::time::{days, hours, minutes};
use model::{
    AccountDraft, AccountId, CopyDraft, CopyMailbox, CopySettings, DeliveryState, MailboxStage, MessageDraft, MessageId, Refusal,
    Security, SmtpSettings,
};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::refused;

/// What the server does with the next mail that is put into it.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    Takes,
    Refuses,
    /// Takes it and hangs up without saying so.
    TakesSilently,
    /// Hangs up in the middle of a mail that has this in it; takes others.
    ChokesOn(&'static str),
    /// Lets nobody look into the folder.
    Locked,
}

struct Folder {
    is_made: bool,
    mails: Vec<(String, String)>,
    mood: Mood,
}

/// An IMAP server with one folder `Sent`, which is not there yet; the password is `heslo`.
struct Imap {
    port: u16,
    folder: Arc<Mutex<Folder>>,
}

impl Imap {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let folder = Arc::new(Mutex::new(Folder { is_made: false, mails: Vec::new(), mood: Mood::Takes }));
        let shared = folder.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever hangs up in the middle ends only its own session.
                let _ended = serve(stream, &shared).await;
            }
        });
        Self { port, folder }
    }

    fn mood(&self, mood: Mood) {
        self.folder.lock().unwrap().mood = mood;
    }

    /// The Message-IDs of what lies there.
    fn ids(&self) -> Vec<String> {
        let folder = self.folder.lock().unwrap();
        let id = |it: &(String, String)| it.1.split_once("Message-ID: <").unwrap().1.split('>').next().unwrap().to_owned();
        folder.mails.iter().map(id).collect()
    }
}

async fn serve(stream: TcpStream, folder: &Mutex<Folder>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    write.write_all(b"* OK ready\r\n").await?;
    let mut line = String::new();
    while 0 < read.read_line(&mut line).await? {
        let words = line.trim_end().to_owned();
        let (tag, command) = words.split_once(' ').unwrap_or((&words, ""));
        let said = match command.split(' ').next().unwrap_or_default() {
            "CAPABILITY" => "* CAPABILITY IMAP4rev1\r\nOK".to_owned(),
            "LOGIN" if !command.ends_with("\"heslo\"") => "NO wrong password".to_owned(),
            "EXAMINE" | "APPEND" if !folder.lock().unwrap().is_made => "NO [TRYCREATE] no such folder".to_owned(),
            "EXAMINE" if folder.lock().unwrap().mood == Mood::Locked => "NO [INUSE] busy".to_owned(),
            "LIST" if folder.lock().unwrap().is_made => "* LIST () \"/\" \"Sent\"\r\nOK".to_owned(),
            "CREATE" => {
                folder.lock().unwrap().is_made = true;
                "OK".to_owned()
            }
            "UID" => {
                let id = command.rsplit('"').nth(1).unwrap_or_default();
                let found = folder.lock().unwrap().mails.iter().any(|it| it.1.contains(&format!("<{id}>")));
                format!("* SEARCH{}\r\nOK", if found { " 1" } else { "" })
            }
            "APPEND" => {
                let n: usize = command.rsplit_once('{').unwrap().1.trim_end_matches('}').parse().unwrap();
                write.write_all(b"+ go on\r\n").await?;
                let mut mail = vec![0; n + 2];
                read.read_exact(&mut mail).await?;
                let mut folder = folder.lock().unwrap();
                if matches!(folder.mood, Mood::ChokesOn(it) if String::from_utf8_lossy(&mail).contains(it)) {
                    return Ok(());
                }
                if folder.mood != Mood::Refuses {
                    folder.mails.push((command.to_owned(), String::from_utf8_lossy(&mail[..n]).into_owned()));
                }
                match folder.mood {
                    Mood::Takes | Mood::ChokesOn(_) | Mood::Locked => "OK".to_owned(),
                    Mood::Refuses => "NO [OVERQUOTA] full".to_owned(),
                    Mood::TakesSilently => return Ok(()),
                }
            }
            _ => "OK".to_owned(),
        };
        let said = match said.rsplit_once("\r\n") {
            Some((before, last)) => format!("{before}\r\n{tag} {last}\r\n"),
            None => format!("{tag} {said}\r\n"),
        };
        write.write_all(said.as_bytes()).await?;
        line.clear();
    }
    Ok(())
}

struct Scene {
    bed: TestBed,
    relay: ScriptedServer,
    imap: Imap,
    account: AccountId,
}

impl Scene {
    async fn new() -> Self {
        let (bed, relay, imap) = (TestBed::new().await, ScriptedServer::start().await, Imap::start().await);
        let port = relay.address().port();
        let smtp = SmtpSettings { host: "127.0.0.1".into(), port, security: Security::None, user_name: String::new() };
        let (name, sender_address) = ("Relay".into(), "obchod@example.sk".into());
        let draft = AccountDraft { name, smtp, sender_address, hourly_limit: None, ..AccountDraft::default() };
        let account = accounts::save(&bed.admin(), None, draft).await.unwrap();
        let scene = Self { bed, relay, imap, account };
        copies::save(&scene.bed.admin(), account, scene.draft(Some("heslo"))).await.unwrap();
        scene
    }

    fn draft(&self, password: Option<&str>) -> CopyDraft {
        let settings = CopySettings {
            host: "127.0.0.1".into(),
            port: self.imap.port,
            security: Security::None,
            user_name: "archiv".into(),
            ..CopySettings::default()
        };
        CopyDraft { settings, password: password.map(str::to_owned) }
    }

    async fn send(&self, to: &str) -> MessageId {
        let draft =
            MessageDraft { to: to.into(), subject: "Ponuka".into(), body: "Dobrý deň".into(), ..MessageDraft::default() };
        let id = messages::send(&self.bed.admin(), None, draft).await.unwrap().id;
        self.bed.advance(UNDO_MS);
        worker::turn(&self.bed.engine).await.unwrap();
        id
    }

    async fn mailbox(&self) -> CopyMailbox {
        copies::mailbox(&self.bed.admin(), self.account).await.unwrap().unwrap()
    }

    async fn put(&self) -> u32 {
        copies::turn(&self.bed.engine).await.unwrap().put
    }
}

#[tokio::test]
async fn what_was_sent_lies_in_the_folder_once_as_read_and_with_its_date() {
    let scene = Scene::new().await;
    let id = scene.send("eva@example.sk, jan@example.sk").await;
    assert_eq!(scene.mailbox().await.waiting, 1);
    assert_eq!((scene.put().await, scene.put().await), (1, 0));
    let sent = scene.relay.mails();
    let (command, mail) = scene.imap.folder.lock().unwrap().mails[0].clone();
    assert!(command.contains("(\\Seen) \"28-May-2026"), "{command}");
    assert!(sent.len() == 2 && sent.iter().all(|it| String::from_utf8_lossy(&it.body).trim_end() == mail.trim_end()));
    let header_id = history::open(&scene.bed.admin(), id).await.unwrap().header_id;
    assert_eq!(scene.imap.ids(), [header_id]);
    let mailbox = scene.mailbox().await;
    assert!(mailbox.waiting == 0 && mailbox.put_at.is_some() && mailbox.trouble.is_empty());
}

#[tokio::test]
async fn only_what_was_sent_is_copied_and_only_for_accounts_that_keep_copies() {
    let scene = Scene::new().await;
    scene.relay.rule(delivery::testing::Rule::at(delivery::testing::Moment::Recipient).answer("550 5.1.1 nobody").once());
    scene.send("nikto@example.sk").await;
    assert_eq!((scene.mailbox().await.waiting, scene.put().await), (0, 0));
    copies::remove(&scene.bed.admin(), scene.account).await.unwrap();
    scene.send("eva@example.sk").await;
    assert_eq!(scene.put().await, 0);
    assert_eq!(copies::mailbox(&scene.bed.admin(), scene.account).await.unwrap(), None);
}

#[tokio::test]
async fn a_copy_whose_answer_was_lost_is_looked_for_before_it_is_put_again() {
    let mut scene = Scene::new().await;
    scene.send("eva@example.sk").await;
    scene.imap.mood(Mood::TakesSilently);
    assert_eq!(scene.put().await, 0);
    assert!(!scene.mailbox().await.trouble.is_empty());
    scene.bed.crash().await;
    scene.imap.mood(Mood::Takes);
    assert_eq!(scene.put().await, 0);
    scene.bed.advance(minutes(5));
    assert_eq!(scene.put().await, 1);
    assert_eq!(scene.imap.ids().len(), 1);
}

#[tokio::test]
async fn a_mailbox_that_cannot_be_opened_holds_up_no_delivery() {
    let scene = Scene::new().await;
    copies::save(&scene.bed.admin(), scene.account, scene.draft(Some("wrong"))).await.unwrap();
    let id = scene.send("eva@example.sk").await;
    assert_eq!(scene.put().await, 0);
    let message = history::open(&scene.bed.admin(), id).await.unwrap();
    assert_eq!((message.deliveries[0].state, scene.relay.n_copies("eva@example.sk")), (DeliveryState::Accepted, 1));
    let mailbox = scene.mailbox().await;
    assert!(mailbox.waiting == 1 && mailbox.trouble.contains("wrong password"), "{}", mailbox.trouble);
    // Whoever mends it has it tried at once.
    copies::save(&scene.bed.admin(), scene.account, scene.draft(Some("heslo"))).await.unwrap();
    assert_eq!((scene.put().await, scene.mailbox().await.trouble), (1, String::new()));
}

#[tokio::test]
async fn a_copy_that_is_refused_again_and_again_is_given_up_and_can_be_tried_anew() {
    let scene = Scene::new().await;
    scene.imap.mood(Mood::Refuses);
    scene.send("eva@example.sk").await;
    for _ in 0..5 {
        scene.put().await;
        assert_eq!((scene.mailbox().await.waiting, scene.mailbox().await.failed), (1, 0));
        scene.bed.advance(days(1));
    }
    scene.put().await;
    let mailbox = scene.mailbox().await;
    assert_eq!((mailbox.waiting, mailbox.failed), (0, 1));
    assert!(mailbox.failure.contains("OVERQUOTA") && scene.relay.n_copies("eva@example.sk") == 1);
    scene.imap.mood(Mood::Takes);
    scene.bed.advance(hours(48));
    assert_eq!(scene.put().await, 0);
    assert_eq!(copies::retry(&scene.bed.admin(), scene.account).await.unwrap(), 1);
    assert_eq!((scene.put().await, scene.mailbox().await.failed), (1, 0));
}

#[tokio::test]
async fn a_test_uses_the_stored_password_only_for_the_server_it_belongs_to() {
    let scene = Scene::new().await;
    let admin = scene.bed.admin();
    assert_eq!(copies::test(&admin, scene.account, scene.draft(None)).await.unwrap(), None);
    let other = Imap::start().await;
    let mut draft = scene.draft(None);
    draft.settings.port = other.port;
    let told = copies::test(&admin, scene.account, draft).await.unwrap().unwrap();
    assert_eq!(told.0, MailboxStage::Login);
    let capture = accounts::list(&admin).await.unwrap().into_iter().find(|it| it.name.is_empty()).unwrap().id;
    assert!(matches!(refused(copies::save(&admin, capture, scene.draft(None)).await), Refusal::BuiltIn(_)));
}

#[tokio::test]
async fn a_recipient_who_gets_it_later_makes_no_second_copy() {
    let scene = Scene::new().await;
    let later = delivery::testing::Rule::at(delivery::testing::Moment::Recipient).for_recipient("jan@example.sk");
    scene.relay.rule(later.answer("450 4.2.0 Greylisted").once());
    scene.send("eva@example.sk, jan@example.sk").await;
    assert_eq!(scene.put().await, 1);
    scene.bed.advance(minutes(1));
    worker::turn(&scene.bed.engine).await.unwrap();
    assert_eq!((scene.relay.n_copies("eva@example.sk"), scene.relay.n_copies("jan@example.sk")), (1, 1));
    assert_eq!((scene.put().await, scene.imap.ids().len()), (0, 1));
}

#[tokio::test]
async fn a_mail_that_the_server_breaks_off_in_keeps_no_other_back() {
    let scene = Scene::new().await;
    scene.imap.mood(Mood::ChokesOn("zle@example.sk"));
    scene.send("zle@example.sk").await;
    scene.send("eva@example.sk").await;
    assert_eq!(scene.put().await, 0);
    scene.bed.advance(minutes(1));
    assert_eq!(scene.put().await, 1);
    assert!(scene.mailbox().await.waiting == 1 && scene.imap.ids().len() == 1);
    // It is looked for and offered again, and given up in the end.
    for _ in 0..5 {
        scene.bed.advance(days(2));
        assert_eq!(scene.put().await, 0);
    }
    assert_eq!((scene.mailbox().await.waiting, scene.mailbox().await.failed), (0, 1));
}

#[tokio::test]
async fn a_folder_that_nobody_may_look_into_gets_nothing_that_may_lie_there() {
    let scene = Scene::new().await;
    scene.send("eva@example.sk").await;
    scene.imap.mood(Mood::TakesSilently);
    assert_eq!(scene.put().await, 0);
    scene.imap.mood(Mood::Locked);
    scene.bed.advance(hours(1));
    assert_eq!((scene.put().await, scene.imap.ids().len()), (0, 1));
    assert!(scene.mailbox().await.trouble.contains("INUSE"));
    scene.imap.mood(Mood::Takes);
    scene.bed.advance(hours(1));
    assert_eq!((scene.put().await, scene.imap.ids().len()), (1, 1));
}

#[tokio::test]
async fn the_password_of_one_server_is_forgotten_where_another_is_set_up() {
    let scene = Scene::new().await;
    let admin = scene.bed.admin();
    copies::save(&admin, scene.account, scene.draft(None)).await.unwrap();
    assert!(scene.mailbox().await.has_password);
    let mut draft = scene.draft(None);
    draft.settings.port = Imap::start().await.port;
    copies::save(&admin, scene.account, draft).await.unwrap();
    assert!(!scene.mailbox().await.has_password);
}
