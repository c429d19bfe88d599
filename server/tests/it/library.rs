//! Files of the library over HTTP: up with a right, down harmless.

use app::Problem;
use axum::body::Body;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{Method, StatusCode};
use model::library::FileFault;
use model::{DeliveredRole, LibraryItem, Refusal};

use crate::bed::{Bed, Reply, Session, own, signed};

const PICTURE: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b";
const DOCUMENT: &[u8] = b"%PDF-1.7\n%%EOF";

async fn post(bed: &Bed, session: Option<&Session>, path: &str, content: &[u8]) -> Reply {
    let request = signed(own(Method::POST, path), session).header(CONTENT_LENGTH, content.len());
    bed.send(request.body(Body::from(content.to_vec())).unwrap()).await
}

#[tokio::test]
async fn a_picture_goes_up_and_is_shown_as_a_picture_only() {
    let (bed, admin) = Bed::ready().await;
    let reply = post(&bed, Some(&admin), "/library/files?name=logo.html&folder=Jar%C3%A9", PICTURE).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let item: LibraryItem = reply.json();
    assert_eq!((item.name.as_str(), item.folder.as_str()), ("logo.png", "Jaré"));
    for (path, media_type) in [("picture", "image/png"), ("thumbnail", "image/png")] {
        let shown = bed.get(&format!("/library/files/{}/{path}?v=1", item.id), Some(&admin)).await;
        assert_eq!((shown.status, shown.header("content-type")), (StatusCode::OK, media_type));
        assert!(shown.header("content-security-policy").starts_with("sandbox; default-src 'none'"), "{:?}", shown.headers);
        assert_eq!(shown.header("x-content-type-options"), "nosniff");
        assert_eq!(shown.header("cross-origin-resource-policy"), "same-origin");
    }
}

#[tokio::test]
async fn any_other_file_is_only_ever_saved() {
    let (bed, admin) = Bed::ready().await;
    let item: LibraryItem = post(&bed, Some(&admin), "/library/files?name=Cenn%C3%ADk.pdf", DOCUMENT).await.json();
    let saved = bed.get(&format!("/library/files/{}", item.id), Some(&admin)).await;
    assert_eq!((saved.status, saved.body.as_ref()), (StatusCode::OK, DOCUMENT));
    assert!(saved.header("content-disposition").starts_with("attachment; "), "{:?}", saved.headers);
    assert_eq!(bed.get(&format!("/library/files/{}/picture", item.id), Some(&admin)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bed.get(&format!("/library/files/{}/thumbnail", item.id), Some(&admin)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_is_replaced_at_its_place() {
    let (bed, admin) = Bed::ready().await;
    let item: LibraryItem = post(&bed, Some(&admin), "/library/files?name=a.pdf", DOCUMENT).await.json();
    let path = format!("/library/files/{}?name=b.pdf&revision={}", item.id, item.revision);
    let replaced: LibraryItem = post(&bed, Some(&admin), &path, b"%PDF-1.7\nnew\n%%EOF").await.json();
    assert_eq!((replaced.id, replaced.version), (item.id, 2));
    assert_eq!(post(&bed, Some(&admin), &path, DOCUMENT).await.status, StatusCode::CONFLICT);
    assert!(bed.get(&format!("/library/files/{}", item.id), Some(&admin)).await.text().contains("new"));
}

#[tokio::test]
async fn only_who_may_puts_something_up_and_takes_it_down() {
    let (bed, admin) = Bed::ready().await;
    let item: LibraryItem = post(&bed, Some(&admin), "/library/files?name=a.gif", PICTURE).await.json();
    let (writer, reader) = (bed.user(&admin, DeliveredRole::Writer).await, bed.user(&admin, DeliveredRole::Reader).await);
    let before = bed.database();
    let replacing = format!("/library/files/{}?name=b.gif&revision=1", item.id);
    for path in ["/library/files?name=a.gif", &replacing] {
        assert_eq!(post(&bed, None, path, PICTURE).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(post(&bed, Some(&writer), path, PICTURE).await.status, StatusCode::FORBIDDEN);
    }
    for path in ["", "/picture", "/thumbnail"] {
        let path = format!("/library/files/{}{path}", item.id);
        assert_eq!(bed.get(&path, None).await.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(bed.get(&path, Some(&reader)).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(bed.get(&path, Some(&writer)).await.status, StatusCode::OK, "{path}");
    }
    assert!(before == bed.database());
}

#[tokio::test]
async fn what_is_refused_is_told_apart() {
    let (bed, admin) = Bed::ready().await;
    let svg = post(&bed, Some(&admin), "/library/files?name=a.png", b"<svg onload='alert(1)'/>").await;
    assert_eq!(svg.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(svg.json::<Problem>(), Problem::Refused(Refusal::FileRefused(FileFault::Svg)));
    let large = post(&bed, Some(&admin), "/library/files?name=a.pdf", &vec![0; 16 << 20]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
}
