//! The shopper is elsewhere, or pays in another currency: the cart is priced anew, and told what changed.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use vitrine_entity::{cart, ids::CartLineId};

use super::{
    assemble::{CartRow, assemble_of, lines_of},
    change::{CartRef, touch},
    lines::{price_of, write},
    view::CartView,
    withheld::Withheld,
    words::translate,
};
use crate::{
    Context, Locality, Result, Shop, Tx,
    delivery::{Destination, KeptDelivery},
    money::Money,
    settings::locality::{Asked, require},
    translations::languages,
};

/// A cart that was priced anew.
#[derive(Debug, Clone)]
pub struct Moved {
    pub view: CartView,
    /// Whose unit price is another amount or in another currency than the shopper saw last.
    pub repriced: Vec<LineRepriced>,
}

/// A line whose price changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRepriced {
    pub line: CartLineId,
    pub title: String,
    pub before: Money,
    /// `None` where the goods are not sold there.
    pub after: Option<Money>,
}

/// Moves a cart to a country, to be paid in that country's currency or in `currency`. Its address stays, and its shipping
/// method where that is still offered. What the shopper is told of here, they have seen: no `PRICE_CHANGED` follows.
///
/// # Errors
/// Refuses a country that there is not, and a currency that the shop does not sell in.
pub async fn move_to(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    country: &str,
    currency: Option<&str>,
) -> Result<Moved> {
    let asked = Asked {
        country: Some(country),
        currency,
        language: None,
    };
    let there = require(shop, &Locality::own(shop), &asked).map_err(|refusal| {
        let field = match refusal.field.iter().any(|field| field == "country") {
            true => "countryCode",
            false => "currencyCode",
        };
        refusal.at(&[field])
    });
    let there = &there?;
    shop.transact(context, |tx| async move {
        let CartRow { row: before, revision } = touch(&tx, cart).await?;
        let delivery = KeptDelivery::at(shop, tx.db(), &revision).await?;
        let after = moved(shop, &delivery, &before, there);
        set(&tx, &after).await?;
        let mut lines = lines_of(shop, tx.db(), &after).await?;
        let withheld = Withheld::of(shop, context, tx.db(), &after, &lines).await?;
        let mut repriced = Vec::new();
        for (line, good) in &mut lines {
            let price = price_of(shop, &after, good, line.quantity);
            let price = price.filter(|_| !withheld.products.contains(&good.product.id));
            if before.currency == after.currency && price == Some(line.seen_price_minor) {
                continue;
            }
            repriced.push(LineRepriced {
                line: line.id,
                title: good.product.title.clone(),
                before: Money::new(line.seen_price_minor, before.currency),
                after: price.map(|minor| Money::new(minor, after.currency)),
            });
            // What is not sold there costs nothing: the line is a problem, and counts for nothing meanwhile.
            line.seen_price_minor = price.unwrap_or_default();
            write(&tx, line).await?;
        }
        let found = CartRow { row: after, revision };
        let view = assemble_of(shop, context, tx.db(), found, lines).await?;
        let mut goods = view.lines.clone();
        translate(tx.db(), &languages(shop, context), &mut goods).await?;
        for line in &mut repriced {
            if let Some(good) = goods.iter().find(|good| good.line.id == line.line) {
                good.product.title.clone_into(&mut line.title);
            }
        }
        Ok(Moved { view, repriced })
    })
    .await
}

fn moved(shop: &Shop, delivery: &KeptDelivery, before: &cart::Model, there: &Locality) -> cart::Model {
    let to = before.shipping_address.as_ref().map(Destination::of);
    let methods = delivery.methods_for(&shop.profile(), there.currency, to.as_ref());
    let chosen = before.shipping_method_id;
    cart::Model {
        currency: there.currency,
        country: Some(there.country.to_string()),
        shipping_method_id: chosen.filter(|chosen| methods.iter().any(|method| method.id == *chosen)),
        ..before.clone()
    }
}

async fn set(tx: &Tx, row: &cart::Model) -> Result<()> {
    cart::Entity::update_many()
        .col_expr(cart::Column::Currency, Expr::value(row.currency))
        .col_expr(cart::Column::Country, Expr::value(row.country.clone()))
        .col_expr(cart::Column::ShippingMethodId, Expr::value(row.shipping_method_id))
        .filter(cart::Column::Id.eq(row.id))
        .exec(tx.db())
        .await?;
    Ok(())
}
