//! What an order that was changed is paid with, and what is owed of it: by the shopper, or by the shop.
//!
//! What an order was placed with stays as it is. What a change puts on is a payment of its own (`payment.order_version` says by
//! which version), taken at once; what it takes off goes back, unless it is only held and is never taken. What staff promise to
//! see to (cash, an account) follows the total. What was paid back for another reason than a change leaves all this alone; where
//! that took off a promise, what it took off counts as taken.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use vitrine_entity::{
    capture::{self, CaptureStatus},
    ids::{OrderId, PaymentId},
    order,
    payment::{self, CaptureMode, PaymentStatus},
    payment_entry::PaymentEntryKind,
};

use super::{
    attempts::{ChosenMethod, PaymentMethod, begin::in_progress, choose_for_order, load},
    ledger::{self, Operation},
    providers::call,
    transfers::balance::Balance,
};
use crate::{
    Refusal, Result, Tx,
    companies::account,
    jobs::Job,
    language::messages,
    money::Money,
    orders::{EDIT_REFUNDS, TAKEN_OFF, state::is_paid},
    sql,
};

/// What a locked order is paid with, in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Paid {
    /// Taken and not paid back for a change: by providers, staff, gift cards and store credit. What a refund took off a promise is
    /// as if it had come and gone back.
    taken_minor: i64,
    /// Held, and may still be taken.
    held_minor: i64,
    /// Of the promise that staff see to: it is for whatever the rest is.
    promise: Option<(PaymentId, i64)>,
    /// Attempts whose money may still come, and that another total needs no more.
    waiting: Vec<PaymentId>,
    is_under_way: bool,
}

impl Paid {
    /// Reads it.
    pub(crate) async fn of(tx: &Tx, order: &order::Model) -> Result<Self> {
        let attempts = payment::Entity::find()
            .filter(payment::Column::OrderId.eq(order.id))
            .filter(payment::Column::Superseded.eq(false));
        let mut paid = Self {
            taken_minor: order.credit_minor + refunded(tx, order.id).await?,
            ..Self::default()
        };
        for row in attempts.all(tx.db()).await? {
            paid.count(tx, &row).await?;
        }
        Ok(paid)
    }

    async fn count(&mut self, tx: &Tx, row: &payment::Model) -> Result<()> {
        self.is_under_way |= is_being_taken(tx, row.id).await?;
        match row.status {
            PaymentStatus::Captured | PaymentStatus::Refunded => {
                self.taken_minor += row.captured_minor;
                if row.capture_mode == CaptureMode::OnDispatch {
                    self.held_minor += Balance::read(tx, row).await?.capturable();
                }
            }
            PaymentStatus::Authorized => match row.capture_mode {
                CaptureMode::ByStaff => self.promise = Some((row.id, row.amount_minor)),
                CaptureMode::OnDispatch => self.held_minor += row.amount_minor,
                CaptureMode::AtOnce => self.is_under_way = true,
            },
            PaymentStatus::Created | PaymentStatus::Unknown => self.is_under_way = true,
            PaymentStatus::ActionRequired | PaymentStatus::Pending => self.waiting.push(row.id),
            PaymentStatus::Declined | PaymentStatus::Voided => {}
        }
        Ok(())
    }

    /// Whether the total may change now.
    ///
    /// # Errors
    /// `PAYMENT_IN_PROGRESS` while money is on its way of which nobody knows whether it comes.
    pub(crate) fn refuse_under_way(&self) -> Result<(), Refusal> {
        match self.is_under_way {
            true => Err(in_progress(messages::payment_under_way())),
            false => Ok(()),
        }
    }

    /// How much is to be paid more where the order costs `total_minor`.
    pub(crate) fn unpaid_minor(&self, total_minor: i64) -> i64 {
        match self.promise {
            Some(_) => 0,
            None => (total_minor - self.taken_minor - self.held_minor).max(0),
        }
    }

    /// How much goes back where the order costs `total_minor`. What is only held is never taken instead.
    pub(crate) fn too_much_minor(&self, total_minor: i64) -> i64 {
        (self.taken_minor - total_minor).max(0)
    }

    /// Has what is promised be for the rest of another total, and gives up what another total needs no more.
    ///
    /// # Errors
    /// Refuses more on a company's account than it may owe.
    pub(crate) async fn follow(&self, tx: &Tx, order: &order::Model, total_minor: i64) -> Result<()> {
        for id in &self.waiting {
            // If its money turns up all the same, it is paid back.
            let given_up = payment::Entity::update_many()
                .col_expr(payment::Column::Superseded, Expr::value(true))
                .filter(payment::Column::Id.eq(*id));
            given_up.exec(tx.db()).await?;
            tx.enqueue(order.id, Job::VoidPayment { payment: *id });
        }
        let Some((id, before_minor)) = self.promise else {
            return Ok(());
        };
        let after_minor = (total_minor - self.taken_minor - self.held_minor).max(0);
        match after_minor == before_minor {
            true => Ok(()),
            false => promise(tx, order, id, (before_minor, after_minor)).await,
        }
    }
}

/// What is promised is another amount, and so is what a company owes by it. Who settles it is known by the new one.
async fn promise(tx: &Tx, order: &order::Model, id: PaymentId, (before_minor, after_minor): (i64, i64)) -> Result<()> {
    let promised = load::lock(tx, id).await?;
    if promised.provider == account::METHOD {
        account::change(tx, order, (before_minor, after_minor)).await?;
    }
    let provider = call::provider(tx.shop(), &promised.provider);
    let reference = provider
        .ok()
        .and_then(|provider| provider.promised(id, Money::new(after_minor, promised.currency)));
    let sql = "update payment set amount_minor = $2, updated_at = $3, \
        provider_reference = coalesce($4, provider_reference) where id = $1 and captured_minor = 0";
    let values = [id.into(), after_minor.into(), tx.shop().now().into(), reference.into()];
    sql::execute(tx.db(), sql, values).await?;
    let data = json!({ "amountMinor": after_minor, "beforeMinor": before_minor });
    let kind = PaymentEntryKind::Decision;
    ledger::write(tx, id, kind, Operation::Charge, None, data);
    Ok(())
}

/// The attempt by which staff see to what a locked order costs, and of which nothing has come; locked.
pub(in crate::payments) async fn lock_promise(tx: &Tx, order: OrderId) -> Result<Option<payment::Model>> {
    match find_promise(tx, order).await? {
        Some(found) => Ok(Some(load::lock(tx, found.id).await?)),
        None => Ok(None),
    }
}

/// Whether what a locked order costs is promised, and nothing of that has come.
pub(crate) async fn is_promised(tx: &Tx, order: OrderId) -> Result<bool> {
    Ok(find_promise(tx, order).await?.is_some())
}

/// How a locked order is to be paid of which nothing has come, for another that costs so much; and how much of it is to come.
///
/// # Errors
/// Refuses what the shop does not take any more, and an amount that is not taken so.
pub(crate) async fn promised_as(tx: &Tx, order: OrderId, costs: Money) -> Result<Option<(i64, ChosenMethod)>> {
    let Some(promised) = find_promise(tx, order).await? else {
        return Ok(None);
    };
    let method = PaymentMethod {
        provider: Some(promised.provider),
        token: Some(promised.method_token),
        ..PaymentMethod::default()
    };
    Ok(Some((
        promised.amount_minor,
        choose_for_order(tx.shop(), &method, costs)?,
    )))
}

async fn find_promise(tx: &Tx, order: OrderId) -> Result<Option<payment::Model>> {
    let promised = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Superseded.eq(false))
        .filter(payment::Column::CaptureMode.eq(CaptureMode::ByStaff))
        .filter(payment::Column::Status.eq(PaymentStatus::Authorized));
    Ok(promised.one(tx.db()).await?)
}

/// Has so much less of a locked promise be owed: its goods came back.
pub(in crate::payments) async fn take_off(
    tx: &Tx,
    order: &order::Model,
    promised: &payment::Model,
    minor: i64,
) -> Result<()> {
    let amounts = (promised.amount_minor, promised.amount_minor - minor);
    promise(tx, order, promised.id, amounts).await
}

/// Whether a capture is asked for and not decided.
async fn is_being_taken(tx: &Tx, payment: PaymentId) -> Result<bool> {
    let asked = capture::Entity::find()
        .filter(capture::Column::PaymentId.eq(payment))
        .filter(capture::Column::Status.eq(CaptureStatus::Requested));
    Ok(asked.one(tx.db()).await?.is_some())
}

/// What refunds took off the promise of an order, which counts as taken, less what went back because it was changed, or is on
/// its way.
async fn refunded(tx: &Tx, order: OrderId) -> Result<i64> {
    let sql = format!("select {TAKEN_OFF} - {EDIT_REFUNDS} as minor from orders o where o.id = $1");
    let minor: Vec<i64> = sql::column(tx.db(), &sql, [order.into()]).await?;
    Ok(minor.into_iter().next().unwrap_or_default())
}

/// What was taken of an order beside the payment that it was placed with, less what went back for a change.
pub(in crate::payments) async fn taken_beside(tx: &Tx, order: OrderId) -> Result<i64> {
    let sql = format!(
        "select cast(coalesce((select sum(p.captured_minor) from payment p where p.order_id = o.id \
         and p.order_version is not null and not p.superseded), 0) as bigint) - {EDIT_REFUNDS} as minor \
         from orders o where o.id = $1"
    );
    let minor: Vec<i64> = sql::column(tx.db(), &sql, [order.into()]).await?;
    Ok(minor.into_iter().next().unwrap_or_default())
}

/// How much of what an order was placed with is still to be taken of its payment: what it costs, less what was taken.
pub(in crate::payments) async fn left_of(tx: &Tx, order: &order::Model, payment: &payment::Model) -> Result<i64> {
    let taken_minor = order.credit_minor + taken_beside(tx, order.id).await? + payment.captured_minor;
    Ok((order.total_minor - taken_minor).max(0))
}

/// Whether a change of an order waits for its payment.
pub(in crate::payments) fn is_owed(order: &order::Model) -> bool {
    order.unpaid_minor > 0 && is_paid(order.status)
}

/// Notes what is left to be paid of a locked order, once a payment that a change asked for has come. Gives whether that is
/// less than before, and the order.
pub(in crate::payments) async fn recount(tx: &Tx, order: order::Model) -> Result<(bool, order::Model)> {
    let paid = Paid::of(tx, &order).await?;
    let unpaid_minor = paid.unpaid_minor(order.total_minor).min(order.unpaid_minor);
    if unpaid_minor == order.unpaid_minor {
        return Ok((false, order));
    }
    let sql = "update orders set unpaid_minor = $2 where id = $1";
    sql::execute(tx.db(), sql, [order.id.into(), unpaid_minor.into()]).await?;
    Ok((true, order::Model { unpaid_minor, ..order }))
}

/// The version that asks for what is owed of an order.
pub(in crate::payments) async fn version_of(tx: &Tx, order: OrderId) -> Result<Option<i32>> {
    let sql = "select number from order_version where order_id = $1 order by number desc limit 1";
    Ok(sql::column(tx.db(), sql, [order.into()]).await?.into_iter().next())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_taken_and_owed_is_the_total(taken in 0..500i64, held in 0..500i64, total in 0..1_000i64) {
            let paid = Paid { taken_minor: taken, held_minor: held, ..Paid::default() };
            let (unpaid, back) = (paid.unpaid_minor(total), paid.too_much_minor(total));
            prop_assert!(unpaid == 0 || back == 0, "nobody owes both ways");
            // What is held is taken as far as the total goes.
            let left_to_take = (total - (taken - back) - unpaid).clamp(0, held);
            prop_assert_eq!(taken - back + unpaid + left_to_take, total);
        }

        #[test]
        fn a_promise_is_for_the_rest(taken in 0..500i64, promised in 0..500i64, total in 0..1_000i64) {
            let id = PaymentId(uuid::Uuid::nil());
            let paid = Paid { taken_minor: taken, promise: Some((id, promised)), ..Paid::default() };
            prop_assert_eq!(paid.unpaid_minor(total), 0);
        }
    }
}
