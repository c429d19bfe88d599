//! The address that gateways for text messages call: no session, a secret in the path, a bounded body.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use engine::{sms, worker};
use model::message::UNDO_MS;
use model::{Account, Channel, DeliveryState, MessageDetail, MessageDraft, Released, SendingWindow, SmsAccountDraft, SmsGateway};
use serde_json::json;

use crate::bed::{Bed, Reply, Session, URL};

/// A gateway that only calls and cannot be asked.
const DESCRIPTION: &str = r#"{
  "send": { "method": "Get", "url": "http://127.0.0.1:9/send?to={{number}}&text={{text}}&ref={{reference}}" },
  "answer": { "id": { "Pointer": "/id" } },
  "callback": {
    "receipts": {
      "reference": { "Pointer": "/ref" },
      "state": { "Pointer": "/state" },
      "states": [["delivered", "Delivered"], ["sent", "EnRoute"]]
    }
  }
}"#;

async fn account(bed: &Bed, admin: &Session, description: &str) -> String {
    let mut draft = SmsAccountDraft::new(SmsGateway::Http { description: description.to_owned() });
    draft.name = "Brána".to_owned();
    draft.pace.window = SendingWindow::ALWAYS;
    let saved = bed.call("sms/save_sms_account", Some(admin), json!({ "id": null, "draft": draft })).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    let accounts: Vec<Account> = bed.call("accounts/list_accounts", Some(admin), json!({})).await.json();
    let standing = accounts.into_iter().find_map(|it| it.sms).expect("an account for text messages");
    standing.callback_url.strip_prefix(URL).expect("the gateway calls us").to_owned()
}

/// Calls as a gateway does: without cookie, from somewhere.
async fn call(bed: &Bed, method: Method, path: &str, body: Vec<u8>) -> Reply {
    let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
    bed.send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn a_call_needs_no_session_and_is_answered_as_the_gateway_wants() {
    let (bed, admin) = Bed::ready().await;
    let path = account(&bed, &admin, DESCRIPTION).await;
    for (method, path, body) in [
        (Method::POST, path.clone(), br#"{"ref":"1-x","state":"delivered"}"#.to_vec()),
        (Method::GET, format!("{path}?ref=1-x&state=sent"), Vec::new()),
    ] {
        let reply = call(&bed, method, &path, body).await;
        assert_eq!((reply.status, reply.text().as_str()), (StatusCode::OK, "OK"));
    }
}

#[tokio::test]
async fn who_does_not_know_the_secret_finds_nothing_and_a_large_body_is_not_read() {
    let (bed, admin) = Bed::ready().await;
    let path = account(&bed, &admin, DESCRIPTION).await;
    let guessed = format!("{}x", path);
    assert_eq!(call(&bed, Method::POST, &guessed, b"{}".to_vec()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(call(&bed, Method::POST, &path, b"no json".to_vec()).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(call(&bed, Method::POST, &path, vec![b' '; 70_000]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_receipt_from_outside_moves_only_what_is_named_as_we_name_it() {
    let (bed, admin) = Bed::ready().await;
    let server = delivery::testing::HttpServer::start(|_| delivery::testing::HttpSaid::json(&json!({ "id": "7" }))).await;
    let at = format!("http://127.0.0.1:{}", server.base().rsplit_once(':').unwrap().1);
    let path = account(&bed, &admin, &DESCRIPTION.replace("http://127.0.0.1:9", &at)).await;
    let draft = MessageDraft { channel: Channel::Sms, to: "0903622237".into(), body: "x".into(), ..MessageDraft::default() };
    let released: Released = bed.call("messages/send_message", Some(&admin), json!({ "key": null, "draft": draft })).await.json();
    bed.clock.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    sms::turn(&bed.engine).await.unwrap();
    let seen =
        async || -> MessageDetail { bed.call("history/open_message", Some(&admin), json!({ "id": released.id })).await.json() };
    let delivery = seen().await.deliveries.remove(0);
    assert_eq!(delivery.state, DeliveryState::Accepted);
    let reference = server.asked()[0].query().into_iter().find(|it| it.0 == "ref").unwrap().1;
    let forged = format!("{}-0011223344556677", delivery.id);
    for (name, state) in [(forged, DeliveryState::Accepted), (reference, DeliveryState::Delivered)] {
        let body = json!({ "ref": name, "state": "delivered" }).to_string().into_bytes();
        assert_eq!(call(&bed, Method::POST, &path, body).await.status, StatusCode::OK);
        assert_eq!(seen().await.deliveries[0].state, state);
    }
}
