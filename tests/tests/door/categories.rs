//! Staff shape the category tree, and shoppers and the search follow.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const CREATE: &str =
    "mutation($input: CategoryCreateInput!) { categoryCreate(input: $input) { category { id slug name position version
    parent { slug } picture { altText } seo { title description } } userErrors { code message field } } }";
const UPDATE: &str =
    "mutation($input: CategoryUpdateInput!) { categoryUpdate(input: $input) { category { id slug name version
    description picture { altText } seo { title } } userErrors { code message field } } }";
const MOVE: &str = "mutation($input: CategoryMoveInput!) { categoryMove(input: $input) { category { id version position parent { slug }
    ancestors { slug } } userErrors { code message field } } }";
const DELETE: &str = "mutation($input: CategoryDeleteInput!) { categoryDelete(input: $input) { category { id slug deletedAt } userErrors { code field } } }";
const RESTORE: &str =
    "mutation($input: CategoryRestoreInput!) { categoryRestore(input: $input) { category { id slug deletedAt
    parent { slug } } userErrors { code field } } }";

async fn create(staff: &Client, input: Value) -> Value {
    staff.done(CREATE, json!({ "input": input })).await["category"].take()
}

/// The slugs of what lists and search find in a category, which must be the same.
async fn found(client: &Client, category: &str) -> Vec<String> {
    let query = "query($where: ProductWhere) { products(first: 100, where: $where) { nodes { slug } }
        productSearch(first: 100, where: $where) { nodes { slug } } }";
    let data = client
        .data(query, json!({ "where": { "categories": [category] } }))
        .await;
    let slugs = |list: &str| {
        let nodes = data[list]["nodes"].as_array().unwrap().iter();
        let mut slugs: Vec<_> = nodes.map(|node| node["slug"].as_str().unwrap().to_owned()).collect();
        slugs.sort();
        slugs
    };
    assert_eq!(slugs("products"), slugs("productSearch"), "{category}");
    slugs("products")
}

async fn children(client: &Client, slug: &str) -> Value {
    let query = "query($slug: String!) { category(slug: $slug) { children { slug position } } }";
    client.data(query, json!({ "slug": slug })).await["category"]["children"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_category_is_created_changed_and_found_by_its_former_slug() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let first = create(
        &staff,
        json!({ "name": " Bücher & Hefte ", "description": "Zum Lesen", "seoDescription": "Bücher",
            "picture": { "source": "https://cdn.example/b.jpg", "alt": "Ein Regal" } }),
    )
    .await;
    insta::assert_json_snapshot!("category_created", first, { ".id" => "[category]" });
    let second = create(&staff, json!({ "name": "Bücher Hefte", "parentId": first["id"] })).await;
    assert_eq!(
        (&second["slug"], &second["parent"]["slug"]),
        (&json!("bucher-hefte-2"), &first["slug"])
    );

    let change =
        json!({ "id": first["id"], "expectedVersion": 1, "slug": "to-read", "name": "Books", "picture": null });
    let changed = staff.done(UPDATE, json!({ "input": change })).await["category"].take();
    assert_eq!(
        (&changed["version"], &changed["picture"], &changed["description"]),
        (&json!(2), &Value::Null, &json!("Zum Lesen"))
    );
    assert_eq!(
        staff.refusals(UPDATE, json!({ "input": change })).await,
        ["VERSION_CONFLICT"]
    );
    let by_slug = "query($slug: String!) { category(slug: $slug) { slug } }";
    for slug in ["to-read", "bucher-hefte"] {
        let found = guest.data(by_slug, json!({ "slug": slug })).await;
        assert_eq!(found["category"]["slug"], "to-read", "{slug}");
    }
    // Whoever takes the old slug has it; when it is given back, it leads to its former owner no more.
    let third = create(&staff, json!({ "name": "Other", "slug": "bucher-hefte" })).await;
    let found = guest.data(by_slug, json!({ "slug": "bucher-hefte" })).await;
    assert_eq!(found["category"]["slug"], "bucher-hefte");
    // Two swap their slugs through a third.
    for (id, slug) in [(&first, "between"), (&third, "to-read"), (&first, "bucher-hefte")] {
        staff
            .done(UPDATE, json!({ "input": { "id": id["id"], "slug": slug } }))
            .await;
    }
    let found = guest.data(by_slug, json!({ "slug": "between" })).await;
    assert_eq!(found["category"]["slug"], "bucher-hefte");

    for (input, code, field) in [
        (json!({ "name": "" }), "INVALID", "name"),
        (json!({ "name": "—" }), "INVALID", "name"),
        (json!({ "name": "X", "slug": "A/b" }), "INVALID", "slug"),
        (json!({ "name": "X", "slug": "to-read" }), "TAKEN", "slug"),
        (json!({ "name": "X", "position": -1 }), "INVALID", "position"),
        (json!({ "name": "X", "parentId": "cat_x" }), "NOT_FOUND", "parentId"),
        (json!({ "name": "X".repeat(300) }), "INVALID", "name"),
    ] {
        let payload = staff.payload(CREATE, json!({ "input": input })).await;
        let error = &payload["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["field"][1]),
            (&json!(code), &json!(field)),
            "{input}"
        );
    }
    let fulfilment = shop.staff(StaffRole::Fulfilment).await;
    let input = json!({ "input": { "name": "X" } });
    assert_eq!(fulfilment.refusals(CREATE, input.clone()).await, ["FORBIDDEN"]);
    assert_eq!(guest.refusals(CREATE, input).await, ["UNAUTHENTICATED"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_branch_moves_and_is_put_in_order_and_forms_no_circle() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let root = create(&staff, json!({ "name": "Root" })).await;
    let mut ids = Vec::new();
    for name in ["A", "B", "C"] {
        ids.push(create(&staff, json!({ "name": name, "parentId": root["id"] })).await["id"].clone());
    }
    let first = create(
        &staff,
        json!({ "name": "First", "parentId": root["id"], "position": 0 }),
    )
    .await;
    let expected = |slugs: &[&str]| -> Value {
        let children = (0..).zip(slugs);
        children
            .map(|(position, slug): (i32, _)| json!({ "slug": slug, "position": position }))
            .collect()
    };
    assert_eq!(children(&staff, "root").await, expected(&["first", "a", "b", "c"]));
    let to = json!({ "id": ids[2], "position": 1 });
    staff.done(MOVE, json!({ "input": to })).await;
    assert_eq!(children(&staff, "root").await, expected(&["first", "c", "a", "b"]));
    let reorder = "mutation($input: CategoryReorderInput!) { categoryReorder(input: $input) { categories { slug } userErrors { code field } } }";
    let input = json!({ "parentId": root["id"], "categoryIds": [ids[1], first["id"]] });
    let order = staff.done(reorder, json!({ "input": input })).await;
    assert_eq!(
        order["categories"],
        json!([{ "slug": "b" }, { "slug": "first" }, { "slug": "c" }, { "slug": "a" }])
    );
    let twice = json!({ "parentId": root["id"], "categoryIds": [ids[1], ids[1]] });
    assert_eq!(staff.refusals(reorder, json!({ "input": twice })).await, ["INVALID"]);

    let to = json!({ "id": ids[0], "parentId": ids[1] });
    let moved = staff.done(MOVE, json!({ "input": to })).await["category"].take();
    assert_eq!(moved["ancestors"], json!([{ "slug": "root" }, { "slug": "b" }]));
    for (id, parent) in [(&root["id"], &ids[0]), (&ids[1], &ids[0]), (&ids[1], &ids[1])] {
        let circle = json!({ "id": id, "parentId": parent });
        assert_eq!(staff.refusals(MOVE, json!({ "input": circle })).await, ["INVALID"]);
    }
    // Two at once, each of which alone would be right: one of them is refused.
    let (one, other) = (ids[1].clone(), ids[2].clone());
    for _ in 0..5 {
        let there = json!({ "input": { "id": one, "parentId": other } });
        let back = json!({ "input": { "id": other, "parentId": one } });
        let (there, back) = tokio::join!(staff.refusals(MOVE, there), staff.refusals(MOVE, back));
        assert_eq!(there.len() + back.len(), 1, "{there:?} {back:?}");
        let apart = json!({ "input": { "id": if there.is_empty() { &one } else { &other }, "parentId": root["id"] } });
        staff.done(MOVE, apart).await;
    }
    // Ten levels, and no more.
    let mut parent = root["id"].clone();
    for level in 1..10 {
        parent = create(&staff, json!({ "name": format!("L{level}"), "parentId": parent })).await["id"].clone();
    }
    let deep = json!({ "input": { "name": "Too deep", "parentId": parent } });
    assert_eq!(staff.refusals(CREATE, deep).await, ["INVALID"]);
    let deep = json!({ "input": { "id": ids[1], "parentId": parent } });
    assert_eq!(staff.refusals(MOVE, deep).await, ["INVALID"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_in_a_category_goes_where_it_is_sent_and_comes_back() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let top = create(&staff, json!({ "name": "Top" })).await;
    let middle = create(&staff, json!({ "name": "Middle", "parentId": top["id"] })).await;
    let leaf = create(&staff, json!({ "name": "Leaf", "parentId": middle["id"] })).await;
    let other = create(&staff, json!({ "name": "Other" })).await;
    let put = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { id } userErrors { code } } }";
    let mut products = Vec::new();
    for (slug, category) in [("m-1", "middle"), ("m-2", "middle"), ("l-1", "leaf")] {
        let input = json!({ "slug": slug, "title": slug, "active": true, "category": category,
            "variants": [{ "sku": slug.to_uppercase(), "price": "1.00", "onHand": 1 }] });
        products.push(staff.done(put, json!({ "input": input })).await["product"]["id"].clone());
    }
    shop.settle().await;
    assert_eq!(found(&guest, "top").await, ["l-1", "m-1", "m-2"]);
    // A branch takes its products along.
    staff
        .done(MOVE, json!({ "input": { "id": leaf["id"], "parentId": other["id"] } }))
        .await;
    shop.settle().await;
    assert_eq!(found(&guest, "top").await, ["m-1", "m-2"]);
    assert_eq!(found(&guest, "other").await, ["l-1"]);
    staff
        .done(MOVE, json!({ "input": { "id": leaf["id"], "parentId": middle["id"] } }))
        .await;

    let delete = |more: Value| {
        let mut input = json!({ "id": middle["id"] });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "input": input })
    };
    assert_eq!(staff.refusals(DELETE, delete(json!({}))).await, ["INVALID"]);
    let to_itself = json!({ "branches": "MOVE_TO_PARENT", "moveProductsTo": middle["id"] });
    assert_eq!(staff.refusals(DELETE, delete(to_itself)).await, ["INVALID"]);
    let gone = json!({ "branches": "MOVE_TO_PARENT", "moveProductsTo": other["id"], "expectedVersion": 1 });
    let gone = staff.done(DELETE, delete(gone)).await["category"].take();
    assert_eq!((&gone["slug"], gone["deletedAt"].is_string()), (&json!("middle"), true));
    shop.settle().await;
    assert_eq!(found(&guest, "other").await, ["m-1", "m-2"]);
    assert_eq!(found(&guest, "top").await, ["l-1"]);
    let by_slug = "query($slug: String!) { category(slug: $slug) { slug parent { slug } } }";
    let leads = guest.data(by_slug, json!({ "slug": "middle" })).await;
    assert_eq!(
        leads["category"]["slug"], "other",
        "its address leads to where its products are"
    );
    let leaf_now = guest.data(by_slug, json!({ "slug": "leaf" })).await;
    assert_eq!(leaf_now["category"]["parent"]["slug"], "top");
    let deleted = "{ categories(deleted: true) { slug } }";
    assert_eq!(
        staff.data(deleted, json!({})).await["categories"],
        json!([{ "slug": "middle" }])
    );
    assert_eq!(
        guest.answer(deleted, json!({})).await["errors"][0]["extensions"]["code"],
        "UNAUTHENTICATED"
    );

    // One of its products is put elsewhere meanwhile, and somebody takes its slug.
    let update = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { code } } }";
    let elsewhere = json!({ "id": products[0], "categoryId": top["id"] });
    staff.done(update, json!({ "input": elsewhere })).await;
    create(&staff, json!({ "name": "Middle" })).await;
    let restore = json!({ "input": { "id": middle["id"] } });
    assert_eq!(staff.refusals(RESTORE, restore).await, ["TAKEN"]);
    let restore = json!({ "input": { "id": middle["id"], "slug": "the-middle" } });
    let restored = staff.done(RESTORE, restore.clone()).await["category"].take();
    assert_eq!(
        (&restored["slug"], &restored["parent"]["slug"], &restored["deletedAt"]),
        (&json!("the-middle"), &json!("top"), &Value::Null)
    );
    shop.settle().await;
    assert_eq!(found(&guest, "the-middle").await, ["m-2"]);
    assert_eq!(found(&guest, "top").await, ["l-1", "m-1", "m-2"]);
    assert!(found(&guest, "other").await.is_empty());
    assert_eq!(staff.done(RESTORE, restore).await["category"]["slug"], "the-middle");
    let renamed = json!({ "input": { "id": middle["id"], "slug": "another" } });
    assert_eq!(staff.refusals(RESTORE, renamed).await, ["INVALID"]);

    // Without a place for them, they are in no category, and come back with it.
    let last = json!({ "input": { "id": middle["id"] } });
    staff.done(DELETE, last).await;
    shop.settle().await;
    assert_eq!(found(&guest, "top").await, ["l-1", "m-1"]);
    let product = "query($id: ID!) { product(id: $id) { category { slug } } }";
    let of = guest.data(product, json!({ "id": products[1] })).await;
    assert_eq!(of["product"]["category"], Value::Null);
    staff.done(RESTORE, json!({ "input": { "id": middle["id"] } })).await;
    shop.settle().await;
    assert_eq!(found(&guest, "the-middle").await, ["m-2"]);
    shop.close().await;
}
