//! Staff pay back money of an order: to what it was paid with, or as store credit of its customer.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{
    credit_account::{self, CreditKind},
    credit_entry,
    ids::{OrderId, RefundId},
    order,
    order_event::OrderEventKind,
    payment,
    payment_entry::PaymentEntryKind,
    refund,
};

use super::{reason::RefundReason, request::begin};
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx,
    credit::{self, Returnable},
    idempotency::{self, Claim},
    money::Money,
    orders::transition,
    payments::{
        attempts::load,
        ledger::{self, Operation},
        steps,
        transfers::{amount::amount, balance::Balance},
    },
    sql,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// Where the money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RefundTo {
    /// To what the order was paid with, in the order that the shop's settings say.
    #[default]
    Original,
    /// Onto the store credit of the order's customer.
    StoreCredit,
}

/// Which order's money to pay back, how much of it, and where to.
#[derive(Debug, Clone)]
pub struct RefundOrder {
    pub order: OrderId,
    /// A decimal in the order's currency; all that is left where it is not given.
    pub amount: Option<String>,
    pub to: RefundTo,
    /// Shown to the shopper.
    pub reason: Option<String>,
    /// Chosen by the client, once for each refund it means to make.
    pub idempotency_key: String,
}

/// What a refund came to.
#[derive(Debug, Clone)]
pub struct OrderRefund {
    pub order: OrderId,
    /// The part that the provider pays back, which is under way.
    pub refund: Option<refund::Model>,
    /// The parts that are on gift cards and store credit.
    pub credits: Vec<(credit_entry::Model, credit_account::Model)>,
}

/// From what an order was paid, as far as it is not back.
enum Source {
    Payment(Box<payment::Model>, i64),
    Account(Returnable),
}

impl Source {
    fn left_minor(&self) -> i64 {
        match self {
            Self::Payment(_, left_minor) => *left_minor,
            Self::Account(returnable) => returnable.left_minor(),
        }
    }
}

/// Pays back. What goes to gift cards and store credit is there with the answer; a job has the provider pay the rest.
///
/// # Errors
/// Refuses whoever may not, more than was paid and is not back or on its way yet, however many ask at once, and store credit
/// for a guest.
pub async fn refund_order(shop: &Shop, context: &Context, input: RefundOrder) -> Result<OrderRefund> {
    permission::require(context, Permission::Refunds)?;
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    let reason = &text::optional_line(&["reason"], input.reason.as_deref(), 200)?;
    let input = &input;
    let id = shop.transact_keyed(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        let id = RefundId(shop.new_id());
        let to = match input.to {
            RefundTo::Original => "original",
            RefundTo::StoreCredit => "store credit",
        };
        let reason = reason.as_deref().map_or(RefundReason::ShopDecided, RefundReason::Given);
        let parts = [
            &*order.id.to_string(),
            input.amount.as_deref().unwrap_or("all"),
            to,
            reason.words(),
        ];
        let request = idempotency::Request::of_staff(&tx, "order_refund", key, &parts);
        if let Claim::Replay(id) = idempotency::claim(&tx, &request, order.id, id).await? {
            return Ok(id);
        }
        let wanted = amount(input.amount.as_deref(), &order)?;
        let sources = sources(&tx, &order).await?;
        let shares = shares(&sources, wanted)?;
        let amount_minor: i64 = shares.iter().sum();
        let data = json!({ "amountMinor": amount_minor, "to": to, "reason": reason.words() });
        audit(&tx, "order.refund", order.id.to_string(), data).await?;
        let refunding = Refunding {
            tx: &tx,
            id,
            to: input.to,
            reason,
        };
        refunding.pay(order, sources, &shares).await?;
        Ok(id)
    });
    let id = id.await?;
    read(shop, input.order, id).await
}

async fn read(shop: &Shop, order: OrderId, id: RefundId) -> Result<OrderRefund> {
    Ok(OrderRefund {
        order,
        refund: refund::Entity::find_by_id(id).one(&shop.db).await?,
        credits: credit::of_refund(shop, id).await?,
    })
}

/// What there is to pay back, in the order in which it is.
async fn sources(tx: &Tx, order: &order::Model) -> Result<Vec<Source>> {
    let mut payments = Vec::new();
    for payment in load::lock_captured(tx, order.id).await? {
        let left_minor = Balance::read(tx, &payment).await?.refundable();
        payments.push(Source::Payment(Box::new(payment), left_minor));
    }
    let accounts = credit::returnable(tx, order).await?.into_iter().map(Source::Account);
    Ok(match tx.shop().profile().credit_refunded_first {
        true => accounts.chain(payments).collect(),
        false => payments.into_iter().chain(accounts).collect(),
    })
}

/// How much of what is wanted, or of all, each source pays back: the first as much as it can.
fn shares(sources: &[Source], wanted: Option<i64>) -> Result<Vec<i64>, Refusal> {
    let left: Vec<i64> = sources.iter().map(Source::left_minor).collect();
    let all: i64 = left.iter().sum();
    if all == 0 {
        let message = "There is nothing to pay back: nothing was paid, or all of it is back or on its way.";
        return Err(Refusal::new(ErrorCode::PaymentState, message).at(&["orderId"]));
    }
    let wanted = wanted.unwrap_or(all);
    if wanted > all {
        let message = "More cannot be paid back than was paid and is not back or on its way yet.";
        return Err(Refusal::new(ErrorCode::RefundExceedsCaptured, message).at(&["amount"]));
    }
    Ok(split(wanted, &left))
}

fn split(mut wanted: i64, left: &[i64]) -> Vec<i64> {
    let take = |left: &i64| {
        let share = wanted.min(*left);
        wanted -= share;
        share
    };
    left.iter().map(take).collect()
}

/// A refund while it is made.
struct Refunding<'a> {
    tx: &'a Tx,
    id: RefundId,
    to: RefundTo,
    reason: RefundReason<'a>,
}

impl Refunding<'_> {
    async fn pay(&self, mut order: order::Model, sources: Vec<Source>, shares: &[i64]) -> Result<()> {
        // The first part that a provider pays has the refund's own id.
        let mut id = Some(self.id);
        for (source, share_minor) in sources.iter().zip(shares).filter(|(_, share)| **share > 0) {
            order = match (source, self.to) {
                (Source::Payment(payment, _), RefundTo::Original) => {
                    let id = id.take().unwrap_or_else(|| RefundId(self.tx.shop().new_id()));
                    self.pay_by_provider(order, payment, id, *share_minor).await?
                }
                (Source::Payment(payment, _), RefundTo::StoreCredit) => {
                    credit_payment(self.tx, payment, *share_minor).await?;
                    let account = credit::refund_as_credit(self.tx, &order, *share_minor, &self.part()).await?;
                    self.tell(order, &account, *share_minor).await?
                }
                (Source::Account(paid), RefundTo::Original) => {
                    let account = credit::refund_to_account(self.tx, paid, *share_minor, &self.part()).await?;
                    self.tell(order, &account, *share_minor).await?
                }
                (Source::Account(paid), RefundTo::StoreCredit) => {
                    let part = self.part();
                    let account = credit::refund_account_as_credit(self.tx, &order, paid, *share_minor, &part).await?;
                    self.tell(order, &account, *share_minor).await?
                }
            };
        }
        Ok(())
    }

    fn part(&self) -> credit::Part<'_> {
        credit::Part {
            refund: self.id,
            reason: self.reason.told(),
        }
    }

    async fn pay_by_provider(
        &self,
        order: order::Model,
        payment: &payment::Model,
        id: RefundId,
        amount_minor: i64,
    ) -> Result<order::Model> {
        steps::check_part(self.tx.shop(), payment, amount_minor)?;
        self.note_decision(payment, Operation::Refund, amount_minor);
        begin(self.tx, order, payment, id, amount_minor, self.reason).await
    }

    fn note_decision(&self, payment: &payment::Model, operation: Operation, amount_minor: i64) {
        let data = json!({ "amountMinor": amount_minor, "payment": payment.id, "reason": self.reason.words() });
        ledger::write(self.tx, payment.id, PaymentEntryKind::Decision, operation, None, data);
    }

    /// Tells the shopper of money that is on an account of theirs.
    async fn tell(
        &self,
        order: order::Model,
        account: &credit_account::Model,
        amount_minor: i64,
    ) -> Result<order::Model> {
        let to = match account.kind {
            CreditKind::GiftCard => "GIFT_CARD",
            CreditKind::StoreCredit => "STORE_CREDIT",
        };
        let data = json!({
            "amountMinor": amount_minor, "currency": order.currency, "reason": self.reason.told(),
            "to": to, "lastFour": account.last_four,
        });
        transition::note(self.tx, &order, OrderEventKind::Refunded, true, data).await
    }
}

/// Notes that a part of what was captured is paid back as store credit: never more than is left of it.
async fn credit_payment(tx: &Tx, payment: &payment::Model, amount_minor: i64) -> Result<()> {
    let sql = "update payment set credited_minor = credited_minor + $2 \
               where id = $1 and refunded_minor + credited_minor + $2 <= captured_minor";
    let changed = sql::execute(tx.db(), sql, [payment.id.into(), amount_minor.into()]).await?;
    let money = Money::new(amount_minor, payment.currency);
    match changed {
        1 => {
            let data = json!({ "amountMinor": amount_minor, "payment": payment.id, "to": "STORE_CREDIT" });
            let kind = PaymentEntryKind::Decision;
            ledger::write(tx, payment.id, kind, Operation::RefundAsCredit, None, data);
            Ok(())
        }
        _ => Err(Fault::Other(format!("{} has no {money} left to pay back", payment.id), None).into()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::split;

    proptest! {
        #[test]
        fn what_is_paid_back_is_what_was_asked_for_and_nowhere_more_than_was_paid(
            left in prop::collection::vec(0..10_000_i64, 0..6), part in 0.0..=1.0_f64,
        ) {
            let all: i64 = left.iter().sum();
            let wanted = (all as f64 * part) as i64;
            let shares = split(wanted, &left);
            prop_assert_eq!(shares.iter().sum::<i64>(), wanted);
            let mut is_short = false;
            for (share, left) in shares.iter().zip(&left) {
                prop_assert!((0..=*left).contains(share));
                prop_assert!(!is_short || *share == 0, "the first pays as much as it can");
                is_short |= share < left;
            }
        }
    }
}
