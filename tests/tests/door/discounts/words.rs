//! Discounts in the reader's language, in the shop's file, and found again by their ids.

use serde_json::{Value, json};
use vitrine_commerce::{Context, Error, setup::file};
use vitrine_tests::client::{Client, http};

use super::{ACTIVATE, CREATE, cart_of, download, open, place, switched_on};

/// What a document answers in German.
async fn in_german(client: &Client, query: &str, variables: Value) -> Value {
    let body = json!({ "query": query, "variables": variables });
    let request = http().post(format!("{}/graphql", client.base())).json(&body);
    let answer: Value = request
        .header("accept-language", "de")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(answer["errors"], Value::Null, "{query}: {answer:#}");
    answer["data"].clone()
}

async fn call_in_german(staff: &Client, discount: &Value, title: &str) {
    let set = "mutation($input: TranslationsSetInput!) { translationsSet(input: $input) { userErrors { code message field } } }";
    let fields = json!([{ "field": "title", "text": title }]);
    staff
        .done(
            set,
            json!({ "input": { "of": discount, "locale": "de", "fields": fields } }),
        )
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_discount_is_called_what_its_readers_language_calls_it() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let update = "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { code message } } }";
    staff
        .done(update, json!({ "input": { "locales": ["en", "de"] } }))
        .await;
    let song = download(&staff, "SONG-1", "10.00").await;
    let tenth = json!({ "title": "A tenth off", "method": "AUTOMATIC", "kind": "ORDER", "value": { "percentage": 10 },
        "combinesWith": ["PRODUCT", "ORDER"] });
    let tenth = switched_on(&staff, tenth, &[]).await;
    let near = json!({ "title": "Thrift", "method": "AUTOMATIC", "kind": "ORDER", "value": { "percentage": 20 },
        "minimumQuantity": 4, "combinesWith": ["ORDER"] });
    let near = switched_on(&staff, near, &[]).await;
    let once = json!({ "title": "Once", "method": "CODE", "kind": "ORDER", "value": { "percentage": 5 }, "usageLimit": 1,
        "combinesWith": ["ORDER"] });
    let once = switched_on(&staff, once, &["ONCE"]).await;
    let to_do = "{ translatables(kind: DISCOUNT, locale: \"de\", state: MISSING, first: 5) { nodes { id title } } }";
    let missing = staff.data(to_do, json!({})).await["translatables"]["nodes"].take();
    assert_eq!(missing.as_array().unwrap().len(), 3, "{missing}");
    for (id, title) in [(&tenth, "Ein Zehntel weniger"), (&near, "Sparpaket"), (&once, "Einmal")] {
        call_in_german(&staff, id, title).await;
    }
    let missing = staff.data(to_do, json!({})).await["translatables"]["nodes"].take();
    assert_eq!(missing, json!([]));

    let basket = cart_of(&guest, "ada@example.com", &[(&song, 2)]).await;
    let add = "mutation($input: CartDiscountCodesAddInput!) { cartDiscountCodesAdd(input: $input) { cart { id
        adjustments { title } discountCodes { title } discountOffers { title message } lines { adjustments { title } } }
        userErrors { code message } } }";
    let typed = json!({ "input": { "cartId": basket["id"], "codes": ["once"] } });
    let seen = in_german(&guest, add, typed.clone()).await["cartDiscountCodesAdd"]["cart"].take();
    assert_eq!(
        seen["adjustments"],
        json!([{ "title": "Ein Zehntel weniger" }, { "title": "Einmal" }]),
        "{seen}"
    );
    assert_eq!(seen["lines"][0]["adjustments"], seen["adjustments"]);
    assert_eq!(seen["discountCodes"], json!([{ "title": "Einmal" }]));
    let offer = &seen["discountOffers"][0];
    assert_eq!(offer["title"], "Sparpaket");
    assert!(offer["message"].as_str().unwrap().contains("Sparpaket"), "{offer}");
    // The cart is in English, and so is what becomes of it.
    let placed = place(&guest, &basket, "first").await;
    let order = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { adjustments { title } } }";
    let asked = json!({ "id": placed["order"]["id"], "token": placed["orderAccessToken"] });
    let kept = in_german(&guest, order, asked).await["order"].take();
    assert_eq!(
        kept["adjustments"],
        json!([{ "title": "A tenth off" }, { "title": "Once" }]),
        "{placed}"
    );

    let basket = cart_of(&guest, "grace@example.com", &[(&song, 1)]).await;
    let typed = json!({ "input": { "cartId": basket["id"], "codes": ["once"] } });
    let refused = in_german(&guest, add, typed).await["cartDiscountCodesAdd"].take();
    assert_eq!(
        refused["userErrors"],
        json!([{ "code": "DISCOUNT_UNAVAILABLE", "message": "Der Code ONCE ist aufgebraucht." }]),
        "{refused}"
    );
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_discount_is_found_by_its_id_and_stands_in_the_shops_file() {
    let (shop, staff) = open().await;
    let song = download(&staff, "SONG-1", "10.00").await;
    let product = "query($id: ID!) { variant(id: $id) { product { id } } }";
    let product = staff.data(product, json!({ "id": song })).await["variant"]["product"]["id"].take();
    let songs = json!({ "title": "Songs", "method": "CODE", "kind": "PRODUCTS", "goods": { "productIds": [product] },
        "tiers": [{ "quantity": 2, "value": { "percentage": "12.5" } },
            { "quantity": 5, "value": { "fixedPrices": [{ "amount": "5.00", "currencyCode": "EUR" }] } }],
        "combinesWith": ["ORDER"], "usageLimitPerCustomer": 3, "priority": 7 });
    let id = switched_on(&staff, songs, &["SONGS", "SING"]).await;
    let sent = json!({ "title": "Sent for less", "method": "AUTOMATIC", "kind": "SHIPPING", "countries": ["DE"],
        "value": { "amounts": [{ "amount": "2.00", "currencyCode": "EUR" }] }, "firstOrderOnly": true,
        "minimumSpend": [{ "amount": "20.00", "currencyCode": "EUR" }] });
    switched_on(&staff, sent, &[]).await;

    let node = "query($id: ID!) { node(id: $id) { id ... on Discount { title priority } } }";
    let found = staff.data(node, json!({ "id": id })).await["node"].take();
    assert_eq!(found, json!({ "id": id, "title": "Songs", "priority": 7 }));
    let found = shop.guest().data(node, json!({ "id": id })).await["node"].take();
    assert_eq!(found, Value::Null, "it is the staff's");

    let context = Context::system(shop.shop(), "test");
    let text = file::export(shop.shop(), &context).await.expect("a file");
    assert!(text.contains("products = [\"song-1\"]"), "{text}");
    let unchanged = file::plan(shop.shop(), &context, &text, true).await.expect("a plan");
    assert_eq!(unchanged, [], "{text}");
    let goods = "query($id: ID!) { discount(id: $id) { title active codeCount tiers { quantity } goods { products { slug } } } }";
    let before = staff.data(goods, json!({ "id": id })).await["discount"].take();

    // Deleted and made again by the file, it is another of the same kind, with its codes among what is taken.
    let only = text.split("[[").filter(|part| part.starts_with("discounts"));
    let only: String = only.map(|part| format!("[[{part}")).collect();
    let changed = only
        .replace("priority = 7", "priority = 8")
        .replace("\"SING\"", "\"SANG\"");
    file::apply(shop.shop(), &context, &changed, true)
        .await
        .expect("applied");
    let found = staff.data(node, json!({ "id": id })).await["node"].take();
    assert_eq!(found["priority"], 8);
    let mut after = staff.data(goods, json!({ "id": id })).await["discount"].take();
    assert_eq!(after["codeCount"], 3, "one is switched off, and stays its own");
    after["codeCount"] = before["codeCount"].clone();
    assert_eq!(after, before);
    let again = file::export(shop.shop(), &context).await.expect("a file");
    assert!(again.contains("SANG") && !again.contains("SING"), "{again}");

    // One that names what is not there yet is left as it is: without that it would be for all goods.
    let awaits = changed
        .replace("\"song-1\"", "\"poem-1\"")
        .replace("priority = 8", "priority = 9");
    let told = file::apply(shop.shop(), &context, &awaits, false)
        .await
        .expect("applied");
    assert_eq!(
        told.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["? discounts Songs\n    There is no product `poem-1` yet: apply the file again once it is there."]
    );
    let found = staff.data(node, json!({ "id": id })).await["node"].take();
    assert_eq!(found["priority"], 8);
    let odd = file::plan(shop.shop(), &context, &changed.replace("kind = ", "sort = "), false).await;
    let Err(Error::Refused(refusals)) = odd else {
        panic!("{odd:?}")
    };
    let message = refusals[0].message.to_string();
    assert!(message.starts_with("line ") && message.contains("`sort`"), "{message}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn however_many_switch_one_on_at_once_no_more_than_twenty_five_apply_by_themselves() {
    let (shop, staff) = open().await;
    let mut made = Vec::new();
    for number in 0..30 {
        let discount = json!({ "title": format!("{number}"), "method": "AUTOMATIC", "kind": "ORDER", "value": { "percentage": 1 } });
        let row = staff.done(CREATE, json!({ "input": { "discount": discount } })).await["discount"].take();
        made.push(json!({ "input": { "id": row["id"] } }));
    }
    for input in &made[..22] {
        staff.done(ACTIVATE, input.clone()).await;
    }
    let at_once = made[22..].iter().map(|input| staff.payload(ACTIVATE, input.clone()));
    let outcomes = futures::future::join_all(at_once).await;
    let refused = outcomes.iter().filter(|outcome| outcome["userErrors"] != json!([]));
    let refused: Vec<_> = refused.map(|outcome| &outcome["userErrors"][0]["code"]).collect();
    assert_eq!(refused, ["INVALID"; 5], "{outcomes:?}");
    shop.close().await;
}
