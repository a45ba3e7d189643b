//! Whole purchases: a cart, an address, a shipping method, an order, and the payment awaited.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use futures::future::BoxFuture;
use serde_json::{Value, json};

use crate::load::{Connection, Workload};

const CART_CREATE: &str = include_str!("../../documents/cart_create.graphql");
const CART_ADDRESSES_UPDATE: &str = include_str!("../../documents/cart_addresses_update.graphql");
const CART_SHIPPING_METHOD_SELECT: &str = include_str!("../../documents/cart_shipping_method_select.graphql");
const ORDER_PLACE: &str = include_str!("../../documents/order_place.graphql");

/// How long the last step may wait for the payment.
const WAIT_S: u64 = 10;

/// As many variants as shoppers choose from.
const CHOICE_MAX: usize = 150;

/// So that no two have the same idempotency keys.
static RUNS: AtomicU64 = AtomicU64::new(0);

/// Shoppers, each of whom buys one piece of some variant.
pub struct Purchases {
    variants: Vec<String>,
    run: String,
    token: &'static str,
}

/// What a shopper has of it.
pub struct Placed {
    pub order: String,
    pub token: String,
    /// How long the step took that placed it.
    pub placing: Duration,
}

impl Purchases {
    /// Of the product with this slug, or of many.
    pub async fn new(address: SocketAddr, slug: Option<&str>) -> anyhow::Result<Self> {
        let mut connection = Connection::open(address).await?;
        let mut variants = Vec::new();
        match slug {
            Some(slug) => {
                let document = "query($slug: String!) { product(slug: $slug) { variants { id } } }";
                let data = connection.ask(document, &json!({ "slug": slug })).await?;
                collect(&data["product"]["variants"], &mut variants);
            }
            None => {
                let document = "query($after: String) { products(first: 50, after: $after) { nodes { slug variants { id } } pageInfo { endCursor hasNextPage } } }";
                let mut after = Value::Null;
                while variants.len() < CHOICE_MAX {
                    let data = connection.ask(document, &json!({ "after": after })).await?;
                    let page = &data["products"];
                    for product in page["nodes"].as_array().into_iter().flatten() {
                        if product["slug"].as_str().is_some_and(is_plenty) {
                            collect(&product["variants"], &mut variants);
                        }
                    }
                    if page["pageInfo"]["hasNextPage"] != true {
                        break;
                    }
                    after = page["pageInfo"]["endCursor"].clone();
                }
            }
        }
        anyhow::ensure!(!variants.is_empty(), "the shop sells nothing of the benchmark's");
        Ok(Self {
            variants,
            run: format!("{}-{}", std::process::id(), RUNS.fetch_add(1, Ordering::Relaxed)),
            token: "tok_approve",
        })
    }

    /// The same, who pay with that token of the simulated provider.
    pub fn paying(self, token: &'static str) -> Self {
        Self { token, ..self }
    }

    /// Places so many orders, one after the other.
    pub async fn place(&self, address: SocketAddr, count: u64) -> anyhow::Result<Vec<Placed>> {
        let mut connection = Connection::open(address).await?;
        let mut placed = Vec::new();
        for number in 0..count {
            placed.push(self.buy(&mut connection, number, true).await?);
        }
        Ok(placed)
    }

    /// The whole purchase; `awaited` until it is paid, else until it is placed.
    pub async fn buy(&self, connection: &mut Connection, number: u64, awaited: bool) -> anyhow::Result<Placed> {
        let key = format!("{}-{number}", self.run);
        let variant = &self.variants[number as usize % self.variants.len()];
        let input =
            json!({ "email": format!("s{key}@example.com"), "lines": [{ "variantId": variant, "quantity": 1 }] });
        let cart = done(connection, "cartCreate", CART_CREATE, input).await?["cart"]["id"].take();
        let address = json!({
            "name": "Pat Shopper", "line1": "1 Main Street", "city": "Town", "postalCode": "12345", "countryCode": "DE"
        });
        let input = json!({ "cartId": cart, "shippingAddress": address });
        let answer = done(connection, "cartAddressesUpdate", CART_ADDRESSES_UPDATE, input).await?;
        let method = &answer["cart"]["shippingMethods"][0]["id"];
        let input = json!({ "cartId": cart, "shippingMethodId": method });
        done(
            connection,
            "cartShippingMethodSelect",
            CART_SHIPPING_METHOD_SELECT,
            input,
        )
        .await?;
        let mut input = json!({ "cartId": cart, "idempotencyKey": key, "paymentMethod": { "token": self.token } });
        if awaited {
            input["waitSeconds"] = WAIT_S.into();
        }
        let began = Instant::now();
        let answer = done(connection, "orderPlace", ORDER_PLACE, input).await?;
        let placing = began.elapsed();
        let status = answer["order"]["status"].as_str().unwrap_or_default();
        if awaited && !["PAYMENT_SUCCESS", "CONFIRMED"].contains(&status) {
            bail!("not paid within {WAIT_S} s: {status}");
        }
        let text = |value: &Value| value.as_str().map(str::to_owned).context("a text");
        Ok(Placed {
            order: text(&answer["order"]["id"])?,
            token: text(&answer["orderAccessToken"])?,
            placing,
        })
    }
}

impl Workload for Purchases {
    fn visit<'a>(&'a self, connection: &'a mut Connection, number: u64) -> BoxFuture<'a, anyhow::Result<()>> {
        Box::pin(async move {
            self.buy(connection, number, true).await?;
            Ok(())
        })
    }
}

/// Runs a mutation; a refusal fails, with its code.
pub async fn done(connection: &mut Connection, field: &str, document: &str, input: Value) -> anyhow::Result<Value> {
    let mut data = connection.ask(document, &json!({ "input": input })).await?;
    let payload = data[field].take();
    if let Some(refusal) = payload["userErrors"].get(0) {
        bail!("{field}: {}", refusal["code"].as_str().unwrap_or_default());
    }
    Ok(payload)
}

fn collect(of: &Value, into: &mut Vec<String>) {
    let ids = of.as_array().into_iter().flatten();
    into.extend(ids.filter_map(|variant| variant["id"].as_str().map(str::to_owned)));
}

/// The demo's own goods are few, and what a sale sells is for the sale.
fn is_plenty(slug: &str) -> bool {
    slug.strip_prefix("bench-")
        .is_some_and(|number| number.parse::<usize>().is_ok())
}
