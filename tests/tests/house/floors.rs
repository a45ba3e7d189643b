//! The rooms of the crates that have many, from the top floor down, and who may know whom.

/// A crate, and its floors. A room names nothing of a floor above its own, nor of another room on it
/// unless they share a line.
pub struct House {
    pub name: &'static str,
    pub floors: &'static [&'static [&'static str]],
}

pub const COMMERCE: House = House {
    name: "commerce",
    floors: &[
        &["schedule"],
        &["gauges"],
        &["retention"],
        &["work"],
        &["mail"],
        &["checkout"],
        &["fulfilment"],
        &["cart"],
        &["payments"],
        &["orders"],
        &["delivery"],
        &["catalog"],
        &["inventory"],
        &["staff"],
        &["customers"],
        &["notifications"],
        &["idempotency"],
        &["tick"],
        // Whatever is enqueued is written by the transaction that it belongs to.
        &["transaction", "outbox"],
        &["jobs"],
        &["pricing"],
        &["text"],
        &["paging"],
        &["context"],
        &["shop"],
        &["error"],
        &["ports"],
        &["money"],
        &["sql"],
    ],
};
