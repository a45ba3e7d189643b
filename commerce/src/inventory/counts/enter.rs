//! Staff say how many they counted.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use vitrine_entity::{
    ids::{LocationId, StockCountId, VariantId},
    stock_count, stock_count_line, variant,
};

use super::row::{locked_open, write};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    inventory::ON_HAND_MAX,
    language::messages,
    sql,
    staff::{Permission, require},
    text,
};

/// The most lines of one request.
const LINES_AT_ONCE_MAX: usize = 250;

/// The most lines of one count: they are applied in one transaction. A larger location is counted in parts.
const LINES_MAX: u64 = 2_000;

/// By what goods are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountedGoods {
    Variant(VariantId),
    Sku(String),
    Barcode(String),
}

/// How many there were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedLine {
    pub goods: CountedGoods,
    /// `None` takes the line out of the count.
    pub counted: Option<i64>,
}

/// Lines of a count.
#[derive(Debug, Clone)]
pub struct CountEnter {
    pub count: StockCountId,
    pub lines: Vec<CountedLine>,
}

/// Enters lines, or enters them anew: each keeps what the books said at this moment.
///
/// # Errors
/// Refuses whoever may not, a count that is not open, goods that there are not or are there twice, of a barcode
/// that several have, and too many lines.
pub async fn enter(shop: &Shop, context: &Context, input: CountEnter) -> Result<stock_count::Model> {
    require(context, Permission::Inventory)?;
    if input.lines.is_empty() || input.lines.len() > LINES_AT_ONCE_MAX {
        let message = messages::count_lines_at_once(LINES_AT_ONCE_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]).into());
    }
    let input = &input;
    shop.transact(context, |tx| async move {
        let count = locked_open(&tx, input.count, None).await?;
        let mut seen = HashSet::new();
        for (index, line) in input.lines.iter().enumerate() {
            let index = index.to_string();
            let variant = named(&tx, &line.goods, &index).await?;
            if !seen.insert(variant) {
                let message = messages::variant_named_twice();
                return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines", &index]).into());
            }
            match line.counted {
                Some(counted) if !(0..=ON_HAND_MAX).contains(&counted) => {
                    let message = messages::counted_range(ON_HAND_MAX);
                    let path = ["lines", &index, "counted"];
                    return Err(Refusal::new(ErrorCode::Invalid, message).at(&path).into());
                }
                Some(counted) => put(&tx, count.id, count.location_id, variant, counted).await?,
                None => {
                    let line = stock_count_line::Entity::delete_by_id((count.id, variant));
                    line.exec(tx.db()).await?;
                }
            }
        }
        let of_it = stock_count_line::Entity::find().filter(stock_count_line::Column::CountId.eq(count.id));
        if of_it.count(tx.db()).await? > LINES_MAX {
            let message = messages::count_lines_max(LINES_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]).into());
        }
        write(&tx, count).await
    })
    .await
}

/// The variant that is meant.
async fn named(tx: &Tx, goods: &CountedGoods, index: &str) -> Result<VariantId> {
    let (by, field) = match goods {
        CountedGoods::Variant(id) => (variant::Column::Id.eq(*id), "variantId"),
        CountedGoods::Sku(sku) => (variant::Column::Sku.eq(text::normal(sku)), "sku"),
        CountedGoods::Barcode(code) if code.trim().is_empty() => {
            return Err(Refusal::not_found("variant").at(&["lines", index, "barcode"]).into());
        }
        CountedGoods::Barcode(code) => (variant::Column::Barcode.eq(text::normal(code)), "barcode"),
    };
    let path = ["lines", index, field];
    let found = variant::Entity::find()
        .filter(by)
        .filter(variant::Column::DeletedAt.is_null())
        .limit(2)
        .all(tx.db())
        .await?;
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Refusal::not_found("variant").at(&path).into()),
        _ => {
            let message = messages::barcode_of_several();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&path).into())
        }
    }
}

/// Writes the line, with what lies there now, in one statement.
async fn put(tx: &Tx, count: StockCountId, location: LocationId, variant: VariantId, counted: i64) -> Result<()> {
    let sql = "insert into stock_count_line (count_id, variant_id, counted, expected, counted_by, counted_at) \
        select $1, $2, $3, coalesce((select on_hand from stock where variant_id = $2 and location_id = $4), 0), $5, $6 \
        where true on conflict (count_id, variant_id) do update set counted = excluded.counted, \
        expected = excluded.expected, counted_by = excluded.counted_by, counted_at = excluded.counted_at";
    let values = [
        count.into(),
        variant.into(),
        counted.into(),
        location.into(),
        tx.context().viewer.actor().into(),
        tx.shop().now().into(),
    ];
    sql::execute(tx.db(), sql, values).await?;
    Ok(())
}
