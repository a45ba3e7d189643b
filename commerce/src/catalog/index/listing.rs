//! `product_listing`: what a list of products filters and sorts by, one row a product and currency.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};
use vitrine_entity::{currency::Currency, ids::ProductId, product, product_listing};

use crate::{Result, Tx, inventory::availability, sql};

/// The most products that one [`refresh`] takes: it binds their ids in one statement.
const PRODUCTS_MAX: usize = 1_000;

/// Brings the listing rows of `products` up to date.
///
/// The products' rows are locked first: two refreshes of one product follow each other, and the
/// later one sees what the earlier one saw, or newer. Without that, the slower of two could write
/// what it had read before the other's change.
pub(in crate::catalog) async fn refresh(tx: &Tx, products: &[ProductId]) -> Result<()> {
    for products in products.chunks(PRODUCTS_MAX) {
        lock(tx, products).await?;
        let rows = read(tx.db(), tx.context().currency, products).await?;
        let listed: HashSet<_> = rows.keys().copied().collect();
        let gone: Vec<_> = products
            .iter()
            .copied()
            .filter(|product| !listed.contains(product))
            .collect();
        write(tx, rows).await?;
        remove(tx, gone).await?;
    }
    Ok(())
}

/// What the listing rows of `products` should be in a currency; a product without an active variant
/// that has a price has none.
pub(in crate::catalog) async fn read(
    db: &impl ConnectionTrait,
    currency: Currency,
    products: &[ProductId],
) -> Result<HashMap<ProductId, product_listing::Model>> {
    if products.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "select v.product_id, p.currency, min(p.amount_minor) as price_min_minor, \
           max(p.amount_minor) as price_max_minor, \
           max(case when p.compare_at_minor > p.amount_minor then p.compare_at_minor end) as compare_at_max_minor, \
           exists (select 1 from variant w where w.product_id = v.product_id and w.active and {can_be_had}) as in_stock, \
           coalesce((select s.units from product_sold s where s.product_id = v.product_id), 0) as sold \
         from variant v join price p on p.variant_id = v.id and p.currency = $1 \
         where v.active and v.product_id {among} group by v.product_id, p.currency",
        can_be_had = availability::can_be_had("w.id"),
        among = sql::among_parameter::<ProductId>(db, 2),
    );
    let values = [currency.into(), sql::list(db, products.iter().copied())];
    let rows: Vec<product_listing::Model> = sql::all(db, &sql, values).await?;
    Ok(rows.into_iter().map(|row| (row.product_id, row)).collect())
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

async fn write(tx: &Tx, rows: HashMap<ProductId, product_listing::Model>) -> Result<()> {
    use product_listing::Column as C;
    if rows.is_empty() {
        return Ok(());
    }
    let mut replace = OnConflict::columns([C::ProductId, C::Currency]);
    replace.update_columns([
        C::PriceMinMinor,
        C::PriceMaxMinor,
        C::CompareAtMaxMinor,
        C::InStock,
        C::Sold,
    ]);
    product_listing::Entity::insert_many(rows.into_values().map(IntoActiveModel::into_active_model))
        .on_conflict(replace)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

async fn remove(tx: &Tx, products: Vec<ProductId>) -> Result<()> {
    if products.is_empty() {
        return Ok(());
    }
    product_listing::Entity::delete_many()
        .filter(sql::among(tx.db(), product_listing::Column::ProductId, products))
        .filter(product_listing::Column::Currency.eq(tx.context().currency))
        .exec(tx.db())
        .await?;
    Ok(())
}
