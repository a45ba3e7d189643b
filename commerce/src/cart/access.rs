//! Whose a cart is.

use vitrine_entity::cart;

use crate::{Refusal, Viewer};

/// Whether `viewer` may see and change the cart whose id they hold. Of a draft order, whoever was given its link is to pay it,
/// whoever it is for.
pub(super) fn is_theirs(cart: &cart::Model, viewer: Viewer) -> bool {
    match cart.customer_id {
        None => true,
        Some(_) if cart.draft.is_some() => true,
        Some(owner) => viewer.customer() == Some(owner) || matches!(viewer, Viewer::System),
    }
}

pub(super) fn missing() -> Refusal {
    Refusal::not_found("cart").at(&["cartId"])
}
