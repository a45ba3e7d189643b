//! Somebody who buys whatever happens: what gets no answer is asked again, with the same key.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Value, json};
use vitrine_tests::{
    Client,
    purchase::{address, cart_mutation},
};

/// How their money behaves. The first is the most likely.
const TOKENS: [&str; 8] = [
    "tok_approve",
    "tok_approve",
    "tok_approve",
    "tok_decline",
    "tok_timeout_after",
    "tok_error_after",
    "tok_unavailable",
    "tok_webhook_twice",
];

/// How long one request may stay unanswered, however often it is made.
const PATIENCE: Duration = Duration::from_secs(120);

/// An order that the shop has acknowledged.
#[derive(Debug, Clone)]
pub struct Acknowledged {
    pub id: String,
}

/// Buys one order after the other.
pub struct Shopper {
    number: usize,
    random: StdRng,
    servers: Vec<Client>,
    variants: Arc<Vec<String>>,
}

impl Shopper {
    pub fn new(number: usize, seed: u64, bases: Vec<String>, variants: Arc<Vec<String>>) -> Self {
        let random = StdRng::seed_from_u64(seed.wrapping_add(number as u64 + 1));
        Self {
            number,
            random,
            servers: bases.into_iter().map(Client::guest).collect(),
            variants,
        }
    }

    /// Buys `count` times; a few orders are cancelled again.
    pub async fn buy(mut self, count: usize) -> Vec<Acknowledged> {
        let mut acknowledged = Vec::with_capacity(count);
        for purchase in 0..count {
            let payload = self.purchase(purchase).await;
            let order = Acknowledged {
                id: payload["order"]["id"].as_str().unwrap().to_owned(),
            };
            if self.random.random_ratio(1, 8) {
                self.cancel(&order, &payload["orderAccessToken"]).await;
            }
            acknowledged.push(order);
        }
        acknowledged
    }

    async fn purchase(&mut self, purchase: usize) -> Value {
        let variants: Vec<_> = self.variants.choose_multiple(&mut self.random, 2).cloned().collect();
        let lines: Vec<_> = variants
            .iter()
            .map(|id| json!({ "variantId": id, "quantity": 1 }))
            .collect();
        let cart = self
            .insist(
                &cart_mutation("cartCreate"),
                json!({ "lines": lines, "email": "ada@example.com" }),
            )
            .await;
        let id = cart["cart"]["id"].clone();
        let cart = self
            .insist(
                &cart_mutation("cartAddressesUpdate"),
                json!({ "cartId": id, "shippingAddress": address() }),
            )
            .await;
        let method = &cart["cart"]["shippingMethods"][0]["id"];
        self.insist(
            &cart_mutation("cartShippingMethodSelect"),
            json!({ "cartId": id, "shippingMethodId": method }),
        )
        .await;
        let token = *TOKENS.choose(&mut self.random).unwrap();
        let place = "mutation($input: OrderPlaceInput!) { orderPlace(input: $input) {
            order { id } orderAccessToken userErrors { code message } } }";
        let key = format!("shopper {} purchase {purchase}", self.number);
        let input = json!({ "cartId": id, "idempotencyKey": key, "paymentMethod": { "token": token } });
        let payload = self.insist(place, input).await;
        assert_eq!(payload["userErrors"], json!([]));
        payload
    }

    async fn cancel(&mut self, order: &Acknowledged, access_token: &Value) {
        let cancel = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code } } }";
        // Refused when the first try went through after all.
        self.insist(cancel, json!({ "orderId": order.id, "accessToken": access_token }))
            .await;
    }

    /// The payload of a mutation, asked of one server after the other until one answers.
    async fn insist(&mut self, mutation: &str, input: Value) -> Value {
        let started = Instant::now();
        loop {
            let server = self.servers.choose(&mut self.random).unwrap();
            if let Some(Value::Object(data)) = server.try_data(mutation, json!({ "input": input })).await {
                return data.into_values().next().unwrap();
            }
            assert!(started.elapsed() < PATIENCE, "nobody answers {mutation} {input}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
