//! What discounts did: how many orders had them, what those came to, and what was given away.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::{discount, typed};

const REPORT: &str = "query($from: Date!, $to: Date!, $discount: ID) {
    discountReport(from: $from, to: $to, discountId: $discount) { currencyCode currencies
        total { ...Of } byDay { day figures { ...Of } }
        byDiscount { discount { id title } figures { ...Of } } byCode { code discountId figures { ...Of } } } }
    fragment Of on DiscountFigures { orderCount cancelledCount turnover { amount } givenAway { amount } }";
const CANCEL: &str =
    "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code message } } }";
const LINES: &str = "query($id: ID!) { order(id: $id) { version lines { id } } }";
const EDIT: &str =
    "mutation($input: OrderEditInput!) { orderEdit(input: $input) { order { id } userErrors { code message field } } }";
const EXPORT: &str = "mutation($input: ExportStartInput!) { exportStart(input: $input) {
    export { id } userErrors { code message field } } }";

fn figures(of: &Value) -> (i64, i64, &str, &str) {
    let count = |name: &str| of[name].as_i64().expect("a number");
    let amount = |name: &str| of[name]["amount"].as_str().expect("an amount");
    (
        count("orderCount"),
        count("cancelledCount"),
        amount("turnover"),
        amount("givenAway"),
    )
}

/// An order of one lamp for 100.00, by a code.
async fn bought(shop: &TestShop, guest: &Client, lamp: &str, code: Option<&str>) -> Value {
    bought_of(shop, guest, (lamp, 1), code).await
}

async fn bought_of(shop: &TestShop, guest: &Client, goods: (&str, i64), code: Option<&str>) -> Value {
    let mut cart = guest.check_out(&guest.cart_with(&[goods]).await).await;
    if let Some(code) = code {
        cart = typed(guest, &cart, code).await;
    }
    let placed = guest.place(&cart, cart["id"].as_str().unwrap(), "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]));
    shop.settle().await;
    placed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn use_turnover_and_what_was_given_away_are_told() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let lamp = staff.sell("LAMP-1", "100.00", 50).await;
    let beside = json!({ "value": { "percentage": "10" }, "combinesWith": ["ORDER"], "title": "Ten" });
    let ten = discount(&staff, Some("TEN"), beside).await;
    let five = json!({ "value": { "percentage": "5" }, "combinesWith": ["ORDER"], "title": "Five",
        "minimumQuantity": 1 });
    let five = discount(&staff, None, five).await;
    bought(&shop, &guest, &lamp, Some("ten")).await;
    bought(&shop, &guest, &lamp, None).await;
    let given_up = bought(&shop, &guest, &lamp, Some("TEN")).await;
    let input = json!({ "orderId": given_up["order"]["id"], "accessToken": given_up["orderAccessToken"] });
    guest.done(CANCEL, json!({ "input": input })).await;
    shop.settle().await;

    let today = shop.shop().now().date_naive();
    let report = async |discount: Option<&str>| {
        let variables = json!({ "from": today.pred_opt(), "to": today.succ_opt(), "discount": discount });
        staff.data(REPORT, variables).await["discountReport"].take()
    };
    let all = report(None).await;
    let orders = all["byDay"].as_array().unwrap();
    assert_eq!(orders.len(), 3, "every day");
    let (count, cancelled, turnover, given) = figures(&all["total"]);
    assert_eq!((count, cancelled), (2, 1), "an order with two counts once");
    let by_day = orders.iter().map(|day| figures(&day["figures"]).0).sum::<i64>();
    assert_eq!(by_day, 2);
    let by_discount = all["byDiscount"].as_array().unwrap();
    assert_eq!(
        by_discount[0]["discount"]["id"],
        json!(five),
        "the most used first: {all:#}"
    );
    let (of_five, of_ten) = (figures(&by_discount[0]["figures"]), figures(&by_discount[1]["figures"]));
    assert_eq!((of_five.0, of_five.1, of_ten.0, of_ten.1), (2, 1, 1, 1));
    assert_eq!(turnover, of_five.2, "both orders have it");
    let cents = |amount: &str| amount.replace('.', "").parse::<i64>().unwrap();
    assert_eq!(cents(given), cents(of_five.3) + cents(of_ten.3));
    assert_eq!(
        (&all["byCode"][0]["code"], figures(&all["byCode"][0]["figures"])),
        (&json!("TEN"), of_ten)
    );
    assert_eq!(
        (&all["currencyCode"], &all["currencies"]),
        (&json!("EUR"), &json!(["EUR"]))
    );

    let alone = report(Some(&ten)).await;
    assert_eq!(figures(&alone["total"]), of_ten, "of it alone");
    assert_eq!(alone["byDiscount"].as_array().unwrap().len(), 1);

    let packer = shop.staff(StaffRole::Fulfilment).await;
    let query = "query($day: Date!) { discountReport(from: $day, to: $day) { currencyCode } }";
    let denied = packer.answer(query, json!({ "day": today })).await;
    assert_eq!(denied["errors"][0]["extensions"]["code"], "FORBIDDEN", "{denied}");

    let input = json!({ "input": { "kind": "DISCOUNT_USES" } });
    let export = staff.done(EXPORT, input).await["export"]["id"].take();
    shop.settle().await;
    let query = "query($id: ID!) { export(id: $id) { written url } }";
    let export = staff.data(query, json!({ "id": export })).await["export"].take();
    assert_eq!(export["written"], 5);
    let file = reqwest::get(export["url"].as_str().unwrap())
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert_eq!(file.matches(",Ten,").count(), 2, "{file}");
    assert_eq!(file.matches(",CANCELLED,").count(), 2, "{file}");

    // Of an order that is changed it is told what it has now: one lamp, as the first.
    let two = bought_of(&shop, &guest, (&lamp, 2), Some("TEN")).await["order"]["id"].take();
    let order = staff.data(LINES, json!({ "id": two })).await["order"].take();
    let fewer = json!({ "lines": [{ "lineId": order["lines"][0]["id"], "quantity": 1 }] });
    let input =
        json!({ "orderId": two, "expectedVersion": order["version"], "changes": fewer, "idempotencyKey": "one" });
    staff.done(EDIT, json!({ "input": input })).await;
    shop.settle().await;
    let changed = report(Some(&ten)).await;
    let after = figures(&changed["total"]);
    assert_eq!((after.0, cents(after.3)), (2, 2 * cents(of_ten.3)), "{changed:#}");
    shop.close().await;
}
