//! Who buys, where it goes, and how it gets there.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use vitrine_entity::{attribute::Attribute, cart, ids::ShippingMethodId};

use super::{
    assemble::assemble,
    attributes,
    change::{CartRef, set, update},
    view::CartView,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    address::{AddressInput, checked},
    delivery::{Destination, KeptDelivery},
    text,
};

/// Sets the mail address that the order's mails go to.
pub async fn set_contact(shop: &Shop, context: &Context, cart: CartRef, email: &str) -> Result<CartView> {
    let email = &text::email(&["email"], email)?;
    set(shop, context, cart, |row| row.email = Set(Some(email.clone()))).await
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
        let message = "Give the address to which the goods go; where nothing is sent, that of the bill is enough.";
        return Err(Refusal::new(ErrorCode::Invalid, message)
            .at(&["shippingAddress"])
            .into());
    }
    let shipping = shipping
        .map(|address| checked(&address, "shippingAddress"))
        .transpose()?;
    let billing = billing.map(|address| checked(&address, "billingAddress")).transpose()?;
    let (shipping, billing) = (&shipping, &billing);
    let changed = &cart::ActiveModel {
        shipping_address: Set(shipping.clone()),
        billing_address: Set(billing.clone()),
        ..Default::default()
    };
    shop.transact_briefly(context, |tx| async move {
        let mut changed = update(&tx, cart, changed).await?;
        let delivery = KeptDelivery::at(shop, tx.db(), &changed.revision).await?;
        let to = shipping.as_ref().map(Destination::of);
        let methods = delivery.methods_for(changed.row.currency, to.as_ref());
        let reaches = |chosen| methods.iter().any(|method| method.id == chosen);
        if changed.row.shipping_method_id.is_some_and(|chosen| !reaches(chosen)) {
            let mut row = changed.row.into_active_model();
            row.shipping_method_id = Set(None);
            changed.row = row.update(tx.db()).await?;
        }
        assemble(shop, context, tx.db(), changed).await
    })
    .await
}

/// Chooses one of the methods that the cart offers: those that reach its address or, as long as it has none, those by
/// which its goods are picked up.
pub async fn select_shipping_method(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    method: ShippingMethodId,
) -> Result<CartView> {
    let changed = &cart::ActiveModel {
        shipping_method_id: Set(Some(method)),
        ..Default::default()
    };
    shop.transact_briefly(context, |tx| async move {
        let changed = update(&tx, cart, changed).await?;
        // What a cart offers does not depend on what was chosen; what is refused is taken back.
        let view = assemble(shop, context, tx.db(), changed).await?;
        let is_offered = view.shipping_methods.iter().any(|option| option.method.id == method);
        if view.cart.shipping_address.is_none() && !is_offered {
            let refusal = Refusal::new(
                ErrorCode::CartIncomplete,
                "Set the shipping address first: the methods depend on it.",
            );
            return Err(refusal.at(&["cartId"]).into());
        }
        if !is_offered {
            let refusal = Refusal::new(
                ErrorCode::NotShippable,
                "This shipping method does not reach the cart's address, or does not carry all that is in it.",
            );
            return Err(refusal.at(&["shippingMethodId"]).into());
        }
        Ok(view)
    })
    .await
}

/// Sets, or with `None` removes, the shopper's note.
pub async fn set_note(shop: &Shop, context: &Context, cart: CartRef, note: Option<&str>) -> Result<CartView> {
    let note = &text::optional_paragraph(&["note"], note, 2_000)?;
    set(shop, context, cart, |row| row.note = Set(note.clone())).await
}

/// Sets what the front end notes of the cart: all of it.
pub async fn set_attributes(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    attributes: Vec<Attribute>,
) -> Result<CartView> {
    let attributes = &attributes::checked(&["attributes"], attributes)?;
    set(shop, context, cart, |row| row.attributes = Set(attributes.clone())).await
}

/// Sets, or with `None` removes, what is written to whoever is given the goods.
pub async fn set_gift_message(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    message: Option<&str>,
) -> Result<CartView> {
    let message = &text::optional_paragraph(&["message"], message, 500)?;
    set(shop, context, cart, |row| row.gift_message = Set(message.clone())).await
}
