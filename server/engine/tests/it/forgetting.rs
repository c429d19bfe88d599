//! What is forgotten leaves the indexes: nobody finds it any more, and nobody reads it on the disk.

use std::path::{Path, PathBuf};

use engine::testbed::TestBed;
use engine::{audit, contacts, duplicates, indexer, messages, persons, things};
use model::time::days;
use model::{AuditEntry, AuditQuery, ContactDraft, ContactId, MergeDraft, MessageDraft, Permission};

async fn contact(bed: &TestBed, last: &str, email: &str) -> ContactId {
    let emails = vec![email.into()];
    let draft = ContactDraft { first_name: "Eva".into(), last_name: last.into(), emails, ..ContactDraft::default() };
    contacts::save(&bed.admin(), None, draft).await.unwrap()
}

async fn release(bed: &TestBed, to: &str) {
    let draft = MessageDraft { to: to.into(), subject: "Ponuka".into(), body: "Text.".into(), ..MessageDraft::default() };
    let id = messages::prepare(&bed.admin(), None, draft).await.unwrap();
    messages::release(&bed.admin(), vec![id]).await.unwrap();
}

/// Lets every index take in what waits.
async fn taken_in(bed: &TestBed) {
    while 0 < indexer::turn(&bed.engine).await.unwrap() {}
    while 0 < things::turn(&bed.engine).await.unwrap() {}
    while 0 < audit::index_turn(&bed.engine).await.unwrap() {}
}

async fn log(bed: &TestBed, words: &str) -> Vec<AuditEntry> {
    taken_in(bed).await;
    let query = AuditQuery { words: words.into(), ..AuditQuery::default() };
    audit::list(&bed.admin(), query).await.unwrap().rows
}

#[tokio::test]
async fn the_log_is_not_found_by_the_name_of_an_erased_person() {
    let bed = TestBed::new().await;
    let eva = contact(&bed, "Sokolová", "eva@example.sk").await;
    release(&bed, "Eva Sokolová <eva@example.sk>").await;
    assert!(!log(&bed, "sokolova").await.is_empty());
    persons::erase(&bed.admin(), eva).await.unwrap();
    for words in ["sokolova", "eva@example.sk"] {
        assert_eq!(log(&bed, words).await, [], "{words}");
    }
}

#[tokio::test]
async fn the_log_is_not_found_by_the_name_of_whoever_went_into_an_erased_person() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = contact(&bed, "Sokolová", "eva@example.sk").await;
    let again = contact(&bed, "Orlová", "orlova@example.sk").await;
    assert!(!log(&bed, "orlova").await.is_empty());
    let (first, second) = (contacts::open(&admin, eva).await.unwrap(), contacts::open(&admin, again).await.unwrap());
    let fields = model::duplicate::unite(&first.fields, &second.fields);
    let merge = MergeDraft { survivor: (eva, first.revision), other: (again, second.revision), fields };
    duplicates::merge(&admin, merge).await.unwrap();
    assert!(!log(&bed, "orlova").await.is_empty());
    persons::erase(&admin, eva).await.unwrap();
    assert_eq!((log(&bed, "orlova").await, log(&bed, "sokolova").await), (vec![], vec![]));
}

#[tokio::test]
async fn what_stood_in_the_fields_of_people_is_not_guessed_at_without_the_right_to_see_it() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = contact(&bed, "Sokolová", "stara@example.sk").await;
    let before = contacts::open(&admin, eva).await.unwrap();
    let after = ContactDraft { emails: vec!["nova@example.sk".into()], ..before.fields };
    contacts::save(&admin, Some((eva, before.revision)), after).await.unwrap();
    assert!(!log(&bed, "stara@example.sk").await.is_empty());
    let query = |words: &str| AuditQuery { words: words.into(), ..AuditQuery::default() };
    let clerk = bed.user_with(&[Permission::LogView]).await;
    assert_eq!(audit::list(&clerk, query("stara@example.sk")).await.unwrap().rows, []);
    let seer = bed.user_with(&[Permission::LogView, Permission::ContactsView]).await;
    assert!(!audit::list(&seer, query("stara@example.sk")).await.unwrap().rows.is_empty());
}

#[tokio::test]
async fn words_of_an_erased_person_leave_every_index_once_it_has_caught_up_also_after_a_crash() {
    let mut bed = TestBed::new().await;
    let eva = contact(&bed, "Sokolová", "eva@example.sk").await;
    contact(&bed, "Malá", "mala@example.sk").await;
    release(&bed, "eva@example.sk").await;
    // So many that what goes shares its part with others and is not rewritten for its own sake.
    for _ in 0..8 {
        release(&bed, "mala@example.sk").await;
    }
    taken_in(&bed).await;
    assert!(indexer::tidy(&bed.engine).await.unwrap(), "what went before the start is not known");
    persons::erase(&bed.admin(), eva).await.unwrap();
    assert!(!indexer::tidy(&bed.engine).await.unwrap(), "once a day is enough");
    bed.crash().await;
    assert!(!indexer::tidy(&bed.engine).await.unwrap(), "the indexes do not know of it yet");
    taken_in(&bed).await;
    let dead = with_dead_words(bed.folder());
    assert!(!dead.is_empty());
    assert!(indexer::tidy(&bed.engine).await.unwrap());
    assert_eq!(with_dead_words(bed.folder()), [] as [PathBuf; 0]);
    for part in dead {
        assert_eq!(files(part.parent().unwrap()).into_iter().find(|it| is_of(it, &part)), None);
    }
    assert!(!indexer::tidy(&bed.engine).await.unwrap());
    bed.advance(days(1));
    assert!(!indexer::tidy(&bed.engine).await.unwrap(), "nothing was destroyed since");
}

/// The parts of all indexes in which something was deleted and still lies, by their folder and name without an ending.
fn with_dead_words(folder: &Path) -> Vec<PathBuf> {
    let all = ["index", "things", "index/log"].into_iter().flat_map(|it| files(&folder.join(it)));
    let deleted = all.filter(|it| it.extension().is_some_and(|it| it == "del"));
    deleted.map(|it| it.with_file_name(part_of(&it))).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_file()).collect()
}

fn part_of(file: &Path) -> String {
    let name = file.file_name().unwrap().to_str().unwrap();
    name.split('.').next().unwrap().to_owned()
}

fn is_of(file: &Path, part: &Path) -> bool {
    part_of(file) == part_of(part)
}
