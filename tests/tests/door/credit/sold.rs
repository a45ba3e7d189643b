use serde_json::{Value, json};

use super::{REFUND, card, cents, history, open, order, text};

const SET: &str = "mutation($input: VariantsUpdateInput!) { variantsUpdate(input: $input) {
    product { variants { giftCard requiresShipping taxCategory } } userErrors { code message field } } }";
const CARDS: &str =
    "{ giftCards(first: 10) { nodes { id lastFour state balance { amount } recipientEmail order { number } } } }";
const LINES: &str = "query($id: ID!) { order(id: $id) { lines { id } } }";
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

    // It was used, so that its order is not cancelled; what was paid for the rest of it may be paid back all the same.
    let cancel =
        "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code message field } } }";
    let bought =
        json!({ "input": { "orderId": declined["order"]["id"], "accessToken": declined["orderAccessToken"] } });
    assert_eq!(guest.refusals(cancel, bought).await, ["ORDER_STATE"]);
    let order = declined["order"]["id"].clone();
    let back = |key: &str, input: Value| {
        let mut whole = json!({ "orderId": order, "idempotencyKey": key });
        whole
            .as_object_mut()
            .unwrap()
            .extend(input.as_object().unwrap().clone());
        json!({ "input": whole })
    };
    staff.done(REFUND, back("r1", json!({ "amount": "5.00" }))).await;

    // What was paid for cards is paid back by lines alone: the cards lose it, and no more than is on them.
    for all in [json!({}), json!({ "amount": "50.00" })] {
        assert_eq!(staff.refusals(REFUND, back("n1", all)).await, ["INVALID_AMOUNT"]);
    }
    let line = staff.data(LINES, json!({ "id": order })).await["order"]["lines"][1]["id"].take();
    let units = |key: &str, quantity: i64, amount: Option<String>| {
        back(
            key,
            json!({ "lines": [{ "lineId": line, "quantity": quantity, "amount": amount }] }),
        )
    };
    // The card that nobody has used goes first.
    let whole = staff.done(REFUND, units("r2", 1, None)).await;
    assert_eq!((cents(&whole["amount"]), &whole["credits"]), (2_500, &json!([])));
    let refused = staff.payload(REFUND, units("n2", 1, None)).await;
    let error = &refused["userErrors"][0];
    assert_eq!(error["field"], json!(["input", "lines", "0", "amount"]));
    let left = 2_500 - total;
    let left = format!("{}.{:02}", left / 100, left % 100);
    assert!(text(&error["message"]).contains(&left), "{error}");
    staff.done(REFUND, units("r3", 1, Some(left))).await;
    shop.settle().await;
    let mut ended = Vec::new();
    for card in listed().await.as_array().unwrap() {
        let card = super::card(&staff, &text(&card["id"])).await;
        assert_eq!((&card["state"], cents(&card["balance"])), (&json!("DISABLED"), 0));
        ended.push(history(&card).pop().unwrap());
    }
    ended.sort();
    assert_eq!(
        ended,
        [
            format!("WITHDRAWN -{}.{:02}", (2_500 - total) / 100, (2_500 - total) % 100),
            "WITHDRAWN -25.00".to_owned()
        ]
    );
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn buyers_choose_amounts_and_give_cards_to_several_people_in_one_order() {
    let (shop, staff, mug) = open().await;
    let voucher = staff.sell("CARD-25", "25.00", 100).await;
    let product = staff.data("{ product(slug: \"card-25\") { id } }", json!({})).await["product"]["id"].take();
    let set = |amounts: Value| {
        let variant = json!({ "id": voucher, "giftCard": true, "giftCardAmounts": amounts });
        json!({ "input": { "productId": product, "variants": [variant] } })
    };
    let upside_down = json!({ "minimum": "50", "maximum": "10" });
    assert_eq!(staff.refusals(SET, set(upside_down)).await, ["INVALID"]);
    staff
        .done(SET, set(json!({ "minimum": "10", "maximum": "200", "step": "5" })))
        .await;
    let shown = "{ product(slug: \"card-25\") { variants { giftCardAmounts { minimum { amount } maximum { amount } step { amount } } } } }";
    let amounts = shop.guest().data(shown, json!({})).await["product"]["variants"][0]["giftCardAmounts"].take();
    assert_eq!(
        amounts,
        json!({ "minimum": { "amount": "10.00" }, "maximum": { "amount": "200.00" }, "step": { "amount": "5.00" } })
    );

    let guest = shop.guest();
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    let line = |quantity: i64, said: &[(&str, &str)]| {
        let said: Vec<_> = said
            .iter()
            .map(|(key, value)| json!({ "key": key, "value": value }))
            .collect();
        json!({ "variantId": voucher, "quantity": quantity, "attributes": said })
    };
    let add = |lines: Value| json!({ "input": { "cartId": cart["id"], "lines": lines } });
    for amount in ["9.99", "12.00", "205.00", "plenty"] {
        let refused = guest.payload(ADD, add(json!([line(1, &[("amount", amount)])]))).await;
        let error = &refused["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["field"]),
            (
                &json!("INVALID_AMOUNT"),
                &json!(["input", "lines", "0", "attributes", "0", "value"])
            ),
            "{amount}"
        );
    }
    let bob = [("recipientEmail", "bob@example.com"), ("amount", "30.00")];
    let carol = [("recipientEmail", "carol@example.com"), ("amount", "45")];
    guest
        .done(ADD, add(json!([line(1, &bob), line(2, &carol), line(1, &[])])))
        .await;
    // What is said of a card once more is more of the same.
    guest.done(ADD, add(json!([line(1, &bob)]))).await;
    let read = "query($id: ID!) { cart(id: $id) { problems { code } lines { id quantity unitPrice { amount } giftCard { recipientEmail deliverOn } } } }";
    let told = guest.data(read, json!({ "id": cart["id"] })).await["cart"].take();
    assert_eq!(
        told["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| json!([
                line["quantity"],
                line["unitPrice"]["amount"],
                line["giftCard"]["recipientEmail"]
            ]))
            .collect::<Vec<_>>(),
        [
            json!([1, "10.00", null]),
            json!([2, "30.00", "bob@example.com"]),
            json!([2, "45.00", "carol@example.com"]),
            json!([1, "25.00", null])
        ]
    );
    assert!(
        told["problems"]
            .as_array()
            .unwrap()
            .iter()
            .all(|problem| problem["code"] != "PRICE_CHANGED"),
        "{told}"
    );
    // Two lines become one where the same is said of them.
    let update = "mutation($input: CartLinesUpdateInput!) { cartLinesUpdate(input: $input) { cart { lines { quantity } } userErrors { code message field } } }";
    let same = json!({ "lineId": told["lines"][3]["id"], "quantity": 1,
        "attributes": line(1, &carol)["attributes"] });
    let joined = guest
        .done(update, json!({ "input": { "cartId": cart["id"], "lines": [same] } }))
        .await;
    assert_eq!(
        joined["cart"]["lines"],
        json!([{ "quantity": 1 }, { "quantity": 2 }, { "quantity": 3 }])
    );

    // Where the bounds are gone, a card costs its price, which the shopper sees before they pay it.
    staff.done(SET, set(Value::Null)).await;
    let told = guest.data(read, json!({ "id": cart["id"] })).await["cart"].take();
    assert_eq!(told["lines"][1]["unitPrice"]["amount"], "25.00");
    assert!(
        told["problems"]
            .as_array()
            .unwrap()
            .iter()
            .any(|problem| problem["code"] == "PRICE_CHANGED")
    );
    staff
        .done(SET, set(json!({ "minimum": "10", "maximum": "200", "step": "5" })))
        .await;

    let cart = guest.check_out(&cart).await;
    let placed = guest.place(&cart, "k1", "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]));
    shop.settle().await;
    let cards = staff.data(CARDS, json!({})).await["giftCards"]["nodes"].take();
    let mut cards: Vec<_> = cards
        .as_array()
        .unwrap()
        .iter()
        .map(|card| (text(&card["balance"]["amount"]), text(&card["recipientEmail"])))
        .collect();
    cards.sort();
    let expected = [
        ("30.00", "bob"),
        ("30.00", "bob"),
        ("45.00", "carol"),
        ("45.00", "carol"),
        ("45.00", "carol"),
    ];
    let expected = expected.map(|(amount, who)| (amount.to_owned(), format!("{who}@example.com")));
    assert_eq!(cards, expected);
    let lines = "query($id: ID!) { order(id: $id) { lines { giftCard { recipientEmail } } } }";
    let lines = staff.data(lines, json!({ "id": placed["order"]["id"] })).await;
    assert_eq!(
        lines["order"]["lines"],
        json!([{ "giftCard": null }, { "giftCard": { "recipientEmail": "bob@example.com" } },
            { "giftCard": { "recipientEmail": "carol@example.com" } }])
    );
    shop.close().await;
}
