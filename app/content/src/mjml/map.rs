//! The way back from a text that was made to the text it was made from.

/// Pieces of a text that come from a source, in their order.
#[derive(Clone, Debug, Default)]
pub struct Map(Vec<Piece>);

#[derive(Clone, Debug)]
struct Piece {
    start: usize,
    len: usize,
    source: usize,
}

impl Map {
    /// Notes that `len` bytes from `start` on are those of the source from `source` on.
    pub(super) fn push(&mut self, start: usize, len: usize, source: usize) {
        self.0.push(Piece { start, len, source });
    }

    /// The place in the source that a byte comes from; none for what was added.
    pub fn source(&self, at: usize) -> Option<usize> {
        let next = self.0.partition_point(|it| it.start <= at);
        let piece = self.0.get(next.checked_sub(1)?)?;
        (at <= piece.start + piece.len).then(|| piece.source + at - piece.start)
    }
}
