//! Who buys, where it goes, and how it gets there.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use vitrine_entity::{address::Address, cart, ids::ShippingMethodId};

use super::{
    assemble::assemble,
    change::{CartRef, change},
    view::CartView,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    delivery::{Destination, shipping},
    text,
};

/// An address as somebody typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressInput {
    pub name: String,
    pub company: Option<String>,
    pub line1: String,
    pub line2: Option<String>,
    pub city: String,
    pub region: Option<String>,
    pub postal_code: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub phone: Option<String>,
}

/// Sets the mail address that the order's mails go to.
pub async fn set_contact(shop: &Shop, context: &Context, cart: CartRef, email: &str) -> Result<CartView> {
    let email = &text::email(&["email"], email)?;
    save(shop, context, cart, |row| row.email = Set(Some(email.clone()))).await
}

/// Sets where the goods go, and where the bill goes if elsewhere. A shipping method that does not
/// reach the new country is unselected.
pub async fn set_addresses(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    shipping: AddressInput,
    billing: Option<AddressInput>,
) -> Result<CartView> {
    let shipping = checked(&shipping, "shippingAddress")?;
    let billing = billing.map(|address| checked(&address, "billingAddress")).transpose()?;
    let (shipping, billing) = (&shipping, &billing);
    change(shop, context, cart, |tx, row| async move {
        let methods = shipping::methods_to(tx.db(), row.currency, &Destination::of(shipping)).await?;
        let reaches = row
            .shipping_method_id
            .filter(|id| methods.iter().any(|method| method.id == *id));
        let mut row = row.into_active_model();
        row.shipping_address = Set(Some(shipping.clone()));
        row.billing_address = Set(billing.clone());
        row.shipping_method_id = Set(reaches);
        Ok(row.update(tx.db()).await?)
    })
    .await
}

/// Chooses one of the methods that the cart offers.
pub async fn select_shipping_method(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    method: ShippingMethodId,
) -> Result<CartView> {
    change(shop, context, cart, |tx, row| async move {
        if row.shipping_address.is_none() {
            let refusal = Refusal::new(
                ErrorCode::CartIncomplete,
                "Set the shipping address first: the methods depend on it.",
            );
            return Err(refusal.at(&["cartId"]).into());
        }
        let offered = assemble(shop, context, tx.db(), row.clone()).await?.shipping_methods;
        if !offered.iter().any(|option| option.method.id == method) {
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

/// Trims and checks every part, and names the one at fault.
pub(crate) fn checked(address: &AddressInput, which: &str) -> Result<Address, Refusal> {
    let line = |field: &str, text: &str| text::line(&[which, field], text, 200);
    let optional = |field: &str, text: &Option<String>| text::optional_line(&[which, field], text.as_deref(), 200);
    let country = address.country.trim().to_ascii_uppercase();
    if !shipping::is_country(&country) {
        let message = "`countryCode` must be a country's two letters by ISO 3166-1, like `DE`.";
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&[which, "countryCode"]));
    }
    Ok(Address {
        name: line("name", &address.name)?,
        company: optional("company", &address.company)?,
        line1: line("line1", &address.line1)?,
        line2: optional("line2", &address.line2)?,
        city: line("city", &address.city)?,
        region: optional("region", &address.region)?,
        postal_code: postal_code(which, &address.postal_code, &country)?,
        country,
        phone: optional("phone", &address.phone)?,
    })
}

/// A few countries have no postal codes; everywhere else one is needed.
fn postal_code(which: &str, text: &str, country: &str) -> Result<String, Refusal> {
    const WITHOUT: [&str; 8] = ["AE", "AG", "AO", "BS", "FJ", "HK", "IE", "QA"];
    let field = [which, "postalCode"];
    match text::optional_line(&field, Some(text), 20)? {
        Some(code) => Ok(code),
        None if WITHOUT.contains(&country) => Ok(String::new()),
        None => Err(Refusal::new(ErrorCode::Invalid, "`postalCode` must not be empty.").at(&field)),
    }
}
