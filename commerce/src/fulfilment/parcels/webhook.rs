//! What a carrier tells by itself. Each event is kept once and followed in the same transaction: nobody outside is called
//! for it.

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::ShipmentId,
    shipment::{self, ShipmentStatus},
    shipment_tracking,
};

use super::{
    events::{News, follow, keep},
    label::number_key,
    renumber::let_go_of_all,
    write,
};
use crate::{
    Context, Error, Result, Shop, Tx,
    orders::{Alert, alert},
    ports::{carrier::CarrierEvent, payment::WebhookError},
    text,
};

/// The most events of one webhook that are followed.
const EVENTS_MAX: usize = 200;

/// How far a carrier's clock may be ahead. What it tells for later happened as it was told.
const AHEAD_MAX: TimeDelta = TimeDelta::hours(1);

/// The longest number that a parcel may have.
const NUMBER_LENGTH_MAX: usize = 200;

/// Why a webhook was not taken.
#[derive(Debug, thiserror::Error)]
pub enum CarrierWebhookRefused {
    #[error("no carrier has this name")]
    UnknownCarrier,
    #[error(transparent)]
    Refused(#[from] WebhookError),
    #[error(transparent)]
    Fault(#[from] Error),
}

/// Verifies a carrier's webhook, keeps what it tells and moves its parcels.
///
/// # Errors
/// Refuses carriers that nobody has set up, and what they did not sign.
pub async fn webhook(
    shop: &Shop,
    context: &Context,
    carrier: &str,
    headers: &HashMap<String, String>,
    body: &[u8],
) -> Result<(), CarrierWebhookRefused> {
    let adapter = shop
        .carriers
        .get(carrier)
        .ok_or(CarrierWebhookRefused::UnknownCarrier)?;
    let events = adapter.webhook(headers, body, shop.now())?;
    if events.len() > EVENTS_MAX {
        let message = format!("it tells more than {EVENTS_MAX} events at once");
        return Err(WebhookError::Malformed(message).into());
    }
    for event in events {
        let news = news_of(shop, carrier, event)?;
        match take(shop, context, &news, true).await {
            Err(Error::Refused(refusals)) => {
                let reason = refusals
                    .first()
                    .map(|refusal| refusal.message.to_string())
                    .unwrap_or_default();
                tracing::warn!(carrier, reason, "a parcel travels that may not have left");
                take(shop, context, &news, false).await?;
            }
            done => done?,
        }
    }
    Ok(())
}

fn news_of(shop: &Shop, carrier: &str, event: CarrierEvent) -> Result<News, WebhookError> {
    let malformed = |name: &str| WebhookError::Malformed(format!("`{name}` cannot be read"));
    let number = number_key(&event.number);
    if number.is_empty() || event.number.chars().count() > NUMBER_LENGTH_MAX {
        return Err(malformed("trackingNumber"));
    }
    let key = text::line(&["id"], &event.key, 255).map_err(|_| malformed("id"))?;
    // For its words nothing is lost that happened.
    let shown = |text: Option<String>| text.and_then(|text| text::shown_line(&text, 300));
    let is_ahead = event.happened_at > shop.now() + AHEAD_MAX;
    Ok(News {
        source: carrier.to_owned(),
        key,
        number_key: Some(number),
        kind: event.kind,
        happened_at: if is_ahead { shop.now() } else { event.happened_at },
        message: shown(event.message),
        place: shown(event.place),
    })
}

/// Keeps an event and follows it; where it is not to be followed, staff are told.
async fn take(shop: &Shop, context: &Context, news: &News, follows: bool) -> Result<()> {
    shop.transact_briefly(context, |tx| async move {
        let parcel = find(&tx, news).await?;
        let Some(event) = keep(&tx, news, parcel).await? else {
            return Ok(());
        };
        let Some(parcel) = parcel else {
            // It may be entered later: then this is followed.
            return Ok(());
        };
        let (order, parcel) = write::lock(&tx, parcel).await?;
        let is_called_off = parcel.status == ShipmentStatus::Cancelled;
        if is_called_off {
            // Its number may stand on the next one.
            let_go_of_all(&tx, parcel.id).await?;
        }
        if !follows || is_called_off {
            let (shipment, number) = (parcel.id, parcel.tracking_number.clone());
            let told = Alert::ParcelTravels { shipment, number };
            alert(&tx, order, &told).await?;
            return Ok(());
        }
        follow(&tx, order, parcel, (event, news.kind, news.happened_at)).await?;
        Ok(())
    })
    .await
}

/// The parcel that has the number. Of several that were given the same one: one that was not cancelled, then one that does not
/// travel by another carrier, then the newest. By whom a parcel travels is typed as people call it, and one service may tell
/// of many carriers' parcels: so no parcel is out of reach for the name that it has.
async fn find(tx: &Tx, news: &News) -> Result<Option<ShipmentId>> {
    let Some(number) = &news.number_key else {
        return Ok(None);
    };
    let numbered: Vec<(ShipmentId, Option<String>)> = shipment_tracking::Entity::find()
        .select_only()
        .column(shipment_tracking::Column::ShipmentId)
        .column(shipment_tracking::Column::Carrier)
        .filter(shipment_tracking::Column::NumberKey.eq(number))
        .into_tuple()
        .all(tx.db())
        .await?;
    if numbered.is_empty() {
        return Ok(None);
    }
    let ids = numbered.iter().map(|(id, _)| *id);
    let parcels = shipment::Entity::find().filter(shipment::Column::Id.is_in(ids));
    let mut parcels = parcels.order_by_asc(shipment::Column::Id).all(tx.db()).await?;
    let others: Vec<&str> = tx.shop().carriers.keys().map(String::as_str).collect();
    parcels.sort_by_key(|parcel| {
        let own = numbered.iter().find(|(id, _)| *id == parcel.id);
        let own = own.and_then(|(_, carrier)| carrier.as_deref());
        let by = own.or(parcel.carrier.as_deref());
        let is_anothers = names_another(by, &news.source, &others);
        (parcel.status != ShipmentStatus::Cancelled, !is_anothers)
    });
    Ok(parcels.pop().map(|parcel| parcel.id))
}

/// Whether what somebody typed is the name of another carrier that tells of its parcels by itself.
fn names_another(typed: Option<&str>, source: &str, carriers: &[&str]) -> bool {
    let Some(typed) = typed.map(|typed| typed.trim().to_lowercase()) else {
        return false;
    };
    let is_named = |name: &str| name.to_lowercase() == typed;
    !is_named(source) && carriers.iter().any(|name| is_named(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_carrier_is_one_that_tells_by_itself() {
        let carriers = ["courier", "simulated"];
        let is_anothers = |typed| names_another(typed, "simulated", &carriers);
        assert!(is_anothers(Some(" Courier")));
        for typed in [Some("Simulated"), Some("A courier"), Some("DHL"), None] {
            assert!(!is_anothers(typed), "{typed:?}");
        }
    }
}
