//! Our payment ledger against the provider's: what is found, what mends itself, and what staff
//! decide. The provider's books are changed behind our back, as its dashboard would.

mod findings;
mod older;
mod repairs;
mod runs;
mod shared_account;
mod unanswered;

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement, Value as SqlValue};
use serde_json::{Value, json};
use vitrine_entity::{payment, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder, shop::PASSWORD};

const START: &str = "mutation($input: ReconciliationStartInput!) { reconciliationStart(input: $input) { reconciliation { id status } userErrors { code message field } } }";
const REPAIR: &str = "mutation($input: ReconciliationFindingRepairInput!) { reconciliationFindingRepair(input: $input) { finding { status } userErrors { code message } } }";
const DISMISS: &str = "mutation($input: ReconciliationFindingDismissInput!) { reconciliationFindingDismiss(input: $input) { finding { status note } userErrors { code message } } }";
const REFUND: &str = "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { refund { id } userErrors { code message } } }";
const REPORT: &str = "query($id: ID!) { reconciliation(id: $id) {
    status matched foreign missingHere missingThere different unanswered open error finishedAt
    findings(first: 10) { nodes { id kind status repair summary note reference decidedBy payment { status }
        ours { status capturedAmount { amount } refundedAmount { amount } }
        theirs { status capturedAmount { amount } refundedAmount { amount } } } } } }";

/// A shop, its administrator, and an order that was placed with `token` and has come to rest.
struct Bought {
    shop: TestShop,
    staff: Client,
    guest: Client,
    placed: PlacedOrder,
    /// The variant that was bought.
    mug: String,
}

impl Bought {
    async fn with(token: &str) -> Self {
        Self::of(TestShop::open().await, token).await
    }

    async fn of(shop: TestShop, token: &str) -> Self {
        let staff = shop.staff(StaffRole::Administrator).await;
        let mug = staff.sell("MUG-1", "10.00", 10).await;
        let guest = shop.guest();
        let placed = guest.buy(&[(&mug, 1)], token).await;
        shop.settle().await;
        Self {
            shop,
            staff,
            guest,
            placed,
            mug,
        }
    }

    /// The only attempt.
    async fn payment(&self) -> payment::Model {
        let payment = payment::Entity::find().filter(payment::Column::Superseded.eq(false));
        payment.one(&self.shop.shop().db).await.unwrap().unwrap()
    }

    /// Lets days pass. Nobody's session lasts so long.
    async fn later(&mut self, days: i64) {
        self.shop.advance(TimeDelta::days(days)).await;
        let mutation = "mutation($input: StaffLoginInput!) { staffLogin(input: $input) { session { accessToken } userErrors { code message } } }";
        let input = json!({ "input": { "email": "administrator@example.com", "password": PASSWORD } });
        let payload = self.guest.done(mutation, input).await;
        self.staff = self
            .guest
            .with_token(payload["session"]["accessToken"].as_str().unwrap());
    }

    /// Staff pay a part of the order back, and it comes through.
    async fn refund(&self, amount: &str, key: &str) {
        let input =
            json!({ "orderId": self.placed.id, "amount": amount, "reason": "a scratch", "idempotencyKey": key });
        self.staff.done(REFUND, json!({ "input": input })).await;
        self.shop.settle().await;
    }

    async fn reconcile(&self) -> Value {
        reconcile(&self.shop, &self.staff).await
    }

    /// Changes what our own rows, or the provider's books, say.
    async fn sql(&self, sql: &str, values: Vec<SqlValue>) {
        let db = &self.shop.shop().db;
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        assert_ne!(db.execute_raw(statement).await.unwrap().rows_affected(), 0, "{sql}");
    }

    async fn repair(&self, finding: &Value) {
        self.staff
            .done(REPAIR, json!({ "input": { "findingId": finding["id"] } }))
            .await;
        self.shop.settle().await;
    }
}

/// Compares the books of the last day, waits until that is done, and answers the report.
async fn reconcile(shop: &TestShop, staff: &Client) -> Value {
    shop.advance(TimeDelta::seconds(1)).await;
    let id = start(shop, staff).await;
    shop.settle().await;
    let report = report(staff, &id).await;
    assert_eq!((&report["status"], &report["error"]), (&json!("DONE"), &json!(null)));
    assert_eq!(report["unanswered"], 0);
    report
}

async fn start(shop: &TestShop, staff: &Client) -> Value {
    start_of("simulated", shop, staff).await
}

async fn start_of(provider: &str, shop: &TestShop, staff: &Client) -> Value {
    let until = shop.shop().now();
    let input = json!({ "provider": provider, "since": until - TimeDelta::days(1), "until": until });
    staff.done(START, json!({ "input": input })).await["reconciliation"]["id"].take()
}

async fn report(staff: &Client, id: &Value) -> Value {
    staff.data(REPORT, json!({ "id": id })).await["reconciliation"].take()
}

/// The report's counts: matched, foreign, missing here, missing there, different, open.
fn counts(report: &Value) -> [i64; 6] {
    ["matched", "foreign", "missingHere", "missingThere", "different", "open"]
        .map(|name| report[name].as_i64().unwrap())
}

/// The report's only finding.
fn only_finding(report: &Value) -> &Value {
    let findings = report["findings"]["nodes"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{report:#}");
    &findings[0]
}
