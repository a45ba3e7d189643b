//! What the provider does, once a call has begun.

use vitrine_commerce::ports::payment::{Charge, ChargeLookup, ProviderError, Refund, RefundLookup};
use vitrine_entity::ids::encode_base32;

use super::{
    SimulatedProvider,
    books::{Change, Later},
    calls::refusal,
    charges::{self, ChargeRow, ChargeStatus},
    event::{CHARGE_REFUNDED, REFUND_UPDATED},
    refunds::{self, RefundRow, RefundStatus},
    token::Behaviour,
};

impl SimulatedProvider {
    pub(super) fn open(
        &self,
        later: &Later,
        charge: &Charge,
        behaviour: &Behaviour,
    ) -> Result<ChargeRow, ProviderError> {
        if charge.amount.minor <= 0 {
            return Err(ProviderError::Rejected("the amount is not positive".to_owned()));
        }
        let now = self.clock.now();
        let mut row = ChargeRow {
            reference: format!("sim_{}", encode_base32(self.ids.at(now))),
            payment_id: charge.payment.to_string(),
            token: charge.method_token.clone(),
            currency: charge.amount.currency.code().to_owned(),
            amount_minor: charge.amount.minor,
            captured_minor: 0,
            refunded_minor: 0,
            capture_at_once: charge.capture,
            status: String::new(),
            decline_code: None,
            due_at: None,
            created_at: now,
            saved_method: None,
        };
        row.saved_method = self.save_method(later, charge, now);
        behaviour.open(&mut row, now, self.settings.pending);
        charges::insert(later, &row);
        self.tell_charge(later, &row)?;
        Ok(row)
    }

    pub(super) async fn pay_back(
        &self,
        tx: &Change,
        refund: &Refund,
        behaviour: &Behaviour,
    ) -> Result<RefundRow, ProviderError> {
        let status = behaviour.refund_outcome;
        let (is_pending, fails) = (status == RefundStatus::Pending, status == RefundStatus::Failed);
        let changed = charges::refund(&**tx, refund, fails).await?;
        let charge = charges::require(&**tx, &refund.reference).await?;
        if !changed {
            return Err(refusal(&charge, "refunded"));
        }
        let now = self.clock.now();
        let row = RefundRow {
            reference: format!("sir_{}", encode_base32(self.ids.at(now))),
            refund_id: refund.refund.to_string(),
            charge_reference: refund.reference.clone(),
            currency: refund.amount.currency.code().to_owned(),
            amount_minor: refund.amount.minor,
            status: status.text().to_owned(),
            due_at: is_pending.then(|| now + self.settings.pending),
            created_at: now,
        };
        refunds::insert(&**tx, &row).await?;
        let kind = if fails { REFUND_UPDATED } else { CHARGE_REFUNDED };
        self.tell_refund(&tx.later, &charge, &row, kind)?;
        Ok(row)
    }

    /// If several charges name an attempt, the one that holds money is the answer.
    pub(super) async fn find_charge(&self, lookup: &ChargeLookup) -> Result<Option<ChargeRow>, ProviderError> {
        self.catch_up().await?;
        if let Some(reference) = &lookup.reference {
            return charges::find(&self.db, reference).await;
        }
        let named = charges::of_payment(&self.db, lookup.payment).await?;
        Ok(named.into_iter().min_by_key(charge_rank))
    }

    pub(super) async fn find_refund_of(&self, lookup: &RefundLookup) -> Result<Option<RefundRow>, ProviderError> {
        self.catch_up().await?;
        if let Some(reference) = &lookup.reference {
            return refunds::find(&self.db, reference).await;
        }
        let named = refunds::named(&self.db, lookup).await?;
        Ok(named.into_iter().min_by_key(refund_rank))
    }
}

fn charge_rank(row: &ChargeRow) -> u8 {
    match row.status() {
        Ok(ChargeStatus::Captured) if row.captured_minor > row.refunded_minor => 0,
        Ok(ChargeStatus::Authorized) => 1,
        Ok(ChargeStatus::Pending | ChargeStatus::ActionRequired) => 2,
        Ok(ChargeStatus::Captured) => 3,
        Ok(ChargeStatus::Declined | ChargeStatus::Voided) | Err(_) => 4,
    }
}

fn refund_rank(row: &RefundRow) -> u8 {
    match row.status() {
        Ok(RefundStatus::Succeeded) => 0,
        Ok(RefundStatus::Pending) => 1,
        Ok(RefundStatus::Failed) | Err(_) => 2,
    }
}
