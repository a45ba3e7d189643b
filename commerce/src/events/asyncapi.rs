//! The ways by which events come to others, in AsyncAPI's words, as `docs/events/asyncapi.json` has them.

use serde_json::{Map, Value as Json, json};

use super::kind::EventKind;

/// AsyncAPI 3.0, of the webhooks and of the stream. What events hold stands in the schema beside it.
pub fn asyncapi() -> Json {
    let messages: Map<_, _> = EventKind::ALL
        .iter()
        .map(|kind| (kind.name().to_owned(), message(*kind)))
        .collect();
    let of_channel: Map<_, _> = EventKind::ALL
        .iter()
        .map(|kind| {
            let name = kind.name();
            (
                name.to_owned(),
                json!({ "$ref": format!("#/components/messages/{name}") }),
            )
        })
        .collect();
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Vitrine's events",
            "version": "1",
            "description": "What happens in the shop, for others. An event comes at least once, and by its id a repeated one is known.",
        },
        "defaultContentType": "application/json",
        "channels": {
            "webhook": {
                "title": "Webhooks",
                "description": "POST to the address of an endpoint, signed as Standard Webhooks says: https://www.standardwebhooks.com. Any 2xx within ten seconds takes it.",
                "address": null,
                "messages": of_channel,
            },
            "stream": {
                "title": "The event stream",
                "description": "A stream of Redis, for consumer groups. The field `event` of an entry holds the message; `id` and `type` are repeated beside it.",
                "address": "{prefix}:event-stream",
                "parameters": { "prefix": { "description": "`redis.prefix` of the shop's configuration.", "default": "vitrine" } },
                "messages": of_channel,
            },
        },
        "operations": {
            "sendWebhook": { "action": "send", "channel": { "$ref": "#/channels/webhook" }, "bindings": { "http": { "method": "POST", "bindingVersion": "0.3.0" } } },
            "appendToStream": { "action": "send", "channel": { "$ref": "#/channels/stream" } },
        },
        "components": { "messages": messages },
    })
}

fn message(kind: EventKind) -> Json {
    json!({
        "name": kind.name(),
        "summary": kind.when(),
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": { "$ref": format!("schema.json#/$defs/{}", kind.name()) },
        },
    })
}
