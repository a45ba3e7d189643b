use sea_orm::EntityTrait;
use serde_json::{Value, json};
use vitrine_entity::{staff_audit, staff_member::StaffRole};
use vitrine_tests::TestShop;

use super::{
    METHOD_CREATE, METHOD_DELETE, METHOD_RESTORE, METHOD_UPDATE, ZONE_CREATE, ZONE_DELETE, ZONE_RESTORE, ZONE_UPDATE,
    clear, method, zone,
};

const OFFERS: &str = "query($country: CountryCode!, $region: String, $code: String) { shop {
    shippingMethods(country: $country, region: $region, postalCode: $code) { name price { amount } } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_most_specific_zone_is_offered_and_overlaps_are_warned_of() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    clear(&staff).await;
    for (name, place) in [
        ("Elsewhere", json!({ "countries": ["*"] })),
        ("Country", json!({ "countries": ["us", "GB"] })),
        ("Region", json!({ "regions": ["us-ca"] })),
        (
            "Code",
            json!({ "postalCodes": [{ "countryCode": "US", "codes": ["90000-90999"] }, { "countryCode": "GB", "codes": ["bt *"] }] }),
        ),
    ] {
        let mut input = place;
        input["name"] = json!(name);
        let id = zone(&staff, input).await;
        method(&staff, &id, json!({ "name": name, "price": "5.00" })).await;
    }
    let guest = shop.guest();
    for (country, region, code, expected) in [
        ("FR", None, None, "Elsewhere"),
        ("US", None, None, "Country"),
        ("US", Some("California"), Some("95814"), "Region"),
        ("US", Some("CA"), Some("90210-1234"), "Code"),
        ("gb", None, Some("bt1 5gs"), "Code"),
    ] {
        let data = guest
            .data(OFFERS, json!({ "country": country, "region": region, "code": code }))
            .await;
        assert_eq!(
            data["shop"]["shippingMethods"][0]["name"], expected,
            "{country} {region:?} {code:?}"
        );
    }
    let overlapping = json!({ "name": "Again", "countries": ["DE", "GB"] });
    let payload = staff.done(ZONE_CREATE, json!({ "input": overlapping })).await;
    assert_eq!(payload["warnings"][0]["place"], "GB");
    assert_eq!(
        payload["warnings"][0]["message"],
        "`Country` and `Again` both name GB: `Country` comes first and wins there."
    );
    let data = staff.data("{ shippingZoneOverlaps { place } }", json!({})).await;
    assert_eq!(data["shippingZoneOverlaps"], json!([{ "place": "GB" }]));
    // In another order the other wins.
    let ids = staff.data("{ shippingZones { id name } }", json!({})).await["shippingZones"].take();
    let ids: Vec<_> = ids
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .map(|zone| zone["id"].clone())
        .collect();
    let reorder = "mutation($input: ShippingZoneReorderInput!) { shippingZoneReorder(input: $input) { shippingZones { name } userErrors { code field } } }";
    let payload = staff.done(reorder, json!({ "input": { "zoneIds": ids } })).await;
    assert_eq!(payload["shippingZones"][0]["name"], "Again");
    let data = guest.data(OFFERS, json!({ "country": "GB" })).await;
    assert_eq!(data["shop"]["shippingMethods"], json!([]), "`Again` has no methods");
    assert_eq!(
        staff
            .refusals(reorder, json!({ "input": { "zoneIds": ids[1..] } }))
            .await,
        ["INVALID"]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_deleted_is_offered_to_nobody_and_comes_back() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    clear(&staff).await;
    let home = zone(&staff, json!({ "name": "Home", "countries": ["DE"] })).await;
    let parcel = method(&staff, &home, json!({ "name": "Parcel", "price": "4.90" })).await;
    let guest = shop.guest();
    let offered = async || {
        let data = guest.data(OFFERS, json!({ "country": "DE" })).await;
        data["shop"]["shippingMethods"].as_array().unwrap().len()
    };
    assert_eq!(offered().await, 1);
    for (delete, restore, id) in [
        (METHOD_DELETE, METHOD_RESTORE, &parcel),
        (ZONE_DELETE, ZONE_RESTORE, &home),
    ] {
        staff.done(delete, json!({ "input": { "id": id } })).await;
        assert_eq!(offered().await, 0);
        staff.done(delete, json!({ "input": { "id": id } })).await;
        staff.done(restore, json!({ "input": { "id": id } })).await;
        assert_eq!(offered().await, 1);
    }
    let rows = staff_audit::Entity::find().all(&shop.shop().db).await.unwrap();
    for action in [
        "shipping_zone.create",
        "shipping_method.create",
        "shipping_method.delete",
        "shipping_zone.restore",
    ] {
        assert!(rows.iter().any(|row| row.action == action), "{action}: {rows:?}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_names_what_it_changes_and_the_version_it_saw() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let home = zone(&staff, json!({ "name": "Home", "countries": ["DE"] })).await;
    let input = json!({ "zoneId": home, "name": "Parcel", "price": "4.90", "freeFrom": "50.00", "carrier": "Post" });
    let made = staff.done(METHOD_CREATE, json!({ "input": input })).await["shippingMethod"].take();
    let input = json!({ "id": made["id"], "expectedVersion": made["version"], "carrier": null, "price": "5.90" });
    let changed = staff.done(METHOD_UPDATE, json!({ "input": input })).await["shippingMethod"].take();
    assert_eq!(changed["carrier"], Value::Null);
    assert_eq!(
        (&changed["price"]["amount"], &changed["freeFrom"]["amount"]),
        (&json!("5.90"), &json!("50.00"))
    );
    assert_eq!(
        staff.refusals(METHOD_UPDATE, json!({ "input": input })).await,
        ["VERSION_CONFLICT"]
    );
    let same = json!({ "id": made["id"], "name": "Parcel" });
    let same = staff.done(METHOD_UPDATE, json!({ "input": same })).await["shippingMethod"].take();
    assert_eq!(same["version"], changed["version"], "nothing changed");
    let input = json!({ "id": home, "expectedVersion": 7, "name": "House" });
    assert_eq!(
        staff.refusals(ZONE_UPDATE, json!({ "input": input })).await,
        ["VERSION_CONFLICT"]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_is_told_field_by_field_and_only_staff_may() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let zone_fields = async |input: Value| fields(&staff.payload(ZONE_CREATE, json!({ "input": input })).await);
    let bad = json!({ "name": "", "countries": ["DE", "XX"], "regions": ["DE-ZZ"], "postalCodes": [{ "countryCode": "DE", "codes": ["2-1"] }] });
    let expected = [
        "input.name",
        "input.countries.1",
        "input.regions.0",
        "input.postalCodes.0.codes.0",
    ];
    assert_eq!(zone_fields(bad).await, expected);
    assert_eq!(zone_fields(json!({ "name": "Nowhere" })).await, ["input.countries"]);
    let home = zone(&staff, json!({ "name": "Home", "countries": ["DE"] })).await;
    for (change, field) in [
        (json!({}), "input.name"),
        (json!({ "name": "x", "price": "1.999" }), "input.price"),
        (json!({ "name": "x", "price": "-1" }), "input.price"),
        (json!({ "name": "x", "kind": "PICKUP" }), "input.locationId"),
        (
            json!({ "name": "x", "kind": "PICKUP", "locationId": "loc_01j9zzzzzzzzzzzzzzzzzzzzzz" }),
            "input.locationId",
        ),
        (
            json!({ "name": "x", "weightSteps": [{ "price": "1" }, { "upToGrams": 5, "price": "2" }] }),
            "input.weightSteps.0.upTo",
        ),
        (
            json!({ "name": "x", "transitDaysMin": 3, "transitDaysMax": 1 }),
            "input.transitDaysMax",
        ),
        (json!({ "name": "x", "cutoffHour": 24 }), "input.cutoffHour"),
        (json!({ "name": "x\u{202E}y" }), "input.name"),
    ] {
        let mut input = change;
        input["zoneId"] = json!(home);
        let payload = staff.payload(METHOD_CREATE, json!({ "input": input })).await;
        assert_eq!(fields(&payload), [field], "{input}");
    }
    let nowhere = json!({ "zoneId": "shz_01j9zzzzzzzzzzzzzzzzzzzzzz", "name": "x" });
    assert_eq!(
        staff.refusals(METHOD_CREATE, json!({ "input": nowhere })).await,
        ["NOT_FOUND"]
    );
    let packer = shop.staff(StaffRole::Fulfilment).await;
    for (client, code) in [(&packer, "FORBIDDEN"), (&shop.guest(), "UNAUTHENTICATED")] {
        let input = json!({ "name": "Home", "countries": ["DE"] });
        assert_eq!(client.refusals(ZONE_CREATE, json!({ "input": input })).await, [code]);
        let answer = client.answer("{ shippingZones { id } }", json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], code);
    }
    shop.close().await;
}

fn fields(payload: &Value) -> Vec<String> {
    let path = |error: &Value| {
        let parts = error["field"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| part.as_str().unwrap());
        parts.collect::<Vec<_>>().join(".")
    };
    payload["userErrors"].as_array().unwrap().iter().map(path).collect()
}
