//! Pictures made for the tests.

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::{Delay, DynamicImage, Frame, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

/// A picture whose left half is red and whose right half is blue.
pub fn halves(width: u32, height: u32) -> DynamicImage {
    let colour = |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, colour))
}

/// The picture in a format.
pub fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A GIF of this many frames.
pub fn moving(frames: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for n in 0..frames {
        let picture = RgbaImage::from_pixel(8, 4, Rgba([(n * 40) as u8, 0, 0, 255]));
        encoder.encode_frame(Frame::from_parts(picture, 0, 0, Delay::from_numer_denom_ms(100, 1))).unwrap();
    }
    drop(encoder);
    bytes
}

/// What a telephone notes beside a picture (Exif 2.3): which way it was held, and where it was taken.
pub fn exif(orientation: u16) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, n: u32, value: [u8; 4]| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &n.to_le_bytes(), &value].concat()
    };
    let orientation = orientation.to_le_bytes();
    let held = entry(0x0112, 3, 1, [orientation[0], orientation[1], 0, 0]);
    let places = entry(0x8825, 4, 1, 38_u32.to_le_bytes());
    let latitude = entry(1, 2, 2, *b"N\0\0\0");
    let model = entry(2, 2, 4, *b"GPS\0");
    [b"II*\0\x08\0\0\0\x02\0", &held[..], &places, &[0; 4], b"\x02\0", &latitude, &model, &[0; 4]].concat()
}

/// A JPEG with notes in front of its picture.
pub fn noted(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    let notes = [b"Exif\0\0", &exif(orientation)[..]].concat();
    let length = (notes.len() as u16 + 2).to_be_bytes();
    [b"\xff\xd8\xff\xe1", &length[..], &notes, b"\xff\xfe\0\x0a<script>", &jpeg[2..]].concat()
}

/// A chunk of a PNG.
pub fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [name, data].concat();
    [&(data.len() as u32).to_be_bytes()[..], &body, &crc(&body).to_be_bytes()].concat()
}

/// The check sum of a chunk (PNG, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}

/// The head of a PNG of this size, and nothing of its points.
pub fn png_head(width: u32, height: u32) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n", &chunk(b"IHDR", &head)[..], &chunk(b"IDAT", b"x"), &chunk(b"IEND", b"")].concat()
}
