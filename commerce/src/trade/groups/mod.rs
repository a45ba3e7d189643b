//! Groups of customers, as staff make them: prices and discounts go by them.

mod change;
mod find;
mod members;

pub use self::{
    change::{CustomerGroupChange, CustomerGroupDraft, create, delete, restore, update},
    find::{CustomerGroupFilter, by_id, groups_of, groups_of_customers, list, member_counts},
    members::{add, remove},
};

use vitrine_entity::{customer_group, ids::CustomerGroupId};

use crate::{Refusal, Result, Tx};

/// The group, locked, deleted or not.
async fn locked(tx: &Tx, id: CustomerGroupId) -> Result<customer_group::Model> {
    let row = tx.lock::<customer_group::Entity>(id).await?;
    row.ok_or_else(|| missing().into())
}

fn missing() -> Refusal {
    Refusal::not_found("group of customers").at(&["id"])
}
