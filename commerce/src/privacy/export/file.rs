//! How rows are told in the file: everything that says something of the person, and what they bought.

use sea_orm::ActiveEnum;
use serde_json::{Value, json};
use vitrine_entity::{
    cart, cart_line, credit_account, credit_entry, customer_consent, customer_identity, draft_order, imported_order,
    notification, order, order_claim, order_event, order_line, order_return, order_return_line, saved_payment_method,
    session, shipment, shipment_event, shipment_tracking, stock_alert, withdrawal,
};

/// How many things of a kind a file tells at most; it says where there are more.
pub(super) const THINGS_MAX: u64 = 10_000;

/// An enum as the database has it.
pub(super) fn stored<E: ActiveEnum<Value = String>>(value: &E) -> String {
    value.to_value()
}

pub(super) fn session(row: session::Model) -> Value {
    json!({ "createdAt": row.created_at, "expiresAt": row.expires_at, "endedAt": row.revoked_at, "lastUsedAt": row.last_used_at,
        "userAgent": row.user_agent })
}

pub(super) fn identity(row: customer_identity::Model) -> Value {
    json!({
        "provider": row.provider, "subject": row.subject, "email": row.email, "createdAt": row.created_at,
        "lastUsedAt": row.last_used_at,
    })
}

pub(super) fn saved_payment_method(row: saved_payment_method::Model) -> Value {
    json!({
        "provider": row.provider, "reference": row.reference, "brand": row.brand, "lastFour": row.last_four,
        "expiryMonth": row.expiry_month, "expiryYear": row.expiry_year, "isDefault": row.is_default,
        "createdAt": row.created_at, "removedAt": row.removed_at,
    })
}

pub(super) fn consent(row: customer_consent::Model) -> Value {
    json!({
        "channel": stored(&row.channel), "granted": row.granted, "wording": row.wording,
        "source": stored(&row.source), "email": row.email, "at": row.created_at,
        "importedFrom": row.imported_from,
    })
}

pub(super) fn cart(row: &cart::Model, lines: &[cart_line::Model], draft: Option<&draft_order::Model>) -> Value {
    let line = |line: &cart_line::Model| json!({ "variant": line.variant_id, "quantity": line.quantity, "attributes": line.attributes, "ownGoods": line.own_goods });
    json!({
        "id": row.id, "email": row.email, "shippingAddress": row.shipping_address,
        "billingAddress": row.billing_address, "note": row.note, "giftMessage": row.gift_message,
        "attributes": row.attributes, "taxId": row.tax_id, "country": row.country, "discountCodes": row.discount_codes, "createdAt": row.created_at, "updatedAt": row.updated_at,
        "lines": lines.iter().map(line).collect::<Vec<_>>(),
        "draftOrder": draft.map(|draft| json!({
            "number": draft.number, "state": stored(&draft.state), "message": draft.message, "staffNote": draft.staff_note,
            "expiresAt": draft.expires_at, "sentAt": draft.sent_at, "createdAt": draft.created_at, "deletedAt": draft.deleted_at,
        })),
    })
}

pub(super) fn order(row: &order::Model, lines: &[order_line::Model], events: &[order_event::Model]) -> Value {
    let line = |line: &order_line::Model| {
        json!({
            "sku": line.sku, "title": line.title, "variant": line.variant_title, "quantity": line.quantity,
            "totalMinor": line.total_minor, "attributes": line.attributes,
        })
    };
    let event = |event: &order_event::Model| json!({ "kind": stored(&event.kind), "at": event.created_at });
    json!({
        "id": row.id, "number": row.number, "status": stored(&row.status), "placedAt": row.placed_at,
        "email": row.email, "currency": row.currency, "totalMinor": row.total_minor, "taxMinor": row.tax_minor,
        "shippingAddress": row.shipping_address, "billingAddress": row.billing_address, "note": row.note,
        "giftMessage": row.gift_message, "attributes": row.attributes, "tax": row.tax,
        "lines": lines.iter().map(line).collect::<Vec<_>>(),
        "timeline": events.iter().map(event).collect::<Vec<_>>(),
    })
}

pub(super) fn imported_order(row: &imported_order::Model) -> Value {
    json!({
        "from": row.source.name(), "number": row.number, "placedAt": row.placed_at, "email": row.email,
        "currency": row.currency, "totalMinor": row.total_minor, "taxMinor": row.tax_minor, "details": row.details,
    })
}

pub(super) fn store_credit(account: &credit_account::Model, entries: &[credit_entry::Model]) -> Value {
    let entry = |entry: &credit_entry::Model| {
        json!({
            "kind": stored(&entry.kind), "amountMinor": entry.amount_minor, "balanceMinor": entry.balance_minor,
            "order": entry.order_id, "reason": entry.reason, "at": entry.created_at,
        })
    };
    json!({
        "currency": account.currency, "balanceMinor": account.balance_minor, "createdAt": account.created_at,
        "entries": entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

pub(super) fn gift_card(row: credit_account::Model) -> Value {
    json!({
        "lastFour": row.last_four, "currency": row.currency, "balanceMinor": row.balance_minor,
        "recipientEmail": row.recipient_email, "recipientName": row.recipient_name, "senderName": row.sender_name,
        "message": row.message, "mailedAt": row.mailed_at, "expiresAt": row.expires_at, "createdAt": row.created_at,
    })
}

pub(super) fn shipment(
    row: shipment::Model,
    trackings: &[shipment_tracking::Model],
    events: &[shipment_event::Model],
) -> Value {
    let tracking =
        |row: &shipment_tracking::Model| json!({ "carrier": row.carrier, "number": row.number, "url": row.url });
    let event = |row: &shipment_event::Model| {
        json!({
            "kind": stored(&row.kind), "message": row.message, "place": row.place, "happenedAt": row.happened_at,
        })
    };
    json!({
        "carrier": row.carrier, "trackingNumber": row.tracking_number, "trackingUrl": row.tracking_url,
        "createdAt": row.created_at, "status": stored(&row.status), "deliveredAt": row.delivered_at,
        "trackings": trackings.iter().map(tracking).collect::<Vec<_>>(),
        "events": events.iter().map(event).collect::<Vec<_>>(),
    })
}

pub(super) fn order_return(row: &order_return::Model, lines: &[order_return_line::Model]) -> Value {
    let line = |line: &order_return_line::Model| {
        json!({
            "line": line.order_line_id, "quantity": line.quantity, "reason": stored(&line.reason), "note": line.note,
            "received": line.received, "refunded": line.refunded,
        })
    };
    json!({
        "number": row.number, "status": stored(&row.status), "resolution": stored(&row.resolution), "note": row.note,
        "refusal": row.refusal, "refundedMinor": row.refunded_minor, "createdAt": row.created_at,
        "lines": lines.iter().map(line).collect::<Vec<_>>(),
    })
}

pub(super) fn claim(row: order_claim::Model) -> Value {
    json!({
        "kind": stored(&row.kind), "reason": stored(&row.reason), "note": row.note, "amountMinor": row.amount_minor,
        "replacement": row.replacement_id, "createdAt": row.created_at,
    })
}

pub(super) fn withdrawal(row: withdrawal::Model) -> Value {
    json!({
        "number": row.number, "name": row.name, "email": row.email, "statement": row.statement, "details": row.details,
        "receivedAt": row.received_at, "status": stored(&row.status), "refusal": row.refusal,
    })
}

pub(super) fn notification(row: notification::Model) -> Value {
    json!({ "kind": stored(&row.kind), "order": row.order_id, "readAt": row.read_at, "createdAt": row.created_at })
}

pub(super) fn stock_alert(row: stock_alert::Model) -> Value {
    json!({
        "variant": row.variant_id, "email": row.email, "state": stored(&row.state), "createdAt": row.created_at,
        "endedAt": row.ended_at,
    })
}
