//! What is missing or outdated, files of operations, and the pages.

use serde_json::json;
use vitrine_tests::{shop::PASSWORD, shopper::Shopper};

use super::{data, open, product, translate};

const LIST: &str = "query ($kind: TranslatableKind!, $state: TranslationState, $first: Int!, $after: String) {
    translatables(kind: $kind, locale: \"de\", state: $state, first: $first, after: $after) {
        pageInfo { hasNextPage endCursor } nodes { id title fields { field outdated translation { text } } } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_to_be_translated_is_counted_and_listed() {
    let (shop, staff) = open().await;
    let progress = async |kind: &str| {
        let all = staff
            .data(
                "{ translationProgress { kind locale texts translated outdated } }",
                json!({}),
            )
            .await;
        let rows = all["translationProgress"].as_array().unwrap().clone();
        let row = rows
            .into_iter()
            .find(|row| row["kind"] == kind && row["locale"] == "de")
            .unwrap();
        ["texts", "translated", "outdated"].map(|count| row[count].as_i64().unwrap())
    };
    let listed = async |kind: &str, state: &str| {
        let (mut titles, mut after) = (Vec::new(), json!(null));
        loop {
            let variables = json!({ "kind": kind, "state": state, "first": 7, "after": after });
            let page = staff.data(LIST, variables).await["translatables"].take();
            let nodes = page["nodes"].as_array().unwrap();
            titles.extend(nodes.iter().map(|node| node["title"].as_str().unwrap().to_owned()));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                return titles;
            }
        }
    };
    for (kind, of, text) in [
        (
            "PRODUCT",
            product(&staff, "alba-dome-lamp").await,
            ("title", "Alba Leuchte"),
        ),
        ("OPTION", "option:Colour".to_owned(), ("value:Sage", "Salbei")),
    ] {
        let before = progress(kind).await;
        assert!(before[0] > 10 && before[1..] == [0, 0], "{kind} {before:?}");
        let all = listed(kind, "ALL").await;
        assert_eq!(listed(kind, "MISSING").await, all, "{kind}");
        translate(&staff, &of, &[text]).await;
        assert_eq!(progress(kind).await, [before[0], 1, 0], "{kind}");
        assert!(listed(kind, "OUTDATED").await.is_empty());
    }
    // Of the lamp the description is missing still; of a category every text is there.
    assert!(
        listed("PRODUCT", "MISSING")
            .await
            .contains(&"Alba Dome Lamp".to_owned())
    );
    let candles = staff.data("{ category(slug: \"candles\") { id } }", json!({})).await;
    let candles = candles["category"]["id"].as_str().unwrap();
    translate(
        &staff,
        candles,
        &[("name", "Kerzen"), ("description", "Aus Pflanzenwachs.")],
    )
    .await;
    assert!(
        !listed("CATEGORY", "TO_DO")
            .await
            .contains(&"Candles & holders".to_owned())
    );
    let rename = "mutation ($input: CategoryUpdateInput!) { categoryUpdate(input: $input) { category { id } userErrors { code message } } }";
    staff
        .done(rename, json!({ "input": { "id": candles, "name": "Candles" } }))
        .await;
    assert_eq!(listed("CATEGORY", "OUTDATED").await, ["Candles"]);
    let [_, translated, outdated] = progress("CATEGORY").await;
    assert_eq!((translated, outdated), (2, 1));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_operations_translates() {
    let (shop, staff) = open().await;
    let lines = [
        json!({ "op": "translationSet", "product": "alba-dome-lamp", "locale": "de", "field": "title", "text": "Alba" }),
        json!({ "op": "translationSet", "of": "option:Colour", "locale": "de", "field": "name", "text": "Farbe" }),
        json!({ "op": "translationSet", "category": "lighting", "locale": "de", "field": "name", "text": "Licht" }),
        json!({ "op": "translationRemove", "category": "lighting", "locale": "de" }),
        json!({ "op": "translationSet", "category": "lighting", "locale": "fr", "field": "name", "text": "Lumière" }),
    ];
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let run = "mutation ($input: BulkOperationRunInput!) { bulkOperationRun(input: $input) { bulkOperation { id } userErrors { code message } } }";
    let run = staff.done(run, json!({ "input": { "lines": lines } })).await;
    let id = run["bulkOperation"]["id"].clone();
    shop.settle().await;
    let found = "query ($id: ID!) { bulkOperation(id: $id) { status succeeded failed } }";
    let found = staff.data(found, json!({ "id": id })).await;
    assert_eq!(
        found["bulkOperation"],
        json!({ "status": "DONE", "succeeded": 4, "failed": 1 })
    );
    let query =
        "{ product(slug: \"alba-dome-lamp\") { title options { name } } category(slug: \"lighting\") { name } }";
    let shown = data(&shop.guest(), "de", query, json!({})).await;
    assert_eq!(
        shown,
        json!({ "product": { "title": "Alba", "options": [{ "name": "Farbe" }] }, "category": { "name": "Lighting" } })
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_storefront_and_the_dashboard_show_both_languages() {
    let (shop, staff) = open().await;
    let lamp = product(&staff, "alba-dome-lamp").await;
    translate(
        &staff,
        &lamp,
        &[("title", "Alba Kuppelleuchte"), ("slug", "alba-kuppelleuchte")],
    )
    .await;

    let mut shopper = Shopper::new(&shop);
    shopper.open("/products/alba-dome-lamp").await.expect("Alba Dome Lamp");
    shopper.expect("hreflang=\"de\" href=\"");
    shopper.expect("/products/alba-kuppelleuchte?language=de\"");
    // Whoever follows the link reads German from then on.
    shopper
        .open("/products/alba-kuppelleuchte?language=de")
        .await
        .expect("<h1><bdi>Alba Kuppelleuchte</bdi></h1>");
    let public_url = shop.config().public_url();
    shopper.expect(&format!(
        "<link rel=\"canonical\" href=\"{public_url}/products/alba-kuppelleuchte?language=de\">"
    ));
    assert!(
        !shopper.says("content=\"noindex\""),
        "each language has an address of its own"
    );
    shopper
        .open("/products/alba-dome-lamp")
        .await
        .expect("<h1><bdi>Alba Kuppelleuchte</bdi></h1>");
    assert_eq!(shopper.path, "/products/alba-kuppelleuchte");

    let mut member = Shopper::new(&shop);
    member.open("/admin/sign-in").await;
    let typed = [("email", "administrator@example.com"), ("password", PASSWORD)];
    member.submit("/admin/sign-in", &typed).await;
    member.open("/admin/translations").await.expect("Products");
    member
        .open("/admin/translations?kind=PRODUCT&locale=de&state=ALL")
        .await
        .expect("Alba Dome Lamp");
    member
        .open(&format!("/admin/translations/{lamp}"))
        .await
        .expect("Alba Kuppelleuchte");
    member.expect("<h1>Alba Dome Lamp</h1>");
    let action = format!("/admin/translations/{lamp}");
    // The title is emptied, the description written, and a slug that another has refused.
    member
        .submit(
            &action,
            &[
                ("0.text", ""),
                ("1.text", "finch-task-lamp"),
                ("2.text", "<p>Stahl.</p>"),
            ],
        )
        .await;
    member.expect("finch-task-lamp");
    assert_eq!(member.status, 422);
    member
        .submit(
            &action,
            &[("0.text", ""), ("1.text", "alba-leuchte"), ("2.text", "<p>Stahl.</p>")],
        )
        .await
        .expect("Saved.");
    let query = "{ product(slug: \"alba-leuchte\") { title description } }";
    let shown = data(&shop.guest(), "de", query, json!({})).await;
    assert_eq!(
        shown["product"],
        json!({ "title": "Alba Dome Lamp", "description": "Stahl." })
    );
    shop.close().await;
}
