//! `GET /api/inventory`: what lies where.

use axum::{Json as Written, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vitrine_commerce::{
    ErrorCode, Refusal,
    catalog::load,
    inventory::{self, LevelFilter, is_low},
    paging::PageRequest,
    staff::Permission,
};
use vitrine_entity::{stock, variant};

use super::{
    extract::{Query, RestRequest, listed},
    problem::{details::Problem, responses},
    state::Rest,
};

/// Which levels of stock. Everything given must hold.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct InventoryQuery {
    /// How many, 1 to 100; 20 where it is left out.
    #[param(minimum = 1, maximum = 100)]
    first: Option<i32>,
    /// The `nextCursor` of the page before.
    after: Option<String>,
    /// A whole SKU.
    sku: Option<String>,
    /// The id of a variant.
    variant_id: Option<String>,
    /// The id of a place.
    location_id: Option<String>,
    /// `true`: only where little is left.
    low: Option<bool>,
}

/// A page of levels of stock.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct InventoryPage {
    /// The levels.
    items: Vec<StockLevelView>,
    /// Send it as `after` for the page that follows. Null on the last one.
    next_cursor: Option<String>,
}

/// How many units of a variant lie at one place.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StockLevel)]
pub(super) struct StockLevelView {
    /// Which variant.
    variant_id: String,
    /// The shop's own number of it.
    sku: String,
    /// Which place.
    location_id: String,
    /// Units that lie there.
    on_hand: i64,
    /// Units that orders hold.
    reserved: i64,
    /// On hand less reserved.
    available: i64,
    /// Whether so little is left that staff should know.
    low: bool,
    /// Grows with every change.
    version: i64,
}

/// List stock
///
/// What lies where. For staff with the permission `INVENTORY`.
#[utoipa::path(
    get,
    path = "/api/inventory",
    tag = "inventory",
    params(InventoryQuery),
    responses((status = 200, description = "A page of levels of stock.", body = InventoryPage), responses::List),
    security(("staff" = []))
)]
pub(super) async fn inventory(
    State(rest): State<Rest>,
    request: RestRequest,
    query: Query<InventoryQuery>,
) -> Result<Written<InventoryPage>, Problem> {
    request.require(Permission::Inventory)?;
    let (filter, page) = query.read()?.read()?;
    let page = listed(inventory::levels(&rest.shop, &request.context, &filter, &page).await)?;
    let next_cursor = page.next_cursor();
    let ids: Vec<_> = page.rows.iter().map(|(_, row)| row.variant_id).collect();
    let variants = load::variants(&rest.shop, &ids).await?;
    let items = page.rows.iter().filter_map(|(_, row)| {
        let variant = variants.get(&row.variant_id)?;
        Some(StockLevelView::new(row, variant))
    });
    Ok(Written(InventoryPage {
        items: items.collect(),
        next_cursor,
    }))
}

impl InventoryQuery {
    fn read(self) -> Result<(LevelFilter, PageRequest), Refusal> {
        let invalid = |field: &'static str| {
            let message = format!("`{field}` is not such an id.");
            Refusal::new(ErrorCode::Invalid, message).at(&[field])
        };
        let variant = self.variant_id.map(|id| id.parse().map_err(|_| invalid("variantId")));
        let location = self.location_id.map(|id| id.parse().map_err(|_| invalid("locationId")));
        let filter = LevelFilter {
            sku: self.sku,
            variant: variant.transpose()?,
            location: location.transpose()?,
            low: self.low.unwrap_or_default(),
        };
        Ok((filter, PageRequest::of(self.first, self.after)))
    }
}

impl StockLevelView {
    fn new(row: &stock::Model, variant: &variant::Model) -> Self {
        Self {
            variant_id: row.variant_id.to_string(),
            sku: variant.sku.clone(),
            location_id: row.location_id.to_string(),
            on_hand: row.on_hand,
            reserved: row.reserved,
            available: row.on_hand - row.reserved,
            low: is_low(row, variant.low_stock_threshold),
            version: row.version,
        }
    }
}
