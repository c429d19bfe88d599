//! Templates: written, used, versioned, restored, tried out.

use engine::testbed::TestBed;
use engine::{Ctx, attachments, audit, campaigns, contacts, history, messages, overview, templates, worker};
use model::template::PaymentFault;
use model::time::seconds;
use model::{
    AuditQuery, CampaignContent, CampaignDraft, CampaignState, Channel, ContactDraft, ContactId, Deed, Fault, Gender, Language,
    MessageDraft, MessageState, Moment, Noun, Origin, Permission, PlainText, RecordKey, Refusal, Subject, TemplateAttachment,
    TemplateBody, TemplateDraft, TemplateFilter, TemplateId, TemplateQuery, TemplateText, TemplateUse, TestOrder, VersionHow,
};

use crate::refused;

fn text(language: Language, subject: &str, html: &str) -> TemplateText {
    TemplateText {
        subject: subject.into(),
        body: TemplateBody::Html(html.into()),
        ..TemplateText::empty(language, Channel::Email)
    }
}

fn offer() -> TemplateDraft {
    TemplateDraft {
        name: "Ponuka dreva".into(),
        is_active: true,
        texts: vec![
            text(Language::Sk, "Ponuka pre {{ contact.name }}", "<p>{{ contact.salutation }},<br>posielame ponuku.</p>"),
            text(Language::Cs, "Nabídka pro {{ contact.name }}", "<p>{{ contact.salutation }},<br>posíláme nabídku.</p>"),
        ],
        ..TemplateDraft::default()
    }
}

async fn made(ctx: &Ctx, draft: TemplateDraft) -> (TemplateId, i64) {
    templates::save(ctx, None, draft).await.unwrap()
}

async fn person(ctx: &Ctx, first: &str, last: &str, language: Option<Language>) -> ContactId {
    let draft = ContactDraft {
        first_name: first.into(),
        last_name: last.into(),
        gender: Gender::Man,
        language,
        emails: vec![format!("{}@example.cz", model::fold::fold(last)).as_str().into()],
        ..ContactDraft::default()
    };
    contacts::save(ctx, None, draft).await.unwrap()
}

#[tokio::test]
async fn a_fresh_folder_has_the_delivered_set_in_the_company_s_language() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let filter = TemplateFilter { delivered: Some(true), ..TemplateFilter::default() };
    let page = templates::list(&admin, TemplateQuery { filter, ..TemplateQuery::default() }).await.unwrap();
    assert_eq!(page.rows.len(), 23);
    let names: Vec<_> = page.rows.iter().map(|it| it.name.as_str()).collect();
    assert!(names.contains(&"Faktúra vystavená") && names.is_sorted_by_key(|it| model::collate::key(it)), "{names:?}");
    assert!(page.rows.iter().all(|it| it.languages == Language::ALL && it.is_active && it.changed_by.is_empty()));
    let one = page.rows[0].id;
    assert_eq!(refused(templates::delete(&admin, vec![one]).await), Refusal::BuiltIn(Noun::Template));
}

#[tokio::test]
async fn a_template_speaks_the_contact_s_language_and_falls_back_to_the_company_s() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let (id, _) = made(&admin, offer()).await;
    let czech = person(&admin, "Jan", "Novák", Some(Language::Cs)).await;
    let english = person(&admin, "John", "Smith", Some(Language::En)).await;
    let applied = templates::apply(&admin, id, Some(czech), "").await.unwrap();
    assert_eq!((applied.language, applied.subject.as_str()), (Language::Cs, "Nabídka pro Jan Novák"));
    assert_eq!(applied.text, "Vážený pane Nováku,\nposíláme nabídku.");
    assert_eq!(applied.unresolved, []);
    let first = "Jan <NOVAK@example.cz>, x@example.sk";
    assert_eq!(templates::apply(&admin, id, None, first).await.unwrap().subject, "Nabídka pro Jan Novák");
    let applied = templates::apply(&admin, id, Some(english), "").await.unwrap();
    assert_eq!((applied.language, applied.text.as_str()), (Language::Sk, "Vážený pán Smith,\nposielame ponuku."));
}

#[tokio::test]
async fn without_a_contact_its_fields_are_listed_and_marked() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let (id, _) = made(&admin, offer()).await;
    let applied = templates::apply(&admin, id, None, "").await.unwrap();
    let missing: Vec<_> = applied.unresolved.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(missing, ["contact.name", "contact.salutation"]);
    assert_eq!(applied.subject, "Ponuka pre ⟦contact.name⟧");
    let draft = MessageDraft {
        to: "eva@example.sk".into(),
        subject: applied.subject,
        body: applied.text.into(),
        template: Some(applied.template),
        ..MessageDraft::default()
    };
    let Refusal::Invalid(faults) = refused(messages::send(&admin, None, draft).await) else { panic!() };
    let told: Vec<_> = faults.into_iter().map(|it| (it.field, it.fault)).collect();
    let unfilled = |field: &str, path: &str| (field.to_owned(), Fault::Unfilled(path.into()));
    assert_eq!(told, [unfilled("subject", "contact.name"), unfilled("body", "contact.salutation")]);
}

#[tokio::test]
async fn a_message_remembers_the_version_it_was_made_from() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let key = made(&admin, offer()).await;
    let contact = person(&admin, "Jan", "Novák", None).await;
    let applied = templates::apply(&admin, key.0, Some(contact), "").await.unwrap();
    let draft = MessageDraft {
        to: "jan@example.sk".into(),
        subject: applied.subject,
        body: applied.text.into(),
        template: Some(applied.template),
        ..MessageDraft::default()
    };
    let sent = messages::send(&admin, None, draft).await.unwrap();
    let changed = TemplateDraft { name: "Iná".into(), ..offer() };
    templates::save(&admin, Some(key), changed).await.unwrap();
    let message = history::open(&admin, sent.id).await.unwrap();
    assert_eq!(message.template, Some((applied.template, "Iná".into())));
    assert_eq!(applied.template.version, 1);
    let versions = templates::versions(&admin, key.0).await.unwrap();
    assert_eq!(versions.iter().map(|it| (it.version, it.messages)).collect::<Vec<_>>(), [(2, 0), (1, 1)]);
    assert_eq!(templates::version(&admin, key.0, 1).await.unwrap().name, "Ponuka dreva");
}

#[tokio::test]
async fn what_messages_being_written_use_is_not_deleted() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let (id, _) = made(&admin, offer()).await;
    let applied = templates::apply(&admin, id, None, "").await.unwrap();
    let draft = MessageDraft { subject: "x".into(), template: Some(applied.template), ..MessageDraft::default() };
    let kept = messages::save_draft(&admin, None, draft).await.unwrap();
    assert_eq!(refused(templates::delete(&admin, vec![id]).await), Refusal::InUse(Noun::Template));
    let uses = templates::open(&admin, id).await.unwrap().uses;
    let author = admin.actor.name.clone();
    assert_eq!(uses, [TemplateUse::Message { id: kept.id, state: MessageState::Draft, author }]);
    messages::delete_draft(&admin, kept.id).await.unwrap();
    templates::delete(&admin, vec![id]).await.unwrap();
    assert_eq!(refused(templates::open(&admin, id).await), Refusal::NotFound(Noun::Template));
    made(&admin, offer()).await;
}

#[tokio::test]
async fn what_an_unreleased_campaign_is_made_from_is_not_deleted() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let (id, _) = made(&admin, offer()).await;
    let draft = CampaignDraft { name: "Jar".into(), content: CampaignContent::Template(id), ..CampaignDraft::default() };
    let key = campaigns::save(&admin, None, draft.clone()).await.unwrap();
    assert_eq!(refused(templates::delete(&admin, vec![id]).await), Refusal::InUse(Noun::Template));
    let author = admin.actor.name.clone();
    let used = TemplateUse::Campaign { id: key.0, name: "Jar".into(), state: CampaignState::Draft, author };
    assert_eq!(templates::open(&admin, id).await.unwrap().uses, [used]);
    let own = CampaignDraft { content: CampaignContent::default(), ..draft };
    campaigns::save(&admin, Some(key), own).await.unwrap();
    templates::delete(&admin, vec![id]).await.unwrap();
}

#[tokio::test]
async fn nobody_saves_over_a_colleague() {
    let bed = TestBed::new().await;
    let (admin, other) = (bed.admin(), bed.user_with(&[Permission::TemplatesManage]).await);
    let key = made(&admin, offer()).await;
    assert_eq!(templates::hold(&admin, key.0).await.unwrap(), []);
    let there: Vec<_> = templates::hold(&other, key.0).await.unwrap().into_iter().map(|it| it.user).collect();
    assert_eq!(there, [admin.actor.id]);
    templates::save(&other, Some(key), TemplateDraft { hint: "Na jar.".into(), ..offer() }).await.unwrap();
    let mine = TemplateDraft { hint: "Na jeseň.".into(), ..offer() };
    assert_eq!(refused(templates::save(&admin, Some(key), mine).await), Refusal::Stale(Noun::Template));
    bed.advance(seconds(61));
    assert_eq!(templates::hold(&other, key.0).await.unwrap(), []);
}

#[tokio::test]
async fn a_save_that_changes_nothing_makes_no_version() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let key = made(&admin, offer()).await;
    assert_eq!(templates::save(&admin, Some(key), offer()).await.unwrap(), key);
    assert_eq!(templates::versions(&admin, key.0).await.unwrap().len(), 1);
}

#[tokio::test]
async fn wrong_merge_code_is_refused_with_its_place_and_a_suggestion() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let mut wrong = offer();
    wrong.texts[1].body = TemplateBody::Html("<p>\n{{ contact.nam }}</p>".into());
    let Refusal::Invalid(faults) = refused(templates::save(&admin, None, wrong.clone()).await) else { panic!() };
    let fault = Fault::MergeCode { line: 2, column: 4, suggestion: Some("contact.name".into()) };
    assert_eq!((faults[0].field.as_str(), &faults[0].fault), ("texts.cs.body", &fault));
    let found = templates::check(&admin, wrong).await.unwrap();
    assert_eq!((found.len(), found[0].language), (1, Language::Cs));
    let unknown = TemplateDraft { record: Some(model::RecordKey("spaceship".into())), ..offer() };
    assert_eq!(refused(templates::save(&admin, None, unknown).await), Refusal::field("record", Fault::Gone));
}

#[tokio::test]
async fn rows_of_a_record_are_refused_in_a_text_message() {
    let bed = TestBed::new().await;
    let body = "{% for item in order.items %}{{ item.name }}{% endfor %}";
    let draft = TemplateDraft {
        channel: Channel::Sms,
        record: Some(model::RecordKey("order".into())),
        name: "SMS".into(),
        texts: vec![TemplateText { body: TemplateBody::Sms(body.into()), ..TemplateText::empty(Language::Sk, Channel::Sms) }],
        ..TemplateDraft::default()
    };
    let Refusal::Invalid(faults) = refused(templates::save(&bed.admin(), None, draft).await) else { panic!() };
    assert!(faults.iter().all(|it| it.field == "texts.sk.body" && matches!(it.fault, Fault::MergeCode { .. })), "{faults:?}");
}

#[tokio::test]
async fn earlier_versions_and_delivered_texts_come_back_as_new_versions() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let filter = TemplateFilter { words: "faktura vystav".into(), ..TemplateFilter::default() };
    let page = templates::list(&admin, TemplateQuery { filter, ..TemplateQuery::default() }).await.unwrap();
    let [row] = &page.rows[..] else { panic!("{:?}", page.rows) };
    let id = row.id;
    let original = templates::open(&admin, id).await.unwrap();
    assert!(original.delivered.as_ref().is_some_and(|it| it.is_untouched));
    let mut draft = original.draft.clone();
    draft.name = "Naša faktúra".into();
    draft.texts = vec![text(Language::Sk, "Faktúra", "<p>Posielame.</p>")];
    let key = templates::save(&admin, Some((id, original.revision)), draft.clone()).await.unwrap();
    assert!(templates::open(&admin, id).await.unwrap().delivered.is_some_and(|it| !it.is_untouched));
    let touched = async || {
        let filter = TemplateFilter { is_touched: true, ..TemplateFilter::default() };
        templates::list(&admin, TemplateQuery { filter, ..TemplateQuery::default() }).await.unwrap().rows
    };
    assert_eq!(touched().await.iter().map(|it| (it.id, it.revision)).collect::<Vec<_>>(), [key]);
    templates::reset(&admin, vec![key]).await.unwrap();
    let reset = templates::open(&admin, id).await.unwrap();
    assert_eq!((&reset.draft.texts, reset.draft.name.as_str()), (&original.draft.texts, "Naša faktúra"));
    assert!(reset.delivered.is_some_and(|it| it.is_untouched));
    assert!(touched().await.is_empty());
    templates::restore(&admin, (id, reset.revision), 2).await.unwrap();
    assert_eq!(templates::open(&admin, id).await.unwrap().draft.texts, draft.texts);
    let how: Vec<_> = templates::versions(&admin, id).await.unwrap().into_iter().map(|it| it.how).collect();
    assert_eq!(how, [VersionHow::Restored(2), VersionHow::Reset, VersionHow::Saved, VersionHow::Delivered]);
    let query = AuditQuery { subject: Some(Subject::Template(id)), ..AuditQuery::default() };
    let deeds: Vec<_> = audit::list(&admin, query).await.unwrap().rows.into_iter().map(|it| it.deed).collect();
    assert_eq!(deeds, [Deed::TemplateRestored(id, 2), Deed::TemplateReset(id), Deed::TemplateChanged(id, 2)]);
    let own = made(&admin, offer()).await;
    assert_eq!(refused(templates::reset(&admin, vec![own]).await), Refusal::IllegalStep(Noun::Template));
}

#[tokio::test]
async fn a_template_is_offered_to_its_users_while_it_is_active() {
    let bed = TestBed::new().await;
    let (admin, writer) = (bed.admin(), bed.user_with(&[Permission::MessageWrite]).await);
    let key = made(&admin, TemplateDraft { offered_to: vec![admin.actor.id], ..offer() }).await;
    let offered = async |ctx: &Ctx| templates::offers(ctx, Channel::Email, "ponuk drev".into()).await.unwrap().len();
    assert_eq!((offered(&admin).await, offered(&writer).await), (1, 0));
    assert_eq!(refused(templates::apply(&writer, key.0, None, "").await), Refusal::NotFound(Noun::Template));
    let key = templates::save(&admin, Some(key), offer()).await.unwrap();
    assert_eq!(offered(&writer).await, 1);
    templates::switch(&admin, vec![key], false).await.unwrap();
    assert_eq!((offered(&admin).await, offered(&writer).await), (0, 0));
    assert!(!templates::open(&admin, key.0).await.unwrap().draft.is_active);
}

#[tokio::test]
async fn files_of_a_template_are_copied_into_messages_and_duplicates() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let file = attachments::put(&admin, "cenník.pdf", "application/pdf", b"%PDF".to_vec()).await.unwrap();
    let draft = TemplateDraft { attachments: vec![TemplateAttachment::File(file.id)], ..offer() };
    let (id, _) = made(&admin, draft.clone()).await;
    let applied = templates::apply(&admin, id, None, "").await.unwrap();
    assert_eq!(applied.attachments.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["cenník.pdf"]);
    assert_ne!(applied.attachments[0].id, file.id);
    let copy = templates::duplicate(&admin, id, "Kópia".into()).await.unwrap();
    let copy = templates::open(&admin, copy).await.unwrap();
    assert_eq!((copy.files.len(), copy.draft.is_active), (1, false));
    assert_ne!(copy.draft.attachments, draft.attachments);
    let stranger = bed.user_with(&[Permission::TemplatesManage]).await;
    let stolen = TemplateDraft { name: "Cudzia".into(), ..draft };
    assert_eq!(refused(templates::save(&stranger, None, stolen).await), Refusal::field("attachments", Fault::Gone));
}

#[tokio::test]
async fn a_test_leaves_at_once_with_the_contact_s_data_and_counts_nowhere() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let contact = person(&admin, "Jan", "Novák", Some(Language::Cs)).await;
    let mut draft = offer();
    draft.sender_name = "Obchod".into();
    draft.texts[1].preheader = "Jen do pátku".into();
    draft.texts[1].plain = PlainText::Own("Text pro {{ contact.name }}".into());
    assert_eq!(templates::test_addresses(&admin, Channel::Email).await.unwrap(), engine::testbed::ADMIN_EMAIL);
    let order = TestOrder {
        template: None,
        draft,
        language: Language::Cs,
        contact: Some(contact),
        to: "ja@example.sk; kolega@example.sk".into(),
    };
    let sent = templates::test(&admin, order.clone()).await.unwrap();
    worker::turn(&bed.engine).await.unwrap();
    let message = history::open(&admin, sent.message).await.unwrap();
    assert_eq!((sent.recipients, message.origin, message.state), (2, Origin::Test, MessageState::Sent));
    assert_eq!((message.subject.as_str(), message.text.as_str()), ("Nabídka pro Jan Novák", "Text pro Jan Novák"));
    assert!(message.from.starts_with("Obchod <") && message.contact.is_none(), "{}", message.from);
    let overview = overview::open(&admin, Moment(0)).await.unwrap();
    assert_eq!((overview.sent_today, overview.by_hour.iter().sum::<u32>()), (0, 0));
    assert_eq!(templates::test_addresses(&admin, Channel::Email).await.unwrap(), "ja@example.sk; kolega@example.sk");
    let unfilled = TestOrder { contact: None, ..order };
    let mut open = unfilled.clone();
    open.draft.texts[1].subject = "{{ links.view }}".into();
    let fault = Fault::Unfilled("links.view".into());
    assert_eq!(refused(templates::test(&admin, open).await), Refusal::field("texts.cs.subject", fault));
    templates::test(&admin, unfilled).await.unwrap();
}

#[tokio::test]
async fn the_values_of_a_contact_are_told_in_its_language() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let contact = person(&admin, "Jan", "Novák", Some(Language::Cs)).await;
    let values = templates::values(&admin, contact, None).await.unwrap();
    let text = |path: &str| match values.0.get(path) {
        Some(model::MergeValue::Text(text)) => text.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(text("contact.salutation"), "Vážený pane Nováku");
    assert_eq!(text("user.name"), "Adam Správca");
    assert_eq!(text("company.name"), "Žltý kôň s. r. o.");
    let english = templates::values(&admin, contact, Some(Language::En)).await.unwrap();
    assert_eq!(english.0["contact.salutation"], model::MergeValue::Text("Dear Mr Novák".into()));
}

#[tokio::test]
async fn a_payment_code_of_blocks_is_carried_by_the_mail_and_one_that_no_bank_understands_is_named() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let order = |account: &str| {
        let payment = format!(r#"{{"payment":{{"account":"{account}","amount":"invoice.total","payee":"Firma"}}}}"#);
        let blocks = TemplateBody::Blocks(format!(r#"{{"version":1,"blocks":[{{"id":1,"is":{payment}}}]}}"#));
        let text = TemplateText { body: blocks, ..text(Language::Sk, "Faktúra", "") };
        let record = Some(RecordKey("invoice".into()));
        let draft = TemplateDraft { record, texts: vec![text], ..offer() };
        TestOrder { template: None, draft, language: Language::Sk, contact: None, to: "ja@example.sk".into() }
    };
    let sent = templates::test(&admin, order("{{ invoice.iban }}")).await.unwrap();
    let message = history::open(&admin, sent.message).await.unwrap();
    let names: Vec<_> = message.attachments.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["payment-1.png"]);
    let wrong = refused(templates::test(&admin, order("{{ invoice.number }}")).await);
    assert_eq!(wrong, Refusal::field("texts.sk.body", Fault::Payment(PaymentFault::Iban)));
}
