//! Goods that came back are exchanged for another variant of the same product.
//!
//! What was paid for them becomes store credit of the order's customer (of guests, a gift card that nobody else knows), and
//! that pays the order by which the others are sent: so each order is paid for what it sent. Where the second is cancelled, or
//! comes back in turn, its credit goes on to what the first was paid with. What the others cost less goes back. What they cost
//! more is taken from the credit as far as there is any, and the rest is owed of the second order, as what a change of it puts on,
//! for as many days as the shop says (`unpaid`).

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderId, RefundId, ReturnId, ReturnLineId, VariantId},
    order, order_line,
    order_refund::RefundTo,
    order_return,
    order_return_event::ReturnEventKind,
    order_return_line, price, variant,
};

use super::{
    refund::{close_if_done, paid_for},
    replacement::{self, Sent, Why},
    row,
    state::unpaid as units_unpaid,
    unpaid,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx, credit,
    error::expect_version,
    idempotency::{self, Claim},
    language::messages,
    money::Money,
    orders::load,
    payments::{self, RefundLine, RefundLines},
    sql,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// Which units are exchanged, and for what.
#[derive(Debug, Clone)]
pub struct Exchange {
    pub id: ReturnId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    /// Each line of the return once.
    pub lines: Vec<ExchangeUnits>,
    /// Where what they cost less goes.
    pub to: RefundTo,
    /// Chosen by the client, once for each exchange.
    pub idempotency_key: String,
}

/// Units of a line, and what is sent in their place.
#[derive(Debug, Clone, Copy)]
pub struct ExchangeUnits {
    pub line: ReturnLineId,
    pub quantity: i32,
    pub variant: VariantId,
}

/// One of them, with what is known of it.
struct Swap<'a> {
    back: &'a order_return_line::Model,
    sold: &'a order_line::Model,
    quantity: i32,
    variant: variant::Model,
    /// What one costs by the list, and how much more that is than the other did, with the tax.
    price_minor: i64,
    difference_minor: i64,
}

/// Sends other goods in the place of some that came. A return is exchanged once.
///
/// # Errors
/// Refuses whoever may not, a variant of another product or with another tax, units that have not come or are paid back, goods
/// of which less is left, and store credit for a guest.
pub async fn exchange(shop: &Shop, context: &Context, input: Exchange) -> Result<order_return::Model> {
    permission::require(context, Permission::Orders)?;
    permission::require(context, Permission::Refunds)?;
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    let input = &input;
    shop.transact_keyed(context, |tx| async move {
        let (order, mut row) = row::lock(&tx, input.id).await?;
        let id = OrderId(shop.new_id());
        let parts = [input.id.to_string(), format!("{:?} {:?}", input.lines, input.to)];
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let request = idempotency::Request::of_staff(&tx, "return_exchange", key, &parts);
        if let Claim::Replay::<OrderId>(_) = idempotency::claim(&tx, &request, order.id, id).await? {
            return Ok(row);
        }
        expect_version("return", row.version, input.expected_version)?;
        if row.exchange_order_id.is_some() {
            let message = messages::return_exchanged();
            return Err(Refusal::new(ErrorCode::OrderState, message).at(&["id"]).into());
        }
        let lines = row::lines(&tx, row.id).await?;
        let sold = load::lines_on(tx.db(), order.id).await?;
        let swaps = swaps(&tx, &order, &lines, &sold, &input.lines).await?;
        for swap in &swaps {
            row::add(
                &tx,
                swap.back.id,
                "refunded",
                swap.quantity,
                "refunded + $2 <= received",
            )
            .await?;
        }
        let Swapped {
            order,
            back_minor,
            refund,
            other,
        } = swap_all(&tx, order, &swaps, input.to).await?;
        row.refunded_minor += back_minor;
        row.exchange_order_id = Some(other.id);
        row.exchange_refund_id = Some(refund);
        row.exchange_due_at = unpaid::await_rest(&tx, &other).await?;
        let units: i32 = swaps.iter().map(|swap| swap.quantity).sum();
        let data = json!({ "units": units, "amountMinor": back_minor, "order": other.id.to_string(), "unpaidMinor": other.unpaid_minor });
        let row = row::write(&tx, row, ReturnEventKind::Exchanged, data.clone()).await?;
        audit(&tx, "return.exchange", row.id.to_string(), data).await?;
        close_if_done(&tx, &order, row).await
    })
    .await
}

async fn swaps<'a>(
    tx: &Tx,
    order: &order::Model,
    lines: &'a [order_return_line::Model],
    sold: &'a [order_line::Model],
    given: &[ExchangeUnits],
) -> Result<Vec<Swap<'a>>> {
    if given.is_empty() {
        let message = messages::exchange_needs_lines();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]).into());
    }
    let wanted = given.iter().map(|asked| asked.variant);
    let wanted: Vec<_> = wanted.chain(sold.iter().map(|line| line.variant_id)).collect();
    let known = variant::Entity::find().filter(sql::among(tx.db(), variant::Column::Id, wanted));
    let known: HashMap<_, _> = known.all(tx.db()).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut swaps: Vec<Swap<'a>> = Vec::new();
    for (index, asked) in given.iter().enumerate() {
        let index = index.to_string();
        let back = row::named(lines, asked.line, swaps.iter().map(|swap| swap.back.id), &index)?;
        let left = units_unpaid(back);
        if !(1..=left).contains(&asked.quantity) {
            let message = messages::exchange_units_left(left);
            let path = ["lines", &index, "quantity"];
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&path).into());
        }
        let path = ["lines", &index, "variantId"];
        let missing = || Refusal::not_found("variant").at(&path);
        let line = sold
            .iter()
            .find(|line| line.id == back.order_line_id)
            .ok_or_else(missing)?;
        let other = known.get(&asked.variant).ok_or_else(missing)?;
        refuse_unlike(line, known.get(&line.variant_id), other).map_err(|refusal| refusal.at(&path))?;
        let price = price::Entity::find_by_id((other.id, order.currency))
            .one(tx.db())
            .await?;
        let price_minor = price.ok_or_else(missing)?.amount_minor;
        swaps.push(Swap {
            back,
            sold: line,
            quantity: asked.quantity,
            variant: other.clone(),
            price_minor,
            difference_minor: with_tax(order, line, price_minor - line.unit_price_minor),
        });
    }
    Ok(swaps)
}

/// What is exchanged is the same product at the same tax.
fn refuse_unlike(
    line: &order_line::Model,
    own: Option<&variant::Model>,
    other: &variant::Model,
) -> Result<(), Refusal> {
    let message = if other.product_id != line.product_id {
        messages::exchange_other_product()
    } else if !other.active || other.deleted_at.is_some() {
        messages::exchange_not_sold()
    } else if own.is_some_and(|own| own.tax_category != other.tax_category) {
        messages::exchange_other_tax()
    } else {
        return Ok(());
    };
    Err(Refusal::new(ErrorCode::Invalid, message))
}

fn with_tax(order: &order::Model, line: &order_line::Model, net_minor: i64) -> i64 {
    match order.prices_include_tax {
        true => net_minor,
        false => net_minor + net_minor * i64::from(line.tax_basis_points) / 10_000,
    }
}

/// What became of an exchange.
struct Swapped {
    order: order::Model,
    /// How much was paid for what came.
    back_minor: i64,
    /// Made credit of it.
    refund: RefundId,
    other: order::Model,
}

/// Makes credit of what was paid for what came, and has it pay the other goods; what is left of it goes back.
async fn swap_all(tx: &Tx, order: order::Model, swaps: &[Swap<'_>], to: RefundTo) -> Result<Swapped> {
    let lines: Vec<_> = swaps
        .iter()
        .map(|swap| RefundLine {
            line: swap.sold.id,
            quantity: swap.quantity,
            amount: None,
        })
        .collect();
    let back_minor = payments::paid_for_units(tx, &order, &lines).await?;
    let sent = sent(&order, swaps, back_minor);
    let costs_minor: i64 = sent.iter().map(|sent| sent.total_minor).sum();
    let too_much_minor = (back_minor - costs_minor).max(0);
    let account = match back_minor > too_much_minor || order.customer_id.is_some() {
        true => Some(credit::account_for_exchange(tx, &order).await?),
        // What came had cost a guest nothing.
        false => None,
    };
    let what = RefundLines {
        lines: &lines,
        shipping: None,
        withheld_minor: too_much_minor,
        to: RefundTo::StoreCredit,
        onto: account,
        reason: None,
    };
    let (order, refund) = payments::refund_lines(tx, order, &what).await?;
    let order = payments::refund_difference(tx, order, too_much_minor, to).await?;
    let credits = match account {
        Some(account) => credit::paying(tx, account, Money::new(costs_minor, order.currency)).await?,
        None => Vec::new(),
    };
    let why = Why {
        code: "EXCHANGE",
        label: order.number.clone(),
    };
    let other = replacement::place(tx, &order, &sent, &credits, &why).await?;
    Ok(Swapped {
        order,
        back_minor,
        refund,
        other,
    })
}

/// What each costs: what was paid for the others, and the difference of their list prices. The last takes what is left of the
/// sum, so that goods of the same price cost what came back, to the minor unit. None costs more than by the list, where something
/// was put on what came back.
fn sent(order: &order::Model, swaps: &[Swap<'_>], back_minor: i64) -> Vec<Sent> {
    let difference_minor: i64 = swaps
        .iter()
        .map(|swap| swap.difference_minor * i64::from(swap.quantity))
        .sum();
    let mut left_minor = (back_minor + difference_minor).max(0);
    let all = swaps.iter().enumerate().map(|(index, swap)| {
        let sold = std::slice::from_ref(swap.sold);
        let own_minor = paid_for(sold, swap.sold.id, swap.quantity) + swap.difference_minor * i64::from(swap.quantity);
        let list_minor = with_tax(order, swap.sold, swap.price_minor * i64::from(swap.quantity));
        let total_minor = match index + 1 == swaps.len() {
            true => left_minor.min(list_minor),
            false => own_minor.clamp(0, left_minor.min(list_minor)),
        };
        left_minor -= total_minor;
        Sent {
            like: order_line::Model {
                variant_id: swap.variant.id,
                sku: swap.variant.sku.clone(),
                variant_title: swap.variant.title.clone(),
                unit_price_minor: swap.price_minor,
                unit_measurement: swap.variant.unit_measurement.clone(),
                weight_grams: Some(swap.variant.weight_grams),
                ..swap.sold.clone()
            },
            quantity: swap.quantity,
            total_minor,
        }
    });
    all.collect()
}
