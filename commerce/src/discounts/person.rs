//! By what somebody is known who uses a discount that each customer may use a number of times: their account, and their
//! mail address. Whoever has either has used it.

use vitrine_entity::ids::CustomerId;

use crate::{Shop, signature};

/// How many bytes of a mark stand for an address.
const BYTES: usize = 16;

/// An address as it stands in the tables: nobody reads it there.
pub(crate) fn mail_key(shop: &Shop, email: &str) -> String {
    let message = format!("discounts:{}", email.trim().to_lowercase());
    let mark = signature::sign(&shop.settings.signing_secret, message.as_bytes(), BYTES);
    format!("mail:{mark}")
}

/// All by which somebody is known.
pub(super) fn keys(shop: &Shop, customer: Option<CustomerId>, email: Option<&str>) -> Vec<String> {
    let account = customer.map(|id| id.to_string());
    account
        .into_iter()
        .chain(email.map(|email| mail_key(shop, email)))
        .collect()
}
