//! What people say about things: who may, who reads it, what stays of it.

use engine::testbed::TestBed;
use engine::{Ctx, audit, comments, contacts, duplicates, messages, persons, templates, views, worker};
use model::{
    AuditQuery, Channel, CommentOn, ContactDraft, ContactId, Copying, Deed, Fault, Language, MergeDraft, MessageChoice,
    MessageColumn, MessageColumns, MessageDraft, MessageId, MessageViewDraft, Noun, Permission, Refusal, Subject, TemplateBody,
    ViewedList,
};

use crate::refused;

async fn person(ctx: &Ctx, last: &str) -> ContactId {
    let emails = vec![format!("{}@example.sk", model::fold::fold(last)).as_str().into()];
    contacts::save(ctx, None, ContactDraft { last_name: last.into(), emails, ..ContactDraft::default() }).await.unwrap()
}

async fn sent(bed: &TestBed, to: &str) -> MessageId {
    let draft =
        MessageDraft { to: to.into(), subject: "Ponuka".into(), body: "Dobrý deň Eva.".into(), ..MessageDraft::default() };
    let id = messages::send(&bed.admin(), None, draft).await.unwrap().id;
    bed.advance(model::time::minutes(1));
    worker::turn(&bed.engine).await.unwrap();
    id
}

#[tokio::test]
async fn a_comment_is_its_author_s_and_leaves_a_trace() {
    let bed = TestBed::new().await;
    let (admin, reader) = (bed.admin(), bed.user_with(&[Permission::ContactsView]).await);
    let other = bed.user_with(&[Permission::ContactsView, Permission::ContactsEdit]).await;
    let on = CommentOn::Contact(person(&admin, "Nová").await);
    let id = comments::write(&admin, on, " Volala, čaká. ").await.unwrap();
    assert_eq!(comments::list(&reader, on).await.unwrap()[0].text, "Volala, čaká.");
    assert_eq!(refused(comments::write(&reader, on, "x").await), Refusal::NotPermitted(Permission::ContactsEdit));
    assert_eq!(refused(comments::write(&admin, on, " \n").await), Refusal::field("text", Fault::Missing));
    assert_eq!(refused(comments::change(&other, on, id, "x").await), Refusal::NotFound(Noun::Comment));
    assert_eq!(refused(comments::delete(&other, on, id).await), Refusal::NotFound(Noun::Comment));
    comments::change(&admin, on, id, "Vybavené").await.unwrap();
    let changed = comments::list(&admin, on).await.unwrap().remove(0);
    assert!(changed.text == "Vybavené" && changed.edited_at.is_some() && changed.author.0 == admin.actor.id);
    comments::delete(&admin, on, id).await.unwrap();
    assert!(comments::list(&admin, on).await.unwrap().is_empty());
    let log = audit::list(&admin, AuditQuery { subject: Some(on.subject()), ..AuditQuery::default() }).await.unwrap();
    let deeds: Vec<_> = log.rows.into_iter().map(|it| it.deed).take(3).collect();
    assert_eq!(deeds, [Deed::CommentDeleted(on, id), Deed::CommentChanged(on, id), Deed::CommentWritten(on, id)]);
}

#[tokio::test]
async fn comments_go_over_in_a_merge_and_are_erased_with_the_person() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let (stays, goes) = (person(&admin, "Nová").await, person(&admin, "Nováková").await);
    let message = sent(&bed, "novakova@example.sk").await;
    comments::write(&admin, CommentOn::Contact(goes), "Pozná nás z veľtrhu").await.unwrap();
    let both = (contacts::open(&admin, stays).await.unwrap(), contacts::open(&admin, goes).await.unwrap());
    let merge = MergeDraft { survivor: (stays, both.0.revision), other: (goes, both.1.revision), fields: both.0.fields };
    duplicates::merge(&admin, merge).await.unwrap();
    let on = CommentOn::Contact(stays);
    assert_eq!(comments::list(&admin, on).await.unwrap()[0].text, "Pozná nás z veľtrhu");
    comments::write(&admin, CommentOn::Message(message), "Odpísala hneď").await.unwrap();
    persons::erase(&admin, stays).await.unwrap();
    assert!(comments::list(&admin, on).await.unwrap().is_empty());
    assert!(comments::list(&admin, CommentOn::Message(message)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_comment_on_a_message_is_read_by_whoever_sees_the_message() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let stranger = bed.user_with(&[Permission::MessagesViewOwn, Permission::MessageWrite]).await;
    let on = CommentOn::Message(sent(&bed, "eva@example.sk").await);
    comments::write(&admin, on, "Odpísala hneď").await.unwrap();
    assert_eq!(refused(comments::list(&stranger, on).await), Refusal::NotFound(Noun::Message));
    assert_eq!(refused(comments::write(&stranger, on, "x").await), Refusal::NotFound(Noun::Message));
    assert_eq!(comments::list(&admin, on).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_message_becomes_a_template_as_it_left() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let message = sent(&bed, "eva@example.sk").await;
    let id = templates::from_message(&admin, message, "Ponuka".into(), Language::Cs).await.unwrap();
    let made = templates::open(&admin, id).await.unwrap().draft;
    assert!((made.channel, made.is_active, made.texts.len()) == (Channel::Email, false, 1));
    assert_eq!(made.texts[0].language, Language::Cs);
    assert!(matches!(&made.texts[0].body, TemplateBody::Html(it) if it.contains("Dobrý deň Eva.")));
    let applied = templates::apply(
        &admin,
        {
            templates::switch(&admin, vec![(id, 1)], true).await.unwrap();
            id
        },
        None,
        "",
    )
    .await
    .unwrap();
    assert!(applied.unresolved.is_empty() && applied.html.contains("Dobrý deň Eva."));
    let again = templates::from_message(&admin, message, "Ponuka".into(), Language::Cs).await;
    assert_eq!(refused(again), Refusal::field("name", Fault::Taken));
    let draft = messages::copy(&admin, message, Copying::Again).await.unwrap();
    let unsent = templates::from_message(&admin, draft, "Iná".into(), Language::Sk).await;
    assert_eq!(refused(unsent), Refusal::IllegalStep(Noun::Message));
    let writer = bed.user_with(&[Permission::MessagesViewAll]).await;
    let may_not = templates::from_message(&writer, message, "Iná".into(), Language::Sk).await;
    assert_eq!(refused(may_not), Refusal::NotPermitted(Permission::TemplatesManage));
    let log = AuditQuery { subject: Some(Subject::Template(id)), ..AuditQuery::default() };
    assert!(audit::list(&admin, log).await.unwrap().rows.iter().any(|it| it.deed == Deed::TemplateCreated(id)));
}

#[tokio::test]
async fn links_of_one_recipient_become_fields_again_in_a_template_made_from_a_message() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let first = sent(&bed, "eva@example.sk").await;
    let links = engine::unsubscribe::links(&bed.engine, first);
    let other = "https://posel.example/unsubscribe/nieco";
    let draft = MessageDraft {
        to: "jan@example.sk".into(),
        subject: "Ponuka".into(),
        body: format!("Odhlásiť: {} Ukázať: {} {other}", links.unsubscribe, links.view).as_str().into(),
        ..MessageDraft::default()
    };
    let copy = messages::send(&admin, None, draft).await.unwrap().id;
    let id = templates::from_message(&admin, copy, "Ponuka".into(), Language::Sk).await.unwrap();
    let TemplateBody::Html(html) = templates::open(&admin, id).await.unwrap().draft.texts.remove(0).body else {
        panic!("a mail")
    };
    assert!(!html.contains(&links.unsubscribe) && !html.contains(&links.view), "{html}");
    assert!(html.contains("{{ links.unsubscribe }}") && html.contains("{{ links.view }}") && html.contains(other), "{html}");
}

#[tokio::test]
async fn views_of_messages_are_apart_from_those_of_contacts() {
    let bed = TestBed::new().await;
    let (admin, reader) = (bed.admin(), bed.user_with(&[Permission::ContactsView]).await);
    let mut columns = MessageColumns::default();
    columns.toggle(MessageColumn::Campaign);
    views::set_columns(&admin, columns.clone()).await.unwrap();
    let what = MessageChoice { address: "state=failed&period=week".into() };
    let draft = MessageViewDraft { name: "Nedoručené".into(), shared: true, what, columns: columns.clone() };
    let id = views::save(&admin, None, draft.clone()).await.unwrap();
    views::set_default(&admin, ViewedList::Messages, Some(id)).await.unwrap();
    let settings = views::settings::<MessageChoice>(&admin).await.unwrap();
    assert_eq!((settings.columns, settings.default_view, settings.views[0].draft.clone()), (columns, Some(id), draft));
    assert!(views::settings::<model::ContactChoice>(&admin).await.unwrap().views.is_empty());
    let hidden = views::settings::<MessageChoice>(&reader).await;
    assert_eq!(refused(hidden), Refusal::NotPermitted(Permission::MessagesViewOwn));
    let wrong = views::delete(&admin, ViewedList::Contacts, id).await;
    assert_eq!(refused(wrong), Refusal::NotFound(Noun::View));
}
