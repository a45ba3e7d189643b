//! Whose prices a catalog has.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{
    catalog_company, catalog_group, company, customer_group,
    ids::{CatalogId, CompanyId, CustomerGroupId},
};

use crate::{ErrorCode, Refusal, Result, Tx};

/// The most groups, and the most companies, of a catalog.
const OWNERS_MAX: usize = 500;

/// Sets its groups. Whether they were others.
pub(super) async fn groups(tx: &Tx, id: CatalogId, wanted: &[CustomerGroupId]) -> Result<bool> {
    use catalog_group::{ActiveModel, Column, Entity};
    let wanted = bounded(wanted, "groupIds")?;
    let before: Vec<CustomerGroupId> = Entity::find()
        .select_only()
        .column(Column::GroupId)
        .filter(Column::CatalogId.eq(id))
        .into_tuple()
        .all(tx.db())
        .await?;
    let before = BTreeSet::from_iter(before);
    if before == wanted {
        return Ok(false);
    }
    let known = customer_group::Entity::find()
        .filter(customer_group::Column::Id.is_in(wanted.iter().copied()))
        .filter(customer_group::Column::DeletedAt.is_null())
        .all(tx.db())
        .await?;
    // Those that it has and that were deleted since may stay.
    let is_there = |id: &CustomerGroupId| before.contains(id) || known.iter().any(|row| row.id == *id);
    if !wanted.iter().all(is_there) {
        return Err(Refusal::not_found("group of customers").at(&["groupIds"]).into());
    }
    Entity::delete_many()
        .filter(Column::CatalogId.eq(id))
        .exec(tx.db())
        .await?;
    let rows = wanted.iter().map(|group| ActiveModel {
        catalog_id: sea_orm::ActiveValue::Set(id),
        group_id: sea_orm::ActiveValue::Set(*group),
    });
    if !wanted.is_empty() {
        Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(true)
}

/// Sets its companies. Whether they were others.
pub(super) async fn companies(tx: &Tx, id: CatalogId, wanted: &[CompanyId]) -> Result<bool> {
    use catalog_company::{ActiveModel, Column, Entity};
    let wanted = bounded(wanted, "companyIds")?;
    let before: Vec<CompanyId> = Entity::find()
        .select_only()
        .column(Column::CompanyId)
        .filter(Column::CatalogId.eq(id))
        .into_tuple()
        .all(tx.db())
        .await?;
    let before = BTreeSet::from_iter(before);
    if before == wanted {
        return Ok(false);
    }
    let known = company::Entity::find()
        .filter(company::Column::Id.is_in(wanted.iter().copied()))
        .filter(company::Column::DeletedAt.is_null())
        .all(tx.db())
        .await?;
    let is_there = |id: &CompanyId| before.contains(id) || known.iter().any(|row| row.id == *id);
    if !wanted.iter().all(is_there) {
        return Err(Refusal::not_found("company").at(&["companyIds"]).into());
    }
    Entity::delete_many()
        .filter(Column::CatalogId.eq(id))
        .exec(tx.db())
        .await?;
    let rows = wanted.iter().map(|company| ActiveModel {
        catalog_id: sea_orm::ActiveValue::Set(id),
        company_id: sea_orm::ActiveValue::Set(*company),
    });
    if !wanted.is_empty() {
        Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(true)
}

fn bounded<Id: Copy + Ord>(ids: &[Id], field: &str) -> Result<BTreeSet<Id>, Refusal> {
    match ids.len() <= OWNERS_MAX {
        true => Ok(ids.iter().copied().collect()),
        false => {
            let message = format!("A catalog has at most {OWNERS_MAX} of them: make a group.");
            Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]))
        }
    }
}
