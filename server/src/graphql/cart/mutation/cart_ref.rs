use async_graphql::ID;
use vitrine_commerce::{Refusal, cart::CartRef};

use crate::ids;

/// The cart that an input names, and the version that its sender saw.
pub(super) fn cart_ref(id: &ID, expected_version: Option<i32>) -> Result<CartRef, Refusal> {
    let id = ids::input(id, "cart", &["cartId"])?;
    Ok(CartRef {
        id,
        expected_version: expected_version.map(i64::from),
    })
}
