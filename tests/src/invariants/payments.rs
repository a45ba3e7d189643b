//! Our payment ledger is the provider's; an order that goes on is paid, once; one that does not is
//! paid back.

use std::collections::{HashMap, HashSet};

use sea_orm::{DatabaseConnection, EntityTrait};
use vitrine_adapters::payment::simulated::SimulatedProvider;
use vitrine_commerce::ports::payment::{ChargeState, ProviderCharge};
use vitrine_entity::{
    capture::{self, CaptureStatus},
    ids::{OrderId, PaymentId},
    order::{self, OrderStatus},
    payment::{self, PaymentStatus},
    refund::{self, RefundStatus},
};

/// Everything that is known of payments, here and there.
struct Books {
    orders: HashMap<OrderId, order::Model>,
    ours: Vec<payment::Model>,
    theirs: HashMap<PaymentId, Vec<ProviderCharge>>,
    captures: Vec<capture::Model>,
    refunds: Vec<refund::Model>,
}

pub(super) async fn violations(db: &DatabaseConnection, provider: &SimulatedProvider) -> Vec<String> {
    let books = read(db, provider).await;
    let mut found = Vec::new();
    for payment in books.ours.iter().filter(|payment| payment.provider == "simulated") {
        found.extend(books.of_payment(payment));
    }
    for order in books.orders.values() {
        found.extend(books.of_order(order));
    }
    let ours: HashSet<PaymentId> = books.ours.iter().map(|payment| payment.id).collect();
    let strangers = books.theirs.keys().filter(|id| !ours.contains(id));
    found.extend(strangers.map(|id| format!("the provider charged {id}, which is not ours")));
    found
}

async fn read(db: &DatabaseConnection, provider: &SimulatedProvider) -> Books {
    let mut theirs: HashMap<PaymentId, Vec<ProviderCharge>> = HashMap::new();
    for charge in provider.ledger().await.expect("the provider's ledger") {
        theirs.entry(charge.payment).or_default().push(charge);
    }
    let orders = order::Entity::find().all(db).await.expect("orders");
    Books {
        orders: orders.into_iter().map(|order| (order.id, order)).collect(),
        ours: payment::Entity::find().all(db).await.expect("payments"),
        theirs,
        captures: capture::Entity::find().all(db).await.expect("captures"),
        refunds: refund::Entity::find().all(db).await.expect("refunds"),
    }
}

impl Books {
    fn charges(&self, payment: PaymentId) -> &[ProviderCharge] {
        self.theirs.get(&payment).map_or(&[], Vec::as_slice)
    }

    fn of_payment(&self, payment: &payment::Model) -> Vec<String> {
        let mut found = Vec::new();
        let charges = self.charges(payment.id);
        let captured: i64 = charges.iter().map(|charge| charge.captured_minor).sum();
        let refunded: i64 = charges.iter().map(|charge| charge.refunded_minor).sum();
        if (payment.captured_minor, payment.refunded_minor) != (captured, refunded) {
            found.push(format!(
                "{}: captured {} and refunded {} here, {captured} and {refunded} there",
                payment.id, payment.captured_minor, payment.refunded_minor
            ));
        }
        let is_open = matches!(
            payment.status,
            PaymentStatus::Created | PaymentStatus::Unknown | PaymentStatus::Pending
        );
        // What the provider never heard of is given up once no call can be on its way any more.
        let is_dead = self.orders[&payment.order_id].status == OrderStatus::Cancelled && charges.is_empty();
        if is_open && !is_dead {
            found.push(format!("{} is still {:?}", payment.id, payment.status));
        }
        let back = self.refunds.iter().filter(|refund| refund.payment_id == payment.id);
        let back: i64 = back
            .filter(|refund| refund.status == RefundStatus::Succeeded)
            .map(|refund| refund.amount_minor)
            .sum();
        if back != payment.refunded_minor || payment.refunded_minor > payment.captured_minor {
            found.push(format!(
                "{}: {} refunded of {} captured, and {back} by refunds",
                payment.id, payment.refunded_minor, payment.captured_minor
            ));
        }
        found
    }

    /// At most one payment is live or has succeeded, and what is kept is what is due.
    fn of_order(&self, order: &order::Model) -> Vec<String> {
        let mut found = Vec::new();
        let payments = || self.ours.iter().filter(|payment| payment.order_id == order.id);
        let live = payments()
            .flat_map(|payment| self.charges(payment.id))
            .filter(|charge| match charge.state {
                ChargeState::Captured => charge.captured_minor > charge.refunded_minor,
                ChargeState::Declined { .. } | ChargeState::Voided => false,
                ChargeState::Authorized | ChargeState::ActionRequired { .. } | ChargeState::Pending => true,
            });
        let live = live.count();
        let kept: i64 = payments()
            .map(|payment| payment.captured_minor - payment.refunded_minor)
            .sum();
        let is_refused = self
            .refunds
            .iter()
            .any(|refund| refund.order_id == order.id && refund.status == RefundStatus::Failed);
        match order.status {
            OrderStatus::PaymentSuccess | OrderStatus::Confirmed | OrderStatus::Dispatched | OrderStatus::Completed => {
                if live > 1 {
                    found.push(format!(
                        "order {} has {live} live payments at the provider",
                        order.number
                    ));
                }
                found.extend(self.of_paid(order));
            }
            // Staff were told of a refund that the provider refused.
            OrderStatus::Cancelled if is_refused => {}
            OrderStatus::Cancelled
            | OrderStatus::Created
            | OrderStatus::PaymentPending
            | OrderStatus::PaymentFailed => {
                if kept != 0 {
                    found.push(format!(
                        "order {} is {:?} and {kept} is kept",
                        order.number, order.status
                    ));
                }
            }
        }
        found
    }

    fn of_paid(&self, order: &order::Model) -> Option<String> {
        if order.total_minor == 0 {
            return None;
        }
        let mut payments = self.ours.iter().filter(|payment| payment.order_id == order.id);
        let Some(payment) = payments.find(|payment| {
            matches!(
                payment.status,
                PaymentStatus::Authorized | PaymentStatus::Captured | PaymentStatus::Refunded
            )
        }) else {
            return Some(format!("order {} is {:?} and not paid", order.number, order.status));
        };
        let asked_for = self
            .captures
            .iter()
            .find(|capture| capture.payment_id == payment.id && capture.status == CaptureStatus::Succeeded)
            .map_or(order.total_minor, |capture| capture.amount_minor);
        let is_held = payment.status == PaymentStatus::Authorized && payment.captured_minor == 0;
        (!is_held && payment.captured_minor != asked_for).then(|| {
            format!(
                "order {} is {:?} and {} of {asked_for} was captured",
                order.number, order.status, payment.captured_minor
            )
        })
    }
}
