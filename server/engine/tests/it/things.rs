//! Finding everything with a name by its words.

use engine::testbed::TestBed;
use engine::{
    Ctx, campaigns, contacts, imports, palette, persons, recipient_lists, segments, settings, templates, things, users,
};
use model::palette::{FOUND_MAX, FoundGroup, Thing, ThingKind};
use model::{
    CampaignContent, CampaignDraft, Channel, Condition, ContactDraft, ContactId, ImportPlan, Language, LibraryDraft, ListDraft,
    Nature, Permission, PostalAddress, SegmentDraft, SegmentRule, TemplateBody, TemplateDraft, TemplateText, UserDraft,
};

fn person(first: &str, last: &str) -> ContactDraft {
    let email = format!("{}@firma.example", model::fold::fold(last));
    ContactDraft {
        first_name: first.into(),
        last_name: last.into(),
        emails: vec![email.as_str().into()],
        phones: vec!["+421903622237".into()],
        ..ContactDraft::default()
    }
}

fn text(subject: &str, html: &str) -> Vec<TemplateText> {
    let text = TemplateText {
        subject: subject.into(),
        body: TemplateBody::Html(html.into()),
        ..TemplateText::empty(Language::Sk, Channel::Email)
    };
    vec![text]
}

async fn taken_in(bed: &TestBed) {
    while 0 < things::turn(&bed.engine).await.unwrap() {}
}

async fn found(ctx: &Ctx, words: &str) -> Vec<FoundGroup> {
    palette::find(ctx, words.into()).await.unwrap()
}

/// What is found besides the templates that come with the program, whose words nobody here knows.
async fn only(ctx: &Ctx, words: &str) -> Vec<Thing> {
    let groups = found(ctx, words).await.into_iter().filter(|it| it.kind != ThingKind::Template);
    groups.flat_map(|it| it.things).map(|it| it.thing).collect()
}

/// How many contacts are found.
async fn count(ctx: &Ctx, words: &str) -> Option<u64> {
    found(ctx, words).await.into_iter().find(|it| it.kind == ThingKind::Contact).and_then(|it| it.count)
}

async fn revision(ctx: &Ctx, id: ContactId) -> i64 {
    contacts::open(ctx, id).await.unwrap().revision
}

#[tokio::test]
async fn a_contact_is_found_by_everything_that_is_known_of_it() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let town = PostalAddress { city: "Košice".into(), ..PostalAddress::default() };
    let draft = ContactDraft { note: "Chce katalóg nábytku".into(), ..person("Žofia", "Ďurčová") };
    let id = contacts::save(&admin, None, ContactDraft { tags: vec!["veľtrh".into()], billing: town, ..draft }).await.unwrap();
    contacts::save(&admin, None, person("Ján", "Iný")).await.unwrap();
    taken_in(&bed).await;
    let known = ["durcova", "Ďurčovej", "durc zof", "durcova@firma.example", "durcova@fi", "kosiciach", "katalogy", "veľtrhy"];
    for words in known {
        assert_eq!(only(&admin, words).await, [Thing::Contact(id)], "{words}");
    }
    assert_eq!((count(&admin, "0903 622 237").await, only(&admin, "0903 622").await.len()), (Some(2), 2));
    assert_eq!(only(&admin, "durcvoa").await, [Thing::Contact(id)], "a slip of the hand");
}

#[tokio::test]
async fn every_kind_is_found_by_name_and_by_what_it_says() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let list = ListDraft { name: "Hubári z Oravy".into(), description: "Čučoriedky".into(), ..ListDraft::default() };
    let list = recipient_lists::save(&admin, None, list).await.unwrap();
    let rule = SegmentRule::Is(Condition::Nature(Nature::Person));
    let segment = SegmentDraft { name: "Hubári bez telefónu".into(), rule, ..SegmentDraft::default() };
    let segment = segments::save(&admin, None, segment).await.unwrap();
    let file = LibraryDraft { name: "hubarsky-atlas.pdf".into(), folder: "Huby".into() };
    let file = crate::library::add(&admin, file, b"%PDF-1.7\nx\n%%EOF".to_vec()).await.unwrap().id;
    let template = TemplateDraft {
        name: "Pozvánka pre hubárov".into(),
        texts: text("Hubárska jeseň", "<p>Stretneme sa pri <b>kozákoch</b>, {{ contact.name }}.</p>"),
        ..TemplateDraft::default()
    };
    let (template, _) = templates::save(&admin, None, template).await.unwrap();
    let campaign = CampaignDraft {
        name: "Hubárska súťaž".into(),
        note: "Len pri Hrone".into(),
        content: CampaignContent::Own(text("Súťaž", "<p>Vyhrajte košík dubákov.</p>")),
        ..CampaignDraft::default()
    };
    let (campaign, _) = campaigns::save(&admin, None, campaign).await.unwrap();
    taken_in(&bed).await;
    let all =
        [Thing::Campaign(campaign), Thing::Template(template), Thing::List(list), Thing::Segment(segment), Thing::File(file)];
    let things = found(&admin, "hubar").await.into_iter().flat_map(|it| it.things).map(|it| it.thing).collect::<Vec<_>>();
    assert_eq!(things, all);
    for (words, thing) in [
        ("čučoriedok", Thing::List(list)),
        ("dubáky košíkom", Thing::Campaign(campaign)),
        ("hronu", Thing::Campaign(campaign)),
        ("atlas", Thing::File(file)),
    ] {
        assert_eq!(only(&admin, words).await, [thing], "{words}");
    }
    let of_template =
        |groups: Vec<FoundGroup>| groups.into_iter().flat_map(|it| it.things).map(|it| it.thing).collect::<Vec<_>>();
    assert_eq!(of_template(found(&admin, "kozáky").await), [Thing::Template(template)]);
    assert_eq!(of_template(found(&admin, "contact.name kozáky").await), [], "merge code is no word");
}

#[tokio::test]
async fn what_is_renamed_deleted_or_erased_is_not_found_by_what_it_was() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let [renamed, deleted, erased] = ["Premenovaná", "Zmazaná", "Zabudnutá"].map(|last| person("Eva", last));
    let renamed = contacts::save(&admin, None, renamed).await.unwrap();
    let deleted = contacts::save(&admin, None, deleted).await.unwrap();
    let erased = contacts::save(&admin, None, erased).await.unwrap();
    let list = ListDraft { name: "Dočasný".into(), ..ListDraft::default() };
    let list = recipient_lists::save(&admin, None, list).await.unwrap();
    taken_in(&bed).await;
    assert_eq!(count(&admin, "eva").await, Some(3));
    let key = Some((renamed, revision(&admin, renamed).await));
    contacts::save(&admin, key, person("Eva", "Sokolová")).await.unwrap();
    contacts::delete(&admin, deleted).await.unwrap();
    persons::erase(&admin, erased).await.unwrap();
    recipient_lists::delete(&admin, list).await.unwrap();
    for words in ["zmazaná", "zabudnutá", "dočasný"] {
        assert_eq!(only(&admin, words).await, [], "{words} is not shown even before it is forgotten");
    }
    taken_in(&bed).await;
    for words in ["premenovana", "premenovana@firma.example", "zmazaná", "zabudnutá", "dočasný"] {
        assert_eq!(only(&admin, words).await, [], "{words}");
    }
    assert_eq!(only(&admin, "sokolova").await, [Thing::Contact(renamed)]);
    assert_eq!(count(&admin, "eva").await, Some(1));
    assert_eq!(settings::search_progress(&admin).await.unwrap().things, 0);
}

#[tokio::test]
async fn a_campaign_is_found_by_the_name_that_its_author_has_now() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let content = CampaignContent::Own(text("a", "<p>b</p>"));
    let draft = CampaignDraft { name: "Jar".into(), content, ..CampaignDraft::default() };
    let (campaign, _) = campaigns::save(&admin, None, draft).await.unwrap();
    taken_in(&bed).await;
    let draft = UserDraft {
        name: "Zuzana Kolibríková".into(),
        email: engine::testbed::ADMIN_EMAIL.into(),
        language: Language::Sk,
        roles: admin_roles(&admin).await,
    };
    users::save(&admin, admin.actor.id, draft).await.unwrap();
    taken_in(&bed).await;
    assert!(only(&admin, "kolibrikova").await.contains(&Thing::Campaign(campaign)));
    assert_eq!(only(&admin, "adam").await, []);
}

#[tokio::test]
async fn each_sees_and_counts_only_the_kinds_open_to_them() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    for n in 0..FOUND_MAX + 2 {
        contacts::save(&admin, None, person("Kolibrík", &format!("Číslo{n}"))).await.unwrap();
    }
    let list = ListDraft { name: "Kolibrík".into(), ..ListDraft::default() };
    recipient_lists::save(&admin, None, list).await.unwrap();
    let template = TemplateDraft { name: "Kolibrík".into(), texts: text("x", "<p>x</p>"), ..TemplateDraft::default() };
    templates::save(&admin, None, template).await.unwrap();
    let campaign = CampaignDraft {
        name: "Kolibrík".into(),
        content: CampaignContent::Own(text("a", "<p>b</p>")),
        ..CampaignDraft::default()
    };
    campaigns::save(&admin, None, campaign).await.unwrap();
    let admin_id = admin.actor.id;
    let draft = UserDraft {
        name: "Kolibrík Správca".into(),
        email: engine::testbed::ADMIN_EMAIL.into(),
        language: Language::Sk,
        roles: admin_roles(&admin).await,
    };
    users::save(&admin, admin_id, draft).await.unwrap();
    let file = LibraryDraft { name: "kolibrik.pdf".into(), folder: String::new() };
    crate::library::add(&admin, file, b"%PDF-1.7\nx\n%%EOF".to_vec()).await.unwrap();
    taken_in(&bed).await;
    use ThingKind::{Campaign, Contact, File, List, Template, User};
    for (rights, kinds) in [
        (vec![Permission::LogView], vec![]),
        (vec![Permission::ContactsView], vec![(Contact, 7), (List, 1)]),
        (vec![Permission::CampaignApprove], vec![(Campaign, 1)]),
        (vec![Permission::TemplatesManage], vec![(Template, 1), (File, 1)]),
        (vec![Permission::UsersManage], vec![(User, 1)]),
    ] {
        let somebody = bed.user_with(&rights).await;
        let seen: Vec<_> = found(&somebody, "kolibrik").await.into_iter().map(|it| (it.kind, it.count.unwrap())).collect();
        assert_eq!(seen, kinds, "{rights:?}");
    }
    assert!(found(&admin, "kolibrik").await.iter().all(|it| it.things.len() <= FOUND_MAX));
}

async fn admin_roles(admin: &Ctx) -> Vec<model::RoleId> {
    let users = users::list(admin).await.unwrap();
    users.into_iter().find(|it| it.id == admin.actor.id).unwrap().roles
}

#[tokio::test]
async fn an_import_is_found_once_it_is_done_and_notes_nothing_on_its_way() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    taken_in(&bed).await;
    let rows: String = (0..300).map(|n| format!("Osoba;Dovezená{n};osoba{n}@dovoz.example\n")).collect();
    let id = imports::begin(&admin, "osoby.csv").await.unwrap();
    imports::put(&admin, id, format!("Meno;Priezvisko;E-mail\n{rows}").as_bytes()).await.unwrap();
    imports::arrived(&admin, id).await.unwrap();
    let look = imports::look(&admin, id, None).await.unwrap();
    let plan = ImportPlan { reading: look.reading, columns: look.suggested, ..ImportPlan::default() };
    imports::start(&admin, id, plan).await.unwrap();
    assert!(imports::turn(&bed.engine).await.unwrap());
    assert_eq!(settings::search_progress(&admin).await.unwrap().things, 300, "only the contacts themselves");
    taken_in(&bed).await;
    assert_eq!(count(&admin, "dovezena").await, Some(300));
    assert_eq!(count(&admin, "osoba17@dovoz.example").await, Some(1));
    imports::undo(&admin, id).await.unwrap();
    while imports::turn(&bed.engine).await.unwrap() {}
    taken_in(&bed).await;
    assert_eq!(only(&admin, "dovezena").await, []);
}

#[tokio::test]
async fn an_index_of_another_version_damaged_or_missing_is_built_anew() {
    let mut bed = TestBed::new().await;
    let admin = bed.admin();
    let id = contacts::save(&admin, None, person("Eva", "Sokolová")).await.unwrap();
    taken_in(&bed).await;
    for spoil in [other_version, cut_off, all_gone] {
        spoil(&bed.folder().join("things"));
        bed.crash().await;
        let admin = bed.admin();
        assert_eq!(only(&admin, "sokolova").await, []);
        assert!(1 < settings::search_progress(&admin).await.unwrap().things);
        taken_in(&bed).await;
        assert_eq!(only(&admin, "sokolova").await, [Thing::Contact(id)]);
        assert_eq!(settings::search_progress(&admin).await.unwrap().things, 0);
        assert_eq!(bed.engine.check().await.unwrap(), [] as [String; 0]);
    }
}

fn other_version(folder: &std::path::Path) {
    let head = folder.join("index.head");
    let text = std::fs::read_to_string(&head).unwrap();
    std::fs::write(&head, text.replace("\"version\":", "\"version\":1")).unwrap();
}

fn cut_off(folder: &std::path::Path) {
    std::fs::write(folder.join("meta.json"), b"x").unwrap();
}

fn all_gone(folder: &std::path::Path) {
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn an_index_from_the_future_of_a_restored_database_begins_anew() {
    let mut bed = TestBed::new().await;
    contacts::save(&bed.admin(), None, person("Eva", "Prvá")).await.unwrap();
    taken_in(&bed).await;
    let write = |from: &std::path::Path, to: &std::path::Path| std::fs::copy(from, to).unwrap();
    let names = ["posel.db", "posel.db-wal", "posel.db-shm"];
    for name in names {
        write(&bed.folder().join(name), &bed.folder().join(format!("earlier-{name}")));
    }
    contacts::save(&bed.admin(), None, person("Eva", "Druhá")).await.unwrap();
    taken_in(&bed).await;
    for name in names {
        write(&bed.folder().join(format!("earlier-{name}")), &bed.folder().join(name));
    }
    bed.crash().await;
    let other = contacts::save(&bed.admin(), None, person("Eva", "Tretia")).await.unwrap();
    taken_in(&bed).await;
    assert_eq!(only(&bed.admin(), "druha").await, []);
    assert_eq!(only(&bed.admin(), "tretia").await, [Thing::Contact(other)]);
    assert_eq!(count(&bed.admin(), "eva").await, Some(2));
}
