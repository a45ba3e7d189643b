//! Tells staff of something that nothing was done about. The timeline's entry keeps what it is as a code with
//! its data; it is put in words where it is shown.

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use vitrine_entity::{
    ids::{CaptureId, PaymentId, RefundId, ShipmentId},
    order,
    order_event::{self, OrderEventKind},
};

use super::transition;
use crate::{Result, Tx};

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
    },
    /// It had come through.
    RefundReturned {
        refund: RefundId,
        reason: String,
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

/// What an alert's entry says.
pub(super) fn in_words(event: &order_event::Model, zone: Tz) -> String {
    match serde_json::from_value(event.data.clone()) {
        Ok(Alert::HoldEnds { until: Some(until), .. }) => {
            hold_ends(&until.with_timezone(&zone).format("%Y-%m-%d %H:%M %Z"))
        }
        Ok(alert) => alert.to_string(),
        // A newer version may stand beside this one.
        Err(_) => "Staff must look at this order.".to_owned(),
    }
}

fn hold_ends(when: &impl fmt::Display) -> String {
    format!("The money that is held for this order is released on {when}: capture it before.")
}

impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::JobBuried { job } => write!(
                f,
                "The job `{job}` of this order has failed for good. Mend what it says under `jobs`, then revive it."
            ),
            Self::SettingsRejected { purpose } => write!(
                f,
                "The payment provider does not take the shop's keys or settings as they are, and staff must act: {purpose} waits for it."
            ),
            Self::CalledInVain { purpose } => write!(
                f,
                "The payment provider has been asked for {purpose} for more than two hours in vain, and staff must look. The payment ledger has what it answered."
            ),
            Self::AskedAnew { purpose } => write!(
                f,
                "The payment provider has failed at {purpose} several times and has no record of it: it is asked anew, under another key. The payment ledger has what it answered. Staff must look if it does not get on."
            ),
            Self::ChargeRejected => f.write_str(
                "The payment provider refused to charge, and not because of the shopper's card, who was told \
                 that it was declined: staff must look. The payment ledger has what it answered.",
            ),
            Self::ChargeDiffers { payment, difference } => write!(
                f,
                "The payment provider's record of {payment} differs from ours: {difference}."
            ),
            Self::SecondCharge { reference } => {
                write!(
                    f,
                    "The payment provider has a second charge, {reference}, for this order."
                )
            }
            Self::WebhookDiffers {
                provider,
                payment,
                names,
            } => {
                let what = match names {
                    Some(theirs) => format!("names another charge, `{theirs}`,"),
                    None => "named another amount, currency or mode".to_owned(),
                };
                write!(f, "A webhook of {provider} {what} for {payment}: nothing was changed.")
            }
            Self::HoldEnds { until: Some(until), .. } => f.write_str(&hold_ends(&until.format("%Y-%m-%d %H:%M UTC"))),
            Self::HoldEnds { until: None, .. } => {
                f.write_str("The money that is held for this order is released any day now: capture it before.")
            }
            Self::HoldEnded { .. } => {
                f.write_str("The money that was held for this order has been released: it cannot be captured any more.")
            }
            Self::CaptureRejected { reason, .. } => {
                write!(f, "The payment provider refused to capture: {reason}")
            }
            Self::RefundByHand { refund } => write!(f, "Pay {refund} back by hand, then confirm it."),
            Self::RefundDiffers { refund } => write!(
                f,
                "The payment provider's record of {refund} is of another amount or currency than was asked for: compare it there, and put it right."
            ),
            Self::RefundRejected { refund, reason } => {
                write!(f, "The payment provider did not pay back {refund}: {reason}")
            }
            Self::RefundReturned { refund, reason } => {
                write!(f, "The shopper's bank sent the refund {refund} back: {reason}")
            }
            Self::ParcelTravels { shipment } => write!(
                f,
                "A carrier tells of {shipment} as of one that travels, though it was cancelled or may not be sent: look where it is."
            ),
            Self::Notice { message } | Self::Told { message } => f.write_str(message),
        }
    }
}

/// In the middle of a sentence.
impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Charge => f.write_str("the charge"),
            Self::Capture => f.write_str("the capture"),
            Self::Refund(id) => write!(f, "the refund {id}"),
            Self::Release => f.write_str("the release of the hold"),
        }
    }
}

/// At the end of a sentence.
impl fmt::Display for ChargeDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Attempt => "it names another attempt",
            Self::Currency => "its currency",
            Self::Amount => "its amount",
            Self::Mode => "whether real money moves",
            Self::Captured => "what was captured is not what was asked for",
            Self::Refunded => "more was paid back there than was asked for",
        })
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
