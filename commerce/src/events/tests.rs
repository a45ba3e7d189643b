use sea_orm::{EntityTrait, Iterable};
use serde_json::{Value as Json, json};
use vitrine_entity::{
    address::Address,
    event,
    ids::{CustomerId, LocationId, OrderId, ProductId, StockEntryId, VariantId},
    order,
    order_event::OrderEventKind,
    product::{self, ProductStatus},
    stock_entry::{self, StockEntryCause, StockEntryKind},
};

use super::*;
use crate::{
    Context,
    memory::{fixture, fixture_with},
    money::Currency,
    ports::event_stream::{EventStream, EventStreamError, StreamEntry},
};

/// Takes everything: a shop with a stream writes what happens.
struct Anywhere;

#[async_trait::async_trait]
impl EventStream for Anywhere {
    async fn append(&self, _: &[StreamEntry]) -> Result<(), EventStreamError> {
        Ok(())
    }
}

/// What is wrong with a value, by as much of JSON Schema as the events' uses, and stricter: nothing is there that the schema
/// does not name.
fn problems(root: &Json, schema: &Json, value: &Json, at: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.trim_start_matches("#/$defs/");
        return problems(root, &root["$defs"][name], value, at);
    }
    let mut found = Vec::new();
    let is_of_type = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        None => schema.get("const").is_none_or(|expected| expected == value),
        Some(other) => panic!("a schema of the type {other}"),
    };
    if !is_of_type {
        found.push(format!("{at}: {value}"));
    }
    if let Some(values) = schema["enum"].as_array()
        && !values.contains(value)
    {
        found.push(format!("{at}: {value} is none of them"));
    }
    if let (Some(pattern), Some(text)) = (schema["pattern"].as_str(), value.as_str())
        && !regex::Regex::new(pattern).unwrap().is_match(text)
    {
        found.push(format!("{at}: {text} is not like {pattern}"));
    }
    if let Some(fields) = value.as_object() {
        for (name, value) in fields {
            let at = format!("{at}.{name}");
            match schema["properties"].get(name) {
                Some(schema) => found.extend(problems(root, schema, value, &at)),
                None => found.push(format!("{at} is not told of")),
            }
        }
        let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
        let missing = required
            .iter()
            .filter(|name| !fields.contains_key(name.as_str().unwrap()));
        found.extend(missing.map(|name| format!("{at}: no {name}")));
    }
    found
}

/// What an entry of a timeline keeps, with more than any of them does.
fn kept() -> Json {
    json!({
        "shipment": "ship_01j9zzzzzzzzzzzzzzzzzzzzzz", "return": "ret_01j9zzzzzzzzzzzzzzzzzzzzzz",
        "withdrawal": "wdr_01j9zzzzzzzzzzzzzzzzzzzzzz", "amountMinor": 1250, "paid": "on_account", "to": "OWED",
        "reasonCode": "SOLD_OUT", "reason": "Ada Lovelace asked for it", "trackingNumber": "1Z999",
        "instructions": "IBAN DE02", "note": "ada@example.com",
    })
}

fn an_order(shop: &Shop) -> order::Model {
    let address = Address {
        name: "Ada Lovelace".to_owned(),
        ..Address::nowhere("DE")
    };
    order::Model {
        id: OrderId(uuid::Uuid::from_u128(4)),
        number: "V-7K3M-9QXT".to_owned(),
        customer_id: Some(CustomerId(uuid::Uuid::from_u128(6))),
        email: "ada@example.com".to_owned(),
        locale: "en".to_owned(),
        status: order::OrderStatus::Confirmed,
        currency: Currency::EUR,
        subtotal_minor: 1_000,
        discount_minor: 0,
        fee_minor: 0,
        shipping_minor: 0,
        tax_minor: 0,
        total_minor: 1_000,
        credit_minor: 0,
        prices_include_tax: true,
        shipping_address: address.clone(),
        billing_address: address,
        shipping_method_name: "Parcel".to_owned(),
        note: None,
        access_token_hash: Vec::new(),
        event_count: 3,
        placed_at: shop.now(),
        updated_at: shop.now(),
        tax: None,
        delivery: None,
        ships: true,
        attributes: Default::default(),
        gift_message: None,
        base_total_minor: None,
        unpaid_minor: 0,
    }
}

fn a_product(shop: &Shop) -> product::Model {
    product::Model {
        id: ProductId(uuid::Uuid::from_u128(5)),
        slug: "mug".to_owned(),
        title: "Mug".to_owned(),
        title_key: Vec::new(),
        words: String::new(),
        description_html: String::new(),
        vendor: None,
        category_id: None,
        status: ProductStatus::Active,
        tags: json!([]),
        seo_title: None,
        seo_description: None,
        version: 7,
        created_at: shop.now(),
        updated_at: shop.now(),
        deleted_at: None,
        deleted_slug: None,
        deleted_status: None,
        category_before: None,
    }
}

#[tokio::test]
async fn everything_that_is_written_is_as_the_schema_says_and_names_nobody() {
    let fixture = fixture_with(|parts| parts.event_stream = Some(std::sync::Arc::new(Anywhere))).await;
    let (shop, context) = (&fixture.shop, Context::system(&fixture.shop, "test"));
    let id = uuid::Uuid::from_u128;
    let written = shop.transact(&context, |tx| async move {
        let row = an_order(shop);
        for (number, kind) in (1..).zip(OrderEventKind::iter()) {
            order(&tx, &row, (number, kind, row.status), &kept());
        }
        for kind in StockEntryKind::iter() {
            stock(
                &tx,
                &stock_entry::Model {
                    id: StockEntryId(id(1)),
                    variant_id: VariantId(id(2)),
                    location_id: LocationId(id(3)),
                    kind,
                    on_hand_delta: -1,
                    reserved_delta: 1,
                    order_id: Some(OrderId(id(4))),
                    reason: Some("Ada dropped it".to_owned()),
                    actor: "shopper".to_owned(),
                    created_at: shop.now(),
                    cause: Some(StockEntryCause::Counted),
                    reference: None,
                },
            );
        }
        let goods = a_product(shop);
        for kind in [
            EventKind::ProductCreated,
            EventKind::ProductUpdated,
            EventKind::ProductDeleted,
            EventKind::ProductRestored,
        ] {
            product(&tx, kind, &goods, 7);
        }
        for kind in [
            EventKind::CustomerCreated,
            EventKind::CustomerUpdated,
            EventKind::CustomerErased,
        ] {
            customer(&tx, kind, CustomerId(id(6)), Some(1));
        }
        for channel in [Channel::Email, Channel::Sms, Channel::Push] {
            notification(&tx, channel, "order_confirmed", ("ord_1", Some(OrderId(id(4)))));
        }
        ping(&tx, "whep_01j9zzzzzzzzzzzzzzzzzzzzzz");
        Ok(())
    });
    written.await.unwrap();
    let rows = event::Entity::find().all(&shop.db).await.unwrap();
    let schema = schema::schema();
    for row in rows.clone() {
        let kind = row.kind.clone();
        let event = serde_json::to_value(envelope(row)).unwrap();
        let of = &schema["$defs"][&kind];
        assert_eq!(problems(&schema, of, &event, &kind), Vec::<String>::new());
        for secret in ["Ada", "ada@", "IBAN", "1Z999"] {
            assert!(!event.to_string().contains(secret), "{event}");
        }
    }
    let missing = EventKind::ALL
        .iter()
        .filter(|kind| rows.iter().all(|row| row.kind != kind.name()));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&EventKind>::new(), "each is written");
}

#[tokio::test]
async fn nothing_is_written_where_nobody_wants_to_know() {
    let fixture = fixture().await;
    let (shop, context) = (&fixture.shop, Context::system(&fixture.shop, "test"));
    let written = shop.transact(&context, |tx| async move {
        customer(&tx, EventKind::CustomerCreated, CustomerId(uuid::Uuid::nil()), Some(1));
        Ok(())
    });
    written.await.unwrap();
    assert!(event::Entity::find().one(&shop.db).await.unwrap().is_none());
}

/// `vitrine event-schema docs/events` writes them.
#[test]
fn the_files_in_the_repository_are_what_is_made() {
    for (name, made) in documents() {
        let path = format!("{}/../docs/events/{name}", env!("CARGO_MANIFEST_DIR"));
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        let there: Json = serde_json::from_str(&there).unwrap_or_default();
        assert!(
            there == made,
            "{name} is not up to date: run `cargo run -- event-schema docs/events`"
        );
    }
}
