//! Gathers all hits with what orders them, and counts facets on the way.

use std::{collections::HashMap, sync::Arc};

use tantivy::{
    DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::{ColumnValues, StrColumn},
};
use uuid::Uuid;
use vitrine_commerce::ports::search::{Facet, SearchSort};
use vitrine_entity::ids::ProductId;

use super::schema::{CREATED, ID_HIGH, ID_LOW, IN_STOCK, PRICE, SOLD, VALUE_COLUMNS};
use crate::search::facets::{Counted, facets};

/// Everything found, in no order: what to sort by, least first, and the id.
#[derive(Default)]
pub(super) struct Hits {
    pub(super) found: Vec<(i64, ProductId)>,
    pub(super) facets: Vec<Facet>,
    pub(super) prices_minor: Option<(i64, i64)>,
}

pub(super) struct HitsCollector {
    sort: SearchSort,
    /// Whether there are words whose match gives a score.
    scored: bool,
    facets: bool,
}

impl HitsCollector {
    pub(super) fn new(sort: SearchSort, has_text: bool, facets: bool) -> Self {
        Self {
            sort,
            scored: has_text && sort == SearchSort::Relevance,
            facets,
        }
    }

    fn rank(&self, segment: &SegmentReader) -> tantivy::Result<Rank> {
        if self.scored {
            return Ok(Rank::Score);
        }
        let (column, descending) = match self.sort {
            SearchSort::PriceAscending => (PRICE, false),
            SearchSort::PriceDescending => (PRICE, true),
            SearchSort::Newest => (CREATED, true),
            SearchSort::BestSelling | SearchSort::Relevance => (SOLD, true),
        };
        let column = segment.fast_fields().column_first_or_default(column)?;
        Ok(if descending {
            Rank::Descending(column)
        } else {
            Rank::Ascending(column)
        })
    }
}

impl Collector for HitsCollector {
    type Fruit = Hits;
    type Child = SegmentHits;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentHits> {
        let columns = segment.fast_fields();
        Ok(SegmentHits {
            found: Vec::new(),
            rank: self.rank(segment)?,
            id_high: columns.column_first_or_default(ID_HIGH)?,
            id_low: columns.column_first_or_default(ID_LOW)?,
            tally: self.facets.then(|| Tally::new(segment)).transpose()?,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<SegmentFruit>>) -> tantivy::Result<Hits> {
        let mut found = Vec::new();
        let mut totals: HashMap<(Counted, String), usize> = HashMap::new();
        let mut prices_minor: Option<(i64, i64)> = None;
        for segment in segments {
            let segment = segment?;
            found.extend(segment.found);
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
            found,
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

pub(super) struct SegmentHits {
    found: Vec<(i64, ProductId)>,
    rank: Rank,
    id_high: Arc<dyn ColumnValues<u64>>,
    id_low: Arc<dyn ColumnValues<u64>>,
    tally: Option<Tally>,
}

pub(super) struct SegmentFruit {
    found: Vec<(i64, ProductId)>,
    counts: Vec<(Counted, String, usize)>,
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
        let id = Uuid::from_u64_pair(self.id_high.get_val(doc), self.id_low.get_val(doc));
        self.found.push((rank, ProductId(id)));
        if let Some(tally) = &mut self.tally {
            tally.count(doc);
        }
    }

    fn harvest(self) -> tantivy::Result<SegmentFruit> {
        let prices_minor = self.tally.as_ref().and_then(|tally| tally.prices_minor);
        let counts = self.tally.map(Tally::counts).transpose()?.unwrap_or_default();
        Ok(SegmentFruit {
            found: self.found,
            counts,
            prices_minor,
        })
    }
}

/// Counts by a segment's own numbers for the values, which become text once, at the end.
struct Tally {
    columns: Vec<(Counted, StrColumn, Vec<usize>)>,
    in_stock: Arc<dyn ColumnValues<bool>>,
    in_stock_counts: [usize; 2],
    price: Arc<dyn ColumnValues<i64>>,
    prices_minor: Option<(i64, i64)>,
}

impl Tally {
    fn new(segment: &SegmentReader) -> tantivy::Result<Self> {
        let mut columns = Vec::with_capacity(VALUE_COLUMNS.len());
        for (counted, name) in VALUE_COLUMNS {
            if let Some(column) = segment.fast_fields().str(name)? {
                let counts = vec![0; column.num_terms()];
                columns.push((counted, column, counts));
            }
        }
        let in_stock = segment.fast_fields().column_first_or_default(IN_STOCK)?;
        Ok(Self {
            columns,
            in_stock,
            in_stock_counts: [0, 0],
            price: segment.fast_fields().column_first_or_default(PRICE)?,
            prices_minor: None,
        })
    }

    fn count(&mut self, doc: DocId) {
        for (_, column, counts) in &mut self.columns {
            for ordinal in column.term_ords(doc) {
                counts[ordinal as usize] += 1;
            }
        }
        self.in_stock_counts[usize::from(self.in_stock.get_val(doc))] += 1;
        let price = self.price.get_val(doc);
        let (least, greatest) = self.prices_minor.unwrap_or((price, price));
        self.prices_minor = Some((least.min(price), greatest.max(price)));
    }

    fn counts(self) -> tantivy::Result<Vec<(Counted, String, usize)>> {
        let mut all = Vec::new();
        for (counted, column, counts) in self.columns {
            for (ordinal, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                let mut value = String::new();
                column.ord_to_str(ordinal as u64, &mut value)?;
                all.push((counted, value, count));
            }
        }
        let [out_of_stock, in_stock] = self.in_stock_counts;
        all.push((Counted::InStock, "false".to_owned(), out_of_stock));
        all.push((Counted::InStock, "true".to_owned(), in_stock));
        Ok(all)
    }
}
