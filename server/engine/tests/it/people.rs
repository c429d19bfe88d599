//! People at full size: kin, own fields, consents, passwords, handing out and erasing.

use engine::Pieces;
use engine::testbed::TestBed;
use engine::{Ctx, comments, consents, contacts, fields, history, indexer, messages, persons, retention, things, worker};
use model::message::UNDO_MS;
use model::person::ERASED_ADDRESS;
use model::{
    AuditQuery, Channel, CommentOn, ConsentDraft, ConsentState, ConsentWay, ContactDraft, ContactFilter, ContactId, Day, Deed,
    DeliveryState, Fault, FieldCondition, FieldDraft, FieldKind, FieldTest, FieldValue, MessageDraft, MessageFilter, MessageId,
    MessageQuery, MessageState, Nature, Noun, OwnValue, ParentLink, Permission, Refusal, Relation, SmsAccountDraft, SmsGateway,
    Subject,
};

use crate::refused;

fn person(last: &str, email: &str) -> ContactDraft {
    ContactDraft { first_name: "Eva".into(), last_name: last.into(), emails: vec![email.into()], ..ContactDraft::default() }
}

fn company(name: &str) -> ContactDraft {
    ContactDraft { nature: Nature::Company, company_name: name.into(), ..ContactDraft::default() }
}

async fn send(bed: &TestBed, ctx: &Ctx, to: &str, subject: &str) -> MessageId {
    let draft = MessageDraft { to: to.into(), subject: subject.into(), body: "Tajný text.".into(), ..MessageDraft::default() };
    let id = messages::send(ctx, None, draft).await.unwrap().id;
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    id
}

async fn deeds(ctx: &Ctx, contact: ContactId) -> Vec<Deed> {
    let query = AuditQuery { subject: Some(Subject::Contact(contact)), ..AuditQuery::default() };
    engine::audit::list(ctx, query).await.unwrap().rows.into_iter().map(|it| it.deed).collect()
}

#[tokio::test]
async fn a_company_has_branches_and_people_without_circles() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let firm = contacts::save(&ctx, None, company("Drevo s. r. o.")).await.unwrap();
    let under = |contact, relation| Some(ParentLink { contact, relation });
    let branch = ContactDraft { parent: under(firm, Relation::Branch), ..company("Drevo Žilina") };
    let branch = contacts::save(&ctx, None, branch).await.unwrap();
    let eva = ContactDraft { parent: under(branch, Relation::ContactPerson), ..person("Nová", "eva@drevo.sk") };
    let eva = contacts::save(&ctx, None, eva).await.unwrap();
    let kin = contacts::kin(&ctx, branch).await.unwrap();
    assert_eq!((kin.parent.unwrap().id, kin.people[0].id, kin.count), (firm, eva, 1));
    assert_eq!(contacts::open(&ctx, eva).await.unwrap().fields.company_name, "Drevo Žilina");

    let circle = ContactDraft { parent: under(branch, Relation::Branch), ..company("Drevo s. r. o.") };
    let revision = contacts::open(&ctx, firm).await.unwrap().revision;
    assert_eq!(refused(contacts::save(&ctx, Some((firm, revision)), circle).await), Refusal::field("parent", Fault::Cycle));
    let of_person = ContactDraft { parent: under(eva, Relation::ContactPerson), ..person("Malá", "mala@drevo.sk") };
    assert_eq!(refused(contacts::save(&ctx, None, of_person).await), Refusal::field("parent", Fault::NoCompany));
    let gone = ContactDraft { parent: under(ContactId(999), Relation::ContactPerson), ..person("Malá", "mala@drevo.sk") };
    assert_eq!(refused(contacts::save(&ctx, None, gone).await), Refusal::field("parent", Fault::Gone));

    contacts::delete(&ctx, branch).await.unwrap();
    assert_eq!(contacts::open(&ctx, eva).await.unwrap().fields.parent, None);
}

#[tokio::test]
async fn own_fields_and_tags_filter_and_are_found_by_their_words() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let choices = vec![(None, "Základný".to_owned()), (None, "Veľkoobchod".to_owned())];
    let draft = FieldDraft { name: "Cenník".into(), kind: FieldKind::Choice, choices, ..FieldDraft::default() };
    let price = fields::save(&ctx, None, draft).await.unwrap();
    let definition = fields::list(&ctx).await.unwrap().remove(0);
    let value = definition.parse("velkoobchod").unwrap().unwrap();
    let mut draft = person("Nová", "eva@example.sk");
    draft.values = vec![OwnValue { field: price, value: value.clone() }];
    draft.tags = vec!["Stolári".into()];
    let eva = contacts::save(&ctx, None, draft).await.unwrap();
    contacts::save(&ctx, None, person("Malá", "mala@example.sk")).await.unwrap();

    let by_field = |test| ContactFilter { fields: vec![FieldCondition { field: price, test }], ..ContactFilter::default() };
    assert_eq!(contacts::count(&ctx, by_field(FieldTest::Is(value))).await.unwrap().n, 1);
    assert_eq!(contacts::count(&ctx, by_field(FieldTest::Empty)).await.unwrap().n, 1);
    let tag = contacts::tags(&ctx, "stol".into()).await.unwrap().remove(0);
    assert_eq!((tag.name.as_str(), tag.contacts), ("Stolári", 1));
    let by_tag = ContactFilter { tag: Some(tag.id), ..ContactFilter::default() };
    assert_eq!(contacts::count(&ctx, by_tag).await.unwrap().n, 1);
    let found = |words: &str| ContactFilter { words: words.into(), ..ContactFilter::default() };
    assert_eq!(contacts::count(&ctx, found("stolar")).await.unwrap().n, 1);
    assert_eq!(contacts::count(&ctx, found("velkoobch")).await.unwrap().n, 1);

    fields::delete(&ctx, price).await.unwrap();
    while 0 < things::turn(&bed.engine).await.unwrap() {}
    assert!(contacts::open(&ctx, eva).await.unwrap().fields.values.is_empty());
    assert_eq!(contacts::count(&ctx, found("velkoobch")).await.unwrap().n, 0);
}

#[tokio::test]
async fn a_wrong_value_of_an_own_field_is_named_and_nothing_is_saved() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let draft = FieldDraft { name: "Revízia".into(), kind: FieldKind::Date, ..FieldDraft::default() };
    let id = fields::save(&ctx, None, draft.clone()).await.unwrap();
    assert_eq!(refused(fields::save(&ctx, None, draft).await), Refusal::field("name", Fault::Taken));
    let values = vec![OwnValue { field: id, value: FieldValue::Text("zajtra".into()) }];
    let wrong = ContactDraft { values, ..person("Nová", "eva@example.sk") };
    assert_eq!(refused(contacts::save(&ctx, None, wrong).await), Refusal::field(format!("values.{id}"), Fault::Gone));
    assert_eq!(contacts::count(&ctx, ContactFilter::default()).await.unwrap().n, 0);
}

#[tokio::test]
async fn a_consent_counts_from_its_newest_note_and_the_log_keeps_all() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let eva = contacts::save(&ctx, None, person("Nová", "eva@example.sk")).await.unwrap();
    let note = |state, proof: &str| ConsentDraft {
        channel: Channel::Email,
        state,
        on: Day(20_000),
        way: ConsentWay::Paper,
        proof: proof.into(),
    };
    let bare = note(ConsentState::Given, "");
    assert_eq!(refused(consents::note(&ctx, eva, bare).await), Refusal::field("proof", Fault::Missing));
    consents::note(&ctx, eva, note(ConsentState::Given, "zmluva 12")).await.unwrap();
    consents::note(&ctx, eva, note(ConsentState::Withdrawn, "")).await.unwrap();
    let contact = contacts::open(&ctx, eva).await.unwrap();
    assert_eq!(contact.consents.iter().map(|it| it.state).collect::<Vec<_>>(), [ConsentState::Withdrawn]);
    let log = consents::log(&ctx, eva).await.unwrap();
    assert_eq!(log.iter().map(|it| it.consent.proof.as_str()).collect::<Vec<_>>(), ["", "zmluva 12"]);
    assert_eq!(deeds(&ctx, eva).await[0], Deed::ConsentNoted(eva, Channel::Email, ConsentState::Withdrawn));
}

#[tokio::test]
async fn a_password_is_shown_only_with_the_right_and_leaves_an_entry() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let eva = contacts::save(&ctx, None, person("Nová", "eva@example.sk")).await.unwrap();
    assert_eq!(refused(contacts::show_password(&ctx, eva).await), Refusal::NotFound(Noun::Contact));
    contacts::set_password(&ctx, eva, Some("tajný kôň".into())).await.unwrap();
    let clerk = bed.user_with(&[Permission::ContactsView, Permission::ContactsEdit]).await;
    assert_eq!(refused(contacts::show_password(&clerk, eva).await), Refusal::NotPermitted(Permission::PasswordsShow));
    assert_eq!(contacts::show_password(&ctx, eva).await.unwrap(), "tajný kôň");
    assert_eq!(deeds(&ctx, eva).await[..2], [Deed::ContactPasswordShown(eva), Deed::ContactPasswordSet(eva)]);
    assert!(contacts::open(&ctx, eva).await.unwrap().has_password);
    contacts::set_password(&ctx, eva, None).await.unwrap();
    assert!(!contacts::open(&ctx, eva).await.unwrap().has_password);
}

#[tokio::test]
async fn a_change_is_told_field_by_field() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let eva = contacts::save(&ctx, None, person("Nová", "eva@example.sk")).await.unwrap();
    let before = contacts::open(&ctx, eva).await.unwrap();
    let after = ContactDraft { last_name: "Stará".into(), ..before.fields };
    contacts::save(&ctx, Some((eva, before.revision)), after).await.unwrap();
    let told = contacts::alterations(&ctx, eva).await.unwrap();
    let change = &told[0].1[0];
    assert_eq!((change.field.as_str(), change.before.as_str(), change.after.as_str()), ("last_name", "Nová", "Stará"));
}

#[tokio::test]
async fn an_erased_person_leaves_counts_and_chain_but_nothing_to_read() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let eva = contacts::save(&ctx, None, person("Nová", "eva@example.sk")).await.unwrap();
    contacts::save(&ctx, None, person("Malá", "mala@example.sk")).await.unwrap();
    let alone = send(&bed, &ctx, "eva@example.sk", "Len pre Evu").await;
    let shared = send(&bed, &ctx, "mala@example.sk; eva@example.sk", "Pre obe").await;
    while 0 < indexer::turn(&bed.engine).await.unwrap() {}
    let words = |text: &str| MessageFilter { words: text.into(), ..MessageFilter::default() };
    assert_eq!(history::count(&ctx, words("pre evu")).await.unwrap(), 1);
    assert_eq!(persons::holdings(&ctx, eva).await.unwrap().messages, 1);

    persons::erase(&ctx, eva).await.unwrap();
    while 0 < indexer::turn(&bed.engine).await.unwrap() {}
    assert_eq!(refused(contacts::open(&ctx, eva).await), Refusal::NotFound(Noun::Contact));
    let message = history::open(&ctx, alone).await.unwrap();
    assert!(message.erased_at.is_some() && message.subject.is_empty() && message.text.is_empty());
    assert_eq!(message.recipients[0].address.as_str(), ERASED_ADDRESS);
    assert_eq!(message.deliveries[0].state, DeliveryState::Accepted);
    assert_eq!(history::open(&ctx, shared).await.unwrap().subject, "Pre obe");
    assert_eq!(history::count(&ctx, MessageFilter::default()).await.unwrap(), 2);
    assert_eq!(history::count(&ctx, words("evu")).await.unwrap(), 0);
    assert_eq!(history::count(&ctx, words("eva@example.sk")).await.unwrap(), 0);
    assert_eq!(refused(messages::resend(&ctx, vec![alone]).await), Refusal::IllegalStep(Noun::Message));
    let rows = history::list(&ctx, MessageQuery::default()).await.unwrap().rows;
    assert_eq!(rows.iter().filter(|it| it.is_erased).count(), 1);
    assert!(deeds(&ctx, eva).await.contains(&Deed::PersonErased(eva, 1)));
    assert_eq!(bed.engine.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_person_is_not_erased_while_a_message_to_them_is_kept_as_proof() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let eva = contacts::save(&ctx, None, person("Nová", "eva@example.sk")).await.unwrap();
    for to in ["eva@example.sk", "mala@example.sk; eva@example.sk"] {
        let proof = send(&bed, &ctx, to, "Výplatná páska").await;
        retention::keep_as_proof(&ctx, vec![proof], true).await.unwrap();
        assert_eq!(refused(persons::erase(&ctx, eva).await), Refusal::KeptAsProof);
        assert_eq!(history::open(&ctx, proof).await.unwrap().subject, "Výplatná páska");
        retention::keep_as_proof(&ctx, vec![proof], false).await.unwrap();
    }
    persons::erase(&ctx, eva).await.unwrap();
}

#[tokio::test]
async fn contacts_are_found_by_the_new_name_of_a_choice_also_after_a_crash() {
    let mut bed = TestBed::new().await;
    let ctx = bed.admin();
    let choices = vec![(None, "Základný".to_owned())];
    let draft = FieldDraft { name: "Cenník".into(), kind: FieldKind::Choice, choices, ..FieldDraft::default() };
    let price = fields::save(&ctx, None, draft.clone()).await.unwrap();
    let definition = fields::list(&ctx).await.unwrap().remove(0);
    let value = definition.parse("Základný").unwrap().unwrap();
    let values = vec![OwnValue { field: price, value }];
    contacts::save(&ctx, None, ContactDraft { values, ..person("Nová", "eva@example.sk") }).await.unwrap();
    let choices = vec![(Some(definition.choices[0].id), "Veľkoobchod".to_owned())];
    fields::save(&ctx, Some(price), FieldDraft { choices, ..draft }).await.unwrap();
    bed.crash().await;
    while 0 < things::turn(&bed.engine).await.unwrap() {}
    let found = async |words: &str| {
        let filter = ContactFilter { words: words.into(), ..ContactFilter::default() };
        contacts::count(&bed.admin(), filter).await.unwrap().n
    };
    assert_eq!((found("zakladny").await, found("velkoobch").await), (0, 1));
}

#[tokio::test]
async fn what_waits_for_an_erased_person_is_never_sent() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let eva = contacts::save(&ctx, None, person("Nová", "eva@example.sk")).await.unwrap();
    let draft = MessageDraft { to: "eva@example.sk".into(), subject: "S".into(), body: "T".into(), ..MessageDraft::default() };
    let waiting = messages::send(&ctx, None, draft.clone()).await.unwrap().id;
    let prepared = messages::prepare(&ctx, None, draft.clone()).await.unwrap();
    messages::save_draft(&ctx, None, MessageDraft { contact: Some(eva), ..draft }).await.unwrap();
    persons::erase(&ctx, eva).await.unwrap();
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    for id in [waiting, prepared] {
        assert_eq!(history::open(&ctx, id).await.unwrap().state, MessageState::Cancelled);
    }
    let drafts = MessageFilter { states: vec![MessageState::Draft], ..MessageFilter::default() };
    assert_eq!(history::count(&ctx, drafts).await.unwrap(), 0);
}

#[tokio::test]
async fn everything_about_a_person_leaves_in_one_file_with_an_entry() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let draft = ContactDraft { phones: vec!["0903 622 237".into()], ..person("Nová", "eva@example.sk") };
    let eva = contacts::save(&ctx, None, draft).await.unwrap();
    let message = send(&bed, &ctx, "eva@example.sk", "Ponuka").await;
    let gateway = SmsAccountDraft { name: "SMS".into(), ..SmsAccountDraft::new(SmsGateway::Capture) };
    crate::texting::account(&bed, gateway).await;
    let text = crate::texting::send(&bed, "0903 622 237", "Balík príde zajtra.").await;
    comments::write(&ctx, CommentOn::Contact(eva), "Volá popoludní").await.unwrap();
    comments::write(&ctx, CommentOn::Message(message), "Cena dohodnutá").await.unwrap();
    let mut export = persons::export(&ctx, eva).await.unwrap();
    let mut file = Vec::new();
    while let Some(piece) = export.next().await.unwrap() {
        file.extend(piece);
    }
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut read = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
    for told in ["eva@example.sk", "Volá popoludní", "Cena dohodnutá"] {
        assert!(read("data.json").contains(told), "{told}");
    }
    assert!(read(&format!("messages/{message}.eml")).contains("Message-ID:"));
    assert!(read(&format!("messages/{text}.txt")).contains("Balik pride zajtra."));
    assert_eq!(deeds(&ctx, eva).await[0], Deed::PersonExported(eva));
    let clerk = bed.user_with(&[Permission::ContactsView, Permission::Export]).await;
    assert_eq!(refused(persons::export(&clerk, eva).await), Refusal::NotPermitted(Permission::MessagesViewAll));
}
