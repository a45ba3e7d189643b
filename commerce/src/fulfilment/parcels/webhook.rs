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
    let line = |name: &'static str, value: Option<&str>, most: usize| {
        text::optional_line(&[name], value, most).map_err(|_| malformed(name))
    };
    let number = number_key(&event.number);
    let key = line("id", Some(&event.key), 255)?.ok_or_else(|| malformed("id"))?;
    if number.is_empty() {
        return Err(malformed("trackingNumber"));
    }
    let shown = |text: Option<String>| text.map(|text| text.chars().take(300).collect::<String>());
    let is_ahead = event.happened_at > shop.now() + AHEAD_MAX;
    Ok(News {
        source: carrier.to_owned(),
        key,
        number_key: Some(number),
        kind: event.kind,
        happened_at: if is_ahead { shop.now() } else { event.happened_at },
        message: line("message", shown(event.message).as_deref(), 300)?,
        place: line("place", shown(event.place).as_deref(), 300)?,
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
        if !follows || parcel.status == ShipmentStatus::Cancelled {
            let told = Alert::ParcelTravels { shipment: parcel.id };
            alert(&tx, order, &told).await?;
            return Ok(());
        }
        follow(&tx, order, parcel, (event, news.kind, news.happened_at)).await?;
        Ok(())
    })
    .await
}

/// The parcel that has the number; of several, one that was not cancelled, and the newest.
async fn find(tx: &Tx, news: &News) -> Result<Option<ShipmentId>> {
    let Some(number) = &news.number_key else {
        return Ok(None);
    };
    let numbered: Vec<ShipmentId> = shipment_tracking::Entity::find()
        .select_only()
        .column(shipment_tracking::Column::ShipmentId)
        .filter(shipment_tracking::Column::NumberKey.eq(number))
        .into_tuple()
        .all(tx.db())
        .await?;
    if numbered.is_empty() {
        return Ok(None);
    }
    let parcels = shipment::Entity::find().filter(shipment::Column::Id.is_in(numbered));
    let mut parcels = parcels.order_by_asc(shipment::Column::Id).all(tx.db()).await?;
    parcels.sort_by_key(|parcel| parcel.status != ShipmentStatus::Cancelled);
    Ok(parcels.pop().map(|parcel| parcel.id))
}
