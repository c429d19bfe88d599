//! Files of contacts over HTTP and by the command line.

use app::Problem;
use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Method, StatusCode};
use model::{DeliveredRole, Import, ImportId, ImportLook, ImportPlan, ImportState, Refusal, SuppressionFile, TableFault};
use serde_json::json;
use tempfile::TempDir;

use crate::bed::{Bed, Reply, Session, own, signed};
use crate::boot::process::{Ended, Server, posel};

const FILE: &[u8] = b"Meno;Priezvisko;E-mail\r\n\x8atefan;\xc8ern\xfd;cierny@x.example\r\nZl\xe1;Adresa;nie\r\n";

async fn upload(bed: &Bed, session: Option<&Session>, name: &str, content: &[u8]) -> Reply {
    let request = own(Method::POST, &format!("/imports?name={name}"));
    let request = signed(request, session).header(CONTENT_TYPE, "text/csv").header(CONTENT_LENGTH, content.len());
    bed.send(request.body(Body::from(content.to_vec())).unwrap()).await
}

#[tokio::test]
async fn a_file_goes_up_and_its_wrong_rows_come_down() {
    let (bed, admin) = Bed::ready().await;
    let reply = upload(&bed, Some(&admin), "klienti.csv", FILE).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let id: ImportId = reply.json();
    let look: ImportLook = bed.call("imports/look_at_import", Some(&admin), json!({ "id": id, "reading": null })).await.json();
    assert_eq!(look.rows[0].cells, ["Štefan", "Černý", "cierny@x.example"]);
    let plan = ImportPlan { reading: look.reading, columns: look.suggested, ..ImportPlan::default() };
    let reply = bed.call("imports/start_import", Some(&admin), json!({ "id": id, "plan": plan })).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    engine::imports::turn(&bed.engine).await.unwrap();
    let import: Import = bed.call("imports/open_import", Some(&admin), json!({ "id": id })).await.json();
    assert_eq!((import.row.state, import.row.counts.created, import.row.counts.bad), (ImportState::Finished, 1, 1));
    let bad = bed.get(&format!("/imports/{id}/bad-rows.csv"), Some(&admin)).await;
    assert!(bad.text().contains("\"Zlá\";\"Adresa\";\"nie\";\"3\""), "{}", bad.text());
    assert_eq!(bad.header("content-disposition"), "attachment; filename=\"bad-rows.csv\"; filename*=UTF-8''bad-rows.csv");
    let report = bed.get(&format!("/imports/{id}/report.csv"), Some(&admin)).await;
    assert!(report.text().contains("\"3\";\"bad\""), "{}", report.text());
}

#[tokio::test]
async fn a_file_needs_the_right_and_must_be_a_table() {
    let (bed, admin) = Bed::ready().await;
    assert_eq!(upload(&bed, None, "a.csv", FILE).await.status, StatusCode::UNAUTHORIZED);
    let reader = bed.user(&admin, DeliveredRole::Reader).await;
    assert_eq!(upload(&bed, Some(&reader), "a.csv", FILE).await.status, StatusCode::FORBIDDEN);
    let reply = upload(&bed, Some(&admin), "a.xml", b"<!DOCTYPE a><a/>").await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let Problem::Refused(refusal) = reply.json() else { panic!("{}", reply.text()) };
    assert_eq!(refusal, Refusal::BadTable { line: 1, fault: TableFault::DocumentType });
}

#[test]
fn the_command_line_imports_by_the_same_rules() {
    let home = TempDir::new().unwrap();
    let server = Server::start(home.path(), &[]);
    server.set_up();
    assert_eq!(server.terminate().code, Some(0));
    let file = home.path().join("klienti.csv");
    std::fs::write(&file, FILE).unwrap();
    let import = |more: &[&str]| {
        let mut command = posel();
        command.args(["import", "contacts"]).arg(&file).arg("--data").arg(home.path()).args(more);
        Ended::of(&mut command)
    };
    let dry = import(&["--dry-run"]);
    assert!(dry.output.contains("nothing was written; it would come to: 2 rows, 1 created"), "{} {}", dry.output, dry.errors);
    let first = import(&["--list", "Veľtrh", "--json"]);
    assert!(first.output.contains("line 3: "), "{}", first.output);
    let counts: serde_json::Value = serde_json::from_str(first.output.lines().last().unwrap()).unwrap();
    assert_eq!(counts, json!({ "rows": 2, "created": 1, "updated": 0, "skipped": 0, "bad": 1, "dry_run": false }));
    let again = import(&["--list", "Veľtrh", "--update"]);
    assert!(again.output.contains("2 rows, 0 created, 0 updated, 1 skipped, 1 bad"), "{} {}", again.output, again.errors);
    std::fs::write(&file, b"<!DOCTYPE a><a/>").unwrap();
    assert_eq!(import(&[]).code, Some(1));
}

#[test]
fn the_command_line_writes_down_whom_nobody_may_write_to() {
    let home = TempDir::new().unwrap();
    let server = Server::start(home.path(), &[]);
    server.set_up();
    assert_eq!(server.terminate().code, Some(0));
    let file = home.path().join("odhlaseni.csv");
    std::fs::write(&file, "eva@x.example\njan@x.example\nnikto\n").unwrap();
    let import = |more: &[&str]| {
        let mut command = posel();
        command.args(["import", "suppressions"]).arg(&file).arg("--data").arg(home.path()).args(more);
        Ended::of(&mut command)
    };
    let dry = import(&["--dry-run"]);
    assert!(dry.output.contains("line 3: ") && dry.output.contains("found: 2, 0 lifted, 1 bad"), "{} {}", dry.output, dry.errors);
    let first = import(&["--reason", "unsubscribed", "--json"]);
    let counts: serde_json::Value = serde_json::from_str(first.output.lines().last().unwrap()).unwrap();
    assert_eq!(counts, json!({ "found": 2, "added": 2, "already": 0, "lifted": 0, "bad": 1, "dry_run": false }));
    let again = import(&[]);
    assert!(again.output.contains("2 found, 0 added, 2 there before"), "{} {}", again.output, again.errors);
    assert_eq!(import(&["--reason", "because"]).code, Some(2));
}

#[tokio::test]
async fn a_file_of_those_to_be_left_alone_is_read_over_http_by_who_may_suppress() {
    let (bed, admin) = Bed::ready().await;
    let send = async |session: Option<&Session>| {
        let request = signed(own(Method::POST, "/suppressions/file?name=a.csv"), session).header(CONTENT_TYPE, "text/csv");
        bed.send(request.body(Body::from("eva@x.example\nnikto\n")).unwrap()).await
    };
    assert_eq!(send(None).await.status, StatusCode::UNAUTHORIZED);
    let reader = bed.user(&admin, DeliveredRole::Reader).await;
    assert_eq!(send(Some(&reader)).await.status, StatusCode::FORBIDDEN);
    let file: SuppressionFile = send(Some(&admin)).await.json();
    assert_eq!((file.targets, file.bad_in_all, file.bad[0].0), (vec!["eva@x.example".to_owned()], 1, 2));
}
