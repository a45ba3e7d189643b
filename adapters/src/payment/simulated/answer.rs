//! What is in the books, in the port's words.

use serde_json::json;
use vitrine_commerce::{
    money::{Currency, Money},
    ports::payment::{ChargeState, ProviderCharge, ProviderError, ProviderRefund, RefundState, StatementCharge},
};

use super::{
    SimulatedProvider,
    charges::{ChargeRow, ChargeStatus},
    refunds::{RefundRow, RefundStatus},
    saved, unknown,
};

/// Why a refund does not work.
const REFUND_FAILURE: &str = "expired_or_canceled_card";

impl SimulatedProvider {
    pub(super) fn charge_answer(
        &self,
        row: &ChargeRow,
        request_id: Option<String>,
    ) -> Result<ProviderCharge, ProviderError> {
        let is_authorized = row.status()? == ChargeStatus::Authorized;
        Ok(ProviderCharge {
            reference: row.reference.clone(),
            payment: row.payment_id.parse().map_err(unknown)?,
            state: self.state(row)?,
            amount: money(row.amount_minor, &row.currency)?,
            captured_minor: row.captured_minor,
            refunded_minor: row.refunded_minor,
            live: false,
            capture_before: row.due_at.filter(|_| is_authorized),
            in_parts: true,
            saved: saved::told(row, self.state(row)?),
            request_id,
        })
    }

    pub(super) fn statement_line(&self, row: &ChargeRow) -> Result<StatementCharge, ProviderError> {
        Ok(StatementCharge {
            reference: row.reference.clone(),
            payment: row.payment_id.parse().ok(),
            state: self.state(row)?,
            amount: money(row.amount_minor, &row.currency)?,
            captured_minor: row.captured_minor,
            refunded_minor: row.refunded_minor,
            live: false,
            created_at: row.created_at,
        })
    }

    fn state(&self, row: &ChargeRow) -> Result<ChargeState, ProviderError> {
        Ok(match row.status()? {
            ChargeStatus::Captured => ChargeState::Captured,
            ChargeStatus::Authorized => ChargeState::Authorized,
            ChargeStatus::Pending => ChargeState::Pending,
            ChargeStatus::Voided => ChargeState::Voided,
            ChargeStatus::Declined => ChargeState::Declined {
                code: row.decline_code.clone().unwrap_or_default(),
            },
            ChargeStatus::ActionRequired => {
                let url = format!("{}/dev/payments/simulated/{}", self.settings.public_url, row.reference);
                ChargeState::ActionRequired {
                    client: json!({ "type": "redirect", "url": url }),
                }
            }
        })
    }
}

pub(super) fn refund_answer(row: &RefundRow, request_id: Option<String>) -> Result<ProviderRefund, ProviderError> {
    Ok(ProviderRefund {
        reference: row.reference.clone(),
        state: match row.status()? {
            RefundStatus::Succeeded => RefundState::Succeeded,
            RefundStatus::Pending => RefundState::Pending,
            RefundStatus::Failed => RefundState::Failed {
                reason: REFUND_FAILURE.to_owned(),
            },
        },
        amount: money(row.amount_minor, &row.currency)?,
        request_id,
    })
}

fn money(minor: i64, currency: &str) -> Result<Money, ProviderError> {
    let currency: Currency = currency.parse().map_err(unknown)?;
    Ok(Money::new(minor, currency))
}
