//! The rooms of the crates that have many, from the top floor down, and who may know whom.

/// A crate, or one of its folders, and its floors. A room names nothing of a floor above its own, nor of another room on it
/// unless they share a line.
pub struct House {
    pub name: &'static str,
    /// The folder under `src` whose rooms these are; the crate's own where it is empty.
    pub folder: &'static str,
    pub floors: &'static [&'static [&'static str]],
}

pub const COMMERCE: House = House {
    name: "commerce",
    folder: "",
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
        &["media"],
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

pub const SERVER: House = House {
    name: "server",
    folder: "",
    floors: &[
        &["commands"],
        &["app"],
        &["pages"],
        &["media"],
        &["rest"],
        &["webhooks"],
        &["metrics"],
        &["health"],
        &["auth"],
        &["graphql"],
        &["ids"],
        &["edge"],
    ],
};

pub const GRAPHQL: House = House {
    name: "server",
    folder: "graphql",
    floors: &[
        &["schema"],
        &["roots"],
        &["node"],
        // The nouns lead to each other, as the API's objects do; their files form no circle.
        &[
            "cart",
            "category",
            "collection",
            "customer",
            "inventory",
            "job",
            "media",
            "notification",
            "order",
            "payment",
            "product",
            "reconciliation",
            "search",
            "session",
            "shop",
            "staff",
            "variant",
        ],
        &["shared"],
    ],
};
