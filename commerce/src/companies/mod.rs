//! Companies that buy on terms of their own: what staff know of them, where their goods go, who buys for them, and what
//! they owe.

pub mod account;
mod buyers;
mod buying;
mod change;
mod choose;
mod find;
mod locations;
mod orders;

pub use self::{
    buyers::{add as add_buyer, remove as remove_buyer},
    buying::Buying,
    change::{CompanyChange, CompanyDraft, create, delete, restore, update},
    choose::choose,
    find::{Membership, buyers, buyers_of, by_id, companies, is_buyer, list, locations_of, memberships_of, roles_of},
    locations::{
        LocationDraft, create as create_location, delete as delete_location, restore as restore_location,
        update as update_location,
    },
    orders::{company_of_orders, count_of_company, manages, of_company},
};
pub(crate) use find::chosen_of;
pub(crate) use orders::role;

use vitrine_entity::{company, ids::CompanyId};

use crate::{Refusal, Result, Tx};

/// The company, locked, if it is there.
async fn locked(tx: &Tx, id: CompanyId, field: &str) -> Result<company::Model> {
    let row = tx.lock::<company::Entity>(id).await?;
    row.filter(|row| row.deleted_at.is_none())
        .ok_or_else(|| missing().at(&[field]).into())
}

fn missing() -> Refusal {
    Refusal::not_found("company")
}
