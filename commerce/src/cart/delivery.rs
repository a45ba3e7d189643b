//! Who buys, where it goes, and how it gets there.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use vitrine_entity::{attribute::Attribute, cart, ids::ShippingMethodId};

use super::{
    assemble::assemble,
    attributes,
    change::{CartRef, change},
    view::CartView,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    address::{AddressInput, checked},
    delivery::{Destination, shipping},
    text,
};

/// Sets the mail address that the order's mails go to.
pub async fn set_contact(shop: &Shop, context: &Context, cart: CartRef, email: &str) -> Result<CartView> {
    let email = &text::email(&["email"], email)?;
    save(shop, context, cart, |row| row.email = Set(Some(email.clone()))).await
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
    change(shop, context, cart, |tx, row| async move {
        let to = shipping.as_ref().map(Destination::of);
        let methods = shipping::methods_for(tx.db(), row.currency, to.as_ref()).await?;
        let reaches = row
            .shipping_method_id
            .filter(|id| methods.iter().any(|method| method.id == *id));
        let mut row = row.into_active_model();
        row.shipping_address = Set(shipping.clone());
        row.billing_address = Set(billing.clone());
        row.shipping_method_id = Set(reaches);
        Ok(row.update(tx.db()).await?)
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
    change(shop, context, cart, |tx, row| async move {
        let offered = assemble(shop, context, tx.db(), row.clone()).await?.shipping_methods;
        let is_offered = offered.iter().any(|option| option.method.id == method);
        if row.shipping_address.is_none() && !is_offered {
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
        let mut row = row.into_active_model();
        row.shipping_method_id = Set(Some(method));
        Ok(row.update(tx.db()).await?)
    })
    .await
}

/// Sets, or with `None` removes, the shopper's note.
pub async fn set_note(shop: &Shop, context: &Context, cart: CartRef, note: Option<&str>) -> Result<CartView> {
    let note = &text::optional_paragraph(&["note"], note, 2_000)?;
    save(shop, context, cart, |row| row.note = Set(note.clone())).await
}

/// Sets what the front end notes of the cart: all of it.
pub async fn set_attributes(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    attributes: Vec<Attribute>,
) -> Result<CartView> {
    let attributes = &attributes::checked(&["attributes"], attributes)?;
    save(shop, context, cart, |row| row.attributes = Set(attributes.clone())).await
}

/// Sets, or with `None` removes, what is written to whoever is given the goods.
pub async fn set_gift_message(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    message: Option<&str>,
) -> Result<CartView> {
    let message = &text::optional_paragraph(&["message"], message, 500)?;
    save(shop, context, cart, |row| row.gift_message = Set(message.clone())).await
}

async fn save(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    set: impl Fn(&mut cart::ActiveModel) + Send + Sync,
) -> Result<CartView> {
    let set = &set;
    change(shop, context, cart, |tx, row| async move {
        let mut row = row.into_active_model();
        set(&mut row);
        Ok(row.update(tx.db()).await?)
    })
    .await
}
