//! What is switched while the shop runs: for some or for all, by percent and by rule, on every server.

mod capabilities;
mod doors;

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_commerce::{Context, setup::file};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    Client, TestShop,
    client::http,
    patience::{sooner_than, until},
};

const SET: &str = "mutation($input: FlagSetInput!) { flagSet(input: $input) {
    flag { name description isCapability isOn percent version rules { percent countries customerGroupIds } }
    userErrors { code field } } }";
const DELETE: &str = "mutation($input: FlagDeleteInput!) { flagDelete(input: $input) {
    flag { version deletedAt } userErrors { code field } } }";
const RESTORE: &str = "mutation($input: FlagRestoreInput!) { flagRestore(input: $input) {
    flag { version deletedAt isOn } userErrors { code field } } }";
const ASKED: &str = "query($names: [String!]!) { shop { flags(names: $names) { isOn } } }";

/// How many are asked about in one request.
const AT_ONCE: usize = 50;

async fn set(staff: &Client, input: Value) -> Value {
    staff.done(SET, json!({ "input": input })).await["flag"].take()
}

async fn is_on(client: &Client, name: &str) -> bool {
    let asked = client.data(ASKED, json!({ "names": [name] })).await;
    asked["shop"]["flags"][0]["isOn"].as_bool().unwrap()
}

/// Which of a thousand visitors have a flag.
async fn among_a_thousand(guest: &Client, name: &str) -> Vec<bool> {
    let mut found = Vec::with_capacity(1_000);
    for from in (0..1_000).step_by(AT_ONCE) {
        let asked = (from..from + AT_ONCE).map(|visitor| {
            format!("v{visitor}: flags(names: [\"{name}\"], visitor: \"visitor-{visitor}\") {{ isOn }}")
        });
        let query = format!("{{ shop {{ {} }} }}", asked.collect::<Vec<_>>().join(" "));
        let data = guest.data(&query, json!({})).await;
        found.extend((from..from + AT_ONCE).map(|visitor| data["shop"][format!("v{visitor}")][0]["isOn"] == true));
    }
    found
}

fn count(found: &[bool]) -> usize {
    found.iter().filter(|is_on| **is_on).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flag_is_on_for_so_many_and_for_whom_its_rules_name() {
    let mut shop = TestShop::open().await;
    let (staff, guest) = (shop.staff(StaffRole::Administrator).await, shop.guest());
    assert!(
        !is_on(&guest, "new_menu").await,
        "a front end may know it before the shop does"
    );
    let made = set(&staff, json!({ "name": "new_menu", "description": "The wide menu" })).await;
    let off = json!({ "name": "new_menu", "description": "The wide menu", "isCapability": false, "isOn": false,
        "percent": 100, "version": 1, "rules": [] });
    assert_eq!(made, off);
    assert!(!is_on(&guest, "new_menu").await);

    // The same thirty of a hundred, and with sixty they and as many more.
    set(
        &staff,
        json!({ "name": "new_menu", "isOn": true, "percent": 30, "expectedVersion": 1 }),
    )
    .await;
    let few = among_a_thousand(&guest, "new_menu").await;
    assert!((250..=350).contains(&count(&few)), "{} of 1,000", count(&few));
    set(&staff, json!({ "name": "new_menu", "percent": 60 })).await;
    let more = among_a_thousand(&guest, "new_menu").await;
    assert!((550..=650).contains(&count(&more)), "{} of 1,000", count(&more));
    assert!(
        few.iter().zip(&more).all(|(few, more)| !few || *more),
        "whoever had it keeps it"
    );
    for (visitor, wanted) in more.iter().enumerate().take(20) {
        let body = json!({ "query": ASKED, "variables": { "names": ["new_menu"] } });
        let request = http().post(format!("{}/graphql", guest.base())).json(&body);
        let answer = request
            .header("context-visitor", format!("visitor-{visitor}"))
            .send()
            .await
            .unwrap();
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer["data"]["shop"]["flags"][0]["isOn"], json!(wanted), "{visitor}");
    }

    // Rules go before the percent: a country, a group of customers, a time.
    let ada = shop.customer("ada@example.com").await;
    let id = ada.data("{ viewer { id } }", json!({})).await["viewer"]["id"].take();
    let group = "mutation($input: CustomerGroupCreateInput!) { customerGroupCreate(input: $input) {
        customerGroup { id } userErrors { code } } }";
    let group = staff.done(group, json!({ "input": { "name": "Friends" } })).await["customerGroup"]["id"].take();
    let add = "mutation($input: CustomerGroupMembersAddInput!) { customerGroupMembersAdd(input: $input) {
        userErrors { code } } }";
    staff
        .done(add, json!({ "input": { "id": group, "customerIds": [id] } }))
        .await;
    let starts = shop.shop().now() + TimeDelta::hours(2);
    let rules = json!([
        { "countries": ["at"] },
        { "customerGroupIds": [group] },
        { "startsAt": starts.to_rfc3339(), "audience": "GUESTS" },
        { "percent": 0 },
    ]);
    let ruled = set(&staff, json!({ "name": "new_menu", "rules": rules })).await;
    assert_eq!(
        ruled["rules"][0],
        json!({ "percent": 100, "countries": ["AT"], "customerGroupIds": [] })
    );
    let austrian = "query @inContext(country: AT) { shop { flags(names: [\"new_menu\"]) { isOn } } }";
    assert_eq!(guest.data(austrian, json!({})).await["shop"]["flags"][0]["isOn"], true);
    assert!(is_on(&ada, "new_menu").await && !is_on(&guest, "new_menu").await);
    let grace = shop.customer("grace@example.com").await;
    assert!(!is_on(&grace, "new_menu").await);
    shop.advance(TimeDelta::hours(3)).await;
    let staff = shop.sign_in(StaffRole::Administrator).await;
    assert!(is_on(&guest, "new_menu").await, "its time has come");

    another_server_hears_of_it(&mut shop, &staff).await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flags_are_for_those_who_may_and_their_history_is_kept() {
    let shop = TestShop::open().await;
    let (staff, packer) = (
        shop.staff(StaffRole::Administrator).await,
        shop.staff(StaffRole::Fulfilment).await,
    );
    let given = json!({ "input": { "name": "new_menu", "isOn": true } });
    assert_eq!(packer.refusals(SET, given.clone()).await, ["FORBIDDEN"]);
    assert_eq!(shop.guest().refusals(SET, given.clone()).await, ["UNAUTHENTICATED"]);
    let list = "{ flags { name } }";
    let refused = packer.answer(list, json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");
    for (input, code, field) in wrong() {
        let payload = staff.payload(SET, json!({ "input": input })).await;
        assert_eq!(
            payload["userErrors"],
            json!([{ "code": code, "field": field }]),
            "{input}"
        );
    }

    staff.done(SET, given.clone()).await;
    assert_eq!(staff.done(SET, given).await["flag"]["version"], 1, "said twice");
    let which = json!({ "input": { "name": "new_menu" } });
    let gone = staff.done(DELETE, which.clone()).await["flag"].take();
    assert_eq!(staff.done(DELETE, which.clone()).await["flag"], gone);
    assert!(!is_on(&shop.guest(), "new_menu").await);
    assert_eq!(
        staff.data("{ flags(deleted: true) { name } }", json!({})).await["flags"][0]["name"],
        "new_menu"
    );
    let back = staff.done(RESTORE, which.clone()).await["flag"].take();
    assert_eq!(back, json!({ "version": 3, "deletedAt": null, "isOn": true }));
    assert_eq!(staff.done(RESTORE, which).await["flag"], back);
    assert!(is_on(&shop.guest(), "new_menu").await);
    let unknown = json!({ "input": { "name": "unknown" } });
    assert_eq!(staff.refusals(DELETE, unknown.clone()).await, ["NOT_FOUND"]);
    assert_eq!(staff.refusals(RESTORE, unknown).await, ["NOT_FOUND"]);

    let history = "{ flag(name: \"new_menu\") { history(first: 10) { nodes { action actor data } } } }";
    let history = staff.data(history, json!({})).await["flag"]["history"]["nodes"].take();
    let actions: Vec<&str> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["action"].as_str().unwrap())
        .collect();
    assert_eq!(actions, ["flag.restore", "flag.delete", "flag.set"]);
    assert!(history[0]["actor"].as_str().unwrap().starts_with("staff_"), "{history}");
    assert_eq!(
        (
            &history[2]["data"]["before"]["isOn"],
            &history[2]["data"]["after"]["isOn"]
        ),
        (&json!(false), &json!(true))
    );

    a_file_says_what_there_is(&shop, &staff).await;
    shop.close().await;
}

/// What a flag cannot be set to, with the code and the field of the refusal.
fn wrong() -> [(Value, &'static str, Value); 6] {
    [
        (json!({ "name": "New Menu" }), "INVALID", json!(["input", "name"])),
        (
            json!({ "name": "a", "percent": 101 }),
            "INVALID",
            json!(["input", "percent"]),
        ),
        (
            json!({ "name": "a", "rules": [{}, { "countries": ["XX"] }] }),
            "INVALID",
            json!(["input", "rules", "1", "countries"]),
        ),
        (
            json!({ "name": "a", "rules": [{ "marketIds": ["mkt_1"] }] }),
            "NOT_FOUND",
            json!(["input", "rules", "0", "marketIds"]),
        ),
        (
            json!({ "name": "a", "rules": [{ "startsAt": "2026-02-01T00:00:00Z", "endsAt": "2026-01-01T00:00:00Z" }] }),
            "INVALID",
            json!(["input", "rules", "0", "endsAt"]),
        ),
        (
            json!({ "name": "a", "expectedVersion": 3 }),
            "VERSION_CONFLICT",
            json!(["input", "expectedVersion"]),
        ),
    ]
}

/// What it does not name goes with it.
async fn a_file_says_what_there_is(shop: &TestShop, staff: &Client) {
    let context = Context::system(shop.shop(), "test");
    let text = file::export(shop.shop(), &context).await.unwrap();
    assert!(text.contains("\n[[flags]]\nname = \"new_menu\"\n"), "{text}");
    let apply = async |text: &str| file::apply(shop.shop(), &context, text, true).await.unwrap();
    let same = "[[flags]]\nname = \"new_menu\"\n";
    assert!(apply(same).await.is_empty());
    let other = "[[flags]]\nname = \"returns\"\npercent = 50\n[[flags.rules]]\naudience = \"customers\"\n";
    assert_eq!(apply(other).await.len(), 2);
    assert!(apply(other).await.is_empty());
    let flags = "{ flags { name isOn percent rules { audience percent } } }";
    let flags = staff.data(flags, json!({})).await["flags"].take();
    let returns = json!({ "name": "returns", "isOn": true, "percent": 50, "rules": [{ "audience": "CUSTOMERS", "percent": 100 }] });
    assert!(flags.as_array().unwrap().contains(&returns), "{flags}");
    assert!(!flags.to_string().contains("new_menu"));
}

/// Whom nothing tells on SQLite.
async fn another_server_hears_of_it(shop: &mut TestShop, staff: &Client) {
    let other = shop.another_server(|_| {}).await;
    assert!(is_on(&other, "new_menu").await);
    set(staff, json!({ "name": "new_menu", "isOn": false })).await;
    let began = Instant::now();
    until("the other server hears of it", async || {
        !is_on(&other, "new_menu").await
    })
    .await;
    // A second, and what a busy machine takes.
    sooner_than(Duration::from_secs(5), began.elapsed(), "what another server hears");
}
