//! What customers have beyond their account: addresses, what they said to marketing; and what staff see and do.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_commerce::retention;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, shop::PASSWORD, shopper::Shopper};

use super::{ADA, LOGIN, NEW, REFRESH, RESET, input, login, mailed_token, with};

const ADDRESSES: &str =
    "{ viewer { addresses(first: 10) { nodes { id defaultShipping defaultBilling version address { line1 } } } } }";
const ADD: &str = "mutation($input: CustomerAddressCreateInput!) { customerAddressCreate(input: $input) { customerAddress { id defaultShipping defaultBilling } userErrors { code field } } }";
const EDIT: &str = "mutation($input: CustomerAddressUpdateInput!) { customerAddressUpdate(input: $input) { customerAddress { version defaultShipping address { line1 } } userErrors { code field } } }";
const DROP: &str = "mutation($input: CustomerAddressDeleteInput!) { customerAddressDelete(input: $input) { deletedId userErrors { code field } } }";
const RESTORE: &str = "mutation($input: CustomerAddressRestoreInput!) { customerAddressRestore(input: $input) { customerAddress { id defaultShipping defaultBilling } userErrors { code field } } }";
const NODE: &str = "query($id: ID!) { node(id: $id) { id } }";

fn place(line1: &str, country: &str) -> Value {
    json!({ "name": "Ada", "line1": line1, "city": "Berlin", "postalCode": "10117", "countryCode": country })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_keeps_an_address_book() {
    let shop = TestShop::open().await;
    let (ada, eve) = (shop.customer(ADA).await, shop.customer("eve@example.com").await);
    let first = ada.done(ADD, input(json!({ "address": place("First 1", "DE") }))).await["customerAddress"].take();
    assert_eq!(
        (&first["defaultShipping"], &first["defaultBilling"]),
        (&json!(true), &json!(true))
    );
    let wrong = ada
        .payload(ADD, input(json!({ "address": place("First 1", "XX") })))
        .await;
    assert_eq!(
        wrong["userErrors"],
        json!([{ "code": "INVALID", "field": ["input", "address", "countryCode"] }])
    );
    let other = json!({ "address": place("Second 2", "DE"), "defaultShipping": true });
    let second = ada.done(ADD, input(other)).await["customerAddress"].take();
    let book = ada.data(ADDRESSES, json!({})).await["viewer"]["addresses"]["nodes"].take();
    assert_eq!(
        (&book[0]["defaultShipping"], &book[0]["defaultBilling"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(book[1]["defaultShipping"], true);

    let edit = json!({ "id": second["id"], "expectedVersion": 1, "address": place("Third 3", "DE") });
    let edited = ada.done(EDIT, input(edit.clone())).await["customerAddress"].take();
    assert_eq!(
        edited,
        json!({ "version": 2, "defaultShipping": true, "address": { "line1": "Third 3" } })
    );
    assert_eq!(ada.refusals(EDIT, input(edit.clone())).await, ["VERSION_CONFLICT"]);
    // Another's and a missing one answer alike.
    let missing = input(json!({ "id": "addr_01j9zzzzzzzzzzzzzzzzzzzzzz" }));
    let theirs = input(json!({ "id": second["id"] }));
    for mutation in [EDIT, DROP] {
        assert_eq!(
            eve.payload(mutation, theirs.clone()).await,
            eve.payload(mutation, missing.clone()).await
        );
    }
    let node = json!({ "id": second["id"] });
    assert_eq!(eve.data(NODE, node.clone()).await["node"], Value::Null);
    assert_eq!(ada.data(NODE, node).await["node"]["id"], second["id"]);
    // A cart takes it by its id, from whoever has it.
    let cart = ada.cart_with(&[]).await;
    let send = |client: &Client, cart: &Value| {
        let (client, value) = (
            client.clone(),
            json!({ "cartId": cart["id"], "shippingAddressId": second["id"] }),
        );
        let mutation = "mutation($input: CartAddressesUpdateInput!) { cartAddressesUpdate(input: $input) { cart { shippingAddress { line1 } } userErrors { code field } } }";
        async move { client.payload(mutation, input(value)).await }
    };
    assert_eq!(send(&ada, &cart).await["cart"]["shippingAddress"]["line1"], "Third 3");
    let refused = send(&eve, &eve.cart_with(&[]).await).await["userErrors"].take();
    assert_eq!(
        refused,
        json!([{ "code": "NOT_FOUND", "field": ["input", "shippingAddressId"] }])
    );
    ada.done(DROP, theirs.clone()).await;
    ada.done(DROP, theirs.clone()).await;
    // What is deleted is gone for everything but to be restored: as the default that it was, by its owner.
    assert_eq!(ada.data(NODE, json!({ "id": second["id"] })).await["node"], Value::Null);
    assert_eq!(
        eve.payload(RESTORE, theirs.clone()).await,
        eve.payload(RESTORE, missing.clone()).await
    );
    let back = ada.done(RESTORE, theirs.clone()).await["customerAddress"].take();
    assert_eq!(
        (&back["defaultShipping"], &back["defaultBilling"]),
        (&json!(true), &json!(false))
    );
    ada.done(RESTORE, theirs.clone()).await;
    ada.done(DROP, theirs.clone()).await;
    for number in 1..50 {
        ada.done(
            ADD,
            input(json!({ "address": place(&format!("Street {number}"), "DE") })),
        )
        .await;
    }
    assert_eq!(
        ada.refusals(ADD, input(json!({ "address": place("One more", "DE") })))
            .await,
        ["INVALID"]
    );
    assert_eq!(
        ada.refusals(RESTORE, theirs.clone()).await,
        ["INVALID"],
        "the book is full"
    );
    shop.advance(TimeDelta::days(31)).await;
    retention::forget_now(shop.shop()).await.unwrap();
    let ada = with(&shop.guest(), &shop.guest().done(LOGIN, login(ADA, PASSWORD)).await);
    assert_eq!(
        ada.refusals(RESTORE, theirs).await,
        ["NOT_FOUND"],
        "and after a month none"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_find_customers_and_let_them_in_no_more() {
    let shop = TestShop::open().await;
    let (staff, packer) = (
        shop.staff(StaffRole::Administrator).await,
        shop.staff(StaffRole::Fulfilment).await,
    );
    let session = shop.customer_session(ADA).await;
    let eve = shop.customer("eve@example.com").await;
    let list = "query($where: CustomerWhere, $sort: CustomerSort) { customers(first: 10, where: $where, sort: $sort) { nodes { id email version disabledAt } } }";
    let emails = async |variables: Value| -> Vec<Value> {
        let found = staff.data(list, variables).await["customers"]["nodes"].take();
        found
            .as_array()
            .unwrap()
            .iter()
            .map(|customer| customer["email"].clone())
            .collect()
    };
    let ours = json!({ "query": "@EXAMPLE.com" });
    assert_eq!(emails(json!({ "where": ours })).await, ["eve@example.com", ADA]);
    assert_eq!(
        emails(json!({ "where": ours, "sort": "OLDEST" })).await,
        [ADA, "eve@example.com"]
    );
    assert_eq!(emails(json!({ "where": { "query": "ada@" } })).await, [ADA]);
    assert_eq!(emails(json!({ "where": { "query": "%" } })).await, Vec::<Value>::new());
    for nosy in [&packer, &eve] {
        assert_eq!(
            nosy.answer(list, json!({})).await["errors"][0]["extensions"]["code"],
            "FORBIDDEN"
        );
    }
    let found = staff.data(list, json!({ "where": { "query": "ada@" } })).await["customers"]["nodes"][0].take();
    let ada = json!({ "id": found["id"], "expectedVersion": 1 });
    let disable = "mutation($input: CustomerDisableInput!) { customerDisable(input: $input) { customer { disabledAt } userErrors { code } } }";
    let enable = "mutation($input: CustomerEnableInput!) { customerEnable(input: $input) { customer { disabledAt } userErrors { code } } }";
    let send = "mutation($input: CustomerPasswordResetSendInput!) { customerPasswordResetSend(input: $input) { customer { id } userErrors { code } } }";
    let only = input(json!({ "id": found["id"] }));
    for (mutation, client) in [(disable, &eve), (enable, &packer), (send, &eve)] {
        assert_eq!(client.refusals(mutation, only.clone()).await, ["FORBIDDEN"]);
    }
    staff.done(send, only.clone()).await;
    let token = mailed_token(&shop, ADA, "password-reset").await;
    staff.done(disable, input(ada.clone())).await;
    staff.done(disable, input(ada.clone())).await;
    assert_eq!(staff.refusals(enable, input(ada)).await, ["VERSION_CONFLICT"]);
    let guest = shop.guest();
    let refresh = input(json!({ "refreshToken": session["refreshToken"] }));
    assert_eq!(guest.refusals(REFRESH, refresh).await, ["INVALID_TOKEN"]);
    assert_eq!(guest.refusals(LOGIN, login(ADA, PASSWORD)).await, ["WRONG_CREDENTIALS"]);
    let reset = input(json!({ "token": token, "password": NEW }));
    assert_eq!(guest.refusals(RESET, reset).await, ["INVALID_TOKEN"]);
    assert_eq!(emails(json!({ "where": { "disabled": true } })).await, [ADA]);
    staff.done(enable, only).await;
    guest.done(LOGIN, login(ADA, PASSWORD)).await;
    let audit = "{ auditLog(first: 20, where: { action: \"customer\" }) { nodes { action } } }";
    let log = staff.data(audit, json!({})).await.to_string();
    for action in ["customer.password_reset_send", "customer.disable", "customer.enable"] {
        assert!(log.contains(&format!("\"{action}\"")), "{action} in {log}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn marketing_is_agreed_to_and_withdrawn_with_proof() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let ada = shop.customer(ADA).await;
    let set = "mutation($input: CustomerMarketingConsentSetInput!) { customerMarketingConsentSet(input: $input) { marketingConsent { id granted } userErrors { code field } } }";
    let say =
        |granted: bool, wording: &str| input(json!({ "channel": "EMAIL", "granted": granted, "wording": wording }));
    assert_eq!(shop.guest().refusals(set, say(true, "v1")).await, ["UNAUTHENTICATED"]);
    assert_eq!(ada.refusals(set, say(true, "")).await, ["INVALID"]);
    let agreed = ada.done(set, say(true, "newsletter 1")).await;
    assert_eq!(agreed, ada.done(set, say(true, "newsletter 1")).await);
    let seen = "query($id: ID!) { node(id: $id) { ... on Customer { marketingUnsubscribeUrl marketingConsents(first: 10) { nodes { granted wording source email } } } } }";
    let id = ada.data("{ viewer { id } }", json!({})).await["viewer"].take();
    let found = staff.data(seen, id.clone()).await["node"].take();
    // Staff find who agrees.
    let eve = shop.customer("eve@example.com").await;
    let list = "query($accepted: Boolean!) { customers(first: 10, where: { marketing: { channel: EMAIL, accepted: $accepted } }) { nodes { email acceptsMarketing(channel: EMAIL) } } }";
    let agree =
        async |accepted: bool| staff.data(list, json!({ "accepted": accepted })).await["customers"]["nodes"].take();
    let shown = |email: &str, agrees: bool| json!({ "email": email, "acceptsMarketing": agrees });
    assert_eq!(agree(true).await, json!([shown(ADA, true)]));
    assert!(agree(false).await.to_string().contains("eve@example.com"));
    assert_eq!(
        eve.answer(list, json!({ "accepted": true })).await["errors"][0]["extensions"]["code"],
        "FORBIDDEN"
    );
    let url = found["marketingUnsubscribeUrl"].as_str().unwrap();
    let path = url.strip_prefix(ada.base()).unwrap();
    // Looking at the link changes nothing; one click does, once.
    let mut reader = Shopper::new(&shop);
    reader.open(path).await.expect("Unsubscribe");
    reader.expect("class=\"masthead\"");
    assert_eq!(shop.guest().get(&format!("{path}x")).await.status(), 404);
    for _ in 0..2 {
        assert_eq!(shop.guest().post(path, json!({})).await.status(), 200);
    }
    assert_eq!(agree(true).await, json!([]));
    assert!(agree(false).await.as_array().unwrap().contains(&shown(ADA, false)));
    let said = staff.data(seen, id).await["node"]["marketingConsents"]["nodes"].take();
    let row = |granted: bool, source: &str| json!({ "granted": granted, "wording": "newsletter 1", "source": source, "email": ADA });
    assert_eq!(said, json!([row(false, "LINK"), row(true, "ACCOUNT")]));
    shop.close().await;
}
