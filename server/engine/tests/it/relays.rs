//! Several relays: who carries what waits for an account when its relay fails, is at its limit, or shares with others.

use delivery::testing::{Moment as At, Rule, ScriptedServer};
use engine::testbed::TestBed;
use engine::{accounts, history, messages, outbox, stand_ins, worker};
use model::message::UNDO_MS;
use model::time::{hours, minutes};
use model::{
    AccountDraft, AccountId, AccountState, Decision, DeliveryState, DomainLimit, DomainName, Hold, MessageDraft, MessageId, Pace,
    Security, SmtpSettings, StandIn, StandIns,
};

use crate::refused;

/// Two accounts with a relay each; the first is the default one.
struct Scene {
    bed: TestBed,
    first: (AccountId, ScriptedServer),
    second: (AccountId, ScriptedServer),
}

async fn account(bed: &TestBed, server: &ScriptedServer, name: &str, limit: Option<u32>) -> AccountId {
    account_with(bed, server, name, limit, Vec::new()).await
}

async fn account_with(
    bed: &TestBed,
    server: &ScriptedServer,
    name: &str,
    limit: Option<u32>,
    domains: Vec<DomainLimit>,
) -> AccountId {
    let port = server.address().port();
    let smtp = SmtpSettings { host: "127.0.0.1".into(), port, security: Security::None, user_name: String::new() };
    let draft = AccountDraft {
        name: name.into(),
        smtp,
        sender_address: format!("{name}@example.sk"),
        hourly_limit: limit,
        pace: Pace { connections: 1, domains, ..Pace::default() },
        ..AccountDraft::default()
    };
    accounts::save(&bed.admin(), None, draft).await.unwrap()
}

impl Scene {
    async fn new() -> Self {
        Self::with_limits(None, None).await
    }

    async fn with_limits(one: Option<u32>, two: Option<u32>) -> Self {
        let bed = TestBed::new().await;
        let (a, b) = (ScriptedServer::start().await, ScriptedServer::start().await);
        let (first, second) = (account(&bed, &a, "prvy", one).await, account(&bed, &b, "druhy", two).await);
        Self { bed, first: (first, a), second: (second, b) }
    }

    /// Lets the second account carry what waits for the first.
    async fn stand_in(&self, own_weight: u8, rank: u8, weight: u8, overflows: bool) {
        let others = vec![StandIn { account: self.second.0, rank, weight }];
        stand_ins::save(&self.bed.admin(), self.first.0, StandIns { own_weight, overflows, others }).await.unwrap();
    }

    async fn send(&self, n: usize) -> Vec<MessageId> {
        let mut ids = Vec::new();
        for i in 0..n {
            let (to, subject) = (format!("osoba{i}@example.sk"), "Ponuka".to_owned());
            let draft = MessageDraft { to, subject, body: "Dobrý deň".into(), ..MessageDraft::default() };
            ids.push(messages::send(&self.bed.admin(), None, draft).await.unwrap().id);
        }
        self.bed.advance(UNDO_MS);
        ids
    }

    /// Turns until nothing is carried any more; the clock stands.
    async fn turn(&self) -> u32 {
        let mut carried = 0;
        loop {
            match worker::turn(&self.bed.engine).await.unwrap().carried {
                0 => return carried,
                n => carried += n,
            }
        }
    }

    /// How many mails each relay took.
    fn taken(&self) -> (usize, usize) {
        (self.first.1.mails().len(), self.second.1.mails().len())
    }

    fn copies(&self, to: &str) -> usize {
        self.first.1.n_copies(to) + self.second.1.n_copies(to)
    }

    async fn state(&self, id: MessageId) -> DeliveryState {
        history::open(&self.bed.admin(), id).await.unwrap().deliveries[0].state
    }

    async fn sent_last_hour(&self, id: AccountId) -> u64 {
        let all = accounts::list(&self.bed.admin()).await.unwrap();
        all.into_iter().find(|it| it.id == id).unwrap().sent_last_hour
    }
}

#[tokio::test]
async fn what_a_dead_relay_cannot_carry_goes_by_the_next_one_exactly_once() {
    let scene = Scene::new().await;
    scene.stand_in(1, 2, 1, true).await;
    scene.first.1.rule(Rule::at(At::Greeting).answer("554 5.3.2 closed"));
    let ids = scene.send(12).await;
    scene.turn().await;
    assert_eq!(scene.taken(), (0, 12));
    let second = format!("127.0.0.1:{}", scene.second.1.address().port());
    for (n, id) in ids.into_iter().enumerate() {
        let message = history::open(&scene.bed.admin(), id).await.unwrap();
        let delivery = &message.deliveries[0];
        assert_eq!(delivery.state, DeliveryState::Accepted);
        assert_eq!(delivery.attempts.last().unwrap().relay, second);
        assert_eq!(scene.copies(&format!("osoba{n}@example.sk")), 1);
    }
    assert_eq!((scene.sent_last_hour(scene.first.0).await, scene.sent_last_hour(scene.second.0).await), (0, 12));
    // The envelope names what the second relay lets out; who it comes from stays what was reviewed.
    let mail = scene.second.1.mails().remove(0);
    assert_eq!(mail.sender, "druhy@example.sk");
    assert!(String::from_utf8_lossy(&mail.body).contains("prvy@example.sk"));
}

#[tokio::test]
async fn a_relay_that_refuses_the_login_is_stepped_in_for_and_stays_stopped() {
    let scene = Scene::new().await;
    scene.stand_in(1, 2, 1, false).await;
    scene.first.1.rule(Rule::at(At::Mail).answer("530 5.7.0 Authentication required"));
    scene.send(3).await;
    scene.turn().await;
    assert_eq!(scene.taken(), (0, 3));
    let all = accounts::list(&scene.bed.admin()).await.unwrap();
    assert!(matches!(all.iter().find(|it| it.id == scene.first.0).unwrap().state, AccountState::Trouble { .. }));
    // What comes later goes by the stand-in from the start.
    scene.send(2).await;
    scene.turn().await;
    assert_eq!(scene.taken(), (0, 5));
}

#[tokio::test]
async fn a_refusal_of_the_message_is_no_reason_to_try_another_relay() {
    let scene = Scene::new().await;
    scene.stand_in(1, 2, 1, true).await;
    scene.first.1.rule(Rule::at(At::Recipient).answer("550 5.1.1 no such user"));
    let id = scene.send(1).await[0];
    scene.turn().await;
    assert_eq!((scene.state(id).await, scene.taken()), (DeliveryState::Rejected, (0, 0)));
    scene.first.1.behave();
    scene.first.1.rule(Rule::at(At::Recipient).answer("450 4.2.0 greylisted").once());
    let id = scene.send(1).await[0];
    scene.turn().await;
    assert_eq!((scene.state(id).await, scene.taken()), (DeliveryState::Waiting, (0, 0)));
}

#[tokio::test]
async fn what_is_over_the_limit_goes_by_the_next_and_neither_limit_is_exceeded() {
    let mut scene = Scene::with_limits(Some(3), Some(4)).await;
    scene.stand_in(1, 2, 1, true).await;
    scene.send(10).await;
    scene.turn().await;
    assert_eq!(scene.taken(), (3, 4));
    scene.bed.crash().await;
    scene.bed.advance(minutes(59));
    scene.turn().await;
    assert_eq!(scene.taken(), (3, 4));
    scene.bed.advance(minutes(1));
    scene.turn().await;
    assert_eq!(scene.taken(), (6, 4));
}

#[tokio::test]
async fn a_limit_keeps_what_waits_when_nobody_is_to_step_in_for_it() {
    let scene = Scene::with_limits(Some(3), None).await;
    scene.stand_in(1, 2, 1, false).await;
    scene.send(5).await;
    scene.turn().await;
    assert_eq!(scene.taken(), (3, 0));
}

#[tokio::test]
async fn tries_by_two_relays_count_each_for_its_own() {
    let scene = Scene::with_limits(Some(1), Some(1)).await;
    scene.stand_in(1, 2, 1, true).await;
    // Each relay takes the message up to its final dot and puts it off.
    for relay in [&scene.first.1, &scene.second.1] {
        relay.rule(Rule::at(At::Dot).answer("450 4.2.0 later").once());
    }
    let id = scene.send(1).await[0];
    scene.turn().await;
    scene.bed.advance(minutes(30));
    scene.turn().await;
    assert_eq!(scene.state(id).await, DeliveryState::Waiting);
    assert_eq!((scene.sent_last_hour(scene.first.0).await, scene.sent_last_hour(scene.second.0).await), (1, 1));
    scene.bed.advance(minutes(29));
    scene.turn().await;
    assert_eq!(scene.taken(), (0, 0));
    scene.bed.advance(hours(2));
    scene.turn().await;
    assert_eq!((scene.state(id).await, scene.copies("osoba0@example.sk")), (DeliveryState::Accepted, 1));
}

#[tokio::test]
async fn equals_share_by_their_weights() {
    let scene = Scene::new().await;
    scene.stand_in(3, 1, 1, true).await;
    scene.send(200).await;
    scene.turn().await;
    let (first, second) = scene.taken();
    assert_eq!(first + second, 200);
    assert!((40..=60).contains(&second), "{first} and {second}");
    for n in 0..200 {
        assert_eq!(scene.copies(&format!("osoba{n}@example.sk")), 1);
    }
}

#[tokio::test]
async fn a_relay_that_works_again_gets_its_mails_back() {
    let scene = Scene::new().await;
    scene.stand_in(1, 2, 1, true).await;
    scene.first.1.rule(Rule::at(At::Greeting).answer("421 4.3.2 come back later"));
    scene.send(3).await;
    scene.turn().await;
    assert_eq!(scene.taken(), (0, 3));
    // While it rests, and as long as it is only asked whether it works again, the other one carries.
    scene.send(2).await;
    scene.turn().await;
    assert_eq!(scene.taken(), (0, 5));
    scene.bed.advance(minutes(2));
    scene.send(4).await;
    scene.turn().await;
    assert_eq!(scene.taken(), (0, 9));
    scene.first.1.behave();
    scene.bed.advance(minutes(6));
    scene.send(1).await;
    scene.turn().await;
    scene.send(5).await;
    scene.turn().await;
    let (first, second) = scene.taken();
    assert!(5 <= first && first + second == 15, "{first} and {second}");
}

#[tokio::test]
async fn what_is_unknown_is_never_sent_by_the_other_relay_by_itself() {
    let mut scene = Scene::new().await;
    scene.stand_in(1, 2, 1, true).await;
    scene.first.1.rule(Rule::at(At::Dot).take().abort());
    let id = scene.send(1).await[0];
    scene.turn().await;
    assert_eq!(scene.state(id).await, DeliveryState::Unknown);
    scene.bed.crash().await;
    scene.bed.advance(hours(2));
    scene.turn().await;
    assert_eq!((scene.state(id).await, scene.copies("osoba0@example.sk")), (DeliveryState::Unknown, 1));
    scene.first.1.rule(Rule::at(At::Greeting).answer("554 5.3.2 closed"));
    let delivery = history::open(&scene.bed.admin(), id).await.unwrap().deliveries[0].id;
    messages::decide(&scene.bed.admin(), delivery, Decision::SendAgain).await.unwrap();
    scene.turn().await;
    assert_eq!((scene.state(id).await, scene.copies("osoba0@example.sk")), (DeliveryState::Accepted, 2));
}

#[tokio::test]
async fn after_a_crash_in_the_middle_nothing_goes_twice() {
    let mut scene = Scene::new().await;
    scene.stand_in(1, 1, 1, true).await;
    scene.first.1.rule(Rule::at(At::Dot).take().hang());
    scene.second.1.rule(Rule::at(At::Recipient).hang());
    let ids = scene.send(6).await;
    let engine = scene.bed.engine.clone();
    let turn = tokio::spawn(async move { worker::turn(&engine).await });
    scene.first.1.took(1).await;
    while !scene.second.1.commands().iter().any(|it| it.1.starts_with("RCPT")) {
        tokio::task::yield_now().await;
    }
    scene.bed.crash().await;
    turn.abort();
    scene.first.1.behave();
    scene.second.1.behave();
    scene.turn().await;
    let mut states = Vec::new();
    for id in ids {
        states.push(scene.state(id).await);
    }
    assert_eq!(states.iter().filter(|it| **it == DeliveryState::Unknown).count(), 1);
    assert_eq!(states.iter().filter(|it| **it == DeliveryState::Accepted).count(), 5);
    for n in 0..6 {
        assert_eq!(scene.copies(&format!("osoba{n}@example.sk")), 1);
    }
}

#[tokio::test]
async fn what_a_person_holds_goes_by_nobody() {
    let scene = Scene::new().await;
    scene.stand_in(1, 2, 1, true).await;
    accounts::pause(&scene.bed.admin(), scene.first.0).await.unwrap();
    scene.send(2).await;
    assert_eq!((scene.turn().await, scene.taken()), (0, (0, 0)));
}

#[tokio::test]
async fn the_outbox_says_by_whom_it_goes_and_why_not_by_the_others() {
    let scene = Scene::new().await;
    scene.stand_in(1, 2, 1, true).await;
    scene.first.1.rule(Rule::at(At::Greeting).answer("421 4.3.2 come back later"));
    scene.second.1.rule(Rule::at(At::Recipient).answer("450 4.2.0 greylisted"));
    scene.send(2).await;
    scene.turn().await;
    scene.send(1).await;
    let look = outbox::look(&scene.bed.admin()).await.unwrap();
    let home = look.accounts.iter().find(|it| it.id == scene.first.0).unwrap();
    let told: Vec<_> = home.ways.iter().map(|it| (it.name.as_str(), it.carries)).collect();
    assert_eq!(told, [("prvy", false), ("druhy", true)]);
    assert!(matches!(home.ways[0].hold, Hold::Rests(_)));
    assert_eq!(home.ways[1].hold, Hold::None);
}

#[tokio::test]
async fn only_accounts_with_a_relay_stand_in_and_a_deleted_one_does_no_more() {
    let scene = Scene::new().await;
    let admin = scene.bed.admin();
    let capture = accounts::list(&admin).await.unwrap().into_iter().find(|it| it.name.is_empty()).unwrap().id;
    let with = |account| StandIns { others: vec![StandIn { account, rank: 1, weight: 1 }], ..StandIns::default() };
    for id in [capture, scene.first.0, AccountId(99)] {
        refused(stand_ins::save(&admin, scene.first.0, with(id)).await);
    }
    scene.stand_in(1, 2, 1, true).await;
    accounts::delete(&admin, scene.second.0).await.unwrap();
    assert_eq!(stand_ins::get(&admin, scene.first.0).await.unwrap().others, []);
}

#[tokio::test]
async fn what_a_stand_in_may_not_carry_to_a_domain_now_goes_home_as_soon_as_that_works() {
    let bed = TestBed::new().await;
    let (a, b) = (ScriptedServer::start().await, ScriptedServer::start().await);
    let domains = vec![DomainLimit { domain: DomainName::parse("example.sk").unwrap(), per_hour: 1 }];
    let first = account(&bed, &a, "prvy", None).await;
    let second = account_with(&bed, &b, "druhy", None, domains).await;
    let scene = Scene { bed, first: (first, a), second: (second, b) };
    scene.stand_in(1, 2, 1, true).await;
    scene.first.1.rule(Rule::at(At::Greeting).answer("421 4.3.2 come back later"));
    scene.send(4).await;
    scene.turn().await;
    assert_eq!(scene.taken(), (0, 1));
    scene.first.1.behave();
    for _ in 0..8 {
        scene.bed.advance(minutes(1));
        scene.turn().await;
    }
    assert_eq!(scene.taken(), (3, 1));
}
