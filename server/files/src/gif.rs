//! GIF without anything that is not its picture (GIF89a, §17 to §26).

/// The moving picture alone: frames, their times, and how often it repeats. None when it is cut off.
pub(crate) fn stripped(gif: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader { rest: gif, kept: Vec::with_capacity(gif.len()) };
    let screen = reader.take(13)?;
    reader.take(palette(screen[10]))?;
    loop {
        match *reader.rest.first()? {
            0x2c => {
                let frame = reader.take(10)?;
                reader.take(palette(frame[9]))?;
                reader.take(1)?;
                reader.blocks(true)?;
            }
            0x21 => reader.extension()?,
            0x3b => {
                reader.take(1)?;
                return Some(reader.kept);
            }
            _ => return None,
        }
    }
}

/// The bytes of a palette by the field that announces it.
fn palette(field: u8) -> usize {
    if field & 0x80 == 0 { 0 } else { 3 << ((field & 7) + 1) }
}

struct Reader<'a> {
    rest: &'a [u8],
    kept: Vec<u8>,
}

impl<'a> Reader<'a> {
    /// Takes bytes over.
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(n)?;
        self.rest = rest;
        self.kept.extend_from_slice(taken);
        Some(taken)
    }

    /// Takes data blocks over, up to the empty one, or leaves them out.
    fn blocks(&mut self, is_kept: bool) -> Option<()> {
        loop {
            let n = usize::from(*self.rest.first()?) + 1;
            let (block, rest) = self.rest.split_at_checked(n)?;
            if is_kept {
                self.kept.extend_from_slice(block);
            }
            self.rest = rest;
            if n == 1 {
                return Some(());
            }
        }
    }

    /// Times of frames and the repeating stay; comments, texts and applications' notes go.
    fn extension(&mut self) -> Option<()> {
        let label = *self.rest.get(1)?;
        let is_repeat = label == 0xff && self.rest.get(2..14)? == b"\x0bNETSCAPE2.0";
        let is_kept = label == 0xf9 || is_repeat;
        let (head, rest) = self.rest.split_at_checked(2)?;
        if is_kept {
            self.kept.extend_from_slice(head);
        }
        self.rest = rest;
        self.blocks(is_kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_picture_stays() {
        let screen = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
        let repeat = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
        let notes = b"\x21\xfe\x08<script>\0\x21\xff\x0bXMP DataXMP\x03GPS\0";
        let time = b"\x21\xf9\x04\0\x0a\0\0\0";
        let frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
        let gif = [&screen[..], repeat, notes, time, frame, b"\x3balert(1)"].concat();
        assert_eq!(stripped(&gif).unwrap(), [&screen[..], repeat, time, frame, b"\x3b"].concat());
        assert_eq!(stripped(&gif[..gif.len() - 9]), None);
        assert_eq!(stripped(b"GIF89a"), None);
    }
}
