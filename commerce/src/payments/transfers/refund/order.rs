//! Staff pay back money of an order: to what it was paid with, or as store credit of its customer.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{
    credit_account, credit_entry,
    ids::{CreditAccountId, OrderId, RefundId},
    order,
    order_refund::{self, RefundTo},
    refund, refund_line,
};

use super::{
    gift_cards,
    lines::{RefundLine, lines_of_refunds},
    reason::RefundReason,
    record,
    settle::follow,
    tenders::{self, Refunding, Tender},
    wanted::{Asked, RefundShipping, Wanted},
};
use crate::{
    Context, Result, Shop, Tx, credit,
    idempotency::{self, Claim},
    orders::transition,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// Which order's money to pay back, how much of it, and where to.
#[derive(Debug, Clone)]
pub struct RefundOrder {
    pub order: OrderId,
    /// A decimal in the order's currency; all that is left where neither it nor lines nor shipping are given.
    pub amount: Option<String>,
    /// For what it is, in place of an amount: what was paid for it goes back.
    pub lines: Vec<RefundLine>,
    /// How much of shipping goes back, in place of an amount; nothing where it is not given.
    pub shipping: Option<RefundShipping>,
    pub to: RefundTo,
    /// Shown to the shopper.
    pub reason: Option<String>,
    /// Chosen by the client, once for each refund it means to make.
    pub idempotency_key: String,
}

/// What a refund came to.
#[derive(Debug, Clone)]
pub struct OrderRefund {
    pub row: order_refund::Model,
    /// Which units of which lines it is for, where staff said so.
    pub lines: Vec<refund_line::Model>,
    /// The part that the provider pays back, which is under way.
    pub refund: Option<refund::Model>,
    /// The parts that are on gift cards and store credit.
    pub credits: Vec<(credit_entry::Model, credit_account::Model)>,
}

/// Pays back. What goes to gift cards and store credit is there with the answer; a job has the provider pay the rest.
///
/// # Errors
/// Refuses whoever may not, more than was paid and is not back or on its way yet, however many ask at once, and store credit
/// for a guest.
pub async fn refund_order(shop: &Shop, context: &Context, input: RefundOrder) -> Result<OrderRefund> {
    permission::require(context, Permission::Refunds)?;
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    let reason = &text::optional_line(&["reason"], input.reason.as_deref(), 200)?;
    let input = &input;
    let id = shop.transact_keyed(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        let id = RefundId(shop.new_id());
        let reason = reason.as_deref().map_or(RefundReason::ShopDecided, RefundReason::Given);
        let parts = told(input, &order, reason);
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let request = idempotency::Request::of_staff(&tx, "order_refund", key, &parts);
        if let Claim::Replay(id) = idempotency::claim(&tx, &request, order.id, id).await? {
            return Ok(id);
        }
        let asked = Asked {
            amount: input.amount.as_deref(),
            lines: &input.lines,
            shipping: input.shipping.as_ref(),
        };
        let wanted = Wanted::read(&tx, &order, asked).await?;
        let refunding = Refunding {
            tx: &tx,
            id,
            to: input.to,
            onto: None,
            reason,
        };
        let order_id = order.id.to_string();
        let tenders = tenders::of_order(&tx, &order).await?;
        let (_, amount_minor) = pay(&refunding, order, &tenders, &wanted).await?;
        if !wanted.parts.is_empty() {
            // What credit has paid is back at once.
            follow(&tx, input.order).await?;
        }
        let data = json!({ "amountMinor": amount_minor, "to": name(input.to), "reason": reason.words() });
        audit(&tx, "order.refund", order_id, data).await?;
        Ok(id)
    });
    read(shop, input, id.await?).await
}

/// How much of what was paid for units the shop keeps, in minor units.
#[derive(Debug, Clone, Copy)]
pub enum Withheld<'a> {
    /// Of the first line as much as there is.
    Sum(i64),
    /// Of each line so much.
    Each(&'a [i64]),
}

/// What is paid back for units of a locked order's lines.
#[derive(Debug, Clone, Copy)]
pub struct RefundLines<'a> {
    pub lines: &'a [RefundLine],
    pub shipping: Option<&'a RefundShipping>,
    /// How much of what was paid for the units the shop keeps.
    pub withheld: Withheld<'a>,
    pub to: RefundTo,
    /// The account that pays what is sent in exchange, which takes what goes to store credit.
    pub onto: Option<CreditAccountId>,
    /// Shown to the shopper.
    pub reason: Option<&'a str>,
}

/// As [`refund_order`], for a use case that owns the transaction, has locked the order and asked who may. Units for which
/// nothing was paid count as paid back, too. What is still owed on account, or in cash, is less by as much first, unless it is
/// to be credit. Gives the order with the entries of its timeline that tell of it.
///
/// # Errors
/// Refuses units and shipping that are back or on their way, more than was paid and is left, and store credit for a guest.
pub async fn refund_lines(tx: &Tx, order: order::Model, what: &RefundLines<'_>) -> Result<(order::Model, RefundId)> {
    let wanted = Wanted::of_units(tx, &order, what.lines, what.shipping).await?;
    let wanted = match what.withheld {
        Withheld::Sum(minor) => wanted.withhold(minor),
        Withheld::Each(minors) => wanted.withhold_each(minors),
    };
    let refunding = Refunding {
        tx,
        id: RefundId(tx.shop().new_id()),
        to: what.to,
        onto: what.onto,
        reason: what.reason.map_or(RefundReason::ShopDecided, RefundReason::Given),
    };
    let tenders = match (what.to, what.onto) {
        (RefundTo::Original, None) => tenders::with_promise(tx, &order).await?,
        _ => tenders::of_order(tx, &order).await?,
    };
    let (order, _) = pay(&refunding, order, &tenders, &wanted).await?;
    Ok((order, refunding.id))
}

/// As [`refund_lines`], of an amount that is for no units: they stay with the shopper. All that is left where none is given.
/// Gives the order, and how much is paid back.
///
/// # Errors
/// The same.
pub async fn refund_amount(
    tx: &Tx,
    order: order::Model,
    amount: Option<&str>,
    to: RefundTo,
    reason: Option<&str>,
) -> Result<(order::Model, i64)> {
    let asked = Asked {
        amount,
        lines: &[],
        shipping: None,
    };
    let wanted = Wanted::read(tx, &order, asked).await?;
    let refunding = Refunding {
        tx,
        id: RefundId(tx.shop().new_id()),
        to,
        onto: None,
        reason: reason.map_or(RefundReason::ShopDecided, RefundReason::Given),
    };
    let tenders = match to {
        RefundTo::Original => tenders::with_promise(tx, &order).await?,
        RefundTo::StoreCredit => tenders::of_order(tx, &order).await?,
    };
    pay(&refunding, order, &tenders, &wanted).await
}

/// Pays back what a locked order costs less since it was changed, as far as it is not back. Gives the order, the refund and
/// how much it is; no refund where nothing is left.
///
/// # Errors
/// Refuses what a provider cannot pay back, and what gift cards that were sold have not any more.
pub(crate) async fn refund_excess(
    tx: &Tx,
    order: order::Model,
    most_minor: i64,
) -> Result<(order::Model, Option<(RefundId, i64)>)> {
    refund_at_most(tx, order, most_minor, (RefundTo::Original, RefundReason::OrderEdited)).await
}

/// As [`refund_excess`], what goods cost less that are sent in place of others. Gives the order and the refund.
///
/// # Errors
/// The same, and store credit for a guest.
pub(crate) async fn refund_difference(
    tx: &Tx,
    order: order::Model,
    difference_minor: i64,
    to: RefundTo,
) -> Result<(order::Model, Option<RefundId>)> {
    let why = (to, RefundReason::ShopDecided);
    let (order, refund) = refund_at_most(tx, order, difference_minor, why).await?;
    Ok((order, refund.map(|(id, _)| id)))
}

async fn refund_at_most(
    tx: &Tx,
    order: order::Model,
    most_minor: i64,
    (to, reason): (RefundTo, RefundReason<'_>),
) -> Result<(order::Model, Option<(RefundId, i64)>)> {
    let left = tenders::of_order(tx, &order).await?;
    let left_minor: i64 = left.iter().map(Tender::left_minor).sum();
    let amount_minor = most_minor.min(left_minor);
    if amount_minor <= 0 {
        return Ok((order, None));
    }
    let wanted = Wanted {
        amount_minor: Some(amount_minor),
        ..Wanted::default()
    };
    let refunding = Refunding {
        tx,
        id: RefundId(tx.shop().new_id()),
        to,
        onto: None,
        reason,
    };
    let (order, amount_minor) = pay(&refunding, order, &left, &wanted).await?;
    Ok((order, Some((refunding.id, amount_minor))))
}

/// What was paid for units of a locked order's lines and is not back, for each of `lines`, in minor units.
///
/// # Errors
/// Refuses units that are back or on their way.
pub(crate) async fn paid_for_units(tx: &Tx, order: &order::Model, lines: &[RefundLine]) -> Result<Vec<i64>> {
    let wanted = Wanted::of_units(tx, order, lines, None).await?;
    Ok(wanted.parts.iter().map(|part| part.amount_minor).collect())
}

/// Gives the order, and how much is paid back.
async fn pay(
    refunding: &Refunding<'_>,
    order: order::Model,
    tenders: &[Tender],
    wanted: &Wanted,
) -> Result<(order::Model, i64)> {
    let shares = tenders::shares(tenders, wanted)?;
    let amount_minor = shares.iter().sum();
    let why = (refunding.to, refunding.reason);
    let of = (amount_minor, Some(tenders));
    gift_cards::withdraw(refunding.tx, refunding.id, &order, of, wanted).await?;
    record::write(refunding.tx, refunding.id, &order, amount_minor, wanted, why).await?;
    let order = refunding.pay(order, tenders, &shares).await?;
    Ok((order, amount_minor))
}

/// What tells a request apart from others under the same key.
fn told(input: &RefundOrder, order: &order::Model, reason: RefundReason<'_>) -> Vec<String> {
    let mut parts = vec![
        order.id.to_string(),
        input.amount.clone().unwrap_or_else(|| "all".to_owned()),
        name(input.to).to_owned(),
        reason.words().to_owned(),
    ];
    parts.extend(input.lines.iter().map(RefundLine::told));
    parts.extend(input.shipping.as_ref().map(|shipping| match shipping {
        RefundShipping::Rest => "shipping".to_owned(),
        RefundShipping::Amount(amount) => format!("shipping {amount}"),
    }));
    parts
}

fn name(to: RefundTo) -> &'static str {
    match to {
        RefundTo::Original => "original",
        RefundTo::StoreCredit => "store credit",
    }
}

async fn read(shop: &Shop, asked: &RefundOrder, id: RefundId) -> Result<OrderRefund> {
    let row = order_refund::Entity::find_by_id(id).one(&shop.db).await?;
    let mut lines = lines_of_refunds(shop, &[id]).await?;
    let refund = refund::Entity::find_by_id(id).one(&shop.db).await?;
    let credits = credit::of_refund(shop, id).await?;
    Ok(OrderRefund {
        row: row.unwrap_or_else(|| of_earlier_version(asked, id, refund.as_ref(), &credits)),
        lines: lines.remove(&id).unwrap_or_default(),
        refund,
        credits,
    })
}

/// Earlier versions wrote the parts of a refund alone: a key of theirs that is asked with again is answered by what they are
/// together.
fn of_earlier_version(
    asked: &RefundOrder,
    id: RefundId,
    refund: Option<&refund::Model>,
    credits: &[(credit_entry::Model, credit_account::Model)],
) -> order_refund::Model {
    let on_credit: i64 = credits.iter().map(|(entry, _)| entry.amount_minor).sum();
    let created_at = refund.map(|refund| refund.created_at);
    let created_at = created_at.or_else(|| credits.first().map(|(entry, _)| entry.created_at));
    order_refund::Model {
        id,
        order_id: asked.order,
        destination: asked.to,
        amount_minor: refund.map_or(0, |refund| refund.amount_minor) + on_credit,
        shipping_minor: 0,
        reason: asked.reason.clone(),
        created_at: created_at.unwrap_or_default(),
    }
}
