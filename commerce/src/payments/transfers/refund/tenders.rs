//! What an order was paid with, as far as it is not back, and how a refund is shared among it.

use sea_orm::ActiveValue::Set;
use serde_json::json;
use vitrine_entity::{
    credit_account::{self, CreditKind},
    ids::{CreditAccountId, RefundId},
    order,
    order_event::OrderEventKind,
    order_refund::RefundTo,
    payment,
    payment_entry::PaymentEntryKind,
};

use super::{
    as_credit::credit_payment, begin::begin, exchanged::pass_on, reason::RefundReason, record, wanted::Wanted,
};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    credit::{self, Returnable},
    language::messages,
    orders::transition,
    payments::{
        attempts::load,
        ledger::{self, Operation},
        owed, steps,
        transfers::balance::Balance,
    },
};

/// From what an order was paid, as far as it is not back.
pub(super) enum Tender {
    Payment(Box<payment::Model>, i64),
    Account(Returnable),
    /// What staff see to, and of which nothing has come: less of it is owed.
    Promise(Box<payment::Model>, i64),
}

impl Tender {
    pub(super) fn left_minor(&self) -> i64 {
        match self {
            Self::Payment(_, left_minor) | Self::Promise(_, left_minor) => *left_minor,
            Self::Account(returnable) => returnable.left_minor(),
        }
    }
}

/// What a locked order was paid with, in the order in which it is paid back.
pub(super) async fn of_order(tx: &Tx, order: &order::Model) -> Result<Vec<Tender>> {
    let mut payments = Vec::new();
    for payment in load::lock_captured(tx, order.id).await? {
        let left_minor = Balance::read(tx, &payment).await?.refundable();
        payments.push(Tender::Payment(Box::new(payment), left_minor));
    }
    let accounts = credit::returnable(tx, order).await?.into_iter().map(Tender::Account);
    Ok(match tx.shop().profile().credit_refunded_first {
        true => accounts.chain(payments).collect(),
        false => payments.into_iter().chain(accounts).collect(),
    })
}

/// As [`of_order`], after what is still to be paid on account or in cash: for what came back nobody pays first, to have it back.
pub(super) async fn with_promise(tx: &Tx, order: &order::Model) -> Result<Vec<Tender>> {
    let mut tenders = of_order(tx, order).await?;
    if let Some(promised) = owed::lock_promise(tx, order.id).await? {
        let left_minor = Balance::read(tx, &promised).await?.capturable();
        tenders.insert(0, Tender::Promise(Box::new(promised), left_minor));
    }
    Ok(tenders)
}

/// How much each tender pays back of what is wanted: the first as much as it can.
///
/// # Errors
/// Refuses more than is left.
pub(super) fn shares(tenders: &[Tender], wanted: &Wanted) -> Result<Vec<i64>, Refusal> {
    let left: Vec<i64> = tenders.iter().map(Tender::left_minor).collect();
    let all: i64 = left.iter().sum();
    let wanted_minor = wanted.amount_minor.unwrap_or(all);
    if all == 0 && wanted.amount_minor != Some(0) {
        let message = messages::refund_nothing_paid();
        return Err(Refusal::new(ErrorCode::PaymentState, message).at(&["orderId"]));
    }
    if wanted_minor > all {
        let message = messages::refund_beyond_paid();
        return Err(Refusal::new(ErrorCode::RefundExceedsCaptured, message).at(&[wanted.field()]));
    }
    Ok(split(wanted_minor, &left))
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
pub(super) struct Refunding<'a> {
    pub(super) tx: &'a Tx,
    pub(super) id: RefundId,
    pub(super) to: RefundTo,
    /// The account that takes what goes to store credit, and pays what is sent in exchange.
    pub(super) onto: Option<CreditAccountId>,
    pub(super) reason: RefundReason<'a>,
}

impl Refunding<'_> {
    /// Pays back what each tender pays. Gives the order with the entries of its timeline that tell of it.
    pub(super) async fn pay(
        &self,
        mut order: order::Model,
        tenders: &[Tender],
        shares: &[i64],
    ) -> Result<order::Model> {
        let paying = tenders.iter().zip(shares).filter(|(_, share)| **share > 0);
        let mut written = Vec::new();
        // The first part that a provider pays has the refund's own id.
        let mut own_id = Some(self.id);
        for ((tender, share_minor), position) in paying.zip(0..) {
            let mut share = record::share(self.id, position, *share_minor);
            order = match tender {
                Tender::Payment(payment, _) => {
                    share.payment_id = Set(Some(payment.id));
                    match self.to {
                        RefundTo::Original => {
                            let id = own_id.take().unwrap_or_else(|| RefundId(self.tx.shop().new_id()));
                            share.refund_id = Set(Some(id));
                            self.pay_by_provider(order, payment, id, *share_minor).await?
                        }
                        RefundTo::StoreCredit => self.pay_as_credit(order, payment, *share_minor).await?,
                    }
                }
                Tender::Account(paid) => {
                    share.account_id = Set(Some(paid.account()));
                    self.pay_account(order, paid, *share_minor).await?
                }
                Tender::Promise(promised, _) => {
                    share.payment_id = Set(Some(promised.id));
                    self.take_off(order, promised, *share_minor).await?
                }
            };
            written.push(share);
        }
        record::write_shares(self.tx, written).await?;
        Ok(order)
    }

    async fn pay_by_provider(
        &self,
        order: order::Model,
        payment: &payment::Model,
        id: RefundId,
        amount_minor: i64,
    ) -> Result<order::Model> {
        steps::check_part(self.tx.shop(), payment, amount_minor)?;
        let data = json!({ "amountMinor": amount_minor, "payment": payment.id, "reason": self.reason.words() });
        ledger::write(
            self.tx,
            payment.id,
            PaymentEntryKind::Decision,
            Operation::Refund,
            None,
            data,
        );
        begin(self.tx, order, payment, id, amount_minor, self.reason).await
    }

    async fn pay_as_credit(
        &self,
        order: order::Model,
        payment: &payment::Model,
        amount_minor: i64,
    ) -> Result<order::Model> {
        credit_payment(self.tx, payment, amount_minor).await?;
        let account = credit::refund_as_credit(self.tx, &order, amount_minor, &self.part()).await?;
        self.tell(order, &account, amount_minor).await
    }

    async fn pay_account(&self, order: order::Model, paid: &Returnable, amount_minor: i64) -> Result<order::Model> {
        let (tx, part) = (self.tx, self.part());
        // Nobody can spend what is on a card that staff have shut.
        let has_account = order.customer_id.is_some() && self.to == RefundTo::Original;
        let to = match has_account && credit::is_shut(tx, paid.account()).await? {
            true => RefundTo::StoreCredit,
            false => self.to,
        };
        let (account, stays_minor) = match to {
            RefundTo::Original => {
                let account = credit::refund_to_account(tx, paid, amount_minor, &part).await?;
                let stays_minor = pass_on(tx, order.id, account.id, amount_minor).await?;
                (account, stays_minor)
            }
            RefundTo::StoreCredit => {
                let account = credit::refund_account_as_credit(tx, &order, paid, amount_minor, &part).await?;
                (account, amount_minor)
            }
        };
        let order = self.tell_of_passed(order, amount_minor - stays_minor).await?;
        match stays_minor {
            0 => Ok(order),
            _ => {
                let order = self.tell(order, &account, stays_minor).await?;
                credit::tell_of_shut(tx, order, account.id).await
            }
        }
    }

    /// Nothing goes back of what never came: less of it is owed, as the shopper is told.
    async fn take_off(
        &self,
        order: order::Model,
        promised: &payment::Model,
        amount_minor: i64,
    ) -> Result<order::Model> {
        owed::take_off(self.tx, &order, promised, amount_minor).await?;
        let data = json!({
            "amountMinor": amount_minor, "currency": order.currency, "reason": self.reason.told(), "to": "OWED",
        });
        transition::note(self.tx, &order, OrderEventKind::Refunded, true, data).await
    }

    /// Tells the shopper of money of an exchange that goes on to what the first order was paid with.
    async fn tell_of_passed(&self, order: order::Model, amount_minor: i64) -> Result<order::Model> {
        if amount_minor == 0 {
            return Ok(order);
        }
        let data = json!({
            "amountMinor": amount_minor, "currency": order.currency, "reason": self.reason.told(), "to": "FIRST_ORDER",
        });
        transition::note(self.tx, &order, OrderEventKind::Refunded, true, data).await
    }

    fn part(&self) -> credit::Part<'_> {
        credit::Part {
            refund: self.id,
            reason: self.reason.told(),
            onto: self.onto,
        }
    }

    /// Tells the shopper of money that is on an account of theirs.
    async fn tell(
        &self,
        order: order::Model,
        account: &credit_account::Model,
        amount_minor: i64,
    ) -> Result<order::Model> {
        let to = match (self.onto, account.kind) {
            (Some(_), _) => "EXCHANGE",
            (None, CreditKind::GiftCard) => "GIFT_CARD",
            (None, CreditKind::StoreCredit) => "STORE_CREDIT",
        };
        let data = json!({
            "amountMinor": amount_minor, "currency": order.currency, "reason": self.reason.told(),
            "to": to, "lastFour": account.last_four,
        });
        transition::note(self.tx, &order, OrderEventKind::Refunded, true, data).await
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
