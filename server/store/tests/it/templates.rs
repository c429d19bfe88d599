use model::{
    Channel, Cursor, Direction, Fault, Key, Language, MessageDraft, Noun, Origin, RecordFilter, RecordKey, Refusal, TemplateBody,
    TemplateDraft, TemplateFilter, TemplateId, TemplateQuery, TemplateRef, TemplateSort, TemplateText, UserId, VersionHow,
};
use store::templates::{DeliveredKey, Stamp};
use store::{Error, Tx, drafts, templates};

use crate::scratch::{NOW, Scratch, writer};

fn named(name: &str, languages: &[Language]) -> TemplateDraft {
    let text = |language: &Language| TemplateText {
        subject: "Ponuka".into(),
        body: TemplateBody::Html("<p>tajný kanárik</p>".into()),
        ..TemplateText::empty(*language, Channel::Email)
    };
    TemplateDraft { name: name.into(), texts: languages.iter().map(text).collect(), is_active: true, ..TemplateDraft::default() }
}

async fn made(scratch: &Scratch, tx: &mut Tx, author: UserId, draft: &TemplateDraft) -> TemplateId {
    templates::create(&scratch.store, tx, draft, None, author, NOW).await.unwrap()
}

async fn names(tx: &mut Tx, query: TemplateQuery) -> Vec<String> {
    templates::page(tx, &query).await.unwrap().rows.into_iter().map(|it| it.name).collect()
}

fn refusal<T>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("was not refused"),
    }
}

#[tokio::test]
async fn templates_are_found_by_words_and_filters_in_their_order() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let order = TemplateDraft {
        record: Some(RecordKey("order".into())),
        hint: "Keď príde objednávka".into(),
        ..named("Čaká sa", &[Language::Sk, Language::Cs])
    };
    made(&scratch, &mut tx, jana, &order).await;
    made(&scratch, &mut tx, jana, &named("Dodané", &[Language::En])).await;
    let off = TemplateDraft { is_active: false, ..named("Cenník", &[Language::Sk]) };
    templates::create(&scratch.store, &mut tx, &off, Some(DeliveredKey("price")), jana, NOW.plus(5)).await.unwrap();
    let with = |filter: TemplateFilter| TemplateQuery { filter, ..TemplateQuery::default() };
    assert_eq!(names(&mut tx, with(TemplateFilter::default())).await, ["Cenník", "Čaká sa", "Dodané"]);
    let words = TemplateFilter { words: "PRIDE objed".into(), ..TemplateFilter::default() };
    assert_eq!(names(&mut tx, with(words)).await, ["Čaká sa"]);
    let about = TemplateFilter { record: Some(RecordFilter::Of(RecordKey("order".into()))), ..TemplateFilter::default() };
    assert_eq!(names(&mut tx, with(about)).await, ["Čaká sa"]);
    let general = TemplateFilter { record: Some(RecordFilter::General), active: Some(true), ..TemplateFilter::default() };
    assert_eq!(names(&mut tx, with(general)).await, ["Dodané"]);
    let slovak = TemplateFilter { language: Some(Language::Sk), delivered: Some(false), ..TemplateFilter::default() };
    assert_eq!(names(&mut tx, with(slovak)).await, ["Čaká sa"]);
    let newest = TemplateQuery { sort: TemplateSort::Updated, direction: Direction::Down, ..TemplateQuery::default() };
    assert_eq!(names(&mut tx, newest).await[0], "Cenník");
    let sms = TemplateFilter { channel: Some(Channel::Sms), ..TemplateFilter::default() };
    assert!(names(&mut tx, with(sms)).await.is_empty());
}

#[tokio::test]
async fn the_next_page_begins_behind_the_last_row() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    for n in 0..70 {
        made(&scratch, &mut tx, jana, &named(&format!("Predloha {n:02}"), &[Language::Sk])).await;
    }
    let first = templates::page(&mut tx, &TemplateQuery::default()).await.unwrap();
    let next = first.next.unwrap();
    assert!(matches!(&next, Cursor { key: Key::Text(_), .. }));
    let rest = names(&mut tx, TemplateQuery { after: Some(next), ..TemplateQuery::default() }).await;
    assert_eq!((first.rows.len(), rest.len(), rest[0].as_str()), (60, 10, "Predloha 60"));
}

#[tokio::test]
async fn versions_stay_and_a_stale_save_is_refused() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let id = made(&scratch, &mut tx, jana, &named("Ponuka", &[Language::Sk])).await;
    let stamp = Stamp { how: VersionHow::Saved, author: jana, at: NOW.plus(1) };
    let later = named("Ponuka 2", &[Language::Cs]);
    assert_eq!(templates::save(&scratch.store, &mut tx, (id, 1), &later, stamp).await.unwrap(), 2);
    let stale = templates::save(&scratch.store, &mut tx, (id, 1), &later, stamp).await;
    assert_eq!(refusal(stale), Refusal::Stale(Noun::Template));
    assert_eq!(templates::version(&scratch.store, &mut tx, id, 1).await.unwrap(), named("Ponuka", &[Language::Sk]));
    let told = templates::versions(&mut tx, id).await.unwrap();
    assert_eq!(told.iter().map(|it| (it.version, it.how, it.at)).collect::<Vec<_>>()[0], (2, VersionHow::Saved, NOW.plus(1)));
    templates::switch(&mut tx, (id, 2), false, jana, NOW.plus(2)).await.unwrap();
    let open = templates::by_id(&scratch.store, &mut tx, id).await.unwrap();
    assert_eq!((open.draft.is_active, open.version, open.revision, open.updated_at), (false, 2, 3, NOW.plus(2)));
    assert_eq!(refusal(templates::switch(&mut tx, (id, 2), true, jana, NOW).await), Refusal::Stale(Noun::Template));
}

#[tokio::test]
async fn names_differ_without_case_and_diacritics_and_are_free_again_behind_a_deletion() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let id = made(&scratch, &mut tx, jana, &named("Čakáreň", &[Language::Sk])).await;
    let twin = templates::create(&scratch.store, &mut tx, &named("CAKAREN", &[Language::Sk]), None, jana, NOW).await;
    assert_eq!(refusal(twin), Refusal::field("name", Fault::Taken));
    let template = Some(TemplateRef { id, version: 1 });
    let draft = MessageDraft { subject: "x".into(), template, ..MessageDraft::default() };
    let kept = drafts::create(&scratch.store, &mut tx, jana, Origin::Manual, &draft, NOW).await.unwrap();
    assert_eq!(refusal(templates::delete(&mut tx, id, NOW).await), Refusal::InUse(Noun::Template));
    drafts::delete(&mut tx, kept.id, jana).await.unwrap();
    templates::delete(&mut tx, id, NOW).await.unwrap();
    assert!(templates::version(&scratch.store, &mut tx, id, 1).await.is_err());
    made(&scratch, &mut tx, jana, &named("Čakáreň", &[Language::Sk])).await;
}

#[tokio::test]
async fn what_a_sent_message_was_made_from_can_be_read_after_its_template_is_gone() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let id = made(&scratch, &mut tx, jana, &named("Ponuka", &[Language::Sk])).await;
    let template = Some(TemplateRef { id, version: 1 });
    let draft = MessageDraft { subject: "x".into(), template, ..MessageDraft::default() };
    let kept = drafts::create(&scratch.store, &mut tx, jana, Origin::Manual, &draft, NOW).await.unwrap();
    let (from, to) = (model::MessageState::Draft, model::MessageState::Sent);
    store::messages::set_state(&mut tx, kept.id, from, to).await.unwrap();
    templates::delete(&mut tx, id, NOW).await.unwrap();
    assert_eq!(refusal(templates::by_id(&scratch.store, &mut tx, id).await), Refusal::NotFound(Noun::Template));
    assert_eq!(templates::version(&scratch.store, &mut tx, id, 1).await.unwrap().name, "Ponuka");
    let stored = store::messages::by_id(&scratch.store, &mut tx, kept.id).await.unwrap();
    assert_eq!(stored.template, Some((TemplateRef { id, version: 1 }, "Ponuka".into())));
    made(&scratch, &mut tx, jana, &named("Ponuka", &[Language::Sk])).await;
}

#[tokio::test]
async fn only_those_it_is_meant_for_are_offered_a_template() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (jana, peter) = (writer(&mut tx, "jana@firma.sk").await, writer(&mut tx, "peter@firma.sk").await);
    made(&scratch, &mut tx, jana, &named("Všetkým", &[Language::Sk])).await;
    let some = TemplateDraft { offered_to: vec![peter], ..named("Petrovi", &[Language::Sk]) };
    made(&scratch, &mut tx, jana, &some).await;
    let off = TemplateDraft { is_active: false, ..named("Vypnutá", &[Language::Sk]) };
    made(&scratch, &mut tx, jana, &off).await;
    let mut offered = Vec::new();
    for user in [jana, peter] {
        let offers = templates::offers(&mut tx, user, Channel::Email, "").await.unwrap();
        offered.push(offers.into_iter().map(|it| it.name).collect::<Vec<_>>());
    }
    assert_eq!(offered, [vec!["Všetkým"], vec!["Petrovi", "Všetkým"]]);
}

#[tokio::test]
async fn texts_are_sealed_on_the_disk() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    made(&scratch, &mut tx, jana, &named("Ponuka", &[Language::Sk])).await;
    tx.commit().await.unwrap();
    scratch.store.close().await;
    let file = std::fs::read(scratch.folder.path().join("posel.db")).unwrap();
    assert!(!file.windows("kanárik".len()).any(|it| it == "kanárik".as_bytes()));
}
