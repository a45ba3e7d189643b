//! Reads a cart with all that it names, and prices it.

use sea_orm::{ConnectionTrait, EntityTrait};
use vitrine_entity::{cart, ids::CartId, location, shipping_method};

use super::{
    access::is_theirs,
    price::{Surroundings, price},
    taxation::Taxation,
    view::CartView,
};
use crate::{
    Context, Result, Shop, catalog,
    delivery::{Destination, shipping},
};

/// The cart `id`, if it exists and is the caller's.
pub async fn view(shop: &Shop, context: &Context, id: CartId) -> Result<Option<CartView>> {
    match cart::Entity::find_by_id(id).one(&shop.db).await? {
        Some(row) if is_theirs(&row, context.viewer) => Ok(Some(assemble(shop, context, &shop.db, row).await?)),
        _ => Ok(None),
    }
}

/// Reads what the cart names, in a fixed number of statements, and prices it.
pub(crate) async fn assemble(
    shop: &Shop,
    context: &Context,
    db: &impl ConnectionTrait,
    cart: cart::Model,
) -> Result<CartView> {
    let lines = catalog::goods::lines_on(shop, db, cart.currency, cart.id).await?;
    let to = cart.shipping_address.as_ref().map(Destination::of);
    let methods = shipping::methods_for(db, cart.currency, to.as_ref()).await?;
    let pickup = pickup_place(db, &cart, &methods).await?;
    let is_sent = lines.is_empty() || lines.iter().any(|(_, good)| good.variant.requires_shipping);
    let taxed_at = match (pickup, to, &cart.billing_address) {
        (_, _, Some(billing)) if !is_sent => Destination::of(billing),
        // What is picked up is handed over there.
        (Some(pickup), _, _) if is_sent => pickup,
        (_, Some(to), _) => to,
        (_, None, _) => Destination::new(&context.country, None, None),
    };
    let around = Surroundings {
        taxation: Taxation::of(shop, context, db, &cart, &taxed_at).await?,
        methods,
        profile: shop.profile(),
        now: shop.now(),
    };
    Ok(price(cart, lines, &around)?)
}

/// Where a cart's goods are to be picked up, if they are.
async fn pickup_place(
    db: &impl ConnectionTrait,
    cart: &cart::Model,
    methods: &[shipping_method::Model],
) -> Result<Option<Destination>> {
    let chosen = methods.iter().find(|method| cart.shipping_method_id == Some(method.id));
    let Some(id) = chosen.and_then(|method| method.location_id) else {
        return Ok(None);
    };
    let location = location::Entity::find_by_id(id).one(db).await?;
    Ok(location
        .and_then(|location| location.address)
        .as_ref()
        .map(Destination::of))
}
