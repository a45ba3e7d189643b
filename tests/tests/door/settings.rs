//! What the shop is, as staff change it.

use std::time::{Duration, Instant};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use vitrine_adapters::boot;
use vitrine_commerce::{Shop, settings, shop::Parts};
use vitrine_entity::{staff_audit, staff_member::StaffRole};
use vitrine_tests::{
    Client, TestShop,
    patience::{sooner_than, within},
};

const SHOP: &str = "{ shop { version name currencyCode locale locales countryCode pricesIncludeTax timeZone workingDays
    closedOn shippingTax taxAbroad contactEmail vatNumber address { company city countryCode } } }";

const UPDATE: &str = "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) {
    shop { version name currencyCode } userErrors { code message field } } }";

async fn shop_of(client: &Client) -> Value {
    client.data(SHOP, json!({})).await["shop"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_change_the_shop_and_everybody_sees_it_at_once() {
    let shop = TestShop::open().await;
    let (staff, guest) = (shop.staff(StaffRole::Administrator).await, shop.guest());
    let before = shop_of(&guest).await;
    assert_eq!(
        (&before["name"], &before["timeZone"], &before["locales"]),
        (&json!("Vitrine"), &json!("Europe/Berlin"), &json!(["en"]))
    );
    let input = json!({
        "expectedVersion": before["version"],
        "name": " Lina & Sons ", "locales": ["de", "EN"], "countryCode": "at", "timeZone": "Europe/Vienna",
        "pricesIncludeTax": false, "workingDays": ["TUESDAY", "MONDAY"], "closedOn": ["2026-12-24"],
        "shippingTax": "PROPORTIONAL", "taxAbroad": "REMOVE", "contactEmail": "Hello@Example.com", "vatNumber": "ATU12345675",
        "address": { "name": "Lina", "company": "Lina GmbH", "line1": "Ring 1", "city": "Wien", "postalCode": "1010", "countryCode": "AT" },
    });
    staff.done(UPDATE, json!({ "input": input })).await;
    let after = shop_of(&guest).await;
    assert_eq!(
        after,
        json!({
            "version": before["version"].as_i64().unwrap() + 1, "name": "Lina & Sons", "currencyCode": "EUR",
            "locale": "de", "locales": ["de", "en"], "countryCode": "AT", "pricesIncludeTax": false,
            "timeZone": "Europe/Vienna", "workingDays": ["MONDAY", "TUESDAY"], "closedOn": ["2026-12-24"],
            "shippingTax": "PROPORTIONAL", "taxAbroad": "REMOVE", "contactEmail": "hello@example.com",
            "vatNumber": "ATU12345675", "address": { "company": "Lina GmbH", "city": "Wien", "countryCode": "AT" },
        })
    );
    // Null takes away, what is left out stays, and what changes nothing has no version of its own.
    let input = json!({ "input": { "contactEmail": null, "address": null } });
    staff.done(UPDATE, input.clone()).await;
    let cleared = shop_of(&guest).await;
    assert_eq!(
        (&cleared["contactEmail"], &cleared["address"], &cleared["name"]),
        (&Value::Null, &Value::Null, &json!("Lina & Sons"))
    );
    assert_eq!(staff.done(UPDATE, input).await["shop"]["version"], cleared["version"]);
    let entries = staff_audit::Entity::find().filter(staff_audit::Column::Action.eq("shop.update"));
    let entries = entries.order_by_asc(staff_audit::Column::Id);
    let entries = entries.all(&shop.shop().db).await.unwrap();
    let told: Vec<_> = entries
        .iter()
        .map(|entry| (entry.action.as_str(), &entry.data["fields"]))
        .collect();
    assert_eq!(
        told.last().unwrap(),
        &("shop.update", &json!(["contactEmail", "address"]))
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_refused() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let refused = async |client: &Client, input: Value| client.refusals(UPDATE, json!({ "input": input })).await;
    assert_eq!(
        refused(&staff, json!({ "name": "A", "expectedVersion": 99 })).await,
        ["VERSION_CONFLICT"]
    );
    for input in [
        json!({ "name": "" }),
        json!({ "name": "a\0b" }),
        json!({ "locales": [] }),
        json!({ "timeZone": "Mars/Olympus" }),
        json!({ "countryCode": "XX" }),
        json!({ "workingDays": [] }),
        json!({ "contactEmail": "a@x,b@y" }),
        json!({ "address": { "name": "Lina", "line1": "Ring 1", "city": "Wien", "countryCode": "AT" } }),
    ] {
        assert_eq!(refused(&staff, input.clone()).await, ["INVALID"], "{input}");
    }
    // The goods have prices in euros.
    let payload = staff
        .payload(UPDATE, json!({ "input": { "currencyCode": "USD" } }))
        .await;
    let error = &payload["userErrors"][0];
    assert_eq!(error["field"], json!(["input", "currencyCode"]));
    assert_eq!(
        error["message"],
        "The shop cannot sell in USD instead of EUR: it has goods with prices: delete them first."
    );
    let packer = shop.staff(StaffRole::Fulfilment).await;
    assert_eq!(refused(&packer, json!({ "name": "Mine" })).await, ["FORBIDDEN"]);
    assert_eq!(
        refused(&shop.guest(), json!({ "name": "Mine" })).await,
        ["UNAUTHENTICATED"]
    );
    assert_eq!(shop_of(&shop.guest()).await["name"], "Vitrine");
    shop.close().await;
}

/// Another server on the same database hears of it by the bus, long before it would ask.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_learns_of_a_change() {
    let shop = TestShop::open().await;
    let other = another(shop.shop());
    let following = tokio::spawn(settings::follow(other.downgrade()));
    let staff = shop.staff(StaffRole::Administrator).await;
    let changed = async {
        // It may begin to listen after the first change.
        for number in 0.. {
            let name = format!("Shop {number}");
            staff.done(UPDATE, json!({ "input": { "name": name } })).await;
            tokio::time::sleep(Duration::from_millis(50)).await;
            if other.profile().name == name {
                return;
            }
        }
    };
    let began = Instant::now();
    within("it hears", changed).await;
    sooner_than(Duration::from_secs(4), began.elapsed(), "what the bus says");
    following.abort();
    shop.close().await;
}

fn another(shop: &Shop) -> Shop {
    let parts = Parts {
        db: shop.db.clone(),
        clock: shop.clock.clone(),
        ids: shop.ids.clone(),
        queue: shop.queue.clone(),
        bus: shop.bus.clone(),
        rate_limiter: shop.rate_limiter.clone(),
        mailer: shop.mailer.clone(),
        sms: shop.sms.clone(),
        push: shop.push.clone(),
        search: shop.search.clone(),
        media: shop.media.clone(),
        imaging: shop.imaging.clone(),
        documents: shop.documents.clone(),
        picture_source: shop.picture_source.clone(),
        webhook_sender: shop.webhook_sender.clone(),
        event_stream: shop.event_stream.clone(),
        payment_providers: shop.payment_providers.clone(),
        carriers: shop.carriers.clone(),
        parcel_labels: shop.parcel_labels.clone(),
        legacy: shop.legacy.clone(),
        identity_providers: shop.identity_providers.clone(),
        vat_register: shop.vat_register.clone(),
        exchange_rates: shop.exchange_rates.clone(),
        settings: shop.settings.clone(),
    };
    Shop::new(parts, (*shop.profile()).clone())
}

/// A configuration with another currency would open a shop that looks empty.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_currency_in_the_configuration_is_refused_at_start() {
    let shop = TestShop::open().await;
    let mut config = shop.config().clone();
    config.shop.currency = Some("USD".to_owned());
    let error = boot::boot(&config).await.err().expect("it is refused");
    assert!(
        error
            .to_string()
            .starts_with("`shop.currency` is USD, but this shop sells in EUR: remove the key"),
        "{error:#}"
    );
    // The same where the shop is of the version before, and its settings are not written yet.
    shop_settings_are_gone(shop.shop()).await;
    let error = boot::boot(&config).await.err().expect("it is refused");
    assert!(
        error
            .to_string()
            .contains("The goods in this database are priced in EUR, and none in USD."),
        "{error:#}"
    );
    config.shop.currency = None;
    boot::boot(&config).await.expect("the shop opens");
    shop.close().await;
}

async fn shop_settings_are_gone(shop: &Shop) {
    let gone = vitrine_entity::shop_settings::Entity::delete_many()
        .exec(&shop.db)
        .await;
    assert_eq!(gone.unwrap().rows_affected, 1);
}
