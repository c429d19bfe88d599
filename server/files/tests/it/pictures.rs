//! What becomes of pictures.

use files::{Admitted, admit};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use model::library::{HEIGHT_MAX, LibraryKind, WIDTH_MAX};

use crate::make::{chunk, exif, halves, moving, noted, written};

fn taken(content: Vec<u8>) -> Admitted {
    admit(content, "a").unwrap()
}

fn drawn(admitted: &Admitted) -> DynamicImage {
    image::load_from_memory(&admitted.content).unwrap()
}

fn has(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|it| it == text)
}

#[test]
fn where_and_how_a_photograph_was_taken_is_forgotten() {
    let jpeg = noted(&written(&halves(40, 20), ImageFormat::Jpeg), 1);
    assert!(has(&jpeg, b"Exif") && has(&jpeg, b"<script>"));
    let admitted = taken(jpeg.clone());
    assert!(!has(&admitted.content, b"Exif") && !has(&admitted.content, b"<script>"));
    assert_eq!(
        drawn(&admitted).to_rgb8(),
        image::load_from_memory(&jpeg).unwrap().to_rgb8(),
        "the points are those that were there"
    );
    assert_eq!((admitted.media_type, admitted.ending), ("image/jpeg", "jpg"));
}

#[test]
fn a_photograph_stands_the_way_it_was_held() {
    let upright = taken(noted(&written(&halves(40, 20), ImageFormat::Jpeg), 6));
    assert_eq!(upright.kind, LibraryKind::Picture { width: 20, height: 40 });
    let picture = drawn(&upright).to_rgb8();
    let (top, bottom) = (picture.get_pixel(10, 3), picture.get_pixel(10, 36));
    assert!(top[0] > 150 && top[2] < 90 && bottom[2] > 150 && bottom[0] < 90, "{top:?} {bottom:?}");
    assert!(!has(&upright.content, b"Exif"));
}

#[test]
fn large_pictures_are_made_smaller_and_small_ones_stay() {
    let wide = taken(written(&halves(2_400, 300), ImageFormat::Jpeg));
    assert_eq!(wide.kind, LibraryKind::Picture { width: WIDTH_MAX, height: 150 });
    assert_eq!((drawn(&wide).width(), drawn(&wide).height()), (WIDTH_MAX, 150));
    let high = taken(written(&halves(20, HEIGHT_MAX * 2), ImageFormat::Png));
    assert_eq!(high.kind, LibraryKind::Picture { width: 10, height: HEIGHT_MAX });
    let small = taken(written(&halves(30, 10), ImageFormat::Png));
    assert_eq!(small.kind, LibraryKind::Picture { width: 30, height: 10 });
}

#[test]
fn a_png_keeps_its_points_and_loses_its_notes() {
    let mut png = written(&halves(30, 10), ImageFormat::Png);
    let notes = [chunk(b"tEXt", b"Comment\0GPS 48.1 17.1"), chunk(b"eXIf", &exif(1))].concat();
    png.splice(33..33, notes);
    png.extend_from_slice(b"<html><script>alert(1)</script>");
    let admitted = taken(png.clone());
    assert!(!has(&admitted.content, b"GPS") && !has(&admitted.content, b"<script>"));
    assert_eq!(drawn(&admitted), image::load_from_memory(&png).unwrap());
}

#[test]
fn formats_that_mail_programs_do_not_show_become_others() {
    let photograph = taken(written(&halves(30, 10), ImageFormat::WebP));
    assert_eq!((photograph.media_type, photograph.ending), ("image/jpeg", "jpg"));
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(9, 9, Rgba([9, 9, 9, 99])));
    let drawing = taken(written(&clear, ImageFormat::WebP));
    assert_eq!((drawing.media_type, drawing.ending), ("image/png", "png"));
    assert_eq!(drawn(&drawing).to_rgba8(), clear.to_rgba8());
    assert_eq!(taken(moving(1)).media_type, "image/png");
}

#[test]
fn a_moving_picture_keeps_moving() {
    let mut gif = moving(3);
    gif.extend_from_slice(b"<script>alert(1)</script>");
    let admitted = taken(gif);
    assert_eq!((admitted.media_type, admitted.kind), ("image/gif", LibraryKind::Picture { width: 8, height: 4 }));
    assert!(!has(&admitted.content, b"<script>"));
    let decoder = image::codecs::gif::GifDecoder::new(std::io::Cursor::new(&admitted.content)).unwrap();
    assert_eq!(image::AnimationDecoder::into_frames(decoder).collect_frames().unwrap().len(), 3);
}

#[test]
fn lists_get_a_small_picture() {
    let thumbnail = taken(written(&halves(900, 600), ImageFormat::Jpeg)).thumbnail.unwrap();
    let small = image::load_from_memory(&thumbnail).unwrap();
    assert_eq!((small.width(), small.height()), (320, 213));
    let tiny = taken(written(&halves(12, 6), ImageFormat::Png)).thumbnail.unwrap();
    assert_eq!(image::load_from_memory(&tiny).unwrap().width(), 12);
}
