//! The REST facade: the same shop behind paths, statuses and problem details.

mod bad_input;
mod buying;
mod paying;
mod reading;
mod returns;
mod staff;

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::address};

/// An answer: its status, its headers and its body.
struct Answer {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: Value,
}

impl Answer {
    async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Self { status, headers, body }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The status and the code of a problem, which is checked for its form.
    fn problem(&self) -> (u16, &str) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        assert_eq!(self.body["status"], self.status, "{}", self.body);
        assert_eq!(self.body["instance"], self.header("x-request-id"));
        let code = self.body["code"].as_str().unwrap();
        let slug = code.to_lowercase().replace('_', "-");
        assert_eq!(self.body["type"], format!("/problems/{slug}"));
        for text in ["title", "detail"] {
            assert!(
                self.body[text].as_str().is_some_and(|text| !text.is_empty()),
                "{}",
                self.body
            );
        }
        assert!(self.body["errors"].is_array());
        (self.status, code)
    }
}

fn url(client: &Client, path: &str) -> String {
    format!("{}{path}", client.base())
}

fn signed_in(client: &Client, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
    match client.access_token() {
        Some(token) => request.bearer_auth(token),
        None => request,
    }
}

async fn post(client: &Client, path: &str, key: &str, body: Value) -> Answer {
    let request = vitrine_tests::client::http().post(url(client, path)).json(&body);
    Answer::of(signed_in(client, request).header("idempotency-key", key)).await
}

/// As [`post`], by whoever holds the order's token.
async fn post_holding(client: &Client, path: &str, token: &str, key: &str, body: Value) -> Answer {
    let request = vitrine_tests::client::http().post(url(client, path)).json(&body);
    Answer::of(
        request
            .header("idempotency-key", key)
            .header("order-access-token", token),
    )
    .await
}

async fn get(client: &Client, path: &str, token: Option<&str>) -> Answer {
    let request = signed_in(client, vitrine_tests::client::http().get(url(client, path)));
    Answer::of(match token {
        Some(token) => request.header("order-access-token", token),
        None => request,
    })
    .await
}

/// Everything that an order of one mug needs.
fn one_mug(token: &str) -> Value {
    json!({
        "lines": [{ "sku": "MUG-1", "quantity": 1 }],
        "email": "ada@example.com",
        "shippingAddress": address(),
        "paymentMethod": { "token": token },
    })
}

/// A shop with ten mugs, and who minds it.
async fn shop_with_mugs() -> (TestShop, Client) {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    staff.sell("MUG-1", "10.00", 10).await;
    (shop, staff)
}

/// An order of one mug by a guest, who has not waited for its payment: its path and its token.
async fn bought_with(shop: &TestShop, token: &str) -> (String, String) {
    let answer = post(&shop.guest(), "/api/checkout", "key", one_mug(token)).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let access_token = answer.body["accessToken"].as_str().unwrap().to_owned();
    (answer.header("location").to_owned(), access_token)
}
