//! What is sent to another market costs what it costs there.

use crate::{problem::Problem, storefront::market::reprice, visit::Visit};

/// Moves a cart to the market of the country that it is sent to, and its shopper with it. Whether its prices changed by
/// that: within a market nothing changes, and the shopper stays where they are.
pub(super) async fn follow(visit: &mut Visit, cart_id: String, from: Option<&str>, to: &str) -> Result<bool, Problem> {
    if from == Some(to) {
        return Ok(false);
    }
    let is_moved = reprice(visit, cart_id, to).await?;
    if is_moved {
        visit.stay_in(to);
    }
    Ok(is_moved)
}
