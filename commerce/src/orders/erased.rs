//! Orders whose person was erased.

use vitrine_entity::order;

/// What stands where the mail address was: `.invalid` is nobody's (RFC 2606).
pub(crate) const NOBODY: &str = "erased@erased.invalid";

/// Whether it is nobody's any more: nothing that is done late may say again whose it was.
pub(crate) fn is_erased(order: &order::Model) -> bool {
    order.email == NOBODY
}
