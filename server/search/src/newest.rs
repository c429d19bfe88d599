//! Collects what a query matches: the newest so many, or only their number.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::index::SegmentId;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::schema::{CREATED_AT, ID};
use crate::{Hit, Restriction};

/// Time and id of each document of a segment.
#[derive(Clone)]
pub(crate) struct Times {
    created_at: Arc<dyn ColumnValues<i64>>,
    id: Arc<dyn ColumnValues<i64>>,
}

/// The times of the segments in use: they are decrypted once, not with each query. Segments never change.
#[derive(Default)]
pub(crate) struct TimesBySegment(Mutex<HashMap<SegmentId, Times>>);

impl TimesBySegment {
    /// Forgets the segments that are not among these.
    pub fn keep_only(&self, segments: &[SegmentReader]) {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.retain(|id, _| segments.iter().any(|it| it.segment_id() == *id));
    }

    fn of(&self, segment: &SegmentReader) -> tantivy::Result<Times> {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = times.get(&segment.segment_id()) {
            return Ok(known.clone());
        }
        let fields = segment.fast_fields();
        let read = Times { created_at: fields.column_first_or_default(CREATED_AT)?, id: fields.column_first_or_default(ID)? };
        times.insert(segment.segment_id(), read.clone());
        Ok(read)
    }
}

/// Finds the newest documents.
pub(crate) struct Newest<'a> {
    times: &'a TimesBySegment,
    bounds: Bounds,
    limit: usize,
}

/// What a document's time and id must be.
#[derive(Clone, Copy)]
struct Bounds {
    since: i64,
    until: i64,
    before: Option<Hit>,
}

impl<'a> Newest<'a> {
    /// The newest `limit` documents within the restriction's times that are older than `before`.
    pub fn new(times: &'a TimesBySegment, restriction: &Restriction, before: Option<Hit>, limit: usize) -> Self {
        Self { times, bounds: Bounds::new(restriction, before), limit }
    }
}

impl Bounds {
    fn new(restriction: &Restriction, before: Option<Hit>) -> Self {
        Self { since: restriction.since.unwrap_or(i64::MIN), until: restriction.until.unwrap_or(i64::MAX), before }
    }

    /// Whether the time alone may be fine; the last possible time has no later one that would exclude it.
    fn admit(&self, created_at: i64) -> bool {
        self.since <= created_at
            && (created_at < self.until || self.until == i64::MAX)
            && self.before.is_none_or(|it| created_at <= it.created_at)
    }
}

impl Collector for Newest<'_> {
    type Fruit = Vec<Hit>;
    type Child = NewestOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<NewestOfSegment> {
        let times = self.times.of(segment)?;
        Ok(NewestOfSegment { times, bounds: self.bounds, limit: self.limit, heap: BinaryHeap::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<Hit>>) -> tantivy::Result<Vec<Hit>> {
        let mut hits = fruits.concat();
        hits.sort_unstable_by(|a, b| b.cmp(a));
        hits.truncate(self.limit);
        Ok(hits)
    }
}

pub(crate) struct NewestOfSegment {
    times: Times,
    bounds: Bounds,
    limit: usize,
    /// The oldest kept one on top.
    heap: BinaryHeap<Reverse<Hit>>,
}

impl SegmentCollector for NewestOfSegment {
    type Fruit = Vec<Hit>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let created_at = self.times.created_at.get_val(doc);
        let is_full = self.limit <= self.heap.len();
        let too_old = is_full && self.heap.peek().is_some_and(|oldest| created_at < oldest.0.created_at);
        if too_old || !self.bounds.admit(created_at) {
            return;
        }
        let hit = Hit { created_at, id: self.times.id.get_val(doc) };
        if self.bounds.before.is_some_and(|before| before <= hit) {
            return;
        }
        self.heap.push(Reverse(hit));
        if is_full {
            self.heap.pop();
        }
    }

    fn harvest(self) -> Vec<Hit> {
        self.heap.into_iter().map(|it| it.0).collect()
    }
}

/// Counts documents.
pub(crate) struct Tally<'a> {
    times: &'a TimesBySegment,
    bounds: Bounds,
}

impl<'a> Tally<'a> {
    /// The number of documents within the restriction's times.
    pub fn new(times: &'a TimesBySegment, restriction: &Restriction) -> Self {
        Self { times, bounds: Bounds::new(restriction, None) }
    }
}

impl Collector for Tally<'_> {
    type Fruit = u64;
    type Child = TallyOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<TallyOfSegment> {
        Ok(TallyOfSegment { times: self.times.of(segment)?, bounds: self.bounds, n: 0 })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<u64>) -> tantivy::Result<u64> {
        Ok(fruits.into_iter().sum())
    }
}

pub(crate) struct TallyOfSegment {
    times: Times,
    bounds: Bounds,
    n: u64,
}

impl SegmentCollector for TallyOfSegment {
    type Fruit = u64;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.n += u64::from(self.bounds.admit(self.times.created_at.get_val(doc)));
    }

    fn harvest(self) -> u64 {
        self.n
    }
}
