//! Goods that come back: asked for, approved, received in parts, inspected, paid back.

use futures::future::join_all;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::{complete, done, line_of, on_hand, refusal, returnable, verb};
use crate::purchase::dispatch;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guest_sends_goods_back_in_two_parcels() {
    let story = Story::open().await;
    story.nothing_comes_back_that_was_not_sent().await;
    let back = story.is_asked_for_once().await;
    story.is_found_and_approved(&back).await;
    story.comes_in_two_parcels(&back).await;
    story.is_paid_back_once(&back).await;
    story.is_told_of(&back).await;
    story.the_rest_comes_back().await;
    story.shop.close().await;
}

/// Three mugs and a book, of which goods come back.
struct Story {
    shop: TestShop,
    staff: Client,
    guest: Client,
    mug: String,
    placed: PlacedOrder,
    /// The line of the mugs.
    line: Value,
}

impl Story {
    async fn open() -> Self {
        let shop = TestShop::open().await;
        let staff = shop.staff(StaffRole::Administrator).await;
        let guest = shop.guest();
        let mug = staff.sell("MUG-1", "10.00", 10).await;
        let book = staff.sell("BOOK-1", "25.00", 3).await;
        let placed = guest.buy(&[(&mug, 3), (&book, 1)], "tok_approve").await;
        shop.settle().await;
        let line = line_of(&guest, &placed, "MUG-1").await;
        Self {
            shop,
            staff,
            guest,
            mug,
            placed,
            line,
        }
    }

    /// So many of the mugs are to come back.
    fn asked(&self, key: &str, quantity: i64) -> Value {
        json!({
            "orderId": self.placed.id, "accessToken": self.placed.access_token, "idempotencyKey": key,
            "note": "The handles are too small.",
            "lines": [{ "lineId": self.line, "quantity": quantity, "reason": "NOT_AS_EXPECTED" }],
        })
    }

    /// Nothing comes back that has not been sent; then it is sent.
    async fn nothing_comes_back_that_was_not_sent(&self) {
        let Self {
            staff, guest, placed, ..
        } = self;
        assert_eq!(returnable(guest, placed, "MUG-1").await, (0, json!("NOT_SENT")));
        let told = refusal(guest, "returnRequest", self.asked("early", 1)).await;
        assert_eq!(told.0, "INVALID");
        assert!(told.1.contains("has not been sent"), "{told:?}");
        dispatch(staff, &placed.id).await;
        complete(staff, &placed.id).await;
        assert_eq!(returnable(guest, placed, "MUG-1").await, (3, Value::Null));
    }

    /// Asked for once, however often; by nobody else; and for no more than there is.
    async fn is_asked_for_once(&self) -> Value {
        let Self {
            shop, guest, placed, ..
        } = self;
        let stranger = shop.guest();
        let back = done(guest, "returnRequest", self.asked("r1", 2)).await;
        assert_eq!(
            done(guest, "returnRequest", self.asked("r1", 2)).await["id"],
            back["id"]
        );
        assert_eq!(
            refusal(guest, "returnRequest", self.asked("r1", 1)).await.0,
            "IDEMPOTENCY_KEY_REUSED"
        );
        let mut foreign = self.asked("r2", 1);
        foreign["accessToken"] = json!("guessed");
        assert_eq!(refusal(&stranger, "returnRequest", foreign).await.0, "NOT_FOUND");
        assert_eq!(refusal(guest, "returnRequest", self.asked("r3", 2)).await.0, "INVALID");
        assert_eq!(back["number"], format!("{}-R1", placed.number));
        let one = "query($id: ID!, $token: String) { return(id: $id, accessToken: $token) { status } }";
        let variables = |token: &str| json!({ "id": back["id"], "token": token });
        assert_eq!(stranger.data(one, variables("guessed")).await["return"], Value::Null);
        assert_eq!(
            guest.data(one, variables(&placed.access_token)).await["return"]["status"],
            "REQUESTED"
        );
        back
    }

    /// Staff find it, and say where it goes.
    async fn is_found_and_approved(&self, back: &Value) {
        let Self { staff, guest, .. } = self;
        let list = "query($statuses: [ReturnStatus!]) { returns(first: 10, where: { statuses: $statuses }) { totalCount nodes { id } } }";
        let found = staff.data(list, json!({ "statuses": ["REQUESTED"] })).await["returns"].take();
        assert_eq!(
            (&found["totalCount"], &found["nodes"][0]["id"]),
            (&json!(1), &back["id"])
        );
        let id = &back["id"];
        assert_eq!(
            refusal(staff, "returnReceive", json!({ "id": id })).await.0,
            "ORDER_STATE"
        );
        let nowhere = refusal(staff, "returnApprove", json!({ "id": id })).await;
        assert!(nowhere.1.contains("where to send"), "{nowhere:?}");
        let approve = json!({ "id": id, "instructions": "To Dock 4, Hamburg.", "expectedVersion": back["version"] });
        for _ in 0..2 {
            let approved = done(staff, "returnApprove", approve.clone()).await;
            assert_eq!(
                (&approved["status"], &approved["version"]),
                (&json!("APPROVED"), &json!(2))
            );
        }
        assert_eq!(
            refusal(guest, "returnRefuse", json!({ "id": id, "reason": "No." }))
                .await
                .0,
            "UNAUTHENTICATED"
        );
    }

    /// It comes in two parcels; what came is looked at once.
    async fn comes_in_two_parcels(&self, back: &Value) {
        let Self {
            staff,
            guest,
            mug,
            placed,
            ..
        } = self;
        let id = &back["id"];
        let of = &back["lines"][0]["id"];
        let one = json!({ "id": id, "expectedVersion": 2, "lines": [{ "lineId": of, "quantity": 1 }] });
        let mut unseen = one.clone();
        unseen.as_object_mut().unwrap().remove("expectedVersion");
        let told = refusal(staff, "returnReceive", unseen).await;
        assert!(told.0 == "INVALID" && told.1.contains("expectedVersion"), "{told:?}");
        let first = done(staff, "returnReceive", one.clone()).await;
        self.shop.settle().await;
        let mails = self.shop.mails().await;
        let came = mails.iter().find(|mail| mail.text.contains("What has arrived:"));
        let came = came.expect("a mail tells of the first");
        assert!(came.text.contains("1 × Test MUG-1"), "{}", came.text);
        assert_eq!(first["status"], "PARTLY_RECEIVED");
        assert_eq!(refusal(staff, "returnReceive", one).await.0, "VERSION_CONFLICT");
        let token = json!({ "id": id, "accessToken": placed.access_token });
        assert_eq!(refusal(guest, "returnCancel", token).await.0, "ORDER_STATE");
        let inspect = |version: &Value, restock: i64, write_off: i64| {
            let line = json!({ "lineId": of, "restock": restock, "writeOff": write_off });
            json!({ "id": id, "expectedVersion": version, "lines": [line] })
        };
        assert_eq!(on_hand(staff, mug).await, 7);
        assert_eq!(
            refusal(staff, "returnInspect", inspect(&first["version"], 2, 0))
                .await
                .0,
            "INVALID"
        );
        assert_eq!(
            refusal(staff, "returnInspect", inspect(&first["version"], -1, 2))
                .await
                .0,
            "INVALID"
        );
        let seen = done(staff, "returnInspect", inspect(&first["version"], 1, 0)).await;
        assert_eq!(
            refusal(staff, "returnInspect", inspect(&first["version"], 1, 0))
                .await
                .0,
            "VERSION_CONFLICT"
        );
        assert_eq!(on_hand(staff, mug).await, 8);
        let whole = done(staff, "returnReceive", json!({ "id": id })).await;
        assert_eq!(
            (&whole["status"], &seen["status"]),
            (&json!("RECEIVED"), &json!("PARTLY_RECEIVED"))
        );
        assert_eq!(
            refusal(staff, "returnClose", json!({ "id": id })).await.0,
            "ORDER_STATE"
        );
        let seen = done(staff, "returnInspect", inspect(&whole["version"], 0, 1)).await;
        assert_eq!(seen["status"], "INSPECTED");
        assert_eq!(on_hand(staff, mug).await, 8, "what is written off is not sold");
    }

    /// What was paid for it goes back once, less a fee; then nothing more is to be done.
    async fn is_paid_back_once(&self, back: &Value) {
        let Self {
            shop,
            staff,
            guest,
            placed,
            ..
        } = self;
        let id = &back["id"];
        let refund =
            |key: &str, fee: &str| json!({ "id": id, "idempotencyKey": key, "fee": fee, "reason": "As agreed." });
        assert_eq!(
            refusal(staff, "returnRefund", refund("b0", "20.01")).await.0,
            "INVALID_AMOUNT"
        );
        assert_eq!(
            refusal(guest, "returnRefund", refund("b1", "1.00")).await.0,
            "UNAUTHENTICATED"
        );
        let document = verb("returnRefund");
        let at_once = (0..5).map(|n| staff.payload(&document, json!({ "input": refund(&format!("b1-{n}"), "1.00") })));
        let answers = join_all(at_once).await;
        let paid: Vec<_> = (0..5).filter(|n| answers[*n]["userErrors"] == json!([])).collect();
        assert_eq!(paid.len(), 1, "{answers:?}");
        let key = format!("b1-{}", paid[0]);
        let closed = done(staff, "returnRefund", refund(&key, "1.00")).await;
        assert_eq!(
            (&closed["status"], &closed["refunded"]["amount"]),
            (&json!("CLOSED"), &json!("19.00"))
        );
        assert_eq!(
            refusal(staff, "returnRefund", refund(&key, "2.00")).await.0,
            "IDEMPOTENCY_KEY_REUSED"
        );
        assert_eq!(
            refusal(staff, "returnRefund", refund("b2", "0.00")).await.0,
            "PAYMENT_STATE"
        );
        let closed = done(staff, "returnClose", json!({ "id": id })).await;
        shop.settle().await;
        assert_eq!(
            guest.order(placed).await["payment"]["refundedAmount"]["amount"],
            "19.00"
        );
        let line = &closed["lines"][0];
        assert_eq!(
            (
                &line["receivedQuantity"],
                &line["restockedQuantity"],
                &line["writtenOffQuantity"]
            ),
            (&json!(2), &json!(1), &json!(1))
        );
        assert_eq!(
            (&line["refundedQuantity"], &closed["fee"]["amount"]),
            (&json!(2), &json!("1.00"))
        );
        let mails = shop.mails().await;
        let kept = mails
            .iter()
            .filter(|mail| mail.text.contains("€1.00 of what you had paid"));
        assert_eq!(kept.count(), 1, "the mail of the money says what was kept");
        let subjects: Vec<_> = mails.into_iter().map(|mail| mail.subject).collect();
        for told in ["We received your request to return", "is approved", "has arrived"] {
            assert!(
                subjects.iter().any(|subject| subject.contains(told)),
                "{told}: {subjects:?}"
            );
        }
    }

    /// The timeline tells of it, staff see who did what, and the ledger explains the unit.
    async fn is_told_of(&self, back: &Value) {
        let Self {
            staff, guest, placed, ..
        } = self;
        let history = guest.history(placed).await;
        let told: Vec<_> = history.iter().filter(|kind| kind.starts_with("RETURN")).collect();
        let expected = [
            "RETURN_REQUESTED",
            "RETURN_APPROVED",
            "RETURN_RECEIVED",
            "RETURN_RECEIVED",
            "RETURN_CLOSED",
        ];
        assert_eq!(told, expected);
        let id = &back["id"];
        let events = "query($id: ID!) { return(id: $id) { events { number kind units restocked writtenOff } } }";
        let events = staff.data(events, json!({ "id": id })).await["return"]["events"].take();
        let kinds: Vec<_> = events
            .as_array()
            .unwrap()
            .iter()
            .map(|event| event["kind"].as_str().unwrap())
            .collect();
        assert_eq!(
            kinds,
            [
                "REQUESTED",
                "APPROVED",
                "RECEIVED",
                "INSPECTED",
                "RECEIVED",
                "INSPECTED",
                "REFUNDED",
                "CLOSED"
            ]
        );
        assert_eq!(returnable(guest, placed, "MUG-1").await, (1, Value::Null));
    }

    /// With the rest of the order, what shipping cost goes back, too, as goods came that are not as described: by then
    /// all but the fees is back. No fee is kept of those, but of the book, which staff find to be as described.
    async fn the_rest_comes_back(&self) {
        let Self {
            shop,
            staff,
            guest,
            placed,
            ..
        } = self;
        let policy =
            "mutation($input: ReturnPolicyUpdateInput!) { returnPolicyUpdate(input: $input) { userErrors { code } } }";
        let rules = json!({ "feeBasisPoints": 1_000, "refundsShipping": "NEVER" });
        staff.done(policy, json!({ "input": rules })).await;
        let book = line_of(guest, placed, "BOOK-1").await;
        let mut rest = self.asked("r4", 1);
        let more = json!({ "lineId": book, "quantity": 1, "reason": "DAMAGED" });
        rest["lines"].as_array_mut().unwrap().push(more);
        let rest = done(guest, "returnRequest", rest).await;
        let id = &rest["id"];
        done(
            staff,
            "returnApprove",
            json!({ "id": id, "instructions": "To Dock 4, Hamburg." }),
        )
        .await;
        let came = done(staff, "returnReceive", json!({ "id": id })).await;
        let found = json!({ "lineId": rest["lines"][1]["id"], "restock": 1, "reason": "CHANGED_MIND" });
        let seen = json!({ "id": id, "expectedVersion": came["version"], "lines": [found] });
        done(staff, "returnInspect", seen).await;
        let reasons = "query($id: ID!) { return(id: $id) { lines { reason } } }";
        let reasons = staff.data(reasons, json!({ "id": id })).await["return"]["lines"].take();
        assert_eq!(
            reasons,
            json!([{ "reason": "NOT_AS_EXPECTED" }, { "reason": "CHANGED_MIND" }])
        );
        let back = done(staff, "returnRefund", json!({ "id": id, "idempotencyKey": "b3" })).await;
        assert_eq!(back["status"], "RECEIVED", "a mug is yet to be inspected");
        assert_eq!(back["fee"]["amount"], "2.50");
        shop.settle().await;
        let order = guest.order(placed).await;
        let amount = |name: &str| {
            order["payment"][name]["amount"]
                .as_str()
                .unwrap()
                .parse::<f64>()
                .unwrap()
        };
        assert!(
            (amount("capturedAmount") - amount("refundedAmount") - 3.5).abs() < 0.001,
            "{order}"
        );

        // Nothing more is awaited of what is paid back already, once that is inspected, too.
        let last = json!({ "lineId": rest["lines"][0]["id"], "writeOff": 1 });
        let seen = json!({ "id": id, "expectedVersion": back["version"], "lines": [last] });
        assert_eq!(done(staff, "returnInspect", seen).await["status"], "CLOSED");
    }
}
