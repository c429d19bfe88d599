//! Imports, from the file to the undo.

use engine::Pieces;
use engine::testbed::TestBed;
use engine::{Ctx, Error, imports, janitor};
use model::time::days;
use model::{
    Alteration, AuditId, AuditQuery, ContactDraft, ContactFilter, ContactId, ContactQuery, Deed, DuplicatePlace, DuplicateReason,
    Import, ImportCounts, ImportId, ImportMatch, ImportMode, ImportPlan, ImportState, ListDraft, MessageDraft, Permission,
    Refusal, RowOutcome, RowSkipped, Subject, SuppressionReason, SuppressionsDraft, TableFault,
};

const FILE: &str = "Meno;Priezvisko;E-mail;Telefón;Mesto\n\
    Eva;Nová;eva@x.example;0903 622 237;Žilina\n\
    Ján;Kováč;jan@x.example;;Nitra\n\
    Zlý;Riadok;nie-je-adresa;;Brno\n\
    Eva;Dvojníčka;EVA@x.example;;Praha\n\
    Iva;Tichá;iva@x.example;12;Brno\n";

async fn upload(ctx: &Ctx, name: &str, content: &[u8]) -> Result<ImportId, Error> {
    let id = imports::begin(ctx, name).await?;
    // Pieces far smaller than a line must not matter.
    for piece in content.chunks(7) {
        imports::put(ctx, id, piece).await?;
    }
    imports::arrived(ctx, id).await?;
    Ok(id)
}

async fn planned(ctx: &Ctx, id: ImportId) -> ImportPlan {
    let look = imports::look(ctx, id, None).await.unwrap();
    ImportPlan { reading: look.reading, columns: look.suggested, ..ImportPlan::default() }
}

async fn imported(bed: &TestBed, content: &str, change: impl FnOnce(&mut ImportPlan)) -> Import {
    let ctx = bed.admin();
    let id = upload(&ctx, "klienti.csv", content.as_bytes()).await.unwrap();
    let mut plan = planned(&ctx, id).await;
    change(&mut plan);
    imports::start(&ctx, id, plan).await.unwrap();
    assert!(imports::turn(&bed.engine).await.unwrap());
    imports::open(&ctx, id).await.unwrap()
}

async fn named(ctx: &Ctx, words: &str) -> Vec<(ContactId, String)> {
    let filter = ContactFilter { words: words.into(), ..ContactFilter::default() };
    let page = engine::contacts::list(ctx, ContactQuery { filter, ..ContactQuery::default() }).await.unwrap();
    page.rows.into_iter().map(|it| (it.row.id, it.row.name)).collect()
}

async fn outcomes(ctx: &Ctx, id: ImportId) -> Vec<(u64, RowOutcome)> {
    let (mut all, mut behind) = (Vec::new(), 0);
    while let Some((piece, rows)) = imports::report(ctx, id, behind).await.unwrap() {
        behind = piece;
        all.extend(rows.into_iter().map(|it| (it.line, it.outcome)));
    }
    all
}

async fn text(mut export: imports::Export) -> String {
    let mut bytes = Vec::new();
    while let Some(piece) = export.next().await.unwrap() {
        bytes.extend(piece);
    }
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn a_file_becomes_contacts_that_are_found_and_stand_in_a_list() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let list =
        engine::recipient_lists::save(&ctx, None, ListDraft { name: "Veľtrh".into(), ..ListDraft::default() }).await.unwrap();
    let import = imported(&bed, FILE, |plan| {
        plan.lists = vec![list];
        plan.tags = vec!["veľtrh 2026".into()];
    })
    .await;
    assert_eq!(import.row.state, ImportState::Finished);
    assert_eq!(import.row.counts, ImportCounts { rows: 5, created: 2, updated: 0, skipped: 1, bad: 2 });
    assert_eq!(import.lists, ["Veľtrh"]);
    let found = named(&ctx, "zilina").await;
    assert_eq!(found.len(), 1);
    let eva = engine::contacts::open(&ctx, found[0].0).await.unwrap();
    assert_eq!((eva.fields.first_name.as_str(), eva.fields.phones[0].text.as_str()), ("Eva", "+421903622237"));
    assert_eq!(eva.fields.tags, ["veľtrh 2026"]);
    for words in ["nova", "eva@x", "0903622237", "veltrh", "kovac"] {
        assert!(!named(&ctx, words).await.is_empty(), "{words}");
    }
    assert_eq!(engine::recipient_lists::open(&ctx, list).await.unwrap().members, 2);
}

#[tokio::test]
async fn a_contact_that_was_imported_is_the_same_as_one_that_was_typed() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    imported(&bed, "Meno;Priezvisko;Firma;E-mail;Mesto;IČO\nEva;Nová;Alfa s.r.o.;eva@x.example;Žilina;36421928\n", |_| {}).await;
    let (imported, _) = named(&ctx, "eva").await.remove(0);
    let fields = engine::contacts::open(&ctx, imported).await.unwrap().fields;
    let typed = engine::contacts::save(&ctx, None, fields.clone()).await.unwrap();
    assert_eq!(engine::contacts::open(&ctx, typed).await.unwrap().fields, fields);
    for reason in [DuplicateReason::Email, DuplicateReason::Name, DuplicateReason::RegistrationNumber] {
        let place = DuplicatePlace { reason, from: String::new() };
        let page = engine::duplicates::list(&ctx, place).await.unwrap();
        assert_eq!(page.groups.len(), 1, "what duplicates are told by is written alike: {reason:?}");
    }
    assert_eq!(named(&ctx, "alfa 36421928 zilina").await.len(), 2);
}

#[tokio::test]
async fn wrong_rows_are_named_by_line_and_can_be_tried_again() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let import = imported(&bed, FILE, |_| {}).await;
    let rows = outcomes(&ctx, import.row.id).await;
    assert_eq!(rows.iter().map(|it| it.0).collect::<Vec<_>>(), [4, 5, 6]);
    assert!(matches!(rows[0].1, RowOutcome::Bad(_)) && matches!(rows[2].1, RowOutcome::Bad(_)));
    assert_eq!(rows[1].1, RowOutcome::Skipped(RowSkipped::Twice));
    let bad = text(imports::bad_rows(&ctx, import.row.id).await.unwrap()).await;
    assert!(bad.starts_with("\u{feff}\"Meno\";\"Priezvisko\";\"E-mail\";\"Telefón\";\"Mesto\";\"line\";\"why\"\r\n"), "{bad}");
    let mended = bad.replace("nie-je-adresa", "zly@x.example").replace("\"12\"", "\"\"");
    let again = imported(&bed, &mended, |_| {}).await;
    assert_eq!((again.row.counts.created, again.row.counts.bad), (2, 0));
    let report = text(imports::report_file(&ctx, import.row.id).await.unwrap()).await;
    assert_eq!(report.lines().count(), 4);
}

#[tokio::test]
async fn contacts_that_are_there_stay_or_are_filled_in_as_one_wishes() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    imported(&bed, FILE, |_| {}).await;
    let changed = "Priezvisko;E-mail;Mesto\nNováková;eva@x.example;\nKováč;jan@x.example;Nitra\n";
    let only = imported(&bed, changed, |_| {}).await;
    assert_eq!(only.row.counts, ImportCounts { rows: 2, skipped: 2, ..ImportCounts::default() });
    let update = imported(&bed, changed, |plan| plan.mode = ImportMode::CreateAndUpdate).await;
    assert_eq!(update.row.counts, ImportCounts { rows: 2, updated: 1, skipped: 1, ..ImportCounts::default() });
    let (id, name) = named(&ctx, "eva@x").await.remove(0);
    assert_eq!(name, "Eva Nováková");
    assert_eq!(engine::contacts::open(&ctx, id).await.unwrap().fields.billing.city, "Žilina", "nothing is emptied");
}

#[tokio::test]
async fn contacts_are_found_by_number_and_registration_number_too() {
    let bed = TestBed::new().await;
    let file = "Firma;IČO;Telefón\nAlfa;00123456;0903622237\n";
    imported(&bed, file, |_| {}).await;
    for matched_by in [ImportMatch::Phone, ImportMatch::RegistrationNumber] {
        let again =
            imported(&bed, "Firma;IČO;Telefón\nAlfa s.r.o.;123456;+421 903 622 237\n", |plan| plan.matched_by = matched_by).await;
        assert_eq!(again.row.counts.skipped, 1, "{matched_by:?}");
    }
}

#[tokio::test]
async fn suppressed_addresses_never_return() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let draft = SuppressionsDraft {
        targets: "eva@x.example, @tichy.example".into(),
        reason: SuppressionReason::Requested,
        note: String::new(),
    };
    engine::suppressions::add(&ctx, draft).await.unwrap();
    let file = "Priezvisko;E-mail;Telefón\nNová;eva@x.example;\nTichý;a@tichy.example;0903622237\n";
    let import = imported(&bed, file, |_| {}).await;
    assert_eq!((import.row.counts.created, import.row.counts.skipped), (1, 1));
    assert_eq!(outcomes(&ctx, import.row.id).await, [(2, RowOutcome::Skipped(RowSkipped::Suppressed))]);
    let (id, _) = named(&ctx, "tichy").await.remove(0);
    assert!(engine::contacts::open(&ctx, id).await.unwrap().fields.emails.is_empty());
}

#[tokio::test]
async fn a_preview_says_what_the_run_does_and_writes_nothing() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let id = upload(&ctx, "a.csv", FILE.as_bytes()).await.unwrap();
    let plan = planned(&ctx, id).await;
    let preview = imports::preview(&ctx, id, plan.clone()).await.unwrap();
    assert!(preview.whole && named(&ctx, "").await.is_empty());
    imports::start(&ctx, id, plan).await.unwrap();
    imports::turn(&bed.engine).await.unwrap();
    assert_eq!(imports::open(&ctx, id).await.unwrap().row.counts, preview.counts);
}

#[tokio::test]
async fn what_columns_are_is_remembered() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    imported(&bed, "x1;x2\nNová;eva@x.example\n", |plan| plan.columns[0] = model::ImportTarget::LastName).await;
    let id = upload(&ctx, "b.csv", b"X1;x2\nKov\xc3\xa1\xc4\x8d;jan@x.example\n").await.unwrap();
    let look = imports::look(&ctx, id, None).await.unwrap();
    assert!(look.remembered);
    assert_eq!(look.suggested[0], model::ImportTarget::LastName);
}

#[tokio::test]
async fn an_interrupted_import_goes_on_behind_its_last_batch() {
    let mut bed = TestBed::new().await;
    let ctx = bed.admin();
    let rows: String = (0..9_000).map(|n| format!("Meno{n};m{}@x.example\n", n % 8_500)).collect();
    let id = upload_whole(&ctx, "a.csv", &format!("Priezvisko;E-mail\n{rows}")).await;
    imports::start(&ctx, id, planned(&ctx, id).await).await.unwrap();
    let running = bed.engine.clone();
    // Whoever else writes comes in between two batches, and makes durable what was taken in before.
    let some_are_durable = async {
        while imports::open(&ctx, id).await.unwrap().row.counts.rows == 0 {
            imports::begin(&ctx, "b.csv").await.unwrap();
        }
    };
    tokio::select! {
        _ = imports::turn(&running) => panic!("it should be interrupted"),
        () = some_are_durable => {}
    }
    let counts = imports::open(&ctx, id).await.unwrap().row.counts;
    assert!(0 < counts.rows && counts.rows < 9_000, "{counts:?}");
    bed.crash().await;
    assert!(imports::turn(&bed.engine).await.unwrap());
    let import = imports::open(&bed.admin(), id).await.unwrap();
    assert_eq!(import.row.counts, ImportCounts { rows: 9_000, created: 8_500, skipped: 500, ..ImportCounts::default() });
    assert!(outcomes(&bed.admin(), id).await.iter().all(|it| it.1 == RowOutcome::Skipped(RowSkipped::Twice)));
}

async fn upload_whole(ctx: &Ctx, name: &str, content: &str) -> ImportId {
    let id = imports::begin(ctx, name).await.unwrap();
    for piece in content.as_bytes().chunks(60_000) {
        imports::put(ctx, id, piece).await.unwrap();
    }
    imports::arrived(ctx, id).await.unwrap();
    id
}

#[tokio::test]
async fn a_stopped_import_takes_nothing_in_any_more() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let id = upload(&ctx, "a.csv", FILE.as_bytes()).await.unwrap();
    imports::start(&ctx, id, planned(&ctx, id).await).await.unwrap();
    imports::stop(&ctx, id).await.unwrap();
    assert!(!imports::turn(&bed.engine).await.unwrap());
    assert!(named(&ctx, "").await.is_empty());
    assert_eq!(imports::open(&ctx, id).await.unwrap().row.state, ImportState::Stopped);
}

#[tokio::test]
async fn undoing_removes_what_came_and_restores_what_was_changed() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let before = ContactDraft { last_name: "Nová".into(), emails: vec!["eva@x.example".into()], ..ContactDraft::default() };
    let eva = engine::contacts::save(&ctx, None, before).await.unwrap();
    let before = engine::contacts::open(&ctx, eva).await.unwrap().fields;
    let list = engine::recipient_lists::save(&ctx, None, ListDraft { name: "L".into(), ..ListDraft::default() }).await.unwrap();
    let import = imported(&bed, FILE, |plan| {
        plan.mode = ImportMode::CreateAndUpdate;
        plan.lists = vec![list];
    })
    .await;
    assert_eq!((import.row.counts.created, import.row.counts.updated), (1, 1));
    let undone = imports::undo(&ctx, import.row.id).await.unwrap();
    assert_eq!((undone.removed, undone.restored, undone.kept_in_all), (1, 1, 0));
    assert_eq!(engine::contacts::open(&ctx, eva).await.unwrap().fields, before);
    assert_eq!(named(&ctx, "").await.len(), 1);
    assert_eq!(engine::recipient_lists::open(&ctx, list).await.unwrap().members, 0);
    let again = imports::undo(&ctx, import.row.id).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::IllegalStep(_)))), "{again:?}");
}

#[tokio::test]
async fn what_an_import_changes_and_undoing_it_stands_in_the_history_like_edits_by_hand() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    imported(&bed, FILE, |_| {}).await;
    let (eva, _) = named(&ctx, "eva@x").await.remove(0);
    let newer = "E-mail;Mesto;Poznámka\nEVA@x.example;Zvolen;volať ráno\njan@x.example;Nitra;\n";
    let second = imported(&bed, newer, |plan| plan.mode = ImportMode::CreateAndUpdate).await;
    assert_eq!(second.row.counts.updated, 1);
    let told = |all: Vec<(AuditId, Vec<Alteration>)>| -> Vec<(String, String, String)> {
        all.into_iter().next().unwrap().1.into_iter().map(|it| (it.field, it.before, it.after)).collect()
    };
    let changed = told(engine::contacts::alterations(&ctx, eva).await.unwrap());
    let expected = [("billing", "Žilina", "Zvolen"), ("note", "", "volať ráno")];
    assert_eq!(changed, expected.map(|(field, before, after)| (field.to_owned(), before.to_owned(), after.to_owned())));
    let query = AuditQuery { subject: Some(Subject::Contact(eva)), ..AuditQuery::default() };
    let entry = engine::audit::list(&ctx, query.clone()).await.unwrap().rows.remove(0);
    assert_eq!((entry.deed, entry.actor.0), (Deed::ContactImported(eva, second.row.id), ctx.actor.id));

    imports::undo(&ctx, second.row.id).await.unwrap();
    let entry = engine::audit::list(&ctx, query).await.unwrap().rows.remove(0);
    assert_eq!(entry.deed, Deed::ContactRestored(eva, second.row.id));
    let back = told(engine::contacts::alterations(&ctx, eva).await.unwrap());
    assert_eq!((back[0].1.as_str(), back[0].2.as_str()), ("Zvolen", "Žilina"));
}

#[tokio::test]
async fn an_erased_person_is_gone_from_reports_too_and_their_counts_stay() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    imported(&bed, FILE, |_| {}).await;
    let wrong =
        "Meno;Priezvisko;E-mail;Telefón\nEva;Nová;eva@x.example;\nNová;Eva;;12\nJán;Kováč;;13\nJán;Kováč;jan@x.example;\n";
    let second = imported(&bed, wrong, |_| {}).await;
    let (eva, _) = named(&ctx, "eva@x").await.remove(0);
    engine::persons::erase(&ctx, eva).await.unwrap();

    let (_, rows) = imports::report(&ctx, second.row.id, 0).await.unwrap().unwrap();
    let said: Vec<_> = rows.iter().map(|it| (it.line, it.name.as_str(), it.cells.concat())).collect();
    assert_eq!(
        said,
        [(2, "", String::new()), (3, "", String::new()), (4, "", "JánKováč13".to_owned()), (5, "Ján Kováč", String::new())]
    );
    let again = imports::open(&ctx, second.row.id).await.unwrap();
    assert_eq!(again.row.counts, second.row.counts);
    // The file that brought the person is gone, the other one is not.
    let page = imports::list(&ctx, None).await.unwrap();
    let mut kept = Vec::new();
    for row in page.rows {
        kept.push(imports::open(&ctx, row.id).await.unwrap().has_file);
    }
    assert_eq!(kept, [true, false]);
}

#[tokio::test]
async fn who_was_written_to_or_edited_since_stays_and_is_named() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let import =
        imported(&bed, "Priezvisko;E-mail\nNová;eva@x.example\nKováč;jan@x.example\nTichá;iva@x.example\n", |_| {}).await;
    bed.advance(1_000);
    let message =
        MessageDraft { to: "eva@x.example".into(), subject: "Ahoj".into(), body: "Text".into(), ..MessageDraft::default() };
    engine::messages::send(&ctx, None, message).await.unwrap();
    let (jan, _) = named(&ctx, "kovac").await.remove(0);
    let contact = engine::contacts::open(&ctx, jan).await.unwrap();
    let edited = ContactDraft { note: "Volať ráno".into(), ..contact.fields };
    engine::contacts::save(&ctx, Some((jan, contact.revision)), edited).await.unwrap();
    let undone = imports::undo(&ctx, import.row.id).await.unwrap();
    assert_eq!((undone.removed, undone.kept_in_all), (1, 2));
    assert_eq!(undone.kept.iter().map(|it| it.1.as_str()).collect::<Vec<_>>(), ["Nová", "Kováč"]);
}

#[tokio::test]
async fn a_file_that_is_no_table_is_refused_with_its_place_and_forgotten() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let refused = upload(&ctx, "x.xml", b"<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY x \"y\">]><a><b>&x;</b></a>").await;
    let Err(Error::Refused(Refusal::BadTable { line, fault })) = refused else { panic!("{refused:?}") };
    assert_eq!((line, fault), (2, TableFault::DocumentType));
    assert!(imports::list(&ctx, None).await.unwrap().rows.is_empty());
}

#[tokio::test]
async fn a_file_that_breaks_further_on_keeps_what_came_before() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let rows = "<contact><last-name>N</last-name></contact>\n".repeat(20_000);
    let id = upload_whole(&ctx, "a.xml", &format!("<contacts>\n{rows}</contact>")).await;
    imports::start(&ctx, id, planned(&ctx, id).await).await.unwrap();
    imports::turn(&bed.engine).await.unwrap();
    let import = imports::open(&ctx, id).await.unwrap();
    assert_eq!((import.row.state, import.fault), (ImportState::Failed, Some((20_002, TableFault::Malformed))));
    assert!(0 < import.row.counts.created);
}

#[tokio::test]
async fn files_and_traces_are_swept_out_after_their_time() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let import = imported(&bed, FILE, |_| {}).await;
    let waiting = upload(&ctx, "b.csv", FILE.as_bytes()).await.unwrap();
    bed.advance(days(8));
    janitor::turn(&bed.engine).await.unwrap();
    assert!(imports::open(&ctx, waiting).await.is_err());
    assert!(!imports::open(&ctx, import.row.id).await.unwrap().has_file);
    assert!(!outcomes(&ctx, import.row.id).await.is_empty());
    bed.advance(days(90));
    janitor::turn(&bed.engine).await.unwrap();
    assert!(outcomes(&ctx, import.row.id).await.is_empty());
}

#[tokio::test]
async fn what_a_plan_does_needs_its_own_rights() {
    let bed = TestBed::new().await;
    let ctx = bed.user_with(&[Permission::ContactsImport]).await;
    let id = upload(&ctx, "a.csv", FILE.as_bytes()).await.unwrap();
    let plan = planned(&ctx, id).await;
    let updating = ImportPlan { mode: ImportMode::CreateAndUpdate, ..plan.clone() };
    let listing = ImportPlan { lists: vec![model::RecipientListId(1)], ..plan.clone() };
    for (plan, right) in [(updating, Permission::ContactsEdit), (listing, Permission::ListsManage)] {
        let refused = imports::start(&ctx, id, plan).await;
        assert!(matches!(&refused, Err(Error::Refused(Refusal::NotPermitted(it))) if *it == right), "{refused:?}");
    }
    imports::start(&ctx, id, plan).await.unwrap();
}
