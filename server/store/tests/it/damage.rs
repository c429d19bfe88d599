//! What is damaged keeps nothing else from being seen.

use model::{Alteration, AuditId, Cursor, Deed, Key, MessageFilter, MessageId, MessageQuery, MessageState};
use store::messages::Scope;
use store::{Tx, alterations, audit, messages};

use crate::scratch::{NOW, Scratch, capture, contact, prepared, writer};

#[tokio::test]
async fn a_list_shows_a_message_with_a_damaged_subject_among_the_others() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let account = capture(&mut tx).await;
    let damaged = prepared(&scratch, &mut tx, jana, account, "a@example.sk", "Prvá", NOW).await;
    let whole = prepared(&scratch, &mut tx, jana, account, "b@example.sk", "Druhá", NOW.plus(1)).await;
    for sql in [
        "UPDATE messages SET subject = x'0102' WHERE id = $1",
        "UPDATE message_texts SET body_text = x'0102' WHERE message_id = $1",
    ] {
        sqlx::query(sql).bind(damaged.0).execute(&mut *tx).await.unwrap();
    }
    let rows = messages::page(&scratch.store, &mut tx, &MessageQuery::default(), Scope::All(jana)).await.unwrap().rows;
    let seen: Vec<_> = rows.iter().map(|it| (it.id, it.subject.as_str(), it.is_damaged)).collect();
    assert_eq!(seen, [(whole, "Druhá", false), (damaged, "", true)]);
    let words = messages::words(&scratch.store, &mut tx, &[damaged, whole]).await.unwrap();
    assert_eq!(words.iter().map(|it| it.0).collect::<Vec<_>>(), [whole]);
}

#[tokio::test]
async fn a_place_at_the_end_of_time_and_a_state_told_twice_lead_to_each_message_once() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let account = capture(&mut tx).await;
    let id: MessageId = prepared(&scratch, &mut tx, jana, account, "a@example.sk", "Prvá", NOW).await;
    let states = vec![MessageState::Prepared, MessageState::Sent, MessageState::Prepared];
    let query = MessageQuery {
        filter: MessageFilter { states, ..MessageFilter::default() },
        after: Some(Cursor { key: Key::Number(i64::MAX), id: i64::MAX }),
        ..MessageQuery::default()
    };
    let rows = messages::page(&scratch.store, &mut tx, &query, Scope::All(jana)).await.unwrap().rows;
    assert_eq!(rows.iter().map(|it| it.id).collect::<Vec<_>>(), [id]);
}

fn changed(after: &str) -> Vec<Alteration> {
    vec![Alteration { field: "name".into(), before: String::new(), after: after.into() }]
}

async fn entry(tx: &mut Tx, by: model::UserId) -> AuditId {
    audit::write(tx, by, "", &Deed::RetryRulesChanged, NOW).await.unwrap()
}

#[tokio::test]
async fn what_other_entries_changed_is_told_beside_a_damaged_one() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    let ids = [entry(&mut tx, jana).await, entry(&mut tx, jana).await];
    for id in ids {
        alterations::note(&scratch.store, &mut tx, id, &changed("A")).await.unwrap();
        alterations::put(&scratch.store, &mut tx, id, eva, &changed("B")).await.unwrap();
    }
    for sql in [
        "UPDATE audit_changes SET changes = x'0102' WHERE audit_id = $1",
        "UPDATE contact_changes SET changes = x'0102' WHERE audit_id = $1",
    ] {
        sqlx::query(sql).bind(ids[0].0).execute(&mut *tx).await.unwrap();
    }
    let things = alterations::of_entries(&scratch.store, &mut tx, &ids).await.unwrap();
    let people = alterations::of_people(&scratch.store, &mut tx, &ids).await.unwrap();
    assert_eq!((things.get(&ids[1]), people.get(&ids[1])), (Some(&changed("A")), Some(&changed("B"))));
    assert_eq!((things.len(), people.len()), (1, 1));
}
