//! Messages: lists, sealing, files.

use model::{MessageDraft, MessageFilter, MessageQuery, MessageState, Moment, Noun, Refusal, UserId};
use store::bounces::{self, NewBounce};
use store::messages::{self, Scope};
use store::{Error, attachments, campaigns, drafts, retention};

use crate::scratch::{NOW, Scratch, capture, prepared, writer};

async fn all(scratch: &Scratch, filter: MessageFilter, scope: Scope) -> Vec<String> {
    let mut reader = scratch.store.read().await.unwrap();
    let mut query = MessageQuery { filter, ..MessageQuery::default() };
    let mut subjects = Vec::new();
    loop {
        let page = messages::page(&scratch.store, &mut reader, &query, scope).await.unwrap();
        subjects.extend(page.rows.into_iter().map(|it| it.subject));
        query.after = page.next;
        if query.after.is_none() {
            return subjects;
        }
    }
}

async fn three_messages(scratch: &Scratch) -> (UserId, UserId) {
    let mut tx = scratch.tx().await;
    let (jana, peter) = (writer(&mut tx, "jana@firma.sk").await, writer(&mut tx, "peter@firma.sk").await);
    let account = capture(&mut tx).await;
    prepared(scratch, &mut tx, jana, account, "a@example.sk", "Prvá", NOW).await;
    prepared(scratch, &mut tx, peter, account, "b@example.sk", "Druhá", NOW.plus(1)).await;
    let draft = MessageDraft { subject: "Rozpísaná".into(), ..MessageDraft::default() };
    drafts::create(&scratch.store, &mut tx, jana, model::Origin::Manual, &draft, NOW.plus(2)).await.unwrap();
    tx.commit().await.unwrap();
    (jana, peter)
}

#[tokio::test]
async fn a_complaint_about_a_campaign_stays_counted_when_its_message_has_lost_its_content() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (jana, account) = (writer(&mut tx, "jana@firma.sk").await, capture(&mut tx).await);
    let draft = model::CampaignDraft { name: "Zľava".into(), ..model::CampaignDraft::default() };
    let campaign = campaigns::create(&scratch.store, &mut tx, &draft, None, jana, NOW).await.unwrap();
    let message = prepared(&scratch, &mut tx, jana, account, "a@example.sk", "Zľava", NOW).await;
    campaigns::prepared::adopt(&mut tx, campaign, message, message).await.unwrap();
    let complaint = NewBounce {
        account,
        mail_hash: b"1",
        kind: model::BounceKind::Complaint,
        address: "a@example.sk",
        code: "",
        words: "",
        matched: Some((model::DeliveryId(1), message, model::BounceMatch::MessageId)),
    };
    bounces::put(&scratch.store, &mut tx, &complaint, NOW).await.unwrap();
    let before = campaigns::report::told(&mut tx, campaign).await.unwrap();
    retention::forget(&mut tx, &[message], NOW).await.unwrap();
    assert_eq!((before.3, campaigns::report::told(&mut tx, campaign).await.unwrap()), (1, before));
}

#[tokio::test]
async fn the_newest_comes_first_and_drafts_are_seen_by_their_author_only() {
    let scratch = Scratch::new().await;
    let (jana, peter) = three_messages(&scratch).await;
    assert_eq!(all(&scratch, MessageFilter::default(), Scope::All(jana)).await, ["Rozpísaná", "Druhá", "Prvá"]);
    assert_eq!(all(&scratch, MessageFilter::default(), Scope::All(peter)).await, ["Druhá", "Prvá"]);
    assert_eq!(all(&scratch, MessageFilter::default(), Scope::Own(jana)).await, ["Rozpísaná", "Prvá"]);
}

#[tokio::test]
async fn every_filter_narrows_the_list_and_the_count_alike() {
    let scratch = Scratch::new().await;
    let (jana, peter) = three_messages(&scratch).await;
    for (filter, expected) in [
        (MessageFilter { states: vec![MessageState::Draft], ..MessageFilter::default() }, vec!["Rozpísaná"]),
        (MessageFilter { states: vec![MessageState::Draft, MessageState::Sent], ..MessageFilter::default() }, vec!["Rozpísaná"]),
        (MessageFilter { author: Some(peter), ..MessageFilter::default() }, vec!["Druhá"]),
        (MessageFilter { since: Some(NOW.plus(1)), ..MessageFilter::default() }, vec!["Rozpísaná", "Druhá"]),
        (MessageFilter { until: Some(NOW.plus(1)), ..MessageFilter::default() }, vec!["Prvá"]),
        (MessageFilter { unknown: true, ..MessageFilter::default() }, vec![]),
        (MessageFilter { contact: Some(model::ContactId(1)), ..MessageFilter::default() }, vec![]),
    ] {
        let mut reader = scratch.store.read().await.unwrap();
        let n = messages::count(&mut reader, &filter, Scope::All(jana)).await.unwrap();
        drop(reader);
        assert_eq!(n as usize, expected.len(), "{filter:?}");
        assert_eq!(all(&scratch, filter, Scope::All(jana)).await, expected);
    }
}

#[tokio::test]
async fn pages_of_messages_of_the_same_moment_have_no_gap() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let account = capture(&mut tx).await;
    for n in 0..130 {
        prepared(&scratch, &mut tx, jana, account, "a@example.sk", &format!("Správa {n}"), NOW).await;
    }
    tx.commit().await.unwrap();
    let mut subjects = all(&scratch, MessageFilter::default(), Scope::All(jana)).await;
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), 130);
}

#[tokio::test]
async fn a_draft_saved_elsewhere_meanwhile_is_stale_and_keeps_the_newer_text() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let draft = MessageDraft { body: "jeden".into(), ..MessageDraft::default() };
    let key = drafts::create(&scratch.store, &mut tx, jana, model::Origin::Manual, &draft, NOW).await.unwrap();
    let newer = MessageDraft { body: "dva".into(), ..MessageDraft::default() };
    drafts::save(&scratch.store, &mut tx, key, jana, &newer).await.unwrap();
    let stale = drafts::save(&scratch.store, &mut tx, key, jana, &draft).await;
    assert!(matches!(stale, Err(Error::Refused(Refusal::Stale(Noun::Message)))));
    assert_eq!(drafts::open(&scratch.store, &mut tx, key.id, jana).await.unwrap().draft.body, "dva".into());
}

#[tokio::test]
async fn a_file_of_somebody_else_cannot_be_attached() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (jana, peter) = (writer(&mut tx, "jana@firma.sk").await, writer(&mut tx, "peter@firma.sk").await);
    let file = attachments::put(&scratch.store, &mut tx, peter, "mzdy.pdf", "application/pdf", b"tajne", NOW).await.unwrap();
    let draft = MessageDraft { attachments: vec![file.id], ..MessageDraft::default() };
    let refused = drafts::create(&scratch.store, &mut tx, jana, model::Origin::Manual, &draft, NOW).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::NotFound(Noun::Attachment)))));
    assert!(drafts::create(&scratch.store, &mut tx, peter, model::Origin::Manual, &draft, NOW).await.is_ok());
}

#[tokio::test]
async fn equal_files_are_kept_once_and_swept_when_nobody_carries_them() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    for name in ["a.pdf", "b.pdf"] {
        attachments::put(&scratch.store, &mut tx, jana, name, "application/pdf", &[7; 5_000], NOW).await.unwrap();
    }
    let blobs: i64 = sqlx::query_scalar("SELECT count(*) FROM blobs").fetch_one(&mut *tx).await.unwrap();
    assert_eq!(blobs, 1);
    assert_eq!(attachments::sweep(&mut tx, NOW).await.unwrap(), 0);
    assert_eq!(attachments::sweep(&mut tx, NOW.plus(1)).await.unwrap(), 2);
    let blobs: i64 = sqlx::query_scalar("SELECT count(*) FROM blobs").fetch_one(&mut *tx).await.unwrap();
    assert_eq!(blobs, 0);
}

#[tokio::test]
async fn a_flipped_bit_damages_one_message_and_is_named_while_the_rest_stays_readable() {
    let scratch = Scratch::new().await;
    let (jana, _) = three_messages(&scratch).await;
    let mut tx = scratch.tx().await;
    sqlx::raw_sql(
        "UPDATE message_texts SET body_text = CAST(x'01' || substr(body_text, 2, 40) || x'00' || substr(body_text, 43) AS BLOB)
         WHERE message_id = 1",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let faults = messages::damaged(&scratch.store).await.unwrap();
    assert_eq!(faults, ["messages.body_text of row 1 is damaged"]);
    let mut reader = scratch.store.read().await.unwrap();
    assert!(messages::by_id(&scratch.store, &mut reader, model::MessageId(2)).await.is_ok());
    assert_eq!(all(&scratch, MessageFilter::default(), Scope::All(jana)).await.len(), 3);
}

#[tokio::test]
async fn what_a_message_said_is_overwritten_when_its_time_is_over() {
    let scratch = Scratch::new().await;
    let (jana, _) = three_messages(&scratch).await;
    let mut tx = scratch.tx().await;
    let deleted = prepared(&scratch, &mut tx, jana, model::AccountId(1), "c@example.sk", "Tretia", NOW).await;
    let sealed = "SELECT body_text FROM message_texts UNION ALL SELECT body_html FROM message_texts";
    let sealed: Vec<Vec<u8>> = sqlx::query_scalar(sealed).fetch_all(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = scratch.tx().await;
    retention::forget(&mut tx, &[model::MessageId(1), model::MessageId(2)], NOW).await.unwrap();
    retention::delete(&mut tx, &[deleted]).await.unwrap();
    tx.commit().await.unwrap();
    let mut reader = scratch.store.read().await.unwrap();
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM message_texts").fetch_one(&mut *reader).await.unwrap();
    assert_eq!((left, sealed.len()), (0, 6));
    drop(reader);
    scratch.store.close().await;
    let file = std::fs::read(scratch.folder.path().join("posel.db")).unwrap();
    for it in sealed {
        assert!(!file.windows(32).any(|at| it.ends_with(at)));
    }
}

#[tokio::test]
async fn a_draft_that_is_thrown_away_takes_what_it_said_with_it() {
    let scratch = Scratch::new().await;
    let (jana, _) = three_messages(&scratch).await;
    let mut tx = scratch.tx().await;
    let taken_back = model::MessageId(1);
    messages::set_state(&mut tx, taken_back, MessageState::Prepared, MessageState::Draft).await.unwrap();
    drafts::delete(&mut tx, taken_back, jana).await.unwrap();
    let left: Vec<i64> = sqlx::query_scalar("SELECT message_id FROM message_texts").fetch_all(&mut *tx).await.unwrap();
    assert_eq!(left, [2]);
}

#[tokio::test]
async fn words_of_messages_stand_nowhere_in_clear_in_the_folder() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let account = capture(&mut tx).await;
    prepared(&scratch, &mut tx, jana, account, "a@example.sk", "kanarikpredmet", Moment(5)).await;
    let draft = MessageDraft { body: "kanariktext ".repeat(50).into(), ..MessageDraft::default() };
    drafts::create(&scratch.store, &mut tx, jana, model::Origin::Manual, &draft, NOW).await.unwrap();
    attachments::put(&scratch.store, &mut tx, jana, "kanariknazov.txt", "text/plain", b"kanarikobsah", NOW).await.unwrap();
    tx.commit().await.unwrap();
    scratch.store.close().await;
    for entry in std::fs::read_dir(scratch.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(7).any(|it| it.eq_ignore_ascii_case(b"kanarik")));
    }
}
