//! Parcels: `GET /api/shipments`, and those of an order.

use axum::{
    Json as Written,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema, openapi::ObjectBuilder};
use vitrine_commerce::{
    ErrorCode, Refusal, Result as Outcome, Shop,
    fulfilment::parcels::{
        Pack, Package, ParcelLine, Tracking,
        list::{self, ShipmentFilter},
        load as parcels, pack,
    },
    orders::{self, load},
    paging::PageRequest,
    staff::{Permission, permission},
};
use vitrine_entity::{
    ids::OrderId,
    shipment::{self, ShipmentStatus},
    shipment_line, shipment_tracking,
};

use super::{
    extract::{Json, OrderInPath, Query, RestRequest, listed, missing_order},
    keyed,
    problem::{details::Problem, responses},
    state::Rest,
    view::{status, status_schema},
};

/// Which parcels. Everything given must hold.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct ShipmentsQuery {
    /// How many, 1 to 100; 20 where it is left out.
    #[param(minimum = 1, maximum = 100)]
    first: Option<i32>,
    /// The `nextCursor` of the page before.
    after: Option<String>,
    /// Where they are.
    status: Option<String>,
    /// Who carries them, as it was written.
    carrier: Option<String>,
    /// A whole tracking number of theirs.
    number: Option<String>,
    /// On their way, and for so many days nobody has told anything of them.
    #[param(minimum = 1, maximum = 365)]
    silent_days: Option<i32>,
}

/// A page of parcels, newest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ShipmentPage {
    /// The parcels.
    items: Vec<ShipmentView>,
    /// Send it as `after` for the page that follows. Null on the last one.
    next_cursor: Option<String>,
}

/// A parcel of an order.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Shipment)]
pub(super) struct ShipmentView {
    /// Names the parcel.
    #[schema(example = "ship_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    /// The order's id.
    order_id: String,
    #[schema(schema_with = shipment_status)]
    status: String,
    /// Who carries it.
    carrier: Option<String>,
    /// By which numbers it is followed.
    trackings: Vec<TrackingView>,
    /// Which units it holds.
    lines: Vec<ShipmentLineView>,
    /// When it left.
    dispatched_at: Option<DateTime<Utc>>,
    /// When it arrived.
    delivered_at: Option<DateTime<Utc>>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// Grows with every change.
    version: i64,
}

/// A number by which a parcel is followed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ShipmentTracking)]
pub(super) struct TrackingView {
    /// The number.
    number: String,
    /// Where it is followed.
    url: Option<String>,
}

/// Units of an order's line in a parcel.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ShipmentLine)]
pub(super) struct ShipmentLineView {
    /// The order's line.
    line_id: String,
    /// How many units.
    quantity: i32,
}

fn shipment_status() -> ObjectBuilder {
    status_schema::<ShipmentStatus>("Where it is.")
}

/// What goes into a parcel, and how it travels.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ShipmentRequest)]
pub(super) struct ShipmentBody {
    /// Each line of the order once; all that is still to be sent where there are none.
    lines: Vec<ShipmentLineBody>,
    /// From where all of it leaves; from wherever it lies where it is left out.
    location_id: Option<String>,
    /// Who carries it.
    #[schema(example = "DHL")]
    carrier: Option<String>,
    /// By which numbers it is followed, at most 10. The page of a known carrier is found by the number.
    trackings: Vec<TrackingBody>,
    /// Whether it leaves at once; else it stands ready.
    dispatch: bool,
}

/// Units of an order's line.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ShipmentRequestLine)]
pub(super) struct ShipmentLineBody {
    /// The order's line.
    line_id: String,
    /// How many units.
    quantity: i32,
}

/// A number by which a parcel is followed.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ShipmentRequestTracking)]
pub(super) struct TrackingBody {
    /// The number.
    number: Option<String>,
    /// Where it is followed: http or https.
    url: Option<String>,
}

/// List parcels
///
/// For staff with the permission `ORDERS`. Newest first.
#[utoipa::path(
    get,
    path = "/api/shipments",
    tag = "orders",
    params(ShipmentsQuery),
    responses((status = 200, description = "A page of parcels.", body = ShipmentPage), responses::List),
    security(("staff" = []))
)]
pub(super) async fn shipments(
    State(rest): State<Rest>,
    request: RestRequest,
    query: Query<ShipmentsQuery>,
) -> Result<Written<ShipmentPage>, Problem> {
    request.require(Permission::Orders)?;
    let (filter, page) = query.read()?.read()?;
    let page = listed(list::list(&rest.shop, &request.context, &filter, &page).await)?;
    let next_cursor = page.next_cursor();
    let rows: Vec<_> = page.rows.into_iter().map(|(_, row)| row).collect();
    Ok(Written(ShipmentPage {
        items: ShipmentView::load_all(&rest.shop, rows).await?,
        next_cursor,
    }))
}

/// Read an order's parcels
///
/// Oldest first. Staff with the permission `ORDERS` see those, too, that have not left.
#[utoipa::path(
    get,
    path = "/api/orders/{order_id}/shipments",
    tag = "orders",
    params(("order_id" = String, Path, description = "The order's id.")),
    responses((status = 200, description = "Its parcels.", body = Vec<ShipmentView>), responses::Order),
    security(("customer" = []), ("staff" = []), ("order" = []))
)]
pub(super) async fn of_order(
    State(rest): State<Rest>,
    request: RestRequest,
    OrderInPath(id): OrderInPath,
) -> Result<Written<Vec<ShipmentView>>, Problem> {
    let order = orders::find(&rest.shop, &request.context, id, request.access_token.as_deref()).await?;
    let order = order.ok_or_else(missing_order)?;
    let sees_all = permission::allowed(&request.context, Permission::Orders);
    let mut rows = load::shipments_of(&rest.shop, &[order.id])
        .await?
        .remove(&order.id)
        .unwrap_or_default();
    rows.retain(|row| sees_all || !matches!(row.status, ShipmentStatus::Packed | ShipmentStatus::Cancelled));
    Ok(Written(ShipmentView::load_all(&rest.shop, rows).await?))
}

/// Make a parcel of an order
///
/// Of what is still to be sent, or of the units that are named. For staff with the permission `ORDERS`. With an
/// `Idempotency-Key`, a repeated request is answered as the first was, for a day.
#[utoipa::path(
    post,
    path = "/api/orders/{order_id}/shipments",
    tag = "orders",
    params(
        ("order_id" = String, Path, description = "The order's id."),
        ("Idempotency-Key" = Option<String>, Header, max_length = 255, description = "Made by the client, once for each parcel. Required where units are named."),
    ),
    request_body = ShipmentBody,
    responses((status = 201, description = "The parcel.", body = ShipmentView), responses::Parcel),
    security(("staff" = []))
)]
pub(super) async fn make(
    State(rest): State<Rest>,
    request: RestRequest,
    OrderInPath(id): OrderInPath,
    Json(body): Json<ShipmentBody>,
) -> Result<Response, Problem> {
    request.require(Permission::Orders)?;
    let told = serde_json::to_vec(&body).unwrap_or_default();
    let (shop, context) = (rest.shop.clone(), request.context.clone());
    let asked = body.read(id)?;
    let work = async move {
        let row = pack(&shop, &context, asked).await?;
        let views = ShipmentView::load_all(&shop, vec![row]).await?;
        Ok::<_, Problem>((StatusCode::CREATED, Written(views.into_iter().next())).into_response())
    };
    keyed::once(
        &rest,
        &request,
        &[b"shipment".as_slice(), id.to_string().as_bytes(), &told],
        work,
    )
    .await
}

impl ShipmentsQuery {
    fn read(self) -> Result<(ShipmentFilter, PageRequest), Refusal> {
        let status = self.status.map(|status| {
            ShipmentStatus::try_from_value(&status).map_err(|_| {
                let message = format!("There is no status `{}`.", status.escape_default());
                Refusal::new(ErrorCode::Invalid, message).at(&["status"])
            })
        });
        let filter = ShipmentFilter {
            statuses: status.transpose()?.into_iter().collect(),
            order: None,
            carrier: self.carrier,
            number: self.number,
            silent_days: self.silent_days,
        };
        Ok((filter, PageRequest::of(self.first, self.after)))
    }
}

impl ShipmentBody {
    fn read(self, order: OrderId) -> Result<Pack, Refusal> {
        let line = |(index, line): (usize, ShipmentLineBody)| {
            let path = ["lines", &index.to_string(), "lineId"];
            let missing = |_| Refusal::not_found("line of this order").at(&path);
            Ok(ParcelLine {
                line: line.line_id.parse().map_err(missing)?,
                quantity: line.quantity,
            })
        };
        let location = self.location_id.map(|id| {
            let missing = |_| Refusal::not_found("location").at(&["locationId"]);
            id.parse().map_err(missing)
        });
        Ok(Pack {
            order,
            lines: self
                .lines
                .into_iter()
                .enumerate()
                .map(line)
                .collect::<Result<_, Refusal>>()?,
            location: location.transpose()?,
            carrier: self.carrier,
            trackings: self
                .trackings
                .into_iter()
                .map(|tracking| Tracking {
                    carrier: None,
                    number: tracking.number,
                    url: tracking.url,
                })
                .collect(),
            package: Package::default(),
            leaves: self.dispatch,
            // The request's own key stands in its header.
            idempotency_key: None,
        })
    }
}

impl ShipmentView {
    async fn load_all(shop: &Shop, rows: Vec<shipment::Model>) -> Outcome<Vec<Self>> {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let lines = load::shipment_lines_of(shop, &ids).await?;
        let trackings = parcels::trackings_of(shop, &ids).await?;
        let view = |row: shipment::Model| {
            let lines = lines.get(&row.id).map(Vec::as_slice).unwrap_or_default();
            let trackings = trackings.get(&row.id).map(Vec::as_slice).unwrap_or_default();
            Self::new(row, lines, trackings)
        };
        Ok(rows.into_iter().map(view).collect())
    }

    fn new(row: shipment::Model, lines: &[shipment_line::Model], trackings: &[shipment_tracking::Model]) -> Self {
        let line = |line: &shipment_line::Model| ShipmentLineView {
            line_id: line.order_line_id.to_string(),
            quantity: line.quantity,
        };
        let tracking = |tracking: &shipment_tracking::Model| TrackingView {
            number: tracking.number.clone(),
            url: tracking.url.clone(),
        };
        Self {
            id: row.id.to_string(),
            order_id: row.order_id.to_string(),
            status: status(&row.status),
            carrier: row.carrier,
            trackings: trackings.iter().map(tracking).collect(),
            lines: lines.iter().map(line).collect(),
            dispatched_at: row.dispatched_at,
            delivered_at: row.delivered_at,
            created_at: row.created_at,
            version: row.version,
        }
    }
}
