//! Whose a cart is.

use vitrine_entity::cart;

use crate::{
    Context, Refusal, Viewer,
    staff::{Permission, permission},
};

/// Whether `viewer` may see and change the cart whose id they hold. Of a draft order, whoever was given its link is to pay it,
/// whoever it is for.
pub(super) fn is_theirs(cart: &cart::Model, viewer: Viewer) -> bool {
    match cart.customer_id {
        None => true,
        Some(_) if cart.draft.is_some() => true,
        Some(owner) => viewer.customer() == Some(owner) || matches!(viewer, Viewer::System),
    }
}

/// Whether whoever asks may say that something of the cart's customer pays it: what their company owes, or their store credit.
/// The link of a draft order, which may have been passed on, says nothing of that.
pub fn speaks_for_customer(cart: &cart::Model, context: &Context) -> bool {
    let is_customer = cart.customer_id.is_some() && cart.customer_id == context.viewer.customer();
    cart.draft.is_none() || is_customer || permission::allowed(context, Permission::Orders)
}

pub(super) fn missing() -> Refusal {
    Refusal::not_found("cart").at(&["cartId"])
}
