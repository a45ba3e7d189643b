//! A draft order that is paid in place of the visitor's own cart, which waits meanwhile: from its page until it is an order, or
//! until the visitor goes back to their cart.

use crate::visit::{DRAFT, Visit};

/// How long a link that was opened is known here, in seconds.
const KEPT_SECONDS: u32 = 30 * 24 * 60 * 60;

/// A draft order whose link was opened.
pub struct Opened {
    pub id: String,
    pub token: String,
    /// While it is paid.
    pub cart: Option<String>,
}

pub fn opened(visit: &Visit) -> Option<Opened> {
    let mut parts = visit.cookie(DRAFT)?.splitn(3, '.');
    let (id, token) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    let cart = parts.next().filter(|cart| !cart.is_empty()).map(str::to_owned);
    Some(Opened { id, token, cart })
}

/// Its link was opened.
pub fn open(visit: &mut Visit, id: &str, token: &str) {
    visit.set_cookie(DRAFT, &format!("{id}.{token}"), KEPT_SECONDS);
}

/// It is paid from now on.
pub fn begin(visit: &mut Visit, opened: &Opened, cart: &str) {
    let Opened { id, token, .. } = opened;
    visit.set_cookie(DRAFT, &format!("{id}.{token}.{cart}"), KEPT_SECONDS);
}

/// The visitor's own cart is paid again.
pub fn leave(visit: &mut Visit) {
    if let Some(Opened {
        id,
        token,
        cart: Some(_),
    }) = opened(visit)
    {
        open(visit, &id, &token);
    }
}

/// The cart of the draft order that is paid.
pub fn cart(visit: &Visit) -> Option<String> {
    opened(visit)?.cart
}

/// Where whoever cannot go on in the checkout looks at what they pay.
pub fn page(visit: &Visit) -> String {
    match opened(visit) {
        Some(Opened { id, cart: Some(_), .. }) => format!("/drafts/{id}"),
        _ => "/cart".to_owned(),
    }
}
