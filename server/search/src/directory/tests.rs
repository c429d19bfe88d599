use proptest::prelude::*;
use tantivy::directory::{INDEX_WRITER_LOCK, TerminatingWrite};
use tempfile::TempDir;

use super::sealed::{BLOCK, FOOTER, TAG};
use super::*;

fn directory(folder: &TempDir, key: u8) -> EncryptedDirectory {
    let lock = File::create(folder.path().join("lock")).unwrap();
    EncryptedDirectory::new(folder.path(), Zeroizing::new([key; 32]), lock)
}

fn write(directory: &EncryptedDirectory, name: &str, content: &[u8]) {
    let mut writer = directory.open_write(Path::new(name)).unwrap();
    writer.write_all(content).unwrap();
    writer.terminate().unwrap();
}

fn read(directory: &EncryptedDirectory, name: &str) -> io::Result<Vec<u8>> {
    let file = directory.open_read(Path::new(name)).map_err(io::Error::other)?;
    file.read_bytes().map(|it| it.to_vec())
}

fn content(n: usize) -> Vec<u8> {
    (0..n).map(|it| (it * 7 + it / 251) as u8).collect()
}

#[test]
fn files_of_every_size_around_a_block_come_back() {
    let folder = TempDir::new().unwrap();
    let directory = directory(&folder, 1);
    for n in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 12 * BLOCK + 5] {
        let name = format!("{n}.idx");
        write(&directory, &name, &content(n));
        assert!(read(&directory, &name).unwrap() == content(n), "{n}");
    }
}

#[test]
fn a_file_is_written_only_once() {
    let folder = TempDir::new().unwrap();
    let directory = directory(&folder, 1);
    write(&directory, "a.idx", b"x");
    assert!(matches!(directory.open_write(Path::new("a.idx")), Err(OpenWriteError::FileAlreadyExists(_))));
}

#[test]
fn an_open_file_outlives_its_name() {
    let folder = TempDir::new().unwrap();
    let directory = directory(&folder, 1);
    write(&directory, "a.idx", &content(3 * BLOCK));
    let file = directory.open_read(Path::new("a.idx")).unwrap();
    directory.delete(Path::new("a.idx")).unwrap();
    assert!(file.read_bytes().unwrap().as_slice() == content(3 * BLOCK));
    assert!(!directory.exists(Path::new("a.idx")).unwrap());
    assert!(matches!(directory.delete(Path::new("a.idx")), Err(DeleteError::FileDoesNotExist(_))));
}

#[test]
fn every_flipped_bit_and_every_cut_is_told_with_the_name() {
    let folder = TempDir::new().unwrap();
    let directory = directory(&folder, 1);
    write(&directory, "a.idx", &content(BLOCK + 100));
    let path = folder.path().join("a.idx");
    let good = fs::read(&path).unwrap();
    let places = [0, 8, HEADER, HEADER + BLOCK, HEADER + BLOCK + TAG, good.len() - FOOTER, good.len() - 1];
    for at in places {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(&path, bad).unwrap();
        let error = read(&directory, "a.idx").unwrap_err();
        assert!(error.to_string().contains("a.idx"), "{at}: {error}");
    }
    for n in [0, 10, HEADER, HEADER + FOOTER, good.len() - BLOCK, good.len() - 1] {
        fs::write(&path, &good[..n]).unwrap();
        assert!(read(&directory, "a.idx").is_err(), "{n}");
    }
    fs::write(&path, &good).unwrap();
    assert!(read(&directory, "a.idx").is_ok());
}

#[test]
fn a_file_under_another_name_or_key_does_not_open() {
    let folder = TempDir::new().unwrap();
    let ours = directory(&folder, 1);
    write(&ours, "a.idx", &content(10));
    fs::copy(folder.path().join("a.idx"), folder.path().join("b.idx")).unwrap();
    assert!(read(&ours, "b.idx").is_err());
    assert!(read(&directory(&folder, 2), "a.idx").is_err());
}

#[test]
fn blocks_cannot_change_places() {
    let folder = TempDir::new().unwrap();
    let directory = directory(&folder, 1);
    write(&directory, "a.idx", &content(2 * BLOCK));
    let path = folder.path().join("a.idx");
    let mut bytes = fs::read(&path).unwrap();
    let (first, second) = bytes[HEADER..].split_at_mut(BLOCK + TAG);
    first.swap_with_slice(&mut second[..BLOCK + TAG]);
    fs::write(&path, bytes).unwrap();
    assert!(read(&directory, "a.idx").is_err());
}

#[test]
fn a_replaced_file_is_the_new_one_and_leaves_no_draft() {
    let folder = TempDir::new().unwrap();
    let directory = directory(&folder, 1);
    let meta = Path::new("meta.json");
    assert!(matches!(directory.atomic_read(meta), Err(OpenReadError::FileDoesNotExist(_))));
    directory.atomic_write(meta, b"one").unwrap();
    directory.atomic_write(meta, b"two").unwrap();
    assert_eq!(directory.atomic_read(meta).unwrap(), b"two");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_damaged_replaced_file_is_told() {
    let folder = TempDir::new().unwrap();
    let directory = directory(&folder, 1);
    let meta = Path::new("meta.json");
    directory.atomic_write(meta, b"content").unwrap();
    let good = fs::read(folder.path().join(meta)).unwrap();
    for at in [0, 9, HEADER, good.len() - 1] {
        let mut bad = good.clone();
        bad[at] ^= 0x80;
        fs::write(folder.path().join(meta), bad).unwrap();
        assert!(directory.atomic_read(meta).is_err(), "{at}");
    }
    fs::write(folder.path().join(meta), &good[..HEADER + 3]).unwrap();
    assert!(directory.atomic_read(meta).is_err());
}

#[test]
fn a_lock_is_held_until_it_is_dropped() {
    let folder = TempDir::new().unwrap();
    let directory = directory(&folder, 1);
    let lock = directory.acquire_lock(&INDEX_WRITER_LOCK).unwrap();
    assert!(directory.acquire_lock(&INDEX_WRITER_LOCK).is_err());
    drop(lock);
    assert!(directory.acquire_lock(&INDEX_WRITER_LOCK).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_range_reads_what_was_written(n in 0..11 * BLOCK, ranges in prop::collection::vec((0.0..=1.0, 0.0..=1.0), 1..8), step in 1..40_000_usize) {
        let folder = TempDir::new().unwrap();
        let directory = directory(&folder, 1);
        let content = content(n);
        let mut writer = directory.open_write(Path::new("a.idx")).unwrap();
        for piece in content.chunks(step) {
            writer.write_all(piece).unwrap();
        }
        writer.terminate().unwrap();
        let file = directory.get_file_handle(Path::new("a.idx")).unwrap();
        prop_assert_eq!(file.len(), n);
        for (a, b) in ranges {
            let (a, b) = ((a * n as f64) as usize, (b * n as f64) as usize);
            let range = a.min(b)..a.max(b);
            prop_assert!(file.read_bytes(range.clone()).unwrap().as_slice() == &content[range]);
        }
        prop_assert!(file.read_bytes(0..n + 1).is_err());
    }
}
