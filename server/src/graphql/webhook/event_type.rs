use async_graphql::Enum;

/// What happens in the shop, for others: `ORDER_CREATED` is sent as `order-created`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::events::EventKind")]
pub enum EventType {
    /// An order was placed.
    OrderCreated,
    /// The shop waits for an order to be paid.
    PaymentPending,
    /// The shopper has to do something so that the payment goes on, such as a second factor.
    PaymentActionRequired,
    /// The shopper was told how to pay by themselves, such as by a transfer.
    PaymentInstructions,
    /// An order is paid, or its payment is held or promised.
    PaymentSucceeded,
    /// A payment was declined; the shopper may try again.
    PaymentFailed,
    /// Money that was held or promised was taken.
    PaymentCaptured,
    /// Money that was held is held no more.
    PaymentVoided,
    /// An order is paid and its goods are taken out of stock: it can be packed.
    OrderConfirmed,
    /// An order has left, wholly.
    OrderDispatched,
    /// An order is done.
    OrderCompleted,
    /// An order was cancelled.
    OrderCancelled,
    /// Lines, prices or the address of an order were changed.
    OrderEdited,
    /// An order's contact, its address or its downloads were corrected.
    OrderUpdated,
    /// Money is to be paid back.
    RefundRequested,
    /// Money was paid back, or less is to be paid.
    RefundSucceeded,
    /// A parcel stands ready.
    ParcelPacked,
    /// A parcel has left, and others of the order have not.
    ParcelDispatched,
    /// A parcel is on its way, or out for delivery.
    ParcelMoved,
    /// A parcel was delivered.
    ParcelDelivered,
    /// A parcel could not be delivered.
    ParcelDeliveryFailed,
    /// A parcel comes back to the shop.
    ParcelReturned,
    /// A parcel is followed by another carrier or number.
    ParcelUpdated,
    /// A parcel was unpacked.
    ParcelCancelled,
    /// A shopper wants to send goods back.
    ReturnRequested,
    /// Goods may be sent back.
    ReturnApproved,
    /// Goods may not be sent back.
    ReturnRefused,
    /// Goods are not sent back after all.
    ReturnCancelled,
    /// Goods of a return have arrived.
    ReturnReceived,
    /// A return is done.
    ReturnClosed,
    /// Goods that were broken, wrong or missing were made good.
    ClaimSettled,
    /// A shopper has withdrawn from the contract.
    WithdrawalReceived,
    /// A withdrawal holds.
    WithdrawalAccepted,
    /// A withdrawal does not hold.
    WithdrawalRefused,
    /// Units came into stock.
    InventoryReceived,
    /// Units were counted, moved or corrected.
    InventoryAdjusted,
    /// Units are held for an order.
    InventoryReserved,
    /// Units are held for an order no more.
    InventoryReleased,
    /// Units were taken out of stock for an order.
    InventoryDeducted,
    /// Units that an order had taken came back into stock.
    InventoryPutBack,
    /// A product was made.
    ProductCreated,
    /// A product or anything that belongs to it was changed.
    ProductUpdated,
    /// A product was deleted.
    ProductDeleted,
    /// A deleted product is back.
    ProductRestored,
    /// Somebody has an account.
    CustomerCreated,
    /// An account was changed.
    CustomerUpdated,
    /// A person was erased: erase what you keep of them.
    CustomerErased,
    /// Somebody is to be told something by the shop.
    NotificationRequested,
    /// Staff try an endpoint.
    Ping,
}
