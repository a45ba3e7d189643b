//! What stays costs what it did, to the minor unit. It was not always priced here: what is sent in place of other goods has a total,
//! from which its tax was taken; and how shipping was taxed nobody noted. To compute that once more may come to another unit,
//! which nobody asked for and nobody owes.

use vitrine_entity::{
    order_adjustment::{self, AdjustmentKind, AdjustmentTarget},
    order_line,
};

use super::asked::{Asked, Line, STAFF, adjustment_of, is_of_one, target_of};
use crate::pricing::{Applied, Priced, PricedLine, Share, ShareOf, TaxLine, Totals};

/// What it costs now, where nothing that has a price is to be another.
pub(super) fn as_it_is(asked: &Asked<'_>) -> Option<Priced> {
    let is_same = asked.lines.len() == asked.sold.len()
        && asked
            .lines
            .iter()
            .zip(asked.sold)
            .all(|(line, sold)| is_as_sold(line, sold))
        && asked.shipping_minor == asked.order.shipping_minor
        && is_same_discount(asked);
    is_same.then(|| Priced {
        lines: asked.sold.iter().map(|sold| cost_of(asked, sold)).collect(),
        adjustments: asked
            .adjustments
            .chunk_by(is_of_one)
            .filter_map(|group| applied(asked, group))
            .collect(),
        totals: totals(asked),
    })
}

/// Has each line that is left as it was sold cost what it did, where what was taken off it and put on it is the same.
pub(super) fn keep_costs(asked: &Asked<'_>, priced: &mut Priced) {
    for (line, cost) in asked.lines.iter().zip(&mut priced.lines) {
        let Some(sold) = asked.sold.iter().find(|sold| is_as_sold(line, sold)) else {
            continue;
        };
        let before = cost_of(asked, sold);
        let price = |cost: PricedLine| (cost.subtotal_minor, cost.discount_minor, cost.fee_minor);
        if price(before) != price(*cost) {
            continue;
        }
        let more_tax_minor = before.tax_minor - cost.tax_minor;
        priced.totals.total_minor += before.total_minor - cost.total_minor;
        priced.totals.tax_minor += more_tax_minor;
        let mut taxes = priced.totals.taxes.iter_mut();
        let borne = taxes.find(|tax| {
            let mut parts = line.rate.0.iter();
            parts.any(|part| part.basis_points == tax.basis_points && part.name == tax.name)
        });
        if let Some(borne) = borne {
            borne.amount_minor += more_tax_minor;
        }
        *cost = before;
    }
}

fn is_as_sold(line: &Line, sold: &order_line::Model) -> bool {
    line.before == Some(sold.id)
        && (line.quantity, line.unit_price_minor) == (sold.quantity, sold.unit_price_minor)
        && line.rate.basis_points() == sold.tax_basis_points
}

/// Whether staff take off what they have taken off before, by the same name.
fn is_same_discount(asked: &Asked<'_>) -> bool {
    let theirs = asked
        .adjustments
        .iter()
        .filter(|row| row.code == STAFF && row.discount_id.is_none());
    let before_minor: i64 = theirs.clone().map(|row| row.amount_minor).sum();
    match &asked.discount {
        None => true,
        Some((amount_minor, label)) => *amount_minor == before_minor && theirs.clone().all(|row| row.label == *label),
    }
}

/// A line's fee stands in no column of its own: it is what the line costs beyond its price.
fn cost_of(asked: &Asked<'_>, sold: &order_line::Model) -> PricedLine {
    let on_top_minor = match asked.order.prices_include_tax {
        true => 0,
        false => sold.tax_minor,
    };
    PricedLine {
        subtotal_minor: sold.subtotal_minor,
        discount_minor: sold.discount_minor,
        fee_minor: sold.total_minor - on_top_minor - (sold.subtotal_minor - sold.discount_minor),
        tax_minor: sold.tax_minor,
        total_minor: sold.total_minor,
    }
}

fn applied(asked: &Asked<'_>, group: &[order_adjustment::Model]) -> Option<Applied> {
    let first = group.first().filter(|first| first.kind != AdjustmentKind::Credit)?;
    let target = target_of(asked, first)?;
    let share = |row: &order_adjustment::Model| {
        let place = asked.sold.iter().position(|line| Some(line.id) == row.order_line_id);
        let of = match row.target {
            AdjustmentTarget::Line | AdjustmentTarget::Goods => ShareOf::Line(place?),
            AdjustmentTarget::Shipping => ShareOf::Shipping,
            AdjustmentTarget::Total => ShareOf::Total,
        };
        Some(Share {
            of,
            amount_minor: row.amount_minor,
        })
    };
    Some(Applied {
        adjustment: adjustment_of(first, target, group.iter().map(|row| row.amount_minor).sum()),
        shares: group.iter().filter_map(share).collect(),
    })
}

fn totals(asked: &Asked<'_>) -> Totals {
    let order = asked.order;
    let taxes = order.tax.iter().flat_map(|tax| &tax.lines).map(|line| TaxLine {
        name: line.name.clone(),
        basis_points: line.basis_points,
        amount_minor: line.amount_minor,
    });
    Totals {
        currency: order.currency,
        subtotal_minor: order.subtotal_minor,
        discount_minor: order.discount_minor,
        fee_minor: order.fee_minor,
        shipping_minor: order.shipping_minor,
        tax_minor: order.tax_minor,
        total_minor: order.total_minor,
        // What credit pays is not priced anew.
        credit_minor: 0,
        prices_include_tax: order.prices_include_tax,
        taxes: taxes.collect(),
    }
}
