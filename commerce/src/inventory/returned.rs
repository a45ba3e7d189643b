//! Units that an order took out of stock come back to it.

use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;
use vitrine_entity::{
    ids::{LocationId, OrderId, VariantId},
    stock_entry::{StockEntryCause, StockEntryKind},
    stock_policy,
};

use super::{
    moves::{Reason, move_units},
    place::open_location,
};
use crate::{ErrorCode, Refusal, Result, Tx, language::messages, sql};

/// Puts units back that shoppers sent back, at a location or the first one. Of what is not tracked there is no stock to put
/// it into. The caller sees to it that each unit comes once.
///
/// # Errors
/// Refuses a location that there is not, and more units than a location may hold.
pub(crate) async fn take_back(
    tx: &Tx,
    order: OrderId,
    location: Option<LocationId>,
    units: &[(VariantId, i64)],
    reference: Uuid,
) -> Result<()> {
    let untracked = stock_policy::Entity::find()
        .filter(sql::among(
            tx.db(),
            stock_policy::Column::VariantId,
            units.iter().map(|(id, _)| *id),
        ))
        .all(tx.db())
        .await?;
    let is_tracked = |variant: VariantId| !untracked.iter().any(|row| row.variant_id == variant && !row.tracked);
    let units: Vec<_> = units
        .iter()
        .copied()
        .filter(|(variant, _)| is_tracked(*variant))
        .collect();
    if units.is_empty() {
        return Ok(());
    }
    let location = open_location(tx, location, "locationId").await?;
    let reason = Reason {
        kind: StockEntryKind::PutBack,
        cause: StockEntryCause::Returned,
        reference,
        order: Some(order),
        text: None,
    };
    match move_units(tx, location, &units, &reason).await? {
        None => Ok(()),
        Some(sku) => {
            let message = messages::too_many_there(sku);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]).into())
        }
    }
}
