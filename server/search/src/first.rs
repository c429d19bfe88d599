//! Collects what a query matches: the first so many, or only their number.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Weight;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::columns::{Columns, ColumnsBySegment, Span};
use crate::{Hit, Order, Restriction, newest};

/// How finely likeness is told apart: hits of the same thousandth are ordered by their ids.
const THOUSANDTHS: f32 = 1_000.0;

/// Finds the first documents.
pub(crate) struct First {
    times: Arc<ColumnsBySegment>,
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

impl First {
    /// The first `limit` documents within the restriction's times that come behind `before`.
    pub fn new(times: Arc<ColumnsBySegment>, restriction: &Restriction, before: Option<Hit>, limit: usize) -> Self {
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

    /// Whether any of these times may be fine.
    fn may_admit(&self, span: &Span) -> bool {
        self.since <= span.greatest && (span.least < self.until || self.until == i64::MAX)
    }

    fn admit_id(&self, id: i64) -> bool {
        self.among.as_ref().is_none_or(|it| it.binary_search(&id).is_ok())
    }
}

impl Collector for First {
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

    fn collect_segment(&self, weight: &dyn Weight, at: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Vec<Hit>> {
        let mut kept = self.for_segment(at, segment)?;
        let alive = segment.alive_bitset();
        match self.order {
            Order::Newest => newest::collect(&mut kept, weight, segment)?,
            Order::Best => weight.for_each(segment, &mut |doc, score| {
                if alive.is_none_or(|it| it.is_alive(doc)) {
                    kept.collect(doc, score);
                }
            })?,
        }
        Ok(kept.harvest())
    }

    fn merge_fruits(&self, fruits: Vec<Vec<Hit>>) -> tantivy::Result<Vec<Hit>> {
        let mut hits = fruits.concat();
        hits.sort_unstable_by(|a, b| b.cmp(a));
        hits.truncate(self.limit);
        Ok(hits)
    }
}

pub(crate) struct FirstOfSegment {
    times: Arc<Columns>,
    bounds: Bounds,
    order: Order,
    before: Option<Hit>,
    limit: usize,
    /// The last of the kept ones on top.
    heap: BinaryHeap<Reverse<Hit>>,
}

impl FirstOfSegment {
    /// The columns of the segment.
    pub fn columns(&self) -> Arc<Columns> {
        self.times.clone()
    }

    /// How many are wanted.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Whether any of the newest may be among documents with these times.
    pub fn may_hold(&self, span: &Span) -> bool {
        let is_behind = self.before.is_none_or(|it| span.least <= it.key);
        let is_late = self.heap.len() < self.limit || self.heap.peek().is_none_or(|last| last.0.key <= span.greatest);
        is_behind && is_late && self.bounds.may_admit(span)
    }

    /// Whether enough were found, all of them newer than this time.
    pub fn is_full_of_newer_than(&self, time: i64) -> bool {
        self.limit <= self.heap.len() && self.heap.peek().is_some_and(|last| time < last.0.key)
    }
}

impl SegmentCollector for FirstOfSegment {
    type Fruit = Vec<Hit>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let created_at = created_at(&self.times, doc);
        let key = match self.order {
            Order::Newest => created_at,
            Order::Best => (score * THOUSANDTHS) as i64,
        };
        let is_full = self.limit <= self.heap.len();
        let comes_too_late = is_full && self.heap.peek().is_some_and(|last| key < last.0.key);
        if comes_too_late || !self.bounds.admit(created_at) || self.before.is_some_and(|before| before.key < key) {
            return;
        }
        let hit = Hit { key, id: id(&self.times, doc) };
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
pub(crate) struct Tally {
    times: Arc<ColumnsBySegment>,
    bounds: Bounds,
}

impl Tally {
    /// The number of documents within the restriction's times.
    pub fn new(times: Arc<ColumnsBySegment>, restriction: &Restriction) -> Self {
        Self { times, bounds: Bounds::new(restriction) }
    }
}

impl Collector for Tally {
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
    times: Arc<Columns>,
    bounds: Bounds,
    n: u64,
}

impl SegmentCollector for TallyOfSegment {
    type Fruit = u64;

    fn collect(&mut self, doc: DocId, _: Score) {
        let is_admitted = self.bounds.admit(created_at(&self.times, doc)) && self.bounds.admit_id(id(&self.times, doc));
        self.n += u64::from(is_admitted);
    }

    fn harvest(self) -> u64 {
        self.n
    }
}

/// When a message was made, Unix milliseconds.
fn created_at(columns: &Columns, doc: DocId) -> i64 {
    columns.values[0].get_val(doc)
}

/// The id of a message.
fn id(columns: &Columns, doc: DocId) -> i64 {
    columns.values[1].get_val(doc)
}
