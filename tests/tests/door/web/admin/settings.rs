//! The shop set up from the dashboard: what it is, where it sends to, its taxes and its locations.

use reqwest::StatusCode;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, shopper::Shopper};

use super::at_work;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_is_set_up() {
    let shop = TestShop::open().await;
    let client = shop.staff(StaffRole::Administrator).await;
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    staff.expect("From an empty shop to your first sale");
    staff.submit("/admin/tour", &[]).await;
    assert!(!staff.says("From an empty shop to your first sale"));
    profile(&mut staff, &client).await;
    shipping(&mut staff, &client).await;
    taxes(&mut staff, &client).await;
    markets(&mut staff, &client).await;
    locations(&mut staff, &client).await;
    flags(&mut staff, &client).await;
    shop.settle().await;
    shop.close().await;
}

/// What is left empty is taken away; what is wrong is told where it stands.
async fn profile(staff: &mut Shopper, client: &Client) {
    let typed = [
        ("shopName", "The Window"),
        ("contactEmail", "hello@example.com"),
        ("timeZone", "Europe/Vienna"),
        ("locales", "de, en"),
        ("MONDAY", "yes"),
        ("SUNDAY", "yes"),
        ("shippingTax", "HIGHEST"),
        ("line1", "Ring 1"),
        ("city", "Vienna"),
        ("postalCode", "1010"),
        ("name", "The Window"),
        ("countryCode", "AT"),
    ];
    let wrong: Vec<_> = typed.into_iter().chain([("closedOn", "Christmas")]).collect();
    staff
        .open("/admin/settings")
        .await
        .submit("/admin/settings/shop", &wrong)
        .await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("id=\"shop-closedOn-error\"");
    let right: Vec<_> = typed
        .into_iter()
        .chain([("closedOn", "2026-12-25\n2026-12-26")])
        .collect();
    staff.submit("/admin/settings/shop", &right).await;
    staff.expect("Saved.");
    let asked = "{ shop { name timeZone locales workingDays closedOn shippingTax vatNumber address { city } } }";
    let shop = client.data(asked, json!({})).await["shop"].take();
    assert_eq!(
        shop,
        json!({
            "name": "The Window", "timeZone": "Europe/Vienna", "locales": ["de", "en"], "workingDays": ["MONDAY", "SUNDAY"],
            "closedOn": ["2026-12-25", "2026-12-26"], "shippingTax": "HIGHEST", "vatNumber": null,
            "address": { "city": "Vienna" },
        })
    );
}

/// A zone and its method are made, changed while somebody else was faster, deleted and brought back.
async fn shipping(staff: &mut Shopper, client: &Client) {
    const LIST: &str = "/admin/settings/shipping";
    staff.open(LIST).await;
    staff.submit(LIST, &[("name", "Nowhere"), ("countries", "XX")]).await;
    staff.expect("id=\"new-countries-error\"");
    staff
        .submit(LIST, &[("name", "The North"), ("countries", "Norway")])
        .await;
    let zone = staff.path.clone();
    let created = [("name", "By sledge"), ("price", "9.00"), ("kind", "SHIP")];
    staff.submit(&format!("{zone}/method-create"), &created).await;
    staff.expect("The method is added, and still switched off.");

    let save = format!("{zone}/method-save");
    let method = [
        ("name", "By sledge"),
        ("price", "9.50"),
        ("handlingDays", "1"),
        ("active", "yes"),
    ];
    let wrong: Vec<_> = method.into_iter().chain([("weightSteps", "heavy")]).collect();
    staff.submit(&save, &wrong).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("-weightSteps-error\"");
    let right: Vec<_> = method
        .into_iter()
        .chain([("weightSteps", "1000 4.90\n* 9.90")])
        .collect();
    staff.submit(&save, &right).await;
    staff.expect("The shipping method is saved.");
    let id = zone.rsplit('/').next().unwrap();
    assert_eq!(
        of_zone(client, id).await["methods"],
        json!([{ "name": "By sledge", "active": true, "price": { "amount": "9.50" }, "weightSteps": [
            { "upToGrams": 1000, "price": { "amount": "4.90" } }, { "upToGrams": null, "price": { "amount": "9.90" } },
        ] }])
    );
    staff.submit(&format!("{zone}/method-delete"), &[]).await;
    staff.expect("The method is deleted.");
    staff.submit(&format!("{zone}/method-restore"), &[]).await;
    staff.expect("The method is restored.");

    let update = "mutation($input: ShippingZoneUpdateInput!) { shippingZoneUpdate(input: $input) { shippingZone { id } userErrors { code message } } }";
    let theirs = json!({ "input": { "id": id, "name": "Their North" } });
    client.done(update, theirs).await;
    let mine = [
        ("name", "My North"),
        ("countries", "no, se"),
        ("postalCodes", "FI 00100-00990"),
    ];
    staff.submit(&format!("{zone}/save"), &mine).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("<b>Their North</b>");
    staff.submit(&format!("{zone}/save"), &mine).await;
    staff.expect("Saved.");
    assert_eq!(of_zone(client, id).await["countries"], json!(["NO", "SE"]));
    staff.submit(&format!("{zone}/delete"), &[]).await;
    staff.expect("The zone is deleted, with its methods.");
    staff.submit(&format!("{LIST}/restore"), &[]).await;
    staff.expect("The zone is restored, with its methods.");
    assert_eq!(of_zone(client, id).await["methods"][0]["name"], "By sledge");
}

async fn of_zone(client: &Client, id: &str) -> Value {
    let asked = "query($id: ID!) { shippingZone(id: $id) { countries methods { name active price { amount } weightSteps { upToGrams price { amount } } } } }";
    client.data(asked, json!({ "id": id })).await["shippingZone"].take()
}

async fn taxes(staff: &mut Shopper, client: &Client) {
    const LIST: &str = "/admin/settings/taxes";
    let typed = [("name", "MVA"), ("countryCode", "NO")];
    let wrong: Vec<_> = typed.into_iter().chain([("basisPoints", "a lot")]).collect();
    staff.open(LIST).await.submit(&format!("{LIST}/create"), &wrong).await;
    staff.expect("id=\"create-basisPoints-error\"");
    let right: Vec<_> = typed.into_iter().chain([("basisPoints", "25,5 %")]).collect();
    staff.submit(&format!("{LIST}/create"), &right).await;
    staff.expect("The rate is added.");
    staff.expect("MVA, Norway · 25.5%");
    let asked = "{ taxRates(first: 1, where: { countryCode: \"NO\" }) { nodes { basisPoints name } } }";
    let rates = client.data(asked, json!({})).await;
    assert_eq!(
        rates["taxRates"]["nodes"],
        json!([{ "basisPoints": 2550, "name": "MVA" }])
    );
    staff.submit(&format!("{LIST}/delete"), &[]).await;
    staff.expect("The rate is deleted.");
    staff.submit(&format!("{LIST}/restore"), &[]).await;
    staff.expect("The rate is restored.");
}

async fn markets(staff: &mut Shopper, client: &Client) {
    const LIST: &str = "/admin/settings/markets";
    let set = format!("{LIST}/list-set");
    let typed = [("currencyCode", "usd"), ("rounding", "ENDING_99")];
    let wrong: Vec<_> = typed.into_iter().chain([("rate", "much")]).collect();
    staff.open(LIST).await.submit(&set, &wrong).await;
    staff.expect("id=\"list-new-rate-error\"");
    let right: Vec<_> = typed.into_iter().chain([("rate", "1,085")]).collect();
    staff.submit(&set, &right).await.expect("Saved. The prices follow.");
    staff.expect("USD · 1.085");
    let typed = [("name", "America"), ("countries", "us, CA"), ("currencyCode", "USD")];
    staff.submit(&format!("{LIST}/create"), &typed).await;
    staff.expect("The market is added.");
    staff.expect("America · USD · Canada, United States");
    let found = client.data("{ markets { name currencyCode countries { code } } }", json!({}));
    let expected =
        json!([{ "name": "America", "currencyCode": "USD", "countries": [{ "code": "CA" }, { "code": "US" }] }]);
    assert_eq!(found.await["markets"], expected);
    staff.submit(&format!("{LIST}/list-delete"), &[]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY, "a market sells by it");
    staff.submit(&format!("{LIST}/delete"), &[]).await;
    staff.expect("The market is deleted.");
    staff.submit(&format!("{LIST}/list-delete"), &[]).await;
    staff.expect("The currency is deleted.");
}

async fn locations(staff: &mut Shopper, client: &Client) {
    const LIST: &str = "/admin/settings/locations";
    let typed = [
        ("locationName", "The cellar"),
        ("name", "The Window"),
        ("countryCode", "AT"),
        ("city", "Vienna"),
    ];
    staff.open(LIST).await.submit(&format!("{LIST}/create"), &typed).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("id=\"create-line1-error\"");
    let whole: Vec<_> = typed
        .into_iter()
        .chain([("line1", "Ring 1"), ("postalCode", "1010"), ("pickup", "yes")])
        .collect();
    staff.submit(&format!("{LIST}/create"), &whole).await;
    staff.expect("The location is added.");
    let asked = "{ locations(first: 10) { nodes { name active pickup address { line1 } } } }";
    let found = client.data(asked, json!({})).await["locations"]["nodes"].take();
    let cellar = found.as_array().unwrap().last().unwrap();
    let expected = json!({ "name": "The cellar", "active": false, "pickup": true, "address": { "line1": "Ring 1" } });
    assert_eq!(*cellar, expected);
}

async fn flags(staff: &mut Shopper, client: &Client) {
    const LIST: &str = "/admin/settings/flags";
    staff.open(LIST).await.expect("Guests place orders.");
    staff.submit(LIST, &[("name", "New Menu")]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("id=\"create-name-error\"");
    let typed = [("name", "new_menu"), ("description", "The wide menu")];
    staff
        .submit(LIST, &typed)
        .await
        .expect("The switch is added. It is off.");
    let save = format!("{LIST}/new_menu/save");
    let typed = [
        ("isOn", "yes"),
        ("percent", "30"),
        ("description", "The wide menu"),
        ("0.percent", "50"),
        ("0.audience", "GUESTS"),
        ("0.countries", "at, Germany"),
    ];
    let wrong: Vec<_> = typed.into_iter().chain([("0.startsAt", "soon")]).collect();
    staff.submit(&save, &wrong).await.expect("id=\"save-0.startsAt-error\"");
    let beyond: Vec<_> = typed.into_iter().chain([("0.percent", "101")]).collect();
    staff
        .submit(&save, &beyond[1..])
        .await
        .expect("id=\"save-0.percent-error\"");
    let right: Vec<_> = typed.into_iter().chain([("0.startsAt", "2026-07-01T10:30")]).collect();
    staff.submit(&save, &right).await.expect("Saved.");
    let asked = "{ flag(name: \"new_menu\") { isOn percent rules { percent audience countries startsAt } } }";
    let rule = json!({ "percent": 50, "audience": "GUESTS", "countries": ["AT", "DE"], "startsAt": "2026-07-01T08:30:00+00:00" });
    let flag = json!({ "isOn": true, "percent": 30, "rules": [rule] });
    assert_eq!(client.data(asked, json!({})).await["flag"], flag);
    staff.open(LIST).await.expect("on, by 1 rule");
    // Whose clock the times are by is said where they are typed.
    staff.open(&format!("{LIST}/new_menu")).await;
    staff.expect("(time zone Europe");
    staff
        .submit(&format!("{LIST}/new_menu/delete"), &[])
        .await
        .expect("Done.");
    staff
        .submit(&format!("{LIST}/restore"), &[])
        .await
        .expect("The switch is back.");
    assert_eq!(client.data(asked, json!({})).await["flag"], flag);
}
