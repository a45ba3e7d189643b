//! What the provider tells by webhook, written down in the transaction that made it so.

use std::sync::atomic::Ordering;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use vitrine_commerce::ports::payment::ProviderError;
use vitrine_entity::ids::encode_base32;

use super::{
    SimulatedProvider,
    books::Later,
    charges::{ChargeRow, ChargeStatus},
    refunds::RefundRow,
    token::{Behaviour, Webhooks},
    unknown,
};

/// The money of a charge was taken.
pub(super) const CHARGE_CAPTURED: &str = "charge.captured";
/// Money of a charge went back, or is on its way.
pub(super) const CHARGE_REFUNDED: &str = "charge.refunded";
/// A refund has arrived, or does not work.
pub(super) const REFUND_UPDATED: &str = "refund.updated";

/// How much later an older webhook comes than the newer one.
const OUT_OF_ORDER_BY: TimeDelta = TimeDelta::seconds(1);

#[derive(Serialize, Deserialize)]
pub(super) struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    /// Seconds since 1970.
    created: i64,
    /// Whether real money moves.
    #[serde(default)]
    pub(super) live: bool,
    pub(super) data: EventData,
}

/// A charge, and the refund of it that the event is about.
#[derive(Serialize, Deserialize)]
pub(super) struct EventData {
    pub(super) payment: String,
    pub(super) reference: String,
    pub(super) amount_minor: i64,
    pub(super) currency: String,
    status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund: Option<EventRefund>,
}

#[derive(Serialize, Deserialize)]
struct EventRefund {
    refund: String,
    reference: String,
    amount_minor: i64,
    status: String,
}

impl SimulatedProvider {
    /// Tells a charge's present state.
    pub(super) fn tell_charge(&self, later: &Later, row: &ChargeRow) -> Result<(), ProviderError> {
        let event = self.charge_event(row, &row.status);
        self.tell(later, row, &event)
    }

    pub(super) fn tell_refund(
        &self,
        later: &Later,
        charge: &ChargeRow,
        refund: &RefundRow,
        kind: &str,
    ) -> Result<(), ProviderError> {
        let refund = EventRefund {
            refund: refund.refund_id.clone(),
            reference: refund.reference.clone(),
            amount_minor: refund.amount_minor,
            status: refund.status.clone(),
        };
        let event = self.event(kind.to_owned(), charge, &charge.status, Some(refund));
        self.tell(later, charge, &event)
    }

    /// As the token of the charge says.
    fn tell(&self, later: &Later, row: &ChargeRow, event: &Event) -> Result<(), ProviderError> {
        let now = self.clock.now();
        match Behaviour::of(&row.token).webhooks {
            Webhooks::Times(times) => {
                for _ in 0..times {
                    self.owe(later, event, now)?;
                }
                Ok(())
            }
            Webhooks::OutOfOrder => {
                let older = self.charge_event(row, ChargeStatus::Pending.text());
                self.owe(later, event, now)?;
                self.owe(later, &older, now + OUT_OF_ORDER_BY)
            }
        }
    }

    fn charge_event(&self, row: &ChargeRow, status: &str) -> Event {
        self.event(format!("charge.{}", status.to_lowercase()), row, status, None)
    }

    fn event(&self, kind: String, charge: &ChargeRow, status: &str, refund: Option<EventRefund>) -> Event {
        let now = self.clock.now();
        Event {
            id: format!("evt_{}", encode_base32(self.ids.at(now))),
            kind,
            created: now.timestamp(),
            live: false,
            data: EventData {
                payment: charge.payment_id.clone(),
                reference: charge.reference.clone(),
                amount_minor: charge.amount_minor,
                currency: charge.currency.clone(),
                status: status.to_owned(),
                refund,
            },
        }
    }

    fn owe(&self, later: &Later, event: &Event, deliver_at: DateTime<Utc>) -> Result<(), ProviderError> {
        let sql = "insert into simulated_webhook (id, event_id, body, deliver_at, delivered_at, attempts) \
                   values ($1, $2, $3, $4, null, 0)";
        let number = self.webhooks.fetch_add(1, Ordering::Relaxed);
        let id = format!("whd_{number:012}_{}", encode_base32(self.ids.unguessable()));
        let body = serde_json::to_string(event).map_err(unknown)?;
        later.add(
            sql,
            [id.into(), event.id.clone().into(), body.into(), deliver_at.into()],
        );
        Ok(())
    }
}
