//! How many rows a list has, counted once however many fields tell of it.

use async_graphql::Enum;
use tokio::sync::OnceCell;
use vitrine_commerce::paging::Count;

use super::{failure::Result, scalars::int};

/// What a total count means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum CountPrecision {
    /// The list has that many rows.
    Exact,
    /// The list has more rows than were counted: show it as in `10,000+`.
    AtLeast,
}

/// What a list is of, with its count once it is known.
#[derive(Debug)]
pub struct Counted<T> {
    pub of: T,
    count: OnceCell<Count>,
}

impl<T> Counted<T> {
    pub fn new(of: T) -> Self {
        Self {
            of,
            count: OnceCell::new(),
        }
    }

    /// The rows, by `count` where nobody has counted them yet.
    pub async fn rows(&self, count: impl Future<Output = vitrine_commerce::Result<Count>>) -> Result<i32> {
        let count = self.count.get_or_try_init(|| count).await?;
        Ok(int(count.rows.try_into().unwrap_or(i64::MAX)))
    }

    /// What the number of rows means.
    pub async fn precision(
        &self,
        count: impl Future<Output = vitrine_commerce::Result<Count>>,
    ) -> Result<CountPrecision> {
        let count = self.count.get_or_try_init(|| count).await?;
        Ok(match count.is_exact {
            true => CountPrecision::Exact,
            false => CountPrecision::AtLeast,
        })
    }
}
