//! The queue: leases, fences, what a crash leaves behind.

use model::{AccountId, AttemptOutcome, DeliveryState, Lane, MessageId, Moment, Noun, Refusal, time::minutes};
use sqlx::{QueryBuilder, Sqlite};
use store::deliveries::{self, Leased, NewDelivery, Settlement};
use store::{Error, Tx};

use crate::scratch::{NOW, Scratch, capture, email, prepared, writer};

async fn queued(tx: &mut Tx, message: MessageId, account: AccountId, address: &str, lane: Lane, due_at: Moment) {
    let address = email(address).into();
    let new = NewDelivery { message, account, address: &address, lane, due_at, expires_at: due_at.plus(minutes(60)) };
    deliveries::queue(tx, &new).await.unwrap();
}

fn accepted(leased: &Leased) -> Settlement<'_> {
    Settlement {
        leased,
        from: DeliveryState::Handed,
        to: DeliveryState::Accepted,
        due_at: None,
        worth_until: None,
        outcome: AttemptOutcome::Accepted,
        began_at: NOW,
        handed_at: Some(NOW),
        now: NOW,
        relay: "relay:25",
        reply: "250 ok",
        tls: "",
    }
}

async fn claim(tx: &mut Tx, account: AccountId, limit: u32) -> Vec<Leased> {
    deliveries::claim(tx, account, Lane::Single, NOW, NOW.plus(minutes(5)), limit).await.unwrap().leased
}

async fn one_message(scratch: &Scratch, tx: &mut Tx) -> (MessageId, AccountId) {
    let author = writer(tx, "jana@firma.sk").await;
    let account = capture(tx).await;
    (prepared(scratch, tx, author, account, "eva@example.sk", "Ponuka", NOW).await, account)
}

#[tokio::test]
async fn what_is_due_is_leased_once_lane_by_lane() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (message, account) = one_message(&scratch, &mut tx).await;
    queued(&mut tx, message, account, "kampan@example.sk", Lane::Campaign, NOW.plus(-1_000)).await;
    queued(&mut tx, message, account, "list@example.sk", Lane::Single, NOW).await;
    queued(&mut tx, message, account, "neskor@example.sk", Lane::Single, NOW.plus(1)).await;
    for (lane, expected) in [(Lane::Single, vec!["list@example.sk"]), (Lane::Campaign, vec!["kampan@example.sk"])] {
        let leased = deliveries::claim(&mut tx, account, lane, NOW, NOW.plus(minutes(5)), 10).await.unwrap().leased;
        assert_eq!(leased.iter().map(|it| it.address.as_str()).collect::<Vec<_>>(), expected);
        let again = deliveries::claim(&mut tx, account, lane, NOW, NOW.plus(minutes(5)), 10).await.unwrap();
        assert_eq!(again, deliveries::Claim::default());
    }
}

#[tokio::test]
async fn who_lost_the_lease_can_neither_hand_nor_settle() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (message, account) = one_message(&scratch, &mut tx).await;
    queued(&mut tx, message, account, "eva@example.sk", Lane::Single, NOW).await;
    let mine = deliveries::claim(&mut tx, account, Lane::Single, NOW, NOW.plus(1), 1).await.unwrap().leased.remove(0);
    deliveries::recover(&mut tx, NOW.plus(2)).await.unwrap();
    let theirs = claim(&mut tx, account, 1).await.remove(0);
    assert_eq!(deliveries::hand(&mut tx, &[&mine, &theirs], NOW).await.unwrap(), [theirs.id]);
    let ends = [accepted(&mine), accepted(&theirs)];
    assert_eq!(deliveries::settle(&mut tx, &ends).await.unwrap(), [theirs.id]);
    assert_eq!(deliveries::settle(&mut tx, &ends).await.unwrap(), []);
    let found = deliveries::of_message(&mut tx, message).await.unwrap();
    assert_eq!((found[0].state, found[0].attempts.len()), (DeliveryState::Accepted, 1));
}

#[tokio::test]
async fn what_is_cancelled_while_it_is_held_can_not_be_handed() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (message, account) = one_message(&scratch, &mut tx).await;
    queued(&mut tx, message, account, "eva@example.sk", Lane::Single, NOW).await;
    let held = claim(&mut tx, account, 1).await.remove(0);
    assert_eq!(deliveries::cancel(&mut tx, message, NOW).await.unwrap(), 1);
    assert_eq!(deliveries::hand(&mut tx, &[&held], NOW).await.unwrap(), []);
    deliveries::give_back(&mut tx, &[&held]).await.unwrap();
    assert_eq!(deliveries::of_message(&mut tx, message).await.unwrap()[0].state, DeliveryState::Cancelled);
}

#[tokio::test]
async fn what_is_given_back_is_as_if_it_had_not_been_held() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (message, account) = one_message(&scratch, &mut tx).await;
    for address in ["a@example.sk", "b@example.sk"] {
        queued(&mut tx, message, account, address, Lane::Single, NOW).await;
    }
    let held = claim(&mut tx, account, 2).await;
    deliveries::hand(&mut tx, &[&held[1]], NOW).await.unwrap();
    deliveries::give_back(&mut tx, &held.iter().collect::<Vec<_>>()).await.unwrap();
    assert_eq!(deliveries::handed_since(&mut tx, account, Moment(0)).await.unwrap(), []);
    assert_eq!(claim(&mut tx, account, 2).await, held);
}

#[tokio::test]
async fn what_was_handed_several_times_counts_several_times() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (message, account) = one_message(&scratch, &mut tx).await;
    queued(&mut tx, message, account, "eva@centrum.cz", Lane::Single, NOW).await;
    for at in [NOW, NOW.plus(minutes(1))] {
        let held = claim(&mut tx, account, 1).await.remove(0);
        deliveries::hand(&mut tx, &[&held], at).await.unwrap();
        let later = Settlement {
            to: DeliveryState::Waiting,
            outcome: AttemptOutcome::Deferred,
            handed_at: Some(at),
            due_at: Some(NOW),
            ..accepted(&held)
        };
        deliveries::settle(&mut tx, &[later]).await.unwrap();
    }
    let handed = deliveries::handed_since(&mut tx, account, NOW.plus(-1)).await.unwrap();
    assert_eq!(handed, [NOW, NOW.plus(minutes(1))].map(|at| (at, "centrum.cz".to_owned())));
    assert_eq!(deliveries::handed_since(&mut tx, account, NOW).await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_waits_for_the_slot_of_a_domain_keeps_it() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (message, account) = one_message(&scratch, &mut tx).await;
    queued(&mut tx, message, account, "eva@centrum.cz", Lane::Single, NOW).await;
    let held = claim(&mut tx, account, 1).await.remove(0);
    deliveries::put_off(&mut tx, &[(&held, NOW.plus(minutes(90)))]).await.unwrap();
    let early = deliveries::claim(&mut tx, account, Lane::Single, NOW.plus(minutes(89)), Moment(i64::MAX), 1).await.unwrap();
    assert_eq!(early, deliveries::Claim::default());
    let late = deliveries::claim(&mut tx, account, Lane::Single, NOW.plus(minutes(90)), Moment(i64::MAX), 1).await.unwrap();
    assert!(late.leased[0].has_slot && NOW.plus(minutes(90)) < late.leased[0].expires_at);
}

#[tokio::test]
async fn after_a_crash_leased_ones_wait_again_and_handed_ones_are_unknown() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (message, account) = one_message(&scratch, &mut tx).await;
    for address in ["a@example.sk", "b@example.sk"] {
        queued(&mut tx, message, account, address, Lane::Single, NOW).await;
    }
    let leased: Vec<Leased> = claim(&mut tx, account, 2).await;
    deliveries::hand(&mut tx, &[&leased[0]], NOW).await.unwrap();
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
    claim(&mut tx, account, 1).await;
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
        "EXPLAIN QUERY PLAN SELECT id FROM deliveries WHERE state = 'waiting' AND account_id = 1 AND lane = 2 AND due_at <= 5 ORDER BY due_at, id LIMIT 4",
    )
    .fetch_all(&mut *tx)
    .await
    .unwrap();
    assert!(plan.iter().any(|it| it.3.contains("USING COVERING INDEX deliveries_waiting")), "{plan:?}");
    assert!(plan.iter().all(|it| !it.3.contains("TEMP B-TREE")), "{plan:?}");
}

#[tokio::test]
async fn what_moves_is_found_without_going_through_what_has_ended() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    for asked in [
        "state = 'leased' AND lease_until <= 5",
        "state = 'handed' AND lease_until <= 5",
        "state = 'unknown'",
        "state = 'leased' OR state = 'handed'",
        "account_id = 1 AND (state = 'leased' OR state = 'handed' OR state = 'unknown')",
    ] {
        let mut sql = QueryBuilder::<Sqlite>::new("EXPLAIN QUERY PLAN SELECT count(*) FROM deliveries WHERE ");
        let plan: Vec<(i64, i64, i64, String)> = sql.push(asked).build_query_as().fetch_all(&mut *tx).await.unwrap();
        let is_led = |it: &str| it.contains("INDEX deliveries_open") || it.contains("INDEX deliveries_unknown");
        assert!(plan.iter().any(|it| is_led(&it.3)), "{asked}: {plan:?}");
    }
}
