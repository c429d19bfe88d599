//! Pictures that want to harm: none takes memory, none is drawn as something else, none panics.

use files::admit;
use image::ImageFormat;
use model::library::FileFault;
use proptest::prelude::*;

use crate::make::{halves, moving, noted, png_head, written};

#[test]
fn a_picture_that_would_fill_the_memory_is_refused_by_its_head() {
    let too_many = |it: Result<files::Admitted, FileFault>| matches!(it, Err(FileFault::TooManyPixels { .. }));
    assert!(too_many(admit(png_head(60_000, 60_000), "a.png")));
    assert!(too_many(admit(png_head(10_000, 10_000), "a.png")));
    assert!(admit(png_head(2_000_000_000, 1), "a.png").is_err());
    let mut gif = moving(2);
    gif[6..10].copy_from_slice(&[0xff; 4]);
    assert!(too_many(admit(gif, "a.gif")));
    let mut jpeg = written(&halves(16, 16), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|it| it == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert!(too_many(admit(jpeg, "a.jpg")));
}

#[test]
fn what_is_cut_off_anywhere_is_refused() {
    let picture = halves(16, 16);
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let whole = written(&picture, format);
        assert!(admit(whole.clone(), "a").is_ok());
        for n in 0..whole.len() - 1 {
            // The first letters of a format may be a word.
            let is_picture = admit(whole[..n].to_vec(), "a").is_ok_and(|it| it.kind.is_picture());
            assert!(!is_picture, "{format:?} of {n} bytes was taken");
        }
    }
    let gif = moving(2);
    for n in 0..gif.len() - 1 {
        if let Ok(admitted) = admit(gif[..n].to_vec(), "a.gif")
            && admitted.kind.is_picture()
        {
            assert_eq!(admitted.media_type, "image/png", "{n}: what was drawn of it stands still and was made here");
        }
    }
}

#[test]
fn a_file_that_is_two_things_is_only_the_picture() {
    let png = [written(&halves(9, 9), ImageFormat::Png), b"PK\x03\x04 packed".to_vec()].concat();
    assert!(admit(png, "a.zip").unwrap().content.ends_with(b"IEND\xae\x42\x60\x82"));
    let jpeg = [noted(&written(&halves(9, 9), ImageFormat::Jpeg), 1), b"<?php x ?>".to_vec()].concat();
    assert!(admit(jpeg, "a.php").unwrap().content.ends_with(b"\xff\xd9"));
    assert!(admit(b"GIF89a/*\0\x01\0\0\0*/=1;alert(1)".to_vec(), "a.gif").is_err());
    assert!(admit(b"GIF89a=1;alert(1)//".to_vec(), "a.gif").is_err());
}

proptest! {
    #[test]
    fn whatever_stands_behind_the_first_bytes_nothing_panics(
        head in prop::sample::select(vec![&b"\x89PNG\r\n\x1a\n"[..], b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF\x20\0\0\0WEBPVP8L", b"PK\x03\x04", b"%PDF-"]),
        rest in prop::collection::vec(any::<u8>(), 0..200)
    ) {
        if let Ok(admitted) = admit([head, &rest].concat(), "a") {
            prop_assert!(!admitted.content.is_empty());
        }
    }

    #[test]
    fn a_picture_with_wrong_bytes_is_refused_or_made_anew(
        format in prop::sample::select(vec![ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP]),
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let mut bytes = written(&halves(12, 12), format);
        for (at, byte) in hits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(admitted) = admit(bytes, "a") {
            prop_assert!(!admitted.kind.is_picture() || image::load_from_memory(&admitted.content).is_ok());
        }
    }
}
