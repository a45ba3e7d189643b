//! What a buyer may not order by themselves: a manager of their company approves or refuses it. The cart is kept as it was
//! priced; no stock is held until it is approved, and then it becomes an order in the way in which all do.

mod answer;
mod ask;
mod find;

pub use self::{
    answer::{approve, refuse, withdraw},
    ask::{Ask, ask},
    find::{by_id, list, of_company},
};

use vitrine_entity::{ids::PurchaseRequestId, purchase_request};

use crate::{Refusal, Result, Tx};

/// The request, locked.
async fn locked(tx: &Tx, id: PurchaseRequestId) -> Result<purchase_request::Model> {
    let row = tx.lock::<purchase_request::Entity>(id).await?;
    row.ok_or_else(|| missing().into())
}

fn missing() -> Refusal {
    Refusal::not_found("purchase request").at(&["id"])
}
