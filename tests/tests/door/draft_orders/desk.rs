//! A draft that staff change, and complete by other means; one that they take back, and one that goes out of date.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_commerce::retention;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::address};

use super::{READ, amount_left, did, open, refused, token};

const COMPLETE: &str = "mutation ($input: DraftOrderCompleteInput!) { draftOrderComplete(input: $input) { paid
    order { id number status email cost { total { amount } shipping { amount } } shippingMethodName
        lines { sku title quantity unitPrice { amount } } payment { status capturedAmount { amount } }
        timeline(first: 5) { nodes { kind message actor } } }
    userErrors { code message field } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_change_a_draft_complete_it_and_take_it_back() {
    let story = Story::open().await;
    story.what_is_wrong_is_told_at_its_field().await;
    let changed = story.is_changed().await;
    story.what_is_put_in_is_put_in_once(&changed).await;
    let total = story.costs_what_it_did_until_staff_take_todays_price(&changed).await;
    story.is_completed_once(&total).await;
    let other = story.another_is_taken_back_and_comes_back_with_its_link().await;
    story.is_not_paid_while_its_goods_are_gone(&other).await;
    story.is_not_paid_once_its_time_is_over(&other).await;
    story.goes_for_good_long_after_it_was_taken_back().await;
    story.shop.close().await;
}

/// A draft with one mug in it.
struct Story {
    shop: TestShop,
    staff: Client,
    guest: Client,
    mug: String,
    draft: Value,
    /// How it may be sent.
    method: Value,
}

impl Story {
    async fn open() -> Self {
        let (shop, staff, mug) = open().await;
        let guest = shop.guest();
        let draft = did(
            &staff,
            "Create",
            json!({ "lines": [{ "variantId": mug, "quantity": 1 }] }),
        )
        .await;
        assert_eq!(draft["cart"]["problems"][0]["code"], "CONTACT_MISSING");
        let method = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await["shippingMethods"][0]["id"].take();
        Self {
            shop,
            staff,
            guest,
            mug,
            draft,
            method,
        }
    }

    /// What is wrong is told at its field, and nothing of it is done.
    async fn what_is_wrong_is_told_at_its_field(&self) {
        let Self { staff, mug, draft, .. } = self;
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
            input["id"] = draft["id"].clone();
            if verb == "LinesUpdate" {
                input["expectedVersion"] = draft["version"].clone();
            }
            assert_eq!(refused(staff, verb, input.clone()).await, [code], "{verb} {input}");
        }
    }

    /// It is somebody's, and something is off.
    async fn is_changed(&self) -> Value {
        let Self {
            staff, draft, method, ..
        } = self;
        let id = &draft["id"];
        let fields = json!({ "email": "Ada@Example.com", "shippingAddress": address(), "shippingMethodId": method,
            "discount": { "title": "Loyal", "amount": "5.00" } });
        let input = json!({ "id": id, "expectedVersion": draft["version"], "draftOrder": fields });
        let changed = did(staff, "Update", input).await;
        assert_eq!(changed["cart"]["email"], "ada@example.com");
        assert_eq!(changed["cart"]["cost"]["discount"]["amount"], "5.00");
        changed
    }

    /// What is put in is put in once: by a key, or by a version, and not without either.
    async fn what_is_put_in_is_put_in_once(&self, changed: &Value) {
        let Self { staff, draft, .. } = self;
        let id = &draft["id"];
        let put = |more: Value| {
            let mut input = json!({ "id": id, "lines": [{ "title": "Wrapping", "quantity": 1, "unitPrice": "3.00" }] });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        let keyed = put(json!({ "idempotencyKey": "wrapped" }));
        assert_eq!(refused(staff, "LinesUpdate", put(json!({}))).await, ["INVALID"]);
        for _ in 0..2 {
            let wrapped = did(staff, "LinesUpdate", keyed.clone()).await;
            assert_eq!(wrapped["cart"]["lines"].as_array().unwrap().len(), 2, "{wrapped}");
        }
        let mut other = keyed;
        other["lines"][0]["quantity"] = json!(2);
        assert_eq!(refused(staff, "LinesUpdate", other).await, ["IDEMPOTENCY_KEY_REUSED"]);
        let late = put(json!({ "expectedVersion": changed["version"] }));
        assert_eq!(refused(staff, "LinesUpdate", late).await, ["VERSION_CONFLICT"]);
        let query = "query ($id: ID!) { draftOrder(id: $id) { cart { lines { id product { title } } } } }";
        let lines = staff.data(query, json!({ "id": id })).await["draftOrder"]["cart"]["lines"].take();
        let mut lines = lines.as_array().unwrap().iter();
        let wrapping = lines.find(|line| line["product"]["title"] == "Wrapping").unwrap();
        let out = json!({ "id": id, "lines": [{ "lineId": wrapping["id"], "quantity": 0 }] });
        did(staff, "LinesUpdate", out).await;
    }

    /// A line is dearer by the catalogue, and costs what it did until staff take today's price.
    async fn costs_what_it_did_until_staff_take_todays_price(&self, changed: &Value) -> Value {
        let Self { staff, draft, .. } = self;
        let id = &draft["id"];
        staff.sell("MUG-1", "32.00", 10).await;
        let line = &changed["cart"]["lines"][0]["id"];
        let two = json!({ "id": id, "lines": [{ "lineId": line, "quantity": 2 }] });
        let two = did(staff, "LinesUpdate", two).await;
        assert_eq!(two["cart"]["cost"]["subtotal"]["amount"], "60.00");
        let today = json!({ "id": id, "lines": [{ "lineId": line, "quantity": 2, "catalogPrice": true }] });
        let today = did(staff, "LinesUpdate", today).await;
        assert_eq!(today["cart"]["cost"]["subtotal"]["amount"], "64.00");
        today["cart"]["cost"]["total"]["amount"].clone()
    }

    /// Paid by other means, it is the order that it says; done again it is the same.
    async fn is_completed_once(&self, total: &Value) {
        let Self {
            shop,
            staff,
            mug,
            draft,
            ..
        } = self;
        let id = &draft["id"];
        let input = json!({ "id": id, "paymentMethod": "bank_transfer", "expectedTotal": "1.00" });
        assert_eq!(
            staff.refusals(COMPLETE, json!({ "input": input })).await,
            ["PRICE_CHANGED"]
        );
        let input = json!({ "id": id, "paymentMethod": "bank_transfer", "expectedTotal": total, "paid": true });
        let complete = async { staff.done(COMPLETE, json!({ "input": input.clone() })).await };
        let (done, ()) = tokio::join!(complete, shop.settle());
        assert_eq!(done["order"]["cost"]["total"]["amount"], *total, "{done}");
        let created = &done["order"]["timeline"]["nodes"][0];
        assert!(created["actor"].as_str().unwrap().starts_with("staff_"), "{created}");
        shop.settle().await;
        let again = staff.done(COMPLETE, json!({ "input": input })).await;
        assert_eq!(again["order"]["id"], done["order"]["id"]);
        shop.settle().await;
        let again = staff.done(COMPLETE, json!({ "input": { "id": id } })).await;
        assert_eq!(again["order"]["payment"]["capturedAmount"]["amount"], *total, "{again}");
        assert_eq!(amount_left(staff, mug).await, 8);
        let found = "{ draftOrders(first: 9, where: { status: COMPLETED, query: \"ada@example.com\" }) { totalCount nodes { id order { id } } } }";
        let found = staff.data(found, json!({})).await["draftOrders"].take();
        assert_eq!((&found["totalCount"], &found["nodes"][0]["id"]), (&json!(1), id));
    }

    /// One that is taken back opens to nobody, and comes back with its link.
    async fn another_is_taken_back_and_comes_back_with_its_link(&self) -> Value {
        let Self {
            staff,
            guest,
            mug,
            method,
            ..
        } = self;
        let fields = json!({ "email": "ada@example.com", "shippingAddress": address(), "shippingMethodId": method });
        let lines = json!([{ "variantId": mug, "quantity": 1 }]);
        let other = did(staff, "Create", json!({ "draftOrder": fields, "lines": lines })).await;
        let other = did(staff, "Send", json!({ "id": other["id"], "mail": false })).await;
        let read = json!({ "id": other["id"], "token": token(&other) });
        let deleted = did(
            staff,
            "Delete",
            json!({ "id": other["id"], "expectedVersion": other["version"] }),
        )
        .await;
        assert_eq!(
            did(
                staff,
                "Delete",
                json!({ "id": other["id"], "expectedVersion": other["version"] })
            )
            .await,
            deleted
        );
        assert_eq!(guest.data(READ, read.clone()).await["draftOrder"], Value::Null);
        let over = guest.place(&other["cart"], "over", "tok_approve").await;
        assert_eq!(over["userErrors"][0]["code"], "DRAFT_ORDER_STATE", "{over}");
        let back = did(staff, "Restore", json!({ "id": other["id"] })).await;
        assert_eq!(did(staff, "Restore", json!({ "id": other["id"] })).await, back);
        other
    }

    /// The goods are gone meanwhile: whoever pays is told, and so are staff who send it.
    async fn is_not_paid_while_its_goods_are_gone(&self, other: &Value) {
        let Self { shop, staff, guest, .. } = self;
        let read = json!({ "id": other["id"], "token": token(other) });
        let opened = guest.data(READ, read.clone()).await["draftOrder"].take();
        assert_eq!(opened["cart"]["problems"], json!([]), "{opened}");
        staff.sell("MUG-1", "32.00", 0).await;
        shop.settle().await;
        let opened = guest.data(READ, read).await["draftOrder"].take();
        assert_eq!(opened["cart"]["problems"][0]["code"], "SOLD_OUT", "{opened}");
        let gone = guest.place(&opened["cart"], "gone", "tok_approve").await;
        assert_eq!(gone["userErrors"][0]["code"], "INSUFFICIENT_STOCK", "{gone}");
        let again = json!({ "id": other["id"], "again": true });
        assert_eq!(refused(staff, "Send", again).await, ["INSUFFICIENT_STOCK"]);
        staff.sell("MUG-1", "32.00", 9).await;
    }

    /// The time is over: nobody pays it, until it is sent again.
    async fn is_not_paid_once_its_time_is_over(&self, other: &Value) {
        let Self { shop, guest, .. } = self;
        let read = json!({ "id": other["id"], "token": token(other) });
        shop.pass(TimeDelta::days(15)).await;
        let opened = guest.data(READ, read.clone()).await["draftOrder"].take();
        assert_eq!(
            (&opened["status"], &opened["cart"]["problems"][0]["code"]),
            (&json!("EXPIRED"), &json!("DRAFT_ORDER_OVER"))
        );
        let over = guest.place(&opened["cart"], "over", "tok_approve").await;
        assert_eq!(over["userErrors"][0]["code"], "DRAFT_ORDER_STATE", "{over}");
        let staff = shop.sign_in(StaffRole::Administrator).await;
        assert_eq!(
            did(&staff, "Send", json!({ "id": other["id"], "again": true })).await["status"],
            "SENT"
        );
        let opened = guest.data(READ, read).await["draftOrder"].take();
        let placed = guest.place(&opened["cart"], "paid", "tok_approve").await;
        assert_eq!(placed["userErrors"], json!([]), "{placed}");
    }
    /// But not one that staff bring back just then.
    async fn goes_for_good_long_after_it_was_taken_back(&self) {
        let shop = &self.shop;
        let staff = shop.sign_in(StaffRole::Administrator).await;
        let create = json!({ "lines": [{ "variantId": self.mug, "quantity": 1 }] });
        let (gone, kept) = (
            did(&staff, "Create", create.clone()).await,
            did(&staff, "Create", create).await,
        );
        for draft in [&gone, &kept] {
            let delete = json!({ "id": draft["id"], "expectedVersion": draft["version"] });
            did(&staff, "Delete", delete).await;
        }
        shop.pass(TimeDelta::days(91)).await;
        let staff = shop.sign_in(StaffRole::Administrator).await;
        did(&staff, "Restore", json!({ "id": kept["id"] })).await;
        retention::forget_now(shop.shop()).await.unwrap();
        assert_eq!(
            refused(&staff, "Restore", json!({ "id": gone["id"] })).await,
            ["NOT_FOUND"]
        );
        assert_eq!(
            did(&staff, "Restore", json!({ "id": kept["id"] })).await["id"],
            kept["id"]
        );
    }
}
