//! Somebody who buys whatever happens: what gets no answer is asked again, with the same key.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Value, json};
use vitrine_tests::{
    Client,
    patience::{PATIENCE, out_of_patience},
    purchase::{address, cart_mutation},
};

use crate::history::{Outcome, Purchase};

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

pub const PLACE: &str = "mutation($input: OrderPlaceInput!) { orderPlace(input: $input) {
    order { id } orderAccessToken userErrors { code message } } }";

const CANCEL: &str =
    "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code } } }";

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

    /// Buys `count` times, once at least, and not again after `until`; a few orders are cancelled again.
    pub async fn buy(mut self, count: usize, until: Option<Instant>) -> Vec<Purchase> {
        let mut history = Vec::with_capacity(count);
        for purchase in 0..count {
            if purchase > 0 && until.is_some_and(|until| Instant::now() > until) {
                break;
            }
            history.push(self.purchase(purchase).await);
        }
        history
    }

    pub async fn purchase(&mut self, number: usize) -> Purchase {
        let cart = self.fill_cart().await;
        let token = *TOKENS.choose(&mut self.random).unwrap();
        let key = format!("shopper {} purchase {number}", self.number);
        let input = json!({ "cartId": cart, "idempotencyKey": key, "paymentMethod": { "token": token } });
        let (placements, access_token) = self.place(&input).await;
        let mut purchase = Purchase {
            cart,
            placements,
            cancellation: None,
        };
        if let Some(order) = purchase.acknowledged().map(str::to_owned)
            && self.random.random_ratio(1, 8)
        {
            let input = json!({ "orderId": order, "accessToken": access_token });
            purchase.cancellation = Some(self.cancel(input).await);
        }
        purchase
    }

    /// Asks until it is answered; now and then gives up instead, and never learns what became of it; now
    /// and then asks once more than is needed.
    async fn place(&mut self, input: &Value) -> (Vec<Outcome<String>>, Value) {
        let (mut outcomes, mut access_token) = (Vec::new(), Value::Null);
        let started = Instant::now();
        loop {
            let payload = self.try_once(PLACE, input).await;
            let outcome = outcome(payload.as_ref());
            if let Some(payload) = &payload {
                access_token = payload["orderAccessToken"].clone();
            }
            let is_over = match &outcome {
                Outcome::Unknown => self.random.random_ratio(1, 8),
                Outcome::Done(_) | Outcome::Refused(_) => !self.random.random_ratio(1, 8),
            };
            outcomes.push(outcome);
            if is_over {
                return (outcomes, access_token);
            }
            if started.elapsed() > PATIENCE {
                out_of_patience(format_args!("nobody answers {input}"));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Refused when the first try went through after all.
    async fn cancel(&mut self, input: Value) -> Outcome<()> {
        let payload = self.insist(CANCEL, input).await;
        match payload["order"]["status"] == "CANCELLED" {
            true => Outcome::Done(()),
            false => Outcome::Refused(payload["userErrors"].to_string()),
        }
    }

    async fn fill_cart(&mut self) -> String {
        let variants: Vec<_> = self.variants.choose_multiple(&mut self.random, 2).cloned().collect();
        let lines: Vec<_> = variants
            .iter()
            .map(|id| json!({ "variantId": id, "quantity": 1 }))
            .collect();
        let input = json!({ "lines": lines, "email": "ada@example.com" });
        let cart = self.insist(&cart_mutation("cartCreate"), input).await;
        let id = cart["cart"]["id"].clone();
        let input = json!({ "cartId": id, "shippingAddress": address() });
        let cart = self.insist(&cart_mutation("cartAddressesUpdate"), input).await;
        let method = &cart["cart"]["shippingMethods"][0]["id"];
        let input = json!({ "cartId": id, "shippingMethodId": method });
        self.insist(&cart_mutation("cartShippingMethodSelect"), input).await;
        id.as_str().unwrap().to_owned()
    }

    /// The payload of a mutation, asked of one server after the other until one answers.
    async fn insist(&mut self, mutation: &str, input: Value) -> Value {
        let started = Instant::now();
        loop {
            if let Some(payload) = self.try_once(mutation, &input).await {
                return payload;
            }
            if started.elapsed() > PATIENCE {
                out_of_patience(format_args!("nobody answers {mutation} {input}"));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn try_once(&mut self, mutation: &str, input: &Value) -> Option<Value> {
        let server = self.servers.choose(&mut self.random).unwrap();
        match server.try_data(mutation, json!({ "input": input })).await {
            Some(Value::Object(data)) => data.into_values().next(),
            _ => None,
        }
    }
}

/// What the answer to a placement says.
pub fn outcome(payload: Option<&Value>) -> Outcome<String> {
    let Some(payload) = payload else {
        return Outcome::Unknown;
    };
    match payload["order"]["id"].as_str() {
        Some(order) => Outcome::Done(order.to_owned()),
        None => Outcome::Refused(payload["userErrors"].to_string()),
    }
}
