//! What a buyer may not order by themselves: a manager of their company approves it, or does not.

use serde_json::{Value, json};
use vitrine_adapters::config::{BankTransfer, OnAccount};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::cart_mutation, shop::PASSWORD, shopper::Shopper};

use super::{COMPANY_CREATE, customer};

const BUYER: &str = "mutation ($input: CompanyBuyerAddInput!) { companyBuyerAdd(input: $input) {
    company { buyers(first: 9) { nodes { email companies { approvalAbove { amount } } } } } userErrors { code message field } } }";
const ASK: &str = "mutation ($input: PurchaseRequestCreateInput!) { purchaseRequestCreate(input: $input) {
    request { id state awaitsYou total { amount } lines { title quantity total { amount } } } userErrors { code message field } } }";
const APPROVE: &str = "mutation ($input: PurchaseRequestApproveInput!) { purchaseRequestApprove(input: $input) {
    request { state answer order { id number company { purchaseOrderNumber onAccount { amount } } cost { total { amount } } } }
    userErrors { code message field } } }";
const REFUSE: &str = "mutation ($input: PurchaseRequestRefuseInput!) { purchaseRequestRefuse(input: $input) {
    request { state answer } userErrors { code message field } } }";
const WITHDRAW: &str = "mutation ($input: PurchaseRequestWithdrawInput!) { purchaseRequestWithdraw(input: $input) {
    request { state } userErrors { code message field } } }";
const NUMBER: &str = "mutation ($input: CartPurchaseOrderUpdateInput!) { cartPurchaseOrderUpdate(input: $input) {
    cart { version purchaseOrderNumber needsApproval } userErrors { code message field } } }";
const REQUESTS: &str = "query ($id: ID!) { company(id: $id) { purchaseRequests(first: 9) { nodes { id state awaitsYou
    withdrawable buyerName total { amount } } } } }";

/// A shop with a company of a buyer, who may order up to 50.00, and two managers.
struct Acme {
    shop: TestShop,
    staff: Client,
    ada: Client,
    boss: Client,
    company: Value,
}

async fn open() -> Acme {
    let shop = TestShop::open_with(|config| {
        config.payment.on_account = Some(OnAccount::default());
        config.payment.bank_transfer = Some(BankTransfer {
            instructions: "Pay {amount}, naming {number}.".to_owned(),
            hold_days: 7,
        });
    })
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (ada, ada_id) = customer(&shop, "ada@example.com").await;
    let (boss, boss_id) = customer(&shop, "boss@example.com").await;
    let (_, chief_id) = customer(&shop, "chief@example.com").await;
    let input = json!({ "name": "Acme GmbH", "creditLimit": "1000.00", "paymentTermsDays": 14 });
    let company = staff.done(COMPANY_CREATE, json!({ "input": input })).await["company"]["id"].take();
    for (id, role, above) in [
        (&ada_id, "BUYER", json!("50.00")),
        (&boss_id, "MANAGER", json!("0")),
        (&chief_id, "MANAGER", Value::Null),
    ] {
        let input = json!({ "id": company, "customerId": id, "role": role, "approvalAbove": above });
        staff.done(BUYER, json!({ "input": input })).await;
    }
    shop.settle().await;
    Acme {
        shop,
        staff,
        ada,
        boss,
        company,
    }
}

/// A cart that could be ordered, but for the approval.
async fn cart(client: &Client, variant: &str, quantity: i64) -> Value {
    client.check_out(&client.cart_with(&[(variant, quantity)]).await).await
}

async fn ask(client: &Client, cart: &Value, method: &str) -> Value {
    let input = json!({ "cartId": cart["id"], "paymentMethod": method, "note": "For the fair." });
    client.payload(ASK, json!({ "input": input })).await
}

async fn on_hand(staff: &Client, variant: &str) -> Value {
    let query = "query ($id: ID!) { variant(id: $id) { availableQuantity } }";
    staff.data(query, json!({ "id": variant })).await["variant"]["availableQuantity"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_approves_what_a_buyer_may_not_order() {
    let Acme {
        shop,
        staff,
        ada,
        boss,
        company,
    } = open().await;
    let mug = staff.sell("MUG-1", "30.00", 50).await;
    // Up to the amount nobody is asked.
    let small = cart(&ada, &mug, 1).await;
    let number = json!({ "cartId": small["id"], "number": " PO-4711 " });
    let numbered = ada.done(NUMBER, json!({ "input": number })).await["cart"].take();
    assert_eq!(
        (&numbered["purchaseOrderNumber"], &numbered["needsApproval"]),
        (&json!("PO-4711"), &json!(false))
    );
    let needless = ask(&ada, &small, "on_account").await;
    assert_eq!(needless["userErrors"][0]["code"], "INVALID", "{needless}");
    let placed = ada.place(&small, "small", "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]), "{placed}");
    shop.settle().await;
    let found =
        "{ orders(first: 5, where: { query: \"po-4711\" }) { nodes { number company { purchaseOrderNumber } } } }";
    let found = staff.data(found, json!({})).await["orders"]["nodes"].take();
    let expected = json!([{ "number": placed["order"]["number"], "company": { "purchaseOrderNumber": "PO-4711" } }]);
    assert_eq!(found, expected);
    let mails = shop.mails().await;
    assert!(
        mails
            .iter()
            .any(|mail| mail.text.contains("Your order number: PO-4711"))
    );

    // Above it a manager is, and nothing of the cart changes meanwhile; no stock is held.
    let large = cart(&ada, &mug, 3).await;
    let refused = ada.place(&large, "large", "tok_approve").await;
    assert_eq!(refused["userErrors"][0]["code"], "APPROVAL_NEEDED", "{refused}");
    let by_card = ask(&ada, &large, "simulated").await;
    assert_eq!(
        by_card["userErrors"][0]["field"],
        json!(["input", "paymentMethod"]),
        "{by_card}"
    );
    let before = on_hand(&staff, &mug).await;
    let asked = ask(&ada, &large, "on_account").await;
    assert_eq!(asked["userErrors"], json!([]), "{asked}");
    let request = asked["request"].clone();
    assert_eq!(
        (&request["state"], &request["awaitsYou"]),
        (&json!("OPEN"), &json!(false))
    );
    assert_eq!(request["total"]["amount"], large["cost"]["total"]["amount"]);
    assert_eq!(request["lines"][0]["quantity"], 3);
    assert_eq!(on_hand(&staff, &mug).await, before);
    let line = json!([{ "lineId": large["lines"][0]["id"], "quantity": 1 }]);
    let change = json!({ "input": { "cartId": large["id"], "lines": line } });
    let changed = ada.refusals(&cart_mutation("cartLinesUpdate"), change.clone()).await;
    assert_eq!(changed, ["APPROVAL_NEEDED"]);
    let note = json!({ "input": { "cartId": large["id"], "number": "PO-1" } });
    assert_eq!(ada.refusals(NUMBER, note).await, ["APPROVAL_NEEDED"]);
    assert_eq!(
        ada.place(&large, "large", "tok_approve").await["userErrors"][0]["code"],
        "APPROVAL_NEEDED"
    );
    shop.settle().await;
    let told: Vec<_> = shop
        .mails()
        .await
        .into_iter()
        .filter(|mail| mail.subject.contains("asks you to approve"))
        .collect();
    let is_told = |address: &str| told.iter().any(|mail| mail.to.contains(address));
    assert!(told.len() == 2 && is_told("boss@example.com") && is_told("chief@example.com"));
    assert!(
        told[0].text.contains("For the fair.") && told[0].text.contains("Acme GmbH"),
        "{}",
        told[0].text
    );

    // Whoever asked does not approve, nor does a stranger see it.
    let id = json!({ "input": { "id": request["id"], "answer": "Go on." } });
    assert_eq!(ada.refusals(APPROVE, id.clone()).await, ["FORBIDDEN"]);
    let eve = shop.customer("eve@example.com").await;
    assert_eq!(eve.refusals(APPROVE, id.clone()).await, ["NOT_FOUND"]);
    let seen = "query ($id: ID!) { purchaseRequest(id: $id) { state } }";
    assert_eq!(
        eve.data(seen, json!({ "id": request["id"] })).await["purchaseRequest"],
        Value::Null
    );
    let listed = boss.data(REQUESTS, json!({ "id": company })).await["company"]["purchaseRequests"]["nodes"].take();
    assert_eq!(
        (&listed[0]["awaitsYou"], &listed[0]["withdrawable"]),
        (&json!(true), &json!(false))
    );

    // Staff see what waits, of all companies or of one.
    let all = "query ($company: ID, $state: PurchaseRequestState) { purchaseRequests(first: 5, companyId: $company, state: $state) {
        nodes { id state company { name } } } }";
    let waiting = json!([{ "id": request["id"], "state": "OPEN", "company": { "name": "Acme GmbH" } }]);
    for asked in [json!({ "state": "OPEN" }), json!({ "company": company })] {
        assert_eq!(staff.data(all, asked).await["purchaseRequests"]["nodes"], waiting);
    }
    let refused = staff.data(all, json!({ "state": "REFUSED" })).await["purchaseRequests"]["nodes"].take();
    assert_eq!(refused, json!([]));
    let refused = boss.answer(all, json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");

    // Approved twice, it is one order of the buyer's.
    let approved = boss.done(APPROVE, id.clone()).await["request"].take();
    let again = boss.done(APPROVE, id.clone()).await["request"].take();
    assert_eq!(approved, again);
    assert_eq!(
        (&approved["state"], &approved["answer"]),
        (&json!("APPROVED"), &json!("Go on."))
    );
    let order = &approved["order"];
    assert_eq!(order["cost"]["total"], request["total"]);
    assert_eq!(order["company"]["onAccount"], request["total"]);
    shop.settle().await;
    let query = "query ($id: ID!) { order(id: $id) { status } }";
    assert_eq!(
        ada.data(query, json!({ "id": order["id"] })).await["order"]["status"],
        "CONFIRMED"
    );
    let mails = shop.mails().await;
    assert!(
        mails
            .iter()
            .any(|mail| mail.to.contains("ada@example.com") && mail.subject.starts_with("Your purchase is approved"))
    );
    assert_eq!(boss.refusals(REFUSE, id).await, ["INVALID"]);

    // A manager whose own purchases need approval asks another.
    let own = cart(&boss, &mug, 1).await;
    let asked = ask(&boss, &own, "bank_transfer").await;
    assert_eq!(asked["userErrors"], json!([]), "{asked}");
    let id = json!({ "input": { "id": asked["request"]["id"] } });
    assert_eq!(boss.refusals(APPROVE, id).await, ["FORBIDDEN"]);
    by_pages(&shop).await;
    shop.settle().await;
    shop.close().await;
}

async fn signed_in(shop: &TestShop, email: &str) -> Shopper {
    let mut shopper = Shopper::new(shop);
    shopper.open("/account/login").await;
    let typed = [("email", email), ("password", PASSWORD)];
    shopper.submit("/account/login", &typed).await;
    shopper
}

/// What stands behind a text, up to the next quotation mark.
fn behind(shopper: &Shopper, text: &str) -> String {
    let html = shopper.html.replace("&#x2f;", "/");
    let rest = html.split(text).nth(1).and_then(|rest| rest.split('"').next());
    rest.unwrap_or_else(|| panic!("{text} is not in {html}")).to_owned()
}

/// The same by the storefront's pages.
async fn by_pages(shop: &TestShop) {
    let mut ada = signed_in(shop, "ada@example.com").await;
    ada.open("/products/mug-1").await;
    ada.submit("/cart/lines", &[("quantity", "2")]).await;
    ada.open("/checkout/contact").await;
    ada.submit("/checkout/contact", &[("email", "ada@example.com")]).await;
    let address = [
        ("name", "Ada Lovelace"),
        ("line1", "Unter den Linden 1"),
        ("postalCode", "10117"),
        ("city", "Berlin"),
    ];
    ada.open("/checkout/address").await;
    ada.submit("/checkout/address", &address).await;
    let method = behind(&ada, "name=\"method\" value=\"");
    ada.submit("/checkout/shipping", &[("method", &method)]).await;
    ada.expect("has to approve this purchase");
    ada.open("/checkout/extras").await;
    ada.submit("/checkout/extras", &[("number", "PO-12")]).await;
    ada.expect("PO-12");
    let asked = [("method", "on_account"), ("note", "Please do.")];
    ada.submit("/checkout/payment", &asked).await;
    ada.expect("Your company is asked.");
    ada.expect("waits for approval");

    let mut boss = signed_in(shop, "boss@example.com").await;
    let page = ada.path.split('?').next().unwrap_or_default().to_owned();
    boss.open(&page).await;
    boss.expect("Please do.");
    let request = format!("/account/requests/{}", behind(&boss, "action=\"/account/requests/"));
    boss.submit(&request, &[("deed", "approve"), ("answer", "Yes.")]).await;
    boss.expect("It is ordered.");
    ada.open(&page).await;
    ada.expect("Yes.");
    ada.expect("PO-12");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_or_taken_back_can_be_changed_and_asked_for_again() {
    let Acme {
        shop, staff, ada, boss, ..
    } = open().await;
    let mug = staff.sell("MUG-1", "30.00", 50).await;
    let cart = cart(&ada, &mug, 3).await;
    let change = |quantity: i64| {
        let line = json!([{ "lineId": cart["lines"][0]["id"], "quantity": quantity }]);
        json!({ "input": { "cartId": cart["id"], "lines": line } })
    };
    let lines = cart_mutation("cartLinesUpdate");
    let asked = ask(&ada, &cart, "on_account").await["request"].take();
    let id = json!({ "input": { "id": asked["id"] } });
    assert_eq!(boss.refusals(WITHDRAW, id.clone()).await, ["NOT_FOUND"]);
    for _ in 0..2 {
        assert_eq!(ada.done(WITHDRAW, id.clone()).await["request"]["state"], "WITHDRAWN");
    }
    ada.done(&lines, change(4)).await;

    let asked = ask(&ada, &cart, "on_account").await["request"].take();
    let answer = json!({ "input": { "id": asked["id"], "answer": "Two will do." } });
    for _ in 0..2 {
        let refused = boss.done(REFUSE, answer.clone()).await["request"].take();
        assert_eq!(refused, json!({ "state": "REFUSED", "answer": "Two will do." }));
    }
    shop.settle().await;
    let mails = shop.mails().await;
    let told = mails
        .iter()
        .find(|mail| mail.subject.contains("is not approved"))
        .unwrap();
    assert!(
        told.to.contains("ada@example.com") && told.text.contains("Two will do."),
        "{}",
        told.text
    );
    ada.done(&lines, change(2)).await;

    // At another price than the one that was asked for it is not ordered.
    let asked = ask(&ada, &cart, "on_account").await["request"].take();
    staff.sell("MUG-1", "45.00", 50).await;
    let id = json!({ "input": { "id": asked["id"] } });
    let refused = boss.payload(APPROVE, id.clone()).await;
    assert_eq!(refused["userErrors"][0]["code"], "PRICE_CHANGED", "{refused}");
    // A number of a company's own is for those who buy for one.
    assert_eq!(ada.done(WITHDRAW, id).await["request"]["state"], "WITHDRAWN");
    let guest = shop.guest();
    let number = json!({ "input": { "cartId": guest.cart_with(&[(&mug, 1)]).await["id"], "number": "PO-1" } });
    assert_eq!(guest.refusals(NUMBER, number).await, ["INVALID"]);
    shop.settle().await;
    shop.close().await;
}
