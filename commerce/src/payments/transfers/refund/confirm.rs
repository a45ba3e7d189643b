//! Staff have paid back by hand what no provider can.

use serde_json::json;
use vitrine_entity::{
    ids::RefundId,
    payment::CaptureMode,
    payment_entry::PaymentEntryKind,
    refund::{self, RefundStatus},
};

use super::{begin::find, settle::succeed};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    orders::transition,
    payments::{
        attempts::load,
        ledger::{self, Operation},
    },
    staff::{
        audit,
        permission::{self, Permission},
    },
};

/// Records that the money is back. Asked again, it answers the same.
///
/// # Errors
/// Refuses a refund that a provider makes: nobody may say in its place that it is done.
pub async fn confirm(shop: &Shop, context: &Context, id: RefundId) -> Result<refund::Model> {
    permission::require(context, Permission::Refunds)?;
    shop.transact(context, |tx| async move {
        let refund = find(&tx, id).await?;
        transition::lock(&tx, refund.order_id).await?;
        let payment = load::lock(&tx, refund.payment_id).await?;
        let refund = find(&tx, id).await?;
        if payment.capture_mode != CaptureMode::ByStaff {
            let message = messages::refund_by_provider();
            return Err(Refusal::new(ErrorCode::PaymentState, message).at(&["refundId"]).into());
        }
        match refund.status {
            RefundStatus::Succeeded => return Ok(refund),
            RefundStatus::Failed => {
                let message = messages::refund_failed();
                return Err(Refusal::new(ErrorCode::PaymentState, message).at(&["refundId"]).into());
            }
            RefundStatus::Requested => {}
        }
        let data = json!({ "amountMinor": refund.amount_minor, "refund": id });
        ledger::write(
            &tx,
            payment.id,
            PaymentEntryKind::Decision,
            Operation::RefundConfirm,
            None,
            data.clone(),
        );
        audit(&tx, "refund.confirm", refund.order_id.to_string(), data).await?;
        succeed(&tx, &refund, None).await?;
        find(&tx, id).await
    })
    .await
}
