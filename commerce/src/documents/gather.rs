//! What a document is made of, as it stands in the transaction that makes it.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;
use vitrine_entity::{
    company, company_order, document,
    ids::OrderId,
    order, order_adjustment, order_line, payment,
    shipment::{self, ShipmentStatus},
    shipment_line,
};

use super::settings::DocumentSettings;
use crate::{Result, Tx, orders::load, profile::Profile, sql};

/// An order, and what became of it.
pub(super) struct Sources {
    pub(super) profile: Arc<Profile>,
    pub(super) settings: DocumentSettings,
    pub(super) order: order::Model,
    pub(super) lines: Vec<order_line::Model>,
    pub(super) adjustments: Vec<order_adjustment::Model>,
    pub(super) payments: Vec<payment::Model>,
    pub(super) company: Option<(company_order::Model, company::Model)>,
    /// With what is in them; the first that was sent stands first.
    pub(super) parcels: Vec<(shipment::Model, Vec<shipment_line::Model>)>,
    /// The versions by which an invoice says something else, where the order was changed: their numbers.
    pub(super) versions: HashMap<Uuid, i32>,
    /// Those that are there, oldest first.
    pub(super) documents: Vec<document::Model>,
}

/// Reads them, of a locked order.
pub(super) async fn gather(tx: &Tx, order: order::Model, settings: DocumentSettings) -> Result<Sources> {
    let id = order.id;
    let payments = payment::Entity::find().filter(payment::Column::OrderId.eq(id));
    let documents = document::Entity::find().filter(document::Column::OrderId.eq(id));
    Ok(Sources {
        profile: tx.shop().profile(),
        settings,
        lines: load::lines_on(tx.db(), id).await?,
        adjustments: load::adjustments_on(tx.db(), id).await?,
        payments: payments.order_by_asc(payment::Column::Id).all(tx.db()).await?,
        company: company_of(tx, id).await?,
        parcels: parcels_of(tx, id).await?,
        versions: versions_of(tx, id).await?,
        documents: documents.order_by_asc(document::Column::Id).all(tx.db()).await?,
        order,
    })
}

async fn versions_of(tx: &Tx, id: OrderId) -> Result<HashMap<Uuid, i32>> {
    let sql = "select id, number from order_version where order_id = $1 and changes_invoice";
    let rows = sql::rows(tx.db(), sql, [id.into()]).await?;
    let read = |row: &QueryResult| -> Result<(Uuid, i32)> { Ok((row.try_get("", "id")?, row.try_get("", "number")?)) };
    rows.iter().map(read).collect()
}

async fn company_of(tx: &Tx, id: OrderId) -> Result<Option<(company_order::Model, company::Model)>> {
    if !tx.shop().profile().trade.has_companies {
        return Ok(None);
    }
    let Some(row) = company_order::Entity::find_by_id(id).one(tx.db()).await? else {
        return Ok(None);
    };
    let company = company::Entity::find_by_id(row.company_id).one(tx.db()).await?;
    Ok(company.map(|company| (row, company)))
}

async fn parcels_of(tx: &Tx, id: OrderId) -> Result<Vec<(shipment::Model, Vec<shipment_line::Model>)>> {
    // What has not left may still be packed anew.
    let not_sent = [ShipmentStatus::Packed, ShipmentStatus::Cancelled];
    let shipments = shipment::Entity::find()
        .filter(shipment::Column::OrderId.eq(id))
        .filter(shipment::Column::Status.is_not_in(not_sent));
    let shipments = shipments.order_by_asc(shipment::Column::Id).all(tx.db()).await?;
    let ids = shipments.iter().map(|shipment| shipment.id);
    let lines = shipment_line::Entity::find().filter(shipment_line::Column::ShipmentId.is_in(ids));
    let lines = lines.order_by_asc(shipment_line::Column::Id).all(tx.db()).await?;
    let with_lines = |shipment: shipment::Model| {
        let inside = lines
            .iter()
            .filter(|line| line.shipment_id == shipment.id)
            .cloned()
            .collect();
        (shipment, inside)
    };
    Ok(shipments.into_iter().map(with_lines).collect())
}
