//! Amounts that Stripe takes in steps only: found in the cart, and not at the charge.

use std::sync::Arc;

use serde_json::json;
use vitrine_adapters::config::Config;
use vitrine_tests::{TestShop, memory::TestClock, stripe_stand_in::StripeStandIn};

use super::{StripeShop, charge_by};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_total_with_an_odd_thousandth_is_a_problem_of_the_cart() {
    let stripe = StripeStandIn::start(Arc::new(TestClock::default())).await.unwrap();
    // The demo's goods have prices in euros.
    let change = |config: &mut Config| {
        charge_by(config, &stripe);
        config.shop.currency = Some("KWD".to_owned());
    };
    let mut shop = TestShop::open_on(change, TestClock::default(), async |_| {}).await;
    shop.work();
    let shop = StripeShop::of(shop, stripe).await;
    let set = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { variants { id } } userErrors { message } } }";
    let input = json!({ "slug": "song", "title": "Song", "active": true,
        "variants": [{ "sku": "SONG-1", "price": "5.124", "onHand": 50, "requiresShipping": false }] });
    let song = shop.staff.done(set, json!({ "input": input })).await["product"]["variants"][0]["id"].take();
    let create = "mutation($input: CartCreateInput!) { cartCreate(input: $input) { cart { id cost { total { amount currencyCode } } problems { code } } userErrors { code } } }";
    let cart = async |quantity: i64| {
        let lines = json!([{ "variantId": song, "quantity": quantity }]);
        let input = json!({ "input": { "lines": lines, "email": "ada@example.com" } });
        shop.guest.done(create, input).await["cart"].take()
    };
    let odd = cart(1).await;
    assert_eq!(
        odd["cost"]["total"],
        json!({ "amount": "5.124", "currencyCode": "KWD" })
    );
    assert_eq!(odd["problems"], json!([{ "code": "NOT_PAYABLE" }]));
    let refused = shop.guest.place(&odd, "odd", "pm_card_visa").await;
    assert_eq!(refused["userErrors"][0]["code"], "INVALID_AMOUNT", "{refused}");

    let even = cart(5).await;
    assert_eq!(even["problems"], json!([]));
    let placed = shop.guest.place(&even, "even", "pm_card_visa").await;
    assert_eq!(placed["order"]["cost"]["total"]["amount"], "25.620", "{placed}");
    shop.shop.settle().await;
    let id = &placed["order"]["id"];
    let query = "query($id: ID!) { order(id: $id) { payment { status capturedAmount { amount } } } }";
    let payment = shop.staff.data(query, json!({ "id": id })).await["order"]["payment"].take();
    assert_eq!(
        payment,
        json!({ "status": "CAPTURED", "capturedAmount": { "amount": "25.620" } })
    );
    let refund = "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { userErrors { code field } } }";
    let input = json!({ "input": { "orderId": id, "amount": "1.005", "idempotencyKey": "part" } });
    let refused = shop.staff.payload(refund, input).await["userErrors"][0].take();
    assert_eq!(
        refused,
        json!({ "code": "INVALID_AMOUNT", "field": ["input", "amount"] })
    );

    // A unit cost an odd thousandth: what is paid back for it is not refused for that, and the last units take the rest.
    let lines = "query($id: ID!) { order(id: $id) { lines { id } payment { refundedAmount { amount } } } }";
    let line = shop.staff.data(lines, json!({ "id": id })).await["order"]["lines"][0]["id"].take();
    let refund = "mutation($input: OrderRefundInput!) { orderRefund(input: $input) { amount { amount } userErrors { code message field } } }";
    for (units, amount) in [(1, "5.120"), (4, "20.500")] {
        let of = json!({ "orderId": id, "idempotencyKey": format!("{units} units"),
            "lines": [{ "lineId": line, "quantity": units }] });
        let paid = shop.staff.done(refund, json!({ "input": of })).await;
        assert_eq!(paid["amount"]["amount"], amount);
        shop.shop.settle().await;
    }
    let paid = shop.staff.data(lines, json!({ "id": id })).await["order"]["payment"].take();
    assert_eq!(paid["refundedAmount"]["amount"], "25.620");
    shop.close().await;
}
