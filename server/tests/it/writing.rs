//! Writing over HTTP: formatted messages, the frame of the preview and the pictures in texts, each only for those who may.

use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Method, StatusCode};
use engine::worker;
use model::message::content_id;
use model::time::seconds;
use model::{
    Attachment, Channel, DeliveredRole, Language, MessageBody, MessageDetail, MessageDraft, Released, StoredDraft,
    TemplateAttachment, TemplateBody, TemplateDraft, TemplateText,
};
use serde_json::json;

use crate::bed::{Bed, Session, own, signed};

/// The smallest picture there is.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

async fn upload(bed: &Bed, session: &Session, name: &str, content: &[u8]) -> Attachment {
    let request = signed(own(Method::POST, &format!("/attachments?name={name}")), Some(session));
    let request = request.header(CONTENT_TYPE, "image/png").header(CONTENT_LENGTH, content.len());
    bed.send(request.body(Body::from(content.to_vec())).unwrap()).await.json()
}

fn with_picture(picture: &Attachment) -> MessageDraft {
    let html =
        format!("<p>Dobrý deň, <strong>klient</strong></p><p><img src=\"cid:{}\" alt=\"Logo\"></p>", content_id(&picture.name));
    MessageDraft {
        to: "klient@example.cz".to_owned(),
        subject: "Ponuka".to_owned(),
        body: MessageBody::Html(html),
        attachments: vec![picture.id],
        ..MessageDraft::default()
    }
}

#[tokio::test]
async fn a_formatted_message_is_kept_sent_and_shown_with_its_picture() {
    let (bed, admin) = Bed::ready().await;
    let draft = with_picture(&upload(&bed, &admin, "logo.png", PNG).await);
    let key =
        bed.call("messages/save_draft", Some(&admin), json!({ "key": null, "draft": draft })).await.json::<model::DraftKey>();
    let stored: StoredDraft = bed.call("messages/open_draft", Some(&admin), json!({ "id": key.id })).await.json();
    assert_eq!(stored.draft, draft);
    let reply = bed.call("messages/send_message", Some(&admin), json!({ "key": key, "draft": draft })).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let released: Released = reply.json();
    bed.clock.advance(seconds(11));
    worker::turn(&bed.engine).await.unwrap();
    let message: MessageDetail = bed.call("history/open_message", Some(&admin), json!({ "id": released.id })).await.json();
    assert!(message.text.starts_with("Dobrý deň, klient"), "{}", message.text);
    let shown = bed.get(&format!("/messages/{}/html", released.id), Some(&admin)).await.text();
    assert!(shown.contains("<strong>klient</strong>") && shown.contains("src=\"data:image/png;base64,"), "{shown}");
}

#[tokio::test]
async fn a_draft_from_before_there_was_formatted_text_is_taken_as_plain() {
    let (bed, admin) = Bed::ready().await;
    let draft = json!({
        "contact": null, "account": null, "to": "a@example.cz", "cc": "", "bcc": "", "subject": "x", "body": "<b>text</b>",
        "with_signature": false, "attachments": []
    });
    let key =
        bed.call("messages/save_draft", Some(&admin), json!({ "key": null, "draft": draft })).await.json::<model::DraftKey>();
    let stored: StoredDraft = bed.call("messages/open_draft", Some(&admin), json!({ "id": key.id })).await.json();
    assert_eq!(stored.draft.body, MessageBody::Text("<b>text</b>".to_owned()));
}

#[tokio::test]
async fn the_frame_of_the_preview_is_empty_and_runs_nothing() {
    let (bed, admin) = Bed::ready().await;
    for (path, pictures) in
        [("/preview", "img-src 'self' data:;"), ("/preview?pictures=show", "img-src 'self' data: https: http:;")]
    {
        for session in [None, Some(&admin)] {
            let reply = bed.get(path, session).await;
            assert_eq!(reply.status, StatusCode::OK);
            assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
            let policy = reply.header("content-security-policy").to_owned();
            assert!(policy.starts_with("sandbox allow-same-origin; default-src 'none'; "), "{policy}");
            assert!(policy.contains(pictures) && policy.ends_with("frame-ancestors 'self'"), "{policy}");
            assert!(!policy.contains("allow-scripts") && !policy.contains("script-src"), "{policy}");
            assert!(reply.text().contains("<body></body>"), "{}", reply.text());
        }
    }
    assert!(bed.get("/preview?pictures=all", Some(&admin)).await.status.is_client_error());
}

#[tokio::test]
async fn a_picture_of_a_text_is_only_for_those_who_may_see_the_text() {
    let (bed, admin) = Bed::ready().await;
    let (writer, other) = (bed.user(&admin, DeliveredRole::Writer).await, bed.user(&admin, DeliveredRole::Manager).await);
    let reader = bed.user(&admin, DeliveredRole::Reader).await;
    let loose = upload(&bed, &writer, "logo.png", PNG).await;
    let path = format!("/pictures/{}", loose.id);
    let reply = bed.get(&path, Some(&writer)).await;
    assert_eq!((reply.status, reply.body.as_ref()), (StatusCode::OK, PNG));
    assert_eq!((reply.header("content-type"), reply.header("x-content-type-options")), ("image/png", "nosniff"));
    assert!(reply.header("content-security-policy").starts_with("sandbox; default-src 'none'"), "{:?}", reply.headers);
    assert!(reply.header("cache-control").starts_with("private"), "{:?}", reply.headers);
    assert_eq!(bed.get(&path, None).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(bed.get(&path, Some(&reader)).await.status, StatusCode::FORBIDDEN);
    // Neither a colleague nor the administrator sees what somebody has only put up.
    for foreign in [&other, &admin] {
        assert_eq!(bed.get(&path, Some(foreign)).await.status, StatusCode::NOT_FOUND);
    }
    // In a draft it is its author's; a colleague's draft is nobody else's business.
    bed.call("messages/save_draft", Some(&writer), json!({ "key": null, "draft": with_picture(&loose) })).await;
    assert_eq!(bed.get(&path, Some(&writer)).await.status, StatusCode::OK);
    for foreign in [&other, &admin] {
        assert_eq!(bed.get(&path, Some(foreign)).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_is_no_picture_and_what_is_not_there_is_not_shown() {
    let (bed, admin) = Bed::ready().await;
    let vector = upload(&bed, &admin, "logo.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").await;
    for path in [format!("/pictures/{}", vector.id), "/pictures/999999".to_owned()] {
        assert_eq!(bed.get(&path, Some(&admin)).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/pictures/x", "/pictures/-", "/pictures/99999999999999999999"] {
        assert!(bed.get(path, Some(&admin)).await.status.is_client_error(), "{path}");
    }
}

#[tokio::test]
async fn a_picture_of_a_template_is_for_those_who_manage_templates() {
    let (bed, admin) = Bed::ready().await;
    let (manager, writer) = (bed.user(&admin, DeliveredRole::Manager).await, bed.user(&admin, DeliveredRole::Writer).await);
    let picture = upload(&bed, &admin, "logo.png", PNG).await;
    let text = TemplateText {
        subject: "Ponuka".to_owned(),
        body: TemplateBody::Html(format!("<p><img src=\"cid:{}\" alt=\"\"></p>", content_id(&picture.name))),
        ..TemplateText::empty(Language::Sk, Channel::Email)
    };
    let draft = TemplateDraft {
        name: "Ponuka".to_owned(),
        attachments: vec![TemplateAttachment::File(picture.id)],
        texts: vec![text],
        ..TemplateDraft::default()
    };
    let reply = bed.call("templates/save_template", Some(&admin), json!({ "key": null, "draft": draft })).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let path = format!("/pictures/{}", picture.id);
    assert_eq!(bed.get(&path, Some(&manager)).await.status, StatusCode::OK);
    assert_eq!(bed.get(&path, Some(&writer)).await.status, StatusCode::FORBIDDEN);
}
