//! Reads what is kept of a person's orders, a page at a time.

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use vitrine_entity::{
    document, ids::OrderId, order, order_event, order_line, order_note, order_return, order_sms, order_sms_consent,
    order_version, push_subscription, shipment,
};

use super::{
    super::person::Person,
    file::{self, THINGS_MAX},
    metafields::metafields,
};
use crate::{
    Result, Shop, documents,
    fulfilment::{edits, parcels},
    returns, sms, sql, withdrawals,
};

/// How many orders are read at once.
const PAGE: i64 = 100;

/// What an order was given.
#[derive(FromQueryResult)]
struct Given {
    title: String,
    code: Option<String>,
    amount_minor: i64,
}

const OF_NOBODY_ERASED: &str = "not exists (select 1 from order_erasure where order_id = orders.id)";

pub(super) async fn orders(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let mut orders = Vec::new();
    let mut after = OrderId(uuid::Uuid::nil());
    while (orders.len() as u64) < THINGS_MAX {
        // Those that lost their person already may be of whoever had the address before.
        let page = person.orders(shop, OF_NOBODY_ERASED, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for theirs in &page {
            orders.extend(order(shop, theirs.id).await?);
        }
    }
    Ok(orders)
}

async fn order(shop: &Shop, id: OrderId) -> Result<Option<Value>> {
    let Some(row) = order::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(None);
    };
    let lines = order_line::Entity::find()
        .filter(order_line::Column::OrderId.eq(id))
        .order_by_asc(order_line::Column::Position)
        .all(&shop.db)
        .await?;
    let events = order_event::Entity::find()
        .filter(order_event::Column::OrderId.eq(id))
        .order_by_asc(order_event::Column::Number)
        .all(&shop.db)
        .await?;
    let notes = order_note::Entity::find()
        .filter(order_note::Column::OrderId.eq(id))
        .all(&shop.db)
        .await?;
    let shipments = shipment::Entity::find()
        .filter(shipment::Column::OrderId.eq(id))
        .all(&shop.db)
        .await?;
    let mut shown = file::order(&row, &lines, &events);
    shown["notes"] = notes.into_iter().map(|note| Value::from(note.text)).collect();
    let ids: Vec<_> = shipments.iter().map(|row| row.id).collect();
    let (trackings, told) = (
        parcels::load::trackings_of(shop, &ids).await?,
        parcels::load::events_of(shop, &ids).await?,
    );
    let parcel = |row: shipment::Model| {
        let id = row.id;
        let (trackings, told) = (trackings.get(&id), told.get(&id));
        file::shipment(
            row,
            trackings.map_or(&[], Vec::as_slice),
            told.map_or(&[], Vec::as_slice),
        )
    };
    shown["shipments"] = shipments.into_iter().map(parcel).collect();
    shown["metafields"] = metafields(shop, &id.to_string()).await?.into();
    shown["discounts"] = given(shop, id).await?.into();
    shown["documents"] = issued(shop, id).await?.into();
    shown["returns"] = returned(shop, id).await?.into();
    shown["claims"] = claims(shop, id).await?.into();
    shown["withdrawals"] = withdrawn(shop, id).await?.into();
    shown["versions"] = versions(shop, id).await?.into();
    shown["textMessages"] = text_messages(shop, id).await?;
    shown["browsers"] = browsers(shop, id).await?.into();
    Ok(Some(shown))
}

/// What was said to text messages about it, and those that were sent.
async fn text_messages(shop: &Shop, order: OrderId) -> Result<Value> {
    let said = order_sms_consent::Entity::find()
        .filter(order_sms_consent::Column::OrderId.eq(order))
        .order_by_asc(order_sms_consent::Column::Id)
        .all(&shop.db)
        .await?;
    let sent = sms::messages_of(shop, &[order])
        .await?
        .remove(&order)
        .unwrap_or_default();
    let consent = |row: order_sms_consent::Model| {
        json!({ "phone": row.phone, "granted": row.granted, "wording": row.wording, "source": file::stored(&row.source),
            "at": row.created_at })
    };
    let message =
        |row: order_sms::Model| json!({ "event": row.event, "state": file::stored(&row.state), "at": row.created_at });
    Ok(json!({
        "said": said.into_iter().map(consent).collect::<Vec<_>>(),
        "messages": sent.into_iter().map(message).collect::<Vec<_>>(),
    }))
}

/// The browsers that are told of it.
async fn browsers(shop: &Shop, order: OrderId) -> Result<Vec<Value>> {
    let rows = push_subscription::Entity::find()
        .filter(push_subscription::Column::OrderId.eq(order))
        .all(&shop.db)
        .await?;
    let shown = |row: push_subscription::Model| json!({ "endpoint": row.endpoint, "createdAt": row.created_at });
    Ok(rows.into_iter().map(shown).collect())
}

/// Its invoices and the like, with what they say.
async fn issued(shop: &Shop, order: OrderId) -> Result<Vec<Value>> {
    let rows = documents::of_orders(shop, &[order])
        .await?
        .remove(&order)
        .unwrap_or_default();
    let shown = |row: document::Model| {
        let says = row
            .content
            .and_then(|content| serde_json::from_str::<Value>(&content).ok());
        json!({ "number": row.number, "issuedOn": row.issued_on, "says": says })
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// What of an order was sent back, or was to be.
async fn returned(shop: &Shop, order: OrderId) -> Result<Vec<Value>> {
    let mut rows = returns::of_orders(shop, &[order]).await?;
    let rows = rows.remove(&order).unwrap_or_default();
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let lines = returns::lines_of(shop, &ids).await?;
    let pictures = returns::pictures_of(shop, &ids).await?;
    let shown = |row: &order_return::Model| {
        let mut shown = file::order_return(row, lines.get(&row.id).map_or(&[][..], Vec::as_slice));
        shown["pictures"] = pictures.get(&row.id).map_or(0, Vec::len).into();
        shown
    };
    Ok(rows.iter().map(shown).collect())
}

/// What was wrong with an order, and what the shop did about it.
async fn claims(shop: &Shop, order: OrderId) -> Result<Vec<Value>> {
    let mut rows = returns::claims_of(shop, &[order]).await?;
    let rows = rows.remove(&order).unwrap_or_default();
    Ok(rows.into_iter().map(file::claim).collect())
}

/// How it was before it was changed, and since.
async fn versions(shop: &Shop, order: OrderId) -> Result<Vec<Value>> {
    let mut rows = edits::versions_of(shop, &[order]).await?;
    let shown = |row: order_version::Model| {
        json!({
            "number": row.number, "createdAt": row.created_at, "reason": row.reason, "says": row.content,
            "totalMinor": row.total_minor, "shippingAddress": row.shipping_address,
        })
    };
    Ok(rows.remove(&order).unwrap_or_default().into_iter().map(shown).collect())
}

/// By which statements somebody withdrew from an order.
async fn withdrawn(shop: &Shop, order: OrderId) -> Result<Vec<Value>> {
    let mut rows = withdrawals::of_orders(shop, &[order]).await?;
    let rows = rows.remove(&order).unwrap_or_default();
    Ok(rows.into_iter().map(file::withdrawal).collect())
}

/// What an order was given, and by which codes.
async fn given(shop: &Shop, order: OrderId) -> Result<Vec<Value>> {
    let sql = "select d.title, c.code, r.amount_minor from discount_redemption r join discount d on d.id = r.discount_id \
        left join discount_code c on c.id = r.discount_code_id where r.order_id = $1 order by r.id";
    let rows = sql::all::<Given>(&shop.db, sql, [order.into()]).await?;
    let shown = |row: Given| json!({ "title": row.title, "code": row.code, "amountMinor": row.amount_minor });
    Ok(rows.into_iter().map(shown).collect())
}
