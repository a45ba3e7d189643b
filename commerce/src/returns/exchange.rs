//! Goods that came back are exchanged for another variant of the same product.
//!
//! What was paid for them becomes store credit of the order's customer (of guests, a gift card that nobody else knows), and
//! that pays the order by which the others are sent: so each order is paid for what it sent. Where the second is cancelled, or
//! comes back in turn, its credit goes on to what the first was paid with. What the others cost less goes back. What they cost
//! more is taken from the credit as far as there is any, and the rest is owed of the second order, as what a change of it puts on,
//! for as many days as the shop says (`unpaid`).
//!
//! Of what came back before it was paid, on account or in cash, no credit can be made: so much less is owed of its order, and the
//! second order is owed in the same way, for what it costs.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
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
    exchange_promised,
    refund::{close_if_done, paid_for},
    replacement::{self, Sent, Why},
    row,
    state::unpaid as units_unpaid,
    steps, unpaid,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx, credit,
    error::expect_version,
    fulfilment::edits::AsSold,
    idempotency::{self, Claim},
    language::messages,
    money::{Money, divide_half_even},
    orders::load,
    payments::{self, RefundLine, RefundLines, Withheld},
    pricing::allocate,
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
    /// What one costs by the list, as the order's prices are.
    price_minor: i64,
    /// How much more all of them cost by the list than the others do, with the tax.
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
            difference,
            other,
        } = swap_all(&tx, order, &swaps, input.to).await?;
        row.refunded_minor += back_minor;
        row.exchange_order_id = Some(other.id);
        row.exchange_refund_id = Some(refund);
        row.exchange_due_at = unpaid::await_rest(&tx, &other).await?;
        let units: i32 = swaps.iter().map(|swap| swap.quantity).sum();
        let data = json!({
            "units": units, "amountMinor": back_minor, "order": other.id.to_string(), "unpaidMinor": other.unpaid_minor,
            // Its credit note is at the taxes of the goods that were exchanged.
            "difference": difference.map(|refund| refund.to_string()),
        });
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
    let prices = Prices::of(tx, order, known.keys().copied()).await?;
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
        let price_minor = prices.of_variant(other, line)?.ok_or_else(missing)?;
        // Both by the list of today: a price of one's own, or a former one, says nothing of what the other would cost by it.
        let own_minor = match known.get(&line.variant_id) {
            Some(own) => prices.of_variant(own, line)?,
            None => None,
        };
        let own_minor = own_minor.unwrap_or(line.unit_price_minor);
        let units = i64::from(asked.quantity);
        swaps.push(Swap {
            back,
            sold: line,
            quantity: asked.quantity,
            variant: other.clone(),
            price_minor,
            difference_minor: with_tax(order, line, price_minor * units) - with_tax(order, line, own_minor * units),
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

/// What variants cost by the list today, in an order's currency.
struct Prices<'a> {
    listed: HashMap<VariantId, i64>,
    as_sold: AsSold<'a>,
}

impl<'a> Prices<'a> {
    async fn of(tx: &Tx, order: &'a order::Model, variants: impl IntoIterator<Item = VariantId>) -> Result<Self> {
        let listed = price::Entity::find()
            .filter(price::Column::Currency.eq(order.currency))
            .filter(sql::among(tx.db(), price::Column::VariantId, variants));
        let listed = listed.all(tx.db()).await?;
        Ok(Self {
            listed: listed
                .into_iter()
                .map(|row| (row.variant_id, row.amount_minor))
                .collect(),
            as_sold: AsSold::of(tx, order).await?,
        })
    }

    /// As the prices of the order are whose line `like` is, and taxed like that.
    fn of_variant(&self, variant: &variant::Model, like: &order_line::Model) -> Result<Option<i64>, Refusal> {
        let Some(listed_minor) = self.listed.get(&variant.id) else {
            return Ok(None);
        };
        let category = variant.tax_category.as_deref();
        let price_minor = self.as_sold.price(category, like.tax_basis_points, *listed_minor)?;
        Ok(Some(price_minor))
    }
}

/// A price with its tax, as an order is priced.
fn with_tax(order: &order::Model, line: &order_line::Model, minor: i64) -> i64 {
    minor + tax_upon(order, line, minor, divide_half_even)
}

/// The most that goods cost by the list. Where units of a line are paid back one by one, one of them may take a minor unit more
/// than it costs by itself.
fn most(order: &order::Model, line: &order_line::Model, minor: i64) -> i64 {
    minor + tax_upon(order, line, minor, |tax, parts| (tax + parts - 1) / parts)
}

/// The tax that comes to a price; none where it contains that.
fn tax_upon(order: &order::Model, line: &order_line::Model, minor: i64, divide: fn(i128, i128) -> i128) -> i64 {
    match order.prices_include_tax {
        true => 0,
        // A part of an `i64` fits into one.
        false => divide(i128::from(minor) * i128::from(line.tax_basis_points), 10_000) as i64,
    }
}

/// What became of an exchange.
struct Swapped {
    order: order::Model,
    /// How much was paid for what came.
    back_minor: i64,
    /// Made credit of it.
    refund: RefundId,
    /// Of what the others cost less, where they do.
    difference: Option<RefundId>,
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
    let each_minor = payments::paid_for_units(tx, &order, &lines).await?;
    let back_minor: i64 = each_minor.iter().sum();
    let mut sent = sent(&order, swaps, back_minor);
    let step_minor = tx.shop().price_step_minor(order.currency);
    let why = Why {
        code: "EXCHANGE",
        label: order.number.clone(),
    };
    if let Some(method) = exchange_promised::method(tx, &order, &mut sent, back_minor).await? {
        let goods = (lines.as_slice(), sent.as_slice());
        let (order, refund, other) = exchange_promised::swap(tx, order, goods, &method, &why).await?;
        return Ok(Swapped {
            order,
            back_minor,
            refund,
            difference: None,
            other,
        });
    }
    let costs_minor = steps::even_out(totals(&mut sent), back_minor, step_minor);
    let too_much_minor = (back_minor - costs_minor).max(0);
    let cheaper: Vec<_> = each_minor
        .iter()
        .zip(&sent)
        .map(|(back_minor, sent)| (back_minor - sent.total_minor).max(0))
        .collect();
    // The difference goes back for those that cost less, at their taxes.
    let withheld = allocate(too_much_minor, &cheaper);
    let account = match back_minor > too_much_minor || order.customer_id.is_some() {
        true => Some(credit::account_for_exchange(tx, &order).await?),
        // What came had cost a guest nothing.
        false => None,
    };
    let what = RefundLines {
        lines: &lines,
        shipping: None,
        withheld: Withheld::Each(&withheld),
        to: RefundTo::StoreCredit,
        onto: account,
        reason: None,
    };
    let is_promised = payments::is_promised(tx, order.id).await?;
    let paid = payments::refund_lines(tx, order, &what).await;
    let (order, refund) = paid.map_err(|error| exchange_promised::refusal(error, is_promised))?;
    let (order, difference) = payments::refund_difference(tx, order, too_much_minor, to).await?;
    let credits = match account {
        Some(account) => credit::paying(tx, account, Money::new(costs_minor, order.currency)).await?,
        None => Vec::new(),
    };
    // Credit may have paid an odd part of it.
    let paid_minor: i64 = credits.iter().map(|credit| credit.applied.minor).sum();
    steps::even_out(totals(&mut sent), paid_minor, step_minor);
    let other = replacement::place(tx, &order, &sent, &credits, &why, None).await?;
    Ok(Swapped {
        order,
        back_minor,
        refund,
        difference,
        other,
    })
}

fn totals(sent: &mut [Sent]) -> Vec<&mut i64> {
    sent.iter_mut().map(|sent| &mut sent.total_minor).collect()
}

/// What each costs: what was paid for the others, and the difference of their list prices. The last takes what is left of the
/// sum, so that goods of the same price cost what came back, to the minor unit. None costs more than by the list, where something
/// was put on what came back.
fn sent(order: &order::Model, swaps: &[Swap<'_>], back_minor: i64) -> Vec<Sent> {
    let difference_minor: i64 = swaps.iter().map(|swap| swap.difference_minor).sum();
    let mut left_minor = (back_minor + difference_minor).max(0);
    let all = swaps.iter().enumerate().map(|(index, swap)| {
        let sold = std::slice::from_ref(swap.sold);
        let own_minor = paid_for(sold, swap.sold.id, swap.quantity) + swap.difference_minor;
        let list_minor = most(order, swap.sold, swap.price_minor * i64::from(swap.quantity));
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
