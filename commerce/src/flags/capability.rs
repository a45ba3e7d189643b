//! The capabilities of the shop that can be switched while it runs.
//!
//! What shoppers see alike, as pages of the catalogue and what is found, is not among them: it is made once for all of them,
//! and knows nothing of who asks.

use crate::language::{Message, messages};

/// Something that shoppers may do, unless staff say otherwise. Those who work here always may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Capability {
    DiscountCodes,
    GiftCards,
    GuestCheckout,
    LiveUpdates,
    OrderCancellation,
    OrderEdits,
    OwnCheckout,
    Reorder,
    Returns,
    SignUp,
    StockAlerts,
    TextMessages,
}

/// A row of the table.
struct Row {
    capability: Capability,
    name: &'static str,
    description: fn() -> Message,
    default: bool,
}

/// The table, by name.
const ROWS: [Row; 12] = [
    row(
        Capability::DiscountCodes,
        "discount_codes",
        messages::flag_discount_codes,
    ),
    row(Capability::GiftCards, "gift_cards", messages::flag_gift_cards),
    row(
        Capability::GuestCheckout,
        "guest_checkout",
        messages::flag_guest_checkout,
    ),
    row(Capability::LiveUpdates, "live_updates", messages::flag_live_updates),
    row(
        Capability::OrderCancellation,
        "order_cancellation",
        messages::flag_order_cancellation,
    ),
    row(Capability::OrderEdits, "order_edits", messages::flag_order_edits),
    Row {
        default: false,
        ..row(Capability::OwnCheckout, "own_checkout", messages::flag_own_checkout)
    },
    row(Capability::Reorder, "reorder", messages::flag_reorder),
    row(Capability::Returns, "returns", messages::flag_returns),
    row(Capability::SignUp, "sign_up", messages::flag_sign_up),
    row(Capability::StockAlerts, "stock_alerts", messages::flag_stock_alerts),
    row(Capability::TextMessages, "text_messages", messages::flag_text_messages),
];

const fn row(capability: Capability, name: &'static str, description: fn() -> Message) -> Row {
    Row {
        capability,
        name,
        description,
        default: true,
    }
}

impl Capability {
    /// All of them, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.capability)
    }

    pub fn named(name: &str) -> Option<Self> {
        let row = ROWS.iter().find(|row| row.name == name);
        row.map(|row| row.capability)
    }

    /// What its flag is called.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What it does, in a sentence for staff.
    pub fn description(self) -> Message {
        (self.row().description)()
    }

    /// Whether it is on where nobody has said anything.
    pub fn is_on_by_default(self) -> bool {
        self.row().default
    }

    fn row(self) -> &'static Row {
        let row = ROWS.iter().find(|row| row.capability == self);
        row.expect("each has a row, as a test sees")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_row_of_its_own_and_they_stand_by_name() {
        // A new one is missed by this match first.
        let place = |capability| match capability {
            Capability::DiscountCodes => 0,
            Capability::GiftCards => 1,
            Capability::GuestCheckout => 2,
            Capability::LiveUpdates => 3,
            Capability::OrderCancellation => 4,
            Capability::OrderEdits => 5,
            Capability::OwnCheckout => 6,
            Capability::Reorder => 7,
            Capability::Returns => 8,
            Capability::SignUp => 9,
            Capability::StockAlerts => 10,
            Capability::TextMessages => 11,
        };
        let places: Vec<usize> = Capability::all().map(place).collect();
        assert_eq!(places, (0..ROWS.len()).collect::<Vec<_>>());
        assert!(ROWS.is_sorted_by(|a, b| a.name < b.name));
        for capability in Capability::all() {
            assert_eq!(Capability::named(capability.name()), Some(capability));
        }
    }
}
