//! `product_listing`: what a list of products filters and sorts by, one row a product and currency.

use std::collections::HashSet;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Value,
};
use vitrine_entity::{currency::Currency, ids::ProductId, product, product_listing};

use crate::{
    Result, Tx,
    catalog::{
        list_prices::derive::{derive, lists_in},
        price_history::record::record,
    },
    inventory::availability,
    sql,
};

/// The most products that one [`refresh`] takes: it binds their ids in one statement.
const PRODUCTS_MAX: usize = 1_000;

/// Brings the listing rows of `products` up to date, in every currency that the shop sells in, and the prices that follow
/// from rates; and notes what prices have become.
///
/// On PostgreSQL the products' rows are locked first: two refreshes of one product follow each other, and the
/// later one sees what the earlier one saw, or newer. Without that, the slower of two could write
/// what it had read before the other's change. SQLite has one writer.
pub(in crate::catalog) async fn refresh(tx: &Tx, products: &[ProductId]) -> Result<()> {
    for products in products.chunks(PRODUCTS_MAX) {
        if tx.db().get_database_backend() == DatabaseBackend::Postgres {
            lock(tx, products).await?;
        }
        // Only now: who waited for a product, while its prices were made at a new rate, must not make them at the old one.
        let lists = lists_in(tx).await?;
        derive(tx, &lists, products).await?;
        record(tx, products).await?;
        let mut currencies = vec![tx.context().currency];
        currencies.extend(lists.iter().map(|list| list.currency));
        for currency in &currencies {
            let listed = write(tx, *currency, products).await?;
            let mut gone = products.to_vec();
            gone.retain(|product| !listed.contains(product));
            remove(tx, *currency, gone).await?;
        }
    }
    Ok(())
}

/// The statement that gives what the listing rows of products should be in a currency (its [`parameters`]); a product
/// without an active variant that has a price has none.
pub(super) fn rows(db: &impl ConnectionTrait) -> String {
    format!(
        "select v.product_id, p.currency, min(p.amount_minor) as price_min_minor, \
           max(p.amount_minor) as price_max_minor, \
           max(case when p.compare_at_minor > p.amount_minor then p.compare_at_minor end) as compare_at_max_minor, \
           min(case when p.compare_at_minor > p.amount_minor then p.lowest_minor end) as lowest_minor, \
           exists (select 1 from variant w where w.product_id = v.product_id and w.active and {can_be_had}) as in_stock, \
           coalesce((select s.units from product_sold s where s.product_id = v.product_id), 0) as sold \
         from variant v join price p on p.variant_id = v.id and p.currency = $1 \
         where v.active and v.product_id {among} group by v.product_id, p.currency",
        can_be_had = availability::can_be_had("w.id"),
        among = sql::among_parameter::<ProductId>(db, 2),
    )
}

/// Goes with [`rows`].
pub(super) fn parameters(db: &impl ConnectionTrait, currency: Currency, products: &[ProductId]) -> [Value; 2] {
    [currency.into(), sql::list(db, products.iter().copied())]
}

async fn lock(tx: &Tx, products: &[ProductId]) -> Result<()> {
    let query = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(sql::among(tx.db(), product::Column::Id, products.iter().copied()))
        .order_by_asc(product::Column::Id)
        .lock_exclusive();
    query.into_tuple::<ProductId>().all(tx.db()).await?;
    Ok(())
}

/// Writes the rows that there should be; gives of which products.
async fn write(tx: &Tx, currency: Currency, products: &[ProductId]) -> Result<HashSet<ProductId>> {
    if products.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = format!(
        "insert into product_listing (product_id, currency, price_min_minor, price_max_minor, compare_at_max_minor, \
           lowest_minor, in_stock, sold) {} \
         on conflict (product_id, currency) do update set price_min_minor = excluded.price_min_minor, \
           price_max_minor = excluded.price_max_minor, compare_at_max_minor = excluded.compare_at_max_minor, \
           lowest_minor = excluded.lowest_minor, in_stock = excluded.in_stock, sold = excluded.sold returning product_id",
        rows(tx.db())
    );
    let values = parameters(tx.db(), currency, products);
    let written: Vec<ProductId> = sql::column(tx.db(), &sql, values).await?;
    Ok(written.into_iter().collect())
}

async fn remove(tx: &Tx, currency: Currency, products: Vec<ProductId>) -> Result<()> {
    if products.is_empty() {
        return Ok(());
    }
    product_listing::Entity::delete_many()
        .filter(sql::among(tx.db(), product_listing::Column::ProductId, products))
        .filter(product_listing::Column::Currency.eq(currency))
        .exec(tx.db())
        .await?;
    Ok(())
}
