//! One of the crowd.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::header::RETRY_AFTER;
use serde_json::{Value, json};
use tokio::sync::Barrier;
use vitrine_tests::{Client, patience::out_of_patience};

use crate::{
    history::{Outcome, Purchase},
    shopper::{self, PLACE},
};

/// How long one shopper keeps asking: half a thousand of them ask at once, of a server that is not optimised and has a part of a core.
const PATIENCE: Duration = Duration::from_secs(400);

/// How long somebody waits who was not answered at all.
const PAUSE: Duration = Duration::from_millis(50);

/// Somebody at the door of one server, with a cart that is ready.
pub struct Buyer {
    client: Client,
    cart: String,
}

impl Buyer {
    pub async fn arrive(base: String, variant: &str) -> Self {
        // A client of its own keeps a connection of its own.
        let client = Client::guest(base);
        let cart = client.cart_with(&[(variant, 1)]).await;
        let cart = client.check_out(&cart).await["id"].as_str().unwrap().to_owned();
        Self { client, cart }
    }

    /// Asks until it is answered, with the same key.
    pub async fn place(self, begin: Arc<Barrier>) -> Placement {
        let input =
            json!({ "cartId": self.cart, "idempotencyKey": self.cart, "paymentMethod": { "token": "tok_approve" } });
        let body = json!({ "query": PLACE, "variables": { "input": input } });
        begin.wait().await;
        let began = Instant::now();
        let mut placements = Vec::new();
        loop {
            let (outcome, pause) = self.try_once(&body).await;
            let is_known = outcome != Outcome::Unknown;
            placements.push(outcome);
            if is_known {
                break;
            }
            if began.elapsed() > PATIENCE {
                out_of_patience(format_args!("nobody answers {body}"));
            }
            tokio::time::sleep(pause).await;
        }
        Placement {
            began,
            answered: Instant::now(),
            purchase: Purchase {
                cart: self.cart,
                placements,
                cancellation: None,
            },
        }
    }

    /// What came of it, and when to ask again if that is not known.
    async fn try_once(&self, body: &Value) -> (Outcome<String>, Duration) {
        let Ok(response) = self.client.try_post("/graphql", body).await else {
            return (Outcome::Unknown, PAUSE);
        };
        let seconds = response.headers().get(RETRY_AFTER);
        let seconds = seconds.map(|seconds| seconds.to_str().unwrap().parse().unwrap());
        let pause = seconds.map_or(PAUSE, Duration::from_secs);
        let Ok(answer) = response.json::<Value>().await else {
            return (Outcome::Unknown, PAUSE);
        };
        if let Some(error) = answer["errors"].get(0) {
            assert_eq!(error["extensions"]["code"], "SERVICE_UNAVAILABLE", "{answer}");
            assert!(seconds.is_some(), "when to come again is said: {answer}");
            return (Outcome::Unknown, pause);
        }
        (shopper::outcome(Some(&answer["data"]["orderPlace"])), pause)
    }
}

/// One shopper's part of the sale.
pub struct Placement {
    pub began: Instant,
    /// After the last try.
    pub answered: Instant,
    pub purchase: Purchase,
}
