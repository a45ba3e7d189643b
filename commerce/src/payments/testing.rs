//! What the unit tests of this folder begin with.

use chrono::DateTime;
use uuid::Uuid;
use vitrine_entity::{
    currency::Currency,
    ids::{OrderId, PaymentId},
    payment::{self, CaptureMode, PaymentStatus},
};

/// An attempt of which nothing is known but its status.
pub(super) fn attempt(status: PaymentStatus) -> payment::Model {
    let at = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
    payment::Model {
        id: PaymentId(Uuid::from_u128(1)),
        order_id: OrderId(Uuid::from_u128(2)),
        provider: "simulated".to_owned(),
        method_token: String::new(),
        currency: Currency::EUR,
        amount_minor: 100,
        captured_minor: 0,
        refunded_minor: 0,
        credited_minor: 0,
        status,
        provider_reference: None,
        decline_code: None,
        reopenable: false,
        client_action: None,
        superseded: false,
        live: false,
        capture_mode: CaptureMode::AtOnce,
        sent_at: None,
        capture_before: None,
        captures_in_parts: false,
        trouble: None,
        reconciled_in: None,
        order_version: None,
        provider_customer_id: None,
        saves_method: false,
        created_at: at,
        updated_at: at,
    }
}
