//! By which catalogs a customer buys.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult};
use vitrine_entity::{catalog, ids::CustomerId};

use crate::{Result, Shop, sql, terms::Terms};

/// The most catalogs that count for one customer, the oldest of them.
const CATALOGS_MAX: usize = 20;

struct Row {
    catalog: catalog::Model,
    names_products: bool,
    has_unlisted: bool,
}

impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            catalog: catalog::Model::from_query_result(row, "c_")?,
            names_products: row.try_get(prefix, "names_products")?,
            has_unlisted: row.try_get(prefix, "has_unlisted")?,
        })
    }
}

/// Those of their groups, and of the company that they buy for at present. One statement where the shop has catalogs, none
/// where it has none, and none for those who have no account.
///
/// # Errors
/// What the database says.
pub async fn of(shop: &Shop, db: &impl ConnectionTrait, customer: Option<CustomerId>) -> Result<Terms> {
    let Some(customer) = customer.filter(|_| shop.profile().trade.has_catalogs) else {
        return Ok(Terms::default());
    };
    let sql = format!(
        "select {}, exists (select 1 from catalog_product p where p.catalog_id = c.id) as names_products, \
         exists (select 1 from catalog_unlisted u where u.catalog_id = c.id) as has_unlisted from catalog c \
         where c.deleted_at is null and (exists (select 1 from catalog_group a join customer_group g on g.id = a.group_id \
         join customer_group_member m on m.group_id = a.group_id where a.catalog_id = c.id and m.customer_id = $1 \
         and g.deleted_at is null) or exists (select 1 from catalog_company a join company o on o.id = a.company_id \
         join company_buyer b on b.company_id = a.company_id where a.catalog_id = c.id and b.customer_id = $1 \
         and b.chosen and o.deleted_at is null)) order by c.id limit {CATALOGS_MAX}",
        sql::columns::<catalog::Column>("c")
    );
    let rows = sql::all::<Row>(db, &sql, [customer.into()]).await?;
    Ok(Terms {
        names_products: rows.iter().any(|row| row.names_products),
        has_unlisted: rows.iter().any(|row| row.has_unlisted),
        catalogs: rows.into_iter().map(|row| row.catalog).collect(),
    })
}
