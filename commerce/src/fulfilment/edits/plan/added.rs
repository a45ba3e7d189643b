//! Lines that an order has not yet: at the price of the order's day, taxed as the order is.

use std::collections::{HashMap, HashSet};

use vitrine_entity::{
    attribute::Attributes,
    ids::{OrderLineId, VariantId},
    order, order_line,
    tax_record::TaxTreatment,
};

use crate::{
    ErrorCode, Refusal, Result, Tx,
    cart::drafting,
    catalog::goods::{Good, goods_on},
    delivery::{
        Destination,
        tax::{TaxRates, rates_at},
    },
    fulfilment::edits::{as_sold::AsSold, change::AddedLine, rates, reprice::Line},
    language::messages,
    pricing::Rate,
    sql, trade,
};

/// A line that is added, but for what it costs.
#[derive(Debug, Clone)]
pub(super) struct Added {
    pub(super) row: order_line::Model,
    pub(super) priced: Line,
}

pub(super) async fn lines(
    tx: &Tx,
    order: &order::Model,
    sold: &[order_line::Model],
    asked: &[AddedLine],
) -> Result<Vec<Added>> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<VariantId> = asked.iter().map(|added| added.variant).collect();
    let goods = goods(tx, order, &ids).await?;
    let at_once = delivered_at_once(tx, ids.clone()).await?;
    let rates = Rates::of(tx, order).await?;
    let first = sold.iter().map(|line| line.position).max().map_or(0, |last| last + 1);
    let mut lines = Vec::with_capacity(asked.len());
    for (place, added) in asked.iter().enumerate() {
        let index = place.to_string();
        let at = |name: &'static str| ["added", &*index, name].map(str::to_owned);
        let good = goods
            .get(&added.variant)
            .filter(|good| good.product.deleted_at.is_none());
        let good = good.ok_or_else(|| refused(Refusal::not_found("variant"), at("variantId")))?;
        check(order, good, &at_once, &ids[..place]).map_err(|wrong| refused(wrong, at("variantId")))?;
        let rate = rates.of_good(order, sold, good);
        let unit_price_minor = match &added.unit_price {
            Some(typed) => drafting::amount(typed, order.currency, &["added", &index, "unitPrice"])?,
            None => {
                let price = price(tx, order, good, added.quantity).await?;
                let price = price.ok_or_else(|| {
                    let message = messages::edit_no_price(&good.product.title);
                    refused(Refusal::new(ErrorCode::Invalid, message), at("unitPrice"))
                })?;
                let category = good.variant.tax_category.as_deref();
                rates.as_sold.price(category, rate.basis_points(), price)?
            }
        };
        let row = row(
            tx,
            order,
            good,
            first + place as i32,
            (added.quantity, unit_price_minor),
            &rate,
        );
        let priced = Line {
            before: None,
            unit_price_minor,
            quantity: added.quantity,
            rate,
        };
        lines.push(Added { row, priced });
    }
    Ok(lines)
}

fn refused(refusal: Refusal, path: [String; 3]) -> Refusal {
    Refusal {
        field: path.to_vec(),
        ..refusal
    }
}

fn check(order: &order::Model, good: &Good, at_once: &HashSet<VariantId>, before: &[VariantId]) -> Result<(), Refusal> {
    let title = &good.product.title;
    let message = if at_once.contains(&good.variant.id) {
        messages::edit_delivered_at_once(title)
    } else if before.contains(&good.variant.id) {
        messages::return_line_twice()
    } else if good.variant.requires_shipping && !order.ships {
        messages::order_not_sent()
    } else {
        return Ok(());
    };
    Err(Refusal::new(ErrorCode::Invalid, message))
}

/// What of these is given as the order is confirmed, and is not given back: files and gift cards.
pub(super) async fn delivered_at_once(tx: &Tx, variants: Vec<VariantId>) -> Result<HashSet<VariantId>> {
    let sql = format!(
        "select v.id from variant v where v.id {} and (v.gift_card or exists \
         (select 1 from variant_file f where f.variant_id = v.id and f.deleted_at is null))",
        sql::among_parameter::<VariantId>(tx.db(), 1)
    );
    let ids: Vec<VariantId> = sql::column(tx.db(), &sql, [sql::list(tx.db(), variants)]).await?;
    Ok(ids.into_iter().collect())
}

/// The goods, with what whoever placed the order is offered for them today.
async fn goods(tx: &Tx, order: &order::Model, ids: &[VariantId]) -> Result<HashMap<VariantId, Good>> {
    let (shop, db, currency) = (tx.shop(), tx.db(), order.currency);
    let terms = trade::terms::of(shop, db, order.customer_id).await?;
    let mut deals = trade::deals(shop, db, &terms, currency, ids).await?;
    let mut goods = goods_on(shop, db, currency, ids).await?;
    for (variant, good) in &mut goods {
        good.deal = deals.remove(variant).unwrap_or_default();
    }
    Ok(goods)
}

/// What a unit costs where so many are bought: by the shop's price on the order's day, or today's where nobody noted that,
/// and by what is offered for it today, of which no history is kept.
async fn price(tx: &Tx, order: &order::Model, good: &Good, quantity: i32) -> Result<Option<i64>> {
    let sql = "select amount_minor from price_history where variant_id = $1 and currency = $2 and since <= $3 \
        and (until is null or until > $3) order by since desc limit 1";
    let values = [good.variant.id.into(), order.currency.into(), order.placed_at.into()];
    let then: Vec<i64> = sql::column(tx.db(), sql, values).await?;
    let today = good.price.as_ref().map(|price| price.amount_minor);
    let step_minor = tx.shop().price_step_minor(order.currency);
    let won = good
        .deal
        .unit_price(then.first().copied().or(today), quantity.into(), step_minor);
    Ok(won.map(|won| won.amount_minor))
}

fn row(
    tx: &Tx,
    order: &order::Model,
    good: &Good,
    position: i32,
    (quantity, unit_price_minor): (i32, i64),
    rate: &Rate,
) -> order_line::Model {
    let variant = &good.variant;
    order_line::Model {
        id: OrderLineId(tx.shop().new_id()),
        order_id: order.id,
        position,
        product_id: good.product.id,
        variant_id: variant.id,
        sku: variant.sku.clone(),
        title: good.product.title.clone(),
        variant_title: match variant.option_values.as_array() {
            Some(values) if !values.is_empty() => variant.title.clone(),
            _ => String::new(),
        },
        picture_source: good.picture.as_ref().map(|picture| picture.source.clone()),
        quantity,
        unit_price_minor,
        unit_measurement: variant.unit_measurement.clone(),
        weight_grams: Some(variant.weight_grams),
        subtotal_minor: 0,
        discount_minor: 0,
        tax_basis_points: rate.basis_points(),
        tax_minor: 0,
        total_minor: 0,
        attributes: Attributes::default(),
    }
}

/// The rates where the order goes, and what becomes of the tax that prices contain.
struct Rates<'a> {
    there: TaxRates,
    as_sold: AsSold<'a>,
}

impl<'a> Rates<'a> {
    async fn of(tx: &Tx, order: &'a order::Model) -> Result<Self> {
        let country = order.tax.as_ref().map(|tax| &*tax.country);
        let to = match country {
            Some(country) if country != order.shipping_address.country => Destination::new(country, None, None),
            _ => Destination::of(&order.shipping_address),
        };
        Ok(Self {
            there: rates_at(tx.db(), &to).await?,
            as_sold: AsSold::of(tx, order).await?,
        })
    }

    /// As another variant of the product was taxed, else by the rates of today.
    fn of_good(&self, order: &order::Model, sold: &[order_line::Model], good: &Good) -> Rate {
        if let Some(like) = sold.iter().find(|line| line.product_id == good.product.id) {
            return rates::of_line(order, like.tax_basis_points);
        }
        match order.tax.as_ref().map(|tax| tax.treatment) {
            None | Some(TaxTreatment::Taxed) => self.there.of(good.variant.tax_category.as_deref()),
            Some(TaxTreatment::Exempt | TaxTreatment::ReverseCharge | TaxTreatment::Export) => Rate::default(),
        }
    }
}
