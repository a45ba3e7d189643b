//! Staff are told once when little is left, and again only after there was more.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_adapters::mailer::file::DevMail;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const TO: &str = "stock@shop.example.com";
const ADJUST: &str = "mutation($input: InventoryAdjustInput!) { inventoryAdjust(input: $input) {
    stockLevel { available lowStock } userErrors { code message } } }";

/// Sells a mug of which `on_hand` lie in stock, and of which staff want to know at three.
async fn sell(staff: &Client, on_hand: i64) -> String {
    let mutation = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { variants { id } } userErrors { code message field } } }";
    let input = json!({
        "slug": "mug", "title": "Mug <b>blue</b>", "active": true,
        "variants": [{ "sku": "MUG-1", "price": "10.00", "onHand": on_hand, "lowStockThreshold": 3 }],
    });
    let payload = staff.done(mutation, json!({ "input": input })).await;
    payload["product"]["variants"][0]["id"].as_str().unwrap().to_owned()
}

async fn low(staff: &Client) -> Vec<Value> {
    let query = "{ lowStock(first: 100) { nodes { available lowStock variant { sku } } } }";
    let rows = staff.data(query, json!({})).await["lowStock"]["nodes"].take();
    let rows = rows.as_array().unwrap().clone();
    rows.into_iter()
        .filter(|row| row["variant"]["sku"] == "MUG-1")
        .collect()
}

async fn mails(shop: &TestShop) -> Vec<DevMail> {
    shop.settle().await;
    let mails = shop.mails().await;
    mails.into_iter().filter(|mail| mail.to == TO).collect()
}

async fn open() -> (TestShop, Client) {
    let shop = TestShop::open_with(|config| {
        config.shop.alerts_to = Some(TO.to_owned());
        config.auth.access_minutes = 60;
    })
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    (shop, staff)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shop_is_told_once_for_each_crossing() {
    let (shop, staff) = open().await;
    let mug = sell(&staff, 5).await;
    let guest = shop.guest();
    assert_eq!((mails(&shop).await.len(), low(&staff).await.len()), (0, 0));

    // Five, four, three, two: told at three.
    guest.buy(&[(&mug, 1)], "tok_approve").await;
    assert_eq!(mails(&shop).await.len(), 0);
    let refused = guest.buy(&[(&mug, 1)], "tok_decline").await;
    assert_eq!(mails(&shop).await.len(), 1);
    guest.buy(&[(&mug, 1)], "tok_approve").await;
    assert_eq!(mails(&shop).await.len(), 1, "once");
    assert_eq!(
        low(&staff).await,
        [json!({ "available": 2, "lowStock": true, "variant": { "sku": "MUG-1" } })]
    );

    // What was not paid goes back: three are still few, and nobody is told of what they know.
    shop.advance(TimeDelta::minutes(31)).await;
    assert_eq!(guest.order(&refused).await["status"], "CANCELLED");
    assert_eq!(low(&staff).await[0]["available"], 3);
    let input = |delta: i64| json!({ "input": { "variantId": mug, "delta": delta, "reason": "count" } });
    staff.done(ADJUST, input(-1)).await;
    assert_eq!(mails(&shop).await.len(), 1);

    // Above, and down again.
    let level = staff.done(ADJUST, input(2)).await["stockLevel"].take();
    assert_eq!(level, json!({ "available": 4, "lowStock": false }));
    assert_eq!(low(&staff).await.len(), 0);
    staff.done(ADJUST, input(-1)).await;
    let told = mails(&shop).await;
    assert_eq!(told.len(), 2);
    assert!(
        told.iter()
            .all(|mail| mail.subject == "Low stock: Mug <b>blue</b> (MUG-1)"),
        "{told:?}"
    );
    assert!(
        told[1].html.contains("Mug &#60;b&#62;blue") || told[1].html.contains("Mug &lt;b&gt;blue"),
        "{}",
        told[1].html
    );
    assert!(told[1].text.contains("3 available"), "{}", told[1].text);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_order_a_count_and_the_first_few_units_tell_nothing_untrue() {
    let (shop, staff) = open().await;
    // Two are few, but nothing has fallen.
    let mug = sell(&staff, 2).await;
    assert_eq!((mails(&shop).await.len(), low(&staff).await.len()), (0, 1));
    sell(&staff, 9).await;
    // A refused order takes nothing, so that nothing is told.
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 9)]).await).await;
    staff
        .done(
            ADJUST,
            json!({ "input": { "variantId": mug, "delta": -1, "reason": "broken" } }),
        )
        .await;
    assert_eq!(guest.place(&cart, "key", "tok_approve").await["order"], Value::Null);
    assert_eq!(mails(&shop).await.len(), 0);
    sell(&staff, 1).await;
    assert_eq!(mails(&shop).await.len(), 1, "counted down");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_mail_stays_unsent_when_somebody_was_quicker() {
    let (shop, staff) = open().await;
    let mug = sell(&staff, 4).await;
    let job = vitrine_commerce::jobs::Job::SendLowStockMail {
        variant: mug.parse().unwrap(),
    };
    let context = vitrine_commerce::Context::system(shop.shop(), "test");
    shop.shop()
        .transact(&context, |tx| {
            let job = job.clone();
            async move {
                tx.enqueue(None, job);
                Ok(())
            }
        })
        .await
        .unwrap();
    assert_eq!(mails(&shop).await.len(), 0);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_whoever_minds_the_stock_sees_it() {
    let shop = TestShop::open().await;
    let (packer, customer) = (
        shop.staff(StaffRole::Fulfilment).await,
        shop.customer("ada@example.com").await,
    );
    let low = "{ lowStock(first: 1) { nodes { available } } }";
    let entries = "{ stockEntries(variantId: \"var_01j9zzzzzzzzzzzzzzzzzzzzzz\", first: 1) { nodes { kind } } }";
    for query in [low, entries] {
        packer.data(query, json!({})).await;
        for (client, code) in [(&customer, "FORBIDDEN"), (&shop.guest(), "UNAUTHENTICATED")] {
            assert_eq!(
                client.answer(query, json!({})).await["errors"][0]["extensions"]["code"],
                code
            );
        }
    }
    // The demo shop has more that is low than one page of one.
    let page = "query($after: String) { lowStock(first: 1, after: $after) { nodes { variant { sku } } pageInfo { hasNextPage endCursor } } }";
    let (mut skus, mut after) = (Vec::new(), Value::Null);
    loop {
        let data = packer.data(page, json!({ "after": after })).await["lowStock"].take();
        skus.extend(
            data["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["variant"]["sku"].to_string()),
        );
        after = data["pageInfo"]["endCursor"].clone();
        if data["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    let all = "{ lowStock(first: 100) { nodes { variant { sku } } } }";
    let all = packer.data(all, json!({})).await["lowStock"]["nodes"]
        .as_array()
        .unwrap()
        .len();
    let paged = skus.len();
    skus.dedup();
    assert!(
        paged > 1 && paged == all && skus.len() == paged,
        "{paged} of {all}: {skus:?}"
    );
    shop.close().await;
}
