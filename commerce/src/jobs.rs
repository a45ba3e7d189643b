//! What is done after an answer: every job, the queue of each, and one exhaustive [`run`].
//!
//! A job carries ids and nothing else: it reloads what they name, checks again, acts, and
//! finishes its lease in the transaction of its effects. Its stored form names its version; a
//! change of meaning is a new variant beside the old one, which stays until no row holds it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vitrine_entity::{
    ids::{CaptureId, OrderId, PaymentId, ProductId, ReconciliationFindingId, ReconciliationId, RefundId, VariantId},
    outbox::Queue,
};

use crate::{Context, Error, Fault, Result, Shop, catalog, notifications, orders, outbox::Lease, payments};

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job")]
pub enum Job {
    /// Charges a payment attempt.
    #[serde(rename = "process_payment.v1")]
    ProcessPayment { payment: PaymentId },
    /// Looks an undecided attempt up at the provider until its outcome is known.
    #[serde(rename = "settle_payment.v1")]
    SettlePayment { payment: PaymentId },
    /// Looks an attempt up once, whatever we believe of it.
    #[serde(rename = "check_payment.v1")]
    CheckPayment { payment: PaymentId },
    /// Turns a paid order's reservation into a deduction and confirms the order.
    #[serde(rename = "deduct_stock.v1")]
    DeductStock { order: OrderId },
    /// Cancels an order that was not paid while its stock was held.
    #[serde(rename = "expire_order.v1")]
    ExpireOrder { order: OrderId },
    /// Gives up an authorization, or an attempt that waits for the shopper.
    #[serde(rename = "void_payment.v1")]
    VoidPayment { payment: PaymentId },
    #[serde(rename = "refund_payment.v1")]
    RefundPayment { refund: RefundId },
    /// Takes the money that an authorization holds.
    #[serde(rename = "capture_payment.v1")]
    CapturePayment { capture: CaptureId },
    /// Tells staff of an authorization that is about to lapse.
    #[serde(rename = "watch_authorization.v1")]
    WatchAuthorization { payment: PaymentId },
    /// Compares our payment ledger with a provider's books, from where it stands.
    #[serde(rename = "reconcile_payments.v1")]
    ReconcilePayments { reconciliation: ReconciliationId },
    /// Mends what a reconciliation found, once staff have approved it.
    #[serde(rename = "repair_finding.v1")]
    RepairFinding { finding: ReconciliationFindingId },
    /// Sends the mail of one timeline entry.
    #[serde(rename = "send_order_mail.v1")]
    SendOrderMail { order: OrderId, event: i64 },
    /// Tells staff that little is left of a variant.
    #[serde(rename = "send_low_stock_mail.v1")]
    SendLowStockMail { variant: VariantId },
    /// Brings the listing rows and search documents of products up to date.
    #[serde(rename = "index_products.v1")]
    IndexProducts { products: Vec<ProductId> },
}

impl Job {
    /// Where it waits.
    pub fn queue(&self) -> Queue {
        match self {
            Self::ProcessPayment { .. }
            | Self::SettlePayment { .. }
            | Self::CheckPayment { .. }
            | Self::ExpireOrder { .. }
            | Self::VoidPayment { .. }
            | Self::RefundPayment { .. }
            | Self::CapturePayment { .. }
            | Self::WatchAuthorization { .. }
            | Self::ReconcilePayments { .. }
            | Self::RepairFinding { .. } => Queue::Payment,
            Self::DeductStock { .. } => Queue::Stock,
            Self::SendOrderMail { .. } | Self::SendLowStockMail { .. } => Queue::Mail,
            Self::IndexProducts { .. } => Queue::Search,
        }
    }

    /// Its name in logs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ProcessPayment { .. } => "process_payment",
            Self::SettlePayment { .. } => "settle_payment",
            Self::CheckPayment { .. } => "check_payment",
            Self::DeductStock { .. } => "deduct_stock",
            Self::ExpireOrder { .. } => "expire_order",
            Self::VoidPayment { .. } => "void_payment",
            Self::RefundPayment { .. } => "refund_payment",
            Self::CapturePayment { .. } => "capture_payment",
            Self::WatchAuthorization { .. } => "watch_authorization",
            Self::ReconcilePayments { .. } => "reconcile_payments",
            Self::RepairFinding { .. } => "repair_finding",
            Self::SendOrderMail { .. } => "send_order_mail",
            Self::SendLowStockMail { .. } => "send_low_stock_mail",
            Self::IndexProducts { .. } => "index_products",
        }
    }

    /// What it is about, where that is one thing: by this its jobs are found.
    pub fn subject(&self) -> Option<Uuid> {
        match self {
            Self::ProcessPayment { payment }
            | Self::SettlePayment { payment }
            | Self::CheckPayment { payment }
            | Self::VoidPayment { payment }
            | Self::WatchAuthorization { payment } => Some(payment.0),
            Self::DeductStock { order } | Self::ExpireOrder { order } | Self::SendOrderMail { order, .. } => {
                Some(order.0)
            }
            Self::RefundPayment { refund } => Some(refund.0),
            Self::CapturePayment { capture } => Some(capture.0),
            Self::ReconcilePayments { reconciliation } => Some(reconciliation.0),
            Self::RepairFinding { finding } => Some(finding.0),
            Self::SendLowStockMail { variant } => Some(variant.0),
            Self::IndexProducts { .. } => None,
        }
    }
}

/// What a job that did not finish wants. Chosen where the error is understood.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Again, after a growing pause, a bounded number of times.
    #[error(transparent)]
    Retry(Error),
    /// Again at a time of its own choosing; not counted as an attempt.
    #[error("deferred by {0}")]
    Defer(chrono::TimeDelta),
    /// Again after a pause of its own choosing, because something outside is away, which is no
    /// fault of the job's: not counted as an attempt, or a long outage would bury whatever was due
    /// meanwhile. What may last for ever is bounded by whoever chooses this.
    #[error("something that the job needs is away")]
    Outage {
        #[source]
        error: Error,
        pause: chrono::TimeDelta,
    },
    /// Never again by itself: staff look at it.
    #[error(transparent)]
    Bury(Error),
}

impl JobError {
    /// As it is, but again after `longest` at the latest.
    pub(crate) fn within(self, longest: chrono::TimeDelta) -> Self {
        match self {
            Self::Defer(pause) => Self::Defer(pause.min(longest)),
            Self::Outage { error, pause } => Self::Outage {
                error,
                pause: pause.min(longest),
            },
            other => other,
        }
    }
}

impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        match error {
            // A rule said no: it will say no again.
            Error::Refused(_) => Self::Bury(error),
            Error::Fault(_) => Self::Retry(error),
        }
    }
}

impl From<Fault> for JobError {
    fn from(fault: Fault) -> Self {
        Self::Retry(fault.into())
    }
}

impl From<sea_orm::DbErr> for JobError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Retry(error.into())
    }
}

/// Does `job`. Whoever calls it holds the job's `lease`; the handler finishes it.
pub async fn run(shop: &Shop, context: &Context, job: &Job, lease: &Lease) -> Result<(), JobError> {
    match job {
        Job::ProcessPayment { payment } => payments::attempts::process::run(shop, context, lease, *payment).await,
        Job::SettlePayment { payment } => payments::attempts::settle::run(shop, context, lease, *payment).await,
        Job::CheckPayment { payment } => payments::attempts::check::run(shop, context, lease, *payment).await,
        Job::VoidPayment { payment } => payments::attempts::void::run(shop, context, lease, *payment).await,
        Job::RefundPayment { refund } => payments::transfers::refund::run::run(shop, context, lease, *refund).await,
        Job::CapturePayment { capture } => payments::transfers::capture::run::run(shop, context, lease, *capture).await,
        Job::WatchAuthorization { payment } => payments::attempts::watch::run(shop, context, lease, *payment).await,
        Job::ReconcilePayments { reconciliation } => {
            payments::reconciliation::run::run(shop, context, lease, *reconciliation).await
        }
        Job::RepairFinding { finding } => payments::reconciliation::repair::run(shop, context, lease, *finding).await,
        Job::DeductStock { order } => orders::confirm::run(shop, context, lease, *order).await,
        Job::ExpireOrder { order } => orders::expire::run(shop, context, lease, *order).await,
        Job::SendOrderMail { order, event } => notifications::mail::run(shop, context, lease, *order, *event).await,
        Job::SendLowStockMail { variant } => notifications::mail::low_stock::run(shop, lease, *variant).await,
        Job::IndexProducts { products } => catalog::index::run(shop, context, lease, products).await,
    }
}
