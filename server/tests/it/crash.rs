//! The program killed again and again while it sends: nothing is lost, nothing doubled, and what is uncertain is what was in flight.

use std::path::Path;

use delivery::testing::{Moment as At, Rule, ScriptedServer};
use model::message::Role;
use model::time::days;
use model::{
    AccountDraft, DeliveryState, EmailAddress, Lane, MessageDraft, MessageId, Moment, Pace, Recipient, Security, SmtpSettings,
};
use store::deliveries::NewDelivery;
use store::messages::Complete;
use store::{MasterKey, Store};
use tempfile::TempDir;

use crate::boot::process::Server;

/// How often the program is killed.
const KILLS: u64 = 20;
const MESSAGES: u32 = 1_000;
/// Whom the relay does not know.
const REFUSED: &str = "osoba7@example.sk";
const CONNECTIONS: u8 = 4;
/// What one connection may have marked as handed at once.
const TOGETHER: usize = 4;
const KEY: &str = "c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4";

async fn open(data: &Path) -> Store {
    Store::open(&data.join("posel.db"), &MasterKey::from_hex(KEY).unwrap()).await.unwrap()
}

/// A folder as a first start leaves it, with messages of a campaign that are due.
async fn filled(data: &Path, relay: &ScriptedServer) {
    let first = Server::start(data, &[("POSEL_KEY", KEY)]);
    first.set_up();
    assert_eq!(first.terminate().code, Some(0));
    let store = open(data).await;
    let mut tx = store.write().await.unwrap();
    let smtp = SmtpSettings {
        host: "127.0.0.1".into(),
        port: relay.address().port(),
        security: Security::None,
        user_name: String::new(),
    };
    let pace = Pace { connections: CONNECTIONS, messages_per_connection: 7, ..Pace::default() };
    let draft = AccountDraft {
        name: "Relay".into(),
        smtp,
        sender_address: "obchod@example.sk".into(),
        hourly_limit: None,
        pace,
        ..AccountDraft::default()
    };
    let account = store::accounts::create(&store, &mut tx, &draft, Moment(0)).await.unwrap();
    let author = model::UserId::SYSTEM;
    for n in 0..MESSAGES {
        let id = store::drafts::create(&store, &mut tx, author, model::Origin::Campaign, &MessageDraft::default(), Moment(0))
            .await
            .unwrap()
            .id;
        let address = model::Address::from(EmailAddress::parse(&format!("osoba{n}@example.sk")).unwrap());
        let header_id = format!("sprava{n}@example.sk");
        let recipients = [Recipient { role: Role::To, name: String::new(), address: address.clone(), contact: None }];
        let message = Complete {
            account,
            sender_name: "Obchod",
            sender_address: "obchod@example.sk",
            reply_to: "",
            header_id: &header_id,
            contact: None,
            subject: "Ponuka",
            text: "Dobrý deň",
            html: "<p>Dobrý deň</p>",
            recipients: &recipients,
            attachments: 0,
        };
        store::messages::complete(&store, &mut tx, id, &message).await.unwrap();
        store::messages::set_state(&mut tx, id, model::MessageState::Prepared, model::MessageState::Queued).await.unwrap();
        let (due_at, expires_at) = (Moment(0), Moment(i64::MAX).plus(-days(1)));
        let new = NewDelivery { message: id, account, address: &address, lane: Lane::Campaign, due_at, expires_at };
        store::deliveries::queue(&mut tx, &new).await.unwrap();
    }
    tx.commit().await.unwrap();
    store.close().await;
}

async fn states(data: &Path) -> Vec<(String, DeliveryState)> {
    let store = open(data).await;
    let mut reader = store.read().await.unwrap();
    assert!(!store::put_back::is_undecided(&mut reader).await.unwrap(), "a kill was taken for a backup that was put back");
    let mut states = Vec::new();
    for id in 1..=i64::from(MESSAGES) {
        for it in store::deliveries::of_message(&mut reader, MessageId(id)).await.unwrap() {
            states.push((it.address.as_str().to_owned(), it.state));
        }
    }
    drop(reader);
    store.close().await;
    states
}

/// How many messages the relay will have in the end, if what is unknown now is left alone.
fn expected(relay: &ScriptedServer, states: &[(String, DeliveryState)]) -> usize {
    let goes_on = |it: &&(String, DeliveryState)| it.1 != DeliveryState::Unknown && it.0 != REFUSED;
    let unknown = states.iter().filter(|it| it.1 == DeliveryState::Unknown);
    states.iter().filter(goes_on).count() + unknown.map(|it| relay.n_copies(&it.0)).sum::<usize>()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ended_in_the_middle_of_a_campaign_it_leaves_nothing_uncertain() {
    let home = TempDir::new().unwrap();
    let relay = ScriptedServer::start().await;
    filled(home.path(), &relay).await;
    let server = Server::start(home.path(), &[("POSEL_KEY", KEY)]);
    relay.took(50).await;
    assert_eq!(server.terminate().code, Some(0));
    for (address, state) in states(home.path()).await {
        let copies = match state {
            DeliveryState::Accepted => 1,
            DeliveryState::Waiting => 0,
            state => panic!("{address} is {state:?}"),
        };
        assert_eq!(relay.n_copies(&address), copies, "{address} is {state:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_twenty_times_it_loses_nothing_and_doubles_nothing() {
    let home = TempDir::new().unwrap();
    let relay = ScriptedServer::start().await;
    relay.rule(Rule::at(At::Recipient).for_recipient(REFUSED).answer("550 5.1.1 no such user"));
    filled(home.path(), &relay).await;
    let mut seed = 88_172_645_463_325_252_u64;
    for _ in 0..KILLS {
        // xorshift: the moments of the kills are as good as random and the same in each run.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let server = Server::start(home.path(), &[("POSEL_KEY", KEY)]);
        let most = expected(&relay, &states(home.path()).await);
        relay.took(most.min(relay.mails().len() + (seed % 30) as usize)).await;
        drop(server);
    }
    let last = Server::start(home.path(), &[("POSEL_KEY", KEY)]);
    relay.took(expected(&relay, &states(home.path()).await)).await;
    assert_eq!(last.terminate().code, Some(0));
    let states = states(home.path()).await;
    let count = |state| states.iter().filter(|it| it.1 == state).count();
    let (accepted, rejected, unknown) =
        (count(DeliveryState::Accepted), count(DeliveryState::Rejected), count(DeliveryState::Unknown));
    assert_eq!(accepted + rejected + unknown, MESSAGES as usize, "{states:?}");
    assert_eq!(rejected, 1);
    assert!(unknown <= KILLS as usize * usize::from(CONNECTIONS) * TOGETHER, "{unknown}");
    for (address, state) in &states {
        let copies = relay.n_copies(address);
        assert!(copies <= 1, "{address} got {copies}");
        assert!(*state != DeliveryState::Accepted || copies == 1, "{address} was lost");
    }
}
