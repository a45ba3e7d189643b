//! Staff begin to count.

use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::{LocationId, StockCountId},
    stock_count::{self, CountStatus},
};

use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop,
    inventory::place::open_location,
    language::messages,
    staff::{Permission, audit, require},
    text,
    transaction::is_unique_violation,
};

/// Begins to count what lies at a location.
///
/// # Errors
/// Refuses whoever may not, a location that there is not, and one that is being counted.
pub async fn begin(
    shop: &Shop,
    context: &Context,
    location: LocationId,
    note: Option<&str>,
) -> Result<stock_count::Model> {
    require(context, Permission::Inventory)?;
    let note = &text::optional_paragraph(&["note"], note, 1_000)?;
    shop.transact(context, |tx| async move {
        open_location(&tx, Some(location), "locationId").await?;
        let row = stock_count::Model {
            id: StockCountId(tx.shop().new_id()),
            location_id: location,
            status: CountStatus::Open,
            note: note.clone(),
            reason: None,
            version: 1,
            created_by: tx.context().viewer.actor(),
            created_at: tx.shop().now(),
            closed_at: None,
        };
        stock_count::Entity::insert(row.clone().into_active_model())
            .exec_without_returning(tx.db())
            .await
            .map_err(|error| match is_unique_violation(&error) {
                true => {
                    let message = messages::count_under_way();
                    Error::from(Refusal::new(ErrorCode::Taken, message).at(&["locationId"]))
                }
                false => error.into(),
            })?;
        let data = json!({ "location": location });
        audit(&tx, "count.begin", row.id.to_string(), data).await?;
        Ok(row)
    })
    .await
}
