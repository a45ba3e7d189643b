//! Counts all hits and their facets, and keeps the first of them in their order.

use std::{collections::HashMap, sync::Arc};

use tantivy::{
    DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::{ColumnValues, StrColumn},
};
use uuid::Uuid;
use vitrine_commerce::ports::search::{Facet, SearchRequest, SearchSort};
use vitrine_entity::ids::ProductId;

use super::{
    schema::{CREATED, ID_HIGH, ID_LOW, IN_STOCK, PRICE, SOLD, VALUE_COLUMNS, price_column},
    values::{KeptValues, Values},
};
use crate::search::facets::{Counted, Value, facets};

/// How many hits more than are wanted are gathered before they are sorted out.
const ROOM: usize = 128;

/// What was found: how much in all, and the first hits, in no order: what to sort by, least first, and the id.
#[derive(Default)]
pub(super) struct Hits {
    pub(super) total: usize,
    pub(super) first: Vec<(i64, ProductId)>,
    pub(super) facets: Vec<Facet>,
    pub(super) prices_minor: Option<(i64, i64)>,
}

pub(super) struct HitsCollector<'a> {
    sort: SearchSort,
    /// The column of the prices asked for.
    price: String,
    /// Whether there are words whose match gives a score.
    scored: bool,
    /// How many of the first hits are wanted.
    wanted: usize,
    /// Where facets are counted: the texts of their values.
    values: Option<&'a Arc<KeptValues>>,
}

impl<'a> HitsCollector<'a> {
    pub(super) fn new(request: &SearchRequest, wanted: usize, values: Option<&'a Arc<KeptValues>>) -> Self {
        Self {
            sort: request.sort,
            price: request.currency.map_or_else(|| PRICE.to_owned(), price_column),
            scored: !request.text.trim().is_empty() && request.sort == SearchSort::Relevance,
            wanted,
            values,
        }
    }

    fn rank(&self, segment: &SegmentReader) -> tantivy::Result<Rank> {
        if self.scored {
            return Ok(Rank::Score);
        }
        let (column, descending) = match self.sort {
            SearchSort::PriceAscending => (self.price.as_str(), false),
            SearchSort::PriceDescending => (self.price.as_str(), true),
            SearchSort::Newest => (CREATED, true),
            SearchSort::BestSelling | SearchSort::Relevance => (SOLD, true),
        };
        let column = numbers(segment, column)?;
        Ok(if descending {
            Rank::Descending(column)
        } else {
            Rank::Ascending(column)
        })
    }
}

/// A column of numbers. One that no document of the segment has is of no hit there.
fn numbers(segment: &SegmentReader, name: &str) -> tantivy::Result<Arc<dyn ColumnValues<i64>>> {
    match segment.fast_fields().column_opt::<i64>(name)? {
        Some(column) => Ok(column.first_or_default_col(0)),
        None => segment.fast_fields().column_first_or_default(PRICE),
    }
}

impl Collector for HitsCollector<'_> {
    type Fruit = Hits;
    type Child = SegmentHits;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentHits> {
        let columns = segment.fast_fields();
        Ok(SegmentHits {
            total: 0,
            first: First::new(self.wanted),
            rank: self.rank(segment)?,
            id_high: columns.column_first_or_default(ID_HIGH)?,
            id_low: columns.column_first_or_default(ID_LOW)?,
            tally: self
                .values
                .map(|values| Tally::new(segment, values, &self.price))
                .transpose()?,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<SegmentFruit>>) -> tantivy::Result<Hits> {
        let (mut total, mut first) = (0, Vec::new());
        let mut totals: HashMap<(Counted, Value), usize> = HashMap::new();
        let mut prices_minor: Option<(i64, i64)> = None;
        for segment in segments {
            let segment = segment?;
            total += segment.total;
            first.extend(segment.first);
            let ranges = [prices_minor, segment.prices_minor].into_iter().flatten();
            prices_minor = ranges.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
            for (counted, value, count) in segment.counts {
                *totals.entry((counted, value)).or_default() += count;
            }
        }
        let counts = totals
            .into_iter()
            .map(|((counted, value), count)| (counted, value, count));
        Ok(Hits {
            total,
            first,
            facets: facets(counts),
            prices_minor,
        })
    }
}

enum Rank {
    Score,
    Ascending(Arc<dyn ColumnValues<i64>>),
    Descending(Arc<dyn ColumnValues<i64>>),
}

/// The first hits of a segment: as many as are wanted, and at most as many again that are sorted out later.
struct First {
    wanted: usize,
    found: Vec<(i64, ProductId)>,
    /// What ranks behind this is not among them.
    last: i64,
}

impl First {
    fn new(wanted: usize) -> Self {
        Self {
            wanted,
            found: Vec::new(),
            last: if wanted == 0 { i64::MIN } else { i64::MAX },
        }
    }

    fn may_hold(&self, rank: i64) -> bool {
        self.wanted > 0 && rank <= self.last
    }

    fn push(&mut self, rank: i64, id: ProductId) {
        self.found.push((rank, id));
        if self.found.len() > self.wanted * 2 + ROOM {
            self.found.select_nth_unstable(self.wanted - 1);
            self.found.truncate(self.wanted);
            self.last = self.found[self.wanted - 1].0;
        }
    }
}

pub(super) struct SegmentHits {
    total: usize,
    first: First,
    rank: Rank,
    id_high: Arc<dyn ColumnValues<u64>>,
    id_low: Arc<dyn ColumnValues<u64>>,
    tally: Option<Tally>,
}

pub(super) struct SegmentFruit {
    total: usize,
    first: Vec<(i64, ProductId)>,
    counts: Vec<(Counted, Value, usize)>,
    prices_minor: Option<(i64, i64)>,
}

impl SegmentCollector for SegmentHits {
    type Fruit = tantivy::Result<SegmentFruit>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let rank = match &self.rank {
            // Scores are whole numbers: see `query`.
            Rank::Score => !(score as i64),
            Rank::Ascending(column) => column.get_val(doc),
            // Turns the order round as a minus would, without its overflow.
            Rank::Descending(column) => !column.get_val(doc),
        };
        self.total += 1;
        if self.first.may_hold(rank) {
            let id = Uuid::from_u64_pair(self.id_high.get_val(doc), self.id_low.get_val(doc));
            self.first.push(rank, ProductId(id));
        }
        if let Some(tally) = &mut self.tally {
            tally.count(doc);
        }
    }

    fn harvest(self) -> tantivy::Result<SegmentFruit> {
        let prices_minor = self.tally.as_ref().and_then(|tally| tally.prices_minor);
        let counts = self.tally.map(Tally::counts).unwrap_or_default();
        Ok(SegmentFruit {
            total: self.total,
            first: self.first.found,
            counts,
            prices_minor,
        })
    }
}

/// Counts by a segment's own numbers for the values, which become text once, at the end.
struct Tally {
    columns: Vec<(Counted, StrColumn, Values, Vec<usize>)>,
    in_stock: Arc<dyn ColumnValues<bool>>,
    in_stock_counts: [usize; 2],
    price: Arc<dyn ColumnValues<i64>>,
    prices_minor: Option<(i64, i64)>,
}

impl Tally {
    fn new(segment: &SegmentReader, values: &KeptValues, price: &str) -> tantivy::Result<Self> {
        let mut columns = Vec::with_capacity(VALUE_COLUMNS.len());
        for (counted, name) in VALUE_COLUMNS {
            if let Some(column) = segment.fast_fields().str(name)? {
                let values = values.of(segment.segment_id(), name, &column)?;
                let counts = vec![0; values.len()];
                columns.push((counted, column, values, counts));
            }
        }
        let in_stock = segment.fast_fields().column_first_or_default(IN_STOCK)?;
        Ok(Self {
            columns,
            in_stock,
            in_stock_counts: [0, 0],
            price: numbers(segment, price)?,
            prices_minor: None,
        })
    }

    fn count(&mut self, doc: DocId) {
        for (_, column, _, counts) in &mut self.columns {
            for ordinal in column.term_ords(doc) {
                counts[ordinal as usize] += 1;
            }
        }
        self.in_stock_counts[usize::from(self.in_stock.get_val(doc))] += 1;
        let price = self.price.get_val(doc);
        let (least, greatest) = self.prices_minor.unwrap_or((price, price));
        self.prices_minor = Some((least.min(price), greatest.max(price)));
    }

    fn counts(self) -> Vec<(Counted, Value, usize)> {
        let mut all = Vec::new();
        for (counted, _, values, counts) in self.columns {
            let counts = values.iter().zip(counts).filter(|(_, count)| *count > 0);
            all.extend(counts.map(|(value, count)| (counted, value.clone(), count)));
        }
        let [out_of_stock, in_stock] = self.in_stock_counts;
        all.push((Counted::InStock, Value::new("false"), out_of_stock));
        all.push((Counted::InStock, Value::new("true"), in_stock));
        all
    }
}
