//! How many statements a purchase takes: fixed, so that one more has to be meant.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use futures::future::BoxFuture;
use insta::assert_json_snapshot;
use sea_orm::{ColumnTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use vitrine_adapters::payment::simulated::deliver_over_http;
use vitrine_commerce::{Context, catalog::sales, work};
use vitrine_entity::{
    outbox::{self, OutboxState},
    staff_member::StaffRole,
};
use vitrine_tests::{TestShop, memory::TestClock};

const REFUND: &str =
    "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { userErrors { code message } } }";

/// Does what is due, one job after the other, and gives how many statements each took, by its name and how often it
/// was done.
fn do_jobs(shop: &TestShop) -> BoxFuture<'_, BTreeMap<String, usize>> {
    // On the heap: what a job takes is large where it is not optimised.
    Box::pin(async {
        let mut taken = BTreeMap::new();
        loop {
            let open = outbox::Entity::find()
                .filter(outbox::Column::State.is_in([OutboxState::Ready, OutboxState::HandedOver]))
                .filter(outbox::Column::RunAt.lte(shop.shop().now()))
                .order_by_asc(outbox::Column::Id);
            let Some(row) = open.one(&shop.shop().db).await.unwrap() else {
                return taken;
            };
            shop.statements.take();
            work::run(shop.shop(), row.id).await.unwrap();
            let name = row.job["job"].as_str().unwrap().to_owned();
            *taken.entry(name).or_default() += shop.statements.take_count();
        }
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_takes_so_many_statements() {
    let shop = TestShop::open_on(|_| {}, TestClock::default(), async |_| {}).await;
    let context = Context::system(shop.shop(), "test");
    vitrine_demo::seed(shop.shop(), &context, |_, _| {}).await.unwrap();
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let mug = staff.sell("MUG-1", "11.90", 10).await;
    let ids = [(mug.as_str(), 1)];
    do_jobs(&shop).await;
    let webhook = shop.config().simulated_webhook_url();
    let deliver = async || {
        let http = reqwest::Client::new();
        deliver_over_http(shop.provider(), &http, &webhook).await.unwrap();
    };
    // Once before, so that what is kept by revision has been read.
    guest.buy(&ids, "tok_approve").await;
    do_jobs(&shop).await;
    deliver().await;
    do_jobs(&shop).await;

    shop.statements.take();
    let cart = guest.cart_with(&ids).await;
    let created = shop.statements.take_count();
    let cart = guest.check_out(&cart).await;
    let filled_in = shop.statements.take_count();
    let bought = guest.place(&cart, "key", "tok_approve").await;
    let placed = shop.statements.take_count();
    let jobs = do_jobs(&shop).await;
    shop.statements.take();
    deliver().await;
    let told = shop.statements.take_count();
    let jobs_of_webhook = do_jobs(&shop).await;
    // Those of the provider's own books are not counted, nor those that begin and end transactions.
    let name = match shop.shop().db.get_database_backend() {
        // What is written together is one statement there.
        DbBackend::Postgres => "purchase_on_postgres",
        _ => "purchase",
    };
    assert_json_snapshot!(
        name,
        json!({ "cart created": created, "three changes of the cart": filled_in, "order placed": placed, "jobs": jobs,
            "webhook": told, "jobs of the webhook": jobs_of_webhook })
    );

    // What was to look after the payment and the order has nothing to look after.
    shop.clock.advance(TimeDelta::days(1));
    assert_eq!(do_jobs(&shop).await, BTreeMap::new());

    // What was sold is counted for many orders together.
    assert_eq!(sales::count(shop.shop()).await.unwrap(), 2);
    let jobs = do_jobs(&shop).await;
    assert_eq!(jobs.keys().collect::<Vec<_>>(), ["index_products.v1"]);

    // What the order was paid with is read once for a refund: no gift cards were bought by it.
    let staff = shop.sign_in(StaffRole::Administrator).await;
    shop.statements.take();
    let input = json!({ "orderId": bought["order"]["id"], "amount": "1.00", "idempotencyKey": "back" });
    staff.done(REFUND, json!({ "input": input })).await;
    let asked = shop.statements.take();
    let reads = asked.iter().filter(|(sql, _)| sql.contains("\"superseded\" DESC"));
    assert_eq!(reads.map(|(_, count)| *count).sum::<usize>(), 1, "{asked:#?}");
    do_jobs(&shop).await;
    deliver().await;
    do_jobs(&shop).await;
    shop.close().await;
}
