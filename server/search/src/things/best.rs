//! Collects the best documents of each kind and counts them, in one walk through what a query matches.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use model::palette::ThingKind;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::parts;
use crate::Hit;
use crate::columns::{Columns, ColumnsBySegment};
use crate::index::KINDS;

/// How finely likeness is told apart: hits of the same thousandth are ordered by their ids.
const THOUSANDTHS: f32 = 1_000.0;

/// The best of some kinds.
pub(super) struct BestOfKinds {
    columns: Arc<ColumnsBySegment>,
    wanted: [bool; KINDS],
    limit: usize,
}

impl BestOfKinds {
    /// The best `limit` of each of these kinds.
    pub fn new(columns: Arc<ColumnsBySegment>, kinds: &[ThingKind], limit: usize) -> Self {
        let mut wanted = [false; KINDS];
        kinds.iter().for_each(|it| wanted[*it as usize] = true);
        Self { columns, wanted, limit }
    }
}

/// What is known of one kind: how many, and the best of them, the worst of these on top.
#[derive(Default)]
pub(super) struct Kept {
    count: u64,
    heap: BinaryHeap<Reverse<Hit>>,
}

impl Kept {
    fn add(&mut self, hit: Hit, limit: usize) {
        self.count += 1;
        if self.heap.len() < limit {
            self.heap.push(Reverse(hit));
        } else if self.heap.peek().is_some_and(|worst| worst.0 < hit) {
            self.heap.pop();
            self.heap.push(Reverse(hit));
        }
    }
}

impl Collector for BestOfKinds {
    /// For each kind how many there are and the ids of the best, the best first.
    type Fruit = [(u64, Vec<i64>); KINDS];
    type Child = BestOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<BestOfSegment> {
        Ok(BestOfSegment { columns: self.columns.of(segment)?, wanted: self.wanted, limit: self.limit, kept: Default::default() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<[Kept; KINDS]>) -> tantivy::Result<Self::Fruit> {
        let mut all: [(u64, Vec<Hit>); KINDS] = Default::default();
        for of_segment in fruits {
            for ((count, hits), kept) in all.iter_mut().zip(of_segment) {
                *count += kept.count;
                hits.extend(kept.heap.into_iter().map(|it| it.0));
            }
        }
        Ok(all.map(|(count, mut hits)| {
            hits.sort_unstable_by(|a, b| b.cmp(a));
            hits.truncate(self.limit);
            (count, hits.into_iter().map(|it| it.id).collect())
        }))
    }
}

pub(super) struct BestOfSegment {
    columns: Arc<Columns>,
    wanted: [bool; KINDS],
    limit: usize,
    kept: [Kept; KINDS],
}

impl SegmentCollector for BestOfSegment {
    type Fruit = [Kept; KINDS];

    fn collect(&mut self, doc: DocId, score: Score) {
        let (kind, id) = parts(self.columns.values[0].get_val(doc));
        if self.wanted[kind] {
            self.kept[kind].add(Hit { key: (score * THOUSANDTHS) as i64, id }, self.limit);
        }
    }

    fn harvest(self) -> [Kept; KINDS] {
        self.kept
    }
}
