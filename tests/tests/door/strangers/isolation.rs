//! Another's thing and one that never was answer alike, wherever an id may stand.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel, Statement};
use serde_json::{Value, json};
use uuid::Uuid;
use vitrine_entity::{
    customer_identity,
    ids::{CartId, CustomerId, IdentityId, ProviderCustomerId, PurchaseRequestId, SavedPaymentMethodId, encode_base32},
    provider_customer,
    purchase_request::{self, PurchaseRequestState, RequestedLines},
    saved_payment_method,
    staff_member::StaffRole,
};
use vitrine_tests::{Client, TestShop, client::http, purchase::address, shop::PASSWORD};

use super::schema::{Api, Field, ask, follow};
use crate::{purchase::dispatch, returns::send_back};

/// Ids of things that are somebody's: the kind, and the table in which the fixture has one of Ada's. A draft's cart is of whoever has
/// its link.
const THEIRS: &[(&str, &str)] = &[
    ("addr", "customer_address"),
    (
        "cart",
        "cart where not exists (select 1 from draft_order d where d.cart_id = cart.id)",
    ),
    ("claim", "order_claim"),
    (
        "cline",
        "cart_line where not exists (select 1 from draft_order d where d.cart_id = cart_line.cart_id)",
    ),
    ("comp", "company"),
    ("cus", "customer"),
    ("draft", "draft_order"),
    ("idn", "customer_identity"),
    ("job", "outbox"),
    ("mcon", "customer_consent"),
    ("ntf", "notification"),
    ("oline", "order_line"),
    ("ord", "orders"),
    ("pay", "payment"),
    ("pexp", "person_export"),
    ("preq", "purchase_request"),
    ("ret", "order_return"),
    ("rfd", "refund"),
    ("rline", "order_return_line"),
    ("salert", "stock_alert"),
    ("ses", "session"),
    ("spm", "saved_payment_method"),
    ("staff", "staff_member"),
    ("wdr", "withdrawal"),
];

/// Ids of things that are everybody's: what the shop shows.
const PUBLIC: &[&str] = &[
    "attr", "cat", "coll", "eop", "loc", "market", "media", "menu", "page", "pic", "prod", "shm", "tax", "var", "vid",
];

/// Ids that only staff meet, behind fields that are for staff (see `guards`), and such as no field takes.
const BEHIND_STAFF: &[&str] = &[
    "akey", "app", "aud", "bord", "bulk", "cap", "cgrp", "cloc", "cmail", "cnote", "cnt", "credit", "crfind", "crst",
    "csup", "ctlg", "dbatch", "dcode", "disc", "dl", "doc", "dred", "era", "evt", "exp", "file", "find", "idhs",
    "inst", "inv", "iord", "legacy", "mimp", "oadj", "omail", "onote", "over", "pcus", "pent", "pimport", "psched",
    "push", "rcode", "rec", "role", "rpic", "rst", "rsv", "rtok", "sent", "sevt", "ship", "shz", "skey", "sline",
    "smsc", "srule", "syn", "text", "trf", "upl", "urlr", "whdel", "whep",
];

/// A thing of Ada's, and one that never was.
struct Pair {
    theirs: String,
    missing: String,
}

impl Pair {
    /// An answer as it is whichever of the two was asked for.
    fn plain(&self, answer: &Value) -> String {
        let text = answer.to_string();
        text.replace(&self.theirs, "ID").replace(&self.missing, "ID")
    }
}

/// The kinds that the program knows.
fn kinds() -> Vec<String> {
    let source = include_str!("../../../../entity/src/ids.rs");
    let table = source.rsplit_once("ids! {").expect("the table of kinds").1;
    let lines = table
        .lines()
        .filter_map(|line| line.trim().strip_suffix("\";")?.split_once(" = \""));
    lines.map(|(_, kind)| kind.to_owned()).collect()
}

async fn pairs(shop: &TestShop) -> BTreeMap<&'static str, Pair> {
    let mut pairs = BTreeMap::new();
    for (kind, table) in THEIRS {
        let db = &shop.shop().db;
        let sql = format!("select id from {table} order by id limit 1");
        let row = db
            .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
            .await
            .unwrap();
        let id: Uuid = row
            .unwrap_or_else(|| panic!("the fixture has no {table}"))
            .try_get_by_index(0)
            .unwrap();
        let text = |id| format!("{kind}_{}", encode_base32(id));
        let pair = Pair {
            theirs: text(id),
            missing: text(Uuid::from_u128(id.as_u128() ^ 1 << 40)),
        };
        pairs.insert(*kind, pair);
    }
    pairs
}

/// Ada has one of everything. Gives who she is and what she has.
async fn ada(shop: &TestShop, staff: &Client) -> Client {
    let ada = shop.customer("ada@example.com").await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let gone = staff.sell("GONE-1", "10.00", 0).await;
    let placed = ada.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let alert = "mutation($input: StockAlertRequestInput!) { stockAlertRequest(input: $input) { userErrors { code message field } } }";
    ada.done(
        alert,
        json!({ "input": { "variantId": gone, "email": "ada@example.com" } }),
    )
    .await;
    let cancel = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code } } }";
    ada.done(cancel, json!({ "input": { "orderId": placed.id } })).await;
    let sent = ada.buy(&[(&mug, 2)], "tok_approve").await;
    shop.settle().await;
    dispatch(staff, &sent.id).await;
    shop.settle().await;
    send_back(&ada, &sent).await;
    let withdraw = "mutation($input: WithdrawalConfirmInput!) { withdrawalConfirm(input: $input) { userErrors { code message } } }";
    ada.done(
        withdraw,
        json!({ "input": { "orderId": sent.id, "idempotencyKey": "w1", "details": "The blue one." } }),
    )
    .await;
    let claim =
        "mutation($input: OrderClaimCreateInput!) { orderClaimCreate(input: $input) { userErrors { code message } } }";
    let settled = json!({
        "orderId": sent.id, "kind": "REFUND", "reason": "DAMAGED", "amount": "1.00", "idempotencyKey": "c1",
    });
    staff.done(claim, json!({ "input": settled })).await;
    ada.cart_with(&[(&mug, 1)]).await;
    for (name, own) in [
        ("customerAddressCreate", json!({ "address": address() })),
        (
            "customerMarketingConsentSet",
            json!({ "channel": "EMAIL", "granted": true, "wording": "newsletter 1" }),
        ),
        ("customerDataExport", json!({ "password": PASSWORD })),
    ] {
        let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let mutation =
            format!("mutation($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code message }} }} }}");
        ada.done(&mutation, json!({ "input": own })).await;
    }
    let id = ada.data("{ viewer { id } }", json!({})).await["viewer"]["id"].take();
    let company = "mutation { companyCreate(input: { name: \"Acme\" }) { company { id } userErrors { code } } }";
    let company = staff.done(company, json!({})).await["company"]["id"].take();
    let buyer = "mutation($input: CompanyBuyerAddInput!) { companyBuyerAdd(input: $input) { userErrors { code } } }";
    staff
        .done(buyer, json!({ "input": { "id": company, "customerId": id } }))
        .await;
    let draft = "mutation($input: DraftOrderCreateInput!) { draftOrderCreate(input: $input) { userErrors { code } } }";
    let lines = json!([{ "variantId": mug, "quantity": 1 }]);
    let input = json!({ "draftOrder": { "customerId": id }, "lines": lines });
    staff.done(draft, json!({ "input": input })).await;
    let now = shop.shop().now();
    let request = purchase_request::Model {
        id: PurchaseRequestId(shop.shop().new_id()),
        company_id: company.as_str().unwrap().parse().unwrap(),
        customer_id: id.as_str().unwrap().parse().unwrap(),
        cart_id: CartId(shop.shop().new_id()),
        cart_version: 1,
        payment_method: None,
        state: PurchaseRequestState::Open,
        currency: shop.shop().profile().currency,
        total_minor: 1_000,
        lines: RequestedLines::default(),
        purchase_order_number: None,
        note: None,
        answer: None,
        decided_by: None,
        order_id: None,
        created_at: now,
        decided_at: None,
    };
    request.into_active_model().insert(&shop.shop().db).await.unwrap();
    let identity = customer_identity::Model {
        id: IdentityId(shop.shop().new_id()),
        provider: "acme".to_owned(),
        subject: "ada-at-acme".to_owned(),
        customer_id: id.as_str().unwrap().parse().unwrap(),
        email: "ada@example.com".to_owned(),
        created_at: now,
        last_used_at: now,
    };
    identity.into_active_model().insert(&shop.shop().db).await.unwrap();
    save_card(shop, id.as_str().unwrap().parse().unwrap()).await;
    shop.settle().await;
    ada
}

async fn save_card(shop: &TestShop, customer: CustomerId) {
    let now = shop.shop().now();
    let known = provider_customer::Model {
        id: ProviderCustomerId(shop.shop().new_id()),
        customer_id: Some(customer),
        provider: "simulated".to_owned(),
        reference: Some("sim_customer_of_ada".to_owned()),
        renewals: 0,
        created_at: now,
    };
    let known = known.into_active_model().insert(&shop.shop().db).await.unwrap();
    let card = saved_payment_method::Model {
        id: SavedPaymentMethodId(shop.shop().new_id()),
        customer_id: customer,
        provider_customer_id: known.id,
        provider: known.provider,
        reference: "sim_method_of_ada".to_owned(),
        brand: "visa".to_owned(),
        last_four: "4242".to_owned(),
        expiry_month: 12,
        expiry_year: 2034,
        is_default: true,
        created_at: now,
        removed_at: None,
        detached_at: None,
    };
    card.into_active_model().insert(&shop.shop().db).await.unwrap();
}

#[test]
fn every_kind_of_id_is_somebodys() {
    let known = |kind: &String| {
        let kind = kind.as_str();
        THEIRS.iter().any(|(theirs, _)| *theirs == kind) || PUBLIC.contains(&kind) || BEHIND_STAFF.contains(&kind)
    };
    let unknown = kinds().into_iter().filter(|kind| !known(kind)).collect::<Vec<_>>();
    assert!(
        unknown.is_empty() && kinds().len() > 50,
        "say whose these are, and give Ada one: {unknown:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anothers_and_a_missing_one_answer_alike() {
    let shop = TestShop::open_with(|config| config.http.query_cost_max = 10_000_000).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let ada = ada(&shop, &staff).await;
    let pairs = pairs(&shop).await;
    let (eve, guest) = (shop.customer("eve@example.com").await, shop.guest());
    let api = Api::read(&guest).await;
    let mut faults = Vec::new();
    let mut own = 0;
    // So that a stream of hers has something to tell, whatever it is asked to begin after.
    shop.clock.advance(TimeDelta::seconds(1));
    let mug = eve.variant("mug-1", "MUG-1").await;
    eve.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    for (root, object) in [
        ("query", "Query"),
        ("mutation", "Mutation"),
        ("subscription", "Subscription"),
    ] {
        for field in api.fields(object) {
            for place in id_places(&api, &field) {
                let calls = calls(&api, &field, &place, &pairs);
                for (who, client) in [("a customer", &eve), ("a guest", &guest)] {
                    let answers = match root {
                        "subscription" => follow(client, &calls).await,
                        _ => ask(client, root, "", &calls, "").await,
                    };
                    faults.extend(differences(&pairs, &answers).map(|(kind, a, b)| {
                        format!("{who} learns of a {kind} by {} at {place}: {a} / {b}", field.name)
                    }));
                }
                // What is hers Ada sees: the test would see it, too.
                if root == "query" {
                    own += differences(&pairs, &ask(&ada, root, "", &calls, "").await).count();
                }
            }
        }
    }
    rest(&shop, &pairs, &eve, &guest, &mut faults).await;
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(own >= 4, "Ada sees little of her own: {own}");
    shop.close().await;
}

fn id_places(api: &Api, field: &Field) -> Vec<String> {
    let places = api.places(field).into_iter();
    places.filter(|(_, of)| *of == "ID").map(|(place, _)| place).collect()
}

/// For each kind a call with Ada's and one with a missing one.
fn calls(api: &Api, field: &Field, place: &str, pairs: &BTreeMap<&str, Pair>) -> Vec<String> {
    let ids = pairs.values().flat_map(|pair| [&pair.theirs, &pair.missing]);
    let call = |id: &String| {
        let fill = |at: &str, of: &str| match (at == place, of) {
            (true, "ID") => Some(format!("\"{id}\"")),
            (false, "ID") => Some("\"ord_01j9zzzzzzzzzzzzzzzzzzzzzz\"".to_owned()),
            _ => None,
        };
        api.call(field, place, &fill)
    };
    ids.map(call).collect()
}

fn differences<'a>(
    pairs: &'a BTreeMap<&'static str, Pair>,
    answers: &'a [Value],
) -> impl Iterator<Item = (&'static str, String, String)> + 'a {
    let each = pairs.iter().zip(answers.chunks(2));
    each.filter_map(|((kind, pair), answers)| {
        let (theirs, missing) = (pair.plain(&answers[0]), pair.plain(&answers[1]));
        (theirs != missing).then_some((*kind, theirs, missing))
    })
}

/// Every path of REST in which something stands.
async fn rest(shop: &TestShop, pairs: &BTreeMap<&str, Pair>, eve: &Client, guest: &Client, faults: &mut Vec<String>) {
    let openapi: Value = shop.guest().get("/api/openapi.json").await.json().await.unwrap();
    // One for all: to make one takes longer than what most of these ask.
    let http = http();
    let mut walked = 0;
    for (path, methods) in openapi["paths"].as_object().unwrap() {
        let Some((before, rest)) = path.split_once('{') else {
            continue;
        };
        let after = rest.split_once('}').unwrap().1;
        for method in methods.as_object().unwrap().keys().filter(|method| method.len() < 7) {
            for (who, client) in [("a customer", eve), ("a guest", guest)] {
                for (kind, pair) in pairs {
                    let mut answers = Vec::new();
                    for id in [&pair.theirs, &pair.missing] {
                        let url = format!("{}{before}{id}{after}", client.base());
                        let request = http.request(method.to_uppercase().parse().unwrap(), url);
                        let request = request.header("idempotency-key", "a-key-of-eves").json(&json!({}));
                        let request = match client.access_token() {
                            Some(token) => request.bearer_auth(token),
                            None => request,
                        };
                        let answer = request.send().await.unwrap();
                        let status = answer.status().as_u16();
                        let text = answer.text().await.unwrap();
                        // Each request has an id of its own.
                        let mut told: Value = serde_json::from_str(&text).unwrap_or(Value::String(text));
                        if let Some(fields) = told.as_object_mut() {
                            fields.remove("instance");
                        }
                        answers.push(pair.plain(&json!([status, told])));
                        walked += 1;
                    }
                    if answers[0] != answers[1] {
                        faults.push(format!("{who} learns of a {kind} by {method} {path}: {answers:?}"));
                    }
                }
            }
        }
    }
    assert!(walked > 20, "{walked} paths");
}
