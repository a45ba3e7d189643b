//! Pays back, or gives up, a charge that the provider holds for nobody: one that has no row here,
//! or that our ledger says was given up.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{ids::RefundId, payment, payment_entry::PaymentEntryKind, reconciliation_finding};

use super::{
    ask::{self, Asked},
    outcome::{Outcome, stuck},
    recheck::catch_up,
    record::ProviderRecord,
};
use crate::{
    Context, Result, Shop,
    jobs::JobError,
    language::messages,
    money::Money,
    payments::{
        attempts::state,
        ledger::{self, Operation},
        providers::call::{self, MOVE_TIMEOUT},
    },
    ports::payment::{ChargeState, ProviderCharge, ProviderError, Refund, RefundState, Void},
};

/// Gives back what is in the charge, under a key of the finding's own.
pub(super) async fn pay_back(
    shop: &Shop,
    context: &Context,
    finding: &reconciliation_finding::Model,
    charge: &ProviderCharge,
) -> Result<Outcome, JobError> {
    let ours = payment::Entity::find_by_id(finding.payment_id).one(&shop.db).await?;
    if let Some(ours) = &ours
        && ours.provider_reference.as_deref() == Some(charge.reference.as_str())
        && state::is_news(ours.status, &charge.state)
    {
        // Money has come into it since: our own machine knows what to do with that.
        shop.transact(
            context,
            |tx| async move { catch_up(&tx, finding.payment_id, charge).await },
        )
        .await?;
        return Ok(Outcome::Repaired);
    }
    if ProviderRecord::from(charge).is_spent() {
        return Ok(Outcome::Repaired);
    }
    let request = Request::new(finding, charge);
    let admitted = match call::admit(shop, &finding.provider).await {
        Ok(admitted) => admitted,
        Err(error) => return Err(call::retry(shop, finding.updated_at, error)),
    };
    write_down(
        shop,
        context,
        ours.as_ref(),
        PaymentEntryKind::Request,
        &request,
        request.body(),
    )
    .await?;
    let answer = match &request {
        Request::Refund(refund) => admitted
            .call(MOVE_TIMEOUT, admitted.provider.refund(refund))
            .await
            .map(|told| told.state),
        // Whatever it is now, a later look tells.
        Request::Void(void) => admitted
            .call(MOVE_TIMEOUT, admitted.provider.void(void))
            .await
            .map(|_| RefundState::Succeeded),
    };
    let body = json!({ "answer": answer.as_ref().map_err(ToString::to_string) });
    write_down(shop, context, ours.as_ref(), PaymentEntryKind::Answer, &request, body).await?;
    match answer {
        // What is on its way counts as back in the provider's books; if it fails, it is found anew.
        Ok(RefundState::Succeeded | RefundState::Pending) => Ok(Outcome::Repaired),
        Ok(RefundState::Failed { reason }) => Ok(stuck(messages::finding_pay_back_failed(reason))),
        Err(ProviderError::Rejected(reason)) => rejected(shop, finding, charge, &reason).await,
        Err(error) => Err(call::retry(shop, finding.updated_at, error)),
    }
}

enum Request {
    Refund(Refund),
    Void(Void),
}

impl Request {
    fn new(finding: &reconciliation_finding::Model, charge: &ProviderCharge) -> Self {
        let refund = RefundId(finding.id.0);
        if charge.state == ChargeState::Captured {
            return Self::Refund(Refund {
                refund,
                payment: charge.payment,
                reference: charge.reference.clone(),
                key: refund.to_string(),
                amount: Money::new(charge.captured_minor - charge.refunded_minor, charge.amount.currency),
            });
        }
        Self::Void(Void {
            payment: charge.payment,
            reference: charge.reference.clone(),
            key: format!("{}:void", finding.id),
        })
    }

    fn key(&self) -> &str {
        match self {
            Self::Refund(refund) => &refund.key,
            Self::Void(void) => &void.key,
        }
    }

    fn body(&self) -> serde_json::Value {
        match self {
            Self::Refund(refund) => json!({
                "reference": refund.reference,
                "amountMinor": refund.amount.minor,
                "currency": refund.amount.currency.code(),
            }),
            Self::Void(void) => json!({ "reference": void.reference }),
        }
    }
}

/// Into the ledger of the attempt that the charge names. A charge that names none of ours has no
/// ledger here: its finding and the record of what staff did tell of it.
async fn write_down(
    shop: &Shop,
    context: &Context,
    ours: Option<&payment::Model>,
    kind: PaymentEntryKind,
    request: &Request,
    body: serde_json::Value,
) -> Result<()> {
    tracing::info!(key = request.key(), ?kind, %body, "paying back what no order wants");
    let Some(ours) = ours else { return Ok(()) };
    let body = &body;
    shop.transact(context, |tx| async move {
        let key = Some(request.key().to_owned());
        ledger::write(&tx, ours.id, kind, Operation::PayBack, key, body.clone());
        Ok(())
    })
    .await
}

/// A repetition is rejected because the first call went through after all; or it cannot be done.
async fn rejected(
    shop: &Shop,
    finding: &reconciliation_finding::Model,
    charge: &ProviderCharge,
    reason: &str,
) -> Result<Outcome, JobError> {
    let reference = Some(charge.reference.as_str());
    let told = ask::find(
        shop,
        &finding.provider,
        finding.payment_id,
        reference,
        finding.updated_at,
    )
    .await?;
    match told {
        Asked::Charge(charge) if ProviderRecord::from(&*charge).is_spent() => Ok(Outcome::Repaired),
        _ => Ok(stuck(messages::finding_provider_refused(reason))),
    }
}
