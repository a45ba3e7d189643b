//! What depends on how much was bought: a discount from a minimum on, shipping that is free from an amount on, a price by quantity.
//! Staff may leave it to whoever has bought by it; whoever placed an order does not take goods out and keep it.

use std::collections::HashSet;

use sea_orm::{EntityTrait, QueryFilter};
use vitrine_entity::{
    discount::{self, Effect, Threshold, Value},
    ids::{DiscountId, OrderLineId, VariantId},
    order_line, shipping_method,
};

use super::plan::Plan;
use crate::{
    Error, ErrorCode, Refusal, Result, Tx,
    catalog::goods::goods_on,
    language::{Message, messages},
    money::Currency,
    pricing::{Applied, Origin},
    sql, trade,
};

/// Refuses to take out goods for which something was given that what is left would not be given.
///
/// # Errors
/// `INVALID`.
pub(super) async fn refuse_less_than_asked(tx: &Tx, plan: &Plan) -> Result<()> {
    let is_less = plan.lines.iter().any(|line| line.row.quantity < line.before);
    if !is_less && plan.removed.is_empty() {
        return Ok(());
    }
    discounts(tx, plan).await?;
    shipping(tx, plan).await?;
    prices(tx, plan).await
}

async fn discounts(tx: &Tx, plan: &Plan) -> Result<()> {
    let kept = |applied: &Applied| match applied.adjustment.origin {
        Some(Origin::Discount { discount, .. }) if !applied.shares.is_empty() => Some(discount),
        _ => None,
    };
    let kept: HashSet<DiscountId> = plan.priced.adjustments.iter().filter_map(kept).collect();
    if kept.is_empty() {
        return Ok(());
    }
    let given = discount::Entity::find().filter(sql::among(tx.db(), discount::Column::Id, kept));
    for row in given.all(tx.db()).await? {
        if !holds(&row, plan) {
            let mut of_it = plan.adjustments.iter().filter(|one| one.discount_id == Some(row.id));
            let title = of_it.next().map_or(&row.title, |one| &one.label);
            return Err(refused(messages::edit_discount_asks(title)));
        }
    }
    Ok(())
}

/// Whether what is left reaches all that was asked for and reached. Which goods somebody bought to get others for less nobody
/// has noted. Pure.
fn holds(row: &discount::Model, plan: &Plan) -> bool {
    let (goods, value) = match &row.effect {
        Effect::BuyXGetY { .. } => return false,
        Effect::Products { goods, value } => (Some(goods), Some(value)),
        Effect::Order { value } => (None, Some(value)),
        Effect::Shipping { .. } => (None, None),
    };
    let is_of_some = goods.is_some_and(|goods| !goods.is_all() || goods.without_reduced);
    let counted: Option<HashSet<OrderLineId>> = is_of_some.then(|| {
        let of_it = plan.adjustments.iter().filter(|one| one.discount_id == Some(row.id));
        of_it.filter_map(|one| one.order_line_id).collect()
    });
    let counts = |line: &&order_line::Model| counted.as_ref().is_none_or(|lines| lines.contains(&line.id));
    let before = Bought::of(plan.sold.iter().filter(counts));
    let after = Bought::of(plan.lines.iter().map(|line| &line.row).filter(counts));
    let tiers = match value {
        Some(Value::Tiered(tiers)) => tiers.as_slice(),
        Some(Value::Flat(_)) | None => &[],
    };
    let currency = plan.before.currency;
    let mut asked = row.conditions.minimum.iter().chain(tiers.iter().map(|tier| &tier.from));
    asked.all(|asked| !before.reaches(asked, currency, true) || after.reaches(asked, currency, false))
}

/// How much there is of some goods, before any discount.
#[derive(Debug, Default)]
struct Bought {
    quantity: i64,
    spend_minor: i64,
}

impl Bought {
    fn of<'a>(lines: impl Iterator<Item = &'a order_line::Model>) -> Self {
        lines.fold(Self::default(), |sum, line| Self {
            quantity: sum.quantity.saturating_add(line.quantity.into()),
            spend_minor: sum.spend_minor.saturating_add(line.subtotal_minor),
        })
    }

    /// `unknown` where the amount is not named in the order's currency.
    fn reaches(&self, asked: &Threshold, currency: Currency, unknown: bool) -> bool {
        match asked {
            Threshold::Quantity(quantity) => self.quantity >= *quantity,
            Threshold::Spend(amounts) => {
                let named = amounts.0.iter().find(|amount| amount.currency == currency);
                named.map_or(unknown, |amount| self.spend_minor >= amount.minor)
            }
        }
    }
}

async fn shipping(tx: &Tx, plan: &Plan) -> Result<()> {
    let (before, after) = (&plan.before, &plan.after);
    let Some(delivery) = before.delivery.as_ref().filter(|_| before.shipping_minor == 0) else {
        return Ok(());
    };
    let method = shipping_method::Entity::find_by_id(delivery.method)
        .one(tx.db())
        .await?;
    let method = method.filter(|method| method.currency == before.currency);
    match method.and_then(|method| method.free_from_minor) {
        Some(from) if after.subtotal_minor < from && from <= before.subtotal_minor => {
            Err(refused(messages::edit_shipping_asks()))
        }
        _ => Ok(()),
    }
}

/// A price from some quantity on, everybody's or a catalog's: by today's, for an order notes what a unit cost, and not why.
async fn prices(tx: &Tx, plan: &Plan) -> Result<()> {
    let shop = tx.shop();
    let kinds = shop.profile().trade;
    if !kinds.has_catalogs && !kinds.has_quantity_prices {
        return Ok(());
    }
    let fewer = || plan.lines.iter().filter(|line| line.row.quantity < line.before);
    let variants: Vec<VariantId> = fewer().map(|line| line.row.variant_id).collect();
    let currency = plan.before.currency;
    let terms = trade::terms::of(shop, tx.db(), plan.before.customer_id).await?;
    let mut deals = trade::deals(shop, tx.db(), &terms, currency, &variants).await?;
    let mut goods = goods_on(shop, tx.db(), currency, &variants).await?;
    for (variant, good) in &mut goods {
        good.deal = deals.remove(variant).unwrap_or_default();
    }
    let step_minor = shop.price_step_minor(currency);
    for line in fewer() {
        let price = |quantity| {
            let good = goods.get(&line.row.variant_id)?;
            good.unit_price(quantity, step_minor).map(|won| won.amount_minor)
        };
        let is_dearer = match (price(line.before), price(line.row.quantity)) {
            (Some(before), Some(after)) => after > before,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if is_dearer {
            return Err(refused(messages::edit_price_asks(&line.row.title)));
        }
    }
    Ok(())
}

fn refused(message: Message) -> Error {
    Refusal::new(ErrorCode::Invalid, message).at(&["lines"]).into()
}
