//! JPEG without anything that is not its picture (ITU-T T.81, annex B).

/// The picture alone: tables, frames and scans, the colours' meaning (JFIF, Adobe); neither notes nor previews nor places. None when it is
/// cut off.
pub(crate) fn stripped(jpeg: &[u8]) -> Option<Vec<u8>> {
    let mut rest = jpeg.strip_prefix(b"\xff\xd8")?;
    let mut kept = Vec::with_capacity(jpeg.len());
    kept.extend_from_slice(b"\xff\xd8");
    loop {
        let [0xff, marker] = *rest.first_chunk::<2>()? else { return None };
        match marker {
            // A marker may be filled up with more of its first byte.
            0xff => {
                rest = &rest[1..];
                continue;
            }
            0xd9 => {
                kept.extend_from_slice(b"\xff\xd9");
                return Some(kept);
            }
            0x01 | 0xd0..=0xd7 => {
                rest = &rest[2..];
                continue;
            }
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(rest.get(2..4)?.try_into().ok()?));
        let segment = rest.get(..length.checked_add(2)?).filter(|_| 2 <= length)?;
        if stays(marker, &segment[4..]) {
            kept.extend_from_slice(segment);
        }
        rest = &rest[segment.len()..];
        if marker == 0xda {
            let n = scan_length(rest)?;
            kept.extend_from_slice(&rest[..n]);
            rest = &rest[n..];
        }
    }
}

/// Whether a segment draws: everything but comments and applications' notes. JFIF and Adobe say what the colours mean; JFIF may hold a
/// preview behind its 14 bytes.
fn stays(marker: u8, data: &[u8]) -> bool {
    match marker {
        0xe0 => data.starts_with(b"JFIF\0") && data.len() <= 14,
        0xee => data.starts_with(b"Adobe") && data.len() <= 12,
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

/// How far the points of a scan reach: to the next marker that is neither a filler nor a restart.
fn scan_length(data: &[u8]) -> Option<usize> {
    data.windows(2).position(|it| it[0] == 0xff && !matches!(it[1], 0x00 | 0xd0..=0xd7 | 0xff))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
        [&[0xff, marker][..], &(data.len() as u16 + 2).to_be_bytes(), data].concat()
    }

    #[test]
    fn only_the_picture_stays() {
        let jfif = segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
        let tables = segment(0xdb, &[1; 65]);
        let scan = [segment(0xda, &[1, 1, 0, 0, 63, 0]), b"\x12\xff\x00\x34\xff\xd0\x56".to_vec()].concat();
        let notes = [segment(0xe1, b"Exif\0\0GPS"), segment(0xfe, b"<script>"), segment(0xed, b"Photoshop")].concat();
        let jpeg = [b"\xff\xd8", &jfif[..], &notes, &tables, b"\xff", &scan, b"\xff\xd9<html>"].concat();
        assert_eq!(stripped(&jpeg).unwrap(), [b"\xff\xd8", &jfif[..], &tables, &scan, b"\xff\xd9"].concat());
        assert_eq!(stripped(&jpeg[..jpeg.len() - 8]), None);
        assert_eq!(stripped(b"\xff\xd8\xff\xe1\0\0"), None);
    }
}
