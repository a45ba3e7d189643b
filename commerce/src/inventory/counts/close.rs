//! A count is applied at once, or given up.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::StockCountId,
    stock_count::{self, CountStatus},
    stock_count_line,
    stock_entry::{StockEntryCause, StockEntryKind},
};

use super::row::{expect_open, locked, write};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    inventory::{
        moves::{Reason, move_units},
        place::open_location,
    },
    language::messages,
    staff::{Permission, audit, require},
    text,
};

/// Which count ends, and why.
#[derive(Debug, Clone)]
pub struct CountClose {
    pub count: StockCountId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub reason: String,
}

/// Applies a count: each line changes stock by the difference that was seen when it was counted. Asked again, it answers
/// the same.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the count's, one that is not open or has no lines, and
/// what would leave less than orders hold.
pub async fn apply(shop: &Shop, context: &Context, input: CountClose) -> Result<stock_count::Model> {
    let reason = checked(context, &input)?;
    let (input, reason) = (&input, &reason);
    shop.transact(context, |tx| async move {
        let count = locked(&tx, input.count).await?;
        if count.status == CountStatus::Applied {
            return Ok(count);
        }
        expect_open(&count, input.expected_version)?;
        open_location(&tx, Some(count.location_id), "id").await?;
        let lines = stock_count_line::Entity::find()
            .filter(stock_count_line::Column::CountId.eq(count.id))
            .all(tx.db())
            .await?;
        if lines.is_empty() {
            let message = messages::count_empty();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into());
        }
        let differences: Vec<_> = lines
            .iter()
            .map(|line| (line.variant_id, line.counted - line.expected))
            .collect();
        let why = Reason {
            kind: StockEntryKind::Adjusted,
            cause: StockEntryCause::Counted,
            reference: count.id.0,
            order: None,
            text: Some(reason),
        };
        if let Some(sku) = move_units(&tx, count.location_id, &differences, &why).await? {
            let message = messages::count_below_held(sku);
            return Err(Refusal::new(ErrorCode::InsufficientStock, message).at(&["id"]).into());
        }
        let units: i64 = differences.iter().map(|(_, difference)| difference).sum();
        let data = json!({ "lines": lines.len(), "units": units, "reason": reason });
        end(&tx, count, CountStatus::Applied, reason, "count.apply", data).await
    })
    .await
}

/// Gives a count up: stock stays as it is. Asked again, it answers the same.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the count's, and one that is not open.
pub async fn abandon(shop: &Shop, context: &Context, input: CountClose) -> Result<stock_count::Model> {
    let reason = checked(context, &input)?;
    let (input, reason) = (&input, &reason);
    shop.transact(context, |tx| async move {
        let count = locked(&tx, input.count).await?;
        if count.status == CountStatus::Abandoned {
            return Ok(count);
        }
        expect_open(&count, input.expected_version)?;
        let data = json!({ "reason": reason });
        end(&tx, count, CountStatus::Abandoned, reason, "count.abandon", data).await
    })
    .await
}

fn checked(context: &Context, input: &CountClose) -> Result<String> {
    require(context, Permission::Inventory)?;
    Ok(text::line(&["reason"], &input.reason, 200)?)
}

async fn end(
    tx: &Tx,
    mut count: stock_count::Model,
    status: CountStatus,
    reason: &str,
    action: &str,
    data: serde_json::Value,
) -> Result<stock_count::Model> {
    count.status = status;
    count.reason = Some(reason.to_owned());
    count.closed_at = Some(tx.shop().now());
    let count = write(tx, count).await?;
    audit(tx, action, count.id.to_string(), data).await?;
    Ok(count)
}
