use serde_json::{Value, json};

use super::{REFUND, card, cents, history, open, order, text};

const SET: &str = "mutation($input: VariantsUpdateInput!) { variantsUpdate(input: $input) {
    product { variants { giftCard requiresShipping taxCategory } } userErrors { code message field } } }";
const CARDS: &str =
    "{ giftCards(first: 10) { nodes { id lastFour state balance { amount } recipientEmail order { number } } } }";
const ADD: &str = "mutation($input: CartLinesAddInput!) { cartLinesAdd(input: $input) { cart { id } userErrors { code message field } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gift_card_is_sold_untaxed_and_mailed_once_it_is_paid() {
    let (shop, staff, mug) = open().await;
    let voucher = staff.sell("CARD-25", "25.00", 100).await;
    let product = staff.data("{ product(slug: \"card-25\") { id } }", json!({})).await["product"]["id"].take();
    let change = json!({ "productId": product, "variants": [{ "id": voucher, "giftCard": true }] });
    let set = staff.done(SET, json!({ "input": change })).await;
    assert_eq!(
        set["product"]["variants"],
        json!([{ "giftCard": true, "requiresShipping": false, "taxCategory": "untaxed" }])
    );

    let guest = shop.guest();
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    let wish = |key: &str, value: &str| {
        json!({ "cartId": cart["id"], "lines": [{ "variantId": voucher, "quantity": 2,
        "attributes": [{ "key": "senderName", "value": "Ada" }, { "key": key, "value": value }] }] })
    };
    for (key, value) in [
        ("recipientEmail", "nobody"),
        ("deliverOn", "2001-01-01"),
        ("deliverOn", "soon"),
    ] {
        let refused = guest.payload(ADD, json!({ "input": wish(key, value) })).await;
        assert_eq!(
            refused["userErrors"][0]["field"],
            json!(["input", "lines", "0", "attributes", "1", "value"]),
            "{refused}"
        );
    }
    guest
        .done(ADD, json!({ "input": wish("recipientEmail", "Bob@example.com") }))
        .await;
    let cart = guest.check_out(&cart).await;
    assert_eq!(cart["lines"][1]["cost"]["tax"]["amount"], "0.00");
    let listed = async || staff.data(CARDS, json!({})).await["giftCards"]["nodes"].take();
    let declined = guest.place(&cart, "k1", "tok_decline").await;
    shop.settle().await;
    assert_eq!(listed().await, json!([]), "nothing is given for nothing");
    let retry = "mutation($input: OrderPaymentRetryInput!) { orderPaymentRetry(input: $input) { userErrors { code message field } } }";
    let input = json!({ "orderId": declined["order"]["id"], "accessToken": declined["orderAccessToken"],
        "idempotencyKey": "again", "paymentMethod": { "token": "tok_approve" } });
    guest.done(retry, json!({ "input": input })).await;
    shop.settle().await;
    let cards = listed().await;
    assert_eq!(cards.as_array().unwrap().len(), 2, "one for each unit");
    for card in cards.as_array().unwrap() {
        assert_eq!(
            (
                &card["balance"]["amount"],
                &card["state"],
                &card["recipientEmail"],
                &card["order"]["number"]
            ),
            (
                &json!("25.00"),
                &json!("ACTIVE"),
                &json!("bob@example.com"),
                &declined["order"]["number"]
            )
        );
    }
    let mails = shop.mails().await;
    let mailed: Vec<_> = mails.iter().filter(|mail| mail.to == "bob@example.com").collect();
    assert_eq!(mailed.len(), 2);
    let code = mailed[0]
        .text
        .lines()
        .find(|line| line.len() == 24 && line.matches('-').count() == 4);
    let code = code.expect("a code").to_owned();

    // What is bought with it is taxed then.
    let other = shop.guest();
    let cart = other.check_out(&other.cart_with(&[(&mug, 1)]).await).await;
    super::add_card(&other, &cart, &code).await;
    let placed = other.place(&cart, "k2", "tok_approve").await;
    shop.settle().await;
    let total = cents(&placed["order"]["cost"]["total"]);
    assert_eq!(cents(&order(&other, &placed).await["cost"]["credit"]), total);

    // It was used, so that its order is not cancelled; its money may be paid back all the same.
    let cancel =
        "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code message field } } }";
    let bought =
        json!({ "input": { "orderId": declined["order"]["id"], "accessToken": declined["orderAccessToken"] } });
    assert_eq!(guest.refusals(cancel, bought).await, ["ORDER_STATE"]);
    let back = json!({ "orderId": declined["order"]["id"], "amount": "5.00", "idempotencyKey": "r1" });
    staff.done(REFUND, json!({ "input": back })).await;
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_cards_of_an_order_that_is_cancelled_pay_nothing() {
    let (shop, staff, mug) = open().await;
    let voucher = staff.sell("CARD-25", "25.00", 100).await;
    let product = staff.data("{ product(slug: \"card-25\") { id } }", json!({})).await["product"]["id"].take();
    let change = json!({ "productId": product, "variants": [{ "id": voucher, "giftCard": true }] });
    staff.done(SET, json!({ "input": change })).await;
    // What a file of products says of it later leaves it a gift card.
    staff.sell("CARD-25", "30.00", 100).await;
    let guest = shop.guest();
    let cart = guest
        .check_out(&guest.cart_with(&[(&mug, 1), (&voucher, 1)]).await)
        .await;
    let placed = guest.place(&cart, "k1", "tok_approve").await;
    shop.settle().await;
    let cards = staff.data(CARDS, json!({})).await["giftCards"]["nodes"].take();
    assert_eq!(
        cards[0]["recipientEmail"], "ada@example.com",
        "whoever bought it, where nobody is named"
    );
    super::cancel(&guest, &placed).await;
    shop.settle().await;
    let after = card(&staff, &text(&cards[0]["id"])).await;
    assert_eq!(
        (&after["state"], history(&after)),
        (&json!("DISABLED"), vec!["ISSUED 30.00".to_owned()])
    );
    assert_eq!(order(&guest, &placed).await["credits"], Value::Array(Vec::new()));
    shop.close().await;
}
