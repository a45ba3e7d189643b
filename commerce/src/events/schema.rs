//! The JSON Schema of every event (2020-12), as `docs/events/schema.json` has it. Fields may come within a version, so that
//! none is forbidden which does not stand here; a test holds what is written to exactly these.

use serde_json::{Map, Value as Json, json};
use vitrine_entity::ids::{CustomerId, EventId, OrderId, ProductId, VariantId, WebhookEndpointId};

use super::{
    fields::{self, Field, Kind, always, maybe},
    kind::{EventKind, Group},
};

/// All of it.
pub fn schema() -> Json {
    let mut definitions = Map::new();
    for kind in EventKind::ALL {
        definitions.insert(kind.name().to_owned(), event(*kind));
    }
    for group in Group::ALL {
        definitions.insert(name(group).to_owned(), object(&fields::of(group)));
    }
    definitions.insert("Money".to_owned(), money());
    let all = EventKind::ALL
        .iter()
        .map(|kind| json!({ "$ref": format!("#/$defs/{}", kind.name()) }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:vitrine:events",
        "title": "What happens in a Vitrine shop, for others",
        "oneOf": all.collect::<Vec<_>>(),
        "$defs": definitions,
    })
}

/// What the definition of a group's data is called.
fn name(group: Group) -> &'static str {
    match group {
        Group::Order => "OrderData",
        Group::Stock => "StockData",
        Group::Product => "ProductData",
        Group::Customer => "CustomerData",
        Group::Notification => "NotificationData",
        Group::Ping => "PingData",
    }
}

fn event(kind: EventKind) -> Json {
    let id = "The same however often it is sent: by it a repeated one is known. Also the header `webhook-id`.";
    let sequence = "Its place among the events of its subject: an order's have no gap, a product's and an account's are their \
                    version.";
    let mut event = object(&[
        always("id", Kind::Id(EventId::PREFIX), id),
        always("occurredAt", Kind::Time, "When it happened."),
        always("subject", subject(kind.group()), "The id of what it is about."),
        maybe("sequence", Kind::Integer, sequence),
    ]);
    event["description"] = kind.when().into();
    let fields = &mut event["properties"];
    fields["type"] = json!({ "const": kind.name() });
    fields["version"] = json!({ "const": kind.version(), "description": "Of what `data` holds." });
    fields["data"] = json!({ "$ref": format!("#/$defs/{}", name(kind.group())) });
    event["required"] = json!(["id", "type", "version", "occurredAt", "subject", "data"]);
    event
}

fn subject(group: Group) -> Kind {
    match group {
        Group::Order => Kind::Id(OrderId::PREFIX),
        Group::Stock => Kind::Id(VariantId::PREFIX),
        Group::Product => Kind::Id(ProductId::PREFIX),
        Group::Customer => Kind::Id(CustomerId::PREFIX),
        Group::Ping => Kind::Id(WebhookEndpointId::PREFIX),
        // Whatever somebody is told of.
        Group::Notification => Kind::Text,
    }
}

fn object(fields: &[Field]) -> Json {
    let described = |field: &Field| {
        let mut schema = of_kind(&field.kind);
        schema["description"] = field.says.into();
        (field.name.to_owned(), schema)
    };
    let properties: Map<_, _> = fields.iter().map(described).collect();
    let required = fields.iter().filter(|field| field.is_always);
    let required: Vec<_> = required.map(|field| field.name).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn of_kind(kind: &Kind) -> Json {
    match kind {
        Kind::Id(prefix) => json!({ "type": "string", "pattern": format!("^{prefix}_[0-9a-z]{{26}}$") }),
        Kind::Text => json!({ "type": "string" }),
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Time => json!({ "type": "string", "format": "date-time" }),
        Kind::Money => json!({ "$ref": "#/$defs/Money" }),
        Kind::OneOf(values) => json!({ "type": "string", "enum": values }),
    }
}

fn money() -> Json {
    json!({
        "type": "object",
        "properties": {
            "amount": { "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$", "description": "A decimal at the currency's own scale." },
            "currencyCode": { "type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217." },
        },
        "required": ["amount", "currencyCode"],
    })
}
