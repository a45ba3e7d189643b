//! Which events an endpoint may be sent, as the API names them, in the order in which the form has them.

/// By what they are about, which is a section of words.
pub const EVENTS: [(&str, &[&str]); 7] = [
    (
        "orders",
        &[
            "ORDER_CREATED",
            "ORDER_CONFIRMED",
            "ORDER_DISPATCHED",
            "ORDER_COMPLETED",
            "ORDER_CANCELLED",
            "ORDER_EDITED",
            "ORDER_UPDATED",
            "NOTIFICATION_REQUESTED",
        ],
    ),
    (
        "payments",
        &[
            "PAYMENT_PENDING",
            "PAYMENT_ACTION_REQUIRED",
            "PAYMENT_INSTRUCTIONS",
            "PAYMENT_SUCCEEDED",
            "PAYMENT_FAILED",
            "PAYMENT_CAPTURED",
            "PAYMENT_VOIDED",
            "REFUND_REQUESTED",
            "REFUND_SUCCEEDED",
        ],
    ),
    (
        "parcels",
        &[
            "PARCEL_PACKED",
            "PARCEL_DISPATCHED",
            "PARCEL_MOVED",
            "PARCEL_DELIVERED",
            "PARCEL_DELIVERY_FAILED",
            "PARCEL_RETURNED",
            "PARCEL_UPDATED",
            "PARCEL_CANCELLED",
        ],
    ),
    (
        "returns",
        &[
            "RETURN_REQUESTED",
            "RETURN_APPROVED",
            "RETURN_REFUSED",
            "RETURN_CANCELLED",
            "RETURN_RECEIVED",
            "RETURN_CLOSED",
            "CLAIM_SETTLED",
            "WITHDRAWAL_RECEIVED",
            "WITHDRAWAL_ACCEPTED",
            "WITHDRAWAL_REFUSED",
        ],
    ),
    (
        "stock",
        &[
            "INVENTORY_RECEIVED",
            "INVENTORY_ADJUSTED",
            "INVENTORY_RESERVED",
            "INVENTORY_RELEASED",
            "INVENTORY_DEDUCTED",
            "INVENTORY_PUT_BACK",
        ],
    ),
    (
        "products",
        &[
            "PRODUCT_CREATED",
            "PRODUCT_UPDATED",
            "PRODUCT_DELETED",
            "PRODUCT_RESTORED",
        ],
    ),
    (
        "customers",
        &["CUSTOMER_CREATED", "CUSTOMER_UPDATED", "CUSTOMER_ERASED"],
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_event_of_the_api_can_be_chosen() {
        let schema = include_str!("../../../../schema.graphql");
        let (_, values) = schema.split_once("\nenum EventType {\n").unwrap();
        let (values, _) = values.split_once("\n}\n").unwrap();
        let is_value = |line: &&str| line.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        let all: BTreeSet<_> = values.lines().map(str::trim).filter(is_value).collect();
        let ours: BTreeSet<_> = EVENTS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        // A `ping` is sent when it is asked for.
        assert_eq!(ours.into_iter().chain(["PING"]).collect::<BTreeSet<_>>(), all);
    }
}
