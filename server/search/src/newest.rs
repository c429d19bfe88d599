//! The newest documents of a segment, without walking through all that a query matches.
//!
//! Documents come into the index nearly in the order of their times, but the postings of a word can only be read upwards. So the end of a
//! segment is looked through first, as much of it as probably holds enough; only when it does not, a wider piece before it. What times a
//! piece can hold is known beforehand, so the answer is right however the documents lie.

use tantivy::collector::SegmentCollector;
use tantivy::query::{Scorer, Weight};
use tantivy::{DocId, SegmentReader};

use crate::columns::{SPAN, Span};
use crate::first::FirstOfSegment;

/// So many times more documents are looked through than would be enough if they lay evenly.
const RESERVE: u64 = 4;
/// How much wider the next piece is.
const WIDER: usize = 8;
/// When a query matches at most so many times what is wanted, all of it is looked through at once.
const FEW: u64 = 16;

/// Collects the newest documents that a query matches.
pub(crate) fn collect(kept: &mut FirstOfSegment, weight: &dyn Weight, reader: &SegmentReader) -> tantivy::Result<()> {
    let columns = kept.columns();
    let spans = columns.spans();
    let is_possible = |it: &Span| kept.may_hold(it);
    let (Some(low), Some(high)) = (spans.iter().position(is_possible), spans.iter().rposition(is_possible)) else {
        return Ok(());
    };
    let mut end = high + 1;
    let first = weight.scorer(reader, 1.0)?;
    let mut width = width(kept.limit() as u64, u64::from(first.size_hint()), u64::from(reader.max_doc()));
    let mut first = Some(first);
    while low < end {
        let start = low.max(end.saturating_sub(width));
        let mut docs = match first.take() {
            Some(docs) => docs,
            None => weight.scorer(reader, 1.0)?,
        };
        walk(kept, &mut *docs, spans, reader, (start, end));
        if kept.is_full_of_newer_than(spans[start].before) {
            break;
        }
        (end, width) = (start, width.saturating_mul(WIDER));
    }
    Ok(())
}

/// How many spans probably hold enough.
fn width(wanted: u64, matching: u64, all: u64) -> usize {
    if matching <= wanted * FEW {
        return usize::MAX;
    }
    (all * wanted * RESERVE / matching / u64::from(SPAN)) as usize + 1
}

/// Takes the documents from one span up to another.
fn walk(kept: &mut FirstOfSegment, docs: &mut dyn Scorer, spans: &[Span], reader: &SegmentReader, (start, end): (usize, usize)) {
    let (from, to) = (start as DocId * SPAN, (end as DocId * SPAN).min(reader.max_doc()));
    let alive = reader.alive_bitset();
    let mut doc = docs.doc();
    if doc < from {
        doc = docs.seek(from);
    }
    while doc < to {
        let at = doc / SPAN;
        if !kept.may_hold(&spans[at as usize]) {
            doc = docs.seek((at + 1) * SPAN);
            continue;
        }
        if alive.is_none_or(|it| it.is_alive(doc)) {
            kept.collect(doc, 0.0);
        }
        doc = docs.advance();
    }
}
