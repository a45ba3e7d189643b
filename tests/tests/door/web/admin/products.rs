//! Products: changed in their row, and in the editor.

use reqwest::StatusCode;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, shopper::Shopper};

use super::at_work;
use crate::media::pictures::png;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_are_found_by_words() {
    let shop = TestShop::open().await;
    let client = shop.staff(StaffRole::Administrator).await;
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    for (title, sku) in [("Crème brass kettle", "KTL-9"), ("Brass tray", "TRY-9")] {
        let made = [("title", title), ("price", "12.00"), ("sku", sku), ("onHand", "4")];
        staff
            .open("/admin/products/new")
            .await
            .submit("/admin/products/new", &made)
            .await;
    }
    // Whatever is typed: folded words, a part of one, an SKU; within what else was asked for.
    for (query, is_found) in [
        ("q=creme+kettle", true),
        ("q=kett", true),
        ("q=ktl9", true),
        ("q=KTL-9&status=DRAFT&sort=TITLE_ASCENDING", true),
        ("q=kettle&status=ACTIVE", false),
        ("q=kettle&deleted=yes", false),
        ("q=kettle+nothing", false),
    ] {
        staff.open(&format!("/admin/products?{query}")).await;
        assert_eq!(
            (staff.status, staff.says("Crème brass kettle")),
            (StatusCode::OK, is_found),
            "{query}"
        );
        assert!(!staff.says("Brass tray"), "{query}");
    }
    staff
        .open("/admin/products?q=brass&status=DRAFT")
        .await
        .expect("2 products");
    staff.open("/admin/stock?q=creme").await.expect("KTL-9");
    staff.open("/admin/stock?q=KTL-9").await;
    assert!(staff.path.starts_with("/admin/stock/var_"), "{}", staff.path);

    // Shoppers have another search, and see none of it.
    let found = "{ products(first: 5, query: \"creme kettle\") { totalCount nodes { title status } } }";
    let refused = shop.guest().answer(found, json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let found = client.data(found, json!({})).await["products"].take();
    assert_eq!(
        found["nodes"],
        json!([{ "title": "Crème brass kettle", "status": "DRAFT" }])
    );
    assert_eq!(found["totalCount"], 1);
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_product_is_made_priced_and_shown() {
    let shop = TestShop::open().await;
    let client = shop.staff(StaffRole::Administrator).await;
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    let made = [
        ("title", "Brass bell"),
        ("price", "12.00"),
        ("sku", "BELL"),
        ("onHand", "4"),
    ];
    staff
        .open("/admin/products/new")
        .await
        .submit("/admin/products/new", &made)
        .await;
    let editor = staff.path.clone();
    staff.expect("<h1>Brass bell");
    let asked = "query($sku: String!) { variant(sku: $sku) { price { amount } compareAtPrice { amount } product { id status version title category { name } } } }";
    let bell = async || client.data(asked, json!({ "sku": "BELL" })).await["variant"].take();
    assert_eq!(bell().await["product"]["status"], "DRAFT");

    // As it would be, for those who work here.
    staff.open(&format!("{editor}/preview")).await;
    staff.expect("Nobody but staff sees it.");
    staff.expect("<h1><bdi>Brass bell</bdi></h1>");
    let guest = shop.guest().get("/products/brass-bell").await;
    assert_eq!(guest.status(), StatusCode::NOT_FOUND);

    change_in_its_row(&mut staff, &bell().await).await;
    assert_eq!(bell().await["price"]["amount"], "13.50");

    // A conflict shows both sides.
    staff.open(&editor).await;
    let update = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { product { id } userErrors { code message } } }";
    let id = bell().await["product"]["id"].take();
    client
        .done(update, json!({ "input": { "id": id, "title": "Their bell" } }))
        .await;
    let details = format!("{editor}/details");
    let typed = [("title", "My bell"), ("slug", "bell"), ("status", "ACTIVE")];
    staff.submit(&details, &typed).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("value=\"My bell\"");
    staff.expect("<b>Their bell</b>");
    staff.submit(&details, &typed).await;
    staff.expect("Saved.");
    assert_eq!(bell().await["product"]["title"], "My bell");
    show_it(&mut staff, &editor).await;
    put_beside(&mut staff, &editor, &client).await;
    assert_eq!(shop.guest().get("/products/bell").await.status(), StatusCode::OK);
    shop.close().await;
}

/// Others are put beside it, arranged and taken away; what was done last is undone.
async fn put_beside(staff: &mut Shopper, editor: &str, client: &Client) {
    let product = editor.rsplit('/').next().unwrap();
    let asked = "query($id: ID!) { product(id: $id) { chosenRelatedProducts { id slug } } }";
    let beside = async || {
        let product = client.data(asked, json!({ "id": product })).await["product"].take();
        let chosen = product["chosenRelatedProducts"].as_array().unwrap().clone().into_iter();
        let read = |mut row: Value| (row["id"].take(), row["slug"].as_str().unwrap().to_owned());
        chosen.map(read).collect::<Vec<_>>()
    };
    let slugs = async || beside().await.into_iter().map(|(_, slug)| slug).collect::<Vec<_>>();
    let (add, arrange) = (format!("{editor}/relations-add"), format!("{editor}/relations"));
    staff.open(editor).await.submit(&add, &[]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing is chosen");
    staff
        .submit(&add, &[("find.goods", "alba dome"), ("find", "goods")])
        .await
        .expect("Alba Dome Lamp");
    for slug in ["alba-dome-lamp", "dipped-mug"] {
        staff.submit(&add, &[("find.goods", slug)]).await;
        staff.expect("The products are added.");
    }
    staff
        .submit(&arrange, &[])
        .await
        .expect("The related products are saved.");
    assert_eq!(slugs().await, ["alba-dome-lamp"], "undone");
    staff.submit(&add, &[("find.goods", "dipped-mug")]).await;
    let mug = beside().await.pop().unwrap().0;
    let mug = mug.as_str().unwrap();
    staff.open(editor).await;
    staff.submit(&arrange, &[("move", &format!("earlier:{mug}"))]).await;
    assert_eq!(slugs().await, ["dipped-mug", "alba-dome-lamp"]);
    staff.open(editor).await.submit(&arrange, &[("remove", mug)]).await;
    assert_eq!(slugs().await, ["alba-dome-lamp"]);
}

/// What is no price is told in the row where it was typed; the list stays where it was.
async fn change_in_its_row(staff: &mut Shopper, bell: &Value) {
    let id = bell["product"]["id"].as_str().unwrap();
    let price = format!("/admin/products/{id}/row/price");
    staff.open("/admin/products?status=DRAFT").await;
    staff.submit(&price, &[("price", "a lot")]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("value=\"a lot\"");
    staff.expect("Write an amount, such as 12.50.");
    staff.submit(&price, &[("price", "13.50")]).await;
    staff.expect("The price is changed.");
    assert!(
        staff.path.starts_with("/admin/products?status=DRAFT&done=price"),
        "{}",
        staff.path
    );
}

/// What is no picture is refused, and told where it was chosen.
async fn show_it(staff: &mut Shopper, editor: &str) {
    let pictures = format!("{editor}/pictures");
    staff.attach(&pictures, "file", "bell.png", b"not a picture").await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("id=\"pictures-add-file-error\"");
    staff.attach(&pictures, "file", "bell.png", &png(40, 50)).await;
    staff.expect("The pictures are added.");
    staff.expect("What picture 1 shows");
}
