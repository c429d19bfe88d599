//! What the index keeps over time: changes, commits, reopening, clearing.

use search::{Change, Error, FreshReason, Index, Opened};
use tempfile::TempDir;

use crate::bed::{Bed, KEY, NONE, document};

#[test]
fn a_new_folder_is_fresh_and_at_job_zero() {
    let folder = TempDir::new().unwrap();
    let (index, opened) = Index::open(&folder.path().join("a/b"), &KEY).unwrap();
    assert_eq!(opened, Opened::Fresh(FreshReason::New));
    assert_eq!(index.last_job(), 0);
}

#[test]
fn what_was_applied_is_there_after_reopening() {
    let (bed, opened) = Bed::with(&["prvá", "druhá"]).reopened();
    assert_eq!(opened, Opened::Existing { last_job: 2 });
    assert_eq!(bed.ids("prvá OR druhá"), [2, 1]);
    bed.index.apply(vec![Change::Put(document(3, "prvá"))], 9).unwrap();
    let (bed, opened) = bed.reopened();
    assert_eq!(opened, Opened::Existing { last_job: 9 });
    assert_eq!(bed.ids("prvá"), [3, 1]);
}

#[test]
fn an_index_that_was_never_used_reopens() {
    let (bed, opened) = Bed::new().reopened();
    assert_eq!(opened, Opened::Existing { last_job: 0 });
    assert_eq!(bed.ids(""), NONE);
}

#[test]
fn a_document_replaces_the_one_with_its_id() {
    let (bed, _) = Bed::with(&["staré", "iné"]).reopened();
    bed.index.apply(vec![Change::Put(document(1, "nové"))], 3).unwrap();
    assert_eq!(bed.ids("staré"), NONE);
    assert_eq!(bed.ids("nové"), [1]);
    assert_eq!(bed.ids(""), [2, 1]);
}

#[test]
fn changes_of_one_batch_happen_in_their_order() {
    let bed = Bed::new();
    let put = |body| Change::Put(document(5, body));
    bed.index.apply(vec![put("prvé"), put("druhé"), Change::Remove(5), put("tretie")], 1).unwrap();
    assert_eq!((bed.ids(""), bed.ids("tretie")), (vec![5], vec![5]));
    bed.index.apply(vec![put("štvrté"), Change::Remove(5)], 2).unwrap();
    assert_eq!(bed.ids(""), NONE);
}

#[test]
fn removing_an_unknown_id_is_fine() {
    let bed = Bed::with(&["a"]);
    bed.index.apply(vec![Change::Remove(77)], 2).unwrap();
    assert_eq!(bed.ids(""), [1]);
}

#[test]
fn an_empty_batch_moves_the_job_on() {
    let bed = Bed::with(&["a"]);
    bed.index.apply(Vec::new(), 50).unwrap();
    assert_eq!(bed.index.last_job(), 50);
    assert_eq!(bed.reopened().1, Opened::Existing { last_job: 50 });
}

#[test]
fn clones_share_the_index() {
    let bed = Bed::new();
    let other = bed.index.clone();
    std::thread::spawn(move || other.apply(vec![Change::Put(document(1, "slovo"))], 1)).join().unwrap().unwrap();
    assert_eq!(bed.ids("slovo"), [1]);
}

#[test]
fn a_folder_is_opened_once() {
    let bed = Bed::new();
    assert!(matches!(Index::open(bed.folder.path(), &KEY), Err(Error::Busy(_))));
}

#[test]
fn clearing_begins_again() {
    let bed = Bed::with(&["jedna", "dve"]);
    bed.index.clear().unwrap();
    assert_eq!((bed.ids(""), bed.index.last_job()), (vec![], 0));
    bed.index.apply(vec![Change::Put(document(1, "tri"))], 4).unwrap();
    let (bed, opened) = bed.reopened();
    assert_eq!((opened, bed.ids("")), (Opened::Existing { last_job: 4 }, vec![1]));
}

#[test]
fn many_small_commits_are_merged_and_nothing_is_lost() {
    let bed = Bed::new();
    for id in 1..=60 {
        bed.index.apply(vec![Change::Put(document(id, "slovo"))], id).unwrap();
    }
    assert_eq!(bed.ids("slovo").len(), 60);
    let (bed, opened) = bed.reopened();
    assert_eq!((opened, bed.ids("slovo").len()), (Opened::Existing { last_job: 60 }, 60));
    assert_eq!(bed.index.verify().unwrap().damaged, [] as [String; 0]);
}

#[test]
fn compacting_takes_removed_documents_off_the_disk() {
    // So many that the removed one shares its file with others, however they are dealt out.
    let bed = Bed::with(&["ostáva"; 60]);
    bed.index.apply(vec![Change::Remove(2)], 61).unwrap();
    let before = segments(&bed);
    bed.index.compact().unwrap();
    let after = segments(&bed);
    assert!(before.iter().any(|it| !after.contains(it)), "{before:?} {after:?}");
    assert_eq!((bed.ids("").len(), bed.index.last_job()), (59, 61));
    assert_eq!(bed.reopened().1, Opened::Existing { last_job: 61 });
}

/// The names of the files with words.
fn segments(bed: &Bed) -> Vec<String> {
    let names = std::fs::read_dir(bed.folder.path()).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    names.filter(|it| it.ends_with(".term")).collect()
}

#[test]
fn nothing_on_the_disk_betrays_a_word() {
    let bed = Bed::with(&["tajomstvo Kanárik kanarik@klietka.sk"]);
    bed.index.apply(vec![Change::Put(document(2, "kanárik"))], 2).unwrap();
    let (bed, _) = bed.reopened();
    assert_eq!(bed.ids("kanárik"), [2, 1]);
    for entry in std::fs::read_dir(bed.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
        for word in ["kanarik", "kanárik", "kanar", "klietk", "tajomstv"] {
            assert!(!bytes.windows(word.len()).any(|it| it == word.as_bytes()), "{word} in {}", path.display());
        }
    }
}
