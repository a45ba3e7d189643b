//! A manager answers a request, or whoever asked takes it back.

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use vitrine_entity::{
    ids::{CustomerId, OrderId, PurchaseRequestId},
    purchase_request::{self, Column, PurchaseRequestState},
};

use super::{ask::NOTE_LENGTH_MAX, locked, missing};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx, Viewer,
    cart::{self, CartRef},
    checkout::place_order::{Agreed, Placed, place, replay},
    fulfilment::with_lapsed_freed,
    jobs::MailKind,
    language::messages,
    money::Money,
    notifications,
    payments::PaymentMethod,
    sql, text,
};

/// Approves what is asked for: the cart becomes an order of whoever asked, at the total that they saw. Approving it again
/// gives the same order.
///
/// # Errors
/// Refuses whoever is no manager of the company, or asked themselves; a request that was refused or withdrawn; and a cart that
/// can't be ordered any more as it was seen: sold out, or at another total.
pub async fn approve(
    shop: &Shop,
    context: &Context,
    id: PurchaseRequestId,
    answer: Option<&str>,
) -> Result<(purchase_request::Model, Placed)> {
    let customer = signed_in(context)?;
    let answer = &text::optional_paragraph(&["answer"], answer, NOTE_LENGTH_MAX)?;
    let seen = purchase_request::Entity::find_by_id(id).one(&shop.db).await?;
    let seen = seen.ok_or_else(missing)?;
    require_manager(&shop.db, customer, &seen).await?;
    // The cart is theirs who asked, and so is the order.
    let theirs = &Context {
        viewer: Viewer::Customer(seen.customer_id),
        ..context.clone()
    };
    let attempt = || {
        shop.transact_keyed(theirs, |tx| async move {
            let row = locked(&tx, id).await?;
            match (row.state, row.order_id) {
                (PurchaseRequestState::Approved, Some(order)) => {
                    let placed = replay(&tx, order).await?;
                    return Ok((row, placed));
                }
                (PurchaseRequestState::Open, _) => {}
                _ => return Err(decided().into()),
            }
            let order = OrderId(tx.shop().new_id());
            let placed = order_of(&tx, &row, order).await?;
            let decision = Decision {
                state: PurchaseRequestState::Approved,
                by: customer,
                answer: answer.clone(),
                order: Some(order),
            };
            Ok((write(&tx, row, decision).await?, placed))
        })
    };
    with_lapsed_freed(shop, theirs, attempt).await
}

async fn order_of(tx: &Tx, row: &purchase_request::Model, id: OrderId) -> Result<Placed> {
    let cart = CartRef {
        id: row.cart_id,
        expected_version: Some(row.cart_version),
    };
    let cart = cart::complete(tx, cart, id).await?;
    let method = PaymentMethod {
        provider: row.payment_method.clone(),
        ..PaymentMethod::default()
    };
    let total = Money::new(row.total_minor, row.currency).decimal();
    let agreed = Agreed {
        policies: None,
        total: Some(&total),
        approved_for: Some(row.company_id),
    };
    place(tx, id, cart, &method, agreed).await
}

/// Refuses what is asked for: the cart may be changed again. Refusing it again changes nothing.
///
/// # Errors
/// Refuses whoever is no manager of the company, or asked themselves, and a request that is decided otherwise.
pub async fn refuse(
    shop: &Shop,
    context: &Context,
    id: PurchaseRequestId,
    answer: Option<&str>,
) -> Result<purchase_request::Model> {
    let customer = signed_in(context)?;
    let answer = &text::optional_paragraph(&["answer"], answer, NOTE_LENGTH_MAX)?;
    shop.transact(context, |tx| async move {
        let row = locked(&tx, id).await?;
        require_manager(tx.db(), customer, &row).await?;
        let decision = Decision {
            state: PurchaseRequestState::Refused,
            by: customer,
            answer: answer.clone(),
            order: None,
        };
        end(&tx, row, decision).await
    })
    .await
}

/// Takes a request back: the cart may be changed again. Taking it back again changes nothing.
///
/// # Errors
/// Refuses whoever has not asked, and a request that is decided.
pub async fn withdraw(shop: &Shop, context: &Context, id: PurchaseRequestId) -> Result<purchase_request::Model> {
    let customer = signed_in(context)?;
    shop.transact(context, |tx| async move {
        let row = locked(&tx, id).await?;
        if customer != row.customer_id {
            return Err(missing().into());
        }
        let decision = Decision {
            state: PurchaseRequestState::Withdrawn,
            by: customer,
            answer: None,
            order: None,
        };
        end(&tx, row, decision).await
    })
    .await
}

/// What becomes of a request.
struct Decision {
    state: PurchaseRequestState,
    by: CustomerId,
    answer: Option<String>,
    order: Option<OrderId>,
}

/// Without an order.
async fn end(tx: &Tx, row: purchase_request::Model, decision: Decision) -> Result<purchase_request::Model> {
    if row.state == decision.state {
        return Ok(row);
    }
    if row.state != PurchaseRequestState::Open {
        return Err(decided().into());
    }
    cart::let_go(tx, row.cart_id, row.id).await?;
    write(tx, row, decision).await
}

async fn write(tx: &Tx, row: purchase_request::Model, decision: Decision) -> Result<purchase_request::Model> {
    let (id, asked_by) = (row.id, row.customer_id);
    let changed = purchase_request::Model {
        state: decision.state,
        decided_by: Some(decision.by),
        answer: decision.answer,
        order_id: decision.order,
        decided_at: Some(tx.shop().now()),
        ..row
    };
    let mut changed = changed.into_active_model();
    for column in [
        Column::State,
        Column::DecidedBy,
        Column::Answer,
        Column::OrderId,
        Column::DecidedAt,
    ] {
        changed.reset(column);
    }
    let row = changed.update(tx.db()).await?;
    if decision.by != asked_by {
        let mail = MailKind::PurchaseDecided { request: id };
        notifications::send(tx, None, mail);
    }
    Ok(row)
}

fn decided() -> Refusal {
    Refusal::new(ErrorCode::Invalid, messages::request_decided()).at(&["id"])
}

/// Whoever asks. Before anything is read: to everybody else each request answers as one that there is not.
fn signed_in(context: &Context) -> Result<CustomerId, Refusal> {
    let customer = context.viewer.customer();
    customer.ok_or_else(|| Refusal::new(ErrorCode::Unauthenticated, messages::sign_in_orders()))
}

/// Lets those pass who manage the company and did not ask for it themselves. To everybody else there is no such request.
async fn require_manager(db: &impl ConnectionTrait, customer: CustomerId, row: &purchase_request::Model) -> Result<()> {
    if customer == row.customer_id {
        return Err(Refusal::new(ErrorCode::Forbidden, messages::approves_not_ones_own())
            .at(&["id"])
            .into());
    }
    let manages = "select b.customer_id from company_buyer b join company c on c.id = b.company_id \
                   where b.company_id = $1 and b.customer_id = $2 and b.role = 'MANAGER' and c.deleted_at is null";
    let found: Vec<CustomerId> = sql::column(db, manages, [row.company_id.into(), customer.into()]).await?;
    match found.is_empty() {
        true => Err(missing().into()),
        false => Ok(()),
    }
}
