//! What shops and shoppers really type: addresses of every country, pasted marks that nobody sees, mail addresses in
//! other letters, languages, and carts that cost nothing.

use serde_json::{Value, json};
use vitrine_adapters::config::{Smtp, SmtpSecurity};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    TestShop,
    purchase::{address, cart_mutation},
    shop::PASSWORD,
    smtp_sink::SmtpSink,
};

/// Countries whose post knows no code, or does without.
const WITHOUT_CODE: &str = "AW BF BI BJ BO BW BZ CD CF CG CI CK CM CW DJ DM ER GA GD GH GM GQ GY JM KI KM KN LY ML MO MR MW NR NU \
    PA RW SB SC SL SR ST SX SY TD TG TK TL TO TV UG VU YE ZW AE AG AO BS FJ HK IE QA";

/// The name as a Hebrew keyboard writes it, and a telephone number as a contact has it.
const NAME: &str = "\u{200F}דוד כהן";
const PHONE: &str = "\u{202D}+49 170 1234567\u{202C}";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_has_what_its_country_needs() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    let cart = guest.cart_with(&[]).await;
    let update = "mutation($input: CartAddressesUpdateInput!) { cartAddressesUpdate(input: $input) {
        cart { shippingAddress { city postalCode countryCode lines } } userErrors { code field message } } }";
    let set = async |address: Value| {
        let input = json!({ "input": { "cartId": cart["id"], "shippingAddress": address } });
        guest.payload(update, input).await
    };
    for code in WITHOUT_CODE.split_whitespace().chain(["XK"]) {
        let address = json!({ "name": "A. Buyer", "line1": "Main Road 1", "city": "Town", "countryCode": code, "postalCode": "" });
        let payload = set(address).await;
        assert_eq!(payload["userErrors"], json!([]), "{code}");
    }
    let singapore = json!({ "name": "A", "line1": "1 Orchard Rd", "postalCode": "238823", "countryCode": "SG" });
    let lines = set(singapore).await["cart"]["shippingAddress"]["lines"].take();
    assert_eq!(lines, json!(["A", "1 Orchard Rd", "SINGAPORE 238823", "Singapore"]));
    let of = |country: &str, code: &str| json!({ "name": "A", "line1": "Road 1", "city": "Town", "countryCode": country, "postalCode": code });
    let kept = set(of("NL", "1234ab")).await["cart"]["shippingAddress"]["postalCode"].take();
    assert_eq!(kept, "1234AB");
    let kept = set(of("DE", "D-10117")).await["cart"]["shippingAddress"]["postalCode"].take();
    assert_eq!(kept, "10117");
    for (country, code) in [("DE", ""), ("DE", "1011"), ("US", "ABC"), ("GB", "12345")] {
        let refused = set(of(country, code)).await["userErrors"][0].take();
        assert_eq!(
            (&refused["code"], &refused["field"]),
            (&json!("INVALID"), &json!(["input", "shippingAddress", "postalCode"])),
            "{country} {code}"
        );
    }
    let rest = json!({
        "lines": [{ "sku": "NO-SUCH", "quantity": 1 }], "email": "ada@example.com", "paymentMethod": { "token": "tok_approve" },
        "shippingAddress": { "name": "A", "line1": "Main Road 1", "city": "Accra", "countryCode": "GH" },
    });
    let request = vitrine_tests::client::http()
        .post(format!("{}/api/checkout", guest.base()))
        .header("idempotency-key", "ghana")
        .json(&rest);
    let problem: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(problem["code"], "NOT_FOR_SALE", "{problem}");

    let fields = "code name requiresPostalCode requiresCity requiresRegion postalCodeExample postalCodePattern regionKind regions { code latinName isoCode }";
    let query = format!(
        "{{ countries(language: \"de\") {{ code name requiresPostalCode }} germany: country(code: \"DE\", language: \"fr\") {{ {fields} }} \
        japan: country(code: \"JP\") {{ {fields} }} nowhere: country(code: \"ZZ\") {{ code }} }}"
    );
    let data = guest.data(&query, json!({})).await;
    let delivered = guest.data("{ countries(delivered: true) { code } }", json!({})).await["countries"].take();
    let delivered: Vec<_> = delivered
        .as_array()
        .unwrap()
        .iter()
        .map(|country| country["code"].as_str().unwrap())
        .collect();
    assert!(delivered.contains(&"DE") && !delivered.is_empty(), "{delivered:?}");
    let all = data["countries"].as_array().unwrap();
    let needs = |code: &str| all.iter().find(|country| country["code"] == code).unwrap()["requiresPostalCode"].clone();
    assert!(all.len() > 240 && WITHOUT_CODE.split_whitespace().all(|code| needs(code) == false));
    assert_eq!((needs("DE"), &all[0]["name"]), (json!(true), &json!("Afghanistan")));
    assert_eq!(
        data["germany"],
        json!({ "code": "DE", "name": "Allemagne", "requiresPostalCode": true, "requiresCity": true, "requiresRegion": false,
            "postalCodeExample": "26133", "postalCodePattern": "[0-9]{5}", "regionKind": null, "regions": [] })
    );
    let regions = data["japan"]["regions"].as_array().unwrap();
    assert_eq!((regions.len(), &data["nowhere"]), (47, &Value::Null));
    assert_eq!(
        regions[12],
        json!({ "code": "東京都", "latinName": "Tokyo", "isoCode": "JP-13" })
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_sees_stops_nobody() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1\u{200B}", "10.00", 10).await);
    let mut typed = address();
    (typed["name"], typed["phone"]) = (json!(NAME), json!(PHONE));
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    let update = "mutation($input: CartAddressesUpdateInput!) { cartAddressesUpdate(input: $input) {
        cart { shippingAddress { name phone } } userErrors { code field message } } }";
    for phone in [
        PHONE,
        "\u{2068}+49 170 1234567\u{2069}",
        "+49 170 1234567\u{200B}",
        "+49\u{2028}170 1234567",
    ] {
        typed["phone"] = json!(phone);
        let input = json!({ "input": { "cartId": cart["id"], "shippingAddress": typed } });
        let kept = guest.done(update, input).await["cart"]["shippingAddress"].take();
        assert_eq!(
            kept,
            json!({ "name": "דוד כהן", "phone": "+49 170 1234567" }),
            "{phone:?}"
        );
    }
    typed["phone"] = json!("+49 170\u{202E}7654321");
    let input = json!({ "input": { "cartId": cart["id"], "shippingAddress": typed } });
    let refused = guest.payload(update, input).await["userErrors"][0].take();
    assert_eq!(
        refused["field"],
        json!(["input", "shippingAddress", "phone"]),
        "{refused}"
    );
    let note = "mutation($input: CartNoteUpdateInput!) { cartNoteUpdate(input: $input) { cart { note } userErrors { code } } }";
    let input = json!({ "input": { "cartId": cart["id"], "note": "Ring twice.\r\nThen wait.\u{FEFF}" } });
    assert_eq!(guest.done(note, input).await["cart"]["note"], "Ring twice.\nThen wait.");

    typed["phone"] = json!(PHONE);
    let body = json!({
        "lines": [{ "sku": "MUG-1\u{200E}", "quantity": 1 }], "email": "\u{200B}ada@example.com", "shippingAddress": typed,
        "note": "Ring twice.\r\nThen wait.", "paymentMethod": { "token": "tok_approve" },
    });
    let request = vitrine_tests::client::http()
        .post(format!("{}/api/checkout", guest.base()))
        .header("idempotency-key", "pasted")
        .json(&body);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 201, "{}", answer.text().await.unwrap());
    shop.settle().await;
    let orders = staff
        .data(
            "{ orders(first: 1) { nodes { note email shippingAddress { name phone } } } }",
            json!({}),
        )
        .await;
    assert_eq!(
        orders["orders"]["nodes"][0],
        json!({ "note": "Ring twice.\nThen wait.", "email": "ada@example.com",
            "shippingAddress": { "name": "דוד כהן", "phone": "+49 170 1234567" } })
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mailbox_is_one_however_it_is_spelt_and_written_to_as_servers_can() {
    let sink = SmtpSink::start().await;
    let smtp = Smtp {
        host: sink.address().ip().to_string(),
        port: Some(sink.address().port()),
        security: SmtpSecurity::None,
        username: None,
        password: None,
        timeout_seconds: 5,
    };
    let shop = TestShop::open_with(|config| {
        config.mail.smtp = Some(smtp);
        config.mail.from = "laden@bücher.example".to_owned();
    })
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    shop.customer("kunde@müller-möbel.example").await;
    let login = "mutation($input: CustomerLoginInput!) { customerLogin(input: $input) { session { accessToken } userErrors { code } } }";
    for email in [
        "kunde@xn--mller-mbel-kcb9d.example",
        "KUNDE@mu\u{308}ller-mo\u{308}bel.example.",
        "kunde＠müller-möbel．example",
    ] {
        guest
            .done(login, json!({ "input": { "email": email, "password": PASSWORD } }))
            .await;
    }

    let buy = async |email: &str| {
        let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
        let input = json!({ "input": { "cartId": cart["id"], "email": email } });
        guest.done(&cart_mutation("cartContactUpdate"), input).await;
        guest.place(&cart, cart["id"].as_str().unwrap(), "tok_approve").await["order"]["id"].take()
    };
    buy("kunde@müller-möbel.example").await;
    let unwritable = buy("jörg@example.de").await;
    shop.settle().await;
    let mails = sink.mails();
    assert_eq!(mails.len(), 2, "{mails:#?}");
    let is_sent = |mail: &vitrine_tests::smtp_sink::ReceivedMail| {
        mail.to == ["kunde@xn--mller-mbel-kcb9d.example"] && mail.from == "laden@xn--bcher-kva.example"
    };
    assert!(mails.iter().all(is_sent), "{mails:#?}");

    // Nobody waits for a server that will never take it: staff are told.
    let query = "query($id: ID!) { order(id: $id) { status timeline(first: 50) { nodes { kind } } } }";
    let order = staff.data(query, json!({ "id": unwritable })).await["order"].take();
    let told = order["timeline"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .any(|entry| entry["kind"] == "ALERT");
    assert!(told && order["status"] == "CONFIRMED", "{order}");
    let jobs = "{ jobs(first: 10, where: { state: BURIED }) { nodes { lastError } } }";
    let jobs = staff.data(jobs, json!({})).await["jobs"]["nodes"].take();
    assert!(jobs[0]["lastError"].as_str().unwrap().contains("SMTPUTF8"), "{jobs}");
    let correct = "mutation($input: OrderContactUpdateInput!) { orderContactUpdate(input: $input) { order { email } userErrors { code } } }";
    let input = json!({ "input": { "orderId": unwritable, "email": "joerg@example.de" } });
    staff.done(correct, input).await;
    let revive = "mutation($input: JobsReviveInput!) { jobsRevive(input: $input) { revived userErrors { code } } }";
    let input = json!({ "input": { "kind": "send_order_mail", "buriedSince": "2020-01-01T00:00:00Z" } });
    staff.done(revive, input).await;
    shop.settle().await;
    let mended = sink.mails().into_iter().filter(|mail| mail.to == ["joerg@example.de"]);
    assert_eq!(mended.count(), 2);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cart_speaks_the_nearest_language_and_is_free_where_it_costs_nothing() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let settings = "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { shop { locales } userErrors { code message } } }";
    staff
        .done(
            settings,
            json!({ "input": { "locales": ["en", "pt"], "timeZone": "Asia/Tokyo" } }),
        )
        .await;
    let create = "mutation($input: CartCreateInput!) { cartCreate(input: $input) { cart { id locale } userErrors { code field } } }";
    for (asked, told) in [
        (json!("pt-BR"), "pt"),
        (json!("EN_us"), "en"),
        (json!("fr"), "en"),
        (Value::Null, "en"),
    ] {
        let cart = guest.done(create, json!({ "input": { "locale": asked } })).await;
        assert_eq!(cart["cart"]["locale"], told, "{asked}");
    }
    let refused = guest.payload(create, json!({ "input": { "locale": "<b>" } })).await;
    assert_eq!(
        refused["userErrors"][0],
        json!({ "code": "INVALID", "field": ["input", "locale"] })
    );

    let set = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { variants { id } } userErrors { message } } }";
    let input = json!({ "slug": "sample", "title": "Sample", "active": true,
        "variants": [{ "sku": "SAMPLE-1", "price": "0.00", "onHand": 5, "requiresShipping": false }] });
    let sample = staff.done(set, json!({ "input": input })).await["product"]["variants"][0]["id"].take();
    let input = json!({ "lines": [{ "variantId": sample, "quantity": 1 }], "email": "ada@example.com" });
    let cart = guest.done(create, json!({ "input": input })).await["cart"]["id"].take();
    let place = "mutation($input: OrderPlaceInput!) { orderPlace(input: $input) { order { status payment { status } } userErrors { code field message } } }";
    let placed = guest
        .done(place, json!({ "input": { "cartId": cart, "idempotencyKey": "free" } }))
        .await;
    assert_eq!(placed["order"], json!({ "status": "PAYMENT_SUCCESS", "payment": null }));
    let body = json!({ "lines": [{ "sku": "SAMPLE-1", "quantity": 1 }], "email": "ada@example.com" });
    let request = vitrine_tests::client::http()
        .post(format!("{}/api/checkout", guest.base()))
        .header("idempotency-key", "free")
        .json(&body);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 201, "{}", answer.text().await.unwrap());
    shop.settle().await;

    // What is to be paid is asked for as ever.
    let mug = staff.sell("MUG-1", "10.00", 5).await;
    let paid = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    let input = json!({ "input": { "cartId": paid["id"], "idempotencyKey": "paid" } });
    let refused = guest.payload(place, input).await["userErrors"][0].take();
    assert_eq!(
        refused["field"],
        json!(["input", "paymentMethod", "token"]),
        "{refused}"
    );
    shop.close().await;
}

/// What names something is read as it is copied and typed: with marks that nobody sees, in wide letters, without hyphens.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_read_as_it_is_typed() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let typed = |code: &str| format!("\u{FEFF}\u{2068}{}\u{200B}{}\u{2069} ", &code[..1], &code[1..]);
    let errors = "userErrors { code field message }";
    for (mutation, input, path, kept) in [
        (
            format!(
                "mutation($input: RoleCreateInput!) {{ roleCreate(input: $input) {{ role {{ handle }} {errors} }} }}"
            ),
            json!({ "name": "Packer", "handle": typed("packer"), "permissions": ["ORDERS"] }),
            "/role/handle",
            json!("packer"),
        ),
        (
            format!(
                "mutation($input: AttributeDefinitionCreateInput!) {{ attributeDefinitionCreate(input: $input) {{ attributeDefinition {{ key }} {errors} }} }}"
            ),
            json!({ "name": "Net weight", "key": typed("net_weight"), "kind": "TEXT" }),
            "/attributeDefinition/key",
            json!("net_weight"),
        ),
        (
            format!(
                "mutation($input: ShippingZoneCreateInput!) {{ shippingZoneCreate(input: $input) {{ shippingZone {{ countries }} {errors} }} }}"
            ),
            json!({ "name": "Isles", "countries": [typed("uk"), "ＩＭ", "xk"] }),
            "/shippingZone/countries",
            json!(["GB", "IM", "XK"]),
        ),
        (
            format!(
                "mutation($input: TaxRateCreateInput!) {{ taxRateCreate(input: $input) {{ taxRate {{ countryCode }} {errors} }} }}"
            ),
            json!({ "name": "ΦΠΑ", "countryCode": typed("el"), "basisPoints": 2_400, "taxCategory": typed("books") }),
            "/taxRate/countryCode",
            json!("GR"),
        ),
        (
            format!(
                "mutation($input: ShopUpdateInput!) {{ shopUpdate(input: $input) {{ shop {{ locales }} {errors} }} }}"
            ),
            json!({ "locales": [typed("en"), typed("pt_br")] }),
            "/shop/locales",
            json!(["en", "pt-BR"]),
        ),
    ] {
        let payload = staff.done(&mutation, json!({ "input": input })).await;
        assert_eq!(payload.pointer(path), Some(&kept), "{payload}");
    }

    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let product = "query($slug: String!, $where: ProductWhere) { product(slug: $slug) { title } products(first: 5, where: $where) { nodes { slug } } }";
    let known = guest
        .data("{ products(first: 1) { nodes { slug title } } }", json!({}))
        .await["products"]["nodes"][0]
        .take();
    let slug = known["slug"].as_str().unwrap();
    let metafield = format!(
        "mutation($input: MetafieldsSetInput!) {{ metafieldsSet(input: $input) {{ metafields {{ namespace key }} {errors} }} }}"
    );
    let field =
        json!({ "ownerId": mug, "namespace": typed("care"), "key": typed("wash"), "kind": "TEXT", "value": "30" });
    let kept = staff
        .done(&metafield, json!({ "input": { "metafields": [field] } }))
        .await;
    assert_eq!(kept["metafields"][0], json!({ "namespace": "care", "key": "wash" }));
    let found = guest
        .data(
            product,
            json!({ "slug": typed(slug), "where": { "collections": [typed("none")] } }),
        )
        .await;
    assert_eq!(found["product"]["title"], known["title"]);

    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let number = guest.order(&placed).await["number"].as_str().unwrap().to_owned();
    let by_number = "query($number: String!, $where: OrderWhere) { orderByNumber(number: $number) { number } orders(first: 5, where: $where) { nodes { number } } }";
    for written in [
        typed(&number),
        number.to_lowercase().replace('-', " "),
        number.replace('-', "\u{2011}"),
        format!("#{}", number.replace('-', "")),
    ] {
        let found = staff
            .data(by_number, json!({ "number": written, "where": { "query": written } }))
            .await;
        assert_eq!(found["orderByNumber"]["number"], json!(number), "{written:?}");
        assert_eq!(found["orders"]["nodes"], json!([{ "number": number }]), "{written:?}");
    }
    shop.close().await;
}
