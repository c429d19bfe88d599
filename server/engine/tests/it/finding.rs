//! Finding messages by their words.

use engine::testbed::TestBed;
use engine::{Ctx, Error, history, indexer, messages, palette, settings, things};
use model::{
    MessageDraft, MessageFilter, MessageId, MessageQuery, MessageState, Noun, Permission, QueryFault, QueryFaultKind, Refusal,
};

async fn send(ctx: &Ctx, subject: &str, body: &str) -> MessageId {
    let draft =
        MessageDraft { to: "eva@example.sk".into(), subject: subject.into(), body: body.into(), ..MessageDraft::default() };
    messages::send(ctx, None, draft).await.unwrap().id
}

async fn found(ctx: &Ctx, words: &str) -> Vec<MessageId> {
    let filter = MessageFilter { words: words.into(), ..MessageFilter::default() };
    let page = history::list(ctx, MessageQuery { filter, ..MessageQuery::default() }).await.unwrap();
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
    let page = history::list(&admin, MessageQuery { filter: filter.clone(), ..MessageQuery::default() }).await.unwrap();
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
    let mut query = MessageQuery {
        filter: MessageFilter { words: "ponuka drevo".into(), ..MessageFilter::default() },
        ..MessageQuery::default()
    };
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
    let paths = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    for path in paths.filter(|it| it.is_file()) {
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

#[tokio::test]
async fn conditions_among_the_words_narrow_the_list() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let first = send(&admin, "Zmluva", "prvá").await;
    let prepared =
        MessageDraft { to: "eva@example.sk".into(), subject: "Zmluva".into(), body: "druhá".into(), ..MessageDraft::default() };
    let second = messages::prepare(&admin, None, prepared).await.unwrap();
    indexer::turn(&bed.engine).await.unwrap();
    for (words, ids) in [
        ("zmluva state:queued", vec![first]),
        ("stav:pripravená", vec![second]),
        ("zmluva -stav:pripravená", vec![first]),
        ("state:queued -state:queued", vec![]),
        ("zmluva after:2001", vec![second, first]),
        ("zmluva before:2001", vec![]),
        ("before:2001", vec![]),
    ] {
        assert_eq!(found(&admin, words).await, ids, "{words}");
        let filter = MessageFilter { words: words.into(), ..MessageFilter::default() };
        assert_eq!(history::count(&admin, filter).await.unwrap(), ids.len() as u64, "{words}");
    }
}

#[tokio::test]
async fn similar_words_come_behind_exact_ones_and_are_said() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let exact = send(&admin, "Objednávka", "stolička").await;
    let slip = send(&admin, "Objendávka", "stôl").await;
    indexer::turn(&bed.engine).await.unwrap();
    assert_eq!(found(&admin, "objednavka").await, [exact, slip]);
    assert_eq!(found(&admin, "\"objednavka\"").await, [exact]);
    let survey = |words: &str| {
        let filter = MessageFilter { words: words.into(), ..MessageFilter::default() };
        history::survey(&admin, filter)
    };
    let told = survey("objednavka").await.unwrap();
    assert_eq!((told.count, told.similar), (2, true));
    assert!(!survey("\"objednavka\"").await.unwrap().similar);
    assert!(!survey("stolicka").await.unwrap().similar);
}

#[tokio::test]
async fn facets_count_what_one_may_see_under_all_other_filters() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let other = bed.user_with(&[Permission::MessagesViewOwn, Permission::MessageWrite, Permission::MessageSend]).await;
    send(&admin, "Ponuka", "drevo").await;
    send(&other, "Ponuka", "drevo").await;
    let prepared =
        MessageDraft { to: "eva@example.sk".into(), subject: "Ponuka".into(), body: "drevo".into(), ..MessageDraft::default() };
    messages::prepare(&admin, None, prepared).await.unwrap();
    send(&admin, "Ponuka", "kov").await;
    indexer::turn(&bed.engine).await.unwrap();
    let filter =
        |states: &[MessageState]| MessageFilter { words: "drevo".into(), states: states.to_vec(), ..MessageFilter::default() };
    let survey = history::survey(&admin, filter(&[])).await.unwrap();
    assert_eq!((survey.count, survey.at_least), (3, false));
    assert_eq!(survey.facets.states, [(MessageState::Queued, 2), (MessageState::Prepared, 1)]);
    assert_eq!(survey.facets.years.iter().map(|it| it.1).collect::<Vec<_>>(), [3]);
    let survey = history::survey(&admin, filter(&[MessageState::Prepared])).await.unwrap();
    assert_eq!((survey.count, survey.facets.states.len(), survey.facets.channels[0].1), (1, 2, 1));
    let survey = history::survey(&other, filter(&[])).await.unwrap();
    assert_eq!((survey.count, survey.facets.states), (1, vec![(MessageState::Queued, 1)]));
    let bare = history::survey(&admin, MessageFilter::default()).await.unwrap();
    assert_eq!((bare.count, bare.facets), (4, model::MessageFacets::default()));
}

#[tokio::test]
async fn words_inside_files_are_found_and_named_once_that_is_switched_on() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let file = engine::attachments::put(&admin, "list.txt", "text/plain", "Lepidlo na drevo".into()).await.unwrap();
    let draft = MessageDraft {
        to: "eva@example.sk".into(),
        subject: "Príloha".into(),
        body: "V prílohe.".into(),
        attachments: vec![file.id],
        ..MessageDraft::default()
    };
    let id = messages::send(&admin, None, draft).await.unwrap().id;
    while 0 < indexer::turn(&bed.engine).await.unwrap() {}
    assert_eq!(found(&admin, "lepidlo").await, []);
    let mut company = settings::company(&admin).await.unwrap();
    company.attachment_contents = true;
    settings::save_company(&admin, company.clone()).await.unwrap();
    assert_eq!(settings::search_progress(&admin).await.unwrap().waiting, 1);
    while 0 < indexer::turn(&bed.engine).await.unwrap() {}
    assert_eq!(settings::search_progress(&admin).await.unwrap().waiting, 0);
    let filter = MessageFilter { words: "lepidlo".into(), ..MessageFilter::default() };
    let page = history::list(&admin, MessageQuery { filter, ..MessageQuery::default() }).await.unwrap();
    assert_eq!((page.rows[0].id, page.rows[0].snippet_file.as_deref()), (id, Some("list.txt")));
    assert!(page.rows[0].snippet.iter().any(|it| it.hit && it.text == "Lepidlo"));
    company.attachment_contents = false;
    settings::save_company(&admin, company).await.unwrap();
    while 0 < indexer::turn(&bed.engine).await.unwrap() {}
    assert_eq!(found(&admin, "lepidlo").await, []);
}

#[tokio::test]
async fn the_palette_finds_only_what_one_may_see() {
    use model::palette::{FoundGroup, Thing};
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = send(&admin, "Zmluva o dielo", "text").await;
    indexer::turn(&bed.engine).await.unwrap();
    while 0 < things::turn(&bed.engine).await.unwrap() {}
    let things = |found: Vec<FoundGroup>| found.into_iter().flat_map(|it| it.things).map(|it| it.thing).collect::<Vec<_>>();
    for words in ["zmluvy", "zmlu", "dielo zmlu"] {
        assert!(
            things(palette::find(&admin, words.into()).await.unwrap()).contains(&Thing::Message(id, model::Channel::Email)),
            "{words}"
        );
    }
    let people = things(palette::find(&admin, "adam sprav".into()).await.unwrap());
    assert!(people.contains(&Thing::User(admin.actor.id)));
    let nobody = bed.user_with(&[Permission::LogView]).await;
    for words in ["zmluvy", "adam", "a", "", "\"", "* OR *"] {
        assert_eq!(palette::find(&nobody, words.into()).await.unwrap(), [], "{words}");
    }
}

#[tokio::test]
async fn no_query_is_refused() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    send(&admin, "Zmluva", "a b c").await;
    indexer::turn(&bed.engine).await.unwrap();
    let long = "slovo ".repeat(10_000);
    let deep = "(".repeat(100_000);
    for words in
        ["*", "AND AND", &long, "/.*+(a|b)*$/", &deep, "*zmluva", "\"zmluva", "field:zmluva", "state:", "after:x", "-", "NOT NOT"]
    {
        found(&admin, words).await;
        let filter = MessageFilter { words: words.into(), ..MessageFilter::default() };
        let survey = history::survey(&admin, filter.clone()).await.unwrap();
        assert_eq!(survey.count, history::count(&admin, filter).await.unwrap(), "{}", &words[..words.len().min(20)]);
        palette::find(&admin, words.into()).await.unwrap();
    }
}

#[tokio::test]
async fn an_index_older_or_newer_than_the_database_is_brought_in_step() {
    for (kept, restored) in [("index", &[][..]), ("posel.db", &["posel.db-wal", "posel.db-shm"][..])] {
        let mut bed = TestBed::new().await;
        let first = send(&bed.admin(), "Zmluva", "prvá").await;
        indexer::turn(&bed.engine).await.unwrap();
        let earlier = bed.folder().join("earlier");
        let parts: Vec<&str> = [&[kept], restored].concat();
        parts.iter().for_each(|it| copy(&bed.folder().join(it), &earlier.join(it)));
        let second = send(&bed.admin(), "Zmluva", "druhá").await;
        indexer::turn(&bed.engine).await.unwrap();
        parts.iter().for_each(|it| copy(&earlier.join(it), &bed.folder().join(it)));
        bed.crash().await;
        while 0 < indexer::turn(&bed.engine).await.unwrap() {}
        let wanted = if kept == "index" { vec![second, first] } else { vec![first] };
        assert_eq!(found(&bed.admin(), "zmluva").await, wanted, "{kept}");
    }
}

/// Puts a file or a folder in the place of another; what is not there is taken away.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    let _ = std::fs::remove_dir_all(to);
    let _ = std::fs::remove_file(to);
    if from.is_dir() {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            copy(&path, &to.join(path.file_name().unwrap()));
        }
    } else if from.exists() {
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(from, to).unwrap();
    }
}

#[tokio::test]
async fn what_may_not_do_what_was_meant_is_named_with_its_place() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = send(&admin, "Zmluva modrá", "text").await;
    indexer::turn(&bed.engine).await.unwrap();
    let filter = MessageFilter { words: "zmluva stav:modrá".into(), ..MessageFilter::default() };
    let survey = history::survey(&admin, filter.clone()).await.unwrap();
    let fault = QueryFault { kind: QueryFaultKind::UnknownState, piece: "stav:modrá".into(), place: 8 };
    assert_eq!(survey.faults, [fault]);
    let right = MessageFilter { words: "zmluva".into(), ..filter };
    assert_eq!(history::survey(&admin, right).await.unwrap().faults, []);
    assert_eq!(found(&admin, "zmluva stav:pripravená").await, [], "{id:?} is queued");
}

#[tokio::test]
async fn the_source_of_a_message_is_the_mail_as_it_leaves() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = send(&admin, "Zmluva", "prvy riadok").await;
    let source = history::source(&admin, id).await.unwrap();
    assert!(source.headers.contains("Subject: Zmluva\n") && source.headers.contains("eva@example.sk"), "{}", source.headers);
    assert!(source.body.contains("riadok") && !source.is_cut, "{}", source.body);
    let other = bed.user_with(&[Permission::MessageWrite]).await;
    assert!(matches!(history::source(&other, id).await, Err(Error::Refused(_))));
    let draft = MessageDraft { subject: "Rozpísaná".into(), ..MessageDraft::default() };
    let draft = messages::save_draft(&admin, None, draft).await.unwrap().id;
    let refused = history::source(&admin, draft).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::IllegalStep(Noun::Message)))), "a draft has no final form");
}
