//! `POST /api/checkout`: an order, from a cart or from nothing.

use std::time::Duration;

use axum::{
    Json as Written,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use vitrine_commerce::{
    ErrorCode, Refusal,
    checkout::{self, BuyLine, BuyNow, Goods, PlaceOrder, Placed},
    orders,
    payments::{self, PaymentMethod},
};

use super::{
    extract::{Json, RestRequest},
    problem::{details::Problem, responses},
    state::Rest,
    view::{
        address::AddressBody,
        order::{OrderView, path},
    },
};
use crate::ids;

pub(super) const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// What to buy: a cart (with `cartId`), or everything at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(try_from = "Map<String, Value>", untagged)]
pub(super) enum Checkout {
    Cart(CartCheckout),
    Whole(Box<WholeCheckout>),
}

/// An order of a cart that was filled and addressed by the GraphQL API.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CartCheckout {
    /// The cart's id.
    #[schema(example = "cart_5x8j2m0q4v6t8w1y3a5c7e9g0h")]
    cart_id: String,
    /// How the shopper pays. Not needed where nothing is to be paid.
    payment_method: Option<PaymentMethodBody>,
    /// The cart's version that the shopper saw when they agreed to its total: refuse any other.
    expected_cart_version: Option<i64>,
    /// How long to wait for the outcome of the payment, in seconds. The answer comes as soon as it
    /// is known.
    #[schema(minimum = 0, maximum = 25, default = 0)]
    wait_seconds: Option<u64>,
}

/// An order of goods that lie in no cart.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct WholeCheckout {
    /// What to buy.
    #[schema(min_items = 1, max_items = 100, value_type = Vec<LineSchema>)]
    lines: Vec<LineBody>,
    /// Where the order's mails go.
    #[schema(example = "ada@example.com", max_length = 254)]
    email: String,
    /// Where the goods go. Not needed where nothing is sent.
    shipping_address: Option<AddressBody>,
    /// Where the bill goes; to the shipping address where it is not given.
    billing_address: Option<AddressBody>,
    /// One of those that reach the address; the first of them where it is not given.
    shipping_method_id: Option<String>,
    /// What the shopper wants the shop to know.
    #[schema(max_length = 2000)]
    note: Option<String>,
    /// The codes of discounts, as they were typed. One that does not apply refuses the order.
    #[schema(max_items = 5)]
    discount_codes: Option<Vec<String>>,
    /// How the shopper pays. Not needed where nothing is to be paid.
    payment_method: Option<PaymentMethodBody>,
    /// How long to wait for the outcome of the payment, in seconds. The answer comes as soon as it
    /// is known.
    #[schema(minimum = 0, maximum = 25, default = 0)]
    wait_seconds: Option<u64>,
}

/// A variant, named by its id or its SKU, and how many of it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct LineBody {
    variant_id: Option<String>,
    sku: Option<String>,
    quantity: i32,
}

/// How a line is described: as one of two, so that a client sees that it names its goods in one way.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = CheckoutLine)]
#[expect(
    dead_code,
    reason = "it is described, and read as `LineBody`, which tells what is wrong in its own words"
)]
enum LineSchema {
    Variant(VariantLine),
    Sku(SkuLine),
}

/// A variant, named by its id.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckoutLineByVariant)]
#[expect(dead_code, reason = "as `LineSchema`")]
struct VariantLine {
    /// The variant's id.
    variant_id: String,
    /// How many.
    #[schema(minimum = 1, maximum = 9999)]
    quantity: i32,
}

/// A variant, named by its SKU.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckoutLineBySku)]
#[expect(dead_code, reason = "as `LineSchema`")]
struct SkuLine {
    /// The shop's own number of it.
    sku: String,
    /// How many.
    #[schema(minimum = 1, maximum = 9999)]
    quantity: i32,
}

/// How the shopper pays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PaymentMethod)]
pub(super) struct PaymentMethodBody {
    /// A name of GraphQL's `shop.paymentMethods`; the shop's own where it is not given.
    #[schema(example = "stripe")]
    method: Option<String>,
    /// What the payment provider gave the shopper's browser for their card or account. Never a
    /// card's number. Some methods need none.
    token: Option<String>,
    /// A card that the signed-in customer has saved (GraphQL's `viewer.savedPaymentMethods`), in the place of `token`.
    saved_payment_method_id: Option<String>,
    /// Whether the provider keeps the card for the signed-in customer, once it has paid; by default it does not.
    save: Option<bool>,
}

/// Buy
///
/// Makes an order: holds the goods and begins the payment, all or nothing. It takes either a cart
/// or everything at once. Repeated with the same key and body, it answers the same order and never
/// makes a second one. A payment that does not go through makes no problem here: the order is
/// placed, and its `payment` says what to do.
#[utoipa::path(
    post,
    path = "/api/checkout",
    tag = "checkout",
    params(("Idempotency-Key" = String, Header, min_length = 1, max_length = 255, description = "Made by the client, once for each order that it means to place, such as a random UUID. At most 255 characters. It belongs to the signed-in customer; a guest's belongs to the cart, or else to the mail address. Guests should make it unguessable.")),
    request_body = Checkout,
    responses(
        (status = 201, description = "The order was placed.", body = OrderView, headers(("Location" = String, description = "The path of the order."))),
        (status = 200, description = "The order was placed before, by the same request.", body = OrderView, headers(
            ("Location" = String, description = "The path of the order."),
            ("Idempotent-Replayed" = String, description = "`true`"),
        )),
        responses::Checkout,
    ),
    security((), ("customer" = []))
)]
pub(super) async fn check_out(
    State(rest): State<Rest>,
    request: RestRequest,
    Json(body): Json<Checkout>,
) -> Result<Response, Problem> {
    let key = request.key()?;
    let (placed, within) = match body {
        Checkout::Cart(body) => place_cart(&rest, &request, key, body).await?,
        Checkout::Whole(body) => place_whole(&rest, &request, key, *body).await?,
    };
    let Placed {
        order,
        access_token,
        replayed,
    } = placed;
    let order = match within.is_zero() && !replayed {
        true => order,
        false => {
            let (token, stop) = (Some(access_token.as_str()), rest.drain.begun());
            payments::outcome(&rest.shop, &request.context, order.id, token, within, stop)
                .await?
                .order
        }
    };
    let location = path(&order);
    let order = OrderView::load(&rest.shop, &request.context, &order)
        .await?
        .with_access_token(access_token);
    let status = if replayed { StatusCode::OK } else { StatusCode::CREATED };
    let mut response = (status, [(header::LOCATION, location)], Written(order)).into_response();
    if replayed {
        response
            .headers_mut()
            .insert(REPLAYED, HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// An order, and how long to wait for its payment.
type Begun = (Placed, Duration);

async fn place_cart(rest: &Rest, request: &RestRequest, key: String, body: CartCheckout) -> Result<Begun, Problem> {
    let within = orders::wait_within(body.wait_seconds.unwrap_or_default())?;
    let place = PlaceOrder {
        agreed_policies: None,
        expected_total: None,
        cart: ids::input(&body.cart_id, "cart", &["cartId"])?,
        idempotency_key: key,
        payment_method: payment_method(body.payment_method)?,
        expected_cart_version: body.expected_cart_version,
    };
    Ok((
        checkout::place_order(&rest.shop, &request.context, place).await?,
        within,
    ))
}

async fn place_whole(rest: &Rest, request: &RestRequest, key: String, body: WholeCheckout) -> Result<Begun, Problem> {
    let within = orders::wait_within(body.wait_seconds.unwrap_or_default())?;
    let lines = body.lines.into_iter().enumerate().map(|(index, line)| line.read(index));
    let method = body.shipping_method_id.as_deref();
    let method = method.map(|id| ids::input(id, "shipping method", &["shippingMethodId"]));
    let buy = BuyNow {
        lines: lines.collect::<Result<_, _>>()?,
        email: body.email,
        shipping_address: body.shipping_address.map(Into::into),
        billing_address: body.billing_address.map(Into::into),
        shipping_method: method.transpose()?,
        note: body.note,
        discount_codes: body.discount_codes.unwrap_or_default(),
        payment_method: payment_method(body.payment_method)?,
        idempotency_key: key,
    };
    Ok((checkout::buy_now(&rest.shop, &request.context, buy).await?, within))
}

impl LineBody {
    fn read(self, index: usize) -> Result<BuyLine, Refusal> {
        let at = |field: &str| ["lines".to_owned(), index.to_string(), field.to_owned()];
        let refusal = |code, message: &str, field: &str| Refusal {
            field: at(field).into(),
            ..Refusal::new(code, message)
        };
        let goods = match (self.variant_id, self.sku) {
            (Some(id), None) => Goods::Variant(
                id.parse()
                    .map_err(|_| refusal(ErrorCode::NotForSale, "There is no such variant on sale.", "variantId"))?,
            ),
            (None, Some(sku)) => Goods::Sku(sku),
            _ => {
                return Err(refusal(
                    ErrorCode::Invalid,
                    "Give either `variantId` or `sku`.",
                    "variantId",
                ));
            }
        };
        Ok(BuyLine {
            goods,
            quantity: self.quantity,
        })
    }
}

impl TryFrom<PaymentMethodBody> for PaymentMethod {
    type Error = Refusal;

    fn try_from(body: PaymentMethodBody) -> Result<Self, Refusal> {
        let at = ["paymentMethod", "savedPaymentMethodId"];
        let saved = body.saved_payment_method_id.as_deref();
        let saved = saved.map(|id| ids::input(id, "saved card", &at)).transpose()?;
        Ok(Self {
            provider: body.method,
            token: body.token,
            saved,
            save: body.save.unwrap_or_default(),
        })
    }
}

fn payment_method(given: Option<PaymentMethodBody>) -> Result<PaymentMethod, Refusal> {
    Ok(given.map(PaymentMethod::try_from).transpose()?.unwrap_or_default())
}

/// A cart's id decides which of the two a body is, so that what is wrong with it can be told in its
/// own words.
impl TryFrom<Map<String, Value>> for Checkout {
    type Error = serde_json::Error;

    fn try_from(fields: Map<String, Value>) -> Result<Self, serde_json::Error> {
        let is_cart = fields.contains_key("cartId");
        let body = Value::Object(fields);
        match is_cart {
            true => serde_json::from_value(body).map(Self::Cart),
            false => serde_json::from_value(body).map(Self::Whole),
        }
    }
}
