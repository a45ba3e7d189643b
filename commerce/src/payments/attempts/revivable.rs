//! Attempts that were declined and are not over: the shopper's browser was given what confirms them,
//! and may do so with another card until they are voided at the provider.

use sea_orm::{ConnectionTrait, Statement};
use vitrine_entity::payment::{self, PaymentStatus};

use super::{apply::forget_trouble, state};
use crate::{
    Result, Tx,
    jobs::Job,
    ports::payment::{ChargeState, ProviderCharge},
};

/// Whether a declined attempt can be confirmed all the same, with another card: the shopper's
/// browser was given what does so.
pub(in crate::payments) fn may_be_revived(payment: &payment::Model) -> bool {
    payment.client_action.is_some()
}

/// Where the provider's word leads the attempt.
pub(super) fn leads_to(payment: &payment::Model, told: &ChargeState) -> Option<PaymentStatus> {
    match state::next(payment.status, told) {
        // It was declined, and is now voided so that it stays so.
        Some(PaymentStatus::Voided) if is_given_up_first(payment) => Some(PaymentStatus::Declined),
        to => to,
    }
}

/// A declined attempt that may be revived is voided before it counts as declined: only then may
/// another one open beside it.
pub(in crate::payments) async fn give_up_first(tx: &Tx, payment: &payment::Model, told: &ProviderCharge) -> Result<()> {
    let ChargeState::Declined { code } = &told.state else {
        return Ok(());
    };
    // However often it is met: one job is at it, and is found again if it should be lost.
    if is_given_up_first(payment) {
        return forget_trouble(tx, payment).await;
    }
    let sql = "update payment set status = 'PENDING', decline_code = $2, trouble = null, updated_at = $3 where id = $1";
    let values = [payment.id.into(), code.clone().into(), tx.shop().now().into()];
    let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, values);
    tx.db().execute_raw(statement).await?;
    tx.enqueue(payment.order_id, Job::VoidPayment { payment: payment.id });
    Ok(())
}

/// Whether it is being voided before it counts as declined.
fn is_given_up_first(payment: &payment::Model) -> bool {
    payment.status == PaymentStatus::Pending && payment.decline_code.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payments::testing::attempt;

    fn declined_before(status: PaymentStatus) -> payment::Model {
        payment::Model {
            decline_code: Some("authentication_failed".to_owned()),
            ..attempt(status)
        }
    }

    #[test]
    fn a_void_is_a_decline_only_where_it_makes_one_final() {
        let voided = &ChargeState::Voided;
        let lead = |payment: payment::Model| leads_to(&payment, voided);
        assert_eq!(
            lead(declined_before(PaymentStatus::Pending)),
            Some(PaymentStatus::Declined)
        );
        assert_eq!(lead(attempt(PaymentStatus::Pending)), Some(PaymentStatus::Voided));
        // The shopper went on after all; what is given up then was not declined.
        for status in [PaymentStatus::ActionRequired, PaymentStatus::Authorized] {
            assert_eq!(lead(declined_before(status)), Some(PaymentStatus::Voided), "{status:?}");
        }
    }
}
