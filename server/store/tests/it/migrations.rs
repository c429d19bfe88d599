//! A database of a former version opens with everything that lies in it.

use model::{AccountId, CampaignDraft, CampaignId, ContactId, Language, MessageDraft, MessageId, TemplateDraft, UserId};
use sqlx::{Connection, SqliteConnection};
use store::campaigns::audience::{self, NewRecipient};
use store::campaigns::contents::{self, NewContent};
use store::campaigns::prepared::{self, Made};
use store::{Tx, accounts, campaigns, drafts, erasure, messages, retention};

use crate::scratch::{NOW, Scratch, capture, contact, writer};

/// Lets what messages say stand in their rows, as it did before it had a table of its own.
const TEXTS_IN_THEIR_ROWS: &str = "
    ALTER TABLE messages ADD COLUMN body_text BLOB;
    ALTER TABLE messages ADD COLUMN body_html BLOB;
    ALTER TABLE messages ADD COLUMN bodies BLOB;
    UPDATE messages SET body_text = t.body_text, body_html = t.body_html, bodies = t.bodies
    FROM message_texts t WHERE t.message_id = messages.id;
    DROP TABLE message_texts;
    DELETE FROM _sqlx_migrations WHERE version = 42;
    VACUUM;";

/// A campaign with a prepared message to each of them.
async fn campaign(scratch: &Scratch, tx: &mut Tx, author: UserId, to: &[Option<ContactId>]) -> (CampaignId, Vec<MessageId>) {
    let account = accounts::for_sending(tx, AccountId(1)).await.unwrap();
    let id = campaigns::create(&scratch.store, tx, &CampaignDraft::default(), None, author, NOW).await.unwrap();
    let new = NewContent {
        template: None,
        draft: &TemplateDraft::default(),
        common: &"<p>Vážená pani, posielame ponuku.</p>".repeat(30),
        account: &account,
        sender_name: "Firma",
        sender_address: "obchod@firma.sk",
        files: &[],
        hash: b"1",
    };
    let content = contents::freeze(&scratch.store, tx, id, &new, NOW).await.unwrap();
    let content = contents::by_id(&scratch.store, tx, content).await.unwrap();
    let recipients: Vec<NewRecipient> = (1..)
        .zip(to)
        .map(|(key, contact)| NewRecipient {
            contact: contact.map(|it| (it, 1)),
            name: format!("Eva {key}"),
            address: format!("eva{key}@example.sk"),
            key: Some(key),
            language: Language::Sk,
            left_out: None,
        })
        .collect();
    audience::put(tx, id, &recipients).await.unwrap();
    let first = prepared::next_messages(tx, to.len()).await.unwrap();
    let wanted = prepared::gathered(tx, id, 0, 100).await.unwrap();
    let made: Vec<Made> = (first.0..)
        .zip(wanted)
        .map(|(message, wanted)| Made {
            message: MessageId(message),
            revision: wanted.contact.map(|_| 1),
            language: Language::Sk,
            subject: format!("Ponuka pre {}", wanted.name),
            text: format!("Vážená pani {}", wanted.name),
            html: new.common.replace("pani", &wanted.name),
            parts: 0,
            missing: Vec::new(),
            build: 1,
            header_id: format!("{message}@firma.sk"),
            is_named: false,
            wanted,
        })
        .collect();
    prepared::put(&scratch.store, tx, id, &content, author, &made, NOW).await.unwrap();
    (id, made.iter().map(|it| it.message).collect())
}

/// Subject, plain text and HTML of each.
async fn said(scratch: &Scratch, ids: &[MessageId]) -> Vec<[String; 3]> {
    let mut reader = scratch.store.read().await.unwrap();
    let mut said = Vec::new();
    for id in ids {
        let it = messages::parts(&scratch.store, &mut reader, *id).await.unwrap();
        said.push([it.subject, it.text, it.html]);
    }
    said
}

#[tokio::test]
async fn what_messages_say_comes_out_of_their_rows_and_reads_as_before() {
    let mut scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let account = capture(&mut tx).await;
    let single = crate::scratch::prepared(&scratch, &mut tx, jana, account, "a@example.sk", "Prvá", NOW).await;
    let forgotten = crate::scratch::prepared(&scratch, &mut tx, jana, account, "b@example.sk", "Druhá", NOW).await;
    let draft = MessageDraft { body: "Rozpísaný text".into(), ..MessageDraft::default() };
    let key = drafts::create(&scratch.store, &mut tx, jana, model::Origin::Manual, &draft, NOW).await.unwrap();
    let eva = contact(&mut tx, "Eva", "Nová", "eva1@example.sk").await;
    let ida = contact(&mut tx, "Ida", "Malá", "eva2@example.sk").await;
    let (campaign, made) = campaign(&scratch, &mut tx, jana, &[Some(eva), Some(ida), None]).await;
    let of_ida = erasure::correspondence(&mut tx, ida).await.unwrap();
    erasure::erase(&mut tx, ida, &of_ida, NOW).await.unwrap();
    retention::forget(&mut tx, &[forgotten], NOW).await.unwrap();
    let hash = prepared::hash(&scratch.store, &mut tx, campaign).await.unwrap();
    let sealed: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT coalesce(body_html, bodies) FROM message_texts").fetch_all(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let all = [&[single, forgotten, key.id], &made[..]].concat();
    let before = said(&scratch, &all).await;
    let is_empty: Vec<bool> = before.iter().map(|it| it[2].is_empty()).collect();
    assert_eq!((is_empty, sealed.len()), (vec![false, true, true, false, true, false], 3));

    scratch.store.close().await;
    let file = scratch.folder.path().join("posel.db");
    let mut raw = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    sqlx::raw_sql(TEXTS_IN_THEIR_ROWS).execute(&mut raw).await.unwrap();
    raw.close().await.unwrap();
    scratch.reopen().await;

    assert_eq!(said(&scratch, &all).await, before);
    let mut tx = scratch.tx().await;
    assert_eq!(drafts::open(&scratch.store, &mut tx, key.id, jana).await.unwrap().draft, draft);
    assert_eq!(prepared::hash(&scratch.store, &mut tx, campaign).await.unwrap(), hash);
    drop(tx);
    assert_eq!(messages::damaged(&scratch.store).await.unwrap(), Vec::<String>::new());
    assert_eq!(scratch.store.check().await.unwrap(), Vec::<String>::new());
    scratch.store.close().await;
    let file = std::fs::read(file).unwrap();
    for it in sealed {
        assert_eq!(file.windows(it.len().min(48)).filter(|at| it.starts_with(at)).count(), 1, "one copy is left");
    }
}
