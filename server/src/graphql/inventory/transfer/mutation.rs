//! What staff do with transfers.

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::{
    Refusal,
    inventory::transfers::{self, Rest, TransferClose, TransferCreate, TransferReceive, TransferUpdate, Units},
};
use vitrine_entity::ids::StockTransferId;

use super::object::InventoryTransfer;
use crate::{
    graphql::shared::{ContextExt, Date, Result, given, payload},
    ids,
};

/// So many units of a variant.
#[derive(Debug, InputObject)]
pub struct InventoryTransferLineInput {
    /// The variant's id.
    pub variant_id: ID,
    /// How many units.
    pub quantity: i32,
}

/// What goes where.
#[derive(Debug, InputObject)]
pub struct InventoryTransferCreateInput {
    /// The id of the location that they leave; left out where a supplier sends them.
    pub origin_id: Option<ID>,
    /// The id of the location to which they go.
    pub destination_id: ID,
    /// Each variant once, at most 500.
    pub lines: Vec<InventoryTransferLineInput>,
    /// The supplier's number for it, or the carrier's: at most 100 characters.
    pub reference: Option<String>,
    /// When they should come. Shoppers are told the next day of a variant that is out of stock.
    pub expected_on: Option<Date>,
    /// For staff: at most 1,000 characters.
    pub note: Option<String>,
}

/// Which transfer changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct InventoryTransferUpdateInput {
    /// The transfer's id.
    pub id: ID,
    /// The transfer's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Of a draft: in place of those that it has.
    pub lines: Option<Vec<InventoryTransferLineInput>>,
    /// The supplier's number for it, or the carrier's; null takes it away.
    pub reference: MaybeUndefined<String>,
    /// When they should come; null where nobody knows.
    pub expected_on: MaybeUndefined<Date>,
    /// For staff; null takes it away.
    pub note: MaybeUndefined<String>,
}

/// Which transfer leaves.
#[derive(Debug, InputObject)]
pub struct InventoryTransferShipInput {
    /// The transfer's id.
    pub id: ID,
    /// The transfer's version that you saw: refuse to ship any other.
    pub expected_version: Option<i32>,
}

/// What has come.
#[derive(Debug, InputObject)]
pub struct InventoryTransferReceiveInput {
    /// The transfer's id.
    pub id: ID,
    /// The transfer's version that you saw: refuse to receive any other. Where `lines` names units it is required, unless the
    /// request has the header `Idempotency-Key`.
    pub expected_version: Option<i32>,
    /// What came of each variant; all that was still to come where it is left out.
    pub lines: Option<Vec<InventoryTransferLineInput>>,
}

/// What becomes of units that have not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::inventory::transfers::Rest")]
pub enum InventoryTransferRest {
    /// They go back to the origin.
    Returned,
    /// They are nowhere; or the supplier does not send them.
    Missing,
}

/// Which transfer ends, and how.
#[derive(Debug, InputObject)]
pub struct InventoryTransferCloseInput {
    /// The transfer's id.
    pub id: ID,
    /// The transfer's version that you saw: refuse to close any other.
    pub expected_version: Option<i32>,
    /// What becomes of the units that have not come; of a draft nothing has left.
    pub rest: InventoryTransferRest,
    /// Why, for the ledger: at most 200 characters.
    pub reason: String,
}

payload! {
    /// What `inventoryTransferCreate` answers.
    InventoryTransferCreatePayload {
        /// The new transfer.
        transfer: InventoryTransfer,
    }
}

payload! {
    /// What `inventoryTransferUpdate` answers.
    InventoryTransferUpdatePayload {
        /// The transfer as it is now.
        transfer: InventoryTransfer,
    }
}

payload! {
    /// What `inventoryTransferShip` answers.
    InventoryTransferShipPayload {
        /// The transfer as it is now.
        transfer: InventoryTransfer,
    }
}

payload! {
    /// What `inventoryTransferReceive` answers.
    InventoryTransferReceivePayload {
        /// The transfer as it is now.
        transfer: InventoryTransfer,
    }
}

payload! {
    /// What `inventoryTransferClose` answers.
    InventoryTransferClosePayload {
        /// The transfer as it is now.
        transfer: InventoryTransfer,
    }
}

#[derive(Debug, Default)]
pub struct TransferMutation;

#[Object]
impl TransferMutation {
    /// Drafts a transfer from one location to another; or, without an origin, says what a supplier sends, which
    /// is on its way from then on. For staff with the permission `INVENTORY`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn inventory_transfer_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What goes where.")] input: InventoryTransferCreateInput,
    ) -> Result<Option<InventoryTransferCreatePayload>> {
        InventoryTransferCreatePayload::of(create(ctx, input).await)
    }

    /// Changes a transfer that has not ended: its lines while it is a draft. For staff with the permission
    /// `INVENTORY`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn inventory_transfer_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which transfer changes, and how.")] input: InventoryTransferUpdateInput,
    ) -> Result<Option<InventoryTransferUpdatePayload>> {
        InventoryTransferUpdatePayload::of(update(ctx, input).await)
    }

    /// Sends a draft on its way: its units leave the origin, all of them or none. For staff with the permission
    /// `INVENTORY`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn inventory_transfer_ship(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which transfer leaves.")] input: InventoryTransferShipInput,
    ) -> Result<Option<InventoryTransferShipPayload>> {
        InventoryTransferShipPayload::of(ship(ctx, input).await)
    }

    /// Takes in what has come; orders that wait for it get it, the oldest first. For staff with the permission
    /// `INVENTORY`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn inventory_transfer_receive(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What has come.")] input: InventoryTransferReceiveInput,
    ) -> Result<Option<InventoryTransferReceivePayload>> {
        InventoryTransferReceivePayload::of(receive(ctx, input).await)
    }

    /// Ends a transfer: a draft is cancelled; of one that is on its way, what has not come goes back or is
    /// missing. For staff with the permission `INVENTORY`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn inventory_transfer_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which transfer ends, and how.")] input: InventoryTransferCloseInput,
    ) -> Result<Option<InventoryTransferClosePayload>> {
        InventoryTransferClosePayload::of(close(ctx, input).await)
    }
}

type Done = vitrine_commerce::Result<InventoryTransfer>;

async fn create(ctx: &Context<'_>, input: InventoryTransferCreateInput) -> Done {
    let origin = input.origin_id.as_ref();
    let create = TransferCreate {
        origin: origin.map(|id| ids::input(id, "location", &["originId"])).transpose()?,
        destination: ids::input(&input.destination_id, "location", &["destinationId"])?,
        lines: units(&input.lines)?,
        reference: input.reference,
        expected_on: input.expected_on.map(|date| date.0),
        note: input.note,
    };
    let row = transfers::create(ctx.shop(), ctx.caller(), create).await?;
    Ok(InventoryTransfer(row))
}

async fn update(ctx: &Context<'_>, input: InventoryTransferUpdateInput) -> Done {
    let lines = input.lines.as_deref();
    let update = TransferUpdate {
        transfer: id(&input.id)?,
        expected_version: input.expected_version.map(i64::from),
        lines: lines.map(units).transpose()?,
        reference: given(input.reference),
        expected_on: given(input.expected_on).map(|date| date.map(|date| date.0)),
        note: given(input.note),
    };
    let row = transfers::update(ctx.shop(), ctx.caller(), update).await?;
    Ok(InventoryTransfer(row))
}

async fn ship(ctx: &Context<'_>, input: InventoryTransferShipInput) -> Done {
    let (id, version) = (id(&input.id)?, input.expected_version.map(i64::from));
    let row = transfers::ship(ctx.shop(), ctx.caller(), id, version).await?;
    Ok(InventoryTransfer(row))
}

async fn receive(ctx: &Context<'_>, input: InventoryTransferReceiveInput) -> Done {
    let lines = input.lines.as_deref();
    let receive = TransferReceive {
        transfer: id(&input.id)?,
        expected_version: input.expected_version.map(i64::from),
        lines: lines.map(units).transpose()?,
    };
    let row = transfers::receive(ctx.shop(), ctx.caller(), receive).await?;
    Ok(InventoryTransfer(row))
}

async fn close(ctx: &Context<'_>, input: InventoryTransferCloseInput) -> Done {
    let close = TransferClose {
        transfer: id(&input.id)?,
        expected_version: input.expected_version.map(i64::from),
        rest: Rest::from(input.rest),
        reason: input.reason,
    };
    let row = transfers::close(ctx.shop(), ctx.caller(), close).await?;
    Ok(InventoryTransfer(row))
}

fn units(lines: &[InventoryTransferLineInput]) -> std::result::Result<Vec<Units>, Refusal> {
    let read = |(index, line): (usize, &InventoryTransferLineInput)| {
        let path = ["lines", &index.to_string(), "variantId"];
        Ok(Units {
            variant: ids::input(&line.variant_id, "variant", &path)?,
            quantity: line.quantity.into(),
        })
    };
    lines.iter().enumerate().map(read).collect()
}

fn id(id: &str) -> std::result::Result<StockTransferId, Refusal> {
    ids::input(id, "transfer", &["id"])
}
