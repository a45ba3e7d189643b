//! A business gives its VAT number.

use sea_orm::EntityTrait;
use vitrine_entity::cart;

use super::{
    access::{is_theirs, missing},
    change::{CartRef, set},
    view::CartView,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    delivery::tax::{tax_id, vat},
    text,
};

/// Sets, or with `None` removes, the VAT number by which a business buys. It must have the form and the check digits
/// of its country; where the shop asks a register, what that says is kept with it.
///
/// # Errors
/// Refuses what is no number, and what any change of a cart refuses.
pub async fn set_tax_id(shop: &Shop, context: &Context, cart: CartRef, number: Option<&str>) -> Result<CartView> {
    let tax_id = match number.map(text::normal).filter(|number| !number.is_empty()) {
        None => None,
        Some(number) => {
            // Nobody asks the register for what is no number, nor for a cart that is not theirs.
            vat::read(&number).map_err(|told| Refusal::new(ErrorCode::Invalid, told).at(&["taxId"]))?;
            let found = cart::Entity::find_by_id(cart.id).one(&shop.db).await?;
            found.filter(|row| is_theirs(row, context.viewer)).ok_or_else(missing)?;
            Some(tax_id::check(shop, &number, "taxId").await?)
        }
    };
    set(shop, context, cart, |row| row.tax_id.clone_from(&tax_id)).await
}
