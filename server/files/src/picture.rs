//! Pictures made fit for mails.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops;
use image::metadata::Orientation;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use model::library::{FileFault, HEIGHT_MAX, LibraryKind, PIXELS_MAX, WIDTH_MAX};

use crate::{Admitted, gif, jpeg, png};

/// The longest side of a picture that is read, in pixels.
const SIDE_MAX: u32 = 20_000;
/// The memory that reading a picture may take, in bytes.
const MEMORY_MAX: u64 = 512 << 20;
/// The pixels of all frames of a moving picture together.
const MOVING_MAX: u64 = 400_000_000;
/// The longer side of a picture in lists, in pixels.
const THUMBNAIL: u32 = 320;
/// How well photographs are kept, of 100.
const QUALITY: u8 = 86;

/// Makes a picture fit for mails.
pub(crate) fn admit(content: &[u8], format: ImageFormat) -> Result<Admitted, FileFault> {
    let mut decoder = reader(content, format)?.into_decoder().map_err(|_| FileFault::Damaged)?;
    let (width, height) = decoder.dimensions();
    if PIXELS_MAX < u64::from(width) * u64::from(height) {
        return Err(FileFault::TooManyPixels { max: PIXELS_MAX });
    }
    // What is cut off is refused, however much of it could be drawn.
    let stripped = match format {
        ImageFormat::Png => Some(png::stripped(content).ok_or(FileFault::Damaged)?),
        ImageFormat::Jpeg => Some(jpeg::stripped(content).ok_or(FileFault::Damaged)?),
        _ => None,
    };
    let turned = decoder.orientation().map_err(|_| FileFault::Damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| FileFault::Damaged)?;
    if format == ImageFormat::Gif
        && let Some(content) = moving(content, u64::from(width) * u64::from(height))?
    {
        let kind = LibraryKind::Picture { width, height };
        return Ok(Admitted { kind, media_type: "image/gif", ending: "gif", content, thumbnail: Some(thumbnail(&picture)?) });
    }
    picture.apply_orientation(turned);
    let is_as_it_was = turned == Orientation::NoTransforms && width <= WIDTH_MAX && height <= HEIGHT_MAX;
    let picture = fitted(picture);
    let kind = LibraryKind::Picture { width: picture.width(), height: picture.height() };
    let thumbnail = Some(thumbnail(&picture)?);
    let is_photograph = format == ImageFormat::Jpeg || format == ImageFormat::WebP && !picture.color().has_alpha();
    let (media_type, ending) = if is_photograph { ("image/jpeg", "jpg") } else { ("image/png", "png") };
    let content = match stripped.filter(|_| is_as_it_was) {
        Some(stripped) => stripped,
        None if is_photograph => as_jpeg(&picture)?,
        None => as_png(&picture)?,
    };
    Ok(Admitted { kind, media_type, ending, content, thumbnail })
}

/// A reader that gives up before a picture grows beyond what may be.
fn reader(content: &[u8], format: ImageFormat) -> Result<ImageReader<Cursor<&[u8]>>, FileFault> {
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    let (width, height) =
        ImageReader::with_format(Cursor::new(content), format).into_dimensions().map_err(|_| FileFault::Damaged)?;
    if SIDE_MAX < width || SIDE_MAX < height {
        return Err(FileFault::TooManyPixels { max: PIXELS_MAX });
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    Ok(reader)
}

/// A GIF of several frames without notes; none when it stands still.
fn moving(content: &[u8], pixels: u64) -> Result<Option<Vec<u8>>, FileFault> {
    let decoder = GifDecoder::new(Cursor::new(content)).map_err(|_| FileFault::Damaged)?;
    let mut frames = 0_u64;
    for frame in decoder.into_frames() {
        frame.map_err(|_| FileFault::Damaged)?;
        frames += 1;
        if MOVING_MAX < frames * pixels {
            return Err(FileFault::TooManyPixels { max: MOVING_MAX });
        }
    }
    if frames < 2 {
        return Ok(None);
    }
    gif::stripped(content).map(Some).ok_or(FileFault::Damaged)
}

/// Made smaller until it fits, never larger.
fn fitted(picture: DynamicImage) -> DynamicImage {
    if picture.width() <= WIDTH_MAX && picture.height() <= HEIGHT_MAX {
        return picture;
    }
    picture.resize(WIDTH_MAX, HEIGHT_MAX, imageops::FilterType::CatmullRom)
}

fn thumbnail(picture: &DynamicImage) -> Result<Vec<u8>, FileFault> {
    let side = THUMBNAIL.min(picture.width().max(picture.height()));
    let small = picture.thumbnail(side, side);
    if small.color().has_alpha() { as_png(&small) } else { as_jpeg(&small) }
}

fn as_png(picture: &DynamicImage) -> Result<Vec<u8>, FileFault> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    let eight = if picture.color().has_alpha() {
        DynamicImage::ImageRgba8(picture.to_rgba8())
    } else {
        DynamicImage::ImageRgb8(picture.to_rgb8())
    };
    eight.write_with_encoder(encoder).map_err(|_| FileFault::Damaged)?;
    Ok(bytes)
}

fn as_jpeg(picture: &DynamicImage) -> Result<Vec<u8>, FileFault> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    DynamicImage::ImageRgb8(picture.to_rgb8()).write_with_encoder(encoder).map_err(|_| FileFault::Damaged)?;
    Ok(bytes)
}
