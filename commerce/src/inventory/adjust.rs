//! Staff add to, and take from, what lies in stock.

use sea_orm::{EntityTrait, FromQueryResult};
use vitrine_entity::{
    ids::{LocationId, VariantId},
    stock,
    stock_entry::StockEntryKind,
    variant,
};

use super::{
    ON_HAND_MAX, ledger,
    low_stock::{self, Level},
    place::{ensure_rows, open_location},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    jobs::Job,
    language::messages,
    sql,
    staff::{Permission, audit, permission},
    text,
};

/// A change of stock by staff.
#[derive(Debug, Clone)]
pub struct Adjust {
    pub variant: VariantId,
    /// Where; the first location where it is not said.
    pub location: Option<LocationId>,
    /// Units to add, or where negative, to take away.
    pub delta: i64,
    pub reason: String,
    /// The stock's version that the member of staff saw.
    pub expected_version: Option<i64>,
}

/// Adds to, or takes from, what lies in stock.
///
/// # Errors
/// Refuses a location that there is not, what would leave less than orders hold, and a version that is no longer the stock's.
pub async fn adjust(shop: &Shop, context: &Context, input: Adjust) -> Result<stock::Model> {
    permission::require_or_system(context, Permission::Inventory)?;
    let reason = text::line(&["reason"], &input.reason, 200)?;
    if input.delta == 0 || input.delta.abs() > ON_HAND_MAX {
        return Err(Refusal::new(ErrorCode::Invalid, messages::delta_form())
            .at(&["delta"])
            .into());
    }
    let (input, reason) = (&input, &reason);
    shop.transact(context, |tx| async move {
        let Some(variant) = variant::Entity::find_by_id(input.variant).one(tx.db()).await? else {
            return Err(Refusal::not_found("variant").at(&["variantId"]).into());
        };
        let location = open_location(&tx, input.location, "locationId").await?;
        ensure_rows(&tx, [variant.id], location).await?;
        let row = change(&tx, input, location).await?;
        let entry = ledger::of_stock(&row, StockEntryKind::Adjusted, input.delta, reason);
        ledger::write(&tx, vec![entry]);
        let data = serde_json::json!({ "location": location, "delta": input.delta, "reason": reason });
        audit(&tx, "inventory.adjust", variant.id.to_string(), data).await?;
        tx.enqueue(
            None,
            Job::IndexProducts {
                products: vec![variant.product_id],
            },
        );
        Ok(row)
    })
    .await
}

async fn change(tx: &Tx, input: &Adjust, location: LocationId) -> Result<stock::Model> {
    let sql = format!(
        "update stock set on_hand = on_hand + $3, version = version + 1 \
         where variant_id = $1 and location_id = $2 and on_hand + $3 between reserved and $4 \
         and version = coalesce($5, version) {}",
        low_stock::RETURNING
    );
    let values = [
        input.variant.into(),
        location.into(),
        input.delta.into(),
        ON_HAND_MAX.into(),
        input.expected_version.into(),
    ];
    if let Some(row) = sql::rows(tx.db(), &sql, values).await?.first() {
        low_stock::watch(tx, &Level::from_query_result(row, "")?, input.delta).await?;
        return Ok(stock::Model::from_query_result(row, "")?);
    }
    let now = stock::Entity::find_by_id((input.variant, location))
        .one(tx.db())
        .await?;
    let (version, on_hand, reserved) = now.map_or((0, 0, 0), |row| (row.version, row.on_hand, row.reserved));
    Err(if input.expected_version.is_some_and(|expected| expected != version) {
        Refusal::outdated("stock", version)
    } else {
        let message = messages::stock_cannot_change(on_hand, reserved, input.delta);
        Refusal::new(ErrorCode::InsufficientStock, message).at(&["delta"])
    }
    .into())
}
