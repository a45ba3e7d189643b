//! What a real provider does on pages and in books of its own.

use vitrine_commerce::ports::payment::{ProviderCharge, ProviderError, ProviderRefund};
use vitrine_entity::ids::{PaymentId, RefundId};

use super::{
    SimulatedProvider,
    answer::refund_answer,
    charges::{self, ChargeStatus},
    refunds,
    token::AUTHORIZED_FOR,
    unknown,
};

impl SimulatedProvider {
    /// The charge that a second factor is asked for.
    pub async fn find_by_reference(&self, reference: &str) -> Result<Option<ProviderCharge>, ProviderError> {
        let row = charges::find(&self.db, reference).await?;
        row.map(|row| self.charge_answer(&row, None)).transpose()
    }

    /// The shopper has passed the second factor, or has not.
    ///
    /// # Errors
    /// When there is no such charge, or it does not wait for a shopper.
    pub async fn complete_second_factor(
        &self,
        reference: &str,
        approve: bool,
    ) -> Result<ProviderCharge, ProviderError> {
        let tx = self.begin().await?;
        let changed = if approve {
            let lapses_at = self.clock.now() + AUTHORIZED_FOR;
            charges::approve(&*tx, reference, ChargeStatus::ActionRequired, lapses_at).await?
        } else {
            charges::decline(&*tx, reference, "authentication_failed").await?
        };
        let row = self.changed(&tx, reference, changed, "completed").await?;
        tx.commit().await?;
        self.charge_answer(&row, None)
    }

    /// Every charge that names an attempt of ours, oldest first. Several may name the same one.
    pub async fn ledger(&self) -> Result<Vec<ProviderCharge>, ProviderError> {
        self.catch_up().await?;
        let rows = charges::all(&self.db).await?;
        rows.iter()
            .filter(|row| row.payment_id.parse::<PaymentId>().is_ok())
            .map(|row| self.charge_answer(row, None))
            .collect()
    }

    /// Every refund, oldest first. Several may name the same one of ours.
    pub async fn refunds(&self) -> Result<Vec<(RefundId, ProviderRefund)>, ProviderError> {
        self.catch_up().await?;
        let rows = refunds::all(&self.db).await?;
        rows.iter()
            .map(|row| Ok((row.refund_id.parse().map_err(unknown)?, refund_answer(row, None)?)))
            .collect()
    }
}
