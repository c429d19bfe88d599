//! Files and foreign HTML: up with a right, down with a right, and harmless in the browser.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::Problem;
use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Method, StatusCode};
use engine::worker;
use model::time::seconds;
use model::{
    Attachment, AuditEntry, AuditQuery, CapturedRow, Chosen, Company, ContactFilter, Deed, DeliveredRole, ExportFormat,
    ExportOrder, MessageBody, MessageDetail, MessageDraft, Page, Permission, Refusal, Released,
};
use serde_json::json;

use crate::bed::{Bed, Reply, Session, company, own, signed};

async fn upload(bed: &Bed, session: Option<&Session>, name: &str, content: Vec<u8>) -> Reply {
    let request = own(Method::POST, &format!("/attachments?name={name}"));
    let request = signed(request, session).header(CONTENT_TYPE, "application/pdf").header(CONTENT_LENGTH, content.len());
    bed.send(request.body(Body::from(content)).unwrap()).await
}

/// Sends a message with a file through Capture and gives back what really left.
async fn sent(bed: &Bed, session: &Session, file: &Attachment) -> MessageDetail {
    let draft = MessageDraft {
        to: "klient@example.cz".to_owned(),
        subject: "Faktúra".to_owned(),
        body: MessageBody::Text("Dobrý deň,\n\nv prílohe posielame faktúru.".to_owned()),
        attachments: vec![file.id],
        ..MessageDraft::default()
    };
    let reply = bed.call("messages/send_message", Some(session), json!({ "key": null, "draft": draft })).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let released: Released = reply.json();
    bed.clock.advance(seconds(11));
    worker::turn(&bed.engine).await.unwrap();
    bed.call("history/open_message", Some(session), json!({ "id": released.id })).await.json()
}

#[tokio::test]
async fn a_file_goes_up_into_a_message_and_comes_down_as_it_was() {
    let (bed, admin) = Bed::ready().await;
    let content = b"%PDF-1.7 \x00\xff content".to_vec();
    let reply = upload(&bed, Some(&admin), "Fakt%C3%BAra%20%C4%8D.%207.pdf", content.clone()).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let file: Attachment = reply.json();
    assert_eq!(
        (file.name.as_str(), file.media_type.as_str(), file.size),
        ("Faktúra č. 7.pdf", "application/pdf", content.len() as u64)
    );

    let message = sent(&bed, &admin, &file).await;
    let path = format!("/messages/{}/attachments/{}", message.id, message.attachments[0].id);
    let reply = bed.get(&path, Some(&admin)).await;
    assert_eq!((reply.status, reply.body.as_ref()), (StatusCode::OK, content.as_slice()));
    assert_eq!(reply.header("content-type"), "application/pdf");
    assert!(reply.header("content-disposition").starts_with("attachment; "), "{:?}", reply.headers);
    assert!(
        reply.header("content-disposition").ends_with("filename*=UTF-8''Fakt%C3%BAra%20%C4%8D.%207.pdf"),
        "{:?}",
        reply.headers
    );
    assert!(reply.header("content-security-policy").starts_with("sandbox; default-src 'none'"), "{:?}", reply.headers);
    assert_eq!(reply.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_file_is_taken_only_from_who_may_write() {
    let (bed, admin) = Bed::ready().await;
    let reader = bed.user(&admin, DeliveredRole::Reader).await;
    let before = bed.database();
    assert_eq!(upload(&bed, None, "a.pdf", vec![1]).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(upload(&bed, Some(&reader), "a.pdf", vec![1]).await.status, StatusCode::FORBIDDEN);
    assert!(before == bed.database());
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_with_the_limit() {
    let (bed, admin) = Bed::ready().await;
    let before = bed.database();
    let reply = upload(&bed, Some(&admin), "a.pdf", vec![0; 1_000_001]).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(reply.json::<Problem>(), Problem::Refused(Refusal::FileTooLarge { max: 1_000_000 }));
    // The same without an announced length.
    let chunks = (0..2_000).map(|_| Ok::<_, std::io::Error>(vec![0_u8; 1024]));
    let request = signed(own(Method::POST, "/attachments?name=a.pdf"), Some(&admin));
    let reply = bed.send(request.body(Body::from_stream(futures::stream::iter(chunks))).unwrap()).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(before == bed.database());
}

/// Bytes that nothing can pack.
fn noise(n: usize, seed: usize) -> Vec<u8> {
    let mut state = seed as u64 + 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    (0..n).map(|_| next()).collect()
}

/// How many bytes of the database lie on the disk.
fn on_disk(folder: &Path) -> usize {
    let length = |name| std::fs::metadata(folder.join(name)).map_or(0, |it| it.len() as usize);
    length("posel.db") + length("posel.db-wal")
}

#[tokio::test]
async fn a_large_file_is_never_whole_in_memory_on_its_way_in_and_out() {
    const CHUNK: usize = 64 << 10;
    const CHUNKS: usize = 25 << 4;
    let (bed, admin) = Bed::ready().await;
    let company = Company { attachments_max: 30 << 20, ..company() };
    let reply = bed.call("settings/save_company", Some(&admin), json!({ "company": company })).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    // What has come and does not lie on the disk yet is held in memory.
    let (folder, most) = (bed.folder().to_owned(), Arc::new(AtomicUsize::new(0)));
    let (begin, seen) = (on_disk(&folder), most.clone());
    let chunks = (0..CHUNKS).map(move |n| {
        seen.fetch_max((n * CHUNK).saturating_sub(on_disk(&folder) - begin), Ordering::SeqCst);
        Ok::<_, std::io::Error>(noise(CHUNK, n))
    });
    let request = signed(own(Method::POST, "/attachments?name=a.bin"), Some(&admin));
    let reply = bed.send(request.body(Body::from_stream(futures::stream::iter(chunks))).unwrap()).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let held = most.load(Ordering::SeqCst);
    assert!((engine::PIECE..=3 * engine::PIECE).contains(&held), "{held} bytes were held");

    let message = sent(&bed, &admin, &reply.json()).await;
    let path = format!("/messages/{}/attachments/{}", message.id, message.attachments[0].id);
    let answer = bed.open(signed(own(Method::GET, &path), Some(&admin)).body(Body::empty()).unwrap()).await;
    assert_eq!(answer.headers()[CONTENT_LENGTH], (CHUNKS * CHUNK).to_string());
    let mut expected = (0..CHUNKS).flat_map(|n| noise(CHUNK, n));
    let mut pieces = answer.into_body().into_data_stream();
    while let Some(piece) = futures::StreamExt::next(&mut pieces).await {
        let piece = piece.unwrap();
        assert!(piece.len() <= engine::PIECE, "{}", piece.len());
        assert!(piece.iter().all(|it| Some(*it) == expected.next()));
    }
    assert_eq!(expected.next(), None);
}

#[tokio::test]
async fn a_file_that_runs_when_opened_is_refused() {
    let (bed, admin) = Bed::ready().await;
    let reply = upload(&bed, Some(&admin), "faktura.pdf.exe", b"MZ".to_vec()).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(reply.json::<Problem>(), Problem::Refused(Refusal::FileTypeBlocked { ending: "exe".to_owned() }));
}

#[tokio::test]
async fn a_message_of_a_colleague_is_not_there_for_who_sees_only_their_own() {
    let (bed, admin) = Bed::ready().await;
    let file: Attachment = upload(&bed, Some(&admin), "a.pdf", vec![1, 2, 3]).await.json();
    let message = sent(&bed, &admin, &file).await;
    let writer = bed.user(&admin, DeliveredRole::Writer).await;
    for path in [
        format!("/messages/{}/html", message.id),
        format!("/messages/{}/attachments/{}", message.id, message.attachments[0].id),
        "/messages/999999/html".to_owned(),
    ] {
        assert_eq!(bed.get(&path, Some(&writer)).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(bed.get(&path, None).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[tokio::test]
async fn html_of_a_message_is_shown_only_in_a_sealed_frame() {
    let (bed, admin) = Bed::ready().await;
    let file: Attachment = upload(&bed, Some(&admin), "a.pdf", vec![1]).await.json();
    let message = sent(&bed, &admin, &file).await;
    let reply = bed.get(&format!("/messages/{}/html", message.id), Some(&admin)).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    let policy = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'self'";
    assert_eq!(reply.header("content-security-policy"), policy);
    assert!(reply.text().contains("posielame faktúru"), "{}", reply.text());
    // The screen of the message lies at the address above it.
    assert_ne!(bed.get(&format!("/messages/{}", message.id), Some(&admin)).await.header("content-security-policy"), policy);
}

#[tokio::test]
async fn captured_mails_are_for_who_manages_accounts() {
    let (bed, admin) = Bed::ready().await;
    let file: Attachment = upload(&bed, Some(&admin), "a.pdf", vec![1, 2, 3]).await.json();
    sent(&bed, &admin, &file).await;
    let page: Page<CapturedRow> = bed.call("capture/list_captured", Some(&admin), json!({ "after": null })).await.json();
    let id = page.rows[0].id;
    let paths = [format!("/captured/{id}/html"), format!("/captured/{id}/html?pictures=show"), format!("/captured/{id}/parts/0")];
    let manager = bed.user(&admin, DeliveredRole::Manager).await;
    for path in &paths {
        assert_eq!(bed.get(path, Some(&manager)).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(bed.get(path, None).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let [html, with_pictures, part] = &paths;
    let (html, with_pictures) = (bed.get(html, Some(&admin)).await, bed.get(with_pictures, Some(&admin)).await);
    assert!(html.header("content-security-policy").contains("img-src data:;"), "{:?}", html.headers);
    assert!(
        with_pictures.header("content-security-policy").contains("img-src data: https: http:;"),
        "{:?}",
        with_pictures.headers
    );
    assert!(with_pictures.header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    let part = bed.get(part, Some(&admin)).await;
    assert_eq!((part.status, part.body.as_ref()), (StatusCode::OK, [1, 2, 3].as_slice()));
    assert!(part.header("content-disposition").starts_with("attachment"), "{:?}", part.headers);
}

#[tokio::test]
async fn what_is_no_number_in_an_address_is_nobodys_fault() {
    let (bed, admin) = Bed::ready().await;
    for path in ["/messages/x/html", "/messages/1/attachments/-", "/captured/99999999999999999999/html", "/captured/1/parts/-1"] {
        let status = bed.get(path, Some(&admin)).await.status;
        assert!(status.is_client_error(), "{path}: {status}");
    }
}

#[tokio::test]
async fn contacts_leave_only_with_the_right_to_export_and_each_file_leaves_an_entry() {
    let (bed, admin) = Bed::ready().await;
    let draft = model::ContactDraft {
        last_name: "Nová".to_owned(),
        emails: vec![model::AddressLine { text: "eva@klient.example".to_owned(), ..Default::default() }],
        ..model::ContactDraft::default()
    };
    bed.call("contacts/save_contact", Some(&admin), json!({ "key": null, "draft": draft })).await;
    let order = ExportOrder {
        chosen: Chosen::Matching { filter: ContactFilter::default(), except: Vec::new() },
        format: ExportFormat::Csv,
        headings: Vec::new(),
    };
    let export = async |session: Option<&Session>, order: &str| {
        let request = signed(own(Method::POST, "/contacts/export"), session).header(CONTENT_TYPE, "application/json");
        bed.send(request.body(Body::from(order.to_owned())).unwrap()).await
    };
    let order = serde_json::to_string(&order).unwrap();
    let entries = async || {
        let query = json!({ "query": AuditQuery::default() });
        let page: Page<AuditEntry> = bed.call("audit/list_audit", Some(&admin), query).await.json();
        page.rows.iter().filter(|it| matches!(it.deed, Deed::ContactsExported(..))).count()
    };
    assert_eq!(export(None, &order).await.status, StatusCode::UNAUTHORIZED);
    for (role, allowed) in [
        (DeliveredRole::Reader, false),
        (DeliveredRole::Writer, false),
        (DeliveredRole::Manager, true),
        (DeliveredRole::Administrator, true),
    ] {
        let session = bed.user(&admin, role).await;
        let before = entries().await;
        let reply = export(Some(&session), &order).await;
        if allowed {
            assert_eq!(reply.status, StatusCode::OK, "{role:?}: {}", reply.text());
            assert!(reply.text().contains("eva@klient.example"));
            assert!(reply.header("content-disposition").contains("contacts.csv"));
            assert_eq!(entries().await, before + 1, "{role:?}");
        } else {
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{role:?}");
            assert_eq!(reply.json::<Problem>(), Problem::Refused(Refusal::NotPermitted(Permission::Export)));
            assert_eq!(entries().await, before, "{role:?}");
        }
    }
    let unknown = order.replace("Csv", "Exe");
    assert_eq!(export(Some(&admin), &unknown).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
