//! The words of every job: what it is called, where it waits, and what it is about. What it does
//! stands in the room that [`work`](crate::work) leads to.
//!
//! A job carries ids and nothing else: its handler reloads what they name, checks again, acts, and
//! finishes its lease in the transaction of its effects. Its stored form names its version; a
//! change of meaning is a new row in the table beside the old one, which stays until no outbox row
//! holds it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vitrine_entity::{
    ids::{
        BulkOperationId, CaptureId, CategoryId, CollectionId, CreditAccountId, CustomerEmailChangeId, CustomerId,
        CustomerNoticeId, CustomerPasswordResetId, CustomerSignUpId, DiscountCodeBatchId, DocumentId, DraftOrderId,
        EventId, ExportId, ImportedOrderId, LegacyOrderId, LocationId, MediaImportId, OrderId, OrderMailResendId,
        PaymentId, PersonErasureId, PersonExportId, PriceScheduleId, ProductId, ProductImportId, ProviderCustomerId,
        PurchaseRequestId, PushSubscriptionId, ReconciliationFindingId, ReconciliationId, RefundId,
        SavedPaymentMethodId, ShipmentId, StaffInvitationId, StaffPasswordResetId, StockAlertId, VariantId,
        WebhookEndpointId, WithdrawalId,
    },
    outbox::Queue,
};

use crate::{Error, Fault, ports::search::SearchError};

/// How long a job waits for a search engine that is away. It does so for ever: an index that comes back
/// must be brought up to date, however long it was gone.
const SEARCH_OUTAGE_PAUSE: chrono::TimeDelta = chrono::TimeDelta::seconds(30);

/// How long a job waits whose products changed while they were indexed.
const SEARCH_BUSY_PAUSE: chrono::TimeDelta = chrono::TimeDelta::seconds(1);

/// After how long a job is tried again while the database is away.
const DATABASE_OUTAGE_PAUSE: chrono::TimeDelta = chrono::TimeDelta::seconds(5);

/// The table of all jobs: `Name { ids } = "stored name", Queue, subject`. The subject is the one
/// thing that the job is about, by which its rows are found; `_` where there is no single one.
macro_rules! jobs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$form:meta])? $field:ident: $type:ty),* } = $tag:literal, $queue:ident, $subject:tt;)*) => {
        /// Something to be done.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "job")]
        pub enum Job {
            $($(#[$doc])* #[serde(rename = $tag)] $name { $($(#[$form])? $field: $type),* },)*
        }

        impl Job {
            /// Where it waits.
            pub fn queue(&self) -> Queue {
                match self { $(Self::$name { .. } => Queue::$queue,)* }
            }

            /// Its name in logs, without its version.
            pub fn name(&self) -> &'static str {
                let stored = self.stored_name();
                stored.split_once('.').map_or(stored, |(name, _)| name)
            }

            /// Its name in the outbox, with its version.
            pub(crate) fn stored_name(&self) -> &'static str {
                match self { $(Self::$name { .. } => $tag,)* }
            }

            /// What it is about, where that is one thing.
            pub fn subject(&self) -> Option<Uuid> {
                match self { $(subject!($name, $subject) => subject!($subject),)* }
            }
        }
    };
}

macro_rules! subject {
    ($name:ident, _) => {
        Self::$name { .. }
    };
    ($name:ident, $subject:ident) => {
        Self::$name { $subject, .. }
    };
    (_) => {
        None
    };
    ($subject:ident) => {
        Some(Uuid::from(*$subject))
    };
}

jobs! {
    /// Charges a payment attempt.
    ProcessPayment { payment: PaymentId } = "process_payment.v1", Payment, payment;
    /// Looks an undecided attempt up at the provider until its outcome is known.
    SettlePayment { payment: PaymentId } = "settle_payment.v1", Payment, payment;
    /// Looks an attempt up once, whatever we believe of it.
    CheckPayment { payment: PaymentId } = "check_payment.v1", Payment, payment;
    /// Gives up an authorization, or an attempt that waits for the shopper.
    VoidPayment { payment: PaymentId } = "void_payment.v1", Payment, payment;
    /// Pays money back.
    RefundPayment { refund: RefundId } = "refund_payment.v1", Payment, refund;
    /// Takes the money that an authorization holds.
    CapturePayment { capture: CaptureId } = "capture_payment.v1", Payment, capture;
    /// Tells staff of an authorization that is about to lapse.
    WatchAuthorization { payment: PaymentId } = "watch_authorization.v1", Payment, payment;
    /// Has a provider forget a card that its owner has removed.
    DetachPaymentMethod { method: SavedPaymentMethodId } = "detach_payment_method.v1", Payment, method;
    /// Looks whether a provider keeps a card still, and what has become of it.
    CheckPaymentMethod { method: SavedPaymentMethodId } = "check_payment_method.v1", Payment, method;
    /// Looks whether a provider has a customer still for whom it keeps cards.
    CheckProviderCustomer { customer: ProviderCustomerId } = "check_provider_customer.v1", Payment, customer;
    /// Has a provider forget somebody who was erased, with every card of theirs.
    DeleteProviderCustomer { customer: ProviderCustomerId } = "delete_provider_customer.v1", Payment, customer;
    /// Compares our payment ledger with a provider's books, from where it stands.
    ReconcilePayments { reconciliation: ReconciliationId } = "reconcile_payments.v1", Payment, reconciliation;
    /// Mends what a reconciliation found, once staff have approved it.
    RepairFinding { finding: ReconciliationFindingId } = "repair_finding.v1", Payment, finding;
    /// Cancels an order that was not paid while its stock was held. In the payments' queue, for it
    /// asks the provider first.
    ExpireOrder { order: OrderId } = "expire_order.v1", Payment, order;
    /// Turns a paid order's reservation into a deduction and confirms the order.
    DeductStock { order: OrderId } = "deduct_stock.v1", Stock, order;
    /// Makes the invoices, credit notes and delivery notes of an order that are due.
    MakeDocuments { order: OrderId } = "make_documents.v1", Mail, order;
    /// Looks at a statement that somebody withdraws from a contract.
    SettleWithdrawal { withdrawal: WithdrawalId } = "settle_withdrawal.v1", Mail, withdrawal;
    /// Gives up an exchange of which the rest was not paid in time.
    EndExchange { order: OrderId } = "end_exchange.v1", Payment, order;
    /// Has units of a return count as not paid back that a provider could not pay back.
    ReopenReturn { refund: RefundId } = "reopen_return.v1", Stock, refund;
    /// Gives goods that came to the orders that wait for them, the oldest first.
    FillBackorders { variant: VariantId } = "fill_backorders.v1", Stock, variant;
    /// Has an order wait no more for units that are paid back, and closes it where nothing else was left to be sent.
    FollowPaidBack { order: OrderId } = "follow_paid_back.v1", Stock, order;
    /// Hands over what stands on a parcel's label, or has it taken away where its order's person was erased.
    HandOverLabel { shipment: ShipmentId } = "hand_over_label.v1", Mail, shipment;
    /// Writes an order to the older system, or asks it for one of its own, and compares what both say.
    SyncLegacyOrder { legacy: LegacyOrderId } = "sync_legacy_order.v1", Mail, legacy;
    /// Sends the mail of one timeline entry.
    SendOrderMail { order: OrderId, event: i64 } = "send_order_mail.v1", Mail, order;
    /// Sends the text message of one timeline entry.
    SendOrderSms { order: OrderId, event: i64 } = "send_order_sms.v1", Mail, order;
    /// Tells a browser of one timeline entry.
    SendOrderPush { order: OrderId, subscription: PushSubscriptionId, event: i64 } = "send_order_push.v1", Mail, order;
    /// Sends any other mail.
    SendMail { #[serde(flatten)] mail: MailKind } = "send_mail.v1", Mail, mail;
    /// The mail [`MailKind::LowStock`], as it was asked for before there was `send_mail`.
    SendLowStockMail { variant: VariantId } = "send_low_stock_mail.v1", Mail, variant;
    /// Gives a customer what was ordered with their address before it was theirs, step by step.
    AdoptOrders { customer: CustomerId } = "adopt_orders.v1", Search, customer;
    /// Tells those who wait for a variant that it is back in stock, a few at a time.
    TellBackInStock { variant: VariantId } = "tell_back_in_stock.v1", Mail, variant;
    /// Fetches pictures that lie elsewhere: a few of those that are due, of which this may be one.
    FetchPictures { import: MediaImportId } = "fetch_pictures.v1", Mail, import;
    /// Looks who is to be sent events that have happened, of which this may be one.
    PublishEvents { event: EventId } = "publish_events.v1", Mail, event;
    /// Appends events to the stream, of which this may be one.
    StreamEvents { event: EventId } = "stream_events.v1", Mail, event;
    /// Sends an endpoint some of what is due.
    DeliverWebhooks { endpoint: WebhookEndpointId } = "deliver_webhooks.v1", Mail, endpoint;
    /// Brings the listing rows and search documents of products up to date.
    IndexProducts { products: Vec<ProductId> } = "index_products.v1", Search, _;
    /// Has the products of categories and of what lies beneath them indexed, step by step.
    IndexCategories { categories: Vec<CategoryId>, after: Option<ProductId> } = "index_categories.v1", Search, _;
    /// Has the products indexed that a collection holds or asks for, step by step.
    IndexCollection { collection: CollectionId, after: Option<ProductId> } = "index_collection.v1", Search, collection;
    /// Has the products indexed of which stock lies at a location, step by step.
    IndexLocation { location: LocationId, after: Option<ProductId> } = "index_location.v1", Search, location;
    /// Makes the prices anew that follow from rates, step by step.
    PriceProducts { after: Option<ProductId> } = "price_products.v1", Search, _;
    /// Does what is due of a scheduled price: it becomes the price, or is it no longer.
    ApplyPriceSchedule { schedule: PriceScheduleId } = "apply_price_schedule.v1", Search, schedule;
    /// Brings the search engine the synonyms that staff have grouped.
    PushSynonyms {} = "push_synonyms.v1", Search, _;
    /// Does the next lines of a bulk operation.
    RunBulkOperation { bulk: BulkOperationId } = "run_bulk_operation.v1", Search, bulk;
    /// Imports the next products of a file.
    ImportProducts { import: ProductImportId } = "import_products.v1", Search, import;
    /// Writes the file with all that is kept of a person.
    WritePersonExport { export: PersonExportId } = "write_person_export.v1", Search, export;
    /// Erases a person, step by step.
    ErasePerson { erasure: PersonErasureId } = "erase_person.v1", Search, erasure;
    /// Writes the next pages of an export.
    WriteExport { export: ExportId } = "write_export.v1", Search, export;
    /// Makes the next codes of a batch.
    MakeDiscountCodes { batch: DiscountCodeBatchId } = "make_discount_codes.v1", Search, batch;
    /// Moves the products of a category that was deleted or restored, step by step.
    RefileProducts { category: CategoryId } = "refile_products.v1", Search, category;
}

impl Job {
    /// Whether it is mostly done in the transaction of what it follows from, and is the less work for it.
    pub(crate) fn may_follow_at_once(&self) -> bool {
        matches!(self, Self::DeductStock { .. })
    }
}

/// A mail that does not follow from an order's timeline, and what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mail", rename_all = "snake_case")]
pub enum MailKind {
    /// Little is left of a variant: for the shop itself.
    LowStock { variant: VariantId },
    /// Somebody is asked to work here.
    StaffInvitation { invitation: StaffInvitationId },
    /// A member of staff has forgotten their password.
    StaffPasswordReset { reset: StaffPasswordResetId },
    /// A mail about an order, once more.
    OrderMail { resend: OrderMailResendId },
    /// Somebody waits for goods that are back in stock.
    BackInStock { alert: StockAlertId },
    /// A customer wants to be erased.
    PersonErasure { erasure: PersonErasureId },
    /// Somebody wants an account.
    CustomerSignUp { sign_up: CustomerSignUpId },
    /// A shopper has forgotten their password.
    CustomerPasswordReset { reset: CustomerPasswordResetId },
    /// An account is to have another mail address: for that address.
    CustomerEmailChange { change: CustomerEmailChangeId },
    /// Something happened to an account.
    CustomerNotice { notice: CustomerNoticeId },
    /// Somebody is given a gift card.
    GiftCard { card: CreditAccountId },
    /// The time of a gift card, or of store credit, is over soon.
    CreditExpires { account: CreditAccountId },
    /// What a company owes of an order is late.
    AccountOverdue { order: OrderId },
    /// A manager of a company is asked to approve a purchase.
    PurchaseRequested {
        request: PurchaseRequestId,
        manager: CustomerId,
    },
    /// Whoever asked for an approval is answered.
    PurchaseDecided { request: PurchaseRequestId },
    /// Somebody asked for the link to an order; of no order where there is none such.
    OrderLink { order: OrderId },
    /// Somebody asked for an order that another shop system had.
    ImportedOrder { order: ImportedOrderId },
    /// An invoice or a credit note.
    Document { document: DocumentId },
    /// Somebody withdraws from a contract: the confirmation that it was received.
    WithdrawalReceived { withdrawal: WithdrawalId },
    /// The same, for the shop itself.
    WithdrawalForStaff { withdrawal: WithdrawalId },
    /// What staff decided of it.
    WithdrawalDecided { withdrawal: WithdrawalId },
    /// Somebody is to pay what staff put together for them.
    DraftOrder { draft: DraftOrderId },
    /// Nothing is sent to an endpoint of webhooks any more: for the shop itself.
    WebhookDisabled { endpoint: WebhookEndpointId },
}

impl From<MailKind> for Uuid {
    fn from(mail: MailKind) -> Self {
        match mail {
            MailKind::LowStock { variant } => variant.0,
            MailKind::StaffInvitation { invitation } => invitation.0,
            MailKind::StaffPasswordReset { reset } => reset.0,
            MailKind::OrderMail { resend } => resend.0,
            MailKind::BackInStock { alert } => alert.0,
            MailKind::PersonErasure { erasure } => erasure.0,
            MailKind::CustomerSignUp { sign_up } => sign_up.0,
            MailKind::CustomerPasswordReset { reset } => reset.0,
            MailKind::CustomerEmailChange { change } => change.0,
            MailKind::CustomerNotice { notice } => notice.0,
            MailKind::GiftCard { card } => card.0,
            MailKind::CreditExpires { account } => account.0,
            MailKind::AccountOverdue { order } | MailKind::OrderLink { order } => order.0,
            MailKind::ImportedOrder { order } => order.0,
            MailKind::Document { document } => document.0,
            MailKind::WithdrawalReceived { withdrawal }
            | MailKind::WithdrawalForStaff { withdrawal }
            | MailKind::WithdrawalDecided { withdrawal } => withdrawal.0,
            MailKind::DraftOrder { draft } => draft.0,
            MailKind::WebhookDisabled { endpoint } => endpoint.0,
            MailKind::PurchaseRequested { request, .. } | MailKind::PurchaseDecided { request } => request.0,
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
    /// What a job does that a search engine did not obey.
    pub(crate) fn of_search(error: Error) -> Self {
        match error {
            // A wrong key, say, which somebody will mend.
            Error::Fault(Fault::Search(SearchError::Refused(_))) => Self::Retry(error),
            Error::Fault(Fault::Search(SearchError::Unavailable(_))) => Self::Outage {
                error,
                pause: SEARCH_OUTAGE_PAUSE,
            },
            // The engine is there, and what it is told changes all the time.
            Error::Fault(Fault::Crowded(_)) => Self::Defer(SEARCH_BUSY_PAUSE),
            other => other.into(),
        }
    }

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
            // The database is away, or takes no writes: however long, it is no fault of the job's.
            Error::Fault(_) if error.is_cut() || error.is_outcome_unknown() => Self::Outage {
                error,
                pause: DATABASE_OUTAGE_PAUSE,
            },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mails_job_names_the_mail_and_what_it_is_about() {
        let variant = VariantId(Uuid::from_u128(1));
        let job = Job::SendMail {
            mail: MailKind::LowStock { variant },
        };
        let stored = serde_json::json!({ "job": "send_mail.v1", "mail": "low_stock", "variant": variant });
        assert_eq!(serde_json::to_value(&job).unwrap(), stored);
        assert_eq!(serde_json::from_value::<Job>(stored).unwrap(), job);
    }
}
