//! Prices that follow from those in the shop's own currency.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, JoinType, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use vitrine_entity::{ids::ProductId, price, price_list, product_listing, variant};

use crate::{
    Result, Tx,
    money::{Currency, convert::convert},
    sql,
};

/// The most rows of one statement: each has six parameters, of which SQLite takes some thousands.
const ROWS_MAX: usize = 1_000;

/// The price lists as this transaction sees them: another process may have changed them a moment ago. A shop without any
/// is not asked.
pub(in crate::catalog) async fn lists_in(tx: &Tx) -> Result<Vec<price_list::Model>> {
    if tx.shop().profile().price_lists.is_empty() {
        return Ok(Vec::new());
    }
    let lists = price_list::Entity::find().filter(price_list::Column::DeletedAt.is_null());
    Ok(lists.all(tx.db()).await?)
}

/// Makes what is not fixed in these lists follow from the rates, for all variants of these products.
pub(in crate::catalog) async fn derive(tx: &Tx, lists: &[price_list::Model], products: &[ProductId]) -> Result<()> {
    if lists.is_empty() || products.is_empty() {
        return Ok(());
    }
    let own = tx.context().currency;
    let base = priced_in(tx, own, products).await?;
    let mut rows = derived(&base, lists);
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(ROWS_MAX));
        let insert = price::Entity::insert_many(rows).on_conflict(replace_derived());
        insert.exec_without_returning(tx.db()).await?;
        rows = rest;
    }
    // What has no price any more has none anywhere, but where it is fixed.
    let sql = format!(
        "delete from price where not fixed and variant_id in (select id from variant where product_id {}) \
         and not exists (select 1 from price b where b.variant_id = price.variant_id and b.currency = $1)",
        sql::among_parameter::<ProductId>(tx.db(), 2)
    );
    let values = [own.into(), sql::list(tx.db(), products.iter().copied())];
    sql::execute(tx.db(), &sql, values).await?;
    Ok(())
}

/// Takes away what followed from lists that the shop does not have any more.
pub(in crate::catalog) async fn forget(tx: &Tx, lists: &[price_list::Model], products: &[ProductId]) -> Result<()> {
    let mut sold: Vec<Currency> = lists.iter().map(|list| list.currency).collect();
    sold.push(tx.context().currency);
    let theirs = variant::Entity::find()
        .select_only()
        .column(variant::Column::Id)
        .filter(sql::among(
            tx.db(),
            variant::Column::ProductId,
            products.iter().copied(),
        ));
    price::Entity::delete_many()
        .filter(price::Column::Fixed.eq(false))
        .filter(price::Column::Currency.is_not_in(sold.iter().copied()))
        .filter(price::Column::VariantId.in_subquery(theirs.into_query()))
        .exec(tx.db())
        .await?;
    product_listing::Entity::delete_many()
        .filter(product_listing::Column::Currency.is_not_in(sold))
        .filter(sql::among(
            tx.db(),
            product_listing::Column::ProductId,
            products.iter().copied(),
        ))
        .exec(tx.db())
        .await?;
    Ok(())
}

async fn priced_in(tx: &Tx, currency: Currency, products: &[ProductId]) -> Result<Vec<price::Model>> {
    let joined = Expr::col((variant::Entity, variant::Column::Id)).equals((price::Entity, price::Column::VariantId));
    let mut query = price::Entity::find()
        .filter(price::Column::Currency.eq(currency))
        .filter(sql::among(
            tx.db(),
            variant::Column::ProductId,
            products.iter().copied(),
        ));
    QuerySelect::query(&mut query).join(JoinType::InnerJoin, variant::Entity, Condition::all().add(joined));
    Ok(query.all(tx.db()).await?)
}

fn derived(base: &[price::Model], lists: &[price_list::Model]) -> Vec<price::ActiveModel> {
    let mut rows = Vec::new();
    for list in lists {
        let converted = base.iter().filter_map(|row| converted(row, list));
        rows.extend(converted.map(IntoActiveModel::into_active_model));
    }
    rows
}

/// `None` for what would cost more than an amount can say: it is not sold there.
fn converted(row: &price::Model, list: &price_list::Model) -> Option<price::Model> {
    let of = |minor| {
        convert(
            minor,
            row.currency,
            list.currency,
            list.applied_rate_e8(),
            list.rounding,
        )
    };
    Some(price::Model {
        variant_id: row.variant_id,
        currency: list.currency,
        amount_minor: of(row.amount_minor)?,
        compare_at_minor: row.compare_at_minor.and_then(of),
        fixed: false,
        lowest_minor: None,
    })
}

/// What is fixed stays, and what is the same is not written: nobody's answers change by it.
fn replace_derived() -> OnConflict {
    use price::Column as C;
    let mut conflict = OnConflict::columns([C::VariantId, C::Currency]);
    conflict.update_columns([C::AmountMinor, C::CompareAtMinor]);
    conflict.action_and_where(Expr::cust(
        "not price.fixed and (price.amount_minor <> excluded.amount_minor \
         or coalesce(price.compare_at_minor, -1) <> coalesce(excluded.compare_at_minor, -1))",
    ));
    conflict
}
