//! What happens when the folder is not what was written.

use std::fs;
use std::path::PathBuf;

use search::{Change, Error, FreshReason, Index, Opened, Restriction};
use tempfile::TempDir;

use crate::bed::{Bed, KEY, document};

fn full() -> Bed {
    let bed = Bed::new();
    for batch in 0..3 {
        let changes = (1..=50).map(|it| Change::Put(document(batch * 50 + it, &format!("faktúra číslo {it} zákazník{it}"))));
        bed.index.apply(changes.collect(), batch + 1).unwrap();
    }
    bed.index.apply(vec![Change::Remove(7)], 4).unwrap();
    bed
}

fn files(bed: &Bed) -> Vec<PathBuf> {
    let paths = fs::read_dir(bed.folder.path()).unwrap().map(|it| it.unwrap().path());
    paths.filter(|it| it.file_name().is_some_and(|it| it != "index.lock")).collect()
}

/// Every answer the index can give must be right or a clear error; never a panic, never silence about lost documents.
fn ask_everything(index: &Index) {
    for query in ["faktura", "zakaznik7", "\"cislo 5\"", "zakaz*", "-faktura", ""] {
        if let Err(error) = index.find(query, &Restriction::default(), None, 1_000) {
            assert!(matches!(error, Error::Damaged { .. }), "{query}: {error:?}");
        }
    }
}

#[test]
fn a_wrong_key_begins_afresh() {
    let Bed { folder, index } = full();
    drop(index);
    let (index, opened) = Index::open(folder.path(), &[8; 32]).unwrap();
    assert_eq!(opened, Opened::Fresh(FreshReason::WrongKey));
    assert_eq!(index.count("", &Restriction::default()).unwrap(), 0);
    index.apply(vec![Change::Put(document(1, "nové"))], 1).unwrap();
    assert_eq!(index.count("nove", &Restriction::default()).unwrap(), 1);
}

#[test]
fn another_version_begins_afresh() {
    let Bed { folder, index } = full();
    drop(index);
    let head = folder.path().join("index.head");
    let text = fs::read_to_string(&head).unwrap();
    fs::write(&head, text.replace("\"version\":", "\"version\":9")).unwrap();
    let (_, opened) = Index::open(folder.path(), &KEY).unwrap();
    assert_eq!(opened, Opened::Fresh(FreshReason::OtherVersion));
}

#[test]
fn a_whole_index_is_verified() {
    let bed = full();
    let verified = bed.index.verify().unwrap();
    assert_eq!(verified.damaged, [] as [String; 0]);
    assert!(15 <= verified.n_files && 10_000 < verified.n_bytes, "{verified:?}");
}

#[test]
fn a_flipped_bit_anywhere_is_told_and_never_a_panic() {
    let bed = full();
    for path in files(&bed) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let good = fs::read(&path).unwrap();
        for at in [0, good.len() / 3, good.len() / 2, good.len() - 1] {
            let mut bad = good.clone();
            bad[at] ^= 0x10;
            fs::write(&path, bad).unwrap();
            ask_everything(&bed.index);
            if name.len() > 32 {
                assert_eq!(bed.index.verify().unwrap().damaged, std::slice::from_ref(&name), "byte {at}");
            }
        }
        fs::write(&path, good).unwrap();
    }
    assert_eq!(bed.ids("faktura").len(), 149);
}

#[test]
fn an_index_with_a_damaged_or_cut_file_opens_in_some_way() {
    let bed = full();
    for path in files(&bed) {
        for cut in [false, true] {
            let copy = TempDir::new().unwrap();
            for file in files(&bed) {
                fs::copy(&file, copy.path().join(file.file_name().unwrap())).unwrap();
            }
            let mut bytes = fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            if cut {
                bytes.truncate(middle)
            } else {
                bytes[middle] ^= 1
            }
            fs::write(copy.path().join(path.file_name().unwrap()), bytes).unwrap();
            let (index, opened) = Index::open(copy.path(), &KEY).unwrap();
            ask_everything(&index);
            if matches!(opened, Opened::Existing { .. }) {
                index.clear().unwrap();
            }
            assert_eq!(index.count("", &Restriction::default()).unwrap(), 0);
        }
    }
}

#[test]
fn a_lost_file_begins_afresh_or_is_told() {
    for name in ["meta.json", "index.head", ".managed.json", "term", "idx", "pos", "fast"] {
        let bed = full();
        let lost = files(&bed).into_iter().find(|it| it.to_string_lossy().ends_with(name)).unwrap();
        fs::remove_file(lost).unwrap();
        let (bed, opened) = bed.reopened();
        match opened {
            Opened::Fresh(reason) => assert!(matches!(reason, FreshReason::Damaged { .. }), "{name}: {reason:?}"),
            // Without the list of its files tantivy goes on; it only can no longer tidy up.
            Opened::Existing { .. } => assert_eq!((name, bed.ids("faktura").len()), (".managed.json", 149)),
        }
    }
}

#[test]
fn a_damaged_index_is_healed_by_clearing() {
    let bed = full();
    for path in files(&bed) {
        fs::write(path, b"rubbish").unwrap();
    }
    bed.index.clear().unwrap();
    bed.index.apply(vec![Change::Put(document(1, "nové"))], 1).unwrap();
    assert_eq!(bed.ids("nove"), [1]);
    assert_eq!(bed.index.verify().unwrap().damaged, [] as [String; 0]);
}

#[test]
fn files_of_others_are_left_alone() {
    let bed = full();
    let other = bed.folder.path().join("notes.txt");
    fs::write(&other, "mine").unwrap();
    fs::write(bed.folder.path().join("meta.json"), "rubbish").unwrap();
    let (bed, opened) = bed.reopened();
    assert!(matches!(opened, Opened::Fresh(FreshReason::Damaged { .. })));
    bed.index.clear().unwrap();
    assert_eq!(fs::read_to_string(other).unwrap(), "mine");
}

#[test]
fn a_draft_left_by_a_crash_is_no_harm() {
    let bed = full();
    fs::write(bed.folder.path().join(".meta.json.tmp"), "half").unwrap();
    fs::write(bed.folder.path().join("0123456789abcdef0123456789abcdef.idx"), "half").unwrap();
    let (bed, opened) = bed.reopened();
    assert_eq!(opened, Opened::Existing { last_job: 4 });
    bed.index.apply(vec![Change::Put(document(900, "faktúra"))], 5).unwrap();
    assert_eq!(bed.index.count("faktura", &Restriction::default()).unwrap(), 150);
    assert_eq!(bed.index.verify().unwrap().damaged, [] as [String; 0]);
}

#[test]
fn a_batch_that_fails_leaves_the_last_commit() {
    let bed = full();
    let path = files(&bed).into_iter().find(|it| it.to_string_lossy().ends_with(".term")).unwrap();
    let good = fs::read(&path).unwrap();
    fs::write(&path, &good[..good.len() / 2]).unwrap();
    // To replace a document its id is looked for in every segment.
    let changes = (1..=150).map(|id| Change::Put(document(id, "nové")));
    assert!(bed.index.apply(changes.collect(), 5).is_err());
    assert_eq!(bed.index.last_job(), 4);
    fs::write(&path, good).unwrap();
    assert_eq!((bed.ids("nove").len(), bed.ids("faktura").len()), (0, 149));
    bed.index.apply(vec![Change::Put(document(1, "nové"))], 5).unwrap();
    assert_eq!((bed.ids("nove").len(), bed.ids("faktura").len()), (1, 148));
}
