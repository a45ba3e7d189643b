//! The values of facets as texts, of each piece of the index that is never written again: read once and kept for as
//! long as the piece is in use.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use tantivy::{Searcher, columnar::StrColumn, index::SegmentId};

use crate::search::facets::Value;

/// The values of one column, by their numbers in it.
pub(super) type Values = Arc<[Value]>;

#[derive(Default)]
pub(super) struct KeptValues(Mutex<HashMap<(SegmentId, &'static str), Values>>);

impl KeptValues {
    pub(super) fn of(&self, segment: SegmentId, name: &'static str, column: &StrColumn) -> tantivy::Result<Values> {
        let place = (segment, name);
        if let Some(values) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&place) {
            return Ok(Arc::clone(values));
        }
        let values: Values = read(column)?.into();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(place, Arc::clone(&values));
        Ok(values)
    }

    /// Forgets what is no longer in use.
    pub(super) fn keep_those_of(&self, searcher: &Searcher) {
        let used: HashSet<SegmentId> = searcher
            .segment_readers()
            .iter()
            .map(|segment| segment.segment_id())
            .collect();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(segment, _), _| used.contains(segment));
    }
}

fn read(column: &StrColumn) -> tantivy::Result<Vec<Value>> {
    let mut values = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        values.push(Value::new(&String::from_utf8_lossy(stream.key())));
    }
    Ok(values)
}
