//! What of the API is for staff is refused to everybody else, whatever stands in the question: nothing of it is read
//! before it is known who asks.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::{
    paths::{self, Path},
    schema::{Api, Field, ask, follow},
};
use crate::returns::send_back;

/// What staff see beside what everybody sees of their own ("For staff …: those …") is not for staff alone.
fn is_for_staff(field: &Field) -> bool {
    is_own(field) || field.description.contains("For staff") && !field.description.contains("`: those")
}

/// What every member of staff does for themselves.
fn is_own(field: &Field) -> bool {
    field.description.contains("the member of staff who is signed in")
}

/// Values of every kind: such as fit, ids that are none, and what no field takes.
fn variants(api: &Api, field: &Field) -> Vec<String> {
    let missing = |_: &str, of: &str| (of == "ID").then(|| "\"ord_01j9zzzzzzzzzzzzzzzzzzzzzz\"".to_owned());
    let wrong = |_: &str, of: &str| match of {
        "ID" => Some("\"';--\"".to_owned()),
        "String" => Some("\"\\u0000\"".to_owned()),
        "Int" => Some("-1".to_owned()),
        _ => None,
    };
    let mut calls = vec![api.call(field, "", &missing), api.call(field, "", &wrong)];
    // Every place that may be left out, too.
    for (place, _) in api.places(field) {
        calls.push(api.call(field, &place, &wrong));
    }
    calls
}

/// Whether `answer` tells nothing but who asks.
fn is_refused(answer: &Value, code: &str) -> bool {
    let told = &answer["data"]["userErrors"];
    match told.as_array() {
        Some(errors) => errors.len() == 1 && errors[0]["code"] == code,
        None => match answer["errors"].as_array().unwrap().as_slice() {
            [] => answer["data"].is_null() || answer["data"] == Value::Array(Vec::new()),
            // One for each row that has the field.
            errors => errors.iter().all(|error| error[1]["code"] == code),
        },
    }
}

struct Walk<'a> {
    api: &'a Api,
    strangers: [(&'a Client, &'a str); 2],
    faults: Vec<String>,
    walked: usize,
}

impl Walk<'_> {
    /// Calls a field as every stranger, within what leads to it.
    async fn field(&mut self, root: &str, path: &Path, field: &Field) {
        self.walked += 1;
        let all = variants(self.api, field);
        for (stranger, code) in self.strangers {
            // A mutation has many places, and who asks is looked at before any: one stranger tries them all.
            let some = if root == "query" || code == "UNAUTHENTICATED" {
                all.len()
            } else {
                2
            };
            let calls = &all[..some];
            let answers = match root {
                "subscription" => follow(stranger, calls).await,
                _ => ask(stranger, root, &path.before, calls, path.after).await,
            };
            let answers = answers.into_iter().map(|answer| path.answer_of(answer, &field.name));
            let answers = answers.collect::<Vec<_>>();
            for (call, answer) in calls.iter().zip(&answers) {
                if !is_refused(answer, code) || *answer != answers[0] {
                    let call = call.chars().take(300).collect::<String>();
                    let fault = format!("{code} is not all that is told by {}{call}: {answer}", path.before);
                    self.faults.push(fault.chars().take(900).collect());
                }
            }
        }
        // Which one it is may follow from what the field is about.
        let follows = [
            "permission for what",
            "permission of what",
            "permission that its operation",
        ];
        let mut names = self.api.values_of("Permission").into_iter();
        let is_named = names.any(|name| field.description.contains(&format!("`{name}`")));
        if !is_named && !is_own(field) && !follows.iter().any(|words| field.description.contains(words)) {
            self.faults
                .push(format!("{} does not say which permission it needs", field.name));
        }
    }
}

impl Walk<'_> {
    /// Of a field that is for all, the arguments that are not.
    async fn arguments(&mut self, root: &str, field: &Field) {
        for argument in self.api.staff_arguments(field) {
            let call = self.api.call(field, &argument, &|_, _| None);
            for (stranger, code) in self.strangers {
                let answers = ask(stranger, root, "", std::slice::from_ref(&call), "").await;
                if !is_refused(&answers[0], code) {
                    self.faults
                        .push(format!("{code} is not told by {call}: {}", answers[0]));
                }
            }
        }
    }
}

async fn order(shop: &TestShop, staff: &Client) -> PlacedOrder {
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    let issue = "mutation($input: GiftCardCreateInput!) { giftCardCreate(input: $input) { code userErrors { code } } }";
    let card = staff.done(issue, json!({ "input": { "amount": "2.00" } })).await["code"].take();
    let add = "mutation($input: CartGiftCardAddInput!) { cartGiftCardAdd(input: $input) { userErrors { code } } }";
    let input = json!({ "input": { "cartId": cart["id"], "code": card } });
    guest.done(add, input).await;
    let placed = guest.buy_cart(&guest.check_out(&cart).await, "tok_approve").await;
    shop.settle().await;
    let change = "mutation($input: OrderEditInput!) { orderEdit(input: $input) { userErrors { code } } }";
    let changes = json!({ "discount": { "amount": "1.00" } });
    let input = json!({ "input": { "orderId": placed.id, "changes": changes, "idempotencyKey": "less" } });
    staff.done(change, input).await;
    shop.settle().await;
    let sent = "mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { shipment { id } userErrors { code } } }";
    let input = json!({ "input": { "orderId": placed.id, "dispatch": true } });
    let parcel = staff.done(sent, input).await["shipment"]["id"].take();
    let told = "mutation($input: ShipmentEventAddInput!) { shipmentEventAdd(input: $input) { userErrors { code } } }";
    let input = json!({ "input": { "shipmentId": parcel, "kind": "IN_TRANSIT" } });
    staff.done(told, input).await;
    send_back(&guest, &placed).await;
    let withdraw =
        "mutation($input: WithdrawalConfirmInput!) { withdrawalConfirm(input: $input) { userErrors { code } } }";
    let input = json!({ "orderId": placed.id, "accessToken": placed.access_token, "idempotencyKey": "w1" });
    guest.done(withdraw, json!({ "input": input })).await;
    placed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_for_staff_is_refused_before_anything_of_it_is_read() {
    let shop = TestShop::open_with(|config| config.http.query_cost_max = 10_000_000).await;
    let (guest, customer) = (shop.guest(), shop.customer("eve@example.com").await);
    let placed = order(&shop, &shop.staff(StaffRole::Administrator).await).await;
    let api = Api::read(&guest).await;
    let mut walked = Vec::new();
    let mut walk = Walk {
        api: &api,
        strangers: [(&guest, "UNAUTHENTICATED"), (&customer, "FORBIDDEN")],
        faults: Vec::new(),
        walked: 0,
    };
    for (root, object) in [
        ("query", "Query"),
        ("mutation", "Mutation"),
        ("subscription", "Subscription"),
    ] {
        let before = walk.walked;
        for field in api.fields(object) {
            match is_for_staff(&field) {
                true => walk.field(root, &Path::default(), &field).await,
                false if root == "query" => walk.arguments(root, &field).await,
                false => {}
            }
        }
        walked.push(walk.walked - before);
    }
    // Of what shoppers see, what they do not. Objects that are for staff as a whole lie behind a field that is.
    for (object, description) in api.objects() {
        let fields = api.fields(object).into_iter().filter(is_for_staff).collect::<Vec<_>>();
        let is_root = ["Query", "Mutation", "Subscription"].contains(&object);
        if is_root || fields.is_empty() || description.contains("For staff") {
            continue;
        }
        match paths::to(object, &placed) {
            Some(path) => {
                for field in &fields {
                    walk.field("query", &path, field).await;
                }
            }
            None if paths::BEHIND_STAFF.contains(&object) => {}
            None => walk.faults.push(format!(
                "say how strangers come to a {object} (paths::to), or that they do not"
            )),
        }
    }
    assert!(
        walk.faults.is_empty(),
        "{} faults:\n{}",
        walk.faults.len(),
        walk.faults.join("\n")
    );
    assert!(walked[0] > 30 && walked[1] > 150 && walked[2] > 1, "{walked:?}");
    shop.close().await;
}
