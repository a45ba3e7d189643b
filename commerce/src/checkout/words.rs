//! What was bought, in the words of the cart's language: an order keeps those in which it was sold.

use crate::{
    Result, Tx,
    cart::{CartView, translate as translate_goods, translate_adjustments},
    translations::{Thing, languages_of, of_things},
};

/// Calls the goods, the discounts and the ways to ship what the cart's language calls them. Nothing is read where that is the shop's own.
pub(super) async fn translate(tx: &Tx, view: &mut CartView) -> Result<()> {
    let languages = languages_of(tx.shop(), &view.cart.locale);
    if languages.is_empty() {
        return Ok(());
    }
    translate_goods(tx.db(), &languages, &mut view.lines).await?;
    translate_adjustments(tx.db(), &languages, &mut view.adjustments).await?;
    let methods = view.shipping_methods.iter();
    let methods: Vec<_> = methods.map(|option| Thing::ShippingMethod(option.method.id)).collect();
    let known = of_things(tx.db(), &languages, &methods).await?;
    for (option, thing) in view.shipping_methods.iter_mut().zip(&methods) {
        if let Some(name) = known.get(thing).and_then(|words| words.get("name")) {
            name.clone_into(&mut option.method.name);
        }
    }
    Ok(())
}
