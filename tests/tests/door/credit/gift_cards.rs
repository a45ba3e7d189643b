use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;

use super::{BALANCE, ISSUE, add_card, cancel, card, cents, history, issue, open, order, paying, text};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_pays_a_part_and_the_rest_is_charged() {
    let (shop, staff, mug) = open().await;
    let (id, code) = issue(&staff, "4.00").await;
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    // However it is typed.
    let paid = add_card(&guest, &cart, &code.replace('-', " ").to_lowercase()).await;
    let total = cents(&paid["cost"]["total"]);
    assert_eq!(
        (cents(&paid["cost"]["credit"]), cents(&paid["cost"]["due"])),
        (400, total - 400)
    );
    assert_eq!(
        paid["credits"],
        json!([{
            "kind": "GIFT_CARD", "id": id, "lastFour": code[20..], "balance": { "amount": "4.00" },
            "applied": { "amount": "4.00" },
        }])
    );
    let placed = guest.place(&cart, "k1", "tok_approve").await;
    shop.settle().await;
    let told = order(&guest, &placed).await;
    assert_eq!(
        (
            &told["status"],
            cents(&told["cost"]["due"]),
            cents(&told["payment"]["capturedAmount"])
        ),
        (&json!("CONFIRMED"), total - 400, total - 400)
    );
    assert_eq!(
        told["credits"],
        json!([{ "kind": "GIFT_CARD", "lastFour": code[20..], "amount": { "amount": "4.00" }, "returned": { "amount": "0.00" } }])
    );
    let after = card(&staff, &id).await;
    assert_eq!(history(&after), ["ISSUED 4.00", "REDEEMED -4.00"]);
    assert_eq!(
        (&after["state"], &after["entries"]["nodes"][0]["order"]["number"]),
        (&json!("EMPTY"), &placed["order"]["number"])
    );
    let mails = shop.mails().await;
    assert!(
        mails[0].text.contains("Gift cards and store credit: −€4.00"),
        "{}",
        mails[0].text
    );

    // Cancelled, each gets back what it paid, and the card no more than once.
    cancel(&guest, &placed).await;
    cancel(&guest, &placed).await;
    shop.settle().await;
    let told = order(&guest, &placed).await;
    assert_eq!(cents(&told["payment"]["refundedAmount"]), total - 400);
    assert_eq!(told["credits"][0]["returned"]["amount"], "4.00");
    let after = card(&staff, &id).await;
    assert_eq!(history(&after), ["ISSUED 4.00", "REDEEMED -4.00", "GIVEN_BACK 4.00"]);
    let mails = shop.mails().await;
    assert!(mails.iter().any(|mail| mail.text.contains("is back on them")));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cards_that_pay_all_of_it_need_no_provider() {
    let (shop, staff, mug) = open().await;
    let (first, second) = (issue(&staff, "1.50").await, issue(&staff, "100.00").await);
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 2)]).await).await;
    add_card(&guest, &cart, &first.1).await;
    let paid = add_card(&guest, &cart, &second.1).await;
    let total = cents(&paid["cost"]["total"]);
    assert_eq!(cents(&paid["cost"]["due"]), 0);
    let applied: Vec<_> = (0..2).map(|place| cents(&paid["credits"][place]["applied"])).collect();
    assert_eq!(applied, [150, total - 150], "in the order in which they were added");
    let placed = guest.place(&cart, "k1", "tok_decline").await;
    shop.settle().await;
    let told = order(&guest, &placed).await;
    assert_eq!((&told["status"], &told["payment"]), (&json!("CONFIRMED"), &Value::Null));
    let calls = shop.provider().ledger().await.unwrap();
    assert!(calls.is_empty(), "{calls:?}");
    // The same order again, and nothing is taken twice.
    assert_eq!(guest.place(&cart, "k1", "tok_decline").await["replayed"], true);
    assert_eq!(cents(&card(&staff, &second.0).await["balance"]), 10_000 - (total - 150));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_is_never_spent_twice_however_many_try() {
    let (shop, staff, mug) = open().await;
    let (id, code) = issue(&staff, "10.00").await;
    let guest = shop.guest();
    let mut carts = Vec::new();
    for _ in 0..8 {
        let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
        add_card(&guest, &cart, &code).await;
        carts.push(cart);
    }
    let placing = carts
        .iter()
        .map(|cart| guest.place(cart, cart["id"].as_str().unwrap(), "tok_approve"));
    let answers = join_all(placing).await;
    let placed: Vec<_> = answers
        .iter()
        .filter(|answer| answer["userErrors"] == json!([]))
        .collect();
    assert_eq!(placed.len(), 1, "{answers:#?}");
    let refused = answers.iter().filter(|answer| answer["userErrors"] != json!([]));
    for answer in refused {
        assert_eq!(answer["userErrors"][0]["code"], "CREDIT_CHANGED", "{answer}");
    }
    assert_eq!(history(&card(&staff, &id).await), ["ISSUED 10.00", "REDEEMED -10.00"]);

    // The others see that nothing is left, and pay otherwise once they have.
    let other = carts
        .iter()
        .zip(&answers)
        .find(|(_, answer)| answer["userErrors"] != json!([]));
    let cart = other.unwrap().0;
    let input = json!({ "input": { "cartId": cart["id"] } });
    let seen = guest.done(&paying("cartCreditsAccept"), input).await["cart"].take();
    assert_eq!((&seen["problems"], cents(&seen["cost"]["credit"])), (&json!([]), 0));
    assert_eq!(guest.place(cart, "again", "tok_approve").await["userErrors"], json!([]));
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_left_changes_no_bill_unseen() {
    let (shop, staff, mug) = open().await;
    let (id, code) = issue(&staff, "8.00").await;
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    add_card(&guest, &cart, &code).await;
    let adjust = "mutation($input: CreditAdjustInput!) { giftCardAdjust(input: $input) { giftCard { balance { amount } } userErrors { code message field } } }";
    let by = |amount: &str| json!({ "input": { "id": id, "amount": amount, "reason": "counted wrong" } });
    assert_eq!(staff.refusals(adjust, by("-8.01")).await, ["INVALID_AMOUNT"]);
    assert_eq!(
        staff.done(adjust, by("-3")).await["giftCard"]["balance"]["amount"],
        "5.00"
    );
    let refused = guest.place(&cart, "k1", "tok_approve").await;
    assert_eq!(refused["userErrors"][0]["code"], "CREDIT_CHANGED");
    assert_eq!(
        refused["userErrors"][0]["message"],
        format!(
            "Only €5.00 can be paid with the gift card that ends in {}; it was €8.00.",
            &code[20..]
        )
    );
    // More is no reason to ask again.
    staff.done(adjust, by("4.50")).await;
    let placed = guest.place(&cart, "k2", "tok_approve").await;
    assert_eq!(cents(&order(&guest, &placed).await["cost"]["credit"]), 950);
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_balance_is_told_to_whoever_holds_the_code_and_to_nobody_who_guesses() {
    let (shop, staff, _) = open().await;
    let (id, code) = issue(&staff, "25.00").await;
    let guest = shop.guest();
    let ask = async |code: &str| guest.data(BALANCE, json!({ "code": code })).await["giftCardBalance"].take();
    assert_eq!(
        ask(&code).await,
        json!({
            "giftCard": { "balance": { "amount": "25.00", "currencyCode": "EUR" }, "lastFour": code[20..], "expiresAt": null, "expired": false },
            "userErrors": [],
        })
    );
    let (_, stranger) = issue(&staff, "1.00").await;
    let deactivate = "mutation($input: GiftCardDeactivateInput!) { giftCardDeactivate(input: $input) { giftCard { id version state } userErrors { code message field } } }";
    let off = staff.done(deactivate, json!({ "input": { "id": id } })).await["giftCard"].take();
    assert_eq!(off["state"], "DISABLED");
    // Its check is right.
    let missing = "0000-0000-0000-0000-0000";
    let (shut, unknown) = (ask(&code).await, ask(missing).await);
    assert_eq!(shut, unknown);
    assert_eq!(shut["userErrors"][0]["code"], "NOT_FOUND");
    let cart = guest.cart_with(&[]).await;
    let add = |code: &str| json!({ "input": { "cartId": cart["id"], "code": code } });
    assert_eq!(
        guest.refusals(&paying("cartGiftCardAdd"), add(&code)).await,
        ["NOT_FOUND"]
    );
    assert_eq!(
        guest.refusals(&paying("cartGiftCardAdd"), add(missing)).await,
        ["NOT_FOUND"]
    );
    let wrong = format!("{}{}", &stranger[..23], if stranger.ends_with('A') { 'B' } else { 'A' });
    for typed in ["", "XMAS", &wrong, &"A".repeat(10_000)] {
        assert_eq!(ask(typed).await["userErrors"][0]["code"], "INVALID", "{typed}");
    }
    let activate = "mutation($input: GiftCardActivateInput!) { giftCardActivate(input: $input) { giftCard { state } userErrors { code message field } } }";
    staff.done(activate, json!({ "input": { "id": id } })).await;
    assert_eq!(ask(&code).await["giftCard"]["balance"]["amount"], "25.00");

    // Nothing of a code lies in the database.
    let rows = "select count(*) as n from credit_account where last_four = $1 and length(code_hash) = 32";
    let db = &shop.shop().db;
    let statement = sea_orm::Statement::from_sql_and_values(
        sea_orm::ConnectionTrait::get_database_backend(db),
        rows,
        [code[20..].into()],
    );
    let found = sea_orm::ConnectionTrait::query_one_raw(db, statement)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.try_get::<i64>("", "n").unwrap(), 1);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_is_mailed_when_it_is_due_and_once_more_if_staff_say_so() {
    let (shop, staff, mug) = open().await;
    let due = shop.shop().now() + TimeDelta::days(2);
    let input = json!({
        "amount": "50", "recipientEmail": "Bob@Example.com", "recipientName": "Bob", "senderName": "Ada",
        "message": "Happy birthday!", "deliverAt": due, "locale": "de",
    });
    let issued = staff.done(ISSUE, json!({ "input": input })).await;
    let (id, code) = (text(&issued["giftCard"]["id"]), text(&issued["code"]));
    assert_eq!(issued["giftCard"]["recipientEmail"], "bob@example.com");
    shop.settle().await;
    assert!(shop.mails().await.is_empty());
    shop.advance(TimeDelta::days(2) + TimeDelta::minutes(1)).await;
    let staff = shop.sign_in(StaffRole::Administrator).await;
    let mails = shop.mails().await;
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].text.contains(&code) && mails[0].html.contains(&code),
        "{}",
        mails[0].text
    );
    assert!(
        mails[0].text.contains("Happy birthday!") && mails[0].text.contains("Ada"),
        "{}",
        mails[0].text
    );
    assert_ne!(card(&staff, &id).await["mailedAt"], Value::Null);

    let send = "mutation($input: GiftCardSendInput!) { giftCardSend(input: $input) { giftCard { recipientEmail } userErrors { code message field } } }";
    let again = json!({ "input": { "id": id, "recipientEmail": "carol@example.com" } });
    staff.done(send, again.clone()).await;
    shop.settle().await;
    let mails = shop.mails().await;
    assert_eq!(mails.len(), 2);
    assert!(
        mails[1].text.contains(&code),
        "the code is made again of what the shop knows"
    );
    assert_eq!(shop.guest().refusals(send, again.clone()).await, ["UNAUTHENTICATED"]);

    // What is spent is not sent.
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 9)]).await).await;
    add_card(&guest, &cart, &code).await;
    guest.place(&cart, "k1", "tok_approve").await;
    shop.settle().await;
    assert_eq!(staff.refusals(send, again).await, ["INVALID"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_ends_with_its_time_and_lives_on_where_money_comes_back() {
    let (shop, staff, mug) = open().await;
    let settings = "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { shop { giftCardMonths } userErrors { code message field } } }";
    let months = |months: i32| json!({ "input": { "giftCardMonths": months } });
    assert_eq!(staff.refusals(settings, months(0)).await, ["INVALID"]);
    assert_eq!(staff.done(settings, months(36)).await["shop"]["giftCardMonths"], 36);
    let lawful = staff.done(ISSUE, json!({ "input": { "amount": "1.00" } })).await;
    let year: i32 = shop.shop().now().format("%Y").to_string().parse().unwrap();
    let expiry = text(&lawful["giftCard"]["expiresAt"]);
    // In the shop's zone it is midnight there.
    assert!(
        expiry.starts_with(&format!("{}-01-01", year + 4)) || expiry.starts_with(&format!("{}-12-31", year + 3)),
        "{expiry}"
    );

    // Whoever has a card is reminded of it once before its time is over.
    let remind = "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { shop { creditReminderDays } userErrors { code message field } } }";
    let within = |days: i64| json!({ "input": { "creditReminderDays": days } });
    assert_eq!(staff.refusals(remind, within(0)).await, ["INVALID"]);
    staff.done(remind, within(14)).await;
    for (days, email) in [(10, "bob@example.com"), (20, "carol@example.com")] {
        let expiry = shop.shop().now() + TimeDelta::days(days);
        let input = json!({ "amount": "7.50", "expiresAt": expiry, "recipientEmail": email });
        staff.done(ISSUE, json!({ "input": input })).await;
    }
    shop.settle().await;
    for _ in 0..3 {
        vitrine_commerce::credit::remind_if_due(shop.shop()).await.unwrap();
        shop.advance(TimeDelta::hours(1) + TimeDelta::minutes(1)).await;
    }
    let mails = shop.mails().await;
    let told: Vec<_> = mails
        .iter()
        .filter(|mail| mail.subject.contains("will expire soon"))
        .collect();
    assert_eq!(told.len(), 1, "once, and only what ends within two weeks");
    assert_eq!(told[0].to, "bob@example.com");
    assert!(told[0].text.contains("7.50"), "{}", told[0].text);

    let staff = shop.sign_in(StaffRole::Administrator).await;
    let soon =
        |days: i64| json!({ "input": { "amount": "5.00", "expiresAt": shop.shop().now() + TimeDelta::days(days) } });
    let (over, used) = (staff.done(ISSUE, soon(3)).await, staff.done(ISSUE, soon(3)).await);
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    add_card(&guest, &cart, &text(&used["code"])).await;
    let placed = guest.place(&cart, "k1", "tok_approve").await;
    shop.settle().await;
    shop.advance(TimeDelta::days(4)).await;
    let input = json!({ "input": { "cartId": guest.cart_with(&[]).await["id"], "code": over["code"] } });
    let answer = guest.payload(&paying("cartGiftCardAdd"), input).await;
    assert_eq!(answer["userErrors"][0]["message"], "This gift card has expired.");
    cancel(&guest, &placed).await;
    // The job looks once an hour, and for the first time an hour after it was first asked.
    for _ in 0..3 {
        vitrine_commerce::credit::expire_if_due(shop.shop()).await.unwrap();
        shop.advance(TimeDelta::hours(1) + TimeDelta::minutes(1)).await;
    }
    let staff = shop.sign_in(StaffRole::Administrator).await;
    assert_eq!(
        history(&card(&staff, over["giftCard"]["id"].as_str().unwrap()).await),
        ["ISSUED 5.00", "EXPIRED -5.00"]
    );
    let back = card(&staff, used["giftCard"]["id"].as_str().unwrap()).await;
    assert_eq!(history(&back), ["ISSUED 5.00", "REDEEMED -5.00", "GIVEN_BACK 5.00"]);
    assert_eq!(back["state"], "ACTIVE", "whoever gets money back has time to use it");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cards_are_listed_and_found_and_wrong_ones_refused() {
    let (shop, staff, _) = open().await;
    let (_, code) = issue(&staff, "5.00").await;
    let bob = json!({ "input": { "amount": "7.00", "recipientEmail": "bob@example.com", "note": "Raffle" } });
    staff.done(ISSUE, bob).await;
    let list = "query($where: GiftCardWhere) { giftCards(first: 10, where: $where) { nodes { lastFour balance { amount } } } }";
    let found = async |filter: Value| {
        let listed = staff.data(list, json!({ "where": filter })).await;
        let nodes = listed["giftCards"]["nodes"].as_array().unwrap().clone();
        nodes
            .iter()
            .map(|node| text(&node["balance"]["amount"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(json!({})).await, ["7.00", "5.00"]);
    assert_eq!(found(json!({ "query": code.to_lowercase() })).await, ["5.00"]);
    assert_eq!(found(json!({ "query": "bob@" })).await, ["7.00"]);
    assert_eq!(found(json!({ "query": "raffle", "state": "ACTIVE" })).await, ["7.00"]);
    assert!(found(json!({ "state": "EXPIRED" })).await.is_empty());
    assert_eq!(
        shop.guest()
            .try_data(list, json!({}))
            .await
            .map(|data| data["giftCards"].clone())
            .unwrap_or_default(),
        Value::Null
    );

    for (input, code) in [
        (json!({ "amount": "0" }), "INVALID_AMOUNT"),
        (json!({ "amount": "-1" }), "INVALID_AMOUNT"),
        (json!({ "amount": "1.005" }), "INVALID_AMOUNT"),
        (json!({ "amount": "99999999999999" }), "INVALID_AMOUNT"),
        (json!({ "amount": "1", "currencyCode": "USD" }), "INVALID"),
        (json!({ "amount": "1", "recipientEmail": "a@x,b@y" }), "INVALID"),
        (json!({ "amount": "1", "deliverAt": "2030-01-01T00:00:00Z" }), "INVALID"),
        (json!({ "amount": "1", "expiresAt": "2020-01-01T00:00:00Z" }), "INVALID"),
        (json!({ "amount": "1", "message": "x".repeat(1_001) }), "INVALID"),
    ] {
        assert_eq!(
            staff.refusals(ISSUE, json!({ "input": input })).await,
            [code],
            "{input}"
        );
    }
    shop.settle().await;
    shop.close().await;
}
