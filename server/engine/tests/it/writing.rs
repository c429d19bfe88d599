//! Writing an e-mail: its text formatted or plain, its fields filled, its pictures inside, its sender from the template.

use engine::testbed::TestBed;
use engine::{Ctx, attachments, capture, contacts, history, messages, senders, templates, worker};
use model::message::{UNDO_MS, content_id};
use model::template::PaymentFault;
use model::{
    CapturedMail, Channel, ContactDraft, ContactId, Copying, DomainName, DraftKey, Fault, Gender, Language, MergeValue,
    MessageBody, MessageDraft, MessageId, Noun, Permission, Refusal, TemplateBody, TemplateDraft, TemplateText,
};

use crate::refused;

/// The smallest picture there is.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

fn html(to: &str, html: &str) -> MessageDraft {
    MessageDraft {
        to: to.into(),
        subject: "Ponuka pre {{ contact.name }}".into(),
        body: MessageBody::Html(html.into()),
        ..MessageDraft::default()
    }
}

async fn eva(ctx: &Ctx, last_name: &str, language: Language) -> ContactId {
    let draft = ContactDraft {
        first_name: "Eva".into(),
        last_name: last_name.into(),
        gender: Gender::Woman,
        language: Some(language),
        emails: vec!["eva@example.sk".into()],
        ..ContactDraft::default()
    };
    contacts::save(ctx, None, draft).await.unwrap()
}

/// Sends it and gives back what Capture kept.
async fn captured(bed: &TestBed, draft: MessageDraft) -> (MessageId, CapturedMail) {
    let admin = bed.admin();
    let sent = messages::send(&admin, None, draft).await.unwrap();
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    let row = capture::list(&admin, None).await.unwrap().rows.remove(0);
    (sent.id, capture::open(&admin, row.id).await.unwrap())
}

fn faults(refusal: Refusal) -> Vec<(String, Fault)> {
    let Refusal::Invalid(faults) = refusal else { panic!("{refusal:?}") };
    faults.into_iter().map(|it| (it.field, it.fault)).collect()
}

#[tokio::test]
async fn a_formatted_text_leaves_as_html_and_as_plain_text_with_its_fields_filled() {
    let bed = TestBed::new().await;
    eva(&bed.admin(), "Nová <x>", Language::Cs).await;
    let body = "<h2>{{ contact.salutation }}</h2><p>Píše <strong>{{ company.name | fallback(\"firma\") }}</strong>.</p>\
                <script>alert(1)</script>";
    let (id, mail) = captured(&bed, html("eva@example.sk", body)).await;
    let message = history::open(&bed.admin(), id).await.unwrap();
    assert_eq!(message.subject, "Ponuka pre Eva Nová <x>");
    assert!(message.text.starts_with("Vážená paní Nová <x>\n\nPíše "), "{}", message.text);
    let shown = history::html(&bed.admin(), id).await.unwrap();
    assert!(shown.contains("Vážená paní Nová &lt;x&gt;</h2>") && shown.contains("<strong>"), "{shown}");
    assert!(!shown.contains("script") && !mail.source.contains("<script"));
    assert_eq!((mail.row.subject.as_str(), mail.has_html), ("Ponuka pre Eva Nová <x>", true));
}

#[tokio::test]
async fn a_plain_text_is_filled_as_well_and_keeps_its_markup_as_letters() {
    let bed = TestBed::new().await;
    eva(&bed.admin(), "Nová", Language::Sk).await;
    let draft = MessageDraft { body: "{{ contact.salutation }},\n\n<b>tučné</b>".into(), ..html("eva@example.sk", "") };
    let (id, _) = captured(&bed, draft).await;
    assert_eq!(history::open(&bed.admin(), id).await.unwrap().text, "Vážená pani Nová,\n\n<b>tučné</b>");
}

#[tokio::test]
async fn wrong_code_and_missing_values_are_named_at_their_fields() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let missing = faults(refused(messages::send(&admin, None, html("x@example.sk", "<p>{{ contact.phone }}</p>")).await));
    let unfilled = |field: &str, path: &str| (field.to_owned(), Fault::Unfilled(path.into()));
    assert_eq!(missing, [unfilled("subject", "contact.name"), unfilled("body", "contact.phone")]);
    let draft = MessageDraft { subject: "Ponuka".into(), ..html("x@example.sk", "<p>\n{{ company.nme }}</p>") };
    let wrong = faults(refused(messages::prepare(&admin, None, draft).await));
    let [(field, Fault::MergeCode { line: 2, suggestion: Some(suggestion), .. })] = wrong.as_slice() else { panic!("{wrong:?}") };
    assert_eq!((field.as_str(), suggestion.as_str()), ("body", "company.name"));
}

#[tokio::test]
async fn a_picture_stands_inside_the_mail_and_other_files_beside_it() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let picture = attachments::put(&admin, "lôgo.png", "image/png", PNG.to_vec()).await.unwrap();
    let file = attachments::put(&admin, "cenník.bin", "application/octet-stream", vec![1, 2]).await.unwrap();
    let body = format!("<p>Pozri</p><p><img src=\"cid:{}\" alt=\"Logo\"></p>", content_id(&picture.name));
    let draft = MessageDraft { subject: "x".into(), attachments: vec![file.id, picture.id], ..html("a@example.sk", &body) };
    let (id, mail) = captured(&bed, draft).await;
    assert!(
        mail.source.contains("multipart/related") && mail.source.contains(&format!("Content-ID: <{}>", content_id("lôgo.png")))
    );
    assert!(history::html(&admin, id).await.unwrap().contains("data:image/png;base64,"));
}

#[tokio::test]
async fn a_payment_is_drawn_for_what_leaves_and_drawn_anew_when_it_is_taken_back() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let pay = |iban: &str| {
        let body = format!("<p><img src=\"cid:payment?iban={iban}&amp;amount=12.50%20EUR&amp;payee=Firma\" alt=\"QR\"></p>");
        MessageDraft { subject: "x".into(), ..html("a@example.sk", &body) }
    };
    let wrong = faults(refused(messages::send(&admin, None, pay("SK00")).await));
    assert_eq!(wrong, [("body".to_owned(), Fault::Payment(PaymentFault::Iban))]);
    let sent = messages::send(&admin, None, pay("SK3112000000198742637541")).await.unwrap();
    let names = |files: &[model::Attachment]| files.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&history::open(&admin, sent.id).await.unwrap().attachments), ["payment-1.png"]);
    messages::undo(&admin, sent.id).await.unwrap();
    let draft = messages::open_draft(&admin, sent.id).await.unwrap();
    assert_eq!(draft.attachments, []);
    let key = DraftKey { id: draft.id, revision: draft.revision };
    let again = messages::send(&admin, Some(key), draft.draft).await.unwrap();
    assert_eq!(names(&history::open(&admin, again.id).await.unwrap().attachments), ["payment-1.png"]);
}

fn with_sender(name: &str, address: &str, body: &str) -> TemplateDraft {
    let text = TemplateText {
        subject: "Ponuka pre {{ contact.name }}".into(),
        preheader: "Len do piatka".into(),
        body: TemplateBody::Html(body.into()),
        ..TemplateText::empty(Language::Sk, Channel::Email)
    };
    TemplateDraft {
        name: "Ponuka".into(),
        is_active: true,
        sender_name: name.into(),
        sender_address: address.into(),
        texts: vec![text],
        ..TemplateDraft::default()
    }
}

#[tokio::test]
async fn the_template_s_sender_stands_in_place_of_the_account_s_until_it_is_taken_away() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    senders::vouch(&admin, DomainName::parse("example.sk").unwrap()).await.unwrap();
    let (id, _) = templates::save(&admin, None, with_sender("Obchod", "obchod@example.sk", "<p>x</p>")).await.unwrap();
    eva(&admin, "Nová", Language::Sk).await;
    let applied = templates::apply(&admin, id, None, "eva@example.sk").await.unwrap();
    assert_eq!(applied.sender, ("Obchod".into(), "obchod@example.sk".into()));
    let draft = MessageDraft {
        to: "eva@example.sk".into(),
        subject: applied.subject,
        preheader: applied.preheader,
        body: MessageBody::Html(applied.html),
        template: Some(applied.template),
        template_sender: true,
        ..MessageDraft::default()
    };
    let kept = messages::save_draft(&admin, None, draft.clone()).await.unwrap();
    let sender = messages::open_draft(&admin, kept.id).await.unwrap().sender;
    assert_eq!(sender, Some(("Obchod".into(), "obchod@example.sk".into())));
    let (with, mail) = captured(&bed, draft.clone()).await;
    assert_eq!(history::open(&admin, with).await.unwrap().from, "Obchod <obchod@example.sk>");
    assert!(mail.text.trim() == "x" && mail.source.contains("Len do piatka"), "{}", mail.source);
    let (without, _) = captured(&bed, MessageDraft { template_sender: false, ..draft }).await;
    assert_ne!(history::open(&admin, without).await.unwrap().from, "Obchod <obchod@example.sk>");
}

#[tokio::test]
async fn the_same_words_saved_twice_are_no_conflict_and_others_are() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let begun = messages::save_draft(&admin, None, html("eva@example.sk", "<p>a</p>")).await.unwrap();
    let on = html("eva@example.sk", "<p>a b</p>");
    let kept = messages::save_draft(&admin, Some(begun), on.clone()).await.unwrap();
    assert_eq!(messages::save_draft(&admin, Some(begun), on).await.unwrap(), kept);
    let other = messages::save_draft(&admin, Some(begun), html("eva@example.sk", "<p>c</p>")).await;
    assert_eq!(refused(other), Refusal::Stale(Noun::Message));
}

#[tokio::test]
async fn what_a_template_filled_once_is_not_filled_again() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let (id, _) = templates::save(&admin, None, with_sender("", "", "<p>{{ contact.name }}</p>")).await.unwrap();
    eva(&admin, "{{ user.email }}{% if", Language::Sk).await;
    let applied = templates::apply(&admin, id, None, "eva@example.sk").await.unwrap();
    let draft = MessageDraft {
        to: "x@example.sk".into(),
        subject: applied.subject,
        body: MessageBody::Html(applied.html),
        ..MessageDraft::default()
    };
    let (id, _) = captured(&bed, draft).await;
    let message = history::open(&admin, id).await.unwrap();
    assert_eq!(message.subject, "Ponuka pre Eva {{ user.email }}{% if");
    assert_eq!(message.text, "Eva {{ user.email }}{% if");
}

#[tokio::test]
async fn a_formatted_message_is_sent_again_as_it_left_and_opens_as_it_was_typed() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    eva(&admin, "Nová", Language::Sk).await;
    let body = "<p>{{ contact.name }} <em>ahoj</em></p>";
    let (id, first) = captured(&bed, html("eva@example.sk", body)).await;
    let again = messages::resend(&admin, vec![id]).await.unwrap().remove(0);
    assert_eq!(history::html(&admin, again.id).await.unwrap(), history::html(&admin, id).await.unwrap());
    messages::undo(&admin, again.id).await.unwrap();
    let draft = messages::open_draft(&admin, again.id).await.unwrap().draft;
    assert_eq!((draft.body, draft.to.as_str()), (MessageBody::Html(body.into()), "Eva Nová <eva@example.sk>"));
    assert!(first.has_html);
}

#[tokio::test]
async fn the_fields_of_a_message_hold_what_is_known_about_whom_one_writes_to() {
    let bed = TestBed::new().await;
    let (admin, writer) = (bed.admin(), bed.user_with(&[Permission::MessageWrite]).await);
    let contact = eva(&admin, "Nová", Language::Cs).await;
    let name = |it: &model::MessageValues| it.values.0.get("contact.name").cloned();
    for known in [
        messages::values(&admin, None, "Niekto <EVA@example.sk>, x@y.sk").await.unwrap(),
        messages::values(&admin, Some(contact), "").await.unwrap(),
    ] {
        assert_eq!(name(&known), Some(MergeValue::Text("Eva Nová".into())));
    }
    assert_eq!(messages::values(&admin, None, "eva@example.sk").await.unwrap().language, Language::Cs);
    let blind = messages::values(&writer, Some(contact), "eva@example.sk").await.unwrap();
    assert_eq!((name(&blind), blind.values.0.contains_key("company.name")), (None, true));
    let reader = bed.user_with(&[Permission::MessagesViewAll]).await;
    assert!(matches!(refused(messages::values(&reader, None, "").await), Refusal::NotPermitted(Permission::MessageWrite)));
}

#[tokio::test]
async fn a_message_is_written_once_more_for_the_same_people_or_passed_on_as_it_left() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    eva(&admin, "Nová", Language::Sk).await;
    let picture = attachments::put(&admin, "logo.png", "image/png", PNG.to_vec()).await.unwrap();
    let body = "<p>{{ contact.name }} <img src=\"cid:logo.png@posel\" alt=\"\"></p>";
    let draft = MessageDraft { attachments: vec![picture.id], ..html("eva@example.sk", body) };
    let unsent = messages::save_draft(&admin, None, draft.clone()).await.unwrap();
    assert!(matches!(refused(messages::copy(&admin, unsent.id, Copying::Again).await), Refusal::IllegalStep(_)));
    let (id, _) = captured(&bed, MessageDraft { attachments: Vec::new(), ..draft.clone() }).await;
    let again = messages::copy(&admin, id, Copying::Again).await.unwrap();
    let again = messages::open_draft(&admin, again).await.unwrap().draft;
    assert_eq!((again.to.as_str(), again.body), ("Eva Nová <eva@example.sk>", MessageBody::Html(body.into())));
    let on = messages::copy(&admin, id, Copying::Forward).await.unwrap();
    let on = messages::open_draft(&admin, on).await.unwrap().draft;
    assert_eq!((on.to.as_str(), on.contact, on.subject.as_str()), ("", None, "Ponuka pre Eva Nová"));
    assert!(on.body.html().unwrap().contains("Eva Nová") && !on.with_signature);
    let colleague = bed.user_with(&[Permission::MessageWrite, Permission::MessagesViewOwn]).await;
    assert!(matches!(refused(messages::copy(&colleague, id, Copying::Forward).await), Refusal::NotFound(_)));
}

#[tokio::test]
async fn answers_go_where_the_message_says() {
    let bed = TestBed::new().await;
    let own = MessageDraft { reply_to: " sklad@example.sk ".into(), ..html("eva@example.sk", "<p>x</p>") };
    let own = MessageDraft { subject: "Vec".into(), ..own };
    let (id, mail) = captured(&bed, own.clone()).await;
    assert_eq!(history::open(&bed.admin(), id).await.unwrap().reply_to, "sklad@example.sk");
    assert!(mail.source.contains("Reply-To: sklad@example.sk"), "{}", mail.source);
    let wrong = MessageDraft { reply_to: "sklad".into(), ..own };
    let told = faults(refused(messages::send(&bed.admin(), None, wrong).await));
    assert_eq!(told.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["reply_to"]);
}
