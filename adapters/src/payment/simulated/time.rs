//! What time decides: what is pending is approved, an authorization lapses, a refund arrives.

use vitrine_commerce::ports::payment::ProviderError;

use super::{
    SimulatedProvider,
    charges::{self, ChargeRow, ChargeStatus},
    event, refunds,
    refunds::RefundRow,
    token::AUTHORIZED_FOR,
};

impl SimulatedProvider {
    /// Decides what is due. Whoever looks at the books does so first.
    pub(super) async fn catch_up(&self) -> Result<(), ProviderError> {
        let now = self.clock.now();
        for charge in charges::due(&self.db, now).await? {
            self.decide_charge(&charge).await?;
        }
        for refund in refunds::due(&self.db, now).await? {
            self.decide_refund(&refund).await?;
        }
        Ok(())
    }

    async fn decide_charge(&self, due: &ChargeRow) -> Result<(), ProviderError> {
        let now = self.clock.now();
        let tx = self.begin().await?;
        let decided = match due.status()? {
            ChargeStatus::Pending => {
                charges::approve(&*tx, &due.reference, ChargeStatus::Pending, now + AUTHORIZED_FOR).await?
            }
            ChargeStatus::Authorized | ChargeStatus::Captured => charges::lapse(&*tx, &due.reference, now).await?,
            _ => false,
        };
        if decided {
            let charge = charges::require(&*tx, &due.reference).await?;
            self.tell_charge(&tx.later, &charge)?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn decide_refund(&self, due: &RefundRow) -> Result<(), ProviderError> {
        let tx = self.begin().await?;
        if refunds::arrive(&*tx, &due.reference).await? {
            let charge = charges::require(&*tx, &due.charge_reference).await?;
            if let Some(refund) = refunds::find(&*tx, &due.reference).await? {
                self.tell_refund(&tx.later, &charge, &refund, event::REFUND_UPDATED)?;
            }
            tx.commit().await?;
        }
        Ok(())
    }
}
