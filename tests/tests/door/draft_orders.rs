//! Orders that staff put together: priced, sent as a link, changed, paid by link or otherwise, expired, taken back.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_adapters::config::BankTransfer;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    Client, TestShop,
    purchase::{address, cart_mutation},
};

const DRAFT: &str =
    "draftOrder { id number status version total { amount currencyCode } message staffNote link expiresAt
    createdByName cart { id version email problems { code } shippingMethods { id name price { amount } selected }
        lines { id quantity custom ownPrice unitPrice { amount } product { title } cost { total { amount } } }
        adjustments { title } draft { shipping { title } discount { percentage amount { amount } } }
        cost { subtotal { amount } discount { amount } shipping { amount } tax { amount } total { amount } } } }
    userErrors { code message field }";
const READ: &str = "query ($id: ID!, $token: String) { draftOrder(id: $id, accessToken: $token) { number status message
    order { number } cart { id version total: cost { total { amount } } lines { product { title } } problems { code } } } }";
const COMPLETE: &str = "mutation ($input: DraftOrderCompleteInput!) { draftOrderComplete(input: $input) { paid
    order { id number status email cost { total { amount } shipping { amount } } shippingMethodName
        lines { sku title quantity unitPrice { amount } } payment { status capturedAmount { amount } }
        timeline(first: 5) { nodes { kind message actor } } }
    userErrors { code message field } } }";

fn mutation(verb: &str) -> String {
    let name = format!("draftOrder{verb}");
    format!("mutation ($input: DraftOrder{verb}Input!) {{ {name}(input: $input) {{ {DRAFT} }} }}")
}

async fn did(staff: &Client, verb: &str, input: Value) -> Value {
    staff.done(&mutation(verb), json!({ "input": input })).await["draftOrder"].take()
}

async fn refused(staff: &Client, verb: &str, input: Value) -> Vec<String> {
    staff.refusals(&mutation(verb), json!({ "input": input })).await
}

async fn open() -> (TestShop, Client, String) {
    let shop = TestShop::open_with(|config| {
        config.payment.bank_transfer = Some(BankTransfer {
            instructions: "Pay {amount}, naming {number}.".to_owned(),
            hold_days: 7,
        });
    })
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "30.00", 10).await;
    shop.settle().await;
    (shop, staff, mug)
}

fn token(draft: &Value) -> String {
    let link = draft["link"].as_str().expect("a link");
    link.split_once("token=").expect("a token").1.to_owned()
}

async fn amount_left(staff: &Client, variant: &str) -> Value {
    let query = "query ($id: ID!) { variant(id: $id) { availableQuantity } }";
    staff.data(query, json!({ "id": variant })).await["variant"]["availableQuantity"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_staff_put_together_is_paid_by_its_link() {
    let (shop, staff, mug) = open().await;
    let guest = shop.guest();
    let lines = json!([
        { "variantId": mug, "quantity": 2, "unitPrice": "25.00" },
        { "title": "Engraving", "quantity": 1, "unitPrice": "15.00", "requiresShipping": false, "weightGrams": 250 },
    ]);
    let fields = json!({ "email": "ada@example.com", "shippingAddress": address(), "staffNote": "By phone.",
        "ownShipping": { "title": "By our van", "price": "12.00" }, "discount": { "title": "For you", "percentage": "10" } });
    let draft = did(&staff, "Create", json!({ "draftOrder": fields, "lines": lines })).await;
    assert_eq!(draft["status"], "OPEN");
    assert!(draft["number"].as_str().unwrap().starts_with("D-"), "{draft}");
    let cost = &draft["cart"]["cost"];
    let told = ["subtotal", "discount", "shipping", "total"].map(|part| cost[part]["amount"].as_str().unwrap());
    assert_eq!(told, ["65.00", "6.50", "12.00", "70.50"]);
    assert_eq!(draft["total"]["amount"], "70.50");
    assert_eq!(draft["cart"]["problems"], json!([]), "{draft}");
    assert_eq!(draft["cart"]["lines"][1]["product"]["title"], "Engraving");
    assert_eq!(draft["cart"]["lines"][1]["custom"], json!(true));

    // Nobody opens it before it is sent, nor with another token; a dearer mug makes it no dearer.
    let id = draft["id"].clone();
    let read = json!({ "id": id, "token": token(&draft) });
    assert_eq!(guest.data(READ, read.clone()).await["draftOrder"], Value::Null);
    staff.sell("MUG-1", "40.00", 10).await;
    let input = json!({ "id": id, "expectedVersion": draft["version"], "message": "As we said." });
    let sent = did(&staff, "Send", input.clone()).await;
    assert_eq!(
        (&sent["status"], &sent["total"]["amount"]),
        (&json!("SENT"), &json!("70.50"))
    );
    assert_eq!(
        did(&staff, "Send", input).await["version"],
        sent["version"],
        "sent once"
    );
    shop.settle().await;
    let mails = shop.mails().await;
    let told: Vec<_> = mails
        .iter()
        .filter(|mail| mail.to.contains("ada@example.com"))
        .collect();
    assert_eq!(told.len(), 1);
    for part in [
        "D-",
        "As we said.",
        "2 × Test MUG-1",
        "1 × Engraving",
        sent["link"].as_str().unwrap(),
        "until",
    ] {
        assert!(told[0].text.contains(part), "{part}: {}", told[0].text);
    }
    let wrong = json!({ "id": id, "token": "nonsense" });
    assert_eq!(guest.data(READ, wrong).await["draftOrder"], Value::Null);
    let opened = guest.data(READ, read.clone()).await["draftOrder"].take();
    assert_eq!(opened["cart"]["total"]["total"]["amount"], "70.50", "{opened}");

    let of_staff = "query ($id: ID!, $token: String) { draftOrder(id: $id, accessToken: $token) { staffNote } }";
    let answer = guest.answer(of_staff, read.clone()).await;
    assert_eq!(answer["data"]["draftOrder"]["staffNote"], Value::Null);
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{answer}");

    // Whoever pays gives addresses; what it holds, and for how much, they do not change.
    let cart = &sent["cart"];
    let line = json!([{ "lineId": cart["lines"][0]["id"], "quantity": 1 }]);
    for (name, more) in [
        ("cartLinesUpdate", json!({ "lines": line })),
        ("cartLinesRemove", json!({ "lineIds": [cart["lines"][0]["id"]] })),
        (
            "cartLinesAdd",
            json!({ "lines": [{ "variantId": mug, "quantity": 1 }] }),
        ),
        ("cartDiscountCodesAdd", json!({ "codes": ["SUMMER"] })),
    ] {
        let mut input = more;
        input["cartId"] = cart["id"].clone();
        let refused = guest.refusals(&cart_mutation(name), json!({ "input": input })).await;
        assert_eq!(refused, ["DRAFT_ORDER_STATE"], "{name}");
    }
    let elsewhere = json!({ "cartId": cart["id"], "shippingAddress": { "name": "Ada", "line1": "Domplatz 1", "city": "Köln",
        "postalCode": "50667", "countryCode": "DE" } });
    let moved = guest
        .done(&cart_mutation("cartAddressesUpdate"), json!({ "input": elsewhere }))
        .await["cart"]
        .take();
    assert_eq!(moved["cost"]["total"]["amount"], "70.50");
    assert_eq!(amount_left(&staff, &mug).await, 10);
    let placed = guest.place(&moved, "key", "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]), "{placed}");
    assert_eq!(placed["order"]["cost"]["total"]["amount"], "70.50");
    let again = guest.place(&moved, "key", "tok_approve").await;
    assert_eq!(again["order"]["id"], placed["order"]["id"]);
    let other = guest.place(&moved, "other", "tok_approve").await;
    assert_eq!(other["userErrors"][0]["code"], "CART_COMPLETED", "{other}");
    shop.settle().await;
    assert_eq!(amount_left(&staff, &mug).await, 8);
    let query = "query ($id: ID!) { order(id: $id) { status shippingMethodName lines { sku title weightGrams unitPrice { amount } }
        timeline(first: 1) { nodes { message } } } }";
    let order = staff.data(query, json!({ "id": placed["order"]["id"] })).await["order"].take();
    assert_eq!(
        (&order["status"], &order["shippingMethodName"]),
        (&json!("CONFIRMED"), &json!("By our van"))
    );
    let expected = json!([
        { "sku": "MUG-1", "title": "Test MUG-1", "weightGrams": 0, "unitPrice": { "amount": "25.00" } },
        { "sku": "CUSTOM", "title": "Engraving", "weightGrams": 250, "unitPrice": { "amount": "15.00" } },
    ]);
    assert_eq!(order["lines"], expected);
    let entry = order["timeline"]["nodes"][0]["message"].as_str().unwrap();
    assert!(entry.contains(draft["number"].as_str().unwrap()), "{entry}");

    // It is an order: staff change it no more, and its link says so.
    let opened = guest.data(READ, read).await["draftOrder"].take();
    assert_eq!(opened["status"], "COMPLETED");
    assert_eq!(
        refused(&staff, "Delete", json!({ "id": id })).await,
        ["DRAFT_ORDER_STATE"]
    );
    let change = json!({ "id": id, "draftOrder": { "note": "Hello" } });
    assert_eq!(refused(&staff, "Update", change).await, ["DRAFT_ORDER_STATE"]);
    let copy = did(&staff, "Duplicate", json!({ "id": id })).await;
    assert_eq!(
        (&copy["status"], &copy["total"]["amount"]),
        (&json!("OPEN"), &json!("70.50"))
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_change_a_draft_complete_it_and_take_it_back() {
    let (shop, staff, mug) = open().await;
    let guest = shop.guest();
    let create = json!({ "lines": [{ "variantId": mug, "quantity": 1 }] });
    let draft = did(&staff, "Create", create.clone()).await;
    let id = draft["id"].clone();
    assert_eq!(draft["cart"]["problems"][0]["code"], "CONTACT_MISSING");

    // What is wrong is told at its field, and nothing of it is done.
    for (verb, input, code) in [
        (
            "LinesUpdate",
            json!({ "lines": [{ "title": "Own", "quantity": 1 }] }),
            "INVALID",
        ),
        (
            "LinesUpdate",
            json!({ "lines": [{ "variantId": mug, "title": "Own", "quantity": 1 }] }),
            "INVALID",
        ),
        (
            "LinesUpdate",
            json!({ "lines": [{ "variantId": mug, "quantity": 1, "unitPrice": "-1.00" }] }),
            "INVALID_AMOUNT",
        ),
        (
            "Update",
            json!({ "draftOrder": { "discount": { "amount": "1.00", "percentage": "5" } } }),
            "INVALID",
        ),
        (
            "Update",
            json!({ "draftOrder": { "purchaseOrderNumber": "PO-1" } }),
            "INVALID",
        ),
        (
            "Update",
            json!({ "draftOrder": { "expiresAt": "2001-01-01T00:00:00Z" } }),
            "INVALID",
        ),
        (
            "Update",
            json!({ "expectedVersion": 99, "draftOrder": {} }),
            "VERSION_CONFLICT",
        ),
        ("Send", json!({}), "CART_INCOMPLETE"),
    ] {
        let mut input = input;
        input["id"] = id.clone();
        if verb == "LinesUpdate" {
            input["expectedVersion"] = draft["version"].clone();
        }
        assert_eq!(refused(&staff, verb, input.clone()).await, [code], "{verb} {input}");
    }
    let method = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await["shippingMethods"][0]["id"].take();
    let fields = json!({ "email": "Ada@Example.com", "shippingAddress": address(), "shippingMethodId": method,
        "discount": { "title": "Loyal", "amount": "5.00" } });
    let input = json!({ "id": id, "expectedVersion": draft["version"], "draftOrder": fields });
    let changed = did(&staff, "Update", input).await;
    assert_eq!(changed["cart"]["email"], "ada@example.com");
    assert_eq!(changed["cart"]["cost"]["discount"]["amount"], "5.00");

    // What is put in is put in once: by a key, or by a version, and not without either.
    let put = |more: Value| {
        let mut input = json!({ "id": id, "lines": [{ "title": "Wrapping", "quantity": 1, "unitPrice": "3.00" }] });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let keyed = put(json!({ "idempotencyKey": "wrapped" }));
    assert_eq!(refused(&staff, "LinesUpdate", put(json!({}))).await, ["INVALID"]);
    for _ in 0..2 {
        let wrapped = did(&staff, "LinesUpdate", keyed.clone()).await;
        assert_eq!(wrapped["cart"]["lines"].as_array().unwrap().len(), 2, "{wrapped}");
    }
    let mut other = keyed;
    other["lines"][0]["quantity"] = json!(2);
    assert_eq!(refused(&staff, "LinesUpdate", other).await, ["IDEMPOTENCY_KEY_REUSED"]);
    let late = put(json!({ "expectedVersion": changed["version"] }));
    assert_eq!(refused(&staff, "LinesUpdate", late).await, ["VERSION_CONFLICT"]);
    let query = "query ($id: ID!) { draftOrder(id: $id) { cart { lines { id product { title } } } } }";
    let lines = staff.data(query, json!({ "id": id })).await["draftOrder"]["cart"]["lines"].take();
    let mut lines = lines.as_array().unwrap().iter();
    let wrapping = lines.find(|line| line["product"]["title"] == "Wrapping").unwrap();
    let out = json!({ "id": id, "lines": [{ "lineId": wrapping["id"], "quantity": 0 }] });
    did(&staff, "LinesUpdate", out).await;

    // A line is dearer by the catalogue, and costs what it did until staff take today's price.
    staff.sell("MUG-1", "32.00", 10).await;
    let line = &changed["cart"]["lines"][0]["id"];
    let two = json!({ "id": id, "lines": [{ "lineId": line, "quantity": 2 }] });
    let two = did(&staff, "LinesUpdate", two).await;
    assert_eq!(two["cart"]["cost"]["subtotal"]["amount"], "60.00");
    let today = json!({ "id": id, "lines": [{ "lineId": line, "quantity": 2, "catalogPrice": true }] });
    let today = did(&staff, "LinesUpdate", today).await;
    assert_eq!(today["cart"]["cost"]["subtotal"]["amount"], "64.00");

    // Paid by other means, it is the order that it says; done again it is the same.
    let total = today["cart"]["cost"]["total"]["amount"].clone();
    let input = json!({ "id": id, "paymentMethod": "bank_transfer", "expectedTotal": "1.00" });
    assert_eq!(
        staff.refusals(COMPLETE, json!({ "input": input })).await,
        ["PRICE_CHANGED"]
    );
    let input = json!({ "id": id, "paymentMethod": "bank_transfer", "expectedTotal": total, "paid": true });
    let complete = async { staff.done(COMPLETE, json!({ "input": input.clone() })).await };
    let (done, ()) = tokio::join!(complete, shop.settle());
    assert_eq!(done["order"]["cost"]["total"]["amount"], total, "{done}");
    let created = &done["order"]["timeline"]["nodes"][0];
    assert!(created["actor"].as_str().unwrap().starts_with("staff_"), "{created}");
    shop.settle().await;
    let again = staff.done(COMPLETE, json!({ "input": input })).await;
    assert_eq!(again["order"]["id"], done["order"]["id"]);
    shop.settle().await;
    let again = staff.done(COMPLETE, json!({ "input": { "id": id } })).await;
    assert_eq!(again["order"]["payment"]["capturedAmount"]["amount"], total, "{again}");
    assert_eq!(amount_left(&staff, &mug).await, 8);
    let found = "{ draftOrders(first: 9, where: { status: COMPLETED, query: \"ada@example.com\" }) { totalCount nodes { id order { id } } } }";
    let found = staff.data(found, json!({})).await["draftOrders"].take();
    assert_eq!((&found["totalCount"], &found["nodes"][0]["id"]), (&json!(1), &id));

    // One that is taken back opens to nobody, and comes back with its link.
    let fields = json!({ "email": "ada@example.com", "shippingAddress": address(), "shippingMethodId": method });
    let other = did(
        &staff,
        "Create",
        json!({ "draftOrder": fields, "lines": create["lines"] }),
    )
    .await;
    let other = did(&staff, "Send", json!({ "id": other["id"], "mail": false })).await;
    let read = json!({ "id": other["id"], "token": token(&other) });
    let deleted = did(
        &staff,
        "Delete",
        json!({ "id": other["id"], "expectedVersion": other["version"] }),
    )
    .await;
    assert_eq!(
        did(
            &staff,
            "Delete",
            json!({ "id": other["id"], "expectedVersion": other["version"] })
        )
        .await,
        deleted
    );
    assert_eq!(guest.data(READ, read.clone()).await["draftOrder"], Value::Null);
    let over = guest.place(&other["cart"], "over", "tok_approve").await;
    assert_eq!(over["userErrors"][0]["code"], "DRAFT_ORDER_STATE", "{over}");
    let back = did(&staff, "Restore", json!({ "id": other["id"] })).await;
    assert_eq!(did(&staff, "Restore", json!({ "id": other["id"] })).await, back);

    // The goods are gone meanwhile: whoever pays is told, and so are staff who send it.
    let opened = guest.data(READ, read.clone()).await["draftOrder"].take();
    assert_eq!(opened["cart"]["problems"], json!([]), "{opened}");
    staff.sell("MUG-1", "32.00", 0).await;
    shop.settle().await;
    let opened = guest.data(READ, read.clone()).await["draftOrder"].take();
    assert_eq!(opened["cart"]["problems"][0]["code"], "SOLD_OUT", "{opened}");
    let gone = guest.place(&opened["cart"], "gone", "tok_approve").await;
    assert_eq!(gone["userErrors"][0]["code"], "INSUFFICIENT_STOCK", "{gone}");
    let again = json!({ "id": other["id"], "again": true });
    assert_eq!(refused(&staff, "Send", again.clone()).await, ["INSUFFICIENT_STOCK"]);
    staff.sell("MUG-1", "32.00", 9).await;

    // The time is over: nobody pays it, until it is sent again.
    shop.pass(TimeDelta::days(15)).await;
    let opened = guest.data(READ, read.clone()).await["draftOrder"].take();
    assert_eq!(
        (&opened["status"], &opened["cart"]["problems"][0]["code"]),
        (&json!("EXPIRED"), &json!("DRAFT_ORDER_OVER"))
    );
    let over = guest.place(&opened["cart"], "over", "tok_approve").await;
    assert_eq!(over["userErrors"][0]["code"], "DRAFT_ORDER_STATE", "{over}");
    let staff = shop.sign_in(StaffRole::Administrator).await;
    assert_eq!(did(&staff, "Send", again).await["status"], "SENT");
    let opened = guest.data(READ, read).await["draftOrder"].take();
    let placed = guest.place(&opened["cart"], "paid", "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]), "{placed}");
    shop.close().await;
}
