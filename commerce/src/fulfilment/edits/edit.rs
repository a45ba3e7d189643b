//! Staff change an order, and whoever placed it does within minutes.

use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::{OrderId, OrderVersionId},
    order, order_version,
};

use super::{
    change::{Changes, LineChange},
    commit::{By, commit},
    conditions::refuse_less_than_asked,
    may::{may_be_edited, may_be_edited_by_shopper},
    plan::{Plan, plan},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    address::AddressInput,
    error::expect_version,
    flags::{self, Capability},
    fulfilment::lapsed_holds::with_lapsed_freed,
    idempotency::{self, Claim},
    language::messages,
    money::Money,
    orders::{
        access::{may_try, opens},
        transition,
    },
    staff::permission::{self, Permission},
    text,
};

/// Which order is changed, as it was seen, and how.
#[derive(Debug, Clone)]
pub struct Edit {
    pub order: OrderId,
    /// As it was seen: nothing is changed on top of what somebody else has changed.
    pub expected_version: Option<i64>,
    pub changes: Changes,
    /// A decimal in the order's currency: it is to cost that, and nothing else.
    pub expected_total: Option<String>,
    /// The shopper reads it.
    pub reason: Option<String>,
    /// Chosen by the client, once for each change it means to make.
    pub idempotency_key: String,
}

/// An order after a change.
#[derive(Debug, Clone)]
pub struct Edited {
    pub order: order::Model,
    pub version: order_version::Model,
    /// Whether this repeats the answer to an earlier request with the same key.
    pub replayed: bool,
}

/// Changes a confirmed order of which not all is on its way.
///
/// # Errors
/// `UNAUTHENTICATED`; `FORBIDDEN`, also where money goes back and the caller may not pay any back; `VERSION_CONFLICT`;
/// `ORDER_STATE`; `INSUFFICIENT_STOCK`; `PRICE_CHANGED` where it would cost something else than is expected; `INVALID` where
/// nothing changes; and what cannot be changed of its lines, its address and its payments.
pub async fn edit(shop: &Shop, context: &Context, input: Edit) -> Result<Edited> {
    permission::require(context, Permission::Orders)?;
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    let reason = &text::optional_line(&["reason"], input.reason.as_deref(), 200)?;
    let input = &input;
    let attempt = || {
        shop.transact_keyed(context, |tx| async move {
            let order = transition::lock(&tx, input.order).await?;
            let id = OrderVersionId(shop.new_id());
            let asked = format!("{:?}", input.changes);
            let order_id = order.id.to_string();
            let parts = [&*order_id, &*asked, reason.as_deref().unwrap_or_default()];
            let request = idempotency::Request::of_staff(&tx, "order_edit", key, &parts);
            if let Claim::Replay(id) = idempotency::claim(&tx, &request, order.id, id).await? {
                return replay(&tx, order, id).await;
            }
            expect_version("order", order.event_count, input.expected_version)?;
            may_be_edited(&order)?;
            let plan = plan(&tx, &order, &input.changes).await?;
            if !plan.asks_for_more() {
                refuse_nothing(&plan)?;
            }
            refuse_other_total(&plan, input.expected_total.as_deref())?;
            require_refunds(context, &plan)?;
            let by = By {
                version: id,
                is_shopper: false,
                reason: reason.as_deref(),
            };
            finish(&tx, &plan, &by).await
        })
    };
    with_lapsed_freed(shop, context, attempt).await
}

/// What whoever placed an order changes of it.
#[derive(Debug, Clone)]
pub struct ShopperEdit {
    pub order: OrderId,
    /// For a guest.
    pub access_token: Option<String>,
    pub expected_version: Option<i64>,
    /// Fewer units of lines; none of one takes it out.
    pub lines: Vec<LineChange>,
    pub shipping_address: Option<AddressInput>,
    /// Chosen by the client, once for each change it means to make.
    pub idempotency_key: String,
}

/// Changes an order for whoever placed it: within the minutes that the shop gives, where to it goes, and fewer units. What that
/// makes it cost less goes back.
///
/// # Errors
/// `NOT_FOUND`; `ORDER_STATE` where it is too late or something is packed; `INVALID` where more units are asked for, or something
/// was given for goods that are taken out; `FORBIDDEN` for staff who may pay nothing back, where money goes back; else as
/// [`edit`].
pub async fn edit_by_shopper(shop: &Shop, context: &Context, input: ShopperEdit) -> Result<Edited> {
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    let changes = &Changes {
        lines: input.lines.clone(),
        shipping_address: input.shipping_address.clone(),
        ..Changes::default()
    };
    let token = input.access_token.as_deref();
    let input = &input;
    let tried = may_try(shop, context, &input.order.to_string(), token).await?;
    let edited = shop.transact_keyed(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        if !opens(shop, context, &order, token) {
            return Err(Refusal::not_found("order").at(&["orderId"]).into());
        }
        let id = OrderVersionId(shop.new_id());
        let (order_id, asked) = (order.id.to_string(), format!("{changes:?}"));
        let parts = [&*order_id, &*asked];
        let request = idempotency::Request::new("order_edit_by_shopper", order_id.clone(), key, &parts);
        if let Claim::Replay(id) = idempotency::claim(&tx, &request, order.id, id).await? {
            return replay(&tx, order, id).await;
        }
        flags::require_in(&tx, Capability::OrderEdits).await?;
        expect_version("order", order.event_count, input.expected_version)?;
        may_be_edited_by_shopper(&tx, &order).await?;
        let plan = plan(&tx, &order, changes).await?;
        refuse_nothing(&plan)?;
        refuse_more(&plan, changes)?;
        refuse_less_than_asked(&tx, &plan).await?;
        require_refunds(context, &plan)?;
        let by = By {
            version: id,
            is_shopper: true,
            reason: None,
        };
        finish(&tx, &plan, &by).await
    });
    let edited = edited.await;
    tried.judge_outcome(shop, context, &edited).await;
    edited
}

async fn finish(tx: &Tx, plan: &Plan, by: &By<'_>) -> Result<Edited> {
    let (order, version) = commit(tx, plan, by).await?;
    Ok(Edited {
        order,
        version,
        replayed: false,
    })
}

async fn replay(tx: &Tx, order: order::Model, id: OrderVersionId) -> Result<Edited> {
    let version = order_version::Entity::find_by_id(id).one(tx.db()).await?;
    let version = version.ok_or_else(|| Refusal::not_found("order version").at(&["idempotencyKey"]))?;
    Ok(Edited {
        order,
        version,
        replayed: true,
    })
}

/// Who works here needs the permission to pay back, whichever door they come by.
fn require_refunds(context: &Context, plan: &Plan) -> Result<()> {
    if plan.too_much_minor > 0 && context.viewer.works_here() {
        permission::require(context, Permission::Refunds)?;
    }
    Ok(())
}

fn refuse_nothing(plan: &Plan) -> Result<(), Refusal> {
    match plan.is_nothing() {
        true => Err(Refusal::new(ErrorCode::Invalid, messages::edit_nothing())),
        false => Ok(()),
    }
}

/// Whoever placed it pays no more by a change, and prices are the shop's.
fn refuse_more(plan: &Plan, changes: &Changes) -> Result<(), Refusal> {
    for (index, line) in changes.lines.iter().enumerate() {
        let sold = plan.sold.iter().find(|sold| sold.id == line.line);
        let is_more = sold.is_some_and(|sold| line.quantity.is_some_and(|quantity| quantity > sold.quantity));
        if is_more || line.unit_price.is_some() {
            let path = ["lines", &index.to_string(), "quantity"];
            return Err(Refusal::new(ErrorCode::Invalid, messages::edit_fewer_only()).at(&path));
        }
    }
    Ok(())
}

fn refuse_other_total(plan: &Plan, expected: Option<&str>) -> Result<(), Refusal> {
    let Some(expected) = expected else { return Ok(()) };
    let total = Money::new(plan.after.total_minor, plan.after.currency);
    let expected = Money::parse(expected.trim(), plan.after.currency);
    let expected = expected.map_err(|error| Refusal::from(error).at(&["expectedTotal"]))?;
    match expected == total {
        true => Ok(()),
        false => {
            let message = messages::total_changed(total, expected);
            Err(Refusal::new(ErrorCode::PriceChanged, message).at(&["expectedTotal"]))
        }
    }
}
