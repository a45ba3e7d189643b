//! What people who run other shops have reported of discounts and gift cards, where it takes more than a basket to see it.
//! Baskets stand in `commerce/src/discounts/rules/tests/reports.rs`, and what other tests show, in `docs/discount-reports.md`.

use futures::future::join_all;
use serde_json::{Value, json};
use vitrine_tests::Client;

use super::{DEACTIVATE, PLACE, USES, cart_of, change, download, open, place, refused, switched_on};

const DELETE: &str = "mutation($input: DiscountDeleteInput!) { discountDelete(input: $input) { discount { id } userErrors { code message } } }";
const ISSUE: &str = "mutation($input: GiftCardCreateInput!) { giftCardCreate(input: $input) { giftCard { id } code userErrors { code message } } }";
const ADD_CARD: &str = "mutation($input: CartGiftCardAddInput!) { cartGiftCardAdd(input: $input) {
    cart { cost { tax { amount } credit { amount } due { amount } } } userErrors { code message } } }";
const REFUND: &str = "mutation($input: OrderRefundInput!) { orderRefund(input: $input) { amount { amount } userErrors { code message } } }";

async fn uses(staff: &Client, discount: &Value) -> Value {
    staff.data(USES, json!({ "id": discount })).await["discount"]["useCount"].take()
}

async fn typed(client: &Client, email: &str, goods: &str, code: &str) -> Value {
    let basket = cart_of(client, email, &[(goods, 1)]).await;
    let input = json!({ "cartId": basket["id"], "codes": [code] });
    change(client, "cartDiscountCodesAdd", input).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_reported_of_limits_elsewhere_is_right_here() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let song = download(&staff, "SONG-1", "10.00").await;
    // shopware#18716: orders at once by different codes went beyond what all codes may together. shopware#4177: the last of
    // as many codes as the discount may be used was refused.
    let two = json!({ "title": "Two of us", "method": "CODE", "kind": "ORDER", "value": { "percentage": 50 },
        "usageLimit": 2, "usageLimitPerCode": 1 });
    let two = switched_on(&staff, two, &["ONE", "TWO", "THREE"]).await;
    let mut carts = Vec::new();
    for code in ["ONE", "TWO", "THREE"] {
        carts.push(typed(&guest, &format!("{code}@example.com"), &song, code).await);
    }
    let placing = carts
        .iter()
        .map(|cart| place(&guest, cart, cart["id"].as_str().unwrap()));
    let placed = join_all(placing).await;
    let (had, late): (Vec<_>, Vec<_>) =
        (carts.iter().zip(&placed)).partition(|(_, placed)| placed["userErrors"] == json!([]));
    assert_eq!(had.len(), 2, "{placed:#?}");
    assert_eq!(late[0].1["userErrors"][0]["code"], "DISCOUNT_UNAVAILABLE");
    // saleor#8219: an order that was completed twice counted twice.
    let again = place(&guest, had[0].0, had[0].0["id"].as_str().unwrap()).await;
    assert_eq!(again["order"]["id"], had[0].1["order"]["id"]);
    assert_eq!(uses(&staff, &two).await, 2);

    // vendure#5278: what took nothing off counted as a use. shopware#3385: beside another that applies by itself, a code did
    // not count.
    let half = json!({ "title": "Half", "method": "AUTOMATIC", "kind": "ORDER", "value": { "percentage": 50 } });
    let half = switched_on(&staff, half, &[]).await;
    let penny = json!({ "title": "A penny", "method": "AUTOMATIC", "kind": "PRODUCTS", "value": { "percentage": 1 },
        "usageLimit": 9, "combinesWith": ["ORDER"] });
    let penny = switched_on(&staff, penny, &[]).await;
    let once = json!({ "title": "Once", "method": "CODE", "kind": "ORDER", "value": { "percentage": 10 },
        "usageLimitPerCustomer": 1, "combinesWith": ["PRODUCT"] });
    let once = switched_on(&staff, once, &["ONCE"]).await;
    let outdone = typed(&guest, "ada@example.com", &song, "ONCE").await;
    assert_eq!(outdone["discountCodes"][0]["reason"], "OUTDONE");
    assert_eq!(
        place(&guest, &outdone, "outdone").await["order"]["cost"]["total"]["amount"],
        "5.00"
    );
    staff.done(DEACTIVATE, json!({ "input": { "id": half } })).await;
    let both = typed(&guest, "ada@example.com", &song, "ONCE").await;
    let placed = place(&guest, &both, "both").await;
    assert_eq!(
        placed["order"]["cost"]["total"]["amount"], "8.91",
        "10.00 less 0.10, less 10 % of 9.90"
    );
    assert_eq!(
        (uses(&staff, &once).await, uses(&staff, &penny).await),
        (json!(1), json!(1))
    );

    // saleor#8799: what could not be placed counted all the same.
    let other = typed(&guest, "grace@example.com", &song, "ONCE").await;
    let at_another_total = json!({ "cartId": other["id"], "idempotencyKey": "no", "paymentMethod": { "token": "tok_approve" },
        "expectedTotal": "1.00" });
    assert_eq!(
        guest.refusals(PLACE, json!({ "input": at_another_total })).await,
        ["PRICE_CHANGED"]
    );
    assert_eq!(uses(&staff, &once).await, 1);
    // shopware#7959: a code that another discount has was taken.
    let thief = json!({ "discount": { "title": "Thief", "method": "CODE", "kind": "ORDER", "value": { "percentage": 1 } },
        "codes": ["once"] });
    assert_eq!(
        staff.refusals(super::CREATE, json!({ "input": thief })).await,
        ["TAKEN"]
    );

    // nopcommerce#6463: an order could not be opened once its discount was deleted.
    staff.done(DELETE, json!({ "input": { "id": once } })).await;
    let query = "query($id: ID!) { order(id: $id) { adjustments { title code amount { amount } } } }";
    let kept = staff.data(query, json!({ "id": placed["order"]["id"] })).await["order"]["adjustments"].take();
    assert_eq!(
        kept[1],
        json!({ "title": "Once", "code": "ONCE", "amount": { "amount": "0.99" } }),
        "{kept}"
    );
    let gone = json!({ "cartId": other["id"], "codes": ["ONCE"] });
    assert_eq!(refused(&guest, "cartDiscountCodesAdd", gone).await[0].0, "NOT_FOUND");

    // prestashop#38274: a voucher took the cart below what a carrier sends for nothing from on, which is 59.00 here.
    let mug = staff.sell("MUG-1", "60.00", 10).await;
    let off = json!({ "title": "20 off", "method": "CODE", "kind": "ORDER",
        "value": { "amounts": [{ "amount": "20.00", "currencyCode": "EUR" }] } });
    switched_on(&staff, off, &["20OFF"]).await;
    let parcel = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    assert_eq!(parcel["cost"]["shipping"]["amount"], "0.00");
    let input = json!({ "cartId": parcel["id"], "codes": ["20OFF"] });
    let less = change(&guest, "cartDiscountCodesAdd", input).await;
    assert_eq!(
        (&less["cost"]["shipping"]["amount"], &less["cost"]["total"]["amount"]),
        (&json!("0.00"), &json!("40.00"))
    );
    shop.settle().await;
    shop.close().await;
}

/// saleor#12890: of a card of 65.00 only 40.00 paid an order of 90.00 less 25.00. saleor#16345: the same of free shipping.
/// medusa#7456: a card changed the tax. spree#7514: credit that was put in before the cart changed paid too much. eventyay#2824:
/// refunds at once went to the card each.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gift_card_pays_what_discounts_have_left() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let book = download(&staff, "BOOK-1", "90.00").await;
    let off = json!({ "title": "25 off", "method": "CODE", "kind": "ORDER",
        "value": { "amounts": [{ "amount": "25.00", "currencyCode": "EUR" }] } });
    switched_on(&staff, off, &["25OFF"]).await;
    let issued = staff.done(ISSUE, json!({ "input": { "amount": "65.00" } })).await;
    let before = typed(&guest, "ada@example.com", &book, "25OFF").await;
    let paid = json!({ "input": { "cartId": before["id"], "code": issued["code"] } });
    let paid = guest.done(ADD_CARD, paid).await["cart"]["cost"].take();
    assert_eq!(
        (&paid["credit"]["amount"], &paid["due"]["amount"]),
        (&json!("65.00"), &json!("0.00"))
    );
    assert_eq!(paid["tax"], before["cost"]["tax"], "a card is money, and no discount");

    let due = async |quantity: i64| {
        let lines = json!([{ "lineId": before["lines"][0]["id"], "quantity": quantity }]);
        change(
            &guest,
            "cartLinesUpdate",
            json!({ "cartId": before["id"], "lines": lines }),
        )
        .await;
        let query = "query($id: ID!) { cart(id: $id) { cost { credit { amount } due { amount } } } }";
        guest.data(query, json!({ "id": before["id"] })).await["cart"]["cost"].take()
    };
    assert_eq!(
        due(2).await,
        json!({ "credit": { "amount": "65.00" }, "due": { "amount": "90.00" } })
    );
    assert_eq!(
        due(1).await,
        json!({ "credit": { "amount": "65.00" }, "due": { "amount": "0.00" } })
    );
    let placed = place(&guest, &before, "first").await;
    assert_eq!(placed["userErrors"], json!([]));
    shop.settle().await;
    let query = "query($id: ID!) { giftCard(id: $id) { balance { amount } } }";
    let balance = async || {
        staff.data(query, json!({ "id": issued["giftCard"]["id"] })).await["giftCard"]["balance"]["amount"].take()
    };
    assert_eq!(balance().await, "0.00");

    let keys = ["a", "b", "c"];
    let refund = |key: &str| json!({ "input": { "orderId": placed["order"]["id"], "idempotencyKey": key } });
    let refunds = join_all(keys.iter().map(|key| staff.payload(REFUND, refund(key)))).await;
    let paid_back = refunds.iter().filter(|refund| refund["userErrors"] == json!([]));
    assert_eq!(paid_back.count(), 1, "{refunds:#?}");
    shop.settle().await;
    assert_eq!(balance().await, "65.00");
    shop.close().await;
}
