//! What was written, proved and found again: sheets, exports, the log, and the commands that look beside a running server.

use std::path::Path;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use engine::{indexer, worker};
use model::time::seconds;
use model::{
    AuditQuery, ChosenMessages, Deed, DeliveredRole, DeliveryState, LogProof, MessageDetail, MessageDraft, MessageExport,
    MessageFilter, MessageFormat, Released, SignedEvidence,
};
use serde_json::{Value, json};

use crate::bed::{Bed, Reply, Session, own, signed};
use crate::boot::process::{Ended, Server, posel};

/// Sends a message through Capture.
async fn sent(bed: &Bed, session: &Session, subject: &str) -> MessageDetail {
    let draft = MessageDraft {
        to: "Eva Nová <eva@klient.example>".to_owned(),
        bcc: "skryta@klient.example".to_owned(),
        subject: subject.to_owned(),
        body: "Dobrý deň,\n\nposielame Vám faktúru za tovar.".into(),
        ..MessageDraft::default()
    };
    let reply = bed.call("messages/send_message", Some(session), json!({ "key": null, "draft": draft })).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let released: Released = reply.json();
    bed.clock.advance(seconds(11));
    worker::turn(&bed.engine).await.unwrap();
    while 0 < indexer::turn(&bed.engine).await.unwrap() {}
    bed.call("history/open_message", Some(session), json!({ "id": released.id })).await.json()
}

async fn sheet(bed: &Bed, session: Option<&Session>, message: &MessageDetail, file: &str) -> Reply {
    let delivery = message.deliveries.iter().find(|it| it.address.to_string().starts_with("eva")).unwrap().id;
    bed.get(&format!("/messages/{}/deliveries/{delivery}/{file}", message.id), session).await
}

async fn export(bed: &Bed, session: Option<&Session>, path: &str, order: &Value) -> Reply {
    let request = signed(own(Method::POST, path), session).header(CONTENT_TYPE, "application/json");
    bed.send(request.body(Body::from(order.to_string())).unwrap()).await
}

/// Runs the program over the folder of the bed, whose server goes on.
fn run(bed: &Bed, arguments: &[&str]) -> Ended {
    Ended::of(posel().args(arguments).arg("--data").arg(bed.folder()).env("POSEL_KEY", "07".repeat(32)))
}

fn verify(arguments: &[&Path], key: Option<&str>) -> Ended {
    let mut command = posel();
    command.arg("verify").args(arguments);
    if let Some(key) = key {
        command.args(["--key", key]);
    }
    Ended::of(&mut command)
}

#[tokio::test]
async fn a_sheet_proves_a_delivery_without_the_server() {
    let (bed, admin) = Bed::ready().await;
    let message = sent(&bed, &admin, "Faktúra č. 7").await;
    let json = sheet(&bed, Some(&admin), &message, "evidence.json").await;
    let facts = json.json::<SignedEvidence>().evidence;
    assert_eq!(facts.delivery.state, DeliveryState::Accepted);
    let proof: LogProof = bed.call("audit/open_proof", Some(&admin), json!({})).await.json();
    assert_eq!((facts.releases.len(), facts.releases[0].who.as_str()), (1, "Eva Nová"));
    assert!(facts.message.recipients.iter().all(|it| !it.address.starts_with("skryta")), "{:?}", facts.message.recipients);
    let mail = bed.get(&format!("/messages/{}/mail.eml", message.id), Some(&admin)).await;
    let home = tempfile::tempdir().unwrap();
    let eml = home.path().join("mail.eml");
    std::fs::write(&eml, &mail.body).unwrap();
    for file in ["evidence.json", "evidence.html?language=cs", "evidence.pdf?language=sk"] {
        let reply = sheet(&bed, Some(&admin), &message, file).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        let path = home.path().join("sheet");
        std::fs::write(&path, &reply.body).unwrap();
        let ended = verify(&[&path, &eml], Some(&proof.key));
        assert_eq!(ended.code, Some(0), "{file}: {} {}", ended.output, ended.errors);
        assert!(ended.output.contains("byte for byte") && ended.output.contains("eva@klient.example"), "{}", ended.output);
    }
}

#[tokio::test]
async fn a_sheet_that_was_changed_is_named_so() {
    let (bed, admin) = Bed::ready().await;
    let message = sent(&bed, &admin, "Faktúra").await;
    let html = sheet(&bed, Some(&admin), &message, "evidence.html").await.text();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("sheet.html");
    let (shown, data) = html.split_once("<script type").unwrap();
    for (changed, words) in [
        (format!("{shown}<script type{}", data.replace("Faktúra", "Ponuka")), "the signature does not fit"),
        (format!("{}<script type{data}", shown.replace("Faktúra", "Ponuka")), "believe the lines above"),
        (shown.to_owned(), "holds no evidence sheet"),
    ] {
        std::fs::write(&path, changed).unwrap();
        let ended = verify(&[&path], None);
        assert_eq!(ended.code, Some(1), "{}", ended.output);
        assert!(ended.errors.contains(words), "{}", ended.errors);
    }
    std::fs::write(&path, &html).unwrap();
    assert!(verify(&[&path], Some(&"00".repeat(32))).errors.contains("signed by another key"));
    let stranger = home.path().join("other.eml");
    std::fs::write(&stranger, "Subject: x").unwrap();
    assert!(verify(&[&path, &stranger], None).errors.contains("nothing that the sheet speaks of"));
}

#[tokio::test]
async fn a_sheet_is_made_only_for_who_may_see_the_message() {
    let (bed, admin) = Bed::ready().await;
    let message = sent(&bed, &admin, "Faktúra").await;
    let writer = bed.user(&admin, DeliveredRole::Writer).await;
    assert_eq!(sheet(&bed, None, &message, "evidence.pdf").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sheet(&bed, Some(&writer), &message, "evidence.pdf").await.status, StatusCode::NOT_FOUND);
    assert_eq!(sheet(&bed, Some(&admin), &message, "evidence.exe").await.status, StatusCode::NOT_FOUND);
    let other = format!("/messages/{}/deliveries/999/evidence.pdf", message.id);
    assert_eq!(bed.get(&other, Some(&admin)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn messages_leave_in_each_form_and_only_with_the_right() {
    let (bed, admin) = Bed::ready().await;
    let message = sent(&bed, &admin, "Žltý <kôň>").await;
    let order = |format| json!(MessageExport { chosen: ChosenMessages::These(vec![message.id]), format });
    let manager = bed.user(&admin, DeliveredRole::Manager).await;
    let reader = bed.user(&admin, DeliveredRole::Reader).await;
    assert_eq!(export(&bed, None, "/messages/export", &order(MessageFormat::Xml)).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(export(&bed, Some(&reader), "/messages/export", &order(MessageFormat::Xml)).await.status, StatusCode::FORBIDDEN);
    let xml = export(&bed, Some(&manager), "/messages/export", &order(MessageFormat::Xml)).await.text();
    assert!(xml.contains("<subject>Žltý &lt;kôň&gt;</subject>") && xml.ends_with("</messages>\n"), "{xml}");
    assert!(xml.contains("<delivery address=\"eva@klient.example\" state=\"accepted\">"), "{xml}");
    let mbox = export(&bed, Some(&admin), "/messages/export", &order(MessageFormat::Mbox)).await.text();
    assert!(mbox.starts_with("From ") && mbox.contains("\nMessage-ID: ") && mbox.ends_with("\n\n"), "{mbox}");
    let matching =
        json!(MessageExport { chosen: ChosenMessages::Matching(MessageFilter::default()), format: MessageFormat::Eml });
    let zip = export(&bed, Some(&admin), "/messages/export", &matching).await;
    assert!(zip.body.starts_with(b"PK") && zip.header("content-disposition").contains("messages.zip"), "{:?}", zip.headers);
}

#[tokio::test]
async fn the_log_leaves_with_its_hashes_and_is_proved_by_an_anchor() {
    let (bed, admin) = Bed::ready().await;
    let LogProof { anchors, .. } = bed.call("audit/open_proof", Some(&admin), json!({})).await.json();
    let anchor = format!("{}:{}", anchors[0].entry, anchors[0].hash);
    sent(&bed, &admin, "=1+1").await;
    let csv = export(&bed, Some(&admin), "/log/export", &json!(AuditQuery::default())).await.text();
    assert!(csv.contains("LogExported") && csv.contains(&anchors[0].hash), "{csv}");
    let told = export(&bed, Some(&admin), "/log/export?language=cs", &json!(AuditQuery::default())).await.text();
    assert!(told.contains("MessageReleased") && told.contains("Odeslání zprávy na 2 adresy"), "{told}");
    let manager = bed.user(&admin, DeliveredRole::Manager).await;
    assert_eq!(export(&bed, Some(&manager), "/log/export", &json!(AuditQuery::default())).await.status, StatusCode::FORBIDDEN);
    let ended = run(&bed, &["audit", "verify", "--anchor", &anchor]);
    assert_eq!(ended.code, Some(0), "{}", ended.errors);
    assert!(ended.output.contains("The action log is whole") && ended.output.contains("still the same"), "{}", ended.output);
    let other = format!("{}:{}", anchors[0].entry, "00".repeat(32));
    let ended = run(&bed, &["audit", "verify", "--anchor", &other]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.errors.contains("is not the one whose hash was noted"), "{}", ended.errors);
}

#[tokio::test]
async fn messages_are_found_from_the_command_line_beside_the_server() {
    let (bed, admin) = Bed::ready().await;
    let message = sent(&bed, &admin, "Faktúra za apríl").await;
    sent(&bed, &admin, "Pozvánka").await;
    let ended = run(&bed, &["search", "faktury april", "--json"]);
    assert_eq!(ended.code, Some(0), "{}", ended.errors);
    let lines: Vec<Value> = ended.output.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(lines.len(), 1, "{}", ended.output);
    assert_eq!((&lines[0]["id"], &lines[0]["subject"]), (&json!(message.id), &json!("Faktúra za apríl")));
    assert!(run(&bed, &["search", "nezmysel"]).output.contains("Nothing was found."));
    // The server goes on writing.
    sent(&bed, &admin, "Ponuka").await;
    assert!(run(&bed, &["search", "ponuka"]).output.contains("Ponuka"));
}

#[tokio::test]
async fn each_sheet_and_each_export_leaves_an_entry() {
    let (bed, admin) = Bed::ready().await;
    let message = sent(&bed, &admin, "Faktúra").await;
    sheet(&bed, Some(&admin), &message, "evidence.json").await;
    let order = json!(MessageExport { chosen: ChosenMessages::These(vec![message.id]), format: MessageFormat::Mbox });
    export(&bed, Some(&admin), "/messages/export", &order).await;
    let page: model::Page<model::AuditEntry> =
        bed.call("audit/list_audit", Some(&admin), json!({ "query": AuditQuery::default() })).await.json();
    let deeds: Vec<Deed> = page.rows.into_iter().map(|it| it.deed).collect();
    assert_eq!(deeds[0], Deed::MessagesExported(MessageFormat::Mbox, 1));
    assert!(matches!(deeds[1], Deed::EvidenceMade(id, _) if id == message.id), "{:?}", deeds[1]);
}

/// A folder that was set up by a server which has ended.
fn set_up() -> (tempfile::TempDir, std::path::PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let server = Server::start(&data, &[]);
    server.set_up();
    assert_eq!(server.terminate().code, Some(0));
    (home, data)
}

fn over(data: &Path, arguments: &[&str]) -> Ended {
    Ended::of(posel().args(arguments).arg("--data").arg(data))
}

#[test]
fn a_new_master_key_opens_what_the_old_one_did() {
    let (_home, data) = set_up();
    let file = data.join("posel.key");
    let old = std::fs::read(&file).unwrap();
    let ended = over(&data, &["keys", "master"]);
    assert_eq!(ended.code, Some(0), "{}", ended.errors);
    assert_ne!(std::fs::read(&file).unwrap(), old);
    assert_eq!(std::fs::read(data.join("posel.key.old")).unwrap(), old);
    for command in [&["check"][..], &["keys", "verify"]] {
        let ended = over(&data, command);
        assert_eq!(ended.code, Some(0), "{command:?} {} {}", ended.output, ended.errors);
    }
    std::fs::rename(data.join("posel.key.old"), &file).unwrap();
    assert_eq!(over(&data, &["check"]).code, Some(1), "the old key opens nothing any more");
}

#[test]
fn a_change_of_the_master_key_that_was_stopped_goes_on_or_never_began() {
    let (_home, data) = set_up();
    let (file, new, old) = (data.join("posel.key"), data.join("posel.key.new"), data.join("posel.key.old"));
    // Stopped before anything was put under the new key.
    std::fs::copy(&file, &new).unwrap();
    std::fs::write(&new, "ab".repeat(32)).unwrap();
    assert_eq!(over(&data, &["check"]).code, Some(0));
    assert_eq!(over(&data, &["keys", "master"]).code, Some(0));
    assert_eq!(std::fs::read_to_string(&file).unwrap().trim(), "ab".repeat(32));
    // Stopped after that, before the new key took its place.
    std::fs::rename(&file, &new).unwrap();
    std::fs::rename(&old, &file).unwrap();
    assert_eq!(over(&data, &["check"]).code, Some(0));
    assert_eq!(std::fs::read_to_string(&file).unwrap().trim(), "ab".repeat(32));
    assert!(!new.exists() && old.exists());
}

#[test]
fn a_new_data_key_is_taken_up_beside_a_server_that_runs() {
    let (_home, data) = set_up();
    let told = |command: &[&str]| {
        let ended = over(&data, command);
        assert_eq!(ended.code, Some(0), "{command:?} {} {}", ended.output, ended.errors);
        ended.output
    };
    assert!(told(&["keys", "rotate"]).contains("Everything lies under data key 2."));
    assert!(!told(&["keys", "verify"]).contains("under data key 1"));
    let server = Server::start(&data, &[]);
    assert!(told(&["keys", "rotate"]).contains("The server that runs takes it up"));
    let begun = std::time::Instant::now();
    while told(&["keys", "verify"]).contains("under data key 2") {
        assert!(begun.elapsed().as_secs() < 120, "the server did not take the key up");
    }
    assert_eq!(server.terminate().code, Some(0));
    assert!(told(&["keys", "verify"]).contains("3 data keys"));
    assert!(told(&["check"]).contains("in order"));
}
