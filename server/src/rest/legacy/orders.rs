//! Orders of the older checkout.

use axum::{
    Json as Written,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vitrine_commerce::{
    Context, Error, ErrorCode, Shop,
    address::AddressInput,
    cart::{self, CartRef, CartView},
    checkout::{self, PlaceOrder},
    legacy, orders,
    payments::PaymentMethod,
    ports::legacy::Answered,
};
use vitrine_entity::{
    ids::{CartId, ShippingMethodId},
    legacy_order::LegacyRecord,
    order::{self, OrderStatus},
};

use super::{as_sent::AsSent, carts::ItemBody, forward};
use crate::rest::{
    extract::{Query, RestRequest, missing_order},
    problem::details::Problem,
    state::Rest,
};

/// What of an order that was placed there is noted.
const NUMBER_LENGTH_MAX: usize = 100;
const ITEMS_MAX: usize = 500;

/// Of a body, whose cart it is about.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WhichCart {
    #[serde(default)]
    cart_id: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewOrder {
    email: String,
    address: AddressBody,
    /// Not where nothing is to be paid.
    payment_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddressBody {
    name: String,
    company: Option<String>,
    street: String,
    postal_code: String,
    city: String,
    /// ISO 3166-1 alpha-2.
    country: String,
    phone: Option<String>,
}

#[derive(Serialize)]
struct OrderBody {
    number: String,
    /// Opens it: given once, as it is placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    status: String,
    currency: String,
    total: String,
    items: Vec<ItemBody>,
}

#[derive(Serialize)]
struct PaymentBody {
    number: String,
    status: &'static str,
    currency: String,
    amount: String,
}

/// What stands behind `?`.
#[derive(Deserialize)]
pub(super) struct OpenedBy {
    token: Option<String>,
}

/// `POST /legacy/orders`.
pub(super) async fn place(State(rest): State<Rest>, request: RestRequest, sent: AsSent) -> Result<Response, Problem> {
    let which: WhichCart = sent.read()?;
    let Some(cart) = which.cart_id.as_str().and_then(|id| id.parse::<CartId>().ok()) else {
        return place_there(&rest, &request, sent).await;
    };
    let key = request.key()?;
    let body: NewOrder = sent.read()?;
    let context = &Context {
        by_legacy_client: true,
        ..request.context.clone()
    };
    prepare(&rest.shop, context, cart, &body).await?;
    let place = PlaceOrder {
        cart,
        idempotency_key: key,
        payment_method: PaymentMethod {
            token: body.payment_token,
            ..PaymentMethod::default()
        },
        expected_cart_version: None,
        expected_total: None,
        agreed_policies: None,
    };
    let placed = checkout::place_order(&rest.shop, context, place).await?;
    let status = if placed.replayed {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    let body = OrderBody {
        token: Some(placed.access_token),
        ..OrderBody::load(&rest.shop, &placed.order).await?
    };
    Ok((status, Written(body)).into_response())
}

/// Gives a cart what an order needs, and the first way to ship it that reaches the address. One that is an order already was
/// given it: placing it again answers as before.
async fn prepare(shop: &Shop, context: &Context, id: CartId, body: &NewOrder) -> Result<(), Problem> {
    let cart = CartRef {
        id,
        expected_version: None,
    };
    let prepared = async {
        cart::set_contact(shop, context, cart, &body.email).await?;
        let address = body.address.read();
        let view = cart::set_addresses(shop, context, cart, Some(address), None).await?;
        let Some(method) = first_method(&view) else {
            return Ok(());
        };
        cart::select_shipping_method(shop, context, cart, method)
            .await
            .map(drop)
    };
    match prepared.await {
        Err(Error::Refused(refusals)) if refusals.iter().all(|refusal| refusal.code == ErrorCode::CartCompleted) => {
            Ok(())
        }
        prepared => Ok(prepared?),
    }
}

fn first_method(view: &CartView) -> Option<ShippingMethodId> {
    let is_chosen = view.shipping_methods.iter().any(|option| option.selected);
    let first = view.shipping_methods.first().filter(|_| !is_chosen);
    first.map(|option| option.method.id)
}

async fn place_there(rest: &Rest, request: &RestRequest, sent: AsSent) -> Result<Response, Problem> {
    let mut forwarded = forward::request(request, "POST", "/orders".to_owned());
    forwarded.body = sent.0;
    let answered = forward::ask(rest, &forwarded).await?;
    if let Some(record) = noted(&answered) {
        legacy::note_there(&rest.shop, &request.context, record).await?;
    }
    Ok(forward::pass_on(answered))
}

/// The order that the older system has placed, if it says so in words that can be read.
fn noted(answered: &Answered) -> Option<LegacyRecord> {
    if !(200..300).contains(&answered.status) {
        return None;
    }
    let record = serde_json::from_slice::<LegacyRecord>(&answered.body);
    let record =
        record.inspect_err(|error| tracing::warn!(%error, "the older system placed an order that cannot be read"));
    let fits = |record: &LegacyRecord| {
        (1..=NUMBER_LENGTH_MAX).contains(&record.number.chars().count()) && record.items.len() <= ITEMS_MAX
    };
    record.ok().filter(fits)
}

/// `GET /legacy/orders/{number}`.
pub(super) async fn show(
    State(rest): State<Rest>,
    Path(number): Path<String>,
    request: RestRequest,
    query: Query<OpenedBy>,
) -> Result<Response, Problem> {
    let token = query.read()?.token;
    match ours(&rest, &request, &number, token.as_deref()).await? {
        Some(order) => Ok(Written(OrderBody::load(&rest.shop, &order).await?).into_response()),
        None => ask_there(&rest, &request, format!("/orders/{number}"), token).await,
    }
}

/// `GET /legacy/orders/{number}/payment`.
pub(super) async fn payment(
    State(rest): State<Rest>,
    Path(number): Path<String>,
    request: RestRequest,
    query: Query<OpenedBy>,
) -> Result<Response, Problem> {
    let token = query.read()?.token;
    let Some(order) = ours(&rest, &request, &number, token.as_deref()).await? else {
        return ask_there(&rest, &request, format!("/orders/{number}/payment"), token).await;
    };
    let record = legacy::of_order(&rest.shop, &order).await?;
    let body = PaymentBody {
        number: record.number,
        status: payment_status(order.status),
        currency: record.currency,
        amount: record.total,
    };
    Ok(Written(body).into_response())
}

/// The order where it was placed here; the older system is not asked for one that whoever asks may not open.
async fn ours(
    rest: &Rest,
    request: &RestRequest,
    number: &str,
    token: Option<&str>,
) -> Result<Option<order::Model>, Problem> {
    if !legacy::is_ours(&rest.shop, number).await? {
        return Ok(None);
    }
    let order = orders::find_by_number(&rest.shop, &request.context, number, token).await?;
    order.map(Some).ok_or_else(missing_order)
}

async fn ask_there(
    rest: &Rest,
    request: &RestRequest,
    path: String,
    token: Option<String>,
) -> Result<Response, Problem> {
    let mut forwarded = forward::request(request, "GET", path);
    forwarded.token = token;
    Ok(forward::pass_on(forward::ask(rest, &forwarded).await?))
}

fn payment_status(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Created | OrderStatus::PaymentPending => "pending",
        OrderStatus::PaymentFailed => "failed",
        OrderStatus::PaymentSuccess | OrderStatus::Confirmed | OrderStatus::Dispatched | OrderStatus::Completed => {
            "paid"
        }
        OrderStatus::Cancelled => "cancelled",
    }
}

impl AddressBody {
    fn read(&self) -> AddressInput {
        AddressInput {
            name: self.name.clone(),
            company: self.company.clone(),
            line1: self.street.clone(),
            line2: None,
            city: self.city.clone(),
            region: None,
            postal_code: self.postal_code.clone(),
            country: self.country.clone(),
            phone: self.phone.clone(),
        }
    }
}

impl OrderBody {
    async fn load(shop: &Shop, order: &order::Model) -> Result<Self, Problem> {
        let record = legacy::of_order(shop, order).await?;
        let items = record.items.into_iter().map(|item| ItemBody {
            sku: item.sku,
            quantity: item.quantity,
            total: item.total,
        });
        Ok(Self {
            number: record.number,
            token: None,
            status: record.status,
            currency: record.currency,
            total: record.total,
            items: items.collect(),
        })
    }
}
