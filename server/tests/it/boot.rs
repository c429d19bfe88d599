//! The real program: first start, refusals in sentences, graceful end, and what `posel check` finds.

mod limits;
pub mod process;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use app::Problem;
use model::{Refusal, SessionRow};
use serde_json::json;
use tempfile::TempDir;

use process::{Ended, Server, posel};

fn key_of(folder: &Path) -> std::path::PathBuf {
    folder.join("posel.key")
}

#[test]
fn the_first_start_makes_everything_and_prints_the_link() {
    let home = TempDir::new().unwrap();
    let data = home.path().join("data");
    let server = Server::start(&data, &[]);
    assert!(server.said[0].starts_with("Open this link to set Posel up: http://localhost:"), "{:?}", server.said);
    assert!(server.said[1].starts_with("Posel listens on http://127.0.0.1:"), "{:?}", server.said);
    assert_eq!(server.get("/healthz").0, 200);
    assert_eq!(server.get("/readyz").0, 200);
    for it in ["posel.db", "posel.key", "posel.lock", "index"] {
        assert!(data.join(it).exists(), "{it}");
    }
    assert_eq!(fs::read_to_string(data.join("posel.lock")).unwrap().trim(), server.process().to_string());
    assert_eq!(server.terminate().code, Some(0));
}

#[test]
fn what_the_first_start_makes_is_open_to_its_owner_alone() {
    let home = TempDir::new().unwrap();
    let data = home.path().join("data");
    drop(Server::start(&data, &[]));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&data), mode(&key_of(&data))), (0o700, 0o600));
    for it in ["posel.db", "posel.db-wal"] {
        assert_eq!(mode(&data.join(it)), 0o600, "{it}");
    }
}

#[test]
fn the_link_sets_posel_up_once() {
    let home = TempDir::new().unwrap();
    let server = Server::start(home.path(), &[]);
    let cookie = server.set_up();
    let (status, body) = server.call("profile/list_sessions", Some(&cookie), &json!({}));
    let sessions: Vec<SessionRow> = serde_json::from_str(&body).unwrap();
    assert_eq!((status, sessions.len(), sessions[0].from.as_str()), (200, 1, "127.0.0.1"));
    let (status, body) = server.call("session/set_up", None, &server.first_run());
    assert_eq!((status, serde_json::from_str(&body).ok()), (401, Some(Problem::Refused(Refusal::LinkExpired))));
}

#[test]
fn the_end_is_graceful_and_the_next_start_goes_on() {
    let home = TempDir::new().unwrap();
    let server = Server::start(home.path(), &[]);
    let cookie = server.set_up();
    // An open line must not hold the end up.
    let _line = server.open("/live", &cookie);
    let ended = server.terminate();
    assert_eq!(ended.code, Some(0), "{}", ended.errors);
    let again = Server::start(home.path(), &[]);
    assert!(again.said[0].starts_with("Posel listens on "), "{:?}", again.said);
    assert_eq!(again.call("session/who_am_i", Some(&cookie), &json!({})).0, 200);
}

#[test]
fn a_second_process_on_the_folder_is_refused() {
    let home = TempDir::new().unwrap();
    let server = Server::start(home.path(), &[]);
    let refused = Ended::of(posel().args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(home.path()));
    let sentence = format!("is in use by another Posel (process {}): stop it first", server.process());
    assert_eq!(refused.code, Some(1));
    assert!(refused.errors.contains(&sentence), "{}", refused.errors);
}

#[test]
fn a_taken_port_is_refused_before_anything_is_made() {
    let home = TempDir::new().unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let data = home.path().join("data");
    let refused = Ended::of(posel().args(["serve", "--listen", &address, "--data"]).arg(&data));
    assert!(refused.errors.contains(&format!("{address} cannot be listened on")), "{}", refused.errors);
    assert!(!data.exists());
}

#[test]
fn a_wrong_a_missing_and_an_open_key_are_refused_with_what_to_do() {
    let home = TempDir::new().unwrap();
    drop(Server::start(home.path(), &[]));
    let key = fs::read_to_string(key_of(home.path())).unwrap();
    let start = || Ended::of(posel().args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(home.path())).errors;

    fs::write(key_of(home.path()), "00".repeat(32)).unwrap();
    assert!(start().contains("does not belong to the data in"), "{}", start());
    fs::write(key_of(home.path()), "short").unwrap();
    assert!(start().contains("does not hold a key of 64 hexadecimal digits"), "{}", start());
    fs::remove_file(key_of(home.path())).unwrap();
    assert!(start().contains("put the key file back from your backup of keys"), "{}", start());
    assert!(!key_of(home.path()).exists());
    fs::write(key_of(home.path()), &key).unwrap();
    fs::set_permissions(key_of(home.path()), fs::Permissions::from_mode(0o644)).unwrap();
    assert!(start().contains("run `chmod 600 "), "{}", start());
    fs::set_permissions(key_of(home.path()), fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(Server::start(home.path(), &[]).terminate().code, Some(0));
}

#[test]
fn the_key_may_come_from_the_environment_and_is_not_written_down() {
    let home = TempDir::new().unwrap();
    let key = "ab".repeat(32);
    assert_eq!(Server::start(home.path(), &[("POSEL_KEY", &key)]).terminate().code, Some(0));
    assert!(!key_of(home.path()).exists());
    let other = "cd".repeat(32);
    let refused = Ended::of(posel().env("POSEL_KEY", other).args(["check", "--data"]).arg(home.path()));
    assert!(refused.errors.contains("the key in POSEL_KEY does not belong to the data"), "{}", refused.errors);
}

#[test]
fn a_wrong_configuration_is_told_with_file_line_and_field() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("posel.toml");
    fs::write(&file, "data = \"data\"\n\nlisten = 8080\npublic_ulr = \"x\"\n").unwrap();
    let refused = Ended::of(posel().args(["config", "check", "--public-url", "http://posel.example.sk", "--config"]).arg(&file));
    let name = file.display();
    assert_eq!(refused.code, Some(1));
    for sentence in [
        format!("{name}, line 3: `listen` must be a text in quotes, but a number stands there"),
        format!("{name}, line 4: there is no setting `public_ulr`; did you mean `public_url`?"),
        "--public-url is \"http://posel.example.sk\": it must begin with https://".to_owned(),
    ] {
        assert!(refused.errors.contains(&sentence), "{}", refused.errors);
    }
}

#[test]
fn a_right_configuration_is_shown_with_where_it_comes_from() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("posel.toml");
    fs::write(&file, "data = \"/srv/posel\"\ntrusted_proxies = [\"10.0.0.0/8\"]\n").unwrap();
    let mut command = posel();
    command.env("POSEL_LOG", "debug").args(["config", "check", "--listen", "[::1]:80", "--config"]).arg(&file);
    let shown = Ended::of(&mut command);
    assert_eq!(shown.code, Some(0), "{}", shown.errors);
    let lines: Vec<Vec<&str>> = shown.output.lines().map(|it| it.split_whitespace().collect()).collect();
    let file = file.display().to_string();
    let file = format!("({file},");
    for line in [
        vec!["data", "/srv/posel", &file, "line", "1)"],
        vec!["trusted_proxies", "10.0.0.0/8", &file, "line", "2)"],
        vec!["listen", "[::1]:80", "(--listen)"],
        vec!["log", "debug", "(POSEL_LOG)"],
        vec!["log_format", "text", "(default)"],
    ] {
        assert!(lines.contains(&line), "{}", shown.output);
    }
    assert!(!Path::new("/srv/posel").exists());
}

#[test]
fn a_sound_folder_passes_the_check_and_a_damaged_one_does_not() {
    let home = TempDir::new().unwrap();
    let server = Server::start(home.path(), &[]);
    let cookie = server.set_up();
    let draft = json!({ "contact": null, "account": null, "to": "klient@example.cz", "cc": "", "bcc": "", "subject": "Ponuka",
        "body": "Dobrý deň", "with_signature": false, "attachments": [] });
    let (status, body) = server.call("messages/prepare_message", Some(&cookie), &json!({ "key": null, "draft": draft }));
    assert_eq!(status, 200, "{body}");
    assert_eq!(server.terminate().code, Some(0));
    let check = || Ended::of(posel().args(["check", "--data"]).arg(home.path()));
    let sound = check();
    assert_eq!((sound.code, sound.output.as_str()), (Some(0), "Database, vault, action log and search index are in order.\n"));

    flip_sealed_bits(&home.path().join("posel.db"));
    let damaged = check();
    assert_eq!(damaged.code, Some(1), "{}", damaged.output);
    assert!(damaged.output.contains("messages.subject of row 1 is damaged"), "{} {}", damaged.output, damaged.errors);
}

/// Flips one bit in each sealed value, wherever in the file they lie.
fn flip_sealed_bits(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    // Version, packing, data key 1, no dictionary: how each sealed value begins.
    let begins = |packing: u8| [1, packing, 1, 0, 0, 0, 0, 0, 0, 0];
    let places: Vec<usize> =
        (0..bytes.len() - 64).filter(|at| [begins(0), begins(1)].iter().any(|it| bytes[*at..].starts_with(it))).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at + 40] ^= 1;
    }
    fs::write(file, bytes).unwrap();
}

#[test]
fn an_entry_taken_out_of_the_log_is_noticed() {
    let home = TempDir::new().unwrap();
    let server = Server::start(home.path(), &[]);
    server.set_up();
    assert_eq!(server.terminate().code, Some(0));
    let file = home.path().join("posel.db");
    let mut bytes = fs::read(&file).unwrap();
    // The network address of an entry, as somebody might wish it had been another.
    let at = bytes.windows(9).rposition(|it| it == b"127.0.0.1").unwrap();
    bytes[at + 8] = b'9';
    fs::write(&file, bytes).unwrap();
    let damaged = Ended::of(posel().args(["check", "--data"]).arg(home.path()));
    assert_eq!(damaged.code, Some(1));
    assert!(damaged.output.contains("the action log was changed at entry"), "{} {}", damaged.output, damaged.errors);
}

#[test]
fn a_check_needs_an_installation_that_is_not_in_use() {
    let home = TempDir::new().unwrap();
    let nothing = Ended::of(posel().args(["check", "--data"]).arg(home.path()));
    assert!(nothing.errors.contains("there is no Posel in"), "{}", nothing.errors);
    let _server = Server::start(home.path(), &[]);
    let busy = Ended::of(posel().args(["check", "--data"]).arg(home.path()));
    assert!(busy.errors.contains("is in use by another Posel"), "{}", busy.errors);
}

#[test]
fn whoever_holds_the_machine_can_let_a_user_in_again() {
    let home = TempDir::new().unwrap();
    let server = Server::start(home.path(), &[]);
    server.set_up();
    assert_eq!(server.terminate().code, Some(0));
    let link = |email: &str| {
        let url = "https://posel.example.sk";
        Ended::of(posel().args(["user", "link", email, "--public-url", url, "--data"]).arg(home.path()))
    };
    let made = link("eva@example.sk");
    assert!(made.output.starts_with("https://posel.example.sk/invitation#"), "{} {}", made.output, made.errors);
    assert!(link("nobody@example.sk").errors.contains("nobody signs in with nobody@example.sk"));
    assert!(link("nobody").errors.contains("nobody signs in with nobody"));
}

#[test]
fn the_log_tells_no_personal_data() {
    let home = TempDir::new().unwrap();
    let server = Server::start(home.path(), &[("POSEL_LOG", "debug"), ("POSEL_LOG_FORMAT", "json")]);
    let cookie = server.set_up();
    server.call("picker/offer_picks", Some(&cookie), &json!({ "words": "Tajomstvo", "purpose": "General" }));
    server.get("/contacts?q=Tajomstvo");
    let secrets = [server.token().to_owned(), cookie.split_once('=').unwrap().1.to_owned()];
    let ended = server.terminate();
    assert!(ended.errors.contains("\"route\":\"/api/app/picker/offer_picks\""), "{}", ended.errors);
    for secret in ["Tajomstvo", "eva@example.sk", "Eva Nová", "správny", "127.0.0.1", &secrets[0], &secrets[1]] {
        assert!(!ended.errors.contains(secret), "{secret} stands in the log");
    }
    for line in ended.errors.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
    }
}
