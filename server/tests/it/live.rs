//! News: what changed reaches an open screen, and the line ends when it must.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use futures::StreamExt;
use model::{ContactDraft, DeliveredRole};
use serde_json::json;

use crate::bed::{Bed, Session, own, signed};

/// An open line, read event by event.
struct Line(axum::body::BodyDataStream);

impl Line {
    async fn open(bed: &Bed, session: &Session) -> Self {
        let request = signed(own(Method::GET, "/live"), Some(session)).body(Body::empty()).unwrap();
        let reply = bed.open(request).await;
        assert_eq!(reply.status(), StatusCode::OK);
        assert_eq!(reply.headers()["content-type"], "text/event-stream");
        Self(reply.into_body().into_data_stream())
    }

    /// Reads until a piece contains the text.
    async fn hears(&mut self, text: &str) {
        while let Some(piece) = self.0.next().await {
            if String::from_utf8_lossy(&piece.unwrap()).contains(text) {
                return;
            }
        }
        panic!("the line ended without {text}");
    }

    async fn ends(mut self) {
        while self.0.next().await.is_some() {}
    }
}

#[tokio::test]
async fn an_open_screen_hears_what_changed() {
    let (bed, admin) = Bed::ready().await;
    let mut line = Line::open(&bed, &admin).await;
    line.hears("event: pulse\ndata: {\"waiting\":0}").await;
    let draft = ContactDraft { last_name: "Kováč".to_owned(), ..ContactDraft::default() };
    let reply = bed.call("contacts/save_contact", Some(&admin), json!({ "key": null, "draft": draft })).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    line.hears("event: change\ndata: \"Contacts\"").await;
}

#[tokio::test]
async fn a_line_needs_a_session() {
    let bed = Bed::fresh().await;
    assert_eq!(bed.get("/live", None).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_line_ends_with_the_server() {
    let (bed, admin) = Bed::ready().await;
    let mut line = Line::open(&bed, &admin).await;
    line.hears("pulse").await;
    bed.stop.send_replace(true);
    line.ends().await;
}

#[tokio::test]
async fn a_line_ends_with_the_session_and_tells_nothing_more() {
    let (bed, admin) = Bed::ready().await;
    let writer = bed.user(&admin, DeliveredRole::Writer).await;
    let mut line = Line::open(&bed, &writer).await;
    line.hears("pulse").await;
    assert_eq!(bed.call("session/sign_out", Some(&writer), json!({})).await.status, StatusCode::OK);
    let draft = ContactDraft { last_name: "Kováč".to_owned(), ..ContactDraft::default() };
    bed.call("contacts/save_contact", Some(&admin), json!({ "key": null, "draft": draft })).await;
    assert!(line.0.next().await.is_none());
}
