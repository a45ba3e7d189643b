//! Whose prices a catalog has.

use std::collections::BTreeSet;

use sea_orm::{TryGetable, Value, sea_query::ValueType};
use vitrine_entity::ids::{CatalogId, CompanyId, CustomerGroupId};

use crate::{ErrorCode, Refusal, Result, Tx, language::messages, sql};

/// The most groups, and the most companies, of a catalog.
const OWNERS_MAX: usize = 500;

/// Those who may have a catalog, and where it is written down that they do.
struct Owners {
    table: &'static str,
    link: &'static str,
    column: &'static str,
    noun: &'static str,
    field: &'static str,
}

const GROUPS: Owners = Owners {
    table: "customer_group",
    link: "catalog_group",
    column: "group_id",
    noun: "group of customers",
    field: "groupIds",
};

const COMPANIES: Owners = Owners {
    table: "company",
    link: "catalog_company",
    column: "company_id",
    noun: "company",
    field: "companyIds",
};

/// Sets its groups. Whether they were others.
pub(super) async fn groups(tx: &Tx, id: CatalogId, wanted: &[CustomerGroupId]) -> Result<bool> {
    set(tx, id, &GROUPS, wanted).await
}

/// Sets its companies. Whether they were others.
pub(super) async fn companies(tx: &Tx, id: CatalogId, wanted: &[CompanyId]) -> Result<bool> {
    set(tx, id, &COMPANIES, wanted).await
}

async fn set<Id>(tx: &Tx, id: CatalogId, owners: &Owners, wanted: &[Id]) -> Result<bool>
where
    Id: Copy + Ord + Into<Value> + ValueType + TryGetable,
{
    let Owners {
        table, link, column, ..
    } = owners;
    let wanted = bounded(wanted, owners.field)?;
    let before = format!("select {column} from {link} where catalog_id = $1");
    let before: BTreeSet<Id> = sql::column(tx.db(), &before, [id.into()]).await?.into_iter().collect();
    if before == wanted {
        return Ok(false);
    }
    let among = sql::among_parameter::<Id>(tx.db(), 1);
    let known = format!("select id from {table} where id {among} and deleted_at is null");
    let list = || sql::list(tx.db(), wanted.iter().copied());
    let known: Vec<Id> = sql::column(tx.db(), &known, [list()]).await?;
    // Those that it has and that were deleted since may stay.
    if !wanted.iter().all(|id| before.contains(id) || known.contains(id)) {
        return Err(Refusal::not_found(owners.noun).at(&[owners.field]).into());
    }
    let clear = format!("delete from {link} where catalog_id = $1");
    sql::execute(tx.db(), &clear, [id.into()]).await?;
    let among = sql::among_parameter::<Id>(tx.db(), 2);
    let insert = format!("insert into {link} (catalog_id, {column}) select $1, id from {table} where id {among}");
    sql::execute(tx.db(), &insert, [id.into(), list()]).await?;
    Ok(true)
}

fn bounded<Id: Copy + Ord>(ids: &[Id], field: &str) -> Result<BTreeSet<Id>, Refusal> {
    match ids.len() <= OWNERS_MAX {
        true => Ok(ids.iter().copied().collect()),
        false => {
            let message = messages::catalog_owners_max(OWNERS_MAX);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]))
        }
    }
}
