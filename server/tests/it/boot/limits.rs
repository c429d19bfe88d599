//! The program where the system gives it too little.

use std::net::TcpStream;

use model::ListDraft;
use serde_json::json;
use tempfile::TempDir;

use super::process::Server;

/// More connections than the program may open at all, and no more than the system lets wait for it besides.
const STRANGERS: usize = 160;

#[test]
fn more_connections_than_it_may_open_do_not_end_it() {
    let home = TempDir::new().unwrap();
    let server = Server::start_under("ulimit -n 128", home.path());
    let strangers: Vec<TcpStream> = (0..STRANGERS).filter_map(|_| server.touch()).collect();
    drop(strangers);
    assert_eq!(server.get("/readyz").0, 200);
    assert_eq!(server.terminate().code, Some(0));
}

fn save(server: &Server, cookie: &str, n: usize) -> u16 {
    let draft = ListDraft { name: format!("Zoznam {n}"), ..ListDraft::default() };
    server.call("recipient_lists/save_list", Some(cookie), &json!({ "key": null, "draft": draft })).0
}

#[test]
fn after_an_error_of_the_disk_nothing_more_is_written_and_all_that_was_confirmed_is_there() {
    let home = TempDir::new().unwrap();
    let first = Server::start(home.path(), &[]);
    let cookie = first.set_up();
    assert_eq!(first.terminate().code, Some(0));
    // A file that must not grow gives another error than a full disk, when the group is committed.
    let server = Server::start_under("trap '' XFSZ; ulimit -f 2000", home.path());
    let confirmed = (0..10_000).take_while(|n| save(&server, &cookie, *n) == 200).count();
    assert!(confirmed < 10_000);
    assert_eq!(server.get("/readyz").0, 503);
    assert_ne!(save(&server, &cookie, 10_000), 200, "writing has stopped for good");
    drop(server);
    let again = Server::start(home.path(), &[]);
    assert_eq!(again.get("/readyz").0, 200);
    for n in 0..confirmed {
        assert_eq!(save(&again, &cookie, n), 422, "list {n} is there, so its name is taken");
    }
    assert_eq!(save(&again, &cookie, 10_000), 200);
}
