//! How strangers come to an object of the API, to ask for what of it is not theirs.

use serde_json::Value;
use vitrine_tests::purchase::PlacedOrder;

/// What stands before and after a field, and where its answer lies.
#[derive(Debug, Default)]
pub struct Path {
    pub before: String,
    pub after: &'static str,
    pointer: &'static str,
}

/// Objects of which what is for staff is asked where the shop has some: shoppers see them once staff have made them, or not at
/// all.
pub const BEHIND_STAFF: &[&str] = &[
    "AttributeDefinition",
    "DiscountCode",
    "DraftOrder",
    "ImportedOrder",
    "Market",
    "Page",
];

/// The way to an object of this type, as whoever holds an order's token goes.
pub fn to(object: &str, placed: &PlacedOrder) -> Option<Path> {
    let order = format!(
        "order(id: \"{}\", accessToken: \"{}\") {{ ",
        placed.id, placed.access_token
    );
    let product = "product(slug: \"mug-1\") { ".to_owned();
    let (before, after, pointer) = match object {
        "Capture" => (order + "payment { captures { ", " } } }", "/payment/captures/0"),
        "Collection" => ("collections { ".to_owned(), " }", "/0"),
        "Customer" => ("viewer { ".to_owned(), " }", ""),
        "Order" => (order, " }", ""),
        "OrderCredit" => (order + "credits { ", " } }", "/credits/0"),
        "OrderEvent" => (order + "timeline(first: 1) { nodes { ", " } } }", "/timeline/nodes/0"),
        "Refund" => (order + "refunds { ", " } }", "/refunds/0"),
        "Return" => (order + "returns { ", " } }", "/returns/0"),
        "Withdrawal" => (order + "withdrawals { ", " } }", "/withdrawals/0"),
        "OrderLine" => (order + "lines { ", " } }", "/lines/0"),
        "OrderSms" => (order + "sms { ", " } }", "/sms"),
        "OrderVersion" => (order + "versions { ", " } }", "/versions/0"),
        "Payment" => (order + "payment { ", " } }", "/payment"),
        "Product" => (product, " }", ""),
        "ProductVariant" => (product + "variants { ", " } }", "/variants/0"),
        "ShipmentEvent" => (order + "shipments { events { ", " } } }", "/shipments/0/events/0"),
        "ShipmentLine" => (order + "shipments { lines { ", " } } }", "/shipments/0/lines/0"),
        "Shop" => ("shop { ".to_owned(), " }", ""),
        _ => return None,
    };
    Some(Path { before, after, pointer })
}

impl Path {
    /// What a field answered, out of the answer to all that leads to it.
    pub fn answer_of(&self, mut answer: Value, field: &str) -> Value {
        if !self.before.is_empty() {
            let at = format!("{}/{field}", self.pointer);
            answer["data"] = answer["data"].pointer(&at).cloned().unwrap_or_default();
        }
        answer
    }
}
