//! Staff mean to move goods, or wait for a supplier's.

use chrono::NaiveDate;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::{LocationId, StockTransferId},
    stock_transfer::{self, TransferStatus},
};

use super::lines::{self, Units};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    inventory::place::open_location,
    language::{Message, messages},
    staff::{Permission, audit, require},
    text,
};

/// What goes where.
#[derive(Debug, Clone)]
pub struct TransferCreate {
    /// `None`: a supplier sends it.
    pub origin: Option<LocationId>,
    pub destination: LocationId,
    pub lines: Vec<Units>,
    /// The supplier's number for it, or the carrier's.
    pub reference: Option<String>,
    pub expected_on: Option<NaiveDate>,
    pub note: Option<String>,
}

/// Drafts a transfer between two locations; or says what a supplier sends, which is on its way from then on.
///
/// # Errors
/// Refuses whoever may not, a location that there is not or twice the same, and lines that are wrong; a
/// supplier's without lines.
pub async fn create(shop: &Shop, context: &Context, input: TransferCreate) -> Result<stock_transfer::Model> {
    require(context, Permission::Inventory)?;
    lines::check(&input.lines)?;
    let refuse = |field: &str, message: Message| Refusal::new(ErrorCode::Invalid, message).at(&[field]);
    if input.origin == Some(input.destination) {
        return Err(refuse("destinationId", messages::transfer_to_same_place()).into());
    }
    if input.origin.is_none() && input.lines.is_empty() {
        return Err(refuse("lines", messages::transfer_needs_lines()).into());
    }
    let reference = &text::optional_line(&["reference"], input.reference.as_deref(), 100)?;
    let note = &text::optional_paragraph(&["note"], input.note.as_deref(), 1_000)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        if let Some(origin) = input.origin {
            open_location(&tx, Some(origin), "originId").await?;
        }
        open_location(&tx, Some(input.destination), "destinationId").await?;
        let is_suppliers = input.origin.is_none();
        let row = stock_transfer::Model {
            id: StockTransferId(tx.shop().new_id()),
            origin_id: input.origin,
            destination_id: input.destination,
            status: match is_suppliers {
                true => TransferStatus::InTransit,
                false => TransferStatus::Draft,
            },
            reference: reference.clone(),
            expected_on: input.expected_on,
            note: note.clone(),
            version: 1,
            created_by: tx.context().viewer.actor(),
            created_at: tx.shop().now(),
            shipped_at: is_suppliers.then(|| tx.shop().now()),
            closed_at: None,
        };
        stock_transfer::Entity::insert(row.clone().into_active_model())
            .exec_without_returning(tx.db())
            .await?;
        lines::write(&tx, row.id, &input.lines).await?;
        let data = json!({ "origin": input.origin, "destination": input.destination, "reference": reference });
        audit(&tx, "transfer.create", row.id.to_string(), data).await?;
        Ok(row)
    })
    .await
}
