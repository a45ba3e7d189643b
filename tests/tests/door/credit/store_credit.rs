use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;

use super::{REFUND, cancel, cents, history, open, order, paying, text};

const MINE: &str = "{ viewer { id storeCredit { id balance { amount currencyCode }
    entries(first: 50) { nodes { kind reason amount { amount } } } } } }";
const GRANT: &str = "mutation($input: StoreCreditGrantInput!) { storeCreditGrant(input: $input) {
    storeCredit { id balance { amount } } userErrors { code message field } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_is_given_credit_and_pays_with_it() {
    let (shop, staff, mug) = open().await;
    let ada = shop.customer("ada@example.com").await;
    let me = ada.data(MINE, json!({})).await["viewer"].take();
    assert_eq!(me["storeCredit"], json!([]));
    let give =
        |amount: &str| json!({ "input": { "customerId": me["id"], "amount": amount, "reason": "Sorry for the wait" } });
    assert_eq!(shop.guest().refusals(GRANT, give("1")).await, ["UNAUTHENTICATED"]);
    assert_eq!(ada.refusals(GRANT, give("1")).await, ["FORBIDDEN"]);
    assert_eq!(staff.refusals(GRANT, give("0")).await, ["INVALID_AMOUNT"]);
    staff.done(GRANT, give("3.00")).await;
    assert_eq!(
        staff.done(GRANT, give("2.50")).await["storeCredit"]["balance"]["amount"],
        "5.50"
    );
    let mine = ada.data(MINE, json!({})).await["viewer"]["storeCredit"][0].take();
    assert_eq!(history(&mine), ["ISSUED 3.00", "ISSUED 2.50"]);
    assert_eq!(mine["entries"]["nodes"][0]["reason"], "Sorry for the wait");

    let cart = ada.check_out(&ada.cart_with(&[(&mug, 1)]).await).await;
    let switch = |cart: &Value, on: bool| json!({ "input": { "cartId": cart["id"], "use": on } });
    let paid = ada.done(&paying("cartStoreCreditUpdate"), switch(&cart, true)).await["cart"].take();
    assert_eq!(
        (cents(&paid["cost"]["credit"]), &paid["credits"][0]["kind"]),
        (550, &json!("STORE_CREDIT"))
    );
    let off = ada.done(&paying("cartStoreCreditUpdate"), switch(&cart, false)).await["cart"].take();
    assert_eq!((cents(&off["cost"]["credit"]), &off["credits"]), (0, &json!([])));
    ada.done(&paying("cartStoreCreditUpdate"), switch(&cart, true)).await;
    let placed = ada.place(&cart, "k1", "tok_approve").await;
    shop.settle().await;
    assert_eq!(cents(&order(&ada, &placed).await["cost"]["credit"]), 550);
    let mine = ada.data(MINE, json!({})).await["viewer"]["storeCredit"][0].take();
    assert_eq!(text(&mine["balance"]["amount"]), "0.00");

    // What did not come is there again.
    cancel(&ada, &placed).await;
    shop.settle().await;
    let mine = ada.data(MINE, json!({})).await["viewer"]["storeCredit"][0].take();
    assert_eq!(history(&mine)[2..], ["REDEEMED -5.50", "GIVEN_BACK 5.50"]);

    // A guest has none, and nobody uses another's.
    let guest = shop.guest();
    let theirs = guest.cart_with(&[(&mug, 1)]).await;
    assert_eq!(
        guest
            .refusals(&paying("cartStoreCreditUpdate"), switch(&theirs, true))
            .await,
        ["UNAUTHENTICATED"]
    );
    let eve = shop.customer("eve@example.com").await;
    let hers = eve.cart_with(&[(&mug, 1)]).await;
    assert_eq!(
        eve.refusals(&paying("cartStoreCreditUpdate"), switch(&hers, true))
            .await,
        ["INVALID"]
    );
    assert_eq!(
        eve.refusals(&paying("cartStoreCreditUpdate"), switch(&cart, true))
            .await,
        ["NOT_FOUND"]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_that_was_not_paid_gives_credit_back_by_itself() {
    let (shop, staff, mug) = open().await;
    let ada = shop.customer("ada@example.com").await;
    let me = ada.data(MINE, json!({})).await["viewer"].take();
    let give = json!({ "input": { "customerId": me["id"], "amount": "2.00", "reason": "Welcome" } });
    staff.done(GRANT, give).await;
    let cart = ada.check_out(&ada.cart_with(&[(&mug, 1)]).await).await;
    let on = json!({ "input": { "cartId": cart["id"], "use": true } });
    ada.done(&paying("cartStoreCreditUpdate"), on).await;
    let placed = ada.place(&cart, "k1", "tok_decline").await;
    shop.settle().await;
    let balance = async || ada.data(MINE, json!({})).await["viewer"]["storeCredit"][0]["balance"]["amount"].take();
    assert_eq!(balance().await, "0.00", "it is held while the shopper may try again");
    let back = json!({ "input": { "orderId": placed["order"]["id"], "idempotencyKey": "r1" } });
    assert_eq!(
        staff.refusals(REFUND, back).await,
        ["PAYMENT_STATE"],
        "nothing is paid yet"
    );
    shop.advance(chrono::TimeDelta::days(1)).await;
    assert_eq!(order(&shop.guest(), &placed).await["status"], "CANCELLED");
    let staff = shop.sign_in(StaffRole::Administrator).await;
    let balances = "{ customers(first: 1) { nodes { storeCredit { balance { amount } } } } }";
    let told = staff.data(balances, json!({})).await;
    assert_eq!(
        told["customers"]["nodes"][0]["storeCredit"][0]["balance"]["amount"],
        "2.00"
    );
    shop.close().await;
}
