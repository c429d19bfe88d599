//! Collects what a query matches: the first so many, or only their number.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::index::SegmentId;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::schema::{CREATED_AT, ID};
use crate::{Hit, Order, Restriction};

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

/// How finely likeness is told apart: hits of the same thousandth are ordered by their ids.
const THOUSANDTHS: f32 = 1_000.0;

/// Finds the first documents.
pub(crate) struct First<'a> {
    times: &'a TimesBySegment,
    bounds: Bounds,
    order: Order,
    before: Option<Hit>,
    limit: usize,
}

/// What a document's time and id must be.
#[derive(Clone)]
struct Bounds {
    since: i64,
    until: i64,
    among: Option<Arc<[i64]>>,
}

impl<'a> First<'a> {
    /// The first `limit` documents within the restriction's times that come behind `before`.
    pub fn new(times: &'a TimesBySegment, restriction: &Restriction, before: Option<Hit>, limit: usize) -> Self {
        Self { times, bounds: Bounds::new(restriction), order: restriction.order, before, limit }
    }
}

impl Bounds {
    fn new(restriction: &Restriction) -> Self {
        let (since, until) = (restriction.since.unwrap_or(i64::MIN), restriction.until.unwrap_or(i64::MAX));
        Self { since, until, among: restriction.among.clone() }
    }

    /// Whether the time is fine; the last possible time has no later one that would exclude it.
    fn admit(&self, created_at: i64) -> bool {
        self.since <= created_at && (created_at < self.until || self.until == i64::MAX)
    }

    fn admit_id(&self, id: i64) -> bool {
        self.among.as_ref().is_none_or(|it| it.binary_search(&id).is_ok())
    }
}

impl Collector for First<'_> {
    type Fruit = Vec<Hit>;
    type Child = FirstOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<FirstOfSegment> {
        let times = self.times.of(segment)?;
        let (bounds, order, before, limit) = (self.bounds.clone(), self.order, self.before, self.limit);
        Ok(FirstOfSegment { times, bounds, order, before, limit, heap: BinaryHeap::new() })
    }

    fn requires_scoring(&self) -> bool {
        self.order == Order::Best
    }

    fn merge_fruits(&self, fruits: Vec<Vec<Hit>>) -> tantivy::Result<Vec<Hit>> {
        let mut hits = fruits.concat();
        hits.sort_unstable_by(|a, b| b.cmp(a));
        hits.truncate(self.limit);
        Ok(hits)
    }
}

pub(crate) struct FirstOfSegment {
    times: Times,
    bounds: Bounds,
    order: Order,
    before: Option<Hit>,
    limit: usize,
    /// The last of the kept ones on top.
    heap: BinaryHeap<Reverse<Hit>>,
}

impl SegmentCollector for FirstOfSegment {
    type Fruit = Vec<Hit>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let created_at = self.times.created_at.get_val(doc);
        let key = match self.order {
            Order::Newest => created_at,
            Order::Best => (score * THOUSANDTHS) as i64,
        };
        let is_full = self.limit <= self.heap.len();
        let comes_too_late = is_full && self.heap.peek().is_some_and(|last| key < last.0.key);
        if comes_too_late || !self.bounds.admit(created_at) || self.before.is_some_and(|before| before.key < key) {
            return;
        }
        let hit = Hit { key, id: self.times.id.get_val(doc) };
        if self.before.is_some_and(|before| before <= hit) || !self.bounds.admit_id(hit.id) {
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
        Self { times, bounds: Bounds::new(restriction) }
    }
}

impl Collector for Tally<'_> {
    type Fruit = u64;
    type Child = TallyOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<TallyOfSegment> {
        Ok(TallyOfSegment { times: self.times.of(segment)?, bounds: self.bounds.clone(), n: 0 })
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
        let is_admitted =
            self.bounds.admit(self.times.created_at.get_val(doc)) && self.bounds.admit_id(self.times.id.get_val(doc));
        self.n += u64::from(is_admitted);
    }

    fn harvest(self) -> u64 {
        self.n
    }
}
