//! What of a cart the market does not have to which it goes.

use std::collections::HashSet;

use sea_orm::ConnectionTrait;
use vitrine_entity::{cart, cart_line, ids::ProductId};

use crate::{
    Context, Result, Shop,
    catalog::{goods::Good, sold_there},
};

/// Where a cart goes, and what of it is not sold there.
#[derive(Debug, Clone, Default)]
pub(super) struct Withheld {
    pub(super) country: String,
    pub(super) products: HashSet<ProductId>,
}

impl Withheld {
    /// By the shipping address, else by where the cart is, else by where the request is.
    pub(super) async fn of(
        shop: &Shop,
        context: &Context,
        db: &impl ConnectionTrait,
        cart: &cart::Model,
        lines: &[(cart_line::Model, Good)],
    ) -> Result<Self> {
        let address = cart.shipping_address.as_ref().map(|address| &*address.country);
        let country = address.or(cart.country.as_deref()).unwrap_or(&context.country);
        let Some(goods) = sold_there::restriction_in(shop, country) else {
            return Ok(Self::default());
        };
        // What staff named themselves is sold where they say so.
        let listed = lines.iter().filter(|(line, _)| line.own_goods.is_none());
        let products = listed.map(|(_, good)| good.product.id);
        Ok(Self {
            country: country.to_owned(),
            products: sold_there::withheld_among(db, &goods, products).await?,
        })
    }
}
