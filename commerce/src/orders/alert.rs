//! Tells staff of something that nothing was done about. The timeline's entry keeps what it is as a code with
//! its data; it is put in words where it is shown.

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use vitrine_entity::{
    ids::{CaptureId, CreditAccountId, PaymentId, RefundId, ShipmentId},
    order,
    order_event::{self, OrderEventKind},
};

use super::transition;
use crate::{
    Result, Tx,
    language::{Message, Value, messages},
    money::{Currency, Money},
};

/// What staff must know of an order. A `reason` is what somebody outside gave, in their own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub(crate) enum Alert {
    JobBuried {
        job: String,
    },
    /// The provider does not take the shop's keys or settings.
    SettingsRejected {
        purpose: Purpose,
    },
    /// The provider has been asked for long, without effect.
    CalledInVain {
        purpose: Purpose,
    },
    /// The provider answers, knows nothing of what was sent to it, and has failed at it again and again under one key: it
    /// may repeat that failure for a day. It is asked under another key.
    AskedAnew {
        purpose: Purpose,
    },
    /// What the provider said stands in the payment ledger.
    ChargeRejected,
    /// The provider's record of an attempt is not what ours says.
    ChargeDiffers {
        payment: PaymentId,
        difference: ChargeDifference,
    },
    /// A charge that names an attempt which has another.
    SecondCharge {
        reference: String,
    },
    WebhookDiffers {
        provider: String,
        payment: PaymentId,
        /// The other charge that it names; else it is the amount, the currency or the mode.
        names: Option<String>,
    },
    /// What a provider has to tell, such as a dispute, in a sentence.
    Notice {
        message: String,
    },
    HoldEnds {
        payment: PaymentId,
        until: Option<DateTime<Utc>>,
    },
    HoldEnded {
        payment: PaymentId,
    },
    CaptureRejected {
        capture: CaptureId,
        reason: String,
    },
    /// So much of what has left is neither taken nor held.
    LeftUnpaid {
        amount_minor: i64,
        currency: Currency,
    },
    RefundByHand {
        refund: RefundId,
    },
    RefundDiffers {
        refund: RefundId,
    },
    RefundRejected {
        refund: RefundId,
        reason: String,
    },
    /// Its carrier has a parcel that may not have left.
    ParcelTravels {
        shipment: ShipmentId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
    },
    /// Its carrier could not hand a parcel over.
    DeliveryFailed {
        shipment: ShipmentId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
    },
    ParcelReturned {
        shipment: ShipmentId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
    },
    /// It counts as delivered, as those of a completed order do.
    ReturnedAfterAll {
        shipment: ShipmentId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
    },
    /// It was to come back, and what it holds was sent again or paid back.
    DeliveredAfterAll {
        shipment: ShipmentId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
    },
    /// It had come through.
    RefundReturned {
        refund: RefundId,
        reason: String,
    },
    /// Money has come back to a gift card that staff have shut.
    CreditOnShutCard {
        card: CreditAccountId,
        last_four: String,
    },
    /// As earlier versions told everything.
    #[serde(untagged)]
    Told {
        message: String,
    },
}

/// What a provider is called for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Purpose {
    Charge,
    Capture,
    /// An order may have several.
    Refund(RefundId),
    Release,
}

/// In what the provider's record of a charge differs from ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ChargeDifference {
    Attempt,
    Currency,
    Amount,
    Mode,
    Captured,
    Refunded,
}

/// Writes an entry that only staff see into the order's timeline; once for each code and what it is about,
/// however often it is met. Gives the order with it.
pub(crate) async fn alert(tx: &Tx, order: order::Model, alert: &Alert) -> Result<order::Model> {
    let data = serde_json::to_value(alert).expect("an alert is plain data and serializes");
    // It may have been told in this transaction.
    tx.write_now().await?;
    let told = order_event::Entity::find()
        .filter(order_event::Column::OrderId.eq(order.id))
        .filter(order_event::Column::Kind.eq(OrderEventKind::Alert))
        .all(tx.db())
        .await?;
    let is_told = |event: &order_event::Model| identity(&event.data) == identity(&data);
    // An earlier version has told it as a text.
    let was_told = |event: &order_event::Model| event.data["message"] == alert.to_string();
    // What is not done while the provider refuses the shop's settings is no news of its own.
    let says_more = |event: &order_event::Model| match alert {
        Alert::AskedAnew { .. } => {
            event.data["code"] == "SETTINGS_REJECTED" && event.data["purpose"] == data["purpose"]
        }
        _ => false,
    };
    if told
        .iter()
        .any(|event| is_told(event) || was_told(event) || says_more(event))
    {
        return Ok(order);
    }
    tracing::error!(order = %order.id, %alert, "staff must look at an order");
    transition::note(tx, &order, OrderEventKind::Alert, false, data).await
}

/// The code and what it is about, whatever reason is given.
fn identity(data: &Json) -> Vec<(&String, &Json)> {
    let fields = data.as_object().into_iter().flatten();
    fields.filter(|(name, _)| *name != "reason").collect()
}

/// What an alert's entry says, with times by the clock of a zone.
pub(super) fn in_words(event: &order_event::Model, zone: Tz) -> Message {
    match serde_json::from_value::<Alert>(event.data.clone()) {
        Ok(alert) => alert.message(zone),
        // A newer version may stand beside this one.
        Err(_) => messages::alert_unknown(),
    }
}

impl Alert {
    fn message(&self, zone: Tz) -> Message {
        match self {
            Self::JobBuried { job } => messages::alert_job_buried(job),
            Self::SettingsRejected { purpose } => {
                let (purpose, refund) = purpose.named();
                messages::alert_settings_rejected(purpose, refund)
            }
            Self::CalledInVain { purpose } => {
                let (purpose, refund) = purpose.named();
                messages::alert_called_in_vain(purpose, refund)
            }
            Self::AskedAnew { purpose } => {
                let (purpose, refund) = purpose.named();
                messages::alert_asked_anew(purpose, refund)
            }
            Self::ChargeRejected => messages::alert_charge_rejected(),
            Self::ChargeDiffers { payment, difference } => {
                messages::alert_charge_differs(payment.to_string(), difference.name())
            }
            Self::SecondCharge { reference } => messages::alert_second_charge(reference),
            Self::WebhookDiffers {
                provider,
                payment,
                names,
            } => match names {
                Some(theirs) => messages::alert_webhook_of_another(provider, theirs, payment.to_string()),
                None => messages::alert_webhook_differs(provider, payment.to_string()),
            },
            Self::HoldEnds { until: Some(until), .. } => messages::alert_hold_ends(Value::Moment(*until, zone)),
            Self::HoldEnds { until: None, .. } => messages::alert_hold_ends_soon(),
            Self::HoldEnded { .. } => messages::alert_hold_ended(),
            Self::CaptureRejected { reason, .. } => messages::alert_capture_rejected(reason),
            Self::RefundByHand { refund } => messages::alert_refund_by_hand(refund.to_string()),
            Self::LeftUnpaid { amount_minor, currency } => {
                messages::alert_left_unpaid(Money::new(*amount_minor, *currency))
            }
            Self::RefundDiffers { refund } => messages::alert_refund_differs(refund.to_string()),
            Self::RefundRejected { refund, reason } => messages::alert_refund_rejected(refund.to_string(), reason),
            Self::RefundReturned { refund, reason } => messages::alert_refund_returned(refund.to_string(), reason),
            Self::CreditOnShutCard { last_four, .. } => messages::alert_credit_on_shut_card(last_four),
            Self::ParcelTravels { shipment, number } => {
                messages::alert_parcel_travels(called(*shipment, number.as_deref()))
            }
            Self::DeliveryFailed { shipment, number } => {
                messages::alert_delivery_failed(called(*shipment, number.as_deref()))
            }
            Self::ParcelReturned { shipment, number } => {
                messages::alert_parcel_returned(called(*shipment, number.as_deref()))
            }
            Self::DeliveredAfterAll { shipment, number } => {
                messages::alert_delivered_after_all(called(*shipment, number.as_deref()))
            }
            Self::ReturnedAfterAll { shipment, number } => {
                messages::alert_returned_after_all(called(*shipment, number.as_deref()))
            }
            Self::Notice { message } | Self::Told { message } => message.into(),
        }
    }
}

/// A parcel as people know it: by its tracking number, where it has one.
fn called(shipment: ShipmentId, number: Option<&str>) -> String {
    number.map_or_else(|| shipment.to_string(), str::to_owned)
}

/// In English, for the log.
impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message(Tz::UTC).fmt(f)
    }
}

impl Purpose {
    /// As messages tell them apart, and the refund.
    fn named(self) -> (&'static str, String) {
        match self {
            Self::Charge => ("charge", String::new()),
            Self::Capture => ("capture", String::new()),
            Self::Refund(id) => ("refund", id.to_string()),
            Self::Release => ("release", String::new()),
        }
    }
}

impl ChargeDifference {
    /// As messages tell them apart.
    fn name(self) -> &'static str {
        match self {
            Self::Attempt => "attempt",
            Self::Currency => "currency",
            Self::Amount => "amount",
            Self::Mode => "mode",
            Self::Captured => "captured",
            Self::Refunded => "refunded",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_alert_is_stored_as_its_code_and_data() {
        let refund = RefundId(Uuid::from_u128(7));
        for (alert, stored) in [
            (Alert::ChargeRejected, json!({ "code": "CHARGE_REJECTED" })),
            (
                Alert::CalledInVain {
                    purpose: Purpose::Refund(refund),
                },
                json!({ "code": "CALLED_IN_VAIN", "purpose": { "refund": refund } }),
            ),
            // What earlier versions have written is shown as it is.
            (
                Alert::Told {
                    message: "Look.".to_owned(),
                },
                json!({ "message": "Look." }),
            ),
        ] {
            assert_eq!(serde_json::to_value(&alert).unwrap(), stored);
            assert_eq!(serde_json::from_value::<Alert>(stored).unwrap(), alert);
        }
    }

    #[test]
    fn a_reason_in_other_words_is_the_same_alert() {
        let told = |refund, reason: &str| {
            let (refund, reason) = (RefundId(Uuid::from_u128(refund)), reason.to_owned());
            serde_json::to_value(Alert::RefundRejected { refund, reason }).unwrap()
        };
        assert_eq!(identity(&told(1, "no")), identity(&told(1, "not now")));
        assert_ne!(identity(&told(1, "no")), identity(&told(2, "no")));
    }
}
