//! Roles: what they allow, who may give them, and that somebody always may do everything.

use futures::future::join_all;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

use super::{DEACTIVATE, MEMBER_UPDATE, ROLE_CREATE, ROLE_UPDATE, ROLES, hire, own_role, role, status, viewer};

const PRODUCT_SET: &str =
    "mutation($input: ProductSetInput!) { productSet(input: $input) { userErrors { code message } } }";

fn product() -> Value {
    json!({ "input": { "slug": "x", "title": "X", "active": true, "variants": [{ "sku": "X-1", "price": "1.00" }] } })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_of_the_shops_own_allows_what_it_says_at_once() {
    let shop = TestShop::open().await;
    let administrator = shop.staff(StaffRole::Administrator).await;
    let editor = own_role(&administrator, "Shop editor", &["CATALOG", "CONTENT"]).await;
    let (joan, joans_id) = hire(&shop, &administrator, "joan@example.com", &editor).await;
    assert_eq!(viewer(&joan).await["permissions"], json!(["CATALOG", "CONTENT"]));
    joan.done(PRODUCT_SET, product()).await;
    let orders = joan.answer("{ orders(first: 1) { nodes { id } } }", json!({})).await;
    assert_eq!(orders["errors"][0]["extensions"]["code"], "FORBIDDEN");

    // The same token, a moment later.
    let input = json!({ "input": { "id": editor, "permissions": ["CONTENT"], "expectedVersion": 1 } });
    administrator.done(ROLE_UPDATE, input.clone()).await;
    assert_eq!(joan.refusals(PRODUCT_SET, product()).await, ["FORBIDDEN"]);
    assert_eq!(administrator.refusals(ROLE_UPDATE, input).await, ["VERSION_CONFLICT"]);
    let packer = role(&administrator, "fulfilment").await;
    let input = json!({ "input": { "id": joans_id, "roleId": packer, "name": "Joan" } });
    administrator.done(MEMBER_UPDATE, input).await;
    assert_eq!(viewer(&joan).await["permissions"], json!(["ORDERS", "INVENTORY"]));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_gives_or_touches_more_than_they_have() {
    let shop = TestShop::open().await;
    let administrator = shop.staff(StaffRole::Administrator).await;
    let manager = own_role(&administrator, "Manager", &["STAFF", "CATALOG"]).await;
    let (joan, _) = hire(&shop, &administrator, "joan@example.com", &manager).await;
    let grace = viewer(&administrator).await;
    let (grace_id, everything) = (grace["id"].clone(), role(&joan, "administrator").await);
    for (mutation, input) in [
        (
            ROLE_CREATE,
            json!({ "name": "More", "permissions": ["CATALOG", "REFUNDS"] }),
        ),
        (
            ROLE_UPDATE,
            json!({ "id": manager, "permissions": ["STAFF", "CATALOG", "REFUNDS"] }),
        ),
        (ROLE_UPDATE, json!({ "id": everything, "twoFactorRequired": true })),
        (
            super::INVITE,
            json!({ "email": "eve@example.com", "roleId": everything }),
        ),
        (
            MEMBER_UPDATE,
            json!({ "id": viewer(&joan).await["id"], "roleId": everything }),
        ),
        (MEMBER_UPDATE, json!({ "id": grace_id, "name": "Eve" })),
        (DEACTIVATE, json!({ "id": grace_id })),
        (super::apps::CREATE, json!({ "name": "Eve", "permissions": ["JOBS"] })),
    ] {
        assert_eq!(
            joan.refusals(mutation, json!({ "input": input })).await,
            ["FORBIDDEN"],
            "{mutation}"
        );
    }
    joan.done(
        ROLE_CREATE,
        json!({ "input": { "name": "Less", "permissions": ["CATALOG"] } }),
    )
    .await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_always_may_do_everything() {
    let shop = TestShop::open().await;
    let administrator = shop.staff(StaffRole::Administrator).await;
    let (all, packer) = (
        role(&administrator, "administrator").await,
        role(&administrator, "fulfilment").await,
    );
    let grace = viewer(&administrator).await["id"].clone();
    let demote = json!({ "input": { "id": grace, "roleId": packer } });
    let leave = json!({ "input": { "id": grace } });
    assert_eq!(
        administrator.refusals(DEACTIVATE, leave.clone()).await,
        ["LAST_ADMINISTRATOR"]
    );
    assert_eq!(
        administrator.refusals(MEMBER_UPDATE, demote.clone()).await,
        ["LAST_ADMINISTRATOR"]
    );

    // Of two who take each other away at once, one stays.
    let (joan, joans_id) = hire(&shop, &administrator, "joan@example.com", &all).await;
    let take_joan = json!({ "input": { "id": joans_id } });
    join_all([
        administrator.answer(DEACTIVATE, take_joan),
        joan.answer(DEACTIVATE, leave),
    ])
    .await;
    let mut left = Vec::new();
    for client in [&administrator, &joan] {
        left.push(status(client).await == 200);
    }
    assert_eq!(left.iter().filter(|left| **left).count(), 1, "{left:?}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_are_checked_deleted_and_restored() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let create = |name: &str, handle: Option<&str>| json!({ "input": { "name": name, "handle": handle, "permissions": ["ORDERS"] } });
    for (input, code) in [
        (create("", None), "INVALID"),
        (create("a\0b", None), "INVALID"),
        (create("夜", None), "INVALID"),
        (create("Night", Some("Night shift")), "INVALID"),
        (create("Fulfilment", None), "TAKEN"),
    ] {
        assert_eq!(staff.refusals(ROLE_CREATE, input).await, [code]);
    }
    let night = own_role(&staff, "Night shift", &["ORDERS"]).await;
    let delete = "mutation($input: RoleDeleteInput!) { roleDelete(input: $input) { role { deletedAt } userErrors { code message } } }";
    let restore = "mutation($input: RoleRestoreInput!) { roleRestore(input: $input) { role { deletedAt version } userErrors { code message } } }";
    let (_, joan) = hire(&shop, &staff, "joan@example.com", &night).await;
    let it = json!({ "input": { "id": night } });
    assert_eq!(staff.refusals(delete, it.clone()).await, ["INVALID"], "somebody has it");
    let packer = role(&staff, "fulfilment").await;
    staff
        .done(MEMBER_UPDATE, json!({ "input": { "id": joan, "roleId": packer } }))
        .await;
    staff.done(delete, it.clone()).await;
    staff.done(delete, it.clone()).await;
    assert_eq!(
        staff
            .refusals(MEMBER_UPDATE, json!({ "input": { "id": joan, "roleId": night } }))
            .await,
        ["NOT_FOUND"]
    );

    // Its handle is free for another, and then it cannot come back under it.
    let other = own_role(&staff, "Night shift", &["JOBS"]).await;
    assert_eq!(staff.refusals(restore, it.clone()).await, ["TAKEN"]);
    staff.done(delete, json!({ "input": { "id": other } })).await;
    assert_eq!(staff.done(restore, it).await["role"]["version"], 3);
    for builtin in ["administrator", "fulfilment"] {
        let id = role(&staff, builtin).await;
        assert_eq!(
            staff.refusals(delete, json!({ "input": { "id": id } })).await,
            ["INVALID"]
        );
        let change = json!({ "input": { "id": id, "permissions": ["JOBS"] } });
        assert_eq!(staff.refusals(ROLE_UPDATE, change).await, ["INVALID"]);
    }
    let names: Vec<_> = staff.data(ROLES, json!({})).await["roles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|role| role["handle"].clone())
        .collect();
    assert_eq!(names, ["administrator", "fulfilment", "night-shift"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_are_found_and_others_see_nobody() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let night = own_role(&staff, "Night shift", &["ORDERS"]).await;
    let (joan, joans_id) = hire(&shop, &staff, "joan_c@example.com", &night).await;
    let members = "query($where: StaffMemberWhere) { staffMembers(first: 10, where: $where) { nodes { id email role active assignedRole { handle } } } }";
    let find = async |filter: Value| {
        let found = staff.data(members, json!({ "where": filter })).await;
        found["staffMembers"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["email"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(find(Value::Null).await.len(), 2);
    assert_eq!(find(json!({ "query": "JOAN" })).await, ["joan_c@example.com"]);
    assert_eq!(find(json!({ "query": "n_c@" })).await, ["joan_c@example.com"]);
    for none in ["%", "j%n", "joan!c"] {
        assert_eq!(find(json!({ "query": none })).await, [""; 0], "{none}");
    }
    assert_eq!(find(json!({ "roleId": night })).await, ["joan_c@example.com"]);
    assert_eq!(
        find(json!({ "roleId": role(&staff, "administrator").await })).await,
        ["administrator@example.com"]
    );
    staff.done(DEACTIVATE, json!({ "input": { "id": joans_id } })).await;
    assert_eq!(find(json!({ "active": false })).await, ["joan_c@example.com"]);
    assert_eq!(status(&joan).await, 401);
    let reactivate = "mutation($input: StaffMemberReactivateInput!) { staffMemberReactivate(input: $input) { staffMember { active } userErrors { code } } }";
    staff.done(reactivate, json!({ "input": { "id": joans_id } })).await;
    assert_eq!(status(&joan).await, 401, "the old session is over");

    let packer = shop.staff(StaffRole::Fulfilment).await;
    for query in [
        members,
        ROLES,
        "{ staffInvitations(first: 1) { nodes { id } } }",
        "{ apps(first: 1) { nodes { id } } }",
        "{ auditLog(first: 1) { nodes { id } } }",
    ] {
        for (client, code) in [(&packer, "FORBIDDEN"), (&shop.guest(), "UNAUTHENTICATED")] {
            let answer = client.answer(query, json!({})).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{query}");
        }
    }
    shop.close().await;
}
