//! Every type of event: its name, what its data look like, and when it happens.

use vitrine_entity::{order_event::OrderEventKind, permission::Permission, stock_entry::StockEntryKind};

/// The table of all types: `Name = "stored name", Group, "when it happens"`.
macro_rules! kinds {
    ($($name:ident = $stored:literal, $group:ident, $when:literal;)*) => {
        /// A type of event.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum EventKind {
            $(#[doc = $when] $name,)*
        }

        impl EventKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As it is stored, and as whoever gets it reads it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $stored,)* }
            }

            /// What its data look like.
            pub fn group(self) -> Group {
                match self { $(Self::$name => Group::$group,)* }
            }

            /// When it happens, in a sentence.
            pub fn when(self) -> &'static str {
                match self { $(Self::$name => $when,)* }
            }
        }
    };
}

/// Types whose data look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    Order,
    Stock,
    Product,
    Customer,
    Notification,
    Ping,
}

impl Group {
    pub const ALL: [Self; 6] = [
        Self::Order,
        Self::Stock,
        Self::Product,
        Self::Customer,
        Self::Notification,
        Self::Ping,
    ];
}

kinds! {
    OrderCreated = "order-created", Order, "An order was placed.";
    PaymentPending = "payment-pending", Order, "The shop waits for an order to be paid.";
    PaymentActionRequired = "payment-action-required", Order, "The shopper has to do something so that the payment goes on, such as a second factor.";
    PaymentInstructions = "payment-instructions", Order, "The shopper was told how to pay by themselves, such as by a transfer.";
    PaymentSucceeded = "payment-succeeded", Order, "An order is paid, or its payment is held or promised.";
    PaymentFailed = "payment-failed", Order, "A payment was declined; the shopper may try again.";
    PaymentCaptured = "payment-captured", Order, "Money that was held or promised was taken.";
    PaymentVoided = "payment-voided", Order, "Money that was held is held no more.";
    OrderConfirmed = "order-confirmed", Order, "An order is paid and its goods are taken out of stock: it can be packed.";
    OrderDispatched = "order-dispatched", Order, "An order has left, wholly.";
    OrderCompleted = "order-completed", Order, "An order is done.";
    OrderCancelled = "order-cancelled", Order, "An order was cancelled.";
    OrderEdited = "order-edited", Order, "Lines, prices or the address of an order were changed.";
    OrderUpdated = "order-updated", Order, "An order's contact, its address or its downloads were corrected.";
    RefundRequested = "refund-requested", Order, "Money is to be paid back.";
    RefundSucceeded = "refund-succeeded", Order, "Money was paid back, or less is to be paid; `to` says which.";
    ParcelPacked = "parcel-packed", Order, "A parcel stands ready.";
    ParcelDispatched = "parcel-dispatched", Order, "A parcel has left, and others of the order have not.";
    ParcelMoved = "parcel-moved", Order, "A parcel is on its way, or out for delivery.";
    ParcelDelivered = "parcel-delivered", Order, "A parcel was delivered.";
    ParcelDeliveryFailed = "parcel-delivery-failed", Order, "A parcel could not be delivered.";
    ParcelReturned = "parcel-returned", Order, "A parcel comes back to the shop.";
    ParcelUpdated = "parcel-updated", Order, "A parcel is followed by another carrier or number.";
    ParcelCancelled = "parcel-cancelled", Order, "A parcel was unpacked.";
    ReturnRequested = "return-requested", Order, "A shopper wants to send goods back.";
    ReturnApproved = "return-approved", Order, "Goods may be sent back.";
    ReturnRefused = "return-refused", Order, "Goods may not be sent back.";
    ReturnCancelled = "return-cancelled", Order, "Goods are not sent back after all.";
    ReturnReceived = "return-received", Order, "Goods of a return have arrived.";
    ReturnClosed = "return-closed", Order, "A return is done.";
    ClaimSettled = "claim-settled", Order, "Goods that were broken, wrong or missing were made good.";
    WithdrawalReceived = "withdrawal-received", Order, "A shopper has withdrawn from the contract.";
    WithdrawalAccepted = "withdrawal-accepted", Order, "A withdrawal holds.";
    WithdrawalRefused = "withdrawal-refused", Order, "A withdrawal does not hold.";
    InventoryReceived = "inventory-received", Stock, "Units came into stock.";
    InventoryAdjusted = "inventory-adjusted", Stock, "Units were counted, moved or corrected.";
    InventoryReserved = "inventory-reserved", Stock, "Units are held for an order.";
    InventoryReleased = "inventory-released", Stock, "Units are held for an order no more.";
    InventoryDeducted = "inventory-deducted", Stock, "Units were taken out of stock for an order.";
    InventoryPutBack = "inventory-put-back", Stock, "Units that an order had taken came back into stock.";
    ProductCreated = "product-created", Product, "A product was made.";
    ProductUpdated = "product-updated", Product, "A product or anything that belongs to it was changed.";
    ProductDeleted = "product-deleted", Product, "A product was deleted.";
    ProductRestored = "product-restored", Product, "A deleted product is back.";
    CustomerCreated = "customer-created", Customer, "Somebody has an account.";
    CustomerUpdated = "customer-updated", Customer, "An account was changed.";
    CustomerErased = "customer-erased", Customer, "A person was erased: erase what you keep of them.";
    NotificationRequested = "notification-requested", Notification, "Somebody is to be told something by the shop.";
    Ping = "ping", Ping, "Staff try an endpoint.";
}

impl EventKind {
    /// The version of what its data hold: another one where a field goes or means something else. Fields may come within a
    /// version.
    pub fn version(self) -> i32 {
        1
    }

    /// By its stored name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// What it takes to be told of it; nobody has others told more than they may see.
    pub fn permission(self) -> Permission {
        match self.group() {
            Group::Order | Group::Notification => Permission::Orders,
            Group::Stock => Permission::Inventory,
            Group::Product => Permission::Catalog,
            Group::Customer => Permission::Customers,
            Group::Ping => Permission::Settings,
        }
    }

    /// What an entry of an order's timeline is to others; alerts are for staff alone.
    pub(super) fn of_entry(kind: OrderEventKind) -> Option<Self> {
        Some(match kind {
            OrderEventKind::Created => Self::OrderCreated,
            OrderEventKind::PaymentPending => Self::PaymentPending,
            OrderEventKind::PaymentActionRequired => Self::PaymentActionRequired,
            OrderEventKind::PaymentInstructions => Self::PaymentInstructions,
            OrderEventKind::PaymentSucceeded => Self::PaymentSucceeded,
            OrderEventKind::PaymentFailed => Self::PaymentFailed,
            OrderEventKind::PaymentCaptured => Self::PaymentCaptured,
            OrderEventKind::PaymentVoided => Self::PaymentVoided,
            OrderEventKind::Confirmed => Self::OrderConfirmed,
            OrderEventKind::Dispatched => Self::OrderDispatched,
            OrderEventKind::Completed => Self::OrderCompleted,
            OrderEventKind::Cancelled => Self::OrderCancelled,
            OrderEventKind::Edited => Self::OrderEdited,
            OrderEventKind::ContactUpdated
            | OrderEventKind::ShippingAddressUpdated
            | OrderEventKind::DownloadsRenewed => Self::OrderUpdated,
            OrderEventKind::RefundRequested => Self::RefundRequested,
            OrderEventKind::Refunded => Self::RefundSucceeded,
            OrderEventKind::ParcelPacked => Self::ParcelPacked,
            OrderEventKind::ParcelDispatched => Self::ParcelDispatched,
            OrderEventKind::ParcelMoved => Self::ParcelMoved,
            OrderEventKind::ParcelDelivered => Self::ParcelDelivered,
            OrderEventKind::ParcelDeliveryFailed => Self::ParcelDeliveryFailed,
            OrderEventKind::ParcelReturned => Self::ParcelReturned,
            OrderEventKind::ParcelUpdated => Self::ParcelUpdated,
            OrderEventKind::ParcelCancelled => Self::ParcelCancelled,
            OrderEventKind::ReturnRequested => Self::ReturnRequested,
            OrderEventKind::ReturnApproved => Self::ReturnApproved,
            OrderEventKind::ReturnRefused => Self::ReturnRefused,
            OrderEventKind::ReturnCancelled => Self::ReturnCancelled,
            OrderEventKind::ReturnReceived => Self::ReturnReceived,
            OrderEventKind::ReturnClosed => Self::ReturnClosed,
            OrderEventKind::ClaimSettled => Self::ClaimSettled,
            OrderEventKind::WithdrawalReceived => Self::WithdrawalReceived,
            OrderEventKind::WithdrawalAccepted => Self::WithdrawalAccepted,
            OrderEventKind::WithdrawalRefused => Self::WithdrawalRefused,
            OrderEventKind::Alert => return None,
        })
    }

    /// What an entry of the stock ledger is to others.
    pub(super) fn of_stock(kind: StockEntryKind) -> Self {
        match kind {
            StockEntryKind::Received => Self::InventoryReceived,
            StockEntryKind::Adjusted => Self::InventoryAdjusted,
            StockEntryKind::Reserved => Self::InventoryReserved,
            StockEntryKind::Released => Self::InventoryReleased,
            StockEntryKind::Deducted => Self::InventoryDeducted,
            StockEntryKind::PutBack => Self::InventoryPutBack,
        }
    }
}
