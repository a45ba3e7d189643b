//! What the shop keeps, and what is wrong with one of it.

use super::{message::Message, messages};

/// There is no such thing; `what` is its name in English.
pub(crate) fn missing(what: &str) -> Message {
    match what {
        "address" => messages::missing_address(),
        "cart" => messages::missing_cart(),
        "line in this cart" => messages::missing_line(),
        "order" => messages::missing_order(),
        "payment" => messages::missing_payment(),
        "saved card" => messages::missing_saved_card(),
        what => messages::missing(noun(what)),
    }
}

/// It is at this version, and a change was meant for another.
pub(crate) fn outdated(what: &str, version: i64) -> Message {
    // Versions are counted, not written.
    let at = version.to_string();
    match what {
        "account" => messages::outdated_account(at),
        "address" => messages::outdated_address(at),
        "cart" => messages::outdated_cart(at),
        what => messages::outdated(noun(what), at),
    }
}

fn noun(what: &str) -> Message {
    messages::noun(what.replace(' ', "-"), what)
}
