//! What stands only in one place, and what stands nowhere.

use super::hold;
use super::tree::{Source, sources};

/// Code that only builds, measures or tests the product.
fn is_tool(source: &Source) -> bool {
    source.is_in("server/xtask") || source.is_in("server/bench") || source.path.ends_with("build.rs")
}

/// What tests of other crates use stands in files of these names, behind a feature.
fn is_for_tests(source: &Source) -> bool {
    source.path.contains("/testbed") || source.path.contains("/testing")
}

fn broken(words: &[&str], may: impl Fn(&Source) -> bool) -> Vec<String> {
    sources().iter().filter(|it| !may(it)).flat_map(|it| it.places(words)).collect()
}

#[test]
fn nothing_is_unwrapped_outside_tests_and_main() {
    let may = |it: &Source| it.is_in("server/src/main.rs") || is_for_tests(it);
    hold("Never `unwrap` or `expect` outside tests and `main`.", &broken(&[".unwrap()", ".expect(", ".unwrap_err()"], may));
}

#[test]
fn only_main_prints() {
    let words = ["println!", "eprintln!", "print!(", "eprint!(", "dbg!(", "io::stdout()", "io::stderr()"];
    let may = |it: &Source| it.is_in("server/src/main.rs") || is_tool(it);
    hold("Never `println!`: `main` prints, everybody else logs.", &broken(&words, may));
}

#[test]
fn sql_is_never_put_together_from_text() {
    // sqlx takes only texts that stand in the program, unless it is told by this name to trust a made one.
    hold("Never SQL built with `format!`.", &broken(&["AssertSqlSafe"], |_| false));
    let verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", " WHERE ", " ORDER BY ", " JOIN "];
    let mut broken = Vec::new();
    for source in sources().iter().filter(|it| it.is_in("server/store")) {
        let code: Vec<&(usize, String)> = source.code().collect();
        for (at, (n, line)) in code.iter().enumerate().filter(|(_, it)| it.1.contains("format!(") || it.1.contains("push_str(")) {
            let end = at + code[at..].iter().position(|it| it.1.contains(';')).unwrap_or(0);
            if code[at..=end].iter().any(|it| verbs.iter().any(|verb| it.1.contains(verb))) {
                broken.push(format!("{}:{n}: {}", source.path, line.trim()));
            }
        }
    }
    hold("Never SQL built with `format!`; sort and filter are enums.", &broken);
}

#[test]
fn only_one_folder_touches_the_browser() {
    let words = ["web_sys", "js_sys", "gloo", "wasm_bindgen"];
    let may = |it: &Source| it.is_in("frontend/src/browser") || is_tool(it);
    hold("`web_sys`, `js_sys`, `gloo` and `wasm_bindgen` stand only in `frontend/src/browser`.", &broken(&words, may));
}

#[test]
fn only_the_room_of_calls_declares_calls() {
    hold("`#[server]` stands only in `app`.", &broken(&["#[server]", "#[server("], |it| it.is_in("app/src")));
}

#[test]
fn only_the_clock_asks_what_time_it_is() {
    // These measure how long something takes; none of them decides by it.
    let measures = ["server/src/http/log.rs"];
    // The browser's clock is another one: it tells the screen how long ago something was.
    let clocks = ["server/engine/src/clock.rs", "frontend/src/browser/timer.rs"];
    let may = |it: &Source| clocks.iter().chain(&measures).any(|place| it.is_in(place)) || is_tool(it);
    let words = ["SystemTime::now", "Instant::now", "Date::now", "Utc::now", "Local::now"];
    hold("Nobody but `engine::clock` asks what time it is.", &broken(&words, may));
}

#[test]
fn only_the_configuration_reads_the_environment() {
    let may = |it: &Source| it.is_in("server/src/config.rs") || is_tool(it);
    let words = ["env::var(", "env::var_os(", "env::vars", "env::args"];
    hold("Nobody but `server::config` reads the environment.", &broken(&words, may));
}

#[test]
fn model_and_content_do_no_input_and_output() {
    let words = ["std::fs", "std::net::Tcp", "std::net::Udp", "std::io", "std::env", "std::process", "std::thread", "std::time"];
    let elsewhere = |it: &Source| !it.is_in("app/model") && !it.is_in("app/content");
    hold("`model` and `content` never do I/O and never read the clock.", &broken(&words, elsewhere));
}

#[test]
fn only_the_worker_hands_bytes_to_a_transport() {
    let rooms = ["server/engine/src/worker.rs", "server/engine/src/worker", "server/delivery", "server/store"];
    let may = |it: &Source| rooms.iter().any(|place| it.is_in(place)) || is_tool(it) || is_for_tests(it);
    hold("Nobody but `engine::worker` hands bytes to a transport.", &broken(&[".transmit(", "captured::put("], may));
}

#[test]
fn the_server_answers_by_use_cases_alone() {
    let may = |it: &Source| !it.is_in("server/src") || it.is_in("server/src/boot") || it.is_in("server/src/boot.rs");
    hold("`server/src` never reaches below `engine`, except for the key it opens the store with.", &broken(&["store::"], may));
}

#[test]
fn parts_and_panels_keep_to_their_shelf() {
    let elsewhere = |place: &'static str| move |it: &Source| !it.is_in(place);
    let calls = [
        "accounts::",
        "audit::",
        "bulk::",
        "capture::",
        "contacts::",
        "duplicates::",
        "history::",
        "library::",
        "messages::",
        "overview::",
        "profile::",
        "picker::",
        "recipient_lists::",
        "segments::",
        "session::",
        "settings::",
        "templates::",
        "users::",
        "views::",
    ];
    let calls: Vec<String> = calls.iter().map(|it| format!("app::{it}")).collect();
    let calls: Vec<&str> = calls.iter().map(String::as_str).collect();
    hold("Parts never call the server.", &broken(&calls, elsewhere("frontend/src/parts")));
    hold("Panels never navigate.", &broken(&["use_navigate"], elsewhere("frontend/src/panels")));
}
