//! Who buys, where it goes, and how it gets there.

use vitrine_entity::{attribute::Attribute, cart, ids::ShippingMethodId};

use super::{
    attributes,
    change::{CartRef, set, set_if},
    view::CartView,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    address::{AddressInput, checked},
    delivery::{Destination, KeptDelivery},
    language::messages,
    text,
};

/// The most characters of a company's own number of a purchase.
const PURCHASE_ORDER_LENGTH_MAX: usize = 60;

/// Sets the mail address that the order's mails go to.
pub async fn set_contact(shop: &Shop, context: &Context, cart: CartRef, email: &str) -> Result<CartView> {
    let email = &text::email(&["email"], email)?;
    set(shop, context, cart, |row| row.email = Some(email.clone())).await
}

/// Sets where the goods go, and where the bill goes if elsewhere; what is not given is taken away. A shipping method that does not
/// reach the new country is unselected.
pub async fn set_addresses(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    shipping: Option<AddressInput>,
    billing: Option<AddressInput>,
) -> Result<CartView> {
    if shipping.is_none() && billing.is_none() {
        let message = messages::address_of_goods_missing();
        return Err(Refusal::new(ErrorCode::Invalid, message)
            .at(&["shippingAddress"])
            .into());
    }
    let shipping = shipping
        .map(|address| checked(&address, "shippingAddress"))
        .transpose()?;
    let billing = billing.map(|address| checked(&address, "billingAddress")).transpose()?;
    let to = shipping.as_ref().map(Destination::of);
    let profile = shop.profile();
    let write = |row: &mut cart::Model, delivery: &KeptDelivery| {
        row.shipping_address.clone_from(&shipping);
        row.billing_address.clone_from(&billing);
        let methods = delivery.methods_for(&profile, row.currency, to.as_ref());
        let chosen = row.shipping_method_id;
        row.shipping_method_id = chosen.filter(|chosen| methods.iter().any(|method| method.id == *chosen));
    };
    set_if(shop, context, cart, write, |_| Ok(())).await
}

/// Chooses one of the methods that the cart offers: those that reach its address or, as long as it has none, those by
/// which its goods are picked up.
pub async fn select_shipping_method(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    method: ShippingMethodId,
) -> Result<CartView> {
    // What a cart offers does not depend on what was chosen.
    let check = |view: &CartView| {
        let is_offered = view.shipping_methods.iter().any(|option| option.method.id == method);
        if is_offered {
            return Ok(());
        }
        Err(match view.cart.shipping_address {
            None => Refusal::new(ErrorCode::CartIncomplete, messages::method_needs_address()).at(&["cartId"]),
            Some(_) => {
                Refusal::new(ErrorCode::NotShippable, messages::method_does_not_reach()).at(&["shippingMethodId"])
            }
        })
    };
    set_if(
        shop,
        context,
        cart,
        |row, _| row.shipping_method_id = Some(method),
        check,
    )
    .await
}

/// Sets, or with `None` removes, the shopper's note.
pub async fn set_note(shop: &Shop, context: &Context, cart: CartRef, note: Option<&str>) -> Result<CartView> {
    let note = &text::optional_paragraph(&["note"], note, 2_000)?;
    set(shop, context, cart, |row| row.note.clone_from(note)).await
}

/// Sets, or with `None` removes, the number by which the company that the cart's customer buys for knows the purchase.
///
/// # Errors
/// Refuses a number where nobody buys for a company, and what any change of a cart refuses.
pub async fn set_purchase_order(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    number: Option<&str>,
) -> Result<CartView> {
    let number = &text::optional_line(&["number"], number, PURCHASE_ORDER_LENGTH_MAX)?;
    let check = |view: &CartView| match view.company.is_some() || number.is_none() {
        true => Ok(()),
        false => Err(Refusal::new(ErrorCode::Invalid, messages::purchase_order_of_company()).at(&["number"])),
    };
    let write = |row: &mut cart::Model, _: &KeptDelivery| row.purchase_order_number.clone_from(number);
    set_if(shop, context, cart, write, check).await
}

/// Sets what the front end notes of the cart: all of it.
pub async fn set_attributes(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    attributes: Vec<Attribute>,
) -> Result<CartView> {
    let attributes = &attributes::checked(&["attributes"], attributes)?;
    set(shop, context, cart, |row| row.attributes.clone_from(attributes)).await
}

/// Sets, or with `None` removes, what is written to whoever is given the goods.
pub async fn set_gift_message(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    message: Option<&str>,
) -> Result<CartView> {
    let message = &text::optional_paragraph(&["message"], message, 500)?;
    set(shop, context, cart, |row| row.gift_message.clone_from(message)).await
}
