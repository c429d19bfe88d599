//! What other programs read in our documents.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

use documents::{Block, Column, Document, Inside, Table, pdf};

/// All letters of Slovak and Czech.
const LETTERS: &str = "aáäbcčdďeéěfghiíjklĺľmnňoóôpqrŕřsštťuúůvwxyýzž AÁÄBCČDĎEÉĚFGHIÍJKLĹĽMNŇOÓÔPQRŔŘSŠTŤUÚŮVWXYÝZŽ";

fn long() -> Document {
    let rows = (1..=120).map(|n| vec![format!("riadok-{n}"), "Žltý kôň ".repeat(n % 7), n.to_string()]).collect();
    Document {
        title: "Doklad o odoslaní: Faktúra č. 7".to_owned(),
        subtitle: "Jasenové dielo s. r. o.".to_owned(),
        language: "sk".to_owned(),
        footer: "Vytvoril Posel".to_owned(),
        blocks: vec![
            Block::Heading("Písmená".to_owned()),
            Block::Text(LETTERS.to_owned()),
            Block::Pairs(vec![("Komu".to_owned(), "eva@firma.example".to_owned()), ("Odtlačok".to_owned(), "ab".repeat(64))]),
            Block::Table(Table {
                columns: vec![Column::left("Riadok", 1.0), Column::left("Slová", 3.0), Column::right("Počet", 1.0)],
                rows,
            }),
        ],
        files: vec![Inside {
            name: "data.json".to_owned(),
            media_type: "application/json".to_owned(),
            description: "Údaje".to_owned(),
            content: br#"{"key":"value"}"#.to_vec(),
        }],
    }
}

/// What a program of the system says about the file; nothing when there is no such program.
fn told(program: &str, before: &str, file: &Path, behind: &[&str]) -> Option<(bool, String)> {
    let out = Command::new(program).arg(before).arg(file).args(behind).output().ok()?;
    Some((out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr)))
}

fn written(document: &Document) -> (tempfile::TempDir, std::path::PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("document.pdf");
    std::fs::write(&file, pdf(document).unwrap()).unwrap();
    (home, file)
}

#[test]
fn every_word_is_read_back_by_another_program() {
    let (_home, file) = written(&long());
    let Some((is_fine, text)) = told("pdftotext", "-layout", &file, &["-"]) else { return };
    assert!(is_fine, "{text}");
    let words: Vec<&str> = text.split_whitespace().collect();
    for word in LETTERS.split(' ').chain(["Faktúra", "Jasenové", "eva@firma.example", "riadok-1", "riadok-120"]) {
        assert!(words.contains(&word), "{word} is missing in {text}");
    }
}

#[test]
fn the_file_is_sound_to_another_program() {
    let (_home, file) = written(&long());
    let Some((is_fine, text)) = told("qpdf", "--check", &file, &[]) else { return };
    assert!(is_fine && text.contains("No syntax or stream encoding errors found"), "{text}");
}

#[test]
fn the_heading_of_a_table_stands_on_each_page() {
    let (_home, file) = written(&long());
    let Some((_, text)) = told("pdftotext", "-layout", &file, &["-"]) else { return };
    let pages: Vec<&str> = text.split('\u{c}').filter(|it| !it.trim().is_empty()).collect();
    assert!(2 < pages.len(), "the table goes over more than two pages");
    for (n, page) in pages.iter().enumerate() {
        assert!(page.contains("Počet"), "page {} lacks the heading", n + 1);
        let foot: String = page.lines().last().unwrap_or_default().split_whitespace().collect();
        assert_eq!(foot, format!("VytvorilPosel{}/{}", n + 1, pages.len()));
    }
}

#[test]
fn a_file_inside_lies_there_as_it_is() {
    let bytes = pdf(&long()).unwrap();
    assert!(bytes.windows(15).any(|it| it == br#"{"key":"value"}"#));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(pdf(&long()).unwrap(), pdf(&long()).unwrap());
}

#[test]
fn hostile_words_are_only_words() {
    let document = Document {
        title: "\u{202e}😀\0) Tj ET".to_owned(),
        blocks: vec![Block::Text("a".repeat(20_000)), Block::Table(Table { columns: vec![], rows: vec![vec!["x".into()]] })],
        ..Document::default()
    };
    let (_home, file) = written(&document);
    let Some((is_fine, text)) = told("qpdf", "--check", &file, &[]) else { return };
    assert!(is_fine, "{text}");
}
