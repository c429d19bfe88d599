//! What leaves in an export comes back by an import as it was.

use engine::Pieces;
use engine::testbed::TestBed;
use engine::{Ctx, consents, contacts, exports, imports};
use model::{
    AddressLine, Channel, Chosen, ConsentDraft, ConsentState, ConsentWay, Contact, ContactDraft, ContactFilter, ContactId,
    ContactKind, ContactQuery, Day, ExportFormat, ExportOrder, Gender, ImportConsents, ImportId, ImportMode, ImportPlan,
    Language, Nature, Obtained, ObtainedWay, ParentLink, Permission, PostalAddress, Purpose, Refusal, Relation, ReportRow,
    RowNote, RowOutcome, RowSkipped,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Words of a line, also with signs that mean something to CSV, XML or spreadsheets.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[A-ZŽČ][a-zéôř]{1,8}( [a-z]{1,6}){0,2}", "[=+@;\",<&'-][a-z]{1,5}"]
}

fn names() -> impl Strategy<Value = [String; 8]> {
    (line(), line(), line(), line(), line(), line(), line(), "[A-Z][a-z]{2,8}").prop_map(<[String; 8]>::from)
}

fn address() -> impl Strategy<Value = PostalAddress> {
    let fields = ("[A-Z][a-z]{2,9} [1-9]", "[A-Z][a-z]{2,9}", "[0-9]{3} [0-9]{2}", "[A-Z][a-z]{2,9}");
    let full = fields.prop_map(|(street, city, postcode, country)| PostalAddress { street, city, postcode, country });
    prop_oneof![Just(PostalAddress::default()), full]
}

fn obtained() -> impl Strategy<Value = Obtained> {
    let way = prop::option::of(prop::sample::select(ObtainedWay::ALL.to_vec()));
    (way, prop::option::of(1_i64..20_000), line()).prop_map(|(way, on, note)| Obtained { way, on: on.map(Day), note })
}

fn draft() -> impl Strategy<Value = ContactDraft> {
    let kind = prop::sample::select(ContactKind::ALL.to_vec());
    let gender = prop::sample::select(Gender::ALL.to_vec());
    let language = prop::sample::select(vec![None, Some(Language::Sk), Some(Language::Cs), Some(Language::En)]);
    let nature = prop::sample::select(vec![Nature::Person, Nature::Company]);
    let facts = (kind, gender, language, nature, any::<bool>(), any::<bool>());
    let purposes = prop::collection::vec(prop::sample::select(Purpose::ALL.to_vec()), 0..3);
    (names(), facts, address(), address(), obtained(), purposes, "([a-z]{1,9}\n?){0,3}").prop_map(
        |(names, (kind, gender, language, nature, no_bulk, _), billing, delivery, obtained, purposes, note)| {
            let [first_name, title_before, title_after, position, salutation, first_vocative, last_vocative, last_name] = names;
            ContactDraft {
                nature,
                kind,
                gender,
                language,
                no_bulk,
                billing,
                delivery,
                obtained,
                company_name: if nature == Nature::Company { last_name.clone() } else { String::new() },
                phones: purposes
                    .into_iter()
                    .enumerate()
                    .map(|(n, purpose)| AddressLine { text: format!("+42190362223{n}"), purpose })
                    .collect(),
                first_name,
                title_before,
                title_after,
                position,
                salutation,
                first_vocative,
                last_vocative,
                last_name,
                tags: vec!["VIP".into(), "jeseň 2026".into()],
                note: note.trim().to_owned(),
                ..ContactDraft::default()
            }
        },
    )
}

async fn all(ctx: &Ctx) -> Vec<ContactDraft> {
    let (mut found, mut query) = (Vec::new(), ContactQuery::default());
    loop {
        let page = contacts::list(ctx, query.clone()).await.unwrap();
        for it in page.rows {
            found.push(contacts::open(ctx, it.row.id).await.unwrap().fields);
        }
        query.after = page.next;
        if query.after.is_none() {
            found.sort_by(|a, b| a.emails[0].text.cmp(&b.emails[0].text));
            return found;
        }
    }
}

async fn exported(ctx: &Ctx, format: ExportFormat) -> Vec<u8> {
    let chosen = Chosen::Matching { filter: ContactFilter::default(), except: Vec::new() };
    let mut export = exports::contacts(ctx, ExportOrder { chosen, format, headings: Vec::new() }).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = export.next().await.unwrap() {
        bytes.extend(piece);
    }
    bytes
}

/// A folder into which the file was imported as it was understood.
async fn imported(format: ExportFormat, file: &[u8]) -> TestBed {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let id = imports::begin(&ctx, &format!("contacts.{}", format.ending())).await.unwrap();
    imports::put(&ctx, id, file).await.unwrap();
    imports::arrived(&ctx, id).await.unwrap();
    let look = imports::look(&ctx, id, None).await.unwrap();
    let plan = ImportPlan { reading: look.reading, columns: look.suggested, ..ImportPlan::default() };
    imports::start(&ctx, id, plan).await.unwrap();
    imports::turn(&bed.engine).await.unwrap();
    let counts = imports::open(&ctx, id).await.unwrap().row.counts;
    assert_eq!((counts.created, counts.bad, counts.skipped), (counts.rows, 0, 0), "{format:?}");
    bed
}

/// What the form of the numbers and the order of the purposes do not change.
fn settled(mut draft: ContactDraft) -> ContactDraft {
    let place = |it: &AddressLine| Purpose::ALL.iter().position(|purpose| *purpose == it.purpose);
    draft.phones.sort_by_key(place);
    draft
}

#[tokio::test]
async fn contacts_that_leave_in_a_file_come_back_as_they_were() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let mut runner = TestRunner::deterministic();
    for n in 0..40 {
        let mut it = draft().new_tree(&mut runner).unwrap().current();
        it.emails = vec![format!("c{n:02}@x.example").into()];
        it.owner = (n % 3 == 0).then_some(ctx.actor.id);
        contacts::save(&ctx, None, it).await.unwrap();
    }
    let before: Vec<ContactDraft> = all(&ctx).await.into_iter().map(settled).collect();
    assert!(before.iter().any(|it| it.no_bulk) && before.iter().any(|it| it.obtained.on.is_some()));
    for format in [ExportFormat::Xml, ExportFormat::Csv, ExportFormat::Xlsx] {
        let other = imported(format, &exported(&ctx, format).await).await;
        let after: Vec<ContactDraft> = all(&other.admin()).await.into_iter().map(settled).collect();
        for (after, before) in after.iter().zip(&before) {
            assert_eq!(after, before, "{format:?}");
        }
        assert_eq!(after.len(), before.len());
    }
}

async fn planned(ctx: &Ctx, name: &str, file: &str) -> (ImportId, ImportPlan) {
    let id = imports::begin(ctx, name).await.unwrap();
    imports::put(ctx, id, file.as_bytes()).await.unwrap();
    imports::arrived(ctx, id).await.unwrap();
    let look = imports::look(ctx, id, None).await.unwrap();
    (
        id,
        ImportPlan { reading: look.reading, columns: look.suggested, mode: ImportMode::CreateAndUpdate, ..ImportPlan::default() },
    )
}

async fn run(bed: &TestBed, (id, plan): (ImportId, ImportPlan)) -> Vec<ReportRow> {
    let ctx = bed.admin();
    imports::start(&ctx, id, plan).await.unwrap();
    imports::turn(&bed.engine).await.unwrap();
    let (mut all, mut behind) = (Vec::new(), 0);
    while let Some((piece, rows)) = imports::report(&ctx, id, behind).await.unwrap() {
        behind = piece;
        all.extend(rows);
    }
    all
}

async fn found(ctx: &Ctx, words: &str) -> Contact {
    let filter = ContactFilter { words: words.into(), ..ContactFilter::default() };
    let page = contacts::list(ctx, ContactQuery { filter, ..ContactQuery::default() }).await.unwrap();
    contacts::open(ctx, page.rows[0].row.id).await.unwrap()
}

fn consent(channel: Channel, state: ConsentState) -> ConsentDraft {
    ConsentDraft { channel, state, on: Day(20_000), way: ConsentWay::Contract, proof: "zmluva 12".into() }
}

#[tokio::test]
async fn consents_and_companies_leave_in_a_file_and_come_back() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let person = |last: &str, parent| ContactDraft {
        last_name: last.into(),
        emails: vec![format!("{}@x.example", last.to_lowercase()).into()],
        parent,
        ..ContactDraft::default()
    };
    let company = |name: &str, parent| ContactDraft {
        nature: Nature::Company,
        company_name: name.into(),
        registration_number: "36421928".into(),
        emails: vec![format!("{}@x.example", name.to_lowercase()).into()],
        parent,
        ..ContactDraft::default()
    };
    // The person and the branch stand before the company in the file.
    let nova = contacts::save(&ctx, None, person("Nova", None)).await.unwrap();
    let branch = contacts::save(&ctx, None, company("Pobocka", None)).await.unwrap();
    let head = contacts::save(&ctx, None, company("Alfa", None)).await.unwrap();
    let of = |contact, relation| Some(ParentLink { contact, relation });
    contacts::save(&ctx, Some((nova, 1)), person("Nova", of(head, Relation::ContactPerson))).await.unwrap();
    contacts::save(&ctx, Some((branch, 1)), company("Pobocka", of(head, Relation::Branch))).await.unwrap();
    consents::note(&ctx, nova, consent(Channel::Email, ConsentState::Given)).await.unwrap();
    consents::note(&ctx, nova, consent(Channel::Sms, ConsentState::Withdrawn)).await.unwrap();
    for format in [ExportFormat::Xml, ExportFormat::Csv, ExportFormat::Xlsx] {
        let other = imported(format, &exported(&ctx, format).await).await;
        let ctx = other.admin();
        let (nova, head, branch) = (found(&ctx, "nova").await, found(&ctx, "alfa").await, found(&ctx, "pobocka").await);
        assert_eq!(nova.fields.parent, of(head.id, Relation::ContactPerson), "{format:?}");
        assert_eq!(branch.fields.parent, of(head.id, Relation::Branch), "{format:?}");
        let log = consents::log(&ctx, nova.id).await.unwrap();
        let mut said: Vec<ConsentDraft> = log.into_iter().map(|it| it.consent).collect();
        said.sort_by_key(|it| it.channel == Channel::Sms);
        assert_eq!(said, [consent(Channel::Email, ConsentState::Given), consent(Channel::Sms, ConsentState::Withdrawn)]);
        assert_eq!(nova.consents.len(), 2, "{format:?}");
    }
}

#[tokio::test]
async fn a_company_that_is_nowhere_is_a_note_and_nothing_is_lost() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let file = "Meno;Priezvisko;E-mail;Nadradená firma\nEva;Nová;eva@x.example;Alfa s.r.o.\nJán;Malý;jan@x.example;Beta\n";
    let rows = run(&bed, planned(&ctx, "osoby.csv", file).await).await;
    assert_eq!(rows.iter().map(|it| (it.line, it.notes.len())).collect::<Vec<_>>(), [(2, 1), (3, 1)]);
    assert_eq!(rows[1].notes, [RowNote::NoParent("Beta".into())]);
    assert_eq!(found(&ctx, "nova").await.fields.parent, None);
    // The same people once more, with one company behind them.
    let again = format!("{file};;info@x.example;\n")
        .replace("Nadradená firma\n", "Nadradená firma;Firma\n")
        .replace("info@x.example;", "info@x.example;;Alfa");
    let rows = run(&bed, planned(&ctx, "osoby.csv", &again).await).await;
    let eva = found(&ctx, "nova").await;
    assert_eq!(eva.parent_name, "Alfa");
    assert!(rows.iter().any(|it| it.notes == [RowNote::NoParent("Beta".into())]));
}

#[tokio::test]
async fn consents_of_a_file_never_bring_back_who_withdrew_and_go_with_the_import() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let draft = |last: &str| ContactDraft {
        last_name: last.into(),
        emails: vec![format!("{}@x.example", last.to_lowercase()).into()],
        ..ContactDraft::default()
    };
    let eva = contacts::save(&ctx, None, draft("Eva")).await.unwrap();
    let jan = contacts::save(&ctx, None, draft("Jan")).await.unwrap();
    consents::note(&ctx, eva, consent(Channel::Email, ConsentState::Withdrawn)).await.unwrap();
    let file = "Priezvisko;E-mail\nEva;eva@x.example\nJan;jan@x.example\nNova;nova@x.example\n";
    let (id, mut plan) = planned(&ctx, "suhlasy.csv", file).await;
    plan.consents.channels = vec![Channel::Email];
    assert!(matches!(imports::start(&ctx, id, plan.clone()).await, Err(engine::Error::Refused(Refusal::Invalid(_)))));
    plan.consents = ImportConsents { on: Some(Day(20_000)), proof: "papier".into(), ..plan.consents };
    let reader = bed.user_with(&[Permission::ContactsImport]).await;
    assert!(imports::start(&reader, id, ImportPlan { mode: ImportMode::CreateOnly, ..plan.clone() }).await.is_err());
    let rows = run(&bed, (id, plan)).await;
    assert!(rows.iter().any(|it| it.notes == [RowNote::StaysWithdrawn(Channel::Email)]));
    let state = async |id| contacts::open(&ctx, id).await.unwrap().consents.first().map(|it| it.state);
    assert_eq!(state(eva).await, Some(ConsentState::Withdrawn));
    assert_eq!(state(jan).await, Some(ConsentState::Given));
    let nova = found(&ctx, "nova").await;
    assert_eq!(nova.consents[0].state, ConsentState::Given);
    let given = ContactFilter { consent_email: Some(ConsentState::Given), ..ContactFilter::default() };
    assert_eq!(contacts::count_exactly(&ctx, given).await.unwrap().n, 2);
    let undone = imports::undo(&ctx, id).await.unwrap();
    assert_eq!((undone.removed, undone.restored), (1, 1));
    assert_eq!(state(jan).await, None);
    assert!(consents::log(&ctx, jan).await.unwrap().is_empty());
    assert_eq!(consents::log(&ctx, eva).await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_was_to_get_no_bulk_messages_gets_none_after_an_update_either() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let draft = ContactDraft { last_name: "Nová".into(), emails: vec!["eva@x.example".into()], ..ContactDraft::default() };
    let eva: ContactId = contacts::save(&ctx, None, ContactDraft { no_bulk: true, ..draft.clone() }).await.unwrap();
    let jan = contacts::save(&ctx, None, ContactDraft { emails: vec!["jan@x.example".into()], ..draft }).await.unwrap();
    let file = "E-mail;No bulk messages;Kto sa stará\neva@x.example;nie;nikto@x.example\njan@x.example;áno;ADMIN@example.sk\n";
    let rows = run(&bed, planned(&ctx, "klienti.csv", file).await).await;
    assert_eq!(rows[0].notes, [RowNote::NoOwner("nikto@x.example".into())]);
    assert!(contacts::open(&ctx, eva).await.unwrap().fields.no_bulk);
    let jan = contacts::open(&ctx, jan).await.unwrap().fields;
    assert_eq!((jan.no_bulk, jan.owner), (true, Some(ctx.actor.id)));
}

#[tokio::test]
async fn who_wants_peace_gets_it_where_contacts_are_to_stay_as_they_are() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let draft = ContactDraft { last_name: "Nová".into(), emails: vec!["eva@x.example".into()], ..ContactDraft::default() };
    let eva: ContactId = contacts::save(&ctx, None, draft.clone()).await.unwrap();
    let jan = contacts::save(&ctx, None, ContactDraft { emails: vec!["jan@x.example".into()], ..draft }).await.unwrap();
    let file = "E-mail;Priezvisko;No bulk messages\neva@x.example;Stará;áno\njan@x.example;Stará;nie\n";
    let plan = planned(&ctx, "klienti.csv", file).await;
    let rows = run(&bed, (plan.0, ImportPlan { mode: ImportMode::CreateOnly, ..plan.1 })).await;
    assert!(rows.iter().any(|it| it.outcome == RowOutcome::Skipped(RowSkipped::Exists(jan))));
    let eva = contacts::open(&ctx, eva).await.unwrap().fields;
    assert_eq!((eva.no_bulk, eva.last_name.as_str()), (true, "Nová"));
}

#[tokio::test]
async fn two_rows_about_one_contact_do_not_stand_in_each_others_way() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let emails = vec!["eva@x.example".into(), "eva@domov.example".into()];
    let draft = ContactDraft { last_name: "Nová".into(), emails, ..ContactDraft::default() };
    let eva: ContactId = contacts::save(&ctx, None, draft).await.unwrap();
    let file = "E-mail;Mesto\neva@x.example;Nitra\neva@domov.example;Martin\n";
    let rows = run(&bed, planned(&ctx, "klienti.csv", file).await).await;
    assert!(rows.iter().any(|it| it.outcome == RowOutcome::Skipped(RowSkipped::Twice)));
    assert_eq!(contacts::open(&ctx, eva).await.unwrap().fields.billing.city, "Nitra");
}
