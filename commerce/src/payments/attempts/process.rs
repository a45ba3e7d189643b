//! The job `ProcessPayment`: charges an attempt.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::QueryResult;
use serde_json::json;
use vitrine_entity::{
    ids::PaymentId,
    order::{self, OrderStatus},
    payment::{self, CaptureMode, PaymentStatus},
    payment_entry::PaymentEntryKind,
    provider_customer,
};

use super::{
    apply::apply,
    load::{self, FIRST_CALL_LOST_AFTER, Loaded},
    state::Event,
    store,
    tax_rate::tax_rate,
};
use crate::{
    Context, Fault, Result, Shop, Tx,
    jobs::JobError,
    orders::{self, Alert, Purpose},
    outbox::Lease,
    payments::{
        ledger::{self, Operation},
        providers::{
            call::{self, Admitted, MOVE_TIMEOUT},
            job::{ProviderJob, tell_staff},
            trouble,
        },
        saved::{
            customer::{ChargedFor, charged_for},
            lost::{Lost, find_lost, forget_lost},
        },
    },
    ports::payment::{Charge, ChargeState, ProviderCharge, ProviderError},
};

/// How soon an attempt is looked at again that somebody else has changed before it was sent.
const MOVED_PAUSE: TimeDelta = TimeDelta::seconds(1);

/// Our code of a decline: the provider keeps the card no more, and it is forgotten here, too.
const SAVED_CARD_GONE: &str = "saved_card_gone";

/// For how long a provider is trusted to remember an idempotency key. What was first sent longer
/// ago is looked up, and never sent again.
const KEY_REMEMBERED: TimeDelta = TimeDelta::hours(20);

/// An attempt that is marked as sent for the first time, and is yet to be.
pub(crate) struct Begun {
    /// As it was before that.
    loaded: Loaded,
    mark: DateTime<Utc>,
}

/// Marks a new attempt as sent, with the end of the transaction that claims its job for whom `context` names; `row` is
/// what was read beside it. Gives nothing, and has changed nothing, where the job has to see to more.
pub(crate) fn begin(tx: &Tx, context: &Context, row: &QueryResult) -> Result<Option<Begun>> {
    let shop = tx.shop();
    let may_begin = |loaded: &Loaded| {
        let (payment, circuit) = (&loaded.payment, loaded.circuit.as_ref());
        payment.status == PaymentStatus::Created
            // Its customer may have to be made first.
            && payment.provider_customer_id.is_none()
            && !must_not_send(shop, payment, &loaded.order)
            && call::passes(shop, &payment.provider, circuit)
    };
    let Some(loaded) = load::of_row(row)?.filter(may_begin) else {
        return Ok(None);
    };
    let Some(mark) = store::send_last(tx, &loaded.payment, shop.now())? else {
        return Ok(None);
    };
    write_request(tx, context, &loaded.payment, &first_key(&loaded.payment));
    Ok(Some(Begun { loaded, mark }))
}

/// Charges the attempt, unless it was charged or given up before. No transaction is open while
/// the provider is called.
pub(crate) async fn run(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    id: PaymentId,
    begun: Option<Begun>,
) -> Result<(), JobError> {
    let (loaded, mark) = match begun {
        Some(Begun { loaded, mark }) => (Some(loaded), Some(mark)),
        None => (load::payment(shop, id).await?, None),
    };
    let Some(Loaded {
        payment,
        order,
        circuit,
    }) = loaded
    else {
        return Ok(lease.finish_alone(shop).await?);
    };
    if !matches!(payment.status, PaymentStatus::Created | PaymentStatus::Unknown) {
        return Ok(lease.finish_alone(shop).await?);
    }
    let job = &ProviderJob {
        shop,
        context,
        payment: &payment,
        purpose: Purpose::Charge,
        since: payment.created_at,
        in_progress: false,
    };
    let sent_before = payment.status == PaymentStatus::Unknown;
    let found = if sent_before { job.look_up().await? } else { None };
    // What was looked up was a call, too.
    let admitted = async {
        match sent_before {
            true => call::admit(shop, &payment.provider).await,
            false => call::admit_knowing(shop, &payment.provider, circuit).await,
        }
    };
    let (told, operation) = match found {
        Some(charge) if charge.state != ChargeState::Approved => (charge, Operation::LookUp),
        _ if must_not_send(shop, &payment, &order) => return Ok(lease.finish_alone(shop).await?),
        // Of what the shopper has agreed to nothing is taken yet.
        found => {
            let approved = found.map(|charge| charge.reference);
            let first = match approved {
                Some(_) => format!("{}:take", payment.id),
                None => charge_key(shop, &payment, sent_before).await?,
            };
            let key = match sent_before {
                true => job.key(&first).await?,
                false => first,
            };
            let charged_for = charged_for(job).await?;
            let told = send(job, &order, (key, approved, charged_for), admitted, mark).await?;
            (told, Operation::Charge)
        }
    };
    let told = &told;
    shop.transact_briefly(context, |tx| async move {
        apply(&tx, id, told, operation).await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// Nobody wants it any more, or its key may be forgotten. An earlier call may still be on its way:
/// `SettlePayment` gives the attempt up once it cannot be.
fn must_not_send(shop: &Shop, payment: &payment::Model, order: &order::Model) -> bool {
    order.status == OrderStatus::Cancelled || key_is_forgotten(shop, payment)
}

/// Whether the provider may have forgotten the attempt's idempotency key.
pub(super) fn key_is_forgotten(shop: &Shop, payment: &payment::Model) -> bool {
    payment
        .sent_at
        .is_some_and(|sent_at| shop.now() - sent_at > KEY_REMEMBERED)
}

/// `approved` is what the shopper has agreed to, where it is that which is taken. `admitted` asks whether the provider may
/// be called; `marked` says when it was marked as sent, if it is.
async fn send<'job>(
    job: &ProviderJob<'job>,
    order: &order::Model,
    (key, approved, charged_for): (String, Option<String>, ChargedFor),
    admitted: impl Future<Output = Result<Admitted<'job>, ProviderError>>,
    marked: Option<DateTime<Utc>>,
) -> Result<ProviderCharge, JobError> {
    let (shop, context, payment) = (job.shop, job.context, job.payment);
    // Before it is marked as sent: what a circuit holds back was not.
    let admitted = match admitted.await {
        Ok(admitted) => admitted,
        Err(error) => {
            if let Some(mark) = marked {
                unmark_sent(shop, context, payment, mark).await?;
            }
            return Err(later(job, error).await?);
        }
    };
    let charge = Charge {
        payment: payment.id,
        key,
        order_number: order.number.clone(),
        amount: load::money(payment, payment.amount_minor),
        tax_basis_points: tax_rate(order.tax.as_ref(), order.tax_minor, order.total_minor),
        country: order.billing_address.country.clone(),
        locale: order.locale.clone(),
        method_token: payment.method_token.clone(),
        capture: is_captured_at_once(payment),
        return_url: orders::access::link(shop, order.id),
        customer: charged_for.customer,
        saves_method: charged_for.saves,
        approved,
    };
    let mark = match marked {
        Some(mark) => Some(mark),
        None => mark_sent(shop, context, payment, &charge.key).await?,
    };
    // Given up meanwhile, or only touched: that is for the next run to tell, which reads both anew.
    let mark = mark.ok_or(JobError::Defer(MOVED_PAUSE))?;
    match charge_once(&admitted, &charge).await {
        Ok(told) => Ok(told),
        Err(error) => {
            ledger::failed(shop, context, payment.id, Operation::Charge, &charge.key, &error).await?;
            match error {
                ProviderError::Rejected(reason) => rejected(job, mark, &reason).await,
                error => {
                    let was_not_done = !matches!(error, ProviderError::Unknown(_));
                    if was_not_done && payment.status == PaymentStatus::Created {
                        unmark_sent(shop, context, payment, mark).await?;
                    }
                    Err(later(job, error).await?)
                }
            }
        }
    }
}

/// It can never succeed as it stands: to the shopper that is a decline, and staff must look, for it is
/// not the card. After a call whose outcome is unknown it proves nothing, for the first may be the
/// reason for it: not before that is lost, and is not found. Nor is it anybody's fault where the provider keeps a card no more.
async fn rejected(job: &ProviderJob<'_>, mark: DateTime<Utc>, reason: &str) -> Result<ProviderCharge, JobError> {
    let (shop, payment) = (job.shop, job.payment);
    tracing::warn!(payment = %payment.id, reason, "the provider rejected a charge");
    if let Some(first_sent) = payment.sent_at {
        let found = job.look_up().await?;
        if let Some(told) = found.filter(|told| told.state != ChargeState::Approved) {
            return Ok(told);
        }
        let since = shop.now() - first_sent;
        if since < FIRST_CALL_LOST_AFTER {
            return Err(JobError::Defer(FIRST_CALL_LOST_AFTER - since));
        }
    }
    // On the heap: few payments come here.
    match Box::pin(find_lost(shop, job.context, payment)).await? {
        Ok(Lost::Method) => {
            let code = SAVED_CARD_GONE.to_owned();
            return Ok(never_charged(payment, ChargeState::Declined { code })?);
        }
        Ok(Lost::Customer(lost)) => {
            let is_second = ledger::is_charged_anew(shop, payment.id).await?;
            let mark = (!is_second).then_some(mark);
            charge_anew(shop, job.context, payment, mark, lost.as_deref()).await?;
            if !is_second {
                return Err(JobError::Defer(MOVED_PAUSE));
            }
        }
        Ok(Lost::Nothing) => {}
        Err(error) => {
            if payment.status == PaymentStatus::Created {
                unmark_sent(shop, job.context, payment, mark).await?;
            }
            return Err(later(job, error).await?);
        }
    }
    tell_staff(shop, job.context, payment.order_id, &Alert::ChargeRejected).await?;
    let code = "rejected_by_provider".to_owned();
    Ok(never_charged(payment, ChargeState::Declined { code })?)
}

async fn charge_once(admitted: &Admitted<'_>, charge: &Charge) -> Result<ProviderCharge, ProviderError> {
    admitted.call(MOVE_TIMEOUT, admitted.provider.charge(charge)).await
}

async fn later(job: &ProviderJob<'_>, error: ProviderError) -> Result<JobError> {
    trouble::note(job.shop, job.payment.id, &error).await?;
    Ok(job.retry(error).await)
}

/// The only call was certainly not done: nothing is unknown. Not if another worker has sent it since,
/// while this one was frozen.
async fn unmark_sent(shop: &Shop, context: &Context, payment: &payment::Model, mark: DateTime<Utc>) -> Result<()> {
    shop.transact_briefly(context, |tx| async move {
        let (_, payment) = load::lock_with_order(&tx, payment.id).await?;
        if payment.updated_at == mark {
            store::advance(&tx, &payment, &Event::NotSent).await?;
        }
        Ok(())
    })
    .await
}

/// The same, decided with the end of the customer that it named: it goes out anew, for another one of the provider's, and so under
/// another key. Where no `mark` is given it went out anew before, and only the customer is forgotten.
async fn charge_anew(
    shop: &Shop,
    context: &Context,
    payment: &payment::Model,
    mark: Option<DateTime<Utc>>,
    lost: Option<&provider_customer::Model>,
) -> Result<()> {
    shop.transact(context, |tx| async move {
        let (_, payment) = load::lock_with_order(&tx, payment.id).await?;
        if mark == Some(payment.updated_at) && store::advance(&tx, &payment, &Event::NotSent).await?.is_some() {
            let decision = (PaymentEntryKind::Decision, Operation::ChargeAnew, None, json!({}));
            ledger::write_of(&tx, context, payment.id, decision);
        }
        forget_lost(&tx, lost).await
    })
    .await
}

/// From here on the outcome is unknown until the provider tells it. Recorded before the call; gives
/// when, as the row has it. `None` if it is not as it was when this job read it.
async fn mark_sent(
    shop: &Shop,
    context: &Context,
    payment: &payment::Model,
    key: &str,
) -> Result<Option<DateTime<Utc>>> {
    shop.transact_briefly(context, |tx| async move { mark(&tx, context, payment, key).await })
        .await
}

async fn mark(tx: &Tx, context: &Context, payment: &payment::Model, key: &str) -> Result<Option<DateTime<Utc>>> {
    // It may have been cancelled while the provider was asked.
    let Some(sent) = store::send(tx, payment, tx.shop().now()).await? else {
        return Ok(None);
    };
    write_request(tx, context, payment, key);
    Ok(Some(sent.updated_at))
}

fn write_request(tx: &Tx, context: &Context, payment: &payment::Model, key: &str) {
    let body = json!({ "amountMinor": payment.amount_minor, "currency": payment.currency, "capture": is_captured_at_once(payment) });
    let request = (PaymentEntryKind::Request, Operation::Charge, Some(key.to_owned()), body);
    ledger::write_of(tx, context, payment.id, request);
}

/// The idempotency key under which it is charged, first of all.
fn first_key(payment: &payment::Model) -> String {
    payment.id.to_string()
}

/// The same for an attempt that may go out anew. One whose outcome is unknown is asked of in any case: it may save nothing any
/// more, and must not go out under its first key again.
async fn charge_key(shop: &Shop, payment: &payment::Model, sent_before: bool) -> Result<String> {
    let first = first_key(payment);
    let may_be_anew = sent_before || payment.provider_customer_id.is_some() && payment.saves_method;
    match may_be_anew && ledger::is_charged_anew(shop, payment.id).await? {
        true => Ok(format!("{first}:anew")),
        false => Ok(first),
    }
}

fn is_captured_at_once(payment: &payment::Model) -> bool {
    payment.capture_mode == CaptureMode::AtOnce
}

/// What an attempt is that the provider has no record of.
pub(in crate::payments) fn never_charged(
    payment: &payment::Model,
    state: ChargeState,
) -> Result<ProviderCharge, Fault> {
    Ok(ProviderCharge {
        reference: payment.provider_reference.clone().unwrap_or_default(),
        payment: payment.id,
        state,
        amount: load::money(payment, payment.amount_minor),
        captured_minor: 0,
        refunded_minor: 0,
        live: payment.live,
        capture_before: None,
        in_parts: false,
        saved: None,
        request_id: None,
    })
}
