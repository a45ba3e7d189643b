//! A purchase, step by step through the API, as a front end makes it.

use serde_json::{Value, json};

use crate::client::Client;

/// An order that a client has placed.
#[derive(Debug, Clone)]
pub struct PlacedOrder {
    pub id: String,
    pub number: String,
    pub access_token: String,
    /// The whole payload.
    pub payload: Value,
}

/// Where the tests' goods go.
pub fn address() -> Value {
    json!({
        "name": "Ada Lovelace", "line1": "Unter den Linden 1", "city": "Berlin", "postalCode": "10117", "countryCode": "DE"
    })
}

const CART_FIELDS: &str = "
    cart {
        id version
        lines { id quantity variant { id sku } cost { subtotal { amount } tax { amount } total { amount } } }
        cost { subtotal { amount currencyCode } shipping { amount } tax { amount } total { amount } }
        shippingMethods { id name price { amount } selected }
        problems { code message lineId availableQuantity }
    }
    userErrors { __typename code message field }";

/// A mutation that takes one input and answers a cart.
pub fn cart_mutation(name: &str) -> String {
    let mut input = name.to_owned();
    input[..1].make_ascii_uppercase();
    format!("mutation($input: {input}Input!) {{ {name}(input: $input) {{ {CART_FIELDS} }} }}")
}

impl Client {
    /// The id of a variant, by the slug of its product and its SKU.
    ///
    /// # Panics
    /// When there is none.
    pub async fn variant(&self, slug: &str, sku: &str) -> String {
        let query = "query($slug: String!) { product(slug: $slug) { variants { id sku } } }";
        let data = self.data(query, json!({ "slug": slug })).await;
        let variants = data["product"]["variants"]
            .as_array()
            .unwrap_or_else(|| panic!("there is no product {slug}"))
            .clone();
        let found = variants
            .iter()
            .find(|variant| variant["sku"] == sku)
            .unwrap_or_else(|| panic!("{slug} has no {sku}: {variants:?}"));
        found["id"].as_str().expect("an id").to_owned()
    }

    /// A new cart with these variants and quantities.
    pub async fn cart_with(&self, lines: &[(&str, i64)]) -> Value {
        let lines: Vec<_> = lines
            .iter()
            .map(|(id, quantity)| json!({ "variantId": id, "quantity": quantity }))
            .collect();
        self.done(&cart_mutation("cartCreate"), json!({ "input": { "lines": lines } }))
            .await["cart"]
            .take()
    }

    /// Fills in what an order needs beyond its goods, and chooses the first shipping method.
    pub async fn check_out(&self, cart: &Value) -> Value {
        let id = &cart["id"];
        self.done(
            &cart_mutation("cartContactUpdate"),
            json!({ "input": { "cartId": id, "email": "ada@example.com" } }),
        )
        .await;
        let input = json!({ "input": { "cartId": id, "shippingAddress": address() } });
        let cart = self.done(&cart_mutation("cartAddressesUpdate"), input).await["cart"].take();
        let method = &cart["shippingMethods"][0]["id"];
        let input = json!({ "input": { "cartId": id, "shippingMethodId": method } });
        self.done(&cart_mutation("cartShippingMethodSelect"), input).await["cart"].take()
    }

    /// Places an order of a checked-out cart, and answers the whole payload.
    pub async fn place(&self, cart: &Value, key: &str, token: &str) -> Value {
        let mutation = "mutation($input: OrderPlaceInput!) { orderPlace(input: $input) {
            order { id number status cost { total { amount } } } orderAccessToken replayed
            userErrors { __typename code message field ... on InsufficientStockError { lineId sku availableQuantity } } } }";
        let input = json!({ "cartId": cart["id"], "idempotencyKey": key, "paymentMethod": { "token": token } });
        self.payload(mutation, json!({ "input": input })).await
    }

    /// The whole purchase: fills a cart, checks out, and places the order.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn buy(&self, lines: &[(&str, i64)], token: &str) -> PlacedOrder {
        let cart = self.cart_with(lines).await;
        self.buy_cart(&self.check_out(&cart).await, token).await
    }

    /// Places an order of a checked-out cart.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn buy_cart(&self, cart: &Value, token: &str) -> PlacedOrder {
        let payload = self.place(cart, cart["id"].as_str().expect("an id"), token).await;
        assert_eq!(payload["userErrors"], json!([]));
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        PlacedOrder {
            id: text(&payload["order"]["id"]),
            number: text(&payload["order"]["number"]),
            access_token: text(&payload["orderAccessToken"]),
            payload,
        }
    }

    /// The order as its holder sees it.
    pub async fn order(&self, placed: &PlacedOrder) -> Value {
        let query = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) {
            number status progress { percent } payment { status declineCode action { kind url } capturedAmount { amount } refundedAmount { amount } }
            refunds { status amount { amount } } shipments { carrier trackingNumber trackingUrl lines { quantity } }
            timeline(first: 50) { nodes { number kind status message } } } }";
        self.data(query, json!({ "id": placed.id, "token": placed.access_token }))
            .await["order"]
            .take()
    }

    /// The kinds of the entries of an order's timeline.
    pub async fn history(&self, placed: &PlacedOrder) -> Vec<String> {
        let order = self.order(placed).await;
        let entries = order["timeline"]["nodes"].as_array().expect("a timeline").clone();
        entries
            .iter()
            .map(|entry| entry["kind"].as_str().expect("a kind").to_owned())
            .collect()
    }
}

impl Client {
    /// Staff put a product of one variant on sale; answers the variant's id. The slug is the SKU
    /// in lower case.
    pub async fn sell(&self, sku: &str, price: &str, on_hand: i64) -> String {
        let mutation = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { variants { id sku } } userErrors { code message field } } }";
        let input = json!({
            "slug": sku.to_lowercase(), "title": format!("Test {sku}"), "active": true,
            "variants": [{ "sku": sku, "price": price, "onHand": on_hand }],
        });
        let payload = self.done(mutation, json!({ "input": input })).await;
        payload["product"]["variants"][0]["id"]
            .as_str()
            .expect("a variant")
            .to_owned()
    }
}
