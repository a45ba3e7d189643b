//! What an order sold, line by line.

use vitrine_entity::{
    order,
    order_adjustment::{self, AdjustmentKind},
    order_line,
};

use super::{Change, Charge, Line, Tax, shipping, tax::Treatment, tax::net_of};
use crate::Fault;

/// An order's lines, what is charged beside them, and their taxes.
pub(crate) struct Sold {
    pub(crate) lines: Vec<Line>,
    pub(crate) charges: Vec<Charge>,
    pub(crate) taxes: Vec<Tax>,
}

/// What an order sold.
///
/// # Errors
/// A fault where its rows do not sum up to its total.
pub(crate) fn of_order(
    order: &order::Model,
    lines: &[order_line::Model],
    adjustments: &[order_adjustment::Model],
    treatment: &Treatment<'_>,
    shipping_label: &str,
) -> Result<Sold, Fault> {
    let included = order.prices_include_tax;
    let sold: Vec<Line> = lines
        .iter()
        .map(|line| of_line(line, adjustments, treatment, included))
        .collect();
    let tax_minor = order.tax_minor - lines.iter().map(|line| line.tax_minor).sum::<i64>();
    let total_minor = order.total_minor - lines.iter().map(|line| line.total_minor).sum::<i64>();
    let amount_minor = if included { total_minor } else { total_minor - tax_minor };
    let charges: Vec<Charge> = shipping::parts(order, lines, amount_minor, tax_minor)
        .into_iter()
        .map(|part| Charge {
            label: shipping_label.to_owned(),
            net_minor: part.net_minor,
            tax_minor: part.tax_minor,
            rate: treatment.rate(part.basis_points),
        })
        .collect();
    let taxes = treatment.taxes(&sold, &charges);
    if !sums_up(order) || charges.iter().any(|charge| charge.net_minor < 0) {
        return Err(Fault::Corrupt {
            table: "orders",
            column: "total_minor",
            id: order.id.to_string(),
        });
    }
    Ok(Sold {
        lines: sold,
        charges,
        taxes,
    })
}

/// Whether an order comes to what its parts do. What its lines do not is shipping.
fn sums_up(order: &order::Model) -> bool {
    let tax_minor = if order.prices_include_tax { 0 } else { order.tax_minor };
    let goods_minor = order.subtotal_minor - order.discount_minor + order.fee_minor;
    goods_minor + order.shipping_minor + tax_minor == order.total_minor
}

fn of_line(
    line: &order_line::Model,
    adjustments: &[order_adjustment::Model],
    treatment: &Treatment<'_>,
    included: bool,
) -> Line {
    let net_minor = line.total_minor - line.tax_minor;
    // What pays no tax contains none, whatever the rate would be.
    let basis_points = treatment.rate(line.tax_basis_points).basis_points;
    let changes: Vec<Change> = adjustments
        .iter()
        .filter(|adjustment| adjustment.order_line_id == Some(line.id))
        .map(|adjustment| Change {
            label: adjustment.label.clone(),
            amount_minor: net_of(adjustment.amount_minor, basis_points, included),
            is_charge: adjustment.kind == AdjustmentKind::Fee,
        })
        .filter(|change| change.amount_minor > 0)
        .collect();
    let changed_minor: i64 = changes.iter().map(Change::signed_minor).sum();
    Line {
        sku: line.sku.clone(),
        name: line.title.clone(),
        description: Some(line.variant_title.clone()).filter(|text| !text.is_empty()),
        quantity: i64::from(line.quantity),
        units_minor: net_minor - changed_minor,
        changes,
        net_minor,
        tax_minor: line.tax_minor,
        rate: treatment.rate(line.tax_basis_points),
    }
}

impl Change {
    fn signed_minor(&self) -> i64 {
        match self.is_charge {
            true => self.amount_minor,
            false => -self.amount_minor,
        }
    }
}
