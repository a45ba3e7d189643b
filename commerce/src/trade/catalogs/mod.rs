//! Catalogs, as staff make them: what groups of customers and companies pay, in which quantities, and which goods they are
//! sold. Who has which is [`terms`](super::terms)' to say, and which of their prices wins [`Deal`](crate::pricing::Deal)'s.

mod assign;
mod change;
mod find;
mod prices;
mod products;
mod quantities;
mod sheet;

pub use self::{
    change::{CatalogChange, CatalogDraft, create, delete, restore, update},
    find::{by_id, companies_of, groups_of, list, prices, products, rules},
    prices::{VariantPrices, set as set_prices},
    products::{add as add_products, remove as remove_products},
    quantities::{VariantRule, set as set_rules},
    sheet::{Imported, RowError, export, import},
};

pub(super) use self::{change::sold_in, prices::steps};

use vitrine_entity::{catalog, ids::CatalogId};

use crate::{ErrorCode, Refusal, Result, Tx, language::messages, staff::removal};

/// The most things of one change.
pub const CHANGES_MAX: usize = 100;

/// The catalog, locked, if it is there.
async fn locked(tx: &Tx, id: CatalogId) -> Result<catalog::Model> {
    removal::live::<catalog::Entity>(tx, id).await
}

fn bounded(count: usize, field: &str) -> Result<(), Refusal> {
    match (1..=CHANGES_MAX).contains(&count) {
        true => Ok(()),
        false => {
            let message = messages::catalog_changes_range(CHANGES_MAX);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]))
        }
    }
}
