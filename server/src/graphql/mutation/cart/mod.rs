//! The basket: what is in it ([`goods`]), and who buys and where it goes ([`delivery`]).

pub mod delivery;
pub mod goods;

use async_graphql::ID;
use vitrine_commerce::{Refusal, cart::CartRef};

pub use delivery::CartDeliveryMutation;
pub use goods::CartMutation;

use crate::graphql::ids;

/// The cart that an input names, and the version that its sender saw.
fn cart_ref(id: &ID, expected_version: Option<i32>) -> Result<CartRef, Refusal> {
    let id = ids::input(id, "cart", &["cartId"])?;
    Ok(CartRef {
        id,
        expected_version: expected_version.map(i64::from),
    })
}
