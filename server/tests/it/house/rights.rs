//! Authorise first: how every use case that a person can reach begins.

use super::hold;
use super::tree::{Source, sources};

/// The begin of a body may ask through one of these: they ask `ctx.require` in turn, or another right is asked for without it.
const GATES: [&str; 7] = [
    "ctx.require(",
    "ctx.may(",
    "scope(ctx)?",
    "require_sight(ctx",
    "require_use(ctx",
    "require_writing(ctx",
    "require_list(ctx",
];

/// A use case about oneself needs no right; its own words or those of its file say so.
const OPEN: &str = "signed in";

/// The first line of each public use case's body, with what its documentation says.
fn use_cases(source: &Source) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let lines: Vec<&str> = source.lines.iter().map(|it| it.1.as_str()).collect();
    for (at, line) in lines.iter().enumerate().filter(|(_, it)| it.starts_with("pub async fn ")) {
        let end = at + lines[at..].iter().position(|it| it.ends_with('{')).unwrap();
        let signature = lines[at..=end].join(" ");
        if !signature.contains("ctx: &Ctx") {
            continue;
        }
        let said: Vec<&str> = lines[..at].iter().rev().take_while(|it| it.starts_with("///")).copied().collect();
        let begin = end + 1 + lines[end + 1..].iter().position(|it| !it.trim().starts_with("//")).unwrap();
        let said = [said.join(" "), lines[end + 1..begin].join(" ")].join(" ");
        let name = line.trim_start_matches("pub async fn ").split('(').next().unwrap();
        found.push((name.to_owned(), said, lines[begin].to_owned()));
    }
    found
}

#[test]
fn every_right_that_is_offered_guards_something() {
    let sources = sources();
    let of_engine: Vec<&Source> =
        sources.iter().filter(|it| it.is_in("server/engine/src") && !it.path.ends_with("users/delivered.rs")).collect();
    let asks = |name: &str| of_engine.iter().flat_map(|it| &it.lines).any(|it| it.1.contains(name));
    let broken: Vec<String> = model::Permission::ALL
        .iter()
        .filter(|it| it.guards() != asks(&format!("Permission::{it:?}")))
        .map(|it| format!("{it:?}"))
        .collect();
    hold("A right is offered when a use case asks for it, and only then.", &broken);
}

#[test]
fn every_use_case_asks_for_the_right_before_anything_else() {
    let mut broken = Vec::new();
    let mut n = 0;
    for source in sources().iter().filter(|it| it.is_in("server/engine/src")) {
        let file: Vec<&str> = source.lines.iter().map(|it| it.1.as_str()).filter(|it| it.starts_with("//!")).collect();
        for (name, said, first) in use_cases(source) {
            n += 1;
            let asks = GATES.iter().any(|it| first.contains(it));
            if !asks && !said.contains(OPEN) && !file.join(" ").contains(OPEN) {
                broken.push(format!("{}: {name} begins with `{}`", source.path, first.trim()));
            }
        }
    }
    assert!(40 < n, "the use cases were not found");
    hold("Each public use case begins with `ctx.require(Permission::…)`, or says that whoever is signed in may do it.", &broken);
}
