//! Files of operations, and tables that leave the shop.

use futures::{StreamExt, pin_mut};
use reqwest::StatusCode;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use vitrine_commerce::{Context, catalog::import, exports, jobs::Job};
use vitrine_entity::{bulk_operation, data_export::ExportKind, staff_member::StaffRole, variant};
use vitrine_tests::{Client, TestShop};

const RUN: &str = "mutation($input: BulkOperationRunInput!) { bulkOperationRun(input: $input) {
    bulkOperation { id status lineCount startedBy } userErrors { code message field } } }";
const CANCEL: &str = "mutation($input: BulkOperationCancelInput!) { bulkOperationCancel(input: $input) {
    bulkOperation { status linesDone } userErrors { code message field } } }";
const FIND: &str =
    "query($id: ID!) { bulkOperation(id: $id) { status dryRun linesDone succeeded failed finishedAt resultsUrl }
    bulkOperationResults(bulkOperationId: $id, first: 100) { nodes { line ok result } }
    failed: bulkOperationResults(bulkOperationId: $id, first: 100, failedOnly: true) { nodes { line } } }";
const EXPORT: &str = "mutation($input: ExportStartInput!) { exportStart(input: $input) {
    export { id status url } userErrors { code message field } } }";

async fn started(client: &Client, lines: &[Value]) -> String {
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let run = client.done(RUN, json!({ "input": { "lines": lines } })).await;
    run["bulkOperation"]["id"].as_str().unwrap().to_owned()
}

async fn found(client: &Client, id: &str) -> Value {
    client.data(FIND, json!({ "id": id })).await
}

async fn downloaded(client: &Client, url: &str) -> (StatusCode, String) {
    let path = url.strip_prefix(client.base()).unwrap();
    let request = reqwest::Client::new().get(format!("{}{path}", client.base()));
    let request = match client.access_token() {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    let answer = request.send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

/// Every kind of operation, one after the other on the same things, with some that must be refused.
fn lines() -> Vec<Value> {
    vec![
        json!({ "op": "categoryCreate", "name": "Mugs", "slug": "mugs" }),
        json!({ "op": "categoryUpdate", "slug": "mugs", "name": "Mugs and cups" }),
        json!({ "op": "productCreate", "title": "Mug", "slug": "bulk-mug", "category": "mugs", "status": "ACTIVE",
            "options": [{ "name": "Size" }],
            "variants": [{ "sku": "BULK-S", "price": "12.50", "onHand": 20, "options": [{ "name": "Size", "value": "S" }] }] }),
        json!({ "op": "variantCreate", "product": "bulk-mug", "sku": "BULK-L", "price": 14.5,
            "options": [{ "name": "Size", "value": "L" }] }),
        json!({ "op": "productUpdate", "slug": "bulk-mug", "title": "A mug", "tags": ["kitchen"] }),
        json!({ "op": "variantUpdate", "sku": "BULK-L", "weightGrams": 400, "giftCard": true,
            "giftCardAmounts": { "minimum": "10.00", "maximum": 100, "step": "5.00" } }),
        json!({ "op": "priceSet", "sku": "BULK-S", "price": "11.00", "compareAt": "12.50" }),
        json!({ "op": "stockSet", "sku": "BULK-S", "onHand": 35 }),
        json!({ "op": "stockAdjust", "sku": "BULK-S", "delta": -2, "reason": "broken" }),
        json!({ "op": "metafieldSet", "product": "bulk-mug", "namespace": "care", "key": "wash", "value": "by hand" }),
        json!({ "op": "metafieldDelete", "product": "bulk-mug", "namespace": "care", "key": "none" }),
        // Refused, and none of them keeps the others from being done.
        json!({ "op": "priceSet", "sku": "NONE", "price": "1" }),
        json!({ "op": "variantUpdate", "sku": "BULK-L", "price": "1.234" }),
        json!({ "op": "variantUpdate", "sku": "BULK-L", "newSku": "BULK-S" }),
        json!({ "op": "productUpdate", "slug": "bulk-mug", "titel": "A mug" }),
        json!({ "op": "productUpdate", "slug": "bulk-mug", "expectedVersion": 1, "title": "Old" }),
        json!({ "op": "explode" }),
        json!({ "op": "productCategorySet", "slug": "bulk-mug" }),
        json!({ "op": "variantDelete", "sku": "BULK-L" }),
        json!({ "op": "categoryDelete", "slug": "mugs" }),
    ]
}

const MUG: &str =
    "{ product(slug: \"bulk-mug\") { title tags category { slug } metafields(first: 5) { nodes { value } }
    allVariants { sku price { amount } compareAtPrice { amount } } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_operations_is_done_line_by_line() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;

    // A dry run tries each line by itself.
    let dry = json!({ "input": { "lines": lines()[0].to_string(), "dryRun": true } });
    let dry = staff.done(RUN, dry).await["bulkOperation"]["id"].take();
    shop.settle().await;
    let dry = found(&staff, dry.as_str().unwrap()).await;
    assert_eq!(
        (&dry["bulkOperation"]["succeeded"], &dry["bulkOperation"]["dryRun"]),
        (&json!(1), &json!(true))
    );

    let id = started(&staff, &lines()).await;
    shop.settle().await;
    let told = found(&staff, &id).await;
    let operation = &told["bulkOperation"];
    assert_eq!(
        (
            &operation["status"],
            &operation["linesDone"],
            &operation["succeeded"],
            &operation["failed"]
        ),
        (&json!("DONE"), &json!(20), &json!(14), &json!(6)),
        "{}",
        told["bulkOperationResults"]
    );
    let failed: Vec<_> = told["failed"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| &node["line"])
        .collect();
    assert_eq!(failed, [12, 13, 14, 15, 16, 17]);
    let results = told["bulkOperationResults"]["nodes"].as_array().unwrap();
    let error = |line: usize| {
        let error = &results[line - 1]["result"]["errors"][0];
        (error["code"].as_str().unwrap().to_owned(), error["field"].clone())
    };
    let card = variant::Entity::find().filter(variant::Column::DeletedSku.eq("BULK-L"));
    let card = card.one(&shop.shop().db).await.unwrap().unwrap();
    let amounts = card.gift_card_amounts.unwrap();
    assert_eq!(
        (amounts.minimum_minor, amounts.maximum_minor, amounts.step_minor),
        (1_000, 10_000, 500)
    );
    assert_eq!(error(12), ("NOT_FOUND".to_owned(), json!(["sku"])));
    assert_eq!(error(13), ("INVALID_AMOUNT".to_owned(), json!(["price"])));
    assert_eq!(error(14), ("TAKEN".to_owned(), json!(["sku"])));
    assert_eq!(error(15), ("INVALID".to_owned(), json!(["titel"])));
    assert_eq!(error(16), ("VERSION_CONFLICT".to_owned(), json!(["expectedVersion"])));
    assert_eq!(error(17), ("INVALID".to_owned(), json!(["op"])));

    let mug = staff.data(MUG, json!({})).await["product"].take();
    assert_eq!(
        (&mug["title"], &mug["tags"], &mug["category"]),
        (&json!("A mug"), &json!(["kitchen"]), &Value::Null)
    );
    assert_eq!(mug["metafields"]["nodes"], json!([{ "value": "by hand" }]));
    let sold = &mug["allVariants"][0];
    assert_eq!(
        (&sold["price"]["amount"], &sold["compareAtPrice"]["amount"]),
        (&json!("11.00"), &json!("12.50"))
    );
    let (status, file) = downloaded(&staff, operation["resultsUrl"].as_str().unwrap()).await;
    assert_eq!((status, file.lines().count()), (StatusCode::OK, 20));
    let made: Value = serde_json::from_str(file.lines().nth(2).unwrap()).unwrap();
    assert_eq!((&made["line"], &made["slug"]), (&json!(3), &json!("bulk-mug")));
    assert!(made["id"].as_str().unwrap().starts_with("prod_"));
    let audit = "{ auditLog(first: 50) { nodes { action object } } }";
    let audit = staff.data(audit, json!({})).await["auditLog"]["nodes"]
        .take()
        .to_string();
    for action in ["bulk.start", "product.create", "inventory.adjust", "category.delete"] {
        assert!(audit.contains(action), "{action}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rights_are_those_of_the_moment_and_no_line_is_done_twice() {
    let shop = TestShop::open().await;
    let (staff, packer) = (
        shop.staff(StaffRole::Administrator).await,
        shop.staff(StaffRole::Fulfilment).await,
    );
    let sku = "{ products(first: 1) { nodes { allVariants { sku } } } }";
    let sku = staff.data(sku, json!({})).await["products"]["nodes"][0]["allVariants"][0]["sku"].take();
    let adjust = json!({ "op": "stockAdjust", "sku": sku, "delta": 1, "reason": "found" });
    let price = json!({ "op": "priceSet", "sku": sku, "price": "1.00" });

    // Somebody who packs counts stock and sets no prices.
    let id = started(&packer, &[adjust.clone(), price]).await;
    shop.settle().await;
    let told = found(&packer, &id).await;
    assert_eq!(told["failed"]["nodes"], json!([{ "line": 2 }]));
    assert_eq!(
        told["bulkOperationResults"]["nodes"][1]["result"]["errors"][0]["code"],
        "FORBIDDEN"
    );
    assert_eq!(
        shop.guest().refusals(RUN, json!({ "input": { "lines": "{}" } })).await,
        ["UNAUTHENTICATED"]
    );
    assert_eq!(
        staff.refusals(RUN, json!({ "input": { "lines": " \n" } })).await,
        ["INVALID"]
    );

    // A job that comes again, as after a crash, finds the lines done; and a cancelled operation stops.
    let before = on_hand(&shop).await;
    let many = vec![adjust; 25];
    let id = started(&staff, &many).await;
    let row = bulk_operation::Entity::find_by_id(id.parse::<vitrine_entity::ids::BulkOperationId>().unwrap());
    let context = Context::system(shop.shop(), "again");
    for _ in 0..3 {
        let again = id.parse().unwrap();
        let job = shop.shop().transact(&context, |tx| async move {
            tx.enqueue(None, Job::RunBulkOperation { bulk: again });
            Ok(())
        });
        job.await.unwrap();
    }
    shop.settle().await;
    assert_eq!(row.one(&shop.shop().db).await.unwrap().unwrap().succeeded, 25);
    assert_eq!(on_hand(&shop).await, before + 25);
    let cancel = json!({ "input": { "id": id } });
    assert_eq!(staff.refusals(CANCEL, cancel.clone()).await, ["INVALID"]);
    assert_eq!(packer.refusals(CANCEL, cancel).await, ["NOT_FOUND"]);

    let updates = vitrine_commerce::bulk::follow(shop.shop().clone(), context.clone(), id.parse().unwrap())
        .await
        .unwrap();
    pin_mut!(updates);
    assert_eq!(updates.next().await.unwrap().unwrap().lines_done, 25);
    assert!(updates.next().await.is_none(), "it is over");
    shop.close().await;
}

async fn on_hand(shop: &TestShop) -> i64 {
    let db = &shop.shop().db;
    let sql = "select cast(sum(on_hand) as bigint) as units from stock";
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), sql);
    db.query_one_raw(statement)
        .await
        .unwrap()
        .unwrap()
        .try_get("", "units")
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_leave_the_shop_at_an_address_that_expires() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let packer = shop.staff(StaffRole::Fulfilment).await;
    let export = |kind: &str| json!({ "input": { "kind": kind } });
    assert_eq!(packer.refusals(EXPORT, export("CUSTOMERS")).await, ["FORBIDDEN"]);
    shop.customer("ada@example.com").await;
    let mut addresses = Vec::new();
    for (kind, column, told) in [
        ("PRODUCTS", "Handle,Title,", "Option1 Name"),
        ("CUSTOMERS", "Customer ID,Name,", "ada@example.com"),
        ("ORDERS", "Name,Email,", "Lineitem sku"),
        ("STOCK", "Handle,Title,", "Reserved"),
    ] {
        let id = staff.done(EXPORT, export(kind)).await["export"]["id"].take();
        shop.settle().await;
        let find = "query($id: ID!) { export(id: $id) { status written total byteSize url } }";
        let found = staff.data(find, json!({ "id": id })).await["export"].take();
        assert_eq!(found["status"], "DONE");
        assert!(found["written"].as_i64() >= found["total"].as_i64(), "{found}");
        let url = found["url"].as_str().unwrap().to_owned();
        let (status, file) = downloaded(&shop.guest(), &url).await;
        assert_eq!(
            (status, file.len() as i64),
            (StatusCode::OK, found["byteSize"].as_i64().unwrap())
        );
        assert!(
            file.starts_with(column) && file.contains(told),
            "{}",
            file.chars().take(300).collect::<String>()
        );
        addresses.push((url, file));
    }
    // What the job wrote is what the command writes, and importing it changes nothing.
    let (url, file) = &addresses[0];
    let system = Context::system(shop.shop(), "export");
    let pieces = exports::stream(shop.shop().clone(), &system, ExportKind::Products).unwrap();
    let pieces: Vec<_> = pieces.map(|piece| piece.unwrap().0).collect().await;
    assert_eq!(&String::from_utf8(pieces.concat()).unwrap(), file);
    let parsed = import::read(file.as_bytes(), system.currency);
    let report = import::dry_run(shop.shop(), &system, &parsed, |_, _| ()).await.unwrap();
    assert_eq!((report.created, report.updated), (0, 0), "{:?}", report.problems);
    assert!(
        report.unchanged > 10 && report.problems.is_empty(),
        "{:?}",
        report.problems
    );

    let forged = url.replace("signature=", "signature=A");
    assert_eq!(downloaded(&shop.guest(), &forged).await.0, StatusCode::FORBIDDEN);
    shop.pass(chrono::TimeDelta::hours(2)).await;
    assert_eq!(downloaded(&shop.guest(), url).await.0, StatusCode::FORBIDDEN);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_file_comes_by_rest() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let send = async |token: Option<&str>, mime_type: &str| {
        let request = reqwest::Client::new()
            .post(format!("{}/api/bulk-operations?fileName=a.jsonl", shop.guest().base()))
            .header("content-type", mime_type)
            .body(
                "{\"op\": \"categoryCreate\", \"name\": \"Jars\"}\n\n{\"op\": \"categoryDelete\", \"slug\": \"jars\"}",
            );
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        request.send().await.unwrap()
    };
    assert_eq!(send(None, "application/jsonl").await.status(), StatusCode::UNAUTHORIZED);
    let token = staff.access_token();
    assert_eq!(
        send(token, "text/plain").await.status(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    let answer = send(token, "application/jsonl").await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    let id: Value = answer.json().await.unwrap();
    assert_eq!((&id["fileName"], &id["lineCount"]), (&json!("a.jsonl"), &json!(3)));
    shop.settle().await;
    let told = found(&staff, id["id"].as_str().unwrap()).await;
    assert_eq!(
        (&told["bulkOperation"]["succeeded"], &told["bulkOperation"]["linesDone"]),
        (&json!(2), &json!(3))
    );
    shop.close().await;
}
