//! Old archives over HTTP and by the command line.

use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Method, StatusCode};
use model::{Archive, ArchiveId, ArchiveState, DeliveredRole};
use serde_json::json;
use tempfile::TempDir;

use crate::bed::{Bed, Reply, Session, own, signed};
use crate::boot::process::{Ended, Server, posel};

const FILE: &[u8] = b"From a@x.example Thu May 28 20:26:40 2020\nFrom: a@x.example\nTo: eva@example.sk\nSubject: Stary\n\
    Date: Thu, 28 May 2020 20:26:40 +0000\nMessage-ID: <1@x.example>\n\ntext\n\nFrom b@x.example Thu May 28 20:27:00 2020\nnothing\n\n";

async fn upload(bed: &Bed, session: Option<&Session>, length: u64) -> Reply {
    let request = own(Method::POST, "/archives?name=posta.mbox");
    let request = signed(request, session).header(CONTENT_TYPE, "application/mbox").header(CONTENT_LENGTH, length);
    bed.send(request.body(Body::from(FILE)).unwrap()).await
}

async fn first(bed: &Bed, admin: &Session) -> Archive {
    let all: Vec<Archive> = bed.call("archives/list_archives", Some(admin), json!({})).await.json();
    all.into_iter().next().unwrap()
}

#[tokio::test]
async fn an_archive_goes_up_is_looked_at_and_taken_in() {
    let (bed, admin) = Bed::ready().await;
    let reply = upload(&bed, Some(&admin), FILE.len() as u64).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let id: ArchiveId = reply.json();
    engine::archives::turn(&bed.engine).await.unwrap();
    let looked = first(&bed, &admin).await;
    assert_eq!((looked.id, looked.state, looked.counts.added, looked.counts.bad), (id, ArchiveState::Looked, 1, 1));
    let reply = bed.call("archives/start_archive", Some(&admin), json!({ "id": id })).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    engine::archives::turn(&bed.engine).await.unwrap();
    assert_eq!(first(&bed, &admin).await.state, ArchiveState::Ended);
}

#[tokio::test]
async fn an_archive_needs_the_right() {
    let (bed, admin) = Bed::ready().await;
    assert_eq!(upload(&bed, None, 1).await.status, StatusCode::UNAUTHORIZED);
    let writer = bed.user(&admin, DeliveredRole::Writer).await;
    // The right is asked for before anything else.
    assert_eq!(upload(&bed, Some(&writer), u64::MAX).await.status, StatusCode::FORBIDDEN);
    assert_eq!(upload(&bed, Some(&admin), u64::MAX).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let all: Vec<Archive> = bed.call("archives/list_archives", Some(&admin), json!({})).await.json();
    assert_eq!(all, []);
}

#[test]
fn the_command_line_takes_an_archive_in_once() {
    let home = TempDir::new().unwrap();
    let server = Server::start(home.path(), &[]);
    server.set_up();
    assert_eq!(server.terminate().code, Some(0));
    let file = home.path().join("posta.mbox");
    std::fs::write(&file, FILE).unwrap();
    let import = |more: &[&str]| {
        let mut command = posel();
        command.args(["import", "archive"]).arg(&file).arg("--data").arg(home.path()).args(more);
        Ended::of(&mut command)
    };
    let dry = import(&["--dry-run"]);
    assert!(
        dry.output.contains("nothing was written; it would come to: 2 messages, 1 taken in"),
        "{} {}",
        dry.output,
        dry.errors
    );
    assert!(dry.output.contains("message 2 at byte "), "{}", dry.output);
    let told: serde_json::Value = serde_json::from_str(import(&["--json"]).output.lines().last().unwrap()).unwrap();
    assert_eq!((&told["added"], &told["known"], &told["bad"]), (&json!(1), &json!(0), &json!(1)));
    assert!(import(&[]).output.contains("0 taken in, 1 here already"));
}
