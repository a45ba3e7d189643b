//! Notes what prices are.

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryResult};
use vitrine_entity::{
    ids::{ProductId, VariantId},
    price_history,
};

use super::lowest::{WINDOW, lowest};
use crate::{Result, Tx, money::Currency, sql};

/// The most rows of one statement: each has eight parameters, of which SQLite takes some thousands.
const ROWS_MAX: usize = 1_000;

/// Notes what is another price than it was when somebody last noted it, of these products in every currency. Whoever calls
/// it has their rows locked.
pub(in crate::catalog) async fn record(tx: &Tx, products: &[ProductId]) -> Result<()> {
    let mut changes: BTreeMap<&str, Vec<Change>> = BTreeMap::new();
    for change in changed(tx, products).await? {
        changes.entry(change.currency.code()).or_default().push(change);
    }
    for changes in changes.values() {
        for changes in changes.chunks(ROWS_MAX) {
            write(tx, changes).await?;
        }
    }
    Ok(())
}

/// A price that is not the one that was noted last.
struct Change {
    variant: VariantId,
    currency: Currency,
    /// `None`: there is none any more.
    price: Option<(i64, Option<i64>, bool)>,
    /// What stands beside it now.
    lowest_minor: Option<i64>,
    /// Whether one was noted that has not ended.
    is_noted: bool,
}

impl FromQueryResult for Change {
    fn from_query_result(row: &QueryResult, prefix: &str) -> std::result::Result<Self, DbErr> {
        let amount: Option<i64> = row.try_get(prefix, "amount_minor")?;
        let price = match amount {
            Some(amount) => Some((
                amount,
                row.try_get(prefix, "compare_at_minor")?,
                row.try_get(prefix, "fixed")?,
            )),
            None => None,
        };
        Ok(Self {
            variant: row.try_get(prefix, "variant_id")?,
            currency: row.try_get(prefix, "currency")?,
            price,
            lowest_minor: row.try_get(prefix, "lowest_minor")?,
            is_noted: row.try_get::<Option<i64>>(prefix, "noted_minor")?.is_some(),
        })
    }
}

async fn changed(tx: &Tx, products: &[ProductId]) -> Result<Vec<Change>> {
    let sql = format!(
        "select p.variant_id, p.currency, p.amount_minor, p.compare_at_minor, p.fixed, p.lowest_minor, \
           h.amount_minor as noted_minor \
         from variant v join price p on p.variant_id = v.id \
         left join price_history h on h.variant_id = p.variant_id and h.currency = p.currency and h.until is null \
         where v.product_id {among} and (h.variant_id is null or h.amount_minor <> p.amount_minor \
           or coalesce(h.compare_at_minor, -1) <> coalesce(p.compare_at_minor, -1)) \
         union all \
         select h.variant_id, h.currency, null, null, null, null, h.amount_minor \
         from variant v join price_history h on h.variant_id = v.id and h.until is null \
         where v.product_id {among} and not exists \
           (select 1 from price p where p.variant_id = h.variant_id and p.currency = h.currency)",
        among = sql::among_parameter::<ProductId>(tx.db(), 1)
    );
    Ok(sql::all(tx.db(), &sql, [sql::list(tx.db(), products.iter().copied())]).await?)
}

/// Ends what was noted of these prices, which are in one currency, and notes what they are.
async fn write(tx: &Tx, changes: &[Change]) -> Result<()> {
    let Some(currency) = changes.first().map(|change| change.currency) else {
        return Ok(());
    };
    let now = tx.shop().now();
    let noted = changes.iter().filter(|change| change.is_noted);
    end(tx, currency, &noted.map(|change| change.variant).collect::<Vec<_>>()).await?;
    let known = known(tx, currency, changes).await?;
    let rows = changes.iter().filter_map(|change| {
        let (amount_minor, compare_at_minor, fixed) = change.price?;
        let mut row = price_history::Model {
            variant_id: change.variant,
            currency,
            since: now,
            until: None,
            amount_minor,
            compare_at_minor,
            lowest_minor: None,
            fixed,
        };
        row.lowest_minor = lowest(&row, known.get(&change.variant).map_or(&[], Vec::as_slice));
        Some(row)
    });
    let rows: Vec<_> = rows.collect();
    let lowest: HashMap<_, _> = rows.iter().map(|row| (row.variant_id, row.lowest_minor)).collect();
    if !rows.is_empty() {
        let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        let insert = price_history::Entity::insert_many(rows);
        insert.exec_without_returning(tx.db()).await?;
    }
    let differs = |change: &&Change| {
        lowest
            .get(&change.variant)
            .is_some_and(|lowest| *lowest != change.lowest_minor)
    };
    let differing = changes.iter().filter(differs).map(|change| change.variant);
    show(tx, currency, &differing.collect::<Vec<_>>()).await
}

/// Ends what was noted of these variants and holds. What began at this very moment, or later by a clock that ran ahead, has
/// held for no time, and is none.
async fn end(tx: &Tx, currency: Currency, variants: &[VariantId]) -> Result<()> {
    if variants.is_empty() {
        return Ok(());
    }
    let among = sql::among_parameter::<VariantId>(tx.db(), 3);
    let values = || {
        [
            currency.into(),
            tx.shop().now().into(),
            sql::list(tx.db(), variants.iter().copied()),
        ]
    };
    let holds = format!("until is null and currency = $1 and variant_id {among}");
    let forget = format!("delete from price_history where {holds} and since >= $2");
    sql::execute(tx.db(), &forget, values()).await?;
    let end = format!("update price_history set until = $2 where {holds}");
    sql::execute(tx.db(), &end, values()).await?;
    Ok(())
}

/// What is known of the last 30 days, by variant.
async fn known(
    tx: &Tx,
    currency: Currency,
    changes: &[Change],
) -> Result<HashMap<VariantId, Vec<price_history::Model>>> {
    use price_history::Column as C;
    // Where nothing is reduced, nobody asks.
    let reduced = changes.iter().filter(|change| {
        let former = change
            .price
            .and_then(|(amount, former, _)| former.filter(|former| *former > amount));
        former.is_some()
    });
    let reduced: HashSet<_> = reduced.map(|change| change.variant).collect();
    if reduced.is_empty() {
        return Ok(HashMap::new());
    }
    let recent = Condition::all()
        .add(sql::among(tx.db(), C::VariantId, reduced))
        .add(C::Currency.eq(currency))
        .add(C::Until.gt(tx.shop().now() - WINDOW));
    let rows = price_history::Entity::find().filter(recent).all(tx.db()).await?;
    let mut known: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        known.entry(row.variant_id).or_default().push(row);
    }
    Ok(known)
}

/// Puts the lowest price beside the price that it is shown with.
async fn show(tx: &Tx, currency: Currency, variants: &[VariantId]) -> Result<()> {
    if variants.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "update price set lowest_minor = (select h.lowest_minor from price_history h where h.variant_id = price.variant_id \
           and h.currency = price.currency and h.until is null) \
         where currency = $1 and variant_id {}",
        sql::among_parameter::<VariantId>(tx.db(), 2)
    );
    let values = [currency.into(), sql::list(tx.db(), variants.iter().copied())];
    sql::execute(tx.db(), &sql, values).await?;
    Ok(())
}
