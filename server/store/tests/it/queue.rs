//! The queue: leases, fences, what a crash leaves behind.

use model::{AccountId, AttemptOutcome, DeliveryState, Lane, MessageId, Moment, Noun, Refusal, time::minutes};
use store::deliveries::{self, Leased, NewDelivery, Settlement};
use store::{Error, Tx};

use crate::scratch::{NOW, Scratch, capture, email, prepared, writer};

async fn queued(tx: &mut Tx, message: MessageId, account: AccountId, address: &str, lane: Lane, due_at: Moment) {
    let address = email(address);
    let new = NewDelivery { message, account, address: &address, lane, due_at, expires_at: due_at.plus(minutes(60)) };
    deliveries::queue(tx, &new).await.unwrap();
}

fn end(to: DeliveryState) -> Settlement<'static> {
    Settlement {
        to,
        due_at: None,
        outcome: AttemptOutcome::Accepted,
        began_at: NOW,
        now: NOW,
        relay: "relay:25",
        reply: "250 ok",
        tls: "",
    }
}

fn is_stale<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Refused(Refusal::Stale(Noun::Delivery))))
}

async fn one_message(scratch: &Scratch, tx: &mut Tx) -> (MessageId, AccountId) {
    let author = writer(tx, "jana@firma.sk").await;
    let account = capture(tx).await;
    (prepared(scratch, tx, author, account, "eva@example.sk", "Ponuka", NOW).await, account)
}

#[tokio::test]
async fn what_is_due_is_leased_once_and_the_first_lane_goes_first() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (message, account) = one_message(&scratch, &mut tx).await;
    queued(&mut tx, message, account, "kampan@example.sk", Lane::Campaign, NOW.plus(-1_000)).await;
    queued(&mut tx, message, account, "list@example.sk", Lane::Single, NOW).await;
    queued(&mut tx, message, account, "neskor@example.sk", Lane::Single, NOW.plus(1)).await;
    let first = deliveries::claim(&mut tx, account, NOW, NOW.plus(minutes(5)), 1).await.unwrap().leased;
    assert_eq!(first[0].address, email("list@example.sk"));
    let rest = deliveries::claim(&mut tx, account, NOW, NOW.plus(minutes(5)), 10).await.unwrap().leased;
    assert_eq!(rest.iter().map(|it| it.address.as_str()).collect::<Vec<_>>(), ["kampan@example.sk"]);
}

#[tokio::test]
async fn who_lost_the_lease_can_neither_hand_nor_settle() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (message, account) = one_message(&scratch, &mut tx).await;
    queued(&mut tx, message, account, "eva@example.sk", Lane::Single, NOW).await;
    let mine = deliveries::claim(&mut tx, account, NOW, NOW.plus(1), 1).await.unwrap().leased.remove(0);
    deliveries::recover(&mut tx, NOW.plus(2)).await.unwrap();
    let theirs = deliveries::claim(&mut tx, account, NOW, NOW.plus(minutes(5)), 1).await.unwrap().leased.remove(0);
    assert!(is_stale(deliveries::hand(&mut tx, &mine, NOW).await));
    deliveries::hand(&mut tx, &theirs, NOW).await.unwrap();
    assert!(is_stale(deliveries::settle(&mut tx, &mine, DeliveryState::Handed, &end(DeliveryState::Accepted)).await));
    deliveries::settle(&mut tx, &theirs, DeliveryState::Handed, &end(DeliveryState::Accepted)).await.unwrap();
    assert!(is_stale(deliveries::settle(&mut tx, &theirs, DeliveryState::Handed, &end(DeliveryState::Accepted)).await));
}

#[tokio::test]
async fn after_a_crash_leased_ones_wait_again_and_handed_ones_are_unknown() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (message, account) = one_message(&scratch, &mut tx).await;
    for address in ["a@example.sk", "b@example.sk"] {
        queued(&mut tx, message, account, address, Lane::Single, NOW).await;
    }
    let leased: Vec<Leased> = deliveries::claim(&mut tx, account, NOW, NOW.plus(minutes(5)), 2).await.unwrap().leased;
    deliveries::hand(&mut tx, &leased[0], NOW).await.unwrap();
    let unknown = deliveries::recover(&mut tx, Moment(i64::MAX)).await.unwrap();
    assert_eq!(unknown, [(leased[0].id, message)]);
    let found = deliveries::of_message(&mut tx, message).await.unwrap();
    assert_eq!(found.iter().map(|it| it.state).collect::<Vec<_>>(), [DeliveryState::Unknown, DeliveryState::Waiting]);
    assert_eq!(found[0].attempts[0].outcome, AttemptOutcome::Unknown);
    assert_eq!(deliveries::recover(&mut tx, Moment(i64::MAX)).await.unwrap(), []);
}

#[tokio::test]
async fn a_message_can_be_taken_back_only_while_nobody_has_touched_it() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (message, account) = one_message(&scratch, &mut tx).await;
    queued(&mut tx, message, account, "a@example.sk", Lane::Single, NOW).await;
    deliveries::take_back(&mut tx, message).await.unwrap();
    queued(&mut tx, message, account, "a@example.sk", Lane::Single, NOW).await;
    deliveries::claim(&mut tx, account, NOW, NOW.plus(minutes(5)), 1).await.unwrap();
    let refused = deliveries::take_back(&mut tx, message).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::Stale(Noun::Message)))));
}

#[tokio::test]
async fn what_waits_longer_than_it_is_worth_expires() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (message, account) = one_message(&scratch, &mut tx).await;
    queued(&mut tx, message, account, "a@example.sk", Lane::Single, NOW).await;
    assert!(!deliveries::any_expired(&mut tx, NOW).await.unwrap());
    assert!(deliveries::any_expired(&mut tx, NOW.plus(minutes(60))).await.unwrap());
    assert_eq!(deliveries::expire(&mut tx, NOW.plus(minutes(60))).await.unwrap().len(), 1);
    assert_eq!(deliveries::of_message(&mut tx, message).await.unwrap()[0].state, DeliveryState::Expired);
}

#[tokio::test]
async fn the_claim_looks_only_at_what_is_due() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(
        "EXPLAIN QUERY PLAN SELECT id FROM deliveries WHERE state = 'waiting' AND account_id = 1 AND due_at <= 5 ORDER BY lane, due_at, id LIMIT 4",
    )
    .fetch_all(&mut *tx)
    .await
    .unwrap();
    assert!(plan.iter().any(|it| it.3.contains("USING COVERING INDEX deliveries_waiting")), "{plan:?}");
    assert!(plan.iter().all(|it| !it.3.contains("TEMP B-TREE")), "{plan:?}");
}
