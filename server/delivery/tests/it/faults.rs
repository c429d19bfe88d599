//! The table of faults names tests that are there, and a test for each case.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The last case of the list.
const CASES: u32 = 74;
/// What cannot be played: there is no PostgreSQL in the house.
const ELSEWHERE: [u32; 1] = [70];

fn server() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn table() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("FAULTS.md")).unwrap()
}

/// Every source under a folder, with its path.
fn sources(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push((path.clone(), fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The tests that a text names: room and name, `room::{one, another}` as two. A name that ends in … stands for how it begins.
fn named(text: &str) -> Vec<(String, String)> {
    let spans = text.split('`').skip(1).step_by(2).filter_map(|it| it.split_once("::"));
    // The room may have its crate before it.
    let spans = spans.map(|(room, names)| (room.rsplit(' ').next().unwrap_or(room), names));
    let mut tests = Vec::new();
    // Neither the example of the first lines, nor types, nor rooms of tests beside the code.
    let is_room = |room: &str| !["file", "worker"].contains(&room) && !room.starts_with(|it: char| it.is_uppercase());
    for (room, names) in spans.filter(|it| is_room(it.0)) {
        for name in names.trim_matches(['{', '}']).split(',') {
            tests.push((room.to_owned(), name.trim().to_owned()));
        }
    }
    tests
}

/// The numbers with which a cell of the first column begins: `1–4`, `21, 24` or `71: words`.
fn numbers(cell: &str) -> Vec<u32> {
    let mut numbers = Vec::new();
    for part in cell.split(':').next().unwrap().split(',') {
        let mut ends = part.trim().splitn(2, '–').map_while(|it| it.trim().parse::<u32>().ok());
        if let Some(first) = ends.next() {
            numbers.extend(first..=ends.next().unwrap_or(first));
        }
    }
    numbers
}

#[test]
fn every_test_that_the_table_of_faults_names_is_there() {
    let mut all = Vec::new();
    for room in ["delivery", "engine", "store"] {
        sources(&server().join(room).join("tests"), &mut all);
    }
    sources(&server().join("tests"), &mut all);
    let tests = named(&table());
    assert!(100 < tests.len(), "{tests:?}");
    for (room, name) in tests {
        let is_in = |path: &Path| path.components().any(|it| Path::new(it.as_os_str()).file_stem() == Some(room.as_ref()));
        let (wanted, end) = name.strip_suffix('…').map_or((name.as_str(), "("), |it| (it, ""));
        let wanted = format!("fn {wanted}{end}");
        assert!(all.iter().any(|(path, text)| is_in(path) && text.contains(&wanted)), "{room}::{name} is not there");
    }
}

#[test]
fn every_case_that_can_be_played_has_a_test() {
    let mut played: BTreeSet<u32> = ELSEWHERE.into();
    for row in table().lines().filter(|it| it.starts_with("| ")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        if !named(row).is_empty() {
            played.extend(numbers(cells[0]));
        }
    }
    let missing: Vec<u32> = (1..=CASES).filter(|it| !played.contains(it)).collect();
    assert_eq!(missing, Vec::<u32>::new());
}
