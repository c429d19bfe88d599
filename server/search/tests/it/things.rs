//! The index of everything with a name.

use model::palette::ThingKind::{self, Campaign, Contact, Template};
use search::{Batch, Entry, FoundKind, FreshReason, Opened, Reach, Things, Walked};
use tempfile::TempDir;

use crate::bed::{KEY, NONE};

struct Bed {
    folder: TempDir,
    things: Things,
}

fn entry(kind: ThingKind, id: i64, name: &str, texts: &[&str]) -> Entry {
    Entry { kind, id, name: name.to_owned(), texts: texts.iter().map(|it| (*it).to_owned()).collect() }
}

impl Bed {
    fn with(new: Vec<Entry>) -> Self {
        let folder = TempDir::new().unwrap();
        let (things, opened) = Things::open(folder.path(), &KEY).unwrap();
        assert_eq!(opened, Opened::Fresh(FreshReason::New));
        let walked = new.iter().map(|it| Walked { kind: it.kind, to: it.id }).collect();
        things.apply(Batch { new, walked, last_job: 1, ..Batch::default() }).unwrap();
        Self { folder, things }
    }

    fn people() -> Self {
        Self::with(vec![
            entry(Contact, 1, "Ing. Eva Nováková", &["eva.novakova@firma.sk", "421903622237\n0903622237", "Košice", "12345678"]),
            entry(Contact, 2, "Jasenové dielo s. r. o.", &["obchod@jasenove-dielo.example", "Nová ulica 5"]),
            entry(Contact, 3, "Ján Novák", &["jan@novak.cz"]),
            entry(Campaign, 1, "Jarná ponuka", &["Zľavy na nábytok"]),
            entry(Template, 1, "Upomienka po splatnosti", &["Vaša faktúra je nezaplatená"]),
        ])
    }

    fn ask(&self, words: &str, kinds: &[ThingKind], reach: Reach) -> Vec<FoundKind> {
        self.things.find(words, kinds, reach, 5).unwrap()
    }

    fn contacts(&self, words: &str) -> Vec<i64> {
        let found = self.ask(words, &[Contact], Reach::Exact);
        found.into_iter().flat_map(|it| it.best).collect()
    }
}

fn sorted(mut ids: Vec<i64>) -> Vec<i64> {
    ids.sort_unstable();
    ids
}

#[test]
fn things_are_found_by_words_beginnings_forms_numbers_and_addresses() {
    let bed = Bed::people();
    for (words, ids) in [
        ("novák", vec![1, 3]),
        ("nov", vec![1, 2, 3]),
        ("NOVAKOVEJ", vec![1, 3]),
        ("n k", vec![1]),
        ("eva nov", vec![1]),
        ("eva.novakova@firma.sk", vec![1]),
        ("eva.novakova@fir", vec![1]),
        ("firma.sk", vec![1]),
        ("firma.s", vec![1]),
        ("0903 622 237", vec![1]),
        ("0903 622", vec![1]),
        ("+421 903 622 237", vec![1]),
        ("1234", vec![1]),
        ("12345", vec![1]),
        ("\"nová ulica\"", vec![2]),
        ("\"nová ul\"", vec![]),
        ("jaseno* -ulica", vec![]),
        ("novák -eva", vec![3]),
        ("kosice OR novak.cz", vec![1, 3]),
        ("subject:nová", vec![1, 3]),
        ("to:eva", vec![]),
        ("state:sent", vec![]),
        ("novák state:sent", vec![]),
        ("-eva", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(sorted(bed.contacts(words)), ids, "{words}");
    }
}

#[test]
fn whole_words_in_the_name_come_first() {
    let bed = Bed::people();
    assert_eq!(bed.contacts("nova").last(), Some(&2), "only in a text");
    assert_eq!(bed.contacts("novak")[0], 3);
}

#[test]
fn similar_words_are_found_when_they_are_asked_for() {
    let bed = Bed::people();
    assert_eq!(bed.contacts("obhcod"), NONE);
    let found = bed.ask("obhcod", &[Contact], Reach::Similar);
    assert_eq!(found, [FoundKind { kind: Contact, count: 1, best: vec![2] }]);
}

#[test]
fn each_kind_is_counted_by_itself_and_others_not_at_all() {
    let many = (1..=30).map(|it| entry(Contact, it, &format!("Zákazník {it}"), &[]));
    let bed = Bed::with(many.chain([entry(Campaign, 7, "Zákazníkom", &[])]).collect());
    let found = bed.ask("zákazník", &[Contact, Campaign], Reach::Exact);
    assert_eq!(
        found.iter().map(|it| (it.kind, it.count, it.best.len())).collect::<Vec<_>>(),
        [(Contact, 30, 5), (Campaign, 1, 1)]
    );
    assert_eq!(bed.ask("zákazník", &[Campaign], Reach::Exact), [FoundKind { kind: Campaign, count: 1, best: vec![7] }]);
    assert_eq!(bed.ask("zákazník", &[], Reach::Exact), []);
}

#[test]
fn what_changed_is_found_by_its_new_words_and_what_is_gone_not_at_all() {
    let bed = Bed::people();
    let changed = vec![entry(Contact, 1, "Eva Malá", &[])];
    bed.things.apply(Batch { changed, gone: vec![(Contact, 3)], last_job: 2, ..Batch::default() }).unwrap();
    assert_eq!((bed.contacts("novák"), bed.contacts("malá")), (vec![], vec![1]));
    assert_eq!(bed.ask("jarná", &[Campaign], Reach::Exact).len(), 1, "one of another kind with the same id stays");
}

#[test]
fn how_far_the_walks_came_survives_reopening() {
    let Bed { folder, things } = Bed::people();
    things.close();
    drop(things);
    let (things, opened) = Things::open(folder.path(), &KEY).unwrap();
    assert_eq!(opened, Opened::Existing { last_job: 1 });
    assert_eq!((things.walked(Contact), things.walked(Campaign), things.walked(ThingKind::List)), (3, 1, 0));
    assert_eq!(things.verify().unwrap().damaged, [] as [String; 0]);
    things.clear().unwrap();
    assert_eq!((things.walked(Contact), things.last_job()), (0, 0));
}

#[test]
fn another_version_begins_afresh() {
    let Bed { folder, things } = Bed::people();
    things.close();
    drop(things);
    let head = folder.path().join("index.head");
    let text = std::fs::read_to_string(&head).unwrap();
    std::fs::write(&head, text.replace("\"version\":", "\"version\":9")).unwrap();
    let (things, opened) = Things::open(folder.path(), &KEY).unwrap();
    assert_eq!((opened, things.walked(Contact)), (Opened::Fresh(FreshReason::OtherVersion), 0));
}

#[test]
fn no_query_fails() {
    let bed = Bed::people();
    let (long, deep) = ("slovo ".repeat(10_000), "(".repeat(100_000));
    for words in
        ["*", "\"", "a OR", "OR OR", "NOT NOT a", &long, &deep, "@", "a@", "0 0 0 0 0 0 0 0 0", "no*", "\"a b", "š*", "."]
    {
        for reach in [Reach::Exact, Reach::Similar] {
            bed.ask(words, &ThingKind::ALL, reach);
        }
    }
}
