//! An order that is sent in place of goods of another: what was broken or lost, or other goods in exchange.

use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use vitrine_entity::{
    attribute::Attributes,
    delivery_record::DeliveryRecord,
    ids::{OrderAdjustmentId, OrderId, OrderLineId},
    order::{self, OrderStatus},
    order_adjustment::{self, AdjustmentKind, AdjustmentTarget},
    order_line,
    tax_record::{TaxRecord, TaxRecordLine},
};

use crate::{
    ErrorCode, Refusal, Result, Tx, companies,
    credit::{self, CartCredit},
    fulfilment::edits,
    inventory::{self, Demand, Held},
    language::messages,
    money::Money,
    orders::{self, access},
    payments::{self, ChosenMethod},
};

/// Units that are sent.
pub(super) struct Sent {
    /// What it is, and what one costs by the list.
    pub(super) like: order_line::Model,
    pub(super) quantity: i32,
    /// What they cost here, with the tax.
    pub(super) total_minor: i64,
}

/// Why it costs less than its list prices.
pub(super) struct Why {
    pub(super) code: &'static str,
    pub(super) label: String,
}

/// Writes an order that goes to where `of` went, paid by `credits`. What it costs more is owed: it waits for that before it
/// leaves, as an order that a change has made dearer, unless it is promised as `of` was.
///
/// # Errors
/// Refuses goods of which less is left, credit that another order took meanwhile, and more on account than a company may owe.
pub(super) async fn place(
    tx: &Tx,
    of: &order::Model,
    sent: &[Sent],
    credits: &[CartCredit],
    why: &Why,
    promised: Option<&ChosenMethod>,
) -> Result<order::Model> {
    // Rows are written table by table, in the order in which they are first named: were an event of `of` still waiting,
    // this order's events would be written before the order itself.
    tx.write_now().await?;
    let id = OrderId(tx.shop().new_id());
    let lines: Vec<_> = (0..)
        .zip(sent)
        .map(|(position, sent)| line(tx, of, id, position, sent))
        .collect();
    let credit_minor: i64 = credits.iter().map(|credit| credit.applied.minor).sum();
    let total_minor: i64 = lines.iter().map(|line| line.total_minor).sum();
    let due_minor = total_minor - credit_minor;
    let promised = promised.filter(|_| due_minor > 0);
    let hold = promised.map_or(tx.shop().settings.reservation, |method| method.hold);
    let base_total_minor = edits::base_total(tx, of, total_minor).await?;
    let row = draft(tx, of, id, &lines, (credit_minor, base_total_minor));
    let (row, first) = match promised {
        Some(_) => (promise(row), payments::first_step(due_minor)),
        None => (row, payments::first_step(0)),
    };
    let order = orders::begin(tx, row, first, hold).await?;
    let on_account = promised.filter(|method| method.is_on_account());
    let on_account = on_account.map(|_| Money::new(due_minor, order.currency));
    let number = companies::account::record_like(tx, of.id, order.id, on_account).await?;
    let goods = lines.iter().flat_map(|line| [line.sku.as_str(), line.title.as_str()]);
    orders::desk::make_new_findable(tx, &order, goods.chain(number.as_deref()));
    tx.write_later::<order_line::Entity>(lines.iter().cloned().map(IntoActiveModel::into_active_model));
    write_discounts(tx, &lines, why);
    payments::begin(tx, &order, promised);
    // In the order in which placing takes them, so that neither waits for the other.
    credit::redeem(tx, order.id, credits).await?;
    reserve(tx, &order, &lines, hold).await?;
    // Whoever calls this refers to it.
    tx.write_now().await?;
    if order.unpaid_minor > 0 {
        edits::keep_corrected(tx, &order, &order).await?;
    }
    Ok(order)
}

/// What is promised is no change that waits for its payment.
fn promise(row: order::ActiveModel) -> order::ActiveModel {
    order::ActiveModel {
        unpaid_minor: Set(0),
        ..row
    }
}

fn line(tx: &Tx, of: &order::Model, id: OrderId, position: i32, sent: &Sent) -> order_line::Model {
    let like = &sent.like;
    let subtotal_minor = like.unit_price_minor * i64::from(sent.quantity);
    let contained_minor = contained_tax(sent.total_minor, like.tax_basis_points);
    let (without_its_tax, tax_minor) = match of.prices_include_tax {
        true => (sent.total_minor, contained_minor),
        // A minor unit that came of sharing a line's total among its units is tax, and makes no price higher than the list's.
        false => {
            let net_minor = (sent.total_minor - contained_minor).min(subtotal_minor);
            (net_minor, sent.total_minor - net_minor)
        }
    };
    order_line::Model {
        id: OrderLineId(tx.shop().new_id()),
        order_id: id,
        position,
        quantity: sent.quantity,
        subtotal_minor,
        discount_minor: subtotal_minor - without_its_tax,
        tax_minor,
        total_minor: sent.total_minor,
        attributes: Attributes::default(),
        ..like.clone()
    }
}

/// The tax within an amount, rounded half up.
fn contained_tax(total_minor: i64, basis_points: i32) -> i64 {
    let (total, rate) = (i128::from(total_minor), i128::from(basis_points));
    // A part of an `i64` fits into one.
    ((2 * total * rate + 10_000 + rate) / (2 * (10_000 + rate))) as i64
}

fn draft(
    tx: &Tx,
    of: &order::Model,
    id: OrderId,
    lines: &[order_line::Model],
    (credit_minor, base_total_minor): (i64, Option<i64>),
) -> order::ActiveModel {
    let (shop, now) = (tx.shop(), tx.shop().now());
    let sum = |of_line: fn(&order_line::Model) -> i64| lines.iter().map(of_line).sum::<i64>();
    let total_minor = sum(|line| line.total_minor);
    order::ActiveModel {
        id: Set(id),
        number: Set(orders::number::draw(shop)),
        customer_id: Set(of.customer_id),
        email: Set(of.email.clone()),
        locale: Set(of.locale.clone()),
        status: Set(OrderStatus::Created),
        currency: Set(of.currency),
        subtotal_minor: Set(sum(|line| line.subtotal_minor)),
        discount_minor: Set(sum(|line| line.discount_minor)),
        fee_minor: Set(0),
        shipping_minor: Set(0),
        tax_minor: Set(sum(|line| line.tax_minor)),
        total_minor: Set(total_minor),
        credit_minor: Set(credit_minor),
        prices_include_tax: Set(of.prices_include_tax),
        shipping_address: Set(of.shipping_address.clone()),
        billing_address: Set(of.billing_address.clone()),
        shipping_method_name: Set(of.shipping_method_name.clone()),
        note: Set(None),
        access_token_hash: Set(access::hash(&access::token(shop, id))),
        event_count: Set(0),
        placed_at: Set(now),
        updated_at: Set(now),
        tax: Set(of.tax.as_ref().map(|tax| taxed(tax, lines))),
        // What it promised was for that day.
        delivery: Set(of.delivery.clone().map(|delivery| DeliveryRecord {
            earliest: None,
            latest: None,
            ..delivery
        })),
        ships: Set(true),
        attributes: Set(Attributes::default()),
        gift_message: Set(None),
        base_total_minor: Set(base_total_minor),
        unpaid_minor: Set(total_minor - credit_minor),
    }
}

/// The order's taxes, by the rates that the other order names.
fn taxed(of: &TaxRecord, lines: &[order_line::Model]) -> TaxRecord {
    let amount = |basis_points: i32| {
        let taxed = lines.iter().filter(|line| line.tax_basis_points == basis_points);
        taxed.map(|line| line.tax_minor).sum::<i64>()
    };
    let named = of.lines.iter().map(|line| TaxRecordLine {
        amount_minor: amount(line.basis_points),
        ..line.clone()
    });
    TaxRecord {
        lines: named.filter(|line| line.amount_minor != 0).collect(),
        ..of.clone()
    }
}

fn write_discounts(tx: &Tx, lines: &[order_line::Model], why: &Why) {
    let discounted = lines.iter().filter(|line| line.discount_minor != 0);
    let rows = discounted.map(|line| order_adjustment::ActiveModel {
        id: Set(OrderAdjustmentId(tx.shop().new_id())),
        order_id: Set(line.order_id),
        position: Set(0),
        kind: Set(AdjustmentKind::Discount),
        target: Set(AdjustmentTarget::Line),
        order_line_id: Set(Some(line.id)),
        amount_minor: Set(line.discount_minor),
        code: Set(why.code.to_owned()),
        label: Set(why.label.clone()),
        discount_id: Set(None),
        discount_code_id: Set(None),
    });
    tx.write_later::<order_adjustment::Entity>(rows);
}

async fn reserve(tx: &Tx, order: &order::Model, lines: &[order_line::Model], hold: TimeDelta) -> Result<()> {
    let mut demands: Vec<Demand> = Vec::new();
    for line in lines {
        match demands.iter_mut().find(|demand| demand.variant == line.variant_id) {
            Some(demand) => demand.quantity += i64::from(line.quantity),
            None => demands.push(Demand {
                sku: line.sku.clone(),
                variant: line.variant_id,
                quantity: line.quantity.into(),
            }),
        }
    }
    let expires_at = tx.shop().now() + hold;
    let outcomes = inventory::reserve(tx, order.id, &mut demands, expires_at).await?;
    for (demand, outcome) in demands.iter().zip(outcomes) {
        if let Held::Insufficient { available } = outcome {
            let message = messages::only_so_many(available, &demand.sku);
            return Err(Refusal::new(ErrorCode::InsufficientStock, message)
                .at(&["lines"])
                .into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::contained_tax;

    #[test]
    fn a_price_contains_its_tax() {
        for (total, rate, tax) in [(11_900, 1_900, 1_900), (100, 1_900, 16), (0, 1_900, 0), (100, 0, 0)] {
            assert_eq!(contained_tax(total, rate), tax);
        }
    }

    proptest! {
        #[test]
        fn tax_is_a_part_of_what_is_paid(total in 0..1_000_000_000i64, rate in 0..5_000i32) {
            prop_assert!((0..=total).contains(&contained_tax(total, rate)));
        }
    }
}
