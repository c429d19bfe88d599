//! Finding messages by their words.

use engine::testbed::TestBed;
use engine::{Ctx, history, indexer, messages};
use model::{MessageDraft, MessageFilter, MessageId, MessageQuery, MessageState, Permission};

async fn send(ctx: &Ctx, subject: &str, body: &str) -> MessageId {
    let draft =
        MessageDraft { to: "eva@example.sk".into(), subject: subject.into(), body: body.into(), ..MessageDraft::default() };
    messages::send(ctx, None, draft).await.unwrap().id
}

async fn found(ctx: &Ctx, words: &str) -> Vec<MessageId> {
    let filter = MessageFilter { words: words.into(), ..MessageFilter::default() };
    let page = history::list(ctx, MessageQuery { filter, after: None }).await.unwrap();
    page.rows.iter().map(|it| it.id).collect()
}

#[tokio::test]
async fn a_message_is_found_without_case_and_diacritics_and_its_place_is_marked() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = send(&admin, "Faktúra za apríl", "Dobrý deň, posielame Vám faktúru za tovar.").await;
    send(&admin, "Pozvánka", "Príďte na deň otvorených dverí.").await;
    indexer::turn(&bed.engine).await.unwrap();
    for words in ["FAKTURA", "faktúru", "tovar faktura", "eva@example.sk faktúra"] {
        assert_eq!(found(&admin, words).await, [id], "{words}");
    }
    let filter = MessageFilter { words: "faktura".into(), ..MessageFilter::default() };
    let page = history::list(&admin, MessageQuery { filter: filter.clone(), after: None }).await.unwrap();
    assert!(page.rows[0].snippet.iter().any(|it| it.hit && it.text.to_lowercase().starts_with("faktúr")));
    assert_eq!(history::count(&admin, filter).await.unwrap(), 1);
}

#[tokio::test]
async fn words_and_filters_narrow_together_and_pages_have_no_gap() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    for n in 0..130 {
        bed.advance(n % 3);
        send(&admin, &format!("Ponuka {n}"), "drevo").await;
    }
    indexer::turn(&bed.engine).await.unwrap();
    let mut query =
        MessageQuery { filter: MessageFilter { words: "ponuka drevo".into(), ..MessageFilter::default() }, after: None };
    let mut seen = Vec::new();
    loop {
        let page = history::list(&admin, query.clone()).await.unwrap();
        seen.extend(page.rows.into_iter().map(|it| it.id));
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    let mut once = seen.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!((seen.len(), once.len()), (130, 130));
    query.filter.states = vec![MessageState::Sent];
    assert_eq!(history::list(&admin, query).await.unwrap().rows.len(), 0);
}

#[tokio::test]
async fn drafts_and_messages_of_others_are_not_found() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let draft = MessageDraft { subject: "Tajomstvo".into(), ..MessageDraft::default() };
    messages::save_draft(&admin, None, draft).await.unwrap();
    let sent = send(&admin, "Tajomstvo", "von").await;
    indexer::turn(&bed.engine).await.unwrap();
    assert_eq!(found(&admin, "tajomstvo").await, [sent]);
    let other = bed.user_with(&[Permission::MessagesViewOwn]).await;
    assert_eq!(found(&other, "tajomstvo").await, []);
}

#[tokio::test]
async fn an_undone_message_is_forgotten() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = send(&admin, "Omyl", "text").await;
    indexer::turn(&bed.engine).await.unwrap();
    assert_eq!(found(&admin, "omyl").await, [id]);
    messages::undo(&admin, id).await.unwrap();
    indexer::turn(&bed.engine).await.unwrap();
    assert_eq!(found(&admin, "omyl").await, []);
}

#[tokio::test]
async fn an_index_that_was_deleted_or_damaged_is_built_anew() {
    let mut bed = TestBed::new().await;
    let admin = bed.admin();
    let id = send(&admin, "Zmluva", "text").await;
    indexer::turn(&bed.engine).await.unwrap();
    for harm in [remove, cut] {
        harm(&bed.folder().join("index"));
        bed.crash().await;
        while 0 < indexer::turn(&bed.engine).await.unwrap() {}
        assert_eq!(found(&bed.admin(), "zmluva").await, [id]);
    }
}

fn remove(folder: &std::path::Path) {
    std::fs::remove_dir_all(folder).unwrap();
}

fn cut(folder: &std::path::Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    }
}

#[tokio::test]
async fn the_words_of_messages_stand_nowhere_in_clear_and_are_still_found() {
    let bed = TestBed::new().await;
    let id = send(&bed.admin(), "kanarikpredmet", "kanariktext").await;
    indexer::turn(&bed.engine).await.unwrap();
    assert_eq!(found(&bed.admin(), "kanarikpredmet").await, [id]);
    bed.engine.close().await;
    let mut folders = vec![bed.folder().to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(7).any(|it| it.eq_ignore_ascii_case(b"kanarik")), "{}", path.display());
        }
    }
    assert!(5 < files);
}
