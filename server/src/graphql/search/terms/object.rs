use async_graphql::{Enum, Object, SimpleObject};
use vitrine_commerce::search::record;
use vitrine_entity::search_settings;

use crate::graphql::shared::{Date, connection, int};

/// Which terms a report tells of, and by what it is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Enum)]
#[graphql(remote = "vitrine_commerce::search::record::Found")]
pub enum SearchTermsFound {
    /// Those that found nothing, by how often they did not.
    Nothing,
    /// Those that found nothing, or three products at most, by how often they did.
    Little,
    /// All, by how often they were searched for.
    #[default]
    Any,
}

/// A term that shoppers searched for.
#[derive(Debug, Clone)]
pub struct SearchTerm(pub record::SearchTerm);

/// A term that shoppers searched for, and with what success. Who they were is not known.
#[Object]
impl SearchTerm {
    /// The term, in its normal form: words without case and accents, with a blank between.
    async fn term(&self) -> &str {
        &self.0.term
    }

    /// How often it was searched for.
    async fn searches(&self) -> i32 {
        int(self.0.searches)
    }

    /// How often nothing was found.
    async fn found_nothing(&self) -> i32 {
        int(self.0.found_nothing)
    }

    /// How often little was found: one to three products.
    async fn found_little(&self) -> i32 {
        int(self.0.found_little)
    }

    /// The day on which it was last searched for.
    async fn last_searched_on(&self) -> Date {
        Date(self.0.last_day)
    }
}

connection! { SearchTermConnection, SearchTermEdge, SearchTerm }

/// What becomes of searches.
#[derive(Debug, SimpleObject)]
pub struct SearchSettings {
    /// Whether what shoppers search for is counted: by day, and never by whom.
    pub record_searches: bool,
    /// Grows with every change: send it as `expectedVersion`.
    pub version: i32,
}

impl From<search_settings::Model> for SearchSettings {
    fn from(row: search_settings::Model) -> Self {
        Self {
            record_searches: row.record_searches,
            version: int(row.version),
        }
    }
}
