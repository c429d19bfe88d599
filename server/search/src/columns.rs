//! Numbers of documents, column by column.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::columnar::ColumnValues;
use tantivy::index::SegmentId;
use tantivy::{DocId, SegmentReader};

/// The number of each document of a segment.
pub(crate) type Column = Arc<dyn ColumnValues<i64>>;

/// So many documents make a span.
pub(crate) const SPAN: DocId = 1_024;

/// The least and the greatest number of documents that follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub least: i64,
    pub greatest: i64,
    /// The greatest of all documents before them.
    pub before: i64,
}

/// The columns of one segment.
pub(crate) struct Columns {
    /// In the order of the fields.
    pub values: Vec<Column>,
    spans: OnceLock<Vec<Span>>,
}

impl Columns {
    /// The spans of the first column, [`SPAN`] documents each.
    pub fn spans(&self) -> &[Span] {
        self.spans.get_or_init(|| self.values.first().map(spans_of).unwrap_or_default())
    }
}

fn spans_of(column: &Column) -> Vec<Span> {
    let (mut spans, mut before) = (Vec::new(), i64::MIN);
    for from in (0..column.num_vals()).step_by(SPAN as usize) {
        let to = (from + SPAN).min(column.num_vals());
        let (mut least, mut greatest) = (i64::MAX, i64::MIN);
        for value in (from..to).map(|doc| column.get_val(doc)) {
            (least, greatest) = (least.min(value), greatest.max(value));
        }
        spans.push(Span { least, greatest, before });
        before = before.max(greatest);
    }
    spans
}

/// The columns of the segments in use: they are decrypted once, not with each query. Segments never change.
pub(crate) struct ColumnsBySegment {
    names: &'static [&'static str],
    columns: Mutex<HashMap<SegmentId, Arc<Columns>>>,
}

impl ColumnsBySegment {
    /// Of these fields.
    pub fn new(names: &'static [&'static str]) -> Self {
        Self { names, columns: Mutex::default() }
    }

    /// Forgets the segments that are not among these.
    pub fn keep_only(&self, segments: &[SegmentReader]) {
        let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        columns.retain(|id, _| segments.iter().any(|it| it.segment_id() == *id));
    }

    /// The columns of a segment.
    pub fn of(&self, segment: &SegmentReader) -> tantivy::Result<Arc<Columns>> {
        let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = columns.get(&segment.segment_id()) {
            return Ok(known.clone());
        }
        let fields = segment.fast_fields();
        let values = self.names.iter().map(|it| fields.column_first_or_default(it)).collect::<tantivy::Result<_>>()?;
        let read = Arc::new(Columns { values, spans: OnceLock::new() });
        columns.insert(segment.segment_id(), read.clone());
        Ok(read)
    }
}
