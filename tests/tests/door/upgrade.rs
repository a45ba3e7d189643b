//! A database that an older version filled answers after the migration as it did before it, and what
//! waited in it is done. `tests/fixtures/upgrade/README.md` tells how its rows were made.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use serde_json::{Value, json};
use vitrine_adapters::config::{BankTransfer, CashOnDelivery, Config};
use vitrine_entity::staff_member::StaffRole;
use vitrine_migration::{Migrator, MigratorTrait};
use vitrine_tests::{Client, TestShop, memory::TestClock, shop::PASSWORD};

use crate::purchase::dispatch;

/// How many migrations the rows had seen.
const VERSION: u32 = 3;

const PLACE: &str = "mutation($input: OrderPlaceInput!) { orderPlace(input: $input) { order { id } orderAccessToken replayed userErrors { code message } } }";
const RETRY: &str = "mutation($input: OrderPaymentRetryInput!) { orderPaymentRetry(input: $input) { order { id } userErrors { code message } } }";
const CAPTURE: &str = "mutation($input: PaymentCaptureInput!) { paymentCapture(input: $input) { order { id } userErrors { code message } } }";
const REFUND: &str = "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { refund { id } userErrors { code message } } }";
const REFRESH: &str = "mutation($input: TokenRefreshInput!) { tokenRefresh(input: $input) { session { customer { email } } userErrors { code message } } }";
const REVIVE: &str =
    "mutation($input: JobsReviveInput!) { jobsRevive(input: $input) { revived userErrors { code message } } }";

/// A line no longer than this holds a whole object.
const WIDTH: usize = 160;

/// The shop of before, migrated.
struct Upgraded {
    shop: TestShop,
    known: Value,
    staff: Client,
    guest: Client,
    ada: Client,
    bob: Client,
}

impl Upgraded {
    async fn open() -> Self {
        let known: Value = serde_json::from_str(&fixture("m0003.json")).unwrap();
        let clock = TestClock::at(known["now"].as_str().unwrap().parse().unwrap());
        let shop = TestShop::open_on(with_all_methods, clock, load).await;
        let guest = shop.guest();
        Self {
            staff: shop.sign_in(StaffRole::Administrator).await,
            ada: customer(&guest, "ada@example.com").await,
            bob: customer(&guest, "bob@example.com").await,
            guest,
            shop,
            known,
        }
    }

    fn purchases(&self) -> &[Value] {
        self.known["purchases"].as_array().unwrap()
    }

    fn purchase(&self, name: &str) -> &Value {
        self.purchases().iter().find(|known| known["name"] == name).unwrap()
    }

    /// Whoever bought it.
    fn buyer(&self, purchase: &Value) -> &Client {
        match purchase["customer"].as_str() {
            None => &self.guest,
            Some("ada@example.com") => &self.ada,
            Some("bob@example.com") => &self.bob,
            Some(other) => panic!("nobody knows {other}"),
        }
    }
}

fn with_all_methods(config: &mut Config) {
    config.payment.bank_transfer = Some(BankTransfer {
        instructions: "Send {amount} to DE02 1203 0000 0000 2020 51, for {number}.".to_owned(),
        hold_days: 7,
    });
    config.payment.cash_on_delivery = Some(CashOnDelivery {});
}

fn fixture(name: &str) -> String {
    let path = format!("{}/fixtures/upgrade/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn question(name: &str) -> String {
    fixture(&format!("{name}.graphql"))
}

/// As the older version left it.
async fn load(db: &DatabaseConnection) {
    Migrator::up(db, Some(VERSION)).await.unwrap();
    let mut rows = fixture("m0003.sql");
    if db.get_database_backend() == DbBackend::Postgres {
        rows = for_postgres(&rows);
    }
    db.execute_unprepared(&rows).await.unwrap();
}

/// SQLite keeps ids and hashes as bytes, `x'…'`. PostgreSQL has a type for ids, which are shorter.
fn for_postgres(rows: &str) -> String {
    let mut parts = rows.split("x'");
    let mut sql = parts.next().unwrap().to_owned();
    for part in parts {
        let hex = part.split('\'').next().unwrap();
        sql.push_str(match hex.len() {
            _ if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) => "x'",
            32 => "'",
            _ => "'\\x",
        });
        sql.push_str(part);
    }
    sql
}

async fn customer(guest: &Client, email: &str) -> Client {
    let mutation = "mutation($input: CustomerLoginInput!) { customerLogin(input: $input) { session { accessToken } userErrors { code message } } }";
    let input = json!({ "input": { "email": email, "password": PASSWORD } });
    let payload = guest.done(mutation, input).await;
    guest.with_token(payload["session"]["accessToken"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_stays_the_same() {
    let old = Upgraded::open().await;
    let [to_staff, to_buyer, jobs_of] = ["order", "buyer", "jobs_of_an_order"].map(question);
    let (mut staff_see, mut buyers_see, mut jobs) = (json!({}), json!({}), json!({}));
    for purchase in old.purchases() {
        let (name, id) = (purchase["name"].as_str().unwrap(), &purchase["order"]);
        let asked = json!({ "id": id, "token": purchase["accessToken"] });
        staff_see[name] = old.staff.data(&to_staff, json!({ "id": id })).await;
        buyers_see[name] = old.buyer(purchase).data(&to_buyer, asked).await;
        jobs[name] = old.staff.data(&jobs_of, json!({ "id": id })).await;
    }
    jobs["all"] = old.staff.data(&question("jobs"), json!({})).await;
    let customer = question("customer");
    let customers = json!({
        "ada": old.ada.data(&customer, json!({})).await,
        "bob": old.bob.data(&customer, json!({})).await,
    });
    let carts = each(&old.ada, "cart", &old.known["carts"]).await;
    let variants = each(&old.staff, "variant", &old.known["variants"]).await;
    let books = old.staff.data(&question("books"), json!({})).await;
    old.shop.abandon().await;
    insta::assert_snapshot!("orders_to_staff", render(&staff_see, 0));
    insta::assert_snapshot!("orders_to_their_buyers", render(&buyers_see, 0));
    insta::assert_snapshot!("jobs", render(&jobs, 0));
    insta::assert_snapshot!("customers", render(&customers, 0));
    insta::assert_snapshot!("carts", render(&carts, 0));
    insta::assert_snapshot!("variants", render(&variants, 0));
    insta::assert_snapshot!("books", render(&books, 0));
}

/// What `asker` is told of each of `ids`.
async fn each(asker: &Client, name: &str, ids: &Value) -> Value {
    let (question, mut answers) = (question(name), Vec::new());
    for id in ids.as_array().unwrap() {
        answers.push(asker.data(&question, json!({ "id": id })).await);
    }
    Value::Array(answers)
}

/// JSON with a line for whatever fits on one.
fn render(value: &Value, indent: usize) -> String {
    let line = value.to_string();
    if line.len() + 2 * indent <= WIDTH {
        return line;
    }
    let inner = indent + 1;
    let (open, close, parts): (_, _, Vec<_>) = match value {
        Value::Array(items) => ("[", "]", items.iter().map(|item| render(item, inner)).collect()),
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| format!("{name:?}: {}", render(value, inner));
            ("{", "}", fields.iter().map(field).collect())
        }
        _ => return line,
    };
    let (pad, end) = ("  ".repeat(inner), "  ".repeat(indent));
    format!("{open}\n{pad}{}\n{end}{close}", parts.join(&format!(",\n{pad}")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_asked_before_is_known_again() {
    let old = Upgraded::open().await;
    for purchase in old.purchases() {
        let (buyer, mut input) = (old.buyer(purchase), purchase["input"].clone());
        let placed = buyer.done(PLACE, json!({ "input": input })).await;
        let expected = json!({ "order": { "id": purchase["order"] }, "orderAccessToken": purchase["accessToken"],
            "replayed": true, "userErrors": [] });
        assert_eq!(placed, expected, "{purchase}");
        input["paymentMethod"] = json!({ "token": "tok_another" });
        let other = buyer.refusals(PLACE, json!({ "input": input })).await;
        assert_eq!(other, ["IDEMPOTENCY_KEY_REUSED"], "{purchase}");
    }
    let of = |name: &str, key: &str| json!({ "orderId": old.purchase(name)["order"], "idempotencyKey": key });
    let again = |mut input: Value, field: &str, value: Value| {
        input[field] = value;
        json!({ "input": input })
    };

    let mut refund = of("ada refunded in part", "refund 1");
    refund["reason"] = json!("a scratch");
    let refunds = "query($id: ID!) { order(id: $id) { refunds { id amount { amount } } } }";
    let refunds = old.staff.data(refunds, json!({ "id": refund["orderId"] })).await;
    let first = &refunds["order"]["refunds"][0];
    let repeated = old
        .staff
        .done(REFUND, again(refund.clone(), "amount", json!("3.00")))
        .await;
    assert_eq!(
        (&repeated["refund"]["id"], &first["amount"]["amount"]),
        (&first["id"], &json!("3.00"))
    );
    let other = old.staff.refusals(REFUND, again(refund, "amount", json!("3.50"))).await;
    assert_eq!(other, ["IDEMPOTENCY_KEY_REUSED"]);

    let capture = of("ada captured in part", "capture 1");
    old.staff
        .done(CAPTURE, again(capture.clone(), "amount", json!("8.00")))
        .await;
    let other = old
        .staff
        .refusals(CAPTURE, again(capture, "amount", json!("7.00")))
        .await;
    assert_eq!(other, ["IDEMPOTENCY_KEY_REUSED"]);

    let retry = of("ada retried", "retry");
    let same = again(retry.clone(), "paymentMethod", json!({ "token": "tok_approve" }));
    old.ada.done(RETRY, same).await;
    let other = again(retry, "paymentMethod", json!({ "token": "tok_pending" }));
    assert_eq!(old.ada.refusals(RETRY, other).await, ["IDEMPOTENCY_KEY_REUSED"]);

    let session = json!({ "input": { "refreshToken": old.known["refreshToken"] } });
    let session = old.guest.done(REFRESH, session).await["session"].take();
    assert_eq!(session["customer"]["email"], "ada@example.com");
    old.shop.abandon().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waited_is_done_and_the_books_balance() {
    let mut old = Upgraded::open().await;
    let all = json!({ "kind": "send_order_mail", "buriedSince": "2030-01-01T00:00:00Z" });
    let revived = old.staff.done(REVIVE, json!({ "input": all })).await;
    assert_eq!(revived["revived"], 1);
    old.shop.work();
    // The lease of the worker that died runs out, and what is pending is decided.
    for minutes in [2, 2, 10, 30] {
        old.shop.advance(TimeDelta::minutes(minutes)).await;
    }
    let staff = old.shop.sign_in(StaffRole::Administrator).await;
    // Before what is held lapses, and what is awaited is given up.
    for name in ["held", "capture refused"] {
        dispatch(&staff, old.purchase(name)["order"].as_str().unwrap()).await;
    }
    let came = json!({ "orderId": old.purchase("transfer awaited")["order"], "idempotencyKey": "it came" });
    staff.done(CAPTURE, json!({ "input": came })).await;
    old.shop.settle().await;
    let query = "query($id: ID!) { order(id: $id) { status payments { status capturedAmount { amount } refundedAmount { amount } } refunds { status } } }";
    let mut ends = json!({});
    for purchase in old.purchases() {
        let answer = staff.data(query, json!({ "id": purchase["order"] })).await;
        ends[purchase["name"].as_str().unwrap()] = answer["order"].clone();
    }
    insta::assert_snapshot!("where_all_comes_to_rest", render(&ends, 0));
    old.shop.close().await;
}

/// As [`load`], with an account whose domain was kept as mail servers write it.
async fn load_with_letters(db: &DatabaseConnection) {
    load(db).await;
    let mut row = "insert into customer (id, email, name, password_hash, created_at) \
        select x'01bb4754020072c498089de07374d0d1', 'ada@xn--mller-kva.example', name, password_hash, created_at \
        from customer where email = 'ada@example.com'"
        .to_owned();
    if db.get_database_backend() == DbBackend::Postgres {
        row = row.replace(
            "x'01bb4754020072c498089de07374d0d1'",
            "'01bb4754020072c498089de07374d0d1'::uuid",
        );
    }
    db.execute_unprepared(&row).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_found_by_its_domains_letters() {
    let known: Value = serde_json::from_str(&fixture("m0003.json")).unwrap();
    let clock = TestClock::at(known["now"].as_str().unwrap().parse().unwrap());
    let shop = TestShop::open_on(with_all_methods, clock, load_with_letters).await;
    let guest = shop.guest();
    for email in ["ada@müller.example", "Ada@xn--mller-kva.example"] {
        let account = customer(&guest, email)
            .await
            .data("{ viewer { email } }", json!({}))
            .await;
        assert_eq!(account["viewer"]["email"], "ada@müller.example", "{account}");
    }
    shop.abandon().await;
}
