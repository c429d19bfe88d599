//! Hidden copies of sent mails: each once, after the original, under the limits of its account, and never at the cost of the delivery.

use delivery::testing::{Moment as At, ReceivedMail, Rule, ScriptedServer};
use engine::testbed::TestBed;
use engine::{accounts, copies, history, messages, outbox, worker};
use model::message::UNDO_MS;
use model::time::{hours, minutes};
use model::{
    AccountDraft, AccountId, CopyDraft, CopyMailbox, CopySettings, CopyWay, DeliveryState, MessageDraft, MessageId, Security,
    SmtpSettings,
};

const ARCHIVE: &str = "archiv@firma.sk";

struct Scene {
    bed: TestBed,
    relay: ScriptedServer,
    account: AccountId,
}

impl Scene {
    async fn new(hourly_limit: Option<u32>) -> Self {
        let (bed, relay) = (TestBed::new().await, ScriptedServer::start().await);
        let port = relay.address().port();
        let smtp = SmtpSettings { host: "127.0.0.1".into(), port, security: Security::None, user_name: String::new() };
        let (name, sender_address) = ("Relay".into(), "obchod@example.sk".into());
        let draft = AccountDraft { name, smtp, sender_address, hourly_limit, ..AccountDraft::default() };
        let account = accounts::save(&bed.admin(), None, draft).await.unwrap();
        let settings = CopySettings { way: CopyWay::Address, copy_to: ARCHIVE.into(), ..CopySettings::default() };
        copies::save(&bed.admin(), account, CopyDraft { settings, password: None }).await.unwrap();
        Self { bed, relay, account }
    }

    async fn send(&self, to: &str) -> MessageId {
        let draft =
            MessageDraft { to: to.into(), subject: "Ponuka".into(), body: "Dobrý deň".into(), ..MessageDraft::default() };
        let id = messages::send(&self.bed.admin(), None, draft).await.unwrap().id;
        self.bed.advance(UNDO_MS);
        worker::turn(&self.bed.engine).await.unwrap();
        id
    }

    async fn put(&self) -> u32 {
        copies::turn(&self.bed.engine).await.unwrap().put
    }

    async fn standing(&self) -> CopyMailbox {
        copies::mailbox(&self.bed.admin(), self.account).await.unwrap().unwrap()
    }

    async fn states(&self, id: MessageId) -> Vec<DeliveryState> {
        history::open(&self.bed.admin(), id).await.unwrap().deliveries.into_iter().map(|it| it.state).collect()
    }

    fn archived(&self) -> Vec<ReceivedMail> {
        self.relay.mails().into_iter().filter(|it| it.recipient == ARCHIVE).collect()
    }
}

#[tokio::test]
async fn a_copy_follows_the_original_once_as_a_mail_of_its_own() {
    let scene = Scene::new(None).await;
    let id = scene.send("eva@example.sk, jan@example.sk").await;
    assert!(scene.archived().is_empty());
    assert_eq!((scene.put().await, scene.put().await), (1, 0));
    let [copy] = &scene.archived()[..] else { panic!("not one copy") };
    let (text, header_id) = (String::from_utf8_lossy(&copy.body), history::open(&scene.bed.admin(), id).await.unwrap().header_id);
    assert_eq!(copy.sender, "obchod@example.sk");
    assert!(text.contains("eva@example.sk") && text.contains("jan@example.sk") && !text.contains(ARCHIVE), "{text}");
    assert!(text.contains(&format!("Message-ID: <copy.{header_id}>")) && text.contains(&format!("References: <{header_id}>")));
    assert_eq!(scene.states(id).await, [DeliveryState::Accepted; 2]);
    let standing = scene.standing().await;
    assert!(standing.waiting == 0 && standing.put_at.is_some() && standing.settings.way == CopyWay::Address);
}

#[tokio::test]
async fn what_no_relay_took_has_no_copy_and_what_everything_holds_waits() {
    let scene = Scene::new(None).await;
    scene.relay.rule(Rule::at(At::Recipient).for_recipient("nikto@example.sk").answer("550 5.1.1 nobody"));
    scene.send("nikto@example.sk").await;
    assert_eq!((scene.standing().await.waiting, scene.put().await), (0, 0));
    scene.send("eva@example.sk").await;
    outbox::pause(&scene.bed.admin()).await.unwrap();
    assert_eq!(scene.put().await, 0);
    outbox::resume(&scene.bed.admin()).await.unwrap();
    scene.bed.advance(minutes(1));
    assert_eq!(scene.put().await, 1);
}

#[tokio::test]
async fn a_copy_whose_answer_was_lost_is_not_sent_again_unless_a_person_wants_that() {
    let mut scene = Scene::new(None).await;
    scene.relay.rule(Rule::at(At::Dot).for_recipient(ARCHIVE).take().close().once());
    let id = scene.send("eva@example.sk").await;
    assert_eq!(scene.put().await, 0);
    scene.bed.crash().await;
    scene.bed.advance(hours(48));
    assert_eq!((scene.put().await, scene.archived().len()), (0, 1));
    let standing = scene.standing().await;
    assert!((standing.waiting, standing.failed) == (0, 1) && !standing.failure.is_empty(), "{standing:?}");
    assert_eq!(scene.states(id).await, [DeliveryState::Accepted]);
    assert_eq!(copies::retry(&scene.bed.admin(), scene.account).await.unwrap(), 1);
    assert_eq!((scene.put().await, scene.archived().len(), scene.standing().await.failed), (1, 2, 0));
}

#[tokio::test]
async fn a_refused_copy_touches_neither_the_delivery_nor_the_account() {
    let scene = Scene::new(None).await;
    scene.relay.rule(Rule::at(At::Recipient).for_recipient(ARCHIVE).answer("452 4.2.2 mailbox full").once());
    let id = scene.send("eva@example.sk").await;
    assert_eq!((scene.put().await, scene.standing().await.waiting), (0, 1));
    assert_eq!(scene.states(id).await, [DeliveryState::Accepted]);
    scene.send("jan@example.sk").await;
    assert_eq!(scene.relay.n_copies("jan@example.sk"), 1);
    scene.bed.advance(minutes(5));
    assert_eq!((scene.put().await, scene.archived().len()), (2, 2));
}

#[tokio::test]
async fn copies_count_for_the_limits_of_their_account_over_restarts_too() {
    let mut scene = Scene::new(Some(2)).await;
    scene.send("eva@example.sk").await;
    assert_eq!(scene.put().await, 1);
    scene.send("jan@example.sk").await;
    assert_eq!(scene.relay.n_copies("jan@example.sk"), 0);
    scene.bed.crash().await;
    worker::turn(&scene.bed.engine).await.unwrap();
    let used = outbox::look(&scene.bed.admin()).await.unwrap().accounts[0].sent_last_hour;
    assert_eq!((scene.relay.n_copies("jan@example.sk"), used), (0, 2));
    scene.bed.advance(hours(1));
    worker::turn(&scene.bed.engine).await.unwrap();
    assert_eq!((scene.relay.n_copies("jan@example.sk"), scene.put().await, scene.archived().len()), (1, 1, 2));
}
