//! PNG without anything that is not its picture (PNG, third edition, §5 and §11).

/// What draws the picture: its size, palette, transparency, colours and points. Names, places, times and texts are not among it.
const KEPT: [&[u8; 4]; 8] = [b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"IDAT", b"IEND"];
/// What begins every PNG.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The picture alone, ended where its last chunk says so. None when it is cut off.
pub(crate) fn stripped(png: &[u8]) -> Option<Vec<u8>> {
    let mut rest = png.strip_prefix(SIGNATURE)?;
    let mut kept = Vec::with_capacity(png.len());
    kept.extend_from_slice(SIGNATURE);
    loop {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?) as usize;
        let name = rest.get(4..8)?;
        let chunk = rest.get(..length.checked_add(12)?)?;
        if KEPT.iter().any(|it| *it == name) {
            kept.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(kept);
        }
        rest = &rest[chunk.len()..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        [&(data.len() as u32).to_be_bytes()[..], name, data, b"crc!"].concat()
    }

    #[test]
    fn only_the_picture_stays() {
        let [ihdr, text, idat, iend] =
            [chunk(b"IHDR", &[0; 13]), chunk(b"tEXt", b"GPS"), chunk(b"IDAT", b"x"), chunk(b"IEND", b"")];
        let png = [SIGNATURE, &ihdr, &text, &idat, &iend, b"<script>"].concat();
        assert_eq!(stripped(&png).unwrap(), [SIGNATURE, &ihdr, &idat, &iend].concat());
        assert_eq!(stripped(&png[..png.len() - 12]), None);
        assert_eq!(stripped(&[SIGNATURE, b"\xff\xff\xff\xffIDAT"].concat()), None);
    }
}
