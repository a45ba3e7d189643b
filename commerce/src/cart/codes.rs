//! The shopper types the codes of discounts, and takes them away again.

use vitrine_entity::cart::{self, DiscountCodes};

use super::{
    change::{CartRef, set_if},
    discount_view::CodeView,
    draft::locked,
    view::CartView,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    delivery::KeptDelivery,
    discounts::{normal_code, rules::Unmet},
    flags::{self, Capability},
    language::messages,
};

/// The most codes of one cart.
pub const CODES_MAX: usize = 5;

/// Adds codes to a cart. One that does not apply to it yet is kept, and the cart says what is missing; one that it has stays.
///
/// # Errors
/// Refuses a code that nobody knows, that has expired or is used up, and more than a cart holds.
pub async fn add_codes(shop: &Shop, context: &Context, named: CartRef, codes: &[String]) -> Result<CartView> {
    flags::require(shop, context, Capability::DiscountCodes).await?;
    let codes: Vec<String> = codes.iter().map(|code| normal_code(code)).collect();
    if codes.len() > CODES_MAX {
        return Err(too_many().into());
    }
    let change = |row: &mut cart::Model, _: &KeptDelivery| {
        for code in &codes {
            if !row.discount_codes.0.contains(code) {
                row.discount_codes.0.push(code.clone());
            }
        }
    };
    let check = |view: &CartView| -> Result<(), Refusal> {
        refuse_draft(view)?;
        let place_of = |typed: &CodeView| codes.iter().position(|code| *code == typed.code);
        for typed in &view.discount_codes {
            if let Some(place) = place_of(typed) {
                accepted(typed, place)?;
            }
        }
        match view.cart.discount_codes.0.len() > CODES_MAX {
            true => Err(too_many()),
            false => Ok(()),
        }
    };
    set_if(shop, context, named, change, check).await
}

/// Takes codes off a cart; one that it has not, perhaps because this was asked for before, is no error.
///
/// # Errors
/// What any change of a cart refuses.
pub async fn remove_codes(shop: &Shop, context: &Context, named: CartRef, codes: &[String]) -> Result<CartView> {
    let codes: Vec<String> = codes.iter().map(|code| normal_code(code)).collect();
    let change = |row: &mut cart::Model, _: &KeptDelivery| row.discount_codes.0.retain(|code| !codes.contains(code));
    set_if(shop, context, named, change, refuse_draft).await
}

/// What is taken off of a draft order, staff say.
fn refuse_draft(view: &CartView) -> Result<(), Refusal> {
    match view.cart.draft {
        Some(_) => Err(locked()),
        None => Ok(()),
    }
}

/// Codes as they were typed, in their normal form.
///
/// # Errors
/// Refuses more than a cart holds.
pub(crate) fn typed(codes: &[String]) -> Result<DiscountCodes, Refusal> {
    let mut typed = DiscountCodes::default();
    for code in codes.iter().take(CODES_MAX + 1) {
        let code = normal_code(code);
        if !typed.0.contains(&code) {
            typed.0.push(code);
        }
    }
    match typed.0.len() > CODES_MAX {
        true => Err(too_many()),
        false => Ok(typed),
    }
}

/// What can never apply to this cart is not put into it.
fn accepted(typed: &CodeView, place: usize) -> Result<(), Refusal> {
    let code = match typed.unmet {
        Some(Unmet::Unknown) => ErrorCode::NotFound,
        Some(Unmet::Expired | Unmet::UsedUp | Unmet::UsedByShopper) => ErrorCode::DiscountUnavailable,
        _ => return Ok(()),
    };
    let message = typed
        .message()
        .unwrap_or_else(|| messages::discount_code_unknown(&typed.code));
    Err(Refusal::new(code, message).at(&["codes", &place.to_string()]))
}

fn too_many() -> Refusal {
    Refusal::new(ErrorCode::CartLimit, messages::discount_codes_max(CODES_MAX)).at(&["codes"])
}
