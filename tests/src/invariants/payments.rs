//! Our payment ledger is the provider's; an order that goes on is paid, once; one that does not is
//! paid back.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

use sea_orm::{DatabaseConnection, EntityTrait};
use vitrine_adapters::payment::simulated::SimulatedProvider;
use vitrine_commerce::{
    orders::due_minor,
    ports::payment::{ChargeState, ProviderCharge},
};
use vitrine_entity::{
    capture::{self, CaptureStatus},
    ids::{OrderId, PaymentId, RefundId},
    order::{self, OrderStatus},
    order_refund::{self, RefundTo},
    order_version,
    payment::{self, CaptureMode, PaymentStatus},
    refund::{self, RefundStatus},
    refund_share,
};

/// Everything that is known of payments, here and there.
struct Books {
    orders: HashMap<OrderId, order::Model>,
    ours: HashMap<OrderId, Vec<payment::Model>>,
    theirs: HashMap<PaymentId, Vec<ProviderCharge>>,
    captures: HashMap<PaymentId, Vec<capture::Model>>,
    refunds: HashMap<PaymentId, Vec<refund::Model>>,
    versions: HashMap<OrderId, Vec<order_version::Model>>,
    /// What each refund came to, as far as it did not fail.
    paid_back: HashMap<RefundId, i64>,
    /// What refunds took off what is promised by each payment: as if it had come and gone back.
    taken_off: HashMap<PaymentId, i64>,
}

pub(super) async fn violations(db: &DatabaseConnection, provider: &SimulatedProvider) -> Vec<String> {
    let books = read(db, provider).await;
    let mut found = Vec::new();
    let ours = || books.ours.values().flatten();
    for payment in ours().filter(|payment| payment.provider == "simulated") {
        found.extend(books.of_payment(payment));
    }
    for order in books.orders.values() {
        found.extend(books.of_order(order));
    }
    let known: HashSet<PaymentId> = ours().map(|payment| payment.id).collect();
    let strangers = books.theirs.keys().filter(|id| !known.contains(id));
    found.extend(strangers.map(|id| format!("the provider charged {id}, which is not ours")));
    found
}

async fn read(db: &DatabaseConnection, provider: &SimulatedProvider) -> Books {
    let orders = order::Entity::find().all(db).await.expect("orders");
    let ours = payment::Entity::find().all(db).await.expect("payments");
    let theirs = provider.ledger().await.expect("the provider's ledger");
    let captures = capture::Entity::find().all(db).await.expect("captures");
    let refunds = refund::Entity::find().all(db).await.expect("refunds");
    let versions = order_version::Entity::find().all(db).await.expect("versions");
    let shares = refund_share::Entity::find().all(db).await.expect("shares of refunds");
    let failed: HashSet<RefundId> = refunds
        .iter()
        .filter(|refund| refund.status == RefundStatus::Failed)
        .map(|refund| refund.id)
        .collect();
    let wholes = order_refund::Entity::find().all(db).await.expect("refunds of orders");
    let to_origin = wholes.iter().filter(|whole| whole.destination == RefundTo::Original);
    let to_origin: HashSet<RefundId> = to_origin.map(|whole| whole.id).collect();
    let mut paid_back: HashMap<RefundId, i64> = HashMap::new();
    let mut taken_off: HashMap<PaymentId, i64> = HashMap::new();
    for share in shares {
        if let (Some(payment), None) = (share.payment_id, share.refund_id)
            && to_origin.contains(&share.order_refund_id)
        {
            *taken_off.entry(payment).or_default() += share.amount_minor;
        }
        if share.refund_id.is_none_or(|id| !failed.contains(&id)) {
            *paid_back.entry(share.order_refund_id).or_default() += share.amount_minor;
        }
    }
    Books {
        versions: by(versions, |version| version.order_id),
        paid_back,
        taken_off,
        orders: orders.into_iter().map(|order| (order.id, order)).collect(),
        ours: by(ours, |payment| payment.order_id),
        theirs: by(theirs, |charge| charge.payment),
        captures: by(captures, |capture| capture.payment_id),
        refunds: by(refunds, |refund| refund.payment_id),
    }
}

/// By what each belongs to: of a million orders nobody goes through all payments for each.
fn by<K: Eq + Hash, T>(rows: Vec<T>, key: impl Fn(&T) -> K) -> HashMap<K, Vec<T>> {
    let mut sorted: HashMap<K, Vec<T>> = HashMap::new();
    for row in rows {
        sorted.entry(key(&row)).or_default().push(row);
    }
    sorted
}

fn of<'a, K: Eq + Hash, T>(rows: &'a HashMap<K, Vec<T>>, key: &K) -> &'a [T] {
    rows.get(key).map_or(&[], Vec::as_slice)
}

impl Books {
    fn of_payment(&self, payment: &payment::Model) -> Vec<String> {
        let mut found = Vec::new();
        let charges = of(&self.theirs, &payment.id);
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
        let back: i64 = of(&self.refunds, &payment.id)
            .iter()
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
        let payments = of(&self.ours, &order.id);
        let is_live = |charge: &&ProviderCharge| match charge.state {
            ChargeState::Captured => charge.captured_minor > charge.refunded_minor,
            ChargeState::Declined { .. } | ChargeState::Voided => false,
            ChargeState::Authorized
            | ChargeState::ActionRequired { .. }
            | ChargeState::Approved
            | ChargeState::Pending => true,
        };
        // A change that puts something on is paid by one of its own.
        let mut live_by_version: HashMap<Option<i32>, usize> = HashMap::new();
        for payment in payments {
            let live = of(&self.theirs, &payment.id).iter().filter(is_live).count();
            *live_by_version.entry(payment.order_version).or_default() += live;
        }
        let live = live_by_version.values().copied().max().unwrap_or_default();
        let kept: i64 = payments
            .iter()
            .map(|payment| payment.captured_minor - payment.refunded_minor - payment.credited_minor)
            .sum();
        let is_refused = payments
            .iter()
            .flat_map(|payment| of(&self.refunds, &payment.id))
            .any(|refund| refund.status == RefundStatus::Failed);
        match order.status {
            OrderStatus::PaymentSuccess | OrderStatus::Confirmed | OrderStatus::Dispatched | OrderStatus::Completed => {
                if live > 1 {
                    found.push(format!(
                        "order {} has {live} live payments at the provider",
                        order.number
                    ));
                }
                match of(&self.versions, &order.id) {
                    [] => found.extend(self.of_paid(order)),
                    versions => found.extend(self.of_changed(order, versions)),
                }
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

    /// Of an order that was changed: what was taken, less what went back for that, is what it costs and is not owed. What is
    /// held, or promised, may be the rest; and where all was paid back for another reason, there is nothing to go back.
    fn of_changed(&self, order: &order::Model, versions: &[order_version::Model]) -> Option<String> {
        let payments = of(&self.ours, &order.id).iter().filter(|payment| !payment.superseded);
        let back: i64 = versions
            .iter()
            .filter_map(|version| self.paid_back.get(&version.refund_id?))
            .sum();
        let captured = payments.clone().map(|payment| {
            let taken_off = self.taken_off.get(&payment.id).copied().unwrap_or_default();
            payment.captured_minor + taken_off
        });
        let taken = captured.sum::<i64>() + order.credit_minor - back;
        let due = order.total_minor - order.unpaid_minor;
        let may_take_more = payments.clone().any(|payment| {
            payment.status == PaymentStatus::Authorized
                || payment.capture_mode == CaptureMode::OnDispatch && payment.captured_minor < payment.amount_minor
        });
        let kept = payments
            .clone()
            .map(|payment| payment.captured_minor - payment.refunded_minor);
        let is_kept = kept.sum::<i64>() > 0;
        let is_refused = payments
            .flat_map(|payment| of(&self.refunds, &payment.id))
            .any(|refund| refund.status == RefundStatus::Failed);
        let is_right = taken == due || taken < due && may_take_more || taken > due && (is_refused || !is_kept);
        (!is_right).then(|| format!("order {} was changed: {taken} of {due} was taken", order.number))
    }

    fn of_paid(&self, order: &order::Model) -> Option<String> {
        let due_minor = due_minor(order);
        if due_minor == 0 {
            return None;
        }
        let Some(payment) = of(&self.ours, &order.id).iter().find(|payment| {
            matches!(
                payment.status,
                PaymentStatus::Authorized | PaymentStatus::Captured | PaymentStatus::Refunded
            )
        }) else {
            return Some(format!("order {} is {:?} and not paid", order.number, order.status));
        };
        let parts = of(&self.captures, &payment.id).iter();
        let parts = parts.filter(|capture| capture.status == CaptureStatus::Succeeded);
        let parts: Vec<_> = parts.map(|capture| capture.amount_minor).collect();
        let asked_for = match parts.as_slice() {
            [] => due_minor,
            parts => parts.iter().sum(),
        };
        let is_held = payment.status == PaymentStatus::Authorized && payment.captured_minor == 0;
        (!is_held && payment.captured_minor != asked_for).then(|| {
            format!(
                "order {} is {:?} and {} of {asked_for} was captured",
                order.number, order.status, payment.captured_minor
            )
        })
    }
}
